"""The text of a kremlin.ru event page, English or Russian, as its text version or a copied page gives it.

Layout: head (title, summary, date, time, place, photo counter and caption, who attended), perhaps "* * *"
and a heading, the spoken part with labels, then furniture ("See also", geography, topics, persons,
publication). Words that were links stand on lines of their own and are joined again.

Source: seen on pages of en.kremlin.ru and kremlin.ru, text version; no published format exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa import speakers, words
from qa.errors import ReadError
from qa.read import kremlin_words as kw
from qa.read.assemble import assemble, facts_of
from qa.read.labels import Label, find_labels
from qa.read.source import File, Line, Source, TextBuilder
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Person, Transcript

_INITIALS = re.compile(
    r"^(?P<given>[^\W\d_])\.\s?(?:-?[^\W\d_]\.\s?)?(?P<surname>[^\W\d_][^\W\d_-]+(?:-[^\W\d_]+)*)(?=\s*\(|$)"
)


def detect(file: File) -> bool:
    """Two or more marks of the page: a date line with a time or place near it, furniture of its own."""
    if not file.is_text:
        return False
    source = file.source
    texts = [line.text for line in source.lines if line.text]
    dated = any(kw.DATE.match(text) for text in texts[:30])
    marks = sum(
        (
            dated,
            any(text in kw.SECTIONS for text in texts[:5]),
            any(kw.COUNTER.match(text) for text in texts[:40]),
            any(kw.BREAK.match(text) for text in texts),
            sum(text in kw.TAIL for text in texts) >= 2,
            any(text in kw.TAIL for text in texts),
            any(text.startswith((*kw.PUBLISHED, *kw.IN_SECTION)) for text in texts),
            any(text in kw.LAST_LINE for text in texts[-5:]),
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
    found = with_full_names(found, known, [page.text for page in head.page])
    dropped = [*head.dropped, *(line.text for line in body[: found[0].line] if line.text), *tail.dropped]
    caption = Captions(body, [label.text for label in found], [*known, title])
    turns, people = build_turns(
        source, body, found, known=known, evidence=evidence, dropped=dropped, furniture=caption.is_furniture
    )
    facts = facts_of(head.page)
    return assemble(
        source.path, transcript_id, "kremlin", turns, (*people, *others_present(head.page, people)),
        (*head.page, *tail.page), date=kw.iso(facts.get(PageKind.DATE)), time=facts.get(PageKind.TIME),
        source_text=source.text, dropped=dropped,
    )  # fmt: skip


def _head_end(lines: Sequence[Line]) -> int:
    """Where the spoken part may begin: after "* * *" that no speech precedes, else after the date block."""
    labels = find_labels(lines)
    dates = [n for n, line in enumerate(lines[:60]) if kw.DATE.match(line.text)]
    after_date = dates[0] + 1 if dates else 0
    spoken = [label.line for label in labels if label.line >= after_date]
    for n, line in enumerate(lines):
        if kw.BREAK.match(line.text) and len([at for at in spoken if at < n]) < 2:
            return n + 1
        if kw.is_tail(line.text) and line.text not in kw.SECTIONS:
            break
    return next(iter(spoken), after_date)


def _tail_start(lines: Sequence[Line]) -> int:
    start = _head_end(lines)
    return next((n for n in range(start, len(lines)) if kw.is_tail(lines[n].text)), len(lines))


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
    while filled and filled[0].text in kw.SECTIONS:
        part.dropped.append(filled.pop(0).text)
    dates = [n for n, line in enumerate(filled) if kw.DATE.match(line.text)]
    at = dates[0] if dates else 0
    if at:
        part.page.append(_page_text(source, PageKind.TITLE, filled[:1]))
        for paragraph in _paragraphs(filled[1:at]):
            part.page.append(_page_text(source, PageKind.SUMMARY, paragraph))
    part.page.extend(_read_date(source, filled[at]))
    at += 1
    if at < len(filled) and kw.TIME.match(filled[at].text):
        part.page.append(_page_text(source, PageKind.TIME, filled[at : at + 1]))
        at += 1
    placed = any(page.kind is PageKind.PLACE for page in part.page)
    if at < len(filled) and not placed and _is_place(filled[at].text):
        part.page.append(_page_text(source, PageKind.PLACE, filled[at : at + 1]))
        at += 1
    _read_report(source, filled[at:], part)
    return part


def _read_date(source: Source, line: Line) -> list[PageText]:
    """The day, and the time and the place that stand on the same line."""
    match = kw.DATE.match(line.text)
    if match is None:
        return [_page_text(source, PageKind.DATE, [line])]
    day = line.text[: match.start("time")].rstrip(" ,–—-") if match["time"] else line.text
    day = day[: match.start("place")].rstrip(" ,–—-") if match["place"] and not match["time"] else day
    found = [_page_text(source, PageKind.DATE, [Line(line.number, line.start, line.start + len(day), day)])]
    for kind, name in ((PageKind.TIME, "time"), (PageKind.PLACE, "place")):
        if match[name]:
            start, end = match.span(name)
            found.append(
                _page_text(source, kind, [Line(line.number, line.start + start, line.start + end, match[name])])
            )
    return found


def _is_place(text: str) -> bool:
    return len(text) <= 60 and text[-1] not in ".!?:" and not kw.COUNTER.match(text) and not kw.BREAK.match(text)


def _read_report(source: Source, lines: Sequence[Line], part: _Part) -> None:
    """What the page itself reports, after its date block: captions go, attendance and summary stay."""
    rest = []
    after_counter = False
    for line in lines:
        if kw.COUNTER.match(line.text) or kw.BREAK.match(line.text) or kw.OMISSION.match(line.text):
            part.dropped.append(line.text)
            after_counter = bool(kw.COUNTER.match(line.text))
        elif after_counter:
            part.dropped.append(line.text)
            after_counter = line.text[-1] not in ".!?"
        else:
            rest.append(line)
    for paragraph in _paragraphs(rest):
        text = " ".join(line.text for line in paragraph)
        kind = PageKind.ATTENDANCE if kw.ATTENDED.search(text) else PageKind.SUMMARY
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
    kept: dict[PageKind, list[Line]] = {PageKind.TOPICS: [], PageKind.PERSONS: []}
    for line in (line for line in lines if line.text):
        kind = PageKind.TOPICS if section in kw.TOPICS else PageKind.PERSONS if section in kw.PERSONS else None
        if kw.is_tail(line.text):
            section = line.text
        elif kind:
            kept[kind].append(line)
            continue
        if line.text.startswith(kw.PUBLISHED):
            part.page.append(_page_text(source, PageKind.NOTE, [line]))
        else:
            part.dropped.append(line.text)
    for kind, found in kept.items():
        part.page.extend(_page_text(source, kind, [line]) for line in found)
    return part


def with_full_names(labels: Sequence[Label], persons: Sequence[str], texts: Sequence[str]) -> list[Label]:
    """Labels such as "В.Путин" with the full name, where the page has one that fits and no other.

    Args:
        persons: of the page's list; its names stand in no other case.
    """
    names: dict[str, str] = {}
    for label in labels:
        match = _INITIALS.match(label.text)
        if match is None or label.text in names:
            continue
        for source in (persons, texts):
            split = [re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) for text in source]
            fitting = {given for found in split for given in _given_names(found, match["given"], match["surname"])}
            if len(fitting) == 1:
                names[label.text] = f"{fitting.pop()} {match['surname']}"
                break
    return [replace(label, person=names.get(label.text, label.person)) for label in labels]


def _given_names(found: Sequence[str], initial: str, surname: str) -> set[str]:
    """Given names that stand beside the surname, as "Владимир Путин" or "Путин Владимир"."""
    beside = [
        other
        for n, word in enumerate(found)
        if word == surname
        for other in (found[n - 1] if n else "", found[n + 1] if n + 1 < len(found) else "")
    ]
    fitting = {other for other in beside if len(other) > 2 and other[0] == initial and other[1:].islower()}
    if surname[-1] in "оуиыэюх":  # never inflected: "Сергея Шойгу" has the same surname
        fitting = {other for other in fitting if other[-1] not in "аяуюе"}
    return fitting


def others_present(page: Sequence[PageText], speaking: Sequence[Person]) -> list[Person]:
    """Those whom the page names as present and who never speak; a Russian page names them in no form to keep."""
    text = " ".join(part.text for part in page if part.kind is PageKind.ATTENDANCE)
    if words.language_of(text) == "ru":
        return []
    return speakers.people_in(text, [person.name for person in speaking])


class Captions:
    """Tells which lines of the spoken part are no speech: omission marks, photo counters and captions."""

    def __init__(self, lines: Sequence[Line], labels: Sequence[str], known: Sequence[str]) -> None:
        self._lines = lines
        names = {word.casefold() for text in (*labels, *known) for word in re.findall(r"[^\W_]+", text)}
        self._names = names
        self._allowed = names | kw.CAPTION_WORDS
        self._labels = [*(words.squeeze(label) for label in labels), *(text for text in known if len(text.split()) > 3)]

    def is_furniture(self, n: int) -> bool:
        """True when line n is no speech."""
        text = self._lines[n].text
        marks = (kw.OMISSION, kw.COUNTER, kw.BREAK, kw.CONTINUED, kw.PHOTO)
        if any(mark.match(text) for mark in marks):
            return True
        before = next((self._lines[m].text for m in range(n - 1, -1, -1) if self._lines[m].text), "")
        if kw.COUNTER.match(before):
            return True
        return before[-1:] in '.!?…”"»>' and (self._is_caption(text) or self._is_russian_caption(text))

    def _is_caption(self, text: str) -> bool:
        """A noun phrase of names, offices and little words, with a full name and its office in it."""
        found = re.findall(r"[^\W_]+", text)
        if len(found) > 30 or not all(word.casefold() in self._allowed for word in found):
            return False
        return any(label in text for label in self._labels)

    def _is_russian_caption(self, text: str) -> bool:
        """ "На встрече с Президентом Казахстана Нурсултаном Назарбаевым": little words, offices, an inflected name."""
        found = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)
        if not 3 <= len(found) <= 25 or not re.match(r"(?:Н[ао]|В|Во|С|Со|Перед|После|Слева|Справа)\s", text):
            return False
        small = [word for word in found if word[0].islower() and len(word) > 3]
        named = any(word[: max(4, len(name) - 1)] == name[: max(4, len(name) - 1)] for word in map(str.casefold, found)
                    for name in self._names if len(name) >= 4)  # fmt: skip
        stems = [word.casefold().startswith(kw.CAPTION_STEMS) for word in small]
        return named and any(stems) and not any(kw.VERB.search(w) for w, ok in zip(small, stems, strict=True) if not ok)
