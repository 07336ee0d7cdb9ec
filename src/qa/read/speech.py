"""What the readers of speech-to-text JSON share: words and stretches of speech out of any producer's lists.

Every reader gives `Utterance`s in order; the label is the producer's own ("0", "A", "spk_0", a name), "" where it
names nobody. Values of a wrong kind are passed over and noted, so that one odd word does not lose an hour of speech.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qa.read import clock
from qa.read.turns import Utterance

Record = Mapping[str, Any]

_LONGEST = 10_000_000.0  # seconds; more is no media time
_MOST_NOTES = 100
_PAUSE = 1.0  # seconds of silence that end a stretch of one channel
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?")
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
_UNBROKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")  # scripts written without blanks


@dataclass(frozen=True, slots=True)
class Word:
    """One token.

    Attributes:
        label: who says it; "" for nobody.
        glue: it stands right behind the token before it, as a full stop does.
    """

    text: str
    label: str = ""
    start_s: float | None = None
    end_s: float | None = None
    glue: bool = False


@dataclass(slots=True)
class Notes:
    """What a reader leaves out: furniture, and what it could not read, by place."""

    dropped: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def odd(self, place: str, problem: str) -> None:
        """Tell of a place that cannot be read; after a hundred of them no more."""
        if len(self.problems) < _MOST_NOTES:
            self.problems.append(f"{place}: {problem}")


def records(value: Any, place: str, notes: Notes | None = None) -> list[Record]:
    """The objects of a list; what is no object is noted."""
    if not isinstance(value, list):
        return []
    if notes is not None:
        for n, one in enumerate(value):
            if not isinstance(one, dict):
                notes.odd(f"{place}[{n}]", "expected an object, left out")
    return [one for one in value if isinstance(one, dict)]


def dig(data: Any, *path: str | int) -> Any:
    """The value at a path of keys and indices, or None."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(data, list) or len(data) <= step:
                return None
            data = data[step]
        elif isinstance(data, dict):
            data = data.get(step)
        else:
            return None
    return data


def first(record: Record, *names: str) -> Any:
    """The value of the first of the keys that is there and not null."""
    return next((record[name] for name in names if record.get(name) is not None), None)


def text_of(value: Any) -> str:
    """Text as it stands; "" for anything else."""
    return _HALF_PAIRS.sub("\ufffd", value) if isinstance(value, str) else ""


def label_of(value: Any) -> str:
    """A label as printed: 0 is "0"; "" for null, blanks and words that mean nobody."""
    if isinstance(value, dict):
        value = first(value, "name", "display_name", "displayName", "label", "id", "@id")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else ""
    if isinstance(value, int) and not 0 <= value < 10**9:
        return ""
    label = " ".join(text_of(str(value)).split())[:200]
    return "" if label.casefold() in {"none", "null", "uu", "?", "n/a"} else label


def channel_voice(channel: int | None, speaker: Any) -> str:
    """The label of a voice where several channels were recorded; `channel` is None where one was."""
    label = label_of(speaker)
    if channel is None:
        return label
    return f"Channel {channel}, speaker {label}" if label else f"Channel {channel}"


def seconds(value: Any, unit: float = 1.0) -> float | None:
    """Media seconds of a number or its text, "1.300s", "PT1.3S", "00:00:01,300", {"seconds": 1, "nanos": 300000000}.

    Args:
        unit: seconds that a bare number counts.
    """
    if isinstance(value, dict):
        parts = seconds(value.get("seconds", 0)), seconds(value.get("nanos", 0), 1e-9)
        return None if None in parts else round(sum(part or 0.0 for part in parts), 6)
    if isinstance(value, str):
        if match := _ISO.fullmatch(value):
            hours, minutes, rest = (float(part or 0) for part in match.groups())
            return hours * 3600 + minutes * 60 + rest
        if not re.fullmatch(r"\d{1,12}(?:\.\d{1,12})?", value):
            return clock.seconds(value)
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e15:
        return None
    found = round(value * unit, 6)
    return found if found < _LONGEST else None


def spoken(words: Iterable[Word]) -> Iterator[Utterance]:
    """Neighbouring words of one label as one utterance."""
    run: list[Word] = []
    for word in words:
        if run and word.label != run[-1].label:
            yield _said(run)
            run = []
        if word.text:
            run.append(word)
    if run:
        yield _said(run)


def _said(run: Sequence[Word]) -> Utterance:
    parts: list[str] = []
    for word in run:
        glued = word.glue or not parts or (_UNBROKEN.match(word.text) and _UNBROKEN.match(parts[-1][-1:]))
        parts.append(word.text if glued else f" {word.text}")
    return _timed("".join(parts), run)


def _timed(text: str, run: Sequence[Word]) -> Utterance:
    starts = [word.start_s for word in run if word.start_s is not None]
    ends = [word.end_s for word in run if word.end_s is not None]
    return Utterance(run[0].label, text, starts[0] if starts else None, ends[-1] if ends else None)


def inherited(words: Sequence[Word], label: str = "") -> list[Word]:
    """The words; one that names nobody is said by who says the word before, else the one after, else by `label`."""
    now = next((word.label for word in words if word.label), label)
    found = []
    for word in words:
        now = word.label or now
        found.append(word if word.label else replace(word, label=now))
    return found


def cut(text: str, words: Sequence[Word]) -> Iterator[Utterance]:
    """A segment's text cut where the voice of its words changes, with the blanks and marks the text has.

    Where the words do not stand in the text, they are joined instead.
    """
    at = 0
    places = []
    for word in words:
        place = text.find(word.text, at)
        if place < 0 or text[at:place].strip(" \n\t.,;:!?\"'“”«»()[]-–—…¿¡"):
            yield from spoken(words)
            return
        places.append(place)
        at = place + len(word.text)
    begin = 0
    for n in range(1, len(words) + 1):
        if n == len(words) or words[n].label != words[begin].label:
            start = places[begin] if begin else 0
            stop = places[n] if n < len(words) else len(text)
            yield _timed(text[start:stop].strip(), words[begin:n])
            begin = n


def in_order(channels: Iterable[Iterable[Word]]) -> Iterator[Utterance]:
    """Several channels as one conversation: each cut at its pauses, all by their beginnings."""
    stretches: list[Utterance] = []
    for channel in channels:
        run: list[Word] = []
        heard: float | None = None
        for word in channel:
            paused = heard is not None and word.start_s is not None and word.start_s - heard >= _PAUSE
            if run and (paused or word.label != run[-1].label):
                stretches.append(_said(run))
                run = []
            if word.text:
                run.append(word)
            heard = heard if word.end_s is None else word.end_s
        if run:
            stretches.append(_said(run))
    return iter(by_time(stretches))


def by_time(utterances: Iterable[Utterance]) -> list[Utterance]:
    """In order of their beginnings; one without a time stays behind the one before it."""
    last = 0.0
    keyed = []
    for one in utterances:
        last = last if one.start_s is None else one.start_s
        keyed.append((last, one))
    return [one for _, one in sorted(keyed, key=lambda pair: pair[0])]
