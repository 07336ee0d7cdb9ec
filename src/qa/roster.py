"""Lines of single transcripts to the persons of an index: what the catalogue's tables say, gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qa.names import is_voice
from qa.types import DatedRole, Person, PersonInfo


class Listed(NamedTuple):
    """A person of a transcript under the canonical name: `name` is the one there."""

    canonical: str
    name: str
    role: str | None
    forms: Sequence[str]
    anonymous: bool
    date: str | None = None


@dataclass
class _Seen:
    """What is known of one person; dicts keep order and drop repeats."""

    transcripts: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    roles: dict[str, list[str]] = field(default_factory=dict)
    anonymous: list[bool] = field(default_factory=list)


def gather(
    listed: Iterable[Listed],
    spoken: Mapping[str, int],
    present: Iterable[tuple[str, str, str]],
    given: Iterable[tuple[str, str]] = (),
) -> tuple[PersonInfo, ...]:
    """One PersonInfo per canonical name, most turns first, then by name.

    Args:
        listed: newest transcript first.
        spoken: canonical name -> number of turns.
        present: (canonical name, name there, transcript id), oldest transcript first.
        given: (canonical name, form the user gave).
    """
    seen: dict[str, _Seen] = {}
    for canonical, name, transcript_id in present:
        here = seen.get(canonical)
        if here is None:
            here = seen[canonical] = _Seen()
        here.transcripts[transcript_id] = None
        here.names[name] = None
    for one in listed:
        here = seen[one.canonical]
        here.forms[one.name] = None
        for form in one.forms:
            here.forms[form] = None
        here.anonymous.append((one.anonymous or is_voice(one.name)) and _is_label(one.canonical, one.name))
        if one.role is not None:
            here.roles.setdefault(one.role, []).extend([one.date] if one.date else [])
    for canonical, form in given:
        if canonical in seen:
            seen[canonical].forms[form] = None
    order = sorted(seen, key=lambda name: (-spoken.get(name, 0), name))
    return tuple(_info(name, seen[name], spoken.get(name, 0)) for name in order)


def _info(name: str, seen: _Seen, n_turns: int) -> PersonInfo:
    forms = dict.fromkeys((*seen.forms, *seen.names))
    return PersonInfo(
        name,
        tuple(seen.roles),
        tuple(form for form in forms if form != name),
        n_turns,
        tuple(seen.transcripts),
        tuple(DatedRole(role, min(days, default=None), max(days, default=None)) for role, days in seen.roles.items()),
        bool(seen.anonymous) and all(seen.anonymous),
    )


def _is_label(canonical: str, name: str) -> bool:
    """A voice goes by its label still, if with the transcript behind it; the user gave it no name."""
    return canonical == name or canonical.startswith(f"{name} (")


def people(listed: Iterable[Listed]) -> tuple[Person, ...]:
    """The persons of one transcript under their canonical names; two whom the user made one come as one."""
    found: list[Person] = []
    homes: dict[str, tuple[str, int]] = {}  # canonical name -> name there, place in `found`
    for one in listed:
        person = _person(one)
        first, at = homes.setdefault(one.canonical, (one.name, len(found)))
        if at < len(found) and first != one.name:
            found[at] = _as_one(found[at], person)
        else:
            found.append(person)
    return tuple(found)


def _person(one: Listed) -> Person:
    if one.canonical == one.name:
        return Person(one.name, one.role, tuple(one.forms), one.anonymous)
    forms = tuple(form for form in dict.fromkeys((*one.forms, one.name)) if form != one.canonical)
    return Person(one.canonical, one.role, forms, one.anonymous and _is_label(one.canonical, one.name))


def _as_one(one: Person, other: Person) -> Person:
    forms = tuple(form for form in dict.fromkeys((*one.aliases, *other.aliases)) if form != one.name)
    return Person(one.name, one.role or other.role, forms, one.anonymous and other.anonymous)
