"""Store, dense and lexical in one order of rows: add, remove, open, check, repair."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from qa import lexical
from qa.dense import DenseIndex
from qa.errors import IndexMismatchError
from qa.store import Store
from qa.types import (
    CheckReport,
    Entry,
    Filter,
    PageText,
    Passage,
    Person,
    PersonInfo,
    Transcript,
    TranscriptInfo,
    Turn,
)

CACHE_NAME = "dense.faiss"


class Index:
    """One index folder. The store is the truth; the FAISS file is a cache that may vanish at any time.

    Use `Index.open`. Safe to share between threads.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store
        self._dense: DenseIndex | None = None
        self._dense_generation = -1
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path, *, model_id: str, splitter: str, create: bool = True) -> Index:
        """Open an index folder, or make it.

        Args:
            model_id: the embedding model that will ask; must be the one that built it.
            splitter: the splitter's version, likewise.
            create: make the folder when it is not there.

        Raises:
            IndexFolderError: it cannot be opened or made.
            IndexMismatchError: another model or splitter built it.
        """
        store = Store(folder, create=create)
        try:
            _same(store, "model_id", model_id, "the model", "QA_MODEL")
            _same(store, "splitter", splitter, "the splitter", "QA_ENCODING and QA_PASSAGE_TOKENS")
        except BaseException:
            store.close()
            raise
        index = cls(Path(folder), store)
        index._model_id, index._splitter = model_id, splitter
        return index

    _model_id = ""
    _splitter = ""

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write the cache if it is stale, and close the files."""
        with self._lock:
            if self._dense is not None:
                self.flush()
            self._store.close()

    # ---------------------------------------------------------------- writing

    def add(self, entry: Entry) -> None:
        """Store one transcript; one of the same id or path is replaced.

        Raises:
            IndexMismatchError: its vectors have another length than those stored.
            IndexFolderError: it cannot be written.
        """
        dim = str(entry.vectors.shape[1])
        stored = self._store.meta("dim")
        if stored is None:
            self._store.set_meta(model_id=self._model_id, splitter=self._splitter, dim=dim)
        elif stored != dim:
            raise IndexMismatchError(
                f"{self.folder}: this index holds {stored} numbers per passage, the model gives {dim}. "
                "Index into another folder: qa index PATH --index DIR"
            )
        self._store.put(entry)

    def remove(self, transcript_id: str) -> None:
        """Forget one transcript. Raises UnknownTranscriptError."""
        self._store.remove(transcript_id)

    def set_path(self, transcript_id: str, path: str) -> None:
        """Note that a transcript's file has moved."""
        self._store.set_path(transcript_id, path)

    def flush(self) -> None:
        """Bring the FAISS file up to date; a folder that cannot be written is no error: it is a cache."""
        with self._lock:
            dense = self._current()
            if DenseIndex.load(self._cache, self._dense_generation) is None:
                with contextlib.suppress(OSError):
                    dense.save(self._cache, self._dense_generation)

    # ---------------------------------------------------------------- reading

    @property
    def generation(self) -> int:
        """Grows with every change, by whichever process."""
        return self._store.generation

    @property
    def empty(self) -> bool:
        """True when no transcript is stored."""
        return not self._store.transcript_ids(Filter())

    def by_path(self, path: str) -> tuple[str, str] | None:
        """Transcript id and fingerprint of what was read from a path, or None."""
        return self._store.by_path(path)

    def path_of(self, transcript_id: str) -> str | None:
        """The path a transcript was read from, or None."""
        return self._store.path_of(transcript_id)

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """One line each, by date and title."""
        return self._store.transcripts()

    def transcript(self, transcript_id: str) -> Transcript:
        """One whole transcript. Raises UnknownTranscriptError."""
        return self._store.transcript(transcript_id)

    def turns(self, transcript_id: str) -> tuple[Turn, ...]:
        """The turns of one transcript."""
        return self._store.turns(transcript_id)

    def people(self) -> tuple[PersonInfo, ...]:
        """Everybody, most turns first."""
        return self._store.people()

    def transcript_people(self, transcript_id: str) -> tuple[Person, ...]:
        """The people of one transcript."""
        return self._store.transcript_people(transcript_id)

    def transcript_ids(self, filter: Filter) -> tuple[str, ...]:
        """Ids of the transcripts a filter lets through, its speakers left aside."""
        return self._store.transcript_ids(filter)

    def page_texts(self, transcript_ids: Sequence[str] | None = None) -> list[tuple[str, PageText]]:
        """(transcript id, the page's own words), of the given transcripts or of all."""
        return self._store.page_texts(transcript_ids)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Passages by row, in the order given."""
        return self._store.passages(rows)

    def allowed(self, filter: Filter) -> NDArray[np.int64]:
        """Rows a filter lets through, ascending."""
        return self._store.rows(filter)

    def dense(self, vector: NDArray[np.float32], k: int, filter: Filter) -> list[tuple[int, float]]:
        """(row, cosine) of the nearest passages the filter lets through, best first."""
        allowed = None if filter.open else self._store.rows(filter)
        return self._current().search(vector, k, allowed)

    def cosines(self, vector: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """cosines[i] = cosine of `vector` and passage rows[i]."""
        return self._current().scores(vector, np.asarray(rows, dtype=np.int64))

    def lexical(self, terms: Sequence[str], k: int, filter: Filter) -> list[tuple[int, float]]:
        """(row, BM25) of the passages that hold any of the terms, best first."""
        return lexical.search(self._store, terms, k, filter)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return self._store.frequencies(terms)

    def count(self) -> int:
        """Number of passages."""
        return self._store.count()

    # ---------------------------------------------------------------- the cache

    @property
    def _cache(self) -> Path:
        return self.folder / CACHE_NAME

    def _current(self) -> DenseIndex:
        """The dense index of the store's present generation: in memory, from the file, or built anew."""
        with self._lock:
            generation = self._store.generation
            if self._dense is None or self._dense_generation != generation:
                loaded = DenseIndex.load(self._cache, generation)
                if loaded is None:
                    generation, rows, vectors = self._store.vectors()
                    loaded = DenseIndex(rows, vectors)
                    with contextlib.suppress(OSError):
                        loaded.save(self._cache, generation)
                self._dense, self._dense_generation = loaded, generation
            return self._dense

    def check(self, repair: bool = True) -> CheckReport:
        """Look at every stored thing; rebuild what is only derived.

        Args:
            repair: write a new FAISS file when the present one is missing, stale or damaged.
        """
        problems = self._store.integrity()
        repaired: list[str] = []
        infos = self._store.transcripts()
        with self._lock:
            if infos and DenseIndex.load(self._cache, self._store.generation) is None:
                state = "stale or damaged" if self._cache.exists() else "missing"
                problem = f"{self._cache}: {state}; it is rebuilt from the store"
                problems.append(problem)
                if repair:
                    self._dense = None
                    self.flush()
                    if DenseIndex.load(self._cache, self._store.generation) is not None:
                        repaired.append(problem)
        return CheckReport(
            len(infos), sum(info.n_passages for info in infos), tuple(problems), tuple(repaired)
        )


def _same(store: Store, key: str, wanted: str, what: str, setting: str) -> None:
    stored = store.meta(key)
    if stored is None or stored == wanted:
        return
    dim = f" ({store.meta('dim')} numbers per passage)" if key == "model_id" else ""
    raise IndexMismatchError(
        f'{store.path.parent}: this index was built with {what} "{stored}"{dim}; you asked with "{wanted}". '
        f"Index into another folder (qa index PATH --index DIR), or set {setting} back."
    )
