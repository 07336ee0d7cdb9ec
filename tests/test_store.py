"""The catalogue: exact round trips, one transaction a transcript, filters, honest errors, threads."""

from __future__ import annotations

import dataclasses
import itertools
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import entry, meetings, passages, transcript, unit_vectors
from qa import store as stores
from qa.errors import IndexFolderError, IndexMismatchError, QAError, UnknownTranscriptError
from qa.store import Store
from qa.types import Entry, Filter, PageKind, PageText, Person, Piece, Transcript, Turn

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | text
seconds = st.none() | st.floats(allow_nan=False, allow_infinity=False)
pieces = st.lists(st.builds(Piece, *[st.integers(0, 2**40)] * 3), max_size=3).map(tuple)
strings = st.lists(text, max_size=3).map(tuple)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Any transcript of storable characters, NUL among them; ids and names as odd as they come."""
    made = draw(st.lists(st.tuples(text, text, text, pieces, seconds, seconds, st.booleans()), max_size=4))
    return Transcript(
        id=draw(text),
        title=draw(text),
        turns=tuple(Turn(n, *facts) for n, facts in enumerate(made)),
        people=draw(st.lists(st.builds(Person, text, maybe, strings), max_size=3).map(tuple)),
        page=draw(st.lists(st.builds(PageText, st.sampled_from(PageKind), text, pieces), max_size=3).map(tuple)),
        date=draw(maybe),
        time=draw(maybe),
        place=draw(maybe),
        language=draw(maybe),
        source=draw(maybe),
        format=draw(text),
        source_text=draw(maybe),
        dropped=draw(strings),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def full(store: Store) -> Store:
    store.set_meta(dim=8)
    for one in meetings():
        store.put(one)
    return store


def words_of(store: Store, filter: Filter) -> list[str]:
    return [p.text for p in store.passages([int(row) for row in store.rows(filter)])]


@settings(max_examples=60, deadline=None)
@given(transcripts())
def test_a_transcript_comes_back_as_it_was_put(one: Transcript) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.set_meta(dim=8)
        made = entry(one, path="/x")
        store.put(made)
        assert store.transcript(one.id) == one
        assert store.turns(one.id) == one.turns
        assert store.transcript_people(one.id) == one.people
        assert tuple(store.passages([int(r) for r in store.rows(Filter())])) == made.passages
        *_, rows, vectors = store.vectors()
        assert len(rows) == len(made.passages)
        assert np.array_equal(vectors, made.vectors)
        assert store.integrity() == []
        for name in {turn.speaker for turn in one.turns}:
            mine = [p.text for p in made.passages if p.speaker == name]
            assert words_of(store, Filter(speakers=(name,))) == mine
        store.close()


def test_a_new_state_is_on_disk_after_opening_again(tmp_path: Path) -> None:
    first = Store(tmp_path)
    first.set_meta(dim=8)
    first.put(entry())
    generation = first.generation
    first.close()
    second = Store(tmp_path, create=False)
    assert second.transcript("meeting") == transcript()
    assert second.generation == generation
    assert second.by_path("/corpus/meeting.json") == ("meeting", "sha-meeting-0")
    second.close()


def test_every_write_moves_the_generation_by_one(store: Store) -> None:
    seen = [store.generation]
    for write in (
        lambda: store.set_meta(dim=8),
        lambda: store.put(entry()),
        lambda: store.set_path("meeting", "/elsewhere"),
        lambda: store.remove("meeting"),
    ):
        write()
        seen.append(store.generation)
    assert [b - a for a, b in itertools.pairwise(seen)] == [1] * 4


def test_a_failed_write_leaves_everything_as_it_was(full: Store) -> None:
    before, generation = full.transcripts(), full.generation
    good = entry(transcript("m0", [("Eve", "New words.")]))
    with pytest.raises((QAError, ValueError)):
        full.put(dataclasses.replace(good, terms=("one", "too many")))
    assert (full.transcripts(), full.generation) == (before, generation)
    assert full.integrity() == []


@pytest.mark.parametrize("path", ["/corpus/m1.json", "/elsewhere.json"])
def test_the_same_path_or_the_same_id_replaces(full: Store, path: str) -> None:
    id = "m1" if path == "/elsewhere.json" else "other"
    old = {int(r) for r in full.rows(Filter())}
    full.put(entry(transcript(id, [("Eve", "Something new.")]), path=path))
    assert {info.id for info in full.transcripts()} == {"m0", id, "m2", "m3"}
    assert full.by_path(path) == (id, f"sha-{id}-0")
    new = {int(r) for r in full.rows(Filter())} - old
    assert new and min(new) > max(old), "rows are never used again"
    assert full.lexical('"number1"', 9, Filter()) == []
    assert full.integrity() == []


def test_two_transcripts_without_a_file_stay_two(store: Store) -> None:
    store.put(entry(transcript("a"), path=""))
    store.put(entry(transcript("b"), path=""))
    assert [info.id for info in store.transcripts()] == ["a", "b"]


def test_removed_is_removed_everywhere(full: Store) -> None:
    full.remove("m1")
    assert full.lexical('"number1"', 9, Filter()) == []
    assert "m1" not in {p.transcript_id for p in full.passages([int(r) for r in full.rows(Filter())])}
    assert full.path_of("m1") is None
    assert full.integrity() == []
    for asking in (full.transcript, full.remove, full.transcript):
        with pytest.raises(UnknownTranscriptError, match="m1"):
            asking("m1")


def test_set_path(full: Store) -> None:
    full.set_path("m1", "/moved.json")
    assert full.path_of("m1") == "/moved.json"
    assert full.by_path("/moved.json") == ("m1", "sha-m1-1")
    assert full.by_path("/corpus/m1.json") is None


def test_set_path_of_nothing_is_an_error(full: Store) -> None:
    with pytest.raises(UnknownTranscriptError, match="nobody"):
        full.set_path("nobody", "/x")


def test_set_path_to_a_place_that_another_had(full: Store) -> None:
    full.set_path("m1", "/corpus/m2.json")
    assert full.by_path("/corpus/m2.json") == ("m1", "sha-m1-1")
    assert full.transcript("m2").id == "m2"


def test_lists(full: Store) -> None:
    full.put(entry(transcript("z", [("Anna Berg", "No date.")], date=None)))
    infos = full.transcripts()
    assert [info.id for info in infos] == ["m0", "m1", "m2", "m3", "z"]
    assert infos[0].people == ("Anna Berg", "Bob Smith", "Guest 0")
    assert (infos[0].n_turns, infos[0].n_passages) == (4, 4)
    people = full.people()
    assert [(p.name, p.n_turns) for p in people[:2]] == [("Anna Berg", 9), ("Bob Smith", 4)]
    assert people[0].roles == ("role of Anna Berg",)
    assert people[0].aliases == ("ANNA BERG",)
    assert set(people[0].transcripts) == {"m0", "m1", "m2", "m3", "z"}
    assert [id for id, _ in full.page_texts(None)] == [id for id in ("m0", "m1", "m2", "m3", "z") for _ in "12"]
    assert [page.text for _, page in full.page_texts(["m1"])] == ["About m1", "A note of m1"]
    assert full.page_texts([]) == []


def test_roles_of_the_newest_transcript_come_first(store: Store) -> None:
    for id, date, role in (("a", "2020-01-01", "deputy"), ("b", "2021-01-01", "minister"), ("c", None, "guest")):
        one = dataclasses.replace(transcript(id, [("Eve", "Yes.")], date=date), people=(Person("Eve", role),))
        store.put(entry(one))
    assert store.people()[0].roles == ("minister", "deputy", "guest")


def test_somebody_only_named_as_present_is_listed(store: Store) -> None:
    one = dataclasses.replace(transcript(), people=(*transcript().people, Person("Silent Sam")))
    store.put(entry(one))
    assert store.people()[-1].name == "Silent Sam"
    assert store.people()[-1].n_turns == 0


def test_passages_come_in_the_order_given(full: Store) -> None:
    rows = [int(row) for row in full.rows(Filter())][::-1]
    assert [p.turn for p in full.passages(rows)] == [3, 2, 1, 0] * 4
    assert full.passages([rows[3], rows[3]])[0] == full.passages([rows[3]])[0]
    assert len(full.passages([rows[3], rows[3]])) == 2


filters = st.builds(
    Filter,
    transcripts=st.none() | st.lists(st.sampled_from(["m0", "m2", "m3", "nope"]), max_size=3).map(tuple),
    speakers=st.none() | st.lists(st.sampled_from(["Anna Berg", "Guest 1", "Nobody"]), max_size=2).map(tuple),
    since=st.none() | st.sampled_from(["2020-01-10", "2020-02-11", "2021-01-01"]),
    until=st.none() | st.sampled_from(["2020-03-10", "2020-01-09"]),
)


def lets_through(filter: Filter, one: Entry, speaker: str) -> bool:
    """The filter's docstring, in Python."""
    date = one.transcript.date
    return (
        (filter.transcripts is None or one.transcript.id in filter.transcripts)
        and (filter.speakers is None or speaker in filter.speakers)
        and (filter.since is None or (date is not None and date >= filter.since))
        and (filter.until is None or (date is not None and date <= filter.until))
    )


