"""Time marks that Markdown dresses up, as plain ones: linked to the recording, in italics.

    [(00:00:03)](https://tube.example/w?t=3) Words      [00:00:03]
    **Nora Ekdal** ([0:03](https://tube.example/w?t=3)):    [0:03]
    **Nora Ekdal** *0:03*                                    0:03

What is left out becomes blanks, so that every character keeps its place in the source. In the middle of a
sentence a link stays a link: "as we said at [1:10](https://tube.example/w?t=70)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.read.shapes import TIME, name_shaped
from qa.read.source import Line

_LINKED = re.compile(
    rf"\(?(?P<set>[*_]{{0,3}})\[\\?[\[(]?(?P<time>{TIME})\\?[\])]?\]\([^()\s]{{1,500}}\)(?P=set)(?<=[)*_])\)?"
)
_SLANTED = re.compile(rf"(?P<set>\*|_)(?:\[(?P<time>{TIME})\]|\((?P<round>{TIME})\)|(?P<bare>{TIME}))(?P=set)(?!\w)")
_LIST_MARKS = re.compile(r"[\s>*_#•–-]*(?:\d{1,4}[.)])?[\s*_]*")
_FARTHEST = 5_000  # characters of a line in which marks are looked for


def undressed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their time marks plain."""
    return tuple(_plain(line) if _may_hold_one(line.text) else line for line in lines)


def _may_hold_one(text: str) -> bool:
    return ":" in text and ("](" in text or "*" in text or "_" in text)


def _plain(line: Line) -> Line:
    text, rest = line.text[:_FARTHEST], line.text[_FARTHEST:]
    for shape in (_LINKED, _SLANTED):
        for match in reversed(list(shape.finditer(text))):
            before, after = text[: match.start()], text[match.end() :]
            if _is_mark(before, after):
                text = before + _of_length(match) + after
    if line.text.startswith(text):
        return line
    whole = (text + rest).rstrip()
    return replace(line, end=line.start + len(whole), text=whole)


def _is_mark(before: str, after: str) -> bool:
    """It begins or ends the line, stands beside a name, or between two sentences."""
    ahead, behind = before.rstrip(" *_"), after.lstrip(" *_")
    return (
        _LIST_MARKS.fullmatch(before) is not None
        or behind[:1] in ("", ":")
        or ahead[-1:] in ':.!?…"”»]'
        or (len(ahead) <= 80 and name_shaped(ahead.lstrip("#>*_- ")))
    )


def _of_length(match: re.Match[str]) -> str:
    """The time alone, in brackets where it is a link or has some, and blanks to the length of what stood there."""
    bare = match.groupdict().get("bare")
    return (bare or f"[{match['time'] or match['round']}]").ljust(match.end() - match.start())
