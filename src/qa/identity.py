"""Evidence that two names are one person's, as points.

Names are compared word by word (`qa.names`). What cannot be (another given name, another father's name, Mr and Mrs)
is None, whatever else speaks for it. What is left gets points, and `qa.registry` joins from `BAR` points on. The
numbers are judgements, not fits; docs/people.md tells them to the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from qa import names
from qa.names import NO_NAMES, PARTICLES, written_out

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
        family: the family name, the last of several, or the only name there is; small letters, as written.
        given: given, middle and father's names and initials, in order; "n" is an initial.
        surnames: family names before the last one, where the label tells that they are: "García López, María".
        gender: "m", "f" or "", by an honorific.
        generation: "jr", "sr", "2" or "".
        mark: what a bracket says to tell people of one name apart: "Ottawa, Lib.".
        swapped: the family name stands first.
    """

    family: str
    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
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
        return sum(10 if len(word) > 1 else 1 for word in (*self.given, *self.surnames))

    @property
    def plain(self) -> bool:
        """Without any marks."""
        return self.family.isascii() and all(map(str.isascii, self.given))

    def parted(self, n_surnames: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Given names, and the last `n_surnames` names before the family name."""
        every = (*self.given, *self.surnames)
        at = max(0, len(every) - n_surnames)
        return every[:at], every[at:]


@lru_cache(maxsize=65536)
def parse(name: str, gender: str = "") -> Name | None:
    """A name taken apart; None for offices, pseudonyms and several people: "Project Manager", "Grad A", "A and B".

    Args:
        gender: what the labels tell, see `names.gender_of`.
    """
    name = " ".join(_QUOTED.sub(" ", name).split() or name.split())
    marks = _BRACKET.findall(name)
    text = " ".join(_BRACKET.sub(" ", name).split())
    if not text or (_SEVERAL.search(text) and not _JOINED.fullmatch(text)) or _SPACELESS.search(text):
        return None
    text, n_surnames = _behind(written_out(text))
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
    mark = marks[0].casefold().strip() if marks else ""
    return _taken_apart(words, parts, n_surnames, Name("", gender=gender, generation=generation, mark=mark))


def _taken_apart(words: list[str], parts: list[str], n_surnames: int, known: Name) -> Name:
    """The name, its words in their places.

    Args:
        words, parts: as written, and in small letters.
        n_surnames: how many of the last words are family names; 0 = the label does not tell.
        known: what else is known of it.
    """
    last = len(parts) - 1
    if last and all(part in PARTICLES for part in parts[:-1]) and (last > 1 or names.is_particle(words[0])):
        return replace(known, family=parts[last])  # "Van den Berg", "de Groot"
    small = [part in PARTICLES or (part in _JOINTS and words[n].islower()) for n, part in enumerate(parts)]
    kept = [n for n in range(len(parts)) if not small[n] or n in (0, last)]
    joined = any(part in _JOINTS and words[n].islower() for n, part in enumerate(parts[1:-1], 1)) and len(kept) > 2
    if not n_surnames and not joined:
        family, given, swapped = _order([parts[n] for n in kept])
        return replace(known, family=family, given=tuple(given), swapped=swapped)
    begin = len(parts) - n_surnames if n_surnames else kept[-2]
    return replace(
        known,
        family=parts[last],
        given=tuple(parts[n] for n in kept if n < begin),
        surnames=tuple(parts[n] for n in kept if begin <= n < last and not small[n]),
        swapped=bool(n_surnames),
    )


# "Ortega y Gasset", "Costa e Silva", "Puig i Cadafalch": one family name of two, where one word follows.
_JOINTS = frozenset("y e i".split())
_JOINED = re.compile(r"(?:[^\W\d_][\w'’.-]*\s){2,4}[yei]\s[^\W\d_a-z][\w'’-]*|[^,]*\s[yei]\s[^\s,]+,\s*[^,]*")


# A nickname in quotation marks.
_QUOTED = re.compile(r"""(?:(?<=\s)|(?<=,))["“„«‘'](?P<nick>[^\W\d_][\w.-]*)["”“»’'](?=\s|,|$)""")
_NICKNAME = re.compile(rf"{_QUOTED.pattern}|(?<=\w\s)\((?P<inner>[^\W\d_a-z][\w-]*)\)(?=\s+[^\W\d_a-z]|(?P<end>$))")


_BESIDE = re.compile("[(\"“„«‘']")


def nicknames(forms: Iterable[str]) -> set[str]:
    """What labels put beside the given name: `Tom "Tib" Baszko`, "Tom (Tib) Baszko", "Baszko, Tom (Tib)"."""
    beside = (form for form in forms if _BESIDE.search(form))
    matches = [match for form in beside for match in _NICKNAME.finditer(form)]
    return {
        (match["nick"] or match["inner"]).casefold() for match in matches if match["end"] is None or "," in match.string
    }


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalpha())


def _behind(text: str) -> tuple[str, int]:
    """Given names first, without degrees behind them; of how many words the family name is that a comma parts, or 0."""
    if (both := _parted(text)) is not None:
        return f"{both[1]} {both[0]}", sum(names.clean(word) not in _GENERATIONS for word in both[0].split())
    head, comma, tail = text.partition(",")
    bits = _bits(tail)
    if comma and all(bit in _BEHIND or bit in _GENERATIONS for bit in bits):
        text = " ".join([head, *(bit for bit in bits if bit in _GENERATIONS)])
    elif comma:
        text = f"{head} {tail.strip()}"
    return without_degrees(text), 0


def _bits(text: str) -> list[str]:
    return [bit.replace(".", "").casefold() for bit in re.split(r"[,\s]+", text) if bit.strip(".,")]


def _parted(text: str) -> tuple[str, str] | None:
    """Family name and given names of "Baszko, Tom", "van der Berg, Jan", "Berg, Jan van der", "Baszko, Tom, PhD"."""
    head, comma, tail = text.partition(",")
    if not comma:
        return None
    tail, _, rest = tail.strip().partition(",")
    given = tail.split()
    generation = [given.pop()] if len(given) > 1 and names.clean(given[-1]) in _GENERATIONS else []
    while len(given) > 1 and _is_degree(given[-1]):
        given.pop()
    family = [*head.split(), *generation]
    if not given or not all(bit in _BEHIND or bit in _GENERATIONS for bit in _bits(rest)):
        return None
    if all(bit in _BEHIND or bit in _GENERATIONS for bit in _bits(tail)):
        return None  # "Tom Baszko, PhD"
    content = [word for word in head.split() if word.casefold() not in PARTICLES | _JOINTS]
    if not 1 <= len(content) <= 3 or len(given) > 4 or not all(map(_may_be_given, given)):
        return None
    if len(content) > 1 and not all(word[0].isupper() for word in content):
        return None
    return " ".join(family), " ".join(given)


def _may_be_given(word: str) -> bool:
    return word[0].isupper() or word.casefold() in PARTICLES or word[0] in "\"“«'‘("


def given_first(name: str) -> str:
    """ "Tom Baszko" for "Baszko, Tom"; other names as they are."""
    if "," not in name:
        return name
    bare = _BRACKET.sub("", name)
    both = _parted(bare)
    return f"{both[1]} {both[0]}{name[len(bare.rstrip()) :]}" if both and name.startswith(bare.rstrip()) else name


def surely_parted(name: str) -> bool:
    """What stands behind the comma is no town nor party: it has an initial, a particle, a father's name, a nickname."""
    both = _parted(_BRACKET.sub("", name))
    behind = both[1].split() if both else []
    return any(
        _INITIAL.fullmatch(word) or names.is_particle(word) or word[0] in "\"“„«‘'" or _FATHERS.search(names.key(word))
        for word in behind
    )


_INITIAL = re.compile(r"[^\W\d_]\.?")


def without_degrees(name: str) -> str:
    """The name without degrees, orders and seats behind it that no comma parts: "Ana Pell MP"."""
    found = name.split()
    while len(found) > 2 and _is_degree(found[-1]):
        found.pop()
    return " ".join(found)


def _is_degree(word: str) -> bool:
    return word.replace(".", "").casefold() in _BEHIND and sum(ch.isupper() for ch in word) > 1


def _short(word: str, *, last: bool) -> str:
    """A word in small letters; an initial without its full stop: "N.", "Дж."; without the article of "al-Rashid"."""
    bare = names.without_article(word.rstrip(".").casefold()).replace("ё", "е")
    return bare[0] if word.endswith(".") and len(bare) <= 2 and not last else bare


def _order(words: list[str]) -> tuple[str, list[str], bool]:
    """Family name, given names, and whether the family name came first."""
    first, rest = words[0], words[1:]
    initials = bool(rest) and len(first) > 1 and all(len(word) == 1 for word in rest)
    fathers = len(words) == 3 and bool(_FATHERS.search(names.key(words[-1])))
    if rest and (initials or fathers):
        return first, rest, True
    return words[-1], words[:-1], False


def turned(name: Name) -> Name:
    """The same words with the first of them as the family name."""
    return replace(name, family=name.given[0], given=(*name.given[1:], name.family), swapped=True)


def surnames(name: Name) -> tuple[str, ...]:
    """The words of a name that are its family name, or may be: of "Nguyễn Văn Hùng" both ends, for people differ."""
    first = name.given[:1] if name.given and names.begins_with_family(*name.given, name.family) else ()
    return (*first, *name.surnames, name.family)


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
    n_surnames = max(len(one.surnames), len(other.surnames))
    (ours, more), (theirs, others) = one.parted(n_surnames), other.parted(n_surnames)
    gaps = [family, *(word_gap(a, b) for a, b in zip(more, others, strict=False))]
    if len(more) != len(others) or None in gaps:
        return None
    points, gap = FAMILY, max(gap for gap in gaps if gap is not None)
    if ours and theirs:
        given = _given(ours, theirs)
        if given is None:
            return None
        points, gap = given[0], max(gap, given[1])
    elif family >= SOUND:
        return None  # a family name alone, alike by ear only
    if _tones_differ(one, other):
        return None
    return points - gap - (GENERATION if one.generation != other.generation else 0)


_HEARD = 3  # consonants; a family name of fewer is like too many others


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _tones_differ(one: Name, other: Name) -> bool:
    """Vietnamese names, both with their marks, that differ in these alone: "Văn Hùng", "Văn Hưng"."""
    if one.plain or other.plain:
        return False
    ours, theirs = ((name.family, *name.given, *name.surnames) for name in (one, other))
    if not all(any(map(names.is_vietnamese, words)) for words in (ours, theirs)):
        return False
    return any(
        not a.isascii() and not b.isascii() and names.toned(a) != names.toned(b)
        for a, b in zip(ours, theirs, strict=False)
    )


def by_ear(one: Name, other: Name) -> bool:
    """Two full names are alike by ear only, in two scripts."""
    both = one.whole and other.whole
    return both and SOUND in (word_gap(one.family, other.family), word_gap(one.given[0], other.given[0]))


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
        return None if names.spellings(one).isdisjoint(names.spellings(other)) else SPELLING
    if len(scripts) == 1:  # of one foreign script: as written or not at all
        return None
    if not names.spellings(one).isdisjoint(names.spellings(other)):
        return SPELLING
    return SOUND if names.sound(one) == names.sound(other) and _ends_in_a(one) == _ends_in_a(other) else None


def _ends_in_a(word: str) -> bool:
    """As women's names do where men's have no vowel: Иванова, Марина, Хмельницкая; not Ivanov, Marin."""
    return names.key(word).removesuffix("h").endswith("a")


def _initial_gap(one: str, other: str) -> int | None:
    """The same for an initial and a name, or two initials."""
    short, long = sorted((one, other), key=len)
    if names.script(short) == names.script(long):
        same = names.key(long).startswith(names.key(short)) if names.script(short) == "latin" else long[0] == short
        return 0 if same else None
    if names.key(long).startswith(names.key(short)):
        return SPELLING
    if any(a.startswith(b) for a in names.spellings(long) for b in names.spellings(short)):
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
