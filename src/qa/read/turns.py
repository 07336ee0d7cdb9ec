"""Labelled lines to turns and people: what the text readers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa import speakers
from qa.read.labels import Label
from qa.read.source import Line, Source, TextBuilder
from qa.types import Person, Piece, Turn

# Labels of stretches in which nobody of the transcript speaks (podcast breaks, jingles).
_NOBODY = frozenset({"break", "music", "sponsor", "advertisement", "ad break", "jingle", "перерыв", "реклама"})
UNKNOWN = "Unknown speaker"
"""The one voice of a file that names nobody at all: its words can still be searched."""
_MOST_VOICES = 500  # labels beyond are names as they stand; comparing each with each would take for ever
_STOPS = '.!?…:;"”»)'


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words under one label, as a file with time codes or markup gives them: a cue, a segment, an element.

    Attributes:
        label: as printed; "" when the file names nobody.
        text: spoken words only.
        start_s, end_s: media seconds, or None.
        pieces: the way back into the source, where the source is text.
        uncertain: the attribution is a guess.
        begins: a turn begins here even if the one before has the same label: the file marks a change of speaker.
    """

    label: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    pieces: tuple[Piece, ...] = ()
    uncertain: bool = False
    begins: bool = False


def join_utterances(
    utterances: Iterable[Utterance],
    *,
    people: Mapping[str, Person] | None = None,
    anonymous: Callable[[str], bool] = lambda label: False,
    evidence: str = "",
    joint: str = " ",
) -> tuple[tuple[Turn, ...], tuple[Person, ...], tuple[str, ...]]:
    """Utterances to turns: neighbours of one label become one turn.

    Args:
        utterances: in order of time; those without a word are left out.
        people: who stands behind a label, where the file itself says so; other labels are read as names.
        anonymous: tells labels that name no person ("SPEAKER_00").
        evidence: text in which names stand without their roles, see `speakers.assign`.
        joint: stands between two utterances of one turn.

    Returns:
        The turns, the people who speak, and the words that nobody is named for.
    """
    spoken = [one for one in utterances if any(ch.isalnum() for ch in one.text)]
    unattributed = tuple(one.text for one in spoken if not one.label)
    known = dict(people or {})
    labels = list(dict.fromkeys(one.label for one in spoken if one.label))
    strange = [label for label in labels if label not in known and not anonymous(label)][:_MOST_VOICES]
    known |= speakers.assign(strange, known=[p.name for p in known.values() if not p.anonymous], evidence=evidence)
    for label in labels:
        known.setdefault(label, Person(label, anonymous=anonymous(label)))
    turns: list[Turn] = []
    for run in _runs(spoken):
        if run[0].label:
            turns.append(_turn(len(turns), known[run[0].label].name, run, joint))
    present = {turn.speaker for turn in turns}
    unique = {person.name: person for person in known.values() if person.name in present}
    return tuple(turns), tuple(unique.values()), unattributed


def _runs(utterances: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """Neighbours that are one turn: one label, equally certain, and none of them says that it begins one."""
    run: list[Utterance] = []
    for one in utterances:
        if run and (one.begins or (one.label, one.uncertain) != (run[-1].label, run[-1].uncertain)):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _turn(index: int, speaker: str, run: Sequence[Utterance], joint: str) -> Turn:
    pieces: list[Piece] = []
    shift = 0
    for one in run:
        pieces.extend(replace(piece, start=piece.start + shift) for piece in one.pieces)
        shift += len(one.text) + len(joint)
    ends = [one.end_s for one in run if one.end_s is not None]
    return Turn(
        index=index,
        speaker=speaker,
        label=run[0].label,
        text=joint.join(one.text for one in run),
        pieces=tuple(pieces),
        start_s=run[0].start_s,
        end_s=ends[-1] if ends else None,
        uncertain=run[0].uncertain,
    )


def build_turns(
    source: Source,
    lines: Sequence[Line],
    labels: Sequence[Label],
    *,
    known: Iterable[str] = (),
    evidence: str = "",
    dropped: list[str],
    furniture: Callable[[int], bool] = lambda n: False,
    wrapped: bool = False,
) -> tuple[tuple[Turn, ...], tuple[Person, ...]]:
    """Cut lines into turns at their labels.

    Args:
        lines: the spoken part, blank lines included.
        labels: in order of lines; the first one's line is where speech begins.
        known: full names the page gives besides the labels.
        evidence: text in which names stand without their roles, see `speakers.assign`.
        dropped: furniture lines are appended to it.
        furniture: tells by index whether a line is no speech.
        wrapped: lines are wrapped: only a blank line ends a paragraph.

    Returns:
        The turns, without those that hold no word, and the people who speak.
    """
    voices = [label.text for label in labels if label.text.casefold() not in _NOBODY]
    people = speakers.assign(voices, known=known, evidence=evidence)
    turns: list[Turn] = []
    for n, label in enumerate(labels):
        stop = labels[n + 1].line if n + 1 < len(labels) else len(lines)
        if label.text not in people:
            dropped.extend(line.text for line in lines[label.line : stop] if line.text)
            continue
        builder = TextBuilder(source.text)
        _fill(builder, lines, label, stop, dropped, furniture, wrapped)
        if builder.empty or not any(ch.isalnum() for ch in builder.text):
            continue
        turns.append(Turn(len(turns), people[label.text].name, label.text, builder.text, builder.pieces, label.start_s))
    spoken = {turn.speaker for turn in turns}
    unique = {person.name: person for person in people.values() if person.name in spoken}
    return tuple(turns), tuple(unique.values())


def _fill(
    builder: TextBuilder,
    lines: Sequence[Line],
    label: Label,
    stop: int,
    dropped: list[str],
    furniture: Callable[[int], bool],
    wrapped: bool,
) -> None:
    blank = gap = False
    for n in range(label.line, stop):
        line = lines[n]
        start = label.body if n == label.line else line.start
        text = line.text[start - line.start :].strip()
        if not text:
            blank = blank or n > label.line
            continue
        if n > label.line and furniture(n):
            dropped.append(line.text)
            gap = True
            continue
        builder.add(start, line.end, _joint(builder.text, text, blank=blank, gap=gap, wrapped=wrapped))
        blank = gap = False


def _joint(before: str, text: str, *, blank: bool, gap: bool, wrapped: bool) -> str:
    """What stands between two lines of one turn: a blank when they are one paragraph."""
    if not before:
        return ""
    open_end = before[-1] not in _STOPS
    if gap:  # words left out between them: never one sentence again
        return "\n\n" if open_end else "\n"
    if blank:
        return "\n"
    runs_on = text[0].islower() and before[-1] not in ".!?…:;"
    if wrapped or open_end or runs_on or text[0] in ".,;:!?…)»”":
        return " "
    return "\n"