def test_filters_do_what_they_say(full: Store) -> None:
    undated = entry(transcript("z", [("Anna Berg", "The bridge without date.")], date=None))
    full.put(undated)
    everything = dict(full.lexical('"bridge" OR "you"', 99, Filter()))

    @settings(max_examples=80, deadline=None)
    @given(filters)
    def check(filter: Filter) -> None:
        stored = [(one, p) for one in [*meetings(), undated] for p in one.passages]
        wanted = [p.text for one, p in stored if lets_through(filter, one, p.speaker)]
        assert words_of(full, filter) == wanted
        allowed = set(map(int, full.rows(filter)))
        found = dict(full.lexical('"bridge" OR "you"', 99, filter))
        assert found == {row: score for row, score in everything.items() if row in allowed}

    check()


def test_many_ids(full: Store) -> None:
    many = tuple(f"x{i}" for i in range(40_000))
    assert len(full.rows(Filter(transcripts=(*many, "m1")))) == 4
    assert len(full.rows(Filter(speakers=(*many, "Guest 1")))) == 1
    assert len(full.passages([int(full.rows(Filter())[0])] * 40_000)) == 40_000
    assert len(full.page_texts([*many, "m1"])) == 2


def test_higher_is_better_and_ties_go_by_row(full: Store) -> None:
    found = full.lexical('"bridge" OR "number2"', 99, Filter())
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert full.passages([found[0][0]])[0].text == "The bridge number2 is closed."
    assert all(score > 0 for _, score in found)
    thanks = full.lexical('"thank"', 99, Filter())
    assert [row for row, _ in thanks] == sorted(row for row, _ in thanks)
    assert full.lexical('"thank"', 2, Filter()) == thanks[:2]


