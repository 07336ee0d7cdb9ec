"""Turns and the page's own words to a `Transcript`: what all readers have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qa import words
from qa.read.source import Line, Source, TextBuilder
from qa.types import PageKind, PageText, Person, Transcript, Turn


def facts_of(page: Sequence[PageText]) -> dict[PageKind, str]:
    """The first text of each kind."""
    return {part.kind: part.text for part in reversed(page)}


def page_of(source: Source, lines: Iterable[Line]) -> tuple[PageText, ...]:
    """Lines before the first words: the first is the title, the others are notes."""
    found: list[PageText] = []
    for line in lines:
        builder = TextBuilder(source.text)
        builder.add(line.start, line.end)
        if any(ch.isalnum() for ch in builder.text):
            found.append(PageText(PageKind.NOTE if found else PageKind.TITLE, builder.text, builder.pieces))
    return tuple(found)


def assemble(
    path: Path,
    transcript_id: str,
    format: str,
    turns: Sequence[Turn],
    people: Sequence[Person],
    page: Sequence[PageText],
    *,
    date: str | None,
    time: str | None = None,
    language: str | None = None,
    source_text: str | None = None,
    dropped: Sequence[str] = (),
    unattributed: Sequence[str] = (),
    problems: Sequence[str] = (),
) -> Transcript:
    """The transcript; its title and place are the page's, its title else the id.

    Args:
        language: None = what the first turns are in.
        source_text: where the file is text that the pieces point into.
    """
    facts = facts_of(page)
    return Transcript(
        id=transcript_id,
        title=facts.get(PageKind.TITLE, transcript_id),
        turns=tuple(turns),
        people=tuple(people),
        page=tuple(page),
        date=date,
        time=time,
        place=facts.get(PageKind.PLACE),
        language=language or words.language_of(" ".join(turn.text[:1000] for turn in turns[:5])),
        source=str(Path(path).absolute()),
        format=format,
        source_text=source_text,
        dropped=tuple(dropped),
        unattributed=tuple(unattributed),
        problems=tuple(problems),
    )
