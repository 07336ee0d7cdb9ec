"""The German Bundestag: Plenarprotokolle as XML.

    <rede id="ID2011500100"><p klasse="redner"><redner id="11004742"><name><vorname>Ida</vorname>
      <nachname>Ekdal</nachname><fraktion>FDP</fraktion></name></redner>Ida Ekdal (FDP):</p>
      <p klasse="J_1">Frau Präsidentin! ...</p><kommentar>(Beifall)</kommentar>
      <name>Vizepräsidentin Petra Odell:</name><p klasse="J_1">Vielen Dank.</p></rede>

Whoever was named last speaks on, across the end of a `<rede>`: so the chair's words between two speeches are
theirs.

Source: www.bundestag.de/services/opendata, dbtplenarprotokoll.dtd (since the 19th electoral term).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.read.day import numeric_day
from qa.read.markup import Descent, Element, local, spoken, words_of
from qa.read.turns import Utterance
from qa.types import PageKind, Person

if TYPE_CHECKING:
    from qa.read.hansard import Record

_SKIPPED = frozenset(("vorspann", "anlagen", "anlage", "rednerliste", "table"))
_SILENT = frozenset("kommentar fussnote sup table a redner zitat_quelle".split())
_AGENDA = re.compile(r"T_|T$|AL_|anlage")
_OFFICE = re.compile(r"\s*(?P<role>(?:Alters|Vize)?[Pp]räsident(?:in)?)\s+(?P<name>.+)")
_DEGREE = re.compile(r"\b(?:Dr|Prof|Dipl|h|c|Ing|med|jur)\.(?:-\w+\.)?\s*")


def read(root: Element, record: Record) -> None:
    """Gather the words of `<sitzungsverlauf>` into the record."""
    record.date = numeric_day(root.get("sitzung-datum"))
    record.note(PageKind.DATE, record.date)
    clock = re.match(r"(\d{1,2})[:.](\d\d)", (root.get("sitzung-start-uhrzeit") or "").strip())
    record.time = f"{int(clock[1]):02d}:{clock[2]}" if clock else None
    record.note(PageKind.PLACE, root.get("sitzung-ort"))
    title = next(root.iter("{*}sitzungstitel"), None)
    record.note(PageKind.TITLE, None if title is None else words_of(title))
    record.language = "de"
    label = ""
    walk = Descent(root, _SKIPPED)
    for event, element in walk:
        if event == "end":
            continue
        name = local(element)
        kind = element.get("klasse") or ""
        if name == "p" and (kind == "redner" or kind == "N"):
            label = _named(element, record) or label
        elif name == "name":
            label = words_of(element).rstrip(" :") or label
            _chair(label, record)
        elif name == "p" and not _AGENDA.match(kind):
            text = spoken(element, silent=_SILENT, blocks=(), dropped=record.dropped)
            record.said.append(Utterance(label, text))
        elif name in ("p", "kommentar", "fussnote", "sitzungstitel"):
            if text := words_of(element):
                record.dropped.append(text)
        else:
            continue
        walk.leave()


def _named(paragraph: Element, record: Record) -> str:
    """The label of a `<p klasse="redner">`, its person noted."""
    speaker = paragraph.find("{*}redner")
    if speaker is None:
        label = words_of(paragraph).rstrip(" :")
        _chair(label, record)
        return label
    named = speaker.find("{*}name")
    fields = {local(one): words_of(one) for one in (named if named is not None else ())}
    name = " ".join(fields[part] for part in ("vorname", "namenszusatz", "nachname") if fields.get(part))
    role = next((words_of(one) for one in speaker.iter("{*}rolle_lang")), None) or fields.get("fraktion")
    label = " ".join((speaker.tail or "").split()).rstrip(" :") or name
    if label and name:
        record.people.setdefault(label, Person(name, role, (label,) if label != name else ()))
    return label


def _chair(label: str, record: Record) -> None:
    match = _OFFICE.fullmatch(label)
    if match:
        name = _DEGREE.sub("", match["name"]).strip()
        record.people.setdefault(label, Person(name, match["role"], (label,)))
