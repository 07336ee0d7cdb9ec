"""Tables of turns: CSV and TSV with a header that names a speaker and a text column.

    speaker,start,end,text
    Nora Ekdal,0.0,4.2,"The bridge, as you know, is closed."

Separators are comma, semicolon, tab and bar; quoted fields may run over lines. Without a header, two columns
are a table only when the first is plainly one of names that come again. Times and words alone are those of one
unknown speaker.

Source: RFC 4180; headers as written by Premiere, Sonix, NVivo, ELAN and spreadsheets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from qa.errors import ReadError
from qa.read.assemble import assemble, facts_of
from qa.read.cells import MAX_CELLS, Cell, TooLarge, built, rows
from qa.read.clock import seconds
from qa.read.day import iso_day
from qa.read.fuller import page_names
from qa.read.source import File, Source
from qa.read.turns import UNKNOWN, Utterance, join_utterances
from qa.types import PageKind, PageText, Person, Transcript

_MAX_PROBLEMS = 200
_MORNING = 6 * 3600
_HEAD = 64 * 1024
_DELIMITERS = ",;\t|"
# What headers mean, the surest name first.
_COLUMNS = {
    "speaker": """speaker name|speakername|speaker|full name|name|person name|person|who|participant name|participant
        |speaker label|member name|member|character|actor|spk|user name|username|user|author|voice|label|speaker id|tier
        |sprecher|redner|orateur|intervenant|hablante|orador|говорящий|спикер|имя|участник|кто
        |sprecherin|sprechende|teilnehmer|locuteur|locutrice|interlocuteur|interlocutor|locutor|participante|parlante
        |relatore|oratore|oratrice|falante|докладчик|оратор|выступающий|interviewee|spreker|talare|taler|puhuja|mówca
        |rednerin|wer|qui|quién|quien|mluvčí|řečník|felszólaló|konuşmacı|govornik|говорник|мовець|промовець
        |说话人|发言人|話者|発言者""",
    "text": """text|utterance|utterance text|transcript text|speech text|spoken text|speech content|transcript
        |words spoken|testimony|evidence
        |transcription|content|contents|words|speech|sentence|message|dialogue|dialog|caption|subtitle|body|said|quote
        |comment|remark|statement|annotation|line|текст|реплика|речь|слова|texte|texto|redetext|rede
        |äusserung|aussage|wortbeitrag|redebeitrag|transkript|intervención|intervencion|transcripción|transcripcion
        |discurso|propos|paroles|intervention|testo|intervento|battuta|trascrizione|fala|transcrição|высказывание
        |стенограмма|содержание|текст речи|wortlaut|beitrag|inhalt|gesprochener text|transkription|verbatim|tekst|uiting
        |wypowiedź|anförande|puhe|indlæg|innlegg|projev|beszéd|konuşma|transcribed text|transcribed speech|what was said
        |spoken words|segment text|内容|发言内容|発言|発言内容|テキスト|文本""",
    "start": """start|start time|starttime|start timestamp|time start|start seconds|start sec|start s|start ms|begin
        |begin time|begin ms|onset|in time|time in|in|tmin|xmin|from|timespan|timestamp|timestamps|time stamp|timecode
        |time code|tc|time|offset|начало|время|zeit|debut|inicio
        |von|anfang|beginn|début|desde|inizio|início""",
    "end": """end|end time|endtime|end timestamp|time end|end seconds|end sec|end s|end ms|finish|stop|out time
        |time out|out|tmax|xmax|to|offset end|конец|ende|fin|bis|hasta
        |fine|fim""",
    "role": "role|position|job title|office|function|affiliation|роль|должность|cargo|rolle|funktion|fonction|ruolo",
    "title": "title|event title|event|meeting title|meeting|session|episode|debate|название|тема",
    "date": "date|event date|meeting date|session date|day|дата|datum|fecha",
    "place": "place|location|venue|место|ort",
}  # fmt: skip
_RANKS = {
    column: {name.strip(): rank for rank, name in enumerate(names.split("|"))} for column, names in _COLUMNS.items()
}
_SPEAKING = frozenset(
    """who said says saying say speaker speakers speaking speaks spoke spoken speech talk talks talking talked words
    utterance quote transcript wer sagt sagte gesagt spricht sprach qui dit parle quién quien dice dijo habla chi dice
    detto parla quem diz disse fala кто сказал сказала говорит wie zegt zei kto powiedział mówi""".split()
)
_UNIT = re.compile(r"\b(?:ms|msec|millis|milliseconds?)\b")
_IN_BRACKETS = re.compile(r"\s*[(\[](.*?)[)\]]\s*$")
_NOISE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?")
_LABEL = re.compile(r"[^\W\d_][^:;,!?\"\t]{0,59}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is read: its separator, which column is what, where the first row of words is."""

    delimiter: str
    columns: dict[str, int]
    headers: dict[str, str]
    first: int


