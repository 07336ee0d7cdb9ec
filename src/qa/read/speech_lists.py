"""JSON of anybody who writes who says what: a list of segments, of words, of names beside a list of texts.

Of several lists that would do, the one with the most words is the talk; the others are summaries and highlights.
"""

from __future__ import annotations

import html
import pathlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from qa.names import is_voice
from qa.read import json_fields, labelled
from qa.read.json_lists import MOST_TALKS, SAMPLE, Found, Path, all_of, inside, most_of, sampled
from qa.read.labels import labels_in
from qa.read.source import File
from qa.read.speech import Notes, Record, Word, label_of, spoken, text_of
from qa.read.turns import Utterance

_MOST_ROWS = 10_000
_TABLES = frozenset("speakers participants people attendees users persons members voices".split())
_TABLE_IDS = ("id", "speakerid", "participantid", "userid", "identifier", "index", "tag", "label")
_TABLE_NAMES = ("name", "speakername", "displayname", "fullname", "participantname", "label")
_SPANS = frozenset("speakers diarization segments paragraphs speakersegments monologues turns".split())
_TIMED = frozenset("segments chunks events captions cues transcript utterances subtitles body".split())
_NEAR = 0.5  # seconds a word may lie outside the stretch of its speaker
_TALK = ("content", "transcript", "text", "body", "fulltext", "fulltranscript", "transcripttext", "transcription")


def is_segments(data: Any) -> bool:
    """Somewhere stands a list of objects with a speaker and a text each, or two lists that go together."""
    found = sampled(data)
    return any(_fits(one) for one in found) or bool(_joined_paths(found)) or _beside(data, 1) is not None


