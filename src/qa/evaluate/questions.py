"""Evaluation questions: one JSON object a line.

    {"id": "...", "question": "...", "history": ["earlier question", ...], "transcript": "id or null",
     "speaker": "canonical name or null", "gold": ["verbatim words", ...], "match": "any" | "all",
     "answerable": true | false}

Optional: "category"; for unanswerable ones "reason" (the `Answer.reason` expected) and "elsewhere"
(who should be named first as having said it). A "speaker" of "" means the page's own words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from qa.errors import ReadError


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question and what its right answer must hold; fields as in the file."""

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


def load_questions(path: Path | str) -> tuple[EvalQuestion, ...]:
    """Read evaluation questions.

    Raises:
        ReadError: missing, not JSON lines, or a field of the wrong kind; names the line.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}).", remedy="Check the path.") from error
    except UnicodeDecodeError as error:
        raise ReadError(path, "is not UTF-8.", remedy="Save it as UTF-8.", place=f"byte {error.start}") from error
    found = tuple(_question(path, n, line) for n, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise ReadError(path, "holds no questions.", remedy="Expected one JSON object a line.")
    return found


def _question(path: Path, n: int, line: str) -> EvalQuestion:
    def fail(problem: str) -> NoReturn:
        remedy = "Correct the line; the format is in docs/evaluation.md."
        raise ReadError(path, problem, remedy=remedy, place=f"line {n}")

    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        fail("is not valid JSON.")
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        fail('expected an object with a "question".')
    gold, history = data.get("gold") or [], data.get("history") or []
    if not all(isinstance(text, str) for part in (gold, history) if isinstance(part, list) for text in part) or not (
        isinstance(gold, list) and isinstance(history, list)
    ):
        fail('"gold" and "history" must be lists of texts.')
    answerable, match = data.get("answerable", True), data.get("match", "any")
    if not isinstance(answerable, bool) or match not in {"any", "all"}:
        fail('"answerable" must be true or false, "match" "any" or "all".')
    for name in ("transcript", "speaker", "reason", "elsewhere"):
        if not isinstance(data.get(name), str | None):
            fail(f'"{name}" must be a text or null.')
    if answerable and not gold:
        fail('an answerable question needs "gold" words.')
    return EvalQuestion(
        str(data.get("id", n)), data["question"], tuple(history), data.get("transcript"), data.get("speaker"),
        tuple(gold), match, answerable, str(data.get("category", "")), data.get("reason"), data.get("elsewhere"),
    )  # fmt: skip
