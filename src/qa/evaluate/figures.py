"""The figures of a run: each a named value with its meaning, its source and the questions it counts.

Every figure is a function of how often each row is counted, so that its value (each row once) and its
bootstrap interval (each row as often as it was drawn) come from the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluate import bootstrap
from qa.evaluate.bootstrap import Numbers, Statistic
from qa.evaluate.measures import BUDGETS
from qa.evaluate.rows import Row

Counted = tuple[int, Statistic] | None
"""How many questions (quotations, pairs) a figure counts, and how it counts them; None without any."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named value.

    Attributes:
        meaning: what it says, in one line.
        source: who defined it; "ours" where the field has none.
        unit: "share" in [0, 1], higher is better; or "ms", lower is better.
        counts: what n counts.
    """

    name: str
    meaning: str
    source: str
    of: Callable[[Sequence[Row]], Counted]
    unit: str = "share"
    counts: str = "questions"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value over a run.

    Attributes:
        low, high: 95 percent bootstrap interval.
        n: how many questions (or quotations, or pairs) it counts.
    """

    name: str
    value: float
    low: float
    high: float
    n: int
    unit: str = "share"
    counts: str = "questions"


def compute(rows: Sequence[Row]) -> dict[str, Figure]:
    """Every figure there are questions for, in the order of `MEASURES`."""
    if not rows:
        return {}
    weights = bootstrap.resamples([row.answerable for row in rows])
    once = np.ones((1, len(rows)))
    found = {}
    for measure in MEASURES:
        counted = measure.of(rows)
        if counted is not None:
            n, statistic = counted
            low, high = bootstrap.interval(statistic(weights))
            value = float(statistic(once)[0])
            found[measure.name] = Figure(measure.name, value, low, high, n, measure.unit, measure.counts)
    return found


# ---------------------------------------------------------------- how to count


def _share(value: Callable[[Row], float], counts: Callable[[Row], bool]) -> Callable[[Sequence[Row]], Counted]:
    """The mean of a value over the rows that count."""

    def of(rows: Sequence[Row]) -> Counted:
        chosen = _array(float(counts(row)) for row in rows)
        if not chosen.any():
            return None
        return int(chosen.sum()), bootstrap.ratio(_array(value(r) if counts(r) else 0.0 for r in rows), chosen)

    return of


def _of_quotations(pair: Callable[[Row], tuple[int, int]]) -> Callable[[Sequence[Row]], Counted]:
    """Right quotations over all quotations; questions are drawn, not quotations, which hang together."""

    def of(rows: Sequence[Row]) -> Counted:
        right, total = _array(pair(row)[0] for row in rows), _array(pair(row)[1] for row in rows)
        return (int(total.sum()), bootstrap.ratio(right, total)) if total.any() else None

    return of


def _balance(rows: Sequence[Row]) -> Counted:
    answered, silent = _ANSWERED(rows), _SILENT(rows)
    if answered is None or silent is None:
        return None
    return answered[0] + silent[0], bootstrap.average([answered[1], silent[1]])


def _auroc(rows: Sequence[Row]) -> Counted:
    positive = [n for n, row in enumerate(rows) if row.answerable]
    negative = [n for n, row in enumerate(rows) if not row.answerable]
    if not positive or not negative:
        return None
    return len(rows), bootstrap.auroc(_confidence(rows), positive, negative)


def _twin_auroc(rows: Sequence[Row]) -> Counted:
    at = {row.id: n for n, row in enumerate(rows)}
    pairs = [(at[row.twin_of], n) for n, row in enumerate(rows) if row.twin_of is not None and row.twin_of in at]
    return (len(pairs), bootstrap.paired_auroc(_confidence(rows), pairs)) if pairs else None


def _latency(share: float) -> Callable[[Sequence[Row]], Counted]:
    def of(rows: Sequence[Row]) -> Counted:
        return len(rows), bootstrap.quantile(_array(1000 * row.seconds for row in rows), share)

    return of


def _confidence(rows: Sequence[Row]) -> Numbers:
    return _array(row.confidence for row in rows)


def _array(values: Iterable[float]) -> Numbers:
    return np.fromiter(values, float)


def _scored(name: str) -> Callable[[Sequence[Row]], Counted]:
    return _share(lambda row: row.scores.get(name, 0.0), lambda row: row.has_turns)


_ANSWERED = _share(lambda row: row.answered, lambda row: row.answerable)
_SILENT = _share(lambda row: not row.found, lambda row: not row.answerable)


# ---------------------------------------------------------------- what is counted

