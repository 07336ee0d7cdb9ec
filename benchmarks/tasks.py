"""What is measured: each task a set of questions, the transcripts they are about, and how many hits to ask for."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import data_sets
from benchmarks.data_sets import ROOT, Data, DataSet
from qa.evaluate import EvalQuestion, load_questions

EVALUATION = ROOT / "evaluation"
CORPUS = ROOT / "corpus"


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that are put to one index.

    Attributes:
        name: of the index in the cache.
        sources: files and folders to index as they are.
        transcripts: further transcripts, as plain data.
    """

    name: str
    questions: tuple[EvalQuestion, ...]
    sources: tuple[Path, ...] = ()
    transcripts: tuple[Data, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A named measurement; its parts are put to their own indexes and counted together."""

    name: str
    label: str
    parts: tuple[Part, ...]
    n_hits: int = 200

    @property
    def n_questions(self) -> int:
        """Questions of all parts."""
        return sum(len(part.questions) for part in self.parts)


def of_data_sets(data: Path, work: Path) -> list[Task]:
    """QMSum and FriendsQA, the transcript known and unknown, and the twins of QMSum's questions.

    Hits asked for are those of the peers' benchmark: 200 on QMSum, 100 on FriendsQA.
    """
    val, train, friends = data_sets.qmsum(data, "val"), data_sets.qmsum(data, "train"), data_sets.friendsqa(data)
    both = DataSet((*val.transcripts, *train.transcripts), (*val.questions, *train.questions))
    return [
        _task("qmsum-val", "QMSum val, meeting known", "qmsum-val", val, val.questions, work),
        _task("qmsum-val-all", "QMSum val, all meetings", "qmsum-val", val, data_sets.anywhere(val.questions), work),
        _twins(both, work),
        _task("friends-dev", "FriendsQA dev, dialogue known", "friends-dev", friends, friends.questions, work, 100),
        _task("friends-dev-all", "FriendsQA dev, all dialogues", "friends-dev", friends,
              data_sets.anywhere(friends.questions), work, 100),
    ]  # fmt: skip


def _task(
    name: str, label: str, index: str, data: DataSet, asked: Iterable[Data], work: Path, n_hits: int = 200
) -> Task:
    return Task(name, label, (Part(index, _loaded(name, asked, work), (), data.transcripts),), n_hits)


def _twins(data: DataSet, work: Path) -> Task:
    """Questions of train and val that name a speaker, with their twins, over the meetings they are about."""
    twins = data_sets.twins(data)
    originals = {twin["twin_of"] for twin in twins}
    asked = [*(q for q in data.questions if q["id"] in originals), *twins]
    meetings = {twin["transcript"] for twin in twins}
    kept = DataSet(tuple(t for t in data.transcripts if t["id"] in meetings), ())
    return _task("qmsum-twins", "QMSum train and val, twins", "qmsum-twins", kept, asked, work)


def _loaded(name: str, questions: Iterable[Data], work: Path) -> tuple[EvalQuestion, ...]:
    """The questions as a file in the work folder, and read from it as any user's."""
    path = work / f"{name}.jsonl"
    data_sets.write_questions(questions, path)
    return load_questions(path)


# ---------------------------------------------------------------- questions written by hand

_OWN = {"sample": CORPUS, "invented": EVALUATION / "invented"}


def by_hand(data: Path | None) -> tuple[list[Task], list[str]]:
    """Every file in evaluation/, and why one is left out.

    Questions that name a QMSum meeting or a podcast episode go to an index of those which the file names; those of
    `russian.jsonl` to the Russian interview; all others to the sample page, the invented ones to theirs.
    """
    found = [] if data is None else [*(data / "qmsum").glob("*/*.json"), *(data / "changelog").glob("*/*.md")]
    meetings = {path.stem: path for path in sorted(found)}
    tasks, left_out = [], []
    for path in sorted(EVALUATION.glob("*.jsonl")):
        questions = load_questions(path)
        russian = path.stem == "russian"
        own = _OWN.get(path.stem, CORPUS)
        abroad = [q for q in questions if q.transcript is not None and not _is_here(q.transcript, own)]
        if data is None and (abroad or russian):
            left_out.append(f"{path.name}: needs the data sets, which are not there (--data FOLDER)")
            continue
        unknown = sorted({q.transcript for q in abroad if q.transcript not in meetings and q.transcript})
        if unknown:
            left_out.append(f"{path.name}: no meeting or episode is called {', '.join(unknown)}")
            continue
        source = own if data is None or not russian else data / "kremlin"
        tasks.append(Task(path.stem, f"evaluation/{path.name}", _parts(path.stem, questions, abroad, source, meetings)))
    return tasks, left_out


def _is_here(id: str, corpus: Path) -> bool:
    return any(path.stem.startswith(id) for path in corpus.iterdir())


def _parts(
    name: str,
    questions: Sequence[EvalQuestion],
    abroad: Sequence[EvalQuestion],
    source: Path,
    meetings: dict[str, Path],
) -> tuple[Part, ...]:
    here = tuple(q for q in questions if q not in set(abroad))
    parts = [Part(source.name, here, (source,))] if here else []
    if abroad:
        ids = sorted({q.transcript for q in abroad if q.transcript})
        paths = [meetings[id] for id in ids]
        read = tuple(path for path in paths if path.suffix != ".json")
        parsed = tuple(_meeting(path) for path in paths if path.suffix == ".json")
        parts.append(Part(f"{name}-meetings", tuple(abroad), read, parsed))
    return tuple(parts)


def _meeting(path: Path) -> Data:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data_sets.meeting(path.stem, found)


# ---------------------------------------------------------------- a part of it all


def sampled(task: Task, n: int, seed: int) -> Task:
    """At most n questions of a task, drawn by the seed; a twin comes with its original and is not counted."""
    asked = [q.id for part in task.parts for q in part.questions if q.twin_of is None]
    if len(asked) <= n:
        return task
    drawn = set(random.Random(seed).sample(asked, n))
    parts = [
        replace(part, questions=tuple(q for q in part.questions if (q.twin_of or q.id) in drawn)) for part in task.parts
    ]
    return replace(task, parts=tuple(part for part in parts if part.questions))
