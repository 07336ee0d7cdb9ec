"""The cells of CSV and TSV, each with its place in the source. Source: RFC 4180."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.read.source import TextBuilder

_MAX_COLUMNS, MAX_CELLS = 500, 2_000_000


class Cell(NamedTuple):
    """One field; a tuple, for there may be millions.

    Attributes:
        parts: where its text stands in the source; several where a doubled quote stands in it.
        open: it begins with a quotation mark that is never closed.
    """

    text: str
    parts: tuple[tuple[int, int], ...]
    open: bool = False


def rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """The records of a table, as RFC 4180 has them; a run of blank lines comes as one row of one empty cell."""
    newline_mark = "\n" if "\n" in text else "\r"  # a carriage return alone ends no row where line feeds do
    other = f"[^{re.escape(delimiter)}{newline_mark}]*"
    pattern = re.compile(rf'"(?P<quoted>(?:[^"]+|"")*+)"(?P<more>{other})|(?P<plain>{other})')
    end_of_row = re.compile(r"[\r\n]+|\Z")
    at, size, cells = 0, len(text), 0
    row: list[Cell] = []
    while at < size:
        match = pattern.match(text, at)
        if match is None or len(row) >= _MAX_COLUMNS:
            at = _line_end(text, at)
        else:
            row.append(_cell(match))
            at, cells = match.end(), cells + 1
            if text.startswith(delimiter, at) and at + 1 < size:
                at += 1
                continue
        yield row
        row = []
        if cells > MAX_CELLS:
            raise TooLarge
        newline = end_of_row.match(text, at)
        at = newline.end() if newline else at + 1


class TooLarge(Exception):
    """The table has more cells than are read."""


def _line_end(text: str, at: int) -> int:
    newline = re.compile(r"[\r\n]|\Z").search(text, at)
    return newline.start() if newline else len(text)


def _cell(match: re.Match[str]) -> Cell:
    if match["quoted"] is None:
        return Cell(match["plain"], (match.span("plain"),), match["plain"].startswith('"'))
    start, end = match.span("quoted")
    parts, at = [], start
    for double in re.finditer('""', match["quoted"]):
        parts.append((at, start + double.start() + 1))
        at = start + double.end()
    parts.append((at, end))
    if match["more"].strip():
        parts.append(match.span("more"))
    return Cell(match["quoted"].replace('""', '"') + match["more"], tuple(parts))


def built(source: str, cell: Cell) -> TextBuilder:
    """A cell's words with their way back: each line a paragraph, a doubled quote as one."""
    builder = TextBuilder(source)
    last: int | None = None
    for start, end in cell.parts:
        for match in re.finditer(r"[^\r\n]+", source[start:end]):
            a, b = start + match.start(), start + match.end()
            between = source[last:a] if last is not None else ""
            touching = source[a : a + 1].strip() and last is not None and source[last - 1 : last].strip()
            joint = "\n" if "\n" in between or "\r" in between else "" if touching else " "
            builder.add(a, b, joint)
            last = b
    return builder
