"""What was understood can be seen, taken away and put right; a link carries it."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
QUESTION = "What did Putin say about Baikonur in October 2017?"
QUOTE = "Our cooperation at Baikonur is developing very well."


class Come(Protocol):
    """Makes visitors; they are seen out at the end of the test."""

    def __call__(self, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor: ...


@SIZES
def test_a_chip_taken_away_asks_again_without_it(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    expect(visitor.cards.get_by_role("heading", name="No answer")).to_be_visible()
    for words in (
        "Person: Vladimir Putin",
        "Topic: Baikonur",
        "Dates: 2017-10-01 to 2017-10-31",
        "Kind: what was said",
    ):
        expect(visitor.chips.filter(has_text=words)).to_be_visible()
    visitor.chips.filter(has_text="Person:").click()
    expect(visitor.cards.get_by_role("heading", name="Said, word for word")).to_be_visible()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text(QUOTE)
    expect(visitor.answers).to_have_count(1)
    visitor.chips.filter(has_text="↩ anybody").click()
    expect(visitor.cards.get_by_role("heading", name="No answer")).to_be_visible()
    visitor.chips.filter(has_text="Topic:").click()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text("Vladimir Putin")
    visitor.shoot(f"chips-{size[0]}")


@SIZES
def test_filters_set_by_hand_stand_as_chips(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.page.get_by_role("button", name="Limit the answers").click()
    visitor.page.locator("#since textarea").fill("2018")
    visitor.ask("Who spoke about Baikonur?")
    expect(visitor.cards.locator(".qa-card:not(.qa-others *)")).to_have_count(0)
    visitor.chips.filter(has_text="Only since: 2018-01-01").click()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text(QUOTE)
    expect(visitor.page.locator("#since textarea")).to_have_value("")
    visitor.page.locator("#transcript input").click()
    visitor.page.get_by_role("option").filter(has_text="Zebra").click()
    visitor.ask("Who spoke about Baikonur?")
    expect(visitor.chips.filter(has_text="Only in: Zebra <img")).to_be_visible()
    expect(visitor.cards.locator(".qa-card:not(.qa-others *)").filter(has_text=QUOTE)).to_have_count(0)
    visitor.page.locator("#since textarea").fill("soon")
    assert 'expected a day such as 2017-10-12, found "soon"' in visitor.ask("Who spoke about Baikonur?")


@SIZES
def test_an_unknown_person_offers_the_nearest(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask("What did Nursulten Nazarbytov say about Baikonur?")
    visitor.shoot(f"nearest-{size[0]}")
    visitor.page.locator("#near").get_by_role("button", name="Nursultan Nazarbayev").click()
    expect(visitor.page.locator("#chat [data-testid=user]")).to_have_text(
        "What did Nursultan Nazarbayev say about Baikonur?"
    )
    expect(visitor.cards.locator(".qa-card").first).to_contain_text(QUOTE)
    expect(visitor.page.locator("#near button:visible")).to_have_count(0)
    visitor.ask("What did Macron say about the zebra budget?")
    offered = visitor.page.locator("#near button:visible")
    expect(offered.filter(has_text="Mallory <img src=x onerror=")).to_have_count(1)
    expect(offered.filter(has_text="Vladimir Putin")).to_have_count(1)
    assert visitor.page.evaluate("window.pwned === undefined")
    assert visitor.page.locator("#near img, #chips img").count() == 0


@SIZES
def test_a_link_asks_again_and_marks_the_words(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.ask("What did Nazarbayev say about Baikonur?")
    visitor.ask("And what did Putin say about it?")
    visitor.page.locator("#share").click()
    question = "q=What+did+Vladimir+Putin+say+about+Baikonur%3F"
    link = f"{visitor.site}/?{question}&transcript=kremlin-2017-10-12-putin-nazarbayev"  # where "it" was said
    expect(visitor.page.locator("#link textarea, #link input")).to_have_value(link)
    assert visitor.page.evaluate("navigator.clipboard.readText()") == link
    visitor.cards.get_by_role("link", name="Link to these words").first.click()
    marked = visitor.cards.locator(".qa-card[aria-current=true]")
    expect(marked).to_contain_text(QUOTE)
    expect(visitor.page.locator("#chat [data-testid=user]")).to_have_text("What did Vladimir Putin say about Baikonur?")


def test_a_link_keeps_its_filters_and_words_that_are_no_answer(visitors: Come, payload: str) -> None:
    visitor = visitors()
    query = {"q": "Who spoke about Baikonur?", "speaker": "Vladimir Putin", "until": "2020-01-01",
             "cite": "0.0.16.hostile"}  # fmt: skip
    visitor.page.goto(f"{visitor.site}/?{urlencode(query)}")
    expect(visitor.chips.filter(has_text="Only words of: Vladimir Putin")).to_be_visible()
    expect(visitor.cards.locator(".qa-linked .qa-card[aria-current]")).to_contain_text("The zebra budget")
    visitor.page.goto(f"{visitor.site}/?{urlencode({'q': payload, 'speaker': payload, 'cite': '7.0.9.' + payload})}")
    expect(visitor.answers).to_have_count(1)
    expect(visitor.answers).to_contain_text("No speaker")
    expect(visitor.page.locator("#status")).to_contain_text("not in these transcripts any more")
    assert visitor.page.evaluate("window.pwned === undefined")
    assert visitor.page.locator("#chat img, #chips img, #cards img, #status img").count() == 0
