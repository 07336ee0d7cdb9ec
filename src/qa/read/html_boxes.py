"""Boxes between the words of an interview: who somebody is, figures, other articles, a sentence set large.

A box is an element of its own that holds no label, while the words of every speaker stand in paragraphs beside
their label, and no element set like it holds a speaker's words. It begins with a heading, or calls itself a box,
or repeats what somebody says on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.read.dom import HEADINGS, Block, Element, ancestors, common_ancestor, names_of
from qa.read.html_lines import Lines
from qa.read.labels import Label

_FEWEST = 4  # labels
_LARGEST = 0.25  # of the words between the labels: a part of this size is no box, whatever its heading
_ELEMENTS = frozenset("section aside div blockquote table figure dl ul ol".split())
_NAMES = frozenset(
    "infobox factbox infokasten recuadro encadre encart despiece incut callout inset teaser embed".split()
)
_BOX = frozenset("box kasten info facts portrait profile".split())  # with a title in bold
_QUOTED = frozenset("quote pullquote blockquote zitat cita citation incut highlight".split())
_FEWEST_REPEATED = 3  # words
_MOST_QUOTED = 100  # sentences set large that are looked for; no interview has so many


def boxes_of(found: Sequence[Label], page: Lines) -> frozenset[int]:
    """The rows between the first and the last label that stand in boxes."""
    if len(found) < _FEWEST or sum(one.body < page.lines[one.line].end for one in found) < 0.8 * len(found):
        return frozenset()
    heads = {one.line for one in found}
    top = common_ancestor([page.block(row).element for row in heads])
    rows = [row for row in page.rows if found[0].line < row < found[-1].line]
    speech = {shape for row in heads for shape in _set_as(page.block(row), top)}
    held = {id(one) for row in heads for one in ancestors(page.block(row).element)}
    groups: dict[int, tuple[Element, list[int]]] = {}
    for row in rows:
        outer = _below(page.block(row).element, top, held)
        if outer is not None and outer.tag in _ELEMENTS:
            groups.setdefault(id(outer), (outer, []))[1].append(row)
    size = sum(len(page.block(row).text) for row in rows)
    if not groups:
        return frozenset()
    said = _Said(page)
    boxes: set[int] = set()
    for outer, inside in groups.values():
        blocks = [page.block(row) for row in inside]
        small = sum(len(block.text) for block in blocks) <= _LARGEST * size
        alike = (outer.tag, outer.get("class") or "") in speech
        if small and not alike and (_begins_box(outer, blocks) or said.repeats(outer, blocks)):
            boxes.update(inside)
    return frozenset(boxes)


def _below(element: Element, top: Element, held: set[int]) -> Element | None:
    """The outermost element around a block, or its own, that holds no label."""
    found = None
    for one in ancestors(element):
        if one is top or id(one) in held:
            break
        found = one
    return found


def _set_as(block: Block, top: Element) -> Iterator[tuple[str, str]]:
    """Tags and classes of the elements around a block, up to `top`."""
    for one in ancestors(block.element):
        if one is top:
            break
        yield one.tag, one.get("class") or ""


def _words_of(element: Element) -> set[str]:
    return set(re.split(r"[^a-z]+", f"{names_of(element)} {(element.get('data-area') or '').casefold()}"))


def _begins_box(outer: Element, blocks: Sequence[Block]) -> bool:
    """A heading stands first, or its name says that it is a box."""
    names = _words_of(outer)
    titled = blocks[0].tag in HEADINGS or (blocks[0].is_bold and bool(names & _BOX))
    return (titled and len(blocks) > 1) or bool(names & _NAMES)


class _Said:
    """The words of the page's paragraphs, some of which a sentence set large repeats."""

    def __init__(self, page: Lines) -> None:
        self._text = "\n".join(" ".join(_plain(page.block(row).text)) for row in page.rows)
        self._asked = 0

    def repeats(self, outer: Element, blocks: Sequence[Block]) -> bool:
        """All that stands in the element stands elsewhere on the page, too."""
        if self._asked >= _MOST_QUOTED or (outer.tag != "blockquote" and not _words_of(outer) & _QUOTED):
            return False
        self._asked += len(blocks)
        texts = [list(_plain(block.text)) for block in blocks]
        return all(len(words) >= _FEWEST_REPEATED and self._text.count(" ".join(words)) > 1 for words in texts)


def _plain(text: str) -> Iterator[str]:
    return (match.group().casefold() for match in re.finditer(r"\w+", text))
