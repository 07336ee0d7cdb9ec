"""The law of citations: exact words, the right speaker, and the same words in the file on disk."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import words
from qa.cite import cite_page, cite_turn, holds, source_span
from qa.read import read
from qa.types import Citation, PageKind, Piece, Transcript, Turn

CORPUS = Path(__file__).parents[1] / "corpus"


@lru_cache
def page() -> tuple[Transcript, str]:
    """The sample page as read, and the file's own text."""
    path = next(CORPUS.glob("*.txt"))
    return read(path), path.read_text(encoding="utf-8")


@st.composite
def spans(draw: st.DrawFn) -> tuple[Turn, int, int]:
    turn = draw(st.sampled_from(page()[0].turns))
    start = draw(st.integers(0, len(turn.text) - 1))
    return turn, start, draw(st.integers(start + 1, min(len(turn.text), start + 400)))


def crosses_a_gap(turn: Turn, start: int, end: int) -> bool:
    """Words were left out of the source somewhere inside the span: a caption stood there."""
    span = source_span(turn.pieces, start, end)
    return span is not None and words.bare(page()[1][slice(*span)]) != words.bare(turn.text[start:end])


@settings(max_examples=400)
@given(spans())
def test_any_span_is_cited_by_the_law_or_not_at_all(span: tuple[Turn, int, int]) -> None:
    one, source = page()
    turn, start, end = span
    text = turn.text[start:end]
    citation = cite_turn(one, turn, start, end)
    if not text.strip():
        assert citation is None
    elif citation is None:
        inner = start + len(text) - len(text.lstrip())
        assert crosses_a_gap(turn, inner, start + len(text.rstrip()))
    else:
        assert words.bare(citation.quote) == words.bare(text)
        assert citation.quote == words.squeeze(citation.quote)
        assert citation.speaker == turn.speaker and citation.label == turn.label and citation.turn == turn.index
        assert words.bare(turn.text[citation.start : citation.end]) == words.bare(text)
        assert words.bare(source[citation.source_start : citation.source_end]) == words.bare(text)
        assert (citation.date, citation.place) == ("2017-10-12", "Sochi")
        assert holds(citation, one)


@settings(max_examples=200)
@given(spans(), st.integers(-3, 3), st.integers(-3, 3))
def test_a_shifted_span_does_not_hold(span: tuple[Turn, int, int], by: int, source_by: int) -> None:
    one, source = page()
    citation = cite_turn(one, *span)
    if citation is None or citation.source_start is None or citation.source_end is None:
        return
    quote = words.bare(citation.quote)
    moved = replace(citation, start=citation.start + by, end=citation.end + by)
    stands = moved.start >= 0 and words.bare(span[0].text[moved.start : moved.end]) == quote
    assert holds(moved, one) is stands
    first, last = citation.source_start + source_by, citation.source_end + source_by
    moved = replace(citation, source_start=first, source_end=last)
    assert holds(moved, one) is (words.bare(source[first:last]) == quote)


def test_places_counted_from_the_end_do_not_hold(baikonur: Citation) -> None:
    one, source = page()
    length = len(one.turns[baikonur.turn or 0].text)
    assert baikonur.source_start is not None and baikonur.source_end is not None
    for change in (
        {"start": baikonur.start - length, "end": baikonur.end - length},
        {"source_start": baikonur.source_start - len(source), "source_end": baikonur.source_end - len(source)},
    ):
        assert holds(replace(baikonur, **change), one) is False


@pytest.fixture
def baikonur() -> Citation:
    one, _ = page()
    turn = next(turn for turn in one.turns if "Baikonur" in turn.text)
    start = turn.text.index("Our cooperation at Baikonur")
    citation = cite_turn(one, turn, start, start + len("Our cooperation at Baikonur is developing very well."))
    assert citation is not None
    return citation


def test_the_sentence_of_the_sample(baikonur: Citation) -> None:
    assert baikonur.quote == "Our cooperation at Baikonur is developing very well."
    assert (baikonur.speaker, baikonur.role) == ("Nursultan Nazarbayev", "President of Kazakhstan")
    assert baikonur.before.startswith("There are many practical issues")
    assert baikonur.after == "I have visited it recently, and I will tell you about this trip."
    assert holds(baikonur, page()[0])


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Our cooperation at Baikonur is developing very badly."},
        {"quote": "our cooperation at Baikonur is developing very well."},
        {"quote": "Our cooperation at Baikonur is developing very well"},
        {"quote": ""},
        {"quote": "  "},
        {"speaker": "Vladimir Putin"},
        {"speaker": ""},
        {"speaker": "nursultan nazarbayev"},
        {"turn": 0},
        {"turn": 99},
        {"turn": -1},
        {"turn": None},
        {"transcript_id": "another"},
        {"source_start": None},
        {"source_end": None},
        {"source_start": 0},
        {"end": 10**9},
        {"start": -5},
    ],
    ids=str,
)
def test_tampering_is_seen(baikonur: Citation, change: dict[str, object]) -> None:
    assert holds(replace(baikonur, **change), page()[0]) is False  # type: ignore[arg-type]


