"""Makes the pictures of docs/images anew: `python tests/web/pictures.py [FOLDER]`, and look at each before you commit.

A real server over the sample page and the invented transcripts, a real Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from server import serving
from visitor import Visitor, choose, go_to, type_into

import qa
from conftest import CHROMIUM, CHROMIUM_FLAGS

ROOT = Path(__file__).parents[2]
WIDE, TAB, PHONE = (1120, 780), (1000, 760), (375, 812)
ASKED = "What did Nazarbayev say about Baikonur?"


@contextmanager
def served(*sources: Path) -> Iterator[str]:
    """The address of a server over an index of these sources."""
    with tempfile.TemporaryDirectory() as folder, qa.open(folder) as assistant:
        report = assistant.add(*sources)
        assert report.added and not report.failed, report
        with serving(assistant) as address:
            yield address


def answer(visitor: Visitor) -> Page:
    """A question, its answer and the quotation beside it."""
    visitor.ask(ASKED)
    return visitor.page


def not_said(visitor: Visitor) -> Page:
    """Words of somebody else, apart."""
    visitor.ask("What did Putin say about Baikonur?")
    expect(visitor.cards.locator(".qa-others")).to_be_visible()
    return visitor.page


def phone(visitor: Visitor) -> Page:
    """A misspelt name, and the nearest one offered."""
    visitor.ask("What did Nursulten Nazarbytov say about Baikonur?")
    expect(visitor.page.get_by_role("button", name="Nursultan Nazarbayev").first).to_be_visible()
    return visitor.page


def reader(visitor: Visitor) -> Page:
    """The transcript at the marked words, searched."""
    visitor.ask(ASKED)
    page = visitor.follow(visitor.cards.locator(".qa-read").first)
    page.set_viewport_size({"width": 900, "height": 640})
    page.keyboard.press("m")
    expect(page.locator("mark")).to_be_in_viewport()
    return page


def pictures(visitor: Visitor) -> Page:
    """How often a topic was spoken about."""
    go_to(visitor.page, "Pictures")
    type_into(visitor.page, "pictures-topic", "railway tickets")
    visitor.page.locator("#pictures-draw").click()
    expect(visitor.page.locator("#pictures-dated svg.marks .mark-rect path").first).to_be_visible()
    return visitor.page


def compare(visitor: Visitor) -> Page:
    """Two people on one topic."""
    go_to(visitor.page, "Compare")
    type_into(visitor.page, "compare-topic", "Baikonur")
    choose(visitor.page, "compare-who", "Nursultan Nazarbayev", "Vladimir Putin")
    visitor.page.locator("#compare-go").click()
    expect(visitor.page.locator("#compare-sides section")).to_have_count(2)
    return visitor.page


def check(visitor: Visitor) -> Page:
    """A quotation put to the wrong person."""
    go_to(visitor.page, "Check a quotation")
    type_into(visitor.page, "check-quote", "Our cooperation on Baikonur is going very well.")
    choose(visitor.page, "check-who", "Vladimir Putin")
    visitor.page.locator("#check-go").click()
    expect(visitor.page.locator("#check-verdict .qa-card").first).to_be_visible()
    return visitor.page


def library(visitor: Visitor) -> Page:
    """Every transcript, and the people."""
    go_to(visitor.page, "Library")
    expect(visitor.page.locator("#library-transcripts tbody tr").first).to_be_visible()
    return visitor.page


SCENES: list[tuple[str, tuple[int, int], Callable[[Visitor], Page]]] = [
    ("answer", WIDE, answer), ("not-said", WIDE, not_said), ("phone", PHONE, phone), ("reader", WIDE, reader),
    ("pictures", TAB, pictures), ("compare", TAB, compare), ("check", TAB, check), ("library", TAB, library),
]  # fmt: skip


def draw(browser: Browser, site: str, folder: Path) -> None:
    """Writes `chat-NAME.png` for every scene."""
    for name, size, scene in SCENES:
        visitor = Visitor(browser, site, size)
        page = scene(visitor)
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)  # what slides comes to rest
        page.screenshot(path=str(folder / f"chat-{name}.png"), full_page=size == PHONE)
        visitor.leave()


if __name__ == "__main__":
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    with served(ROOT / "corpus", ROOT / "evaluation" / "invented") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS)
        draw(browser, site, into)
        browser.close()
