"""The catalogue of an index: transcripts, people, passages, vectors and full-text rows in one SQLite file.

The one truth of an index folder, and the only room that knows sqlite3. One transaction writes one
transcript with everything derived from it.

Journal: SQLite's rollback journal with synchronous=FULL. Both journals survive SIGKILL at any moment;
the rollback journal keeps every committed transcript in the one file `store.sqlite`, so a folder can be
copied while nobody writes and read where nothing may be written, which a WAL's side files prevent.

Threads: one connection behind one re-entrant lock. Every read is a transaction of its own, so it sees
one state even while another process writes.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qa import roster
from qa.errors import IndexFolderError, IndexMismatchError, QAError, UnknownTranscriptError
from qa.roster import Listed
from qa.types import (
    Appearance,
    Entry,
    Filter,
    Layout,
    PageKind,
    PageText,
    Passage,
    Person,
    PersonInfo,
    Piece,
    Tokens,
    Transcript,
    TranscriptInfo,
    Turn,
)
from qa.words import storable

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE_NAME = "store.sqlite"
BUSY_S = 30.0  # seconds to wait for another process; the largest transcript is written in under two
_APPLICATION_ID = 0x7141_7261  # "qAra": tells our files from other programs' SQLite files
_VECTOR = np.dtype("<f4")
_START = np.dtype("<u2")

# The full-text table keeps only the index; its content is passages.terms, so that it can be rebuilt.
# Every category but the separators (Z*) belongs to a term: terms arrive analysed and stay as they are.
_WORDS = """CREATE VIRTUAL TABLE words USING fts5(
    terms, content='passages', content_rowid='row',
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")"""

_NEVER = 2**31  # in the place of the first turn, of somebody who has none
# Everybody of every transcript under their own name, for the table `names`.
_OWN_NAMES = f"""SELECT transcript, local, local, sum(turns), min(place) FROM
    (SELECT transcript, speaker AS local, 1 AS turns, place FROM turns
    UNION ALL SELECT transcript, name, 0, {_NEVER} FROM people) GROUP BY transcript, local"""

# One entry per schema version, each a list of statements; only ever append.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE transcripts (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT UNIQUE, fingerprint TEXT NOT NULL,
            title TEXT NOT NULL, date TEXT, time TEXT, place TEXT, language TEXT, source TEXT,
            format TEXT NOT NULL, source_text TEXT, dropped TEXT NOT NULL)""",
        """CREATE TABLE people (
            transcript INTEGER NOT NULL REFERENCES transcripts(n) ON DELETE CASCADE,
            place INTEGER NOT NULL, name TEXT NOT NULL, role TEXT, aliases TEXT NOT NULL,
            PRIMARY KEY (transcript, place))""",
        """CREATE TABLE page (
            transcript INTEGER NOT NULL REFERENCES transcripts(n) ON DELETE CASCADE,
            place INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, pieces TEXT NOT NULL,
            PRIMARY KEY (transcript, place))""",
        """CREATE TABLE turns (
            transcript INTEGER NOT NULL REFERENCES transcripts(n) ON DELETE CASCADE,
            place INTEGER NOT NULL, speaker TEXT NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
            pieces TEXT NOT NULL, start_s REAL, end_s REAL, uncertain INTEGER NOT NULL,
            PRIMARY KEY (transcript, place))""",
        "CREATE INDEX turns_of_speaker ON turns (speaker, transcript, place)",
        """CREATE TABLE passages (
            row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,
            transcript INTEGER NOT NULL, turn INTEGER NOT NULL, start INTEGER NOT NULL,
            "end" INTEGER NOT NULL, text TEXT NOT NULL, n_tokens INTEGER NOT NULL, terms TEXT NOT NULL,
            FOREIGN KEY (transcript, turn) REFERENCES turns (transcript, place) ON DELETE CASCADE)""",
        "CREATE INDEX passages_of_turn ON passages (transcript, turn)",
        """CREATE TABLE vectors (
            row INTEGER PRIMARY KEY REFERENCES passages(row) ON DELETE CASCADE, vector BLOB NOT NULL)""",
        _WORDS,
    ),
    (
        "ALTER TABLE transcripts ADD COLUMN unattributed TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE transcripts ADD COLUMN problems TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE people ADD COLUMN anonymous INTEGER NOT NULL DEFAULT 0",
    ),
    (
        # Who of a transcript is who in the whole index; the person's own name until they are settled.
        """CREATE TABLE names (
            transcript INTEGER NOT NULL REFERENCES transcripts(n) ON DELETE CASCADE,
            local TEXT NOT NULL, canonical TEXT NOT NULL, n_turns INTEGER NOT NULL, first INTEGER NOT NULL,
            PRIMARY KEY (transcript, local)) WITHOUT ROWID""",
        "CREATE INDEX names_of_person ON names (canonical)",
        f"INSERT INTO names {_OWN_NAMES}",
        # Forms the user gave to persons, by their canonical name.
        "CREATE TABLE forms (canonical TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY (canonical, form)) WITHOUT ROWID",
        # What the user decided, one JSON object each; never changed, only added to.
        "CREATE TABLE decisions (n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, decision TEXT NOT NULL)",
    ),
    (
        # A passage's tokens, see `Tokens`; passages stored before have none here.
        """CREATE TABLE tokens (
            row INTEGER PRIMARY KEY REFERENCES passages(row) ON DELETE CASCADE,
            starts BLOB NOT NULL, signs BLOB NOT NULL)""",
    ),
    ("CREATE INDEX transcripts_of_bytes ON transcripts (fingerprint)",),
)

_SELECT_ROWS = """SELECT p.row FROM passages p
    JOIN transcripts t ON t.n = p.transcript
    JOIN turns u ON u.transcript = p.transcript AND u.place = p.turn"""
_BY_DATE = "date IS NULL, date, title, id"

# SQLite's error names, by their beginning: what happened, what to do now.
_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_NOTADB", "the file is not a database.", "Move it away, then: qa index --index DIR PATH..."),
    (
        "SQLITE_CORRUPT",
        "the file is damaged.",
        "Run qa check; if that does not help, move the folder away, then: qa index --index DIR PATH...",
    ),
    ("SQLITE_READONLY", "the file or its folder may only be read.", "Make both writable, or copy the folder."),
    ("SQLITE_FULL", "the disk is full.", "Free some space and try again; nothing was half written."),
    ("SQLITE_BUSY", "another process is writing to it.", "Wait for that to finish and try again."),
    ("SQLITE_LOCKED", "another process is writing to it.", "Wait for that to finish and try again."),
    ("SQLITE_CANTOPEN", "the file cannot be opened.", "Check that it and its folder may be read and written."),
    ("SQLITE_PERM", "the file cannot be opened.", "Check that it and its folder may be read and written."),
    ("SQLITE_IOERR", "the disk failed to read or write.", "Check the disk and its space, and try again."),
)


class Store:
    """The SQLite catalogue in an index folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path, *, create: bool = True, busy_s: float = BUSY_S) -> None:
        """Open the catalogue in `folder`.

        Args:
            folder: the index folder; other files in it are left alone.
            create: make folder and catalogue when absent.
            busy_s: seconds to wait while another process writes.

        Raises:
            IndexFolderError: there is none and `create` is False, or it cannot be made, opened or read.
            IndexMismatchError: a newer version of qa wrote it.
        """
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._depth = 0
        self._writes = False
        _prepare(folder, self.path, create)
        with self._explained():
            self._db = sqlite3.connect(self.path, timeout=busy_s, isolation_level=None, check_same_thread=False)
            try:
                self._set_up()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        with self._lock:
            self._db.close()

    # -- transactions ----------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state: everything read inside belongs together. Calls may nest."""
        with self._transaction(writes=False):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write everything inside, or nothing of it; the generation moves by one. Calls may nest.

        Raises:
            IndexFolderError: read-only, full, damaged, or locked by another process for too long.
            QAError: a text holds half of a surrogate pair, which no file can hold.
        """
        with self._transaction(writes=True):
            yield

    @contextmanager
    def _transaction(self, *, writes: bool, moves: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction, or the one at hand. One that only names persons anew does not move the generation."""
        with self._lock, self._explained():
            if self._depth and writes and not self._writes:
                raise RuntimeError("writing() inside reading(): open writing() outside")
            if self._depth:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            self._depth, self._writes = 1, writes
            try:
                yield self._db
                if writes and moves:
                    self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._depth, self._writes = 0, False

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say in words of ours what SQLite says in its own."""
        try:
            yield
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        except UnicodeEncodeError as error:
            raise QAError(
                f"{self.path}: half of a surrogate pair (U+{ord(error.object[error.start]):04X}) in a text "
                "or file name cannot be stored. Replace it by U+FFFD, or rename the file, and try again."
            ) from error

    def _set_up(self) -> None:
        """Check that the file is ours, bring it to this version, and set the connection up."""
        db = self._db
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        if self._version() < len(_MIGRATIONS):
            db.execute("BEGIN IMMEDIATE")
            self._migrate(self._version())  # asked again: another process may have been faster
            db.execute("COMMIT")
        db.execute("CREATE TEMP TABLE wanted (kind TEXT, value TEXT, PRIMARY KEY (kind, value)) WITHOUT ROWID")
        db.execute("CREATE VIRTUAL TABLE temp.occurrences USING fts5vocab('main', 'words', 'instance')")

    def _version(self) -> int:
        """The file's schema version; 0 for an empty file.

        Raises:
            IndexFolderError: another program's file.
            IndexMismatchError: a newer schema than this one.
        """
        version = int(self._value("PRAGMA user_version"))
        ours = self._value("PRAGMA application_id") == _APPLICATION_ID
        if not ours and (version or self._value("SELECT count(*) FROM sqlite_master")):
            raise IndexFolderError(
                f"{self.path}: the file is another program's database. Name another folder with --index."
            )
        if version > len(_MIGRATIONS):
            raise IndexMismatchError(
                f"{self.path}: written by a newer qa (schema {version}; this one knows {len(_MIGRATIONS)}). "
                "Upgrade qa, or rebuild in another folder: qa index --index DIR PATH..."
            )
        return version

    def _migrate(self, version: int) -> None:
        """Run what is missing; a new file also gets its first facts.

        The generation starts at a random number, so that two stores never share one: a cache left over
        from a deleted store cannot pass for the new one's.
        """
        for statements in _MIGRATIONS[version:]:
            for statement in statements:
                self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
        self._db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        facts = {
            "generation": str(secrets.randbits(40)),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", facts.items())

    # -- facts about the whole -------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """Number of the present state; every writing transaction adds one, and no state returns."""
        return int(self.meta("generation") or 0)

    @property
    def state(self) -> int:
        """As `generation`, and it moves with every naming of persons, too, at which texts and vectors stay."""
        found = self._all("SELECT sum(CAST(value AS INTEGER)) FROM meta WHERE key IN ('generation', 'naming')")
        return int(found[0][0])

    def meta(self, key: str) -> str | None:
        """A stored fact, or None: "generation", "naming", "settled", "model_id", "dim", "splitter", "created"."""
        value = self._one("SELECT value FROM meta WHERE key = ?", key)
        return None if value is None else str(value[0])

    def counts(self) -> tuple[int, int]:
        """(transcripts, passages) stored."""
        found = self._all("SELECT (SELECT count(*) FROM transcripts), (SELECT count(*) FROM passages)")
        return int(found[0][0]), int(found[0][1])

    def set_meta(self, **values: object) -> None:
        """Store facts about the whole index, as text."""
        with self._transaction(writes=True) as db:
            pairs = [(key, str(value)) for key, value in values.items()]
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", pairs)

    # -- writing ---------------------------------------------------------------------------------

    def put(self, entry: Entry) -> None:
        """Store a transcript with all that belongs to it, in one transaction.

        What was stored under the same id or the same path goes in the same transaction.

        Args:
            entry: an empty `path` means no file: it replaces by id only. Empty `terms` make the
                passages unfindable by words.

        Raises:
            QAError: the entry's parts contradict each other, or a text cannot be stored.
            IndexFolderError: the file cannot be written.
        """
        _agree(entry)
        with self._transaction(writes=True) as db:
            known = db.execute(
                "SELECT n FROM transcripts WHERE id = ? OR path = ?", (entry.transcript.id, entry.path or None)
            ).fetchall()
            for (n,) in known:
                _delete(db, n)
            _unsettle(db)
            n = _insert_transcript(db, entry)
            _insert_people(db, n, entry.transcript.people)
            _insert_page(db, n, entry.transcript.page)
            _insert_turns(db, n, entry.transcript.turns)
            _insert_names(db, n, entry.transcript)
            _insert_passages(db, n, entry)

    def remove(self, transcript_id: str) -> None:
        """Forget a transcript and all that belongs to it.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._transaction(writes=True) as db:
            _delete(db, self._number(transcript_id))
            _unsettle(db)

    def set_path(self, transcript_id: str, path: str) -> None:
        """The transcript's file now lies at `path`; another transcript that claimed it has no file any more.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._transaction(writes=True) as db:
            n = self._number(transcript_id)
            db.execute("UPDATE transcripts SET path = NULL WHERE path = ?", (path,))
            db.execute("UPDATE transcripts SET path = ? WHERE n = ?", (path or None, n))

    # -- who is who ------------------------------------------------------------------------------

    @contextmanager
    def naming_anew(self) -> Iterator[None]:
        """Write names and decisions inside, or nothing of it; the generation stays, as texts and vectors do.

        Raises:
            IndexFolderError: read-only, full, damaged, or locked by another process for too long.
        """
        with self._transaction(writes=True, moves=False):
            yield

    @property
    def settled(self) -> str | None:
        """By which version of the registry the persons were named; None when transcripts came or went since."""
        return self.meta("settled")

    def appearances(self) -> list[Appearance]:
        """Everybody of every transcript, as its reader knows them."""
        found = self._all(
            """SELECT t.id, t.date, s.local, p.role, p.aliases, p.anonymous, s.n_turns, s.canonical
            FROM names s JOIN transcripts t ON t.n = s.transcript
            LEFT JOIN people p ON p.transcript = s.transcript AND p.name = s.local
            ORDER BY s.transcript, s.local, p.place"""
        )
        known: dict[tuple[str, str], Appearance] = {}
        for id, date, name, role, forms, anonymous, n_turns, canonical in found:
            if (id, name) not in known:  # a person listed twice counts once
                aliases = _texts(forms or "[]")
                known[id, name] = Appearance(id, date, name, role, aliases, bool(anonymous), n_turns, canonical)
        return list(known.values())

    def set_names(self, names: Mapping[tuple[str, str], str], forms: Mapping[str, Iterable[str]], settled: str) -> None:
        """Give everybody their canonical name, and persons the forms that the user gave them.

        Args:
            names: (transcript id, name there) -> canonical name.
            forms: canonical name -> forms.
            settled: the registry's version.
        """
        with self._transaction(writes=True, moves=False) as db:
            now = db.execute(
                "SELECT s.transcript, t.id, s.local, s.canonical FROM names s JOIN transcripts t ON t.n = s.transcript"
            ).fetchall()
            changed = [
                (name, n, local)
                for n, id, local, canonical in now
                if (name := names.get((id, local), local)) != canonical
            ]
            given = sorted((name, form) for name, its in forms.items() for form in set(its))
            if changed or given != db.execute("SELECT canonical, form FROM forms ORDER BY 1, 2").fetchall():
                db.executemany("UPDATE names SET canonical = ? WHERE transcript = ? AND local = ?", changed)
                db.execute("DELETE FROM forms")
                db.executemany("INSERT INTO forms VALUES (?, ?)", given)
                _move_naming(db)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('settled', ?)", (settled,))

    def log(self) -> list[tuple[int, str, str]]:
        """(number, when, decision as it was put in) of every decision, in order."""
        return self._all("SELECT n, at, decision FROM decisions ORDER BY n")

    def decide(self, decision: str) -> int:
        """Add a decision to the log; returns its number."""
        with self._transaction(writes=True, moves=False) as db:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            (n,) = db.execute(
                "INSERT INTO decisions (at, decision) VALUES (?, ?) RETURNING n", (at, decision)
            ).fetchone()
            _move_naming(db)
            return int(n)

    # -- transcripts and people ------------------------------------------------------------------

    def by_path(self, path: str) -> tuple[str, str] | None:
        """(transcript id, fingerprint) of what was read from that file, or None."""
        found = self._one("SELECT id, fingerprint FROM transcripts WHERE path = ?", path)
        return None if found is None else (str(found[0]), str(found[1]))

    def by_fingerprint(self, fingerprint: str) -> tuple[str, str | None] | None:
        """(transcript id, its file) of what was read from a file with those bytes; of several, one with a file."""
        found = self._one(
            "SELECT id, path FROM transcripts WHERE fingerprint = ? ORDER BY path IS NULL, n", fingerprint
        )
        return None if found is None else (str(found[0]), found[1])

    def path_of(self, transcript_id: str) -> str | None:
        """The file a transcript was read from; None when it has none or the id is unknown."""
        found = self._one("SELECT path FROM transcripts WHERE id = ?", transcript_id)
        return None if found is None else found[0]

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """A line about each transcript, by date, then title; those without a date come last."""
        with self._transaction(writes=False):
            speakers: dict[int, list[str]] = {}
            turns: Counter[int] = Counter()
            for n, name, n_turns in self._all(
                "SELECT transcript, canonical, sum(n_turns) AS n FROM names WHERE n_turns > 0 "
                "GROUP BY transcript, canonical ORDER BY transcript, n DESC, min(first)"
            ):
                speakers.setdefault(n, []).append(name)
                turns[n] += n_turns
            passages = dict(self._all("SELECT transcript, count(*) FROM passages GROUP BY transcript"))
            return tuple(
                TranscriptInfo(
                    id,
                    title,
                    date,
                    time,
                    place,
                    language,
                    source,
                    format,
                    n_turns=turns[n],
                    n_passages=passages.get(n, 0),
                    people=tuple(speakers.get(n, ())),
                )
                for n, id, title, date, time, place, language, source, format in self._all(
                    "SELECT n, id, title, date, time, place, language, source, format FROM transcripts "
                    f"ORDER BY {_BY_DATE}"
                )
            )

    def transcript(self, transcript_id: str) -> Transcript:
        """The whole transcript, equal to the one that was put but for the names of persons settled since.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._transaction(writes=False):
            n = self._number(transcript_id)
            found = self._one(
                "SELECT id, title, date, time, place, language, source, format, source_text, dropped, unattributed, "
                "problems FROM transcripts WHERE n = ?",
                n,
            )
            if found is None:  # cannot be: the number was read in the same transaction
                raise _unknown(transcript_id, self.path)
            id, title, date, time, place, language, source, format, source_text, *lists = found
            return Transcript(
                id=id,
                title=title,
                turns=self._turns(n),
                people=self._people(n),
                page=tuple(text for _, text in self._page_texts("WHERE t.n = ?", n)),
                date=date,
                time=time,
                place=place,
                language=language,
                source=source,
                format=format,
                source_text=source_text,
                dropped=tuple(json.loads(lists[0])),
                unattributed=tuple(json.loads(lists[1])),
                problems=tuple(json.loads(lists[2])),
            )

    def turns(self, transcript_id: str) -> tuple[Turn, ...]:
        """The turns of a transcript, in order.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._transaction(writes=False):
            return self._turns(self._number(transcript_id))

    def transcript_people(self, transcript_id: str) -> tuple[Person, ...]:
        """The people of a transcript, in its own order.

        Raises:
            UnknownTranscriptError: there is none of that id.
        """
        with self._transaction(writes=False):
            return self._people(self._number(transcript_id))

    def people(self) -> tuple[PersonInfo, ...]:
        """Everybody in the index under their canonical name, most turns first, then by name."""
        with self._transaction(writes=False):
            listed = self._listed("ORDER BY t.date IS NULL, t.date DESC, t.title, t.id, p.place")
            spoken = dict(self._all("SELECT canonical, sum(n_turns) FROM names GROUP BY canonical"))
            present = self._all(
                "SELECT s.canonical, s.local, t.id FROM names s JOIN transcripts t ON t.n = s.transcript "
                f"ORDER BY {_BY_DATE}, s.first, s.local"
            )
            given = self._all("SELECT canonical, form FROM forms ORDER BY canonical, form")
        return roster.gather(listed, spoken, present, given)

    def samples(self, names: Sequence[str], least: int, most: int) -> dict[str, str]:
        """Something that each person said: the beginning of a turn in the transcript they speak most in.

        Args:
            names: canonical names; those who never speak are left out of the answer.
            least: characters; a longer turn is taken before a shorter one.
            most: characters of the answer.
        """
        found: dict[str, str] = {}
        with self._transaction(writes=False):
            for name in names:
                sample = self._one(
                    """SELECT substr(u.text, 1, ?) FROM
                    (SELECT transcript, local FROM names WHERE canonical = ? AND n_turns > 0
                    ORDER BY n_turns DESC, transcript, local LIMIT 1) s
                    JOIN turns u ON u.speaker = s.local AND u.transcript = s.transcript
                    ORDER BY length(u.text) < ?, u.place LIMIT 1""",
                    most,
                    name,
                    least,
                )
                if sample is not None:
                    found[name] = str(sample[0])
        return found

    def transcript_ids(self, filter: Filter) -> tuple[str, ...]:
        """Ids of the transcripts a filter lets through, its speakers left aside."""
        with self._transaction(writes=False):
            where, values = self._where(Filter(filter.transcripts, None, filter.since, filter.until))
            return tuple(id for (id,) in self._all(f"SELECT t.id FROM transcripts t {where} ORDER BY t.id", *values))

    def page_texts(self, transcript_ids: Sequence[str] | None = None) -> list[tuple[str, PageText]]:
        """(transcript id, page text) of the named transcripts, or of all: by date, then as on the page."""
        with self._transaction(writes=False):
            if transcript_ids is None:
                return self._page_texts("")
            self._want(transcript=transcript_ids)
            return self._page_texts(f"WHERE t.id IN {_wanted('transcript')}")

    # -- passages and searches -------------------------------------------------------------------

    def rows(self, filter: Filter) -> NDArray[np.int64]:
        """Rows of the passages a filter lets through: int64, shape (n,), rising."""
        with self._transaction(writes=False):
            where, values = self._where(filter)
            found = self._all(f"{_SELECT_ROWS} {where} ORDER BY p.row", *values)
        return np.fromiter((row for (row,) in found), dtype=np.int64, count=len(found))

    def turn_rows(self, transcript_id: str, turn: int) -> NDArray[np.int64]:
        """Rows of the passages of one turn: int64, shape (n,), rising."""
        sql = """SELECT p.row FROM passages p JOIN transcripts t ON t.n = p.transcript
            WHERE t.id = ? AND p.turn = ? ORDER BY p.row"""
        return np.array([row for (row,) in self._all(sql, transcript_id, turn)], dtype=np.int64)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of those rows, in the order given.

        Raises:
            IndexFolderError: a row is gone, as when another process replaced its transcript. Reading
                within one `reading()` avoids that.
        """
        wanted = [int(row) for row in rows]
        found = self._all(
            """SELECT p.row, p.id, t.id, p.turn, p.start, p."end", s.canonical, p.text, p.n_tokens
            FROM passages p JOIN transcripts t ON t.n = p.transcript
            JOIN turns u ON u.transcript = p.transcript AND u.place = p.turn
            JOIN names s ON s.transcript = u.transcript AND s.local = u.speaker
            WHERE p.row IN (SELECT value FROM json_each(?))""",
            json.dumps(wanted),
        )
        by_row = {row: Passage(*facts) for row, *facts in found}
        gone = [row for row in wanted if row not in by_row]
        if gone:
            raise IndexFolderError(
                f"{self.path}: {len(gone)} passages were removed or replaced meanwhile (row {gone[0]}). Ask again."
            )
        return [by_row[row] for row in wanted]

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Every stored vector with its row.

        Returns:
            rows: int64, shape (n,), rising.
            vectors: float32, shape (n, dim), vectors[i] belongs to rows[i].

        Raises:
            IndexFolderError: a vector is of another length than the index says.
        """
        with self._transaction(writes=False) as db:
            (n,) = db.execute("SELECT count(*) FROM vectors").fetchone()
            dim = self._dim()
            rows = np.empty(n, dtype=np.int64)
            vectors = np.empty((n, dim), dtype=np.float32)
            for i, (row, blob) in enumerate(db.execute("SELECT row, vector FROM vectors ORDER BY row")):
                if len(blob) != dim * _VECTOR.itemsize:
                    raise IndexFolderError(
                        f"{self.path}: the vector of row {row} is damaged. Run qa check to see its transcript."
                    )
                rows[i] = row
                vectors[i] = np.frombuffer(blob, dtype=_VECTOR)
        return rows, vectors

    def tokens(self, rows: Sequence[int]) -> dict[int, Tokens]:
        """The tokens of those passages that have them stored, by row."""
        size = -(-self._dim() // 8)
        found = self._all(
            "SELECT row, starts, signs FROM tokens WHERE row IN (SELECT value FROM json_each(?))",
            json.dumps([int(row) for row in rows]),
        )
        return {
            row: Tokens(np.frombuffer(starts, _START), np.frombuffer(signs, np.uint8).reshape(-1, size))
            for row, starts, signs in found
            if len(signs) * _START.itemsize == len(starts) * size  # a damaged one is made anew
        }

    def lexical(self, match: str, limit: int, filter: Filter) -> list[tuple[int, float]]:
        """Passages whose terms match an FTS5 expression, weighed by BM25 over the whole index.

        Args:
            match: an FTS5 expression; `qa.lexical` builds it.
            limit: most passages to return.
            filter: removes passages and leaves the others' scores as they are.

        Returns:
            (row, score), best first, equal scores by row. score > 0, higher is better: SQLite's bm25
            (k1 = 1.2, b = 0.75) with its sign flipped.

        Raises:
            IndexFolderError: `match` is no FTS5 expression, or the full-text table is damaged.
        """
        with self._transaction(writes=False):
            where, values = self._where(filter)
            # "+" keeps SQLite from running the match anew for every allowed row
            inside = f"AND +rowid IN ({_SELECT_ROWS} {where})" if where else ""
            found = self._all(
                f"SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? {inside} "
                "ORDER BY bm25(words), rowid LIMIT ?",
                match,
                *values,
                max(limit, 0),
            )
        return [(int(row), float(score)) for row, score in found]

    def postings(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Where one index term stands.

        Returns:
            rows: int64, shape (n,), rising: the passages that hold it.
            counts: float32, shape (n,): how often each does.

        Raises:
            IndexFolderError: the full-text table is damaged.
        """
        with self._transaction(writes=False):
            found = self._all("SELECT doc, count(*) FROM temp.occurrences WHERE term = ? GROUP BY doc", term)
        rows = np.fromiter((row for row, _ in found), dtype=np.int64, count=len(found))
        return rows, np.fromiter((count for _, count in found), dtype=np.float32, count=len(found))

    def layout(self) -> Layout:
        """Where every passage stands, as columns."""
        with self._transaction(writes=False):
            ids = dict(self._all("SELECT n, id FROM transcripts"))
            found = self._all(
                """SELECT p.row, p.transcript, p.turn, p.n_tokens, u.speaker,
                length(p.terms) - length(replace(p.terms, ' ', '')) + (p.terms <> '')
                FROM passages p JOIN turns u ON u.transcript = p.transcript AND u.place = p.turn ORDER BY p.row"""
            )
            others = self._all("SELECT transcript, local, canonical FROM names WHERE canonical <> local")
        rows, transcripts, turns, tokens, speakers, terms = zip(*found, strict=True) if found else ((),) * 6
        if others:
            named = {(n, local): canonical for n, local, canonical in others}
            speakers = tuple(named.get(place, place[1]) for place in zip(transcripts, speakers, strict=True))
        codes = {name: n for n, name in enumerate(dict.fromkeys(speakers))}
        return Layout(
            ids=ids,
            speakers=codes,
            rows=np.array(rows, dtype=np.int64),
            transcript=np.array(transcripts, dtype=np.int64),
            turn=np.array(turns, dtype=np.int64),
            tokens=np.array(tokens, dtype=np.int64),
            terms=np.array(terms, dtype=np.int64),
            speaker=np.array([codes[name] for name in speakers], dtype=np.int64),
        )

    def frequencies(self, matches: Sequence[str]) -> list[int]:
        """In how many passages each FTS5 expression is found, in the order given; "" is found nowhere."""
        with self._transaction(writes=False):
            sql = "SELECT count(*) FROM words WHERE words MATCH ?"
            return [int(self._one(sql, match)[0]) if match else 0 for match in matches]

    # -- health ----------------------------------------------------------------------------------

    def integrity(self) -> list[str]:
        """Every problem in words; empty when all is well. Reads the whole file."""
        problems: list[str] = []
        for check in (
            self._check_file,
            self._check_references,
            self._check_passages,
            self._check_vectors,
            self._check_words,
            self._check_names,
        ):
            try:
                with self._transaction(writes=False):
                    problems += check()
            except IndexFolderError as error:
                problems.append(str(error))
        return list(dict.fromkeys(problems))

    def repair(self) -> None:
        """Build the full-text table anew from the stored terms, and give persons without a name their own.

        Raises:
            IndexFolderError: the file cannot be written.
        """
        with self._transaction(writes=True) as db:
            db.execute("DROP TABLE IF EXISTS words")
            db.execute(_WORDS)
            db.execute("INSERT INTO words (words) VALUES ('rebuild')")
            db.execute(f"INSERT OR IGNORE INTO names {_OWN_NAMES}")
            _unsettle(db)

    def _check_file(self) -> list[str]:
        found = [str(line) for (line,) in self._all("PRAGMA integrity_check")]
        return [f"{self.path}: {line}" for line in found if line != "ok"]

    def _check_references(self) -> list[str]:
        found = Counter((child, parent) for child, _, parent, _ in self._all("PRAGMA foreign_key_check"))
        return [f"{self.path}: {n} rows of {child} lost their {parent}." for (child, parent), n in found.items()]

    def _check_passages(self) -> list[str]:
        found = self._db.execute(
            """SELECT t.id, p.id, p.start, p."end", p.text, u.text FROM passages p
            JOIN transcripts t ON t.n = p.transcript
            JOIN turns u ON u.transcript = p.transcript AND u.place = p.turn"""
        )
        return [
            f'Transcript "{transcript}": the text of passage {id} differs from its turn. {_again(transcript)}'
            for transcript, id, start, end, text, turn in found
            if turn[start:end] != text
        ]

    def _check_vectors(self) -> list[str]:
        size = self._dim() * _VECTOR.itemsize
        found = self._all(
            """SELECT t.id, count(*) FROM passages p JOIN transcripts t ON t.n = p.transcript
            LEFT JOIN vectors v ON v.row = p.row
            WHERE v.vector IS NULL OR typeof(v.vector) != 'blob' OR length(v.vector) != ? GROUP BY t.id""",
            size,
        )
        return [
            f'Transcript "{transcript}": {n} passages have no vector of the right length. {_again(transcript)}'
            for transcript, n in found
        ]

    def _check_words(self) -> list[str]:
        missing = self._value("SELECT count(*) FROM passages WHERE row NOT IN (SELECT id FROM words_docsize)")
        extra = self._value("SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT row FROM passages)")
        problems = [f"{self.path}: {missing} passages are missing in the full-text table."] if missing else []
        problems += [f"{self.path}: {extra} rows of the full-text table have no passage."] if extra else []
        if not problems and not self._words_agree():
            problems.append(f"{self.path}: the full-text table differs from the passages' terms.")
        return problems

    def _words_agree(self) -> bool:
        """FTS5's own comparison with the stored terms; taken for granted where nothing may be written."""
        try:
            self._db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
                return False
            if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise
        return True

    def _check_names(self) -> list[str]:
        lost = self._value(
            "SELECT count(*) FROM turns u LEFT JOIN names s ON s.transcript = u.transcript AND s.local = u.speaker "
            "WHERE s.canonical IS NULL"
        )
        return [f"{self.path}: {lost} turns are by nobody in the list of persons."] if lost else []

    # -- small helpers ---------------------------------------------------------------------------

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._transaction(writes=False) as db:
            return db.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> Any:
        """The first line found, or None; a value that no file can hold is found nowhere."""
        if any(isinstance(value, str) and not storable(value) for value in values):
            return None
        return next(iter(self._all(sql, *values)), None)

    def _value(self, sql: str) -> Any:
        return self._db.execute(sql).fetchone()[0]

    def _dim(self) -> int:
        """Numbers per vector: what the index says, else what the first vector has."""
        said = self.meta("dim")
        if said is not None:
            return int(said)
        first = self._one("SELECT length(vector) FROM vectors ORDER BY row LIMIT 1")
        return 0 if first is None else int(first[0]) // _VECTOR.itemsize

    def _number(self, transcript_id: str) -> int:
        found = self._one("SELECT n FROM transcripts WHERE id = ?", transcript_id)
        if found is None:
            raise _unknown(transcript_id, self.path)
        return int(found[0])

    def _turns(self, n: int) -> tuple[Turn, ...]:
        found = self._all(
            "SELECT u.place, s.canonical, u.label, u.text, u.pieces, u.start_s, u.end_s, u.uncertain FROM turns u "
            "JOIN names s ON s.transcript = u.transcript AND s.local = u.speaker "
            "WHERE u.transcript = ? ORDER BY u.place",
            n,
        )
        return tuple(
            Turn(place, speaker, label, text, _unpack(pieces), start_s, end_s, bool(uncertain))
            for place, speaker, label, text, pieces, start_s, end_s, uncertain in found
        )

    def _people(self, n: int) -> tuple[Person, ...]:
        return roster.people(self._listed("WHERE p.transcript = ? ORDER BY p.place", n))

    def _listed(self, which: str, *values: object) -> list[Listed]:
        found = self._all(
            "SELECT s.canonical, p.name, p.role, p.aliases, p.anonymous, t.date FROM people p "
            "JOIN names s ON s.transcript = p.transcript AND s.local = p.name "
            f"JOIN transcripts t ON t.n = p.transcript {which}",
            *values,
        )
        return [
            Listed(canonical, name, role, _texts(forms), bool(anonymous), date)
            for canonical, name, role, forms, anonymous, date in found
        ]

    def _page_texts(self, where: str, *values: object) -> list[tuple[str, PageText]]:
        found = self._all(
            "SELECT t.id, page.kind, page.text, page.pieces FROM page JOIN transcripts t ON t.n = page.transcript "
            f"{where} ORDER BY t.date IS NULL, t.date, t.title, t.id, page.place",
            *values,
        )
        return [(id, PageText(PageKind(kind), text, _unpack(pieces))) for id, kind, text, pieces in found]

    def _where(self, filter: Filter) -> tuple[str, list[str]]:
        """A filter as an SQL condition on t (transcripts) and u (turns), and its values."""
        conditions: list[str] = []
        values: list[str] = []
        if filter.transcripts is not None:
            self._want(transcript=filter.transcripts)
            conditions.append(f"t.id IN {_wanted('transcript')}")
        if filter.speakers is not None:
            self._want(speaker=filter.speakers)
            conditions.append(
                "(u.speaker, u.transcript) IN "
                f"(SELECT local, transcript FROM names WHERE canonical IN {_wanted('speaker')})"
            )
        for limit, comparison in ((filter.since, ">="), (filter.until, "<=")):
            if limit is not None:
                conditions.append(f"t.date {comparison} ?")
                values.append(limit)
        return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values

    def _want(self, **values: Iterable[str]) -> None:
        """Lay a list into the temporary table; any length, any characters (json_each stops at NUL)."""
        for kind, members in values.items():
            self._db.execute("DELETE FROM temp.wanted WHERE kind = ?", (kind,))
            pairs = [(kind, member) for member in members if storable(member)]
            self._db.executemany("INSERT OR IGNORE INTO temp.wanted VALUES (?, ?)", pairs)


