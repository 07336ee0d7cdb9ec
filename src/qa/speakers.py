"""Many labels and mentions to one person: roles, aliases, initials, word order, misspellings.

A label such as "President of Kazakhstan Nursultan Nazarbayev" holds a role and a name; a later
"Mr Nazarbayev" or "Nazarbayev Nursultan" is the same person. Nothing here knows any real name: roles
are told by role nouns, names by their place, their capitals and where else the document has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from qa import identity
from qa.functions import ARTICLES, bare
from qa.identity import surnames
from qa.names import (
    GENERIC,
    HONORIFICS,
    PARTICLES,
    ROLE_NOUNS,
    clean,
    first_cases,
    function_of,
    gender,
    gender_of,
    is_function,
    is_honorific,
    is_particle,
    is_role_noun,
    is_voice,
    key,
    script,
    sound,
    spelling,
    spellings,
    title,
    titled,
    without_article,
    without_place,
    written_out,
)
from qa.offices import COUNTRIES, FORMER, LINKS, Offices, in_english, office, same_root
from qa.types import DatedRole, Person, PersonInfo

_BRACKETS = re.compile(r"\s*[(\[]((?:[^()\[\]]|\([^()]*\))*)[)\]]")

_COUNTED = re.compile(r"[^\W\d_][\w.-]{0,30} \(\d{1,3}\)")  # "iPad (3)": of two devices of that kind


# ------------------------------------------------------------------ one label


@dataclass(frozen=True, slots=True)
class Parsed:
    """A label taken apart.

    Attributes:
        name: the person's name, or the whole label when it holds none ("Project Manager").
        role: what the label calls them; None when it does not say.
        anonymous: the label names a role or a voice, no person.
        honorific: "mr", "dr" and the like, as far as it tells people of one surname apart.
        affiliation: a bracket with a party or a place, "Ottawa, Lib."
    """

    name: str
    role: str | None = None
    anonymous: bool = False
    honorific: str = ""
    affiliation: str = ""


def parse_label(label: str, evidence: str = "") -> Parsed:
    """Split a printed label into name and role.

    Args:
        label: as printed: "President of Russia Vladimir Putin", "The Chair (Hon. A. Rota)", "Bob Smith, CEO".
        evidence: text of the document in which names stand without their roles (persons, summary);
            it decides how many of the last words are the name.
    """
    text = written_out(" ".join(label.split()).strip(" :*"))
    if _COUNTED.fullmatch(text):
        return Parsed(text, anonymous=True)
    core = _BRACKETS.sub("", text).strip(" ,")
    notes = [match.group(1).strip() for match in _BRACKETS.finditer(text)]
    if not core:
        return Parsed(text, anonymous=True)
    inner = next((note for note in notes if _names_somebody(note)), None)
    if _all_role(core) and inner is None:
        office = text if not notes else core
        known = any(clean(word) in ROLE_NOUNS for word in office.split())
        return Parsed(office if known else _titlecase(office), anonymous=True)
    if inner is not None and (_all_role(core) or _is_office_of(core, inner)):
        parsed = parse_label(inner, evidence)
        return Parsed(parsed.name, _without_article(core), honorific=parsed.honorific)
    role_note = next((note for note in notes if _is_role_note(note)), None)
    name, comma, after = core.partition(",")
    if comma and _has_role_noun(after) and not _has_role_noun(name):
        return Parsed(_shown(name), after.strip())
    if comma and re.fullmatch(r"[A-Z' -]+", name) and len(after.split()) <= 2:
        return Parsed(_shown(core), role_note)
    found, name = _split_role(core, evidence)
    first = clean(name.split()[0])
    return Parsed(
        _shown(name),
        found or role_note,
        honorific=first if first in HONORIFICS else "",
        affiliation=next((note for note in notes if _is_affiliation(note)), ""),
    )


def _shown(name: str) -> str:
    """The name without forms of address, in small letters where it was all capitals: "Hon NORA EKDAL"."""
    stripped = _strip_honorifics(name)
    return _titlecase(stripped) if stripped.isupper() and not name.isupper() else _strip_honorifics(_titlecase(name))


def _titlecase(name: str) -> str:
    """MR. SMITH as Mr. Smith; mixed case and short codes ("AB", "SPEAKER_00") stay."""
    if any(ch.islower() for ch in name) or any(ch.isdigit() or ch == "_" for ch in name):
        return name
    if all(len(word.strip(".")) <= 3 for word in name.split()) and not any(is_honorific(w) for w in name.split()):
        return name
    return titled(" ".join(name.split()))


def _names_somebody(note: str) -> bool:
    every = _BRACKETS.sub("", note).split()
    words = [w for w in every if not is_honorific(w)]
    titled = len(words) == 1 and len(every) > 1 and is_honorific(every[0])  # (Mr. Odell)
    return (
        (len(words) >= 2 or titled)
        and all(w[0].isupper() or len(w) <= 3 for w in words if w not in LINKS)
        and not _all_role(note)
    )


def _is_office_of(core: str, note: str) -> bool:
    """ "The Minister of Works (Mr. Odell)": an office with its bearer in brackets."""
    office = re.match(r"(?i)the\s.*\s(?:of|for|to)\s", core)
    return bool(office) and _has_role_noun(core) and is_honorific(note.split()[0])


def _is_role_note(note: str) -> bool:
    """A bracket that tells an office or an affiliation, not how something was said."""
    return _has_role_noun(note) or bool(re.match(r"[A-ZА-Я][^,]*,\s*\S+", note))


def _is_affiliation(note: str) -> bool:
    """A bracket that tells a place or a party, not that or how somebody speaks on: "(Devamla)", "(V.O.)"."""
    return note[:1].isupper() and not _has_role_noun(note) and note.casefold().replace(".", "") not in _MANNERS


_MANNERS = frozenset(
    """devamla devam continuing continued cont'd cont’d contd vo os oc off on-screen interpretation interpreted
    translated remote remotely online zoom phone telephone video suite fortsetzung folytatva ciąg vervolg""".split()
) | {"via zoom", "by phone", "by telephone", "by video", "on camera", "off camera", "off mic", "through interpreter"}


def is_title(phrase: str) -> bool:
    """The phrase holds an honorific or the noun of an office: "the German chancellor", "Mr X"."""
    return any(is_honorific(word) or is_role_noun(word) for word in phrase.split())


def _has_role_noun(text: str) -> bool:
    return any(is_role_noun(word) for word in text.split())


def _all_role(core: str) -> bool:
    """No word of it is a name: "The Acting Chair", "Prime Minister", "Several hon. Members"."""
    words = [w for w in core.split() if clean(w) not in LINKS]
    if words and is_role_noun(words[-1]) and clean(words[-1]).endswith("s") and _all_called(words[:-1]):
        return True
    with_article = bool(words) and clean(core.split()[0]) == "the"
    return is_function(core) or (bool(words) and is_role_noun(words[-1]) and (len(words) == 1 or with_article))


def _all_called(words: Sequence[str]) -> bool:
    return bool(words) and all(clean(word) in _OF_SEVERAL for word in words)


_OF_SEVERAL = frozenset("some several many other all hon honourable honorable right rt".split())  # no "Mr": Mr. Deans


def _strip_honorifics(name: str) -> str:
    """The name without titles before it, "The Rt Hon The Lord Pell", nor letters behind it, "Ana Pell MP"."""
    parsed = identity.parse(name)
    parted = re.search(r",\s*\S+$", name) or (parsed is not None and parsed.swapped)
    words = name.split() if parted else name.replace(",", " ").split()
    while len(words) > 1 and (is_honorific(words[0]) or (clean(words[0]) == "the" and is_honorific(words[1]))):
        rest = words[1:]
        # "Professor C" is how an anonymised record names a person: the title is all there is.
        if len(rest) == 1 and len(rest[0].strip(".")) == 1:
            break
        words = rest
    return identity.without_degrees(" ".join(words))


def _split_role(core: str, evidence: str) -> tuple[str | None, str]:
    """Role and name of a label without brackets; the name is the end of it."""
    words = core.split()
    last = max((n for n, word in enumerate(words) if is_role_noun(word)), default=-1)
    if last < 0 or last == len(words) - 1:
        return None, core
    rest = words[last + 1 :]
    if (clean(rest[0]) in LINKS and clean(rest[0]) not in PARTICLES) or len(rest) > 3:
        size = _name_length(words, evidence)
        if len(words) - size <= last:
            size = len(words) - last - 1
        if size > 1 and clean(words[-size - 1]) in LINKS - PARTICLES:
            size -= 1  # "President of Kazakhstan N. Nazarbayev": the country is no name
    else:
        size = len(rest)
        # "Minister Trade Bob Brown" cannot be told from three names without evidence.
        if size == 3:
            size = _name_length(words, evidence) if _seen(words[-2:], evidence) and not _seen(rest, evidence) else 3
    if (size == 1 and len(rest[-1].strip(".")) == 1) or (not rest[-1][0].isupper() and rest[-1][0].isalpha()):
        return None, core
    if last == 0 and len(words) == 2 and clean(words[0]) in HONORIFICS:
        return None, core
    role = " ".join(words[: len(words) - size]).strip(" –-,")
    return _without_article(role), " ".join(words[-size:])


def _without_article(role: str) -> str:
    """ "The Chair" and "De voorzitter" as "Chair" and "voorzitter"."""
    first, _, rest = role.partition(" ")
    return rest if rest and bare(first) in ARTICLES else role


def _name_length(words: Sequence[str], evidence: str) -> int:
    """How many of the last words are the name: the longest ending the document has alone, else two."""
    for size in (4, 3, 2):
        if size < len(words) and not is_role_noun(words[-size]) and clean(words[-size]) not in LINKS | PARTICLES:
            previous = words[-size - 1]
            if _seen(words[-size:], evidence, not_after=previous):
                return size
    return min(usual_length(words), len(words) - 1)


def usual_length(words: Sequence[str]) -> int:
    """How many of the last words are a name by their looks: "Ana Lobo", "Ana B. Lobo", "Ana de la Torre"."""
    particles = 0
    while particles + 2 < len(words) and clean(words[-2 - particles]) in PARTICLES:
        particles += 1
    if particles:
        return particles + 2
    return 3 if len(words) > 3 and re.fullmatch(r"[^\W\d_]\.", words[-2]) else 2


def _seen(name: Sequence[str], evidence: str, not_after: str = "") -> bool:
    """The words stand together in the evidence, in this order or surname first, without `not_after`."""
    if not evidence:
        return False
    orders = [" ".join(name), " ".join([name[-1], *name[:-1]])]
    for order in orders:
        for match in re.finditer(rf"(?<!\w){re.escape(order)}(?!\w)", evidence):
            before = evidence[: match.start()].split()
            if not not_after or not before or before[-1] != not_after:
                return True
    return False


# ------------------------------------------------------------------ labels of one document


def assign(labels: Sequence[str], *, known: Iterable[str] = (), evidence: str = "") -> dict[str, Person]:
    """Give every printed label of one document its person.

    A short label goes to the one person it can belong to; when two could be meant it stays a person
    of its own, so that nobody's words are given to another.

    Args:
        labels: in the order they stand, repeats allowed.
        known: full names the page gives besides, in any word order ("Nazarbayev Nursultan").
        evidence: see `parse_label`.

    Returns:
        label as printed -> person; people who are the same are equal. Labels that name no one ("SPEAKER_00",
        "Question") are `anonymous`; an office ("The Chair") is not.
    """
    evidence = "\n".join([*known, evidence])
    parsed = _told_apart({label: parse_label(label, evidence) for label in labels})
    full: list[Person] = []
    home: dict[str, int] = {}
    other_order = {tuple(sorted(name_keys(name))) for name in known}
    for label in sorted(parsed, key=lambda text: (-_weight(parsed[text]), list(parsed).index(text))):
        here = parsed[label]
        at = _home(here, full, any_order=tuple(sorted(name_keys(here.name))) in other_order)
        if at is None:
            home[label] = len(full)
            full.append(Person(here.name, here.role, (), is_voice(label) or is_voice(here.name)))
        else:
            home[label] = at
            full[at] = replace(full[at], role=full[at].role or here.role)
    for label, at in home.items():
        forms = {*full[at].aliases, label, parsed[label].name}
        full[at] = replace(full[at], aliases=tuple(sorted(forms - {full[at].name})))
    for name in known:
        at = _home(Parsed(name), full, any_order=True)
        if at is not None and name not in (full[at].name, *full[at].aliases):
            full[at] = replace(full[at], aliases=tuple(sorted({*full[at].aliases, name})))
    return {label: full[home[label]] for label in parsed}


def _weight(parsed: Parsed) -> int:
    """Fuller names first, so that short labels find them."""
    return 0 if parsed.anonymous else sum(len(clean(word)) > 1 for word in parsed.name.split()) * 2 + bool(parsed.role)


def _told_apart(parsed: dict[str, Parsed]) -> dict[str, Parsed]:
    """People of one name whom their labels tell apart keep what does it: "Mr Smith" and "Mrs Smith"."""
    titles: dict[tuple[str, ...], set[str]] = {}
    homes: dict[tuple[str, ...], set[str]] = {}
    for one in parsed.values():
        keys = tuple(name_keys(one.name))
        if len(keys) == 1 and (called := _bench(one) or one.honorific):
            titles.setdefault(keys, set()).add(gender(called) or called)
        if one.affiliation:
            homes.setdefault(keys, set()).add(one.affiliation)
    found = {}
    for label, one in parsed.items():
        keys = tuple(name_keys(one.name))
        if one.affiliation and len(homes[keys]) > 1:
            one = replace(one, name=f"{one.name} ({one.affiliation})", role=None)
        elif len(titles.get(keys, ())) > 1 and (called := _bench(one) or one.honorific):
            one = replace(one, name=f"{called.capitalize()} {one.name}", anonymous=True)
        found[label] = one
    return found


def _bench(one: Parsed) -> str:
    """ "justice" for "Justice Odell", whom "Mr. Odell" addresses; "" for whoever is no judge."""
    last = clean((one.role or "").split()[-1]) if one.role else ""
    return last if last in ("justice", "judge") else ""


def _home(here: Parsed, people: Sequence[Person], *, any_order: bool = False) -> int | None:
    """The one person this label can belong to, or None."""
    same = next((n for n, person in enumerate(people) if person.name == here.name), None)
    if same is not None:
        return same
    if here.anonymous:
        wanted = _without_article(here.name.casefold())
        found = [n for n, p in enumerate(people) if wanted in ((p.role or "").casefold(), p.name.casefold())]
    else:
        found = [
            n
            for n, p in enumerate(people)
            # A label with an office and a bare name in another order are one; two bare names are two people.
            if same_name(here.name, p.name, any_order=any_order or bool(p.role) != bool(here.role))
        ]
        if len({p.name for p in people if "(" in p.name and name_keys(p.name) == name_keys(here.name)}) > 1:
            return None
        if "(" in here.name:
            found = []
        if len(found) > 1 and here.role:
            found = [n for n in found if people[n].role == here.role] or found
    return found[0] if len(found) == 1 else None


def same_name(one: str, other: str, *, any_order: bool = False) -> bool:
    """Two names that can be one person's: equal, initials, or the surname alone.

    "V. Putin" and "Putin" can be "Vladimir Putin"; "Grad A" is not "Grad B", "Anna" is not "Anna Bell".

    Args:
        any_order: "Putin Vladimir" is "Vladimir Putin", too; among speakers of one document it is not.
    """
    a, b = _comparable(one, other)
    if not a or not b:
        return one.casefold() == other.casefold()
    if a == b or (any_order and sorted(a) == sorted(b)):
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return len(a[0]) > 1 and len(b) > 1 and a[0] == b[-1] and len(b[-1]) > 1
    if a[-1] != b[-1] or len(a[-1]) == 1:
        return False
    return all(_fits(short, b[:-1]) for short in a[:-1])


def _comparable(one: str, other: str) -> tuple[list[str], list[str]]:
    """The words of two names: as written where both are in one foreign script, else in Latin letters."""
    if one.isascii() or other.isascii() or any("a" <= ch <= "z" for ch in (one + other).casefold()):
        return name_keys(one), name_keys(other)
    return _BRACKETS.sub("", one).casefold().replace(".", " ").split(), (
        _BRACKETS.sub("", other).casefold().replace(".", " ").split()
    )


def _fits(given: str, names: Sequence[str]) -> bool:
    return any(given == name or (min(len(given), len(name)) == 1 and given[0] == name[0]) for name in names)


def name_keys(name: str) -> list[str]:
    """The words of a name for comparison: small Latin letters, no marks, no honorifics.

    "Т.Карлсон" -> ["t", "karlson"].
    """
    bare = _BRACKETS.sub("", name)
    tokens = [key(without_article(token)) for token in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", bare)]
    kept = [token for token in tokens if token and token not in HONORIFICS]
    return kept or [token for token in tokens if token]


# ------------------------------------------------------------------ people named in running text


def people_in(text: str, aside: Iterable[str] = ()) -> list[Person]:
    """People whom a line of page text names with their role: "Presidential Aide Yury Ushakov".

    Args:
        text: page words, such as who attended.
        aside: names already known, left out here.
    """
    found: dict[str, Person] = {}
    chunk = r"(?:[^\W\d_][\w'’.-]*|of|the|and|for|–|&)"
    for match in re.finditer(rf"[A-ZА-ЯЁ][\w'’.-]*(?:[ –]+{chunk})*", text):
        for words in _capital_runs(match.group()):
            if not _has_role_noun(words):
                continue
            role, name = _split_role(words, text)
            if role and len(name.split()) >= 2 and not any(same_name(name, known) for known in aside):
                found.setdefault(name, Person(name, role, (f"{role} {name}",)))
    return list(found.values())


def _capital_runs(text: str) -> Iterable[str]:
    """Runs of capitalised words, kept together by "of the" and the like, cut where "and" parts two people."""
    run: list[str] = []
    words = text.split()
    for n, word in enumerate(words):
        linked = word in {"of", "the", "for", "and", "&", "–"} and bool(run)
        if linked and word == "and" and _is_whole(run):
            yield " ".join(run)
            run = []
        elif word[0].isupper() or (linked and n + 1 < len(words)):
            run.append(word.rstrip(",;."))
            if word[-1] in ",;." and len(word) > 2:
                yield _trim_links(run)
                run = []
        else:
            yield _trim_links(run)
            run = []
    yield _trim_links(run)


def _trim_links(run: Sequence[str]) -> str:
    words = list(run)
    while words and words[-1] in LINKS:
        words.pop()
    return " ".join(words)


def _is_whole(run: Sequence[str]) -> bool:
    """A run that already holds a role and, after it, two words of a name."""
    last = max((n for n, word in enumerate(run) if is_role_noun(word)), default=-1)
    rest = run[last + 1 :]
    links = [n for n, word in enumerate(rest) if word in LINKS]
    # After "Minister of" at least one word is the office's.
    return last >= 0 and (len(rest) - links[-1] - 1 >= 3 if links else len(rest) >= 2)


# ------------------------------------------------------------------ people named in a question


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a question.

    Attributes:
        start, end: characters of the question.
        names: canonical names it can mean; several when it cannot be told apart.
        score: how sure, in (0, 1].
        how: "name", "part", "role" or "spelling".
        text: the words of the question.
        shown: the one person's name in the script of the question, where the index has it in that; else canonical.
    """

    start: int
    end: int
    names: tuple[str, ...]
    score: float
    how: str
    text: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    keys: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    roles: tuple[tuple[str, ...], ...]
    gender: str
    titles: frozenset[str]


