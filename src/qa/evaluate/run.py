"""Put questions to an assistant and judge what comes back; nothing is dropped."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from qa import words
from qa.assistant import Assistant
from qa.errors import UsageError
from qa.evaluate import figures, measures
from qa.evaluate.about import about
from qa.evaluate.figures import Figure
from qa.evaluate.library import Gold, Library
from qa.evaluate.questions import EvalQuestion, Place
from qa.evaluate.rows import Expected, Quoted, Row
from qa.types import Answer, Citation, Hit, Progress

N_HITS = 200
"""Hits asked of `search` for the ranking figures, as in the benchmark of the peers."""
_GOLD_KEPT = 10
"""Gold texts of a question kept in its row; data sets that mark a hundred turns would fill the file."""


@dataclass(frozen=True)
class Report:
    """All rows of one run, and the figures they come to.

    Attributes:
        about: machine, date, commit, versions and settings of the run.
    """

    rows: tuple[Row, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure there are questions for, by name, each with its interval."""
        return figures.compute(self.rows)

    def _value(self, name: str) -> float | None:
        return self.figures[name].value if name in self.figures else None

    @property
    def right(self) -> float:
        """Share of all questions that came out right."""
        return self._value("right") or 0.0

    @property
    def answered(self) -> float | None:
        """Share of answerable questions whose gold words are quoted from the right speaker; None without any."""
        return self._value("answered")

    @property
    def silent(self) -> float | None:
        """Share of unanswerable questions not answered; None without any."""
        return self._value("silent")

    @property
    def balance(self) -> float | None:
        """Mean of answered and silent; None unless there are both."""
        return self._value("balance")

    @property
    def attribution(self) -> float | None:
        """Share of quotations whose turn is the asked person's, where the question names that person."""
        return self._value("attribution")

    @property
    def latency_s(self) -> tuple[float, float]:
        """Median and 95th percentile of the seconds an answer took; 0.0 without rows."""
        return (self._value("latency_p50_ms") or 0.0) / 1000, (self._value("latency_p95_ms") or 0.0) / 1000


def evaluate(
    assistant: Assistant, questions: Sequence[EvalQuestion], *, n_hits: int = N_HITS, progress: Progress | None = None
) -> Report:
    """Ask every question, search for every answerable one, and judge what came back.

    Args:
        n_hits: hits asked of `assistant.search` for the figures of ranking and evidence.
        progress: told after each question, by its id.

    Raises:
        UnknownTranscriptError: a question is about a transcript that is not there; names the question.
        UsageError: an id comes twice, a twin of nothing, a question too long to ask.
    """
    here = about(assistant.settings, n_hits=n_hits)  # at the start: a commit made meanwhile is not the one that runs
    library = Library(assistant)
    library.check(questions)
    if questions:
        assistant.warm_up()  # which is no part of an answer's time
    asked = []
    for n, question in enumerate(questions, 1):
        asked.append(_ask(assistant, library, question, n_hits))
        if progress is not None:
            progress(n, len(questions), question.id)
    ranked = measures.rank(
        {row.id: turns for row, turns, _ in asked}, {row.id: gold.loose for row, _, gold in asked if row.has_turns}
    )
    rows = tuple(replace(row, scores={**row.scores, **ranked.get(row.id, {})}) for row, _, _ in asked)
    return Report(rows, here)


def _ask(assistant: Assistant, library: Library, question: EvalQuestion, n_hits: int) -> tuple[Row, list[Place], Gold]:
    """The row of a question but for its ranking's measures, its ranking, and its gold turns."""
    start = time.perf_counter()
    try:
        answer = assistant.ask(question.question, transcript=question.transcript, history=question.history)
        seconds = time.perf_counter() - start
        hits: list[Hit] = []
        if question.answerable and question.speaker != "":
            words_sought = answer.standalone if question.history else question.question
            hits = assistant.search(words_sought, n_hits, transcript=question.transcript)
    except UsageError as error:
        raise UsageError(f'Question "{question.id}": {error}') from error
    gold = library.gold(question) if question.answerable else Gold()
    row = _row(library, question, answer, gold, seconds)
    ranking = measures.ranking(hits)
    if row.has_turns:
        row = replace(row, scores=_scores(library, hits, ranking, gold))
    return row, ranking, gold


