"""What the Ask tab shows at each moment, without Gradio: questions in, views out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qa.api.desk import Desk as Turns
from qa.api.problems import told
from qa.assistant import Assistant
from qa.errors import QAError, UnknownTranscriptError
from qa.export import at_home
from qa.types import Answer, Citation
from qa.web import asking, understood
from qa.web.asking import Asked, Exchange, Session
from qa.web.cards import NOTHING_YET, SEARCHING, Way, answer_html, chat_text, error_html
from qa.web.understood import Chip
from qa.web.wording import place, placed

STOPPED = "Stopped."
GONE = "The words that the link leads to are not in these transcripts any more."

_log = logging.getLogger(__name__)

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """What the tab shows.

    Attributes:
        messages: of the chat, safe to be taken for HTML.
        cards: HTML of the evidence.
        status: what happened, in plain words, to be said aloud.
        chips: what was understood.
        near: persons to choose from.
        busy: an answer is on its way.
        asked: the latest question with its filters; None when there is none.
        link: the query of the permanent link to what is shown; "" for none.
    """

    messages: list[Message]
    cards: str
    status: str = ""
    chips: Sequence[Chip] = ()
    near: Sequence[Chip] = ()
    busy: bool = False
    asked: Asked | None = None
    link: str = ""


class Desk:
    """Answers for one page; sessions are handed in, so that visitors share nothing.

    Args:
        assistant: answers the questions.
        turns: where they wait for their turn.
    """

    def __init__(self, assistant: Assistant, turns: Turns) -> None:
        self._assistant = assistant
        self._turns = turns

    def session(self, session: Session | None) -> Session:
        """The visitor's session, or a fresh one."""
        return session or Session(self._assistant.conversation())

    def ask(self, session: Session, asked: Asked, keep: int | None = None, cite: str = "") -> Iterator[View]:
        """Ask, and show how the answer grows.

        Args:
            keep: how many of the exchanges stay; None for all.
            cite: place of the words that a link led to.
        """
        run = session.begin(asked, keep)
        yield self.view(session)
        conversation = session.so_far()
        text, answer = self._answer(conversation, asked, lambda: session.run == run)
        if answer is not None:
            for part in list(asking.growing(answer))[:-1]:
                if session.run != run:
                    return
                yield self.view(session, part)
        linked = self._linked(answer, cite)
        if session.end(run, Exchange(asked, text, answer, conversation, cite, linked)):
            yield self.view(session)

    def _answer(
        self, conversation: Any, asked: Asked, wanted: Callable[[], bool] = lambda: True
    ) -> tuple[str, Answer | None]:
        """What the chat says, with the answer; an error is a sentence, never a traceback.

        Args:
            wanted: asked when its turn has come: what was stopped while it waited is not answered.
        """

        def work() -> Answer | None:
            return conversation.ask(asked.question, **asked.filters) if wanted() else None

        try:
            answer = self._turns.work(work)
        except Exception as error:
            return told(error)[1], None
        return (answer.text if answer else STOPPED), answer

    def _linked(self, answer: Answer | None, cite: str) -> Citation | None:
        """The checked words that a link led to, where the answer does not hold them."""
        at = placed(cite)
        if at is None or (answer and any(place(c) == cite for c in (*answer.citations, *answer.elsewhere))):
            return None
        try:
            return self._assistant.citation(*at)
        except UnknownTranscriptError:
            return None

    def answers(self, session: Session) -> list[Answer]:
        """The answers of the conversation, in order, without the server's folders."""
        return [at_home(one.answer) for one in session.exchanges if one.answer is not None]

    def stop(self, session: Session) -> View:
        """Give up what is being asked; the question stays, to be asked again."""
        if session.waiting is not None:
            asked, session.waiting = session.waiting, None
            session.run += 1
            session.exchanges.append(Exchange(asked, STOPPED, None, session.so_far()))
        return self.view(session)

    def undo(self, session: Session, n: int) -> tuple[View, str]:
        """Take back an exchange and those after it; returns the question, to be asked in other words."""
        question = session.exchanges[n].asked.question if 0 <= n < len(session.exchanges) else ""
        session.run += 1
        session.waiting, session.shown = None, None
        del session.exchanges[max(n, 0) :]
        return self.view(session), question

    def view(self, session: Session, part: Answer | None = None) -> View:
        """What to show now.

        Args:
            part: as much of the answer on its way as is there.
        """
        messages = [m for exchange in session.exchanges for m in _messages(exchange.asked, exchange.text)]
        if session.waiting is not None:
            waiting = session.waiting
            messages += _messages(waiting, part.text if part else "")
            cards = answer_html(part) if part else SEARCHING
            return View(messages, cards, "Searching the transcripts …", busy=True, asked=waiting)
        current = session.current
        if current is None:
            return View(messages, NOTHING_YET)
        asked, answer = current.asked, current.answer
        titles = {info.id: info.title for info in self._assistant.transcripts()}
        return View(
            messages,
            self._cards(current),
            _status(current),
            understood.chips(asked, answer, titles),
            understood.nearest(asked, answer, self._speaking() if answer and answer.understood.unknown else ()),
            asked=asked,
            link=asking.link(asked, answer) if asked.question.strip() else "",
        )

    def _cards(self, exchange: Exchange) -> str:
        answer = exchange.answer
        if answer is None:
            return error_html(exchange.text)
        way = Way(lambda citation: asking.link(exchange.asked, answer, citation), exchange.cite)
        return answer_html(answer, way, exchange.linked)

    def _speaking(self) -> tuple[str, ...]:
        return tuple(p.name for p in self._assistant.people() if p.n_turns and not p.anonymous)[: understood.NEAREST]

    def like(self, session: Session, n: int, liked: bool | None) -> str:
        """Note that an answer was liked or not, or None: neither any more; returns what to say."""
        session.liked = None if liked is None else (n, liked)
        return self._note(session, n, liked, "")

    def comment(self, session: Session, words: str) -> str:
        """Note why the answer judged last was liked or not; returns what to say."""
        if session.liked is None:
            return "Like or dislike an answer first."
        return self._note(session, *session.liked, words)

    def _note(self, session: Session, n: int, liked: bool | None, words: str) -> str:
        exchange = session.exchanges[n] if 0 <= n < len(session.exchanges) else None
        if exchange is None or exchange.answer is None:
            return "There is no answer to judge."
        limits = {k: list(v) if isinstance(v, tuple) else v for k, v in exchange.asked.filters.items()}
        earlier = [one.asked.question for one in session.exchanges[:n]]
        try:
            self._assistant.give_feedback(
                exchange.answer, liked, words, id=exchange.id, filters=limits, history=earlier
            )
        except QAError:
            _log.exception("feedback was not noted")
            return "That could not be noted: the index folder cannot be written."
        return "Thank you, noted." if liked is not None else "Taken back."

    def restore(self, session: Session, asked: Sequence[Asked]) -> Iterator[View]:
        """Ask the questions of an earlier conversation again, one after the other."""
        for one in asked:
            before = len(session.exchanges)
            yield from self.ask(session, one)
            if len(session.exchanges) == before:  # stopped
                return


