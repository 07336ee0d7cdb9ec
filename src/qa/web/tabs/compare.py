"""Two people or more on one topic, side by side: everybody is asked by the same measure and gets as much room."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.types import Comparison, Side
from qa.web.cards import card
from qa.web.tabs.parts import AT_ONCE, PRIVATE, answered, hint, html, refused, speakers, times, told


def build(assistant: Assistant, desk: Desk) -> None:
    """Lay out the tab."""
    with gr.Row(equal_height=False):
        topic = gr.Textbox(label="Topic", max_lines=1, scale=2, min_width=220, elem_id="compare-topic")
        who = gr.Dropdown(
            speakers(assistant),
            value=[],
            multiselect=True,
            label="People",
            scale=3,
            min_width=260,
            elem_id="compare-who",
        )
    go = gr.Button("Compare", variant="primary", elem_id="compare-go")
    sides = html(hint("What did each of them say about it? Choose two people or more."), "compare-sides")
    gr.on(
        [go.click, topic.submit], _comparer(assistant, desk), [topic, who], sides,
        concurrency_limit=desk.parallel, concurrency_id="topics", **PRIVATE,
    )  # fmt: skip
    gr.on(None, lambda: gr.Dropdown(choices=speakers(assistant)), None, who, **AT_ONCE)
    gr.api(  # type: ignore[attr-defined]  # public, but not in Gradio's __all__
        _endpoint(assistant, desk), api_name="compare", concurrency_limit=desk.parallel, concurrency_id="topics",
        api_description="What each of some people said about one topic, cited, or that they did not.",
    )  # fmt: skip


def _comparer(assistant: Assistant, desk: Desk) -> Callable[[str, list[str] | None], str]:
    def side_by_side(topic: str, people: list[str] | None) -> str:
        try:
            return comparison_html(desk.work(assistant.compare, topic, people or ()))
        except Exception as error:
            return refused(error)

    return side_by_side


def _endpoint(assistant: Assistant, desk: Desk) -> Callable[[str, list[str]], dict[str, Any]]:
    def compare(topic: str, speakers: list[str]) -> dict[str, Any]:
        """What each of some people said about one topic.

        Args:
            topic: a few words, or a question.
            speakers: two names or more.

        Returns:
            The fields of a `Comparison`.
        """
        return answered(desk, assistant.compare, topic, speakers)

    return compare


def comparison_html(found: Comparison) -> str:
    """A column for each person, in the order chosen; those who said nothing have one, too."""
    said = sum(side.answer.found for side in found.sides)
    head = told(f"On “{found.topic}”: {said} of {times(len(found.sides), 'person', 'people')} spoke about it.")
    return f'{head}<div class="qa-sides">{"".join(_side(side) for side in found.sides)}</div>'


def _side(side: Side) -> str:
    name, words = escape(side.speaker), _said(side) if side.answer.found else _silent(side)
    return f'<section aria-label="{name}"><h3 dir="auto">{name}</h3>{words}</section>'


def _said(side: Side) -> str:
    cards = "".join(card(citation, number=None) for citation in side.citations)
    left = len(side.answer.citations) - len(side.citations)
    more = hint(f"and {times(left, 'quotation')} more; ask for {side.speaker} alone to read them") if left else ""
    return f'<ol class="qa-cards">{cards}</ol>{more}'


def _silent(side: Side) -> str:
    """Not said is said; who did say it stands apart, by name."""
    lead = "There are no words of theirs." if side.answer.reason == "never-spoke" else "Did not speak about it."
    others = dict.fromkeys(citation.speaker for citation in side.answer.elsewhere if citation.speaker)
    did = f'<p class="qa-modest">Spoken about by {escape(", ".join(others))}.</p>' if others else ""
    return f'<p class="qa-plain">{lead}</p>{did}'
