"""A conversation as a visitor leads it: going back, stopping, judging, coming back another day."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visitor import DESKTOP, PHONE, Visitor

from qa.assistant import Conversation

pytestmark = [pytest.mark.browser, pytest.mark.model]

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
QUESTION = "What did Nazarbayev say about Baikonur?"
QUOTE = "Our cooperation at Baikonur is developing very well."


class Come(Protocol):
    """Makes visitors; they are seen out at the end of the test."""

    def __call__(self, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor: ...


@SIZES
def test_going_back_over_a_conversation(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    visitor.ask("And what did Putin say about it?")
    asked = visitor.page.locator("#chat [data-testid=user]")
    visitor.page.get_by_role("button", name="Earlier answer").click()
    expect(visitor.page.locator("#status")).to_contain_text("Answer 1 of 2")
    visitor.page.locator("#chat").get_by_role("button", name="Retry").last.click()
    expect(visitor.page.locator("#status")).to_contain_text("No answer. Vladimir Putin said nothing")
    expect(visitor.cards.locator(".qa-others")).to_contain_text(QUOTE)
    expect(asked).to_have_count(2)
    visitor.page.locator("#chat").get_by_role("button", name="Edit").last.click()
    visitor.page.locator("#chat textarea").fill("And what did Putin say about human resources?")
    visitor.page.locator("#chat").get_by_role("button", name="Submit").click()
    expect(visitor.chips.filter(has_text="Topic: human resources")).to_be_visible()
    expect(asked.last).to_contain_text("human resources")
    expect(visitor.answers).to_have_count(2)
    visitor.page.locator("#chat").get_by_role("button", name="Undo").last.click()
    expect(asked).to_have_count(1)
    expect(visitor.box).to_have_value("And what did Putin say about human resources?")
    expect(visitor.cards.locator(".qa-card").first).to_contain_text(QUOTE)
    expect(visitor.page.locator("#chat").get_by_role("button", name="Copy message")).to_have_count(2)


@SIZES
def test_the_evidence_of_an_earlier_answer_comes_back(visitors: Come, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    visitor.ask("What did Putin say about EAEU?")
    expect(visitor.cards.locator(".qa-card").first).to_contain_text("EAEU")
    visitor.answers.first.click()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text(QUOTE)
    expect(visitor.chips.filter(has_text="Baikonur")).to_be_visible()
    visitor.page.get_by_role("button", name="Later answer").click()
    expect(visitor.cards.locator(".qa-card").first).to_contain_text("EAEU")
    visitor.page.get_by_role("button", name="Earlier answer").press("Enter")
    expect(visitor.page.locator("#status")).to_contain_text("Answer 1 of 2: Answered with 1 quotation.")
    visitor.chips.filter(has_text="Person:").click()  # asked again from there on
    expect(visitor.answers).to_have_count(1)


@SIZES
def test_an_answer_is_judged_in_the_index_folder(visitors: Come, index_folder: Path, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    visitor.page.locator("#chat").get_by_role("button", name="Dislike").click()
    visitor.page.locator("#comment textarea").fill("The second sentence is <b>beside</b> the point.")
    visitor.page.locator("#comment textarea").press("Enter")
    expect(visitor.page.locator("#status")).to_contain_text("Thank you, noted.")
    expect(visitor.page.locator("#comment textarea")).to_be_hidden()
    first, second = map(json.loads, (index_folder / "feedback.jsonl").read_text("utf-8").splitlines()[-2:])
    assert first["id"] == second["id"] and first["liked"] is second["liked"] is False
    assert (first["comment"], second["comment"]) == ("", "The second sentence is <b>beside</b> the point.")
    assert second["question"] == QUESTION and QUOTE in second["citations"][0]["quote"]
    assert set(second["versions"]) >= {"qa", "model", "splitter"}


@SIZES
def test_a_conversation_is_found_again_and_deleted(visitors: Come, size: tuple[int, int], payload: str) -> None:
    visitor = visitors(size)
    visitor.ask(QUESTION)
    visitor.ask(f"And Putin? {payload}")
    visitor.reload()
    expect(visitor.answers).to_have_count(0)
    visitor.page.get_by_role("button", name="Earlier conversations").click()
    visitor.page.locator("#saved input").click()
    visitor.page.get_by_role("option").filter(has_text=QUESTION).click()
    visitor.page.locator("#restore").click()
    expect(visitor.answers).to_have_count(2)
    expect(visitor.answers.first).to_contain_text(QUOTE)
    expect(visitor.page.locator("#chat [data-testid=user]").last).to_contain_text("<script>window.pwned=2</script>")
    assert visitor.page.evaluate("window.pwned === undefined")
    assert visitor.page.locator("#chat img, #chat a, #cards img, #chips img, #chat strong").count() == 0
    visitor.page.locator("#saved input").click()
    visitor.page.get_by_role("option").filter(has_text=QUESTION).click()
    visitor.page.locator("#forget").click()
    expect(visitor.page.locator("#status")).to_have_text("Deleted.")
    visitor.reload()
    visitor.page.get_by_role("button", name="Earlier conversations").click()
    visitor.page.locator("#saved input").click()
    expect(visitor.page.get_by_role("option").filter(has_text=QUESTION)).to_have_count(0)


def kept(page: Page) -> Locator:
    """The conversations to choose from."""
    page.get_by_role("button", name="Earlier conversations").click()
    page.locator("#saved input").click()
    return page.get_by_role("option")


def test_two_tabs_of_a_browser_keep_one_list(visitors: Come) -> None:
    visitor = visitors()
    other = visitor.context.new_page()
    other.goto(visitor.site)
    other.locator("#question textarea").wait_for()
    visitor.ask(QUESTION)
    other.locator("#question textarea").fill("What did Putin say about EAEU?")
    other.locator("#question textarea").press("Enter")
    expect(other.locator("#chat [data-testid=bot]")).to_have_count(1)
    for page in (other, visitor.page):
        options = kept(page)
        expect(options.filter(has_text=QUESTION)).to_have_count(1)
        expect(options.filter(has_text="What did Putin say about EAEU?")).to_have_count(1)
    options.filter(has_text="EAEU").click()  # what the other tab asked is opened here
    visitor.page.locator("#restore").click()
    expect(visitor.cards).to_contain_text("EAEU")
    visitor.page.locator("#saved input").click()
    visitor.page.get_by_role("option").filter(has_text=QUESTION).click()
    visitor.page.locator("#forget").click()
    expect(visitor.page.locator("#status")).to_have_text("Deleted.")
    other.reload()
    expect(kept(other)).to_have_count(1)


def test_a_browsers_memory_of_another_making_does_no_harm(visitors: Come) -> None:
    visitor = visitors()
    visitor.ask(QUESTION)
    key = visitor.page.evaluate("Object.keys(localStorage).find((name) => name.startsWith('qa-'))")
    conversations = [{"id": f"{n}", "at": "2020-01-01", "asked": [{"question": f"q{n}"}]} for n in range(40)]
    for value in ("{", "[]", json.dumps({"conversations": [None, {"id": 1}, *conversations]})):
        visitor.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        visitor.reload()
        visitor.ask(QUESTION)
    options = kept(visitor.page)
    expect(options).to_have_count(30)
    expect(options.first).to_contain_text(QUESTION)
    expect(options.nth(1)).to_contain_text("q0")


@pytest.mark.parametrize(
    ("button", "ending", "words"),
    [
        ("Markdown", ".md", QUOTE), ("JSON", ".json", '"citations"'), ("Plain text", ".txt", QUOTE),
        ("CSL-JSON", ".csl.json", '"family": "Nazarbayev"'), ("BibTeX", ".bib", "Nazarbayev, Nursultan"),
    ],
)  # fmt: skip
def test_a_conversation_is_saved_as_a_file(shared: Visitor, button: str, ending: str, words: str) -> None:
    with shared.page.expect_download() as download:
        shared.page.locator("#save").get_by_role("button", name=button, exact=True).click()
    assert download.value.suggested_filename.endswith(ending)
    assert words in Path(download.value.path()).read_text("utf-8")
    expect(shared.page.locator("#file")).to_be_hidden()


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def shared(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor with an answer, and the drawer open in which it is saved."""
    visitor = Visitor(browser, site, request.param)
    visitor.ask(QUESTION)
    visitor.page.get_by_role("button", name="Save this conversation").click()
    yield visitor
    visitor.leave()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Makes the house take its time, until the event is set."""
    go, ask = threading.Event(), Conversation.ask

    def waiting(self: Conversation, *args: Any, **limits: Any) -> Any:
        go.wait(20)
        return ask(self, *args, **limits)

    monkeypatch.setattr(Conversation, "ask", waiting)
    yield go
    go.set()


@SIZES
def test_an_answer_can_be_stopped(visitors: Come, slow: threading.Event, size: tuple[int, int]) -> None:
    visitor = visitors(size)
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.page.locator("#chat [data-testid=user]")).to_contain_text(QUESTION)
    expect(visitor.page.locator("#status")).to_contain_text("Searching")
    visitor.page.locator("#stop").click()
    expect(visitor.answers).to_have_text(["Stopped."])
    expect(visitor.page.locator("#stop")).to_be_hidden()
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")  # while the first is still at it
    expect(visitor.page.locator("#chat [data-testid=user]")).to_have_count(2)
    expect(visitor.page.locator("#status")).to_contain_text("Searching")
    slow.set()
    expect(visitor.answers.last).to_contain_text(QUOTE)
    expect(visitor.answers).to_have_count(2)
