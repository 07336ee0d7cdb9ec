"""The page as a visitor sees it: a real server, a real index, a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import expect
from visitor import DESKTOP, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.model]

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
QUESTION = "What did Nazarbayev say about Baikonur?"
QUOTE = "Our cooperation at Baikonur is developing very well."


class Come(Protocol):
    """Makes visitors; they are seen out at the end of the test."""

    def __call__(self, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor: ...


@SIZES
def test_a_question_its_card_and_the_words_in_the_transcript(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.shoot(f"start-{size[0]}")
    assert QUOTE in visitor.ask(QUESTION)
    card = visitor.cards.locator(".qa-card", has_text=QUOTE).first
    for words in ("Nursultan Nazarbayev", "President of Kazakhstan", "Sochi", "12 October 2017"):
        expect(card).to_contain_text(words)
    expect(visitor.cards).to_contain_text(re.compile(r"Confidence: \w+ sure \((over )?\d+%\)"))
    visitor.shoot(f"answer-{size[0]}")
    transcript = visitor.follow(card.get_by_role("link", name="Read in the transcript"))
    mark = transcript.locator("mark")
    assert QUOTE in " ".join(mark.inner_text().split())
    expect(mark).to_be_in_viewport()
    visitor.shoot(f"transcript-{size[0]}", transcript)


@SIZES
def test_somebody_elses_words_stand_under_their_own_heading(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    said = visitor.ask("What did Putin say about Baikonur?")
    assert QUOTE not in said.split("Nazarbayev")[0]
    expect(visitor.cards.get_by_role("heading", name="No answer")).to_be_visible()
    others = visitor.cards.locator(".qa-others")
    expect(others).to_contain_text("Said by others, not by Vladimir Putin")
    expect(others.locator(".qa-card").first).to_contain_text("Nursultan Nazarbayev")
    expect(visitor.cards.locator(".qa-card:not(.qa-others *)")).to_have_count(0)
    visitor.shoot(f"not-said-{size[0]}")


@SIZES
def test_a_followup_leans_on_the_conversation_until_a_new_one(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    visitor.ask("And what did Putin say about it?")
    expect(visitor.cards).to_contain_text("Vladimir Putin")
    expect(visitor.cards.locator(".qa-others")).to_contain_text("Baikonur")
    visitor.page.get_by_role("button", name="New conversation").click()
    expect(visitor.answers).to_have_count(0)
    expect(visitor.cards.locator(".qa-card")).to_have_count(0)


@SIZES
def test_the_speaker_filter(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.page.get_by_role("button", name="Limit the answers").click()
    choice = visitor.page.locator("#speaker input")
    choice.click()
    options = visitor.page.get_by_role("option")
    assert options.first.inner_text().strip().endswith("Anybody")
    options.filter(has_text="Vladimir Putin").click()
    visitor.ask("Who spoke about Baikonur?")
    expect(visitor.cards.locator(".qa-card:not(.qa-others *)").filter(has_text="Baikonur")).to_have_count(0)


def test_two_visitors_share_nothing(visitors: Come) -> None:
    first, second = visitors(), visitors()
    first.ask(QUESTION)
    expect(second.answers).to_have_count(0)
    second.ask("And what did Putin say about it?")
    expect(second.answers).to_have_count(1)
    assert "Baikonur" not in second.page.locator("#chat").inner_text()
    assert "Baikonur" not in second.cards.inner_text()


def test_markup_in_a_transcript_is_only_text(visitors: Come, payload: str) -> None:
    visitor = visitors()
    sample = visitor.page.locator("#samples button").filter(has_text="Mallory <img")
    sample.click()
    expect(visitor.chips.filter(has_text="Person: Mallory <img")).to_be_visible()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text("Springfield")
    visitor.ask(f"What was said about the zebra budget? {payload}")
    visitor.ask("What was said about the zebra budget?")
    expect(visitor.cards.locator(".qa-card").first).to_contain_text("<script>window.pwned=2</script>")
    visitor.page.get_by_role("button", name="Save this conversation").click()
    with visitor.page.expect_download() as download:
        visitor.page.locator("#save").get_by_role("button", name="Markdown").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert "zebra budget" in saved and "<script" not in saved.replace("\\<", "")
    visitor.page.get_by_role("button", name="Limit the answers").click()
    visitor.page.locator("#speaker input").click()
    expect(visitor.page.get_by_role("option").filter(has_text="Mallory")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("button", name="Transcripts").click()
    expect(visitor.page.locator(".qa-list li").filter(has_text="Zebra")).to_contain_text("onerror=")
    transcript = visitor.follow(visitor.cards.locator(".qa-read").first)
    expect(transcript.locator("mark")).to_contain_text("zebra budget")
    expect(transcript.locator("h1")).to_contain_text("<img src=x onerror=")
    for page in (visitor.page, transcript):
        assert page.evaluate("window.pwned === undefined")
        assert page.locator("[onerror], img[src='x'], a[href*='evil.example'], a[href^='javascript']").count() == 0
    assert visitor.page.locator("#chat img, #chat a, #cards img, #cards script, #chat strong, button img").count() == 0
    visitor.shoot("desktop-hostile")


@SIZES
def test_refusals_are_one_line_in_the_chat(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    said = visitor.ask("why " * 700)
    assert "2000" in said.replace(",", "")
    assert "Traceback" not in said
    visitor.box.fill("   ")
    visitor.page.get_by_role("button", name="Ask", exact=True).click()
    expect(visitor.answers).to_have_count(2)


@SIZES
def test_a_sample_question_is_asked_by_one_click(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    sample = visitor.page.locator("#samples button").first
    question = sample.inner_text()
    sample.click()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.page.locator("#chat [data-testid=user]")).to_contain_text(question)


@pytest.mark.parametrize(("name", "size", "dark"), [("phone", PHONE, False), ("dark", DESKTOP, True)])
def test_fits_the_phone_and_the_dark(visitors: Come, name: str, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors(size, dark=dark)
    visitor.ask(QUESTION)
    expect(visitor.cards).to_contain_text(QUOTE)
    visitor.shoot(f"{name}-answer")
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not visitor.page.evaluate(too_wide)
    visitor.ask("What did Putin say about Baikonur?")
    visitor.shoot(f"{name}-not-said")
    transcript = visitor.follow(visitor.cards.locator(".qa-read").first)
    assert not transcript.evaluate(too_wide)
    visitor.shoot(f"{name}-transcript", transcript)
