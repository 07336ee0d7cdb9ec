"""Nearest passages, judged by brute force; and a cache file that is believed only when whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import faiss  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from factory import unit_vectors
from qa.dense import DenseIndex
from qa.errors import IndexFolderError


def built(n: int, dim: int = 8, seed: int = 0) -> tuple[DenseIndex, NDArray[np.int64], NDArray[np.float32]]:
    rows = np.cumsum(np.random.default_rng(seed).integers(1, 5, n)).astype(np.int64)  # with gaps
    vectors = unit_vectors(n, dim, seed)
    return DenseIndex(rows, vectors), rows, vectors


def brute(
    vector: NDArray[np.float32], k: int, rows: NDArray[np.int64], vectors: NDArray[np.float32]
) -> list[tuple[int, float]]:
    scores = vectors.astype(np.float64) @ vector.astype(np.float64)
    order = np.lexsort((rows, -scores))[: max(k, 0)]
    return [(int(rows[i]), float(scores[i])) for i in order]


def same(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> None:
    assert [row for row, _ in found] == [row for row, _ in wanted]
    assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(-1, 60), st.integers(0, 10_000), st.floats(0, 1))
def test_search_is_brute_force(n: int, k: int, seed: int, share: float) -> None:
    index, rows, vectors = built(n, seed=seed)
    query = unit_vectors(1, 8, seed + 1)[0]
    same(index.search(query, k, None), brute(query, k, rows, vectors))
    keep = np.random.default_rng(seed).random(n) < share
    allowed = np.concatenate([rows[keep], [10**9]]).astype(np.int64)  # and a row that is not there
    same(index.search(query, k, allowed), brute(query, k, rows[keep], vectors[keep]))
    np.testing.assert_array_equal(index.block(rows[keep]), vectors[keep])


def test_a_block_of_unknown_rows_is_refused() -> None:
    index, rows, vectors = built(20)
    np.testing.assert_array_equal(index.block(rows[3:9]), vectors[3:9])
    with pytest.raises(IndexFolderError, match="1 passages were removed"):
        index.block(np.array([rows[0], 10**9], dtype=np.int64))


def test_nothing_allowed_is_nothing_found() -> None:
    index, *_ = built(20)
    assert index.search(unit_vectors(1)[0], 5, np.empty(0, np.int64)) == []


def test_equal_passages_come_by_row_and_a_filter_only_removes() -> None:
    vectors = np.tile(unit_vectors(1, 384, 1), (300, 1))
    vectors[::7] = unit_vectors(1, 384, 2)
    rows = np.arange(1, 301, dtype=np.int64)
    index = DenseIndex(rows, vectors)
    query = (vectors[0] + vectors[1]) / np.linalg.norm(vectors[0] + vectors[1])
    query = (query + 0.1 * vectors[1]).astype(np.float32)
    query /= np.linalg.norm(query)
    everything = index.search(query, 300, None)
    twins = [row for row, _ in everything[:257]]
    assert twins == [int(row) for i, row in enumerate(rows) if i % 7]
    assert [row for row, _ in index.search(query, 10, None)] == twins[:10]
    allowed = rows[rows % 3 == 0]
    assert index.search(query, 300, allowed) == [hit for hit in everything if hit[0] % 3 == 0]


def test_saved_and_loaded_finds_the_same(tmp_path: Path) -> None:
    index, rows, _ = built(200)
    index.save(tmp_path / "dense.faiss", 7)
    loaded = DenseIndex.load(tmp_path / "dense.faiss", 7)
    assert loaded is not None
    query = unit_vectors(1, 8, 9)[0]
    assert loaded.search(query, 20, None) == index.search(query, 20, None)
    assert loaded.search(query, 20, rows[::3]) == index.search(query, 20, rows[::3])
    assert [path.name for path in tmp_path.iterdir()] == ["dense.faiss"], "no draft is left"


def test_another_generation_or_no_file_is_none(tmp_path: Path) -> None:
    built(20)[0].save(tmp_path / "dense.faiss", 7)
    assert DenseIndex.load(tmp_path / "dense.faiss", 8) is None
    assert DenseIndex.load(tmp_path / "none", 7) is None
    assert DenseIndex.load(tmp_path, 7) is None


def test_every_cut_and_every_kind_of_flipped_byte_is_none(tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    built(50)[0].save(path, 7)
    whole = path.read_bytes()
    for tenth in range(10):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        assert DenseIndex.load(path, 7) is None, f"cut at {tenth} tenths"
    path.write_bytes(whole + b"x")
    assert DenseIndex.load(path, 7) is None
    for at in [*range(0, 160), *range(160, len(whole), 41)]:
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        path.write_bytes(damaged)
        found = DenseIndex.load(path, 7)
        assert found is None, f"byte {at} flipped"


def test_a_well_signed_file_of_another_kind_of_index_is_none(tmp_path: Path) -> None:
    """Folders are shared: a right checksum says nothing about who wrote the bytes."""
    import hashlib

    index, rows, vectors = built(20)
    path = tmp_path / "dense.faiss"
    index.save(path, 7)
    whole = path.read_bytes()
    flat = faiss.serialize_index(faiss.IndexFlatIP(8)).tobytes()[:4]
    graph = faiss.IndexHNSWFlat(8, 4)
    graph.add(vectors)
    start = whole.index(flat) - 8 * len(rows)
    payload = rows.astype("<i8").tobytes() + faiss.serialize_index(graph).tobytes()
    path.write_bytes(whole[: start - 32] + hashlib.sha256(payload).digest() + payload)
    assert DenseIndex.load(path, 7) is None


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dense.faiss"
    built(20)[0].save(path, 7)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="Read-only"):
        built(30)[0].save(path, 8)
    monkeypatch.undo()
    assert DenseIndex.load(path, 7) is not None
    assert [file.name for file in tmp_path.iterdir()] == ["dense.faiss"]


def test_importing_the_room_does_not_import_faiss() -> None:
    code = "import sys, qa.dense, qa.index; sys.exit('faiss' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
