"""Which beginnings of caption lines are speaker labels: evidence from the whole file.

`Nora Ekdal: words`, `NORA:`, `[SPEAKER_00]: words`, `(Nora Ekdal)` on a line of its own. To the evidence of
`qa.read.labels` captions add their own: where nearly every cue begins with a label, even `iPhone:` is one;
where labels are rare, "Rule One:" is none; and in square brackets sounds stand as often as names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from qa import speakers, words
from qa.names import is_voice
from qa.read import labels
from qa.read.cue_text import Row, is_noise
from qa.read.source import Line
from qa.read.unnamed import is_somebody

_BRACKET = re.compile(r"[\[(（【](?P<label>[^\[\]()（）【】]{1,60}?)(?P<inner>\s*:)?[\])）】]\s*(?P<colon>[:：]\s*)?")
_PREFIX = re.compile(r"(?P<label>[^\s:：][^:：]{0,79}?)\s*(?:：\s*|:(?:\s+|$|(?=[^\W\d_])))")
_UNSURE = re.compile(r"speaker[ _]?\?", re.IGNORECASE)
_COUNTED = re.compile(r"\w\w.*\d|speaker|unknown|unidentified|говорящий|спикер|неизвестн", re.IGNORECASE)
_MOST_WORDS = 6  # of a label that nothing but its place speaks for
_NEARLY_ALL, _MOST, _SOME = 0.9, 0.6, 0.3  # shares of the cues that begin with a label


@dataclass(frozen=True, slots=True)
class Found:
    """A label and where the words after it begin."""

    label: str
    body: int


def find(rows: Sequence[Row]) -> dict[int, Found]:
    """The labels among the rows of a file, by the row's index."""
    found = _bracketed(rows)
    n_cues = max(1, len({row.cue for row in rows}))
    lines = [_line(n, "" if n in found else row.text) for n, row in enumerate(rows)]
    named = {label.line: Found(label.text, label.body) for label in labels.find_labels(lines)}
    prefixed = {n: Found(words.squeeze(match["label"]), match.end()) for n, row in enumerate(rows)
                if (row.first or row.mark) and n not in found and (match := _PREFIX.match(row.text))}  # fmt: skip
    for place in ({n for n, row in enumerate(rows) if row.first}, {n for n, row in enumerate(rows) if row.mark}):
        here = {n: one for n, one in prefixed.items() if n in place}
        if len(here) > 2 and len(here) >= _SOME * len(place):
            named |= _by_place(here, len(here) / len(place))
    if len({one.label for one in named.values() if one.label.isupper()}) > 1:
        named |= _by_style(rows, prefixed)
    return found | _credible(rows, named, n_cues)


def _by_style(rows: Sequence[Row], prefixed: Mapping[int, Found]) -> dict[int, Found]:
    """Labels are in capitals: so is that of somebody who speaks once, where the words are not."""
    if sum(any(ch.islower() for ch in row.text) for row in rows) * 2 < len(rows):
        return {}
    return {n: one for n, one in prefixed.items() if one.label.isupper() and labels.may_name(one.label)}


def known_label(text: str, known: Set[str]) -> Found | None:
    """The label a text begins with, when it is one of those known, in small letters."""
    for match in (_BRACKET.match(text), _PREFIX.match(text)):
        label = words.squeeze(match["label"]) if match else ""
        if match and label.casefold() in known:
            return Found(label, match.end())
    return None


def _line(n: int, text: str) -> Line:
    return Line(n, 0, len(text), text)


def _by_place(prefixed: Mapping[int, Found], share: float) -> dict[int, Found]:
    """Many cues begin with a label: what comes again in its place is one, whatever it looks like.

    Where most of them do, what comes once is one, too.
    """
    counts = Counter(labels.plain(one.label) for one in prefixed.values())

    def holds(label: str) -> bool:
        if labels.opens_text(label):
            return False
        if labels.may_name(label) and share >= _MOST:
            return True
        parts = label.split()
        if words.STOPWORDS & set(words.words(label)) or (parts[0][0].isupper() and parts[1:2] and parts[1].islower()):
            return False  # a sentence begins so
        if counts[labels.plain(label)] > 1 or (share >= _MOST and labels.may_name(label.title())):
            return True
        return share >= _NEARLY_ALL and len(parts) <= _MOST_WORDS

    return {n: one for n, one in prefixed.items() if holds(one.label)}


def _credible(rows: Sequence[Row], named: Mapping[int, Found], n_cues: int) -> dict[int, Found]:
    """Without those that only look like labels."""
    marked = [n for n in named if rows[n].mark == ">"]
    if len(marked) > 2 and len(marked) * 5 >= len(named) * 4:  # labels stand behind ">>" only
        named = {n: named[n] for n in marked}
    counts = Counter(labels.plain(one.label) for one in named.values())
    leading = Counter(labels.plain(one.label) for n, one in named.items() if rows[n].first or rows[n].mark)
    upper = any(counts[labels.plain(one.label)] > 1 and one.label.isupper() for one in named.values())
    often = len({rows[n].cue for n in named}) / n_cues >= _SOME

    def holds(n: int) -> bool:
        label = named[n].label
        name = labels.plain(label)
        if not (rows[n].first or rows[n].mark) and not leading[name] and counts[name] < 2:
            return False
        return counts[name] > 1 or often or is_voice(label) or (upper and label.isupper()) or _is_office(label)

    return {n: named[n] for n in named if holds(n)}


def _is_office(label: str) -> bool:
    return speakers.is_title(label) or any(word in labels.VOICES for word in labels.plain(label).split())


def _bracketed(rows: Sequence[Row]) -> dict[int, Found]:
    """Labels in brackets: those of diarisation, those with a colon, names that come before words."""
    matches = {
        n: match for n, row in enumerate(rows) if row.text[0:1] in "[(（【" and (match := _BRACKET.match(row.text))
    }
    said: defaultdict[str, int] = defaultdict(int)
    alone: defaultdict[str, int] = defaultdict(int)
    sure: set[str] = set()
    for n, match in matches.items():
        label = words.squeeze(match["label"])
        rest = rows[n].text[match.end() :].strip()
        goes_on = n + 1 < len(rows) and rows[n + 1].cue == rows[n].cue and not rows[n + 1].mark
        (said if rest or goes_on else alone)[label.casefold()] += 1
        if _is_of_diarisation(label) or ((match["colon"] or match["inner"]) and not is_noise(label)):
            sure.add(label.casefold())
    cues = {row.cue for row in rows}
    often = sum(said.values()) >= len(cues) * _SOME

    def holds(label: str) -> bool:
        name = label.casefold()
        if name in sure:
            return True
        if is_somebody(name):
            return said[name] > 0 and not alone[name]
        named = (said[name] > 1 or often) and not alone[name] and (len(label.split()) > 1 or name.endswith("ing"))
        if is_noise(label, named=named) or not labels.may_name(label) or alone[name] * 5 > said[name]:
            return False
        return said[name] > 1 or often

    kept = {n: match for n, match in matches.items() if holds(words.squeeze(match["label"]))}
    return {n: Found(words.squeeze(match["label"]), match.end()) for n, match in kept.items()}


def _is_of_diarisation(label: str) -> bool:
    """ "SPEAKER_00", "Unknown"; "crowd" and "voices" may as well be heard. whisper.cpp writes "(speaker ?)"."""
    return bool(_UNSURE.fullmatch(label) or (is_voice(label) and _COUNTED.search(label)))
