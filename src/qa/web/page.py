"""The page: a heading, "Ask" (`qa.web.ask`), and the other tabs (`qa.web.tabs`).

Importing this module imports Gradio; `qa.web.serve` does so once the environment is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import gradio as gr

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.web.ask import AskTab
from qa.web.tabs import TABS

TITLE = "Who said what?"
SENTENCE = (
    "Ask the transcripts: every answer is somebody's own words with their source, "
    "or the plain word that nobody said it."
)
_UPLOADS_S = 3600
"""An upload is deleted once it was read; one that nobody read, after this long."""


def theme() -> gr.themes.Base:
    """Gradio's default look in the visitor's own fonts (its own would be fetched or shipped), a little darker.

    Gradio's blue on white has a contrast of 3.7; WCAG 2.2 asks for 4.5.
    """
    look = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        font=("system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )
    return look.set(
        color_accent="*primary_700",
        link_text_color="*primary_700",
        link_text_color_active="*primary_700",
        link_text_color_hover="*primary_800",
        link_text_color_visited="*primary_700",
        link_text_color_dark="*primary_300",
        link_text_color_active_dark="*primary_300",
        link_text_color_hover_dark="*primary_200",
        link_text_color_visited_dark="*primary_300",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
        button_cancel_background_fill="#b91c1c",
        button_cancel_background_fill_hover="#991b1b",
        button_cancel_background_fill_dark="#b91c1c",
        button_cancel_background_fill_hover_dark="#991b1b",
        button_cancel_text_color="white",
        button_cancel_text_color_dark="white",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )


def build(assistant: Assistant, examples: Sequence[str], desk: Desk) -> gr.Blocks:
    """The Blocks of the page.

    Args:
        assistant: answers the questions.
        examples: sample questions; when empty, they are made from the transcripts.
        desk: where questions wait for their turn.
    """
    page: gr.Blocks
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(_UPLOADS_S, _UPLOADS_S)
    ) as page:
        gr.HTML(
            '<a class="qa-skip" href="#question">Skip to the question</a>'
            f'<header class="qa-head"><h1>{TITLE}</h1><p>{escape(SENTENCE)}</p></header>',
            elem_id="head", apply_default_css=False, js_on_load=None,
        )  # fmt: skip
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", id="ask"):
                AskTab(page, assistant, desk, examples)
            for label, build_tab in TABS:
                with gr.Tab(label, id=label.lower()):
                    build_tab(assistant, desk)
    return page
