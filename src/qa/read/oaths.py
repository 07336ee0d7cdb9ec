"""Who is called to speak, as records print it between the turns: oaths, lists of witnesses, headings of statements.

Whereupon, LEA MARCHAND, having been duly sworn, testified as follows:
MRS LEA ANNE MARCHAND (affirmed)
STATEMENT OF HON. LEA MARCHAND, A REPRESENTATIVE FROM OHIO
DE LA MARCHE, Ms Lea Anne, Chief Executive Officer, Mills of Pell [by video link]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.names import PARTICLES
from qa.read.source import Line

_WORD = r"[^\W\d_][\w.'’-]*"
_OATH = re.compile(
    rf"""^[*_<]*(?:(?P<whereupon>Whereupon,?\s+(?:the\ witness,\s+)?)(?P<any>[^,()]{{3,80}})
    |(?P<name>{_WORD}(?:\ {_WORD}){{1,6}}))
    \s*[,(].{{0,200}}\b(?:sworn|affirmed|on\ former\ oath|recalled)\b.{{0,80}}$""",
    re.IGNORECASE | re.VERBOSE,
)
_TOLD = re.compile(r"\b(?:sworn|affirmed|on former oath|recalled)\b", re.IGNORECASE)
_STATEMENT = re.compile(r"^(?:(?:opening|joint|prepared) )?(?:statement|testimony|remarks) (?:of|by) \S", re.IGNORECASE)
_WITNESS = re.compile(
    rf"^(?P<family>{_WORD}(?: {_WORD}){{0,3}}), "
    rf"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Senator|Rev|The Hon)\.? "
    rf"(?P<given>{_WORD}(?: {_WORD}){{0,2}})(?:, .{{2,200}}|)$"
)
_MOST = 4  # lines over which an oath is printed
_LONGEST = 400


def oaths(lines: Sequence[Line], taken: Iterable[int]) -> tuple[set[int], list[str]]:
    """The lines that tell of an oath or name a witness, family name first, and the names in them.

    Args:
        taken: lines that begin with a label; no oath reaches over one.
    """
    labels = set(taken)
    found: set[int] = set()
    names: list[str] = []
    for end, line in enumerate(lines):
        if end not in labels and (name := _witness(line.text)):
            found.add(end)
            names.append(name)
        if end in labels or len(line.text) > _LONGEST or not _TOLD.search(line.text):
            continue
        first = end  # of the lines that stand together, at most four
        while first > max(0, end - _MOST + 1) and lines[first - 1].text and first - 1 not in labels:
            first -= 1
        for start in range(first, end + 1):
            name = _oath(" ".join(one.text for one in lines[start : end + 1]))
            if name:
                found.update(range(start, end + 1))
                names.append(name)
                break
    return found, names


def _witness(text: str) -> str:
    """ "Lea Anne de la Marche" of "DE LA MARCHE, Ms Lea Anne, Chief Executive Officer"; "" of any other line."""
    match = _WITNESS.match(text) if len(text) <= _LONGEST else None
    if match is None or not match["family"].isupper():
        return ""
    family = [word.lower() if word.casefold() in PARTICLES else word.title() for word in match["family"].split()]
    return " ".join([match["given"], *family])


def _oath(text: str) -> str:
    match = _OATH.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return ""
    name = (match["any"] or match["name"]).strip()
    return name if name.isupper() or match["any"] else ""


def statements(lines: Sequence[Line], taken: Iterable[int]) -> list[str]:
    """Headings that tell whose statement follows, in capitals as records have them, perhaps over several lines."""
    labels = set(taken)
    return [
        _shouted(lines, n, labels)
        for n, line in enumerate(lines)
        if n not in labels and len(line.text) <= _LONGEST and line.text.isupper() and _STATEMENT.match(line.text)
    ]


def _shouted(lines: Sequence[Line], n: int, labels: set[int]) -> str:
    """The line and those below it that go on in capitals."""
    stop = n + 1
    while stop < min(len(lines), n + _MOST) and lines[stop].text.isupper() and stop not in labels:
        stop += 1
    return " ".join(line.text for line in lines[n:stop])
