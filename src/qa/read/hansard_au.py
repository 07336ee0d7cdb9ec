"""The Australian Parliament: the three generations of Hansard XML.

Up to 2013 (versions 2.0, 2.1) words stand in `<para>`, and whoever interrupts has an element of their own:

    <speech><talk.start><talker><name role="metadata">Ekdal, Sen Ida</name><name role="display">Senator EKDAL</name>
      </talker><para>—Mr President, ...</para></talk.start><para>...</para>
      <interjection><talk.start>...</talk.start></interjection><continue>...</continue></speech>

Since then (2.2) all words of a speech stand in `<talk.text>`, and links tell where the voice changes:

    <p class="HPS-Normal"><span class="HPS-Normal"><a href="8o6" type="MemberInterjecting"><span
      class="HPS-MemberInterjecting">Senator Ekdal:</span></a>  Nonsense!</span></p>

Source: parlinfo.aph.gov.au; schema `hansard.xsd` as seen in files of 1901 to 2023.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa import speakers
from qa.names import calmed
from qa.read.day import numeric_day
from qa.read.markup import Descent, Element, local, spoken, words_of
from qa.read.turns import Utterance
from qa.types import PageKind, Person

if TYPE_CHECKING:
    from qa.read.hansard import Record

_TALKS = frozenset("speech question answer interjection continue".split())
_SILENT = frozenset(
    """division business.start talker table amendments petition petition.group adjournment day.start debateinfo
    subdebateinfo page.no time.stamp interrupt debate.text subdebate.text separator""".split()
)
_WORDS = frozenset(("para", "p"))
_AROUND = frozenset("name electorate role party time.stamp page.no".split())
_HEADER = frozenset(
    """HPS-MemberSpeech HPS-OfficeSpeech HPS-MemberContinuation HPS-OfficeContinuation HPS-MemberInterjecting
    HPS-MemberIInterjecting HPS-GeneralIInterjecting HPS-GeneralInterjecting HPS-OfficeInterjecting HPS-MemberQuestion
    HPS-MemberAnswer HPS-OfficeCommittee HPS-MemberWitness HPS-WitnessName""".split()
)
_ASIDE = re.compile(r"HPS-(?:Debate|SubDebate|SubSubDebate|SODJobDate|Line|Division\w*|Table\w*|EndNote\w*)")
_OFFICE = re.compile(r"(?i)\b(?:speaker|president|chair\w*|clerk)\b")
_GROUP = re.compile(r"(?i)(?:an |some |several |opposition |government |honou?rable )+(?:members?|senators?)")


def read(root: Element, record: Record) -> None:
    """Gather every speech, question, answer and interjection into the record."""
    header = root.find("{*}session.header")
    if header is not None:
        record.date = numeric_day(header.findtext("{*}date"))
        record.note(PageKind.DATE, record.date)
        house = {"reps": "House of Representatives", "senate": "Senate"}
        chamber = " ".join((header.findtext("{*}chamber") or "").split())
        record.note(PageKind.PLACE, house.get(chamber.casefold(), chamber))
    voices = _Voices(record)
    for talk in root.iter(*(f"{{*}}{name}" for name in _TALKS)):  # a link may name whoever talks only later
        voices.of(talk)
    talks: list[tuple[Element, str]] = []  # open speeches and interjections with their speaker's key
    walk = Descent(root, ("session.header",))
    for event, element in walk:
        name = local(element)
        if event == "end":
            if talks and talks[-1][0] is element:
                talks.pop()
        elif name in _TALKS:
            talks.append((element, voices.of(element)))
        elif name in _SILENT:
            _aside(name, element, record)
            walk.leave()
        elif name == "motionnospeech":
            who = element.find("{*}name")
            words = spoken(element, silent=_AROUND, blocks=_WORDS, dropped=[], left_out=_no_direction)
            record.said.append(Utterance("" if who is None else words_of(who).rstrip(" :"), _strip(words)))
            walk.leave()
        elif name == "talk.text":
            _flow(element, talks[-1][1] if talks else "", voices, record)
            walk.leave()
        elif name in _WORDS:
            text = _strip(spoken(element, silent=(), blocks=_WORDS, dropped=record.dropped, left_out=_no_direction))
            if talks:
                record.said.append(Utterance(talks[-1][1], text))
            elif text:
                record.dropped.append(text)
            walk.leave()
    record.people = voices.people()


def _no_direction(element: Element) -> bool:
    return False


def _strip(text: str) -> str:
    """Without the dash that stood between name and words."""
    return re.sub(r"^[-—–:]+\s*", "", text)


def _aside(name: str, element: Element, record: Record) -> None:
    if name in ("debateinfo", "subdebateinfo"):
        title = element.find("{*}title")
        record.note(PageKind.TOPICS, words_of(title) if title is not None else None)
    elif name not in ("talker", "page.no", "time.stamp") and (text := words_of(element)):
        record.dropped.append(text)


class _Voices:
    """Labels and the people behind them: "Mr CORBETT" is "CORBETT, James" of the file's metadata."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._full: dict[str, str] = {}  # label -> "CORBETT, James"
        self._by_id: dict[str, str] = {}  # member's code in small letters -> the same

    def of(self, talk: Element) -> str:
        """The label of whoever talks in this element."""
        talker = next(talk.iterfind("{*}talk.start/{*}talker"), None)
        if talker is None:
            return ""
        names = {one.get("role") or "": words_of(one) for one in talker.iterfind("{*}name")}
        full, shown = names.get("metadata", ""), names.get("display", "")
        code = " ".join((talker.findtext("{*}name.id") or "").split()).casefold()
        clock = re.match(r"\s*(\d\d:\d\d)", talker.findtext("{*}time.stamp") or "")
        if clock and self._record.time is None:
            self._record.time = clock[1]
        label = shown.rstrip(" :") or full
        if full and label and not _OFFICE.search(label):
            self._full.setdefault(label, full)
            if code and code != "10000":
                self._by_id.setdefault(code, full)
        return label

    def seen(self, label: str, code: str) -> str:
        """A label printed in the flow of words; its link's code names the member."""
        full = self._by_id.get(code.casefold().removeprefix("#"))
        if full and not _OFFICE.search(label):
            self._full.setdefault(label, full)
        return label

    def same(self, label: str, other: str) -> None:
        """Two labels of one person."""
        if full := self._full.get(other):
            self._full.setdefault(label, full)

    def people(self) -> dict[str, Person]:
        """label -> person, for all that the metadata know."""
        families: dict[str, set[str]] = {}
        for full in self._full.values():
            families.setdefault(full.partition(",")[0].casefold(), set()).add(full)
        for label in {one.label for one in self._record.said} - set(self._full) - {""}:
            known = families.get(label.split()[-1].casefold(), set())
            if len(known) == 1 and not _OFFICE.search(label):
                self._full[label] = next(iter(known))
        found: dict[str, Person] = {}
        labels: dict[str, set[str]] = {}
        for label, full in self._full.items():
            labels.setdefault(_turned(full), set()).update((label, full))
        for label, full in self._full.items():
            name = _turned(full)
            if not _OFFICE.search(name) and not _GROUP.fullmatch(name):
                found[label] = Person(name, None, tuple(sorted(labels[name] - {name})))
        return found


