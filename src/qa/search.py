"""A question's words to `Hit`s: filter first, every signal measured, passages scored, excerpts returned.

Two scores, because two things are asked for. The *turn score* says how likely it is that the answer stands
in a passage itself; the *talk score* how likely it is that the talk there is about what was asked. Dialogues are
searched for single turns by the first, long talk of many voices for stretches by the second; within a stretch the
turns are ordered by the first.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.index import Index
from qa.ranking import TALK, TURN
from qa.settings import Settings
from qa.signals import Floats, Ints, Query, Scope, Signals, likely
from qa.types import Embedder, Filter, Hit, Layout, Passage, Question, Reranker, Tokens, Turn

Bools = NDArray[np.bool_]
Floats32 = NDArray[np.float32]

_CLOSE = 300  # passages whose text is looked at; more changed no figure
_NEAR = 1500  # passages with late interaction in the talk score; what lies outside is no part of any good stretch
_RERANKED = 30  # passages that a reranker reads; slower than all else together


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and what the search thinks of it.

    Attributes:
        score: the turn score, higher is better; comparable within one search only.
        tokens: the passage's.
    """

    passage: Passage
    score: float
    tokens: Tokens


@dataclass(frozen=True)
class _Ranking:
    """The passages of a scope, scored.

    Attributes:
        allowed: bool, shape (n,): the filter lets it through.
        turn: shape (n,), see the module's beginning.
        broad: see `Signals.broad`.
    """

    scope: Scope
    allowed: Bools
    turn: Floats
    broad: Mapping[str, Floats]


class _Span(NamedTuple):
    """An excerpt to be: turns `first` to `last` of a transcript's number; `order` has them best first."""

    transcript: int
    first: int
    last: int
    order: tuple[int, ...]
    score: float


