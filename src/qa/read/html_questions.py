"""Interviews in which nobody is named: questions in bold, in italics, as headings, or after dashes.

Every attribution here is a guess. Where the first question or the first answer begins with a name, as some
magazines print it, the name stands for all of them; where the lines before the first question tell with whom
it is an interview, the answers are that person's; else the voices are "Question" and "Answer".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.read.dom import HEADINGS, Block
from qa.read.html_ends import ends
from qa.read.html_lines import Lines
from qa.read.labels import Label, credible
from qa.read.shapes import candidate, name_shaped

_FEWEST = 3  # questions
_FEWEST_DASHES = 6  # paragraphs
_LONGEST_HEAD = 400  # characters of a line before the questions
_DASH = re.compile(r"^[-–—―]\s*(?=[^\s\d])")
_SENTENCE = re.compile(r"[.!?…:][\"”»')\]]*$")
_THANKS = re.compile(r"^.{0,60}\b(?:thanks?|danke|merci|gracias|grazie|спасибо)\b.{0,60}[.!…]$", re.IGNORECASE)
_WAYS: tuple[Callable[[Block], bool], ...] = (
    lambda block: block.is_bold and block.tag not in HEADINGS,
    lambda block: block.is_italic and block.tag not in HEADINGS,
    lambda block: block.tag in HEADINGS and block.tag != "h1",
)


def questions_of(page: Lines) -> list[Label]:
    """Labels "Question" and "Answer", all of them guesses; empty when the page is no such interview."""
    found = max((_marked(page, way) for way in _WAYS), key=len) or _dashed(page)
    return _with_interviewer(_with_interviewee(_with_names(found, page), page), page)


def _asks(block: Block) -> bool:
    return block.text.rstrip("\"'”»’)] ").endswith("?")


def _marked(page: Lines, way: Callable[[Block], bool]) -> list[Label]:
    rows = [row for row in page.rows if not page.block(row).soft]
    marked = {row for row in rows if way(page.block(row)) and not page.block(row).is_links}
    asked = [row for row in rows if row in marked and _asks(page.block(row))]
    if len(asked) < _FEWEST or len(asked) * 2 < sum(asked[0] <= row <= asked[-1] for row in marked):
        return []
    found: list[Label] = []
    for row in (row for row in page.rows if row >= asked[0]):
        block = page.block(row)
        said = "Question" if row in marked else "Answer"
        if row in marked and row > asked[-1] and not _THANKS.search(block.text):
            found.append(Label(row, "Break", page.lines[row].start))
            break
        if row > asked[-1] and found[-1].text == "Question" and found[-1].line != asked[-1] and ends(block):
            found.append(Label(row, "Break", page.lines[row].start))
            break
        if row in marked and not _SENTENCE.search(block.text):  # a heading of no rank
            found.append(Label(row, "Break", page.lines[row].end))
        elif row in marked or (found[-1].text != "Answer" and not page.is_aside(row) and not block.soft):
            found.append(_voice(said, row, page))
    answers = sum(label.text == "Answer" for label in found)
    return found if answers >= 0.7 * len(asked) else []


def _dashed(page: Lines) -> list[Label]:
    """Every change of voice is a dash; those who ask and those who answer take turns."""
    rows = [row for row in page.rows if _DASH.match(page.block(row).text)]
    asked, answered = rows[::2], rows[1::2]
    if len(rows) < _FEWEST_DASHES:
        return []
    if sum(_asks(page.block(row)) for row in asked) < 0.7 * len(asked):
        return []
    if sum(_asks(page.block(row)) for row in answered) > 0.3 * len(answered):
        return []
    return [_voice("Answer" if n % 2 else "Question", row, page) for n, row in enumerate(rows)]


def _voice(said: str, row: int, page: Lines) -> Label:
    line = page.lines[row]
    dash = _DASH.match(line.text)
    return Label(row, said, line.start + (dash.end() if dash else 0), guess=True)


def _with_names(found: list[Label], page: Lines) -> list[Label]:
    """With the names that the first question and the first answer begin with."""
    named = {one.line: label for one in found if (label := candidate(one.line, page.lines[one.line])) is not None}
    named = {label.line: label for label in credible(list(named.values()), page.lines)}
    names = {}
    for said in ("Question", "Answer"):
        rows = [one.line for one in found if one.text == said]
        labels = {named[row].text for row in rows if row in named}
        if rows and rows[0] in named and len(labels) == 1:
            names[said] = labels.pop()
    if len(set(names.values())) < len(names):
        return found
    return [
        one
        if one.text not in names
        else replace(named[one.line], text=names[one.text], guess=False)
        if one.line in named
        else replace(one, text=names[one.text])
        for one in found
    ]


_WORDS_OF_A_NAME = (
    r"(?<!\w)[A-ZÀ-ÞА-ЯЁ][^\s,.:;()]{1,40}(?:\s(?:de|van|von|der|da|del|[A-ZÀ-ÞА-ЯЁ][^\s,.:;()]{0,40})(?!\w)){1,3}"
)
# "An interview with Nora Ekdal", "Nora Ekdal im Gespräch mit Tom Baszko"; "spoke to" is said of either side.
_MET = re.compile(
    rf"(?P<before>{_WORDS_OF_A_NAME})\s+(?:im (?:Gespräch|Interview)|in conversation)\b"
    r"|\b(?i:interview|conversation|Q&A|Gespräch|entretien|entrevista|intervista|интервью|беседа)"
    rf"\s+(?i:with|mit|avec|con|a|с)\s+(?P<name>{_WORDS_OF_A_NAME})"
)


def _with_interviewee(found: list[Label], page: Lines) -> list[Label]:
    """The answers under the one name that the head of the page says was met for the interview."""
    if not found or all(one.text != "Answer" for one in found):
        return found
    head = (page.lines[row].text[:_LONGEST_HEAD] for row in page.rows if row < found[0].line)
    names = {match["name"] or match["before"] for text in head for match in _MET.finditer(text)}
    names = {name for name in names if name_shaped(name)}
    if len(names) != 1:
        return found
    name = names.pop()
    return [replace(one, person=name) if one.text == "Answer" else one for one in found]


# "Interview by Nora Ekdal", "Das Interview führte Nora Ekdal"
_ASKED_BY = re.compile(
    rf"\b(?i:interview(?:ed)?\s+(?:by|von|führte)|entretien\s+par|entrevista\s+(?:de|por)|intervista\s+di)\s*:?\s+"
    rf"(?P<name>{_WORDS_OF_A_NAME})(?=[\s.,;|]*$)"
)


def _with_interviewer(found: list[Label], page: Lines) -> list[Label]:
    """The questions under the one name that a line of the head gives to the one who asked."""
    if not found or all(one.text != "Question" for one in found):
        return found
    head = (page.lines[row].text for row in page.rows if row < found[0].line)
    names = {match["name"] for text in head if len(text) <= 120 and (match := _ASKED_BY.search(text))}
    if len(names) != 1 or not name_shaped(name := names.pop()) or any(one.person == name for one in found):
        return found
    return [replace(one, person=name) if one.text == "Question" else one for one in found]


def replaces(found: list[Label], questions: list[Label], page: Lines) -> bool:
    """The questions tell more than the labels: next to no label, or only those of one who asks in another type."""
    if not questions or not found:
        return bool(questions)
    few = len(found) <= 2 or len({label.text for label in found}) == len(found)
    if few and len(questions) > (2 if len(found) <= 2 else 4) * len(found):
        return True
    one_voice = len({label.text for label in found}) == 1
    return one_voice and all(page.block(one.line).is_bold or page.block(one.line).is_italic for one in found)
