"""Put questions to an assistant and count what came out right; nothing is dropped."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from qa import words
from qa.assistant import Assistant
from qa.evaluate.questions import EvalQuestion
from qa.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Row:
    """One question's outcome.

    Attributes:
        right: an answerable question was answered with its gold words from the right speaker, or an
            unanswerable one was met with silence (and the expected reason and `elsewhere`, if given).
        why: what was wrong, "" when right.
        attributed: quotations by the speaker asked for, and all quotations of the answer.
        seconds: wall time of the answer.
    """

    id: str
    category: str
    answerable: bool
    found: bool
    right: bool
    why: str
    confidence: float
    attributed: tuple[int, int]
    seconds: float
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All rows of one run.

    Attributes:
        answered: share of answerable questions answered rightly; None without any.
        silent: share of unanswerable ones rightly not answered; None without any.
        balance: mean of the two.
        attribution: share of quotations that are the asked person's, where one is asked for.
        latency_s: median and 95th percentile, seconds.
    """

    rows: tuple[Row, ...]

    def _share(self, answerable: bool) -> float | None:
        rows = [row for row in self.rows if row.answerable is answerable]
        return sum(row.right for row in rows) / len(rows) if rows else None

    @property
    def right(self) -> float:
        """Share of all questions that came out right."""
        return sum(row.right for row in self.rows) / len(self.rows) if self.rows else 0.0

    @property
    def answered(self) -> float | None:
        """Share of answerable questions answered with the gold words of the right speaker."""
        return self._share(True)

    @property
    def silent(self) -> float | None:
        """Share of unanswerable questions rightly not answered."""
        return self._share(False)

    @property
    def balance(self) -> float | None:
        """Mean of answered and silent."""
        both = [share for share in (self.answered, self.silent) if share is not None]
        return sum(both) / len(both) if both else None

    @property
    def attribution(self) -> float | None:
        """Share of quotations whose turn is the asked person's."""
        right, total = (sum(part) for part in zip(*(row.attributed for row in self.rows), strict=True))
        return right / total if total else None

    @property
    def latency_s(self) -> tuple[float, float]:
        """Median and 95th percentile of the seconds an answer took."""
        times = sorted(row.seconds for row in self.rows)
        return times[len(times) // 2], times[min(len(times) - 1, int(0.95 * len(times)))]


def evaluate(assistant: Assistant, questions: Sequence[EvalQuestion]) -> Report:
    """Ask every question and judge the answers."""
    return Report(tuple(_row(assistant, question) for question in questions))


def _row(assistant: Assistant, question: EvalQuestion) -> Row:
    start = time.perf_counter()
    answer = assistant.ask(question.question, transcript=question.transcript, history=question.history)
    seconds = time.perf_counter() - start
    why = _wrong(question, answer)
    asked = [c for c in answer.citations if question.speaker is not None]
    return Row(
        question.id, question.category, question.answerable, answer.found, not why, why, answer.confidence,
        (sum(_is(c, question.speaker) for c in asked), len(asked)), seconds, question.question, answer.text,
    )  # fmt: skip


def _is(citation: Citation, speaker: str | None) -> bool:
    return speaker is None or citation.speaker.casefold() == speaker.casefold()


def _wrong(question: EvalQuestion, answer: Answer) -> str:
    """What is wrong with an answer, in a word or two; "" when nothing is."""
    if not question.answerable:
        if answer.found:
            return "answered"
        if question.reason and answer.reason != question.reason:
            return f"reason {answer.reason}, expected {question.reason}"
        first = answer.elsewhere[0].speaker if answer.elsewhere else None
        if question.elsewhere and (first or "").casefold() != question.elsewhere.casefold():
            return f"elsewhere {first}, expected {question.elsewhere}"
        return ""
    if not answer.found:
        return f"silent ({answer.reason})"
    quoted = [words.bare(c.quote).casefold() for c in answer.citations if _is(c, question.speaker)]
    held = [any(_holds(text, words.bare(gold).casefold()) for text in quoted) for gold in question.gold]
    if not (any(held) if question.match == "any" else all(held)):
        return "gold words not quoted"
    if question.speaker is not None and not all(_is(c, question.speaker) for c in answer.citations[:1]):
        return "somebody else first"
    return ""


def _holds(quote: str, gold: str) -> bool:
    """The gold words stand in the quotation, or the quotation is most of them."""
    return gold in quote or (quote in gold and len(quote) * 2 >= len(gold))
