"""Parliaments whose XML differs in nothing but its names of elements: one row of a table each.

A *holder* is one contribution; it has the name of whoever speaks, and *words*. A name inside the words changes the
speaker from there on, as in Norway, where the name stands at the head of a paragraph.

Sources: Assemblée nationale, comptes rendus (Syceron); data.stortinget.no, referat, before and since 2014;
Folketinget, ftp oda.ft.dk, helemoedet; data.riksdagen.se, anforandelista; avoindata.eduskunta.fi, Vaski; Parliament
of South Australia, hansardpublic.parliament.sa.gov.au.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qa.read.day import iso_day, numeric_day
from qa.read.markup import Descent, Element, is_direction, local, spoken, words_of
from qa.read.turns import Utterance
from qa.types import PageKind, Person

if TYPE_CHECKING:
    from qa.read.hansard import Record


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one parliament names its elements.

    Attributes:
        mark: stands in the bytes of every file with speech.
        holders: contributions.
        names: whose words stand for the speaker, outside the words; several are parts of one name.
        words: whose inside is spoken.
        inner: a speaker's name inside the words; what stands before it there is a number.
        inner_counts: that name is who speaks from there on; else it repeats the one outside.
        silent: what is not spoken inside the words.
        blocks: paragraphs inside the words.
        headings: titles of what is talked about.
        role: an element that tells the office of whoever speaks.
        house: where they meet.
        escaped: the words are HTML that is escaped once more.
    """

    mark: bytes
    holders: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    inner: frozenset[str] = frozenset()
    inner_counts: bool = True
    silent: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    role: str = ""
    house: str = ""
    escaped: bool = False


def _of(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NORWAY = Dialect(
    b"nnlegg", _of("Hovedinnlegg Replikk Presinnlegg Innlegg innlegg presinnl replikk"), (("navn",),), _of("A a"),
    inner=_of("Navn navn"), silent=_of("Merknad merknad"), headings=_of("Saktittel saktittel"), house="Stortinget",
)  # fmt: skip
_SWEDEN = Dialect(
    b"anforandetext", _of("anforande"), (("talare",),), _of("anforandetext"), headings=_of("avsnittsrubrik"),
    house="Sveriges riksdag", escaped=True,
)  # fmt: skip
_FINLAND = Dialect(
    b"PuheenvuoroToimenpide", _of("PuheenvuoroToimenpide PuheenjohtajaRepliikki PuhujaRepliikki"),
    (("AsemaTeksti", "EtuNimi", "SukuNimi"), ("PuheenjohtajaTeksti",), ("PuhujaTeksti",)), _of("KappaleKooste"),
    headings=_of("KohtaNimeke"), house="Eduskunta",
)  # fmt: skip
_SOUTH_AUSTRALIA = Dialect(
    b"<talker", _of("talker"), (("name",),), _of("text"), inner=_of("by"), inner_counts=False,
    silent=_of("heading timeStamp page division event table"), house="Parliament of South Australia",
)  # fmt: skip
DIALECTS = {
    "compteRendu": Dialect(
        b"<orateur", _of("paragraphe"), (("nom",),), _of("texte"), blocks=_of("br"), role="qualite",
        house="Assemblée nationale",
    ),
    "Forhandlinger": _NORWAY, "forhandling": _NORWAY, "forhandlinger": _NORWAY, "Referat": _NORWAY,
    "Dokument": Dialect(
        b"TaleSegment", _of("Tale"), (("OratorFirstName", "OratorLastName"), ("TalerTitel",)), _of("TekstGruppe"),
        blocks=_of("Exitus Linea"), headings=_of("ShortTitle"), house="Folketinget",
    ),
    "anforandelista": _SWEDEN, "anforande": _SWEDEN,
    "SiirtoAsiakirja": _FINLAND, "Siirto": _FINLAND, "Poytakirja": _FINLAND,
}  # fmt: skip
_DATES = ("dateSeance", "dateSeanceJour", "dato", "Tittel", "DateOfSitting", "dok_datum", "date", "NimekeTeksti")
_AROUND = 200  # elements in which the name must stand
_LONG_DAY = re.compile(r"\d{1,2}\.? [^\W\d_]{3,12} \d{4}")
_STAMP = re.compile(r"\s*\[\d{1,2}[:.]\d\d(?:[:.]\d\d)?\]")
_PARTY = re.compile(r"\s*\([A-ZÆØÅÄÖ][\w. /-]{0,12}\)$")
_HONORIFIC = re.compile(r"^(?:M|Mme|Mlle)\.? (?=[^\W\d_a-z])")
_PUT = re.compile(r"(?:\([^()]{1,80}\)\s*[.:]?|[:.–—-])\s*")  # "(5 December 2018).  Can the Minister ..."
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]][.\s]*")
_TAG = re.compile(r"<[^<>]{0,200}>")


