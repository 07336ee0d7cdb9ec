"""A source as decoded text in lines, and texts built from it that know where each character stood."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from qa.errors import ReadError
from qa.read.encoding import decode
from qa.read.json_tokens import deepest, json_until, longest_number
from qa.types import Piece

_MAX_LINES = 1_000_000  # about 200 bytes of memory each
_NO_BLANK_BEFORE = ".,;:!?…)]}»”%"
_NO_BLANK_AFTER = "([{«“‘"
_JSON_BEGINS = re.compile(r"""\s*(?:\{\s*(?:["'}]|$)|\[\s*(?:[{\["]|$))""")
# More would take gigabytes once parsed; hours of speech with a time for every word have a tenth of it.
_MOST_CONTAINERS, _MOST_VALUES = 800_000, 6_000_000
_MOST_TOLD = 100

# Besides the usual ends: vertical tab, next line, line and paragraph separator, as word processors put them; and the
# form feed, which before or behind another end is part of it.
_LINE = re.compile("[^\r\n\v\f\x85\u2028\u2029]*(?:\f?(?:\r\n|[\n\r\v\x85\u2028\u2029])\f?|\f|$)")
_RUN = re.compile(r"\S++(?: \S++)*+")  # possessive: a talk of megabytes without a line break must not be remembered


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, trimmed of whitespace.

    Attributes:
        number: from 1, as an editor shows it.
        start, end: characters in the decoded source.
    """

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Source:
    """A decoded file.

    Attributes:
        text: decoded, without byte order mark; line ends as they stand.
        path: names it in errors.
    """

    text: str
    path: Path

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, blank ones too."""
        found = []
        for number, match in enumerate(_LINE.finditer(self.text), 1):
            raw = match.group()
            text = raw.strip()
            start = match.start() + (len(raw) - len(raw.lstrip()) if text else 0)
            found.append(Line(number, start, start + len(text), text))
        return tuple(found[:-1] if found and not found[-1].text else found)


class File:
    """A file to be read: its bytes, and its text where it is text.

    Args:
        path: names it in errors.
        data: all of it.
        text: the decoded text, when the caller has it already.
    """

    def __init__(self, path: Path, data: bytes = b"", text: str | None = None) -> None:
        self.path = path
        self.data = data
        self._text = text
        self.problems: list[str] = []  # what of the file itself is broken, by place, whoever reads it
        self.broken: tuple[str, str] | None = None  # where and why only its beginning was read
        self.memory: dict[str, object] = {}  # what readers found out and others may ask again

    def breaks_off(self, place: str, problem: str) -> None:
        """Only what stands before a place can be read: tell it."""
        self.broken = (place, problem)
        self.problems.append(f"{place}: {problem}; what stands before it was read.")

    @cached_property
    def is_text(self) -> bool:
        """It can be decoded as text in an encoding that can be told for sure."""
        try:
            return bool(self.source.text)
        except ReadError:
            return False

    @cached_property
    def source(self) -> Source:
        """The decoded text. Raises ReadError: binary, in no known encoding, or of too many lines."""
        text = decode(self.data, self.path, self.problems) if self._text is None else self._text
        if text.count("\n") + text.count("\r") - text.count("\r\n") > _MAX_LINES:
            raise ReadError(self.path, f"has more than {_MAX_LINES:,} lines.", remedy="Split the file.")
        return Source(text, self.path)

    @cached_property
    def looks_like_json(self) -> bool:
        """It begins as JSON does, whether or not it can be parsed."""
        return self.is_text and bool(_JSON_BEGINS.match(self.source.text))

    @cached_property
    def is_json(self) -> bool:
        """It is JSON: an object or a list, or one object a line."""
        if not self.looks_like_json:
            return False
        try:
            return isinstance(self.json, dict | list)
        except ReadError:
            return False

    @cached_property
    def json(self) -> Any:
        """The parsed JSON; one object a line gives a list; of broken JSON what is whole, told in `problems`.

        Raises:
            ReadError: no JSON, or too much of it.
        """
        return _parsed(self)


class TextBuilder:
    """Builds a text out of slices of a source and keeps the way back for every character."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []

    @property
    def empty(self) -> bool:
        """True while nothing was added."""
        return not self._parts

    @property
    def text(self) -> str:
        """What was built so far."""
        return "".join(self._parts)

    @property
    def last(self) -> str:
        """The last character, or ""."""
        return self._parts[-1][-1] if self._parts else ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Where it stands in the source."""
        return tuple(self._pieces)

    def add(self, start: int, end: int, joint: str = " ") -> None:
        """Add the words of source[start:end], whitespace normalised, after `joint`.

        A blank joint is left out where none belongs: before a full stop, after an opening bracket.
        """
        for match in _RUN.finditer(self._source[start:end]):
            self._append(start + match.start(), match.group(), joint)
            joint = " "

    def _append(self, source_start: int, words: str, joint: str) -> None:
        if self._parts:
            if joint == " " and (words[0] in _NO_BLANK_BEFORE or self.last in _NO_BLANK_AFTER):
                joint = ""
            if joint:
                self._parts.append(joint)
                self._length += len(joint)
        self._pieces.append(Piece(self._length, source_start, len(words)))
        self._parts.append(words)
        self._length += len(words)


def _parsed(file: File) -> Any:
    """Text to plain data: JSON, or one JSON object a line; of broken JSON what is whole."""
    text = file.source.text
    if text.count("{") + text.count("[") > _MOST_CONTAINERS or text.count(",") > _MOST_VALUES:
        raise ReadError(file.path, "holds more values than are read.", remedy="Split the file.")
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (lines := _json_lines(text, file.problems)) is not None:
            return lines
        place, problem = f"line {error.lineno}, column {error.colno}", f"is not valid JSON ({error.msg})"
        whole = json_until(text, error.pos)
        if whole is None:
            raise ReadError(file.path, f"{problem}.", remedy="Correct the file.", place=place) from error
        file.breaks_off(place, problem)
        return whole
    except ValueError as error:  # a number of thousands of digits
        place = _place(text, longest_number(text))
        raise ReadError(
            file.path, "holds a number too long to read.", remedy="Correct the file.", place=place
        ) from error
    except RecursionError as error:
        place = _place(text, deepest(text))
        raise ReadError(file.path, "is nested too deeply.", remedy="Correct the file.", place=place) from error


def _place(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def _json_lines(text: str, problems: list[str]) -> list[Any] | None:
    """One object a line; a line that holds none is told, None where most are so."""
    found: list[Any] = []
    broken: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line, strict=False))
        except (ValueError, RecursionError):
            broken.append(f"line {number}: is no JSON, left out.")
    if len(found) < 2 or len(broken) > len(found) or not all(isinstance(one, dict) for one in found):
        return None
    problems.extend(broken[:_MOST_TOLD])
    return found
