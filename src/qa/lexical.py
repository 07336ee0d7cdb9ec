"""Words to passages: BM25 over the store's full-text table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qa.store import Store
from qa.types import Filter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def search(store: Store, terms: Sequence[str], k: int, filter: Filter) -> list[tuple[int, float]]:
    """Passages that hold at least one of the terms, weighed by BM25.

    Args:
        terms: index terms as in `Entry.terms`, one each; repeats count once; any text is safe.
        k: most passages to return.
        filter: removes passages and leaves the others' scores as they are.

    Returns:
        (row, score), best first, equal scores by row; score > 0, higher is better, comparable within
        one search only. Empty when there is no term.

    Raises:
        IndexFolderError: the store cannot be read.

    Source: Robertson, Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
    """
    match = expression(terms)
    return store.lexical(match, k, filter) if match and k > 0 else []


def phrases(store: Store, phrases: Sequence[Sequence[str]], k: int, filter: Filter) -> list[tuple[int, float]]:
    """Passages that hold at least one of the phrases: its terms side by side, in order.

    Args, returns and errors are those of `search`.
    """
    match = " OR ".join(quoted for phrase in phrases if (quoted := expression([" ".join(phrase)])))
    return store.lexical(match, k, filter) if match and k > 0 else []


def postings(store: Store, term: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Where one index term stands: (rows, rising; how often in each).

    Raises:
        IndexFolderError: the store cannot be read.
    """
    clean = term.replace("\0", "").encode(errors="ignore").decode().strip()
    return store.postings(clean)


def frequencies(store: Store, terms: Iterable[str]) -> dict[str, int]:
    """In how many passages each term stands; one full-text look-up a term, repeats count once.

    Raises:
        IndexFolderError: the store cannot be read.
    """
    wanted = list(dict.fromkeys(terms))
    counts = store.frequencies([expression([term]) for term in wanted])
    return dict(zip(wanted, counts, strict=True))


def expression(terms: Iterable[str]) -> str:
    """An FTS5 expression that matches any of the terms; "" when nothing is left to match.

    Each term is a quoted string, in which nothing but the quotation mark has a meaning to FTS5. NUL and
    halves of surrogate pairs, which FTS5 cannot be given, are taken out.
    """
    clean = (term.replace("\0", "").encode(errors="ignore").decode().strip() for term in terms)
    quoted = ('"' + term.replace('"', '""') + '"' for term in clean if term)
    return " OR ".join(dict.fromkeys(quoted))
