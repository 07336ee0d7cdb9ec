"""The whole house as one object."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from qa import cite, feedback, kept, words
from qa import question as questions
from qa.answer import Answerer
from qa.embed import CrossEncoderReranker, SentenceEmbedder
from qa.errors import MissingExtraError, ReadError, UnknownPersonError, UnknownTranscriptError, UsageError
from qa.index import Index
from qa.people import People
from qa.quotation import Checker
from qa.read import read
from qa.search import Searcher
from qa.settings import Settings, load
from qa.speakers import Directory
from qa.split import Splitter
from qa.store import FILE_NAME as STORE_NAME
from qa.timeline import Timelines, talk
from qa.types import (
    AddReport,
    Answer,
    CheckReport,
    Citation,
    Comparison,
    Embedder,
    Entry,
    FileReport,
    Filter,
    Hit,
    Kind,
    LogEntry,
    PersonInfo,
    Progress,
    Question,
    QuotationCheck,
    Talk,
    Timeline,
    Transcript,
    TranscriptInfo,
)

_NO_TRANSCRIPTS = {"readme", "license", "licence", "copying", "notice", "changelog", "contributing", "makefile"}


class Assistant:
    """Answers "who said what?" from one index folder. Use `qa.open`. Safe to share between threads.

    Args:
        folder: the index folder; made when absent.
        settings: None = the defaults with `QA_*` environment variables.
        create: without it a missing index is an error.

    Raises:
        IndexFolderError: the folder cannot be made or opened.
        IndexMismatchError: the index was built with another model or splitter.
    """

    def __init__(self, folder: Path | str, settings: Settings | None = None, *, create: bool = True) -> None:
        self.settings = settings or load()
        self._splitter = Splitter(self.settings.encoding, self.settings.passage_tokens)
        self._embedder: Embedder = SentenceEmbedder(self.settings)
        self._index = Index.open(
            Path(folder), model_id=self._embedder.model_id, splitter=self._splitter.version, create=create
        )
        reranker = CrossEncoderReranker(self.settings) if self.settings.reranker else None
        self._searcher = Searcher(self._index, self._embedder, self.settings, reranker)
        self._answerer = Answerer(self._index, self._searcher, self._embedder, self.settings)
        self._checker = Checker(self._index)
        self._timelines = Timelines(self._index, self._searcher, self._embedder, self.settings, self._answerer)
        self._people = People(self._index, lambda: self._knowledge().people)
        self._known: tuple[int, questions.Known] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the index lies."""
        return self._index.folder

    def close(self) -> None:
        """Close the index' files."""
        self._index.close()

    def warm_up(self) -> None:
        """Load what the first question would wait for, such as the model: seconds, once. Raises as `search` does."""
        if not self._index.empty:
            self._embedder.encode(["warm"])  # first, while nobody waits for the store behind it
            self.search("warm", 1)

    # ---------------------------------------------------------------- adding

    def add(self, *paths: Path | str, progress: Progress | None = None) -> AddReport:
        """Index files and folders; folders with everything in them.

        Incremental: an unchanged file is skipped, a changed one replaces what was stored of it; of files with the
        same bytes one is read. Each file is stored in one transaction, so a crash loses at most the file at hand.
        In folders, hidden files and README, LICENSE and the like are passed over.

        Args:
            progress: told of every file.

        Returns:
            What happened to each file, failures with their reasons.

        Raises:
            ReadError: the only path does not exist, or no file is in it; of several, that is told in the report.
            IndexFolderError: the index cannot be written.
            ModelError: the embedding model cannot be loaded.
        """
        closed: list[FileReport] = []
        files = list(dict.fromkeys(_files(paths, closed)))
        done: dict[str, list[FileReport]] = {"added": [], "updated": [], "skipped": [], "failed": closed}
        try:
            for n, path in enumerate(files):
                if progress is not None:
                    progress(n, len(files), str(path))
                state, report = self._add_file(path)
                done[state].append(report)
        finally:
            if done["added"] or done["updated"]:
                self._index.flush()
        if progress is not None and files:
            progress(len(files), len(files), str(files[-1]))
        return AddReport(**{state: tuple(reports) for state, reports in done.items()})

    def _add_file(self, path: Path) -> tuple[str, FileReport]:
        place = str(path.absolute())
        try:
            fingerprint = _fingerprint(path, self.settings.max_file_mb * 2**20)
            stored = self._index.by_path(place)
            if stored and stored[1] == fingerprint:
                return "skipped", FileReport(str(path), stored[0], reason="unchanged")
            twin = self._index.by_fingerprint(fingerprint) if fingerprint and not stored else None
            if twin is not None:
                return "skipped", FileReport(str(path), twin[0], reason=self._there(*twin, place))
            transcript = read(path, max_bytes=self.settings.max_file_mb * 2**20)
            transcript = replace(transcript, id=self._free_id(transcript, path, stored))
            self._index.add(self._entry(transcript, fingerprint, place))
        except (ReadError, MissingExtraError) as error:
            return "failed", FileReport(str(path), reason=str(error))
        report = FileReport(
            str(path),
            transcript.id,
            transcript.format,
            n_turns=len(transcript.turns),
            n_people=len(transcript.people),
            n_dropped=len(transcript.dropped),
            n_unattributed=len(transcript.unattributed),
            n_uncertain=sum(turn.uncertain for turn in transcript.turns),
            problems=transcript.problems,
        )
        return ("updated" if stored else "added"), report

    def _there(self, transcript_id: str, path: str | None, place: str) -> str:
        """Why a file whose very bytes were read before is not read again; where that one is gone, this takes its
        place."""
        if path is None or not Path(path).exists():
            self._index.set_path(transcript_id, place)
            return "moved, unchanged"
        title = next((info.title for info in self._index.transcripts() if info.id == transcript_id), transcript_id)
        return f"the same file is here already, as “{title}”"

    def _free_id(self, transcript: Transcript, path: Path, stored: tuple[str, str] | None) -> str:
        """The transcript's own id; where another living file has it, one made unique by the path."""
        taken = self._index.path_of(transcript.id)
        if taken is None or taken == str(path.absolute()) or not Path(taken).exists():
            return transcript.id
        if transcript.format == "qa-json":
            raise ReadError(
                path, f'has the id "{transcript.id}", which {taken} has already.', place="id",
                remedy="Give one of them another id.",
            )  # fmt: skip
        if stored:
            return stored[0]
        return f"{transcript.id}-{hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:8]}"

    def _entry(self, transcript: Transcript, fingerprint: str, place: str) -> Entry:
        passages = self._splitter.split(transcript)
        if not passages:
            raise ReadError(Path(place), "holds no spoken words.", remedy="Leave the file out.")
        vectors, tokens = self._embedder.embed_passages([passage.text for passage in passages])
        terms = tuple(" ".join(words.terms(passage.text)) for passage in passages)
        return Entry(transcript, passages, vectors, terms, tokens, fingerprint, place)

    def add_copy(self, path: Path | str, name: str = "") -> AddReport:
        """Index a copy of a file, kept in the index folder: for a file that will not stay, such as an upload.

        The same bytes are kept once, and not at all where they were indexed from elsewhere. A copy that cannot be
        read as a transcript is not kept.

        Args:
            name: what the file is called; its own name when empty. Only the last part is used.

        Raises:
            ReadError: the file cannot be copied.
            IndexFolderError, ModelError: as `add`.
        """
        copy = kept.copy(Path(path), self._index.folder, name, self.settings.max_file_mb * 2**20)
        try:
            report = self.add(copy)
        except BaseException:
            kept.forget(copy, self._index.folder)
            raise
        if self._index.by_path(str(copy.absolute())) is None:  # it failed, or the same file is here already
            kept.forget(copy, self._index.folder)
        return report

    def remove(self, transcript: str) -> None:
        """Forget a transcript, by id or the unique beginning of one, and a copy that `add_copy` kept of its file.

        Raises UnknownTranscriptError.
        """
        transcript_id = self._transcript_id(transcript)
        path = self._index.path_of(transcript_id)
        self._index.remove(transcript_id)
        self._index.flush()
        if path:
            kept.forget(Path(path), self._index.folder)

    def check(self, repair: bool = True) -> CheckReport:
        """Look at everything stored; rebuild what is only derived."""
        return self._index.check(repair)

    # ---------------------------------------------------------------- looking

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """Every transcript, by date."""
        return self._index.transcripts()

    def people(self, *, samples: bool = False) -> tuple[PersonInfo, ...]:
        """Everybody who speaks or is named as present, most turns first.

        Args:
            samples: give each the beginning of something they said.
        """
        found = self._index.people()
        if not samples:
            return found
        said = self._people.samples(found)
        return tuple(replace(person, sample=words.squeeze(said.get(person.name, ""))) for person in found)

    def transcript(self, id: str) -> Transcript:
        """A whole transcript, by id or the unique beginning of one. Raises UnknownTranscriptError."""
        return self._index.transcript(self._transcript_id(id))

    def _transcript_id(self, wanted: str) -> str:
        ids = [info.id for info in self._index.transcripts()]
        if wanted in ids:
            return wanted
        found = [name for name in ids if wanted and name.casefold().startswith(wanted.casefold())]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownTranscriptError(
                f'"{wanted}" is the beginning of {len(found)} transcripts: {", ".join(found[:3])}. Give more of the id.'
            )
        raise UnknownTranscriptError(f'No transcript "{wanted}" among {len(ids)}. List them: qa transcripts')

    # ---------------------------------------------------------------- who is who

    def merge_people(self, *names: str) -> PersonInfo:
        """Make persons one, under the name of the first; of a voice without a name, under another's.

        Here and below a person is named by any form that is nobody else's. Decisions last: reading the files
        again, or more of them, changes nothing about them. `undo_people` takes the latest back.

        Raises:
            UnknownPersonError: a name is nobody's, or several persons'.
            UsageError: two of them are one already.
        """
        return self._people.merge(names)

    def split_person(self, name: str, *transcripts: str) -> PersonInfo:
        """Make somebody's part in some transcripts (ids or their beginnings) a person of its own, and return it.

        Raises:
            UnknownPersonError, UnknownTranscriptError: there is no such person, no such transcript.
            UsageError: the person is not in one of them, or in no other.
        """
        return self._people.split(name, [self._transcript_id(one) for one in transcripts])

    def rename_person(self, name: str, new: str) -> PersonInfo:
        """Call a person otherwise; the old forms go on finding them.

        Raises:
            UnknownPersonError: there is no such person.
            UsageError: the new name is somebody else's, or no name.
        """
        return self._people.rename(name, _whole(new))

    def add_alias(self, name: str, form: str) -> PersonInfo:
        """Find a person by a further form, too. Raises as `rename_person` does."""
        return self._people.alias(name, _whole(form))

    def undo_people(self) -> LogEntry:
        """Take the latest decision about persons back, and return it. Raises UsageError when there is none."""
        return self._people.undo()

    def people_log(self) -> tuple[LogEntry, ...]:
        """Every decision about persons, in the order they were taken."""
        return self._people.log()

    def export_people(self, path: Path | str) -> int:
        """Write the decisions that stand to a file (qa-people/1); returns how many.

        Raises:
            ReadError: the file cannot be written.
        """
        return self._people.export(Path(path))

    def import_people(self, path: Path | str) -> int:
        """Carry out the decisions of such a file, as one that can be undone; returns how many were new.

        Raises:
            ReadError: the file cannot be read or is not of the format.
        """
        return self._people.import_(Path(path))

    # ---------------------------------------------------------------- asking

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        transcript: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        size: int | None = None,
    ) -> list[Hit]:
        """Excerpts worth reading for some words, best first.

        Args:
            k: most hits, at least 1.
            transcript: id or ids to look in.
            speaker: name or names whose words to look in, in any form the index knows.
            since, until: ISO days the event must lie within, both inclusive.
            size: tokens of an excerpt; 0 gives single turns; None lets the talk choose: stretches of
                `excerpt_tokens` from meetings, single turns from dialogues.

        Raises:
            UnknownTranscriptError, UnknownPersonError: a filter names what is not there.
            UsageError: the question is too long, or a number or day is out of range.
        """
        if k < 1 or (size is not None and size < 0):
            raise UsageError(f"Expected k of at least 1 and a size of at least 0, found k={k}, size={size}.")
        filter = self._filter(transcript, speaker, since, until)
        question = self.understand(query, filter=filter)
        named = replace(question, speakers=())  # a person named is sought first, but nobody is left out
        return self._searcher.hits(question, _narrow(filter, named), k, size)

    def ask(
        self,
        question: str,
        *,
        transcript: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        history: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Answer:
        """Answer a question with checked quotations, or say plainly that nobody said it.

        Args:
            history: earlier questions of the conversation, oldest first.
            transcript, speaker, since, until: as in `search`.
            without: what of the question not to heed, though it is understood: "person" (or "person:NAME", one of
                several), "topic", "dates", "transcript", "kind".

        Raises:
            UnknownTranscriptError, UnknownPersonError: a filter names what is not there.
            UsageError: the question or the history is too long, or a day is out of range.
        """
        chat = self.conversation(history)
        return chat.ask(question, transcript=transcript, speaker=speaker, since=since, until=until, without=without)

    def conversation(self, history: Sequence[str] = ()) -> Conversation:
        """A conversation: follow-ups are understood from the questions before them.

        Args:
            history: what was asked before, oldest first; each costs about as much as an answer.

        Raises:
            UsageError: there are too many, or one is too long.
        """
        earlier, most = list(_several("history", history)), self.settings.max_history
        if len(earlier) > most:
            raise UsageError(
                f"The history has {len(earlier)} questions; at most {most} are read. Leave out the oldest."
            )
        chat = Conversation(self)
        for question in earlier:
            chat.note(question)
        return chat

    def timeline(
        self,
        topic: str,
        speaker: str | Sequence[str] | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        transcript: str | Sequence[str] | None = None,
    ) -> Timeline:
        """When and how often a person, or everybody, spoke about a topic, with the words.

        Args:
            topic: a few words, or a question; the person and the days of a question count as filters.
            speaker, since, until, transcript: as in `search`.

        Raises:
            UnknownTranscriptError, UnknownPersonError: a filter or the question names what is not there.
            UsageError: there is no topic, it is too long, or a day is out of range.
        """
        filter = self._filter(transcript, speaker, since, until)
        question = self._topic(topic)
        return self._timelines.timeline(question, _narrow(filter, question))

    def compare(
        self,
        topic: str,
        speakers: Sequence[str],
        *,
        since: str | None = None,
        until: str | None = None,
        transcript: str | Sequence[str] | None = None,
    ) -> Comparison:
        """What each of some people said about a topic, or that they did not; in the order named.

        Raises as `timeline` does, and UsageError where fewer than two people are named, or a name is several people's.
        """
        filter = self._filter(transcript, None, since, until)
        people = tuple(dict.fromkeys(self._one_called(name) for name in _several("speakers", speakers)))
        if len(people) < 2:
            raise UsageError(f"Expected two people or more to compare, found {len(people)}. Name another.")
        question = self._topic(topic)
        return self._timelines.compare(question, people, _narrow(filter, replace(question, speakers=())))

    def statements(
        self,
        speaker: str,
        topic: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        transcript: str | Sequence[str] | None = None,
    ) -> Timeline:
        """One person's statements in order of date: about a topic, or the most telling of each transcript.

        Raises as `compare` does.
        """
        name = self._one_called(speaker)
        filter = self._filter(transcript, name, since, until)
        if not topic.strip():
            return self._timelines.telling(filter)
        question = self._topic(topic)
        return self._timelines.timeline(question, _narrow(filter, replace(question, speakers=())))

    def talk(self, transcript: str) -> Talk:
        """Who spoke when and how long in a transcript. Raises UnknownTranscriptError."""
        return talk(self.transcript(transcript))

    def _topic(self, text: str) -> Question:
        """What a topic, or a question, is about."""
        question = self.understand(text)
        if question.unknown:
            near = f" Nearest: {', '.join(question.nearest)}." if question.nearest else " List them: qa people"
            raise UnknownPersonError(
                f'No speaker "{question.unknown[0]}" in {len(self.transcripts())} transcripts.{near}'
            )
        if not words.content_terms(question.topic):
            # a bare name: the person is what is asked about
            question = replace(question, topic=question.standalone, speakers=(), strict=False)
        if not words.content_terms(question.topic):
            raise UsageError("There is no topic. Say in a few words what is to be looked for, such as Baikonur.")
        return question

    def _one_called(self, name: str) -> str:
        found = self._people_called(name)
        if len(found) > 1:
            raise UsageError(f'"{name}" may be {", ".join(found)}. Say which one.')
        return found[0]

    def understand(self, question: str, history: Sequence[Question] = (), filter: Filter | None = None) -> Question:
        """Take a question apart, without answering it.

        Args:
            filter: what it will be limited to: "the president" is whoever held the office then and there.

        Raises:
            UsageError: the question is too long.
        """
        self._short_enough(question, "question", self.settings.max_question_chars)
        known = self._knowledge()
        if filter is not None:
            since, until = _days_of(filter, known.transcripts)
            known = replace(known, since=since, until=until, scope=filter.transcripts)
        return questions.understand(_whole(question), known, history)

    def answer(self, question: Question, filter: Filter) -> Answer:
        """Answer an understood question; its own speakers, dates and transcripts narrow `filter`."""
        question = self._meant(question, filter)
        return self._answerer.answer(question, _narrow(filter, question))

    def check_quotation(
        self, quote: str, speaker: str | None = None, transcript: str | Sequence[str] | None = None
    ) -> QuotationCheck:
        """Whether somebody said these words: verbatim, nearly, somebody else, or nobody here.

        Args:
            quote: the words as quoted; "…" stands for words left out.
            speaker: to whom they are ascribed, in any form; None = anybody. A name that is nobody's is no error:
                somebody else may have said it.
            transcript: id or ids to look in.

        Raises:
            UnknownTranscriptError: there is no such transcript.
            UsageError: there are no words in the quotation, or too many.
        """
        self._short_enough(quote, "quotation", self.settings.max_quotation_chars)
        named = _whole(speaker or "").strip()
        speakers = self._knowledge().people.resolve(named) if named else ()
        return self._checker.check(_whole(quote), named, speakers, self._filter(transcript, None, None, None))

    def citation(self, transcript: str, turn: int, start: int, end: int) -> Citation | None:
        """The words of a turn as a checked citation, or None where there are no such words (any more).

        Raises:
            UnknownTranscriptError: there is no such transcript.
        """
        found = self.transcript(transcript)
        there = 0 <= turn < len(found.turns) and 0 <= start < end <= len(found.turns[turn].text)
        return cite.cite_turn(found, found.turns[turn], start, end) if there else None

    def give_feedback(self, answer: Answer, liked: bool | None, comment: str = "", **asked: object) -> None:
        """Note in the index folder whether an answer was liked, and why.

        Args:
            liked: None takes back what was noted before, under the same id.
            asked: further facts to note with it, JSON-able, such as the filters.

        Raises:
            IndexFolderError: the folder cannot be written.
        """
        index = {"model": self._embedder.model_id, "splitter": self._splitter.version, "state": self._index.generation}
        feedback.note(self._index.folder, feedback.record(answer, liked, comment, index, asked))

    def _meant(self, question: Question, filter: Filter) -> Question:
        """Of people of one name, those who speak where the question looks; one alone is whom it means."""
        if not question.unclear:
            return question
        speakers = question.speakers
        unclear = []
        for group in question.unclear:
            where = _narrow(filter, replace(question, speakers=group, strict=True))
            speaking = tuple(n for n in where.speakers or () if len(self._index.allowed(replace(where, speakers=(n,)))))
            speakers = tuple(name for name in speakers if name not in group or name in (speaking or group))
            if len(speaking) > 1:
                unclear.append(speaking)
        return replace(question, speakers=speakers, unclear=tuple(unclear))

    def _short_enough(self, text: str, what: str, most: int) -> None:
        if not isinstance(text, str):
            raise UsageError(f"Expected the {what} as text, found {type(text).__name__}.")
        if len(text) > most:
            raise UsageError(f"The {what} has {len(text)} characters; at most {most} are read. Shorten it.")

    def _knowledge(self) -> questions.Known:
        with self._lock:
            generation = self._index.generation
            if self._known is None or self._known[0] != generation:
                found = self._index.people()
                people = {person.name: (person.roles, person.aliases) for person in found}
                directory = Directory(people, {person.name: person.dated_roles for person in found})
                known = questions.Known(
                    directory,
                    self._index.transcripts(),
                    date.today(),
                    appear={person.name: frozenset(person.transcripts) for person in found},
                )
                self._known = (generation, known)
            return replace(self._known[1], today=date.today())

    def _filter(
        self,
        transcript: str | Sequence[str] | None,
        speaker: str | Sequence[str] | None,
        since: str | None,
        until: str | None,
    ) -> Filter:
        first, last = _day("since", since), _day("until", until)
        if first and last and first > last:
            raise UsageError(f"since {first} is after until {last}: no day lies between. Swap them.")
        return Filter(
            None if transcript is None else tuple(self._transcript_id(t) for t in _several("transcript", transcript)),
            None if speaker is None else tuple(n for s in _several("speaker", speaker) for n in self._people_called(s)),
            first,
            last,
        )

    def _people_called(self, name: str) -> tuple[str, ...]:
        directory = self._knowledge().people
        found = directory.resolve(name)
        if not found:
            near = directory.nearest(name)
            hint = f" Nearest: {', '.join(near)}." if near else " List them: qa people"
            raise UnknownPersonError(f'No speaker "{name}" in {len(self.transcripts())} transcripts.{hint}')
        return found


class Conversation:
    """One user's questions, each understood from those before it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._history: list[Question] = []

    def ask(
        self,
        question: str,
        *,
        transcript: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """Answer the next question. Arguments and errors as in `Assistant.ask`."""
        filter = self._assistant._filter(transcript, speaker, since, until)
        understood, answer = self._understood(question, filter, without)
        answer = answer or self._assistant.answer(understood, filter)
        self._remember(understood, answer)
        return answer

    def understand(
        self,
        question: str,
        *,
        transcript: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        without: Collection[str] = (),
    ) -> Question:
        """What `ask` would take the question for, without answering it or remembering it. Errors are the same."""
        return self._understood(question, self._assistant._filter(transcript, speaker, since, until), without)[0]

    def _understood(self, question: str, filter: Filter, without: Collection[str]) -> tuple[Question, Answer | None]:
        """What a question means here, and its answer where that had to be found to know."""
        readings: dict[tuple[str, ...], Question] = {}
        for history in self._histories():
            understood = self._assistant.understand(question, history, filter)
            meant = self._assistant._meant(questions.without(understood, without), filter)
            readings.setdefault(tuple(sorted(words.words(understood.standalone))), meant)
        first, *others = readings.values()
        if not others:
            return self._wider(first, filter)
        answers = {one: self._assistant.answer(one, filter) for one in (first, *others)}
        best = max(answers, key=lambda one: (answers[one].found, answers[one].confidence))
        return (best, answers[best]) if answers[best].found else self._wider(best, filter)

    def _wider(self, question: Question, filter: Filter) -> tuple[Question, Answer | None]:
        """Without the transcripts of the answers before, where nothing is found in these."""
        if not question.transcripts or not self._history or question.kind in _OF_ONE_EVENT:
            return question, None
        if len(question.transcripts) == len(self._assistant.transcripts()):
            return question, None
        if self._assistant.understand(question.standalone, (), filter).transcripts:
            return question, None  # the question names them itself
        here = self._assistant.answer(question, filter)
        if here.found or here.reason not in {"not-said", "off-topic", "never-spoke"}:
            return question, here
        everywhere = replace(question, transcripts=())
        there = self._assistant.answer(everywhere, filter)
        return (everywhere, there) if there.found or here.reason == "never-spoke" else (question, here)

    def _histories(self) -> Iterator[list[Question]]:
        """What was asked before: anew for each person found to have said it last, whom alone "he" can mean."""
        last = next((n for n in reversed(range(len(self._history))) if self._history[n].speakers), None)
        found = () if last is None or self._history[last].kind is not Kind.WHO_SAID else self._history[last].speakers
        if last is None or len(found) < 2:
            yield self._history
            return
        for name in found:
            first = replace(self._history[last], speakers=(name, *(other for other in found if other != name)))
            yield [*self._history[:last], first, *self._history[last + 1 :]]

    def note(self, question: str) -> None:
        """Take an earlier question into the history, without answering it."""
        understood = self._assistant.understand(question, self._history)
        if understood.speakers:
            self._history.append(understood)
        elif understood.standalone.strip():  # "he" may be who is found to have said it
            self._remember(understood, self._assistant.answer(understood, Filter()))

    def reset(self) -> None:
        """Begin anew."""
        self._history.clear()

    def copy(self) -> Conversation:
        """The same questions so far, to go on from in another way."""
        other = Conversation(self._assistant)
        other._history = list(self._history)
        return other

    def _remember(self, understood: Question, answer: Answer) -> None:
        if answer.reason in {"empty-question", "instruction"}:
            return
        seen = tuple(dict.fromkeys(c.transcript_id for c in (*answer.citations, *answer.elsewhere)))
        speakers = understood.speakers
        if not speakers and answer.found:
            said = dict.fromkeys(c.speaker for c in answer.citations if c.speaker)
            most = _TOLD if understood.kind is Kind.WHO_SAID else 1
            speakers = tuple(said) if len(said) <= most else ()
        self._history.append(replace(understood, transcripts=understood.transcripts or seen, speakers=speakers))
        del self._history[:-20]


_OF_ONE_EVENT = frozenset((Kind.WHEN, Kind.WHERE, Kind.WHO_ATTENDED, Kind.PAGE))
_TOLD = 3  # persons found to have said something whom "he" or "they" may mean next


def open(folder: Path | str, settings: Settings | None = None, *, create: bool = True) -> Assistant:
    """Open an index folder as an assistant; the folder is made when it is not there.

    Raises:
        IndexFolderError: it cannot be made or opened.
        IndexMismatchError: it was built with another model or splitter.
    """
    return Assistant(folder, settings, create=create)


def _several(name: str, value: str | Sequence[str]) -> Iterable[str]:
    values = (value,) if isinstance(value, str) else value
    if not isinstance(values, Sequence) or not all(isinstance(one, str) for one in values):
        raise UsageError(f"{name}: expected a text or a list of texts.")
    return [_whole(one) for one in values]


def _day(name: str, day: str | None) -> str | None:
    """The day as YYYY-MM-DD, whichever ISO 8601 form it came in."""
    if not day:
        return None
    try:
        return date.fromisoformat(day).isoformat()
    except (TypeError, ValueError) as error:
        raise UsageError(f'{name}: expected a day such as 2017-10-12, found "{day}".') from error


def _days_of(filter: Filter, transcripts: Sequence[TranscriptInfo]) -> tuple[str | None, str | None]:
    """The days a filter limits everything to: its own, or those of its transcripts."""
    if filter.since or filter.until or filter.transcripts is None:
        return filter.since, filter.until
    return questions.days_between(filter.transcripts, transcripts)


def _whole(text: str) -> str:
    """The text without half surrogate pairs, which no tokenizer or database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _narrow(filter: Filter, question: Question) -> Filter:
    """The caller's filter and the question's own, both."""
    speakers = filter.speakers
    if question.speakers and question.strict:
        own = question.speakers
        speakers = own if speakers is None else tuple(name for name in own if name in speakers)
    transcripts = filter.transcripts
    if question.transcripts:
        asked = question.transcripts
        transcripts = asked if transcripts is None else tuple(t for t in asked if t in transcripts)
    days = [day for day in (filter.since, question.since) if day]
    ends = [day for day in (filter.until, question.until) if day]
    return Filter(transcripts, speakers, max(days, default=None), min(ends, default=None))


def _files(paths: Sequence[Path | str], closed: list[FileReport]) -> Iterator[Path]:
    """The files of these paths, in order; folders within them that cannot be listed are added to `closed`."""
    for given in paths:
        try:
            yield from _files_of(given, closed)
        except ReadError as error:
            if len(paths) == 1:
                raise
            closed.append(FileReport(str(given), reason=str(error)))


def _files_of(given: Path | str, closed: list[FileReport]) -> list[Path]:
    path = Path(given)
    if not str(given).strip():  # as a path it would be the folder at hand
        raise ReadError('""', "is no path.", remedy="Name a file or a folder.")
    try:
        if path.is_dir():
            before = len(closed)
            found = sorted(_walk(path, closed))
            if not found and len(closed) == before:
                raise ReadError(path, "holds no files to index.", remedy="Put transcripts into the folder.")
            return found
        if not path.exists():
            raise ReadError(path, "does not exist.", remedy="Check the path.")
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}).", remedy="Check its permissions.") from error
    return [path]


def _walk(folder: Path, closed: list[FileReport]) -> Iterator[Path]:
    def cannot(error: OSError) -> None:
        told = ReadError(error.filename, f"cannot be listed ({error.strerror}).", remedy="Check its permissions.")
        closed.append(FileReport(str(error.filename), reason=str(told)))

    for root, folders, names in os.walk(folder, onerror=cannot):
        if STORE_NAME in names:  # an index stands among the transcripts
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and path.stem.casefold() not in _NO_TRANSCRIPTS and path.is_file():
                yield path


def _fingerprint(path: Path, max_bytes: int) -> str:
    try:
        if not 0 < path.stat().st_size <= max_bytes or not path.is_file():  # a pipe would wait, a device never end
            return ""  # `read` refuses it with a reason
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(
            path, f"cannot be read ({error.strerror}).", remedy="Check the path and its permissions."
        ) from error
