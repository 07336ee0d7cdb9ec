"""Akoma Ntoso debates: parliaments (Ireland, Italy, African parliaments), SayIt; versions 1 to 3.

    <TLCPerson eId="IdaEkdal" href="/ie/member/id/Ida-Ekdal" showAs="Ida Ekdal"/> ...
    <speech by="#IdaEkdal" as="#Taoiseach" eId="spk_1"><from>The Taoiseach</from><p>I move ...</p></speech>

Source: docs.oasis-open.org/legaldocml/akn-core/v1.0 (version 3); version 2 and files without a namespace
differ in `id`/`eId` only.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from qa import speakers
from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.day import numeric_day
from qa.read.markup import (
    Descent,
    Element,
    attribute,
    is_direction,
    local,
    parse_xml,
    readable,
    root_tag,
    spoken,
    words_of,
)
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Person, Transcript

_ROOTS = frozenset(("akomaNtoso", "akomantoso"))
_SPEECHES = frozenset(("speech", "question", "answer"))
_SILENT = frozenset(
    """from num heading subheading scene narrative summary remark authorialNote note noteRef recordedTime table img
    rollCall voting entity meta toc""".split()
)
_ASIDE = _SILENT - {"entity", "meta"} | {"other", "coverPage", "attachments", "conclusions", "signature"}
_BLOCKS = frozenset(
    """p li ul ol item blockList block blockContainer tblock quotedText embeddedText quote listIntroduction div
    container""".split()
)
_VOTES = frozenset(("division", "ta", "nil", "staon", "rollcall"))


def detect(file: File) -> bool:
    """The first element is Akoma Ntoso's, and a speech is in it."""
    if root_tag(file) not in _ROOTS:
        return False
    marks = (b"<speech", b":speech", b"<question", b":question")
    if any(mark in file.data for mark in marks):
        return True
    return file.is_text and any(mark.decode() in file.source.text for mark in marks)


def parse(file: File, transcript_id: str) -> Transcript:
    """Read every speech, question and answer, in the order of the file.

    Raises:
        ReadError: not well-formed, or without a speech.
    """
    root = parse_xml(file)
    shown = {
        id_: " ".join((one.get("showAs") or "").split())
        for one in root.iter("{*}TLCPerson", "{*}TLCRole", "{*}TLCOrganization")
        if (id_ := attribute(one, "eId") or attribute(one, "id"))
    }
    reading = _Reading(shown)
    reading.read(root)
    turns, people, unattributed = join_utterances(reading.said, people=reading.people(), joint="\n")
    if not turns:
        raise ReadError(file.path, "is an Akoma Ntoso file without a speech.", remedy="Name a file with a debate.")
    page = [*_preface(root, reading.headings), *(PageText(PageKind.TOPICS, text) for text in reading.headings)]
    return assemble(
        file.path, transcript_id, "akoma-ntoso", turns, people, page, date=_date(root), time=reading.clock,
        language=_language(root), dropped=reading.dropped, unattributed=unattributed,
    )  # fmt: skip


class _Reading:
    """Walks the document once."""

    def __init__(self, shown: dict[str, str]) -> None:
        self.said: list[Utterance] = []
        self._voices: dict[str, _Voice] = {}
        self._homes: dict[str, str] = {}  # label -> by
        self.headings: list[str] = []
        self.dropped: list[str] = []
        self.clock: str | None = None
        self._shown = shown

    def read(self, root: Element) -> None:
        walk = Descent(root, ("meta", "preface"))
        for event, element in walk:
            if event == "end":
                continue
            name = local(element)
            if self.clock is None:
                self.clock = _clock(element)
            if name in _SPEECHES:
                self._speech(element)
            elif name == "heading":
                if text := words_of(element):
                    self.headings.append(text)
            elif name in _ASIDE or (name == "debateSection" and (element.get("name") or "").lower() in _VOTES):
                if text := words_of(element):
                    self.dropped.append(text)
            elif name in ("p", "block") and words_of(element):  # between speeches: nobody is named for it
                self.dropped.append(words_of(element))
            else:
                continue
            walk.leave()

    def _speech(self, element: Element) -> None:
        origin = element.find("{*}from")
        printed = _printed(origin) if origin is not None else ""
        by = (element.get("by") or "").strip().lstrip("#").split("/")[-1]
        office = self._shown.get((element.get("as") or "").strip().lstrip("#"), "")
        name = self._shown.get(by, "")
        label = printed or name or by or office
        text = spoken(element, silent=_SILENT, blocks=_BLOCKS, dropped=[], left_out=is_direction)
        for one in element.iter(*(f"{{*}}{kind}" for kind in ("scene", "narrative", "summary", "remark", "heading"))):
            self.dropped.extend([words_of(one)] if words_of(one) else [])
        if by and (name or not printed):
            voice = self._voices.setdefault(by, _Voice(name or readable(by)))
            if self._homes.setdefault(label, by) != by:  # an office that changes hands: "Acting Chairman"
                label = f"{label} ({voice.name})"
                self._homes[label] = by
            voice.called(printed, office)
            voice.forms.add(by)
        self.said.append(Utterance(label, text))

    def people(self) -> dict[str, Person]:
        """label -> person, where the file itself says who it is."""
        return {label: self._voices[by].person() for label, by in self._homes.items()}


