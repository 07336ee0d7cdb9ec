"""Lines that came out of a document (Word, PDF) to a transcript; its own layout is gone by then.

Two ways of naming who speaks:

    Nora Ekdal   0:12            0:00:05.100 --> 0:00:08.250       00:00:05 Speaker 1
    The bridge is closed.        Nora Ekdal                        The bridge is closed.
                                 The bridge is closed.

(Teams, Otter, Word's Transcribe), and `Name: words`, read as labelled text is.

Source: exports of Microsoft Teams (2021 and since 2023), Otter.ai and Word for the web, by their looks; none
is documented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.errors import ReadError
from qa.names import is_voice
from qa.read import congress, court, headed, labelled
from qa.read.assemble import assemble, facts_of
from qa.read.clock import seconds
from qa.read.day import iso_day
from qa.read.labels import candidate, opens_text, plain
from qa.read.marks import is_credit
from qa.read.source import File, Line
from qa.read.split_labels import is_whole, whole_labels, width_of
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Transcript

_HEAD = 30  # lines before the talk among which its day is sought
_LONGEST = 160  # characters of a line that may be a header
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_NAME_FIRST = re.compile(rf"(?P<label>[^\W_].{{0,80}}?)(?P<gap>\s{{2,}}|\t\s*|\s)[\[(]?(?P<start>{_CLOCK})[\])]?")
_TIME_FIRST = re.compile(rf"[\[(]?(?P<start>{_CLOCK})[\])]?(?P<gap>\s{{1,}})(?P<label>[^\W\d_][^.!?]{{0,60}}?)\s*:?")
_LOOSE = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{0,3})?"  # "0:1:41." where no thousandth is over
_SPAN = re.compile(rf"(?P<start>{_LOOSE}|{_CLOCK})\s*-->\s*(?P<end>{_LOOSE}|{_CLOCK})(?:\s+(?P<label>\S.{{0,80}}))?")
_RECORDING = re.compile(
    r"(?i).{1,80}\b(?:started|stopped|ended|hat|a (?:démarré|arrêté|lancé)|inició|detuvo|avviato|interrotto|iniciou"
    r"|parou|запустил\w*|начал\w*|остановил\w*)\b.{0,20}\b(?:transcri|transkri|транскри|trascri)\w*.{0,20}"
)
_EXPORT_WORDS = frozenset(("transcript", "audio file", "transcription"))
_END = re.compile(
    r"(?i)\W*(?:end of (?:the )?(?:transcript\w*|recording|audio|tape|proceedings|verbatim(?: record| report)?)"
    r"|конец (?:записи|стенограммы))\W*"
)
_DURATION = re.compile(r"(?:\d{1,2}\s*h(?:ours?)?\s*)?(?:\d{1,2}\s*m(?:in\w*)?\s*)?(?:\d{1,2}\s*s(?:ec\w*)?)?")
_SUFFIX = re.compile(r"-\d{8}_\d{6}(?:UTC)?-Meeting (?:Transcript|Recording)(?:\.\w{3,4})?$")
_PARTICLES = frozenset("de da di del della van von der den la le bin ibn al el and und et y of the to at".split())


@dataclass(frozen=True, slots=True)
class _Header:
    """A line, or two, that say who speaks from when on; the words begin at line `body`."""

    line: int
    body: int
    label: str
    start_s: float
    end_s: float | None = None


def read_lines(lines: Sequence[str], file: File, transcript_id: str, form: str, *, wrapped: bool = False) -> Transcript:
    """A transcript out of a document's lines; an empty line ends a paragraph.

    Args:
        form: the document's format, "docx" or "pdf".
        wrapped: lines are cut at a width: only an empty one ends a paragraph.

    Raises:
        ReadError: nobody is named in a way that can be told.
    """
    ends = [n for n, line in enumerate(lines) if ends_record(line)]
    if ends:
        last = ends[-1] if not any(map(_label, lines[ends[-1] + 1 :])) else len(lines)  # nobody speaks after it
        rest = [line for n, line in enumerate(lines) if n not in ends and n < last]
        one = read_lines(rest, file, transcript_id, form, wrapped=wrapped)
        gone = [line.strip() for n, line in enumerate(lines) if n in ends or n > last]
        return replace(one, dropped=(*one.dropped, *filter(None, gone)))
    headers = _headers(lines)
    if headers:
        return _headed(lines, headers, file, transcript_id, form, " " if wrapped else "\n")
    squeezed = [" ".join(line.split()) for line in lines]
    text = "\n".join(_whole_sentences(whole_labels(squeezed)) if wrapped else squeezed)
    bare = File(file.path, text=text)
    for reader in (court, congress, headed, labelled) if text.strip() else ():
        if reader.detect(bare):
            return unanchored(reader.parse(bare, transcript_id, wrapped=wrapped or None), form)
    raise ReadError(
        file.path, "no speaker labels found.", remedy='Expected paragraphs such as "Name: words" or "Name  0:12".'
    )


def _whole_sentences(lines: Sequence[str]) -> list[str]:
    """Wrapped lines, those that only look like labels joined to the line before.

    "... flooded in / October: its owner" begins a line by chance. A true label begins a paragraph, or follows a
    finished sentence, at least once; or it comes three times, each time with a new sentence behind it.
    """
    found: list[str] = []
    labels = {n: label for n, line in enumerate(lines) if (label := _label(line))}
    width = width_of(lines)
    free = {label for n, label in labels.items() if n == 0 or is_whole(lines[n - 1], lines[n], width)}
    counts = Counter(labels.values())
    runs_on = {label for n, label in labels.items() if _after_label(lines[n])[:1].islower()}
    sure = free | {label for label, count in counts.items() if count > 2 and label not in runs_on}
    for n, line in enumerate(lines):
        if n in labels and labels[n] not in sure and found and found[-1]:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _label(line: str) -> str:
    found = candidate(0, Line(1, 0, len(line), line))
    return plain(found.text) if found and not opens_text(found.text) else ""


def _after_label(line: str) -> str:
    return line.partition(":")[2].strip()


def ends_record(text: str) -> bool:
    """ "End of transcript", "END OF VERBATIM RECORD": nothing that stands after it is speech."""
    return bool(_END.fullmatch(text.strip()[:_LONGEST]))


def is_recording_note(line: str) -> bool:
    """ "Nora Ekdal started transcription", in the languages Teams has been seen in."""
    return len(line) <= _LONGEST and bool(_RECORDING.fullmatch(line))


def unanchored(one: Transcript, form: str) -> Transcript:
    """The transcript without a way back into text that the file itself does not hold."""
    return replace(
        one,
        turns=tuple(replace(turn, pieces=()) for turn in one.turns),
        page=tuple(replace(part, pieces=()) for part in one.page),
        source_text=None,
        format=form,
    )


def _headers(lines: Sequence[str]) -> list[_Header]:
    """The one kind of header lines that the document uses, or nothing."""
    spans = [span for n in range(len(lines)) if (span := _span(lines, n)) is not None]
    if spans:
        return spans
    for pattern in (_NAME_FIRST, _TIME_FIRST):
        matches = [(n, match) for n, line in enumerate(lines) if (match := pattern.fullmatch(line.strip()[:_LONGEST]))]
        wide = [(n, match) for n, match in matches if len(match["gap"]) > 1]
        sure = bool(wide) and pattern is _NAME_FIRST
        found = [
            _Header(n, n + 1, " ".join(match["label"].split()), seconds(match["start"]) or 0.0)
            for n, match in (wide if sure else matches)
            if sure or is_voice(match["label"]) or _is_name(match["label"])
        ]
        if found and (sure or len(found) > 1) and _rising(found) and any(_has_words(lines, one) for one in found):
            return found
    return []


def _span(lines: Sequence[str], n: int) -> _Header | None:
    match = _SPAN.fullmatch(lines[n].strip()[:_LONGEST])
    if match is None:
        return None
    start, end = seconds(match["start"]) or 0.0, seconds(match["end"])
    if match["label"]:
        return _Header(n, n + 1, match["label"].rstrip(" :"), start, end)
    after = next((m for m in range(n + 1, min(n + 3, len(lines))) if lines[m].strip()), None)
    if after is None or not _is_short(lines[after]):
        return _Header(n, n + 1, "", start, end)
    return _Header(n, after + 1, " ".join(lines[after].split()).rstrip(" :"), start, end)


def _is_short(line: str) -> bool:
    return len(line) <= 80 and len(line.split()) <= 8 and line.strip()[-1] not in ".!?,;"


def _is_name(label: str) -> bool:
    """Capitalised words and particles, nothing of a sentence."""
    found = label.strip(" :").split()
    return (
        0 < len(found) <= 6
        and not re.search(r"[.!?;]$", label.strip())
        and all(word[0].isupper() or not word[0].isalpha() or word.casefold() in _PARTICLES for word in found)
        and found[0].casefold() not in _PARTICLES
    )


def _rising(found: Sequence[_Header]) -> bool:
    """Times of a recording go on; those named in speech do not."""
    steps = [b.start_s >= a.start_s for a, b in pairwise(found)]
    return sum(steps) >= 0.8 * len(steps)


def _has_words(lines: Sequence[str], header: _Header) -> bool:
    after = next((line for line in lines[header.body :] if line.strip()), "")
    return any(ch.isalpha() for ch in after)


def _headed(
    lines: Sequence[str], headers: Sequence[_Header], file: File, transcript_id: str, form: str, joint: str
) -> Transcript:
    said, dropped = [], []
    for n, header in enumerate(headers):
        stop = headers[n + 1].line if n + 1 < len(headers) else len(lines)
        text = ""
        blank = False
        for line in (" ".join(line.split()) for line in lines[header.body : stop]):
            if is_recording_note(line) or is_credit(line):
                dropped.append(line)
            elif line:
                text += (("\n" if blank else joint) if text else "") + line
            blank = not line
        said.append(Utterance(header.label, text, header.start_s, header.end_s))
    turns, people, unattributed = join_utterances(said, joint="\n")
    if not turns:
        raise ReadError(file.path, "there are speakers but no words after them.", remedy="Export it again.")
    page = head(lines[: headers[0].line], dropped)
    return assemble(
        file.path, transcript_id, form, turns, people, page, date=iso_day(facts_of(page).get(PageKind.DATE, "")),
        dropped=dropped, unattributed=unattributed,
    )  # fmt: skip


def head(lines: Sequence[str], dropped: list[str]) -> list[PageText]:
    """Title, day and notes before anybody speaks."""
    found: list[PageText] = []
    kinds: set[PageKind] = set()
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        if (
            _RECORDING.fullmatch(line[:_LONGEST])
            or _DURATION.fullmatch(line)
            or line.casefold() in ("transcript", "audio file")
        ):
            dropped.append(line)
            continue
        kind = PageKind.NOTE
        if PageKind.DATE not in kinds and len(found) < _HEAD and iso_day(line):
            kind = PageKind.DATE
        elif PageKind.TITLE not in kinds and len(line) <= 150 and "://" not in line:
            kind, line = PageKind.TITLE, _SUFFIX.sub("", line)
        kinds.add(kind)
        found.append(PageText(kind, line))
    return found
