"""Fit the weights of `qa.ranking` anew: python benchmarks/fit_ranking.py [--data ../shared/data] [--cache FOLDER]

TURN learns from FriendsQA's development dialogues which turn answers, each question asked of its dialogue and
of all of them; TALK learns from every third meeting of QMSum's training part where the talk asked about is.
Both are conditional logits: the probability of a passage is the softmax of its weighted signals over all
passages of the scope (McFadden 1974), fitted by maximum likelihood with a ridge penalty. Prints the
weights, and for TURN the share of questions whose best (three) turns answer, in five folds by dialogue.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import qa
from qa.signals import Query, Signals, likely

ROOT = Path(__file__).resolve().parents[1]
RIDGE = 1e-2
N_CLOSE, N_WIDE = 250, 1500  # passages kept of a scope over all transcripts
TURN_SIGNALS = (  # all signals of the passage and near it; wider ones, and kinds seldom asked, gained nothing
    "late", "cosine", "cosine-60", "cosine-240", "bm25", "bm25-60", "bm25-240", "bm25-960", "subject", "subject*said",
    "other", "named-60", "named-240", "named-all", "length", "asks", "narration",
    "narration*who", "narration*what", "narration*when", "narration*where", "narration*why",
    "subject*who", "subject*what", "subject*when", "subject*where", "subject*why", "subject*how", "subject*how-many",
    "number*how-many", "time*when", "place*where", "reason*why",
)  # fmt: skip
TALK_SIGNALS = (
    "cosine", "cosine-240", "cosine-960", "cosine-1920", "cosine-all", "bm25", "bm25-240", "bm25-960", "bm25-1920",
    "bm25-all", "subject", "subject*said", "subject-240", "subject-all", "named-all", "late-960",
)  # fmt: skip


@dataclass
class Case:
    """One question: signals (n passages, n signals), the target share of each passage, its group and turns."""

    x: NDArray[np.float64]
    target: NDArray[np.float64]
    group: str
    turns: NDArray[np.int64]


@dataclass
class Asked:
    """A question with the turns that answer it."""

    text: str
    transcript: str
    gold: set[int]


def friends(data: Path) -> tuple[list[dict[str, object]], list[Asked]]:
    """FriendsQA's development dialogues and questions."""
    documents, asked = [], []
    for part in json.loads((data / "friendsqa/dev.json").read_text(encoding="utf-8"))["data"]:
        for n, paragraph in enumerate(part["paragraphs"]):
            name, turns = f"{part['title']}_{n}", paragraph["utterances:"]
            documents.append(_document(name, [(" and ".join(t["speakers"]), t["utterance"]) for t in turns]))
            place = {turn["uid"]: n for n, turn in enumerate(turns)}
            for question in paragraph["qas"]:
                gold = {place[a["utterance_id"]] for a in question["answers"] if a["utterance_id"] in place}
                if gold:
                    asked.append(Asked(question["question"], name, gold))
    return documents, asked


def meetings(data: Path, step: int = 3) -> tuple[list[dict[str, object]], list[Asked]]:
    """Every `step`-th meeting of QMSum's training part, with its specific questions."""
    documents, asked = [], []
    for path in sorted((data / "qmsum/train").glob("*.json"))[::step]:
        meeting = json.loads(path.read_text(encoding="utf-8"))
        documents.append(_document(path.stem, [(t["speaker"], t["content"]) for t in meeting["meeting_transcripts"]]))
        for question in meeting["specific_query_list"]:
            gold = {n for a, b in question["relevant_text_span"] for n in range(int(a), int(b) + 1)}
            asked.append(Asked(" ".join(question["query"].split()), path.stem, gold))
    return documents, asked


def _document(name: str, turns: Sequence[tuple[str, str]]) -> dict[str, object]:
    said = [{"speaker": " ".join(who.split()), "text": " ".join(text.split())} for who, text in turns]
    return {"format": "qa-transcript/1", "id": name, "title": name, "turns": said}


def indexed(documents: Sequence[dict[str, object]], folder: Path) -> qa.Assistant:
    """An assistant over the documents; what the folder holds already is not embedded again."""
    source = folder / "in"
    source.mkdir(parents=True, exist_ok=True)
    for document in documents:
        path = source / f"{document['id']}.json"
        text = json.dumps(document, ensure_ascii=False)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    assistant = qa.open(folder / "index")
    assistant.add(source)
    return assistant