@pytest.mark.parametrize("field", ["title", "source_text", "id", "turn", "path", "alias"])
def test_half_a_surrogate_pair_is_refused_in_one_line(store: Store, field: str) -> None:
    bad, one, path = "a\ud800b", transcript(), None
    if field == "turn":
        one = transcript("meeting", [("Anna Berg", bad)])
    elif field == "path":
        path = bad
    elif field == "alias":
        one = dataclasses.replace(one, people=(Person("Anna Berg", None, (bad,)),))
    else:
        one = dataclasses.replace(one, **{field: bad})
    with pytest.raises(QAError) as caught:
        store.put(entry(one, path=path))
    assert "\n" not in str(caught.value)
    assert store.transcripts() == ()


def test_half_a_surrogate_pair_is_known_to_nobody(full: Store) -> None:
    assert full.by_path("\ud800") is None
    assert full.path_of("\ud800") is None
    assert len(full.rows(Filter(speakers=("\ud800",)))) == 0
    with pytest.raises(UnknownTranscriptError) as caught:
        full.transcript("\ud800")
    str(caught.value).encode()


def test_nul_in_a_filter_does_not_let_others_through(store: Store) -> None:
    store.put(entry(transcript("a", [("Bob", "One."), ("Bob\0Smith", "Two.")])))
    assert words_of(store, Filter(speakers=("Bob\0Smith",))) == ["Two."]
    assert words_of(store, Filter(speakers=("Bob",))) == ["One."]


def test_a_passage_that_is_not_in_its_turn_never_gets_in(store: Store) -> None:
    good = entry()
    bad = dataclasses.replace(good.passages[0], text="The bridge is open.   ")
    try:
        store.put(dataclasses.replace(good, passages=(bad, *good.passages[1:])))
    except QAError:
        assert store.transcripts() == ()
    else:
        assert any(bad.id in problem for problem in store.integrity())


# -- opening -------------------------------------------------------------------------------------


def test_no_index_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="qa index PATH --index"):
        Store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(IndexFolderError):
            Store(place)


@pytest.mark.parametrize("content", [b"hello, this is no database at all" * 40, b"\0" * 5000])
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"store\.sqlite") as caught:
        Store(tmp_path)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "store.sqlite").read_bytes() == content


def test_an_empty_file_is_an_index_whose_maker_was_killed(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").touch()
    store = Store(tmp_path, create=False)
    assert store.transcripts() == ()
    store.close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        db.execute("CREATE TABLE theirs (x)")
    with pytest.raises((IndexFolderError, IndexMismatchError)):
        Store(tmp_path)
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatchError, match="newer"):
        Store(tmp_path)


