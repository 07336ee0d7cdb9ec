"""Who speaks in a web page.

Ten ways to tell a speaker are tried, and the one with the most credible labels is taken for the whole page:
an element of a class such as "speaker", <dt>, `Name:` or `Name.-` at the beginning of a block, the first cell of a row,
a bold name, a heading, an element of a class that holds names, a name in capitals alone in its
block, and labels that a full stop ends, in bold or as official journals print them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from qa.names import is_voice
from qa.read.address import addressed
from qa.read.dom import HEADINGS, Block, Element, ancestors, common_ancestor, text_of
from qa.read.html_ends import names_an_end
from qa.read.html_lines import Lines
from qa.read.html_questions import questions_of, replaces
from qa.read.journal import dotted
from qa.read.labels import Label, credible, plain
from qa.read.marks import is_furniture
from qa.read.shapes import candidate, name_shaped, seconds
from qa.read.source import Line

_WAYS = ("speaker", "dt", "colon", "pointed", "dashed", "cell", "bold", "heading", "named", "alone")
_LONGEST_LABEL = {"alone": 60, "bold": 60, "heading": 60, "named": 60, "cell": 80}  # characters
_HEARD = re.compile(
    r"\((?:video|audio|recording|recorded|archive|translat|interpret|in [A-Z]|on |off)[^()]{0,40}\)\s+", re.I
)
_COMMENTS = re.compile(
    r"\bcomments?\b|\b(?:repl(?:y|ies)|responses?)\b|комментари|kommentare|commentaires", re.IGNORECASE
)
_MARKS = " :-–—|"
_NUMBER = re.compile(r"^\d{1,4}[.)]\s+")  # of a question
# What follows the bold part of "NORA EKDAL (PX). Words", "Nora Ekdal, rapporteur. – (SV) Words"
_POINT = re.compile(
    r"(?:\s?\([^()]{1,60}\))?(?:,\s(?:[^.–—−:!?()]|\([^()]{1,60}\)){3,200})?"
    r"(?P<stop>\s?\.)(?:\s?(?P<dash>[–—−-])\s?)?(?:\s\([A-Z]{2}\))?\s+(?=\S)"
)
_LONGEST_NAME = 10  # words, forms of address among them


def labels_of(page: Lines) -> list[Label]:
    """The labels of the way that gives most credible ones; empty when nobody is named."""
    found: dict[str, list[Label]] = {way: [] for way in _WAYS}
    for row in page.rows:
        for way, label in _candidates(page.block(row), row, page.lines[row]):
            found[way].append(label)
    best: list[Label] = []
    for way, candidates in found.items():
        good = _pointed(page) if way == "pointed" else credible(candidates, page.lines)
        if way in ("speaker", "named") and good:  # what the class says needs no other evidence
            good = candidates
        if way == "dashed" and len({label.text for label in good}) < 2:  # a dash proves less than a colon
            good = []
        if len(good) > 1.2 * len(best):  # the first of near equals
            best = good
    best = _in_one_place(_before_comments(best, page), page)
    questions = questions_of(page)
    return questions if replaces(best, questions, page) else best


def _pointed(page: Lines) -> list[Label]:
    """The labels of a record in which a full stop ends them: in bold type, else by the words of journals."""
    bold = [row for row in page.rows if (block := page.block(row)).lead_kind == "bold" and not block.is_bold]
    found = [label for row in bold if (label := _bold_point(page.block(row), row, page.lines[row])) is not None]
    counts = Counter(plain(label.text.partition(",")[0]) for label in found)
    again = sum(n for n in counts.values() if n > 1)
    needed = 2 if sum("dashed" in label.style for label in found) >= 0.7 * len(found) else len(found) / 3
    sure = len(found) >= 4 and len(counts) >= 2 and again >= needed and len(found) >= 0.7 * len(bold)
    return max(found if sure else [], dotted(page.lines), key=len)


def _bold_point(block: Block, row: int, line: Line) -> Label | None:
    """ "Nora Ekdal, rapporteur. – Words", where the name at least is in bold."""
    match = _POINT.match(line.text, len(block.lead.rstrip("., –—−-")))
    if match is None:
        return None
    text = line.text[: match.start("stop")].strip()
    name = text.partition(",")[0]
    if not text[:1].isalpha() or len(name.split()) > _LONGEST_NAME or not name_shaped(name):
        return None
    person = name.partition("(")[0].strip() if "," in text and not addressed(name) else ""
    style = {"dot", "bold", *(["dashed"] if match["dash"] else [])}
    return Label(row, text, line.start + match.end(), None, frozenset(style), person)


def _in_one_place(found: list[Label], page: Lines) -> list[Label]:
    """Without labels that come once and stand outside the part of the page in which the others stand."""
    counts = Counter(plain(label.text) for label in found)
    often = [label for label in found if counts[plain(label.text)] > 1]
    if len(often) < 4 or len(often) == len(found):
        return found
    top = common_ancestor([page.block(label.line).element for label in often])
    return [one for one in found if counts[plain(one.text)] > 1 or top in ancestors(page.block(one.line).element)]


def _before_comments(found: list[Label], page: Lines) -> list[Label]:
    """Without what readers of the page wrote: a few labels after a heading that ends the page's own part."""
    for row in page.rows:
        block = page.block(row)
        if block.tag in HEADINGS and names_an_end(block.text):
            before = [label for label in found if label.line < row]
            ends = _COMMENTS.search(block.text) or (2 * len(before) > len(found) and not _goes_on(found, before, page))
            if len(before) >= 2 and ends:
                return before
    return found


