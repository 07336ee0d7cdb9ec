"""Every measure against values computed by hand, and what must hold for all."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate import measures
from qa.evaluate.questions import Place
from qa.types import Citation, Hit, PageKind, PageText, Piece, Transcript, Turn

LENGTHS = {("a", 0): 10, ("a", 1): 20, ("a", 2): 30, ("b", 0): 40}


def hit(transcript: str, turns: tuple[int, ...], best: tuple[int, ...]) -> Hit:
    return Hit(transcript, turns, best, "", 1.0)


def test_a_ranking_takes_each_turn_once() -> None:
    hits = [hit("a", (0, 1), (1, 0)), hit("b", (0,), (0,)), hit("a", (1, 2), (2, 1))]
    assert measures.ranking(hits) == [("a", 1), ("a", 0), ("b", 0), ("a", 2)]


def test_ranking_measures_by_hand() -> None:
    gold = {"q": {("a", 0), ("a", 2)}, "missed": {("a", 0)}, "no hit": {("a", 0)}, "no gold": set()}
    rankings = {"q": [("b", 0), ("a", 2), ("a", 1), ("a", 3), ("a", 4), ("a", 0)], "missed": [("b", 0)], "no hit": []}
    values = measures.rank(rankings, gold)
    ideal = 1 + 1 / log2(3)
    assert values["q"]["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(7)) / ideal)
    assert values["q"]["RR"] == pytest.approx(1 / 2)
    assert values["q"]["R@5"] == pytest.approx(1 / 2)
    assert values["q"]["R@10"] == 1.0
    for id in ("missed", "no hit", "no gold"):
        assert values[id] == dict.fromkeys(("nDCG@10", "RR", "R@5", "R@10"), 0.0)
    assert measures.rank({}, {}) == {}


def test_ids_with_blanks_are_ids() -> None:
    place = ("a meeting\twith 1 blank", 7)
    assert measures.rank({"q 1": [place]}, {"q 1": {place}})["q 1"]["RR"] == 1.0


def evidence(hits: list[list[Place]], gold: set[Place], budget: int) -> tuple[float, float]:
    return measures.evidence(hits, gold, LENGTHS.__getitem__, budget)


def test_evidence_by_hand() -> None:
    hits = [[("a", 0), ("a", 1)], [("b", 0)]]
    gold = {("a", 1), ("a", 2)}  # 50 tokens
    assert evidence(hits, gold, 1000) == pytest.approx((20 / 50, 20 / 70))
    assert evidence(hits, gold, 25) == pytest.approx((15 / 50, 15 / 25))  # cut inside the second turn
    assert evidence(hits, gold, 10) == (0.0, 0.0)
    assert evidence([], gold, 1000) == (0.0, 0.0)
    assert evidence(hits, set(), 1000) == (0.0, 0.0)


def test_text_returned_twice_is_paid_twice_and_counts_once() -> None:
    assert evidence([[("a", 1)], [("a", 1)]], {("a", 1)}, 1000) == pytest.approx((1.0, 20 / 40))
    assert evidence([[("a", 1)], [("a", 1)]], {("a", 1)}, 30) == pytest.approx((1.0, 20 / 30))


def test_match_by_hand() -> None:
    ranking = [("a", 1), ("a", 2), ("b", 0)]
    assert measures.match(ranking, {("b", 0)}, 1) == 0.0
    assert measures.match(ranking, {("b", 0)}, 3) == 1.0
    assert measures.match(ranking, {("a", 1)}, 1) == 1.0
    assert measures.match([], {("a", 1)}, 3) == 0.0


places = st.sampled_from(sorted(LENGTHS))
some_hits = st.lists(st.lists(places, min_size=1, max_size=3), max_size=6)


@given(some_hits, st.sets(places), st.integers(1, 200), st.integers(0, 100))
def test_evidence_is_a_share_and_recall_grows_with_the_budget(
    hits: list[list[Place]], gold: set[Place], budget: int, more: int
) -> None:
    recall, precision = evidence(hits, gold, budget)
    assert 0 <= recall <= 1 and 0 <= precision <= 1
    assert evidence(hits, gold, budget + more)[0] >= recall


@given(some_hits, st.sets(places), st.sets(places), st.integers(1, 200))
def test_fewer_gold_turns_are_never_more_precise(
    hits: list[list[Place]], gold: set[Place], left_out: set[Place], budget: int
) -> None:
    assert evidence(hits, gold - left_out, budget)[1] <= evidence(hits, gold, budget)[1]


@given(st.lists(places, unique=True), st.sets(places, min_size=1))
def test_ranking_measures_are_shares_in_order(ranking: list[Place], gold: set[Place]) -> None:
    values = measures.rank({"q": ranking}, {"q": gold})["q"]
    assert all(0 <= value <= 1.0000001 for value in values.values())
    assert values["R@5"] <= values["R@10"]
    assert (values["RR"] == 1.0) == (measures.match(ranking, gold, 1) == 1.0)
    assert measures.match(ranking, gold, 1) <= measures.match(ranking, gold, 3)


# ------------------------------------------------------------------ quotations

SOURCE = "TITLE\nTom: The  bridge\nopens."
SPOKEN = Turn(0, "Tom", "Tom", "The  bridge\nopens.")
TOLD = Transcript(
    "t",
    "Title",
    (SPOKEN, Turn(1, "Ann", "Ann", "Good.")),
    page=(PageText(PageKind.TITLE, "TITLE"),),
    source_text=SOURCE,
)
QUOTE = Citation("bridge opens", "Tom", "Tom", None, "t", "Title", None, None, 0, 5, 17, None, 16, 28)


def test_verbatim_is_whitespace_free_equality_in_turn_and_source() -> None:
    assert SPOKEN.text[5:17] == "bridge\nopens" == SOURCE[16:28]
    assert measures.verbatim(QUOTE, TOLD)
    assert not measures.verbatim(replace(QUOTE, quote="bridge opened"), TOLD)
    assert not measures.verbatim(replace(QUOTE, quote="Bridge opens"), TOLD)
    assert not measures.verbatim(replace(QUOTE, quote=""), TOLD)
    assert not measures.verbatim(replace(QUOTE, turn=1), TOLD)
    assert not measures.verbatim(replace(QUOTE, turn=9), TOLD)
    assert not measures.verbatim(replace(QUOTE, transcript_id="u"), TOLD)
    assert not measures.verbatim(replace(QUOTE, source_start=11), TOLD)
    assert not measures.verbatim(replace(QUOTE, source_start=None), TOLD)
    assert measures.verbatim(replace(QUOTE, source_start=None), replace(TOLD, source_text=None))


def test_words_with_markup_among_them_are_looked_up_run_by_run() -> None:
    source = "Tom: The [bridge](https://a.org) opens."
    turn = replace(SPOKEN, text="The bridge opens.", pieces=(Piece(0, 5, 4), Piece(4, 10, 6), Piece(10, 32, 7)))
    told = replace(TOLD, turns=(turn,), source_text=source)
    quote = replace(QUOTE, quote="bridge opens", start=4, end=16, source_start=None, source_end=None)
    assert measures.verbatim(quote, told)
    assert not measures.verbatim(quote, replace(told, source_text=source.replace("bridge]", "tunnel]")))
    assert not measures.verbatim(replace(quote, source_start=10, source_end=38), told)


def test_the_page_may_be_quoted_too() -> None:
    quote = replace(QUOTE, quote="TITLE", speaker="", turn=None, start=0, end=5, source_start=0, source_end=5)
    assert measures.verbatim(quote, TOLD) and measures.names_the_speaker(quote, TOLD)
    assert not measures.verbatim(replace(quote, end=4), TOLD)
    assert not measures.names_the_speaker(replace(quote, speaker="Tom"), TOLD)


def test_the_speaker_is_the_turns() -> None:
    assert measures.names_the_speaker(QUOTE, TOLD)
    assert not measures.names_the_speaker(replace(QUOTE, speaker="Ann"), TOLD)
    assert not measures.names_the_speaker(replace(QUOTE, turn=9), TOLD)
