"""What the tabs share: events without an API endpoint, escaped HTML, choices of people, refusals in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import gradio as gr

from qa.api import problems
from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.export import at_home
from qa.types import Citation, TranscriptInfo
from qa.web.cards import doubt_html
from qa.web.wording import day, joined, transcript_address, transcript_path

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""For an event that no program is to call."""
AT_ONCE: dict[str, Any] = {**PRIVATE, "queue": False, "show_progress": "hidden"}
"""For what takes no time: past the queue."""

_FOLDERS = re.compile(r"(?<![\w/])/(?:[^\s/:\"]+/)+(?=[^\s/])")


def html(value: str = "", elem_id: str | None = None, *, live: bool = False) -> gr.HTML:
    """Escaped HTML in our own style; `live` says its changes to screen readers."""
    return gr.HTML(f'<div role="status">{value}</div>' if live else value, elem_id=elem_id, apply_default_css=False,
                   js_on_load=None)  # fmt: skip


def hint(text: str) -> str:
    return f'<p class="qa-hint">{escape(text)}</p>'


def told(text: str) -> str:
    """What was done, or what is going on: read out when it appears."""
    return f'<p class="qa-told" role="status">{escape(text)}</p>'


def refused(error: BaseException) -> str:
    """A refusal in one line, without the server's folders; what was not foreseen goes to the log."""
    return f'<p class="qa-refused" role="alert">{escape(problems.told(error)[1])}</p>'


def answered(desk: Desk, work: Callable[..., Any], *args: Any, **named: Any) -> dict[str, Any]:
    """For programs: the fields of what a function returns in its turn, without the server's folders.

    Raises:
        gr.Error: it refused, or failed.
    """
    try:
        return asdict(at_home(desk.work(work, *args, **named)))
    except Exception as error:
        raise gr.Error(problems.told(error)[1], print_exception=False) from error


def without_folders(text: str) -> str:
    """A message with its files' bare names: their folders say something about the server alone."""
    return _FOLDERS.sub("", text)


def speakers(assistant: Assistant) -> list[str]:
    """Everybody who has turns, by name."""
    return sorted(person.name for person in assistant.people() if person.n_turns)


def titles(assistant: Assistant) -> list[tuple[str, str]]:
    """(title with date, id) of every transcript, newest first."""
    return [
        (f"{info.title}{f' ({info.date})' if info.date else ''}", info.id) for info in newest(assistant.transcripts())
    ]


def newest(infos: Iterable[TranscriptInfo]) -> list[TranscriptInfo]:
    """Newest first, those without a date last."""
    return sorted(infos, key=lambda info: info.date or "", reverse=True)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; each row's first cell heads the row.

    On a narrow screen the cells stand one below the other, each after its column's head (`qa.web.tabs.look`); the
    roles say what they are all the same, which browsers forget of a table laid out otherwise.
    """
    head = "".join(f'<th scope="col" role="columnheader">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{row[0]}</th>{_cells(heads[1:], row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<div class="qa-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="qa-table" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(heads: Sequence[str], cells: Sequence[str]) -> str:
    return "".join(
        f'<td role="cell" data-head="{escape(head)}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
    )


def transcript_link(transcript_id: str, title: str) -> str:
    address = escape(transcript_path(transcript_id))
    return f'<a href="{address}" target="_blank" dir="auto">{escape(title)}</a>'


def quoted(citation: Citation) -> str:
    """The quotation, and the way to its words in the transcript."""
    return (
        f'<blockquote dir="auto"><q>{escape(citation.quote)}</q></blockquote>'
        f'<p class="qa-links"><a class="qa-read" href="{escape(transcript_address(citation))}" target="_blank">'
        f"Read in the transcript</a>{doubt_html(citation)}</p>"
    )


def where(citation: Citation) -> str:
    return joined(day(citation.date) or "without a date", escape(citation.title))


def times(n: int, one: str, many: str = "") -> str:
    """ "1 mention", "3 mentions"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
