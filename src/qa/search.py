"""A question's words to `Hit`s: filter first, then both searches, fused, turns scored, excerpts returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa import words
from qa.index import Index
from qa.settings import Settings
from qa.split import Splitter
from qa.types import Embedder, Filter, Hit, Passage, Turn


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and what both searches think of it.

    Attributes:
        score: cosine + weight * BM25 / best BM25, higher is better.
        cosine: of the query and the passage.
    """

    passage: Passage
    score: float
    cosine: float


class Searcher:
    """Searches one index."""

    def __init__(self, index: Index, embedder: Embedder, splitter: Splitter, settings: Settings) -> None:
        self._index = index
        self._embedder = embedder
        self._splitter = splitter
        self._settings = settings

    def passages(self, query: str, filter: Filter, k: int) -> list[Scored]:
        """The best passages for a query, best first.

        Scores are fused rather than ranks: cosine + lexical_weight * BM25 / max BM25 beats reciprocal
        rank fusion on meetings and chats.
        """
        if not query.strip():
            return []
        n = max(k, self._settings.candidates)
        vector = self._embedder.embed_cached([query])[0]
        with self._index.reading():  # one state, even while another process writes
            lexical = dict(self._index.lexical(words.content_terms(query) or words.terms(query), n, filter))
            dense = dict(self._index.dense(vector, n, filter))
            missing = [row for row in lexical if row not in dense]
            if missing:
                dense.update(zip(missing, map(float, self._index.cosines(vector, missing)), strict=True))
            fused = self._fuse(dense, lexical)
            best = sorted(fused, key=lambda row: (-fused[row], row))[:k]
            found = self._index.passages(best)
        return [Scored(p, fused[row], dense[row]) for row, p in zip(best, found, strict=True)]

    def _fuse(self, dense: Mapping[int, float], lexical: Mapping[int, float]) -> dict[int, float]:
        top = max(lexical.values(), default=0.0) or 1.0
        weight = self._settings.lexical_weight
        return {row: cosine + weight * lexical.get(row, 0.0) / top for row, cosine in dense.items()}

    def hits(self, query: str, filter: Filter, k: int, size: int | None = None) -> list[Hit]:
        """Excerpts worth reading, best first, no turn twice.

        Args:
            k: most hits.
            size: tokens of an excerpt; a turn grows by its neighbours up to it. 0 = single turns;
                None = single turns of that size at least, short ones with their neighbours.
        """
        found = self.passages(query, filter, max(4 * k, 50))
        scores: dict[tuple[str, int], float] = {}
        for item in found:
            place = (item.passage.transcript_id, item.passage.turn)
            scores[place] = max(scores.get(place, -1.0), item.score)
        budget = 120 if size is None else size
        hits: list[Hit] = []
        taken: set[tuple[str, int]] = set()
        titles = {info.id: info for info in self._index.transcripts()} if found else {}
        for place in sorted(scores, key=lambda p: (-scores[p], p)):
            if place in taken or len(hits) >= k:
                continue
            turns = self._index.turns(place[0])
            span = self._grow(turns, place, budget, taken)
            taken |= {(place[0], n) for n in span}
            info = titles[place[0]]
            best = tuple(
                sorted(span, key=lambda n: (n != place[1], -scores.get((place[0], n), -1.0), abs(n - place[1])))
            )
            chosen = [turns[n] for n in span]
            hits.append(
                Hit(place[0], tuple(span), best, _excerpt(chosen), scores[place], info.title, info.date,
                    tuple(dict.fromkeys(turn.speaker for turn in chosen)))
            )  # fmt: skip
        return hits

    def _grow(
        self, turns: tuple[Turn, ...], place: tuple[str, int], budget: int, taken: set[tuple[str, int]]
    ) -> list[int]:
        """The turn, and neighbours on both sides as long as the budget holds."""
        first = last = place[1]
        used = self._splitter.count(turns[first].text)
        while budget:
            before, after = first - 1, last + 1
            sides = [n for n in (before, after) if 0 <= n < len(turns) and (place[0], n) not in taken]
            sides = [n for n in sides if used + self._splitter.count(turns[n].text) <= budget]
            if not sides:
                break
            nearest = min(sides, key=lambda n: (abs(n - place[1]), -n))
            used += self._splitter.count(turns[nearest].text)
            first, last = min(first, nearest), max(last, nearest)
        return list(range(first, last + 1))


def _excerpt(turns: list[Turn]) -> str:
    if len({turn.speaker for turn in turns}) == 1:
        return "\n".join(turn.text for turn in turns)
    return "\n".join(f"{turn.label}: {turn.text}" for turn in turns)
