"""The text of a kremlin.ru event page, as its text version or a copied page gives it.

Layout: head (title, summary, date, time, place, photo counter and caption, who attended), "* * *" and
a heading, the spoken part with labels, then furniture ("See also", geography, topics, persons,
publication). Words that were links stand on lines of their own and are joined again.

Source: seen on pages of en.kremlin.ru of 2017, text version; no published format exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qa import speakers, words
from qa.errors import ReadError
from qa.read.assemble import assemble, facts_of
from qa.read.labels import find_labels
from qa.read.source import File, Line, Source, TextBuilder
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Person, Transcript

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"^(?:{_MONTHS}) \d{{1,2}}, \d{{4}}$")
_TIME = re.compile(r"^\d{1,2}:\d\d$")
_COUNTER = re.compile(r"^\d{1,3} of \d{1,3}$")
_OMISSION = re.compile(r"^[<\[(]\s*(?:…|\.\.\.)\s*[>\])]$")
_BREAK = re.compile(r"^\*(?:\s*\*)+$")
_SECTIONS = {"Events", "News", "Transcripts", "Trips", "Speeches and transcripts", "Documents", "Photos", "Video"}
_TAIL = {"See also", "Geography", "Topics", "Persons", "Publication status", "Text version", "Related materials"}
_ATTENDED = re.compile(
    r"\b(?:attended|attending|took part|taking part|were present|was present|accompanied|were joined|also participated"
    r"|participated in (?:the|this) (?:meeting|talks|conversation)|present at the)\b",
    re.IGNORECASE,
)
_CAPTION_WORDS = frozenset(
    """with at before after during following a an the meeting talks session conversation of and to for in on from left
    right centre center background foreground photo opening ceremony ahead prior news conference statements press
    signing plenary summit working visit joint informal official expanded format""".split()
)


def detect(file: File) -> bool:
    """Two or more marks of the page: a date line with a time or place near it, furniture of its own."""
    if not file.is_text:
        return False
    source = file.source
    texts = [line.text for line in source.lines if line.text]
    dated = any(_DATE.match(text) for text in texts[:15])
    marks = sum(
        (
            dated,
            any(_COUNTER.match(text) for text in texts[:40]),
            any(_BREAK.match(text) for text in texts),
            any(text in _TAIL for text in texts),
            any(text.startswith(("Publication date: ", "Published in section")) for text in texts),
            any(text == "Text version" for text in texts[-5:]),
        )
    )
    return dated and marks >= 3 and bool(find_labels(source.lines[_head_end(source.lines) :]))


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the page.

    Raises:
        ReadError: the page has no spoken words.
    """
    source = file.source
    lines = source.lines
    head_end, tail_start = _head_end(lines), _tail_start(lines)
    head = _read_head(source, lines[:head_end])
    tail = _read_tail(source, lines[tail_start:])
    known = [page.text for page in tail.page if page.kind is PageKind.PERSONS]
    body = lines[head_end:tail_start]
    title = next((page.text for page in head.page if page.kind is PageKind.TITLE), transcript_id)
    evidence = "\n".join(page.text for page in head.page)
    found = find_labels(body, known=[*known, title])
    if not found:
        raise ReadError(source.path, "the page has no spoken words.", remedy="Use the page with its transcript.")
    dropped = [*head.dropped, *(line.text for line in body[: found[0].line] if line.text), *tail.dropped]
    caption = _Captions(body, [label.text for label in found], [*known, title])
    turns, people = build_turns(
        source, body, found, known=known, evidence=evidence, dropped=dropped, furniture=caption.is_furniture
    )
    facts = facts_of(head.page)
    return assemble(
        source.path, transcript_id, "kremlin", turns, (*people, *_others_present(head.page, people)),
        (*head.page, *tail.page), date=_iso(facts.get(PageKind.DATE)), time=facts.get(PageKind.TIME),
        source_text=source.text, dropped=dropped,
    )  # fmt: skip


def _head_end(lines: Sequence[Line]) -> int:
    """Where the spoken part may begin: after "* * *", else after the date block's paragraphs."""
    for n, line in enumerate(lines):
        if _BREAK.match(line.text):
            return n + 1
        if line.text in _TAIL:
            break
    labels = find_labels(lines)
    dates = [n for n, line in enumerate(lines[:40]) if _DATE.match(line.text)]
    after_date = dates[0] + 1 if dates else 0
    return next((label.line for label in labels if label.line >= after_date), after_date)


def _tail_start(lines: Sequence[Line]) -> int:
    start = _head_end(lines)
    return next((n for n in range(start, len(lines)) if lines[n].text in _TAIL), len(lines))


def _iso(date: str | None) -> str | None:
    try:
        return datetime.strptime(date, "%B %d, %Y").date().isoformat() if date else None
    except ValueError:
        return None


