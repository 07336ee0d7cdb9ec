"""Evidence that two names are one person's, as points.

Names are compared word by word (`qa.names`). What cannot be (another given name, another father's name, Mr and Mrs)
is None, whatever else speaks for it. What is left gets points, and `qa.registry` joins from `BAR` points on. The
numbers are judgements, not fits; docs/people.md tells them to the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa import names
from qa.names import NO_NAMES, PARTICLES

BAR = 60
"""Points from which two are taken to be one."""
LEAD = 20
"""Points by which the best candidate must be ahead of the next: else it cannot be told which of them is meant."""

# The same full name; one of them with a middle or father's name more; "N. Ekdal"; "Ekdal" alone.
SAME, LONGER, INITIALS, FAMILY = 100, 95, 75, 50
ALONE = 15  # for a family name alone: nobody else in the index bears it
OFFICE, OTHER_OFFICE = 25, -10  # the same office; different ones
SPELLING, SOUND = 5, 15  # taken off: transliterated or spelt otherwise; alike by ear only
GENERATION = 25  # taken off: one is called junior, the other nothing

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_SEVERAL = re.compile(r"\s(?:and|und|et|и|y)\s|[&/+;]|\d|[_#@*]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4",
                "младший": "jr", "старший": "sr"}  # fmt: skip
# Behind a name: degrees, orders, seats in a house.
_BEHIND = frozenset(
    "am mp mep msp ms mla mpp mha mna td qc kc sc phd psyd md dds rn jd ma mba msc ba obe cbe mbe esq cpa frs".split()
)
_FATHERS = re.compile(r"(?:ovich|evich|yich|ovna|evna|inichna|ichna|uly|qyzy|kyzy|oglu|ogly)$")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name taken apart.

    Attributes:
        family: the family name, or the only name there is; small letters, as written.
        given: given, middle and father's names and initials, in order; "n" is an initial.
        gender: "m", "f" or "", by an honorific.
        generation: "jr", "sr", "2" or "".
        mark: what a bracket says to tell people of one name apart: "Ottawa, Lib.".
        swapped: the family name stands first.
    """

    family: str
    given: tuple[str, ...] = ()
    gender: str = ""
    generation: str = ""
    mark: str = ""
    swapped: bool = False

    @property
    def whole(self) -> bool:
        """A given name is written out."""
        return bool(self.given) and len(self.given[0]) > 1

    @property
    def fullness(self) -> int:
        """The more, the more it tells: names written out count ten, initials one."""
        return sum(10 if len(word) > 1 else 1 for word in self.given)


@lru_cache(maxsize=65536)
def parse(name: str, gender: str = "") -> Name | None:
    """A name taken apart; None for offices, pseudonyms and several people: "Project Manager", "Grad A", "A and B".

    Args:
        gender: what the labels tell, see `names.gender_of`.
    """
    name = " ".join(name.split())
    marks = _BRACKET.findall(name)
    text = " ".join(_BRACKET.sub(" ", name).split())
    if not text or _SEVERAL.search(text) or _SPACELESS.search(text):
        return None
    text, family_first = _behind(text)
    words = _WORD.findall(text.replace(".", ". "))
    if "".join(words) != re.sub(r"[\s,’'-]|(?<=\.)\.+", "", text) and len("".join(words)) < len(_letters(text)):
        return None
    while len(words) > 1 and names.is_honorific(words[0]):
        gender = gender or names.gender(words[0])
        words = words[1:]
    generation = ""
    while len(words) > 1 and names.clean(words[-1]) in _GENERATIONS:
        generation = _GENERATIONS[names.clean(words[-1])]
        words = words[:-1]
    if any(names.is_role_noun(word) or names.is_honorific(word) or names.clean(word) in NO_NAMES
           for word in words):  # fmt: skip
        return None
    parts = [_short(word, last=n == len(words) - 1) for n, word in enumerate(words)]
    if not any(len(part) > 2 or (len(part) == 2 and len(parts) > 1) for part in parts):
        return None
    kept = [part for n, part in enumerate(parts) if not n or part not in PARTICLES or n == len(parts) - 1]
    family, given, swapped = _order(kept, family_first)
    return Name(family, tuple(given), gender, generation, marks[0].casefold().strip() if marks else "", swapped)


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalpha())


def _behind(text: str) -> tuple[str, bool]:
    """Without degrees and the like behind the name; True when a comma says that the family name stands first."""
    head, comma, tail = text.partition(",")
    bits = [bit.replace(".", "").casefold() for bit in re.split(r"[,\s]+", tail) if bit.strip(".,")]
    family_first = False
    if comma and all(bit in _BEHIND or bit in _GENERATIONS for bit in bits):
        text = " ".join([head, *(bit for bit in bits if bit in _GENERATIONS)])
    elif comma:
        family_first = len(head.split()) == 1 and 1 <= len(bits) <= 3
        text = f"{head} {tail.strip()}"
    found = text.split()
    while len(found) > 2 and _is_degree(found[-1]):
        found.pop()
    return " ".join(found), family_first


