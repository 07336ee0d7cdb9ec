"""Words that run over several turns of a transcript: a talk quoted in one piece, or somebody interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from qa import alignment, words
from qa.alignment import Book
from qa.types import Turn

LEAST_WORDS = 4
"""Words sought, at least: fewer follow each other across turns by chance."""
_REACH = 12  # turns looked at on each side
_BETWEEN = 3  # turns of others between two of one person


@dataclass(frozen=True, slots=True)
class Piece:
    """What of the words sought stands in one turn.

    Attributes:
        turn: index of the turn.
        start, end: characters of its text.
        first, last: of the words sought, as [first, last).
    """

    turn: int
    start: int
    end: int
    first: int
    last: int


def across(sought: str, turns: Sequence[Turn], at: int, book: Book) -> tuple[Piece, ...]:
    """Where exactly these words stand in two turns or more, the last words of one and the first of the next.

    Turns next to each other are looked at, then those of one person alone, with a few of others between.

    Args:
        sought: spelled by `book`.
        turns: of the transcript, in order.
        at: a turn near which to look.

    Returns:
        A piece for each turn, in order; none where they do not stand so.
    """
    if len(sought) < LEAST_WORDS or not _may_hold_a_piece(sought, turns[at], book):
        return ()
    near = turns[max(0, at - _REACH) : at + _REACH + 1]
    own = [turn for turn in near if turn.speaker == turns[at].speaker]
    return _within(sought, near, book) or next(
        (found for run in _runs(own) if (found := _within(sought, run, book))), ()
    )


def _may_hold_a_piece(sought: str, turn: Turn, book: Book) -> bool:
    """The turn ends as the words sought begin, begins as they end, or lies within them whole."""
    text = book.spell(alignment.split(turn.text, words.furniture(turn.text)))
    if text and text in sought:
        return True
    return any(text.endswith(sought[:n]) or text.startswith(sought[n:]) for n in range(1, len(sought)))


def _runs(own: Sequence[Turn]) -> list[list[Turn]]:
    """One person's turns, parted where others spoke for longer."""
    runs = [list(own[:1])]
    for before, turn in pairwise(own):
        if turn.index - before.index > _BETWEEN + 1:
            runs.append([])
        runs[-1].append(turn)
    return runs


def _within(sought: str, turns: Sequence[Turn], book: Book) -> tuple[Piece, ...]:
    """The words in these turns read as one text, at the first place where they run over the end of one."""
    split = [(turn, alignment.split(turn.text, words.furniture(turn.text))) for turn in turns]
    placed = [(turn.index, word) for turn, found in split for word in found]
    text = "".join(book.spell(found) for _, found in split)
    at = text.find(sought)
    while at >= 0:
        here = placed[at : at + len(sought)]
        if here[0][0] != here[-1][0]:
            pieces, first = [], 0
            for turn, group in groupby(here, key=lambda one: one[0]):
                inside = [word for _, word in group]
                pieces.append(Piece(turn, inside[0].start, inside[-1].end, first, first + len(inside)))
                first += len(inside)
            return tuple(pieces)
        at = text.find(sought, at + 1)
    return ()
