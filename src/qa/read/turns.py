"""Labelled lines to turns and people: what the text readers share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa import identity, speakers, words
from qa.errors import ReadError
from qa.names import is_voice
from qa.read.labels import NOBODY, Label
from qa.read.marks import spoken_spans
from qa.read.printed import given_first, shown
from qa.read.shapes import TIME
from qa.read.source import Line, Source, TextBuilder
from qa.types import Person, Piece, Turn

MAX_TURNS = 100_000  # a parliament's longest day has 5,000
MAX_SPEAKERS = 1_500  # labels as printed
UNKNOWN = "Unknown speaker"
"""The one voice of a file that names nobody at all: its words can still be searched."""
_MOST_VOICES = 500  # labels beyond are names as they stand; comparing each with each would take for ever
_STOPS = '.!?…:;"”»)'
_LINE_TIME = re.compile(rf"{TIME}\s+(?=\S)")


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
    named: Mapping[str, str] | None = None,
    anonymous: Callable[[str], bool] = is_voice,
    evidence: str = "",
    joint: str = " ",
) -> tuple[tuple[Turn, ...], tuple[Person, ...], tuple[str, ...]]:
    """Utterances to turns: neighbours of one label become one turn.

    Args:
        utterances: in order of time; those without a word are left out.
        people: who stands behind a label, where the file itself says so; other labels are read as names.
        named: full names for labels as printed, where the file tells them.
        anonymous: tells labels that name no person ("SPEAKER_00").
        evidence: text in which names stand without their roles, see `speakers.assign`.
        joint: stands between two utterances of one turn.

    Returns:
        The turns, the people who speak, and the words that nobody is named for.
    """
    spoken = [replace(one, label=shown(one.label)) for one in utterances if any(ch.isalnum() for ch in one.text)]
    unattributed = tuple(one.text for one in spoken if not one.label)
    known = {shown(label): person for label, person in (people or {}).items()}
    labels = list(dict.fromkeys(one.label for one in spoken if one.label))
    strange = [label for label in labels if label not in known and not anonymous(label)][:_MOST_VOICES]
    turned = given_first(labels, (one.text for one in spoken)) | {shown(k): name for k, name in (named or {}).items()}
    known |= _assigned(strange, turned, [p.name for p in known.values() if not p.anonymous], evidence)
    for label in labels:
        known.setdefault(label, Person(label, anonymous=anonymous(label)))
    turns: list[Turn] = []
    for run in _runs(spoken):
        if run[0].label:
            turns.append(_turn(len(turns), known[run[0].label].name, run, joint))
    present = {turn.speaker for turn in turns}
    unique = {person.name: person for person in known.values() if person.name in present}
    return tuple(turns), tuple(unique.values()), unattributed


def _assigned(
    labels: Sequence[str], turned: Mapping[str, str], known: Sequence[str], evidence: str
) -> dict[str, Person]:
    """Whom the labels name; one that was turned round or made longer is another form of the person's name."""
    people = speakers.assign([turned.get(label, label) for label in labels], known=known, evidence=evidence)
    forms: dict[str, set[str]] = {}
    for label in labels:
        if name := turned.get(label):
            forms.setdefault(people[name].name, set()).add(label)
    people = {name: _also_called(person, forms.get(person.name, set())) for name, person in people.items()}
    return {label: people[turned.get(label, label)] for label in labels}


