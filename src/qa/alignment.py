"""A text's words with their places, and the stretch of another text that is most like them, word by word.

Words are compared without regard to capitals, typographic variants of one mark, ё and е, and what stands
between them; a number with its decimals, a sign before it and signs such as % and $ are words of their own.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_APOSTROPHES = "'’‘ʼ＇`´"
_MINUS = "-−"
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip  # scripts written without blanks: Thai, Lao, Burmese, Khmer, Japanese, Chinese
_FIRST = 0x10000  # code points above the surrogates; each stands for a word
_MOST_STARTS = 4  # places within one text that are looked at closely


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands. `same` is equal for words that count as the same."""

    start: int
    end: int
    same: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Words [a, b) of one text where the other has [c, d): one of the two may be empty, or both hold words."""

    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True, slots=True)
class Match:
    """Words [start, end) of a text that are most like the words sought.

    Attributes:
        distance: words to be changed, left out or added, to make one the other.
        edits: those places, in order; `a`, `b` count the words sought, `c`, `d` the words of the text.
    """

    start: int
    end: int
    distance: int
    edits: tuple[Edit, ...] = ()


def unspaced(text: str) -> bool:
    """Some of it is written without blanks between words."""
    return any(_class(ch) == "u" for ch in text)


def split(text: str, holes: Sequence[tuple[int, int]] = ()) -> list[Word]:
    """The words of a text in order.

    Args:
        holes: characters that are none of its words, as [start, end), such as stage directions.
    """
    found: list[Word] = []
    at = 0
    for start, end in [*sorted(holes), (len(text), len(text))]:
        found.extend(_words(text, at, start))
        at = max(at, end)
    return found


def _words(text: str, at: int, stop: int) -> list[Word]:
    found = []
    while at < stop:
        kind = _class(text[at])
        if kind == "w":
            end = _end_of_word(text, at, stop)
            start = at - 1 if _signed(text, at) else at
            found.append(Word(start, end, _same(text[start:end])))
            at = end
        elif kind in ("u", "s"):
            end = at + 1
            while end < stop and _class(text[end]) == "m":
                end += 1
            found.append(Word(at, end, _same(text[at:end])))
            at = end
        else:
            at += 1
    return found


def _end_of_word(text: str, at: int, stop: int) -> int:
    end = at + 1
    while end < stop:
        kind = _class(text[end])
        inner = end + 1 < stop and _class(text[end + 1]) == "w"
        joined = inner and (
            text[end] in _APOSTROPHES or (text[end] in ".,:" and text[end - 1].isdigit() and text[end + 1].isdigit())
        )
        if kind not in ("w", "m") and not joined:
            break
        end += 1
    return end


def _signed(text: str, at: int) -> bool:
    """A minus stands right before this number, and nothing before the minus."""
    return text[at].isdigit() and at > 0 and text[at - 1] in _MINUS and (at == 1 or text[at - 2].isspace())


@lru_cache(maxsize=4096)
def _class(ch: str) -> str:
    """ "w" a letter or digit, "u" one of an unspaced script, "m" belongs to the one before, "s" a sign, "" none."""
    if any(first <= ord(ch) <= last for first, last in _UNSPACED) and ch.isalnum():
        return "u"
    category = unicodedata.category(ch)
    if category[0] in "LN":
        return "w"
    if category[0] == "M" or category == "Cf":
        return "m"
    return "s" if category == "Sc" or ch in "%‰§°+=&@#" else ""


@lru_cache(maxsize=65536)
def _same(word: str) -> str:
    raised = any(unicodedata.category(ch) == "No" for ch in word)  # 10² is not 102
    kept = "".join(ch for ch in word if unicodedata.category(ch) != "Cf")
    kept = "".join("'" if ch in _APOSTROPHES else "-" if ch in _MINUS else ch for ch in kept)
    folded = unicodedata.normalize("NFC" if raised else "NFKC", kept).casefold().replace("ё", "е")
    return folded.replace(",", "") if _thousands(folded) else folded


def _thousands(word: str) -> bool:
    head, *groups = word.lstrip("-").split(",")
    whole = [*groups[:-1], groups[-1].partition(".")[0]] if groups else []
    return bool(whole) and 1 <= len(head) <= 3 and head.isdigit() and all(len(g) == 3 and g.isdigit() for g in whole)


class Book:
    """Gives each word a character of its own, so that texts of words can be compared as strings."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def spell(self, words: Sequence[Word]) -> str:
        """One character a word."""
        letters = self._letters
        for word in words:
            if word.same not in letters:
                letters[word.same] = chr(_FIRST + len(letters))
        return "".join(letters[word.same] for word in words)


def nearest(sought: str, text: str, start: int = 0) -> Match | None:
    """The stretch of a text that differs from what is sought in the fewest words; None when they share none.

    Args:
        sought, text: spelled by one `Book`.
        start: first word of the text that may be used.
    """
    at = text.find(sought, start)
    if at >= 0 and sought:
        return Match(at, at + len(sought), 0)
    tried = [_fitted(sought, text, first, start) for first in _starts(sought, text, start)]
    return min(tried, key=lambda match: (match.distance, match.start), default=None)


def _starts(sought: str, text: str, start: int) -> list[int]:
    """Where the text would begin if it held the words sought: by the words they share, rare ones first."""
    places: dict[str, list[int]] = {}
    wanted = set(sought)
    for n in range(start, len(text)):
        if text[n] in wanted:
            places.setdefault(text[n], []).append(n)
    votes: Counter[int] = Counter()
    width = max(2, len(sought) // 8)
    for n, letter in enumerate(sought):
        found = places.get(letter, ())
        if len(found) <= 200:
            for place in found:
                votes[(place - n) // width] += 1
    near = {slot: votes[slot] + votes[slot + 1] for slot in votes}
    best = sorted(near, key=lambda slot: (-near[slot], slot))[:_MOST_STARTS]
    return [slot * width for slot in best]


def _cost(sought: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Words that differ; of equal stretches the one of the same length, so that a word stands for a word."""
    return Levenshtein.distance(sought, text[start:end]), abs(end - start - len(sought))


def _fitted(sought: str, text: str, first: int, start: int) -> Match:
    """The best stretch around `first`: its end is sought, then its beginning."""
    slack = min(40, 3 + len(sought) // 4)
    a = max(start, first)
    begins = range(max(start, first - slack), min(len(text), first + slack + len(sought) // 4) + 1)
    b = len(text)
    for _ in range(2):
        ends = range(max(a, first + len(sought) - 2 * slack), min(len(text), first + len(sought) + 2 * slack) + 1)
        b = min(ends, key=lambda end: _cost(sought, text, a, end), default=b)
        a = min((n for n in begins if n <= b), key=lambda n: _cost(sought, text, n, b), default=a)
    edits = tuple(
        Edit(op.src_start, op.src_end, a + op.dest_start, a + op.dest_end)
        for op in Levenshtein.opcodes(sought, text[a:b])
        if op.tag != "equal"
    )
    return Match(a, b, Levenshtein.distance(sought, text[a:b]), edits)
