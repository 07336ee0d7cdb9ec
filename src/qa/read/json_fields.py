"""What the fields of an object in somebody's JSON mean: who speaks, the words, when.

Names of fields are compared without case, "_", "-" and "." ("speaker_name", "speakerName", "SpeakerName").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qa.read.speech import Record, dig, label_of, seconds, text_of

SPEAKERS = (
    "speaker", "speakername", "speakerdisplayname", "participantname", "personname", "speakerlabel", "speakertag",
    "speakerid", "participantrole", "participant", "participantid", "voice", "spk", "talker", "orateur", "locuteur",
    "talare", "taler", "redner", "sprecher", "orador", "hablante", "locutor", "ponente", "oratore", "spreker",
    "puhuja", "говорящий", "спикер",
)  # fmt: skip
# These name a speaker only where the same ones come again: a list of books has names and texts, too.
_WEAK = ("name", "who", "from", "author", "displayname", "username", "user", "sender", "nick", "person", "character",
         "role")  # fmt: skip
TEXTS = (
    "text", "transcript", "sentence", "utterance", "content", "body", "spokentext", "displaytext", "display",
    "message", "speech", "caption", "said", "line", "transcription", "texte", "texto", "testo", "punctuatedword",
    "punct", "word", "value", "sentences", "textblocks", "words", "segments", "segs", "tokens", "elements",
    "paragraphs", "lines", "rawtext", "utf8",
)  # fmt: skip
_SAID = frozenset(("utterance", "said", "spokentext", "speech"))
_PROSE = _SAID | {"text", "transcript", "sentence", "content", "body", "message", "caption", "line", "sentences",
                  "texte", "texto", "testo"}  # fmt: skip
_STARTS = ("start", "starts", "starttime", "startts", "begin", "begintime", "from", "offset", "ts", "time",
           "timestart", "timeoffset", "startsec", "startseconds")  # fmt: skip
_ENDS = ("end", "ends", "endtime", "endts", "stop", "to", "timeend", "endsec", "endseconds")
_STARTS_MS = ("startms", "starttimems", "offsetmillisecond", "offsetmilliseconds", "beginoffsetmillis", "beginms",
              "startmillis", "tstartms")  # fmt: skip
_ENDS_MS = ("endms", "endtimems", "endoffsetmillis", "endmillis")
_LENGTHS = ("duration", "dur")
_LENGTHS_MS = ("durationmillisecond", "durationmilliseconds", "durationms", "ddurationms")
_NESTED = ("words", "sentences", "textblocks", "segments", "elements")
_SLOWEST = 20.0  # seconds a word; a recording slower than that counts milliseconds
_DEEPEST = 4  # lists of words in sentences in paragraphs
_CODE = re.compile(r"\d{1,12}|[A-Za-z]|[0-9a-f]{8}-[0-9a-f-]{20,}", re.IGNORECASE)

Times = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """The names of an object's own fields by what they hold, what is most particular first."""

    speakers: tuple[str, ...]
    weak: tuple[str, ...]
    texts: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    starts_ms: tuple[str, ...]
    ends_ms: tuple[str, ...]
    lengths: tuple[str, ...]
    lengths_ms: tuple[str, ...]
    nested: tuple[str, ...]
    clock: tuple[str, ...]
    prose: bool  # one of the texts is a field for sentences, not for values
    says: bool  # one of the texts is a field for nothing but speech

    @property
    def timed(self) -> bool:
        """Some field may tell when it begins."""
        return bool(self.starts or self.starts_ms or self.nested or self.clock)


def plain(name: str) -> str:
    """The name of a field as it is compared."""
    return re.sub(r"[\s_.@-]", "", name[:60]).casefold()


def shape(record: Record) -> Shape:
    """What its fields hold."""
    return _shape(tuple(record))


