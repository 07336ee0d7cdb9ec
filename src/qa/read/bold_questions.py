"""Interviews in Word and PDF in which nobody is named: questions in bold, answers in plain type.

Every attribution here is a guess; the voices are "Question" and "Answer".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.read.assemble import assemble, facts_of
from qa.read.day import iso_day
from qa.read.html_ends import names_an_end
from qa.read.marks import is_furniture
from qa.read.prose import head
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, Transcript

_FEWEST = 3  # questions
_ENDS = '.!?…:"”»’)'


@dataclass(frozen=True, slots=True)
class Set:
    """A line, and whether all of it is set in bold; an empty one ends a paragraph."""

    text: str
    bold: bool = False


def read_questions(lines: Sequence[Set], file: File, transcript_id: str, form: str, joint: str) -> Transcript | None:
    """The interview, or None where the lines are none.

    Args:
        form: the document's format, "docx" or "pdf".
        joint: stands between two lines of one paragraph.
    """
    dropped = [line.text for line in lines if _is_furniture(line)]
    blocks = _blocks([line for line in lines if not _is_furniture(line)], joint)
    asked = [n for n, block in enumerate(blocks) if block.bold and block.text.rstrip("\"'”»’)").endswith("?")]
    if len(asked) < _FEWEST:
        return None
    within = blocks[asked[0] : asked[-1] + 1]
    answers = sum(not block.bold for block in within) + (asked[-1] + 1 < len(blocks))
    if len(asked) * 2 < sum(block.bold for block in within) or answers < 0.7 * len(asked):
        return None
    before = [line for block in blocks[: asked[0]] for line in block.text.split("\n")]
    said = _said(blocks[asked[0] :], asked[-1] - asked[0], dropped)
    turns, people, _ = join_utterances(said, joint="\n")
    page = head(before, dropped)
    return assemble(
        file.path, transcript_id, form, turns, people, page, date=iso_day(facts_of(page).get(PageKind.DATE, "")),
        dropped=dropped,
    )  # fmt: skip


def _is_furniture(line: Set) -> bool:
    return bool(line.text) and not line.bold and is_furniture(line.text)


def _blocks(lines: Sequence[Set], joint: str) -> list[Set]:
    """Neighbouring lines that are set alike, as one; in bold an empty line parts a title from a question."""
    found = []
    for bold, group in groupby(_without_gaps(lines), key=lambda line: line.bold):
        text = ""
        blank = False
        for line in group:
            if bold and blank and line.text and not line.text[0].islower():
                found.append(Set(text, bold))
                text = ""
            text += (("\n" if blank else joint) if text and line.text else "") + line.text
            blank = not line.text
        found.append(Set(text, bold))
    return [
        Set(" ".join(block.text.split()) if block.bold else block.text, block.bold) for block in found if block.text
    ]


def _without_gaps(lines: Sequence[Set]) -> list[Set]:
    """An empty line belongs to the lines before it, whatever they are set in."""
    found: list[Set] = []
    for line in lines:
        found.append(line if line.text else Set("", bool(found) and found[-1].bold))
    return found


def _said(blocks: Sequence[Set], last: int, dropped: list[str]) -> list[Utterance]:
    """Questions and answers; bold lines that are no sentence head a section, after the last question the foot."""
    found: list[Utterance] = []
    for n, block in enumerate(blocks):
        if block.bold and (n > last or block.text[-1] not in _ENDS):
            dropped.append(block.text)
            if n > last:
                dropped.extend(one.text for one in blocks[n + 1 :])
                break
            continue
        kept: list[str] = []
        for line in block.text.split("\n"):
            (dropped if n > last and kept and names_an_end(line) else kept).append(line)
        found.append(Utterance("Question" if block.bold else "Answer", "\n".join(kept), uncertain=True))
    return found
