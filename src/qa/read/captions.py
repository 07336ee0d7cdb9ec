"""Cues to turns: what WebVTT and SRT share.

A cue that names nobody goes on from the one before only where the file's habit says so: a producer that
labels every cue means nobody by no label, one that labels changes means the same speaker.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from qa.errors import ReadError
from qa.names import is_voice
from qa.read import cue_labels, cue_text, json_fields
from qa.read.assemble import assemble
from qa.read.cue_blocks import MOST_CUES, Cue
from qa.read.cue_text import Row
from qa.read.labels import may_name
from qa.read.marks import is_credit
from qa.read.source import File
from qa.read.turns import UNKNOWN, Utterance, join_utterances
from qa.read.unnamed import unnamed
from qa.types import PageKind, PageText, Transcript

_STOPS = tuple('.!?…"”»)。！？')
_WEBEX_ID = re.compile(r'\d+\s+"(?P<name>[^"]+)"\s*(?:\(\d+\))?')
_LONGEST_OBJECT = 20_000  # characters of one cue
_NOBODY = re.compile(r"speaker[ _]?\?", re.IGNORECASE)


class _Habit(Enum):
    """What a cue without a label means."""

    NOBODY = "every cue is labelled: nobody is named for this one"
    SAME = "changes are labelled: the same speaker goes on"
    GUESS = "most likely the same speaker goes on"


@dataclass(slots=True)
class _Part:
    """Rows of one cue that one speaker says."""

    cue: Cue
    label: str
    mark: str
    tagged: bool  # the label is a tag's, not printed in the text
    texts: list[str] = field(default_factory=list)
    text: str = ""


def transcript(
    file: File,
    transcript_id: str,
    cues: Sequence[Cue],
    *,
    format: str,
    title: str | None = None,
    language: str | None = None,
    dropped: Iterable[str] = (),
) -> Transcript:
    """A transcript of cues. Words run across time lines, so there is no way back into the source's text.

    Args:
        cues: everything in the file that may hold words, stray blocks included.
        dropped: what the format's reader left out itself.

    Raises:
        ReadError: too many lines, or no spoken word in any cue.
    """
    left = list(dropped)
    cues = [_unpacked(cue) for cue in cues]
    rows = _rows(cues, left)
    if len(rows) > 4 * MOST_CUES:
        raise ReadError(file.path, "has more lines and changes of speaker than are read.", remedy="Split the file.")
    parts = _parts(rows, cues)
    for part in parts:
        part.text, sounds = cue_text.without_sounds("\n".join(part.texts))
        left.extend(sounds)
        if not part.label and is_credit(part.text):
            left.append(part.text)
            part.text = ""
    utterances = list(_attributed(parts))
    turns, people, unattributed = join_utterances(
        utterances,
        people=unnamed(one.label for one in utterances),
    )
    if not turns and not unattributed:
        raise ReadError(file.path, "has cues, but no spoken words in them.", remedy="Use the captions with the speech.")
    page = [PageText(PageKind.TITLE, title)] if title else []
    return assemble(
        file.path, transcript_id, format, turns, people, page, date=None, language=language,
        dropped=left, unattributed=unattributed,
        problems=[f"line {cue.number}: {cue.problem}" for cue in cues if cue.problem],
    )  # fmt: skip


def _unpacked(cue: Cue) -> Cue:
    """Teams' metadata captions hold an object in every cue: {"speakerName": "Nora Ekdal", "spokenText": "Yes."}."""
    text = "\n".join(cue.lines)
    if not (text.startswith("{") and text.endswith("}") and '"' in text) or len(text) > _LONGEST_OBJECT:
        return cue
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return cue
    spoken = json_fields.text(data) if isinstance(data, dict) else ""
    if not spoken:
        return cue
    speaker = json_fields.speaker(data)
    voice = f"<v {speaker}>" if speaker and not set("<>") & set(speaker) else ""
    return replace(cue, lines=(f"{voice}{html.escape(spoken, quote=False)}",))


def _rows(cues: Sequence[Cue], dropped: list[str]) -> list[Row]:
    voices = _voices(cues)
    raw = [cue_text.rows_of(n, cue.lines, dropped, voices[n]) for n, cue in enumerate(cues)]
    return _labelled(cue_text.with_marks(cue_text.unroll(raw)), cues)


def _parts(rows: Sequence[Row], cues: Sequence[Cue]) -> list[_Part]:
    """Each cue cut where another speaker begins."""
    parts: list[_Part] = []
    voice, at = "", -1
    for row in rows:
        if row.cue != at or row.label or row.mark or row.voice != voice:
            parts.append(_Part(cues[row.cue], row.label or row.voice, row.mark, not row.label))
        voice, at = row.voice, row.cue
        parts[-1].texts.append(row.text)
    return parts