class Searcher:
    """Searches one index.

    Args:
        reranker: orders the best passages anew, where there is one.
    """

    def __init__(self, index: Index, embedder: Embedder, settings: Settings, reranker: Reranker | None = None) -> None:
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._reranker = reranker
        self._signals = Signals(index, embedder)
        self._turns: dict[tuple[int, str], tuple[Turn, ...]] = {}
        self._lock = threading.Lock()

    def passages(self, question: Question, filter: Filter, k: int, topic: str = "") -> list[Scored]:
        """The passages most likely to hold the answer, best first.

        Args:
            topic: what to look for instead of the whole question.
        """
        with self._index.reading():  # one state, even while another process writes
            ranking = self._rank(Query.of(question, self._index, topic), filter)
            if ranking is None:
                return []
            order = np.lexsort((np.arange(len(ranking.scope)), -ranking.turn))
            best = order[ranking.allowed[order]][:k]
            found = self._index.passages([int(row) for row in ranking.scope.rows[best]])
            tokens = self._signals.tokens(ranking.scope.rows[best])
        return [
            Scored(passage, float(ranking.turn[n]), held) for n, passage, held in zip(best, found, tokens, strict=True)
        ]

    def turn(self, transcript_id: str, turn: int) -> list[Scored]:
        """The passages of one turn, in order, not scored."""
        with self._index.reading():
            rows = self._index.turn_rows(transcript_id, turn)
            found = self._index.passages([int(row) for row in rows])
            return [Scored(p, 0.0, held) for p, held in zip(found, self._signals.tokens(rows), strict=True)]

    def rarity(self, text: str) -> Floats32:
        """What each token of a topic or question is worth; see `Signals.rarity`."""
        return self._signals.rarity(text, self._embedder.encode([text])[0])

    def lead(self, question: Question, filter: Filter, topic: str = "") -> float:
        """How far the best passage of the filter's speakers is ahead of the best of everybody else.

        Measured without anybody's name, so that it tells whose words fit the topic, not who was asked for.

        Returns:
            The difference of the two turn scores, from -4 to 4: 0 where only one of the two sides speaks, or
            the filter names nobody.
        """
        if filter.speakers is None:
            return 0.0
        with self._index.reading():
            query = Query.of(replace(question, strict=False), self._index, topic)
            ranking = self._rank(replace(query, subjects=(), others=()), replace(filter, speakers=None))
            layout = self._index.layout()
        if ranking is None:
            return 0.0
        codes = [layout.speakers[name] for name in filter.speakers if name in layout.speakers]
        own = np.isin(ranking.scope.speaker, codes)
        sides = [ranking.turn[ranking.allowed & side] for side in (own, ~own)]
        if not all(len(side) for side in sides):
            return 0.0
        return float(np.clip(sides[0].max() - sides[1].max(), -4.0, 4.0))

    def hits(self, question: Question, filter: Filter, k: int, size: int | None = None) -> list[Hit]:
        """Excerpts worth reading, best first, no turn twice.

        Args:
            k: most hits.
            size: tokens of an excerpt; 0 = single turns; None = as the talk is: stretches of `excerpt_tokens`
                from meetings, single turns from dialogues. Under a filter of speakers, always their
                turns, with neighbours up to that size.
        """
        with self._index.reading():
            query = Query.of(question, self._index)
            ranking = self._rank(query, filter)
            if ranking is None:
                return []
            if size is None:
                size = self._settings.excerpt_tokens if ranking.scope.meetings else 0
            spans = self._spans(query, ranking, filter, k, size)
            titles = {info.id: info for info in self._index.transcripts()}
            layout = self._index.layout()
            hits = []
            for place, first, last, order, score in spans:
                info = titles[layout.ids[place]]
                turns = self._turns_of(info.id)[first : last + 1]
                hits.append(
                    Hit(info.id, tuple(range(first, last + 1)), order, _excerpt(turns), score, info.title, info.date,
                        tuple(dict.fromkeys(turn.speaker for turn in turns)))
                )  # fmt: skip
        return hits

    # ---------------------------------------------------------------- scores

    def _rank(self, query: Query, filter: Filter) -> _Ranking | None:
        """Every passage of the transcripts a filter lets through, scored; None where there is nothing."""
        if not query.text.strip():
            return None
        layout = self._index.layout()
        rows = layout.rows if filter.open else self._index.allowed(filter)
        if not len(rows):
            return None
        places = np.searchsorted(layout.rows, rows)
        transcripts = np.unique(layout.transcript[places])
        if len(rows) > self._settings.candidates:
            transcripts = self._likely(query, filter, layout)
        scope = self._signals.scope(layout, [int(n) for n in transcripts])
        broad = self._signals.broad(query, layout, scope)
        allowed = np.isin(scope.rows, rows, assume_unique=True)
        turn = _weigh(broad, TURN)
        chosen = np.sort(np.argsort(np.where(allowed, -turn, np.inf), kind="stable")[:_CLOSE])
        close = _weigh(self._signals.close(query, layout, scope, chosen), TURN)
        least = float(close.min())
        turn = turn + least
        turn[chosen] += close - least
        if self._reranker is not None:
            self._rerank(self._reranker, query, scope, turn, np.where(allowed, turn, -np.inf))
        return _Ranking(scope, allowed, turn, broad)

    def _rerank(self, reranker: Reranker, query: Query, scope: Scope, turn: Floats, ranked: Floats) -> None:
        """Give the best passages' turn scores out anew among them, in the reranker's order.

        The scores keep their scale, which the confidence and the lead rest on.
        """
        best = np.argsort(-ranked, kind="stable")[: min(_RERANKED, int(np.isfinite(ranked).sum()))]
        texts = [passage.text for passage in self._index.passages([int(row) for row in scope.rows[best]])]
        order = np.argsort(-np.asarray(reranker.score(query.text, texts)), kind="stable")
        turn[best[order]] = turn[best]

    def _likely(self, query: Query, filter: Filter, layout: Layout) -> Ints:
        """Of very many transcripts, those with the best passages by words or meaning."""
        vector = self._embedder.encode([query.text])[0].vector
        n = 400
        found = self._index.lexical(list(query.terms), n, filter) + self._index.dense(vector, n, filter)
        rows = np.unique(np.array([row for row, _ in found], dtype=np.int64))
        return np.asarray(np.unique(layout.transcript[np.searchsorted(layout.rows, rows)]))

    # ---------------------------------------------------------------- excerpts

    def _spans(self, query: Query, ranking: _Ranking, filter: Filter, k: int, size: int) -> list[_Span]:
        """The excerpts, best first."""
        if not size or filter.speakers is not None:
            return _Turns.of(ranking, ranking.turn).single(k, size)
        return _Turns.of(ranking, self._talk(query, ranking)).stretches(size, k)

    def _talk(self, query: Query, ranking: _Ranking) -> Floats:
        """The talk score of every passage, shape (len(scope),); that of the likeliest with late interaction."""
        near = self._signals.near(query.text, self._index.layout(), ranking.scope, likely(ranking.broad, _NEAR))
        return _weigh(ranking.broad, TALK) + _weigh(near, TALK)

    def _turns_of(self, transcript_id: str) -> tuple[Turn, ...]:
        place = (self._index.generation, transcript_id)
        found = self._turns.get(place)
        if found is None:
            found = self._index.turns(transcript_id)
            with self._lock:
                if len(self._turns) > 64 or any(generation != place[0] for generation, _ in self._turns):
                    self._turns = {}
                self._turns[place] = found
        return found


