"""Pictures: when and how often a topic was spoken about and by whom; who spoke when in one transcript.

Altair through `gr.Plot`: its code weighs 0.7 MB in the browser and Plotly's 4.6 MB, and a mark of Vega can carry
an address, so that a click opens the words, which `gr.Plot` has no event for. Keyboards and screen readers have the
same in tables and links below each picture.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.types import Mentions, Talk, Timeline
from qa.web.tabs.charts import MOST_TURNS, dated_chart, people_chart, talk_chart, undated_chart
from qa.web.tabs.parts import (
    AT_ONCE,
    PRIVATE,
    answered,
    hint,
    html,
    quoted,
    refused,
    speakers,
    table,
    times,
    titles,
    transcript_link,
)
from qa.web.wording import clock, day, joined

EVERYBODY = "Everybody"
LISTED = 200
"""Most entries of the words below the pictures."""
_SHOWN = 5  # quotations of one person in one transcript


def build(assistant: Assistant, desk: Desk) -> None:
    """Lay out the tab."""
    with gr.Row(equal_height=False):
        topic = gr.Textbox(label="Topic", max_lines=1, scale=4, min_width=220, elem_id="pictures-topic")
        who = gr.Dropdown(
            _choices(assistant), value="", label="Whose words?", scale=2, min_width=180, elem_id="pictures-who"
        )
        since, until = _day("From day", "2017-01-31", "since"), _day("To day", "2017-12-31", "until")
    draw = gr.Button("Draw", variant="primary", elem_id="pictures-draw")
    opening = hint("When and how often was it spoken about? A click on a bar opens the words.")
    summary = html(opening, "pictures-summary")
    plots = [
        gr.Plot(label=label, show_label=False, visible=False, elem_id=f"pictures-{name}", elem_classes="qa-plot")
        for name, label in (("dated", "Mentions by day"), ("undated", "Without a date"), ("people", "By person"))
    ]
    words = html(elem_id="pictures-words")
    gr.on(
        [draw.click, topic.submit], _drawer(assistant, desk), [topic, who, since, until], [summary, *plots, words],
        concurrency_limit=desk.parallel, concurrency_id="topics", show_progress_on=[summary], **PRIVATE,
    )  # fmt: skip
    html('<h2 class="qa-sub">Who spoke when in one transcript</h2>')
    which = gr.Dropdown(titles(assistant), value=None, label="Transcript", elem_id="pictures-which")
    told = html(elem_id="pictures-told")
    talk = gr.Plot(
        label="Who spoke when", show_label=False, visible=False, elem_id="pictures-talk", elem_classes="qa-plot"
    )
    shares = html(elem_id="pictures-shares")
    which.input(
        lambda id: _talk(assistant, id), which, [told, talk, shares], concurrency_limit=desk.parallel, **PRIVATE
    )
    gr.on(
        None, lambda: (gr.Dropdown(choices=_choices(assistant)), gr.Dropdown(choices=titles(assistant))), None,
        [who, which], **AT_ONCE,
    )  # fmt: skip
    gr.api(  # type: ignore[attr-defined]  # public, but not in Gradio's __all__
        _endpoint(assistant, desk), api_name="timeline", concurrency_limit=desk.parallel, concurrency_id="topics",
        api_description="When and how often a person, or everybody, spoke about a topic, with the cited words.",
    )  # fmt: skip


def _day(label: str, example: str, name: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder=example, max_lines=1, scale=1, min_width=140, elem_id=f"pictures-{name}")


def _choices(assistant: Assistant) -> list[tuple[str, str]]:
    return [(EVERYBODY, ""), *((name, name) for name in speakers(assistant))]


def _drawer(assistant: Assistant, desk: Desk) -> Callable[[str, str, str, str], tuple[Any, ...]]:
    def draw(topic: str, who: str, since: str, until: str) -> tuple[Any, ...]:
        try:
            days = {"since": since.strip() or None, "until": until.strip() or None}
            found = desk.work(assistant.timeline, topic, who or None, **days)
            charts = [dated_chart(found), undated_chart(found), people_chart(found) if len(found.people) > 1 else None]
        except Exception as error:
            return refused(error), *(gr.Plot(value=None, visible=False) for _ in range(3)), ""
        return summary_html(found), *(gr.Plot(value=one, visible=one is not None) for one in charts), words_html(found)

    return draw


def _talk(assistant: Assistant, transcript_id: str | None) -> tuple[str, Any, str]:
    if not transcript_id:
        return "", gr.Plot(value=None, visible=False), ""
    try:
        talk = assistant.talk(transcript_id)
        chart = talk_chart(talk)
    except Exception as error:
        return refused(error), gr.Plot(value=None, visible=False), ""
    return talk_summary(talk), gr.Plot(value=chart, visible=chart is not None), shares_html(talk)


def _endpoint(assistant: Assistant, desk: Desk) -> Callable[[str, str, str, str], dict[str, Any]]:
    def timeline(topic: str, speaker: str = "", since: str = "", until: str = "") -> dict[str, Any]:
        """Every mention of a topic, by day, transcript and person.

        Args:
            topic: a few words, or a question.
            speaker: whose words; "" for everybody's.
            since, until: ISO days, both inclusive; "" for no limit.

        Returns:
            The fields of a `Timeline`.
        """
        return answered(desk, assistant.timeline, topic, speaker or None, since=since or None, until=until or None)

    return timeline


# ---------------------------------------------------------------- the same in words


def summary_html(found: Timeline) -> str:
    """The pictures in a sentence; where there is nothing to draw, who did speak about it."""
    whose = f" by {' or '.join(found.speakers)}" if found.speakers else ""
    looked = times(found.searched, "transcript")
    if not found.all:
        nobody = f"“{found.topic}” is not spoken about{whose} in {looked}."
        others = "".join(
            f"<li><h3>{escape(c.speaker)}</h3>{joined(day(c.date), escape(c.title))}{quoted(c)}</li>"
            for c in found.elsewhere
        )
        did = f'<h2 class="qa-sub">Others did</h2><ul class="qa-words">{others}</ul>' if others else ""
        return f'<p class="qa-told" role="status">{escape(nobody)}</p>{did}'
    n = sum(found.people.values())
    where = times(len({one.transcript_id for one in found.all}), "transcript")
    line = f"“{found.topic}” is spoken about {times(n, 'time')}{whose}, in {where} of {looked}."
    if found.undated:
        apart = sum(len(one.citations) for one in found.undated)
        line += f" {apart:,} of these without a date are shown apart."
    more = "" if found.complete else hint("The topic comes so often that its weakest mentions were not counted.")
    return f'<p class="qa-told" role="status">{escape(line)}</p>{more}'


def _span(found: Timeline, name: str) -> str:
    days = [one.date for one in found.dated if one.speaker == name]
    return " – ".join(day(one) for one in dict.fromkeys((days[0], days[-1]))) if days else ""


def words_html(found: Timeline) -> str:
    """Every mention's words in order, each with the way to its place."""
    if not found.all:
        return ""
    rows = (
        (escape(name), f"{count:,}", f"{sum(one.speaker == name for one in found.all):,}", _span(found, name))
        for name, count in list(found.people.items())[:LISTED]
    )
    people = table("Mentions by person", ("Who", "Mentions", "Transcripts", "First and last"), rows)
    items = "".join(_words(one) for one in found.all[:LISTED])
    more = hint(f"and {len(found.all) - LISTED:,} more") if len(found.all) > LISTED else ""
    return (
        f'{people}<h2 class="qa-sub">The words</h2>'
        '<div class="qa-scroll" role="region" aria-label="The words" tabindex="0">'
        f'<ul class="qa-words">{items}</ul>{more}</div>'
    )


