"""Fit the confidence of `qa.evidence` anew: python -m benchmarks.fit_confidence [--data FOLDER] [--cache FOLDER]

Logistic regression over five signals (coverage of the topic, cosine, share of names missing and late interaction
of the best sentence; how far the asked person's words are ahead of others'), on every file of evaluation/ but the
held-out `unseen.jsonl`. Prints the numbers to put into qa/evidence.py, the AUROC in ten folds and on the
held-out file, and what each threshold would do. Needs scikit-learn, which sentence-transformers brings along.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

import qa
from benchmarks import data_sets, tasks
from benchmarks.measure import filled
from qa.assistant import _narrow
from qa.evaluate import EvalQuestion
from qa.types import Filter, Kind

HELD_OUT = "unseen"
BLIND = "russian"  # the bundled model cannot read it: its cosines say nothing
SEARCHED = {Kind.SAID_ABOUT, Kind.FACT, Kind.WHO_SAID, Kind.LIST}


def signals(assistant: qa.Assistant, question: EvalQuestion) -> list[float] | None:
    """(coverage, cosine, missing, late, lead) for a question; None when it is not answered by searching."""
    history: list[qa.Question] = []
    for earlier in question.history:
        history.append(assistant.understand(earlier, history))
    understood = assistant.understand(question.question, history)
    if understood.unknown or understood.kind not in SEARCHED:
        return None
    weigher = assistant._answerer._weigher
    topic = weigher.topic(understood)
    filter = _narrow(Filter((question.transcript,) if question.transcript else None), understood)
    found = weigher.find(understood, topic, filter) if topic.terms else []
    if not found:
        return None
    return [
        found[0].coverage,
        found[0].cosine,
        found[0].missing,
        found[0].late,
        weigher.lead(understood, topic, filter),
    ]


def main() -> None:
    """Print the fit."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.fit_confidence")
    options.add_argument("--data", help="folder of the data sets [default: $QA_BENCH_DATA or ../shared/data]")
    options.add_argument("--cache", type=Path, default=Path(".qa-bench"), help="folder of the indexes")
    chosen = options.parse_args()
    rows: dict[bool, list[tuple[list[float], bool]]] = {True: [], False: []}
    for task in tasks.by_hand(data_sets.folder(chosen.data))[0]:
        for part in () if task.name == BLIND else task.parts:
            with filled(part, chosen.cache) as assistant:
                measured = [(signals(assistant, question), question.answerable) for question in part.questions]
            rows[task.name == HELD_OUT] += [(x, answerable) for x, answerable in measured if x is not None]
    (x, y), held = (_arrays(rows[False]), _arrays(rows[True]) if rows[True] else None)
    model = LogisticRegression(C=3)
    sure = cross_val_predict(model, x, y, cv=10, method="predict_proba")[:, 1]
    model.fit(x, y)
    names = ("_BIAS", "_COVERAGE", "_COSINE", "_MISSING", "_LATE", "_LEAD")
    print(f"{len(y)} questions, {y.sum()} answerable; AUROC {roc_auc_score(y, sure):.3f} in ten folds")
    print(", ".join(f"{n} {v:.2f}" for n, v in zip(names, (*model.intercept_, *model.coef_[0]), strict=True)))
    _thresholds(y, sure)
    if held is not None:
        unseen = model.predict_proba(held[0])[:, 1]
        print(f"held out: {len(held[1])} questions; AUROC {roc_auc_score(held[1], unseen):.3f}")
        _thresholds(held[1], unseen)


def _arrays(rows: list[tuple[list[float], bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([x for x, _ in rows]), np.array([answerable for _, answerable in rows])


def _thresholds(y: np.ndarray, sure: np.ndarray) -> None:
    for threshold in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
        print(f"threshold {threshold}: above it {np.mean(sure[y] >= threshold):.3f} of the answerable, "
              f"below it {np.mean(sure[~y] < threshold):.3f} of the others")  # fmt: skip


if __name__ == "__main__":
    main()
