"""Plain labelled text: `Name: words`, with wrapped lines, several paragraphs a turn, Markdown bold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa import speakers
from qa.errors import ReadError
from qa.names import is_voice
from qa.read.asides import (
    decisions,
    directions,
    end_of_text,
    headings,
    page_numbers,
    scenes,
    stopped_headings,
)
from qa.read.assemble import assemble, facts_of
from qa.read.cast import with_roles
from qa.read.damaged import damaged
from qa.read.day import iso_day
from qa.read.editors import names_a_maker
from qa.read.fuller import with_page_names
from qa.read.labels import METADATA, Label, labels_in, listed, plain
from qa.read.margins import lines_of
from qa.read.marks import is_furniture
from qa.read.oaths import oaths, statements
from qa.read.own_names import with_own_names
from qa.read.presided import with_chairs
from qa.read.shapes import name_shaped
from qa.read.source import File, Line, Source, TextBuilder
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Transcript

CAST = frozenset(
    "host hosts guest guests speaker speakers moderator interviewer interviewee panel panelists cast with featuring "
    "witness witnesses scribe narrator chair vorsitz vorsitzende vorsitzender "
    "sprecher sprecherin teilnehmer gast gäste moderator moderatorin interviewer interviewerin interviewte "
    "interviewpartner entrevistador entrevistadora entrevistado entrevistada invitado invitada ponentes intervenants "
    "invité invitée animateur animatrice ospite ospiti conduttore conduttrice entrevistados convidado convidada "
    "ведущий ведущая ведущие гость гости собеседник интервьюер".split()
)
_HEADER = re.compile(r"^\s*(?:\*\*)?(?P<name>[^\W\d_]+)(?:\*\*)?\s*:(?:\*\*)?\s*(?P<value>\S.*)$")
_FIELD = re.compile(r"[^\W\d_][^:.!?]{2,40}:\s")


def detect(file: File) -> bool:
    """At least one credible speaker label."""
    return file.is_text and bool(labels_in(file))


def parse(file: File, transcript_id: str, *, wrapped: bool | None = None) -> Transcript:
    """Read labelled text; what stands before the first label is the page's own words.

    Args:
        wrapped: lines are cut at a width, or not; None where the lines themselves must tell.

    Raises:
        ReadError: no label is credible.
    """
    return transcript_of(file.source, lines_of(file), labels_in(file), transcript_id, wrapped=wrapped)


def transcript_of(
    source: Source,
    lines: Sequence[Line],
    found: Sequence[Label],
    transcript_id: str,
    format: str = "labelled",
    *,
    furniture: Callable[[str], bool] = is_furniture,
    wrapped: bool | None = None,
) -> Transcript:
    """Labelled lines to a transcript: what text with labels of any shape has in common.

    Args:
        furniture: whether a line is no speech.
        wrapped: lines are cut at a width; None: look.

    Raises:
        ReadError: no label is left, or no word stands after them.
    """
    found = without_header(lines, _without_title(lines, list(found)))
    found = _without_lone_fields(lines, without_header(lines, _without_fields(lines, found)))
    if not found:
        raise ReadError(source.path, "no speaker labels found.", remedy='Expected lines such as "Name: words".')
    page = _head(source, lines[: found[0].line])
    told = [_as_printed(part) for part in page]
    taken = {label.line for label in found}
    sworn, witnesses = oaths(lines, taken)
    found, presided = with_chairs(_without_foot(lines, found), lines)
    found = with_page_names(found, [*told, *witnesses, *statements(lines, taken)])
    found = sorted([*found, *damaged(lines, found)], key=lambda label: label.line)
    found = with_own_names(found, lines)
    named = [label for label in found if label.text != "Break"] or found
    stop = end_of_text(lines, named)
    headed = headings(lines, found) | stopped_headings(lines, found) | scenes(lines, found) | decisions(lines, found)
    headed |= sworn | presided | page_numbers(lines, found) | directions(lines, found)
    found = [label for label in found if label.line < stop]
    if stop < len(lines):
        found = [*found, Label(stop, "Break", lines[stop].start)]
    dropped: list[str] = []
    unattributed: list[str] = []
    turns, people = build_turns(
        source,
        lines,
        found,
        evidence="\n".join(part.text for part in page),
        dropped=dropped,
        unattributed=unattributed,
        furniture=lambda n: n in headed or furniture(lines[n].text) or _is_heading(lines[n].text),
        wrapped=is_wrapped(lines, found) if wrapped is None else wrapped,
    )
    if not turns:
        raise ReadError(
            source.path, "there are speaker labels but no words after them.", remedy='Expected "Name: words".'
        )
    facts = facts_of(page)
    people = with_roles(people, told)
    return assemble(
        source.path, transcript_id, format, turns, people, page, date=_iso(facts.get(PageKind.DATE)),
        time=facts.get(PageKind.TIME), source_text=source.text, dropped=dropped, unattributed=unattributed,
    )  # fmt: skip


def _as_printed(part: PageText) -> str:
    """The field with its name, where that tells who takes part."""
    return f"Participants: {part.text}" if part.kind is PageKind.ATTENDANCE else part.text


def _without_title(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """A "label" that comes once, first, and right before "Date:" or "Place:" is the title of the page."""
    if len(found) < 2 or any(label.text == found[0].text for label in found[1:]):
        return found
    after = [line.text for line in lines[found[0].line + 1 : found[1].line] if line.text]
    match = _HEADER.match(after[0]) if after else None
    return found[1:] if match and match["name"].casefold() in METADATA else found


def without_header(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """Without fields at the head that name who takes part: "Host: Nora Ekdal", "Guests: Tom Baszko, Ilsa Odell"."""
    counts = Counter(label.text for label in found)
    while len(found) > 1 and counts[found[0].text] == 1:
        first = found[0]
        value = [lines[first.line].text[first.body - lines[first.line].start :].strip()]
        for line in lines[first.line + 1 : found[1].line]:
            if (not line.text and any(value)) or _FIELD.match(line.text):
                break
            value.append(line.text)
        cast = is_voice(first.text) or speakers.is_title(first.text) or plain(first.text) in CAST
        if not cast or not _lists_people(" ".join(filter(None, value)), lines):
            break
        found = found[1:]
    return found


def _lists_people(value: str, lines: Sequence[Line]) -> bool:
    """Nothing but names: those that the head lists as present, or of two words and more where they are one or two."""
    bare = re.sub(r"\s*\([^()]*\)", "", value).removesuffix(".")
    names = re.split(r"\s*[,;&]\s*|\s+(?:and|и|und|et|y|e)\s+", bare)
    fewest = 2 if len(names) < 3 else 1
    here = listed(lines)
    return all(name.casefold() in here for name in names) or all(
        fewest <= len(name.split()) <= 6 and name_shaped(name) and name[-1] not in ".!?" for name in names
    )


def _without_lone_fields(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """Without the field of a head that would swallow the document, where next to no other label was found.

    "Staff present: Nora Ekdal, Clerk." holds names or a few words that are no sentence, and the document goes on far
    below it; whoever speaks there is named in a way that is not known.
    """
    rest = found
    while rest and len(rest) <= _FEW and len({plain(one.text) for one in rest}) == len(rest):
        first = rest[0]
        value = _first_words(lines, first, rest[1].line if len(rest) > 1 else len(lines))
        below = sum(len(line.text.split()) for line in lines[first.line :])
        brief = 0 < len(value.split()) <= _BRIEF and below > _FAR * _BRIEF and not is_voice(first.text)
        if not brief or not (_unfinished(value) or _lists_people(value, lines)):
            break
        rest = rest[1:]
    return rest


_FEW, _BRIEF, _FAR = 3, 15, 10  # labels; words; times as many words below


def _first_words(lines: Sequence[Line], label: Label, stop: int) -> str:
    """What stands behind a label up to a blank line or the next label."""
    said = [lines[label.line].text[label.body - lines[label.line].start :].strip()]
    for line in lines[label.line + 1 : stop]:
        if not line.text and any(said):
            break
        said.append(line.text)
    return " ".join(filter(None, said))


def _unfinished(words: str) -> bool:
    return bool(words) and not re.search(r"[.!?…;:—–-][\"'”’»)\]*_]*$", words)


def _without_fields(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """Without fields at the head of any name: "Release Date: 09/05/2005", "PRESIDENTE: DON IVAN LOBO".

    They come once, before labels that come again, and hold no sentence, where speech does.
    """
    counts = Counter(label.text for label in found)
    stops = [label.line for label in found[1:]] + [len(lines)]
    again = [_first_words(lines, one, stop) for one, stop in zip(found, stops, strict=True) if counts[one.text] > 1]
    if len(again) < 4 or sum(map(_unfinished, again)) > 0.2 * len(again):
        return found
    n = 0
    while counts[found[n].text] == 1 and (
        _unfinished(_first_words(lines, found[n], stops[n])) or _is_panel(lines, found[n])
    ):
        n += 1
    return found[n:]


def _is_panel(lines: Sequence[Line], label: Label) -> bool:
    """ "I: Professor Ekdal, Director; Tom Baszko", under the heading "Witnesses"."""
    before = [line.text.casefold().strip(" :") for line in lines[max(0, label.line - 3) : label.line] if line.text]
    return bool(re.fullmatch(r"[IVX]{1,4}|[Pp]anel \w+", label.text)) and "witnesses" in before


def _without_foot(lines: Sequence[Line], found: list[Label]) -> list[Label]:
    """Last labels that are the page's: who made the recording ("Schnitt:"), or many words that come once and have no
    sentence behind them ("Search this show:").
    """
    counts = Counter(label.text for label in found)
    spoken = len(found)
    while spoken > 2 and counts[found[spoken - 1].text] == 1 and names_a_maker(found[spoken - 1].text):
        spoken -= 1
    if spoken < len(found):
        return [*found[:spoken], replace(found[spoken], text="Break")]
    last = found[-1]
    content = plain(last.text).split()
    if len(found) < 4 or counts[last.text] > 1 or len(content) < 4 or speakers.is_title(last.text):
        return found
    if not _unfinished(_first_words(lines, last, len(lines))):
        return found
    return [*found[:-1], replace(last, text="Break", body=last.body)]


def _is_heading(text: str) -> bool:
    """A Markdown heading between the words of a podcast; "**Lake Pell", with nothing that closes the mark."""
    return bool(re.match(r"#{1,6}\s+\S|\*\*[^*\s][^*]{1,79}$", text))


def is_wrapped(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Lines are cut at a width: many end in the middle of a sentence, and none is much longer."""
    at = {label.line for label in labels}
    heads = {label.line for label in labels if label.body >= lines[label.line].end}
    inner = [
        line.text
        for n, line in enumerate(lines[:-1])
        if n >= labels[0].line and n not in heads and line.text and lines[n + 1].text and n + 1 not in at
    ]
    if not inner:
        return False
    cut = sum(text[-1] not in '.!?…:"”»)' for text in inner)
    longest = max(len(line.text) for line in lines)
    return cut * 3 >= len(inner) and longest <= 130


