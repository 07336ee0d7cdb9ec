"""The Canadian House of Commons: Debates and committee Evidence as XML.

    <Intervention Type="Question" id="13316086">
      <PersonSpeaking><Affiliation DbId="318008" Type="2">Ms. Ida Ekdal (Lunev, NDP)</Affiliation></PersonSpeaking>
      <Content><Timestamp Hr="10" Mn="05"/><FloorLanguage language="FR">[Translation]</FloorLanguage>
        <ParaText id="9120217">Mr. Speaker, ...</ParaText></Content></Intervention>

Source: www.ourcommons.ca, "XML" beside a sitting (HAN074-E.XML) or a meeting; seen since the 39th Parliament.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.read.day import iso_day, numeric_day
from qa.read.markup import Descent, Element, attribute, local, spoken, words_of
from qa.read.turns import Utterance
from qa.types import PageKind

if TYPE_CHECKING:
    from qa.read.hansard import Record

_SILENT = frozenset(
    """FloorLanguage Timestamp ProceduralText PersonSpeaking Division Table table Intro StartPageNumber Line Appendix
    CommitteeAppendix SubjectOfBusinessQualifier Questioner QuestionID Responder""".split()
)
_BLOCKS = frozenset("ParaText Para Quote QuotePara Poetry Verse Motion MotionBody WrittenQuestion".split())
_HEADINGS = frozenset(("OrderOfBusinessTitle", "SubjectOfBusinessTitle", "CatchLine"))
_FIELDS = ("MetaTitle", "Title")


def read(root: Element, record: Record) -> None:
    """Gather every `<Intervention>` into the record."""
    facts = {item.get("Name") or "": words_of(item) for item in root.iter("{*}ExtractedItem")}
    record.note(PageKind.TITLE, next((facts[name] for name in _FIELDS if facts.get(name)), root.get("Title")))
    record.date = _date(facts) or next((numeric_day(one.get("Date")) for one in root.iter("{*}PublicationItem")), None)
    record.note(PageKind.DATE, facts.get("Date") or record.date)
    record.note(PageKind.PLACE, facts.get("Location"))
    language = (attribute(root, "lang") or "")[:2].lower()
    record.language = language or None
    walk = Descent(root, ("ExtractedInformation",))
    for event, element in walk:
        if event == "end":
            continue
        name = local(element)
        if name == "Timestamp" and record.time is None:
            _clock(element, record)
        if name == "Intervention":
            _intervention(element, record)
            walk.leave()
        elif name in _HEADINGS:
            record.note(PageKind.TOPICS, words_of(element))
            walk.leave()
        elif name in _SILENT or name in _BLOCKS:
            if text := words_of(element):
                record.dropped.append(text)
            walk.leave()


def _intervention(element: Element, record: Record) -> None:
    if record.time is None and (stamp := next(element.iter("{*}Timestamp"), None)) is not None:
        _clock(stamp, record)
    who = element.find("{*}PersonSpeaking")
    label = "" if who is None else words_of(who).rstrip(" :")
    content = element.find("{*}Content")
    if content is None:
        content = element
    text = spoken(content, silent=_SILENT, blocks=_BLOCKS, dropped=record.dropped)
    record.said.append(Utterance(label, text))


def _clock(stamp: Element, record: Record) -> None:
    hour, minute = stamp.get("Hr") or "", stamp.get("Mn") or ""
    if hour.isdigit() and minute.isdigit():
        record.time = f"{int(hour):02d}:{int(minute):02d}"


def _date(facts: dict[str, str]) -> str | None:
    parts = [facts.get(f"MetaDateNum{name}", "") for name in ("Year", "Month", "Day")]
    return numeric_day("-".join(parts)) or iso_day(facts.get("Date", ""))
