"""TEI: parliaments (ParlaMint), spoken corpora (`<u who>`), plays and older parliaments (`<sp><speaker>`).

    <note type="speaker">PODPREDSEDNIK BRANKO SIMONOVIČ:</note>
    <u who="#SimonovičBranko" ana="#chair"><seg>Spoštovane kolegice ... <kinesic><desc>aplavz</desc></kinesic></seg></u>

Names come from `listPerson` where the file has it; else the letters of the id are sought in the printed
speaker before the utterance; else the id itself is made readable.

Source: ParlaMint encoding guidelines (clarin-eric.github.io/ParlaMint); TEI P5, chapters 7 and 8 (drama,
transcriptions of speech); ISO 24624:2016 (`annotationBlock`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa import words
from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.day import numeric_day
from qa.read.markup import Descent, Element, Text, attribute, is_direction, local, parse_xml, root_tag, words_of
from qa.read.printed import given_first
from qa.read.source import File
from qa.read.tei_names import Voice, is_nobody, listed
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Transcript

_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus", "bncDoc"))
_SILENT = frozenset(
    """note incident kinesic vocal gap desc stage writing head speaker figure fw event teiHeader standOff spanGrp
    castList back front listBibl bibl linkGrp trailer""".split()
)
_NOT_SPOKEN_CHOICE = frozenset("corr reg expan".split())
_BLOCKS = frozenset("p seg l ab lg list item s_block div".split())
_PREFIX = re.compile(r"^[A-Za-z][\w.-]*:(?=[^\s/])")
_OPEN = ".,;:!?…)]}»”%"


def detect(file: File) -> bool:
    """The first element is one of TEI's, or a `text` of it."""
    return root_tag(file) in _ROOTS


def parse(file: File, transcript_id: str) -> Transcript:
    """Read every `<u>` and `<sp>`, in the order of the file.

    Raises:
        ReadError: not well-formed, or without an utterance.
    """
    root = parse_xml(file)
    reading = _Reading(_times(root), _joins(root), _apart(root))
    reading.read(root)
    if not reading.said:
        raise ReadError(file.path, "is TEI without an utterance (<u> or <sp>).", remedy="Name a file with speech.")
    known = listed(root)
    turned = given_first(text for voice in reading.voices.values() for text in voice.printed)
    for voice in reading.voices.values():
        voice.turned = {text: turned[text] for text in voice.printed if text in turned}
    people = {voice.id: voice.person(known.get(voice.id)) for voice in reading.voices.values() if voice.id}
    turns, spoken, unattributed = join_utterances(reading.said, people=people, anonymous=is_nobody, joint="\n")
    turns = tuple(replace(turn, label=reading.printed.get(turn.label, turn.label)) for turn in turns)
    if not turns:
        raise ReadError(file.path, "is TEI whose utterances name no speaker.", remedy="Add who=... to its <u>.")
    page = [*_header(root), *reading.page]
    language = (attribute(root, "lang") or "")[:2].lower()
    known_language = language.isalpha() and language != "mu"
    return assemble(
        file.path, transcript_id, "tei", turns, spoken, page, date=_date(root), time=reading.clock,
        language=language if known_language else words.language_of(turns[0].text),
        dropped=reading.dropped, unattributed=unattributed,
    )  # fmt: skip


# ------------------------------------------------------------------ utterances


