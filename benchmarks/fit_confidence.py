"""Fit the confidence of `qa.evidence` anew: python benchmarks/fit_confidence.py

Logistic regression over three signals of the best sentence (coverage of the topic, cosine, share of
names missing), on the development questions over corpus/ and evaluation/invented/. Prints the numbers to
put into qa/evidence.py, the cross-validated AUROC and what each threshold would do. Needs scikit-learn,
which sentence-transformers brings along.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

import qa
from qa.assistant import _narrow
from qa.evaluate import load_questions
from qa.types import Filter, Kind

ROOT = Path(__file__).resolve().parents[1]
SETS = (
    (ROOT / "corpus", ROOT / "evaluation/sample.jsonl"),
    (ROOT / "evaluation/invented", ROOT / "evaluation/invented.jsonl"),
)


def signals(corpus: Path, questions: Path) -> tuple[list[list[float]], list[bool]]:
    """(coverage, cosine, missing) of the best sentence, and whether the question is answerable."""
    rows, labels = [], []
    with tempfile.TemporaryDirectory() as folder, qa.open(folder) as assistant:
        assistant.add(corpus)
        weigher = assistant._answerer._weigher
        for question in load_questions(questions):
            history = []
            for earlier in question.history:
                history.append(assistant.understand(earlier, history))
            understood = assistant.understand(question.question, history)
            if understood.unknown or understood.kind not in {Kind.SAID_ABOUT, Kind.FACT, Kind.WHO_SAID}:
                continue
            topic = weigher.topic(understood)
            found = weigher.find(understood, topic, _narrow(Filter(), understood)) if topic.terms else []
            if found:
                rows.append([found[0].coverage, found[0].cosine, found[0].missing])
                labels.append(question.answerable)
    return rows, labels


def main() -> None:
    """Print the fit."""
    both = [signals(*pair) for pair in SETS]
    x = np.array([row for rows, _ in both for row in rows])
    y = np.array([label for _, labels in both for label in labels])
    model = LogisticRegression(C=3)
    sure = cross_val_predict(model, x, y, cv=10, method="predict_proba")[:, 1]
    model.fit(x, y)
    names = ("_BIAS", "_COVERAGE", "_COSINE", "_MISSING")
    print(f"{len(y)} questions, {y.sum()} answerable; AUROC {roc_auc_score(y, sure):.3f} in ten folds")
    print(", ".join(f"{n} {v:.2f}" for n, v in zip(names, (*model.intercept_, *model.coef_[0]), strict=True)))
    for threshold in (0.4, 0.5, 0.55, 0.6, 0.7, 0.8):
        print(f"threshold {threshold}: above it {np.mean(sure[y] >= threshold):.3f} of the answerable, "
              f"below it {np.mean(sure[~y] < threshold):.3f} of the others")  # fmt: skip


if __name__ == "__main__":
    main()
