"""Answers as HTML: everything said is there, and nothing said takes effect."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import Answer, Citation, Question
from qa.web.cards import answer_html, card, chat_text, confidence_words, error_html
from qa.web.tabs.parts import quoted
from qa.web.wording import clock, day, is_web_address, source, transcript_address

CITATION = Citation(
    quote="Our cooperation at Baikonur is developing very well.",
    speaker="Nursultan Nazarbayev",
    label="President of Kazakhstan Nursultan Nazarbayev",
    role="President of Kazakhstan",
    transcript_id="k-1",
    title="Meeting with President of Kazakhstan",
    date="2017-10-12",
    place="Sochi",
    turn=1,
    start=10,
    end=62,
    source="http://en.kremlin.ru/events/1",
    before="There are many practical issues we need to discuss.",
    after="I have visited it recently.",
)
PAGE_WORDS = replace(CITATION, speaker="", label="", role=None, turn=None, quote="Sochi", start=0, end=5)


def test_a_guessed_speaker_is_marked() -> None:
    assert "(speaker uncertain)" in card(replace(CITATION, uncertain=True), number=1)
    assert "(speaker uncertain)" in quoted(replace(CITATION, uncertain=True))
    assert "uncertain" not in card(CITATION, number=1) + quoted(CITATION)


def answer(**changes: object) -> Answer:
    whole = Answer(
        question="q",
        standalone="q",
        found=True,
        confidence=0.93,
        text="text [1]",
        understood=Question("q", "q", speakers=("Vladimir Putin",)),
        citations=(CITATION,),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


class Seen(HTMLParser):
    """Which tags, attributes and text a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_card_tells_who_where_when_and_the_words_between_their_neighbours() -> None:
    seen = Seen(card(CITATION, number=1))
    for words in (
        "[1]", "Nursultan Nazarbayev", "President of Kazakhstan", "12 October 2017", "Sochi",
        CITATION.title, CITATION.before, CITATION.after,
    ):  # fmt: skip
        assert words in seen.text
    assert f"<mark><q>{CITATION.quote}</q></mark>" in card(CITATION, number=1)
    assert ("href", "transcript/k-1?turn=1&start=10&end=62#words") in seen.attributes
    assert ("rel", "noopener noreferrer") in seen.attributes


def test_cards_are_an_ordered_list_numbered_from_one() -> None:
    html = answer_html(answer(citations=(CITATION, CITATION)))
    assert Seen(html).tags.count("ol") == 1
    assert Seen(html).tags.count("li") == 2
    assert "[1]" in html and "[2]" in html


def test_the_pages_own_words_are_nobodys() -> None:
    html = card(PAGE_WORDS, number=1)
    assert "The page itself" in html
    assert "page_words=Sochi&amp;start=0&amp;end=5#words" in html


def test_words_of_others_never_look_like_the_answer() -> None:
    html = answer_html(
        answer(
            found=False,
            citations=(),
            elsewhere=(CITATION,),
            reason="not-said",
            text="He did not. Another did:\nN: words [1]",
        )
    )
    seen = Seen(html)
    assert "No answer" in seen.text
    assert "He did not. Another did:" in seen.text
    assert "N: words" not in seen.text
    assert "Said by others, not by Vladimir Putin" in seen.text
    assert html.index("He did not.") < html.index('class="qa-others"') < html.index(CITATION.quote)


def test_others_beside_an_answer_carry_no_numbers() -> None:
    html = answer_html(answer(elsewhere=(CITATION,)))
    assert html.count("[1]") == 1


@pytest.mark.parametrize(
    "reason",
    [
        "not-said",
        "unknown-speaker",
        "off-topic",
        "empty-index",
        "empty-question",
        "never-spoke",
        "instruction",
        "new-one",
        None,
    ],
)
def test_every_reason_gives_a_page(reason: str | None) -> None:
    html = answer_html(answer(found=False, citations=(), reason=reason, text="Plainly no."))
    assert "Plainly no." in html


@pytest.mark.parametrize(
    ("confidence", "words"), [(1.0, "very sure (over 99%)"), (0.5, "rather sure (50%)"), (-1, "unsure (under 1%)")]
)
def test_confidence_reads_as_words_and_percent(confidence: float, words: str) -> None:
    assert confidence_words(answer(confidence=confidence)) == f"Confidence: {words}"


def test_a_followup_says_how_it_was_understood() -> None:
    assert "Understood as: the whole question" in answer_html(answer(standalone="the whole question"))


TEXT = st.text(alphabet=st.sampled_from("<>&\"'ab/=`${}![]()* \n\\;#x0й\u202e"), max_size=25)


@given(TEXT, TEXT, TEXT, TEXT, TEXT)
def test_nothing_in_a_citation_becomes_markup(quote: str, name: str, title: str, place: str, url: str) -> None:
    hostile = replace(
        CITATION, quote=quote, speaker=name or "x", role=place, title=title, place=place, date=title,
        source=url, before=name, after=title, transcript_id=place or "x",
    )  # fmt: skip
    allowed = {"section", "h2", "h3", "p", "ol", "li", "span", "blockquote", "q", "a", "time", "div", "mark"}
    seen = Seen(answer_html(answer(citations=(hostile,), elsewhere=(hostile,), standalone=title)))
    assert set(seen.tags) <= allowed
    assert {name for name, _ in seen.attributes} <= {
        "class", "aria-label", "dir", "href", "target", "rel", "datetime",
    }  # fmt: skip
    assert quote in seen.text
    assert all((value or "").startswith("transcript/") for key, value in seen.attributes if key == "href")


@given(TEXT)
def test_chat_text_reads_the_same_and_holds_no_tag(text: str) -> None:
    assert Seen(chat_text(text)).tags == []
    assert Seen(chat_text(text)).text == text


def test_chat_text_leaves_an_ampersand_alone() -> None:
    assert chat_text("R&D costs more") == "R&D costs more"
    assert chat_text("&lt;b&gt;") == "&amp;lt;b&amp;gt;"


def test_an_error_is_escaped() -> None:
    assert Seen(error_html("<b>no</b>")).tags == ["div", "h2", "p"]


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://example.org/a?b=c", True), ("HTTP://example.org", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("//example.org", False), ("https://", False), ("http://[", False),
        ("http://a b", False), ("java\nscript:alert(1)", False), ("/srv/files/a.txt", False), ("", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str, good: bool) -> None:
    assert is_web_address(address) is good
    assert ("<a " in source(address)) is good


def test_a_files_folders_stay_on_the_server() -> None:
    assert source("/srv/secret/a.txt") == "Source: a.txt"
    assert source("C:\\secret\\a.txt") == "Source: a.txt"


def test_any_transcript_id_fits_in_an_address() -> None:
    address = transcript_address(replace(CITATION, transcript_id="a/b ?#<é>"))
    assert address.startswith("transcript/a%2Fb%20%3F%23%3C%C3%A9%3E?turn=1&")


def test_days_and_clocks() -> None:
    assert day("2017-10-12") == '<time datetime="2017-10-12">12 October 2017</time>'
    assert day("last <week>") == "last &lt;week&gt;"
    assert (clock(3723.9), clock(62), clock(None), clock(float("nan")), clock(-1)) == (
        "1:02:03", "1:02", "", "", "",
    )  # fmt: skip
