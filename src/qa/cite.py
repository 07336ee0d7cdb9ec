"""Citations made and checked: the law that no quotation passes unread.

With all whitespace removed, a quote equals its slice of the turn, and the source's slice where the
source is text; and the turn's speaker is the speaker named. Where nothing but the source's markup
(a Markdown link, a time mark) stands between the words, they are compared without it, piece by
piece, and no characters of the source are named.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise

from qa import words
from qa.types import Citation, PageText, Piece, Transcript, Turn

# What may stand in the source between the words of one quotation: the target of a Markdown link, a
# time mark, and signs that are no words. Anything else was said, or shown, and is not left out silently.
_LINK_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)")
_TIME_MARK = re.compile(r"\d{1,3}(?::\d\d){1,2}(?:[.,]\d{1,3})?")


def source_span(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Where characters [start, end) of a text stand in its source; None without a way back."""
    if not pieces or start >= end:
        return None
    starts = [piece.start for piece in pieces]
    first, last = bisect.bisect_right(starts, start) - 1, bisect.bisect_right(starts, end - 1) - 1
    if first < 0:
        return None
    a, b = pieces[first], pieces[last]
    if start >= a.start + a.length or end - 1 >= b.start + b.length:
        return None
    return a.source_start + start - a.start, b.source_start + end - b.start


def cite_turn(transcript: Transcript, turn: Turn, start: int, end: int) -> Citation | None:
    """A checked citation of a turn's characters, or None when it breaks the law."""
    while start < end and turn.text[start].isspace():
        start += 1
    while end > start and turn.text[end - 1].isspace():
        end -= 1
    span = _named_span(transcript, turn.pieces, turn.text, start, end)
    person = transcript.person(turn.speaker)
    before, after = _neighbours(turn.text, start, end)
    citation = Citation(
        quote=words.squeeze(turn.text[start:end]),
        speaker=turn.speaker,
        label=turn.label,
        role=person.role if person else None,
        transcript_id=transcript.id,
        title=transcript.title,
        date=transcript.date,
        place=transcript.place,
        turn=turn.index,
        start=start,
        end=end,
        source=transcript.source,
        source_start=span[0] if span else None,
        source_end=span[1] if span else None,
        start_s=turn.start_s,
        end_s=turn.end_s,
        before=before,
        after=after,
        uncertain=turn.uncertain,
    )
    return citation if holds(citation, transcript) else None


def cite_page(transcript: Transcript, page: PageText, start: int = 0, end: int | None = None) -> Citation | None:
    """A checked citation of the page's own words, or None when it breaks the law."""
    end = len(page.text) if end is None else end
    span = _named_span(transcript, page.pieces, page.text, start, end)
    citation = Citation(
        quote=words.squeeze(page.text[start:end]),
        speaker="",
        label="",
        role=None,
        transcript_id=transcript.id,
        title=transcript.title,
        date=transcript.date,
        place=transcript.place,
        turn=None,
        start=start,
        end=end,
        source=transcript.source,
        source_start=span[0] if span else None,
        source_end=span[1] if span else None,
    )
    return citation if holds(citation, transcript) else None


def holds(citation: Citation, transcript: Transcript) -> bool:
    """The law of citations, tried against the stored transcript and its source."""
    quote = words.bare(citation.quote)
    if not quote or citation.transcript_id != transcript.id or not 0 <= citation.start < citation.end:
        return False
    if citation.turn is None:
        texts = [(page.text, page.pieces) for page in transcript.page if not citation.speaker]
    elif 0 <= citation.turn < len(transcript.turns) and transcript.turns[citation.turn].speaker == citation.speaker:
        turn = transcript.turns[citation.turn]
        texts = [(turn.text, turn.pieces)]
    else:
        texts = []
    start, end = citation.start, citation.end
    texts = [(text, pieces) for text, pieces in texts if words.bare(text[start:end]) == quote]
    if not texts or transcript.source_text is None:
        return bool(texts)
    if citation.source_start is None and citation.source_end is None:
        return any(_only_markup_between(transcript, pieces, text, start, end) for text, pieces in texts)
    if citation.source_start is None or citation.source_end is None or citation.source_start < 0:
        return False
    return words.bare(transcript.source_text[citation.source_start : citation.source_end]) == quote


def _named_span(
    transcript: Transcript, pieces: Sequence[Piece], text: str, start: int, end: int
) -> tuple[int, int] | None:
    """The characters of the source to name: none where markup stands among the words."""
    span = source_span(pieces, start, end)
    if span is None or transcript.source_text is None:
        return span
    alike = words.bare(transcript.source_text[slice(*span)]) == words.bare(text[start:end])
    return span if alike or not _only_markup_between(transcript, pieces, text, start, end) else None


def _only_markup_between(transcript: Transcript, pieces: Sequence[Piece], text: str, start: int, end: int) -> bool:
    """Whether characters [start, end) stand in the source in this order, interrupted, and by markup alone."""
    source, interrupted = transcript.source_text, False
    cut = [
        (max(piece.start, start) - piece.start, min(piece.start + piece.length, end) - piece.start, piece)
        for piece in pieces
        if piece.start < end and piece.start + piece.length > start
    ]
    if source is None or not cut:
        return False
    slices = [(piece.source_start + a, piece.source_start + b) for a, b, piece in cut]
    if words.bare("".join(source[a:b] for a, b in slices)) != words.bare(text[start:end]):
        return False
    for (_, before), (after, _) in pairwise(slices):
        gap = source[before:after]
        if after < before or any(ch.isalnum() for ch in _TIME_MARK.sub("", _LINK_TARGET.sub("", gap))):
            return False
        interrupted = interrupted or bool(words.bare(gap))
    return interrupted


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentences right before and after [start, end), for reading."""
    spans = words.sentences(text)
    before = next((span for span in reversed(spans) if span[1] <= start), None)
    after = next((span for span in spans if span[0] >= end), None)
    return (
        words.squeeze(text[before[0] : before[1]]) if before else "",
        words.squeeze(text[after[0] : after[1]]) if after else "",
    )
