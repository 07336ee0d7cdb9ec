"""Sample questions, made from what the index holds, for a visitor who does not know what to ask."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from pathlib import Path

from qa.assistant import Assistant
from qa.errors import ReadError
from qa.types import Transcript

_NAME = re.compile(r"(?:^|\s)[a-z]+,? (?P<name>[A-Z][\w-]{3,})(?! ?[A-Z])(?=[\s.,;:!?])")
"""A capitalised word of four letters or more after a small one, with no second capitalised word after it."""
_ADJECTIVE = re.compile(r"(?:an|ish|ese|ern)$")
"""Endings of "Russian", "British", "Chinese", "Western": nobody says anything about "Russian"."""
_WHEN = {name.lower() for names in (calendar.day_name, calendar.month_name) for name in names}
"""Nobody asks what was said about Tuesday."""


def read_examples(path: str | Path) -> tuple[str, ...]:
    """Questions from a text file, one a line; empty lines and lines that start with # are left out.

    Raises:
        ReadError: the file cannot be read as UTF-8 text.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            path,
            f"the sample questions could not be read ({error.__class__.__name__}).",
            remedy="Give a UTF-8 text file with one question a line, or none.",
        ) from error
    return tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def sample_questions(assistant: Assistant, *, most: int = 4) -> tuple[str, ...]:
    """Questions that the newest transcripts invite: who said what about the names they speak of.

    When two people speak, one question asks one of them about a name that only the other spoke of:
    a visitor should see how the house says no. The questions are English, and so are the transcripts
    they are made from: elsewhere names are inflected.
    """
    english = [info for info in assistant.transcripts() if info.language in {None, "en"}]
    newest = sorted(english, key=lambda info: info.date or "", reverse=True)[:3]
    questions = [q for info in newest for q in _questions(assistant.transcript(info.id))]
    return tuple(dict.fromkeys(questions))[:most]


def _questions(transcript: Transcript) -> list[str]:
    spoken: dict[str, str] = {}
    for turn in transcript.turns:
        spoken[turn.speaker] = f"{spoken.get(turn.speaker, '')}\n{turn.text}"
    people = sorted(spoken, key=lambda name: -len(spoken[name]))[:2]
    known = _known_words(transcript)
    subjects = {name: _subjects(spoken[name], known) for name in people}
    found = [_question(name, subject) for name in people for subject in subjects[name][:1]]
    if len(people) == 2:
        first, second = people
        foreign = [s for s in subjects[first] if s.lower() not in spoken[second].lower()]
        found += [_question(second, subject) for subject in foreign[:1]]
    return found


def _question(name: str, subject: str) -> str:
    return f"What did {name} say about {subject}?"


def _subjects(text: str, known: set[str]) -> list[str]:
    """Names spoken of inside a sentence, commonest first, abbreviations last."""
    names = [m["name"] for m in _NAME.finditer(text)]
    counts = Counter(n for n in names if n.lower() not in known | _WHEN and not _ADJECTIVE.search(n))
    return sorted(counts, key=lambda name: (name.isupper(), -counts[name]))


def _known_words(transcript: Transcript) -> set[str]:
    """Words of the names and roles of those present, and of the place: nobody asks about these."""
    texts = [f"{p.name} {' '.join(p.aliases)} {p.role or ''}" for p in transcript.people]
    return {word.lower() for text in [*texts, transcript.place or ""] for word in re.findall(r"\w+", text)}
