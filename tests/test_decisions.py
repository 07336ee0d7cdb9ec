"""Decisions about persons as lines of the store and as a plain file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import decisions
from qa.errors import ReadError
from qa.types import Action, Decision, Ref

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
persons = st.lists(st.lists(st.builds(Ref, st.none() | text, text), max_size=2).map(tuple), max_size=2).map(tuple)
single = st.builds(Decision, st.sampled_from(Action), st.lists(text, max_size=3).map(tuple), persons)


@given(st.builds(Decision, st.sampled_from(Action), st.lists(text, max_size=3).map(tuple), persons,
                 st.lists(single, max_size=2).map(tuple)))  # fmt: skip
def test_a_decision_comes_back_as_it_was_put(one: Decision) -> None:
    assert decisions.loads(decisions.dumps(one)) == one


MERGE = Decision(Action.MERGE, ("A", "B", "C"), ((Ref(None, "A"),), (Ref("t", "B"), Ref("u", "B")), ()))
SPLIT = Decision(Action.SPLIT, ("A",), ((Ref("t", "A"),),))
RENAME, ALIAS = Decision(Action.RENAME, ("A", "Z")), Decision(Action.ALIAS, ("Z", "Y"))


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    decisions.write([MERGE, Decision(Action.IMPORT, ("x",), (), (SPLIT, RENAME)), ALIAS], path)
    assert decisions.read(path) == (MERGE, SPLIT, RENAME, ALIAS)
    assert json.loads(path.read_text())["format"] == "qa-people/1"


def test_a_file_written_by_hand_needs_names_only(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(
        '\ufeff{"format": "qa-people/1", "decisions": [{"action": "merge", "names": ["A", "B"]}]}', encoding="utf-8"
    )
    assert decisions.read(path) == (Decision(Action.MERGE, ("A", "B")),)


def test_the_example_of_the_users_page_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "people.md").read_text(encoding="utf-8")
    path = tmp_path / "people.json"
    path.write_text(page[page.index('{"format": "qa-people/1"') : page.index("\n\n`names` are")])
    assert [one.action for one in decisions.read(path)] == ["merge", "merge", "split", "rename", "alias"]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ("JSON",)), (b"{", ("line 1",)), (b"[]", ("qa-people/1",)),
        (b'{"format": "qa-transcript/1"}', ("qa-people/1",)),
        (b"\xff\xfe\x00", ("JSON",)), (b"9" * 5000, ("JSON",)), (b'{"a":' * 100_000, ("JSON",)),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_line(tmp_path: Path, content: bytes, parts: tuple[str, ...]) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        decisions.read(path)
    assert all(part in str(caught.value) for part in (*parts, "bad.json")) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "item",
    [
        7, {}, {"action": "marry", "names": ["A", "B"]}, {"action": "import", "names": ["A"]},
        {"action": "undo", "names": ["1"]}, {"action": "merge", "names": ["A"]}, {"action": "merge", "names": "AB"},
        {"action": "merge", "names": ["A", 7]}, {"action": "merge", "names": ["A", " "]},
        {"action": "merge", "names": ["A", "\ud800"]}, {"action": "rename", "names": ["A"]},
        {"action": "split", "names": ["A"]}, {"action": "split", "names": ["A"], "persons": [[{"name": "A"}]]},
        {"action": "merge", "names": ["A", "B"], "persons": {}},
        {"action": "merge", "names": ["A", "B"], "persons": [7]},
        {"action": "merge", "names": ["A", "B"], "persons": [[{"transcript": 7, "name": "A"}]]},
    ],
)  # fmt: skip
def test_a_bad_decision_is_told_with_its_place(tmp_path: Path, item: object) -> None:
    path = tmp_path / "bad.json"
    good = {"action": "merge", "names": ["A", "B"]}
    path.write_text(json.dumps({"format": "qa-people/1", "decisions": [good, item]}))
    with pytest.raises(ReadError, match=r"bad\.json, decisions\[1\]"):
        decisions.read(path)


def test_files_that_are_not_there_or_not_to_be_written(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        decisions.read(tmp_path / "none.json")
    with pytest.raises(ReadError, match="cannot be written"):
        decisions.write([], tmp_path / "none" / "x.json")
