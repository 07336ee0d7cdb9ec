"""Who is who across all transcripts: the persons of single transcripts to persons of the index.

Pure: from all appearances and the user's decisions to one canonical name for each appearance. The same appearances
and decisions give the same names, in whatever order they came. First the evidence (`qa.identity`) joins names that
score high enough, fuller names first, so that a short one finds whom it can mean; what could be two people's stays
apart. Then the decisions are applied, one after the other: they have the last word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from qa import identity, names, offices
from qa.decisions import flat
from qa.identity import Name
from qa.types import Action, Appearance, Decision, Ref
from qa.variants import Bearer, one_form

VERSION = "4"
"""Changes whenever the same appearances may get other names: an index settled by another version is settled anew."""

Place = tuple[str, str]
"""(transcript id, name in that transcript)."""


@dataclass(frozen=True)
class Registry:
    """The persons of an index.

    Attributes:
        names: for every appearance, its person's canonical name.
        aliases: canonical name -> the forms that the user gave.
    """

    names: Mapping[Place, str]
    aliases: Mapping[str, tuple[str, ...]]


def settle(appearances: Iterable[Appearance], decisions: Sequence[Decision] = ()) -> Registry:
    """Find the persons of an index.

    Args:
        appearances: of every transcript, in any order; names within a transcript are unique.
        decisions: of the user, in the order they were taken, those taken back left out.
    """
    known = sorted(appearances, key=lambda one: (one.transcript_id, one.name))
    persons = _Persons(known, *_by_evidence(known))
    for decision in flat(decisions):
        persons.apply(decision)
    return _named(persons)


def refs(appearances: Iterable[Appearance], canonical: str) -> tuple[Ref, ...]:
    """Whom a canonical name means now, in words that still mean them after reading the files again.

    A full name that is nobody else's stands for itself, in later transcripts too; any other name (a family name, a
    voice, an office) only in the transcripts it has now.
    """
    own: dict[str, list[str]] = {}
    shared: set[str] = set()
    voices: set[str] = set()
    for one in appearances:
        if one.canonical == canonical:
            own.setdefault(one.name, []).append(one.transcript_id)
            if _is_voice(one) or names.is_function(one.name):
                voices.add(one.name)
        else:
            shared.add(one.name)
    found: list[Ref] = []
    for name, transcripts in own.items():
        parsed = None if name in shared | voices else identity.parse(name)
        if parsed is not None and parsed.whole:
            found.append(Ref(None, name))
        else:
            found += [Ref(transcript, name) for transcript in transcripts]
    return tuple(sorted(found, key=lambda ref: (ref.name, ref.transcript or "")))


def _is_voice(one: Appearance) -> bool:
    return one.anonymous or names.is_voice(one.name)


# ------------------------------------------------------------------ by evidence


@dataclass
class _Cluster:
    """Bearers who are one person by the evidence so far."""

    names: set[Name] = field(default_factory=set)
    at: list[int] = field(default_factory=list)
    transcripts: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def take(self, one: Bearer) -> None:
        self.names.add(one.name)
        self.at += one.at.values()
        self.transcripts |= one.at.keys()
        self.roles |= one.roles

    def likeness(self, name: Name, spelt: Set[_Spelt]) -> int | None:
        """The best of any of its names; None where one of them rules the other out.

        Args:
            spelt: all full names of the family name; who is alike by ear only is somebody else where one of both
                scripts has another name that is spelt like theirs: "Олександр" is "Oleksandr", not "Aleksandr".
        """
        best = 0
        for own in self.names:
            points = identity.likeness(own, name)
            if points is None or (identity.by_ear(own, name) and _has_namesake(own, name, spelt)):
                return None
            best = max(best, points)
        return best


def _has_namesake(one: Name, other: Name, spelt: Set[_Spelt]) -> bool:
    scripts = names.script(one.family), names.script(other.family)
    return not (spelt.isdisjoint(_spelt(one, scripts[1])) and spelt.isdisjoint(_spelt(other, scripts[0])))


def _by_evidence(known: Sequence[Appearance]) -> tuple[list[list[int]], set[int]]:
    """The appearances of each person, as indices; and those whose name has the family name first."""
    found: list[list[int]] = []
    functions: list[int] = []
    plain: dict[str, list[int]] = defaultdict(list)
    bearers: dict[tuple[Name, str, str, int], Bearer] = {}
    for n, one in enumerate(known):
        if _is_voice(one):
            found.append([n])
            continue
        if names.is_function(one.name):
            functions.append(n)
            continue
        name = identity.parse(one.name, names.gender_of((one.name, *one.forms)))
        if name is None:
            plain[one.name].append(n)  # a pseudonym: whoever is called exactly so
            continue
        # Short names without an office are looked at one by one: each may be somebody else.
        kept = "" if name.whole else f"role {one.role}" if one.role else f"in {one.transcript_id}"
        place = (name, one.name.casefold(), kept, 0)
        while place in bearers and one.transcript_id in bearers[place].at:
            place = (*place[:3], place[3] + 1)  # "Bob Smith" and "BOB SMITH" of one transcript are two
        _add(bearers.setdefault(place, Bearer(name, one.name.casefold())), one, n)
    found += plain.values()
    families: dict[str, list[Bearer]] = defaultdict(list)
    one_form(list(bearers.values()))
    family_sounds = _Sounds(bearer.name.family for bearer in bearers.values())
    given_sounds = _Sounds(bearer.name.given[0] for bearer in bearers.values() if bearer.name.whole)
    for bearer in bearers.values():
        families[family_sounds[bearer.name.family]].append(bearer)
    for family in families.values():
        found += [cluster.at for cluster in _clusters(family, given_sounds)]
    _seat(functions, known, found)
    swapped = {n for one in bearers.values() if one.name.swapped for n in one.at.values()}
    return sorted(sorted(at) for at in found), swapped


def _add(bearer: Bearer, one: Appearance, n: int) -> None:
    bearer.at[one.transcript_id] = n
    bearer.nicknames |= identity.nicknames((one.name, *one.forms))
    bearer.surnames_alone |= names.calls_by_surnames(one.name, one.forms)
    if one.role:
        bearer.roles.add(one.role)


class _Sounds:
    """Words that may be one another, by one of the sounds of all that they may be: "Гриценко" links g to h."""

    def __init__(self, words: Iterable[str]) -> None:
        self._above: dict[str, str] = {}
        for word in set(words):
            roots = sorted({self._root(sound) for sound in names.sounds(word)})
            self._above.update(dict.fromkeys(roots[1:], roots[0]))

    def _root(self, sound: str) -> str:
        while (above := self._above.get(sound, sound)) != sound:
            sound = above
        return sound

    def __getitem__(self, word: str) -> str:
        return self._root(names.sound(word))


def _clusters(family: list[Bearer], given_sounds: _Sounds) -> list[_Cluster]:
    """The people of one family name."""
    family.sort(key=lambda one: one.order)
    spelt = {pair for one in family for pair in _spelt(one.name, names.script(one.name.family))}
    clusters: list[_Cluster] = []
    by_given: dict[str, list[_Cluster]] = defaultdict(list)
    by_initial: dict[str, list[_Cluster]] = defaultdict(list)
    for one in family:
        given, initial = given_sounds[one.name.given[0]] if one.name.whole else "", _initial(one.name)
        rivals = by_given[given] if given else by_initial[initial] if initial else clusters
        for part, home in _homes(one, rivals, spelt):
            if home is None:
                home = _Cluster()
                clusters.append(home)
                by_given[given].append(home)
                by_initial[initial].append(home)
            home.take(part)
    return clusters


_Spelt = tuple[str, str, str]


def _spelt(name: Name, script: str) -> Iterator[_Spelt]:
    """Script, given name and family name, in every spelling of a full name."""
    if name.whole:
        for given in names.spellings(name.given[0]):
            for family in names.spellings(name.family):
                yield script, given, family


# Letters that may be each other in another script ("Joe", "Джо"; "Yury", "Ю."), as far as one can begin a name.
_BEGINNINGS = {letter: group[0] for group in ("cdghjkqstxz", "aeiouyvw", "fp") for letter in group}


def _initial(name: Name) -> str:
    first = names.key(name.given[0])[:1] if name.given else ""
    return _BEGINNINGS.get(first, first)


def _homes(one: Bearer, clusters: Sequence[_Cluster], spelt: Set[_Spelt]) -> list[tuple[Bearer, _Cluster | None]]:
    """The person a bearer belongs to by the evidence, None for a person of its own; in parts where they differ."""
    possible: list[tuple[_Cluster, int]] = []
    for cluster in clusters:
        points = cluster.likeness(one.name, spelt)
        if points is not None:
            possible.append((cluster, points))
        if len(possible) > 1 and not one.roles and not one.name.whole:
            return [(one, None)]  # several bear the name, and there is nothing else to go by
    alone = identity.ALONE if len(possible) == 1 and not one.name.given else 0
    offices = [_offices(one.roles, cluster.roles) for cluster, _ in possible]
    scored = [points + alone + office for (_, points), office in zip(possible, offices, strict=True)]
    order = sorted(range(len(scored)), key=lambda n: -scored[n])
    if not order or scored[order[0]] < identity.BAR:
        return [(one, None)]
    if len(order) > 1 and scored[order[0]] - scored[order[1]] < identity.LEAD:
        apart = not one.name.whole and offices.count(identity.OFFICE) > 1  # whose of several, in every transcript anew
        return [(one.only([id]), None) for id in one.at] if apart else [(one, None)]
    best = possible[order[0]][0]
    # Two of one transcript are two people, its reader says.
    both = best.transcripts & one.at.keys()
    if not both:
        return [(one, best)]
    if one.name.whole or len(both) == len(one.at):
        return [(one, None)]
    return [(one.only(sorted(one.at.keys() - both)), best), (one.only(sorted(both)), None)]


def _offices(ours: set[str], theirs: set[str]) -> int:
    told = {identity.same_office(a, b) for a in ours for b in theirs} - {None}
    return identity.OFFICE if True in told else identity.OTHER_OFFICE if told else 0


def _seat(functions: Sequence[int], known: Sequence[Appearance], found: list[list[int]]) -> None:
    """Give functions ("The Chair") their persons: each its own, but for the office that one known person held then.

    An office that says where it is held ("President of Lunde") is the person's who was seen in it on that day, or
    before and after within a year, if nobody else was meanwhile.
    """
    held: dict[frozenset[str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = {n: office for n in functions if known[n].date and (office := offices.seat(known[n].name))}
    sought = set(wanted.values())
    for at, person in enumerate(found if wanted else ()):
        for one in (known[n] for n in person):
            if one.role and one.date and (office := offices.seat(one.role)) in sought:
                held[office][at].append(one.date)
    for n in functions:
        home = _holder(held[wanted[n]], known[n].date or "") if n in wanted else None
        taken = home is not None and known[n].transcript_id in {known[at].transcript_id for at in found[home]}
        if home is None or taken:
            found.append([n])
        else:
            found[home].append(n)


def _holder(days: Mapping[int, Sequence[str]], day: str) -> int | None:
    """Who of those seen in an office held it on a day, for sure."""
    fitting = [who for who, seen in days.items() if _was_seen(seen, day)]
    if len(fitting) != 1:
        return None
    first, last = min(days[fitting[0]]), max(days[fitting[0]])
    meanwhile = any(first <= one <= last for who, seen in days.items() if who != fitting[0] for one in seen)
    return None if meanwhile else fitting[0]


def _was_seen(days: Sequence[str], day: str) -> bool:
    """In the office on that day, or before and after it within a year: who is seen again later may have been out."""
    before, after = [one for one in days if one <= day], [one for one in days if one >= day]
    return bool(before and after) and int(min(after)[:4]) - int(max(before)[:4]) <= 1


# ------------------------------------------------------------------ by decision


@dataclass
class _Person:
    """A person of the index in the making.

    Attributes:
        at: indices of the appearances.
        name: given by the user; "" = the best of their own.
        aliases: given by the user.
        parted: split off by the user from somebody who keeps the name.
    """

    at: set[int]
    name: str = ""
    aliases: list[str] = field(default_factory=list)
    parted: bool = False


class _Persons:
    """All persons, as the decisions change them."""

    def __init__(self, known: Sequence[Appearance], found: Iterable[Sequence[int]], swapped: set[int]) -> None:
        self.known = known
        self.swapped = swapped
        self._all = [_Person(set(at)) for at in found]
        self._home = {n: person for person in self._all for n in person.at}

    @cached_property
    def _by_place(self) -> dict[Place, int]:
        return {(one.transcript_id, one.name): n for n, one in enumerate(self.known)}

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, one in enumerate(self.known):
            if not _is_voice(one):
                found.setdefault(one.name, []).append(n)
        return found

    @cached_property
    def family_first(self) -> set[str]:
        """Transcripts in which "Baszko, Tom" is a name: of somebody there it is sure, or "Tom Baszko" is they."""
        found = {one.transcript_id for one in self.known if "," in one.name and identity.surely_parted(one.name)}
        for person in self:
            called = {n: self.known[n].name for n in person.at}
            parted = [n for n, name in called.items() if "," in name and identity.given_first(name) != name]
            if any(_is_whole(name) for n, name in called.items() if n not in parted):
                found |= {self.known[n].transcript_id for n in parted}
        return found

    def __iter__(self) -> Iterator[_Person]:
        return iter([person for person in self._all if person.at])

    def apply(self, decision: Decision) -> None:
        """Carry a decision out, as far as those it means are here."""
        meant = [self._meant(decision, n) for n in range(len(decision.names))]
        if decision.action is Action.SPLIT:
            self._split(meant[0])
            return
        if decision.action is Action.MERGE:
            person = self._merge(meant)
            if person is not None:
                person.name = decision.names[0]
            return
        person = self._merge([meant[0], self._called(decision.names[1])])
        if person is None:
            return
        if decision.action is Action.RENAME:
            person.name = decision.names[1]
        elif decision.names[1] not in person.aliases:
            person.aliases.append(decision.names[1])

    def _meant(self, decision: Decision, n: int) -> list[int]:
        """Indices of the appearances that the n-th name of a decision means."""
        if not decision.persons:
            wanted = [Ref(None, decision.names[n])]
        elif n < len(decision.persons):
            wanted = list(decision.persons[n])
        else:
            return []
        found: list[int] = []
        for ref in wanted:
            if ref.transcript is not None:
                at = self._by_place.get((ref.transcript, ref.name))
                found += [] if at is None else [at]
            else:
                called = self._by_name.get(ref.name) or self._given(ref.name)
                found += [at for at in called if not self._home[at].parted] or called
        return found

    def _given(self, name: str) -> list[int]:
        """Those whom the user called so."""
        return [at for person in self if person.name == name for at in sorted(person.at)]

    def _called(self, name: str) -> list[int]:
        """Appearances under a full name: whoever is given it is they."""
        return self._by_name.get(name, []) if _is_whole(name) else []

    def _merge(self, groups: Sequence[Sequence[int]]) -> _Person | None:
        """Everybody meant becomes one, at the place of the first one meant; None where nobody is here."""
        homes = {id(self._home[n]): self._home[n] for group in groups for n in group}
        if not homes:
            return None
        first, *others = homes.values()
        for other in others:
            first.at |= other.at
            first.aliases += [form for form in (other.name, *other.aliases) if form and form not in first.aliases]
            first.name = first.name or other.name
            first.parted = first.parted and other.parted
            self._home.update(dict.fromkeys(other.at, first))
            other.at = set()
        return first

    def _split(self, meant: Sequence[int]) -> None:
        """Those meant become a person of their own."""
        new = _Person(set(meant), parted=True)
        for n in meant:
            self._home[n].at.discard(n)
        self._home.update(dict.fromkeys(meant, new))
        self._all.append(new)


# ------------------------------------------------------------------ names


def _named(persons: _Persons) -> Registry:
    """One name for each person, no two alike."""
    found = sorted(persons, key=lambda person: min(person.at))
    wanted: dict[str, list[_Person]] = defaultdict(list)
    for person in found:
        wanted[person.name or _given_first(persons, person, _best_name(persons, person))].append(person)
    chosen: dict[int, str] = {}
    taken = set(wanted)
    for name, bearers in wanted.items():
        keeper = _keeper(bearers)
        rest = [person for person in bearers if person is not keeper]
        if keeper is not None:
            chosen[id(keeper)] = name
        titled = [_titled(name, [persons.known[n] for n in person.at]) for person in rest]
        for person, title in zip(rest, titled, strict=True):
            alone = title and titled.count(title) == 1 and title not in taken
            chosen[id(person)] = title if alone else _placed(name, [persons.known[n] for n in person.at], taken)
            taken.add(chosen[id(person)])
    places: dict[Place, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for person in found:
        name = chosen[id(person)]
        for n in person.at:
            places[persons.known[n].transcript_id, persons.known[n].name] = name
        if person.aliases:
            aliases[name] = tuple(form for form in dict.fromkeys(person.aliases) if form != name)
    return Registry(places, aliases)


def _is_whole(name: str) -> bool:
    parsed = identity.parse(name)
    return parsed is not None and parsed.whole


def _keeper(bearers: Sequence[_Person]) -> _Person | None:
    """Who of those that would bear one name bears it plainly: whom the user called so, else the only one, if any."""
    named = [person for person in bearers if person.name]
    plain = named[:1] or [person for person in bearers if not person.parted] or list(bearers)
    return plain[0] if len(plain) == 1 else None


def _best_name(persons: _Persons, person: _Person) -> str:
    """The fullest form in the usual order; of several, the one of most transcripts."""
    if len({persons.known[n].name for n in person.at}) == 1:
        return persons.known[next(iter(person.at))].name
    here = [(persons.known[n], n in persons.swapped) for n in sorted(person.at)]
    here = [(one, swapped) for one, swapped in here if not _is_voice(one)] or here
    seen = Counter(one.name for one, _ in here)
    turns: Counter[str] = Counter()
    for one, _ in here:
        turns[one.name] += one.n_turns
    swapped_names = {one.name for one, swapped in here if swapped}
    latin = [name for name in seen if not name.isascii() and names.script(name) == "latin"]
    marked = {form for name in latin for form in (names.key(name), names.with_digraphs(name))}

    def rank(name: str) -> tuple[object, ...]:
        parsed = identity.parse(name)
        whole = parsed is not None and parsed.whole
        fullness = 0 if parsed is None or whole else parsed.fullness
        return (
            not whole, -fullness, name in swapped_names, name.isupper(), -seen[name],
            names.key(name) in marked and name.isascii(), -turns[name], names.script(name) != "latin", -len(name), name,
        )  # fmt: skip

    return min(seen, key=rank)


def _given_first(persons: _Persons, person: _Person, name: str) -> str:
    """ "Tom Baszko" for "Baszko, Tom", where that is sure; "Ekdal, Oslo" may name a town."""
    turned = identity.given_first(name)
    sure = turned != name and (
        identity.surely_parted(name) or any(persons.known[n].transcript_id in persons.family_first for n in person.at)
    )
    return turned if sure else name


def _titled(name: str, here: Sequence[Appearance]) -> str:
    """ "Mrs Smith" for a family name, where the labels agree on it; "" where they do not."""
    parsed = identity.parse(name)
    if parsed is None or parsed.given or parsed.gender:
        return ""
    firsts = {form.split()[0] for one in here for form in one.forms if form.split()}
    titles = {first.rstrip(".") for first in firsts if names.gender(first)}
    return f"{titles.pop()} {name}" if len(titles) == 1 else ""


def _placed(name: str, here: Sequence[Appearance], taken: set[str]) -> str:
    """The name with the earliest transcript it stands in."""
    first = min(here, key=lambda one: (one.date is None, one.date or "", one.transcript_id)).transcript_id
    placed = f"{name} ({first})"
    n = 2
    while placed in taken:
        placed = f"{name} ({first}, {n})"
        n += 1
    return placed
