"""Small pieces of text that every page of the web door needs, safe to stand in HTML."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import PurePath
from urllib.parse import quote, urlencode, urlsplit

from qa.types import Citation

WORDS_ID = "words"
"""The fragment of a transcript page that stands at the marked words."""
_FRAGMENT_WORDS = 12  # most words of a text fragment written out


def day(iso: str | None) -> str:
    """`2017-10-12` as an escaped `<time>` reading "12 October 2017"; anything else as escaped text."""
    if not iso:
        return ""
    try:
        at = date.fromisoformat(iso)
    except ValueError:
        return escape(iso)
    return f'<time datetime="{at.isoformat()}">{at.day} {at:%B} {at.year}</time>'


def clock(seconds: float | None) -> str:
    """Media seconds as "1:02:03" or "2:03"; "" for None and for what is no time."""
    if seconds is None or not 0 <= seconds < 1e7:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def joined(*parts: str | None) -> str:
    """The parts that are not empty, with a middle dot between them; they must be escaped already."""
    return " · ".join(part for part in parts if part)


def source(address: str | None, words: str = "") -> str:
    """Where a transcript came from, as HTML: a link for http(s), else the bare name of the file.

    A file's folders are left out: they say something about the server, nothing about the words.

    Args:
        words: what the browser is to look for and mark there; "" for nothing.
    """
    if not address:
        return ""
    if is_web_address(address):
        return (
            f'<a href="{escape(address + text_fragment(address, words))}" target="_blank" rel="noopener noreferrer">'
            f"Source: {escape(urlsplit(address).netloc)}</a>"
        )
    return f"Source: {escape(PurePath(address.replace(chr(92), '/')).name or address)}"


def text_fragment(address: str, words: str) -> str:
    """What to add to a web address so that a browser marks the words there; "" for no words.

    Long words are named by their beginning and end, which may then stand in different paragraphs.

    Source: URL Fragment Text Directives, WICG, https://wicg.github.io/scroll-to-text-fragment/
    """
    found = words.split()
    if not found:
        return ""
    ends = [found] if len(found) <= _FRAGMENT_WORDS else [found[:5], found[-5:]]
    directive = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{'' if '#' in address else '#'}:~:text={directive}"


def is_web_address(address: str) -> bool:
    """True for an http or https address with a host and without blanks or control characters."""
    if re.search(r"[\s\x00-\x1f\x7f]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def transcript_address(citation: Citation) -> str:
    """The relative address, unescaped, of the transcript page that marks exactly the cited words.

    Page citations carry their words instead of a turn: the page's texts have no number of their own.
    """
    span = {"start": citation.start, "end": citation.end}
    place = {"page_words": citation.quote} if citation.turn is None else {"turn": citation.turn}
    return f"{transcript_path(citation.transcript_id)}?{urlencode({**place, **span})}#{WORDS_ID}"


def transcript_path(transcript_id: str) -> str:
    """The relative address of a transcript page; any character may stand in the id."""
    return f"transcript/{quote(transcript_id, safe='')}"


def place(citation: Citation) -> str:
    """Where a citation stands, for an address: turn, first and last character, transcript."""
    turn = "page" if citation.turn is None else citation.turn
    return f"{turn}.{citation.start}.{citation.end}.{citation.transcript_id}"


def placed(cite: str) -> tuple[str, int, int, int] | None:
    """(transcript, turn, start, end) of a place within a turn, or None for any other text."""
    numbers, transcript = cite.split(".", 3)[:3], cite.split(".", 3)[3:]
    if not transcript or not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
        return None
    turn, start, end = map(int, numbers)
    return transcript[0], turn, start, end
