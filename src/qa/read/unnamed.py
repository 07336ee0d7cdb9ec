"""Voices called by what they are: "MAN 2", "Narrator", "AGENT": anonymous, though the label is a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import words
from qa.names import titled
from qa.read.labels import plain
from qa.types import Person

_ANYBODY = frozenset(
    """man woman boy girl child male female narrator announcer host guest both all crowd audience everyone reporter
    interviewer interviewee moderator operator questioner question answer q a voice voiceover caller anchor officer
    student students teacher agent customer client advisor user assistant""".split()
)

# Whom captions call so, in square brackets and small letters: "[man] Hey!", "[mujer] Pase."
_SOMEBODY = frozenset(
    """man woman boy girl male female narrator announcer host reporter interviewer operator anchor officer caller
    hombre mujer chico chica niño niña narrador narradora locutor locutora homme femme garçon fille narrateur narratrice
    mann frau junge mädchen erzähler erzählerin uomo donna ragazzo ragazza narratore homem mulher menino menina
    мужчина женщина мальчик девочка диктор""".split()
)


def is_somebody(label: str) -> bool:
    """A word for one person, with a number or without: "man", "woman 2"."""
    core = re.sub(r"[\s#_]*\d+$", "", label).casefold()
    return core in _SOMEBODY


def unnamed(labels: Iterable[str]) -> dict[str, Person]:
    """The labels that are such words, each with its person."""
    found = {}
    for label in set(labels):
        core = re.sub(r"[\s#_]*\d+$", "", plain(label)).split()
        if core and all(word in _ANYBODY for word in core):
            name = words.squeeze(re.sub(r"[(\[].*", "", label)) or label
            name = titled(name) if name.isupper() and len(name) > 1 else name
            found[label] = Person(name, aliases=(label,) if label != name else (), anonymous=True)
    return found
