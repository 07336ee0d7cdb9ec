"""Sample questions, made from what the index holds, for a visitor who does not know what to ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.errors import ReadError
from qa.types import Transcript
from qa.web.contract import Assistant

_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_][\w’'-]{3,}")


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
    a visitor should see how the house says no.
    """
    newest = sorted(assistant.transcripts(), key=lambda info: info.date or "", reverse=True)[:3]
    questions: list[str] = []
    for info in newest:
        questions += _questions(assistant.transcript(info.id))
    return tuple(dict.fromkeys(questions))[:most]


def _questions(transcript: Transcript) -> list[str]:
    spoken = {t.speaker: "" for t in transcript.turns}
    for turn in transcript.turns:
        spoken[turn.speaker] += f"\n{turn.text}"
    people = sorted(spoken, key=lambda name: -len(spoken[name]))[:2]
    taken = _words(f"{p.name} {' '.join(p.aliases)} {p.role or ''}" for p in transcript.people)
    subjects = {name: _subjects(spoken[name], taken) for name in people}
    found = [_question(name, subject) for name in people for subject in subjects[name][:1]]
    if len(people) == 2:
        first, second = people
        foreign = [s for s in subjects[first] if s.lower() not in spoken[second].lower()]
        found += [_question(second, subject) for subject in foreign[:1]]
    return found


def _question(name: str, subject: str) -> str:
    return f"What did {name} say about {subject}?"


def _subjects(text: str, taken: set[str]) -> Sequence[str]:
    """Names spoken of inside a sentence, commonest first; no names and no roles of those present."""
    counts = Counter(w for w in _NAME.findall(text) if w[0].isupper() and w.lower() not in taken)
    return [word for word, _ in sorted(counts.items(), key=lambda item: -item[1])]


def _words(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in re.findall(r"\w+", text)}
