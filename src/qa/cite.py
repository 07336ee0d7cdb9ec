"""Citations made and checked: the law that no quotation passes unread.

With all whitespace removed, a quote equals its slice of the turn, and the source's slice where the
source is text; and the turn's speaker is the speaker named.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from qa import words
from qa.types import Citation, PageText, Piece, Transcript, Turn


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
    span = source_span(turn.pieces, start, end)
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
    span = source_span(page.pieces, start, end)
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
        texts = [page.text for page in transcript.page]
        if citation.speaker or not any(words.bare(t[citation.start : citation.end]) == quote for t in texts):
            return False
    else:
        if not 0 <= citation.turn < len(transcript.turns):
            return False
        turn = transcript.turns[citation.turn]
        if turn.speaker != citation.speaker or words.bare(turn.text[citation.start : citation.end]) != quote:
            return False
    if transcript.source_text is None:
        return True
    if citation.source_start is None or citation.source_end is None or citation.source_start < 0:
        return False
    return words.bare(transcript.source_text[citation.source_start : citation.source_end]) == quote


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentences right before and after [start, end), for reading."""
    spans = words.sentences(text)
    before = next((span for span in reversed(spans) if span[1] <= start), None)
    after = next((span for span in spans if span[0] >= end), None)
    return (
        words.squeeze(text[before[0] : before[1]]) if before else "",
        words.squeeze(text[after[0] : after[1]]) if after else "",
    )