def read_segments(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The talk. Bare numbers are seconds, unless that makes the speech slower than any."""
    lists = sampled(data)
    fitting = [one for one in lists if _fits(one)]
    if fitting:
        talk: Found | None = all_of(data, most_of(fitting).path)
    elif paths := _joined_paths(lists):
        talk = _joined(all_of(data, paths[0]), all_of(data, paths[1]))
    else:
        talk = _beside(data)
    if talk is not None:
        yield from _said(talk, _names(data), notes)


def is_timed(data: Any) -> bool:
    """A list of texts with times and nobody named, as captions are kept: "segments", "events", "body"."""
    return _captions(data) is not None


def read_timed(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The texts in order."""
    found = _captions(data)
    if found is not None:
        found = all_of(data, found.path)
        found.labels = [""] * len(found.records)
        yield from _said(found, {}, notes)


def is_labelled(data: Any) -> bool:
    """A text inside has lines that begin with names: earnings calls, exports of note takers."""
    return bool(_texts(data))


def read_labelled(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The labelled lines of each such text."""
    for file in _texts(data):
        one = labelled.parse(file, "text")
        notes.dropped.extend(one.dropped)
        for turn in one.turns:
            yield Utterance(turn.label, turn.text, turn.start_s, turn.end_s, uncertain=turn.uncertain)
        for text in one.unattributed:
            yield Utterance("", text)


# ------------------------------------------------------------------ which list is the talk


def _fits(found: Found) -> bool:
    told = found.told
    named = sum(bool(found.labels[n]) for n in told)
    if found.tokens and not all(_has_start(found.records[n]) for n in told):  # numbers and names of things, no words
        return False
    return named > 0 and len(told) * 5 >= found.n_seen * 4 and named * 2 >= len(told)


def _captions(data: Any) -> Found | None:
    fitting = []
    for one in sampled(data):
        told = one.told
        listed = bool(one.path) and one.path[-1] in _TIMED
        if len(told) * 5 < one.n_seen * (2 if listed else 4) or len(told) < (1 if listed else 2):
            continue
        if all(None not in json_fields.times(one.records[n]) for n in told):
            fitting.append(one)
    return most_of(fitting) if fitting else None


# ------------------------------------------------------------------ two lists that go together


def _beside(data: Any, most: int = 10**9) -> Found | None:
    """ "speaker": [names] beside "utt": [texts], as many of each, in one object or in each of several.

    Args:
        most: objects that are asked for.
    """
    found = Found(())
    level = [data]
    for _ in range(4):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                pair = _pair(value)
                found.records.extend({} for _ in pair)
                found.labels.extend(label_of(name) for name, _ in pair)
                found.texts.extend(text_of(text) for _, text in pair)
                most -= bool(pair)
            if most <= 0:
                return found
            inner.extend(inside(value))
        level = inner
    return found if found.records else None


def _pair(value: Record) -> list[tuple[str, str]]:
    lists = {
        json_fields.plain(name).removesuffix("s"): one
        for name, one in value.items()
        if isinstance(one, list) and len(one) > 1 and isinstance(one[0], str) and isinstance(one[-1], str)
    }
    names = next((lists[name] for name in json_fields.SPEAKERS if name in lists), None) if len(lists) > 1 else None
    texts = next((lists[name] for name in ("utt", *json_fields.TEXTS) if name in lists), None)
    if not names or not texts or len(names) != len(texts):
        return []
    return list(zip(names, texts, strict=True)) if all(isinstance(one, str) for one in (*names, *texts)) else []


def _joined_paths(found: Sequence[Found]) -> tuple[Path, Path] | None:
    """Where words with times stand and, in another list, who speaks from when to when."""
    words = [one for one in found if not any(one.labels) and _word_list(one)]
    spans = [one for one in found if one.path and one.path[-1] in _SPANS and _span_labels(one)]
    if not words or not spans:
        return None
    best, who = most_of(words), max(spans, key=lambda one: one.n_all)
    return (best.path, who.path) if best is not who else None


def _joined(words: Found, spans: Found) -> Found:
    _take_names(words)
    _take_names(spans)
    words.labels = _by_time(words, spans)
    return words


def _take_names(found: Found) -> None:
    """In a list called "words" the "name" is the word, in one of "speakers" who speaks."""
    if found.path[-1:] == ("words",) and not any(found.texts):
        found.texts = [text_of(json_fields.value(one, "name")) for one in found.records]
        found.n_words = sum(len(text.split()) for text in found.texts)
    if found.path[-1:] in (("speakers",), ("diarization",)) and not any(found.labels):
        found.labels = [label_of(json_fields.value(one, "name", "label")) for one in found.records]


def _word_list(found: Found) -> bool:
    _take_names(found)
    told = found.told
    return bool(told) and len(told) * 5 >= found.n_seen * 4 and all(_has_start(found.records[n]) for n in told)


def _span_labels(found: Found) -> bool:
    _take_names(found)
    return not any(found.texts) and any(found.labels) and all(_has_start(one) for one in found.records)


def _has_start(record: Record) -> bool:
    return json_fields.shape(record).timed and json_fields.times(record)[0] is not None


def _by_time(words: Found, spans: Found) -> list[str]:
    """The speaker in whose stretch the middle of a word lies, else whose stretch is near; "" where none is."""
    stretches = []
    for one, label in zip(spans.records, spans.labels, strict=True):
        start, end = json_fields.times(one)
        if start is not None:
            stretches.append((start, start if end is None else end, label))
    stretches.sort()
    begins = [start for start, _, _ in stretches]
    labels: list[str] = []
    for one in words.records:
        start, end = json_fields.times(one)
        if start is None or not stretches:
            labels.append(labels[-1] if labels else "")
            continue
        middle = (start + (start if end is None else end)) / 2
        at = max(bisect_right(begins, middle) - 1, 0)
        gap, label = min((max(a - middle, middle - b, 0.0), who) for a, b, who in stretches[at : at + 2])
        labels.append(label if gap <= _NEAR else "")
    return labels


# ------------------------------------------------------------------ the talk's words


def _said(found: Found, names: Mapping[str, str], notes: Notes) -> Iterator[Utterance]:
    told = found.told
    for n in sorted(set(range(len(found.texts))) - set(told)):
        notes.odd(f"[{n}]", "no text, left out")
    unit = json_fields.unit_of([(found.records[n], found.texts[n]) for n in told])
    labels = [names.get(found.labels[n], found.labels[n]) for n in told]
    spans = [json_fields.times(found.records[n], unit) for n in told]
    texts = [found.texts[n] for n in told]
    if found.tokens:
        yield from spoken(_words(texts, labels, spans))
        return
    for text, label, span in zip(texts, labels, spans, strict=True):
        yield Utterance(label, text.strip(), *span)


def _words(
    texts: Sequence[str], labels: Sequence[str], spans: Sequence[tuple[float | None, float | None]]
) -> Iterator[Word]:
    """Words and marks; where some begin with a blank and some do not, those that do not go on with the word before."""
    blanks = sum(text[:1].isspace() for text in texts)
    pieces = blanks * 5 >= len(texts)
    before = ""
    for n, (text, label, (start, end)) in enumerate(zip(texts, labels, spans, strict=True)):
        mark = not any(ch.isalnum() for ch in text) and text.strip() not in "-–—&"
        label = label or (before if mark else "")
        glue = n > 0 and not text[:1].isspace() if pieces else mark
        yield Word(text.strip(), label, start, end, glue)
        before = label


def _names(data: Any) -> dict[str, str]:
    """The names that a table of speakers gives to their numbers; a number with two names keeps none."""
    found: dict[str, set[str]] = {}
    level = [("", data)]
    for _ in range(6):
        inner: list[tuple[str, Any]] = []
        for key, value in level:
            if key in _TABLES:
                for number, name in _rows(value):
                    found.setdefault(number, set()).add(name)
            if isinstance(value, dict):
                inner.extend((json_fields.plain(name), one) for name, one in islice(value.items(), SAMPLE))
            elif isinstance(value, list) and key not in _TABLES:
                inner.extend(("", one) for one in value[:SAMPLE])
        level = [(key, one) for key, one in inner if isinstance(one, dict | list)]
    return {number: names.pop() for number, names in found.items() if len(names) == 1}


def _rows(value: Any) -> Iterator[tuple[str, str]]:
    rows = value[:_MOST_ROWS] if isinstance(value, list) else []
    if isinstance(value, dict):
        rows = [{"id": key, **(one if isinstance(one, dict) else {"name": one})} for key, one in value.items()]
    for row in rows:
        if isinstance(row, dict):
            number = label_of(json_fields.value(row, *_TABLE_IDS))
            name = text_of(json_fields.value(row, *_TABLE_NAMES)).strip()
            if number and name and not is_voice(name):
                yield number, name


# ------------------------------------------------------------------ labelled text inside


def _texts(data: Any) -> list[File]:
    """Texts of several lines whose first line is labelled, with two speakers at least."""
    level = [data]
    for _ in range(6):
        files: list[File] = []
        for value in level:
            for name, one in islice(value.items(), SAMPLE) if isinstance(value, dict) else ():
                one = _unmarked(one) if isinstance(one, str) else one
                if isinstance(one, str) and "\n" in one.strip() and json_fields.plain(name) in _TALK:
                    files.extend([file] if (file := _labelled(one)) else [])
        if files:
            return files[:MOST_TALKS]
        level = [one for value in level for one in inside(value)][: 10 * MOST_TALKS]
    return []


def _unmarked(text: str) -> str:
    """A page's paragraphs as lines: oTranscribe keeps "<p>...</p>" in its JSON."""
    if "</p>" not in text and "<br" not in text:
        return text
    lines = re.split(r"</p>|</div>|<br ?/?>", text)
    return "\n".join(html.unescape(re.sub(r"<[^<>]{0,300}>", "", line)).replace("\xa0", " ") for line in lines)


def _labelled(text: str) -> File | None:
    file = File(pathlib.Path("text.txt"), text=text_of(text))
    labels = labels_in(file)
    first = next((n for n, line in enumerate(file.source.lines) if line.text), 0)
    several = len({label.text for label in labels}) > 1 and len(labels) > 2
    return file if several and labels[0].line == first else None
