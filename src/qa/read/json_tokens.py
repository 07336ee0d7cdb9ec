"""JSON that cannot be parsed, token by token: what is whole of it up to a break, and where it is beyond what is read.

Nothing is guessed: a value that the break cuts is left out, with the key it belongs to, and the lists and objects
around it are closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(
    r'\s*+(?:"(?:[^"\\]|\\.)*+"|(?P<cut>"(?:[^"\\]|\\.)*+\\?\Z)|[{}\[\]:,]|[^\s{}\[\]:,"]++)', re.DOTALL
)
_CLOSES = {"{": "}", "[": "]", " ": ""}  # a blank: outside of all
_DEEPEST = 64


def json_until(text: str, end: int) -> Any:
    """The value that text[:end] begins, without the element of a list, or member of an object, that the break cuts.

    Args:
        text: broken JSON, but for `end` characters at its beginning.
        end: where it breaks, as `json.JSONDecodeError.pos` tells it.

    Returns:
        The value, or None where not even one member of an object is whole.
    """
    opened, members = _opened(text, end)
    while len(opened) > 1 and any(bracket == "[" for bracket, _ in opened) and opened[-1][0] == "{":
        opened.pop()
    if not members or not opened:
        return None
    whole = text[: opened[-1][1]] + "".join(_CLOSES[bracket] for bracket, _ in reversed(opened))
    try:
        return json.loads(whole, strict=False)
    except (ValueError, RecursionError):
        return None


def deepest(text: str) -> int:
    """Where the innermost list or object begins."""
    depth, most, at = 0, 0, 0
    for match in _tokens(text, len(text)):
        token = match.group().lstrip()
        depth += (token in ("{", "[")) - (token in ("}", "]"))
        if depth > most:
            most, at = depth, match.end() - 1
    return at


def longest_number(text: str) -> int:
    """Where the digits of the longest number begin."""
    bare = ((match.group().lstrip().lstrip("-"), match.end()) for match in _tokens(text, len(text)))
    length, end = max((len(token), end) for token, end in bare if token[:1].isdigit())
    return end - length


def _tokens(text: str, end: int) -> Iterator[re.Match[str]]:
    """The whole tokens one after another; the first that is cut is the end."""
    at = 0
    while match := _TOKEN.match(text, at, end):
        yield match
        at = match.end()


def _opened(text: str, end: int) -> tuple[list[tuple[str, int]], int]:
    """The brackets open at the break, each with where what is whole in it ends; and how many members are whole."""
    opened: list[tuple[str, int]] = []
    members = 0
    value = False  # a value comes next, not a key or a mark
    for match in _tokens(text, end):
        token = match.group().lstrip()
        if token in ("{", "["):
            opened.append((token, match.end()))
            value = token == "["
            if len(opened) > _DEEPEST:
                return [], 0
            continue
        if token in "}]":
            if not opened or _CLOSES[opened.pop()[0]] != token:
                return [], 0
        elif token in ":,":
            value = token == ":" or (bool(opened) and opened[-1][0] == "[")
            continue
        elif (
            not value or match["cut"] or (match.end() == end and token[0] != '"')
        ):  # a key; or a number that may be cut
            continue
        value = False
        if not opened:  # the value is whole; what follows it is none of it
            return [(" ", match.end())], 1
        opened[-1] = (opened[-1][0], match.end())
        members += opened[-1][0] == "{"
    return opened, members
