"""The own interchange format, qa-transcript/1, read and written.

    {"format": "qa-transcript/1", "id": "...", "title": "...", "date": "2017-10-12", "time": "14:15",
     "place": "...", "language": "en", "source": "https://...",
     "people": [{"name": "...", "role": "...", "aliases": ["..."]}],
     "turns": [{"speaker": "...", "text": "...", "start_s": 12.3, "end_s": 15.0}]}

Further keys, all optional: on a turn "label" (as printed, when it differs from "speaker") and
"uncertain"; on a person "anonymous"; on the top "page": [{"kind": "summary", "text": "..."}], the page's own
words, and the lists of texts "dropped", "unattributed" and "problems", what was left out when the transcript was
read. `parse(write(x))` gives back everything but the way into the first source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from qa import speakers, words
from qa.errors import ReadError
from qa.read.source import File
from qa.types import PageKind, PageText, Person, Transcript, Turn

FORMAT = "qa-transcript/1"
_LISTS = ("dropped", "unattributed", "problems")
_FAMILY = "qa-transcript/"


def detect(file: File) -> bool:
    """It says so by its "format"."""
    return file.is_json and _says_so(file.json)


def _says_so(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("format"), str) and data["format"].startswith(_FAMILY)


def detect_any(file: File) -> bool:
    """It is JSON, or means to be; asked last, for `parse` tells what is wrong with it."""
    return file.looks_like_json


def parse(file: File, default_id: str) -> Transcript:
    """Read the own format; unknown keys are left alone.

    Raises:
        ReadError: not JSON, not this format, or a field of the wrong kind; names the place.
    """
    return _Reader(file.path).transcript(file.json, default_id)


def write(transcript: Transcript) -> str:
    """The transcript in the own format, readable, ending in a line break."""
    return json.dumps(to_dict(transcript), ensure_ascii=False, indent=2) + "\n"


def to_dict(transcript: Transcript) -> dict[str, Any]:
    """The transcript as the own format's plain data; keys without a value are left out."""
    data: dict[str, Any] = {"format": FORMAT, "id": transcript.id, "title": transcript.title}
    for name in ("date", "time", "place", "language", "source"):
        if getattr(transcript, name) is not None or name in ("language", "source"):  # those have a default
            data[name] = getattr(transcript, name)
    data["people"] = [_person(person) for person in transcript.people]
    if transcript.page:
        data["page"] = [{"kind": str(part.kind), "text": part.text} for part in transcript.page]
    data["turns"] = [_turn(turn) for turn in transcript.turns]
    for name in _LISTS:
        if getattr(transcript, name):
            data[name] = list(getattr(transcript, name))
    return data


def _person(person: Person) -> dict[str, Any]:
    data: dict[str, Any] = {"name": person.name}
    if person.role is not None:
        data["role"] = person.role
    if person.aliases:
        data["aliases"] = list(person.aliases)
    if person.anonymous:
        data["anonymous"] = True
    return data


