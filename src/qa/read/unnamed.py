"""Voices called by what they are: "MAN 2", "Narrator", "AGENT": anonymous, though the label is a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import words
from qa.read.labels import plain
from qa.types import Person

_ANYBODY = frozenset(
    """man woman boy girl child male female narrator announcer host guest both all crowd audience everyone reporter
    interviewer interviewee moderator operator questioner question answer q a voice voiceover caller anchor officer
    student students teacher agent customer client advisor user assistant""".split()
)


def unnamed(labels: Iterable[str]) -> dict[str, Person]:
    """The labels that are such words, each with its person."""
    found = {}
    for label in set(labels):
        core = re.sub(r"[\s#_]*\d+$", "", plain(label)).split()
        if core and all(word in _ANYBODY for word in core):
            name = words.squeeze(re.sub(r"[(\[].*", "", label)) or label
            name = name.title() if name.isupper() and len(name) > 1 else name
            found[label] = Person(name, aliases=(label,) if label != name else (), anonymous=True)
    return found