class _Reading:
    """Walks the document once and gathers utterances, page texts and what is left out."""

    def __init__(self, times: dict[str, float], joins: bool, apart: bool) -> None:
        self.said: list[Utterance] = []
        self.voices: dict[str, Voice] = {}
        self.printed: dict[str, str] = {}
        self.page: list[PageText] = []
        self.dropped: list[str] = []
        self.clock: str | None = None
        self._times, self._joins, self._apart = times, joins, apart
        self._note = ""

    def read(self, root: Element) -> None:
        outer: list[Element] = []  # annotationBlock and the like, whose who and times hold for the <u> inside
        walk = Descent(root, ("teiHeader", "standOff", "back"))
        for event, element in walk:
            name = local(element)
            if event == "end":
                if outer and outer[-1] is element:
                    outer.pop()
            elif name == "annotationBlock":
                outer.append(element)
            elif name in ("u", "sp"):
                self._utterance(element, [element, *reversed(outer)])
                walk.leave()
            elif name in _SILENT and name not in ("front", "teiHeader", "standOff"):
                self._aside(name, element)
                walk.leave()

    def _aside(self, name: str, element: Element) -> None:
        """What stands between utterances: the printed speaker, headings, notes."""
        text = words_of(element)
        if name == "note" and (element.get("type") or "").casefold() == "speaker":
            self._note = text.strip(" :-–—")
            return
        if self.clock is None:
            self.clock = _clock(element)
        if name == "head" and text:
            self.page.append(PageText(PageKind.TOPICS, text))
        elif text:
            self.dropped.append(text)

    def _utterance(self, element: Element, around: list[Element]) -> None:
        who = next((value for one in around for name in ("who", "speaker") if (value := one.get(name))), "")
        who = _id(who)
        inner = element.find("{*}speaker")
        printed = words_of(inner).strip(" :.-–—") if inner is not None else ""
        text = self._spoken(element)
        printed = printed or self._note
        self._note = ""
        if not who or is_nobody(who):
            who = printed or who
        if who:
            voice = self.voices.setdefault(who, Voice(who))
            if printed and printed not in voice.printed:
                voice.printed.append(printed)
            kind = (element.get("ana") or element.get("role") or "").split("#")[-1].split(".")[-1].casefold()
            voice.kinds[kind.split()[0] if kind.split() else ""] += 1
            self.printed.setdefault(who, printed or who)
        start, end = (self._seconds(around, name) for name in ("start", "end"))
        self.said.append(Utterance(who, text, start, end))

    def _seconds(self, around: list[Element], name: str) -> float | None:
        value = next((value for one in around if (value := one.get(name))), "")
        return self._times.get(value.lstrip("#")) if value else None

    def _spoken(self, element: Element) -> str:
        """The words of one utterance; noises, notes and page breaks are left out."""
        text = Text()
        skip = _SILENT | {"w", "pc", "c"}
        for event, one in Descent(element, skip):
            name = local(one)
            if event == "end":
                if one is not element:
                    if name in _BLOCKS:
                        text.paragraph()
                    text.add(one.tail)
                continue
            if name in _SILENT:
                self._left_out(name, one)
                text.gap()
            elif name in ("w", "pc", "c"):
                self._token(text, one)
            elif name in ("lb", "pb", "cb", "pause", "anchor", "shift", "milestone"):
                text.gap()
            elif name in _BLOCKS:
                text.paragraph()
                text.add(one.text)
            elif is_direction(one) or (name in _NOT_SPOKEN_CHOICE and local(one.getparent()) == "choice"):
                self._drop_inside(one)
                text.gap()
            else:
                text.add(one.text)
        return text.take()

    def _left_out(self, name: str, element: Element) -> None:
        text = words_of(element)
        if name == "note" and (element.get("type") or "").casefold() == "speaker":
            self._note = self._note or text.strip(" :-–—")
        elif name != "speaker" and text:
            self.dropped.append(text)

    def _drop_inside(self, element: Element) -> None:
        """Take the words of an element out of the tree, so that the walk finds none."""
        text = words_of(element)
        if local(element) not in _NOT_SPOKEN_CHOICE and text:
            self.dropped.append(text)
        for child in list(element):
            element.remove(child)

    def _token(self, text: Text, token: Element) -> None:
        """A word or a mark of an annotated corpus: the blanks between are indentation or none."""
        join = token.get("join") or ""
        raw = "".join(token.itertext())
        if self._apart and local(token) == "w":
            text.gap()
        if join in ("left", "both") or (not self._joins and local(token) != "w" and raw.strip()[:1] in _OPEN):
            text.glue()
        text.add(raw.lstrip() if raw.strip() else "")
        if join in ("right", "both"):
            text.glue()