def test_a_first_version_file_gains_the_new_columns_and_keeps_its_transcripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(stores, "_MIGRATIONS", stores._MIGRATIONS[:1])
        Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        db.execute(
            "INSERT INTO transcripts VALUES (1, 'old', NULL, 'f', 'T', NULL, NULL, NULL, NULL, NULL, 'x', NULL, '[]')"
        )
        db.execute("INSERT INTO people VALUES (1, 0, 'Eve', NULL, '[]')")
    with Store(tmp_path) as store:
        assert store.transcript("old").people == (Person("Eve"),)
        told = dataclasses.replace(
            transcript("new"),
            unattributed=("Hm.",),
            problems=("line 3: cut short",),
            people=(Person("Voice 1", anonymous=True),),
        )
        store.put(entry(told))
        assert store.transcript("new") == told


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()
    store.close()
    with pytest.raises(IndexFolderError):
        store.transcripts()


def test_a_full_disk_is_one_line_and_nothing_is_half_written(full: Store) -> None:
    before = full.transcripts()
    full._db.execute("PRAGMA max_page_count = 1")  # the fewest there can be: the present size
    with pytest.raises(IndexFolderError, match="full"):
        full.put(entry(transcript("big", [("Anna Berg", f"Word{i}." * 500) for i in range(40)])))
    full._db.execute("PRAGMA max_page_count = 1000000")
    assert full.transcripts() == before
    assert full.integrity() == []


def test_another_writer_is_named(full: Store) -> None:
    full._db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(full.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexFolderError, match="another process"):
        full.remove("m1")
    assert len(full.transcripts()) == 4, "reading goes on while another writes"
    other.execute("ROLLBACK")
    full.remove("m1")
    other.close()


# -- damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passages SET text = 'other words' WHERE row = 2",
        "UPDATE passages SET turn = 99 WHERE row = 2",
        "UPDATE turns SET text = 'other words'",
        "UPDATE {vectors} SET vector = x'0000' WHERE row = 2",
        "DELETE FROM {words} = 2",
    ],
)
def test_damage_is_told(full: Store, damage: str) -> None:
    tables = {name for (name,) in full._db.execute("SELECT name FROM sqlite_master")}
    vectors = "vectors" if "vectors" in tables else "passages"
    words = "words_docsize WHERE id" if "words" in tables else "passage_terms WHERE rowid"
    path = full.path
    full.close()
    with sqlite3.connect(path) as db:
        db.execute(damage.format(vectors=vectors, words=words))
    store = Store(path.parent)
    assert store.integrity()
    store.close()


def test_a_damaged_file_is_told_or_refused(full: Store) -> None:
    path = full.path
    full.close()
    content = bytearray(path.read_bytes())
    content[4096 : 3 * 4096] = b"\xff" * (2 * 4096)
    path.write_bytes(content)
    try:
        store = Store(path.parent)
    except IndexFolderError:
        return
    assert store.integrity()
    store.close()


# -- threads and processes -----------------------------------------------------------------------


def test_eight_threads_read_while_one_writes(full: Store) -> None:
    stop = threading.Event()

    def read(_: int) -> int:
        n = 0
        while not stop.is_set():
            one = full.transcript("m1")
            assert [t.index for t in one.turns] == list(range(len(one.turns)))
            assert one.turns[0].text.endswith("number1 is closed.")
            found = full.lexical('"bridge"', 50, Filter(speakers=("Anna Berg",)))
            assert {s for _, s in found}
            assert len(full.people()) >= 3
            n += 1
        return n

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read, n) for n in range(8)]
        try:
            for i in range(30):
                full.put(meetings()[1])
                full.put(entry(transcript(f"extra{i}"), seed=i))
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
    assert full.integrity() == []


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[3]);"
        "from factory import entry, transcript; from qa.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for i in range(15): store.put(entry(transcript(f'{sys.argv[2]}{i}')))\n"
        "store.close()"
    )
    here = str(Path(__file__).parent)
    both = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name, here]) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    store = Store(tmp_path)
    store.set_meta(dim=8)
    assert len(store.transcripts()) == 30
    assert store.integrity() == []
    store.close()


def test_vectors_are_stored_bit_for_bit(store: Store) -> None:
    one = transcript("long", [("Anna Berg", f"Sentence {i}.") for i in range(50)])
    vectors = unit_vectors(50, 384, 7)
    store.set_meta(dim=384)
    store.put(dataclasses.replace(entry(one, dim=384), passages=passages(one), vectors=vectors))
    *_, rows, found = store.vectors()
    assert found.dtype == np.float32
    assert np.array_equal(rows, store.rows(Filter()))
    assert np.array_equal(found, vectors)