def _turned(full: str) -> str:
    """ "O'Brien, Sen Kerry" as "Kerry O'Brien", "CORBETT, James" as "James Corbett"."""
    family, _, given = full.partition(",")
    given = re.sub(r"\b(?:Sen|the Hon|Hon|Mr|Mrs|Ms|Dr|MP|OAM|AM|QC|AO)\b\.?", " ", given).replace(",", " ")
    name = " ".join(f"{given} {family}".split())
    if family.isupper():
        name = calmed(name)
    return speakers.parse_label(name).name


def _flow(element: Element, label: str, voices: _Voices, record: Record) -> None:
    """The paragraphs of a `<talk.text>`: a link with a member's name changes the voice."""
    main = label
    for paragraph in element.iter("{*}p"):
        if _ASIDE.match(paragraph.get("class") or ""):
            if text := words_of(paragraph):
                record.dropped.append(text)
            continue
        raw = spoken(paragraph, silent=(), blocks=(), dropped=record.dropped, left_out=_no_direction)
        head = next((one for one in paragraph.iter("{*}span") if one.get("class") in _HEADER and words_of(one)), None)
        if head is not None:
            printed = words_of(head)
            if raw.startswith(printed.split()[0]) or printed in raw[:200]:
                link = head.getparent()
                code = link.get("href") or "" if link is not None and local(link) == "a" else ""
                shown = printed.rstrip(" :")
                kind = head.get("class") or ""
                first = "Speech" in kind or "Question" in kind or "Answer" in kind
                if first and main and not _OFFICE.search(shown):
                    # The speech's own beginning; the talker may be known by the metadata's name only.
                    voices.same(shown, main)
                    main = shown
                label = voices.seen(shown, code)
                raw = _after_header(raw, printed)
        record.said.append(Utterance(label, _strip(raw)))


def _after_header(raw: str, printed: str) -> str:
    """What stands after "Senator O'BRIEN (Tasmania—Minister for Trade) (12:31): "."""
    rest = raw[raw.find(printed) + len(printed) :]
    if printed.rstrip().endswith((":", "—")):
        return rest.strip()
    match = re.match(r"(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*\s*(?:\d{1,2}:\d\d\s*\)?)?\s*[:—]?", rest)
    return rest[match.end() if match else 0 :].strip()
