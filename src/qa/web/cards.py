"""An answer as HTML: the chat's plain line, and the numbered cards of its citations.

`gr.HTML` puts in the page what it is given, handlers and all; so every byte that comes from a
transcript or a question passes through `html.escape` here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from qa.export import doubt
from qa.types import Answer, Citation
from qa.web.wording import clock, day, joined, place, source, transcript_address

SEARCHING = '<p class="qa-hint">Searching the transcripts …</p>'
NOTHING_YET = '<p class="qa-hint">The quotations behind an answer appear here.</p>'

REASONS = {
    "not-said": "The transcripts were searched, and the words asked for are not in them.",
    "unknown-speaker": "Nobody of that name speaks in these transcripts.",
    "ambiguous-speaker": "Several people in these transcripts bear that name. Tell which one you mean.",
    "off-topic": "The question is not about anything in these transcripts.",
    "empty-index": "There are no transcripts here yet. Add some with: qa index FOLDER",
    "empty-question": "There was no question.",
    "never-spoke": "The transcripts name this person, but hold no words of theirs.",
    "instruction": "This page answers questions about what people said, and nothing else.",
}

_SURENESS = ((0.9, "very sure"), (0.75, "fairly sure"), (0.5, "rather sure"), (0.0, "unsure"))


Link = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class Way:
    """How to get to a citation from elsewhere.

    Attributes:
        link: the permanent link, unescaped, to a citation of the answer; None for none.
        cite: the place of the citation that a link led to, as `wording.place` writes it; "" for none.
    """

    link: Link | None = None
    cite: str = ""


def answer_html(answer: Answer, way: Way | None = None, linked: Citation | None = None) -> str:
    """Everything that stands beside the chat for one answer.

    Args:
        linked: the citation that a link led to, where the answer does not hold it (any more).
    """
    way = way or Way()
    said = _heading(answer) + _cards(answer.citations, way, numbered=True) if answer.found else _refusal(answer)
    others = _others(answer, way) if answer.elsewhere else ""
    first = _linked(linked, way) if linked is not None else ""
    return f'<section class="qa-answer" aria-label="Quotations">{first}{said}{others}</section>'


def chat_text(text: str) -> str:
    """Text for the chat, in which no HTML takes effect.

    Gradio 6.31 puts a message in the page as (sanitised) HTML even with `render_markdown=False`: an image
    is fetched, `<b>` is bold. Text that reads the same as HTML is left alone, for screen readers get the
    message as it is sent: "R&D" must not become "R&amp;D" there.
    """
    return text if "<" not in text and unescape(text) == text else escape(text, quote=False)


def status_html(words: str) -> str:
    """A line that screen readers say aloud when it changes."""
    return f'<p role="status" class="qa-status">{escape(words)}</p>'


def typed_text(shown: str, before: str) -> str:
    """What a visitor meant by editing a message: `chat_text` undone where the message had been changed by it.

    Args:
        shown: the text after editing.
        before: the message as it was sent to the chat.
    """
    return unescape(shown) if before != unescape(before) else shown


def error_html(message: str) -> str:
    """What stands beside the chat when a question was refused."""
    return f'<div class="qa-nothing" role="alert"><h2>No answer</h2><p class="qa-plain">{escape(message)}</p></div>'


def confidence_words(answer: Answer) -> str:
    """The confidence in words and percent: of the answer, or of the best that was turned down."""
    share = min(max(answer.confidence, 0.0), 1.0)
    if not answer.found:
        return f"The nearest words found had a chance of {_percent(share)} of being an answer."
    word = next(word for least, word in _SURENESS if share >= least)
    return f"Confidence: {word} ({_percent(share)})"


def _percent(share: float) -> str:
    """Whole percents that never claim to be certain."""
    if share < 0.01:
        return "under 1%"
    return "over 99%" if share > 0.99 else f"{share:.0%}"


def _heading(answer: Answer) -> str:
    understood = ""
    if answer.standalone and answer.standalone != answer.question:
        understood = f'<p class="qa-modest">Understood as: {escape(answer.standalone)}</p>'
    title = "Said, word for word" if answer.citations else "From what the transcripts tell of themselves"
    return f'<h2>{title}</h2>{understood}<p class="qa-modest">{escape(confidence_words(answer))}</p>'


def _refusal(answer: Answer) -> str:
    reason = REASONS.get(answer.reason or "", "")
    chance = confidence_words(answer) if answer.reason == "not-said" else ""
    # the lines after the first quote others; those stand below, under their own heading
    plain = answer.text.split("\n", 1)[0] if answer.elsewhere else answer.text
    return (
        '<div class="qa-nothing"><h2>No answer</h2>'
        f'<p class="qa-plain" dir="auto">{escape(plain)}</p>'
        f'<p class="qa-modest">{escape(f"{reason} {chance}".strip())}</p></div>'
    )


def _others(answer: Answer, way: Way) -> str:
    """Words that are not the answer, set apart so that nobody takes them for it."""
    asked = " or ".join(answer.understood.speakers)
    whose = f"not by {escape(asked)}" if asked else "not an answer to the question"
    return (
        f'<section class="qa-others" aria-label="Said by others"><h2>Said by others, {whose}</h2>'
        f"{_cards(answer.elsewhere, way, numbered=not answer.found)}</section>"
    )


def _linked(citation: Citation, way: Way) -> str:
    return (
        f'<section class="qa-linked"><h2>The words linked to</h2>{_cards((citation,), way, numbered=False)}</section>'
    )


def _cards(citations: tuple[Citation, ...], way: Way, *, numbered: bool) -> str:
    """`numbered` where the answer's text counts these citations with its [1] marks."""
    items = "".join(card(c, number=n if numbered else None, way=way) for n, c in enumerate(citations, 1))
    return f'<ol class="qa-cards">{items}</ol>'


def card(citation: Citation, *, number: int | None, way: Way | None = None) -> str:
    """One citation as a list item: who, when, where, the words between their neighbours, the way back."""
    way = way or Way()
    mark = f'<span class="qa-number">[{number}]</span> ' if number else ""
    said_at = clock(citation.start_s)
    meta = joined(day(citation.date), escape(citation.place or ""), f"at {said_at}" if said_at else "")
    links = joined(
        f'<a class="qa-read" href="{escape(transcript_address(citation))}" target="_blank">Read in the transcript</a>',
        source(citation.source, citation.quote),
        f'<a class="qa-link" href="{escape(way.link(citation))}">Link to these words</a>' if way.link else "",
    )
    here = ' aria-current="true"' if way.cite == place(citation) else ""
    return (
        f'<li class="qa-card"{here}><h3>{mark}{_who(citation)}</h3>'
        f'<p class="qa-meta">{meta}</p>'
        f'<blockquote dir="auto">{_near(citation.before)}<mark><q>{escape(citation.quote)}</q></mark>'
        f"{_near(citation.after)}</blockquote>"
        f'<p class="qa-title" dir="auto">{escape(citation.title)}</p><p class="qa-links">{links}</p></li>'
    )


def _who(citation: Citation) -> str:
    if not citation.speaker:
        return '<span class="qa-name">The page itself</span>'
    role = f'<span class="qa-role">, {escape(citation.role)}</span>' if citation.role else ""
    return f'<span class="qa-name">{escape(citation.speaker)}</span>{role}{doubt_html(citation)}'


def doubt_html(citation: Citation) -> str:
    """The mark that who speaks is a guess."""
    return f'<span class="qa-role qa-doubt">{doubt(citation)}</span>' if citation.uncertain else ""


def _near(words: str) -> str:
    return f' <span class="qa-near">{escape(words)}</span> ' if words else ""
