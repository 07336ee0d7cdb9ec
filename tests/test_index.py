"""Store, dense and lexical as one thing, and the cache that may vanish at any time."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from factory import entry, meetings, transcript, unit_vectors
from qa.dense import DenseIndex
from qa.errors import IndexFolderError, IndexMismatchError, UnknownTranscriptError
from qa.index import Index
from qa.types import Filter
from test_store import filters

QUERY = unit_vectors(1, seed=99)[0]


def opened(folder: Path, *, model: str = "model-a", splitter: str = "1", create: bool = True) -> Index:
    return Index.open(folder, model_id=model, splitter=splitter, create=create)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed index of four meetings."""
    with opened(tmp_path / "index") as index:
        for one in meetings():
            index.add(one)
        index.flush()
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with opened(folder) as found:
        yield found


def texts(index: Index, hits: list[tuple[int, float]]) -> list[str]:
    return [p.text for p in index.passages([row for row, _ in hits])]


def judge(filter: Filter) -> list[tuple[str, float]]:
    """Brute force over the meetings: (text, cosine), best first."""
    found = [
        (p.text, float(vector @ QUERY), p.speaker)
        for one in meetings()
        for p, vector in zip(one.passages, one.vectors, strict=True)
    ]
    allowed = [(t, s) for t, s, who in found if filter.speakers is None or who in filter.speakers]
    return sorted(allowed, key=lambda hit: -hit[1])


@pytest.mark.parametrize("filter", [Filter(), Filter(speakers=("Anna Berg",)), Filter(speakers=())])
def test_dense_is_brute_force(index: Index, filter: Filter) -> None:
    hits = index.dense(QUERY, 6, filter)
    wanted = judge(filter)[:6]
    assert texts(index, hits) == [text for text, _ in wanted]
    assert [score for _, score in hits] == pytest.approx([score for _, score in wanted], abs=1e-5)
    vectors = index.vectors(np.array([row for row, _ in hits], dtype=np.int64))
    assert (vectors @ QUERY).tolist() == pytest.approx([score for _, score in hits], abs=1e-5)


def test_filters_only_remove(index: Index) -> None:
    dense = index.dense(QUERY, 99, Filter())
    words = index.lexical(["bridge", "thank"], 99, Filter())

    @settings(max_examples=50, deadline=None)
    @given(filters)
    def check(filter: Filter) -> None:
        allowed = set(map(int, index.allowed(filter)))
        some = index.dense(QUERY, 99, filter)
        assert [row for row, _ in some] == [row for row, _ in dense if row in allowed]
        assert [s for _, s in some] == pytest.approx([s for row, s in dense if row in allowed], abs=1e-6)
        assert index.lexical(["bridge", "thank"], 99, filter) == [hit for hit in words if hit[0] in allowed]

    check()


def test_saved_and_opened_gives_the_same(folder: Path) -> None:
    with opened(folder) as index:
        before = index.dense(QUERY, 9, Filter()), index.lexical(["bridge"], 9, Filter()), index.generation
    with opened(folder, create=False) as index:
        assert (index.dense(QUERY, 9, Filter()), index.lexical(["bridge"], 9, Filter()), index.generation) == before


def test_the_cache_is_written_once_for_a_batch_and_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(folder) as index:
        assert DenseIndex.load(folder / "dense.faiss", index.generation) is not None
        monkeypatch.setattr("qa.store.Store.vectors", None)  # would fail when called
        assert len(index.dense(QUERY, 5, Filter())) == 5


@pytest.mark.parametrize("tenths", range(11))
def test_a_cut_or_missing_cache_is_rebuilt(folder: Path, tenths: int) -> None:
    path = folder / "dense.faiss"
    whole = path.read_bytes()
    if tenths == 10:
        path.unlink()
    else:
        path.write_bytes(whole[: len(whole) * tenths // 10])
    with opened(folder) as index:
        assert texts(index, index.dense(QUERY, 9, Filter())) == [text for text, _ in judge(Filter())[:9]]
    assert path.read_bytes() == whole


def test_a_cache_of_another_index_is_not_believed(folder: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "other") as other:
        for one in meetings():
            other.add(dataclasses.replace(one, vectors=-one.vectors))
        other.flush()
    (tmp_path / "other" / "dense.faiss").replace(folder / "dense.faiss")
    with opened(folder) as index:
        assert texts(index, index.dense(QUERY, 3, Filter())) == [text for text, _ in judge(Filter())[:3]]


def test_a_new_index_beside_an_old_cache(folder: Path) -> None:
    """Somebody removed store.sqlite only; the same number of writes later the cache must not fit."""
    (folder / "store.sqlite").unlink()
    with opened(folder) as index:
        for one in meetings():
            index.add(dataclasses.replace(one, vectors=-one.vectors))
        assert texts(index, index.dense(QUERY, 1, Filter()))[0] == judge(Filter())[-1][0]


def test_a_folder_that_cannot_be_written_still_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "dense.faiss").unlink()

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)
    with opened(folder) as index:
        assert len(index.dense(QUERY, 5, Filter())) == 5
        assert not index.check().ok
    assert not (folder / "dense.faiss").exists()


def test_an_index_that_another_process_changes(folder: Path) -> None:
    with opened(folder) as ours, opened(folder) as theirs:
        assert len(ours.dense(QUERY, 99, Filter())) == 16
        theirs.remove("m1")
        theirs.add(entry(transcript("new", [("Eve", "Right here.")])))
        hits = ours.dense(QUERY, 99, Filter())
        assert len(hits) == 13
        assert "Right here." in texts(ours, hits)


