"""The SQLite catalogue, the one truth: transcripts, turns, people, passages, vectors, full-text rows.

One transaction a transcript writes all of it, so that a crash at any moment loses at most the file in
flight. The rollback journal with synchronous=FULL is used, not WAL: it leaves one file that may be
copied as it is, works on network folders, and a killed writer's journal is rolled back at the next
opening; indexing is bound by embedding, not by this.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexFolderError, IndexMismatchError, QAError, UnknownTranscriptError
from qa.types import (
    Entry,
    Filter,
    PageKind,
    PageText,
    Passage,
    Person,
    PersonInfo,
    Piece,
    Transcript,
    TranscriptInfo,
    Turn,
)

FILE_NAME = "store.sqlite"

_MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE transcripts (
        id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
        title TEXT NOT NULL, date TEXT, time TEXT, place TEXT, language TEXT, source TEXT,
        format TEXT NOT NULL, source_text TEXT, dropped TEXT NOT NULL, added TEXT NOT NULL);
    CREATE TABLE people (
        transcript_id TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE, n INTEGER NOT NULL,
        name TEXT NOT NULL, role TEXT, aliases TEXT NOT NULL, PRIMARY KEY (transcript_id, n)) WITHOUT ROWID;
    CREATE TABLE page_texts (
        transcript_id TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE, n INTEGER NOT NULL,
        kind TEXT NOT NULL, text TEXT NOT NULL, pieces TEXT NOT NULL, PRIMARY KEY (transcript_id, n)) WITHOUT ROWID;
    CREATE TABLE turns (
        transcript_id TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE, n INTEGER NOT NULL,
        speaker TEXT NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, pieces TEXT NOT NULL,
        start_s REAL, end_s REAL, uncertain INTEGER NOT NULL, PRIMARY KEY (transcript_id, n)) WITHOUT ROWID;
    CREATE TABLE passages (
        row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        transcript_id TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        turn INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        speaker TEXT NOT NULL, text TEXT NOT NULL, n_tokens INTEGER NOT NULL, vector BLOB NOT NULL);
    CREATE INDEX passages_by_transcript ON passages (transcript_id, turn);
    CREATE INDEX passages_by_speaker ON passages (speaker);
    CREATE VIRTUAL TABLE passage_terms USING fts5 (terms, tokenize = "unicode61 remove_diacritics 0");
    """,
)


