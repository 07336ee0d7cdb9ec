"""Every pair in golden/: one oddity seen in the wild, and what must come out of it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qa import words
from qa.read import read
from qa.types import PageKind, PageText, Transcript

GOLDEN = Path(__file__).parent / "golden"
CORPUS = Path(__file__).parents[2] / "corpus"
# Lists and lines ending in a colon or comma, where a line break is a matter of taste (README.md).
TASTE = {
    "kremlin-html/forum",
    "kremlin/colon-lines",
    "kremlin/role-with-and",
    "labelled/agenda",
    "labelled/russian-initials",
}
PAIRS = sorted(GOLDEN.glob("*/*.expected.json"))


def source_of(expected: Path) -> Path:
    if expected.name == "sample.expected.json":
        return next(CORPUS.glob("*.txt"))
    stem = expected.name.removesuffix(".expected.json")
    (source,) = (path for path in expected.parent.glob(f"{stem}.*") if path != expected and path.stem == stem)
    return source


def merged(turns: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(speaker, words), neighbouring turns of one speaker as one, whitespace as single blanks."""
    found: list[tuple[str, str]] = []
    for turn in turns:
        speaker, text = turn["speaker"].casefold(), words.squeeze(turn["text"])
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, f"{found[-1][1]} {text}")
        else:
            found.append((speaker, text))
    return found


def plain(one: Transcript) -> list[dict[str, Any]]:
    return [{"speaker": turn.speaker, "text": turn.text} for turn in one.turns]


def name_of(expected: Path) -> str:
    return f"{expected.parent.name}/{expected.name.removesuffix('.expected.json')}"


@pytest.fixture(params=PAIRS, ids=name_of)
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Transcript]:
    return json.loads(request.param.read_text(encoding="utf-8")), read(source_of(request.param))


def test_there_are_pairs() -> None:
    assert {path.parent.name for path in PAIRS} >= {"kremlin", "labelled"}
    counts = Counter(path.parent.name for path in PAIRS)
    assert min(counts.values()) >= 2


def test_turns(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    assert merged(plain(one)) == merged(expected["turns"])


@pytest.mark.parametrize("path", [path for path in PAIRS if name_of(path) not in TASTE], ids=name_of)
def test_paragraphs(path: Path) -> None:
    wanted = [turn["text"] for turn in json.loads(path.read_text(encoding="utf-8"))["turns"]]
    found = [turn.text for turn in read(source_of(path)).turns]
    if len(found) == len(wanted):  # else neighbours were merged, see test_turns
        for text, other in zip(found, wanted, strict=True):
            assert [words.squeeze(line) for line in text.split("\n") if line.strip()] == [
                words.squeeze(line) for line in other.split("\n") if line.strip()
            ]


def test_labels_and_times(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    labels = {turn.label for turn in one.turns}
    assert labels == {turn["label"] for turn in expected["turns"] if "label" in turn} or not any(
        "label" in turn for turn in expected["turns"]
    )
    for name in ("start_s", "end_s"):
        wanted = [turn[name] for turn in expected["turns"] if name in turn]
        found = [getattr(turn, name) for turn in one.turns if getattr(turn, name) is not None]
        assert found == pytest.approx(wanted) or not wanted


def test_doubts_and_losses_are_told(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    if any("uncertain" in turn for turn in expected["turns"]):
        assert [turn.uncertain for turn in one.turns] == [turn.get("uncertain", False) for turn in expected["turns"]]
    for name in ("unattributed", "dropped"):
        told = words.squeeze(" ".join(getattr(one, name)))
        for text in expected.get(name, ()):
            assert words.squeeze(text) in told, (name, text)
    for place in expected.get("problems", ()):  # words of the problem, such as "line 12"
        assert any(place in problem for problem in one.problems), place
    if "problems" in expected:
        assert len(one.problems) == len(expected["problems"])
    spoken = " ".join(words.squeeze(turn.text) for turn in one.turns)
    for text in expected.get("not_spoken", ()):
        assert words.squeeze(text) not in spoken, text


def test_people(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    if "people" in expected:
        found = sorted((p.name.casefold(), (p.role or "").casefold()) for p in one.people)
        assert found == sorted((p["name"].casefold(), (p.get("role") or "").casefold()) for p in expected["people"])


def test_facts_of_the_event(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    for name in ("format", "title", "date", "time", "place", "language"):
        if name in expected:
            assert getattr(one, name) == expected[name], name


def test_words_of_the_page(pair: tuple[dict[str, Any], Transcript]) -> None:
    expected, one = pair
    for kind, wanted in (expected.get("page") or {}).items():
        texts = [words.squeeze(part.text) for part in one.page if part.kind is PageKind(kind)]
        for text in [wanted] if isinstance(wanted, str) else wanted:
            assert any(words.squeeze(text) in found for found in texts), (kind, text, texts)
    for text in expected.get("kept", ()):
        assert any(words.squeeze(text) in words.squeeze(part.text) for part in one.page), text
        assert not any(words.squeeze(text) in words.squeeze(turn.text) for turn in one.turns), text


def test_every_known_key_is_checked(pair: tuple[dict[str, Any], Transcript]) -> None:
    known = {
        "people", "turns", "format", "title", "date", "time", "place", "language", "page", "kept",
        "dropped", "not_spoken", "unattributed", "problems",
    }  # fmt: skip
    assert set(pair[0]) <= known, "add a check for it"


def test_the_way_back(pair: tuple[dict[str, Any], Transcript]) -> None:
    _, one = pair
    if one.source_text is None:
        assert not any(part.pieces for part in (*one.turns, *one.page))
        return
    for part in (*one.turns, *one.page):
        for piece in part.pieces:
            ours = part.text[piece.start : piece.start + piece.length]
            assert ours == one.source_text[piece.source_start : piece.source_start + piece.length]
        held = {n for p in part.pieces for n in range(p.start, p.start + p.length)}
        # Topics and persons are lists: the semicolons between them are ours.
        joints = ";" if isinstance(part, PageText) and part.kind in (PageKind.TOPICS, PageKind.PERSONS) else ""
        assert {n for n, ch in enumerate(part.text) if not ch.isspace() and ch not in joints} <= held
