"""Evaluation questions: one JSON object a line.

    {"id": "...", "question": "...", "history": ["earlier question", ...], "transcript": "id or null",
     "speaker": "canonical name or null", "gold": ["verbatim words", ...], "match": "any" | "all",
     "answerable": true | false}

Optional: "category" (or "kind"), the sort of question; "twin_of", the id of the question this one is an
unanswerable twin of; "turns", {"transcript id": [turn, ...]}, where a data set marks whole turns as the
answer; for unanswerable ones "reason" (the `Answer.reason` expected) and "elsewhere" (who should be named
first as having said it). A "speaker" of "" means the page's own words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from qa.errors import ReadError

Place = tuple[str, int]
"""A turn: transcript id and index."""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question and what its right answer must hold; fields as in the file, `turns` as places."""

    id: str
    question: str
    history: tuple[str, ...] = ()
    transcript: str | None = None
    speaker: str | None = None
    gold: tuple[str, ...] = ()
    match: str = "any"
    answerable: bool = True
    category: str = ""
    reason: str | None = None
    elsewhere: str | None = None
    twin_of: str | None = None
    turns: tuple[Place, ...] = ()


def load_questions(path: Path | str) -> tuple[EvalQuestion, ...]:
    """Read evaluation questions. A question without an id is called by the file's stem and its line.

    Raises:
        ReadError: missing, not JSON lines, a field of the wrong kind or an id twice; names the line.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}).", remedy="Check the path.") from error
    except UnicodeDecodeError as error:
        raise ReadError(path, "is not UTF-8.", remedy="Save it as UTF-8.", place=f"byte {error.start}") from error
    found: dict[str, tuple[int, EvalQuestion]] = {}
    for n, line in enumerate(lines, 1):
        if line.strip():
            question = _question(path, n, line)
            if question.id in found:
                first = found[question.id][0]
                _fail(path, n, f'the id "{question.id}" stands in line {first} already.', "Give it another id.")
            found[question.id] = (n, question)
    if not found:
        raise ReadError(path, "holds no questions.", remedy="Expected one JSON object a line.")
    return tuple(question for _, question in found.values())


def _fail(path: Path, n: int, problem: str, remedy: str = "") -> NoReturn:
    remedy = remedy or "Correct the line; the format is in docs/evaluation.md."
    raise ReadError(path, problem, remedy=remedy, place=f"line {n}")


def _question(path: Path, n: int, line: str) -> EvalQuestion:
    def fail(problem: str) -> NoReturn:
        _fail(path, n, problem)

    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        fail("is not valid JSON.")
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        fail('expected an object with a "question".')
    gold, history = data.get("gold") or [], data.get("history") or []
    if not _texts(gold) or not _texts(history):
        fail('"gold" and "history" must be lists of texts.')
    answerable, match = data.get("answerable", True), data.get("match", "any")
    if not isinstance(answerable, bool) or match not in ("any", "all"):
        fail('"answerable" must be true or false, "match" "any" or "all".')
    for name in ("transcript", "speaker", "reason", "elsewhere", "twin_of"):
        if not isinstance(data.get(name), str | None):
            fail(f'"{name}" must be a text or null.')
    if answerable and not gold:
        fail('an answerable question needs "gold" words.')
    return EvalQuestion(
        str(data.get("id", f"{path.stem}-{n}")), data["question"], tuple(history), data.get("transcript"),
        data.get("speaker"), tuple(gold), match, answerable, str(data.get("category") or data.get("kind") or ""),
        data.get("reason"), data.get("elsewhere"), data.get("twin_of"), _turns(data.get("turns"), fail),
    )  # fmt: skip


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _turns(value: Any, fail: Callable[[str], NoReturn]) -> tuple[Place, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping) or not all(isinstance(turns, list) for turns in value.values()):
        fail('"turns" must be an object of transcript ids and lists of turns.')
    places = [(str(id), turn) for id, turns in value.items() for turn in turns]
    if any(isinstance(turn, bool) or not isinstance(turn, int) or turn < 0 for _, turn in places):
        fail('"turns" must be counted with whole numbers from 0.')
    return tuple(places)