def _is_degree(word: str) -> bool:
    return word.replace(".", "").casefold() in _BEHIND and sum(ch.isupper() for ch in word) > 1


def _short(word: str, *, last: bool) -> str:
    """A word in small letters; an initial without its full stop: "N.", "Дж."."""
    bare = word.rstrip(".").casefold().replace("ё", "е")
    return bare[0] if word.endswith(".") and len(bare) <= 2 and not last else bare


def _order(words: list[str], family_first: bool) -> tuple[str, list[str], bool]:
    """Family name, given names, and whether the family name came first."""
    first, rest = words[0], words[1:]
    initials = bool(rest) and len(first) > 1 and all(len(word) == 1 for word in rest)
    fathers = len(words) == 3 and bool(_FATHERS.search(names.key(words[-1])))
    if rest and (family_first or initials or fathers):
        return first, rest, True
    return words[-1], words[:-1], False


def turned(name: Name) -> Name:
    """The same words with the first of them as the family name."""
    return Name(name.given[0], (*name.given[1:], name.family), name.gender, name.generation, name.mark, True)


# ------------------------------------------------------------------ two names


@lru_cache(maxsize=262144)
def likeness(one: Name, other: Name) -> int | None:
    """Points for two names being one person's, from 0 to 100; None where they cannot be."""
    if _differ(one.gender, other.gender) or _differ(one.mark, other.mark):
        return None
    if _differ(one.generation, other.generation):
        return None
    family = word_gap(one.family, other.family)
    if family is None or (family == SOUND and len(names.sound(one.family)) < _HEARD):
        return None
    points = FAMILY
    gap = family
    if one.given and other.given:
        given = _given(one.given, other.given)
        if given is None:
            return None
        points, gap = given[0], max(family, given[1])
    elif family >= SOUND:
        return None  # a family name alone, alike by ear only
    return points - gap - (GENERATION if one.generation != other.generation else 0)


_HEARD = 3  # consonants; a family name of fewer is like too many others


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int] | None:
    """(points, what is taken off) of the given names; None where one of them differs."""
    gaps = []
    for a, b in zip(one, other, strict=False):
        gap = _initial_gap(a, b) if min(len(a), len(b)) == 1 else word_gap(a, b)
        if gap is None:
            return None
        gaps.append(gap)
    if min(len(one[0]), len(other[0])) == 1:
        return INITIALS, max(gaps)
    same = len(one) == len(other) and all(min(len(a), len(b)) > 1 for a, b in zip(one, other, strict=True))
    return (SAME if same else LONGER), max(gaps)


@lru_cache(maxsize=262144)
def word_gap(one: str, other: str) -> int | None:
    """What the difference of two written words takes off; None where they are different names."""
    if one == other:
        return 0
    scripts = {names.script(one), names.script(other)}
    if scripts == {"latin"}:
        if names.key(one) == names.key(other):
            return 0
        return SPELLING if names.spelling(one) == names.spelling(other) else None
    if len(scripts) == 1:  # of one foreign script: as written or not at all
        return None
    if names.spelling(one) == names.spelling(other):
        return SPELLING
    return SOUND if names.sound(one) == names.sound(other) else None


def _initial_gap(one: str, other: str) -> int | None:
    """The same for an initial and a name, or two initials."""
    short, long = sorted((one, other), key=len)
    if names.script(short) == names.script(long):
        same = names.key(long).startswith(names.key(short)) if names.script(short) == "latin" else long[0] == short
        return 0 if same else None
    if names.spelling(long).startswith(names.spelling(short)) or names.key(long).startswith(names.key(short)):
        return SPELLING
    return SPELLING if names.sound(short)[:1] == names.sound(long)[:1] else None


# ------------------------------------------------------------------ two offices


@lru_cache(maxsize=65536)
def same_office(one: str, other: str) -> bool | None:
    """Two offices are one, in other words or a shorter form; None where that cannot be told."""
    if names.script(one) != names.script(other):
        return None
    a, b = _office(one), _office(other)
    if not a or not b:
        return None
    return a <= b or b <= a


_SMALL = frozenset("of the and for in on at to a an de du la и по the".split())


def _office(role: str) -> frozenset[str]:
    found = (names.key(word) for word in re.findall(r"[^\W_]+", role))
    return frozenset(word for word in found if word and word not in _SMALL)
