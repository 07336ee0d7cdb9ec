"""The figures of a run, over rows made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate import MEASURES, Quoted, Report, Row
from qa.evaluate.figures import compute, parts

RIGHT = Quoted("Yes.", "Ann", "t", 0, verbatim=True, speaker_right=True, asked_for=True)
WRONG = Quoted("No.", "Tom", "t", 1, verbatim=False, speaker_right=False, asked_for=False)
SCORES = {"nDCG@10": 0.5, "RR": 0.25, "match@1": 0.0, "match@3": 1.0, "evidence_recall@250": 0.4}


def row(id: str, **fields: object) -> Row:
    start = Row(id, "", True, False, False, "", 0.5, 0.1, "Q?", "A.")
    return replace(start, **fields)  # type: ignore[arg-type]


ROWS = (
    row("a", found=True, answered=True, right=True, confidence=0.9, quotes=(RIGHT,), has_turns=True, scores=SCORES),
    row("b", found=True, confidence=0.6, quotes=(RIGHT, WRONG), has_turns=True, seconds=0.3),
    row("c", answered=True, found=True, right=False, confidence=0.4, category="page"),
    row("x", answerable=False, confidence=0.3, right=True, reason_right=True, elsewhere=(RIGHT,)),
    row("y", answerable=False, confidence=0.6, found=True, reason_right=False, elsewhere_right=False, twin_of="a"),
)


def test_every_figure_by_hand() -> None:
    figures = compute(ROWS)
    values = {name: (round(figure.value, 6), figure.n) for name, figure in figures.items()}
    assert values["answered"] == (round(2 / 3, 6), 3)
    assert values["silent"] == (1 / 2, 2)
    assert values["balance"] == (round((2 / 3 + 1 / 2) / 2, 6), 5)
    assert values["right"] == (2 / 5, 5)
    assert values["reason"] == (1 / 2, 2)
    assert values["elsewhere_first"] == (0.0, 1)
    assert values["attribution"] == (round(2 / 3, 6), 3)
    assert values["speaker"] == values["verbatim"] == (3 / 4, 4)
    assert values["auroc"] == (round((2 + 1.5 + 1) / 6, 6), 5)
    assert values["twin_auroc"] == (1.0, 1)
    assert values["nDCG@10"] == (0.25, 2) and values["match@3"] == (0.5, 2)
    assert values["evidence_recall@250"] == (0.2, 2)
    assert values["latency_p50_ms"] == (100.0, 5) and values["latency_p95_ms"] == (300.0, 5)


def test_names_are_unique_and_everything_is_explained() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    assert all(measure.meaning and measure.source for measure in MEASURES)


def test_what_has_no_questions_is_left_out() -> None:
    assert compute(()) == {}
    silent_only = compute((ROWS[3],))
    assert "answered" not in silent_only and "auroc" not in silent_only and "nDCG@10" not in silent_only
    assert silent_only["silent"].value == 1.0 and "balance" not in silent_only
    assert Report(()).latency_s == (0.0, 0.0)


def test_the_parts_of_a_run_add_up() -> None:
    found = parts(ROWS, lambda row: row.category)
    assert [(part.name, part.n) for part in found] == [("", 4), ("page", 1)]
    assert found[0].answered == 1 / 2 and found[0].silent == 1 / 2 and found[1].silent is None


some_rows = st.builds(
    lambda id, answerable, found, answered, confidence: row(
        str(id), answerable=answerable, found=found, answered=answerable and answered, confidence=confidence
    ),
    st.integers(), st.booleans(), st.booleans(), st.booleans(), st.floats(0, 1),
)  # fmt: skip


@given(st.lists(some_rows, min_size=1, max_size=12))
def test_figures_are_shares_inside_their_intervals(rows: list[Row]) -> None:
    for figure in compute(rows).values():
        if figure.unit == "share":
            assert 0 <= figure.value <= 1 and -1e-9 <= figure.low <= figure.high <= 1 + 1e-9
        if figure.name in ("answered", "silent", "right", "balance"):
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


@given(st.lists(some_rows, min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_questions_is_no_matter(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = compute(rows), compute(shuffled)
    assert {name: after[name].value for name in before} == pytest.approx({n: f.value for n, f in before.items()})
