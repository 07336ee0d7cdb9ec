"""Who speaks in a web page, and where their words end.

Six ways to tell a speaker are tried, and the one with the most credible labels is taken for the whole page:
an element of a class such as "speaker", <dt>, `Name:` at the beginning of a block, the first cell of a row,
a bold name, a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qa.read.dom import HEADINGS, Block, Element, ancestors, common_ancestor, signature, text_of
from qa.read.labels import Label, credible, is_voice, plain
from qa.read.marks import is_credit, is_furniture
from qa.read.shapes import candidate, name_shaped, seconds
from qa.read.source import Line, Source

_WAYS = ("speaker", "dt", "colon", "cell", "bold", "heading")
_LONGEST_LABEL = {"bold": 60, "heading": 60, "cell": 80}  # characters
_LONGEST_END = 250  # characters; a longer paragraph that begins so is somebody's words
# Where no turn of so many has a second block, a block after the last label is no part of the last turn either;
# sooner where the part of the page that holds the labels is the whole page, its foot included.
_FEW_TURNS, _FEW_TURNS_OF_PAGE = 8, 5
_END = re.compile(
    r"""^\W*(?:
    related(?:\ (?:articles?|stor|posts?|content|links|news|reading|topics|coverage|items|:)|\W*$)
    |(?:read|see|learn|find\ out)\ (?:more|next|also)\b|more\ (?:from|on|about|stories|news|like)\b
    |you\ (?:may|might)\ also|share\ (?:this|on|via)\b|share\W*$|follow\ (?:us|\S+\ on)\b
    |subscribe\ (?:to|now|for|here)|sign\ up\b|(?:our\ )?newsletter|(?:\d+\ )?comments?\W*(?:\(?\d|$|off|are\ closed)
    |leave\ a\ (?:reply|comment)|about\ the\ (?:author|show|podcast|interviewe)|filed\ under|tags?:|topics?:
    |categor(?:y|ies):|(?:posted|published)\ (?:in|on|by|:)|last\ updated
    |(?:photo(?:graph)?s?|image|illustration)(?:\ by|:|\ credit|\ courtesy)
    |(?:previous|next)\W*(?:article|post|story|page|episode|$)|back\ to\ |advertisement\W*$|contact\ us
    |privacy\ (?:policy|notice)|terms\ (?:of|and)|all\ rights\ reserved|©
    |this\ (?:interview|transcript|conversation|article|story|episode)\ (?:has\ been|was|is|appear|first|original)
    |(?:the\ )?(?:interview|conversation)\ (?:has\ been|was)\ (?:edited|condensed|conducted)
    |transcript(?:ion)?\ (?:by|provided)|download\ (?:the|this|pdf|transcript|now)|click\ here|visit\ (?:our|us)
    |(?:читайте|смотрите)\ также|поделиться|комментари[ийев]+\W*(?:\(?\d|$)|подпи(?:шитесь|саться)|теги\W*:?
    |фото(?:\W|\ )*:|материалы\ по\ теме|опубликовано|источник:|беседовал[аи]?\b|интервью\ (?:взял|подготов)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# A closing line that names no end: an address (no sentence: people say addresses, too), or who somebody is.
_CONTACT = re.compile(
    r"^(?=.*(?:\S@\S+\.\w|\bwww\.|https?://|\+?\d[\d ()-]{8,}\d|©)).*[^.!?…\"”»)]$"
    r"|^(?:tel|phone|fax|e-?mail|address|тел|адрес)\b.?:"
    r"|^(?:(?-i:[A-ZА-Я])[\w'’-]+ ){2,3}(?:is (?:an?|the)|was (?:an?|the)|writes|teaches|covers|reports|hosts|edits)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\W*(?:related|read more|see also|advertisement|читайте также)\b", re.IGNORECASE)
_MARKS = " :-–—|"


class Lines:
    """The blocks of a page as a text of lines, with blank lines between paragraphs.

    Attributes:
        source: that text.
        lines: its lines.
        rows: the line of each block, rising.
    """

    def __init__(self, blocks: Sequence[Block], path: Path) -> None:
        parts: list[str] = []
        self.rows: list[int] = []
        row = 0
        for block in blocks:
            if parts:
                parts.append("\n" if block.soft else "\n\n")
                row += 1 if block.soft else 2
            self.rows.append(row)
            parts.append(block.text)
        self._block_at = dict(zip(self.rows, blocks, strict=True))
        self.source = Source("".join(parts), path)
        self.lines: Sequence[Line] = self.source.lines

    def block(self, row: int) -> Block:
        """The block that stands on a line."""
        return self._block_at[row]

    def is_aside(self, row: int) -> bool:
        """No speech between two labels: a heading, a list of links, a stage direction."""
        block = self._block_at.get(row)
        if block is None:
            return False
        return (
            block.tag in HEADINGS
            or (block.is_links and len(block.text) <= _LONGEST_END)
            or is_furniture(block.text)
            or (len(block.text) <= 100 and bool(_BESIDE.match(block.text)))
        )


def labels_of(page: Lines) -> list[Label]:
    """The labels of the way that gives most credible ones; empty when nobody is named."""
    found: dict[str, list[Label]] = {way: [] for way in _WAYS}
    for row in page.rows:
        for way, label in _candidates(page.block(row), row, page.lines[row]):
            found[way].append(label)
    best: list[Label] = []
    for candidates in found.values():
        good = credible(candidates, page.lines)
        if len(good) > 1.2 * len(best):  # the first of near equals
            best = good
    return _before_comments(best, page) or _questions(page)


def _before_comments(found: list[Label], page: Lines) -> list[Label]:
    """Without what readers of the page wrote: a few labels after a heading that ends the page's own part."""
    for row in page.rows:
        block = page.block(row)
        if block.tag in HEADINGS and _END.match(block.text):
            before = [label for label in found if label.line < row]
            if len(before) >= 2 and len(before) > len(found) - len(before):
                return before
    return found


def _candidates(block: Block, row: int, line: Line) -> Iterator[tuple[str, Label]]:
    start_s = seconds(re.sub(r"^\W+", "", block.time))
    lead = block.lead.strip(_MARKS)
    label = candidate(row, line)
    if label is not None and label.style & {"colon", "asked"}:
        style = label.style | ({"bold"} if lead and plain(lead) == plain(label.text) else set())
        yield "colon", replace(label, start_s=start_s if label.start_s is None else label.start_s, style=style)
    whole = block.text.strip(_MARKS)
    if block.tag == "dt":
        yield from _marked("dt", whole, row, line.end, start_s)
    elif block.tag in HEADINGS and block.tag != "h1":
        yield from _marked("heading", whole, row, line.end, start_s)
    elif block.tag == "td" and _is_before_a_cell(block.element):
        yield from _marked("cell", whole, row, line.end, start_s)
    if block.lead_kind and lead:
        body = line.start + len(block.lead)
        body += len(line.text[len(block.lead) :]) - len(line.text[len(block.lead) :].lstrip(_MARKS))
        yield from _marked(block.lead_kind, lead, row, body, start_s)


def _marked(way: str, text: str, row: int, body: int, start_s: float | None) -> Iterator[tuple[str, Label]]:
    if len(text) <= _LONGEST_LABEL.get(way, 120) and _names(text) and text[-1] not in ".,":
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


def _questions(page: Lines) -> list[Label]:
    """Magazine style: the questions are whole paragraphs in bold, the answers plain ones; nobody is named."""
    blocks = [page.block(row) for row in page.rows]
    bold = {n for n, block in enumerate(blocks) if block.lead_kind == "bold" and len(block.lead) >= len(block.text)}
    asked = [n for n in sorted(bold) if blocks[n].text.rstrip('"”») ').endswith("?")]
    if len(asked) < 3 or len(asked) * 2 < len(bold):
        return []
    found: list[Label] = []
    for n in range(asked[0], len(blocks)):
        row = page.rows[n]
        if n in bold:
            found.append(Label(row, "Question", page.lines[row].start, guess=True))
        elif found and found[-1].text == "Question" and not page.is_aside(row):
            found.append(Label(row, "Answer", page.lines[row].start, guess=True))
    return found


# ------------------------------------------------------------------ where speech ends


def end_of_speech(found: Sequence[Label], page: Lines) -> tuple[Element, int]:
    """The part of the page that holds all labels, and the first line after the last label that is nobody's words.

    Words that follow the last label are its speaker's when they stand in that part, in a shape in which words
    stand between the labels, and before anything that looks like an end.
    """
    top = common_ancestor([page.block(label.line).element for label in found])
    last = found[-1]
    shapes = _shapes(found, page, top)
    turn = _own_element(found, page, top)
    begun = not _is_bare(last, page)
    for row in (row for row in page.rows if row > last.line):
        block = page.block(row)
        around = ancestors(block.element)
        outside = top not in around or (turn is not None and turn not in around)
        strange = bool(shapes) and signature(block.element, top) not in shapes and not block.soft
        alone = not shapes and begun and not block.soft
        if outside or strange or alone or (begun and _ends(block)):
            return top, row
        begun = True
    return top, len(page.lines)


def _is_bare(label: Label, page: Lines) -> bool:
    """Its words stand in the next block."""
    return label.body >= page.lines[label.line].end


def _shapes(found: Sequence[Label], page: Lines, top: Element) -> set[tuple[str, ...]]:
    """How blocks without a label stand in the page, seen from `top`: ("p",), ("ul", "li")."""
    heads = {label.line for label in found}
    inner = [row for row in page.rows if found[0].line < row < found[-1].line and row not in heads]
    shapes = {signature(page.block(row).element, top) for row in inner if not page.is_aside(row)}
    few = _FEW_TURNS_OF_PAGE if top.tag in ("body", "html") else _FEW_TURNS
    if not shapes and len(found) < few and not _is_bare(found[-1], page):
        shapes = {signature(page.block(found[-1].line).element, top)}
    return shapes


def _own_element(found: Sequence[Label], page: Lines, top: Element) -> Element | None:
    """The element around the last turn, where every turn has one of its own and its words stand in it."""
    children: dict[int, Element] = {}
    for label in found:
        around = ancestors(page.block(label.line).element)
        inside = around[: around.index(top)] if top in around else []
        if not inside:
            return None
        children[label.line] = inside[-1]
    if len(found) < 2 or len({id(child) for child in children.values()}) < len(found):
        return None
    own, held = found[0].line, 0
    for row in (row for row in page.rows if found[0].line < row < found[-1].line):
        own = row if row in children else own
        if row in children or page.is_aside(row):
            continue
        if children[own] not in ancestors(page.block(row).element):
            return None
        held += 1
    return children[found[-1].line] if held else None


def _ends(block: Block) -> bool:
    return (
        block.after_rule
        or block.tag in HEADINGS
        or block.is_links
        or block.is_italic
        or (len(block.text) <= _LONGEST_END and bool(_END.match(block.text) or _CONTACT.search(block.text)))
        or is_credit(block.text)
    )
