"""What plain text prints between and after the turns that nobody says: headings of sections, the foot of the page.

Only where the text itself shows how its speech is set: paragraphs apart by blank lines that end as sentences do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa import words
from qa.read.day import iso_day
from qa.read.editors import is_editors
from qa.read.html_ends import names_an_end
from qa.read.labels import Label
from qa.read.marks import is_furniture
from qa.read.shapes import has_verb
from qa.read.source import Line

_LONGEST_HEADING = 110  # characters
_FEWEST = 6  # labels
_FEWEST_FOR_CAPITALS = 3
_STOPS = ".!?…:;,\"”»’')]}-–—*_"
# (The briefing was concluded at 3:41 p.m.): what follows it is the page's.
_CLOSED = re.compile(
    r"^[(\[*_]{1,3}[^()\[\]]{0,80}\b(?:concluded|adjourned|ended|rose|closed|suspended at|schluss|ende|"
    r"levanta la sesión|séance est levée|seduta (?:è tolta|termina))\b[^()\[\]]{0,60}[)\]*_.]{1,4}$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"^\W*(?:(?:(?:interview|transcript|programme|press conference) )?ends|(?:legal )?disclaimer|legal notice"
    r"|haftungsausschluss|mentions légales|aviso legal)\W*$",
    re.IGNORECASE,
)
_LONGEST_DAY = 40  # characters
_SOURCE = re.compile(
    r"^(?:quelle|source|fuente|fonte|источник|à réécouter|à écouter|nachhören|escúchalo|riascolta)\s?:", re.IGNORECASE
)
_LONGEST_FOOT = 1_500  # characters, below a note of who made the text


def end_of_text(lines: Sequence[Line], labels: Sequence[Label]) -> int:
    """The first line after the last label that is the page's foot: a note that all is over, "Related articles"."""
    last = labels[-1].line
    for n in range(last + 1, len(lines)):
        text = lines[n].text
        if not text or lines[n - 1].text:
            continue
        short = len(text) <= _LONGEST_HEADING and text[-1] not in ".!?…"
        day = len(text) <= _LONGEST_DAY and text[-1] not in ".!?…" and iso_day(text) is not None and len(labels) > 1
        noted = lines[-1].end - lines[n].start <= _LONGEST_FOOT and is_editors(text)
        over = day or noted or _CLOSED.match(text) or _OVER.match(text)
        if over or (short and (names_an_end(text) or _SOURCE.match(text))):
            return n
    return len(lines)


