"""What the report's plots and the tables beside them show, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluate.figures import Figure
from qa.evaluate.measures import BUDGETS
from qa.evaluate.rows import Row


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """Evidence within a budget of tokens: each a figure with its interval."""

    budget: int
    recall: Figure
    recall_strict: Figure
    precision: Figure


def by_budget(figures: Mapping[str, Figure]) -> tuple[BudgetPoint, ...]:
    """Recall and precision at every budget; empty when nothing was searched."""
    if f"evidence_recall@{BUDGETS[0]}" not in figures:
        return ()
    return tuple(
        BudgetPoint(
            budget, figures[f"evidence_recall@{budget}"], figures[f"evidence_recall@{budget}_strict"],
            figures[f"evidence_precision@{budget}"],
        )
        for budget in BUDGETS
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies in [low, high), the last bin with its end.

    Attributes:
        n: questions of either half.
        confidence: their mean confidence.
        answerable: share of them that can be answered.
        n_given: answers given among them.
        answered: share of these answers that quote the gold words; None without any.
    """

    low: float
    high: float
    n: int
    confidence: float
    answerable: float
    n_given: int
    answered: float | None


def calibration(rows: Sequence[Row], n_bins: int = 10) -> tuple[Bin, ...]:
    """The reliability diagram's bins of equal width; empty bins are left out.

    Source: DeGroot, Fienberg, The Statistician 1983.
    """
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(min(n_bins - 1, int(row.confidence * n_bins)), []).append(row)
    found = []
    for n, group in sorted(groups.items()):
        given = [row for row in group if row.found]
        found.append(
            Bin(
                n / n_bins, (n + 1) / n_bins, len(group), sum(row.confidence for row in group) / len(group),
                sum(row.answerable for row in group) / len(group), len(given),
                sum(row.answered for row in given) / len(given) if given else None,
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a threshold on confidence would do.

    Attributes:
        given: share of the answerable questions that would get an answer; None without any.
        answered: share of them answered with the gold words; None below the run's own threshold,
            where the answers that were held back are not known.
        silent: share of the unanswerable ones that would get none; None without any.
    """

    threshold: float
    given: float | None
    answered: float | None
    silent: float | None


def cuts(rows: Sequence[Row], own: float, n_steps: int = 50) -> tuple[Cut, ...]:
    """Answering and silence as the threshold moves from 0 to 1, the run's own threshold among the steps.

    An answer given stays given up to its confidence; one held back would be given from its confidence down.
    """
    steps = sorted({round(n / n_steps, 4) for n in range(n_steps + 1)} | {own})
    return tuple(_cut(rows, threshold, own) for threshold in steps)


def _cut(rows: Sequence[Row], threshold: float, own: float) -> Cut:
    def given(row: Row) -> bool:
        if threshold > own:
            return row.found and row.confidence >= threshold
        return row.found or (threshold < own and row.confidence >= threshold)

    yes = [row for row in rows if row.answerable]
    no = [row for row in rows if not row.answerable]
    known = threshold >= own
    return Cut(
        threshold,
        sum(map(given, yes)) / len(yes) if yes else None,
        sum(row.answered and given(row) for row in yes) / len(yes) if yes and known else None,
        sum(not given(row) for row in no) / len(no) if no else None,
    )


def latencies(rows: Sequence[Row], shares: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
              ) -> tuple[tuple[float, float], ...]:  # fmt: skip
    """(share of the answers, milliseconds they took at most)."""
    times = np.sort([1000 * row.seconds for row in rows])
    if not len(times):
        return ()
    return tuple((share, float(times[max(0, int(np.ceil(share * len(times))) - 1)])) for share in shares)