def detect(file: File) -> bool:
    """A header that names a speaker and a text column, or an unmistakable two-column table."""
    if not file.is_text:
        return False
    return _shape(file.source.text) is not None


def parse(file: File, transcript_id: str, *, sure: bool = False, told: Sequence[str] = ()) -> Transcript:
    """Read a table; rows that lack a column are told in `problems`.

    Args:
        sure: it is a table for certain (`is_speech`), with or without a header; a cell left empty under a name
            goes on with it, which is a guess. Otherwise that is so where the words begin in small letters.
        told: what stands before the table, in which people may be named in full.

    Raises:
        ReadError: no row has a speaker and words.
    """
    source = file.source
    shape = _shape(source.text, sure=sure)
    if shape is None:
        raise ReadError(source.path, "is no table with a speaker and a text column.", remedy='Expected "speaker,text".')
    table = _Table(source, shape, carry=sure)
    try:
        table.read()
    except TooLarge as error:
        raise ReadError(source.path, f"has more than {MAX_CELLS:,} cells.", remedy="Split the file.") from error
    table.settle()
    turns, people, unattributed = join_utterances(
        table.said, named=page_names((one.label for one in table.said), told), evidence="\n".join(told), joint="\n"
    )
    if not turns:
        raise ReadError(source.path, "is a table without a row of speaker and words.", remedy="Fill its columns.")
    roles = {label: found.most_common(1)[0][0] for label, found in table.roles.items()}
    people = tuple(
        _with_role(person, next((roles[form] for form in (person.name, *person.aliases) if form in roles), None))
        for person in people
    )
    page = tuple(table.page())
    return assemble(
        source.path, transcript_id, "table", turns, people, page, date=iso_day(facts_of(page).get(PageKind.DATE, "")),
        time=table.clock, source_text=source.text, dropped=table.dropped, unattributed=unattributed,
        problems=table.problems,
    )  # fmt: skip


