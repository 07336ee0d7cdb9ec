"""Turns to passages within a token budget: whole sentences, never two speakers in one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from qa import words
from qa.errors import SettingError
from qa.types import Passage, Transcript, Turn

if TYPE_CHECKING:
    import tiktoken

VERSION = "1"
_LONGEST_WORD = 200  # characters; a longer run without blanks is cut, tiktoken is slow on it


@lru_cache(maxsize=4)
def _encoding(name: str) -> tiktoken.Encoding:
    import tiktoken

    try:
        return tiktoken.get_encoding(name)
    except ValueError as error:
        raise SettingError(
            f'No tiktoken encoding "{name}". Set QA_ENCODING to one of: '
            f"{', '.join(sorted(tiktoken.list_encoding_names()))}."
        ) from error


class Splitter:
    """Cuts turns into passages.

    Args:
        encoding: name of the tiktoken encoding that counts.
        max_tokens: most tokens of a passage, at least 8.

    Raises:
        SettingError: no such encoding, or a budget below 8.
    """

    def __init__(self, encoding: str, max_tokens: int) -> None:
        if max_tokens < 8:
            raise SettingError(f"A passage needs at least 8 tokens, found {max_tokens}. Raise QA_PASSAGE_TOKENS.")
        self._name = encoding
        self.max_tokens = max_tokens

    @property
    def version(self) -> str:
        """Names everything that shapes the passages; stored with the index."""
        return f"{VERSION}/{self._name}/{self.max_tokens}"

    def count(self, text: str) -> int:
        """Tokens of a text. Runs of over 200 characters without a blank are counted in parts."""
        if len(text) > _LONGEST_WORD and any(len(word) > _LONGEST_WORD for word in text.split()):
            return sum(self._raw_count(text[a:b]) for a, b in _chunks(text, 0, len(text)))
        return self._raw_count(text)

    def _raw_count(self, text: str) -> int:
        return len(_encoding(self._name).encode(text, disallowed_special=()))

    def split(self, transcript: Transcript) -> tuple[Passage, ...]:
        """Every turn's passages, in order. Furniture between sentences is in no passage."""
        return tuple(
            self._passage(transcript.id, turn, start, end)
            for turn in transcript.turns
            for start, end in self.spans(turn.text)
        )

    def spans(self, text: str) -> Iterator[words.Span]:
        """Where the passages of one turn's text stand: sentences packed up to the budget."""
        at: words.Span | None = None
        used = 0
        for start, end in self._units(text):
            size = self.count(text[start:end])
            if at is not None and used + size < self.max_tokens and not text[at[1] : start].strip():
                joined = self.count(text[at[0] : end])
                if joined <= self.max_tokens:
                    at, used = (at[0], end), joined
                    continue
            if at is not None:
                yield at
            at, used = (start, end), size
        if at is not None:
            yield at

    def _units(self, text: str) -> Iterator[words.Span]:
        """Sentences, those over the budget cut between words."""
        for start, end in words.sentences(text):
            if end - start <= self.max_tokens or self.count(text[start:end]) <= self.max_tokens:
                yield start, end
            else:
                yield from self._fit(text, start, end)

    def _fit(self, text: str, start: int, end: int) -> Iterator[words.Span]:
        at, last, used = -1, -1, 0
        for a, b in _chunks(text, start, end):
            size = self._raw_count(text[max(last, start) : b] if at >= 0 else text[a:b])
            if at >= 0 and (used + size > self.max_tokens or self.count(text[at:b]) > self.max_tokens):
                yield at, last
                at = -1
                size = self._raw_count(text[a:b])
            if at < 0:
                at, used = a, 0
            last, used = b, used + size
        if at >= 0:
            yield at, last

    def _passage(self, transcript_id: str, turn: Turn, start: int, end: int) -> Passage:
        text = turn.text[start:end]
        place = f"{transcript_id}\0{turn.index}\0{start}\0{end}\0{text}"
        return Passage(
            id=hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:20],
            transcript_id=transcript_id,
            turn=turn.index,
            start=start,
            end=end,
            speaker=turn.speaker,
            text=text,
            n_tokens=self.count(text),
        )


def _chunks(text: str, start: int, end: int) -> Iterator[words.Span]:
    """Words of [start, end); a run of over 200 characters is cut into several."""
    at = start
    while at < end:
        while at < end and text[at].isspace():
            at += 1
        stop = at
        while stop < end and not text[stop].isspace() and stop - at < _LONGEST_WORD // 4:
            stop += 1
        if stop > at:
            yield at, stop
        at = stop
