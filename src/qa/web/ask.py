"""The Ask tab: a conversation, what was understood of each question, and the evidence beside it.

Everything the visitor typed or a transcript says is shown as plain text: the chat renders no Markdown,
chat and cards are escaped in `qa.web.cards`, buttons and choices show text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import gradio as gr

from qa import export
from qa.api.desk import Desk as Turns
from qa.assistant import Assistant
from qa.types import TranscriptInfo
from qa.web import asking, browser, understood
from qa.web.asking import Asked, Session
from qa.web.cards import NOTHING_YET, chat_text, status_html, typed_text
from qa.web.desk import Desk, View, exchange_at, limited
from qa.web.samples import sample_questions
from qa.web.tabs.parts import answered
from qa.web.wording import day, joined, transcript_path

ANYBODY = "Anybody"
ANYWHERE = "Any transcript"
LISTED = 200
"""Most transcripts listed at the foot of the page."""

_FORMS = {"markdown": "Markdown", "json": "JSON", "csl-json": "CSL-JSON", "bibtex": "BibTeX", "plain": "Plain text"}

Update = dict[Any, Any]


class AskTab:
    """The components of the tab and how they work together; built inside `gr.Blocks`.

    Args:
        page: the Blocks they stand in.
        assistant: answers the questions.
        turns: where they wait for their turn.
        samples: sample questions; when empty, they are made from the transcripts.
    """

    def __init__(self, page: gr.Blocks, assistant: Assistant, turns: Turns, samples: Sequence[str] = ()) -> None:
        self.assistant = assistant
        self.desk = Desk(assistant, turns)
        self.turns = turns
        self.session = gr.State(None)
        key = hashlib.sha256(str(assistant.folder).encode()).hexdigest()[:16]
        self.memory = browser.Memory(f"qa-{key}")
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                self._conversation(tuple(samples) or sample_questions(assistant))
            with gr.Column(scale=5, min_width=320):
                with gr.Row(elem_id="turn-pages", visible=False) as self.pages:
                    self.back = gr.Button("Earlier answer", size="sm", min_width=110)
                    self.forth = gr.Button("Later answer", size="sm", min_width=110)
                self.cards = _html(NOTHING_YET, elem_id="cards")
        self._drawers()
        self._wire(page)

    # ---------------------------------------------------------------- what there is

    def _conversation(self, samples: Sequence[str]) -> None:
        self.chat = _chat()
        self.status = _html(status_html(""), elem_id="status")
        with gr.Row(elem_id="near", visible=False) as self.near_row:
            _html("<p class='qa-lead'>Did you mean:</p>")
            self.near = [gr.Button("", size="sm", visible=False) for _ in range(understood.NEAREST)]
        with gr.Row(elem_id="chips", visible=False) as self.chip_row:
            _html("<p class='qa-lead'>Understood; press to ask without it:</p>")
            self.chips = [gr.Button("", size="sm", visible=False) for _ in range(understood.MOST)]
        with gr.Row(elem_id="ask-row"):
            self.box = gr.Textbox(
                label="Your question", show_label=False, container=False, placeholder="Your question", lines=1,
                max_lines=4, autofocus=True, scale=1, min_width=180, elem_id="question",
            )  # fmt: skip
            self.send = gr.Button("Ask", variant="primary", scale=0, min_width=80)
            self.stop = gr.Button("Stop", variant="stop", scale=0, min_width=80, visible=False, elem_id="stop")
        with gr.Row(elem_id="comment-row", visible=False) as self.comment_row:
            self.comment = gr.Textbox(
                label="What was good or wrong about it? (optional)", lines=1, max_lines=4, max_length=2000,
                elem_id="comment",
            )  # fmt: skip
            self.comment_send = gr.Button("Send", size="sm", scale=0, min_width=80)
        self.samples = []
        if samples:
            with gr.Row(elem_id="samples"):
                self.samples = [gr.Button(sample, size="sm", variant="secondary") for sample in samples]

    def _drawers(self) -> None:
        with gr.Accordion("Limit the answers to …", open=False, elem_id="limits"), gr.Row():
            self.who = gr.Dropdown(
                _speakers(self.assistant), value="", label="Whose words?", interactive=True, elem_id="speaker"
            )
            self.where = gr.Dropdown(
                _places(self.assistant), value="", label="Which transcript?", interactive=True, elem_id="transcript"
            )
            self.since = gr.Textbox(label="Since", placeholder="2017, 2017-10 or 2017-10-12", elem_id="since")
            self.until = gr.Textbox(label="Until", placeholder="2017, 2017-10 or 2017-10-12", elem_id="until")
        with gr.Row(elem_id="tools"):
            self.fresh = gr.Button("New conversation", size="sm", scale=0, min_width=150, elem_id="fresh")
            self.share = gr.Button("Copy a link to this answer", size="sm", scale=0, min_width=200, elem_id="share")
        self.link = gr.Textbox(
            label="Permanent link", interactive=False, buttons=["copy"], visible=False, elem_id="link"
        )
        with gr.Accordion("Save this conversation", open=False, elem_id="save"), gr.Row():
            self.saves = [gr.Button(label, size="sm", min_width=110) for label in _FORMS.values()]
        self.file = gr.Textbox(visible="hidden", show_label=False, elem_id="file")
        self.linked = gr.Textbox(visible="hidden", show_label=False, elem_id="linked")
        self.keep = gr.Textbox(visible="hidden", show_label=False, elem_id="keep")
        self.told = gr.Textbox(visible="hidden", show_label=False, elem_id="told")
        self.earlier = gr.Accordion("Earlier conversations", open=False, elem_id="earlier")
        with self.earlier, gr.Row():
            self.saved = gr.Dropdown(
                [], value=None, label="Kept in this browser", interactive=True, elem_id="saved", scale=3
            )
            self.restore = gr.Button("Open", size="sm", scale=0, min_width=90, elem_id="restore")
            self.forget = gr.Button("Delete", size="sm", scale=0, min_width=90, elem_id="forget")
        with gr.Accordion("Transcripts", open=False):
            self.listed = _html(_transcript_list(self.assistant.transcripts()))

    # ---------------------------------------------------------------- how it works together

    def _wire(self, page: gr.Blocks) -> None:
        filters = [self.who, self.where, self.since, self.until]
        everything = [
            self.box, self.chat, self.cards, self.status, self.session, self.keep, self.saved, self.stop, self.pages,
            self.chip_row, self.near_row, *self.chips, *self.near, *filters, self.link, self.comment_row, self.comment,
        ]  # fmt: skip
        quiet: dict[str, Any] = {"api_visibility": "private"}
        slow: dict[str, Any] = {
            **quiet, "concurrency_limit": self.turns.parallel, "concurrency_id": "ask", "show_progress": "hidden",
            "trigger_mode": "multiple",  # once stopped, another can be asked though the first is still at it
        }  # fmt: skip
        # past the queue: Gradio 6.31's browser side now and then loses a question that is asked in the
        # moment when the stream of an earlier event closes
        at_once: dict[str, Any] = {**quiet, "queue": False, "show_progress": "hidden"}
        gr.on([self.box.submit, self.send.click], self._typed, [self.box, *filters, self.session], everything, **slow)
        for button in self.samples:
            button.click(self._typed, [button, *filters, self.session], everything, **slow)
        for which, buttons in (("chips", self.chips), ("near", self.near)):
            for n, button in enumerate(buttons):
                button.click(self._pressed(n, which), self.session, everything, **slow)
        self.chat.edit(self._edited, self.session, everything, **slow)
        self.chat.retry(self._retried, self.session, everything, **slow)
        self.restore.click(
            self._restored, [self.saved, self.session, self.told], everything, js=self.memory.one, **slow
        )
        # Not by `cancels`: Gradio 6.31 now and then cancels an event of no name, which the server refuses. What is
        # stopped or overtaken sees that its run is over, and shows nothing more.
        self.stop.click(self._stopped, self.session, everything, **at_once)
        self.chat.undo(self._undone, self.session, everything, **at_once)
        beside = [self.cards, self.status, self.chip_row, self.near_row, *self.chips, *self.near]
        self.chat.select(self._selected, [self.session], beside, **at_once)
        self.back.click(self._leafed(-1), [self.session], beside, **at_once)
        self.forth.click(self._leafed(1), [self.session], beside, **at_once)
        self.chat.like(self._liked, [self.session], [self.status, self.comment_row, self.comment], **at_once)
        gr.on(
            [self.comment.submit, self.comment_send.click], self._commented, [self.comment, self.session],
            [self.status, self.comment_row, self.comment], **at_once,
        )  # fmt: skip
        gr.on([self.fresh.click, self.chat.clear], self._fresh, [self.session], everything, **at_once)
        self.forget.click(self._forgotten, self.saved, [self.keep, self.saved, self.status], **at_once)
        page.load(None, None, None, js=browser.FOCUS, **quiet)
        self.keep.change(None, self.keep, self.told, js=self.memory.keep, **quiet)
        gr.on([page.load, self.earlier.expand], None, None, self.told, js=self.memory.told, **quiet)
        self.told.change(self._listed, self.told, self.saved, **at_once)
        self.share.click(
            self._shared, [self.session, self.link], [self.link, self.status], js=browser.HERE, **at_once
        ).then(None, [self.link], None, js=browser.COPY, **quiet)
        for form, button in zip(_FORMS, self.saves, strict=True):
            button.click(self._exported(form), [self.session], [self.file, self.status], **at_once).success(
                None, [self.file], [self.file], js=browser.SAVE, **quiet
            )
        page.load(self._refreshed, None, [self.who, self.where, self.listed], **at_once)
        # a page without a link asks nothing, and stays out of the queue
        page.load(_query, None, self.linked, **at_once)
        self.linked.change(self._opened, [self.linked, self.session], everything, **slow)
        gr.api(  # type: ignore[attr-defined]  # public, but not in Gradio's __all__
            endpoint(self.assistant, self.turns), api_name="ask", concurrency_limit=self.turns.parallel,
            concurrency_id="ask",
            api_description="Answer one question with verbatim, cited words from the transcripts.",
        )  # fmt: skip

    def _shown(self, view: View, session: Session) -> Update:
        """Updates of the components for a view."""
        shown: Update = {
            self.session: session,
            self.chat: view.messages,
            self.cards: view.cards,
            self.status: status_html(view.status),
            self.stop: gr.Button(visible=view.busy),
            self.pages: gr.Row(visible=len(session.exchanges) > 1),
        }
        if view.busy:
            return shown
        shown |= self._chips(view)
        shown |= {
            self.keep: browser.kept(session),
            self.link: gr.Textbox(value="", visible=False),
            self.comment_row: gr.Row(visible=False),
            self.comment: "",
        }
        return shown | self._limits(view.asked)

    def _chips(self, view: View) -> Update:
        shown: Update = {
            self.chip_row: gr.Row(visible=bool(view.chips)),
            self.near_row: gr.Row(visible=bool(view.near)),
        }
        for buttons, chips in ((self.chips, view.chips), (self.near, view.near)):
            for n, button in enumerate(buttons):
                chip = chips[n] if n < len(chips) else None
                label, fixed = (chip.label, chip.then is None) if chip else ("", False)
                shown[button] = gr.Button(value=label, visible=chip is not None, interactive=not fixed)
        return shown

    def _limits(self, asked: Asked | None) -> Update:
        """The filters as the question shown has them; none that could not be chosen."""
        if asked is None:
            return {}
        names = {value for _, value in _speakers(self.assistant)}
        ids = {value for _, value in _places(self.assistant)}
        return {
            self.who: asked.speaker if asked.speaker in names else "",
            self.where: asked.transcript if asked.transcript in ids else "",
            self.since: asked.since or "",
            self.until: asked.until or "",
        }

    def _run(self, views: Iterator[View], session: Session) -> Iterator[Update]:
        for n, view in enumerate(views):
            shown = self._shown(view, session)
            yield {**shown, self.box: ""} if n == 0 else shown

    def _typed(
        self, question: str, who: str, where: str, since: str, until: str, session: Session | None
    ) -> Iterator[Update]:
        session = self.desk.session(session)
        asked = limited(Asked(question), who, where, since, until)
        yield from self._run(self.desk.ask(session, asked), session)

    def _pressed(self, n: int, which: str) -> Callable[[Session | None], Iterator[Update]]:
        def pressed(session: Session | None) -> Iterator[Update]:
            session = self.desk.session(session)
            chips: Sequence[understood.Chip] = getattr(self.desk.view(session), which)
            then = chips[n].then if n < len(chips) else None
            if then is not None:
                keep = len(session.exchanges) if session.shown is None else session.shown + 1
                yield from self._run(self.desk.ask(session, then, keep - 1), session)

        return pressed

    def _edited(self, session: Session | None, event: gr.EditData) -> Iterator[Update]:
        session = self.desk.session(session)
        n = exchange_at(session, _number(event.index))
        if n >= 0:
            before = session.exchanges[n].asked
            question = typed_text(str(event.value), chat_text(before.question))
            changed = replace(before, question=question, without=())
            yield from self._run(self.desk.ask(session, changed, n), session)

    def _retried(self, session: Session | None, event: gr.RetryData) -> Iterator[Update]:
        session = self.desk.session(session)
        n = exchange_at(session, _number(event.index))
        if n >= 0:
            yield from self._run(self.desk.ask(session, session.exchanges[n].asked, n), session)

    def _restored(self, id: str | None, session: Session | None, told: str) -> Iterator[Update]:
        found = browser.opened(told)
        if found is None:
            yield {self.status: status_html("Choose a conversation first.")}
            return
        fresh = self.desk.session(None)
        fresh.id, asked = found
        if session is not None:
            session.leave()
        yield from self._run(self.desk.restore(fresh, asked), fresh)

    def _stopped(self, session: Session | None) -> Update:
        session = self.desk.session(session)
        return self._shown(self.desk.stop(session), session)

    def _undone(self, session: Session | None, event: gr.UndoData) -> Update:
        session = self.desk.session(session)
        view, question = self.desk.undo(session, exchange_at(session, _number(event.index)))
        return {**self._shown(view, session), self.box: question}

    def _selected(self, session: Session | None, event: gr.SelectData) -> Update:
        session = self.desk.session(session)
        return self._turned(session, exchange_at(session, _number(event.index)))

    def _leafed(self, by: int) -> Callable[[Session | None], Update]:
        def leafed(session: Session | None) -> Update:
            session = self.desk.session(session)
            last = len(session.exchanges) - 1
            return self._turned(session, (last if session.shown is None else session.shown) + by)

        return leafed

    def _turned(self, session: Session, n: int) -> Update:
        """The evidence of another answer."""
        if not 0 <= n < len(session.exchanges) or session.waiting is not None:
            return {self.cards: gr.skip()}
        session.shown = n
        view = self.desk.view(session)
        status = f"Answer {n + 1} of {len(session.exchanges)}: {view.status}"
        return {self.cards: view.cards, self.status: status_html(status), **self._chips(view)}

    def _liked(self, session: Session | None, event: gr.LikeData) -> Update:
        session = self.desk.session(session)
        liked = event.liked if isinstance(event.liked, bool) else None  # Gradio 6.31 takes a thumb back with ""
        said = self.desk.like(session, exchange_at(session, _number(event.index)), liked)
        row = gr.Row(visible=liked is not None)
        return {self.status: status_html(said), self.comment_row: row, self.comment: ""}

    def _commented(self, words: str, session: Session | None) -> Update:
        said = self.desk.comment(self.desk.session(session), words) if words.strip() else ""
        return {self.status: status_html(said), self.comment_row: gr.Row(visible=False), self.comment: ""}

    def _fresh(self, session: Session | None) -> Update:
        if session is not None:
            session.leave()
        chips = self._chips(View([], ""))
        return {
            self.box: "", self.chat: [], self.cards: NOTHING_YET, self.session: None, self.status: status_html(""),
            self.stop: gr.Button(visible=False), self.pages: gr.Row(visible=False),
            self.link: gr.Textbox(value="", visible=False),
            self.comment_row: gr.Row(visible=False), self.comment: "", **chips,
        }  # fmt: skip

    def _forgotten(self, id: str | None) -> Update:
        if not id:
            return {self.status: status_html("Choose a conversation first.")}
        return {
            self.keep: browser.forgotten(id), self.saved: gr.Dropdown(value=None), self.status: status_html("Deleted."),
        }  # fmt: skip

    def _listed(self, told: str) -> Any:
        return gr.Dropdown(choices=browser.choices(told))

    def _shared(self, session: Session | None, here: str) -> Update:
        query = self.desk.view(self.desk.session(session)).link
        if not query:
            return {self.status: status_html("Ask something first.")}
        return {
            self.link: gr.Textbox(value=f"{here}{query}", visible=True),
            self.status: status_html("The link is copied, and stands below."),
        }

    def _exported(self, form: str) -> Callable[[Session | None], Update]:
        def exported(session: Session | None) -> Update:
            answers = self.desk.answers(self.desk.session(session))
            if not answers:
                return {self.file: "", self.status: status_html("Ask something first.")}
            name = f"who-said-what-{date.today().isoformat()}{export.ENDINGS[form]}"
            file = {"name": name, "type": export.MEDIA_TYPES[form], "text": export.export(answers, form)}
            return {self.file: json.dumps(file), self.status: status_html(f"Saved as {name}.")}

        return exported

    def _refreshed(self) -> Update:
        """The index may have grown since the server started: each page load looks again."""
        return {
            self.who: gr.Dropdown(choices=_speakers(self.assistant)),
            self.where: gr.Dropdown(choices=_places(self.assistant)),
            self.listed: _transcript_list(self.assistant.transcripts()),
        }

    def _opened(self, query: str, session: Session | None) -> Iterator[Update]:
        """Ask what a permanent link asks."""
        asked = asking.from_link(parse_qsl(query))
        if asked is not None:
            session = self.desk.session(session)
            yield from self._run(self.desk.ask(session, asked[0], cite=asked[1]), session)


def endpoint(assistant: Assistant, turns: Turns) -> Callable[..., dict[str, Any]]:
    """The function behind the page's one named endpoint, for programs."""

    def ask(question: str, history: list[str] | None = None, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Answer a question with checked quotations, or say plainly that nobody said it.

        Args:
            question: in plain words.
            history: earlier questions of the conversation, oldest first.
            filters: any of transcript, speaker, since, until (ISO days) and without, a list of parts of what is
                understood that are set aside: "person", "topic", "dates", "transcript", "kind".

        Returns:
            The fields of an `Answer`.
        """
        given = filters or {}
        known = {"transcript", "speaker", "since", "until", "without"}
        if not isinstance(given, dict) or set(given) - known:
            raise gr.Error(
                f"filters: expected an object with any of {', '.join(sorted(known))}.", print_exception=False
            )
        limits = {name: value for name, value in given.items() if value}
        return answered(turns, assistant.ask, question, history=history or (), **limits)

    return ask


def _query(request: gr.Request) -> str:
    """The query of the page's address; "" where it asks nothing."""
    pairs = list(request.query_params.multi_items())
    return urlencode(pairs, encoding="utf-8", errors="replace") if asking.from_link(pairs) else ""


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
        buttons=["copy", "copy_all"],
        editable="user",
        feedback_options=("Like", "Dislike"),
        allow_file_downloads=False,
        group_consecutive_messages=False,
        placeholder="Ask who said what.",
    )


def _number(index: int | tuple[int, int]) -> int:
    return index if isinstance(index, int) else index[0]


def _speakers(assistant: Assistant) -> list[tuple[str, str]]:
    """Everybody who has turns, by name, as (shown, value); "" stands for no filter."""
    names = sorted(person.name for person in assistant.people() if person.n_turns)
    return [(ANYBODY, ""), *((name, name) for name in names)]


def _places(assistant: Assistant) -> list[tuple[str, str]]:
    """Every transcript, newest first, as (shown, value)."""
    newest = sorted(assistant.transcripts(), key=lambda info: info.date or "", reverse=True)
    return [(ANYWHERE, ""), *((f"{info.title} · {info.date}" if info.date else info.title, info.id) for info in newest)]


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
