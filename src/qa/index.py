"""The index as one thing: store, dense and lexical in one id order.

The store is the truth. The dense index is derived from it, carries its generation, and is rebuilt from
the stored vectors, without embedding anything again, whenever it is missing, damaged or behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from qa import decisions, registry
from qa import dense as dense_room
from qa import lexical as lexical_room
from qa.dense import DenseIndex
from qa.errors import IndexFolderError, IndexMismatchError
from qa.store import Store
from qa.types import (
    Action,
    Appearance,
    CheckReport,
    Decision,
    Entry,
    Filter,
    Layout,
    LogEntry,
    PageText,
    Passage,
    Person,
    PersonInfo,
    Tokens,
    Transcript,
    TranscriptInfo,
    Turn,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Index:
    """A folder with everything that can be searched; a context manager, safe for several threads.

    A search in several steps (rows, then passages) belongs into one `with index.reading():`, so that
    nobody replaces a transcript in between.
    """

    def __init__(self, store: Store, *, model_id: str, splitter: str) -> None:
        """Use `Index.open`."""
        self._store = store
        self._model_id = model_id
        self._splitter = splitter
        self._cache = store.path.with_name(dense_room.FILE_NAME)
        self._dense: DenseIndex | None = None
        self._dense_generation: int | None = None
        self._dirty = False  # we wrote since the last flush
        self._layout: tuple[int, Layout] | None = None
        self._infos: tuple[int, tuple[TranscriptInfo, ...]] | None = None

    @classmethod
    def open(cls, folder: Path, *, model_id: str, splitter: str, create: bool = True) -> Self:
        """Open the index in a folder. Nothing is embedded and no vector is read yet.

        Args:
            folder: made when absent, if `create`.
            model_id: name of the embedding model that will be asked with.
            splitter: version of the splitter that will be added with.
            create: make an empty index when there is none.

        Raises:
            IndexFolderError: there is none and `create` is False, or the folder cannot be used.
            IndexMismatchError: it holds transcripts of another model, splitter or a newer qa.
        """
        store = Store(folder, create=create)
        index = cls(store, model_id=model_id, splitter=splitter)
        try:
            index._agree()
            with suppress(IndexFolderError):  # a folder that may only be read, or somebody is writing: as it is
                index.settle()
        except BaseException:
            store.close()
            raise
        return index

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write the cache if this process added or removed something since, and let go of the files."""
        try:
            if self._dirty:
                self.flush()
        finally:
            self._store.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state: everything read inside belongs together. Short: writers wait."""
        with self._store.reading():
            yield

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._store.path.parent

    @property
    def generation(self) -> int:
        """Number of the present state; every change adds one, names of persons included."""
        return self._store.state

    @property
    def empty(self) -> bool:
        """True when there is no transcript."""
        return self._store.counts()[0] == 0

    # -- adding and removing ---------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """Store a transcript, replacing one of the same id or path; call `flush` after the last.

        Raises:
            IndexMismatchError: the vectors are of another model or dimension than the stored ones.
            QAError: the entry's parts contradict each other, or a text cannot be stored.
            IndexFolderError: the folder cannot be written.
        """
        with self._store.writing():
            self._agree()
            self._record(entry)
            self._store.put(entry)
        self._dirty = True

    def remove(self, transcript_id: str) -> None:
        """Forget a transcript.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        self._store.remove(transcript_id)
        self._dirty = True

    def set_path(self, transcript_id: str, path: str) -> None:
        """The transcript's file now lies at `path`; see `Store.set_path`.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        self._store.set_path(transcript_id, path)
        self._dirty = True

    def flush(self) -> None:
        """Settle who is who, and bring the cache file up to the store.

        Failing to write the cache is no failure: it can be rebuilt.
        """
        self.settle()
        with self._store.reading():
            generation = self._store.generation
            self._dirty = False
            if dense_room.stored_generation(self._cache) == generation:
                return
            dense = self._current()
        self._save(dense, generation)

    # -- who is who ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Name the persons of all transcripts, by the evidence and the user's decisions, where anything changed.

        Reads every person of every transcript: seconds for 10,000 transcripts. Until then those of new
        transcripts go by their own names.

        Raises:
            IndexFolderError: the folder cannot be written.
        """
        if self._store.settled == registry.VERSION or self.empty:
            return
        with self._store.naming_anew():
            self._settle()

    def decide(self, decision: Decision) -> LogEntry:
        """Take a decision about persons into the log and carry it out, in one transaction.

        Raises:
            IndexFolderError: the folder cannot be written.
        """
        with self._store.naming_anew():
            n = self._store.decide(decisions.dumps(decision))
            self._settle()
            return next(entry for entry in self.log() if entry.n == n)

    def log(self) -> tuple[LogEntry, ...]:
        """Every decision about persons, in the order they were taken."""
        found = [(n, at, decisions.loads(line)) for n, at, line in self._store.log()]
        undone = {int(one.names[0]) for _, _, one in found if one.action is Action.UNDO}
        return tuple(LogEntry(n, at, one, n in undone) for n, at, one in found)

    def standing(self) -> list[LogEntry]:
        """The decisions about persons that were not taken back, in the order they were taken."""
        return [entry for entry in self.log() if not entry.undone and entry.decision.action is not Action.UNDO]

    def appearances(self) -> list[Appearance]:
        """Everybody of every transcript, under their names there, with their person's name."""
        return self._store.appearances()

    def samples(self, names: Sequence[str], least: int, most: int) -> dict[str, str]:
        """Something that each person said, see `Store.samples`."""
        return self._store.samples(names, least, most)

    def _settle(self) -> None:
        found = registry.settle(self._store.appearances(), [entry.decision for entry in self.standing()])
        self._store.set_names(found.names, found.aliases, registry.VERSION)

    # -- what is in it ---------------------------------------------------------------------------

    def by_path(self, path: str) -> tuple[str, str] | None:
        """(transcript id, fingerprint) of what was read from that file, or None."""
        return self._store.by_path(path)

    def by_fingerprint(self, fingerprint: str) -> tuple[str, str | None] | None:
        """(transcript id, its file) of what was read from a file with those bytes, or None."""
        return self._store.by_fingerprint(fingerprint)

    def path_of(self, transcript_id: str) -> str | None:
        """The file a transcript was read from; None when it has none or the id is unknown."""
        return self._store.path_of(transcript_id)

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """A line about each transcript, by date, then title; read once for each state of the index."""
        with self._store.reading():
            generation = self.generation
            if self._infos is None or self._infos[0] != generation:
                self._infos = (generation, self._store.transcripts())
            return self._infos[1]

    def transcript(self, transcript_id: str) -> Transcript:
        """The whole transcript. Raises UnknownTranscriptError."""
        return self._store.transcript(transcript_id)

    def people(self) -> tuple[PersonInfo, ...]:
        """Everybody in the index, most turns first."""
        return self._store.people()

    def transcript_people(self, transcript_id: str) -> tuple[Person, ...]:
        """The people of a transcript. Raises UnknownTranscriptError."""
        return self._store.transcript_people(transcript_id)

    def transcript_ids(self, filter: Filter) -> tuple[str, ...]:
        """Ids of the transcripts a filter lets through, its speakers left aside."""
        return self._store.transcript_ids(filter)

    def page_texts(self, transcript_ids: Sequence[str] | None = None) -> list[tuple[str, PageText]]:
        """(transcript id, page text) of the named transcripts, or of all."""
        return self._store.page_texts(transcript_ids)

    def turns(self, transcript_id: str) -> tuple[Turn, ...]:
        """The turns of a transcript. Raises UnknownTranscriptError."""
        return self._store.turns(transcript_id)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of those rows, in the order given.

        Raises:
            IndexFolderError: a row is gone; read within `reading()` to rule that out.
        """
        return self._store.passages(rows)

    # -- searching -------------------------------------------------------------------------------

    def allowed(self, filter: Filter) -> NDArray[np.int64]:
        """Rows of the passages a filter lets through: int64, shape (n,), rising."""
        return self._store.rows(filter)

    def dense(self, vector: NDArray[np.float32], k: int, filter: Filter) -> list[tuple[int, float]]:
        """The k passages nearest to a vector among those a filter lets through, exactly.

        Args:
            vector: float32, shape (dim,).

        Returns:
            (row, cosine), best first, equal cosines by row.

        Raises:
            IndexMismatchError: the vector has another number of dimensions.
        """
        with self._store.reading():
            current = self._current()
            allowed = None if filter.open else self._store.rows(filter)
        return current.search(vector, k, allowed)

    def lexical(self, terms: Sequence[str], k: int, filter: Filter) -> list[tuple[int, float]]:
        """(row, BM25) of the best k passages with any of the terms, best first; higher is better."""
        return lexical_room.search(self._store, terms, k, filter)

    def phrases(self, phrases: Sequence[Sequence[str]], k: int, filter: Filter) -> list[tuple[int, float]]:
        """(row, BM25) of the best k passages with any of the phrases, each a row of terms, best first."""
        return lexical_room.phrases(self._store, phrases, k, filter)

    def postings(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Where one index term stands: rows (int64, rising) and how often in each (float32)."""
        return lexical_room.postings(self._store, term)

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of some rows, not to be written to: float32, shape (len(rows), dim).

        Raises:
            IndexFolderError: a row is gone; read within `reading()` to rule that out.
        """
        with self._store.reading():
            current = self._current()
        return current.block(rows)

    def tokens(self, rows: Sequence[int]) -> dict[int, Tokens]:
        """The tokens of those passages that have them stored, by row."""
        return self._store.tokens(rows)

    def turn_rows(self, transcript_id: str, turn: int) -> NDArray[np.int64]:
        """Rows of the passages of one turn: int64, shape (n,), rising."""
        return self._store.turn_rows(transcript_id, turn)

    def layout(self) -> Layout:
        """Where every passage stands; read once for each state of the index."""
        with self._store.reading():
            generation = self.generation
            if self._layout is None or self._layout[0] != generation:
                self._layout = (generation, self._store.layout())
            return self._layout[1]

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return lexical_room.frequencies(self._store, terms)

    def count(self) -> int:
        """Number of passages."""
        return self._store.counts()[1]

    # -- health ----------------------------------------------------------------------------------

    def check(self, repair: bool = True) -> CheckReport:
        """Look for damage everywhere, and mend what can be derived anew.

        The full-text table and the dense cache are mended; damaged transcripts are named, with the way
        to read them again.

        Args:
            repair: False only looks.
        """
        if self._dirty:  # a batch at hand, not damage
            with suppress(IndexFolderError):
                self.flush()
        problems = self._store.integrity()
        stale = self._stale()
        repaired = self._repair_store(problems) if problems and repair else []
        if repair and (stale or repaired) and self._rebuild():
            repaired += stale
        if repair:
            with suppress(IndexFolderError):
                self.settle()
        n_transcripts, n_passages = self._store.counts()
        return CheckReport(n_transcripts, n_passages, (*problems, *stale), tuple(repaired))

    # -- inside ----------------------------------------------------------------------------------

    def _agree(self) -> None:
        """What is stored was made by the model and splitter we were opened with; anything goes when empty.

        Raises:
            IndexMismatchError: it was not.
        """
        if self.empty:
            return
        model, splitter, dim = (self._store.meta(key) for key in ("model_id", "splitter", "dim"))
        again = "Rebuild it in another folder: qa index --index DIR PATH..."
        if model not in (None, self._model_id):
            numbers = f" ({dim} numbers per passage)" if dim else ""
            raise IndexMismatchError(
                f"This index was built with model {model}{numbers}; you asked with model {self._model_id}. "
                f"{again}, or set QA_MODEL={model}."
            )
        if splitter not in (None, self._splitter):
            raise IndexMismatchError(
                f"This index was built with splitter {splitter}; this qa uses splitter {self._splitter}. {again}"
            )

    def _record(self, entry: Entry) -> None:
        """Note with what the first transcript and the first vectors were made, or check the later ones."""
        n_transcripts, n_passages = self._store.counts()
        if not n_transcripts:
            self._store.set_meta(model_id=self._model_id, splitter=self._splitter)
        if not entry.passages or entry.vectors.ndim != 2:
            return
        dim, stored = entry.vectors.shape[1], self._store.meta("dim")
        if not n_passages or stored is None:
            self._store.set_meta(dim=dim)
        elif int(stored) != dim:
            raise IndexMismatchError(
                f"This index was built with {stored} numbers per passage; model {self._model_id} gives {dim}. "
                "Rebuild it in another folder: qa index --index DIR PATH..."
            )

    def _current(self) -> DenseIndex:
        """The dense index of the present state: as held, from the cache file, or built. Call while reading.

        A cache found stale at first use is written anew; later ones are the writer's own business.
        """
        generation = self._store.generation
        if self._dense is not None and self._dense_generation == generation:
            return self._dense
        first = self._dense is None
        current = DenseIndex.load(self._cache, generation)
        if current is None:
            current = DenseIndex(*self._store.vectors())
            if first and not self._dirty:
                self._save(current, generation)
        self._dense, self._dense_generation = current, generation
        return current

    def _save(self, dense: DenseIndex, generation: int) -> bool:
        """Write the cache; False when the folder does not let us. An empty index has none."""
        if not len(dense):
            return True
        with suppress(OSError):
            dense.save(self._cache, generation)
            return True
        return False

    def _repair_store(self, problems: list[str]) -> list[str]:
        """Mend the full-text table; returns the problems that are gone, and adds those that are new."""
        with suppress(IndexFolderError):
            self._store.repair()
        left = self._store.integrity()
        gone = [problem for problem in problems if problem not in left]
        problems += [problem for problem in left if problem not in problems]
        return gone

    def _stale(self) -> list[str]:
        """What is wrong with the cache file, in words: one line, or none."""
        with suppress(IndexFolderError):  # a damaged store is told of by its own check
            problem = self._cache_problem()
            return [f"{self._cache}: the dense index {problem}; it can be rebuilt."] if problem else []
        return []

    def _cache_problem(self) -> str | None:
        with self._store.reading():
            generation = self._store.generation
            if not self._store.counts()[1]:
                return None
            if not self._cache.exists():
                return "is missing"
            if dense_room.stored_generation(self._cache) not in (generation, None):
                return "is of an earlier state"
            found = DenseIndex.load(self._cache, generation)
            if found is None or not found.same_as(*self._store.vectors()):
                return "is damaged"
        return None

    def _rebuild(self) -> bool:
        """Build the dense index from the store and write it; False when that cannot be."""
        with suppress(IndexFolderError), self._store.reading():
            generation = self._store.generation
            current = DenseIndex(*self._store.vectors())
            self._dense, self._dense_generation = current, generation
            return self._save(current, generation)
        return False
