"""Offices as questions name them: "the Kazakh president", "the former chair", and who held them when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from qa.names import is_role_noun, key
from qa.types import DatedRole

LINKS = frozenset("of the and for in on at to de da von van del al la le & –".split())
FORMER = frozenset(key(word) for word in "former ex late outgoing onetime erstwhile бывший экс".split())
# People of a country whose name does not begin like the country's own.
_DEMONYMS = {
    "french": "france", "dutch": "netherlands", "british": "united kingdom", "english": "england",
    "spanish": "spain", "swiss": "switzerland", "danish": "denmark", "polish": "poland", "greek": "greece",
    "filipino": "philippines", "welsh": "wales", "scottish": "scotland", "american": "united states",
    "irish": "ireland", "turkish": "türkiye", "german": "germany", "finnish": "finland", "us": "united states",
    "uk": "united kingdom", "burmese": "myanmar", "emirati": "united arab emirates", "thai": "thailand",
    "chinese": "china",
}  # fmt: skip
# Words for whoever is at the top.
_HEADS = {word: frozenset("president premier minister chancellor king queen emir sultan head chairman".split())
          for word in ("leader", "head")}  # fmt: skip
_PEOPLE_ENDINGS = frozenset(
    {"", "n", "an", "ian", "ese", "ish", "i", "ic", "nian", "ean", "h", "s", "ns", "ans", "ians", "stani", "er", "al"}
)
_FILLERS = frozenset("republic federal federation state kingdom honourable honorable right hon".split())
_BESIDE = frozenset("vice acting deputy interim designate elect".split())

# Offices as Russian questions name them, and countries in the case that stands behind them.
_IN_ENGLISH = dict(
    pair.split("=")
    for pair in """президент=president премьер=premier премьер-министр=minister министр=minister
    председатель=chair спикер=speaker губернатор=governor мэр=mayor канцлер=chancellor король=king посол=ambassador
    сенатор=senator судья=judge секретарь=secretary ведущий=host журналист=journalist глава=head
    казахстана=kazakhstan россии=russia украины=ukraine сша=united+states германии=germany франции=france китая=china
    турции=türkiye великобритании=united+kingdom британии=united+kingdom белоруссии=belarus беларуси=belarus
    польши=poland     италии=italy испании=spain португалии=portugal греции=greece японии=japan кореи=korea
    индии=india ирана=iran
    израиля=israel узбекистана=uzbekistan киргизии=kyrgyzstan кыргызстана=kyrgyzstan таджикистана=tajikistan
    туркменистана=turkmenistan туркмении=turkmenistan азербайджана=azerbaijan армении=armenia грузии=georgia
    молдавии=moldova молдовы=moldova литвы=lithuania латвии=latvia эстонии=estonia финляндии=finland швеции=sweden
    норвегии=norway дании=denmark нидерландов=netherlands бельгии=belgium австрии=austria швейцарии=switzerland
    венгрии=hungary чехии=czechia словакии=slovakia сербии=serbia хорватии=croatia болгарии=bulgaria румынии=romania
    монголии=mongolia бразилии=brazil мексики=mexico аргентины=argentina канады=canada египта=egypt
    вьетнама=vietnam""".split()
)
COUNTRIES = frozenset(word for word, name in _IN_ENGLISH.items() if not is_role_noun(word))

Office = tuple[str, ...]
"""The words of an office, as keys, without "of" and "the"."""


def office(role: str) -> Office:
    """ "President of the Republic of Lunde" -> ("president", "republic", "lunde")."""
    words = (key(word) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", role))
    return tuple(word for word in words if word and word not in LINKS)


def in_english(words: Iterable[str]) -> list[str]:
    """The keys of a Russian office in English: "президент", "Казахстана" -> ["president", "kazakhstan"]."""
    found = (_IN_ENGLISH.get(word.casefold(), word) for word in words)
    return [key(part) for name in found for part in name.split("+")]


def seat(role: str) -> frozenset[str]:
    """The words of an office that one person holds in one place, "President of Lunde"; none for any other.

    "President of the Republic of Lunde" is the same office, "Former President of Lunde" another; of members there
    are many, and "of the Committee" does not tell of which.
    """
    noun, _, place = _PLACE.sub("\n", role, count=1).partition("\n")
    where = {word for word in office(place) if word not in _FILLERS | _ANY_BODY}
    told = {*office(noun), *where}
    return frozenset(told) if where and not told & (FORMER | _OF_MANY) else frozenset()


_PLACE = re.compile(r"\s(?:of|for|de|del|della|du|des|do|da|van|für)\s", re.IGNORECASE)
_ANY_BODY = frozenset(
    """committee subcommittee board commission council panel company staff house parliament assembly senate chamber
    meeting session court department group team union party office section jury congress comite comision
    commissie""".split()
)
_OF_MANY = frozenset(
    """member deputy representative delegate senator councillor councilor adviser advisor assistant aide officer
    engineer professor witness student spokesman spokeswoman spokesperson judge counsel reporter""".split()
)


@dataclass(frozen=True, slots=True)
class _Held:
    """Somebody in an office; the days are those of transcripts, None where they have none."""

    name: str
    office: Office
    score: float
    first: str | None
    last: str | None

    def at(self, since: str | None, until: str | None) -> bool:
        """Seen in it between two days, both inclusive; without days, always."""
        if self.first is None or self.last is None:
            return True
        return (until is None or self.first <= until) and (since is None or self.last >= since)


class Offices:
    """Who holds which office.

    Args:
        offices: canonical name -> the offices of that person, from whatever says so.
        dated: canonical name -> roles with the days they were seen at.
    """

    def __init__(self, offices: Mapping[str, Iterable[Office]], dated: Mapping[str, Sequence[DatedRole]]) -> None:
        self._held: dict[Office, dict[str, list[DatedRole | None]]] = {}
        for name, own in offices.items():
            days: dict[Office, list[DatedRole | None]] = {}
            for role in dated.get(name, ()):
                days.setdefault(office(role.role), []).append(role)
            for one in own:
                self._held.setdefault(one, {})[name] = [*days.get(one, [None])]

    def holders(
        self,
        wanted: Sequence[str],
        since: str | None = None,
        until: str | None = None,
        among: Set[str] | None = None,
    ) -> tuple[set[str], float]:
        """Who is meant by the words of an office.

        "The former chair" is whoever is called so, else who held it and does not any more.

        Args:
            wanted: keys of the words, without "of" and "the".
            since, until: ISO days between which it was held; None = whenever.
            among: the persons who can be meant; None = everybody.

        Returns:
            Canonical names, none when no office fits every word; the share of the words that agree.
        """
        core = [word for word in wanted if word not in FORMER]
        past = len(core) < len(wanted)
        called = [
            _Held(name, role, score, days.first if days else None, days.last if days else None)
            for role, people in self._held.items()
            if bool(FORMER & set(role)) is past and (score := _score(core, [w for w in role if w not in FORMER]))
            for name, seen in people.items()
            for days in seen
            if among is None or name in among
        ]
        if past and not called:
            names, score = self._not_any_more(core, until)
            return (names, score) if among is None or names <= among else (names & among, score)
        if since is not None or until is not None:
            called = self._once(core, called, since, until, among) or _at(called, since, until)
        return _best(called)

    def _once(
        self, core: Sequence[str], called: Sequence[_Held], since: str | None, until: str | None, among: Set[str] | None
    ) -> list[_Held]:
        """Who was called so in fewer words then, "Governor", and is known to have been it: "Former Governor of Pell".

        Only where nobody was seen in the office by its whole name then or before.
        """
        if any(one.at(since, until) or (since is not None and (one.last or "") < since) for one in called):
            return []
        past = {name for role, people in self._held.items() if FORMER & set(role)
                and _score(core, [word for word in role if word not in FORMER]) for name in people}  # fmt: skip
        nouns = [word for word in core if is_role_noun(word)]
        then = [
            _Held(name, role, 1.0, days.first, days.last)
            for role, people in self._held.items()
            if list(role) == nouns
            for name in people.keys() & past
            for days in people[name]
            if days is not None and (among is None or name in among)
        ]
        return [one for one in then if one.at(since, until)]

    def _not_any_more(self, core: Sequence[str], until: str | None) -> tuple[set[str], float]:
        """Those who held it before whoever held it last, up to a day."""
        ever, score = self.holders(core)
        dated = [days for role, people in self._held.items() if _score(core, role) for seen in people.values()
                 for days in seen if days and days.last]  # fmt: skip
        last = until or max((str(days.last) for days in dated), default=None)
        now, _ = self.holders(core, last, last)
        return (ever - now, score) if ever - now else (set(), 0.0)


def _at(called: Sequence[_Held], since: str | None, until: str | None) -> list[_Held]:
    """Those who held it then; when nobody was seen in it then, who was last seen before, else first seen after."""
    pure = [one for one in called if not _more_than(one)] or list(called)
    then = [one for one in pure if one.at(since, until)]
    if then or not pure:
        return then
    before = [one for one in pure if since is not None and (one.last or "") < since]
    if before:
        latest = max(one.last or "" for one in before)
        return [one for one in before if one.last == latest]
    first = min(one.first or "" for one in pure)
    return [one for one in pure if one.first == first]


def _more_than(one: _Held) -> bool:
    """Another office that has the words of this one: the deputy chair is no chair."""
    return one.score < 1 and (bool(_BESIDE & set(one.office)) or sum(map(is_role_noun, one.office)) > 1)


def _best(called: Sequence[_Held]) -> tuple[set[str], float]:
    best = max((one.score for one in called), default=0.0)
    return {one.name for one in called if one.score == best}, best


def _score(wanted: Sequence[str], role: Sequence[str]) -> float:
    """Share of the words that agree, 0 unless the role noun itself and every wanted word do."""
    if not wanted or not role:
        return 0.0
    for word in wanted:
        same = any(same_root(word, other) or other in _HEADS.get(word, ()) for other in role)
        if not same and not _is_country_of(word, role):
            return 0.0
    told = [word for word in role if word not in _FILLERS or word in wanted]
    return len(wanted) / max(len(told), len(wanted))


def _is_country_of(word: str, role: Sequence[str]) -> bool:
    country = _DEMONYMS.get(word)
    return country is not None and all(any(key(part) == other for other in role) for part in country.split())


def same_root(word: str, other: str) -> bool:
    """Equal, plural of it, or a people and its country ("kazakh", "kazakhstan"; "russian", "russia")."""
    if word == other or word == other + "s" or other == word + "s":
        return True
    if is_role_noun(word) or is_role_noun(other):
        return False
    common = 0
    for a, b in zip(word, other, strict=False):
        if a != b:
            break
        common += 1
    ending = word[common:]
    return common >= 4 and common >= len(other) - 4 and ending in _PEOPLE_ENDINGS