def _head(source: Source, lines: Sequence[Line]) -> list[PageText]:
    """The page's own words before anybody speaks: header fields, a title line, notes."""
    found: list[PageText] = []
    for line in (line for line in lines if line.text and any(ch.isalnum() for ch in line.text)):
        match = _HEADER.match(line.text)
        field = METADATA.get(match["name"].casefold()) if match else None
        start = line.start
        if match and field:
            kind, start = PageKind(field), line.start + match.start("value")
        elif not any(part.kind is PageKind.TITLE for part in found) and _is_title(line.text):
            kind = PageKind.TITLE
            start = line.end - len(line.text.lstrip("#* "))
        elif len(found) < 30 and not any(part.kind is PageKind.DATE for part in found) and _iso(line.text):
            kind = PageKind.DATE
        else:
            kind = PageKind.NOTE
        builder = TextBuilder(source.text)
        builder.add(start, line.end)
        if not builder.empty:
            found.append(PageText(kind, builder.text, builder.pieces))
    return found


def _is_title(text: str) -> bool:
    return len(text) <= 150 and text[-1] not in ".:;,"


def _iso(text: str | None) -> str | None:
    """A day as ISO 8601, when the text is one and names day, month and year."""
    return iso_day(text) if text and len(text) <= 40 else None
