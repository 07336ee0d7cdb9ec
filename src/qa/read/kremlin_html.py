"""Event pages of kremlin.ru and en.kremlin.ru as saved from a browser.

    h1.entry-title  div.read__lead  time.read__published  div.read__time  div.read__place
    div.read__internal_content[itemprop=articleBody]   paragraphs, labels in <b>
    div.read__tags (topics, persons), div.read__bottommeta (publication)

Source: the classes of the site's pages since 2015 (microformats h-entry and schema.org); nothing is published
about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qa import words
from qa.errors import ReadError
from qa.read import kremlin_words as kw
from qa.read.dom import Element, blocks_of, names_of, squeeze, text_of
from qa.read.kremlin import Captions, others_present, with_full_names
from qa.read.labels import find_labels
from qa.read.source import File, Source
from qa.read.turns import build_turns
from qa.types import PageKind, PageText, Transcript

_BODY = ("read__internal_content", "articlebody")
_NO_SPEECH = re.compile(
    r"read__(?:bottommeta|tags|social|share|meta|top|lead|gallery|photo|video|also|see)|masha-ignore|slider|gallery|caption"
    r"|photo|player|(?:^|\s)read__also|related"
)


def detect(root: Element) -> bool:
    """It has the site's own classes around title and text."""
    return _one(root, *_BODY) is not None and _one(root, "entry-title", "read__published", "read__place") is not None


def parse(root: Element, file: File, transcript_id: str) -> Transcript:
    """Read a page.

    Raises:
        ReadError: the page has no spoken words.
    """
    body = _one(root, *_BODY)
    if body is None:
        raise ReadError(file.path, "the page has no text.", remedy="Use the page with its transcript.")
    skip = [one for one in body.iter() if isinstance(one.tag, str) and one is not body and _is_no_speech(one)]
    blocks = [block for block in blocks_of(body, skip=skip) if block.tag not in ("h1", "figcaption")]
    source = Source("\n".join(block.text for block in blocks), file.path)
    lines = source.lines
    page = _page(root)
    known = [part.text for part in page if part.kind is PageKind.PERSONS]
    title = next((part.text for part in page if part.kind is PageKind.TITLE), transcript_id)
    tail = next((n for n, line in enumerate(lines) if kw.is_tail(line.text)), len(lines))
    found = find_labels(lines[:tail], known=[*known, title])
    if not found:
        raise ReadError(file.path, "the page has no spoken words.", remedy="Use the page with its transcript.")
    before = [line.text for line in lines[: found[0].line]]
    found = with_full_names(found, known, [*(part.text for part in page), *before])
    page += _report(before)
    dropped = [*(text for text in before if not any(text == part.text for part in page)),
               *(line.text for line in lines[tail:]), *(text for one in skip if (text := text_of(one)))]  # fmt: skip
    captions = Captions(lines[:tail], [label.text for label in found], [*known, title])
    turns, people = build_turns(
        source, lines[:tail], found, known=known, evidence="\n".join(part.text for part in page), dropped=dropped,
        furniture=captions.is_furniture,
    )  # fmt: skip
    facts = {part.kind: part.text for part in reversed(page)}
    return Transcript(
        id=transcript_id, title=title, turns=tuple(replace(turn, pieces=()) for turn in turns),
        people=(*people, *others_present(page, people)), page=tuple(page),
        date=_date(root) or kw.iso(facts.get(PageKind.DATE)), time=facts.get(PageKind.TIME),
        place=facts.get(PageKind.PLACE), language=words.language_of(" ".join(turn.text[:1000] for turn in turns[:5])),
        source=str(Path(file.path).absolute()), format="kremlin-html", dropped=tuple(dropped),
    )  # fmt: skip


def _one(root: Element, *names: str) -> Element | None:
    """The first element that has one of the names among its classes, ids and properties."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.attrib and set(names_of(element).split()) & set(names):
            return element
    return None


def _is_no_speech(element: Element) -> bool:
    return bool(element.get("class")) and bool(_NO_SPEECH.search(names_of(element)))


def _page(root: Element) -> list[PageText]:
    """Title, summary, day, time, place, topics and persons from the elements that hold them."""
    found: list[PageText] = []
    for kind, names in (
        (PageKind.TITLE, ("entry-title",)), (PageKind.SUMMARY, ("read__lead", "entry-summary")),
        (PageKind.DATE, ("read__published", "datepublished")), (PageKind.TIME, ("read__time",)),
        (PageKind.PLACE, ("read__place", "p-location")),
    ):  # fmt: skip
        element = _one(root, *names)
        text = text_of(element) if element is not None else ""
        if text and kind is PageKind.DATE and (match := kw.DATE.match(text)) and match["time"]:
            found.append(PageText(PageKind.TIME, match["time"]))
            text = text[: match.start("time")].rstrip(" ,–—-")
        if text and not (kind is PageKind.TIME and any(part.kind is kind for part in found)):
            found.append(PageText(kind, text))
    for element in root.iter("a"):
        href, text = element.get("href") or "", text_of(element)
        around = " ".join(names_of(one) for one in element.iterancestors())
        if text and ("read__tags" in around or "p-category" in around):
            kind = PageKind.PERSONS if re.search(r"/persons/", href) else PageKind.TOPICS
            if not re.search(r"/(?:geo|regions?|countr)", href) and PageText(kind, text) not in found:
                found.append(PageText(kind, text))
    return found


def _report(paragraphs: Iterable[str]) -> list[PageText]:
    """What the page itself says before anybody speaks."""
    found = []
    for text in paragraphs:
        if len(text) > 40 and text[-1] in ".!?»”":
            found.append(PageText(PageKind.ATTENDANCE if kw.ATTENDED.search(text) else PageKind.SUMMARY, text))
    return found


def _date(root: Element) -> str | None:
    element = _one(root, "read__published", "datepublished")
    stamp = squeeze(element.get("datetime") or "") if element is not None else ""
    return stamp[:10] if re.match(r"\d{4}-\d{2}-\d{2}", stamp) else None
