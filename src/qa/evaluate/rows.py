"""What is kept of every question: enough to see why it came out so, and to count every figure again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.evaluate.questions import Place


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation of an answer, checked against the stored transcript.

    Attributes:
        turn: None for the page's own words.
        verbatim: it stands there, character for character but for whitespace.
        speaker_right: the turn is the person's it is given to.
        asked_for: the turn is the person's whose words the question asks for by name; None when it names nobody.
    """

    quote: str
    speaker: str
    transcript: str
    turn: int | None
    verbatim: bool
    speaker_right: bool
    asked_for: bool | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the right answer holds.

    Attributes:
        gold: the first ten of the gold texts.
        turns: where gold words stand, whoever says them.
    """

    speaker: str | None = None
    gold: tuple[str, ...] = ()
    turns: tuple[Place, ...] = ()
    reason: str | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One question's outcome.

    Attributes:
        found: the assistant gave an answer.
        answered: the gold words are quoted from the right speaker.
        right: `answered` with that speaker first; for an unanswerable question silence, with the
            expected reason and `elsewhere`, if given.
        why: what was wrong, "" when right.
        reason_right, elsewhere_right: silence came with the expected ones; None when none are expected.
        has_turns: the answer stands in turns, so rankings are measured.
        scores: the ranking's measures by name; empty without `has_turns`.
        kind: what the assistant took the question for.
        seconds: wall time of the answer.
    """

    id: str
    category: str
    answerable: bool
    found: bool
    right: bool
    why: str
    confidence: float
    seconds: float
    question: str
    text: str
    answered: bool = False
    history: tuple[str, ...] = ()
    standalone: str = ""
    kind: str = ""
    transcript: str | None = None
    twin_of: str | None = None
    reason: str | None = None
    reason_right: bool | None = None
    elsewhere_right: bool | None = None
    has_turns: bool = False
    expected: Expected = Expected()
    quotes: tuple[Quoted, ...] = ()
    elsewhere: tuple[Quoted, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def attributed(self) -> tuple[int, int]:
        """Quotations by the speaker asked for, and all quotations; (0, 0) when the question names nobody."""
        asked = [quote.asked_for for quote in self.quotes if quote.asked_for is not None]
        return sum(asked), len(asked)

    @property
    def shown(self) -> tuple[Quoted, ...]:
        """Every quotation a reader sees."""
        return (*self.quotes, *self.elsewhere)
