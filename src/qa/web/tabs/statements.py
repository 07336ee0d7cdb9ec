"""One person's statements in order of date: about a topic, or the most telling of each transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import gradio as gr

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.types import Mentions, Timeline
from qa.web.tabs.parts import (
    AT_ONCE,
    PRIVATE,
    hint,
    html,
    quoted,
    refused,
    speakers,
    times,
    told,
    transcript_link,
)
from qa.web.wording import clock, day, joined

LISTED = 300
"""Most transcripts listed."""


def build(assistant: Assistant, desk: Desk) -> None:
    """Lay out the tab."""
    with gr.Row(equal_height=False):
        who = gr.Dropdown(
            speakers(assistant), value=None, label="Person", scale=2, min_width=220, elem_id="timeline-who"
        )
        topic = gr.Textbox(
            label="Topic", placeholder="Any: the most telling statements", max_lines=1, scale=3, min_width=220,
            elem_id="timeline-topic",
        )  # fmt: skip
    go = gr.Button("In order of date", variant="primary", elem_id="timeline-go")
    shown = html(hint("What somebody said, from the first day to the last."), "timeline-shown")
    gr.on(
        [go.click, topic.submit], _teller(assistant, desk), [who, topic], shown,
        concurrency_limit=desk.parallel, concurrency_id="topics", **PRIVATE,
    )  # fmt: skip
    gr.on(None, lambda: gr.Dropdown(choices=speakers(assistant)), None, who, **AT_ONCE)


def _teller(assistant: Assistant, desk: Desk) -> Callable[[str | None, str], str]:
    def tell(who: str | None, topic: str) -> str:
        if not who:
            return hint("Choose a person first.")
        try:
            return statements_html(who, desk.work(assistant.statements, who, topic))
        except Exception as error:
            return refused(error)

    return tell


def statements_html(who: str, found: Timeline) -> str:
    """The statements, each with its day and the way to its words; those without a date apart, at the end."""
    about = f" about “{found.topic}”" if found.topic else ""
    if not found.all:
        others = dict.fromkeys(citation.speaker for citation in found.elsewhere)
        did = f" {' and '.join(others)} did." if others else ""
        return told(f"{who} said nothing{about} in {times(found.searched, 'transcript')}.{did}")
    n = sum(found.people.values())
    line = told(f"{times(n, 'statement')} of {who}{about}, in {times(len(found.all), 'transcript')}.")
    dated = _list(found.dated[:LISTED])
    apart = f'<h2 class="qa-sub">Without a date</h2>{_list(found.undated[:LISTED])}' if found.undated else ""
    more = sum(max(0, len(part) - LISTED) for part in (found.dated, found.undated))
    return line + dated + apart + (hint(f"and {times(more, 'transcript')} more") if more else "")


def _list(mentions: Sequence[Mentions]) -> str:
    items = "".join(
        f"<li><h3>{day(one.date) or escape(one.title)}</h3>"
        f"{joined(transcript_link(one.transcript_id, one.title), escape(one.citations[0].place or ''))}"
        f"{''.join(_at(citation.start_s) + quoted(citation) for citation in one.citations)}</li>"
        for one in mentions
    )
    return f'<ol class="qa-words">{items}</ol>' if items else ""


def _at(seconds: float | None) -> str:
    at = clock(seconds)
    return f'<p class="qa-meta">at {at}</p>' if at else ""