def test_whitespace_alone_is_no_tampering(baikonur: Citation) -> None:
    assert holds(replace(baikonur, quote=baikonur.quote.replace(" ", "\n ")), page()[0])


def test_a_citation_over_a_removed_caption_is_refused() -> None:
    one, _ = page()
    turn = next(turn for turn in one.turns if "Despite certain problems" in turn.text)
    at = turn.text.index("Despite certain problems")
    assert cite_turn(one, turn, at, at + 40) is not None
    assert cite_turn(one, turn, at - 40, at - 1) is not None
    assert cite_turn(one, turn, at - 40, at + 40) is None


@pytest.mark.parametrize("span", [(0, 0), (5, 5), (9, 3)])
def test_an_empty_span_is_no_citation(span: tuple[int, int]) -> None:
    one, _ = page()
    assert cite_turn(one, one.turns[0], *span) is None


def test_the_page_may_be_cited_as_nobodys_words() -> None:
    one, source = page()
    for part in one.page:
        if part.kind in (PageKind.TOPICS, PageKind.PERSONS):
            continue
        citation = cite_page(one, part)
        assert citation is not None, part
        assert citation.speaker == "" and citation.turn is None
        assert words.bare(source[citation.source_start : citation.source_end]) == words.bare(part.text)
        assert not holds(replace(citation, speaker="Vladimir Putin"), one)
        assert not holds(replace(citation, quote=citation.quote + " Really."), one)


def test_words_of_a_person_cannot_pass_as_the_pages(baikonur: Citation) -> None:
    assert not holds(replace(baikonur, turn=None, speaker="", label=""), page()[0])


def test_without_a_source_text_the_turn_decides(baikonur: Citation) -> None:
    bare = replace(page()[0], source_text=None)
    assert holds(replace(baikonur, source_start=None, source_end=None), bare)
    assert not holds(replace(baikonur, quote="Something else.", source_start=None, source_end=None), bare)


PIECES = (Piece(0, 10, 4), Piece(5, 20, 3))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 4, (10, 14)), (1, 3, (11, 13)), (0, 8, (10, 23)), (5, 8, (20, 23)), (3, 6, (13, 21)),
     (4, 8, None), (0, 5, None), (0, 9, None), (8, 9, None), (2, 2, None), (3, 1, None)],
)  # fmt: skip
def test_source_span(start: int, end: int, expected: tuple[int, int] | None) -> None:
    assert source_span(PIECES, start, end) == expected
    assert source_span((), start, end) is None


LINKED = """# Linters

**Ann Reed:** It was called [JSCS](http://jscs.info/), a linter. We met at
[a *small* talk](https://a.org/x_(y) "A talk") in May.

**Bob Stone:** So it was.
"""


@pytest.fixture
def linked(tmp_path: Path) -> Transcript:
    path = tmp_path / "linters.md"
    path.write_text(LINKED, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("quote", ["It was called JSCS, a linter.", "We met at a *small* talk in May."])
def test_a_link_among_the_words_is_left_out_and_the_words_are_checked(linked: Transcript, quote: str) -> None:
    turn = linked.turns[0]
    start = turn.text.index(quote)
    citation = cite_turn(linked, turn, start, start + len(quote))
    assert citation is not None and citation.quote == quote
    assert citation.source_start is None and citation.source_end is None
    assert holds(citation, linked)
    assert not holds(replace(citation, quote=quote.replace("We", "They").replace("was", "is")), linked)
    assert not holds(replace(citation, source_start=0, source_end=len(LINKED)), linked)
    altered = replace(linked, source_text=LINKED.replace("JSCS", "JSHint").replace("small", "large"))
    assert not holds(citation, altered)


def test_within_a_links_words_the_source_is_named(linked: Transcript) -> None:
    turn = linked.turns[0]
    citation = cite_turn(linked, turn, turn.text.index("JSCS"), turn.text.index("JSCS") + 4)
    assert citation is not None
    assert LINKED[citation.source_start : citation.source_end] == "JSCS"


@pytest.mark.parametrize(
    ("gap", "quotable"),
    [("](https://a.org/b)", True), (" \\[01:02:03.40\\] ", True), ("](/b 'said')", True), (" (laughs) ", False),
     ("](https://a.org) not (", False), (" 12 ", False), (" never ", False)],
)  # fmt: skip
def test_words_between_two_runs_are_not_left_out_silently(gap: str, quotable: bool) -> None:
    source = f"Tom: We will{gap}sell."
    at = len(f"Tom: We will{gap}")
    turn = Turn(0, "Tom", "Tom", "We will sell.", pieces=(Piece(0, 5, 7), Piece(8, at, 5)))
    one = Transcript("t", "Title", (turn,), source_text=source)
    citation = cite_turn(one, turn, 0, len(turn.text))
    assert (citation is not None) is quotable


def test_runs_in_another_order_are_no_quotation() -> None:
    turn = Turn(0, "Tom", "Tom", "we sell", pieces=(Piece(0, 10, 2), Piece(3, 5, 4)))
    assert cite_turn(Transcript("t", "Title", (turn,), source_text="Tom: sell,we"), turn, 0, 7) is None
