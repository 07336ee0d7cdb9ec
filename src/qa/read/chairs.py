"""Who presides: the head of a record, or a fuller label, names the one whom other labels call by the office alone.

    The committee met at 10 a.m., Hon. Nora Ekdal (chairwoman of the committee) presiding.
    President: Mrs. Nora Ekdal . . . . . . . (Lunev)      Before: Commissioner Nora Ekdal
    Vorsitz: Dr. Nora Ekdal           Председательствует Н.Э. Экдаль, заместитель председателя комитета
    Vorsitzende Nora Ekdal: ...       M. Tom Baszko, président : ...
    BEFORE THE HONORABLE NORA EKDAL, JUDGE

Source: the records of the United States' and Russia's committees, of the United Nations, of inquiries and of
German and French committees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import speakers
from qa.names import PARTICLES, is_honorific, is_voice
from qa.read.shapes import BRACKETED, name_shaped

_SEATS = {
    word: seat
    for seat, words in {
        "chair": "chair chairman chairwoman chairperson convener convenor vorsitz vorsitzende vorsitzender "
        "председатель председательствующий председательствующая",
        "president": "president präsident präsidentin président présidente presidente presidenta presidência "
        "presidencia",
        "commissioner": "commissioner",
        "court": "court",
        "moderator": "moderator moderatorin modérateur modératrice moderador moderadora ведущий ведущая",
    }.items()
    for word in words.split()
}
_BEFORE = frozenset(
    """the le la l' el der die das o a m mm mme monsieur madame mr mrs ms señor señora sr sra srª signor signora herr
    frau dr don doña""".split()
)
_DEGREES = frozenset("dr mag prof ing dipl dott dottssa hon".split())
_WORD = r"[^\W\d_][\w'’-]*\.?"
_PRESIDING = re.compile(
    rf"(?P<name>{_WORD}(?: {_WORD}){{1,5}}),? ?[(\[]?(?:the )?(?P<office>chair(?:man|woman|person)?)\b"
    r"[^()\[\];.]{0,80}[)\]]?,? presiding\b",
    re.IGNORECASE,
)
_BENCH = re.compile(
    rf"\bHon(?:orable|\.)\s+(?P<name>{_WORD}(?: {_WORD}){{1,4}}?),?\s+(?:(?:United|States|U\.S\.|Senior|Chief"
    r"|District|Superior|Circuit|County|Magistrate|Administrative|Law|Court|Supreme|Presiding|of|the)\s+){0,6}(?:Judge|Justice|Magistrate)\b",
    re.IGNORECASE,
)
_RUSSIAN = re.compile(
    r"\bПредседательств(?:ует|овал[аи]?|ующ\w{2})\b\s*[–—:-]?\s*(?P<name>(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яё-]+(?:[А-ЯЁ][а-яё]+)?"
    r"|[А-ЯЁ][а-яё-]+(?:[А-ЯЁ][а-яё]+)?\s(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+(?:\s[А-ЯЁ][а-яё]+)?))"
)
_FIELD = re.compile(r"(?P<field>[^\W\d_]{2,30})\s?:\s*(?P<value>\S.{2,200})")
_LEADERS = re.compile(r"(?:\s?[.…]){3,}.*")
_WIDEST = 20_000  # characters of the head


def seat(label: str) -> str:
    """The seat that a label names and nothing else, "The Chairwoman", "M. le président"; "" for any other label."""
    words = _content(label)
    return _SEATS.get(words[0].casefold(), "") if len(words) == 1 else ""


def holders(labels: Iterable[str], texts: Iterable[str]) -> dict[str, set[str]]:
    """Seats and whom labels and the page's own words give them to; a seat with two names is told with both."""
    found: dict[str, set[str]] = {}
    told = [*(_holder(label) for label in labels), *_in_head(texts)]
    for where, name in told:
        if where and not any(speakers.same_name(name, other) for other in found.setdefault(where, set())):
            found[where].add(name)
    return {where: names for where, names in found.items() if names}


def _holder(label: str) -> tuple[str, str]:
    """The seat and the name in "Vorsitzende Dr. Nora Ekdal (X)", "M. Tom Baszko, président"; else ("", "")."""
    if is_voice(label):
        return "", ""
    core, comma, after = BRACKETED.sub("", label).strip().partition(", ")
    words = _content(core)
    if comma:
        where, name = _SEATS.get(after.strip().casefold(), ""), words
    else:
        where, name = _SEATS.get(words[0].casefold(), "") if len(words) > 1 else "", words[1:]
    full = _named(" ".join(name))
    return (where, full) if where and full else ("", "")


def _content(label: str) -> list[str]:
    """The words of a label without brackets and without what stands before a name or an office."""
    words = BRACKETED.sub("", label).split()
    n = 0
    while n < len(words) - 1 and words[n].strip(".").casefold() in _BEFORE:
        n += 1
    return words[n:]


def _in_head(texts: Iterable[str]) -> list[tuple[str, str]]:
    lines = [line.strip() for text in texts for line in text.splitlines()]
    running = " ".join(" ".join(lines).split())[:_WIDEST]
    found = [("chair", _named(match["name"])) for match in _PRESIDING.finditer(running)]
    found += [("court", _named(match["name"])) for match in _BENCH.finditer(running)]
    found += [("chair", match["name"].strip()) for match in _RUSSIAN.finditer(running)]
    for line in lines:
        match = _FIELD.match(line) if len(line) < 400 else None
        if match and (field := match["field"].casefold()) in _SEATS:
            found.append((_SEATS[field], _named(_LEADERS.sub("", match["value"]))))
        elif match and field in ("before", "presiding"):
            found.append(_holder(match["value"]))
    return [(where, name) for where, name in found if where and len(name.split()) > 1]


def _named(text: str) -> str:
    """The name without titles before it; "" where it is none."""
    words = BRACKETED.sub("", text).partition(",")[0].split()
    while words and (is_honorific(words[0]) or words[0].strip(".").casefold() in _DEGREES | {"senator", "the"}):
        words = words[1:]
    small = [word for word in words if word[0].islower() and word.casefold() not in PARTICLES]
    odd = any(speakers.is_title(word) or any(ch.isdigit() for ch in word) for word in words)
    return " ".join(words) if 1 <= len(words) <= 5 and not small and not odd and name_shaped(" ".join(words)) else ""