def _also_called(person: Person, forms: set[str]) -> Person:
    return replace(person, aliases=tuple(sorted({*person.aliases, *forms}))) if forms else person


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
    unattributed: list[str] | None = None,
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
        unattributed: words under a label that names nobody are appended to it.
        furniture: tells by index whether a line is no speech.
        wrapped: lines are wrapped: only a blank line ends a paragraph.

    Returns:
        The turns, without those that hold no word, and the people who speak.

    Raises:
        ReadError: more turns or speakers than are read.
    """
    if len(labels) > MAX_TURNS:
        raise ReadError(source.path, f"has more than {MAX_TURNS:,} turns.", remedy="Split the file.")
    if len({label.text for label in labels}) > MAX_SPEAKERS:
        raise ReadError(source.path, f"has more than {MAX_SPEAKERS:,} speakers.", remedy="Split the file.")
    people = _people(labels, known, evidence)
    guessed = misspelt(labels)
    calls = words.interjections(source.text)  # of others, perhaps over several lines
    timed = sum("time" in label.style for label in labels) >= 0.8 * len(labels)
    turns: list[Turn] = []
    for n, label in enumerate(labels):
        stop = labels[n + 1].line if n + 1 < len(labels) else len(lines)
        builder = TextBuilder(source.text)
        if label.text and (label.text, label.person) not in people:
            dropped.extend(line.text for line in lines[label.line : stop] if line.text)
            continue
        start_s = _fill(builder, lines, label, stop, dropped, furniture, wrapped, timed, calls)
        if builder.empty or not any(ch.isalnum() for ch in builder.text):
            continue
        if _only_furniture(builder.text):  # "(Laughs.)"
            dropped.append(builder.text)
            continue
        if not label.text:
            if unattributed is not None:
                unattributed.append(builder.text)
            continue
        turns.append(
            Turn(
                len(turns), people[label.text, label.person].name, label.text, builder.text, builder.pieces,
                label.start_s if label.start_s is not None else start_s, None, label.guess or label.text in guessed,
            )
        )  # fmt: skip
    spoken = {turn.speaker for turn in turns}
    unique = {person.name: person for person in people.values() if person.name in spoken}
    return tuple(turns), tuple(unique.values())


_REMARK = re.compile(r"\s*\\?\[[^\[\]\n]{1,80}\]\W*")


def _only_furniture(text: str) -> bool:
    """Nothing is said in it: sounds, or one remark of the editor, which is what square brackets are for."""
    return bool(_REMARK.fullmatch(text)) or not words.has_words(text, words.furniture(text))


_Key = tuple[str, str]  # a label as printed, and the person that another line names for it


def _people(labels: Sequence[Label], known: Iterable[str], evidence: str) -> dict[_Key, Person]:
    """Who stands behind each label; labels of nobody have none."""
    slips = misspelt(labels)
    turned = given_first(label.text for label in labels)
    names = {
        (label.text, label.person): label.person
        or turned.get(label.text)
        or _without_trade(slips.get(label.text, label.text))
        for label in labels
        if label.text and label.text.casefold() not in NOBODY
    }
    single = [name for name in names.values() if not _is_several(name)]
    people = {name: Person(name) for name in names.values() if _is_several(name)}
    people |= speakers.assign(single, known=known, evidence=evidence)
    # Equal persons must stay equal whatever label led to them.
    known_as: dict[str, set[str]] = {}
    for (text, person), name in names.items():
        forms = known_as.setdefault(people[name].name, set(people[name].aliases))
        forms |= {text} if (person and not is_voice(text)) or text in turned else set()
    return {
        one: replace(
            people[name],
            aliases=tuple(sorted(known_as[people[name].name] - {people[name].name})),
        )
        for one, name in names.items()
    }


def _is_several(name: str) -> bool:
    """ "Nora and Tom" speak together; neither of them alone is "Nora and Tom". "Ana Ruiz y Vega" is one."""
    bare = re.sub(r"\([^()]{0,100}\)", "", name)  # "Nora Ekdal (Pell and Lunde) (Con)"
    several = re.search(r"\S\s(?:and|&|и|und|et|y)\s\S", bare)
    return bool(several) and identity.parse(bare) is None and not speakers.is_title(bare)


def _without_trade(label: str) -> str:
    """The name of "TOM BASZKO, BYLINE": broadcasters print what somebody does after the name, all in capitals."""
    label = re.sub(r"\s*\([a-z][a-z -]{1,40}\)$", "", label)  # "(voice-over)"
    name, comma, trade = label.partition(", ")
    suffix = trade.replace(".", "") in ("JR", "SR", "II", "III", "IV", "MD", "PHD", "ESQ", "QC", "KC", "MP")
    if not comma or not label.isupper() or len(name.split()) < 2 or suffix:
        return label
    named = speakers.parse_label(name).name
    return f"{named}, {trade}" if speakers.is_title(trade) and '"' not in trade and "“" not in trade else named


def misspelt(labels: Sequence[Label]) -> dict[str, str]:
    """Rare labels that are another, frequent label with a slip of the pen: "Vladmir Putin" -> "Vladimir Putin".

    One word differs by one letter or two that changed places, in a word of five letters or more, neither its
    first nor its last letter (Daniel and Daniela are two people); the two never follow one another.
    """
    counts = Counter(label.text for label in labels if label.text)
    neighbours = {frozenset((a.text, b.text)) for a, b in pairwise(labels)}
    alike: dict[tuple[str, ...], list[str]] = {}  # labels that differ in one word
    for often, n in counts.items():
        if n >= 3:
            for rest in _without_one(often):
                alike.setdefault(rest, []).append(often)
    found = {}
    for rare, n in counts.items():
        near = {often for rest in _without_one(rare) for often in alike.get(rest, ())[:100]} if n <= 2 else set()
        for often in near:
            if counts[often] >= 3 * n and _slip(rare, often) and frozenset((rare, often)) not in neighbours:
                found[rare] = often
    return found


def _without_one(label: str) -> list[tuple[str, ...]]:
    parts = label.split()[:12]
    return [(str(n), *parts[:n], *parts[n + 1 :]) for n in range(len(parts))] if len(parts) > 1 else []


def _slip(rare: str, often: str) -> bool:
    if abs(len(rare) - len(often)) > 1 or rare.casefold() == often.casefold():
        return False
    one, other = rare.split(), often.split()
    differing = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(one) < 2 or len(differing) != 1:
        return False
    a, b = differing[0]
    if min(len(a), len(b)) < 5 or a[0] != b[0] or a[-1] != b[-1] or not (a + b).isalpha():
        return False
    head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest = [(a[head + 1 :], b[head:]), (a[head:], b[head + 1 :]), (a[head + 1 :], b[head + 1 :])]
    swapped = a[head : head + 2] == b[head : head + 2][::-1] and a[head + 2 :] == b[head + 2 :]
    return swapped or any(x == y for x, y in rest)


def _fill(
    builder: TextBuilder,
    lines: Sequence[Line],
    label: Label,
    stop: int,
    dropped: list[str],
    furniture: Callable[[int], bool],
    wrapped: bool,
    timed: bool,
    calls: Sequence[words.Span],
) -> float | None:
    """Adds the words of one turn; returns the seconds of a time mark they begin with.

    Where the labels have times, lines without a label begin with one, too. What others call out is left out.
    """
    blank = gap = False
    start_s = None
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
        if timed and n > label.line and (mark := _LINE_TIME.match(text)):
            text = text[mark.end() :]
        start = line.end - len(text)
        spans, time = spoken_spans(text)
        spans = _without(spans, calls, start) if calls else spans
        start_s = time if builder.empty and start_s is None else start_s
        for k, (a, b) in enumerate(spans):
            if not (first := text[a:b].lstrip()[:1]):
                continue
            joint = _joint(builder.last, first, blank=blank, gap=gap, wrapped=wrapped)
            if k:
                joint = (
                    " "
                    if text[spans[k - 1][1] - 1].isspace() or text[a - 1 : a + 1].strip() != text[a - 1 : a + 1]
                    else ""
                )
            builder.add(start + a, start + b, joint)
            blank = gap = False
    return start_s


def _without(spans: Sequence[words.Span], holes: Sequence[words.Span], start: int) -> list[words.Span]:
    """The spans of a line that begins at `start` of the source, less the source's holes."""
    found: list[words.Span] = []
    for a, b in spans:
        at = a
        for x, y in holes[max(0, bisect_left(holes, (start + a, 0)) - 1) :]:
            if x >= start + b:
                break
            if y > start + at:
                found.append((at, max(at, x - start)))
                at = min(b, y - start)
        found.append((at, b))
    return [(a, b) for a, b in found if b > a]


def _joint(last: str, first: str, *, blank: bool, gap: bool, wrapped: bool) -> str:
    """What stands between two lines of one turn, told by the characters that meet: a blank in one paragraph."""
    if not last:
        return ""
    open_end = last not in _STOPS
    if gap:  # words left out between them: never one sentence again
        return "\n\n" if open_end else "\n"
    if blank:
        return "\n"
    runs_on = first.islower() and last not in ".!?…:;"
    if wrapped or open_end or runs_on or first in ".,;:!?…)»”":
        return " "
    return "\n"
