"""Late interaction: a question's tokens against a text's, each for itself (Khattab and Zaharia 2020, ColBERT).

One vector a text blurs what stands in it; here every token of the question looks for the token that is most like
it. The tokens come from the pass through the model that makes the text's own vector. Of a text's tokens only the
signs are kept, one bit a number (48 bytes a token with 384 numbers): docs/decisions/0002-late-interaction.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.types import Tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FARTHEST = 2**16 - 1  # a token that begins behind it is taken to begin here


def pack(vectors: Floats, starts: Ints) -> Tokens:
    """The tokens of a text, as they are stored.

    Args:
        vectors: float32, shape (n, dim).
        starts: int64, shape (n,): where each begins in the text, in characters.
    """
    return Tokens(np.minimum(starts, FARTHEST).astype(np.uint16), np.packbits(vectors > 0, axis=1))


def greatest(asked: Floats, texts: Sequence[Tokens]) -> Floats:
    """How near the nearest token of each text is to each token asked for.

    Args:
        asked: float32, shape (q, dim), rows of length 1.

    Returns:
        float32, shape (q, len(texts)): the cosine of the token asked for and the signs of the text's; 0 for a
        text without tokens.
    """
    return _by_text(np.maximum, _cosines(asked, texts), texts)


def weighted(near: Floats, weights: Floats) -> Floats:
    """The mean over a question's tokens by their weights; float32, shape (n,) for near of shape (q, n)."""
    return np.asarray(weights @ near / max(1e-9, float(weights.sum())), dtype=np.float32)


def means(texts: Sequence[Tokens], dim: int) -> Floats:
    """A vector a text: the mean of its tokens' signs, as the model's own pooling; float32, shape (len(texts), dim).

    Rows of length 1; 0 for a text without tokens.
    """
    signs = _signs(texts, dim) * 2 - 1
    summed = _by_text(np.add, signs.T, texts).T
    return np.asarray(summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def part(tokens: Tokens, start: int, end: int) -> Tokens:
    """Those that begin within [start, end) of the text's characters."""
    a, b = np.searchsorted(tokens.starts, [start, end])
    return Tokens(tokens.starts[a:b], tokens.signs[a:b])


def _cosines(asked: Floats, texts: Sequence[Tokens]) -> Floats:
    dim = asked.shape[1]
    # q . (2 bits - 1) = 2 q . bits - the sum of q; a vector of signs is as long as the root of its numbers
    found = 2 * (asked @ _signs(texts, dim).T) - asked.sum(axis=1, keepdims=True)
    return np.asarray(found / np.sqrt(dim), dtype=np.float32)


def _signs(texts: Sequence[Tokens], dim: int) -> Floats:
    """1 where positive, else 0; float32, shape (tokens of all texts, dim)."""
    packed = [text.signs for text in texts if len(text.signs)]
    if not packed:
        return np.zeros((0, dim), dtype=np.float32)
    return np.unpackbits(np.concatenate(packed), axis=1, count=dim).astype(np.float32)


def _by_text(fold: np.ufunc, columns: Floats, texts: Sequence[Tokens]) -> Floats:
    """Columns of one text folded into one; 0 for a text without any."""
    sizes = np.array([len(text.starts) for text in texts], dtype=np.int64)
    found = np.zeros((len(columns), len(texts)), dtype=np.float32)
    held = np.flatnonzero(sizes)
    if len(held):
        begins = np.cumsum(sizes[held]) - sizes[held]
        found[:, held] = fold.reduceat(columns, begins, axis=1)
    return found