def explain(error: sqlite3.Error, path: Path) -> IndexFolderError:
    """SQLite's complaint as one line of ours: file, problem, remedy."""
    name = getattr(error, "sqlite_errorname", "")
    for start, problem, remedy in _PROBLEMS:
        if name.startswith(start):
            return IndexFolderError(f"{path}: {problem} {remedy}")
    return IndexFolderError(f"{path}: the catalogue cannot be used ({error}). Run qa check.")


def _prepare(folder: Path, path: Path, create: bool) -> None:
    """See that there is a folder, and a catalogue where none may be made."""
    try:
        if not create and not path.is_file():
            raise IndexFolderError(f"{folder}: there is no index here. Make one: qa index PATH --index {folder}")
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise IndexFolderError(f"{folder}: is a file, not a folder. Name a folder with --index.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise IndexFolderError(
            f"{folder}: the index folder cannot be made or read ({reason}). "
            "Name a folder you may write to with --index."
        ) from error


def _wanted(kind: str) -> str:
    return f"(SELECT value FROM temp.wanted WHERE kind = '{kind}')"


def _again(transcript_id: str) -> str:
    return f'Read it again: qa remove "{transcript_id}", then qa index PATH.'


def _unknown(transcript_id: str, path: Path) -> UnknownTranscriptError:
    shown = transcript_id.encode(errors="backslashreplace").decode()
    return UnknownTranscriptError(f'No transcript "{shown}" in {path.parent}. qa transcripts lists them.')


