"""Two runs side by side, over the questions both have.

Source: paired bootstrap: Efron, Tibshirani 1993; for evaluation: Koehn, EMNLP 2004; Sakai, SIGIR 2006.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa.evaluate import bootstrap
from qa.evaluate.figures import MEASURES
from qa.evaluate.run import Report


@dataclass(frozen=True, slots=True)
class Difference:
    """How a figure moved from the old run to the new one.

    Attributes:
        difference: new - old.
        low, high: 95 percent interval of the difference, both runs resampled with the same questions.
        above: share of the resamples in which the new one is higher.
        n: questions (quotations, pairs) counted in the new run.
    """

    name: str
    old: float
    new: float
    difference: float
    low: float
    high: float
    above: float
    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every figure both runs have, over their shared questions.

    Attributes:
        shared: questions both runs have: the same id and the same words.
        only_new, only_old: questions that only one of them has.
    """

    differences: tuple[Difference, ...]
    shared: int
    only_new: int
    only_old: int


def compare(new: Report, old: Report) -> Comparison:
    """Compare two runs by paired bootstrap, figure by figure.

    A question counts as shared when id, words and answerability agree, so that an edited question is
    not mistaken for its former self. A figure that one side has no questions for is left out.
    """
    before = {(row.id, row.question, row.answerable): row for row in old.rows}
    rows = [row for row in new.rows if (row.id, row.question, row.answerable) in before]
    olds = [before[row.id, row.question, row.answerable] for row in rows]
    weights = bootstrap.resamples([row.answerable for row in rows])
    found = []
    for measure in MEASURES if rows else ():
        ours, theirs = measure.of(rows), measure.of(olds)
        if ours is not None and theirs is not None:
            once = np.ones((1, len(rows)))
            value, was = float(ours[1](once)[0]), float(theirs[1](once)[0])
            moved = ours[1](weights) - theirs[1](weights)
            low, high = bootstrap.interval(moved)
            found.append(
                Difference(measure.name, was, value, value - was, low, high, _above(moved), ours[0], measure.unit)
            )
    return Comparison(tuple(found), len(rows), len(new.rows) - len(rows), len(old.rows) - len(rows))


def _above(moved: bootstrap.Numbers) -> float:
    known = moved[~np.isnan(moved)]
    return float(np.mean(known > 0)) if len(known) else float("nan")