def _words(one: Mentions) -> str:
    shown = "".join(quoted(citation) for citation in one.citations[:_SHOWN])
    more = len(one.citations) - _SHOWN
    rest = hint(f"and {times(more, 'mention')} more there") if more > 0 else ""
    where = joined(day(one.date) or "without a date", transcript_link(one.transcript_id, one.title))
    return f"<li><h3>{escape(one.speaker)}</h3>{where}{shown}{rest}</li>"


def talk_summary(talk: Talk) -> str:
    words = times(sum(share.words for share in talk.shares), "word")
    people = times(len(talk.shares), "person", "people")
    cut = f" The first {MOST_TURNS:,} turns are drawn." if len(talk.stretches) > MOST_TURNS else ""
    line = f"{words} in {times(len(talk.stretches), 'turn')} of {people}.{cut}"
    return f'<p class="qa-told" role="status">{escape(line)}</p>'


def shares_html(talk: Talk) -> str:
    """Who spoke how long, as a table."""
    total = sum(share.words for share in talk.shares) or 1
    rows = (
        (
            escape(share.speaker), f"{share.turns:,}", f"{share.words:,}", f"{share.words / total:.0%}",
            clock(share.seconds),
        )
        for share in talk.shares[:LISTED]
    )  # fmt: skip
    return table("Who spoke how long", ("Who", "Turns", "Words", "Share of the words", "Time"), rows)