def _agree(entry: Entry) -> None:
    """The parts of an entry belong together.

    Raises:
        QAError: they do not; a reader or splitter is at fault.
    """
    turns, passages = entry.transcript.turns, entry.passages

    def refuse(problem: str) -> QAError:
        return QAError(f'Transcript "{entry.transcript.id}": {problem} Please report this file as a bug.')

    if any(turn.index != place for place, turn in enumerate(turns)):
        raise refuse("turns are not numbered from 0 in order.")
    if len(entry.vectors) != len(passages) or len(entry.terms) not in (0, len(passages)):
        raise refuse(
            f"{len(passages)} passages came with {len(entry.vectors)} vectors and {len(entry.terms)} term lists."
        )
    if len(entry.tokens) not in (0, len(passages)):
        raise refuse(f"{len(passages)} passages came with the tokens of {len(entry.tokens)}.")
    if len(passages) and (entry.vectors.ndim != 2 or not np.isfinite(entry.vectors).all()):
        raise refuse("the vectors are not a table of finite numbers.")
    for passage in passages:
        turn = turns[passage.turn] if 0 <= passage.turn < len(turns) else None
        if turn is None or passage.speaker != turn.speaker or turn.text[passage.start : passage.end] != passage.text:
            raise refuse(f"passage {passage.id} is not literally in turn {passage.turn}.")
        if passage.transcript_id != entry.transcript.id:
            raise refuse(f'passage {passage.id} belongs to transcript "{passage.transcript_id}".')


