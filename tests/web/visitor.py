"""A visitor: a browser of their own, and what that browser asked for and complained of."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
DESKTOP = (1280, 900)
PHONE = (375, 812)

expect.set_options(timeout=15_000)  # a busy machine takes a while


def refused(reply: Response) -> str:
    """What a reply refused."""
    return f"{reply.status} {reply.request.method} {reply.url} {reply.request.post_data}"


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical, with the places."""
    expect(page.locator(".pending")).to_have_count(0)  # Gradio dims what it is about to renew
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


def go_to(page: Page, tab: str) -> None:
    """Chooses a tab; on a narrow screen those that do not fit stand behind "More tabs"."""
    page.get_by_role("tab", name="Ask", exact=True).wait_for()
    shown = page.get_by_role("tab", name=tab, exact=True)
    more = page.get_by_role("button", name="More tabs")
    expect(shown.or_(more).first).to_be_visible()
    if shown.count():
        shown.click()
    else:
        more.click()
        page.locator(".overflow-dropdown").get_by_role("button", name=tab, exact=True).click()


def choose(page: Page, elem_id: str, *options: str) -> None:
    """Chooses in a dropdown by the beginning of an option's words."""
    for option in options:
        page.locator(f"#{elem_id} input").click()
        page.locator(f"#{elem_id} input").fill(option)
        page.get_by_role("option").filter(has_text=option).first.click()
    page.keyboard.press("Escape")


def type_into(page: Page, elem_id: str, text: str) -> None:
    """Types into a box in the place of what it held."""
    page.locator(f"#{elem_id}").locator("input, textarea").first.fill(text)


class Visitor:
    """One visitor of the page; `leave` looks back on the visit."""

    def __init__(self, browser: Browser, site: str, size: tuple[int, int], *, dark: bool = False) -> None:
        self.site = site
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        self.context.set_default_timeout(15_000)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.context.on(
            "response", lambda reply: self.complaints.append(refused(reply)) if reply.status > 399 else None
        )
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = self.context.new_page()
        self.page.goto(site)
        self.box.wait_for()

    @property
    def box(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#chat [data-testid=bot]")

    @property
    def cards(self) -> Locator:
        return self.page.locator("#cards")

    @property
    def chips(self) -> Locator:
        return self.page.locator("#chips button:visible")

    def ask(self, question: str) -> str:
        """Types a question and waits for its answer in the chat."""
        before = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.answers).to_have_count(before + 1)
        expect(self.box).to_have_value("")
        return str(self.answers.last.inner_text())

    def reload(self) -> None:
        """Loads the page anew; that Gradio complains of a stream cut thereby is no fault of ours."""
        before = len(self.complaints)
        self.page.reload()
        cut = ("signal is aborted", "Connection errored out")
        self.complaints[before:] = [one for one in self.complaints[before:] if not any(word in one for word in cut)]

    def follow(self, link: Locator) -> Page:
        """Clicks a link that opens a tab of its own."""
        with self.context.expect_page() as opened:
            link.click()
        opened.value.wait_for_load_state()
        return opened.value

    def shoot(self, name: str, page: Page | None = None) -> None:
        """Writes a screenshot: of the whole page, or of what another tab shows."""
        SCREENSHOTS.mkdir(exist_ok=True)
        (page or self.page).screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=page is None)

    def leave(self) -> None:
        """Closes the browser and looks back: nothing went abroad, nothing was refused or broken."""
        self.context.close()
        home = urlsplit(self.site).netloc
        hosts = {urlsplit(u).netloc for u in self.requests if urlsplit(u).scheme not in {"data", "blob"}}
        assert hosts == {home}
        assert not self.complaints, self.complaints
