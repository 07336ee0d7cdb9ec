"""The page: a chat, the cards of the latest answer, a choice of speaker, sample questions.

Everything the visitor typed or a transcript says is shown as plain text: the chat renders no Markdown,
and chat and cards are escaped in `qa.web.cards`. Importing this module imports Gradio;
`qa.web.serve` does so once the environment is set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

import gradio as gr

from qa.assistant import Assistant, Conversation
from qa.errors import QAError
from qa.types import Answer, TranscriptInfo
from qa.web.cards import NOTHING_YET, answer_html, chat_text, error_html
from qa.web.samples import sample_questions
from qa.web.tabs import TABS
from qa.web.wording import day, joined, transcript_path

TITLE = "Who said what?"
SENTENCE = (
    "Ask the transcripts: every answer is somebody's own words with their source, "
    "or the plain word that nobody said it."
)
ANYBODY = "Anybody"
PARALLEL = 4
"""Questions answered at a time; Gradio would take one."""
LISTED = 200
"""Most transcripts listed at the foot of the page."""

_log = logging.getLogger(__name__)

Message = dict[str, str]
Shown = tuple[str, list[Message], str, "Session"]


@dataclass(slots=True)
class Session:
    """One browser tab: its conversation and the messages shown. Kept on the server, shared with nobody."""

    conversation: Conversation
    messages: list[Message] = field(default_factory=list)


def theme() -> gr.themes.Base:
    """Gradio's default look in the visitor's own fonts; its own would be fetched or shipped."""
    return gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        font=("system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )


def build(assistant: Assistant, examples: Sequence[str] = ()) -> gr.Blocks:
    """The Blocks of the page.

    Args:
        assistant: answers the questions.
        examples: sample questions; when empty, they are made from the transcripts.
    """
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        _html(f'<header class="qa-head"><h1>{TITLE}</h1><p>{escape(SENTENCE)}</p></header>', "head")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", id="ask"):
                _ask_tab(page, assistant, tuple(examples) or sample_questions(assistant))
            for label, build_tab in TABS:
                with gr.Tab(label, id=label.lower()):
                    build_tab(assistant)
    return page


def _ask_tab(page: gr.Blocks, assistant: Assistant, samples: Sequence[str]) -> None:
    session = gr.State(None)
    with gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=320):
            chat = _chat()
            with gr.Row(elem_id="ask-row"):
                box = _question_box()
                send = gr.Button("Ask", variant="primary", scale=0, min_width=80)
            buttons = _sample_buttons(samples)
            with gr.Row(elem_id="tools"):
                who = gr.Dropdown(
                    _speakers(assistant),
                    value="",
                    label="Whose words?",
                    interactive=True,
                    elem_id="speaker",
                )
                fresh = gr.Button("New conversation", size="sm", scale=0, min_width=150, elem_id="fresh")
        with gr.Column(scale=5, min_width=320):
            cards = _html(NOTHING_YET, elem_id="cards")
    with gr.Accordion("Transcripts", open=False):
        listed = _html(_transcript_list(assistant.transcripts()))
    answer = _answerer(assistant)
    shown = [box, chat, cards, session]
    quiet: dict[str, Any] = {"api_visibility": "private"}
    asking: dict[str, Any] = {**quiet, "concurrency_limit": PARALLEL, "concurrency_id": "ask"}
    gr.on([box.submit, send.click], answer, [box, who, session], shown, show_progress_on=[chat], **asking)
    for button in buttons:
        button.click(answer, [button, who, session], shown, show_progress_on=[chat], **asking)
    # past the queue: Gradio 6.31's browser side now and then loses a question that is asked in the
    # moment when the stream of an earlier event closes
    at_once: dict[str, Any] = {**quiet, "queue": False}
    gr.on([fresh.click, chat.clear], lambda: ("", [], NOTHING_YET, None), None, shown, **at_once)
    page.load(lambda: _refreshed(assistant), None, [who, listed], show_progress="hidden", **at_once)
    gr.api(  # type: ignore[attr-defined]  # public, but not in Gradio's __all__
        _endpoint(assistant), api_name="ask", concurrency_limit=PARALLEL, concurrency_id="ask",
        api_description="Answer one question with verbatim, cited words from the transcripts.",
    )  # fmt: skip


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    """Escaped HTML in our own style, without the handlers and the style that Gradio would add."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label="Conversation",
        show_label=False,
        elem_id="chat",
        height="min(52vh, 480px)",
        render_markdown=False,
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        buttons=[],
        feedback_options=None,
        allow_file_downloads=False,
        group_consecutive_messages=False,
        placeholder="Ask who said what.",
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="Your question",
        show_label=False,
        container=False,
        placeholder="Your question",
        lines=1,
        max_lines=4,
        autofocus=True,
        scale=1,
        min_width=180,
    )