class _Table:
    """Goes through the rows once."""

    def __init__(self, source: Source, shape: _Shape, *, carry: bool) -> None:
        self.said: list[Utterance] = []
        self.problems: list[str] = []
        self.dropped: list[str] = []
        self.clock: str | None = None
        self.roles: dict[str, Counter[str]] = {}
        self._source, self._shape, self._carry, self._last = source, shape, carry, ""
        self._titles: dict[str, Counter[str]] = {}
        self._facts: dict[str, Counter[str]] = {}
        self._cells: dict[tuple[str, str], Cell] = {}
        self._lines: list[tuple[int, int, str]] = []  # of cells over several: which utterance, the line, the text

    def read(self) -> None:
        shape, text = self._shape, self._source.text
        breaks = [match.start() for match in re.finditer(r"\r\n|\n|\r", text)]
        need = max(shape.columns.get("speaker", 0), shape.columns["text"])
        for n, row in enumerate(rows(text, shape.delimiter)):
            if n < shape.first or not any(cell.text.strip(" -:|=") for cell in row):
                continue
            line = bisect_right(breaks, row[0].parts[0][0] - 1) + 1
            if len(row) <= need:
                self._problem(f"line {line}: {len(row)} of {need + 1} columns, left out.")
                continue
            if any(cell.open for cell in row):
                self._problem(f"line {line}: a quotation mark is never closed.")
            self._row(row)
            if len(row[shape.columns["text"]].text.splitlines()) > 1:
                self._lines.append((len(self.said) - 1, line, row[shape.columns["text"]].text))

    def _problem(self, text: str) -> None:
        """Tell it, unless so many were told that one more helps nobody."""
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(text)
        elif len(self.problems) == _MAX_PROBLEMS:
            self.problems.append("further rows: not told one by one.")

    def _row(self, row: list[Cell]) -> None:
        def text(column: str) -> str:
            at = self._shape.columns.get(column)
            return " ".join(row[at].text.split()) if at is not None and at < len(row) else ""

        label = text("speaker").rstrip(" :")
        cell = row[self._shape.columns["text"]]
        if not label and _NOISE.fullmatch(cell.text.strip()):
            self.dropped.append(cell.text.strip())
            return
        start, end = (self._seconds(name, text(name)) for name in ("start", "end"))
        if end is None and re.search(r"\d\s*(?:-->?|–|—|-|to)\s*\d", span := text("start")):
            start, end = (
                self._seconds("start", part) for part in re.split(r"\s*(?:-->?|–|—|-|to)\s*", span, maxsplit=1)
            )
        builder = built(self._source.text, cell)
        goes_on = self._carry or builder.text[:1].islower()  # the same sentence, in a row of its own
        guess = goes_on and not label and bool(self._last)
        if "speaker" not in self._shape.columns:
            label, guess = UNKNOWN, True
        label = self._last if guess and not label else label
        self._last = label
        self.said.append(Utterance(label, builder.text, start, end, builder.pieces, guess))
        if label and text("role"):
            self.roles.setdefault(label, Counter())[text("role")] += 1
        if label and text("title"):
            self._titles.setdefault(label, Counter())[text("title")] += 1
        for name in ("title", "date", "place"):
            if text(name):
                self._facts.setdefault(name, Counter())[text(name)] += 1
                self._cells.setdefault((name, text(name)), row[self._shape.columns[name]])

    def _seconds(self, column: str, text: str) -> float | None:
        header = self._shape.headers.get(column, "")
        return seconds(text, milliseconds=bool(_UNIT.search(header))) if text else None

    def settle(self) -> None:
        """What only all rows together tell.

        A cell that holds a row, "...\\nNora,12,15,...", has lost its closing quotation mark: whose words it holds is
        a guess.

        A title that differs from person to person, one each, is what they are: "Minister". Times that begin at
        six hours or later are of the day, not of a recording.
        """
        labels = {one.label for one in self.said}
        for n, line, text in self._lines:
            if any(self._is_row(part, labels) for part in text.splitlines()[1:]):
                self.said[n] = replace(self.said[n], uncertain=True)
                self._problem(
                    f"line {line}: holds rows of others; a quotation mark or the end of a line is missing before them."
                )
        starts = [one.start_s for one in self.said if one.start_s is not None]
        if starts and min(starts) >= _MORNING:
            first = int(starts[0])
            self.clock = f"{first // 3600:02d}:{first // 60 % 60:02d}" if first < 86400 else None
            self.said = [replace(one, start_s=None, end_s=None) for one in self.said]
        titles = self._facts.get("title", Counter())
        if len(titles) < 2 or self.roles or any(len(found) > 1 for found in self._titles.values()):
            return
        self.roles = self._titles

    def _is_row(self, text: str, labels: Set[str]) -> bool:
        cells = text.split(self._shape.delimiter)
        at = self._shape.columns.get("speaker", -1)
        return 0 <= at < len(cells) and " ".join(cells[at].split()).rstrip(" :") in labels - {""}

    def page(self) -> Iterator[PageText]:
        """Title, day and place, where all rows agree."""
        for name, kind in (("title", PageKind.TITLE), ("date", PageKind.DATE), ("place", PageKind.PLACE)):
            found = self._facts.get(name, Counter())
            if len(found) == 1:
                builder = built(self._source.text, self._cells[name, next(iter(found))])
                if not builder.empty:
                    yield PageText(kind, builder.text, builder.pieces)


def _with_role(person: Person, role: str | None) -> Person:
    return replace(person, role=person.role or role) if role else person


# ------------------------------------------------------------------ shape


def is_speech(found: Sequence[Sequence[str]]) -> bool:
    """Rows of a document's table that hold a name and what was said."""
    return any(_columns([_plain(cell) for cell in row]) for row in found[:3]) or _by_content(found) is not None


