"""The blocks of a web page as lines of a text, and which of them stand aside of the speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qa.read.dom import HEADINGS, Block
from qa.read.marks import is_furniture
from qa.read.source import Line, Source

_LONGEST_HEADING = 120  # characters
LONGEST_END = 250  # characters; a longer paragraph that begins so is somebody's words
_QUESTION_NUMBER = re.compile(r"Q\.?\s?\d{1,4}[.:)]?")
_BESIDE = re.compile(
    r"^\W*(?:related|read more|see also|also read|read also|advertisement|don['’]t miss|recommended|читайте также"
    r"|смотрите также|(?:à )?lire aussi|à lire également|lea también|lee también|leer más|mehr zum thema"
    r"|lesen sie (?:auch|mehr)|leggi anche)\b",
    re.IGNORECASE,
)

_NO_SENTENCE = re.compile(r"(?:\w|\w\))$")  # "Written statements (Rule 142)"
_CAPTION = re.compile(
    r"(?:\((?:photo|picture|image|credit|foto|фото)\b[^()]{0,60}\)"
    r"|(?<=[.!?”\"»] )(?:photo(?:graph)?|picture|image|foto|фото)(?: by|:)\s.{2,60})\W*$",
    re.IGNORECASE,
)


class Lines:
    """The blocks of a page as a text of lines, with blank lines between paragraphs.

    Attributes:
        source: that text.
        lines: its lines.
        rows: the line of each block, rising.
        boxes: rows that stand in boxes between the words of the speakers.
    """

    def __init__(self, blocks: Sequence[Block], path: Path) -> None:
        parts: list[str] = []
        self.rows: list[int] = []
        self.boxes: frozenset[int] = frozenset()
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
        """No speech between two labels: a heading of whatever kind, a box, a list of links, a stage direction."""
        block = self._block_at.get(row)
        if block is None:
            return False
        return (
            block.tag in HEADINGS
            or row in self.boxes
            or (block.is_links and len(block.text) <= LONGEST_END)
            or is_furniture(block.text)
            or self._heads(block)
            or (len(block.text) <= LONGEST_END and bool(_CAPTION.search(block.text)))
            or bool(_QUESTION_NUMBER.fullmatch(block.text))
            or (len(block.text) <= 100 and bool(_BESIDE.match(block.text)))
        )

    @staticmethod
    def _heads(block: Block) -> bool:
        """Set as a heading: in bold, and in the middle of the line or without an end of a sentence."""
        if not block.is_bold or block.soft or len(block.text) > _LONGEST_HEADING:
            return False
        return block.is_centred or (block.tag in ("p", "div", "center") and bool(_NO_SENTENCE.search(block.text)))