def _goes_on(found: list[Label], before: list[Label], page: Lines) -> bool:
    """After "More on this" the same people speak on, in the same part of the page: it was a box."""
    names = {plain(label.text) for label in before}
    top = common_ancestor([page.block(label.line).element for label in before])
    after = found[len(before) :]
    same = [one for one in after if plain(one.text) in names and top in ancestors(page.block(one.line).element)]
    return len(same) >= 2 and len(same) >= 0.8 * len(after)


def _candidates(block: Block, row: int, line: Line) -> Iterator[tuple[str, Label]]:
    start_s = seconds(re.sub(r"^\W+", "", block.time))
    lead = _NUMBER.sub("", block.lead.strip(_MARKS))
    # "Read also: The mill" is one link; the name of a speaker may be one, what is said is none.
    label = None if block.tag == "h1" or block.is_links else candidate(row, _after_direction(line))
    if label is not None and label.style & {"colon", "asked"}:
        style = label.style | ({"bold"} if lead and plain(lead) == plain(label.text) else set())
        yield "colon", replace(label, start_s=start_s if label.start_s is None else label.start_s, style=style)
    elif label is not None and "dashed" in label.style and any(map(str.isalnum, line.text[label.body - line.start :])):
        yield "dashed", label
    whole = block.text.strip(_MARKS)
    if block.tag == "dt":
        yield from _marked("dt", whole, row, line.end, start_s)
    elif block.tag in HEADINGS and block.tag != "h1":
        yield from _marked("heading", whole, row, line.end, start_s)
    elif block.tag == "td" and _is_before_a_cell(block.element):
        yield from _marked("cell", whole, row, line.end, start_s)
    elif whole.isupper() and 2 <= len(whole.split()) <= 5 and block.text[-1].isalpha():
        yield from _marked("alone", whole, row, line.end, start_s)
    if block.lead_kind and lead:
        body = line.start + len(block.lead)
        body += len(line.text[len(block.lead) :]) - len(line.text[len(block.lead) :].lstrip(_MARKS))
        yield from _marked(block.lead_kind, lead, row, body, start_s)
        if lead.endswith(".") and is_voice(lead) and len(line.text) > len(block.lead):  # "Pregunta.", then "P."
            yield "colon", Label(row, lead.rstrip("."), body, start_s, frozenset({"colon", "bold"}))


def _after_direction(line: Line) -> Line:
    """ "(Video) Woman: There it is": the line without what tells how it is heard."""
    match = _HEARD.match(line.text)
    if match is None:
        return line
    return replace(line, start=line.start + match.end(), text=line.text[match.end() :])


def _marked(way: str, text: str, row: int, body: int, start_s: float | None) -> Iterator[tuple[str, Label]]:
    initial = way == "speaker" and re.search(r"\b[^\W\d_]\.$", text)  # "Nora E."
    if len(text) <= _LONGEST_LABEL.get(way, 120) and _names(text) and (initial or text[-1] not in ".,"):
        # Only a class that says so is as good as a colon.
        style = {"colon"} if way in ("speaker", "dt") else {"heading"}
        yield way, Label(row, text, body, start_s, frozenset(style))


def _names(text: str) -> bool:
    return text[:1].isalpha() and (name_shaped(text) or is_voice(text))


def _is_before_a_cell(element: Element) -> bool:
    """A cell with another after it, and none with words before it: the first, or the one after a time."""
    before, after = element.getprevious(), element.getnext()
    timed = before is not None and before.getprevious() is None and is_furniture(text_of(before)[:40] or "-")
    return after is not None and after.tag == "td" and (before is None or timed)
