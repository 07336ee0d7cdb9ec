"""Labels that a slip has damaged, in documents whose every paragraph begins with one.

    Nora Ekdal: The bridge is closed.
    Tom Baszko{ Since when?
    Ilsa Odell  0<16

Without these lines' labels their words would be the speaker's before. A line that opens with the name of somebody
who speaks elsewhere, and goes on with a mark that no sentence has there, or with a capital, is a turn of that
person's, as a guess; one that opens with a run of words far longer than any name, up to a colon, is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.read.shapes import Label
from qa.read.source import Line

_ODD = r"[{}\[\]<>|~#^=+*_\\@%$&;:\"]"
_FEWEST = 6  # labels of a document that has a habit
_SHARE = 0.8  # of its paragraphs that begin with one
_SHORTEST = 4  # characters of a name that is looked for
_MOST = 1_500  # names; a document with more is refused
_OVERLONG = re.compile(r"[^.,!?:;]{200,}+:\s+(?=\S)")


def damaged(lines: Sequence[Line], found: Sequence[Label]) -> list[Label]:
    """Further labels between those found: of a known name as a guess, "" for nobody.

    Args:
        found: the document's labels, in order of lines.
    """
    at = {label.line for label in found}
    free = [n for n in range(found[0].line + 1, len(lines)) if n not in at and lines[n].text]
    nobody = [Label(n, "", lines[n].start) for n in free if _OVERLONG.match(lines[n].text)]
    opens = _opening(found) if len(found) >= _FEWEST and _every_paragraph(lines, found, at) else None
    guesses = [
        Label(n, match["name"], lines[n].start + match.end(), guess=True)
        for n in free
        if opens and (match := opens.match(lines[n].text))
    ]
    return [*nobody, *(guesses if len(guesses) * 4 <= len(found) else [])]


def _opening(found: Sequence[Label]) -> re.Pattern[str] | None:
    """How a line opens whose label is one of those found, damaged."""
    names = sorted({label.text for label in found if len(label.text) >= _SHORTEST}, key=len, reverse=True)
    if not names or len(names) > _MOST:
        return None
    if sum("headed" in label.style for label in found) * 2 > len(found):
        after = r"\s{1,9}\S{0,3}\d\S{0,6}$"
    else:
        after = rf"(?:\s?[^\w\s]{{0,3}}{_ODD}[^\w\s]{{0,3}}\s*(?=\S)|(?<=\w\w) (?=[^\W\d_a-zа-я]))"
    return re.compile(rf"[^\w\s\"“«(]{{0,4}}(?P<name>{'|'.join(map(re.escape, names))}){after}")


def _every_paragraph(lines: Sequence[Line], found: Sequence[Label], at: set[int]) -> bool:
    """Nearly every line has its label, or nearly every one after a blank line."""
    spoken = range(found[0].line, len(lines))
    filled = sum(bool(lines[n].text) for n in spoken)
    begun = [n for m, n in pairwise(range(found[0].line - 1, len(lines))) if lines[n].text and not lines[m].text]
    return len(found) >= _SHARE * filled or (
        len(begun) >= _SHARE * len(found) and sum(n in at for n in begun) >= _SHARE * len(begun)
    )
