"""Persons in a question as marks, "⟦n⟧" for the n-th, so that the wordings of questions need no names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import words
from qa.speakers import Mention

MARK = re.compile(r"⟦(\d+)⟧")
EDGE = " \t\n?!.,;:…\"“”«»'’‘"


def mark(text: str, mentions: Sequence[Mention]) -> str:
    """Every mention as ⟦n⟧, so that the frames need no names."""
    parts: list[str] = []
    at = 0
    for n, mention in enumerate(mentions):
        start = mention.start
        article = re.search(r"\bthe\s+$", text[at:start], re.IGNORECASE)
        parts.append(text[at : at + article.start()] if article else text[at:start])
        parts.append(f"⟦{n}⟧")
        at = mention.end
    return "".join(parts) + text[at:]


def unmark(text: str, mentions: Sequence[Mention]) -> str:
    """Names put back: the canonical one (in the asker's script) where it is one person's, else the asker's words."""

    def name(match: re.Match[str]) -> str:
        mention = mentions[int(match.group(1))]
        return mention.shown if len(mention.names) == 1 else mention.text

    return MARK.sub(name, text)


def names_in(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    found = [name for match in MARK.finditer(text) for name in mentions[int(match.group(1))].names]
    return tuple(dict.fromkeys(found))


def content(text: str) -> str:
    """The text when it holds a word that carries meaning, else nothing."""
    return text if words.content_terms(MARK.sub("person", text)) else ""