def _turn(turn: Turn) -> dict[str, Any]:
    data: dict[str, Any] = {"speaker": turn.speaker}
    if turn.label != turn.speaker:
        data["label"] = turn.label
    data["text"] = turn.text
    for name in ("start_s", "end_s"):
        if getattr(turn, name) is not None:
            data[name] = getattr(turn, name)
    if turn.uncertain:
        data["uncertain"] = True
    return data


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path

    def _fail(self, place: str, problem: str, remedy: str = "Correct the file.") -> NoReturn:
        raise ReadError(self._path, problem, remedy=remedy, place=place)

    def transcript(self, data: Any, default_id: str) -> Transcript:
        if not _says_so(data):
            problem = "is JSON in which no list of who says what was found."
            self._fail("top", problem, "Give each object of a list its speaker and its text, see docs/formats.md.")
        if data["format"] != FORMAT:
            self._fail("format", f'expected "{FORMAT}", found "{data["format"]}".', "Install a newer transcript-qa.")
        day = self._text(data, "date", "top")
        if day is not None:
            try:
                day = date.fromisoformat(day).isoformat()
            except ValueError:
                self._fail("date", f'expected a day such as "2017-10-12", found "{day}".')
        people = self._people(data.get("people", []))
        turns = self._turns(data.get("turns"))
        turns, people = _settle(turns, people)
        transcript_id = self._text(data, "id", "top") or default_id
        if not transcript_id.strip() or len(transcript_id) > 200 or re.search(r"[\x00-\x1f\x7f]", transcript_id):
            self._fail("id", "expected 1 to 200 printable characters.")
        return Transcript(
            id=transcript_id,
            title=self._text(data, "title", "top") or transcript_id,
            turns=turns,
            people=people,
            page=self._page(data.get("page", [])),
            date=day,
            time=self._text(data, "time", "top"),
            place=self._text(data, "place", "top"),
            language=self._text(data, "language", "top")
            if "language" in data
            else words.language_of(" ".join(t.text for t in turns[:5])),
            source=self._text(data, "source", "top") if "source" in data else str(self._path.absolute()),
            format="qa-json",
            dropped=self._texts(data, "dropped"),
            unattributed=self._texts(data, "unattributed"),
            problems=self._texts(data, "problems"),
        )

    def _text(self, data: Mapping[str, Any], name: str, place: str) -> str | None:
        value = data.get(name)
        if value is None:
            return None
        where = f"{place}, {name}" if place != "top" else name
        if not isinstance(value, str):
            self._fail(where, f"expected text, found {json.dumps(value)[:60]}.")
        if not words.storable(value):
            self._fail(where, "half a surrogate pair is no character.")
        return value

    def _texts(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list):
            self._fail(name, "expected a list of texts.")
        found = tuple(self._text({name: text}, name, f"{name}[{n}]") for n, text in enumerate(value))
        return tuple(text for text in found if text is not None)

    def _list(self, value: Any, name: str) -> Sequence[Mapping[str, Any]]:
        if not isinstance(value, list):
            self._fail(name, "expected a list.")
        for n, item in enumerate(value):
            if not isinstance(item, dict):
                self._fail(f"{name}[{n}]", "expected an object.")
        return value

    def _people(self, value: Any) -> tuple[Person, ...]:
        found = []
        for n, item in enumerate(self._list(value, "people")):
            place = f"people[{n}]"
            name = self._text(item, "name", place)
            if not name or not name.strip():
                self._fail(place, 'expected a "name".')
            aliases = item.get("aliases", [])
            if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
                self._fail(f"{place}, aliases", "expected a list of texts.")
            for alias in aliases:
                self._text({"aliases": alias}, "aliases", place)
            anonymous = item.get("anonymous") is True
            found.append(Person(name, self._text(item, "role", place), tuple(aliases), anonymous))
        return tuple(found)

    def _turns(self, value: Any) -> tuple[Turn, ...]:
        if value is None:
            self._fail("turns", "is missing.", 'Add "turns": [{"speaker": "...", "text": "..."}].')
        found = []
        for n, item in enumerate(self._list(value, "turns")):
            place = f"turns[{n}]"
            speaker, text = self._text(item, "speaker", place), self._text(item, "text", place)
            if speaker is None or not speaker.strip():
                self._fail(place, 'expected a "speaker".')
            if text is None:
                self._fail(place, 'expected a "text".')
            label = self._text(item, "label", place)
            label = speaker if label is None else label
            found.append(
                Turn(n, speaker, label, text, (), self._seconds(item, "start_s", place),
                     self._seconds(item, "end_s", place), item.get("uncertain") is True)
            )  # fmt: skip
        if not found:
            self._fail("turns", "is empty.", "Put the transcript into it, or leave the file out.")
        return tuple(found)

    def _seconds(self, item: Mapping[str, Any], name: str, place: str) -> float | None:
        value = item.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            self._fail(f"{place}, {name}", f"expected seconds, found {json.dumps(value)[:60]}.")
        return value

    def _page(self, value: Any) -> tuple[PageText, ...]:
        found = []
        for n, item in enumerate(self._list(value, "page")):
            kind, text = item.get("kind"), self._text(item, "text", f"page[{n}]")
            if kind not in list(PageKind) or not text:
                self._fail(f"page[{n}]", f'expected a "text" and a "kind" of: {", ".join(PageKind)}.')
            found.append(PageText(PageKind(kind), text))
        return tuple(found)


def _settle(turns: tuple[Turn, ...], people: tuple[Person, ...]) -> tuple[tuple[Turn, ...], tuple[Person, ...]]:
    """Speakers become people: those the file lists keep their names, other labels are read as printed."""
    named = {form: person.name for person in people for form in person.aliases}
    named |= {person.name: person.name for person in people}
    strange = [turn.speaker for turn in turns if turn.speaker not in named]
    assigned = speakers.assign(strange, known=[person.name for person in people])
    added: dict[str, Person] = {}
    for label, person in assigned.items():
        home = [p.name for p in people if speakers.same_name(p.name, person.name, any_order=True)]
        if len(home) == 1:
            named[label] = home[0]
        else:
            named[label] = person.name
            added[person.name] = person
    settled = tuple(replace(turn, speaker=named[turn.speaker]) for turn in turns)
    return settled, (*people, *(p for p in added.values() if p.name not in {q.name for q in people}))
