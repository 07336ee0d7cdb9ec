"""The transcript reader in a browser: colours, search, keys."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Page, expect
from visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

FOUND = "[...(CSS.highlights.get('{}') ?? [])].map(range => range.toString())"


class Come(Protocol):
    """Makes visitors; they are seen out at the end of the test."""

    def __call__(self, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor: ...


def opened(visitor: Visitor) -> Page:
    visitor.ask("What did Nazarbayev say about Baikonur?")
    return visitor.follow(visitor.cards.locator(".qa-read").first)


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, True), (PHONE, False)], ids=["desktop-dark", "phone"])
def test_search_and_keys(visitors: Come, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors(size, dark=dark)
    page = opened(visitor)
    expect(page.locator("mark")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("#turn-0")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#turn-1")).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("mark")).to_be_in_viewport()
    page.keyboard.press("/")
    page.keyboard.type("our   relations")
    count = page.locator("#count")
    expect(count).to_have_text("1 of 2")
    assert {words.casefold() for words in page.evaluate(FOUND.format("found"))} == {"our relations"}
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text("2 of 2")
    page.get_by_role("button", name="Next").click()
    expect(count).to_have_text("1 of 2")
    assert len(page.evaluate(FOUND.format("now"))) == 1
    visitor.shoot(f"reader-{size[0]}", page)
    page.locator("#find").fill("very well. I have")  # half inside the marked words
    expect(count).to_have_text("1 of 1")
    page.locator("#find").fill("(.*")
    expect(count).to_have_text("not found")
    page.keyboard.press("Escape")
    expect(count).to_have_text("")
    page.locator("#keys").uncheck()
    page.keyboard.press("k")
    expect(page.locator("#keys")).to_be_focused()
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_each_person_has_a_colour_and_a_way_to_their_next_turn(visitors: Come) -> None:
    page = opened(visitors())
    colour = "getComputedStyle(document.querySelector('#turn-{} .name')).color"
    assert page.evaluate(colour.format(0)) != page.evaluate(colour.format(1))
    page.locator(".legend").get_by_role("button", name="Vladimir Putin").click()
    expect(page.locator("article:focus .name")).to_have_text("Vladimir Putin")
