"""Parts of an understood question that the asker sets aside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qa.types import Kind, Question

PERSON, TOPIC, DATES, TRANSCRIPT, KIND = "person", "topic", "dates", "transcript", "kind"
"""Parts of a question that can be set aside; `person:NAME` sets one of several persons aside."""


def without(question: Question, parts: Collection[str]) -> Question:
    """The question with some of what was understood set aside; parts it does not have are passed over."""
    if PERSON in parts:
        question = replace(question, speakers=(), unknown=(), nearest=(), unclear=(), besides=(), strict=False)
    names = {part.removeprefix(f"{PERSON}:") for part in parts if part.startswith(f"{PERSON}:")}
    if names & {*question.speakers, *question.unknown}:
        speakers = tuple(name for name in question.speakers if name not in names)
        unclear = tuple(group for group in question.unclear if not names & set(group))
        unknown = tuple(name for name in question.unknown if name not in names)
        question = replace(question, speakers=speakers, unclear=unclear, unknown=unknown)
        question = replace(question, strict=question.strict and bool(speakers or unknown))
    if TOPIC in parts:
        question = replace(question, topic="")
    if DATES in parts:
        question = replace(question, since=None, until=None)
    if TRANSCRIPT in parts:
        question = replace(question, transcripts=())
    return replace(question, kind=Kind.FACT) if KIND in parts else question
