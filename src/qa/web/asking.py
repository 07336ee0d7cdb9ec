"""What one visitor asks, in the order asked, and how it travels in an address.

What comes back from an address or a browser is anybody's writing: it is read with care, and questions are
asked again rather than answers believed, so that every quotation shown has passed the check of this index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from qa.assistant import Conversation
from qa.types import Answer, Citation
from qa.web.wording import place

_LONGEST = 4000  # characters of any value taken from outside; questions have a limit of their own


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that limits it.

    Attributes:
        transcript, speaker, since, until: filters set by hand, as in `Assistant.ask`.
        without: parts of what was understood that are set aside, as there.
    """

    question: str
    transcript: str | None = None
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    without: tuple[str, ...] = ()

    @property
    def filters(self) -> dict[str, Any]:
        """The limits that are set, as keywords of `ask`."""
        values = {name: getattr(self, name) for name in ("transcript", "speaker", "since", "until", "without")}
        return {name: value for name, value in values.items() if value}

    @classmethod
    def read(cls, given: Any) -> Asked | None:
        """From JSON of unknown origin; None where there is no question in it."""
        if not isinstance(given, Mapping) or not readable(given.get("question")):
            return None
        parts = given.get("without")
        parts = [part for part in map(readable, parts if isinstance(parts, list | tuple) else []) if part]
        limits = {name: readable(given.get(name)) for name in ("transcript", "speaker", "since", "until")}
        return cls(readable(given["question"]) or "", **limits, without=tuple(parts[:20]))

    def written(self) -> dict[str, Any]:
        """As JSON, the way `read` takes it."""
        limits = {name: list(value) if name == "without" else value for name, value in self.filters.items()}
        return {"question": self.question, **limits}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it.

    Attributes:
        id: of its own, for feedback.
        text: what the chat says.
        answer: None when it was refused or stopped.
        after: the conversation with this question in it.
        cite: which words a link led to, as `place` writes them; "" for none.
        linked: those words, where the answer does not hold them.
    """

    asked: Asked
    text: str
    answer: Answer | None
    after: Conversation
    cite: str = ""
    linked: Citation | None = None
    id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(slots=True)
class Session:
    """One browser tab: its conversation. Kept on the server, shared with nobody.

    Attributes:
        start: the conversation before the first question.
        run: counts what was begun, so that what was overtaken can tell.
        shown: the exchange whose evidence is beside the chat; None = the last.
        waiting: what is being asked right now.
    """

    start: Conversation
    id: str = field(default_factory=lambda: uuid4().hex)
    exchanges: list[Exchange] = field(default_factory=list)
    run: int = 0
    shown: int | None = None
    waiting: Asked | None = None
    liked: tuple[int, bool] | None = None

    @property
    def current(self) -> Exchange | None:
        """The exchange whose evidence is shown."""
        if not self.exchanges:
            return None
        n = len(self.exchanges) - 1 if self.shown is None else self.shown
        return self.exchanges[n] if 0 <= n < len(self.exchanges) else None

    def so_far(self) -> Conversation:
        """A conversation to ask the next question in; this session's own is left as it is."""
        return (self.exchanges[-1].after if self.exchanges else self.start).copy()

    def begin(self, asked: Asked, keep: int | None = None) -> int:
        """Ask something, after the first `keep` exchanges (None = all); returns the number of the run."""
        if keep is not None:
            del self.exchanges[keep:]
        self.run += 1
        self.shown, self.waiting, self.liked = None, asked, None
        return self.run

    def leave(self) -> None:
        """Give up what is being asked, for another conversation: it shows nothing more."""
        self.run += 1
        self.waiting = None

    def end(self, run: int, exchange: Exchange) -> bool:
        """Take the outcome in, unless something else was begun since; True when taken."""
        if run != self.run:
            return False
        self.exchanges.append(exchange)
        self.waiting = None
        return True


def growing(answer: Answer) -> Iterator[Answer]:
    """The answer in steps that end with a sentence and its [1] marks, the citations of each with it."""
    lines = answer.text.split("\n")
    marked = answer.citations if answer.found else answer.elsewhere
    for n, line in enumerate(lines, 1):
        if n < len(lines) and line.endswith(":"):  # says who, not yet what
            continue
        text = "\n".join(lines[:n])
        seen = sum(f"[{number}]" in text for number in range(1, len(marked) + 1))
        shown = marked if n == len(lines) else marked[:seen]
        if answer.found:
            yield replace(answer, text=text, citations=shown)
        else:
            yield replace(answer, text=text, elsewhere=shown)


def link(asked: Asked, answer: Answer | None, citation: Citation | None = None) -> str:
    """The query of a permanent link: the question as it stands alone, its limits, the words cited."""
    question = answer.standalone if answer is not None and answer.standalone else asked.question
    if answer is not None and question != asked.question and len(answer.understood.transcripts) == 1:
        asked = replace(asked, transcript=asked.transcript or answer.understood.transcripts[0])  # what "there" meant
    pairs = [("q", question)]
    for name, value in asked.filters.items():
        pairs += [(name, part) for part in (value if name == "without" else (value,))]
    if citation is not None:
        pairs.append(("cite", place(citation)))
    return "?" + urlencode(pairs, encoding="utf-8", errors="replace")


def from_link(query: list[tuple[str, str]]) -> tuple[Asked, str] | None:
    """What a permanent link asks, and the place of the words it cites ("" for none)."""
    single = dict(reversed(query))
    parts = [value for name, value in query if name == "without"]
    asked = Asked.read({**single, "question": single.get("q"), "without": parts})
    return (asked, (readable(single.get("cite")) or "")) if asked else None


def readable(value: Any) -> str | None:
    """A text that is not blank, cut to a length; None for anything else."""
    return value[:_LONGEST] if isinstance(value, str) and value.strip() else None