def _sample_buttons(samples: Sequence[str]) -> list[gr.Button]:
    if not samples:
        return []
    with gr.Row(elem_id="samples"):
        return [gr.Button(sample, size="sm", variant="secondary") for sample in samples]


def _answerer(assistant: Assistant) -> Callable[[str, str, Session | None], Shown]:
    def answer(question: str, speaker: str, session: Session | None) -> Shown:
        session = session or Session(assistant.conversation())
        text, cards = _reply(session.conversation, question, speaker)
        if question.strip():
            session.messages.append({"role": "user", "content": chat_text(question)})
        session.messages.append({"role": "assistant", "content": chat_text(text)})
        return "", list(session.messages), cards, session

    return answer


def _reply(conversation: Conversation, question: str, speaker: str) -> tuple[str, str]:
    """The chat's plain text and the HTML of the cards; an error is a sentence in both, never a traceback."""
    try:
        answer = conversation.ask(question, speaker=speaker or None)
    except QAError as error:
        return str(error), error_html(str(error))
    except Exception:
        _log.exception("answering failed")
        text = "Something went wrong inside. The server's log has the details; please ask again."
        return text, error_html(text)
    return answer.text, answer_html(answer)


def _endpoint(assistant: Assistant) -> Callable[[str, str], dict[str, Any]]:
    def ask(question: str, speaker: str = "") -> dict[str, Any]:
        """Answer a question that stands alone.

        Args:
            question: in plain words.
            speaker: whose words may answer; "" for anybody's.

        Returns:
            The fields of an `Answer`.
        """
        try:
            answer: Answer = assistant.ask(question, speaker=speaker or None)
        except QAError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return asdict(answer)

    return ask


def _speakers(assistant: Assistant) -> list[tuple[str, str]]:
    """Everybody who has turns, by name, as (shown, value); "" stands for no filter."""
    names = sorted(person.name for person in assistant.people() if person.n_turns)
    return [(ANYBODY, ""), *((name, name) for name in names)]


def _refreshed(assistant: Assistant) -> tuple[Any, str]:
    """The index may have grown since the server started: each page load looks again."""
    return gr.Dropdown(choices=_speakers(assistant)), _transcript_list(assistant.transcripts())


def _transcript_list(infos: Sequence[TranscriptInfo]) -> str:
    if not infos:
        return '<p class="qa-hint">There are no transcripts here yet. Add some with: qa index FOLDER</p>'
    newest = sorted(infos, key=lambda info: info.date or "", reverse=True)
    more = f"<p>and {len(newest) - LISTED} more</p>" if len(newest) > LISTED else ""
    items = "".join(f"<li>{_transcript_line(info)}</li>" for info in newest[:LISTED])
    return f'<div class="qa-list"><ul>{items}</ul>{more}</div>'


def _transcript_line(info: TranscriptInfo) -> str:
    link = f'<a href="{escape(transcript_path(info.id))}" target="_blank">{escape(info.title)}</a>'
    return joined(link, day(info.date), escape(info.place or ""))