@lru_cache(maxsize=512)
def _shape(names: tuple[str, ...]) -> Shape:
    own: dict[str, str] = {}
    for name in names[:200]:
        own.setdefault(plain(name), name)

    def of(wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(own[name] for name in wanted if name in own)

    return Shape(
        of(SPEAKERS), of(_WEAK), of(TEXTS), of(_STARTS), of(_ENDS), of(_STARTS_MS), of(_ENDS_MS), of(_LENGTHS),
        of(_LENGTHS_MS), of(_NESTED), of(("timestamp",)), not _PROSE.isdisjoint(own), not _SAID.isdisjoint(own),
    )  # fmt: skip


def value(record: Record, *wanted: str) -> Any:
    """The first value that is there of the fields of these plain names."""
    own = {plain(name): one for name, one in reversed(tuple(record.items())) if one is not None}
    return next((own[name] for name in wanted if name in own), None)


def speaker(record: Record) -> str:
    """Who speaks: of several fields the one that is more than a number; "" for nobody."""
    return _label(record, shape(record).speakers)


def weak_speaker(record: Record) -> str:
    """Who may speak by a field that means other things elsewhere; "" for nobody."""
    return _label(record, [name for name in shape(record).weak if not isinstance(record[name], int | float)])


def _label(record: Record, names: Sequence[str]) -> str:
    labels = [label for name in names if (label := label_of(record[name]))]
    return next((label for label in labels if not _CODE.fullmatch(label)), labels[0] if labels else "")


def text(record: Record, depth: int = 0) -> str:
    """The words as they stand, blanks at the ends kept; of a list of words or sentences all of them."""
    for name in shape(record).texts:
        found = record[name]
        if isinstance(found, str) and found.strip():
            return text_of(found)
        if isinstance(found, list) and found and depth < _DEEPEST:
            parts = [text(one, depth + 1) if isinstance(one, dict) else text_of(one) for one in found]
            if plain(name) == "segs":  # pieces of words, with their blanks
                return "".join(parts)
            parts = [part.strip() for part in parts]
            if all(parts):
                return " ".join(parts)
    return ""


def times(record: Record, unit: float = 1.0) -> Times:
    """Where it begins and ends in seconds of the recording, each None where no field tells.

    Args:
        unit: seconds that a bare number counts.
    """
    own = shape(record)
    start = _moment(record, own.starts_ms, 1e-3)
    if start is not None:
        end, length = _moment(record, own.ends_ms, 1e-3), _moment(record, own.lengths_ms, 1e-3)
    else:
        start, end = _moment(record, own.starts, unit), _moment(record, own.ends, unit)
        length = _moment(record, own.lengths, unit)
    if start is None and own.clock:
        start, end = _clock(record[own.clock[0]])
    if start is None and own.nested:
        start, end = _inner(record, unit)
    if end is None and start is not None and length is not None:
        end = round(start + length, 6)
    return start, end


def unit_of(told: Sequence[tuple[Record, str]]) -> float:
    """Seconds that bare numbers count: 1, or 0.001 where whole numbers would make the speech slower than any.

    Args:
        told: objects and their words.
    """
    total, n_words = 0, 0
    for record, words in told:
        span = _span(record)
        if span is None:
            return 1.0
        total += span
        n_words += len(words.split())
    return 1e-3 if total > _SLOWEST * n_words else 1.0


def _span(record: Record) -> int | None:
    """The whole numbers of its end less those of its beginning."""
    own = shape(record)
    start, end, length = (_first(record, names) for names in (own.starts, own.ends, own.lengths))
    if start is None and (ends := _nested(record)):
        start, end = _first(ends[0], shape(ends[0]).starts), _first(ends[1], shape(ends[1]).ends)
    if isinstance(start, int) and isinstance(end, int) and end >= start:
        return end - start
    return length if isinstance(start, int) and isinstance(length, int) and length >= 0 else None


def _first(record: Record, names: Sequence[str]) -> Any:
    return next((record[name] for name in names if record[name] is not None), None)


def _moment(record: Record, names: Sequence[str], unit: float) -> float | None:
    """The first that is a media time: a day with its hour is none, nor is the person of a "from"."""
    for name in names:
        found = record[name]
        if isinstance(found, dict) and "seconds" not in found:
            continue
        if (moment := seconds(found, unit)) is not None:
            return moment
    return None


def _clock(stamp: Any) -> Times:
    """ "timestamp": "00:05:32", or a pair of seconds; a bare number is a time of day."""
    if isinstance(stamp, list) and len(stamp) == 2:
        return seconds(stamp[0]), seconds(stamp[1])
    if isinstance(stamp, str) and ":" in stamp:
        return seconds(stamp.strip()), None
    return None, None


def _inner(record: Record, unit: float) -> Times:
    """Of its first and last word or sentence: meeting bots give each word its time."""
    ends = _nested(record)
    if ends is None:
        return None, None
    start, end = times(ends[0], unit)[0], times(ends[1], unit)[1]
    if start is None:
        start, end = seconds(_relative(ends[0], "start_timestamp")), seconds(_relative(ends[1], "end_timestamp"))
    return start, end


def _relative(record: Record, name: str) -> Any:
    found = record.get(name)
    return dig(found, "relative") if isinstance(found, dict) else found


def _nested(record: Record) -> tuple[Record, Record] | None:
    for name in shape(record).nested:
        found = record[name]
        if isinstance(found, list) and found and isinstance(found[0], dict) and isinstance(found[-1], dict):
            return found[0], found[-1]
    return None