def _id(who: str) -> str:
    """The id a pointer ends in: "#NovakJan", "people.xml#NovakJan", "ParlaMint:NovakJan"; a name stays a name."""
    who = who.strip()
    if "#" in who.split(" ")[0]:
        return who.split("#")[-1].strip()
    return _PREFIX.sub("", who)


# ------------------------------------------------------------------ header


def _times(root: Element) -> dict[str, float]:
    """Anchor -> seconds of the timeline."""
    found: dict[str, float] = {}
    for line in root.iter("{*}timeline"):
        scale = 0.001 if line.get("unit") == "ms" else 1.0
        for when in line.iter("{*}when"):
            id_, absolute, interval = attribute(when, "id"), when.get("absolute"), when.get("interval")
            base = found.get((when.get("since") or "").lstrip("#"), 0.0)
            seconds = _number(absolute) if absolute else None
            if seconds is None and interval is not None:
                offset = _number(interval)
                seconds = None if offset is None else base + offset * scale
            if id_ and seconds is None and not found:
                seconds = 0.0
            if id_ and seconds is not None and 0 <= seconds < 1e7:
                found[id_] = seconds
    return found


def _number(text: str) -> float | None:
    match = re.fullmatch(r"\s*(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)s?\s*", text)
    if match is None:
        return None
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + float(match[3])


def _joins(root: Element) -> bool:
    return next((True for one in root.iter("{*}w", "{*}pc") if one.get("join")), False)


def _apart(root: Element) -> bool:
    """No blank stands in or after any word, and nothing says which words join: each is a word of its own."""
    found = list(root.iter("{*}w"))
    blank = any((one.tail or "")[:1].isspace() or "".join(one.itertext())[-1:].isspace() for one in found)
    return len(found) > 1 and not blank and not _joins(root)


def _clock(element: Element) -> str | None:
    """The time of day of a `<time when="2022-10-12T10:04:23+02:00">`."""
    for time in element.iter("{*}time"):
        match = re.search(r"(?:T|^)(\d\d:\d\d)", time.get("when") or time.get("from") or "")
        if match:
            return match[1]
    return None


def _find(root: Element, *paths: str) -> Iterator[Element]:
    for path in paths:
        yield from root.iterfind("/".join(f"{{*}}{part}" for part in path.split("/")))


def _header(root: Element) -> list[PageText]:
    lang = attribute(root, "lang") or ""
    found: list[PageText] = []

    def add(kind: PageKind, texts: list[Element], *, only: int = 1) -> None:
        best = [one for one in texts if (attribute(one, "lang") or lang) == lang] or texts
        for one in best[:only]:
            if words_of(one):
                found.append(PageText(kind, words_of(one)))

    titles = list(_find(root, "teiHeader/fileDesc/titleStmt/title"))
    main = [one for one in titles if one.get("type") == "main"] or titles
    add(PageKind.TITLE, main)
    add(PageKind.SUMMARY, [one for one in titles if one.get("type") in ("sub", "desc")])
    where = list(_find(root, "teiHeader/profileDesc/settingDesc/setting/name"))
    named = [
        *(one for kind in ("city", "place") for one in where if one.get("type") == kind),
        *_find(root, "teiHeader/profileDesc/settingDesc/setting/placeName"),
        *_find(root, "teiHeader/profileDesc/settingDesc/setting/settlement"),
        *_find(root, "teiHeader/profileDesc/settingDesc/setting/locale"),
        *_find(root, "teiHeader/profileDesc/settingDesc/place/placeName"),
    ]
    add(PageKind.PLACE, named)
    day = _date(root)
    if day:
        found.append(PageText(PageKind.DATE, day))
    return found


def _date(root: Element) -> str | None:
    """The day of the event: of the setting, else of the recording, else of the source."""
    header = root.find("{*}teiHeader")
    if header is None:
        return None
    for place in ("settingDesc", "recordingStmt", "creation", "sourceDesc"):
        for part in header.iter(f"{{*}}{place}"):
            for date in part.iter("{*}date", "{*}recording"):
                value = date.get("when") or date.get("from") or date.get("notBefore") or date.get("value") or ""
                if day := numeric_day(value or words_of(date)):
                    return day
    return None