def _voices(cues: Sequence[Cue]) -> list[str]:
    """Whom each cue's identifier names: Webex writes 12 "Nora Ekdal" (3520345344), others the name alone."""
    matches = [_WEBEX_ID.fullmatch(cue.id) for cue in cues]
    names = [cue_text.plain(match["name"]) if match else cue.id for match, cue in zip(matches, cues, strict=True)]
    counts = Counter(names)
    # "c1", "c2" are the numbers of cues; a voice of so short a name comes again.
    plain = [
        n
        for n, name in enumerate(names)
        if (is_voice(name) and len(name) > 4) or (counts[name] > 1 and (is_voice(name) or may_name(name)))
    ]
    by_name = set(plain) if len(plain) * 5 >= len(cues) * 3 else set()
    return [name if matches[n] or n in by_name else "" for n, name in enumerate(names)]


def _labelled(rows: Sequence[Row], cues: Sequence[Cue]) -> list[Row]:
    """The rows with their labels taken out of the text.

    In stray blocks and inside voice tags only labels count that the file has elsewhere.
    """
    free = [n for n, row in enumerate(rows) if not cues[row.cue].problem and not row.voice]
    found = {free[n]: one for n, one in cue_labels.find([rows[n] for n in free]).items()}
    known = {one.label.casefold() for one in found.values()} | {row.voice.casefold() for row in rows if row.voice}
    kept = []
    for n, row in enumerate(rows):
        one = found.get(n)
        if one is None and (cues[row.cue].problem or row.voice):
            one = cue_labels.known_label(row.text, known)
        kept.append(replace(row, text=row.text[one.body :].strip(), label=one.label) if one else row)
    return kept


def _attributed(parts: Sequence[_Part]) -> Iterator[Utterance]:
    """Every part with its speaker; "" where nobody is named."""
    if not any(part.label for part in parts):
        yield from (_utterance(part, UNKNOWN, uncertain=True, begins=bool(part.mark)) for part in parts)
        return
    habit = _habit(parts)
    finished = sum(part.text[-1:] in _STOPS for part in parts if part.text)
    punctuated = finished * 2 > sum(bool(part.text) for part in parts)
    now, guess, open_end, waiting, broken = "", False, False, False, False
    for part in parts:
        shaky, broken = broken, bool(part.cue.problem)
        if part.cue.problem and not part.label:
            yield _utterance(part, "")
            guess, open_end = True, False
            continue
        if part.label:
            now, guess = "" if _NOBODY.fullmatch(part.label) else part.label, False
        elif part.mark:
            now = ""
        elif part.text and habit is not _Habit.SAME and not waiting:
            runs_on = punctuated and open_end and part.text[0].islower()
            now = now if habit is _Habit.GUESS or runs_on else ""
            guess = True
        elif part.text and shaky:  # the cue before is broken: what else is lost there nobody knows
            guess = True
        yield _utterance(part, now, uncertain=guess and bool(now))
        if part.text:
            open_end = part.text[-1] not in _STOPS
        waiting = bool(part.label) and not any(part.texts)  # the label stands alone, its words come in the next cue


def _habit(parts: Sequence[_Part]) -> _Habit:
    spoken = [part for part in parts if (part.text or part.label) and not part.cue.problem]
    labelled = [part for part in spoken if part.label]
    bare = sum(not part.label and not part.mark for part in spoken)
    dashes = len({part.cue.number for part in spoken if not part.label and part.mark == "-"})
    if sum(bool(part.mark) for part in labelled) * 5 >= len(labelled) * 4:  # every change has its dash
        dashes = 0
    pairs = [(a.label, b.label) for a, b in pairwise(spoken) if a.label and b.label]
    repeated = sum(a == b for a, b in pairs)
    if sum(part.tagged for part in labelled) * 2 > len(labelled):  # a voice tag holds for its cue
        return _Habit.NOBODY if bare <= len(labelled) else _Habit.GUESS
    if dashes > len(labelled):  # changes are marked without a name
        return _Habit.NOBODY
    if repeated * 10 > len(pairs):
        return _Habit.NOBODY if bare * 2 <= len(labelled) else _Habit.GUESS
    return _Habit.GUESS if bare * 8 < len(labelled) or dashes * 5 >= len(labelled) else _Habit.SAME


def _utterance(part: _Part, label: str, *, uncertain: bool = False, begins: bool = False) -> Utterance:
    return Utterance(label, part.text, part.cue.start_s, part.cue.end_s, uncertain=uncertain, begins=begins)