def exchange_at(session: Session, message: int) -> int:
    """Which exchange a message of the chat belongs to; -1 for none."""
    at = -1
    for n, exchange in enumerate(session.exchanges):
        at += len(_messages(exchange.asked, exchange.text))
        if message <= at:
            return n
    return -1


def limited(asked: Asked, speaker: str | None, transcript: str | None, since: str, until: str) -> Asked:
    """The question with filters set by hand; a year or month stands for its days."""
    return replace(
        asked,
        speaker=speaker or None,
        transcript=transcript or None,
        since=understood.whole_day(since or "", last=False) or None,
        until=understood.whole_day(until or "", last=True) or None,
    )


def _messages(asked: Asked, text: str) -> list[Message]:
    user = [{"role": "user", "content": chat_text(asked.question)}] if asked.question.strip() else []
    said = [{"role": "assistant", "content": chat_text(text)}] if text else []
    return [*user, *said]


def _status(exchange: Exchange) -> str:
    answer = exchange.answer
    gone = f" {GONE}" if exchange.cite and not _there(exchange) else ""
    if answer is None:
        return f"{exchange.text}{gone}"
    n = len(answer.citations)
    if not answer.found:
        first = answer.text.split("\n")[0].removesuffix(":")
        return f"No answer. {first}{'' if first.endswith(('.', '?', '!')) else '.'}{gone}"
    if not n:
        return f"Answered from the transcripts' own data, without a quotation.{gone}"
    return f"Answered with {n} quotation{'' if n == 1 else 's'}.{gone}"


def _there(exchange: Exchange) -> bool:
    answer = exchange.answer
    held = answer is not None and any(place(c) == exchange.cite for c in (*answer.citations, *answer.elsewhere))
    return held or exchange.linked is not None