class Store:
    """The catalogue of one index folder; safe to use from several threads.

    Args:
        folder: the index folder; made when `create` is true.
        create: without it a missing store is an error.

    Raises:
        IndexFolderError: the folder or the file cannot be made, opened or read.
        IndexMismatchError: a newer release wrote it.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self.path = Path(folder) / FILE_NAME
        self._lock = threading.RLock()
        if not create and not self.path.is_file():
            raise IndexFolderError(f"{folder}: no index here. Make one: qa index PATH --index {folder}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexFolderError(
                f"{folder}: the index folder cannot be made ({error.strerror}). Choose another: --index DIR, or QA_INDEX."
            ) from error
        with self._errors():
            self._db = sqlite3.connect(self.path, timeout=30, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA synchronous = FULL")
            self._migrate()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._db.close()

    # ---------------------------------------------------------------- errors and transactions

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise IndexFolderError(f"{self.path}: {_explain(error)}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which also moves the generation on."""
        with self._lock, self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute(
                    "INSERT INTO meta VALUES ('generation', '1') "
                    "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock, self._errors():
            return self._db.execute(sql, values).fetchall()

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            raise IndexMismatchError(
                f"{self.path}: written by a newer release (schema {version}, this one knows {len(_MIGRATIONS)}). "
                "Install a newer transcript-qa, or use another folder: --index DIR."
            )
        for number in range(version, len(_MIGRATIONS)):
            script = f"BEGIN IMMEDIATE; {_MIGRATIONS[number]}; PRAGMA user_version = {number + 1}; COMMIT;"
            try:
                self._db.executescript(script)
            except sqlite3.Error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                # Another process may have made the tables meanwhile.
                if self._db.execute("PRAGMA user_version").fetchone()[0] <= number:
                    raise

    # ---------------------------------------------------------------- facts about the whole

    @property
    def generation(self) -> int:
        """Grows by one with every change; 0 for an empty, untouched store."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        """One stored fact, such as "model_id"; None when it was never set."""
        found = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def set_meta(self, **values: str) -> None:
        """Store facts about the whole index."""
        with self._writing() as db:
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    # ---------------------------------------------------------------- writing

    def put(self, entry: Entry) -> None:
        """Store one transcript and everything derived from it, in one transaction.

        A transcript of the same id or from the same path is replaced.

        Raises:
            QAError: a text holds half a surrogate pair, which is no character.
            IndexFolderError: it cannot be written; nothing has changed then.
        """
        one = entry.transcript
        try:
            with self._writing() as db:
                for (old,) in db.execute(
                    "SELECT id FROM transcripts WHERE id = ? OR path = ?", (one.id, entry.path)
                ).fetchall():
                    _delete(db, old)
                _insert(db, entry)
        except UnicodeEncodeError as error:
            raise QAError(
                f"{entry.path}: half a surrogate pair at character {error.start} is no character. Correct the file."
            ) from error

    def remove(self, transcript_id: str) -> None:
        """Forget one transcript.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._writing() as db:
            if not _delete(db, transcript_id):
                raise self._unknown(transcript_id)

    def set_path(self, transcript_id: str, path: str) -> None:
        """Note that a transcript's file has moved."""
        with self._writing() as db:
            db.execute("UPDATE transcripts SET path = ? WHERE id = ?", (path, transcript_id))

    def _unknown(self, transcript_id: str) -> UnknownTranscriptError:
        return UnknownTranscriptError(
            f'No transcript "{transcript_id}" in {self.path.parent}. List them: qa transcripts'
        )

    # ---------------------------------------------------------------- reading

    def by_path(self, path: str) -> tuple[str, str] | None:
        """Transcript id and fingerprint of what was read from a path, or None."""
        found = self._rows("SELECT id, fingerprint FROM transcripts WHERE path = ?", (path,))
        return (found[0][0], found[0][1]) if found else None

    def path_of(self, transcript_id: str) -> str | None:
        """The path a transcript was read from, or None when there is none of that id."""
        found = self._rows("SELECT path FROM transcripts WHERE id = ?", (transcript_id,))
        return str(found[0][0]) if found else None

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """One line each, by date and title; those without a date come last."""
        with self._lock:
            speakers: dict[str, list[str]] = {}
            for tid, name in self._rows(
                "SELECT transcript_id, speaker FROM turns GROUP BY 1, 2 ORDER BY 1, count(*) DESC, min(n)"
            ):
                speakers.setdefault(tid, []).append(name)
            n_turns = dict(self._rows("SELECT transcript_id, count(*) FROM turns GROUP BY 1"))
            n_passages = dict(self._rows("SELECT transcript_id, count(*) FROM passages GROUP BY 1"))
            return tuple(
                TranscriptInfo(
                    *row, n_turns.get(row[0], 0), n_passages.get(row[0], 0), tuple(speakers.get(row[0], ()))
                )
                for row in self._rows(
                    "SELECT id, title, date, time, place, language, source, format FROM transcripts "
                    "ORDER BY date IS NULL, date, title, id"
                )
            )

    def transcript(self, transcript_id: str) -> Transcript:
        """The whole transcript, as it was put.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._lock:
            found = self._rows(
                "SELECT id, title, date, time, place, language, source, format, source_text, dropped "
                "FROM transcripts WHERE id = ?",
                (transcript_id,),
            )
            if not found:
                raise self._unknown(transcript_id)
            tid, title, day, time, place, language, source, form, source_text, dropped = found[0]
            return Transcript(
                tid, title, self.turns(tid), self.transcript_people(tid),
                tuple(page for _, page in self.page_texts([tid])), day, time, place, language, source, form,
                source_text, tuple(json.loads(dropped)),
            )  # fmt: skip

    def turns(self, transcript_id: str) -> tuple[Turn, ...]:
        """The turns of one transcript, in order; none when there is none of that id."""
        return tuple(
            Turn(n, speaker, label, text, _unpack(pieces), start_s, end_s, bool(uncertain))
            for n, speaker, label, text, pieces, start_s, end_s, uncertain in self._rows(
                "SELECT n, speaker, label, text, pieces, start_s, end_s, uncertain FROM turns "
                "WHERE transcript_id = ? ORDER BY n",
                (transcript_id,),
            )
        )

    def transcript_people(self, transcript_id: str) -> tuple[Person, ...]:
        """The people of one transcript, in its order."""
        return tuple(
            Person(name, role, tuple(json.loads(aliases)))
            for name, role, aliases in self._rows(
                "SELECT name, role, aliases FROM people WHERE transcript_id = ? ORDER BY n", (transcript_id,)
            )
        )

    def people(self) -> tuple[PersonInfo, ...]:
        """Everybody, by canonical name over all transcripts, most turns first."""
        with self._lock:
            turns = Counter(dict(self._rows("SELECT speaker, count(*) FROM turns GROUP BY 1")))
            rows = self._rows(
                "SELECT p.name, p.role, p.aliases, p.transcript_id FROM people p "
                "JOIN transcripts t ON t.id = p.transcript_id ORDER BY t.date DESC, p.transcript_id, p.n"
            )
        roles: dict[str, dict[str, None]] = {}
        aliases: dict[str, dict[str, None]] = {}
        places: dict[str, dict[str, None]] = {}
        for name, role, forms, tid in rows:
            roles.setdefault(name, {}).update({role: None} if role else {})
            aliases.setdefault(name, {}).update(dict.fromkeys(json.loads(forms)))
            places.setdefault(name, {})[tid] = None
        found = [
            PersonInfo(name, tuple(roles[name]), tuple(aliases[name]), turns[name], tuple(places[name]))
            for name in places
        ]
        return tuple(sorted(found, key=lambda person: (-person.n_turns, person.name)))

    def page_texts(self, transcript_ids: Sequence[str] | None = None) -> list[tuple[str, PageText]]:
        """(transcript id, the page's own words), of the given transcripts or of all, in order."""
        where, values = (
            ("", ()) if transcript_ids is None else (f"WHERE transcript_id {_ANY}", (_many(transcript_ids),))
        )
        return [
            (tid, PageText(PageKind(kind), text, _unpack(pieces)))
            for tid, kind, text, pieces in self._rows(
                f"SELECT transcript_id, kind, text, pieces FROM page_texts {where} ORDER BY transcript_id, n",
                values,
            )
        ]

    def transcript_ids(self, filter: Filter) -> tuple[str, ...]:
        """Ids of the transcripts a filter lets through, its speakers left aside."""
        where, values = _conditions(Filter(filter.transcripts, None, filter.since, filter.until), "t.id")
        return tuple(
            row[0]
            for row in self._rows(f"SELECT t.id FROM transcripts t WHERE {where} ORDER BY t.id", values)
        )

    # ---------------------------------------------------------------- passages

    def rows(self, filter: Filter) -> NDArray[np.int64]:
        """Row numbers of the passages a filter lets through, ascending; int64, shape (n,)."""
        where, values = _conditions(filter, "p.transcript_id")
        join = "JOIN transcripts t ON t.id = p.transcript_id" if filter.since or filter.until else ""
        found = self._rows(f"SELECT p.row FROM passages p {join} WHERE {where} ORDER BY p.row", values)
        return np.array([row[0] for row in found], dtype=np.int64)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Passages by row number, in the order given; rows that are gone are left out."""
        found = {
            row[0]: Passage(*row[1:])
            for row in self._rows(
                "SELECT row, id, transcript_id, turn, start, end, speaker, text, n_tokens FROM passages "
                f"WHERE row {_ANY}",
                (_many([int(row) for row in rows]),),
            )
        }
        return [found[int(row)] for row in rows if int(row) in found]

    def vectors(self) -> tuple[int, NDArray[np.int64], NDArray[np.float32]]:
        """Generation, row numbers (ascending, shape (n,)) and vectors (float32, shape (n, dim)), of one moment."""
        with self._lock, self._errors():
            self._db.execute("BEGIN")
            try:
                generation = self.generation
                found = self._db.execute("SELECT row, vector FROM passages ORDER BY row").fetchall()
            finally:
                self._db.execute("COMMIT")
        rows = np.array([row[0] for row in found], dtype=np.int64)
        if not found:
            return generation, rows, np.zeros((0, int(self.meta("dim") or 0)), dtype=np.float32)
        blob = b"".join(row[1] for row in found)
        return generation, rows, np.frombuffer(blob, dtype="<f4").reshape(len(found), -1)

    def lexical(self, match: str, limit: int, filter: Filter) -> list[tuple[int, float]]:
        """Passages that match a full-text expression, best first.

        Args:
            match: an FTS5 expression.
            limit: most results.

        Returns:
            (row number, BM25, higher is better; FTS5 itself counts the other way).

        Source: SQLite FTS5, function bm25() with k1 = 1.2, b = 0.75.
        """
        values: list[Any] = [match]
        where = ""
        if not filter.open:
            conditions, more = _conditions(filter, "p.transcript_id")
            join = "JOIN transcripts t ON t.id = p.transcript_id" if filter.since or filter.until else ""
            where = f"AND f.rowid IN (SELECT p.row FROM passages p {join} WHERE {conditions})"
            values += more
        found = self._rows(
            "SELECT f.rowid, -bm25(passage_terms) AS score FROM passage_terms f "
            f"WHERE passage_terms MATCH ? {where} ORDER BY score DESC, f.rowid LIMIT ?",
            (*values, limit),
        )
        return [(int(row), float(score)) for row, score in found]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands; one full-text look-up a term."""
        found = {}
        for term in dict.fromkeys(terms):
            quoted = '"' + term.replace('"', '""').replace("\0", "") + '"'
            sql = "SELECT count(*) FROM passage_terms WHERE passage_terms MATCH ?"
            found[term] = int(self._rows(sql, (quoted,))[0][0]) if term.strip("\0 ") else 0
        return found

    def count(self) -> int:
        """Number of passages."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    # ---------------------------------------------------------------- health

    def integrity(self) -> list[str]:
        """Every problem of the store, in words; empty when it is sound."""
        problems = [
            f"{self.path}: {row[0]}" for row in self._rows("PRAGMA integrity_check(20)") if row[0] != "ok"
        ]
        problems += [
            f"{self.path}: a {row[0]} row points nowhere" for row in self._rows("PRAGMA foreign_key_check")
        ]
        if problems:
            return problems
        for pid, why in self._rows(
            "SELECT p.id, CASE WHEN t.n IS NULL THEN 'its turn is missing' "
            "WHEN substr(t.text, p.start + 1, p.end - p.start) <> p.text THEN 'its words are not those of its turn' "
            "WHEN t.speaker <> p.speaker THEN 'its speaker is not that of its turn' "
            "ELSE 'its vector has the wrong length' END "
            "FROM passages p LEFT JOIN turns t ON t.transcript_id = p.transcript_id AND t.n = p.turn "
            "WHERE t.n IS NULL OR substr(t.text, p.start + 1, p.end - p.start) <> p.text OR t.speaker <> p.speaker "
            "OR length(p.vector) <> 4 * CAST((SELECT value FROM meta WHERE key = 'dim') AS INTEGER) LIMIT 20"
        ):
            problems.append(f"passage {pid}: {why}")
        for (row,) in self._rows(
            "SELECT row FROM passages EXCEPT SELECT rowid FROM passage_terms "
            "UNION ALL SELECT rowid FROM (SELECT rowid FROM passage_terms EXCEPT SELECT row FROM passages) LIMIT 20"
        ):
            problems.append(f"full-text row {row}: missing or superfluous")
        return problems


_ANY = "IN (SELECT value FROM json_each(?))"


def _many(values: Sequence[str] | Sequence[int]) -> str:
    return json.dumps(list(values))


def _conditions(filter: Filter, id_column: str) -> tuple[str, list[Any]]:
    parts, values = ["1"], []
    for column, wanted in ((id_column, filter.transcripts), ("p.speaker", filter.speakers)):
        if wanted is not None:
            parts.append(f"{column} {_ANY}")
            values.append(_many(wanted))
    for comparison, day in ((">=", filter.since), ("<=", filter.until)):
        if day:
            parts.append(f"t.date {comparison} ?")
            values.append(day)
    return " AND ".join(parts), values


def _delete(db: sqlite3.Connection, transcript_id: str) -> bool:
    db.execute(
        "DELETE FROM passage_terms WHERE rowid IN (SELECT row FROM passages WHERE transcript_id = ?)",
        (transcript_id,),
    )
    return db.execute("DELETE FROM transcripts WHERE id = ?", (transcript_id,)).rowcount > 0


def _insert(db: sqlite3.Connection, entry: Entry) -> None:
    one = entry.transcript
    added = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO transcripts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (one.id, entry.path, entry.fingerprint, one.title, one.date, one.time, one.place, one.language, one.source,
         one.format, one.source_text, json.dumps(one.dropped), added),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO people VALUES (?, ?, ?, ?, ?)",
        ((one.id, n, p.name, p.role, json.dumps(p.aliases)) for n, p in enumerate(one.people)),
    )
    db.executemany(
        "INSERT INTO page_texts VALUES (?, ?, ?, ?, ?)",
        ((one.id, n, str(p.kind), p.text, _pack(p.pieces)) for n, p in enumerate(one.page)),
    )
    db.executemany(
        "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((one.id, t.index, t.speaker, t.label, t.text, _pack(t.pieces), t.start_s, t.end_s, t.uncertain)
         for t in one.turns),
    )  # fmt: skip
    for passage, vector, terms in zip(entry.passages, entry.vectors, entry.terms, strict=True):
        row = db.execute(
            "INSERT INTO passages (id, transcript_id, turn, start, end, speaker, text, n_tokens, vector) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (passage.id, passage.transcript_id, passage.turn, passage.start, passage.end, passage.speaker,
             passage.text, passage.n_tokens, np.asarray(vector, dtype="<f4").tobytes()),
        ).lastrowid  # fmt: skip
        db.execute("INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)", (row, terms))


def _pack(pieces: Sequence[Piece]) -> str:
    return json.dumps(
        [number for p in pieces for number in (p.start, p.source_start, p.length)], separators=(",", ":")
    )


def _unpack(packed: str) -> tuple[Piece, ...]:
    numbers = json.loads(packed)
    return tuple(Piece(*numbers[n : n + 3]) for n in range(0, len(numbers), 3))


def _explain(error: sqlite3.Error) -> str:
    text = str(error)
    if "readonly" in text or "unable to open" in text:
        return f"cannot be written or opened ({text}). Check the folder's permissions, or choose another: --index DIR."
    if "locked" in text:
        return "another process is writing to this index. Try again when it has finished."
    if "full" in text:
        return f"the disk is full ({text}). Free some space and run the command again; nothing already stored is lost."
    if "not a database" in text or "malformed" in text:
        return f"is damaged or no index ({text}). Move the folder away and index again: qa index PATH..."
    return f"{text}. Run: qa check"