class Directory:
    """Everybody an index knows, to be found in the words of a question.

    Args:
        people: canonical name -> (roles, aliases).
        dated: canonical name -> roles with the days of the transcripts they stand in.
    """

    def __init__(
        self,
        people: Mapping[str, tuple[Sequence[str], Sequence[str]]],
        dated: Mapping[str, Sequence[DatedRole]] | None = None,
    ) -> None:
        self._known = [_known(name, roles, aliases) for name, (roles, aliases) in people.items()]
        self._people = {person.name: person for person in self._known}
        self._aliases = {name: aliases for name, (_, aliases) in people.items()}
        self._offices = Offices({person.name: person.roles for person in self._known}, {} if dated is None else dated)
        self._by_form: dict[tuple[str, ...], set[str]] = {}
        self._by_word: dict[str, set[str]] = {}
        for person in self._known:
            for form in person.forms:
                self._by_form.setdefault(form, set()).add(person.name)
            for word in person.keys:
                if word not in GENERIC and (len(word) > 1 or person.keys[0] in GENERIC | HONORIFICS):
                    self._by_word.setdefault(word, set()).add(person.name)
        self._longest = max((len(form) for form in self._by_form), default=0)

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The words of names by their first letter."""
        found: dict[str, list[str]] = {}
        for word in self._by_word:
            found.setdefault(word[0], []).append(word)
        return found

    def _words(self) -> Iterable[tuple[str, str]]:
        """(name, word as written) of all that tells somebody apart."""
        for name in self._people:
            words = map(without_article, _name_words(name))
            yield from ((name, word) for word in words if len(word) > 2 and key(word) in self._by_word)

    @cached_property
    def _by_spelling_key(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, word in self._words():
            for form in spellings(word):
                found.setdefault(form, set()).add(name)
        return found

    @cached_property
    def _by_sound(self) -> dict[tuple[str, str], set[str]]:
        """Names by sound and script."""
        found: dict[tuple[str, str], set[str]] = {}
        for name, word in self._words():
            if len(sound(word)) >= _HEARD:
                found.setdefault((sound(word), script(word)), set()).add(name)
        return found

    @cached_property
    def _by_family(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._people:
            for word in self._families(name):
                found.setdefault(key(word), set()).add(name)
        return found

    @cached_property
    def _first_names(self) -> frozenset[str]:
        """The given names that people are called by, as `key` gives them."""
        parsed = (identity.parse(name) for name in self._people)
        return frozenset(key(one.given[0]) for one in parsed if one and one.whole and one.given[0] not in surnames(one))

    def _families(self, name: str) -> tuple[str, ...]:
        """What may be somebody's family name; one in the middle, "María García López", if it is nobody's first name."""
        parsed = identity.parse(name)
        if parsed is None:
            return ()
        middle = [word for word in parsed.given[1:] if len(word) > 2 and key(word) not in self._first_names]
        return (*surnames(parsed), *middle)

    @property
    def names(self) -> tuple[str, ...]:
        """Every canonical name."""
        return tuple(person.name for person in self._known)

    def gender(self, name: str) -> str:
        """ "m" or "f" where the labels' honorifics tell it, else ""."""
        person = self._people.get(name)
        return person.gender if person else ""

    def find(
        self, text: str, since: str | None = None, until: str | None = None, among: Set[str] | None = None
    ) -> list[Mention]:
        """People named in a text by full name, part of a name, role or near spelling; no overlaps.

        Args:
            since, until: ISO days, both inclusive, at which somebody named by an office held it.
            among: the persons an office can mean, those of the transcripts in question; None = everybody.
                A name means whoever bears it.
        """
        tokens = _tokens(text)
        found: list[Mention] = []
        taken: set[int] = set()
        by_role = partial(self._by_role, since=since, until=until, among=among)
        by_full_name = partial(
            self._by_full_name,
            among=among,
            holders=partial(self._offices.holders, since=since, until=until, among=among),
        )
        for finder in (self._by_initials, by_full_name, by_role, self._by_part, self._by_spelling):
            for first, last, names, score, how in finder(tokens, text):
                span = set(range(first, last + 1))
                if not span & taken:
                    taken |= span
                    found.append(Mention(tokens[first].start, tokens[last].end, tuple(sorted(names)), score, how))
        found = _merge_neighbours(sorted(found, key=lambda m: m.start), text)
        ends = [0, *(mention.end for mention in found)]
        full = [self._with_honorific(mention, tokens, end) for mention, end in zip(found, ends, strict=False)]
        limits = [*(mention.start for mention in full[1:]), len(text)]
        full = [_with_trade(mention, tokens, text, limit) for mention, limit in zip(full, limits, strict=False)]
        return [self._with_words(mention, text[mention.start : mention.end]) for mention in full]

    def _with_words(self, mention: Mention, text: str) -> Mention:
        shown = self._in_script(mention.names[0], script(text)) if len(mention.names) == 1 else ""
        return replace(mention, text=text, shown=shown)

    def _in_script(self, name: str, wanted: str) -> str:
        """The name as transcripts of that script have it: what is said of a person there holds that form."""
        if script(name) == wanted:
            return name
        forms = [(identity.parse(form), form) for form in self._aliases[name] if script(form) == wanted]
        own = [(parsed.whole, parsed.fullness, form) for parsed, form in forms if parsed is not None]
        return max(own)[2] if own else name

    def nearest(self, name: str, limit: int = 3, among: Set[str] | None = None) -> tuple[str, ...]:
        """The canonical names most like `name`, best first; only those it may be a slip for.

        Args:
            among: the persons to choose from; None = everybody.
        """
        wanted = " ".join(name_keys(name))
        parts = {*name_keys(name), *name_keys(name.replace("-", " "))}
        scored = []
        for person in self._known:
            if among is not None and person.name not in among:
                continue
            whole = fuzz.ratio(wanted, " ".join(person.keys))
            part = max((fuzz.ratio(w, k) for w in parts for k in person.keys if len(k) > 2), default=0.0)
            scored.append((-max(whole, part), person.name))
        return tuple(n for score, n in sorted(scored)[:limit] if score <= -_ALIKE)

    def rivals(self, mention: Mention) -> tuple[str, ...]:
        """The different persons of whom a mention means one and does not tell which; empty when it does.

        People of one family name, people of one full name, voices under one label. Offices and labels of several
        people ("A and B") are no rivals; of people who share a first name each may be meant.
        """
        if mention.how == "role" or (mention.how == "spelling" and mention.text.endswith("s")):  # "the Smiths"
            return ()
        spoken = [form for word in _name_words(mention.text) for form in first_cases(without_article(word))]
        words = frozenset[str]().union(*map(spellings, spoken))
        slip, formal = mention.how == "spelling", _is_formal(mention.text)
        alike = [
            name
            for name in mention.names
            if _bears(name, self._families(name), words, misspelt=slip) or (formal and identity.parse(name))
        ]
        return tuple(sorted(alike, key=lambda name: (_is_bare(name), name))) if len(alike) > 1 else ()

    def resolve(self, name: str, *, exact: bool = False) -> tuple[str, ...]:
        """The people a filter such as `speaker="Nazarbayev"` means; empty when nobody.

        Args:
            exact: neither offices nor near spellings count.
        """
        wanted = name.strip()
        if wanted in self._people:
            return (wanted,)
        folded = [p.name for p in self._known if p.name.casefold() == wanted.casefold()]
        if folded:
            return tuple(folded)
        keys = tuple(name_keys(wanted))
        if keys in self._by_form:
            return tuple(sorted(self._by_form[keys]))
        mentions = [m for m in self.find(wanted) if m.how != "role" or m.score >= 0.6]
        if exact:
            mentions = [m for m in mentions if m.how in {"name", "part"}]
        if len(mentions) != 1:
            return ()
        if mentions[0].how == "role":
            return mentions[0].names
        rest = name_keys(wanted[: mentions[0].start] + " " + wanted[mentions[0].end :])
        fitting = [p.name for p in self._known if p.name in mentions[0].names and all(_fits(k, p.keys) for k in rest)]
        return tuple(sorted(fitting))

    # -- finders: (first token, last token, names, score, how), best first

    def _by_initials(self, tokens: list[_Token], text: str) -> Iterable[_Found]:
        """ "V. V. Petrov", "Петров В. В.": those whose given names agree with every initial."""
        for n, token in enumerate(tokens):
            if (
                len(token.key) < 3
                or not token.text[0].isupper()
                or is_role_noun(token.text)
                or is_honorific(token.text)
            ):
                continue
            initials = list(takewhile(partial(_is_initial, text=text), reversed(tokens[:n])))[::-1]
            first, last = n - len(initials), n
            if not initials:
                initials = list(takewhile(partial(_is_initial, text=text), tokens[n + 1 :]))
                last = n + len(initials)
            if initials and (names := self._called(". ".join(one.text for one in initials), token)):
                yield first, last, names, 1.0, "name"

    def _called(self, initials: str, family: _Token) -> set[str]:
        """Who may be meant by initials and a family name: of several, those whose names tell all of them."""
        fuller, others = set[str](), set[str]()
        spoken_of = (identity.parse(f"{initials}. {form}") for form in first_cases(family.text))
        for spoken in filter(None, spoken_of):
            bearers = (self._by_spelling_key.get(one, ()) for one in spellings(spoken.family))
            for name in set[str]().union(*bearers):
                own = self._of_family(name, spoken.family)
                told = max((len(one.given) for one in own), default=0)
                if told and all(identity.likeness(one, spoken) for one in own):
                    (fuller if told >= len(spoken.given) else others).add(name)
        return fuller or others

    def _of_family(self, name: str, family: str) -> list[identity.Name]:
        """Somebody's forms that have that family name."""
        parsed = (identity.parse(form) for form in (name, *self._aliases[name]))
        return [one for one in parsed if one and identity.word_gap(one.family, family) is not None]

    def _by_full_name(
        self,
        tokens: list[_Token],
        text: str,
        among: Set[str] | None,
        holders: Callable[[Sequence[str]], tuple[set[str], float]],
    ) -> Iterable[_Found]:
        for size in range(min(self._longest, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                run = tokens[first : first + size]
                names = self._by_form.get(tuple(t.key for t in run))
                if names and size == 1 and any(identity.parse(name) for name in names):
                    names = names | self._by_family.get(run[0].key, set())  # "Smith" is one, "Bob Smith" another
                if names and size == 1:
                    names = self._fitting(tokens, first, first, names, text) if _credible(run[0], text) else set()
                if names and all(map(function_of, names)):
                    called, score = holders([t.key for t in run if t.key not in LINKS])
                    names = names | called if score == 1 else names  # whoever is called "The Chair", and who was Chair
                    names = (names & among if among is not None else names) or names
                if names:
                    yield first, first + size - 1, names, 1.0, "name"

    def _by_part(self, tokens: list[_Token], text: str) -> Iterable[_Found]:
        found: list[_Found] = []
        for n, token in enumerate(tokens):
            names = self._by_word.get(token.key, set()) | self._spelt_otherwise(token, text)
            if names and _credible(token, text):
                found.append((n, n, names, 0.9, "part"))
        # "Bob Smith" beside "Smith" of another first name: neighbours must agree, and narrow each other.
        merged: list[_Found] = []
        for item in found:
            if merged and item[0] == merged[-1][1] + 1 and item[2] & merged[-1][2]:
                before = merged.pop()
                item = (before[0], item[1], item[2] & before[2], 1.0, "part")
            merged.append(item)
        for first, last, names, score, how in merged:
            fitting = self._fitting(tokens, first, last, names, text)
            if fitting:
                yield first, last, fitting, score, how

    def _fitting(self, tokens: list[_Token], first: int, last: int, names: set[str], text: str) -> set[str]:
        """Those of some persons whom the words around tokens `first` to `last` do not rule out."""
        return self._of_that_surname(tokens, last, self._of_that_given_name(tokens, first, names), text)

    def _of_that_given_name(self, tokens: list[_Token], first: int, names: set[str]) -> set[str]:
        """Without those whom another given name before the surname rules out ("Boris Smith")."""
        before = tokens[first - 1] if first else None
        after_verb = first > 1 and tokens[first - 2].key in _AUXILIARIES
        if before is None or not (_is_given_name(before, tokens[first]) or (after_verb and _may_be_name(before))):
            return names
        return {name for name in names if self._may_be_called(before.key, self._people[name])}

    def _of_that_surname(self, tokens: list[_Token], last: int, names: set[str], text: str) -> set[str]:
        """Without those whom another surname after the given name rules out ("Mark Twain" is no Mark Reckless)."""
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        if after is None or not _is_surname(tokens[last], after, text):
            return names
        spoken = tokens[last].key
        family = {name: self._people[name].keys[-1] for name in names if self._people[name].keys}
        return {
            name
            for name in names
            if spoken == family.get(name)
            or _close(spoken, family.get(name, ""))
            or self._may_be_called(after.key, self._people[name])
        }

    def _may_be_called(self, given: str, person: _Known) -> bool:
        if len(person.keys) == 1 or (given == "al" and _HAS_ARTICLE.search(person.name)):
            return True
        in_role = any(same_root(given, word) for role in person.roles for word in role)
        return in_role or _fits(given, person.keys) or any(_close(given, k) for k in person.keys)

    def _by_spelling(self, tokens: list[_Token], text: str) -> Iterable[_Found]:
        for n, token in enumerate(tokens):
            if len(token.key) < 4 or token.key in GENERIC or token.key in _COMMON or token.key in self._by_word:
                continue
            if token.text.islower() and (len(token.key) < _SURE or not _where_names_stand(tokens, n)):
                continue  # "take" is no misspelt "Tako"
            if alike := self._heard_alike(token):
                yield n, n, alike, 0.7, "spelling"
                continue
            near = [word for word in self._by_letter.get(token.key[0], ()) if _close(token.key, word)]
            if near:
                best = max(near, key=lambda word: (fuzz.ratio(token.key, word), word))
                fitting = self._fitting(tokens, n, n, self._by_word[best], text)
                if fitting:
                    yield n, n, fitting, fuzz.ratio(token.key, best) / 100, "spelling"

    def _spelt_otherwise(self, token: _Token, text: str) -> set[str]:
        """A name in other letters or in another case: "Nazarbaev", "Назарбаев", "Путину"."""
        if len(token.key) < 3 or not (token.text[:1].isupper() or text[1:] == text[1:].lower()):
            return set()
        for form in first_cases(without_article(token.text)):
            spelt = [self._by_spelling_key[one] for one in spellings(form) if one in self._by_spelling_key]
            if spelt:
                return set().union(*spelt)
        return set()

    def _heard_alike(self, token: _Token) -> set[str]:
        """A name that went into the other script by ear: "Трампу" for "Trump"."""
        if not token.text[:1].isupper():
            return set()
        other = {"latin": "cyrillic", "cyrillic": "latin"}.get(script(token.text), "")
        for form in first_cases(token.text):
            if names := self._by_sound.get((sound(form), other)):
                return names
        return set()

    def _by_role(
        self,
        tokens: list[_Token],
        text: str,
        since: str | None = None,
        until: str | None = None,
        among: Set[str] | None = None,
    ) -> Iterable[_Found]:
        for first, last in _role_runs(tokens):
            wanted = [t.key for t in tokens[first : last + 1] if t.key not in LINKS and t.key != "the"]
            names, score = self._offices.holders(wanted, since, until, among)
            if not names and script(tokens[last].text) == "cyrillic":
                english = in_english(token.text for token in tokens[first : last + 1])
                names, score = self._offices.holders(english, since, until, among)
            if names:
                yield first, last, names, score, "role"

    def _with_honorific(self, mention: Mention, tokens: list[_Token], after: int) -> Mention:
        """Takes in "Mr", "van" or "the President" that stands before the name, but not before `after`."""
        start = mention.start
        for token in reversed([t for t in tokens if t.end < mention.start or t.end == mention.start - 1]):
            titled = is_honorific(token.text) or is_role_noun(token.text) or token.key in PARTICLES
            if (
                token.start < after
                or start - token.end > 2
                or not (titled or (token.key == "the" and start != mention.start))
            ):
                break
            start = token.start
            mention = self._of_that_gender(mention, gender(token.text))
            mention = self._of_that_title(mention, title(token.text))
        return replace(mention, start=start)

    def _of_that_gender(self, mention: Mention, wanted: str) -> Mention:
        """Of several, those who may be called "Mrs"."""
        if not wanted or len(mention.names) < 2:
            return mention
        fitting = [name for name in mention.names if self._people[name].gender in (wanted, "")]
        sure = [name for name in fitting if self._people[name].gender == wanted]
        return replace(mention, names=tuple(sure or fitting or mention.names))

    def _of_that_title(self, mention: Mention, wanted: str) -> Mention:
        """Of several, those whose labels bear that title out: "Professor"."""
        if not wanted or len(mention.names) < 2:
            return mention
        fitting = tuple(name for name in mention.names if wanted in self._people[name].titles)
        return replace(mention, names=fitting or mention.names)


def _is_initial(token: _Token, text: str) -> bool:
    """ "V.", "Дж." as a word of its own."""
    short = len(token.text) == 1 or (len(token.text) == 2 and script(token.text) == "cyrillic")
    return short and token.text[0].isupper() and text[token.end : token.end + 1] == "."


_HAS_ARTICLE = re.compile(r"\b[ae]l[ -]", re.IGNORECASE)


def _bears(name: str, families: Sequence[str], words: Set[str], *, misspelt: bool) -> bool:
    """One of the words, as `spelling` gives them, is one of the family names; or the name is a voice's."""
    if not families:
        return is_voice(without_place(name))
    written = [spelling(family) for family in families]
    alike = (_close(word, family) or sound(word) == sound(family) for word in words for family in written)
    return any(not spellings(family).isdisjoint(words) for family in families) or (misspelt and any(alike))


def _is_formal(text: str) -> bool:
    """ "Ms Nagy" calls by the family name, wherever it stands in "Nagy Anna"; "Sir Bob", "Dr Bob" may not."""
    words = text.split()
    return len(words) == 2 and bool(gender(words[0])) and not title(words[0])


def _is_bare(name: str) -> bool:
    """A family name is all there is: whose it is, only the transcript tells."""
    parsed = identity.parse(name)
    return parsed is not None and not parsed.given


def told_apart(person: PersonInfo) -> str:
    """Somebody as one of several of a name: with the office or, where all there is is a family name, the transcript."""
    if person.roles:
        return f"{person.name} ({person.roles[0]})"
    if person.transcripts and _is_bare(person.name) and "(" not in person.name:
        return f"{person.name} ({person.transcripts[0]}{', …' if len(person.transcripts) > 1 else ''})"
    return person.name


_Found = tuple[int, int, set[str], float, str]


_TRADES = frozenset("expert specialist consultant".split())


def _with_trade(mention: Mention, tokens: list[_Token], text: str, limit: int) -> Mention:
    """Takes in the trade after the name of somebody known by their field, up to `limit`: "the Marketing expert"."""
    after = next((token for token in tokens if token.start >= mention.end), None)
    if after is None or after.end > limit or text[mention.end : after.start] != " ":
        return mention
    if after.key in _TRADES or is_role_noun(after.text):
        return replace(mention, end=after.end)
    return mention


_AUXILIARIES = frozenset("did does do has have had will would".split())


_SURE = 5  # letters; a shorter word in small letters is rather a word than a misspelt name


def _where_names_stand(tokens: Sequence[_Token], n: int) -> bool:
    """A small-letter word is a misspelt name only where a name may stand: "did nazarbaev", "mr nazarbaev"."""
    before = tokens[n - 1] if n else None
    return (
        before is None
        or before.key in _BEFORE_NAMES | HONORIFICS
        or is_role_noun(before.text)
        or (n > 1 and tokens[n - 2].key in _AUXILIARIES)
    )


_BEFORE_NAMES = frozenset("did does do has have had will would by from что как".split())


def _may_be_name(token: _Token) -> bool:
    """A word between "did" and a surname that is neither a title nor a function word."""
    return (
        len(token.key) > 1
        and token.key not in GENERIC | HONORIFICS | _NOT_ADJECTIVE
        and not (is_role_noun(token.text) or is_particle(token.text))
        and token.text.casefold() not in {"also", "ever", "then", "even", "again"}
    )


def _is_given_name(before: _Token, surname: _Token) -> bool:
    return (
        surname.text[:1].isupper()
        and before.text[:1].isupper()
        and before.start > 0
        and before.end + 1 == surname.start
        and before.key not in GENERIC | HONORIFICS | _NOT_ADJECTIVE
        and not is_role_noun(before.text)
        and not is_particle(before.text)
    )


def _is_surname(given: _Token, after: _Token, text: str) -> bool:
    """A capitalised word right after a name, in a text that is not capitalised throughout."""
    words = text.split()
    return (
        text[given.end : after.start] == " "
        and given.text[:1].isupper()
        and after.text[:1].isupper()
        and len(after.key) > 1
        and after.key not in GENERIC | HONORIFICS | _NOT_ADJECTIVE
        and not is_role_noun(after.text)
        and sum(word[:1].isupper() for word in words) * 3 < len(words) * 2
    )


def _merge_neighbours(mentions: list[Mention], text: str) -> list[Mention]:
    """ "President" beside "Smith" is one mention, of those whom both can mean; the name wins a quarrel."""
    merged: list[Mention] = []
    for mention in mentions:
        before = merged[-1] if merged else None
        between = text[before.end : mention.start].split() if before else []
        adjacent = before is not None and all(word.casefold() in PARTICLES for word in between)
        office = text[mention.start : mention.end]
        if before is not None and adjacent and before.how == "name" and office.islower() and is_role_noun(office):
            # "the User Interface designer": the label, and what such a person is called.
            merged[-1] = replace(before, end=mention.end)
            continue
        both = tuple(sorted(set(before.names) & set(mention.names))) if before else ()
        joins = before is not None and adjacent and (both or before.how == "role")
        if before is None or not joins:
            merged.append(mention)
            continue
        merged[-1] = replace(mention, start=before.start, names=both or mention.names)
    return merged


_COMMON = frozenset(
    """about there their these those where which would could should think thought said says tell told mention
    mentioned discuss discussed meeting question answer trade there other after before project people president
    minister country countries relation relations economy visit visited what when will with during into from this
    that have been were does putting market marking marked million billion percent""".split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    key: str
    start: int
    end: int


# "O'Rourke" and "D’Arcy" are one word, as in the keys of names; "don't" and "Nora's" are two.
_TOKEN = re.compile(r"(?:\b[ODod]['’](?=[^\W\d_]{3}))?[^\W_]+(?:[-][^\W_]+)*")


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.casefold() == "s" and match.start() and text[match.start() - 1] in "'’":
            continue
        found.append(_Token(word, key(without_article(word)), match.start(), match.end()))
    return found


def _known(name: str, roles: Sequence[str], aliases: Sequence[str]) -> _Known:
    forms = {tuple(name_keys(form)) for form in (name, *aliases)} | {tuple(_plain_keys(name))}
    keys = tuple(name_keys(name))
    if len(keys) > 1:
        forms.add((keys[-1], *keys[:-1]))
        if len(keys) > 2:
            forms.add((keys[0], keys[-1]))
        if (parsed := identity.parse(name)) and parsed.surnames and parsed.given and not parsed.swapped:
            forms.add(keys[len(parsed.given) :])  # "Ortega y Gasset"
    own_roles = {office(role) for role in roles if role}
    if not any(is_role_noun(k) for k in _plain_keys(name)):
        own_roles |= {r for form in aliases if _has_role_noun(form) for r in _roles_in(form, keys)}
    good = tuple(f for f in forms if f and (len(f) > 1 or len(f[0]) > 1 or len(keys) == 1))
    titles = frozenset(title(word) for form in (name, *aliases) for word in _titles_before(form)) - {""}
    return _Known(name, keys, good, tuple(sorted(r for r in own_roles if r)), gender_of((name, *aliases)), titles)


def _titles_before(form: str) -> Iterable[str]:
    """The words of a label before its first word that is no title."""
    return takewhile(lambda word: is_title(word) or clean(word) == "the", form.split())


_ALIKE = 70  # of 100, of the letters: "Bowden" is no slip for "Jordan" (67), "Smit" is one for "Smith" (89)
_HEARD = 3  # consonants; a name of fewer sounds like too many others


def _name_words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", _BRACKETS.sub("", name))


def _roles_in(form: str, keys: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The role words of a label such as "The Chair (Hon. Anthony Rota)"."""
    plain = _plain_keys(_BRACKETS.sub("", form))
    words = [k for k in plain if k not in LINKS and k not in keys and k not in HONORIFICS]
    if any(is_role_noun(word) for word in words):
        yield tuple(words)


def _plain_keys(text: str) -> list[str]:
    return [k for k in (key(token) for token in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)) if k]


def _credible(token: _Token, text: str) -> bool:
    """A word that is also a name counts when it is written like one, or nothing here is."""
    if len(token.key) == 1 and (not token.text.isupper() or token.start == 0):
        return False
    if token.text[:1].isupper() or any(ch.isdigit() for ch in token.text):
        return True
    rest = text[1:]
    return rest == rest.lower() or token.key not in _COMMON


def _close(one: str, other: str) -> bool:
    """Misspelt at most: one slip in four to six letters, two in more; the first letter holds."""
    size = min(len(one), len(other))
    if size < 4 or one[0] != other[0]:
        return False
    slips = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    return bool(slips <= (1 if size <= 6 else 2))


def _role_runs(tokens: list[_Token]) -> Iterable[tuple[int, int]]:
    """Token ranges that can be a role: words around a role noun, with "of the country" after it."""
    n = 0
    while n < len(tokens):
        if not is_role_noun(tokens[n].text):
            n += 1
            continue
        last = n
        while last + 1 < len(tokens) and is_role_noun(tokens[last + 1].text):
            last += 1
        first = n
        russian = script(tokens[n].text) == "cyrillic"  # verbs stand before, countries behind: "сказал президент Лунды"
        while first > 0 and (tokens[first - 1].key in FORMER if russian else _describes(tokens[first - 1])):
            first -= 1
        stop = last
        while russian and stop + 1 < len(tokens) and tokens[stop + 1].text.casefold() in COUNTRIES:
            stop += 1
        if last + 2 < len(tokens) and tokens[last + 1].key in {"of", "for"}:
            stop = last + 2
            while stop + 1 < len(tokens) and stop - last < 8 and _goes_on(tokens[stop], tokens[stop + 1]):
                stop += 1
        if first > 0 and tokens[first - 1].key == "the":
            first -= 1
        yield first, stop
        n = stop + 1


def _goes_on(token: _Token, following: _Token) -> bool:
    """The name of an office or a country is not finished: "of the United", "of Industry and"."""
    return token.key in {"the", "and"} or following.text[0].isupper() or following.key == "of"


def _describes(token: _Token) -> bool:
    """An adjective of a role: "Kazakh", "prime", "foreign", "user interface"."""
    return token.key not in _NOT_ADJECTIVE and token.key not in LINKS and token.key not in HONORIFICS


_NOT_ADJECTIVE = frozenset(
    """each every these those which what who whom whose when where why how did does do is was were are has have had
    the a an his her their our your my about on to by from with and or say said says think thought tell told
    ask asked mr mrs ms if that this according whether as than then so any both two all will would could
    should i he she they we you it because but between regarding thank thanked thanks""".split()
)
