"""Where the words of the last speaker of a web page end, and what between two speakers is nobody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.read.dom import HEADINGS, Block, Element, ancestors, common_ancestor, signature
from qa.read.html_lines import LONGEST_END, Lines
from qa.read.labels import Label
from qa.read.marks import is_credit

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
    |for\ (?:more|further|additional)\ (?:information|details)|to\ (?:learn|find\ out)\ more
    |listen\ (?:to|on|and)\ (?:the|this|apple|spotify|sub)
    |categor(?:y|ies):|(?:posted|published)\ (?:in|on|by|:)|last\ updated
    |(?:photo(?:graph)?s?|image|illustration)(?:\ by|:|\ credit|\ courtesy)
    |(?:previous|next)\W*(?:article|post|story|page|episode|$)|back\ to\ |advertisement\W*$|contact\ us
    |privacy\ (?:policy|notice)|terms\ (?:of|and)|all\ rights\ reserved|©
    |this\ (?:interview|transcript|conversation|article|story|episode)\ (?:has\ been|was|is|appear|first|original)
    |(?:the\ )?(?:interview|conversation)\ (?:has\ been|was)\ (?:edited|condensed|conducted)
    |transcript(?:ion)?\ (?:by|provided)|download\ (?:the|this|pdf|transcript|now)|click\ here|visit\ (?:our|us)
    |(?:читайте|смотрите)\ также|поделиться|комментари[ийев]+\W*(?:\(?\d|$)|подпи(?:шитесь|саться)|теги\W*:?
    |фото(?:\W|\ )*:|материалы\ по\ теме|опубликовано|источник:|(?:беседовал|записал|подготовил)[аи]?\b|авторы?:
    |интервью\ (?:взял|подготов)
    |(?:partager|compartir|compartilhe|condividi|teilen)\W*(?:$|(?:sur|en|no|su|auf)\ )
    |(?:lire|voir|à\ lire)\ aussi\b|abonnez-vous\b|inscrivez-vous\b|suscríbete\b|apúntate\b|sigue\ a\b|puedes\ seguir\b
    |(?:ver|leer|lea)\ (?:más|también)\b
    |ouça\b|(?:leia|veja|assista)\ (?:também|mais|a[oà]?)\b|mehr\ zum\ thema|lesen\ sie\ auch|newsletter\ abonnieren
    |leggi\ anche\b|iscriviti\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# A closing line that names no end: an address (no sentence: people say addresses, too), or who somebody is.
_CONTACT = re.compile(
    r"^(?=.*(?:\S@\S+\.\w|\bwww\.|https?://|\+?\d[\d ()-]{8,}\d|©)).*[^.!?…\"”»)]$"
    r"|^(?:tel|phone|fax|e-?mail|address|тел|адрес)\b.?:"
    r"|^(?!(?:so|and|but|or|then|now|here|there|what|that|this|the|if|when|because|well|yes|no|my|our|your|his|her|its"
    r"|their|he|she|it|we|you|they|in|on|at|for|to)\b)"
    r"(?:(?-i:[A-ZА-Я])[\w'’-]+ ){2,3}(?:is (?:an?|the)|was (?:an?|the)|writes|teaches|covers|reports|hosts|edits)\b",
    re.IGNORECASE,
)


def names_an_end(text: str) -> bool:
    """Words such as "Related stories", "Leave a reply": after them a page turns to something else."""
    return bool(_END.match(text))


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
        if outside or strange or alone or (begun and ends(block)):
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


def ends(block: Block) -> bool:
    """After the last label: a rule, a heading, links, a note in italics, words that name an end."""
    return (
        block.after_rule
        or block.tag in HEADINGS
        or block.is_links
        or block.is_all_marked
        or (len(block.text) <= LONGEST_END and (names_an_end(block.text) or bool(_CONTACT.search(block.text))))
        or is_credit(block.text)
    )