def cases(assistant: qa.Assistant, asked: Sequence[Asked], *, close: bool) -> tuple[list[str], list[Case]]:
    """The signals of every question in its own transcript and in all of them."""
    index = assistant._index
    signals, layout = Signals(index, assistant._embedder), index.layout()
    number = {name: n for n, name in layout.ids.items()}
    names: list[str] = []
    found = []
    for wide in (False, True):
        for question in asked:
            query = Query.of(assistant.understand(question.text), index)
            scope = signals.scope(layout, list(layout.ids) if wide else [number[question.transcript]])
            broad = signals.broad(query, layout, scope)
            gold = (scope.transcript == number[question.transcript]) & np.isin(scope.turn, list(question.gold))
            if not gold.any():
                continue
            best = np.arange(len(scope))
            if wide and close:
                best = np.argsort(-(broad["cosine"] + (broad["bm25"] + broad["bm25-240"]) / 2), kind="stable")[:N_CLOSE]
            elif wide:
                best = likely(broad, N_WIDE)
            chosen = np.union1d(best, np.flatnonzero(gold))
            columns = {name: values[chosen] for name, values in broad.items()}
            if close:
                columns |= signals.close(query, layout, scope, chosen)
            else:
                near = signals.near(query.text, layout, scope, chosen)
                columns |= {name: values[chosen] for name, values in near.items()}
            names = list(TURN_SIGNALS if close else TALK_SIGNALS)
            share = gold[chosen] * (1.0 if close else scope.tokens[chosen])
            found.append(
                Case(np.stack([columns[n] for n in names], axis=1), share / share.sum(), question.transcript,
                     np.stack([scope.transcript[chosen], scope.turn[chosen]], axis=1))
            )  # fmt: skip
    return names, found


def fit(found: Sequence[Case], *, any_gold: bool, ridge: float = RIDGE) -> NDArray[np.float64]:
    """Weights of the signals. With `any_gold` the likelihood is that of any right passage, else of the shares."""
    together = np.concatenate([case.x for case in found])
    scale = together.std(axis=0) + 1e-6
    edges = np.concatenate([[0], np.cumsum([len(case.x) for case in found])])
    x, target = together / scale, np.concatenate([case.target for case in found])
    begin = edges[:-1]
    owner = np.repeat(np.arange(len(found)), np.diff(edges))

    def softmax(score: NDArray[np.float64]) -> NDArray[np.float64]:
        raised = np.exp(score - np.maximum.reduceat(score, begin)[owner])
        return raised / np.add.reduceat(raised, begin)[owner]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        p = softmax(x @ weights)
        if any_gold:
            right = np.add.reduceat(p * (target > 0), begin)
            wanted = p * (target > 0) / np.maximum(right, 1e-12)[owner]
            value = -np.log(np.maximum(right, 1e-12)).sum()
        else:
            wanted = target
            value = -(target * np.log(np.maximum(p, 1e-12))).sum()
        gradient = x.T @ (p - wanted)
        n = len(found)
        return value / n + ridge * weights @ weights, gradient / n + 2 * ridge * weights

    done = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(done.x / scale)


def folds(found: Sequence[Case], n: int = 5) -> Iterator[tuple[list[Case], list[Case]]]:
    """Training and test cases, no transcript in both."""
    groups = sorted({case.group for case in found})
    for k in range(n):
        out = set(groups[k::n])
        yield [c for c in found if c.group not in out], [c for c in found if c.group in out]


def matches(found: Sequence[Case], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Share of cases whose first turn, and one of whose first three turns, is right."""
    hits = np.zeros(2)
    for case in found:
        order = np.argsort(-(case.x @ weights), kind="stable")
        turns = list(dict.fromkeys(map(tuple, case.turns[order])))[:3]
        gold = {tuple(turn) for turn in case.turns[case.target > 0]}
        hits += (turns[0] in gold, any(turn in gold for turn in turns))
    return float(hits[0] / len(found)), float(hits[1] / len(found))


def show(label: str, names: Sequence[str], weights: NDArray[np.float64]) -> None:
    """The weights as they stand in `qa.ranking`."""
    print(f"{label}: Mapping[str, float] = {{")
    for name, weight in zip(names, weights, strict=True):
        if abs(weight) >= 0.005:
            print(f'    "{name}": {weight:.3f},')
    print("}")


def main() -> None:
    """Print both fits."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    options.add_argument("--cache", type=Path, help="folder that keeps the indexes for the next time")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        folder = chosen.cache or Path(fresh)
        documents, asked = friends(chosen.data)
        with indexed(documents, folder / "friends") as assistant:
            names, found = cases(assistant, asked, close=True)
        own, wide = found[: len(found) // 2], found[len(found) // 2 :]
        for label, part in (("its dialogue", own), ("all dialogues", wide)):
            shares = [
                (*matches([c for c in test if any(c is p for p in part)], fit(train, any_gold=True)),)
                for train, test in folds(found)
            ]
            print(f"# {label}: first {np.mean(shares, axis=0)[0]:.3f}, in three {np.mean(shares, axis=0)[1]:.3f}")
        show("TURN", names, fit(found, any_gold=True))
        documents, asked = meetings(chosen.data)
        with indexed(documents, folder / "meetings") as assistant:
            names, found = cases(assistant, asked, close=False)
        show("TALK", names, fit(found, any_gold=False))


if __name__ == "__main__":
    main()
