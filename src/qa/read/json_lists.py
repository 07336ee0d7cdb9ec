"""The lists of objects in somebody's JSON, by their place, each object with its words and its label.

Lists that stand at one place of their holders ("sections[*].turns") are one. `sampled` looks at the beginnings of
all lists, so that a file of any size is known in time; `all_of` reads what stands at one place to the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from qa.read import json_fields
from qa.read.speech import Record

SAMPLE = 300  # of each list or object; what the rest holds, it tells
MOST_TALKS = 2000  # in one file
_DEEPEST = 12

Path = tuple[str, ...]  # names of the fields on the way to lists; the lists on the way are not told


@dataclass(slots=True)
class Found:
    """Objects of the lists at one place, each with its words and label.

    Attributes:
        n_all: how many the lists hold, objects or not, those beyond the sample counted.
        named: the names of speakers stand in the "name" of the objects.
    """

    path: Path
    records: list[Record] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    n_all: int = 0
    n_seen: int = 0
    n_words: int = 0

    def add(self, values: Sequence[Any], n_all: int) -> None:
        """The objects among them."""
        self.n_all += n_all
        self.n_seen += len(values)
        for one in values:
            if isinstance(one, dict):
                self.records.append(one)
                self.texts.append(json_fields.text(one))
                self.n_words += len(self.texts[-1].split())

    @property
    def told(self) -> list[int]:
        return [n for n, text in enumerate(self.texts) if text.strip()]

    @property
    def size(self) -> float:
        """About how many words the lists hold."""
        return self.n_words * self.n_all / max(self.n_seen, 1)

    @property
    def tokens(self) -> bool:
        """Its texts are words or pieces of words, not sentences."""
        n_told = len(self.told)
        return n_told >= 4 and self.n_words <= 1.3 * n_told


def sampled(data: Any) -> list[Found]:
    """The beginnings of all lists of objects, by their place."""
    found: dict[Path, Found] = {}
    level: list[tuple[Path, Any]] = [((), data)]
    for _ in range(_DEEPEST):
        inner: list[tuple[Path, Any]] = []
        for path, value in level:
            values = _list_of(value)
            if values is not None:
                found.setdefault(path, Found(path)).add(values[:SAMPLE], len(values))
                inner.extend((path, one) for one in values[:SAMPLE] if isinstance(one, dict))
            elif isinstance(value, dict):
                for name, one in islice(value.items(), SAMPLE):
                    if isinstance(one, dict | list):
                        inner.append(((*path, json_fields.plain(name)), one))
        level = inner[: 100 * SAMPLE]
    for one in found.values():
        _label(one)
    return list(found.values())


def _list_of(value: Any) -> list[Any] | None:
    """A list; the keys of an object that are numbers count as one."""
    if isinstance(value, list):
        return value
    numbered = isinstance(value, dict) and len(value) > 1 and all(key.isdigit() for key in value)
    return list(value.values()) if numbered else None


def all_of(data: Any, path: Path) -> Found:
    """Every object of the lists at one place."""
    found = Found(path)
    level: list[tuple[Path, Any]] = [((), data)]
    while level:
        inner: list[tuple[Path, Any]] = []
        for at, value in level:
            values = _list_of(value)
            if values is not None:
                if at == path:
                    found.add(values, len(values))
                else:
                    inner.extend((at, one) for one in values if isinstance(one, dict))
            elif isinstance(value, dict) and len(at) < len(path):
                inner.extend(
                    ((*at, path[len(at)]), one)
                    for name, one in value.items()
                    if isinstance(one, dict | list) and json_fields.plain(name) == path[len(at)]
                )
        level = inner
    _label(found)
    return found


def _label(found: Found) -> None:
    """Labels by the fields that name speakers; by weaker ones where the same come again."""
    found.labels = [json_fields.speaker(one) for one in found.records]
    if any(found.labels):
        return
    weak = [json_fields.weak_speaker(one) for one in found.records]
    told = found.told
    counts = Counter(weak[n] for n in told if weak[n])
    again = len(counts) > 1 and len(counts) * 2 <= sum(counts.values()) and found.n_words > 3 * len(told)
    persons = any(isinstance(found.records[n].get("from"), dict) for n in told)  # {"from": {"name": ...}}
    again = again or (persons and 1 < len(counts) < sum(counts.values()))
    shapes = [json_fields.shape(found.records[n]) for n in told]
    if (again and all(one.prose for one in shapes)) or (counts and all(one.says for one in shapes)):
        found.labels = weak


def most_of(found: Sequence[Found]) -> Found:
    """The one with the most words; of those with nearly as many the nearest to the top, rather of sentences."""
    most = max(one.size for one in found)
    near = [one for one in found if one.size * 10 >= most * 9]
    return min(near, key=lambda one: (one.tokens, len(one.path)))


def inside(value: dict[str, Any] | list[Any]) -> Iterator[Any]:
    """The objects and lists in an object, the objects in a list."""
    if isinstance(value, dict):
        return (one for one in islice(value.values(), SAMPLE) if isinstance(one, dict | list))
    return (one for one in islice(value, MOST_TALKS) if isinstance(one, dict))
