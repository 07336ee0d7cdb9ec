"""Vectors to nearest passages, exactly, under a filter; the only room that knows faiss.

A flat inner product index: approximate ones lost most of the right passages under a selective filter
(see DESIGN section 4), and a flat scan is fast enough up to about a million passages.

The file is a cache of what the store holds: a header with the store's generation and a checksum, the
rows, and the bytes of `faiss.serialize_index`. Nothing in it is trusted: bytes reach faiss only when
they are literally a flat index of the size the header says.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qa.errors import IndexFolderError, IndexMismatchError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE_NAME = "dense.faiss"
_MAGIC = b"qadense\x00"
_VERSION = 1
_HEADER = struct.Struct("<8sIQIQ32s")  # magic, version, generation, dim, count, sha256 of the payload
_FLAT = struct.Struct("<4siqqqBiQ")  # how faiss begins a flat inner product index (45 bytes)
_SLACK = 1e-5  # float32 sums of one product differ by less than this between two ways of adding
_BLOCK = 16_384  # rows looked at together, so that a broad filter copies 25 MB at a time, not all


class DenseIndex:
    """Unit vectors and the rows they belong to; never changes, so any number of threads may search.

    Equal passages get equal scores: every score that leaves the room is summed in double precision,
    one row at a time, so neither the filter nor the neighbours change it.
    """

    def __init__(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Build the index.

        Args:
            rows: int64, shape (n,), rising.
            vectors: float32, shape (n, dim), rows of length 1; vectors[i] belongs to rows[i].

        Raises:
            ValueError: shapes do not fit, or rows do not rise.
        """
        import faiss

        if vectors.ndim != 2 or rows.shape != (len(vectors),) or np.any(rows[1:] <= rows[:-1]):
            raise ValueError(f"expected rising rows (n,) and vectors (n, dim), got {rows.shape}, {vectors.shape}")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._adopt(np.array(rows, dtype=np.int64), index)

    def _adopt(self, rows: NDArray[np.int64], index: Any) -> None:
        import faiss

        self._rows = rows
        self._index = index
        flat = faiss.rev_swig_ptr(index.get_xb(), len(rows) * index.d) if len(rows) else np.empty(0, np.float32)
        self._vectors: NDArray[np.float32] = flat.reshape(len(rows), index.d)  # a view of faiss's own memory

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dim(self) -> int:
        """Numbers per vector."""
        return int(self._index.d)

    @property
    def rows(self) -> NDArray[np.int64]:
        """int64, shape (n,), rising."""
        return self._rows

    def same_as(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> bool:
        """True when it holds exactly these rows and vectors."""
        return np.array_equal(self._rows, rows) and np.array_equal(self._vectors, vectors)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The k rows nearest to a vector, exactly.

        Args:
            vector: float32, shape (dim,); its length does not matter.
            k: most rows to return.
            allowed: int64, rows that may be returned, in any order, unknown ones ignored; None = all.

        Returns:
            (row, cosine), best first, equal cosines by row; cosine in [-1, 1] up to rounding.

        Raises:
            IndexMismatchError: the vector has another number of dimensions.
        """
        query = self._unit(vector)
        n = min(k, len(self) if allowed is None else len(allowed))
        if n <= 0 or not len(self):
            return []
        near = self._near(query, n) if allowed is None else self._near_among(query, n, self._positions(allowed))
        cosines = self._cosines(query, near)
        best = np.lexsort((near, -cosines))[:n]
        return [(int(self._rows[near[i]]), float(cosines[i])) for i in best]

    def block(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of some rows: float32, shape (len(rows), dim); not to be written to.

        Rows that lie side by side cost nothing: they come as a view of the index' own memory.

        Raises:
            IndexFolderError: a row is not in the index.
        """
        positions = np.searchsorted(self._rows, rows)
        known = positions < len(self)
        known[known] = self._rows[positions[known]] == rows[known]
        if not known.all():
            raise IndexFolderError(f"{int((~known).sum())} passages were removed or replaced meanwhile. Ask again.")
        if len(rows) and (np.diff(positions) == 1).all():
            return self._vectors[positions[0] : positions[-1] + 1]
        return np.asarray(self._vectors[positions], dtype=np.float32)

    def save(self, path: Path, generation: int) -> None:
        """Write the cache so that at any moment the old file or the new one is there, whole.

        Raises:
            OSError: it cannot be written; the old file, if any, is untouched.
        """
        import faiss

        body: Any = faiss.serialize_index(self._index)  # uint8, shape (n_bytes,)
        rows = self._rows.astype("<i8").tobytes()
        digest = hashlib.sha256(rows)
        digest.update(body)
        head = _HEADER.pack(_MAGIC, _VERSION, generation, self.dim, len(self), digest.digest())
        _sweep(path)
        draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
        try:
            with draft.open("xb") as file:
                for part in (head, rows, body):
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, generation: int) -> Self | None:
        """The cache of that generation; None when it is missing, cut short, damaged or of another one."""
        if stored_generation(path) != generation:  # known from 60 bytes, before reading hundreds of MB
            return None
        try:
            return cls._parse(path.read_bytes(), generation)
        except OSError:
            return None

    @classmethod
    def _parse(cls, content: bytes, generation: int) -> Self | None:
        if len(content) < _HEADER.size:
            return None
        magic, version, written, dim, count, digest = _HEADER.unpack_from(content)
        end = _HEADER.size + 8 * count
        if (magic, version, written) != (_MAGIC, _VERSION, generation):
            return None
        if len(content) != end + _FLAT.size + 4 * dim * count:
            return None
        if hashlib.sha256(memoryview(content)[_HEADER.size :]).digest() != digest:
            return None
        if not _is_flat(content, end, dim, count):
            return None
        rows = np.frombuffer(content, dtype="<i8", count=count, offset=_HEADER.size).astype(np.int64)
        if np.any(rows[1:] <= rows[:-1]):
            return None
        return cls._revive(rows, np.frombuffer(content, dtype=np.uint8, offset=end))

    @classmethod
    def _revive(cls, rows: NDArray[np.int64], body: NDArray[np.uint8]) -> Self | None:
        import faiss

        try:
            index = faiss.deserialize_index(body)
        except (RuntimeError, MemoryError):  # faiss's own checks
            return None
        dense = cls.__new__(cls)
        dense._adopt(rows, index)
        return dense

    def _unit(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        query: NDArray[np.float64] = np.asarray(vector, dtype=np.float64).reshape(-1)
        if len(self) and len(query) != self.dim:
            raise IndexMismatchError(
                f"The question has {len(query)} numbers, the index {self.dim} per passage. "
                "Ask with the model the index was built with."
            )
        length = float(np.linalg.norm(query))
        return query / length if length > 0 else query

    def _positions(self, allowed: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the allowed rows lie in the index, rising."""
        return np.asarray(np.flatnonzero(np.isin(self._rows, allowed)), dtype=np.int64)

    def _near(self, query: NDArray[np.float64], n: int) -> NDArray[np.int64]:
        """Positions among which the best n certainly are: faiss's best, and whatever comes as near."""
        fetch = n + 16
        while True:
            fetch = min(fetch, len(self))
            found, places = self._index.search(query.astype(np.float32)[None], fetch)
            if fetch == len(self) or not found[0, -1] >= found[0, n - 1] - _SLACK:
                near: NDArray[np.int64] = places[0][places[0] >= 0]
                return near
            fetch *= 4

    def _near_among(self, query: NDArray[np.float64], n: int, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same, looking at nothing but the given positions."""
        if len(positions) <= n:
            return positions
        rough = query.astype(np.float32)
        blocks = np.split(positions, range(_BLOCK, len(positions), _BLOCK))
        scores = np.concatenate([self._vectors[block] @ rough for block in blocks])
        least = np.partition(scores, -n)[-n] - _SLACK
        return np.asarray(positions[scores >= least], dtype=np.int64)

    def _cosines(self, query: NDArray[np.float64], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        if not len(positions):
            return np.empty(0, dtype=np.float32)
        blocks = np.split(positions, range(_BLOCK, len(positions), _BLOCK))
        exact = np.concatenate([self._vectors[block].astype(np.float64) @ query for block in blocks])
        return np.asarray(exact, dtype=np.float32)


def stored_generation(path: Path) -> int | None:
    """The generation a cache file claims, read from its header alone; None when there is no such file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER.size)
    except OSError:
        return None
    if len(head) < _HEADER.size:
        return None
    magic, version, generation, *_ = _HEADER.unpack(head)
    return int(generation) if (magic, version) == (_MAGIC, _VERSION) else None


def _is_flat(content: bytes, start: int, dim: int, count: int) -> bool:
    """The bytes are a flat inner product index of exactly that size, as faiss writes it."""
    kind, d, n, _, _, trained, metric, numbers = _FLAT.unpack_from(content, start)
    return bool((kind, d, n, trained, metric, numbers) == (b"IxFI", dim, count, 1, 0, dim * count))


def _sweep(path: Path) -> None:
    """Remove drafts that a killed process left; a living one's is written anew at its next flush."""
    with suppress(OSError):
        for draft in path.parent.glob(f"{path.name}.*.tmp"):
            draft.unlink(missing_ok=True)
