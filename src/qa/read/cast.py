"""Who takes part, as the head of a transcript lists it: names, and the office of each where it is told.

Participants: Nora Ekdal (Mayor), Tom Baszko (Councillor for Pell); Ilsa Odell
Present: Mayor Nora Ekdal, Councillor Tom Baszko
Witnesses: Dr Nora Ekdal, Director of the mill; Ms Ilsa Odell, Pell
NORA EKDAL, Ohio, Chairman
Tom Baszko - Chief Engineer
Chair: Nora Ekdal
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from qa import speakers
from qa.names import is_honorific, is_role_noun
from qa.read.address import is_short_office
from qa.read.shapes import has_verb, name_shaped
from qa.types import Person

_FIELD = re.compile(
    r"""\b(?:participants?|present|attendees|attending|(?:members\ )?in\ attendance|members(?:\ present)?
    |witness(?:es)?|hosts?|guests?|speakers?|panel(?:l?ists?)?|also\ present
    |interviewees?|interviewers?|narrators?|interviewte[rn]?|entrevistad[oa]s?|interviewé(?:e?s)?|собеседники?
    |sprecher(?:innen)?|teilnehmer|teilnehmende|anwesend|participantes|asistentes
    |présents|partecipanti|участники|присутствовали)\s?:\s*(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_ITEM = re.compile(r"(?P<name>[^()\[\]]{3,80}?)\s*(?:[(\[](?P<office>[^()\[\]]{2,100})[)\]])?")
_COMMA = re.compile(r",(?![^()]{0,200}\))|\s(?:and|und|et|y|и)\s")
_APART = re.compile(r"(?:,|\s(?:--?|[–—]|\|)|\t)\s*")
_BEHIND_BRACKET = re.compile(r"\),\s[^()]{1,60}$")  # "Nora Ekdal (Mayor), Pell": a column beside the names
_EMPTY_CELL = re.compile(r",\s[–—-]$")
_LONGEST = 200  # characters of a line that names one person
_MOST_LINES, _WIDEST, _MOST = 300, 4_000, 20_000  # lines, characters of one, and of a field over several


@dataclass(frozen=True, slots=True)
class Listed:
    """One who takes part; `role` is "" where the head does not tell it."""

    name: str
    role: str = ""


def cast_of(texts: Iterable[str]) -> list[Listed]:
    """Everybody whom fields and lines of the head list, in their order; a line that goes on is joined to its field."""
    every = (line for text in texts for line in text.splitlines() if line.strip())
    lines = [" ".join(line[:_WIDEST].split()) for line in islice(every, _MOST_LINES)]
    found: dict[Listed, None] = {}
    for value in _fields(lines):
        found.update(dict.fromkeys(_items(value)))
    for line in lines:
        if one := _line(line):
            found[one] = None
    return list(found)


def with_roles(people: Sequence[Person], texts: Iterable[str]) -> tuple[Person, ...]:
    """The people, with the office that the head gives to the one who bears the name, where their labels tell none."""
    listed = [one for one in cast_of(texts) if one.role]
    if not listed:
        return tuple(people)
    return tuple(replace(one, role=one.role or _role_of(one, listed, people)) for one in people)


def _role_of(person: Person, listed: Sequence[Listed], people: Sequence[Person]) -> str | None:
    if person.anonymous:
        return None
    roles = {
        one.role
        for one in listed
        if speakers.same_name(one.name, person.name)
        and sum(speakers.same_name(one.name, other.name) for other in people) == 1
    }
    return roles.pop() if len(roles) == 1 else None


def _fields(lines: Sequence[str]) -> Iterable[str]:
    """What stands behind "Present:" and the like, over as many lines as it is cut into."""
    text = ""
    for line in lines:
        match = _FIELD.search(line)
        begins = match is not None and not match.start()
        open_end = bool(text) and (_is_open(text) or text[-1] in ",;(") and not _shouts_after(text, line)
        if open_end and not begins and len(text) < _MOST:
            text += f" {line}"
            continue
        yield from _cut(text)
        text = line if match else ""
        if text and match and match.start() and text[: match.start()].strip(" *_#-.") and not _FIELD.match(line):
            text = text[match.start() :] if text[match.start() - 2 : match.start()] == ". " else ""
    yield from _cut(text)


def _shouts_after(text: str, line: str) -> bool:
    """The line has two words in capitals or more first, and what is listed before it has none: another paragraph."""
    return " ".join(line.split()[:2]).isupper() and not text[text.find(":") :].split()[-1].isupper()


def _is_open(text: str) -> bool:
    """The list goes on in the next line: it is cut at a width, in the middle of a name, or in a bracket."""
    last = re.split(r"[,;:]|\s(?:and|und|et|y|и)\s", text)[-1].strip()
    return len(text) >= 40 and (text.count("(") > text.count(")") or ("(" not in last and len(last.split()) < 2))


def _cut(text: str) -> Iterable[str]:
    heads = list(_FIELD.finditer(text[:_MOST]))
    for match, stop in zip(heads, [*(one.start() for one in heads[1:]), len(text)], strict=False):
        yield text[match.end() : stop].strip(" .*_")


def _items(value: str) -> Iterable[Listed]:
    """Those of a list that commas part, or semicolons: "Nora Ekdal, Mayor; Tom Baszko"."""
    parted = ";" in value
    for group in value.split(";"):
        pieces = [piece.strip(" .*_[]") for piece in _COMMA.split(group)]
        if parted and len(pieces) > 1 and "(" not in group:
            rest = ", ".join(pieces[1:])
            if _is_name(pieces[0]):
                yield _listed(pieces[0], rest if speakers.is_title(rest) else "")
            continue
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
            one = _item(piece) or _line(piece)
            if one and not one.role and _is_bare_office(after):  # "Nora Ekdal, Mayor, Tom Baszko, Clerk"
                one = replace(one, role=after)
            if one:
                yield one


def _is_bare_office(text: str) -> bool:
    """An office without a name in it: "Councillor for Pell"."""
    return (
        any(map(is_role_noun, text.split()))
        and _item(text) is None
        and not has_verb(text.split())
        and text[0].isupper()
    )


def _item(piece: str) -> Listed | None:
    match = _ITEM.fullmatch(piece)
    return _named(match["name"], match["office"] or "") if match else None


def _named(name: str, office: str) -> Listed | None:
    """ "Nora Ekdal" and "Mayor", "Mayor Nora Ekdal" and nothing."""
    if office and not (speakers.is_title(office) and not has_verb(office.split())):
        office = ""
    first, _, rest = name.partition(" ")
    if is_short_office(first):  # "StS Nora Ekdal"
        name, office = rest, office or first
    parsed = speakers.parse_label(name)
    if not _is_name(parsed.name):
        return None
    return _listed(parsed.name, office or parsed.role or "")


def _line(line: str) -> Listed | None:
    """One alone on a line, with the office: "Nora Ekdal, Mayor", "Nora Ekdal (Mayor)", "Chair: Nora Ekdal"."""
    if not line or len(line) > _LONGEST or line[-1] in ".!?" or "://" in line:
        return None
    line = _EMPTY_CELL.sub("", line).strip(" *_#-•")
    before, colon, after = line.partition(":")
    if colon:
        if _FIELD.match(line):
            return None
        named = speakers.parse_label(f"The {before}").anonymous and _is_name(after.strip())
        return _listed(after, before) if named else None
    parts = [part for part in _APART.split(line) if part]
    if len(parts) >= 2 and _is_name(parts[0]) and _is_held(parts[1:]) and not has_verb(line.split()):
        start = next((n for n, part in enumerate(parts[1:], 1) if speakers.is_title(part)), len(parts) - 1)
        office = line[line.index(parts[start], len(parts[0])) :]
        return _listed(parts[0], office)
    match = _ITEM.fullmatch(_BEHIND_BRACKET.sub(")", line)) if "(" in line else None
    if match and match["office"] and speakers.is_title(match["office"]) and _is_name(match["name"]):
        return _listed(match["name"], match["office"])
    return None


def _is_held(parts: Sequence[str]) -> bool:
    """An office ends what stands behind a name; others who take part do not: "Tom Baszko, Ilsa Odell, Speaker 3"."""
    others = sum(map(_is_name, parts[:-1]))  # one may be a place: "New York"
    return speakers.is_title(parts[-1]) and others < 2 and not _UNKNOWN.match(parts[-1])


_UNKNOWN = re.compile(r"(?:unknown|unidentified)\b|(?:speaker|moderator|host|guest)[ _#]*\d", re.IGNORECASE)


def lists_people(rows: Sequence[Sequence[str]]) -> bool:
    """A table of two columns, a person's name in the first of every row, but for a header, and words in the second."""
    names = [row[0] for row in rows if len(row) == 2 and all(cell.strip() and len(cell) <= _LONGEST for cell in row)]
    if len(names) < len(rows) or len(rows) < 2:
        return False
    people = [_is_name(without_letters(speakers.parse_label(name).name)) for name in names]
    return all(people[1:]) and (people[0] or len(rows) > 2)


def without_letters(name: str) -> str:
    """The name without letters after it: "Nora Ekdal KC"."""
    words = name.split()
    while len(words) > 2 and words[-1].strip(".,").replace(".", "").casefold() in _LETTERS:
        words.pop()
    return " ".join(words).rstrip(",")


_LETTERS = frozenset("kc qc mp msp mla mep md phd esq obe cbe mbe dbe kbe gbe dcb kcb ch frs fba".split())


def _listed(name: str, role: str) -> Listed:
    parsed = speakers.parse_label(without_letters(name.strip()))
    return Listed(parsed.name, role.strip(" .") or parsed.role or "")


def _is_name(text: str) -> bool:
    """Two to five words shaped like a name, after titles; no office among them."""
    words = [word for word in text.split() if not is_honorific(word)]
    return (
        2 <= len(words) <= 6
        and name_shaped(text.strip())
        and "," not in text
        and not any(word.casefold() in ("of", "the", "for", "and") for word in words)
        and not any(speakers.is_title(word) or any(ch.isdigit() for ch in word) for word in words)
    )
