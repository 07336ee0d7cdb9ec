"""Labels as people read them: without marks nobody sees, and with the given name first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import words
from qa.names import PARTICLES, is_voice, titled
from qa.speakers import is_title

# Marks of writing direction, of width zero, and control characters; the two joiners spell Persian and Indian names.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_FAMILY_FIRST = re.compile(
    r"(?P<family>[^,;:()\[\]]{2,60}),\s*(?P<given>[^,;:()\[\]]{1,60}?)(?P<note>\s*[(\[][^()\[\]]*[)\]])?"
)
_BEHIND = frozenset(
    """jr sr junior senior ii iii iv mp mep msp ms mla mpp mha mna td qc kc sc phd md dds jd mba ma msc esq cpa obe cbe
    mbe inc ltd llc gmbh""".split()
)


def shown(label: str) -> str:
    """The label without characters that nobody sees, such as right-to-left overrides, and with single blanks."""
    return words.squeeze(_UNSEEN.sub("", label))


def unseen_before(text: str) -> int:
    """How many characters at the beginning nobody sees: programs put direction marks before a name."""
    at = 0
    while at < len(text) and _UNSEEN.match(text, at):
        at += 1
    return at


def given_first(labels: Iterable[str], spoken: Iterable[str] = ()) -> dict[str, str]:
    """Those labels of one document that surely have the family name first, turned round.

    "Baszko, Tom" is sure where "Tom Baszko" is a label, too, or somebody greets a Tom; as "BASZKO, Tom" and
    "Van Baszko, Tom"; and where all names of the document, two or more, are written like that, with given names that
    differ: "Ekdal, Oslo" names a town.

    Args:
        spoken: what is said, in which people are greeted.
    """
    labels = list(dict.fromkeys(labels))
    parted = {label: match for label in labels if (match := _FAMILY_FIRST.fullmatch(label)) and _is_name(match)}
    others = [label for label in labels if label not in parted and not is_voice(label) and not is_title(label)]
    plain = {label.casefold() for label in others}
    given = {match["given"].split()[0].casefold() for match in parted.values()}
    greeted = _greeted(spoken) if parted else frozenset()
    families = {match["family"].casefold() for match in parted.values()}
    single = sum(len(_content(match["family"])) == 1 for match in parted.values())
    all_alike = (
        len(families) >= 2
        and len(given) >= 0.7 * len(families)
        and single * 2 > len(parted)
        and not any("," in label or len(label.split()) > 1 for label in others)
    )
    return {
        label: f"{_turned(match)}{match['note'] or ''}"
        for label, match in parted.items()
        if all_alike
        or _turned(match).casefold() in plain
        or _is_shouted(match)
        or match["family"].split()[0].casefold() in PARTICLES
        or match["given"].split()[0].casefold() in greeted
    }


_GREETING = re.compile(
    r"\b(?:hi|hello|hey|bye|thanks|thank you|good morning|good afternoon|sorry|merci|bonjour|salut|danke|hallo|tschüss"
    r"|guten morgen|gracias|hola|grazie|ciao|obrigad[oa]|olá|bom dia|bedankt|dank je|goedemorgen|tack|hej)"
    r",? (?P<name>(?-i:[^\W\d_])[\w’'-]+)",
    re.IGNORECASE,
)


def _greeted(spoken: Iterable[str]) -> frozenset[str]:
    """The words with a capital that follow a greeting or thanks: "Bye Annelies"."""
    found = (match["name"] for text in spoken for match in _GREETING.finditer(text))
    return frozenset(name.casefold() for name in found if name[0].isupper())


def _content(name: str) -> list[str]:
    return [word for word in name.split() if word.casefold() not in PARTICLES]


def _is_name(match: re.Match[str]) -> bool:
    family, given = _content(match["family"]), _content(match["given"])
    every = [*family, *given]
    return (
        1 <= len(family) <= 3
        and 1 <= len(given) <= 3
        and all(word[0].isupper() and not any(ch.isdigit() for ch in word) for word in every)
        and not any(is_title(word) for word in every)
        and not any(word.replace(".", "").casefold() in _BEHIND for word in given)
        and (
            match["family"].isupper() or not any(word.isupper() and len(word) > 2 and "." not in word for word in given)
        )
    )


def _is_shouted(match: re.Match[str]) -> bool:
    return len(match["family"]) > 3 and match["family"].isupper() and any(ch.islower() for ch in match["given"])


def _turned(match: re.Match[str]) -> str:
    parts = f"{match['given']} {match['family']}".split()
    shouted = match["family"].isupper()
    return " ".join(titled(word) if shouted and word.isupper() and word[-1] != "." else word for word in parts)
