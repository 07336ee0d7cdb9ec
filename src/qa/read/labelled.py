"""Plain labelled text: `Name: words`, with wrapped lines, several paragraphs a turn, Markdown bold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import words
from qa.errors import ReadError
from qa.read.assemble import assemble, facts_of
from qa.read.day import iso_day
from qa.read.labels import METADATA, Label, find_labels
from qa.read.source import File, Line, Source, TextBuilder
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Transcript

_FURNITURE = re.compile(r"^(?:[<\[(]\s*(?:…|\.\.\.)\s*[>\])]|\*(?:\s*\*)+|[-–—_=*#]{3,})$")
_HEADER = re.compile(r"^\s*(?:\*\*)?(?P<name>[^\W\d_]+)(?:\*\*)?\s*:(?:\*\*)?\s*(?P<value>\S.*)$")


def detect(file: File) -> bool:
    """At least one credible speaker label."""
    return file.is_text and bool(find_labels(file.source.lines))


def parse(file: File, transcript_id: str, *, wrapped: bool | None = None) -> Transcript:
    """Read labelled text; what stands before the first label is the page's own words.

    Args:
        wrapped: lines are cut at a width, or not; None where the lines themselves must tell.

    Raises:
        ReadError: no label is credible.
    """
    source = file.source
    lines = source.lines
    found = _without_title(lines, find_labels(lines))
    if not found:
        raise ReadError(source.path, "no speaker labels found.", remedy='Expected lines such as "Name: words".')
    page = _head(source, lines[: found[0].line])
    dropped: list[str] = []
    turns, people = build_turns(
        source,
        lines,
        found,
        evidence="\n".join(part.text for part in page),
        dropped=dropped,
        furniture=lambda n: _is_furniture(lines[n].text),
        wrapped=_is_wrapped(lines, found) if wrapped is None else wrapped,
    )
    if not turns:
        raise ReadError(
            source.path, "there are speaker labels but no words after them.", remedy='Expected "Name: words".'
        )
    facts = facts_of(page)
    return assemble(
        source.path, transcript_id, "labelled", turns, people, page, date=_iso(facts.get(PageKind.DATE)),
        time=facts.get(PageKind.TIME), source_text=source.text, dropped=dropped,
    )  # fmt: skip


def _without_title(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """A "label" that comes once, first, and right before "Date:" or "Place:" is the title of the page."""
    if len(found) < 2 or any(label.text == found[0].text for label in found[1:]):
        return found
    after = [line.text for line in lines[found[0].line + 1 : found[1].line] if line.text]
    match = _HEADER.match(after[0]) if after else None
    return found[1:] if match and match["name"].casefold() in METADATA else found


def _is_furniture(text: str) -> bool:
    if _FURNITURE.match(text):
        return True
    bare = text
    for start, end in reversed(words.furniture(text)):
        bare = bare[:start] + bare[end:]
    return bare != text and not any(ch.isalnum() for ch in bare)


def _is_wrapped(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Lines are cut at a width: many end in the middle of a sentence, and none is much longer."""
    at = {label.line for label in labels}
    inner = [
        line.text
        for n, line in enumerate(lines[:-1])
        if n >= labels[0].line and line.text and lines[n + 1].text and n + 1 not in at
    ]
    if not inner:
        return False
    cut = sum(text[-1] not in '.!?…:"”»)' for text in inner)
    longest = max(len(line.text) for line in lines)
    return cut * 3 >= len(inner) and longest <= 130


def _head(source: Source, lines: Sequence[Line]) -> list[PageText]:
    """The page's own words before anybody speaks: header fields, a title line, notes."""
    found: list[PageText] = []
    for line in (line for line in lines if line.text and any(ch.isalnum() for ch in line.text)):
        match = _HEADER.match(line.text)
        field = METADATA.get(match["name"].casefold()) if match else None
        start = line.start
        if match and field:
            kind, start = PageKind(field), line.start + match.start("value")
        elif not any(part.kind is PageKind.TITLE for part in found) and len(line.text) <= 150:
            kind = PageKind.TITLE
            start = line.end - len(line.text.lstrip("#* "))
        elif len(found) < 30 and not any(part.kind is PageKind.DATE for part in found) and _iso(line.text):
            kind = PageKind.DATE
        else:
            kind = PageKind.NOTE
        builder = TextBuilder(source.text)
        builder.add(start, line.end)
        if not builder.empty:
            found.append(PageText(kind, builder.text, builder.pieces))
    return found


def _iso(text: str | None) -> str | None:
    """A day as ISO 8601, when the text is one and names day, month and year."""
    return iso_day(text) if text and len(text) <= 40 else None