def decisions(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Lines after a turn that tell what the house decided, up to the next label: "Question put and agreed to."."""
    at = {label.line for label in labels}
    found: set[int] = set()
    decided = False
    for n in range(labels[0].line, len(lines)):
        decided = n not in at and (decided or bool(_DECIDED.match(lines[n].text) and _blank(lines, n - 1)))
        found |= {n} if decided and lines[n].text else set()
    return found


_DECIDED = re.compile(
    r"(?:Question (?:put|proposed|accordingly)\b[^.?!]{0,60}\b(?:agreed to|negatived|passed)|"
    r"Question put(?: forthwith\b[^.?!]{0,60})?)[.,]?$|(?:Resolved|Ordered),$"
)


def headings(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Lines between two turns that head a section: a paragraph of one line, no sentence, where all others are.

    In capitals such a line counts wherever it stands, and right before a label several of them, however long; in
    small letters only one alone, right before a label.
    """
    if len(labels) < _FEWEST_FOR_CAPITALS:
        return set()
    at = {label.line for label in labels}
    bare = {label.line for label in labels if label.body >= lines[label.line].end}
    first, last = labels[0].line, labels[-1].line
    inner = range(first, last + 1)
    ends = [n for n in inner if n not in bare and lines[n].text and _blank(lines, n + 1)]
    finished = [n for n in ends if lines[n].text[-1] in _STOPS]
    few = len(labels) < _FEWEST or len(ends) < _FEWEST
    if len(finished) < 0.7 * len(ends):
        return set()
    shouting = sum(lines[n].text.isupper() for n in ends) * 3 > len(ends)
    found: set[int] = set()
    before_label = True  # going backwards: nothing but headings stands between this line and the next label
    for n in reversed(inner):
        text = lines[n].text
        if n in at:
            before_label = True
        elif text and not is_furniture(text):
            alone = _blank(lines, n - 1) and _blank(lines, n + 1)
            capitals = text.isupper() and not shouting and len(re.findall(r"[^\W\d_]{2,}", text)) >= 1
            title = alone and not few and len(text) <= _LONGEST_HEADING and before_label and _is_heading(text)
            whole = capitals and (before_label or (alone and len(text) <= _LONGEST_HEADING))
            aside = (
                before_label and n + 1 in found and text[0] + text[-1] == "()"
            )  # "(There is none.)", under a heading
            heads = title or whole or aside
            found |= {n} if heads else set()
            before_label = before_label and heads
    return found


def scenes(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Paragraphs of a record that are one round bracket: what happens in the house, or what a press office adds.

    Only between the turns of a record, as its labels or others' calls in brackets show it, and without a word by
    which somebody speaks of himself.
    """
    if len(labels) < _FEWEST_FOR_CAPITALS or not _is_record(lines, labels):
        return set()
    at = {label.line for label in labels}
    found: set[int] = set()
    for n in range(labels[0].line + 1, len(lines)):
        text = lines[n].text.rstrip(".")
        if n in at or not text.startswith("(") or not text.endswith(")") or len(text) > _LONGEST_SCENE:
            continue
        inner = text[1:-1]
        whole = "(" not in inner.partition(")")[0] if ")" in inner else True
        balanced = inner.count("(") == inner.count(")") and (whole or inner.find("(") < inner.find(")"))
        if balanced and inner[-1:] not in "?!" and not _OF_ONESELF & set(_WORDS.findall(inner.casefold())):
            found.add(n)
    return found


def page_numbers(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Numbers alone between blank lines that count the pages of a print: each is one more, a page's lines apart."""
    at = {label.line for label in labels}
    alone = [
        n
        for n in range(labels[0].line, len(lines))
        if n not in at and _PAGE.fullmatch(lines[n].text) and _blank(lines, n - 1) and _blank(lines, n + 1)
    ]
    counts = all(int(lines[m].text) + 1 == int(lines[n].text) and n - m >= _FEWEST_LINES for m, n in pairwise(alone))
    return set(alone) if len(alone) > 1 and counts else set()


_PAGE = re.compile(r"[1-9][0-9]{0,3}")
_FEWEST_LINES = 10  # of a page


def directions(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Brackets over several lines that tell what happened: "(Whereupon, at 10:41 a.m., the case was submitted.)".

    Whatever begins like that, and paragraphs of their own that would be no speech on one line either.
    """
    at = {label.line for label in labels}
    found: set[int] = set()
    for n in range(labels[0].line + 1, len(lines)):
        block = _bracket(lines, n, at)
        text = " ".join(lines[m].text for m in block)
        alone = len(block) > 1 and _blank(lines, n - 1) and _blank(lines, block.stop)
        if (block and _WHEREUPON.match(lines[n].text)) or (
            alone and len(text) <= _LONGEST_SCENE and is_furniture(text)
        ):
            found |= set(block)
    return found


def _bracket(lines: Sequence[Line], n: int, at: set[int]) -> range:
    """The lines of a bracket that begins on this one; none where a label, an empty line or no end comes before."""
    if lines[n].text[:1] not in ("(", "["):
        return range(0)
    for stop in range(n, min(n + _MOST_LINES, len(lines))):
        if stop in at or not lines[stop].text:
            break
        if lines[stop].text.rstrip(".")[-1:] in (")", "]"):
            return range(n, stop + 1)
    return range(0)


_MOST_LINES = 6  # of a bracket
_WHEREUPON = re.compile(
    r"[(\[](?:whereupon|(?:the )?(?:proceedings|hearing|deposition|meeting|court|jury)"
    r" (?:was|were|is|concluded|adjourned|ended|recessed|stood)\b)",
    re.IGNORECASE,
)


def _is_record(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Labels in capitals, with forms of address, before a full stop or a dash; or others' calls in brackets."""
    set_so = sum(
        bool(one.style & {"formal", "dot", "dashed"}) or re.sub(r"\([^()]*\)", "", one.text).isupper()
        for one in labels
        if len(one.text) > 1 and "headed" not in one.style
    )
    return set_so >= 0.8 * len(labels) or any(words.interjections(line.text[:_LONGEST_SCENE]) for line in lines)


_LONGEST_SCENE = 400  # characters
_WORDS = re.compile(r"[^\W\d_]+")
_OF_ONESELF = frozenset(
    """i we my our ich wir mich mir uns mein meine unser unsere je nous mon notre yo nosotros nuestro nuestra eu nós
    meu minha nosso nossa io noi nostro nostra ja ben biz benim bizim я мы мне нам мой моя наш наша ми мені
    you vous usted você вы ви""".split()
)
# Of the resoconto stenografico, before a label: "Svolgimento di interrogazioni (ore 11,07).", "Sull'ordine dei lavori."
_ITALIAN_HEADING = re.compile(
    r"(?:svolgimento|seguito|discussione|esame|votazion[ei]|missioni|preavviso|sull['’]ordine|sui lavori|annunzio|"
    r"interventi di fine|per la risposta|per un richiamo|per fatto|ripresa|informativa|interrogazioni|deliberazione|"
    r"ordine del giorno della|si riprende la discussione|in morte|inversione|comunicazioni d|dichiarazioni di voto|"
    r"repliche|articolo \d|modifica d)\b[^.:?!]{0,200}(?:\([^()]{1,120}\))?\.$",
    re.IGNORECASE,
)


def stopped_headings(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Headings that a full stop ends, as in Italy's records: a paragraph of one line right before a label."""
    if sum(label.text.startswith("PRESIDENTE") and "dot" in label.style for label in labels) < 2:
        return set()
    found: set[int] = set()
    for label in labels[1:]:
        n = label.line - 1
        while n > labels[0].line and not lines[n].text:
            n -= 1
        if n < label.line - 1 and _blank(lines, n - 1) and _ITALIAN_HEADING.match(lines[n].text):
            found.add(n)
    return found - {label.line for label in labels}


def _is_heading(text: str) -> bool:
    """No end of a sentence, no beginning in a small letter, no verb that makes a sentence, and two words or more."""
    return (
        not has_verb(text.split())
        and (text[-1] not in _STOPS or _is_title(text))
        and (text[0].isupper() or text[0].isdigit())
        and len(text.split()) >= 2
    )


def _is_title(text: str) -> bool:
    """Every longer word begins with a capital, and a bracket ends it: "Pier Dues (Pell) Order 2023 (SSI 2023/318)"."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return text[-1] == ")" and len(words) >= 3 and all(word[0].isupper() for word in words)


def _blank(lines: Sequence[Line], n: int) -> bool:
    return not 0 <= n < len(lines) or not lines[n].text
