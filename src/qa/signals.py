"""What speaks for a passage: words, meaning and speaker, of the passage itself and of windows around it.

A question and a piece of talk seldom meet in one sentence: the words stand in one turn, the answer in the
next, the topic has been clear for minutes. So every signal is taken at several widths, from the passage
alone to the whole transcript; `qa.ranking` says what each is worth.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa import cues, late, words
from qa.index import Index
from qa.names import without_place
from qa.types import Embedder, Encoded, Layout, Question, Tokens

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WIDTHS = (60, 240, 960, 1920)  # tokens of the windows; a last one holds the whole transcript
NAMES = (*map(str, WIDTHS), "all")
_K1, _B = 1.2, 0.75  # BM25's usual constants (Robertson and Zaragoza 2009)
_LONG = 2000  # tokens of a transcript; the talk of a shorter one fits into a few excerpts anyway
_COMMON, _MARK = 1.0, 0.1  # weight of a stop word's token, and of a mark's; a rare word's is up to 12
_AT_ONCE = 400  # passages unpacked at a time, about 30 MB
_KEPT = 16  # scopes kept in memory: about 100 bytes a passage each

# Words about the talk rather than its topic: "Summarize the discussion about ...".
_META = frozenset(
    words.stem(word)
    for word in """summarize summarise summary discuss discussed discussion discussions talk talked talking say said
    says think thought thoughts opinion opinions view views group team meeting meetings describe describing mention
    mentioned presentation introduce introduced regarding related aspect explain explained point points idea ideas
    believe believed feel felt conclusion conclude concluded decision decide decided participants everyone speaker
    tell told ask asked обсуждение обсуждали сказал говорил говорили думает мнение встреча участники""".split()
)


@dataclass(frozen=True)
class Query:
    """A question as the search sees it.

    Attributes:
        text: for the embedding.
        terms: index terms and their weights, the named persons' own left out.
        subjects: canonical names of those whose words or deeds are asked for.
        others: canonical names otherwise named.
        said: the subjects' own words are asked for.
        wh: one of `cues.WH`.
    """

    text: str
    terms: Mapping[str, float]
    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    said: bool = False
    wh: str = "other"

    @classmethod
    def of(cls, question: Question, index: Index, topic: str = "") -> Query:
        """The query of a question.

        Args:
            topic: what to look for instead of the whole question.
        """
        text = topic or question.standalone
        people = (without_place(name) for name in (*question.speakers, *question.mentions))
        named = {words.stem(w) for name in people for w in words.words(name)}
        found = list(dict.fromkeys(words.content_terms(text)))
        wanted = [t for t in found if t not in named and t not in _META] or found or words.terms(text)
        counts, n = index.document_frequencies(wanted), index.count()
        terms = {t: float(np.log1p((n - count + 0.5) / (count + 0.5))) for t, count in counts.items()}
        subjects = question.speakers or question.mentions[:1]
        others = tuple(name for name in question.mentions if name not in subjects)
        return cls(text, terms, subjects, others, question.strict, cues.wh(question.standalone))


@dataclass(frozen=True)
class Scope:
    """The passages of some transcripts, and the windows around each.

    Attributes:
        at: where the passages stand in the layout, int64, shape (n,), rising.
        rows, tokens, terms, turn, speaker, transcript: the layout's columns, shape (n,).
        first, last: of each window, as indices into the scope, ends exclusive; int64, shape (len(NAMES), n).
        norms: length of the sum of a window's vectors, weighed by the root of their tokens;
            float64, shape (len(NAMES), n).
    """

    at: Ints
    rows: Ints
    tokens: Ints
    terms: Ints
    turn: Ints
    speaker: Ints
    transcript: Ints
    first: Ints
    last: Ints
    norms: Floats

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def meetings(self) -> bool:
        """Most of the talk is of many voices and long: what belongs together stretches over many turns.

        In a dialogue of two, and in a short one, a turn stands by itself.
        """
        n = len(np.unique(self.transcript))
        voices = len(np.unique(np.stack([self.transcript, self.speaker]), axis=1).T)
        return bool(n and voices > 2 * n and self.tokens.sum() > _LONG * n)


@dataclass(frozen=True)
class _Memory:
    """What was measured of one state of the index.

    Attributes:
        layout: of that state.
        cues: float32, shape (passages, len(cues.CUES)), NaN where not looked at.
        scopes: by transcript numbers, the last few.
        nearness: the signal "late" by query, the last few; float32, shape (passages,), NaN where not measured.
        made: tokens by row, of passages for which none are stored.
    """

    layout: Layout
    cues: NDArray[np.float32]
    scopes: OrderedDict[tuple[int, ...], Scope]
    nearness: OrderedDict[str, NDArray[np.float32]]
    made: dict[int, Tokens]

    @classmethod
    def of(cls, layout: Layout) -> _Memory:
        looked_at = np.full((len(layout.rows), len(cues.CUES)), np.nan, dtype=np.float32)
        return cls(layout, looked_at, OrderedDict(), OrderedDict(), {})


class Signals:
    """Measures passages of one index."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._memory: _Memory | None = None
        self._matter: tuple[Scope, str, Mapping[str, float], dict[str, Floats]] | None = None
        self._lock = threading.Lock()

    def scope(self, layout: Layout, transcripts: Sequence[int]) -> Scope:
        """The passages of those transcript numbers; the last few scopes are remembered."""
        memory, key = self._remembered(layout), tuple(sorted(transcripts))
        with self._lock:
            found = memory.scopes.get(key)
            if found is not None:
                memory.scopes.move_to_end(key)
                return found
        made = self._measure_windows(layout, np.array(key, dtype=np.int64))
        with self._lock:
            memory.scopes[key] = made
            while len(memory.scopes) > _KEPT:
                memory.scopes.popitem(last=False)
        return made

    def _remembered(self, layout: Layout) -> _Memory:
        """What is remembered of a state of the index; that of another state is forgotten."""
        with self._lock:
            if self._memory is None or self._memory.layout is not layout:
                self._memory = _Memory.of(layout)
            return self._memory

    def _measure_windows(self, layout: Layout, transcripts: Ints) -> Scope:
        at = np.flatnonzero(np.isin(layout.transcript, transcripts))
        tokens, transcript = layout.tokens[at], layout.transcript[at]
        edges = np.flatnonzero(np.diff(transcript, prepend=-1, append=-1))
        begin = np.repeat(edges[:-1], np.diff(edges))
        end = np.repeat(edges[1:], np.diff(edges))
        total = np.concatenate([[0], np.cumsum(tokens)])
        middle = (total[:-1] + total[1:]) / 2
        first = np.empty((len(NAMES), len(at)), dtype=np.int64)
        last = np.empty_like(first)
        for n, width in enumerate(WIDTHS):
            low = np.searchsorted(total[1:], middle - width / 2, side="right")
            high = np.searchsorted(total[:-1], middle + width / 2, side="left")
            first[n] = np.maximum(low, begin)
            last[n] = np.minimum(np.maximum(high, low + 1), end)
        first[-1], last[-1] = begin, end
        norms = np.empty(first.shape)
        rows = layout.rows[at]
        for a, b in pairwise(edges):
            weighed = self._index.vectors(rows[a:b]) * np.sqrt(tokens[a:b])[:, None]
            sums = np.concatenate([np.zeros((1, weighed.shape[1])), np.cumsum(weighed, axis=0, dtype=np.float64)])
            for n in range(len(NAMES)):
                norms[n, a:b] = np.linalg.norm(sums[last[n, a:b] - a] - sums[first[n, a:b] - a], axis=1)
        return Scope(
            at, rows, tokens, layout.terms[at], layout.turn[at], layout.speaker[at], transcript, first, last,
            np.maximum(norms, 1e-6),
        )  # fmt: skip

    # ---------------------------------------------------------------- signals of every passage

    def broad(self, query: Query, layout: Layout, scope: Scope) -> dict[str, Floats]:
        """Signals of every passage of a scope, by name; each of shape (len(scope),).

        "cosine" is of the query and the passage, "cosine-240" of the query and the mean vector of 240
        tokens around it (weighed by the root of the tokens). "bm25" and "bm25-240" likewise, as shares of
        the best in the scope. "subject" is 1 where a person asked about speaks, "subject-240" that
        person's share of the tokens around.
        """
        last = self._matter  # one answer ranks its question several times, for one person and for all
        if last is None or last[0] is not scope or last[1:3] != (query.text, query.terms):
            last = self._matter = (scope, query.text, query.terms, self._of_matter(query, scope))
        return last[3] | _speakers(query, layout, scope)

    def _of_matter(self, query: Query, scope: Scope) -> dict[str, Floats]:
        """The signals that are alike whoever is asked about."""
        vector = self._embedder.encode([query.text])[0].vector
        # Rounded, so that equal passages stay equal whichever neighbours were multiplied along with them.
        cosine: Floats = np.asarray((self._index.vectors(scope.rows) @ vector).round(6), dtype=np.float64)
        found = {"cosine": cosine}
        sums = _running(cosine * np.sqrt(scope.tokens))
        for n, name in enumerate(NAMES):
            found[f"cosine-{name}"] = (sums[scope.last[n]] - sums[scope.first[n]]) / scope.norms[n]
        return found | self._words(query.terms, scope)

    def _words(self, terms: Mapping[str, float], scope: Scope) -> dict[str, Floats]:
        """BM25 of the passage and of the windows, each divided by the best one's."""
        held = _running(scope.terms.astype(np.float64))
        lengths = [scope.terms.astype(np.float64)]
        lengths += [held[b] - held[a] for a, b in zip(scope.first, scope.last, strict=True)]
        norms = [_K1 * (1 - _B + _B * length / max(1.0, float(length.mean()))) for length in lengths if len(length)]
        totals = [np.zeros(len(scope)) for _ in lengths]
        for term, weight in terms.items():
            counts = _spread(scope, *self._index.postings(term))
            if counts is None:
                continue
            sums = _running(counts)
            seen = [counts, *(sums[b] - sums[a] for a, b in zip(scope.first, scope.last, strict=True))]
            for total, count, norm in zip(totals, seen, norms, strict=True):
                total += weight * count * (_K1 + 1) / (count + norm)
        return {
            name: total / max(1e-9, float(total.max(initial=0.0)))
            for name, total in zip(("bm25", *(f"bm25-{name}" for name in NAMES)), totals, strict=True)
        }

    # ---------------------------------------------------------------- signals of the best ones

    def close(self, query: Query, layout: Layout, scope: Scope, chosen: Ints) -> dict[str, Floats]:
        """Signals that need a passage's text, for those chosen (indices into the scope); shape (len(chosen),).

        "late" is how near the passage's tokens come to the query's, on the mean of these by their words' rarity
        (see `qa.late`). "answers" is 1 where the passage before, of another turn, ends in a question. A name such as
        "narration*where" is a cue times the question's kind.
        """
        before = np.maximum(chosen - 1, 0)
        asked = (scope.transcript[before] == scope.transcript[chosen]) & (scope.turn[before] != scope.turn[chosen])
        seen = self._seen(layout, np.concatenate([scope.at[chosen], scope.at[before]]))
        shown = dict(zip(cues.CUES, seen[: len(chosen)].T.astype(np.float64), strict=True))
        answers = seen[len(chosen) :, cues.CUES.index("asks")] * asked
        subject = np.isin(scope.speaker[chosen], _codes(layout, query.subjects)).astype(np.float64)
        found = {"length": np.log1p(scope.terms[chosen].astype(np.float64)), "answers": answers.astype(np.float64)}
        found["late"] = self._late(query.text, layout, scope.at[chosen])
        found["asks"], found["narration"] = shown["asks"], shown["narration"]
        for kind in cues.WH:
            on = float(query.wh == kind)
            found[f"narration*{kind}"], found[f"subject*{kind}"] = shown["narration"] * on, subject * on
        for cue, kind in (("number", "how-many"), ("time", "when"), ("place", "where"), ("reason", "why")):
            found[f"{cue}*{kind}"] = shown[cue] * float(query.wh == kind)
        return found

    def _late(self, text: str, layout: Layout, at: Ints) -> Floats:
        """The signal "late" of passages, remembered for the last few queries; shape (len(at),)."""
        tables = self._remembered(layout).nearness
        with self._lock:
            table = tables.get(text)
            if table is None:
                table = tables[text] = np.full(len(layout.rows), np.nan, dtype=np.float32)
            tables.move_to_end(text)
            while len(tables) > _KEPT:
                tables.popitem(last=False)
        missing = np.unique(at[np.isnan(table[at])])
        if len(missing):
            asked = self._embedder.encode([text])[0]
            near = late.greatest(asked.tokens, self.tokens(layout.rows[missing]))
            table[missing] = late.weighted(near, self.rarity(text, asked))
        return table[at].astype(np.float64)

    def near(self, text: str, layout: Layout, scope: Scope, chosen: Ints) -> dict[str, Floats]:
        """Late interaction with the talk around every passage; shape (len(scope),).

        In "late-960" each token of the query looks for the nearest token of the window, as far as its passages are
        among those chosen (indices into the scope).
        """
        asked = self._embedder.encode([text])[0]
        near = np.zeros((len(asked.tokens), len(scope)), dtype=np.float32)
        for some in np.array_split(chosen, 1 + len(chosen) // _AT_ONCE):
            near[:, some] = late.greatest(asked.tokens, self.tokens(layout.rows[scope.at[some]]))
        n = NAMES.index("960")
        found = late.weighted(_greatest(near, scope.first[n], scope.last[n]), self.rarity(text, asked))
        return {"late-960": found.astype(np.float64)}

    def rarity(self, text: str, asked: Encoded) -> NDArray[np.float32]:
        """The weight of each token of a query: how rare its word is in the index; float32, shape (n,).

        A stop word weighs as little as a word of every second passage, a mark even less.
        """
        spans = words.word_spans(text)
        stems = [words.content_terms(text[a:b]) for a, b in spans]  # none of a stop word
        counts, n = self._index.document_frequencies([t for found in stems for t in found]), self._index.count()
        worth = [
            float(np.log1p(n / (1 + min(counts[term] for term in found)))) if found else _COMMON for found in stems
        ]
        begins = np.array([a for a, _ in spans], dtype=np.int64)
        ends = np.array([b for _, b in spans], dtype=np.int64)
        at = np.searchsorted(begins, asked.starts, side="right") - 1
        inside = (at >= 0) & (asked.starts < ends[at] if len(ends) else False)
        return np.where(inside, np.array([*worth, 0.0])[at], _MARK).astype(np.float32)

    def tokens(self, rows: Ints) -> list[Tokens]:
        """The tokens of passages; those that are not stored are made, and remembered."""
        wanted = [int(row) for row in rows]
        found, kept = self._index.tokens(wanted), self._remembered(self._index.layout()).made
        missing = [row for row in wanted if row not in found and row not in kept]
        if missing:
            _, made = self._embedder.embed_passages([p.text for p in self._index.passages(missing)])
            kept.update(zip(missing, made, strict=True))
        return [found[row] if row in found else kept[row] for row in wanted]

    def _seen(self, layout: Layout, at: Ints) -> NDArray[np.float32]:
        """The cues of passages, remembered for the present state; float32, shape (len(at), len(cues.CUES))."""
        table = self._remembered(layout).cues
        missing = np.unique(at[np.isnan(table[at, 0])])
        if len(missing):
            passages = self._index.passages([int(row) for row in layout.rows[missing]])
            table[missing] = [cues.cues(p.text, p.speaker) for p in passages]
        return np.asarray(table[at])


def likely(broad: Mapping[str, Floats], n: int) -> Ints:
    """Where the talk may be about what was asked: the n best passages by a rough score, in order of place."""
    score = broad["cosine"] + 3 * broad["cosine-960"] + broad["bm25-960"] + broad["bm25-1920"]
    score = score + (broad["bm25"] + broad["bm25-240"]) / 2
    return np.sort(np.argsort(-score, kind="stable")[:n])


def _running(values: Floats) -> Floats:
    """Running sums with a leading zero: out[b] - out[a] is the sum of values[a:b]."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _greatest(values: NDArray[np.float32], first: Ints, last: Ints) -> NDArray[np.float32]:
    """The greatest of values[:, a:b] for each a of `first` and b of `last`; shape (len(values), len(first)).

    From the greatest of all runs of 1, 2, 4, ... (a sparse table; Bender and Farach-Colton 2000).
    """
    found = np.empty((len(values), len(first)), dtype=np.float32)
    run, runs = 1, values
    while True:
        fits = (last - first >= run) & (last - first < 2 * run)
        found[:, fits] = np.maximum(runs[:, first[fits]], runs[:, last[fits] - run])
        if not (last - first >= 2 * run).any():
            return found
        runs = np.maximum(runs[:, :-run], runs[:, run:])
        run *= 2


def _spread(scope: Scope, rows: Ints, counts: NDArray[np.float32]) -> Floats | None:
    """How often a term stands in each passage of the scope; None where in none."""
    places = np.searchsorted(scope.rows, rows)
    inside = places < len(scope)
    inside[inside] = scope.rows[places[inside]] == rows[inside]
    if not inside.any():
        return None
    found = np.zeros(len(scope))
    found[places[inside]] = counts[inside]
    return found


def _codes(layout: Layout, names: Sequence[str]) -> list[int]:
    return [layout.speakers[name] for name in names if name in layout.speakers]


def _speakers(query: Query, layout: Layout, scope: Scope) -> dict[str, Floats]:
    subject = np.isin(scope.speaker, _codes(layout, query.subjects)).astype(np.float64)
    found = {"subject": subject, "subject*said": subject * query.said}
    found["other"] = np.isin(scope.speaker, _codes(layout, query.others)).astype(np.float64)
    anybody = np.maximum(subject, found["other"])
    tokens = _running(scope.tokens.astype(np.float64))
    own, named = _running(subject * scope.tokens), _running(anybody * scope.tokens)
    for n, name in enumerate(NAMES):
        size = tokens[scope.last[n]] - tokens[scope.first[n]]
        found[f"subject-{name}"] = (own[scope.last[n]] - own[scope.first[n]]) / size
        found[f"named-{name}"] = (named[scope.last[n]] - named[scope.first[n]]) / size
    return found
