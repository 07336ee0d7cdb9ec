"""Labels that run over two lines of print, whole again.

    Dr. Nora Ekdal (BÜNDNIS DER            Tom Baszko, Parl. Staatssekretär beim
    MÜLLER):                               Bundesminister für Mühlen:

    The Parliamentary Under-Secretary of State for
    Mills and Bridges (Nora Ekdal): I thank

Source: the records of the Bundestag and of Westminster in print.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.read.shapes import candidate, name_shaped
from qa.read.source import Line
from qa.speakers import is_title

_LONGEST = 120  # characters of a line that may begin a label
_FINISHED = '.!?…"”»)]:'


def whole_labels(lines: Sequence[str]) -> list[str]:
    """The lines, each label that is cut in two joined to one line."""
    found: list[str] = []
    n = 0
    while n < len(lines):
        both = _label(lines, n)
        found.append(both or lines[n])
        n += 2 if both else 1
    return found


def _label(lines: Sequence[str], n: int) -> str:
    """The line and the next one, where a label begins here and ends there; else ""."""
    first = lines[n]
    if n + 1 >= len(lines) or not first or len(first) > _LONGEST or ":" in first or ":" not in lines[n + 1][:_LONGEST]:
        return ""
    if n and lines[n - 1] and lines[n - 1][-1] not in _FINISHED:
        return ""
    both = f"{first} {lines[n + 1]}"
    label = candidate(0, Line(1, 0, len(both), both))
    return both if label and len(label.text) > len(first) and _is_cut(first, label.text) else ""


def _is_cut(first: str, label: str) -> bool:
    """The first line stops inside a bracket, or inside the office that stands behind a name or before it."""
    name, comma, office = label.partition(", ")
    if first.count("(") > first.count(")"):
        return name_shaped(first.partition("(")[0])
    if comma and comma.strip() in first:
        return 2 <= len(name.split()) <= 6 and name_shaped(name) and is_title(office)
    return first.startswith("The ") and is_title(first) and label.endswith(")")
