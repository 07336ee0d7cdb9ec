"""Word documents (.docx): exports of Teams and the like, `Name: words`, tables of hearings.

Headers, footers, footnotes, comments and tracked deletions are not read, insertions are. The archive is
opened within bounds, and its XML by `markup`, so nothing is fetched and nothing expands.

Source: ECMA-376 (WordprocessingML), parts 1 and 2.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.errors import ReadError
from qa.read import table
from qa.read.assemble import facts_of
from qa.read.bold_questions import Set, read_questions
from qa.read.cast import lists_people
from qa.read.day import iso_day
from qa.read.labels import candidate, opens_text
from qa.read.markup import Element, local, parse_xml
from qa.read.prose import ends_record, head, read_lines, unanchored
from qa.read.source import File, Line
from qa.types import PageKind, Transcript

_MAX_PART = 64 * 2**20  # bytes of the document's XML, unpacked
_MAX_ENTRIES = 20_000
_HEAD = 40  # paragraphs before the talk among which who takes part may be listed
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    """del moveFrom delText instrText Fallback footnoteReference endnoteReference commentReference pPr rPr sectPr
    tblPr trPr tcPr sdtPr sdtEndPr fldData ruby pict object AlternateContent drawing annotationRef""".split()
)
_HEADING = re.compile(r"(?i)(?:heading|title|subtitle|toc|caption|berschrift|titre|ttulo|titolo)\w*")
_TIME = re.compile(r"\s*[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s*(?:\n|$)")
_QUESTION_NUMBER = re.compile(r"^Q\d{1,4}\.?\s+(?=\S)")
_SPACE_ATTRIBUTES = ("val", f"{_W}val")


@dataclass(slots=True)
class _Paragraph:
    """One paragraph.

    Attributes:
        bold: how many of its first characters are bold.
        heading: its style is that of a heading.
        boxed: it stands in a text box.
    """

    text: str
    bold: int = 0
    heading: bool = False
    boxed: bool = False


def detect(file: File) -> bool:
    """A zip archive with a Word document in it, by its directory."""
    return file.data.startswith(b"PK\x03\x04") and b"word/document" in file.data


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the document's tables of speech, else its paragraphs.

    Raises:
        ReadError: damaged, too large when unpacked, encrypted, or nobody is named in it.
    """
    document = File(file.path, _document(file))
    root = parse_xml(document)
    file.problems.extend(document.problems)
    file.broken = document.broken
    body = next(root.iter("{*}body"), None)
    if body is None:
        raise ReadError(file.path, "is a Word file without a text.", remedy="Save it again as .docx.")
    blocks = list(_blocks(body))
    speech = _speech_tables(blocks)
    if speech:
        plain = File(file.path, text=_as_csv([blocks[n] for n in speech]))
        one = table.parse(plain, transcript_id, sure=True, told=_told(blocks[: speech[0]]))
        return _around(unanchored(one, "docx"), blocks, speech)
    paragraphs: list[_Paragraph] = []
    for block in blocks:
        if isinstance(block, _Paragraph):
            paragraphs.append(block)
        else:
            paragraphs.extend((_before_speech(paragraphs) and _cast(block)) or _flat(block))
    aside: list[str] = []
    try:
        one = read_lines(_lines(paragraphs, aside), file, transcript_id, "docx")
    except ReadError:
        interview = read_questions(_set(paragraphs), file, transcript_id, "docx", "\n")
        if interview is None:
            raise
        one, aside = interview, []
    return replace(one, dropped=(*one.dropped, *aside))


# ------------------------------------------------------------------ the archive


