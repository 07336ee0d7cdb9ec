"""The volumes of the British Parliament from 1803 to 2005, digitised: "Historic Hansard".

    <hansard><housecommons><date format="1952-03-04">Tuesday, 4th March, 1952</date>
      <oralquestions><section><title>Bridges</title>
        <p id="S5CV0497P0-00012"><col>201</col>1. <member>Mr. Baszko</member> <membercontribution>asked the Minister
          of Works when the bridge will open.</membercontribution></p>
        <p id="..."><member>The Minister of Works (Mr. Odell)</member><membercontribution>: In June.
          </membercontribution></p>

A paragraph without a `<member>` goes on with the one before, unless it stands in the middle of the line or tells
what the House did in its set words. In some files the `<member>` stands inside the `<membercontribution>`.

Source: hansard-archive.parliament.uk and hansard.millbanksystems.com, files such as S5CV0497P0.xml; no schema is
published with them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.read.day import numeric_day
from qa.read.hansard_words import GROUP, is_printed_procedure
from qa.read.markup import Descent, Element, Text, is_direction, local, words_of
from qa.read.turns import Utterance
from qa.types import PageKind, Person

if TYPE_CHECKING:
    from qa.read.hansard import Record

MARK = b"<membercontribution"
_HOUSES = {
    "housecommons": "House of Commons", "houseofcommons": "House of Commons", "houselords": "House of Lords",
    "houseoflords": "House of Lords", "westminsterhall": "Westminster Hall", "grandcommittee": "Grand Committee",
}  # fmt: skip
ROOTS = frozenset(("hansard", "volume", "sitting", "debates", "section", "day", *_HOUSES))
_SILENT = frozenset(
    "col image date division table titlepage index memberconstituency footnote figure sup colnum pagebreak".split()
)
_PLACE_MARKS = frozenset(("col", "image", "colnum", "pagebreak"))  # numbers of columns and pages
_BLOCKS = frozenset("p quote blockquote ul ol li".split())
_NUMBER = re.compile(r"\W*(?:\[?Q?\d{1,4}\]?\W*(?:and\W+)?)*")
_ROSE = re.compile(r"rose\W*(?:to .{1,40})?", re.DOTALL)
_PEER = re.compile(
    r"(?i)(?:the\s+)?(?:lord|lady|baron|baroness|viscount|viscountess|earl|countess|marquess|marquis|duke|duchess"
    r"|(?:lord\s+)?(?:arch)?bishop)\s+(?!chancellor|president|privy|advocate|chairman|justice|steward|chamberlain)\S.*"
)
_OFFICE_OF = re.compile(r"(?P<office>[^()]+?)\s*\((?P<name>[^()]+)\)")
_CHAIR = re.compile(r"(?i)(?:(?:mr|madam|the|first|second|acting|deputy|temporary)\W+)*(?:speaker|chair\w*)")
_SMALL = frozenset("of the and de la le du".split())
_BEFORE_WORDS = re.compile(r"^[\s:;—–-]+")


def read(root: Element, record: Record) -> None:
    """Gather every contribution into the record."""
    _Reading(root, record).read()


class _Reading:
    """Goes through the volume once; `_now` is who speaks."""

    def __init__(self, root: Element, record: Record) -> None:
        self._root, self._record = root, record
        self._text = Text()
        self._now = ""
        self._centred = False
        self._fresh = False  # named, and has not said a word yet
        self._peers: dict[str, tuple[str, str | None]] = {}  # label -> name and office

    def read(self) -> None:
        walk = Descent(self._root, ())
        for event, element in walk:
            name = local(element)
            if event == "end":
                if name in _BLOCKS:
                    self._paragraph()
                if element is not self._root:
                    self._text.add(element.tail)
                continue
            if name in _HOUSES:
                self._record.note(PageKind.PLACE, None if self._placed() else _HOUSES[name])
            if name in _BLOCKS:
                self._paragraph()
                self._centred = (element.get("align") or "").casefold() == "center"
            if self._taken(name, element):
                walk.leave()
                self._text.add(element.tail)
            else:
                self._text.add(element.text)
        self._paragraph()
        self._settle()

    def _taken(self, name: str, element: Element) -> bool:
        """True when the element is dealt with and its inside is no speech."""
        if name == "member":
            self._member(element)
        elif name == "title":
            self._title(element)
        elif name in _SILENT or is_direction(element):
            if name == "date" and self._record.date is None:
                self._record.date = numeric_day(element.get("format"))
                self._record.note(PageKind.DATE, words_of(element))
            elif name not in _PLACE_MARKS and (text := words_of(element)):
                self._record.dropped.append(text)
            self._text.gap()
        else:
            if name in ("lb", "br"):
                self._text.gap()
            return False
        return True

    def _placed(self) -> bool:
        return any(part.kind is PageKind.PLACE for part in self._record.page)

    def _member(self, element: Element) -> None:
        before = self._text.take()
        if not _NUMBER.fullmatch(before):
            self._say(before)
        elif before:
            self._record.dropped.append(before)
        self._now, self._fresh = words_of(element, 300).strip(" :—–-*"), True
        office = _OFFICE_OF.fullmatch(self._now)
        if GROUP.fullmatch(self._now):
            self._record.people.setdefault(self._now, Person(_calm(self._now), anonymous=True))
        elif _CHAIR.fullmatch(self._now):
            self._record.people.setdefault(self._now, Person(_calm(self._now)))
        elif _PEER.fullmatch(self._now) and "(" not in self._now:
            self._peers[self._now] = (_calm(self._now), None)
        elif office and _PEER.fullmatch(office["name"]):
            self._peers[self._now] = (_calm(office["name"]), re.sub(r"^The ", "", _calm(office["office"])))

    def _settle(self) -> None:
        """Peers keep their titles, which are their names."""
        for label, (name, _) in self._peers.items():
            forms = {form for form, (other, _) in self._peers.items() if other == name} - {name}
            roles = [role for other, role in self._peers.values() if other == name and role]
            self._record.people[label] = Person(name, roles[0] if roles else None, tuple(sorted(forms)))

    def _title(self, element: Element) -> None:
        self._paragraph()
        self._now = ""
        text, parent = words_of(element), element.getparent()
        if parent is not None and local(parent) in (*_HOUSES, "hansard", "volume"):
            self._record.dropped.extend([text] if text else [])
        else:
            self._record.note(PageKind.TOPICS, text)

    def _paragraph(self) -> None:
        if text := self._text.take():
            self._say(text)

    def _say(self, text: str) -> None:
        text = _BEFORE_WORDS.sub("", text) if self._fresh else text
        if self._fresh and _ROSE.fullmatch(text):
            self._record.dropped.append(text)
        elif not self._fresh and (self._centred or is_printed_procedure(text)):
            self._record.dropped.append(text)
            self._now = self._now if self._centred else ""
        elif text:
            self._record.said.append(Utterance(self._now, text))
            self._fresh = False


def _calm(label: str) -> str:
    """ "THE EARL OF PELL" as "The Earl of Pell"."""
    if any(ch.islower() for ch in label):
        return label
    parts = [word.lower() if word.lower() in _SMALL else word.title() for word in label.split()]
    return " ".join([parts[0].capitalize(), *parts[1:]]) if parts else label