def _shape(text: str, *, sure: bool = False) -> _Shape | None:
    """How the table is read, or None when it is none. Looks at its beginning only."""
    head = text[:_HEAD]
    if len(text) > _HEAD:
        head = head[: head.rfind("\n") + 1]
    present = [mark for mark in _DELIMITERS if mark in head[:4096]]
    for mark in present:
        if (shape := _with_header(head, mark)) is not None:
            return shape
        if not sure and (shape := _of_captions(head, mark)) is not None:
            return shape
    if sure:
        columns = _by_content([[cell.text for cell in row] for row in islice(rows(text, ","), 2000)])
        if columns is None:
            return None
        first = next(rows(text, ","))
        named = columns["speaker"] < len(first) and _plain(first[columns["speaker"]].text) in _RANKS["speaker"]
        return _Shape(",", columns, {}, int(named))
    return next((shape for mark in present if (shape := _without_header(head, mark)) is not None), None)


def _with_header(head: str, delimiter: str) -> _Shape | None:
    """The header is the first row of several filled cells; a title may stand before it."""
    for n, row in enumerate(islice(rows(head, delimiter), 12)):
        names = [_plain(cell.text) for cell in row]
        if sum(map(bool, names)) < 2 or names[0].startswith("sep="):
            continue
        columns = _columns(names)
        if not columns:
            return None
        return _Shape(delimiter, columns, {column: names[at] for column, at in columns.items()}, n + 1)
    return None


def _columns(names: Sequence[str]) -> dict[str, int]:
    """What each column is, by its header; nothing unless a speaker and a text column are among them."""
    found: dict[str, int] = {}
    for column, ranks in _RANKS.items():
        ranked = [(ranks[name], at) for at, full in enumerate(names) if (name := _bare(full, ranks))]
        if ranked:
            found[column] = min(ranked)[1]
    return found if "speaker" in found and "text" in found else {}


def _of_captions(head: str, delimiter: str) -> _Shape | None:
    """Times and words and nobody named, as Whisper writes them: "start", "end" (in milliseconds) and "text"."""
    found = [[cell.text.strip() for cell in row] for row in islice(rows(head, delimiter), 200)]
    found = [row for row in found if any(row)]
    names = [_plain(cell) for cell in found[0]] if found else []
    if sorted(names) != ["end", "start", "text"] or len(found) < 2:
        return None
    columns = {name: at for at, name in enumerate(names)}
    lasting = [
        int(row[columns["end"]]) - int(row[columns["start"]])
        for row in found[1:]
        if len(row) == 3 and row[columns["start"]].isdecimal() and row[columns["end"]].isdecimal()
    ]
    unit = " ms" if len(lasting) == len(found) - 1 and sum(lasting) >= 100 * len(lasting) else ""
    return _Shape(delimiter, columns, {"start": f"start{unit}", "end": f"end{unit}"}, 1)


def _by_content(found: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """The columns of a document's table without a header: short names, and sentences beside them."""
    width = max(map(len, found), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in found if any(row)]
    if not 2 <= width <= 5 or len(full) < 2:
        return None
    columns = [[row[at].strip() for row in full if row[at].strip()] for at in range(width)]
    clocks = [at for at, cells in enumerate(columns) if cells and sum(map(_is_clock, cells)) >= 0.8 * len(cells)]
    lengths = {at: sum(len(cell.split()) for cell in cells) for at, cells in enumerate(columns) if at not in clocks}
    said = max(lengths, key=lambda at: lengths[at], default=-1)
    for who in (at for at in lengths if at != said and columns[at]):
        labels = [" ".join(cell.split()) for cell in columns[who]]
        bare = [label.rstrip(" :.") for label in labels]
        if len(labels) < 0.4 * len(full) or sum(not _LABEL.fullmatch(label) for label in bare) > 0.1 * len(bare):
            continue
        colons = sum(label.endswith(":") for label in labels) >= 0.5 * len(labels)
        again = len(set(bare)) < len(bare)
        sentences = sum(cell[-1] in '.!?…”"' for cell in columns[said]) >= 0.6 * len(columns[said])
        if colons or (again and lengths[said] >= 3 * len(full)) or sentences:
            return {"speaker": who, "text": said} | dict(zip(("start", "end"), clocks, strict=False))
    return None


def _bare(header: str, ranks: dict[str, int]) -> str:
    """The header as one of the known names, without its unit: "start (ms)", "start time [s]"; "" when it is none."""
    forms = (
        header, _IN_BRACKETS.sub("", header), " ".join(_UNIT.sub(" ", header).split()),
        re.sub(r"(?<=er) in$|(?<=\w)\W?(?:[/:*·•]\W?).*$", "", header),  # "Sprecher/in", "SprecherIn", "Intervenant·e"
    )  # fmt: skip
    return next((form for form in forms if form in ranks), "")


def _plain(header: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:60])
    return " ".join(re.sub(r"[_\s.-]+", " ", spaced).split()).strip(" \"'*#").casefold()