def _document(file: File) -> bytes:
    """The XML of the main part, unpacked within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MAX_ENTRIES:
                raise ReadError(
                    file.path, f"is an archive of {len(entries):,} parts.", remedy="Save it again as .docx."
                )
            names = [entry for entry in entries if re.fullmatch(r"word/document\d*\.xml", entry.filename)]
            if not names:
                raise ReadError(file.path, "is no Word file: it has no text part.", remedy="Save it again as .docx.")
            entry = names[0]
            if entry.flag_bits & 1:
                raise ReadError(file.path, "is encrypted.", remedy="Remove its password and save it again.")
            with archive.open(entry) as part:
                data = part.read(_MAX_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError(
            file.path, f"is a damaged Word file ({error or type(error).__name__}).", remedy="Save it again as .docx."
        ) from error
    if len(data) > _MAX_PART:
        raise ReadError(
            file.path, f"unpacks to more than {_MAX_PART // 2**20} MiB of text.", remedy="Split the document."
        )
    return data


# ------------------------------------------------------------------ blocks


_Table = list[list[list[_Paragraph]]]


def _blocks(body: Element) -> Iterator[_Paragraph | _Table]:
    """Paragraphs and tables in order; content controls and the like are looked through."""
    stack = [iter(body)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = local(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield _table(child)
        elif name not in _SKIPPED and name:
            stack.append(iter(child))


def _table(element: Element) -> _Table:
    rows = []
    for row in element.iter(f"{_W}tr"):
        if row.getparent() is not element and local(row.getparent()) not in ("sdtContent", "ins", "customXml"):
            continue  # of a table inside a cell
        cells = []
        for cell in row.iter(f"{_W}tc"):
            if next((one for one in cell.iterancestors(f"{_W}tr")), None) is row:
                cells.append([part for p in cell.iter(f"{_W}p") for part in _paragraph(p) if not part.boxed])
        if row.find(f"{_W}trPr/{_W}del") is None:
            rows.append(cells)
    return rows


def _before_speech(paragraphs: list[_Paragraph]) -> bool:
    """Nothing that stands before looks like a label, but fields such as "Date:"."""
    return len(paragraphs) <= _HEAD and not any(
        (label := candidate(0, Line(1, 0, len(one.text), one.text))) and not opens_text(label.text)
        for one in paragraphs
    )


def _cast(rows: _Table) -> list[_Paragraph]:
    """A table of who takes part, names beside their offices, as lines "Nora Ekdal, Mayor"; else nothing."""
    texts = [[" ".join(part.text for part in cell if part.text) for cell in row] for row in rows]
    return [_Paragraph(", ".join(row)) for row in texts] if lists_people(texts) else []


def _flat(rows: _Table) -> Iterator[_Paragraph]:
    """A table that is no table of speech: of one column it is layout, else it is no running text."""
    if all(len(row) <= 1 for row in rows):
        yield from (paragraph for row in rows for cell in row for paragraph in cell)
        return
    for row in rows:
        text = " ".join(paragraph.text for cell in row for paragraph in cell if paragraph.text)
        yield _Paragraph(" ".join(text.split()), boxed=True)


def _paragraph(element: Element) -> Iterator[_Paragraph]:
    """The paragraph, then the paragraphs of text boxes that hang on it."""
    parts: list[tuple[str, bool]] = []
    boxes: list[Element] = []
    heading = bool(_HEADING.fullmatch(_value(element.find(f"{_W}pPr/{_W}pStyle")) or ""))
    stack = [(iter(element), False)]
    while stack:
        children, bold = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            continue
        name = local(child)
        if name == "t":
            parts.append((child.text or "", bold))
        elif name in ("tab", "ptab"):
            parts.append(("\t", bold))
        elif name in ("br", "cr"):
            if (child.get(f"{_W}type") or "textWrapping") == "textWrapping":
                parts.append(("\n", bold))
        elif name == "noBreakHyphen":
            parts.append(("-", bold))
        elif name in ("AlternateContent", "drawing", "pict", "object"):
            boxes.extend(_boxes(child))
        elif name == "r":
            if not _on(child.find(f"{_W}rPr/{_W}vanish")):
                stack.append((iter(child), _on(child.find(f"{_W}rPr/{_W}b"))))
        elif name and name not in _SKIPPED:
            stack.append((iter(child), bold))
    text = "".join(part for part, _ in parts)
    first = next((n for n, (part, bold) in enumerate(parts) if part.strip() and not bold), len(parts))
    lead = len(text) - len(text.lstrip())
    yield _Paragraph(text.strip(), max(0, sum(len(part) for part, _ in parts[:first]) - lead), heading)
    for box in boxes:
        for inner in box.iter(f"{_W}p"):
            yield from (replace(part, boxed=True) for part in _paragraph(inner) if not part.boxed)


def _boxes(element: Element) -> list[Element]:
    """The text boxes of a drawing, each once: the fallback for older programs repeats them."""
    found = []
    for box in element.iter("{*}txbxContent"):
        above = {local(one) for one in box.iterancestors()}
        if "Fallback" not in above and sum(local(one) == "txbxContent" for one in box.iterancestors()) == 0:
            found.append(box)
    return found


def _value(element: Element | None) -> str | None:
    if element is None:
        return None
    return next((str(value) for name in _SPACE_ATTRIBUTES if (value := element.get(name)) is not None), None)


def _on(switch: Element | None) -> bool:
    """A property that is there and not switched off."""
    return switch is not None and _value(switch) not in ("0", "false", "off", "none")


# ------------------------------------------------------------------ tables


def _speech_tables(blocks: list[_Paragraph | _Table]) -> list[int]:
    """Which blocks are tables of names and words; one of the same width after such a table goes on with it."""
    found: list[int] = []
    width = 0
    for n, block in enumerate(blocks):
        if isinstance(block, list) and (rows := _plain_rows(block)):
            size = max(map(len, rows))
            if (found and size == width) or table.is_speech(rows):
                found.append(n)
                width = size
    return found


def _plain_rows(block: _Table) -> list[list[str]]:
    return [row for row in ([_cell(cell) for cell in cells] for cells in block) if any(row)]


def _as_csv(tables: list[_Paragraph | _Table]) -> str:
    """The tables of speech as one CSV text; a header that comes again is left out."""
    rows = [row for block in tables if isinstance(block, list) for row in _plain_rows(block)]
    width = max(map(len, rows))
    out = io.StringIO()
    kept = [row for n, row in enumerate(rows) if n == 0 or row != rows[0]]
    csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in kept)
    return out.getvalue()


def _cell(cell: list[_Paragraph]) -> str:
    return "\n".join(" ".join(line.split()) for part in cell for line in part.text.split("\n") if line.strip())


def _told(blocks: list[_Paragraph | _Table]) -> list[str]:
    """The lines that stand before the tables, a table of who takes part among them."""
    parts = [[block] if isinstance(block, _Paragraph) else _cast(block) or list(_flat(block)) for block in blocks]
    return [line.strip() for part in parts for one in part for line in one.text.split("\n") if line.strip()]


def _around(one: Transcript, blocks: list[_Paragraph | _Table], speech: list[int]) -> Transcript:
    """What stands before the tables is the page's own words; what stands between and after them is left out."""
    dropped: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for n, block in enumerate(blocks):
        if n not in speech:
            parts = [block] if isinstance(block, _Paragraph) else list(_flat(block))
            lines = [line for part in parts for line in part.text.split("\n") if line.strip()]
            (before if n < speech[0] else after).extend(lines)
    page = (*head(before, dropped), *one.page)
    facts = facts_of(page)
    return replace(
        one,
        page=page,
        title=facts.get(PageKind.TITLE, one.title),
        date=one.date or iso_day(facts.get(PageKind.DATE, "")),
        dropped=(*dropped, *one.dropped, *after),
    )


