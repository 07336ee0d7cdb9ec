"""Words to passages: BM25 over the store's full-text table."""

from __future__ import annotations

from collections.abc import Sequence

from qa.store import Store
from qa.types import Filter


def search(store: Store, terms: Sequence[str], k: int, filter: Filter) -> list[tuple[int, float]]:
    """The passages that hold any of the terms, best first.

    Args:
        terms: stems as `words.content_terms` gives them; repeats count once.
        k: most results.

    Returns:
        (row, BM25), higher is better; empty when there are no terms or no matches.
    """
    # Quoted, every term is a plain string to FTS5: no operator, no wildcard, no column name.
    quoted = [
        '"' + term.replace('"', '""').replace("\0", "") + '"'
        for term in dict.fromkeys(terms)
        if term.strip("\0 ")
    ]
    return store.lexical(" OR ".join(quoted), k, filter) if quoted else []
