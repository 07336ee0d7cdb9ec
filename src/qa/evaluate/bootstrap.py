"""How far a figure would move with other questions of the same kind: the bootstrap.

A resample draws as many questions as there are, with replacement, and is kept as how often each was
drawn. So every statistic is a function of weights, and thousands of resamples are one matrix product.

Source: Efron, Annals of Statistics 1979; percentile intervals: Efron, Tibshirani, An Introduction to the
Bootstrap, 1993, chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Statistic = Callable[[Numbers], Numbers]
"""Weights, shape (n_resamples, n_rows), to the figure of each resample, shape (n_resamples,); NaN where
a resample holds no question that counts."""

RESAMPLES = 2000
SEED = 0


def resamples(strata: Sequence[object], n: int = RESAMPLES, seed: int = SEED) -> Numbers:
    """How often each row is drawn in each resample, each stratum drawn by itself.

    Returns:
        float64, shape (n, len(strata)); a stratum's weights add up to its size in every resample.
    """
    rng = np.random.default_rng(seed)
    weights = np.zeros((n, len(strata)))
    for stratum in dict.fromkeys(strata):
        at = np.array([i for i, other in enumerate(strata) if other == stratum])
        weights[:, at] = rng.multinomial(len(at), np.full(len(at), 1 / len(at)), size=n)
    return weights


def interval(values: Numbers, share: float = 0.95) -> tuple[float, float]:
    """The percentile interval that holds `share` of the resampled figures; NaN is left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def ratio(top: Numbers, bottom: Numbers) -> Statistic:
    """sum of w * top / sum of w * bottom, over rows; a mean when `bottom` is one for each row that counts."""

    def statistic(weights: Numbers) -> Numbers:
        return _divide(weights @ top, weights @ bottom)

    return statistic


def average(statistics: Sequence[Statistic]) -> Statistic:
    """The plain mean of several figures, each over its own rows."""

    def statistic(weights: Numbers) -> Numbers:
        mean: Numbers = np.stack([one(weights) for one in statistics]).mean(axis=0)
        return mean

    return statistic


def quantile(values: Numbers, share: float) -> Statistic:
    """The smallest value that at least `share` of the drawn rows do not exceed."""
    order = np.argsort(values, kind="stable")
    ascending = values[order]

    def statistic(weights: Numbers) -> Numbers:
        reached = np.cumsum(weights[:, order], axis=1)
        needed = share * reached[:, -1:] - 1e-9  # a sum of tenths may end a hair above the whole
        drawn: Numbers = ascending[np.argmax(reached >= needed, axis=1)]
        return drawn

    return statistic


def auroc(scores: Numbers, positive: Sequence[int], negative: Sequence[int]) -> Statistic:
    """The chance that a positive row scores higher than a negative one, a tie counting half.

    Args:
        scores: one a row.
        positive, negative: rows of both kinds; `negative[i]` may be drawn with another row, see `paired_auroc`.

    Source: Hanley, McNeil, Radiology 1982; the Mann-Whitney statistic.
    """
    rows = np.array([*positive, *negative])
    return _ranked(scores[rows], rows, len(positive))


def paired_auroc(scores: Numbers, pairs: Sequence[tuple[int, int]]) -> Statistic:
    """AUROC of the first rows of the pairs against the second; a pair is drawn as a whole."""
    firsts, seconds = zip(*pairs, strict=True)
    originals = list(dict.fromkeys(firsts))
    return _ranked(scores[[*originals, *seconds]], np.array([*originals, *firsts]), len(originals))


def _ranked(scores: Numbers, drawn_with: NDArray[np.intp], n_positive: int) -> Statistic:
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(scores[order]) > 0])  # one group of equal scores each
    is_positive = (order < n_positive).astype(float)

    def statistic(weights: Numbers) -> Numbers:
        drawn = weights[:, drawn_with[order]]
        ups = np.add.reduceat(drawn * is_positive, starts, axis=1)
        downs = np.add.reduceat(drawn * (1 - is_positive), starts, axis=1)
        below = np.cumsum(downs, axis=1) - downs
        return _divide((ups * (below + downs / 2)).sum(1), ups.sum(1) * downs.sum(1))

    return statistic


def _divide(top: Numbers, bottom: Numbers) -> Numbers:
    quotient: Numbers = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return quotient