@dataclass
class _Voice:
    """One `by` and how it was called."""

    name: str
    forms: set[str] = field(default_factory=set)
    roles: Counter[str] = field(default_factory=Counter)

    def called(self, printed: str, office: str) -> None:
        """Take note of one printed label."""
        told = speakers.parse_label(printed).role if printed else None
        if printed and not set(speakers.name_keys(printed)) & set(speakers.name_keys(self.name)):
            told = printed  # nothing of the name is in it: it tells the office
        self.roles[office or told or ""] += 1
        self.forms |= {printed} if printed else set()

    def person(self) -> Person:
        """The person, in the role they spoke in most."""
        return Person(self.name, self.roles.most_common(1)[0][0] or None, tuple(sorted(self.forms - {self.name})))


def _printed(origin: Element) -> str:
    """The printed speaker, without the time that may stand in it."""
    text = spoken(origin, silent=("recordedTime", "noteRef", "authorialNote"), blocks=(), dropped=[])
    return text.replace("\n", " ").strip(" :–—-")


def _clock(element: Element) -> str | None:
    stamp = element.get("startTime") or (element.get("time") if local(element) == "recordedTime" else None) or ""
    match = re.search(r"T(\d\d:\d\d)", stamp)
    if match is None and local(element) in (*_SPEECHES, "heading", "narrative", "scene"):
        inner = next(element.iter("{*}recordedTime"), None)
        match = re.search(r"T(\d\d:\d\d)", inner.get("time") or "") if inner is not None else None
    return match[1] if match else None


def _preface(root: Element, headings: list[str]) -> list[PageText]:
    found: list[PageText] = []

    def add(kind: PageKind, names: tuple[str, ...]) -> None:
        for preface in root.iter("{*}preface", "{*}coverPage"):
            for one in preface.iter(*(f"{{*}}{name}" for name in names)):
                if text := words_of(one):
                    found.append(PageText(kind, text))
                    return

    add(PageKind.TITLE, ("docTitle",))
    if not found and len(headings) == 1:
        found.append(PageText(PageKind.TITLE, headings[0]))
    add(PageKind.DATE, ("docDate",))
    add(PageKind.PLACE, ("location", "docPlace"))
    add(PageKind.NOTE, ("docProponent",))
    return found


def _date(root: Element) -> str | None:
    """The day of the sitting: of the preface, else of the work."""
    for one in root.iter("{*}docDate"):
        if day := numeric_day(one.get("date")):
            return day
    for work in root.iter("{*}FRBRWork"):
        for one in work.iter("{*}FRBRdate"):
            if day := numeric_day(one.get("date")):
                return day
    return None


_LANGUAGES = {"eng": "en", "fra": "fr", "ita": "it", "spa": "es", "deu": "de", "por": "pt", "rus": "ru", "gle": "ga"}


def _language(root: Element) -> str | None:
    for one in root.iter("{*}FRBRlanguage"):
        code = (one.get("language") or "").lower()
        return _LANGUAGES.get(code, code if len(code) == 2 else None)
    return None