def of_south_australia(root: Element) -> bool:
    """Its root is called "hansard" as that of the federal parliament; its talkers hold their words."""
    return root.find(".//{*}talker/{*}text") is not None


def read_south_australia(root: Element, record: Record) -> None:
    """Gather every talker."""
    _read(_SOUTH_AUSTRALIA, root, record)


def read(root: Element, record: Record) -> None:
    """Gather every contribution of a parliament of the table."""
    _read(DIALECTS[local(root)], root, record)


def _read(dialect: Dialect, root: Element, record: Record) -> None:
    _facts(dialect, root, record)
    offices: dict[str, str] = {}
    walk = Descent(root)
    open_: list[tuple[Element, str]] = []  # contributions, one inside another where somebody breaks in
    for event, element in walk:
        name = local(element)
        if event == "end":
            if open_ and open_[-1][0] is element:
                open_.pop()
        elif name in dialect.holders:
            open_.append((element, _label(dialect, element, offices)))
        elif name in dialect.words and open_:
            open_[-1] = (open_[-1][0], _words(dialect, element, open_[-1][1], record))
            walk.leave()
        elif name in dialect.headings:
            topic = words_of(element)
            if not any(part.text == topic for part in record.page):
                record.note(PageKind.TOPICS, topic)
            walk.leave()
        elif name in dialect.words and (text := words_of(element)):
            record.dropped.append(text)
            walk.leave()
    for label, office in offices.items():
        name = _HONORIFIC.sub("", label)
        if office or name != label:
            record.people[label] = Person(name, office or None, (label,) if name != label else ())


def _facts(dialect: Dialect, root: Element, record: Record) -> None:
    record.note(PageKind.PLACE, dialect.house)
    for name in _DATES:
        for element in root.iter(f"{{*}}{name}"):
            text = (element.get("date") or words_of(element, 200))[:100]
            short = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", text)
            long = _LONG_DAY.search(text)
            day = numeric_day("-".join(short.groups())) if short else iso_day(long.group() if long else text)
            if day and record.date is None:
                record.date = day
                record.note(PageKind.DATE, day)
            break


def _label(dialect: Dialect, holder: Element, offices: dict[str, str]) -> str:
    """Who speaks, by the elements before the words; "" where the words begin with the name, or nobody is named."""
    around: dict[str, str] = {}
    for one in islice(holder.iter(), _AROUND):
        name = local(one)
        if one is not holder and (name in dialect.words or name in dialect.holders):
            break
        if name and (text := words_of(one, 300)):
            around.setdefault(name, text)
    for parts in dialect.names:
        if found := [around[part] for part in parts if part in around]:
            label = _clean(" ".join(found))
            offices[label] = max(offices.get(label, ""), around.get(dialect.role, ""), key=len)
            return label
    return ""


def _clean(label: str) -> str:
    label = _STAMP.sub("", label).strip(" :")
    return _PARTY.sub("", label)


def _words(dialect: Dialect, element: Element, label: str, record: Record) -> str:
    """One element's words under the speaker's label; gives the label that holds from here on."""
    named = next((one for one in element.iter() if local(one) in dialect.inner), None)
    silent = dialect.silent | dialect.inner
    left: list[str] = []
    text = spoken(element, silent=silent, blocks=dialect.blocks, dropped=left, left_out=_aside)
    names = {words_of(one) for one in element.iter() if local(one) in dialect.inner}
    record.dropped.extend(one for one in left if one not in names)
    if dialect.escaped or "&" in text:
        text = html.unescape(text)
    if dialect.escaped:
        text = _TAG.sub("", re.sub(r"(?i)</?(?:p|br)\b[^<>]{0,100}>", "\n", text))
    if named is not None:
        label = _clean(words_of(named, 300)) if dialect.inner_counts or not label else label
        before = " ".join("".join(_before(element, named)).split())
        text = text.removeprefix(before).lstrip() if before else text
        put = _PUT.match(text)
        text = text[put.end() :] if put else text
    lines = [" ".join(line.split()) for line in text.split("\n")]
    record.dropped.extend(line for line in lines if line and _BRACKET.fullmatch(line))
    kept = "\n".join(line for line in lines if line and not _BRACKET.fullmatch(line))
    record.said.append(Utterance(label, kept))
    return label


def _before(element: Element, named: Element) -> list[str]:
    """The texts inside an element that stand before another one in it."""
    found = []
    for event, one in Descent(element):
        if one is named:
            break
        found.append((one.text if event == "start" else one.tail) or "")
    return found


def _aside(element: Element) -> bool:
    return is_direction(element) or (local(element) == "italique" and bool(_BRACKET.fullmatch(words_of(element, 500))))