# ------------------------------------------------------------------ paragraphs


def _lines(paragraphs: list[_Paragraph], aside: list[str]) -> list[str]:
    """The paragraphs as lines of text, each followed by an empty one; labels in bold get their colon.

    Text boxes, and headings that name nobody once the text has begun, go to `aside`.
    """
    labels = _bold_labels(paragraphs)
    found: list[str] = []
    begun = False
    for paragraph in paragraphs:
        bold, text = _begins_bold(paragraph)
        if not text:
            continue
        named = (
            bold in labels
            or text.endswith(":")
            or ends_record(text)
            or (begun and _is_label(text.rstrip(":")) and ":" in text)
        )
        if paragraph.boxed or (paragraph.heading and begun and not named):
            aside.append(" ".join(text.split()))
            continue
        if bold in labels:
            text = f"{bold}: {'' if paragraph.heading else text[paragraph.bold - _number(paragraph) :].strip()}"
        begun = begun or not paragraph.heading
        found.extend((*text.split("\n"), ""))
    return found


def _set(paragraphs: list[_Paragraph]) -> list[Set]:
    """The paragraphs, each followed by an empty line, for an interview whose questions are bold."""
    texts = [one for one in paragraphs if one.text and not one.boxed]
    shown = [Set(" ".join(one.text.split()), one.heading or one.bold >= len(one.text)) for one in texts]
    return [line for one in shown for line in (one, Set(""))]


def _number(paragraph: _Paragraph) -> int:
    """Characters of the question's number before the label: "Q45 Chair:"."""
    match = _QUESTION_NUMBER.match(paragraph.text)
    return match.end() if match else 0


def _begins_bold(paragraph: _Paragraph) -> tuple[str, str]:
    """The bold beginning (all of it, for a heading) and the whole text, both without a question's number."""
    text = paragraph.text[_number(paragraph) :]
    size = len(text) if paragraph.heading else max(0, paragraph.bold - _number(paragraph))
    return " ".join(text[:size].split()), text


def _bold_labels(paragraphs: list[_Paragraph]) -> set[str]:
    """Bold beginnings that name who speaks without a colon, by coming again."""
    found: list[str] = []
    colons = 0
    for paragraph in paragraphs:
        bold, text = _begins_bold(paragraph)
        if _TIME.match(text[paragraph.bold - _number(paragraph) :]):
            return set()  # "Nora Ekdal   0:12": the time tells who speaks
        if bold.endswith(":") or text[len(bold) : len(bold) + 1] == ":":
            colons += 1
        elif 0 < len(bold.split()) <= 6 and bold[-1] not in ".!?,;:" and not paragraph.boxed and _is_label(bold):
            found.append(bold)
    counts = Counter(found)
    again = {label for label, count in counts.items() if count > 1}
    if not again or colons >= len(found):
        return set()
    first = next(n for n, label in enumerate(found) if label in again)  # before it stands the title
    most = sum(counts[label] for label in again) * 2 >= len(found)
    return set(found[first:]) if most else again


def _is_label(text: str) -> bool:
    line = f"{text}: so"
    return candidate(0, Line(1, 0, len(line), line)) is not None
