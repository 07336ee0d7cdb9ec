"""Parliaments' own XML: TheyWorkForYou (`publicwhip`), Westminster's old volumes, Canada, Australia, the Bundestag,
France, the Nordic countries, South Australia.

This file reads the `publicwhip` dialect and is the door to the others, one file each.

    <speech id="uk.org.publicwhip/debate/2003-06-26.1219.2" person_id="uk.org.publicwhip/person/10257"
        speakername="Peter Hain" time="12:32:00"><p pid="1219.2/1">I am a Cabinet Minister.</p></speech>

Source: parser.theyworkforyou.com/hansard.html (mySociety's parlparse; OpenAustralia writes the same under
`<debates>`). Divisions, lists and paragraphs of procedure are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.errors import ReadError
from qa.read import hansard_au, hansard_ca, hansard_de, hansard_table, hansard_uk
from qa.read.assemble import assemble
from qa.read.hansard_words import GROUP, is_procedure
from qa.read.markup import Descent, Element, is_direction, local, parse_xml, root_tag, spoken, words_of
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Person, Transcript

_MARKS = {
    "publicwhip": b"speech", "debates": b"speakername", "Hansard": b"PersonSpeaking", "Publication": b"PersonSpeaking",
    "XmlContent": b"PersonSpeaking", "HansardDocument": b"PersonSpeaking", "hansard": b"talk",
    "dbtplenarprotokoll": b"redner", **{root: dialect.mark for root, dialect in hansard_table.DIALECTS.items()},
}  # fmt: skip
_SPEECHES = frozenset(("speech", "ques", "reply"))
_HEADINGS = frozenset(("major-heading", "minor-heading", "oral-heading"))
_SILENT = frozenset("table division mplist memberlist msplist lordlist divisioncount gidredirect sup".split())
_BLOCKS = frozenset("p ul ol li dl dd dt blockquote h3 h4 h5 h6 quote".split())
_HOUSES = {
    "debate": "House of Commons", "lords": "House of Lords", "westminhall": "Westminster Hall",
    "standing": "Public Bill Committee", "ni": "Northern Ireland Assembly", "spor": "Scottish Parliament",
    "sp": "Scottish Parliament", "london-mayors-questions": "London Assembly", "senedd": "Senedd Cymru",
}  # fmt: skip
_ID = re.compile(r"uk\.org\.publicwhip/([\w-]+)/(?:en/|cy/)?(?:\d+_)?.*?(\d{4}-\d\d-\d\d)")
_OFFICE = re.compile(r"(?i)(?:(?:mr|madam|the|first|second|acting|deputy|temporary)\W+)*(?:speaker|chair\w*|president)")


@dataclass
class Record:
    """What a dialect gives: utterances in order, and what stands around them.

    Attributes:
        people: who stands behind a label, where the file itself says so.
    """

    said: list[Utterance] = field(default_factory=list)
    page: list[PageText] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    date: str | None = None
    time: str | None = None
    language: str | None = None

    def note(self, kind: PageKind, text: str | None) -> None:
        """One of the page's own words, when there is any."""
        if text and text.strip():
            self.page.append(PageText(kind, " ".join(text.split())))


def detect(file: File) -> bool:
    """The first element is that of a dialect, and its speech is in it."""
    tag = root_tag(file)
    return _is_historic(file) or (tag in _MARKS and _holds(file, _MARKS[tag]))


def _is_historic(file: File) -> bool:
    return root_tag(file) in hansard_uk.ROOTS and _holds(file, hansard_uk.MARK)


def _holds(file: File, mark: bytes) -> bool:
    return mark in file.data or (file.is_text and mark.decode() in file.source.text)


