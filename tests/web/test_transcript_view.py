"""The transcript page: all words are there, and exactly the cited ones are marked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import PageKind, PageText, Person, Transcript, Turn
from qa.web.transcript import Marked, message_html, transcript_html

TRANSCRIPT = Transcript(
    id="t",
    title="A meeting <b>",
    turns=(
        Turn(0, "Ann <i>", "Ann", "First.\nSecond & third.", start_s=61.0),
        Turn(1, "Bob", "Bob", "<script>alert(1)</script> spoken", uncertain=True),
    ),
    people=(Person("Bob", "Chair <u>"),),
    page=(PageText(PageKind.PLACE, "Sochi"), PageText(PageKind.TITLE, "Sochi on <page>")),
    date="2017-10-12",
    place="Sochi",
    language='en" onload="x',
    source="javascript:alert(1)",
)


def marks(html: str) -> list[str]:
    found = re.findall(r'<mark id="words">(.*?)</mark>', html, re.DOTALL)
    return [unescape(re.sub(r"</?span[^>]*>", "", words)) for words in found]


def test_shows_everything_and_escapes_it() -> None:
    html = transcript_html(TRANSCRIPT)
    for words in (
        "A meeting &lt;b&gt;", "Ann &lt;i&gt;", "Second &amp; third.", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "Chair &lt;u&gt;", "Sochi on &lt;page&gt;", "(speaker uncertain)", "1:01", "12 October 2017",
    ):  # fmt: skip
        assert words in html
    assert 'First.<span class="gap">\n</span>Second' in html
    assert html.count("<script") == 1 and "href=" not in html and 'onload="' not in html
    assert marks(html) == []


def test_marks_exactly_the_cited_words() -> None:
    assert marks(transcript_html(TRANSCRIPT, Marked(turn=0, start=7, end=15))) == ["Second &"]
    assert marks(transcript_html(TRANSCRIPT, Marked(turn=1, start=0, end=8))) == ["<script>"]


def test_marks_the_pages_own_words_where_they_stand() -> None:
    html = transcript_html(TRANSCRIPT, Marked(page="Sochi on <page>", start=0, end=15))
    assert marks(html) == ["Sochi on <page>"]
    assert len(marks(transcript_html(TRANSCRIPT, Marked(page="Sochi", start=0, end=5)))) == 1


@given(st.integers(), st.integers(-3, 40), st.integers(-3, 40))
def test_marks_that_make_no_sense_mark_nothing(turn: int, start: int, end: int) -> None:
    found = marks(transcript_html(TRANSCRIPT, Marked(turn=turn, start=start, end=end)))
    inside = turn in {0, 1} and 0 <= start < end <= len(TRANSCRIPT.turns[turn].text)
    assert found == ([TRANSCRIPT.turns[turn].text[start:end]] if inside else [])


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "9" * 40, "", None, "²", "١"])
def test_an_address_that_makes_no_sense_marks_nothing(text: str | None) -> None:
    assert marks(transcript_html(TRANSCRIPT, Marked.from_query(text, None, text, text))) == []


def test_a_message_is_escaped() -> None:
    assert "<b>" not in message_html("<b>", "<b>")
