"""Who is in the chair: a line of the record tells it, and the labels below say "President" alone.

    Présidence de Mme Ana Leal, vice-présidente     PRESIDENZA DEL VICEPRESIDENTE ANA LEAL
    VORSITZ: ANA LEAL                               PRESIDENCIA DE LA SRA. ANA LEAL
    IN THE CHAIR: ANA LEAL, Vice-President          [Dame Ana Leal in the Chair]

Source: the records of the European Parliament, of France's and Italy's chambers, Spain's, Portugal's and Westminster's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.read.address import addressed
from qa.read.shapes import Label, name_shaped
from qa.read.source import Line

_LONGEST = 160  # characters of the line
_IN_THE_CHAIR = re.compile(
    r"""[\W_]*(?:
    (?:in\ the\ chair|vorsitz|voorzitter|forsæde|ordförandeskap|presidência|presidenza|présidence|presidencia
     |przewodnictwo)\s?:\s*
    |présidence\ d(?:e\ |[’'])
    |presidenza\ d(?:i\ |el(?:la)?\ |ell[’'](?:on(?:orevole|\.)\ )?)
    |presid[eê]nci[ao]\ d(?:el?\ |e\ la\ |e\ |o\ |a\ )
    )(?P<name>[^\W\d_].{2,100})
    |\[(?P<before>[A-Z][^\[\]]{2,80})\ in\ the\ chair\]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TITLES = frozenset(
    """vice president vicepresidente vicepresidentessa presidente presidentessa presidenta vicepresidenta mr mrs ms
    sir dame sr sra excmo excma exmo exma ma d dª don doña m mme on onorevole""".split()
)
_CHAIRS = frozenset(
    """president presidente presidentessa presidenta chair chairman chairwoman président présidente präsident
    präsidentin vorsitzende vorsitzender voorzitter formanden talmannen puhemies przewodniczący
    przewodnicząca""".split()
)
_VICE = re.compile(r"^\W*vi[cz]e-?|\W+$", re.IGNORECASE)
_BEFORE = frozenset("the m mm mme mlle le la il el der die de o a os as sr sra señor señora madam mr madame".split())


def with_chairs(labels: Sequence[Label], lines: Sequence[Line]) -> tuple[list[Label], frozenset[int]]:
    """The labels of a chair without a name, under the name of the last line before that tells who presides.

    Returns:
        The labels, and the lines that tell it, the office on a line below among them: they are nobody's words.
    """
    told = [(n, name) for n, line in enumerate(lines) if (name := _presides(line.text))]
    seats = [_seat(label.text) for label in labels if told and label.line > told[0][0] and _is_chair(label.text)]
    found, at = [], -1
    for label in labels:
        while at + 1 < len(told) and told[at + 1][0] < label.line:
            at += 1
        chair = at >= 0 and not label.person and _is_chair(label.text) and _seat(label.text) == seats[0]
        found.append(replace(label, person=told[at][1]) if chair else label)
    own = {n for n, _ in told}
    own |= {m for n in own for m in (n + 1, n + 2) if m < len(lines) and _is_chair(_VICE.sub("", lines[m].text))}
    return found, frozenset(own)


def _presides(text: str) -> str:
    """The name in a line that tells who is in the chair, or ""."""
    match = _IN_THE_CHAIR.fullmatch(text.strip()) if 8 < len(text) <= _LONGEST else None
    if match is None:
        return ""
    name = (match["name"] or match["before"]).partition(",")[0].strip(" .-–—*_]")
    name = addressed(name) or name
    words = name.split()
    while words and _bare(words[0]) in _TITLES:
        words = words[1:]
    shaped = 2 <= len(words) <= 6 and name_shaped(" ".join(words)) and not any(ch.isdigit() for ch in name)
    if not shaped:
        return ""
    return " ".join(word.title() if word.isupper() and len(word) > 1 else word for word in words)


def _is_chair(label: str) -> bool:
    words = [_bare(word) for word in label.split()]
    return bool(words) and words[-1] in _CHAIRS and all(word in _BEFORE for word in words[:-1])


def _seat(label: str) -> str:
    """The beginning of the word, the same for both genders: the chairman of something else is not the president."""
    return _bare(label.split()[-1])[:5]


def _bare(word: str) -> str:
    return word.strip(".,ªº").casefold()