def parse(file: File, transcript_id: str) -> Transcript:
    """Read every speech of the day, in the order of the file.

    Raises:
        ReadError: not well-formed, or nobody speaks.
    """
    root = parse_xml(file)
    readers: dict[str, Callable[[Element, Record], None]] = {
        "publicwhip": _read, "debates": _read, "hansard": hansard_au.read,
        "dbtplenarprotokoll": hansard_de.read, **dict.fromkeys(hansard_table.DIALECTS, hansard_table.read),
    }  # fmt: skip
    record = Record()
    read = hansard_uk.read if _is_historic(file) else readers.get(local(root), hansard_ca.read)
    if read is hansard_au.read and hansard_table.of_south_australia(root):
        read = hansard_table.read_south_australia
    read(root, record)
    turns, people, unattributed = join_utterances(record.said, people=record.people, joint="\n")
    if not turns:
        raise ReadError(file.path, "is a parliament's XML in which nobody speaks.", remedy="Name a file with debates.")
    return assemble(
        file.path, transcript_id, "hansard", turns, people, record.page, date=record.date, time=record.time,
        language=record.language, dropped=record.dropped, unattributed=unattributed,
    )  # fmt: skip


# ------------------------------------------------------------------ publicwhip


def _read(root: Element, record: Record) -> None:
    named: dict[str, list[str]] = {}  # person id -> every label
    majors: list[str] = []
    walk = Descent(root, _SILENT)
    for event, element in walk:
        name = local(element)
        if event == "end":
            continue
        if name in _HEADINGS:
            record.note(PageKind.TOPICS, words_of(element))
            majors += [words_of(element)] if name == "major-heading" else []
            _day(element, record)
            walk.leave()
        elif name in _SPEECHES:
            _speech(element, record, named)
            _day(element, record)
            walk.leave()
        elif name in _SILENT and (text := words_of(element)):
            record.dropped.append(text)
    if len(majors) == 1:
        record.page.insert(0, PageText(PageKind.TITLE, majors[0]))
    record.people = _people(named, record.said)


def _day(element: Element, record: Record) -> None:
    match = _ID.match(element.get("id") or "")
    if match and record.date is None:
        record.date = match[2]
        record.note(PageKind.DATE, match[2])
        record.note(PageKind.PLACE, _HOUSES.get(match[1]))
    clock = re.match(r"(\d{1,2}:\d\d)", element.get("time") or "")
    if clock and record.time is None:
        record.time = clock[1].zfill(5)


def _speech(element: Element, record: Record, named: dict[str, list[str]]) -> None:
    label = " ".join((element.get("speakername") or "").split())
    text = spoken(element, silent=_SILENT, blocks=_BLOCKS, dropped=record.dropped, left_out=_left_out)
    if (element.get("nospeaker") or "").casefold() == "true":  # the file says that it is procedure
        record.dropped.extend([text] if text else [])
        return
    if not label:
        record.said.append(Utterance("", text))
        return
    id_ = element.get("person_id") or element.get("speakerid") or ""
    if "unknown" not in id_ and id_:
        labels = named.setdefault(id_, [])
        labels += [label] if label not in labels else []
    record.said.append(Utterance(label, text))


def _left_out(element: Element) -> bool:
    if local(element) != "p":
        return is_direction(element)
    if element.get("pwmotiontext") in ("yes", "unrecognized", "withdrawn"):
        return True
    return is_procedure(element)


def _people(named: dict[str, list[str]], said: list[Utterance]) -> dict[str, Person]:
    """Names are clean here ("Lord Faro of Lunev"); all labels of one id are one person.

    A label of two ids, such as an office that changes hands, stays a person of its own.
    """
    homes: dict[str, set[str]] = {}
    for id_, labels in named.items():
        for label in labels:
            homes.setdefault(label, set()).add(id_)
    found = {one.label: Person(one.label, anonymous=bool(GROUP.fullmatch(one.label))) for one in said if one.label}
    for labels in named.values():
        own = [label for label in labels if len(homes[label]) == 1]
        if len(own) > 1:
            best = max(own, key=lambda label: (not _OFFICE.fullmatch(label), len(label)))
            found |= dict.fromkeys(own, Person(best, None, tuple(sorted({*own} - {best}))))
    return found