@dataclass
class _Part:
    page: list[PageText] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def _page_text(source: Source, kind: PageKind, lines: Sequence[Line]) -> PageText:
    builder = TextBuilder(source.text)
    for line in lines:
        builder.add(line.start, line.end)
    return PageText(kind, builder.text, builder.pieces)


def _read_head(source: Source, lines: Sequence[Line]) -> _Part:
    part = _Part()
    filled = [line for line in lines if line.text]
    if filled and filled[0].text in _SECTIONS:
        part.dropped.append(filled.pop(0).text)
    dates = [n for n, line in enumerate(filled) if _DATE.match(line.text)]
    at = dates[0] if dates else 0
    if at:
        part.page.append(_page_text(source, PageKind.TITLE, filled[:1]))
        for paragraph in _paragraphs(filled[1:at]):
            part.page.append(_page_text(source, PageKind.SUMMARY, paragraph))
    part.page.append(_page_text(source, PageKind.DATE, filled[at : at + 1]))
    at += 1
    if at < len(filled) and _TIME.match(filled[at].text):
        part.page.append(_page_text(source, PageKind.TIME, filled[at : at + 1]))
        at += 1
    if at < len(filled) and _is_place(filled[at].text):
        part.page.append(_page_text(source, PageKind.PLACE, filled[at : at + 1]))
        at += 1
    _read_report(source, filled[at:], part)
    return part


def _is_place(text: str) -> bool:
    return len(text) <= 60 and text[-1] not in ".!?:" and not _COUNTER.match(text) and not _BREAK.match(text)


def _read_report(source: Source, lines: Sequence[Line], part: _Part) -> None:
    """What the page itself reports, after its date block: captions go, attendance and summary stay."""
    rest = []
    after_counter = False
    for line in lines:
        if _COUNTER.match(line.text) or _BREAK.match(line.text) or _OMISSION.match(line.text):
            part.dropped.append(line.text)
            after_counter = bool(_COUNTER.match(line.text))
        elif after_counter:
            part.dropped.append(line.text)
            after_counter = line.text[-1] not in ".!?"
        else:
            rest.append(line)
    for paragraph in _paragraphs(rest):
        text = " ".join(line.text for line in paragraph)
        kind = PageKind.ATTENDANCE if _ATTENDED.search(text) else PageKind.SUMMARY
        part.page.append(_page_text(source, kind, paragraph))


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that were one paragraph before its links were broken out."""
    found: list[list[Line]] = []
    for line in lines:
        runs_on = bool(found) and (
            found[-1][-1].text[-1] not in '.!?…:"”»)' or line.text[0].islower() or line.text[0] in ".,;:!?)”»"
        )
        if runs_on:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _read_tail(source: Source, lines: Sequence[Line]) -> _Part:
    part = _Part()
    section = ""
    kept: dict[str, list[Line]] = {"Topics": [], "Persons": []}
    for line in (line for line in lines if line.text):
        if line.text in _TAIL or line.text.startswith(("Publication date", "Published in")):
            section = line.text
        elif section in kept:
            kept[section].append(line)
            continue
        if line.text.startswith("Publication date: "):
            part.page.append(_page_text(source, PageKind.NOTE, [line]))
        else:
            part.dropped.append(line.text)
    for name, kind in (("Topics", PageKind.TOPICS), ("Persons", PageKind.PERSONS)):
        part.page.extend(_page_text(source, kind, [line]) for line in kept[name])
    return part


def _others_present(page: Sequence[PageText], speaking: Sequence[Person]) -> list[Person]:
    """Those whom the page names as present and who never speak."""
    text = " ".join(part.text for part in page if part.kind is PageKind.ATTENDANCE)
    return speakers.people_in(text, [person.name for person in speaking])


class _Captions:
    """Tells which lines of the spoken part are no speech: omission marks, photo counters and captions."""

    def __init__(self, lines: Sequence[Line], labels: Sequence[str], known: Sequence[str]) -> None:
        self._lines = lines
        names = {word.casefold() for text in (*labels, *known) for word in re.findall(r"[^\W_]+", text)}
        self._allowed = names | _CAPTION_WORDS
        self._labels = [*(words.squeeze(label) for label in labels), *(text for text in known if len(text.split()) > 3)]

    def is_furniture(self, n: int) -> bool:
        """True when line n is no speech."""
        text = self._lines[n].text
        if _OMISSION.match(text) or _COUNTER.match(text) or _BREAK.match(text):
            return True
        before = next((self._lines[m].text for m in range(n - 1, -1, -1) if self._lines[m].text), "")
        if _COUNTER.match(before):
            return True
        return before[-1:] in '.!?…”"»>' and self._is_caption(text)

    def _is_caption(self, text: str) -> bool:
        """A noun phrase of names, offices and little words, with a full name and its office in it."""
        found = re.findall(r"[^\W_]+", text)
        if len(found) > 30 or not all(word.casefold() in self._allowed for word in found):
            return False
        return any(label in text for label in self._labels)
