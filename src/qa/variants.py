"""Names seen in several forms get one, before they are compared: what only all names together can tell.

"Ekdal Nora" and "Nora Ekdal", "Sra. Ruiz Vega" and "Ana Ruiz Vega", "Kim Min-jun" and "Min Jun Kim", "Mueller" and
"Muller" where a "Müller" stands between them, "Bill Okafor" where somebody is William "Bill" Okafor. A name is
changed only where nobody of the other form stands in the same transcript: two of one transcript are two people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qa import identity, names
from qa.identity import Name


@dataclass(eq=False)
class Bearer:
    """Appearances that the evidence cannot tell apart, decided on together.

    Attributes:
        name: theirs, in the one form.
        at: transcript -> index of the appearance there.
        roles: what they are called.
        nicknames: those that labels put beside the given name.
        surnames_alone: a label calls them by what may be family names alone: "Sra. Ruiz Vega".
    """

    name: Name
    written: str
    at: dict[str, int] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    nicknames: set[str] = field(default_factory=set)
    surnames_alone: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """Those that tell more come first."""
        return (
            not self.name.whole, -self.name.fullness, not self.name.gender, not self.name.mark, not self.roles,
            -len(self.at), self.written, min(self.at),
        )  # fmt: skip

    def only(self, transcripts: Iterable[str]) -> Bearer:
        """Its appearances in some transcripts."""
        return replace(self, at={id: self.at[id] for id in transcripts})


def one_form(bearers: Sequence[Bearer]) -> None:
    """Give names in several forms one, in place; whatever the order of the bearers, the same."""
    for settle in (_nicknames, _surnames_alone, _syllables, _order, _umlauts):
        settle(bearers)


def _rewrite(one: Bearer, name: Name, others: Iterable[Bearer]) -> None:
    """Give somebody the form of others, unless they stand beside them in a transcript."""
    if all(one.at.keys().isdisjoint(other.at) for other in others):
        one.name = name


def _pair(name: Name) -> tuple[str, str]:
    return names.spelling(name.given[0]), names.spelling(name.family)


def _nicknames(bearers: Sequence[Bearer]) -> None:
    """ "Bill Okafor" is William, where labels call somebody William "Bill" Okafor."""
    called: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for one in bearers:
        if one.name.whole:
            for nickname in one.nicknames:
                called[names.spelling(nickname), names.spelling(one.name.family)].append(one)
    for one in bearers if called else ():
        formal = called.get(_pair(one.name), []) if one.name.whole else []
        if len({_pair(other.name) for other in formal}) == 1 and one not in formal:
            _rewrite(one, replace(one.name, given=(formal[0].name.given[0], *one.name.given[1:])), formal)


def _surnames_alone(bearers: Sequence[Bearer]) -> None:
    """ "Sra. Ruiz Vega" has two family names, where somebody is called "Ana Ruiz Vega"."""
    asked = [one for one in bearers if one.surnames_alone and len(one.name.given) == 1 and not one.name.surnames]
    wanted = {_pair(one.name) for one in asked}
    full: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for one in bearers if wanted else ():
        before, last = one.name.parted(1)
        if before and (tail := (names.spelling(last[0]), names.spelling(one.name.family))) in wanted:
            full[tail].append(one)
    for one in asked:
        if full[_pair(one.name)]:
            one.name = replace(one.name, given=(), surnames=one.name.given)


def _syllables(bearers: Sequence[Bearer]) -> None:
    """ "Min Jun Kim", "Kim Min Jun" are of the words of "Kim Min-jun"."""
    joined: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
    for one in bearers:
        if one.name.whole and len(one.name.given) == 1 and not one.name.surnames:
            joined[tuple(sorted(_pair(one.name)))].append(one)
    for one in bearers:
        if not one.name.whole or len(one.name.given) != 2 or one.name.surnames or len(one.name.given[1]) == 1:
            continue
        first, second, family = *one.name.given, one.name.family
        for given, surname in ((f"{first}-{second}", family), (first, f"{second}-{family}")):
            here = replace(one.name, given=(given,), family=surname)
            if others := joined.get(tuple(sorted(_pair(here)))):
                _rewrite(one, here, others)
                break


def _order(bearers: Sequence[Bearer]) -> None:
    """Names seen as "Ekdal Nora" here and "Nora Ekdal" there get one order."""
    orders: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
    families: Counter[str] = Counter()
    for one in bearers:
        families[names.spelling(one.name.family)] += 1
        if one.name.whole and len(one.name.given) == 1 and not one.name.surnames:
            orders[tuple(sorted(_pair(one.name)))].append(one)
    for both in orders.values():
        by_family: dict[str, list[Bearer]] = defaultdict(list)
        for one in both:
            by_family[names.spelling(one.name.family)].append(one)
        if len(by_family) != 2:
            continue
        # The word that is a family name of others, too, else the one of more transcripts.
        right, wrong = sorted(by_family, key=lambda word: (
            not any(not one.name.swapped for one in by_family[word]), -families[word],
            all("-" in one.name.family for one in by_family[word]), -sum(len(one.at) for one in by_family[word]), word,
        ))  # fmt: skip
        others = families[right] > len(by_family[right]) and families[wrong] == len(by_family[wrong])
        if names.is_given_too(right) and names.is_given_too(wrong) and not others:
            continue  # "James Martin", "Martin James"
        for one in by_family[wrong]:
            _rewrite(one, identity.turned(one.name), by_family[right])


def _umlauts(bearers: Sequence[Bearer]) -> None:
    """ "Juergen Mueller" and "Jurgen Muller" are one name where somebody is called "Jürgen Müller"."""
    groups: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for one in bearers:
        if one.name.whole:
            groups[names.unmarked(one.name.given[0]), names.unmarked(one.name.family)].append(one)
    for group in groups.values():
        marked = [one for one in group if names.has_umlaut(one.name.given[0] + one.name.family)]
        pairs = {(one.name.given[0], one.name.family) for one in marked}
        if len(pairs) != 1 or len(group) == len(marked):
            continue
        given, family = pairs.pop()
        for one in sorted(group, key=lambda one: one.order):
            if one in marked or not (_may_be(one.name.given[0], given) and _may_be(one.name.family, family)):
                continue
            _rewrite(one, replace(one.name, given=(given, *one.name.given[1:]), family=family), marked)
            marked.append(one)  # nor beside those who were given the form


def _may_be(plain: str, marked: str) -> bool:
    return names.key(plain) in (names.key(marked), names.with_digraphs(marked))