_SQUAD2 = "after the answered and unanswerable halves of SQuAD 2.0 (Rajpurkar, Jia, Liang, ACL 2018)"


def _evidence() -> list[Measure]:
    found = []
    for strict in (False, True):
        who = "of the speaker asked for" if strict else "whoever says them"
        for budget in BUDGETS:
            for what, says in (("recall", "share of the gold turns' tokens read"),
                               ("precision", "share of the tokens read that are gold")):  # fmt: skip
                name = f"evidence_{what}@{budget}{'_strict' if strict else ''}"
                meaning = f"{says} within {budget} tokens of hits; gold turns {who}"
                found.append(Measure(name, meaning, "Kent et al. 1955, over tokens within a budget", _scored(name)))
    return found


MEASURES: tuple[Measure, ...] = (
    Measure("answered", "answerable questions whose gold words are quoted from the right speaker", _SQUAD2, _ANSWERED),
    Measure("silent", "unanswerable questions that are not answered", _SQUAD2, _SILENT),
    Measure("balance", "mean of answered and silent", "balanced accuracy (Brodersen et al., ICPR 2010)", _balance),
    Measure(
        "right", "all of the expected: the right speaker first, or silence with the expected reason and pointer",
        "ours", _share(lambda row: row.right, lambda row: True),
    ),
    Measure(
        "reason", "unanswerable questions met with silence for the expected reason", "ours",
        _share(lambda row: bool(row.reason_right), lambda row: row.reason_right is not None),
    ),
    Measure(
        "elsewhere_first", "unanswerable questions where who did say it is pointed to first", "ours",
        _share(lambda row: bool(row.elsewhere_right), lambda row: row.elsewhere_right is not None),
    ),
    Measure(
        "attribution", "quotations that are the words of the person the question names",
        "Elson, McKeown, AAAI 2010", _of_quotations(lambda row: row.attributed), counts="quotations",
    ),
    Measure(
        "speaker", "quotations shown whose turn is by the person they are given to", "Elson, McKeown, AAAI 2010",
        _of_quotations(lambda row: (sum(q.speaker_right for q in row.shown), len(row.shown))), counts="quotations",
    ),
    Measure(
        "verbatim", "quotations shown that stand in the turn and in the source, whitespace aside",
        "after Rashkin et al., Computational Linguistics 2023",
        _of_quotations(lambda row: (sum(q.verbatim for q in row.shown), len(row.shown))), counts="quotations",
    ),
    Measure(
        "auroc", "chance that an answerable question gets more confidence than an unanswerable one",
        "Hanley, McNeil, Radiology 1982", _auroc,
    ),
    Measure(
        "twin_auroc", "chance that a question gets more confidence than a twin about somebody else",
        "Hanley, McNeil, Radiology 1982", _twin_auroc, counts="twins",
    ),
    Measure("match@1", "a gold turn comes first", "Yang, Choi, SIGDIAL 2019", _scored("match@1")),
    Measure("match@3", "a gold turn is among the first three", "Yang, Choi, SIGDIAL 2019", _scored("match@3")),
    Measure("nDCG@10", "gold turns among the first ten, discounted by place", "Järvelin, Kekäläinen, TOIS 2002",
            _scored("nDCG@10")),
    Measure("RR", "one over the place of the first gold turn", "Voorhees, TREC-8 1999", _scored("RR")),
    Measure("R@5", "share of the gold turns among the first five", "Manning et al. 2008", _scored("R@5")),
    Measure("R@10", "share of the gold turns among the first ten", "Manning et al. 2008", _scored("R@10")),
    *_evidence(),
    Measure("latency_p50_ms", "half of the answers took no longer", "ours", _latency(0.5), unit="ms"),
    Measure("latency_p95_ms", "95 percent of the answers took no longer", "ours", _latency(0.95), unit="ms"),
)  # fmt: skip


# ---------------------------------------------------------------- parts of a run


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one sort; shares are None where there are none of that half."""

    name: str
    n: int
    right: float
    answered: float | None
    silent: float | None


def parts(rows: Sequence[Row], sort: Callable[[Row], str]) -> tuple[Part, ...]:
    """The run cut into sorts of questions, largest first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(sort(row), []).append(row)
    found = [
        Part(
            name, len(group), _mean([row.right for row in group]) or 0.0,
            _mean([row.answered for row in group if row.answerable]),
            _mean([not row.found for row in group if not row.answerable]),
        )
        for name, group in groups.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda part: (-part.n, part.name)))


def _mean(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
