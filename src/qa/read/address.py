"""Forms of address before a name, as parliaments and governments outside the English-speaking world print them.

    El señor MATOS LEAL        El Presidente diputado Ivo Matos     La señora VICEPRESIDENTA (Leal Ruiz)
    O SR. IVO MATOS (PX - UF)  A SRA. PRESIDENTE (Ana Leal. PX - UF)
    M. Ivo Matos, ministre     Mme la présidente (Ana Leal)
    Abgeordnete Ana Leal (X)   Präsident Mag. Ivo Matos              StS Matos     GEN. LEAL     SRS'in Leal
    De heer MATOS (X)          Mevrouw Leal, fru Leal, domnul Matos, sayın Leal

Source: the records of Spain's and Mexico's chambers, Brazil's and Portugal's, France's, Austria's,
Germany's, the Netherlands'; the briefings of Germany's government and of American departments.
"""

from __future__ import annotations

import re

from qa.read.shapes import BRACKETED, CONNECTORS, name_shaped

_ARTICLES = frozenset("el la los las o a os as le les il der die de".split())
_ADDRESS = frozenset(
    """frage zusatzfrage nachfrage zusatz
    señor señora sr sra srª srs senhor senhora don doña d dª m mm mme mmes mlle monsieur madame herr frau signor
    signora onorevole on abgeordneter abgeordnete abg diputado diputada senador senadora deputado deputada député
    députée sénateur sénatrice deputato deputata heer mevrouw mevr fru frøken domnul doamna sayın""".split()
)
_OFFICES = frozenset(
    """presidente presidenta vicepresidente vicepresidenta primero primera segundo segunda tercero tercera secretario
    secretaria portavoz ponente consejero consejera ministro ministra letrado letrada relator relatora président
    présidente vice-président vice-présidente ministre rapporteur rapporteure secrétaire präsident präsidentin
    vizepräsident vizepräsidentin alterspräsident alterspräsidentin bundeskanzler bundeskanzlerin bundesminister
    bundesministerin staatsminister staatsministerin staatssekretär staatssekretärin ministerpräsident
    ministerpräsidentin senatspräsident vorsitzender vorsitzende zweiter zweite dritter dritte""".split()
)
# Offices cut short, as briefings print them; those of two letters may be initials, too.
_SHORT = frozenset(
    """sts psts stm stm'in stmin srs srs'in sr'in bm'in bmin bk'in bkin vors vorst sen rep gov amb gen adm col capt cdr
    maj ltg sgt supt insp atty pres sec""".split()
)
_SHORTEST = frozenset("bm bk mp pm am vp p".split())
_DEGREES = frozenset("mag mmag dr ddr ing dipl dipl-ing dkfm prof dott dottssa bakk".split())
_PARTS = re.compile(r"\.\s|\s[-–]\s|,\s")


def addressed(label: str) -> str:
    """The name of the one whom a label addresses, or "" where it has no such form or names an office alone."""
    core, _, after = BRACKETED.sub("", label).strip().partition(", ")
    words = core.split()
    n = 0
    while n < len(words) and (_bare(words[n]) in _ADDRESS | _OFFICES | _ARTICLES or is_short_office(words[n])):
        n += 1
    if not any(_bare(word) in _ADDRESS | _OFFICES or is_short_office(word) for word in words[:n]):
        return ""
    while n < len(words) and words[n].strip(".").casefold() in _DEGREES:
        n += 1
    rest = words[n:]
    of_an_office = n > 0 and words[n - 1].strip(".").casefold() in _OFFICES
    if rest and (not of_an_office or rest[0].casefold() not in CONNECTORS) and _is_name(" ".join(rest)):
        return " ".join(rest) if not after or not name_shaped(after) or after[0].islower() else ""
    held = re.search(r"\(([^()]+)\)", label)
    name = _PARTS.split(held[1], maxsplit=1)[0].strip() if held else ""
    return name if len(name.split()) >= 2 and _is_name(name) and not name.isupper() else ""


def surname_of(label: str) -> str:
    """What stands behind the forms of address and offices of a label, those of two letters among them: "PM Leal"."""
    first, _, rest = label.partition(" ")
    named = addressed(label)
    return named or (rest if _bare(first) in _SHORTEST and first[0].isupper() and _is_name(rest) else "")


def is_short_office(word: str) -> bool:
    """ "StS", "GEN", "Vors."; not "Gen" or "Col", which are names."""
    return _bare(word) in _SHORT and (word.endswith(".") or not word.istitle())


def _bare(word: str) -> str:
    return word.strip(".").replace("’", "'").casefold()


def office_alone(label: str) -> str:
    """The office of a label that names nobody, "rapporteur" of "M. le rapporteur"; "" of any other."""
    words = [word.strip(".,").casefold() for word in label.split()]
    n = 0
    while n < len(words) and words[n] in _ADDRESS | _ARTICLES:
        n += 1
    return " ".join(words[n:]) if 0 < n < len(words) and words[n] in _OFFICES and "(" not in label else ""


def held_office(label: str) -> tuple[str, str]:
    """Name and office of "M. Ivo Matos, rapporteur", "M. le rapporteur Ivo Matos"; ("", "") where it has not both."""
    name = addressed(label)
    core, _, after = BRACKETED.sub("", label).partition(", ")
    office = office_alone(core.removesuffix(name)) if name else ""
    if name and not office and after and after.split()[0].casefold() in _OFFICES:
        office = after.casefold()
    return (name, office) if office else ("", "")


def _is_name(text: str) -> bool:
    words = text.split()
    offices = sum(word.casefold() in _OFFICES for word in words)
    return 1 <= len(words) <= 6 and not offices and name_shaped(text) and not any(ch.isdigit() for ch in text)
