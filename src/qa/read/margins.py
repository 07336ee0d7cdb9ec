"""Line numbers that stand in the margin of every fifth or tenth line, as courts and commissions print them.

    5 CHAIRPERSON:  Yes, you may proceed.
    truth, the whole truth and nothing but the
    10 truth.

Source: the transcripts of South Africa's commissions of inquiry and the pleadings of English courts; a number on
every line is a court reporter's (`qa.read.court`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.read.source import File, Line
from qa.read.stamps import undressed

_NUMBER = re.compile(r"(?P<n>\d{1,2})(?:\s+(?=[^\W\d_]|<[A-Z])|$)")  # alone beside a blank line
_FEWEST = 3
_STEPS = (5, 10)


def lines_of(file: File) -> Sequence[Line]:
    """A file's lines without the numbers in their margin, their time marks plain; made once for all readers."""
    if "lines" not in file.memory:
        file.memory["lines"] = without_numbers(undressed(file.source.lines))
    found = file.memory["lines"]
    assert isinstance(found, tuple)
    return found


def without_numbers(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, without numbers that count every fifth or tenth of them.

    Numbers that begin lines for another reason do not rise in fives: a list counts 1, 2, 3.
    """
    found = {n: match for n, line in enumerate(lines) if (match := _NUMBER.match(line.text))}
    numbers = [(n, int(match["n"])) for n, match in found.items()]
    fives = [(n, value) for n, value in numbers if value and value % 5 == 0]
    if len(fives) < _FEWEST or len(fives) < 0.9 * len(numbers):
        return tuple(lines)
    rising = sum(b - a in _STEPS or b in _STEPS for (_, a), (_, b) in pairwise(fives))
    apart = sum(b - a > 1 for (a, _), (b, _) in pairwise(fives))
    if rising < 0.8 * (len(fives) - 1) or apart < len(fives) - 1:
        return tuple(lines)
    bare = list(lines)
    for n, _ in fives:
        end = found[n].end()
        bare[n] = replace(lines[n], start=lines[n].start + end, text=lines[n].text[end:])
    return tuple(bare)
