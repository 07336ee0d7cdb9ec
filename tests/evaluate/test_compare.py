"""Runs saved, read back and compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ReadError, WorldError
from qa.evaluate import Expected, Quoted, Report, Row, compare, lines, read_report, write_report


def row(id: str, answered: bool, confidence: float = 0.5, answerable: bool = True) -> Row:
    quote = Quoted("Yes.", "Ann", "t", None, verbatim=True, speaker_right=True, asked_for=True)
    expected = Expected("Ann", ("Yes.",), (("t", 3),))
    return Row(
        id, "lookup", answerable, answered, answered, "", confidence, 0.1, f"{id}?", "A.", answered and answerable,
        expected=expected, quotes=(quote,), scores={"RR": 0.5}, has_turns=answerable,
    )  # fmt: skip


def test_the_difference_by_hand() -> None:
    old = Report(tuple(row(f"q{n}", answered=n < 5) for n in range(20)))
    new = Report(tuple(row(f"q{n}", answered=n < 15) for n in range(20)))
    found = {d.name: d for d in compare(new, old).differences}
    moved = found["answered"]
    assert (moved.old, moved.new, moved.difference, moved.n) == (0.25, 0.75, 0.5, 20)
    assert 0.2 < moved.low < 0.5 < moved.high < 0.8 and moved.above == 1.0
    assert found["RR"].difference == found["RR"].low == found["RR"].high == found["RR"].above == 0.0


def test_only_shared_questions_are_compared() -> None:
    old = Report((row("a", True), row("b", True), row("edited", True)))
    new = Report((row("a", True), row("c", False), replace(row("edited", False), question="Another?")))
    found = compare(new, old)
    assert (found.shared, found.only_new, found.only_old) == (1, 2, 2)
    assert {d.name: d.new for d in found.differences}["answered"] == 1.0
    assert compare(new, Report(())).differences == ()


def test_a_terminal_is_told_everything() -> None:
    old = Report((row("a", True), row("b", True)))
    new = Report((replace(row("a", False), why="silent", category="fact"), row("c", True)))
    told = "\n".join(lines(new, compare(new, old)))
    assert "wrong a [fact] 'a?': silent" in told and "95% interval" in told and "2 questions" in told
    assert "1 questions both have, 1 only here, 1 only there" in told and "-1.000 to -1.000" in told
    assert "lookup" in told and "\x1b" not in told


rows = st.builds(row, st.uuids().map(str), st.booleans(), st.floats(0, 1), st.booleans())


@given(st.lists(rows, min_size=1, max_size=8))
def test_a_run_is_no_better_than_itself(rows: list[Row]) -> None:
    report = Report(tuple(rows))
    for moved in compare(report, report).differences:
        assert moved.difference == moved.low == moved.high == moved.above == 0.0


@given(st.lists(rows, max_size=4))
def test_a_run_comes_back_as_it_was_saved(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    path = tmp_path_factory.mktemp("run") / "rows.json"
    report = Report(tuple(rows), {"date": "today", "settings": {"threshold": 0.5}})
    write_report(report, path)
    assert read_report(path) == report
    assert read_report(path).figures == report.figures


def saved(path: Path, **changes: Any) -> Path:
    write_report(Report((row("a", True),)), path)
    data = json.loads(path.read_text())
    for name, value in changes.items():
        if name in ("format", "rows"):
            data[name] = value
        else:
            data["rows"][0][name] = value
    path.write_text(json.dumps(data))
    return path


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"format": "other/1"}, "format"),
        ({"rows": None}, '"rows"'),
        ({"rows": [7]}, "row 1"),
        ({"rows": [{}]}, "row 1"),
        ({"confidence": "high"}, "row 1"),
        ({"found": 1}, "row 1"),
        ({"quotes": [{"quote": 7}]}, "row 1"),
        ({"quotes": "many"}, "row 1"),
        ({"scores": [1]}, "row 1"),
        ({"expected": {"turns": [["t"]]}}, "row 1"),
    ],
    ids=str,
)
def test_a_damaged_run_is_named(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    path = saved(tmp_path / "rows.json", **changes)
    with pytest.raises(ReadError) as caught:
        read_report(path)
    assert str(caught.value).startswith(str(path)) and problem in str(caught.value) and "--save" in str(caught.value)


def test_what_is_no_run_at_all(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_bytes(b"\xff{")
    for name, problem in (("no.json", "not valid JSON"), ("missing.json", "cannot be read")):
        with pytest.raises(ReadError, match=problem):
            read_report(tmp_path / name)
    with pytest.raises(WorldError, match="cannot be written"):
        write_report(Report(()), tmp_path / "nowhere" / "rows.json")


def test_a_field_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = saved(tmp_path / "rows.json", later="more")
    assert read_report(path).rows[0].id == "a"
