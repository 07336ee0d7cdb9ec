"""For everybody: axe-core finds nothing serious, the keyboard is enough, screen readers are told."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Locator, Page, expect
from visitor import DESKTOP, PHONE, Visitor, serious

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "What did Nazarbayev say about Baikonur?"


class Come(Protocol):
    """Makes visitors; they are seen out at the end of the test."""

    def __call__(self, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor: ...


@pytest.mark.parametrize(
    ("size", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False)], ids=["light", "dark", "phone"]
)
def test_axe_finds_nothing_serious(visitors: Come, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors(size, dark=dark)
    seen = {"start": serious(visitor.page)}
    visitor.ask(QUESTION)
    for name in ("Limit the answers", "Save this conversation", "Earlier conversations", "Transcripts"):
        visitor.page.get_by_role("button", name=name).click()
    visitor.page.locator("#share").click()
    expect(visitor.page.locator("#link")).to_be_visible()
    seen["answer"] = serious(visitor.page)
    visitor.shoot(f"access-{size[0]}{'-dark' if dark else ''}")
    visitor.page.locator("#chat").get_by_role("button", name="Like", exact=True).click()
    expect(visitor.page.locator("#comment textarea")).to_be_visible()
    visitor.ask("What did Nursulten Nazarbytov say about Baikonur?")
    seen["not said"] = serious(visitor.page)
    reader = visitor.follow(visitor.cards.locator(".qa-read").first)
    seen["reader"] = serious(reader)
    assert seen == {place: [] for place in seen}
    assert not visitor.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def tab_to(page: Page, what: Locator) -> None:
    """Presses Tab until it is reached."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if what.evaluate("it => it === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {what}.", pytrace=False)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_keyboard_is_enough(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    page = visitor.page
    page.evaluate("document.body.tabIndex = -1, document.body.focus()")  # away from the box, which has it at first
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(visitor.box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(visitor.chips.first).to_be_visible()
    expect(visitor.box).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(visitor.chips.last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(visitor.chips.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.chips.filter(has_text="↩ anybody")).to_be_visible()
    expect(visitor.box).to_be_focused()  # the chip is gone

    tab_to(page, visitor.cards.locator(".qa-read").first)
    with visitor.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("mark")).to_contain_text("Baikonur")
    opened.value.close()
    tab_to(page, page.get_by_role("button", name="Limit the answers"))
    page.keyboard.press("Enter")
    expect(page.locator("#speaker input")).to_be_visible()
    tab_to(page, page.locator("#speaker input"))
    page.keyboard.type("Vladimir")
    page.keyboard.press("Enter")
    expect(page.locator("#speaker input")).to_have_value("Vladimir Putin")
    tab_to(page, page.locator("#transcript input"))
    page.keyboard.press("Escape")

    if size == PHONE:
        tab_to(page, page.get_by_role("button", name="More tabs"))
        page.keyboard.press("Enter")
        tab_to(page, page.locator(".overflow-dropdown").get_by_role("button", name="Check a quotation"))
    else:
        tab_to(page, page.get_by_role("tab", name="Check a quotation"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#check-quote textarea"))
    page.keyboard.type("Our cooperation at Baikonur is developing very well.")
    tab_to(page, page.locator("#check-go"))
    page.keyboard.press("Enter")
    expect(page.locator("#check-verdict")).to_contain_text("Nursultan Nazarbayev said these very words")
    tab_to(page, page.locator("#check-verdict").get_by_role("link", name="Read in the transcript"))


def test_screen_readers_are_told(visitors: Come) -> None:
    visitor = visitors()
    visitor.ask(QUESTION)
    tree = visitor.page.locator("body").aria_snapshot()
    for line in (
        '- log "chatbot conversation"', "- status: Answered with 1 quotation.", '- textbox "Your question"',
        '- region "Quotations"', "- mark:", '- heading "Who said what?" [level=1]', '- tab "Ask" [selected]',
    ):  # fmt: skip
        assert line in tree, tree
    assert visitor.page.locator("#chat [role=log]").get_attribute("aria-live") == "polite"