def _without_header(head: str, delimiter: str) -> _Shape | None:
    """Two columns, besides them one or two of times: names that come again, then words; perhaps a header before."""
    found = [row for row in islice(rows(head, delimiter), 200) if any(cell.text.strip() for cell in row)]
    return _of_names(found, delimiter, 0) or _of_names(found[1:], delimiter, 1) or _of_told(found, delimiter)


def _of_told(found: Sequence[Sequence[Cell]], delimiter: str) -> _Shape | None:
    """Columns whose headers speak of speaking in words of their own, "Who said it", and whose cells bear it out."""
    names = [_plain(cell.text) for cell in found[0]] if found else []
    body = [[" ".join(cell.text.split()) for cell in row] for row in found[1:] if len(row) == len(names)]
    if len(names) < 2 or len(body) < 4 or len(body) < 0.9 * (len(found) - 1) or not all(names):
        return None
    columns = list(zip(*body, strict=True))
    lengths = [sum(len(cell.split()) for cell in column) for column in columns]
    said = max(range(len(names)), key=lengths.__getitem__)
    if lengths[said] < 3 * len(body) or lengths[said] * 2 < sum(lengths):
        return None
    people = [at for at, column in enumerate(columns) if at != said and _are_names(column)]
    told = [at for at in people if _speaks(names[at])]
    people = told or (people if _speaks(names[said]) else [])
    if len(people) != 1:
        return None
    others = [at for at in range(len(names)) if at not in (said, people[0])]
    clocks = [at for at in others if all(_is_clock(cell) for cell in columns[at] if cell) and any(columns[at])]
    found_columns = {"speaker": people[0], "text": said} | dict(zip(("start", "end"), clocks, strict=False))
    return _Shape(delimiter, found_columns, {column: names[at] for column, at in found_columns.items()}, 1)


def _are_names(cells: Sequence[str]) -> bool:
    """Short and in capitals at their beginnings, nearly every row has one, and most come again."""
    filled = [cell.rstrip(" :") for cell in cells if cell]
    shaped = all(_LABEL.fullmatch(cell) and len(cell.split()) <= 6 and not cell[0].islower() for cell in filled)
    return shaped and len(filled) >= 0.9 * len(cells) and 2 <= len(set(filled)) <= len(filled) / 2


def _speaks(header: str) -> bool:
    """The header holds a word of speaking: "Who said it", "Person speaking"."""
    return bool(_SPEAKING & set(header.split()))


def _of_names(found: Sequence[Sequence[Cell]], delimiter: str, first: int) -> _Shape | None:
    width = len(found[0]) if found else 0
    if len(found) < 3 or width not in (2, 3, 4) or any(len(row) != width for row in found):
        return None
    clocks = [at for at in range(width) if all(_is_clock(row[at].text) for row in found)]
    rest = [at for at in range(width) if at not in clocks]
    if len(rest) != 2:
        return None
    who, said = rest
    labels = [" ".join(row[who].text.split()) for row in found]
    texts = [row[said].text for row in found]
    named = all(_LABEL.fullmatch(label) and len(label.split()) <= 6 and label[0].isupper() for label in labels)
    again = len(set(labels)) < len(labels) if clocks else len(found) > 3 and len(set(labels)) * 2 <= len(labels)
    if not named or not again or sum(len(text.split()) for text in texts) < 3 * len(found):
        return None
    if delimiter == "," and any(text.startswith(" ") for text in texts):  # a sentence with a comma
        return None
    return _Shape(
        delimiter, {"speaker": who, "text": said} | dict(zip(("start", "end"), clocks, strict=False)), {}, first
    )


def _is_clock(text: str) -> bool:
    return seconds(text) is not None and any(mark in text for mark in ":.,")
