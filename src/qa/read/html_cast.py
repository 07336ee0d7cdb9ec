"""Fields at the head of a page that list who takes part, and look like the words of one who speaks.

<p><b>Sprecher:</b></p><ul><li>Staatssekretär Leif Odell</li><li>Nora Ekdal (XY)</li></ul>
<p><b>Participants:</b> Leif Odell, Nora Ekdal</p>
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from qa.read.dom import Block
from qa.read.html_lines import Lines
from qa.read.labelled import CAST, without_header
from qa.read.labels import METADATA, Label, plain
from qa.read.shapes import BRACKETED, has_verb, name_shaped

_HEADS = CAST | {name for name, kind in METADATA.items() if kind == "attendance"}
_LONGEST = 150  # characters of an item
_MOST_LISTS = 10
_LONGEST_NAME = 6  # words before the first comma


def without_cast(found: list[Label], page: Lines) -> list[Label]:
    """The labels less those that head such a field."""
    for _ in range(_MOST_LISTS):
        if len(found) < 3 or not _heads_list(found[0], found[1], page):
            break
        found = found[1:]
    return without_header(page.lines, found)


def fields_of(page: Lines, first: int) -> list[str]:
    """The lists before the first speaker, each as one text: "Sprecher: Leif Odell; Nora Ekdal (XY)"."""
    rows = [row for row in page.rows if row < first]
    heads = [n for n, row in enumerate(rows) if _is_head(page.block(row).text)][:_MOST_LISTS]
    items = {n: [block.text for block in _items([page.block(row) for row in rows[n + 1 :]])] for n in heads}
    return [f"{page.block(rows[n]).text} {'; '.join(texts)}" for n, texts in items.items() if texts]


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST and text.endswith(":") and plain(text[:-1]) in _HEADS


def _items(blocks: Sequence[Block]) -> list[Block]:
    """The list that the blocks begin with."""
    return list(takewhile(lambda block: block.tag == "li" and _names_one(block.text), blocks))


def _heads_list(label: Label, after: Label, page: Lines) -> bool:
    """A list of names stands under the label, and nothing is said."""
    if plain(label.text) not in _HEADS or label.body < page.lines[label.line].end:
        return False
    blocks = [page.block(row) for row in page.rows if label.line < row < after.line]
    items = _items(blocks)
    return bool(items) and not _is_speech(blocks[len(items) :])


def _names_one(item: str) -> bool:
    name, _, office = BRACKETED.sub("", item).partition(",")
    return (
        len(item) <= _LONGEST
        and item[-1] not in ".!?"
        and 0 < len(name.split()) <= _LONGEST_NAME
        and name_shaped(name)
        and not has_verb(office.split())
    )


def _is_speech(blocks: Sequence[Block]) -> bool:
    return any(not block.is_italic and not (block.text[0] in "([" and block.text[-1] in ")]") for block in blocks)
