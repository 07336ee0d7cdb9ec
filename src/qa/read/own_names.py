"""Who presides or hosts and says so: "The Chair: I, Nora Ekdal, open the meeting." names the one label of its own.

Only what somebody says of themselves in the first words under a label that tells nothing but the seat; a name that
another label bears, an oath, or a second name leaves the label as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa import speakers
from qa.names import is_function
from qa.read.chairs import seat
from qa.read.shapes import Label
from qa.read.source import Line

_NAME = r"[^\W\d_a-z][\w'’-]+(?:\ [^\W\d_a-z](?:\.|[\w'’-]+)){1,3}"
_OWN = re.compile(
    rf"""(?<![\"“«„‘\w])(?:(?:I|Ich|Ik|Yo|Moi|Io|Eu|Я),\ (?P<name>{_NAME})(?=,)
    |(?:[Mm]y\ name\ is|[Mm]ein\ Name\ ist|[Mm]ijn\ naam\ is|[Mm]i\ nombre\ es|[Mm]e\ llamo|[Jj]e\ m['’]appelle
    |[Mm]i\ chiamo|[Oo]\ meu\ nome\ é|[Мм]еня\ зовут|[Мм]ене\ звати)\ (?P<named>{_NAME})
    (?=[,.;!?]|\ (?:and|und|en|y|et|e|и|і|та)\ ))""",
    re.VERBOSE,
)
_SWORN = re.compile(r"\b(?:swear|affirm|solemnly|schwöre|juro|jure|giuro|клянусь|присягаю)\b", re.IGNORECASE)
_HOSTS = frozenset("host interviewer presenter mayor vorsitzende voorzitter formand ordförande ведущий ведуча".split())
_FIRST = 600  # characters of a turn in which people say who they are


def with_own_names(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """The labels, with the name that whoever sits there gives in their first words as `person`."""
    printed = {label.text for label in labels}
    named: dict[str, str] = {}
    for n, label in enumerate(labels):
        if label.text in named or not _is_seat(label.text):
            continue
        stop = labels[n + 1].line if n + 1 < len(labels) else len(lines)
        named[label.text] = _own_name(_first_words(label, lines, stop))
    taken = {name for name in named.values() if name and _is_others(name, printed, named)}
    found = {text: name for text, name in named.items() if name and name not in taken}
    return [replace(label, person=label.person or _with_office(label.text, found)) for label in labels]


def _is_seat(label: str) -> bool:
    """There is one such seat in a meeting: of witnesses there are many."""
    return is_function(label) and bool(seat(label) or label.split()[-1].casefold() in _HOSTS)


def _first_words(label: Label, lines: Sequence[Line], stop: int) -> str:
    first = lines[label.line].text[label.body - lines[label.line].start :]
    return " ".join([first, *(line.text for line in lines[label.line + 1 : stop])])[:_FIRST]


def _own_name(words: str) -> str:
    names = {match["name"] or match["named"] for match in _OWN.finditer(words)}
    whole = [name for name in names if all(_is_name_word(word) for word in name.split())]
    return whole[0] if len(names) == len(whole) == 1 and not _SWORN.search(words) else ""


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and not speakers.is_title(word)


def _is_others(name: str, printed: set[str], named: Mapping[str, str]) -> bool:
    """Another label may be that person, or says to be."""
    others = (speakers.parse_label(text).name for text in printed)
    return list(named.values()).count(name) > 1 or any(speakers.same_name(name, other) for other in others)


def _with_office(label: str, found: Mapping[str, str]) -> str:
    if label not in found:
        return ""
    name, parsed = found[label], speakers.parse_label(f"{label} {found[label]}")
    return f"{label} {name}" if parsed.name == name else name