def _delete(db: sqlite3.Connection, n: int) -> None:
    """Take a transcript out; the full-text table first, as it must be told the old terms."""
    db.execute(
        "INSERT INTO words (words, rowid, terms) SELECT 'delete', row, terms FROM passages WHERE transcript = ?",
        (n,),
    )
    db.execute("DELETE FROM transcripts WHERE n = ?", (n,))


def _insert_transcript(db: sqlite3.Connection, entry: Entry) -> int:
    t = entry.transcript
    values = (
        t.id,
        entry.path or None,
        entry.fingerprint,
        t.title,
        t.date,
        t.time,
        t.place,
        t.language,
        t.source,
        t.format,
        t.source_text,
        _json(t.dropped),
        _json(t.unattributed),
        _json(t.problems),
    )
    (n,) = db.execute(
        "INSERT INTO transcripts (id, path, fingerprint, title, date, time, place, language, source, format, "
        "source_text, dropped, unattributed, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
        values,
    ).fetchone()
    return int(n)


def _unsettle(db: sqlite3.Connection) -> None:
    """Somebody came or went: the persons of the index are to be settled anew."""
    db.execute("DELETE FROM meta WHERE key = 'settled'")


def _move_naming(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO meta VALUES ('naming', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1")


def _insert_names(db: sqlite3.Connection, n: int, transcript: Transcript) -> None:
    """Everybody under their own name, with the number of turns and the first one's place."""
    spoken = Counter(turn.speaker for turn in transcript.turns)
    first = {turn.speaker: turn.index for turn in reversed(transcript.turns)}
    everybody = dict.fromkeys([*(person.name for person in transcript.people), *spoken])
    db.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
        [(n, name, name, spoken[name], first.get(name, _NEVER)) for name in everybody],
    )


def _insert_people(db: sqlite3.Connection, n: int, people: Sequence[Person]) -> None:
    values = [(n, i, p.name, p.role, _json(p.aliases), int(p.anonymous)) for i, p in enumerate(people)]
    db.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)", values)


