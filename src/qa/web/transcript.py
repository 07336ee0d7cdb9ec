"""One transcript as a page of its own, with the cited words marked. One script of our own, no outside request."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from qa.export import UNCERTAIN
from qa.types import PageText, Transcript, Turn
from qa.web.reader import SCRIPT, SCRIPT_HASH, TOOLS, hues, legend
from qa.web.style import TRANSCRIPT_CSS
from qa.web.wording import WORDS_ID, clock, day, joined, source

CSP = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{SCRIPT_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Which words to mark: characters of a turn, or of the page text that holds these very words.

    Attributes:
        turn: index of the turn; None for the page's own words.
        page: the words of the page, whitespace normalised; "" when a turn is meant.
        start, end: characters in that text.
    """

    turn: int | None = None
    page: str = ""
    start: int = 0
    end: int = 0

    @classmethod
    def from_query(cls, turn: str | None, page: str | None, start: str | None, end: str | None) -> Marked:
        """What an address asks for; what makes no sense marks nothing rather than failing."""
        return cls(turn=_number(turn), page=page or "", start=_number(start) or 0, end=_number(end) or 0)


def transcript_html(transcript: Transcript, marked: Marked | None = None) -> str:
    """The whole page: facts, the page's own words, and every turn under its speaker."""
    wanted = marked or Marked()
    cited = _cited_page_text(transcript, wanted)
    page = "".join(_page_item(text, wanted if n == cited else Marked()) for n, text in enumerate(transcript.page))
    own = f'<section><h2>The page itself</h2><dl class="page">{page}</dl></section>' if page else ""
    colours = hues(transcript)
    numbers = {name: n for n, name in enumerate(colours)}
    tools = f"{legend(transcript)}{TOOLS}" if transcript.turns else TOOLS
    turns = "".join(
        _turn(transcript, turn, wanted, f'data-person="{numbers[turn.speaker]}" style="--h:{colours[turn.speaker]}"')
        for turn in transcript.turns
    )
    language = f' lang="{escape(transcript.language)}"' if transcript.language else ""
    when = joined(
        day(transcript.date), escape(transcript.time or ""), escape(transcript.place or ""),
        source(transcript.source),
    )  # fmt: skip
    return _document(
        transcript.title,
        f'<h1 dir="auto">{escape(transcript.title)}</h1><p class="meta">{when}</p>{own}'
        f"<section><h2>Transcript</h2>{tools}<div{language}>{turns}</div></section>"
        f"<script>{SCRIPT}</script>",
    )


def message_html(title: str, message: str) -> str:
    """A page that says one thing, such as that there is no such transcript."""
    return _document(title, f"<h1>{escape(title)}</h1><p>{escape(message)}</p>")


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{TRANSCRIPT_CSS}</style></head>"
        f'<body><main>{body}</main></body></html>'
    )  # fmt: skip


def _cited_page_text(transcript: Transcript, wanted: Marked) -> int | None:
    """Which page text holds the wanted words in the wanted place, the one that is nothing else first."""
    if wanted.turn is not None or not wanted.page:
        return None
    words = _bare(wanted.page)
    fits = [n for n, t in enumerate(transcript.page) if _bare(t.text[wanted.start : wanted.end]) == words]
    return min(fits, key=lambda n: len(transcript.page[n].text), default=None)


def _page_item(text: PageText, wanted: Marked) -> str:
    shown = _with_mark(text.text, wanted.start, wanted.end)
    return f'<dt>{escape(text.kind.value.capitalize())}</dt><dd dir="auto">{shown}</dd>'


def _turn(transcript: Transcript, turn: Turn, wanted: Marked, person_attributes: str) -> str:
    person = transcript.person(turn.speaker)
    role = f' <span class="role">{escape(person.role)}</span>' if person and person.role else ""
    doubt = f' <span class="role">({UNCERTAIN})</span>' if turn.uncertain else ""
    at = clock(turn.start_s)
    time = f' <span class="role">{at}</span>' if at else ""
    hit = wanted.turn == turn.index
    words = _with_mark(turn.text, wanted.start, wanted.end) if hit else escape(turn.text)
    name = f'<span class="name" dir="auto">{escape(turn.speaker)}</span>{role}{doubt}{time}'
    return (
        f'<article id="turn-{turn.index}" tabindex="-1" {person_attributes}><h3>{name}</h3>'
        f'<p class="words" dir="auto">{_spaced(words)}</p></article>'
    )


def _spaced(words: str) -> str:
    """A little air between paragraphs; the text, and a mark that crosses them, stay in one piece."""
    return words.replace("\n", '<span class="gap">\n</span>')


def _with_mark(text: str, start: int, end: int) -> str:
    """The escaped text with its slice in `<mark>`; a slice outside the text marks nothing."""
    if not 0 <= start < end <= len(text):
        return escape(text)
    before, words, after = text[:start], text[start:end], text[end:]
    return f'{escape(before)}<mark id="{WORDS_ID}">{escape(words)}</mark>{escape(after)}'


def _bare(text: str) -> str:
    return "".join(text.split())


def _number(text: str | None) -> int | None:
    """A plain whole number from an address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
