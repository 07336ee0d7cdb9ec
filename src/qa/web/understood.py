"""What the house understood of a question, as pieces that can be taken away or chosen: plain text, no HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qa.question import DATES, KIND, PERSON, TOPIC, TRANSCRIPT
from qa.types import Answer, Kind
from qa.web.asking import Asked

MOST = 12
"""Most chips shown."""
NEAREST = 5
"""Most persons offered where one is unknown."""

KINDS = {
    Kind.SAID_ABOUT: "what was said about it", Kind.WHO_SAID: "who said it", Kind.WHEN: "when it was",
    Kind.WHERE: "where it was", Kind.WHO_ATTENDED: "who was there", Kind.WHO_IS: "who somebody is",
    Kind.PAGE: "what the page says", Kind.COMPARISON: "a comparison", Kind.LIST: "everything said",
}  # fmt: skip
_NAMES = {PERSON: "anybody", TOPIC: "any topic", DATES: "any date", TRANSCRIPT: "any transcript", KIND: "any kind"}
_SHORT = 60  # characters of a chip's value


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of what was understood.

    Attributes:
        label: what stands on it.
        then: what is asked when it is pressed; None where it can only be read.
    """

    label: str
    then: Asked | None


def chips(asked: Asked, answer: Answer | None, titles: Mapping[str, str]) -> list[Chip]:
    """Chips for person, topic, dates, transcript, kind and the filters set by hand; then what was set aside.

    Args:
        titles: transcript id -> title.
    """
    found: list[Chip] = []

    def add(label: str, value: str, then: Asked) -> None:
        found.append(Chip(f"{label}: {_short(value)} ✕", then))

    def aside(part: str) -> Asked:
        return replace(asked, without=(*asked.without, part))

    if answer is not None:
        q = answer.understood
        for name in q.speakers[:4]:
            add("Person", name, aside(PERSON if len(q.speakers) == 1 else f"{PERSON}:{name}"))
        if len(q.speakers) > 4:
            add("Persons", f"and {len(q.speakers) - 4} more", aside(PERSON))
        if q.unknown:
            add("Unknown person", ", ".join(q.unknown), aside(PERSON))
        if q.topic.strip() and q.speakers:  # without topic and person nothing would be asked
            add("Topic", q.topic, aside(TOPIC))
        elif q.topic.strip():
            found.append(Chip(f"Topic: {_short(q.topic)}", None))
        if q.since or q.until:
            add("Dates", _days(q.since, q.until), aside(DATES))
        if q.transcripts:
            many = f"{len(q.transcripts)} transcripts"
            title = titles.get(q.transcripts[0], q.transcripts[0])
            add("Transcript", title if len(q.transcripts) == 1 else many, aside(TRANSCRIPT))
        if q.kind in KINDS:
            add("Kind", KINDS[q.kind], aside(KIND))
    if asked.speaker:
        add("Only words of", asked.speaker, replace(asked, speaker=None))
    if asked.transcript:
        add("Only in", titles.get(asked.transcript, asked.transcript), replace(asked, transcript=None))
    if asked.since:
        add("Only since", asked.since, replace(asked, since=None))
    if asked.until:
        add("Only until", asked.until, replace(asked, until=None))
    for part in asked.without:
        name = f"not {part.partition(':')[2]}" if ":" in part else _NAMES.get(part, part)
        back = replace(asked, without=tuple(one for one in asked.without if one != part))
        found.append(Chip(f"↩ {_short(name)}", back))
    return found[:MOST]


def nearest(asked: Asked, answer: Answer | None, speaking: tuple[str, ...]) -> list[Chip]:
    """Persons to choose from, where the one asked for is unknown or may be several: the question with each.

    Args:
        speaking: those who speak, to offer where nobody has a like name.
    """
    if answer is None or answer.reason not in {"unknown-speaker", "ambiguous-speaker"}:
        return []
    q = answer.understood
    if answer.reason == "ambiguous-speaker":
        return [Chip(name, _only(asked, name)) for group in q.unclear for name in group][:NEAREST]
    others = dict.fromkeys(c.speaker for c in answer.elsewhere if c.speaker)
    names = q.nearest or tuple(dict.fromkeys([*others, *speaking]))
    return [Chip(name, _renamed(asked, answer, name)) for name in names[:NEAREST]]


def _renamed(asked: Asked, answer: Answer, name: str) -> Asked:
    """The question with the right name in it, where the wrong one can be seen; else limited to that person."""
    wrong = answer.understood.unknown[0] if answer.understood.unknown else ""
    found = re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", asked.question, re.IGNORECASE) if wrong else None
    if found is None:
        return _only(asked, name)
    return replace(asked, question=asked.question[: found.start()] + name + asked.question[found.end() :])


def _only(asked: Asked, name: str) -> Asked:
    return replace(asked, speaker=name, without=tuple(dict.fromkeys([*asked.without, PERSON])))


def whole_day(text: str, *, last: bool) -> str:
    """A day, a month ("2017-10") or a year ("2017") as its first or last day; anything else as it is."""
    text = text.strip()
    month = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text)
    if not month:
        return text
    year, number = int(month[1]), int(month[2] or (12 if last else 1))
    if not (0 < year < 9999 and 1 <= number <= 12):
        return text
    first = date(year, number, 1)
    if not last:
        return first.isoformat()
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def _days(since: str | None, until: str | None) -> str:
    if since and until:
        return since if since == until else f"{since} to {until}"
    return f"since {since}" if since else f"until {until}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"