def test_a_replaced_transcript(index: Index) -> None:
    index.add(entry(transcript("m1", [("Eve", "Only this.")]), seed=50))
    found = [p for p in index.passages([int(r) for r in index.allowed(Filter(transcripts=("m1",)))])]
    assert [p.text for p in found] == ["Only this."]
    assert len(index.dense(QUERY, 99, Filter())) == 13
    assert index.lexical(["number1"], 9, Filter()) == []
    assert index.check().ok


def test_delegations(index: Index) -> None:
    assert not index.empty
    assert index.by_path("/corpus/m1.json") == ("m1", "sha-m1-1")
    index.set_path("m1", "/moved")
    assert index.path_of("m1") == "/moved"
    assert index.transcript("m1") == meetings()[1].transcript
    assert index.turns("m1") == meetings()[1].transcript.turns
    assert index.transcript_people("m1") == meetings()[1].transcript.people
    assert len(index.transcripts()) == 4
    assert index.people()[0].name == "Anna Berg"
    assert len(index.page_texts(["m1"])) == 2
    with pytest.raises(UnknownTranscriptError):
        index.remove("nope")


# -- models --------------------------------------------------------------------------------------


def test_another_model_is_refused_with_the_remedy(folder: Path) -> None:
    with pytest.raises(IndexMismatchError, match=r"model-a.*8 numbers per passage.*model-b.*QA_MODEL") as caught:
        opened(folder, model="model-b")
    assert "--index" in str(caught.value)
    with pytest.raises(IndexMismatchError, match="splitter"):
        opened(folder, splitter="2")
    opened(folder).close()


def test_another_dimension_is_refused_and_nothing_changes(index: Index) -> None:
    before = index.transcripts()
    with pytest.raises(IndexMismatchError, match=r"8 numbers per passage.*16"):
        index.add(entry(transcript("wide"), dim=16))
    assert index.transcripts() == before
    assert index.check().ok


def test_a_transcript_without_passages_says_nothing_about_dimensions(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        silent = dataclasses.replace(entry(transcript("silent", [])), vectors=np.zeros((0, 0), np.float32))
        index.add(silent)
        index.add(entry())
        assert len(index.dense(QUERY, 9, Filter())) == 2
        assert index.check().ok


def test_an_emptied_index_takes_any_model(folder: Path) -> None:
    with opened(folder) as index:
        for one in meetings():
            index.remove(one.transcript.id)
    with opened(folder, model="model-b") as index:
        index.add(entry(dim=16))
        assert len(index.dense(unit_vectors(1, 16)[0], 9, Filter())) == 2
        assert index.check().ok


# -- folders -------------------------------------------------------------------------------------


def test_an_empty_index(tmp_path: Path) -> None:
    with opened(tmp_path / "a" / "b") as index:
        assert index.empty
        assert index.dense(QUERY, 5, Filter()) == []
        assert index.dense(QUERY, 5, Filter(speakers=("Anna Berg",))) == []
        assert index.lexical(["bridge"], 5, Filter()) == []
        assert index.passages([]) == []
        index.flush()
        assert index.check().ok
    with opened(tmp_path / "a" / "b", create=False) as index:
        assert index.dense(QUERY, 5, Filter()) == []


def test_no_index_and_none_wanted(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="qa index PATH --index"):
        opened(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    opened(tmp_path).close()
    assert (tmp_path / "notes.txt").read_text() == "mine"


# -- check ---------------------------------------------------------------------------------------


def test_check_of_a_sound_index(index: Index) -> None:
    report = index.check()
    assert (report.ok, report.problems, report.transcripts, report.passages) == (True, (), 4, 16)


@pytest.mark.parametrize("damage", ["missing", "cut", "stale"])
def test_check_mends_the_cache(folder: Path, damage: str) -> None:
    path = folder / "dense.faiss"
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-9])
    else:
        with sqlite3.connect(folder / "store.sqlite") as db:
            db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    with opened(folder) as index:
        looked = index.check(repair=False)
        assert (looked.ok, len(looked.problems), looked.repaired) == (False, 1, ())
        mended = index.check()
        assert (mended.ok, mended.problems) == (True, mended.repaired)
        assert index.check().problems == ()
        assert len(index.dense(QUERY, 99, Filter())) == 16


def test_check_mends_the_full_text_table(folder: Path) -> None:
    with sqlite3.connect(folder / "store.sqlite") as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        db.execute("DELETE FROM words_docsize" if "words" in tables else "DELETE FROM passage_terms")
    with opened(folder) as index:
        assert index.check(repair=False).problems
        assert index.check().ok
        assert len(index.lexical(["number1"], 9, Filter())) == 2
        assert index.check().problems == ()


def test_check_names_what_it_cannot_mend(folder: Path) -> None:
    with sqlite3.connect(folder / "store.sqlite") as db:
        db.execute("UPDATE passages SET text = 'never said' WHERE row = 3")
    with opened(folder) as index:
        report = index.check()
        assert not report.ok
        assert len(report.problems) == 1


# -- threads -------------------------------------------------------------------------------------


def test_threads_search_while_one_adds(index: Index) -> None:
    stop = threading.Event()

    def search(_: int) -> int:
        n = 0
        while not stop.is_set():
            hits = index.dense(QUERY, 5, Filter(speakers=("Anna Berg",)))
            assert len(hits) == 5
            assert len(index.lexical(["bridge"], 3, Filter())) == 3
            assert len(index.vectors(np.array([row for row, _ in hits], dtype=np.int64))) == 5
            layout = index.layout()
            assert len(layout.rows) == len(layout.speaker) >= 5
            n += 1
        return n

    with ThreadPoolExecutor(8) as pool:
        searchers = [pool.submit(search, n) for n in range(8)]
        try:
            for i in range(20):
                index.add(entry(transcript(f"extra{i}"), seed=i))
        finally:
            stop.set()
        assert all(one.result() > 0 for one in searchers)
    index.flush()
    assert index.check().ok
