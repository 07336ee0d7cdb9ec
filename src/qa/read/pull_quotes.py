"""Sentences that a magazine prints a second time, large and in quotation marks, between the lines of the talk.

TERRANE: What frightens
“Most people have not          a whole paragraph or the lines between two sentences,
smelled the air”               and the same words stand elsewhere on the pages
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTED = {"“": "”", "„": "“", "«": "»", "»": "«", '"': '"'}
_MOST_LINES = 6
_FEWEST_WORDS = 5
_MOST = 200  # quotations that are looked for
_FINISHED = ".!?…"
_WORD = re.compile(r"\w+")


def without_pull_quotes(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without them, and what was left out; a quotation that is said only once stays."""
    blocks = [block for n in range(len(lines)) if (block := _block(lines, n))][:_MOST]
    if not blocks:
        return list(lines), []
    said = _words(lines)
    again = [block for block in blocks if _is_said_again(lines, block, said)]
    gone = {n for block in again for n in block}
    left_out = [" ".join(lines[n] for n in block) for block in again]
    return [line for n, line in enumerate(lines) if n not in gone], left_out


def _block(lines: Sequence[str], n: int) -> range | None:
    """The lines from this one on that are one quotation and nothing else, between finished sentences or paragraphs."""
    close = _QUOTED.get(lines[n][:1])
    if close is None or (n and lines[n - 1] and lines[n - 1].rstrip('”“»«"')[-1:] not in _FINISHED):
        return None
    for stop in range(n + 1, min(n + _MOST_LINES, len(lines)) + 1):
        line = lines[stop - 1]
        if not line:
            return None
        if line.rstrip(_FINISHED + ",").endswith(close) and (stop - 1 > n or len(line) > 1):
            return range(n, stop)
        if close in line[1:]:
            return None
    return None


def _is_said_again(lines: Sequence[str], block: range, said: str) -> bool:
    words = _words([lines[n] for n in block])
    return words.count(" ") > _FEWEST_WORDS and said.count(words) > 1


def _words(lines: Sequence[str]) -> str:
    """The words in small letters between single blanks, one at both ends."""
    return f" {' '.join(_WORD.findall(' '.join(lines).casefold()))} "
