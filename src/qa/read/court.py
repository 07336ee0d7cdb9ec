"""Court reporters' transcripts: hearings, trials and depositions.

    12       Q.   Good morning. Where do you live?
    13       A.   In Pell.
    14            MS. ODELL:  Objection.
    15            THE COURT:  Overruled.

Lines are numbered from 1 on every page, or not at all; what stands between the pages without a number is
furniture, and so is a number alone on its line that does not go on counting: the page's. "BY MS. ODELL:" tells
who asks the questions after it, "TOM BASZKO, having been duly sworn" who answers them; without such lines Q and A
are voices without a name. International tribunals print "Examination by Mr. Odell:" and "WITNESS: TOM BASZKO".

Source: the layout courts of the United States prescribe (Guide to Judiciary Policy, vol. 6, ch. 5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.errors import ReadError
from qa.read.labelled import transcript_of
from qa.read.labels import Label, find_labels
from qa.read.marks import is_furniture
from qa.read.source import File, Line
from qa.types import Transcript

_HINT = re.compile(r"(?m)^[^\S\n]*+(?:\d{1,2}\s+)?(?:[QA][.:\s]|(?:THE|MR|MS|MRS|DR)\b|.{0,60}\b(?:BY|By) M)")
_NUMBER = re.compile(r"^(?P<n>\d{1,2})(?:\s+|$)")
# The page that lists who appears for whom: "FOR THE PLAINTIFF:", "BY: Nora Ekdal, Esq."
_APPEARANCES = re.compile(
    r"(?:remote )?appearances?(?: of .{2,40})?|by|(?:on behalf of|for) .{3,120}|also present|reported (?:by|before)",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?P<label>[QA])[.:]?\s+(?=\S)")
_BY = re.compile(
    r"^(?:(?:FURTHER |CONTINUED |VOIR DIRE |RE-?)*(?:DIRECT|CROSS|REDIRECT|RECROSS)?[- ]?EXAMINATION"
    r"\s*(?:\([^()]*\)\s*)?)?"
    r"(?:\(?CONTINUED\)?\s*)?(?:BY|By|Q\.?\s*\(?BY|Q\.?\s*\(By)\s+"
    r"(?P<name>(?:(?i:MR|MS|MRS|DR|MISS)\s?\.|THE)\s?[^\n:()]{2,40}?)\)?:?$"
)
# "Cross-examination by Ms. Odell:", "Examined by Mr Baszko:", "Questioned by the Court:", "Questions from MS ODELL"
_EXAMINES = re.compile(
    r"""^<?(?:(?:further|continued|additional|voir\ dire)\ )*(?:direct\ |cross[- ]?|re-?(?:direct\ |cross[- ]?)?)?
    (?:examination(?:[-\ ]in[-\ ]chief)?|examined|questioned|questions|questioning)
    (?:\ \((?:continued|resumed)\)|\ continued)?\ (?:by|from)
    \ (?P<name>(?:(?:mr|ms|mrs|dr|miss|mx|judge|justice|president|commissioner|the)\b\.?)\ [^\n:()\[\]]{2,40}?)
    (?:\ \[[^\[\]]{2,30}\])?[:.]?$""",
    re.IGNORECASE | re.VERBOSE,
)
# "WITNESS: LEA MARCHAND", "WITNESS: WITNESS B-12 [Resumed]"
_CALLED = re.compile(
    r"^(?:THE )?WITNESS(?: NAME)?:\s+(?P<name>[^a-zß-ÿ\n:()\[\]]{4,60}?)\s*(?:[(\[][^()\[\]]{2,40}[)\]])?$"
)
_SWORN = re.compile(
    r"^(?:WHEREUPON,\s*)?(?P<name>[^\W\d_][\w.'’-]+(?:\s+[^\W\d_][\w.'’-]*){1,4})\s*"
    r"(?:,.{0,200}\b(?i:sworn|called|testified|affirmed)\b.{0,200}|,?)$"
)
_INNER_SMALL = re.compile(r"(?<=[A-Z])[a-z]{1,2}(?=[A-Z])")  # "McCALL"
# Who is called, and that an oath was taken; over several lines where they are cut at a width.
_OATH = re.compile(
    r"""^(?:[A-Z][\w.'’ -]{2,60},.{0,80}\b)?(?:
    called\ (?:as|for|by)\b.{0,60}\bwitness|having\ (?:been\ |first\ |duly\ )*sworn
    |(?:first\ |been\ |was\ )*duly\ (?:sworn|affirmed)\b
    |(?:was\ examined\ and\ |proceeded\ to\ |and\ )?testif(?:ied|y)\ as\ follows)""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGE = re.compile(r"^(?:Page \d+(?:, Line \d+)?(?: of \d+)?|- ?\d+ ?-|\d{1,4}|.{0,60}\bPage \d+)$", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:(?:FURTHER |CONTINUED |RE-?)*(?:DIRECT |CROSS-? ?|REDIRECT |RECROSS )?EXAMINATION.{0,30}"
    r"|P R O C E E D I N G S|PROCEEDINGS|C E R T I F I C A T E|CERTIFICATE.{0,40}|[-=_* ]{3,}|oOo|--oOo--)$"
)
_CLOSED = re.compile(
    r"^(?:(?:--- ?)?\(?(?:Whereupon|Proceedings|The proceedings|Deposition|The deposition|Court)\b.{0,160}"
    r"(?:concluded|adjourned|ended)\b|C E R T I F I C A T E|(?:REPORTER'?S )?CERTIFICATE\b|I, .{2,60}certify)"
)


def detect(file: File) -> bool:
    """Numbered lines with labels, or questions and answers under "BY MR. X:"."""
    if not file.is_text or not _HINT.search(file.source.text):
        return False
    lines, numbered, head = _unnumbered(file.source.lines)
    told = any(_BY.match(line.text) for line in lines)
    if not numbered and not told:
        return False
    found = _labels(lines, head)
    return len(found) >= 2 and (numbered or sum("asked" in label.style for label in found) >= 2)


def parse(file: File, transcript_id: str, *, wrapped: bool | None = None) -> Transcript:
    """Read a transcript; what stands before the first label is the page's own words.

    Args:
        wrapped: lines are cut at a width; None: where they are numbered, or look so.

    Raises:
        ReadError: no label, or no words after one.
    """
    lines, numbered, head = _unnumbered(file.source.lines)
    found = _labels(lines, head)
    if not found:
        raise ReadError(file.path, "no speaker labels found.", remedy='Expected lines such as "Q." and "THE COURT:".')
    shouting = sum(line.text.isupper() for line in lines) * 2 > sum(bool(line.text) for line in lines)
    return transcript_of(
        file.source, lines, found, transcript_id, "court", wrapped=wrapped or numbered or None,
        furniture=lambda text: _is_furniture(text) or (not shouting and _is_heading(text)),
    )  # fmt: skip


def _unnumbered(lines: Sequence[Line]) -> tuple[list[Line], bool, int]:
    """The lines without the numbers of a court reporter's page, whether they had them, and how many stand before.

    A cover and a page of appearances without numbers tell who takes part, and nobody speaks on them.
    """
    matches = _line_numbers(lines)
    at = [n for n, match in enumerate(matches) if match]
    numbers = [int(match["n"]) for match in matches if match]
    counting = [n for n, (a, b) in zip(at, pairwise(numbers), strict=False) if b == a + 1]
    if not counting:
        return list(lines), False, 0
    head = counting[0]
    filled = sum(bool(line.text) for line in lines[head : at[-1] + 1])
    follow = sum(b == a + 1 or b == 1 for a, b in pairwise(numbers))
    if len(numbers) < 8 or len(numbers) < 0.6 * filled or follow < 0.8 * (len(numbers) - 1) or max(numbers) > 40:
        return list(lines), False, 0
    found = list(lines[:head])
    for line, match in zip(lines[head:], matches[head:], strict=True):
        if match:  # what stands between two pages cuts no sentence
            found.append(Line(line.number, line.start + match.end(), line.end, line.text[match.end() :]))
    return found, True, head


def _line_numbers(lines: Sequence[Line]) -> list[re.Match[str] | None]:
    """The number that begins each line, but not one alone that neither goes on counting nor begins: a page's."""
    found: list[re.Match[str] | None] = []
    last = 0
    for line in lines:
        match = _NUMBER.match(line.text) if line.text else None
        number = int(match["n"]) if match else 0
        if match and match.end() == len(line.text) and number not in (1, last + 1):
            match = None
        last = number if match else last
        found.append(match)
    return found


def _labels(lines: Sequence[Line], head: int) -> list[Label]:
    found = [
        label
        for label in find_labels(lines)
        if label.line >= head and not _announces(lines[label.line].text) and not _APPEARANCES.fullmatch(label.text)
    ]
    if not any("asked" in label.style for label in found):
        found = sorted([*found, *_bare(lines, {label.line for label in found})], key=lambda label: label.line)
    first = found[0].line if found else len(lines)
    breaks = [Label(n, "Break", line.start) for n, line in enumerate(lines) if n > first and _CLOSED.match(line.text)]
    return _with_people(lines, sorted([*found, *breaks], key=lambda label: label.line))


def _announces(text: str) -> bool:
    """It tells who examines or who is called, and is nobody's words."""
    return len(text) <= _LONGEST and bool(_BY.match(text) or _EXAMINES.match(text) or _CALLED.match(text))


_LONGEST = 200


def _bare(lines: Sequence[Line], taken: set[int]) -> list[Label]:
    """Q and A without a full stop, where both come often; an A only after a Q."""
    found: list[Label] = []
    for n, line in enumerate(lines):
        match = _BARE.match(line.text) if n not in taken else None
        if match and (match["label"] == "Q" or (found and found[-1].text == "Q")):
            found.append(Label(n, match["label"], line.start + match.end(), None, frozenset({"asked"})))
    counts = [sum(label.text == voice for label in found) for voice in "QA"]
    return found if min(counts) >= 2 else []


def _with_people(lines: Sequence[Line], found: Sequence[Label]) -> list[Label]:
    """Q and A with the names that the lines between them give."""
    at = {label.line: label for label in found}
    asks = answers = ""
    named = []
    for n, line in enumerate(lines):
        if match := _BY.match(line.text) or _EXAMINES.match(line.text):
            asks = re.sub(r"\s+\.", ".", " ".join(match["name"].split()))
        elif match := _CALLED.match(line.text):
            answers, asks = " ".join(match["name"].split()), ""
        elif (name := _sworn(line.text)) and n not in at and _is_sworn(lines, n):
            answers, asks = name, ""
        if label := at.get(n):
            person = {"Q": asks, "A": answers, "THE WITNESS": answers}.get(label.text, "")
            named.append(replace(label, person=person or label.person))
    return named


def _sworn(text: str) -> str:
    """The name in capitals that opens a line which may tell of an oath; else ""."""
    match = _SWORN.match(text)
    name = match["name"].rstrip(",") if match else ""
    return name if _INNER_SMALL.sub("", name).isupper() else ""


def _is_sworn(lines: Sequence[Line], n: int) -> bool:
    near = " ".join(line.text for line in lines[n : n + 5])
    return bool(re.search(r"\b(?:sworn|affirmed)\b", near, re.IGNORECASE))


def _is_furniture(text: str) -> bool:
    return bool(_PAGE.match(text) or _HEADING.match(text) or _OATH.match(text) or _announces(text)) or is_furniture(
        text
    )


def _is_heading(text: str) -> bool:
    """Capitals alone, where the words are not: who is called, which examination begins."""
    return text.isupper() and len(text.split()) >= 2 and text[-1] not in ".?!"