def _insert_page(db: sqlite3.Connection, n: int, page: Sequence[PageText]) -> None:
    values = [(n, i, item.kind.value, item.text, _pack(item.pieces)) for i, item in enumerate(page)]
    db.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?)", values)


def _insert_turns(db: sqlite3.Connection, n: int, turns: Sequence[Turn]) -> None:
    values = [
        (n, t.index, t.speaker, t.label, t.text, _pack(t.pieces), t.start_s, t.end_s, int(t.uncertain)) for t in turns
    ]
    db.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def _insert_passages(db: sqlite3.Connection, n: int, entry: Entry) -> None:
    """Passages, then vectors and full-text rows under the rows the passages were given."""
    terms = entry.terms or ("",) * len(entry.passages)
    db.executemany(
        'INSERT INTO passages (id, transcript, turn, start, "end", text, n_tokens, terms) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (p.id, n, p.turn, p.start, p.end, p.text, p.n_tokens, words)
            for p, words in zip(entry.passages, terms, strict=True)
        ],
    )
    rows = db.execute("SELECT row FROM passages WHERE transcript = ? ORDER BY row", (n,)).fetchall()
    vectors = np.ascontiguousarray(entry.vectors, dtype=_VECTOR)
    db.executemany(
        "INSERT INTO vectors VALUES (?, ?)",
        [(row, vector.tobytes()) for (row,), vector in zip(rows, vectors, strict=True)],
    )
    if entry.tokens:
        db.executemany(
            "INSERT INTO tokens VALUES (?, ?, ?)",
            [
                (row, tokens.starts.astype(_START).tobytes(), tokens.signs.tobytes())
                for (row,), tokens in zip(rows, entry.tokens, strict=True)
            ],
        )
    db.execute(
        "INSERT INTO words (rowid, terms) SELECT row, terms FROM passages WHERE transcript = ? ORDER BY row", (n,)
    )


@lru_cache(maxsize=65536)
def _texts(packed: str) -> tuple[str, ...]:
    """A JSON list of texts; those of persons come again in every transcript."""
    return tuple(json.loads(packed))


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _pack(pieces: Sequence[Piece]) -> str:
    """Three numbers a piece, in one flat JSON list."""
    return json.dumps([n for p in pieces for n in (p.start, p.source_start, p.length)], separators=(",", ":"))


def _unpack(packed: str) -> tuple[Piece, ...]:
    numbers = iter(json.loads(packed))
    return tuple(Piece(*three) for three in zip(numbers, numbers, numbers, strict=True))
