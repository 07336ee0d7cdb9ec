"""Vectors to nearest passages; the only room that knows faiss.

The index is flat and exact. With a filter, the allowed rows are scanned exactly: approximate indexes
under a selective filter lose most of the right passages (see DESIGN notes in docs/house.md). The file
is a cache of the store: it carries the store's generation and is thrown away when anything is off.
"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"QADENSE1"
_HEADER = struct.Struct("<8sQIQ32s")  # magic, generation, dim, count, sha256 of what follows


class DenseIndex:
    """Exact inner-product search over unit vectors.

    Args:
        rows: int64, shape (n,), ascending: the store's row numbers.
        vectors: float32, shape (n, dim), rows of length 1.
    """

    def __init__(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        import faiss

        self.rows = np.ascontiguousarray(rows, dtype=np.int64)
        self.dim = int(vectors.shape[1]) if vectors.ndim == 2 else 0
        self._index = faiss.IndexFlatIP(max(1, self.dim))
        if len(self.rows):
            self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def __len__(self) -> int:
        return len(self.rows)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The k nearest passages, best first, equal ones by row.

        Args:
            vector: float32, shape (dim,), length 1.
            allowed: only these rows; None = all.

        Returns:
            (row, cosine); fewer than k when there are fewer.
        """
        import faiss

        if allowed is not None:
            scores, rows = self.scores(vector, allowed), allowed[np.isin(allowed, self.rows)]
            scores = scores[np.isin(allowed, self.rows)]
        elif len(self.rows) <= k:
            rows, scores = self.rows, self.scores(vector, self.rows)
        else:
            found, at = self._index.search(np.ascontiguousarray(vector[None], dtype=np.float32), k)
            rows, scores = self.rows[at[0]], found[0]
        del faiss
        order = np.lexsort((rows, -scores))[:k]
        return [(int(rows[n]), float(scores[n])) for n in order]

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """scores[i] = cosine of `vector` and passage rows[i]; -1 for a row that is not here."""
        out = np.full(len(rows), -1.0, dtype=np.float32)
        if not len(self.rows) or not len(rows):
            return out
        at = np.searchsorted(self.rows, rows)
        here = (at < len(self.rows)) & (self.rows[np.minimum(at, len(self.rows) - 1)] == rows)
        if here.any():
            kept = self._index.reconstruct_batch(np.ascontiguousarray(at[here], dtype=np.int64))
            out[here] = kept @ np.asarray(vector, dtype=np.float32)
        return out

    def save(self, path: Path, generation: int) -> None:
        """Write the cache file whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        import faiss

        payload = self.rows.astype("<i8").tobytes() + faiss.serialize_index(self._index).tobytes()
        header = _HEADER.pack(_MAGIC, generation, self.dim, len(self.rows), hashlib.sha256(payload).digest())
        draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            with draft.open("wb") as file:
                file.write(header + payload)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, generation: int) -> DenseIndex | None:
        """The cached index, or None when it is missing, damaged or of another generation."""
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if len(data) < _HEADER.size:
            return None
        magic, written, dim, count, digest = _HEADER.unpack_from(data)
        payload = data[_HEADER.size :]
        if magic != _MAGIC or written != generation or hashlib.sha256(payload).digest() != digest:
            return None
        import faiss

        try:
            loaded = faiss.deserialize_index(np.frombuffer(payload[8 * count :], dtype=np.uint8))
        except RuntimeError:
            return None
        if loaded.ntotal != count or loaded.d != max(1, dim):
            return None
        made = cls.__new__(cls)
        made.rows = np.frombuffer(payload[: 8 * count], dtype="<i8").astype(np.int64)
        made.dim = dim
        made._index = loaded
        return made
