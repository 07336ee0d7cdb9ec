"""The bootstrap: values by hand, and intervals that behave."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate import bootstrap
from qa.evaluate.bootstrap import Statistic


def value(statistic: Statistic, *weights: float) -> float:
    return float(statistic(np.array([weights]))[0])


def test_a_ratio_by_hand() -> None:
    share = bootstrap.ratio(np.array([1.0, 0.0, 1.0]), np.array([1.0, 1.0, 2.0]))
    assert value(share, 1, 1, 1) == 2 / 4
    assert value(share, 2, 0, 1) == 3 / 4
    assert math.isnan(value(share, 0, 0, 0))


def test_an_average_of_figures_weighs_them_alike() -> None:
    first = bootstrap.ratio(np.array([1.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0]))
    second = bootstrap.ratio(np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, 1.0]))
    assert value(bootstrap.average([first, second]), 1, 1, 1) == 0.75


def test_quantiles_by_hand() -> None:
    times = np.array([30.0, 10.0, 20.0, 40.0])
    assert value(bootstrap.quantile(times, 0.5), 1, 1, 1, 1) == 20.0
    assert value(bootstrap.quantile(times, 0.95), 1, 1, 1, 1) == 40.0
    assert value(bootstrap.quantile(times, 0.5), 0, 3, 1, 0) == 10.0
    assert value(bootstrap.quantile(np.array([7.0]), 0.95), 1) == 7.0


def test_auroc_by_hand() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.1])
    assert value(bootstrap.auroc(scores, [0, 1], [2, 3]), 1, 1, 1, 1) == (1 + 1 + 0.5 + 1) / 4
    assert value(bootstrap.auroc(scores, [0, 1], [2, 3]), 0, 2, 1, 1) == (0.5 + 1) / 2
    assert value(bootstrap.auroc(scores, [3], [0, 1, 2]), 1, 1, 1, 1) == 0.0
    assert math.isnan(value(bootstrap.auroc(scores, [0], [3]), 0, 1, 1, 1))


def test_a_twin_is_drawn_with_its_original() -> None:
    scores = np.array([0.9, 0.4, 0.6, 0.2])  # rows 2 and 3 are twins of 0 and 1
    auroc = bootstrap.paired_auroc(scores, [(0, 2), (1, 3)])
    assert value(auroc, 1, 1, 0, 0) == 3 / 4
    assert value(auroc, 2, 0, 9, 9) == 1.0  # only the first pair, whatever the twins' own weights
    assert value(auroc, 0, 2, 9, 9) == 1.0


def brute_auroc(positive: list[float], negative: list[float]) -> float:
    return sum((p > n) + (p == n) / 2 for p in positive for n in negative) / (len(positive) * len(negative))


scores = st.lists(st.integers(0, 5).map(lambda n: n / 5), min_size=1, max_size=8)


@given(scores, scores)
def test_auroc_is_every_pair_compared(positive: list[float], negative: list[float]) -> None:
    rows = np.array([*positive, *negative])
    n = len(positive)
    statistic = bootstrap.auroc(rows, range(n), range(n, len(rows)))
    assert value(statistic, *np.ones(len(rows))) == pytest.approx(brute_auroc(positive, negative))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean(values: list[float]) -> None:
    numbers = np.array(values)
    weights = bootstrap.resamples([0] * len(values), 500)
    low, high = bootstrap.interval(bootstrap.ratio(numbers, np.ones_like(numbers))(weights))
    assert low - 1e-9 <= numbers.mean() <= high + 1e-9


def test_the_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.r_[np.ones(50), np.zeros(50)]
    low, high = bootstrap.interval(bootstrap.ratio(values, np.ones(100))(bootstrap.resamples([0] * 100, 4000)))
    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.015)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.015)


def test_resamples_draw_each_half_by_itself_and_repeat() -> None:
    strata = [True, False, True, True, False]
    weights = bootstrap.resamples(strata, 50, seed=3)
    assert weights.shape == (50, 5)
    assert (weights[:, [0, 2, 3]].sum(1) == 3).all() and (weights[:, [1, 4]].sum(1) == 2).all()
    assert (weights == bootstrap.resamples(strata, 50, seed=3)).all()
    assert (weights != bootstrap.resamples(strata, 50, seed=4)).any()


def test_an_interval_of_nothing() -> None:
    assert all(math.isnan(end) for end in bootstrap.interval(np.array([np.nan])))
