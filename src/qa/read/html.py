"""Saved web pages with a transcript or an interview in them.

Pages of kremlin.ru have a reader of their own (`qa.read.kremlin_html`); a page that is one long <pre> is read
as the text it is; of all others `qa.read.html_turns` finds out who speaks and where speech ends.

Source: HTML as browsers read it (html.spec.whatwg.org); the classes are those that sites use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from qa import words
from qa.errors import ReadError
from qa.read import congress, court, headed, kremlin_html, labelled, screenplay
from qa.read.cast import with_roles
from qa.read.dom import (
    HEADINGS,
    Block,
    Element,
    ancestors,
    blocks_of,
    decode_html,
    looks_like_html,
    parse_html,
    squeeze,
)
from qa.read.fuller import with_page_names
from qa.read.html_boxes import boxes_of
from qa.read.html_cast import fields_of, without_cast
from qa.read.html_ends import end_of_speech
from qa.read.html_lines import Lines
from qa.read.html_turns import labels_of
from qa.read.labels import Label
from qa.read.page_facts import date_of, title_of
from qa.read.presided import with_chairs
from qa.read.source import File
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Transcript

_TEXTS: tuple[tuple[Callable[[File], bool], Callable[[File, str], Transcript]], ...] = (
    (screenplay.detect, screenplay.parse),
    (court.detect, court.parse), (congress.detect, congress.parse), (headed.detect, headed.parse),
    (labelled.detect, labelled.parse),
)  # fmt: skip


def detect(file: File) -> bool:
    """It begins with tags of HTML."""
    return looks_like_html(file)


def parse(file: File, transcript_id: str) -> Transcript:
    """Read a page.

    Raises:
        ReadError: too large, or nobody is named in it as speaking.
    """
    text, lost = decode_html(file)
    root = parse_html(text, file)
    if lost:
        file.problems.append(f"{lost} characters could not be decoded")
    if kremlin_html.detect(root):
        return kremlin_html.parse(root, file, transcript_id)
    if (plain_text := _preformatted(root)) is not None:
        return _as_text(plain_text, file, transcript_id)
    return _generic(root, file, transcript_id)


def _preformatted(root: Element) -> str | None:
    """The text of a page that is one long <pre>, as records of parliaments and courts are."""
    pres = list(root.iter("pre"))
    text = "\n".join("".join(pre.itertext()) for pre in pres)
    if not pres:
        return None
    return text if len(squeeze(text)) > 0.6 * sum(len(block.text) for block in blocks_of(root)) else None


def _as_text(text: str, file: File, transcript_id: str) -> Transcript:
    inner = File(file.path, text=text)
    for detect_text, parse_text in _TEXTS:
        if detect_text(inner):
            return without_pieces(parse_text(inner, transcript_id), "html")
    raise ReadError(file.path, "no speaker labels found in the page.", remedy="Save the page with its transcript.")


def without_pieces(one: Transcript, format: str) -> Transcript:
    """The transcript without a way into a text that is not the file's own."""
    return replace(
        one,
        turns=tuple(replace(turn, pieces=()) for turn in one.turns),
        page=tuple(replace(part, pieces=()) for part in one.page),
        source_text=None,
        format=format,
    )


# ------------------------------------------------------------------ any page


def _generic(root: Element, file: File, transcript_id: str) -> Transcript:
    blocks = blocks_of(root)
    page = Lines(blocks, file.path)
    found = labels_of(page)
    if not found:
        raise ReadError(file.path, "no speaker labels found in the page.", remedy="Save the page with its transcript.")
    found = without_cast(found, page)
    page.boxes = boxes_of(found, page)
    first, (top, stop) = found[0].line, end_of_speech(found, page)
    told = _page(root, [page.block(line) for line in page.rows if line < first], top)
    kept = {part.text for part in told}
    dropped = [line.text for line in page.lines[:first] if line.text and line.text not in kept]
    own = [*(part.text for part in told), *fields_of(page, first)]
    own += [page.block(row).text for row in page.rows if _is_own(page, row, first, stop)]
    found, presided = with_chairs(found, page.lines)
    found = with_page_names(found, own)
    if stop < len(page.lines):
        found = [*found, Label(stop, "Break", page.lines[stop].start)]
    turns, people = build_turns(
        page.source, page.lines, found, evidence="\n".join(part.text for part in told), dropped=dropped,
        furniture=lambda row: row in presided or page.is_aside(row),
    )  # fmt: skip
    if not turns:
        raise ReadError(
            file.path, "speakers are named, but no words follow.", remedy="Save the page with its transcript."
        )
    people = with_roles(people, own)
    title = next((part.text for part in told if part.kind is PageKind.TITLE), transcript_id)
    one = Transcript(
        id=transcript_id, title=title, turns=turns, people=people, page=told,
        date=next((part.text for part in told if part.kind is PageKind.DATE), None),
        language=words.language_of(" ".join(turn.text[:1000] for turn in turns[:5])),
        source=str(Path(file.path).absolute()), dropped=tuple(dropped),
    )  # fmt: skip
    return without_pieces(one, "html")


def _is_own(page: Lines, row: int, first: int, stop: int) -> bool:
    """Words of the page itself: before the first speaker, and headings between two."""
    return row < first or (row < stop and page.is_aside(row))


# ------------------------------------------------------------------ the page's own words


def _page(root: Element, before: Sequence[Block], top: Element) -> tuple[PageText, ...]:
    title = title_of(root)
    found = [PageText(PageKind.TITLE, title)] if title else []
    if day := date_of(root, [title, *(block.text for block in before)]):
        found.append(PageText(PageKind.DATE, day))
    for block in before:
        told = top in ancestors(block.element) and block.tag not in HEADINGS and not block.is_links
        if told and len(block.text) > 40 and block.text != title:
            found.append(PageText(PageKind.NOTE, block.text))
    return tuple(found)
