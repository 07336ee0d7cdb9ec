"""What walks through the house: frozen data, and the Protocols of the parts that can be swapped.

Characters are counted in Python `str` positions, from 0, ends exclusive. Scores: higher is better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stand alike, one to one, in a text of ours and in its source.

    Attributes:
        start: first character in the text.
        source_start: first character in the decoded source.
        length: number of characters, at least 1.
    """

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Person:
    """One human being (or one anonymous voice) as a transcript knows them.

    Attributes:
        name: canonical full name, "Nursultan Nazarbayev".
        role: what the transcript calls them, "President of Kazakhstan"; None when it does not say.
        aliases: other forms seen: labels, short forms, other word orders.
        anonymous: a voice without a name ("SPEAKER_00", "Question"): it belongs to its transcript alone.
    """

    name: str
    role: str | None = None
    aliases: tuple[str, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted stretch; `text` holds spoken words only.

    Attributes:
        index: place in the transcript, from 0.
        speaker: canonical name of a person of the transcript.
        label: the speaker label as printed.
        text: the words; paragraphs are separated by a line break.
        pieces: where the characters of `text` stand in the source; empty when the source is no text.
        start_s, end_s: media seconds, or None.
        uncertain: the attribution is a guess.
    """

    index: int
    speaker: str
    label: str
    text: str
    pieces: tuple[Piece, ...] = ()
    start_s: float | None = None
    end_s: float | None = None
    uncertain: bool = False


class PageKind(StrEnum):
    """What a piece of the page's own words tells."""

    TITLE = "title"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    SUMMARY = "summary"
    ATTENDANCE = "attendance"
    TOPICS = "topics"
    PERSONS = "persons"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PageText:
    """Words of the page itself, never of a person: its title, date, place, summary, who attended.

    Attributes:
        kind: what it tells.
        text: the words, whitespace normalised.
        pieces: where they stand in the source, as in `Turn`.
    """

    kind: PageKind
    text: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """The record of one event.

    Attributes:
        id: unique within an index.
        title: what the source calls the event; the file's name when it says nothing.
        turns: in order; `turns[i].index == i`.
        people: everybody who speaks, and those the page names as present.
        page: the page's own words.
        date: ISO 8601 day, "2017-10-12".
        time: "14:15", local to the place.
        place: where it happened.
        language: ISO 639-1 code.
        source: URL, or the path of the file it was read from.
        format: the reader that read it, such as "kremlin", "labelled", "qa-json".
        source_text: the decoded source, when the source is text that spans point into.
        dropped: furniture and other lines that are neither speech nor the page's facts.
        unattributed: words that may be speech, but nobody is named for them; they are in no turn.
        problems: what in the file could not be parsed, each with its place: "line 12: no time, left out".
    """

    id: str
    title: str
    turns: tuple[Turn, ...]
    people: tuple[Person, ...] = ()
    page: tuple[PageText, ...] = ()
    date: str | None = None
    time: str | None = None
    place: str | None = None
    language: str | None = None
    source: str | None = None
    format: str = ""
    source_text: str | None = None
    dropped: tuple[str, ...] = ()
    unattributed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def person(self, name: str) -> Person | None:
        """The person of that canonical name, or None."""
        return next((p for p in self.people if p.name == name), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """The indexed unit: whole sentences of one turn, never more than one turn.

    Attributes:
        id: hash of content and place; the same words in the same place give the same id.
        start, end: characters in the turn's text; `text == turn.text[start:end]`.
        speaker: canonical name.
        n_tokens: length in tokens of the settings' encoding.
    """

    id: str
    transcript_id: str
    turn: int
    start: int
    end: int
    speaker: str
    text: str
    n_tokens: int


@dataclass(frozen=True, slots=True)
class TranscriptInfo:
    """One line about a transcript, without its text. `people` are those who speak, most turns first."""

    id: str
    title: str
    date: str | None
    time: str | None
    place: str | None
    language: str | None
    source: str | None
    format: str
    n_turns: int
    n_passages: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role and the days of the transcripts that call a person so.

    Attributes:
        first, last: ISO days of the earliest and the latest; None where no such transcript has a date.
    """

    role: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """One person over the whole index.

    Attributes:
        name: canonical name, no two alike.
        roles: every role seen, newest transcript first.
        aliases: every other form seen, and those the user gave.
        n_turns: turns spoken; 0 for somebody only named as present.
        transcripts: ids, where they speak or are named as present.
        dated_roles: `roles` with their days.
        anonymous: a voice without a name, as in `Person`.
        sample: the beginning of something they said, where it was asked for.
    """

    name: str
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    n_turns: int = 0
    transcripts: tuple[str, ...] = ()
    dated_roles: tuple[DatedRole, ...] = ()
    anonymous: bool = False
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person of one transcript, as its reader knows them: what the registry of persons is made of.

    Attributes:
        name: the name within that transcript.
        role: what that transcript calls them, or None.
        forms: labels and other forms there.
        canonical: the name in the whole index, as last settled.
    """

    transcript_id: str
    date: str | None
    name: str
    role: str | None = None
    forms: tuple[str, ...] = ()
    anonymous: bool = False
    n_turns: int = 0
    canonical: str = ""


class Action(StrEnum):
    """What the user can decide about persons."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    ALIAS = "alias"
    IMPORT = "import"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Whom a decision means: a name as a transcript has it; without a transcript, as any has it."""

    transcript: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something the user decided about persons.

    Attributes:
        names: the words of the command: for a merge the names of those made one, the first one's to be kept; for a
            split the person parted from; for a rename or alias the person and the new form; for an import the file.
        persons: for each name that is a person's, whom it meant; empty = whoever bears the name.
        parts: the decisions of an import.
    """

    action: Action
    names: tuple[str, ...]
    persons: tuple[tuple[Ref, ...], ...] = ()
    parts: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A decision in the order it was taken.

    Attributes:
        n: its number, rising.
        at: when, UTC, ISO 8601.
        undone: it was taken back.
    """

    n: int
    at: str
    decision: Decision
    undone: bool = False


class Kind(StrEnum):
    """What sort of thing a question wants."""

    SAID_ABOUT = "said-about"
    WHO_SAID = "who-said"
    FACT = "fact"
    WHEN = "when"
    WHERE = "where"
    WHO_ATTENDED = "who-attended"
    WHO_IS = "who-is"
    PAGE = "page"
    COMPARISON = "comparison"
    LIST = "list"
    GREETING = "greeting"  # no question
    INSTRUCTION = "instruction"  # an order to do something else


@dataclass(frozen=True, slots=True)
class Question:
    """The user's words, understood.

    Attributes:
        text: the words as asked.
        standalone: the words after history was resolved.
        kind: what sort of thing is wanted.
        speakers: canonical names of those whose words are asked for; empty = anybody.
        unknown: names asked for that belong to nobody in the index.
        nearest: for an unknown name, the nearest names there are.
        topic: what it is about, without the frame of the question and the speakers.
        mentions: canonical names of persons spoken about or spoken to.
        transcripts: ids the question is limited to; empty = all.
        since, until: ISO days the event must lie within, both inclusive, or None.
        strict: the answer must be the named speakers' own words.
        language: ISO 639-1 code of the question, "en" or "ru" for now.
        besides: canonical names whose words are not wanted: "who else?".
        unclear: groups of `speakers`, for each name that several people bear and that does not tell whom it means.
    """

    text: str
    standalone: str
    kind: Kind = Kind.FACT
    speakers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    topic: str = ""
    mentions: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    strict: bool = False
    language: str = "en"
    besides: tuple[str, ...] = ()
    unclear: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An excerpt worth reading.

    Attributes:
        turns: indices it covers, in order.
        best: the same indices, best first.
        text: the turns, one a line, each with its label when there are several speakers.
        score: higher is better; comparable within one search only.
        speakers: canonical names, in the order they speak.
    """

    transcript_id: str
    turns: tuple[int, ...]
    best: tuple[int, ...]
    text: str
    score: float
    title: str = ""
    date: str | None = None
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words in a turn, or in the page's own text.

    The law: with all whitespace removed, `quote` equals the turn's slice, and the source's slice
    where the source is text; and the turn's speaker is `speaker`.

    Attributes:
        quote: verbatim, whitespace normalised.
        speaker: canonical full name; "" for the page's own words.
        label: the speaker label as printed; "" for the page's own words.
        turn: index of the turn; None for the page's own words.
        start, end: characters in the turn's text (in the page text's, for the page's own words).
        source: path or URL.
        source_start, source_end: characters in the decoded source, or None where it is no text or
            markup (a link's target) stands among the words: each run of them was compared with it.
        start_s, end_s: media seconds of the turn, or None.
        before, after: the neighbouring sentences of the same speaker, for reading; "" at the edges.
        uncertain: who speaks is the reader's guess, for the transcript does not say it plainly; tell it with the name.
    """

    quote: str
    speaker: str
    label: str
    role: str | None
    transcript_id: str
    title: str
    date: str | None
    place: str | None
    turn: int | None
    start: int
    end: int
    source: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    before: str = ""
    after: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the house says, and on what grounds.

    Attributes:
        found: the citations answer the question.
        confidence: estimated probability of that, in [0, 1].
        text: prose with [1] marks that count `citations` from 1; with nothing found, the marks
            count `elsewhere`.
        elsewhere: who did say it, when the person asked about did not.
        reason: None when found; else "not-said", "never-spoke" (named or present, but without words),
            "unknown-speaker", "ambiguous-speaker" (several people bear the name asked for; `understood.unclear`
            holds them, `text` asks which), "off-topic" (nobody said it), "empty-index", "empty-question" or
            "instruction".
    """

    question: str
    standalone: str
    found: bool
    confidence: float
    text: str
    understood: Question
    citations: tuple[Citation, ...] = ()
    elsewhere: tuple[Citation, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Words in which a quotation and what was said differ; one of the two may be empty.

    Attributes:
        quoted: the words as quoted; "" where words that were said are missing.
        said: the words as said; "" where words were added that nobody said there.
    """

    quoted: str
    said: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """Whether somebody said some words.

    Attributes:
        quote: the words as given.
        speaker: the canonical name they were ascribed to; the name as given when it is nobody's; "" when none was.
        verdict: "verbatim" (these very words, in this order, by that person), "nearly" (by that person, but
            `differences`), "other-speaker" (somebody else said it, verbatim or nearly: `citation` says who) or
            "not-found".
        citation: what was said, exactly; None when not found.
        parts: the citations of its parts, where the quotation leaves words out, runs across a caption, or over
            several turns: then by whoever spoke in them.
        differences: which words differ, in order; empty when only signs between the words do, or the words were not
            said in one go.
        notes: what else is to be known, each a sentence: capitals, punctuation, words left out, a doubtful speaker.
        similarity: share of the words that agree, in [0, 1].
        n_places: places where these very words stand (of the persons asked for, where they said it).
        others: citations of further such places, and of others who said it or nearly; a few.
    """

    quote: str
    speaker: str
    verdict: str
    citation: Citation | None = None
    parts: tuple[Citation, ...] = ()
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    similarity: float = 0.0
    n_places: int = 0
    others: tuple[Citation, ...] = ()

    @property
    def places(self) -> tuple[Citation, ...]:
        """What is to be shown as said: `citation`, or the parts where it runs over several turns."""
        if len({part.turn for part in self.parts}) > 1:
            return self.parts
        return () if self.citation is None else (self.citation,)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one person said about a topic in one transcript.

    Attributes:
        speaker: canonical name.
        date: the transcript's ISO day, or None.
        citations: in the order spoken; neighbouring sentences are one citation, which is one mention.
        confidence: of the surest of them that it is about the topic, in [0, 1].
    """

    transcript_id: str
    title: str
    date: str | None
    speaker: str
    citations: tuple[Citation, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """When and how often a topic was spoken about.

    Attributes:
        topic: as understood.
        speakers: canonical names of those whose words were looked at; empty = everybody's.
        dated: by date, within a transcript the one with the most mentions first.
        undated: those of transcripts without a date, by title.
        searched: transcripts whose words were looked at.
        complete: False where the topic comes so often that the least of its mentions were not counted.
        elsewhere: where those asked for said nothing about it, who did: the surest words of each.
    """

    topic: str
    speakers: tuple[str, ...] = ()
    dated: tuple[Mentions, ...] = ()
    undated: tuple[Mentions, ...] = ()
    searched: int = 0
    complete: bool = True
    elsewhere: tuple[Citation, ...] = ()

    @property
    def all(self) -> tuple[Mentions, ...]:
        """The dated ones, then the others."""
        return self.dated + self.undated

    @property
    def people(self) -> dict[str, int]:
        """Canonical name -> number of mentions, most first."""
        counted: dict[str, int] = {}
        for one in self.all:
            counted[one.speaker] = counted.get(one.speaker, 0) + len(one.citations)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Side:
    """One person's part in a comparison.

    Attributes:
        speaker: canonical name.
        answer: to what they said about the topic, to them alone: cited, or why not and who did.
        citations: the best of the answer's, as many at most as anybody else's side may have.
    """

    speaker: str
    answer: Answer
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several people said about one topic, each asked by the same measure."""

    topic: str
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """One turn as a piece of the time a transcript takes.

    Attributes:
        turn: its index.
        before: words spoken before it by anybody.
        words: spoken in it.
        start_s, end_s: media seconds, or None.
    """

    turn: int
    speaker: str
    before: int
    words: int
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a transcript one person speaks.

    Attributes:
        seconds: None unless every turn of theirs tells its beginning and its end.
    """

    speaker: str
    turns: int
    words: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Who spoke when and how long in one transcript.

    Attributes:
        shares: of everybody who speaks, most words first.
        stretches: its turns, in order.
    """

    transcript_id: str
    title: str
    date: str | None
    shares: tuple[Share, ...] = ()
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """What happened to one file.

    Attributes:
        path: as found.
        transcript_id: None when it failed.
        reason: why it failed or was skipped; "" otherwise.
        n_dropped: lines that are neither speech nor the page's facts.
        n_unattributed: pieces of the text that nobody is named for.
        n_uncertain: turns whose speaker is a guess.
        problems: what could not be parsed, each with its place.
    """

    path: str
    transcript_id: str | None = None
    format: str = ""
    n_turns: int = 0
    n_people: int = 0
    n_dropped: int = 0
    reason: str = ""
    n_unattributed: int = 0
    n_uncertain: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` did, file by file."""

    added: tuple[FileReport, ...] = ()
    updated: tuple[FileReport, ...] = ()
    skipped: tuple[FileReport, ...] = ()
    failed: tuple[FileReport, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` found: every problem in words, and what was repaired."""

    transcripts: int = 0
    passages: int = 0
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong, or everything wrong was repaired."""
        return len(self.problems) == len(self.repaired)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages a search may see; an empty filter lets everything through.

    Attributes:
        transcripts: ids; None = all, an empty tuple = none.
        speakers: canonical names; None = all, an empty tuple = none.
        since, until: ISO days of the transcript, both inclusive; a transcript without a date is
            outside every range.
    """

    transcripts: tuple[str, ...] | None = None
    speakers: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None

    @property
    def open(self) -> bool:
        """True when it lets everything through."""
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Entry:
    """One transcript ready to be stored, with everything derived from it.

    Attributes:
        fingerprint: sha256 of the file's bytes.
        path: absolute path of the file, the entry's identity on disk.
        passages: in order of turn and start.
        vectors: float32, shape (len(passages), dim), rows of length 1.
        terms: per passage, its index terms joined by blanks (see `words.terms`).
        tokens: per passage, its tokens; none at all, and searching makes them when it needs them.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    vectors: Vectors
    terms: tuple[str, ...] = field(default=())
    tokens: tuple[Tokens, ...] = ()
    fingerprint: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A text's tokens as the embedding model sees them in their context, each vector by its signs alone.

    Attributes:
        starts: uint16, shape (n,), rising: where each begins in the text, in characters.
        signs: uint8, shape (n, ceil(dim / 8)): a bit is 1 where the number is positive, as numpy.packbits has it.
    """

    starts: NDArray[np.uint16]
    signs: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A short text as the embedding model sees it.

    Attributes:
        vector: float32, shape (dim,), of length 1.
        tokens: float32, shape (n, dim), rows of length 1; n = 0 with a model that does not tell them.
        starts: int64, shape (n,), rising: where each token begins in the text, in characters.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32]
    starts: Column


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every passage of an index stands, as columns: one entry a passage, rows rising.

    A transcript's passages lie side by side, in order of turn and start.

    Attributes:
        ids: transcript number -> transcript id.
        speakers: canonical name -> code in `speaker`.
        rows: int64, shape (n,), rising.
        transcript: int64, shape (n,), the transcript's number.
        turn: int64, shape (n,), index of the turn.
        tokens: int64, shape (n,), length in tokens.
        terms: int64, shape (n,), number of index terms.
        speaker: int64, shape (n,), code of the turn's speaker.
    """

    ids: Mapping[int, str]
    speakers: Mapping[str, int]
    rows: Column
    transcript: Column
    turn: Column
    tokens: Column
    terms: Column
    speaker: Column


class Embedder(Protocol):
    """Texts to unit vectors."""

    @property
    def model_id(self) -> str:
        """Name that is stored with the index; another name means other vectors."""

    @property
    def dim(self) -> int:
        """Numbers per vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32, shape (len(texts), dim), rows of length 1."""

    def embed_passages(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Tokens, ...]]:
        """As `embed`, with the tokens of each text."""

    def encode(self, texts: Sequence[str]) -> tuple[Encoded, ...]:
        """Texts that come again and may be remembered, such as questions, with their tokens."""


class Reranker(Protocol):
    """Reads a question and a text together; slower and better than comparing vectors."""

    def score(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers the query: one number a text, higher is better, no unit."""


class Progress(Protocol):
    """Told of each file as `add` goes along."""

    def __call__(self, done: int, total: int, path: str) -> None:
        """`done` of `total` files are finished; `path` is the one at hand."""