def _scores(library: Library, hits: Sequence[Hit], ranking: Sequence[Place], gold: Gold) -> dict[str, float]:
    turns = [[(hit.transcript_id, n) for n in hit.turns] for hit in hits]
    scores = {f"match@{k}": measures.match(ranking, gold.loose, k) for k in (1, 3)}
    for budget in measures.BUDGETS:
        for suffix, places in (("", gold.loose), ("_strict", gold.strict)):
            recall, precision = measures.evidence(turns, places, library.tokens, budget)
            scores[f"evidence_recall@{budget}{suffix}"] = recall
            scores[f"evidence_precision@{budget}{suffix}"] = precision
    return scores


def _row(library: Library, question: EvalQuestion, answer: Answer, gold: Gold, seconds: float) -> Row:
    why = _wrong(library, question, answer, gold)
    first = answer.elsewhere[0] if answer.elsewhere else None
    asked_for = _asked_for(library, question)
    return Row(
        id=question.id, category=question.category, answerable=question.answerable, found=answer.found,
        right=not why, why=why, confidence=answer.confidence, seconds=seconds, question=question.question,
        history=question.history, standalone=answer.standalone, text=answer.text, kind=str(answer.understood.kind),
        transcript=question.transcript, twin_of=question.twin_of, reason=answer.reason,
        answered=question.answerable and _answered(library, question, answer, gold),
        reason_right=(
            None if question.answerable or not question.reason
            else not answer.found and answer.reason == question.reason
        ),
        elsewhere_right=(
            None if question.answerable or not question.elsewhere
            else not answer.found and first is not None and library.same_person(first, question.elsewhere)
        ),
        has_turns=question.answerable and question.speaker != "",
        expected=Expected(
            question.speaker, question.gold[:_GOLD_KEPT], tuple(sorted(gold.loose)), question.reason, question.elsewhere
        ),
        quotes=tuple(_quoted(library, c, asked_for) for c in answer.citations),
        elsewhere=tuple(_quoted(library, c, None) for c in answer.elsewhere),
    )  # fmt: skip


def _asked_for(library: Library, question: EvalQuestion) -> str | None:
    """The person whose words the question asks for by name; None for facts and for who said something.

    Those may be told by several people; whether the expected one is quoted is counted by `answered`.
    """
    return question.speaker if question.speaker and library.names(question, question.speaker) else None


def _quoted(library: Library, citation: Citation, speaker: str | None) -> Quoted:
    transcript = library.transcript(citation.transcript_id)
    return Quoted(
        citation.quote, citation.speaker, citation.transcript_id, citation.turn,
        verbatim=measures.verbatim(citation, transcript),
        speaker_right=measures.names_the_speaker(citation, transcript),
        asked_for=None if speaker is None else library.quoted_from(citation, speaker),
    )  # fmt: skip


def _wrong(library: Library, question: EvalQuestion, answer: Answer, gold: Gold) -> str:
    """What is wrong with an answer, in a word or two; "" when nothing is."""
    if not question.answerable:
        return _wrongly_silent(library, question, answer)
    if not answer.found:
        return f"silent ({answer.reason})"
    if not _answered(library, question, answer, gold):
        return "gold words not quoted"
    if not all(library.quoted_from(c, question.speaker) for c in answer.citations[:1]):
        return "somebody else first"
    return ""


def _wrongly_silent(library: Library, question: EvalQuestion, answer: Answer) -> str:
    if answer.found:
        return "answered"
    if question.reason and answer.reason != question.reason:
        return f"reason {answer.reason}, expected {question.reason}"
    first = answer.elsewhere[0] if answer.elsewhere else None
    if question.elsewhere and (first is None or not library.same_person(first, question.elsewhere)):
        return f"elsewhere {first.speaker if first else None}, expected {question.elsewhere}"
    return ""


def _answered(library: Library, question: EvalQuestion, answer: Answer, gold: Gold) -> bool:
    """The gold words are quoted from the right speaker; where whole turns are gold, words of one of them."""
    if not answer.found:
        return False
    quoted = [c for c in answer.citations if library.quoted_from(c, question.speaker)]
    if question.turns:
        return any(c.turn is not None and (c.transcript_id, c.turn) in gold.loose for c in quoted)
    texts = [words.bare(c.quote).casefold() for c in quoted]
    held = [any(_holds(text, words.bare(wanted).casefold()) for text in texts) for wanted in question.gold]
    return any(held) if question.match == "any" else all(held)


def _holds(quote: str, gold: str) -> bool:
    """The gold words stand in the quotation, or the quotation is most of them."""
    return gold in quote or (quote in gold and len(quote) * 2 >= len(gold))
