"""A conversation in the terminal: the page's logic, with commands that begin with a slash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from qa.assistant import Assistant, Conversation
from qa.errors import UsageError
from qa.export import ENDINGS, export
from qa.types import Answer, Question, QuotationCheck

HELP = """\
/speaker NAME      only this person's words from now on; /transcript ID, /since DAY, /until DAY likewise
/anywhere          no such limits any more
/back              take the latest question back: the next one follows the one before it
/new               a new conversation
/verify WORDS      whether somebody said these words (of /speaker's, where that is set)
/save FILE         the conversation as .md, .json, .csl.json, .bib or .txt
/help              this list; an empty line or Ctrl-D ends the conversation"""
LIMITS = ("speaker", "transcript", "since", "until")

Said = str | Answer | QuotationCheck


@dataclass(slots=True)
class _Step:
    """The conversation as it was before an answer."""

    before: Conversation
    answer: Answer


@dataclass(slots=True)
class Talk:
    """What was asked so far, and where to look.

    Attributes:
        limits: the filters of `Assistant.ask` that are set.
    """

    assistant: Assistant
    limits: dict[str, str] = field(default_factory=dict)
    _chat: Conversation = field(init=False)
    _steps: list[_Step] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._chat = self.assistant.conversation()

    def say(self, line: str) -> Said:
        """The reply to a line: an answer, a check, or a sentence about a command.

        Raises:
            QAError: as `Assistant.ask`, and for commands that cannot be carried out.
        """
        line = line.strip()
        if not line.startswith("/"):
            return self._ask(line)
        name, _, rest = line[1:].partition(" ")
        if name in LIMITS:
            return self._limit(name, rest.strip())
        commands: dict[str, Callable[[str], Said]] = {
            "anywhere": lambda _: self._anywhere(),
            "back": lambda _: self._back(),
            "new": lambda _: self._new(),
            "verify": self._verify,
            "save": self._save,
            "help": lambda _: HELP,
        }
        if name not in commands:
            raise UsageError(f"There is no command /{name}. See /help.")
        return commands[name](rest.strip())

    def _ask(self, question: str) -> Answer:
        before = self._chat.copy()
        answer = self._chat.ask(question, **self.limits)
        self._steps.append(_Step(before, answer))
        return answer

    def _limit(self, name: str, value: str) -> str:
        tried = {**self.limits, name: value}
        if not value:
            tried.pop(name)
        self._chat.understand("", **tried)  # refuses what names nothing
        self.limits = tried
        return self._where()

    def _where(self) -> str:
        shown = ", ".join(f"{name} {self.limits[name]}" for name in LIMITS if name in self.limits)
        return f"Looking at: {shown}." if shown else "Looking everywhere."

    def _anywhere(self) -> str:
        self.limits = {}
        return self._where()

    def _back(self) -> str:
        if not self._steps:
            raise UsageError("There is no question to take back.")
        step = self._steps.pop()
        self._chat = step.before
        return f"Taken back: {step.answer.question}"

    def _new(self) -> str:
        self._chat = self.assistant.conversation()
        self._steps.clear()
        return "A new conversation."

    def _verify(self, words: str) -> QuotationCheck:
        return self.assistant.check_quotation(words, self.limits.get("speaker"), self.limits.get("transcript"))

    def _save(self, name: str) -> str:
        # the longest ending first: ".csl.json" is ".json", too
        endings = sorted(ENDINGS.items(), key=lambda item: -len(item[1]))
        form = next((form for form, ending in endings if name.endswith(ending)), None)
        if form is None:
            raise UsageError(f"/save needs a file name that ends in {', '.join(ENDINGS.values())}.")
        try:
            Path(name).write_text(export([step.answer for step in self._steps], form), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{name} cannot be written ({error.strerror}). Choose another file.") from error
        n = len(self._steps)
        return f"{n} answer{'' if n == 1 else 's'} written to {name}"


def understood(question: Question) -> str:
    """What a question was taken for, in a line; "" where it says no more than the question itself."""
    parts = []
    if question.speakers:
        parts.append(f"said by {' or '.join(question.speakers)}")
    if question.topic and (question.speakers or question.standalone != question.text):
        parts.append(f"about {question.topic}")
    days = (question.since, question.until)
    if any(days):
        parts.append(days[0] if days[0] == days[1] and days[0] else f"from {days[0] or '…'} to {days[1] or '…'}")
    return f"({', '.join(parts)})" if parts else ""