@dataclass(frozen=True)
class _Turns:
    """The turns of a ranking that hold a passage, in order.

    Attributes:
        transcript, index: whose turn, and which; int64, shape (n,).
        tokens: float64, shape (n,).
        score: best turn score of its passages; talk: their mean talk score, by tokens; float64, shape (n,).
        allowed: one of its passages is; bool, shape (n,).
    """

    transcript: Ints
    index: Ints
    tokens: Floats
    score: Floats
    talk: Floats
    allowed: Bools

    @classmethod
    def of(cls, ranking: _Ranking, talk: Floats) -> _Turns:
        scope = ranking.scope
        new = np.diff(scope.transcript, prepend=-1).astype(bool) | np.diff(scope.turn, prepend=-1).astype(bool)
        starts = np.flatnonzero(new)
        tokens = np.add.reduceat(scope.tokens.astype(np.float64), starts)
        return cls(
            scope.transcript[starts],
            scope.turn[starts],
            tokens,
            np.maximum.reduceat(ranking.turn, starts),
            np.add.reduceat(talk * scope.tokens, starts) / tokens,
            np.logical_or.reduceat(ranking.allowed, starts),
        )

    def single(self, k: int, size: int) -> list[_Span]:
        """The best turns, each with its neighbours as long as `size` tokens hold them."""
        taken: set[int] = set()
        found: list[_Span] = []
        for n in np.lexsort((np.arange(len(self.index)), -self.score)):
            if len(found) >= k:
                break
            if n in taken or not self.allowed[n]:
                continue
            first, last = self._grown(int(n), size, taken)
            taken.update(range(first, last + 1))
            found.append(self._span(first, last, float(self.score[n])))
        return found

    def _grown(self, n: int, size: int, taken: set[int]) -> tuple[int, int]:
        first = last = n
        used = self.tokens[n]
        while size:
            sides = [m for m in (first - 1, last + 1) if 0 <= m < len(self.index) and m not in taken]
            sides = [m for m in sides if self.transcript[m] == self.transcript[n] and used + self.tokens[m] <= size]
            if not sides:
                break
            m = min(sides, key=lambda m: (abs(m - n), -m))
            used += self.tokens[m]
            first, last = min(first, m), max(last, m)
        return first, last

    def stretches(self, size: int, k: int) -> list[_Span]:
        """Stretches of talk of up to `size` tokens, by the mean talk score of their tokens."""
        starts, ends = self._windows(size)
        weights = np.concatenate([[0.0], np.cumsum(self.tokens)])
        sums = np.concatenate([[0.0], np.cumsum(self.talk * self.tokens)])
        mean = (sums[ends] - sums[starts]) / (weights[ends] - weights[starts])
        free = np.ones(len(self.index), dtype=bool)
        found: list[_Span] = []
        for n in np.lexsort((starts, -mean)):
            if len(found) >= k:
                break
            a, b = int(starts[n]), int(ends[n])
            while a < b and not free[a]:
                a += 1
            while b > a and not free[b - 1]:
                b -= 1
            if 2 * (b - a) < ends[n] - starts[n] or a == b or not free[a:b].all():
                continue
            free[a:b] = False
            found.append(self._span(a, b - 1, float(mean[n])))
        return found

    def _windows(self, size: int) -> tuple[Ints, Ints]:
        """Windows of up to `size` tokens, one beginning in every quarter of that; within one transcript."""
        total = np.concatenate([[0.0], np.cumsum(self.tokens)])
        edges = np.flatnonzero(np.diff(self.transcript, prepend=-1, append=-1))
        begin = np.repeat(edges[:-1], np.diff(edges))
        end = np.repeat(edges[1:], np.diff(edges))
        bucket = ((total[:-1] - total[begin]) // (size / 4)).astype(np.int64)
        starts = np.flatnonzero(
            np.diff(self.transcript, prepend=-1).astype(bool) | np.diff(bucket, prepend=-1).astype(bool)
        )
        ends = np.searchsorted(total, total[starts] + size, side="right") - 1
        return starts, np.minimum(np.maximum(ends, starts + 1), end[starts])

    def _span(self, first: int, last: int, score: float) -> _Span:
        held = range(first, last + 1)
        order = sorted(held, key=lambda n: (-self.score[n], n))
        indices = [int(self.index[n]) for n in order]
        # Turns without words (a cough, an omission mark) inside the stretch come last.
        silent = sorted(set(range(int(self.index[first]), int(self.index[last]) + 1)) - set(indices))
        return _Span(
            int(self.transcript[first]), int(self.index[first]), int(self.index[last]), (*indices, *silent), score
        )


def _weigh(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of those signals that have a weight."""
    parts = [weights[name] * values for name, values in signals.items() if weights.get(name)]
    return np.asarray(sum(parts, np.zeros(len(next(iter(signals.values()))))))


def _excerpt(turns: Sequence[Turn]) -> str:
    if len({turn.speaker for turn in turns}) == 1:
        return "\n".join(turn.text for turn in turns)
    return "\n".join(f"{turn.label}: {turn.text}" for turn in turns)
