"""Labels that run over two or three lines of print, whole again.

    Dr. Nora Ekdal (BÜNDNIS DER            Tom Baszko, Parl. Staatssekretär beim
    MÜLLER):                               Bundesminister für Mühlen:

    The Parliamentary Under-Secretary of State for        1. Nora Ekdal-Faro
    Mills and Bridges (Nora Ekdal): I thank               (Lunev and Weir) (Mill): To ask

Source: the records of the Bundestag, of Westminster and of Holyrood in print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.read.shapes import candidate, name_shaped
from qa.read.source import Line
from qa.speakers import is_title, parse_label

_LONGEST = 120  # characters of a line that may begin a label
_MOST = 3  # lines
_FINISHED = '.!?…:;"”»)]}-–—'
_NUMBER = re.compile(r"^\d{1,3}\.?\s+")  # of a question, of a line


def whole_labels(lines: Sequence[str]) -> list[str]:
    """The lines, each label that is cut in two or three joined to one line that begins a paragraph."""
    found: list[str] = []
    width = width_of(lines)
    n = 0
    while n < len(lines):
        label, count = _label(lines, n, width)
        if label and n and lines[n - 1]:
            found.append("")
        found.append(label or lines[n])
        n += count
    return found


def width_of(lines: Sequence[str]) -> int:
    """How long a full line is: nine in ten are no longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def is_whole(line: str, following: str, width: int) -> bool:
    """No sentence goes on after the line: it is finished, or so short that the next word would have stood in it."""
    first = following.partition(" ")[0]
    return not line or line[-1] in _FINISHED or len(line) + len(first) < 0.7 * width


def _label(lines: Sequence[str], n: int, width: int) -> tuple[str, int]:
    """The lines from this one on as one, and their number, where a label begins here and ends in the last of them."""
    if not lines[n] or len(lines[n]) > _LONGEST or ":" in lines[n] or not _may_begin(lines, n, width):
        return "", 1
    before = lines[n]
    for m in range(n + 1, min(n + _MOST, len(lines))):
        if not lines[m] or _NUMBER.match(lines[m]):
            break
        both = f"{before} {lines[m]}"
        if ":" in lines[m][:_LONGEST]:
            label = candidate(0, Line(1, 0, len(both), both))
            ends_there = label is not None and label.body > len(before) + 1
            return (
                (both, m - n + 1)
                if label and ends_there and _is_cut(lines[n], before, lines[m], label.text)
                else ("", 1)
            )
        if len(both) > 2 * _LONGEST:
            break
        before = both
    return "", 1


def _may_begin(lines: Sequence[str], n: int, width: int) -> bool:
    """The line before is finished, or is a heading: short, below an empty line."""
    if not n or not lines[n - 1] or lines[n - 1][-1] in _FINISHED:
        return True
    below_blank = n == 1 or not lines[n - 2]
    return below_blank and lines[n - 1][0].isupper() and is_whole(lines[n - 1], lines[n], width)


def _is_cut(first: str, before: str, last: str, label: str) -> bool:
    """It is cut inside or before a bracket, or inside the office that stands behind a name or before it.

    The name before the bracket stands on the first line: else that line is a heading, or begins an office.
    """
    before = _NUMBER.sub("", before)
    name, comma, office = label.partition(", ")
    if "(" in before and len(before.partition("(")[0].strip()) > len(_NUMBER.sub("", first.partition("(")[0].strip())):
        return first.startswith("The ") and is_title(first) and label.endswith(")")
    if before.count("(") > before.count(")"):
        return name_shaped(before.partition("(")[0])
    if last.startswith("(") and 2 <= len(before.partition("(")[0].split()) <= 6:
        return name_shaped(before.partition("(")[0])
    if comma and comma.strip() in before:
        return 2 <= len(name.split()) <= 6 and name_shaped(name) and is_title(office)
    return before.startswith("The ") and is_title(label) and (label.endswith(")") or parse_label(label).anonymous)
