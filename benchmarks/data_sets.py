"""Public data sets as transcripts and questions of our own formats.

    python -m benchmarks.data_sets OUT [--data FOLDER]     writes every transcript and question below OUT

(Not called `datasets`: a file of that name would hide the package that sentence-transformers looks for.)

QMSum: Zhong et al., NAACL 2021: meetings, questions with ranges of gold turns. FriendsQA: Yang, Choi,
SIGDIAL 2019: TV dialogues, questions with the answering utterances.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Data = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
LEAST_TURNS = 5
"""Turns a person must have for a twin to be about them: whoever hardly speaks is found out too easily."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """Transcripts ("qa-transcript/1") and questions (docs/evaluation.md) as plain data."""

    transcripts: tuple[Data, ...]
    questions: tuple[Data, ...]


def folder(given: str | None = None) -> Path | None:
    """The folder of the data sets: as given, or $QA_BENCH_DATA, or ../shared/data; None when it is not there."""
    path = Path(given or os.environ.get("QA_BENCH_DATA") or ROOT.parent / "shared" / "data")
    return path if path.is_dir() else None


def qmsum(data: Path, split: str) -> DataSet:
    """The meetings of a split ("train", "val") and their specific questions.

    A range of relevant turns is a pair of texts, its end inclusive.
    """
    transcripts, questions = [], []
    for path in sorted((data / "qmsum" / split).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        transcript = meeting(path.stem, record)
        transcripts.append(transcript)
        for n, query in enumerate(record["specific_query_list"]):
            ranges = [range(int(first), int(last) + 1) for first, last in query["relevant_text_span"]]
            gold = sorted({turn for one in ranges for turn in one})
            questions.append(_question(f"qmsum-{path.stem}-{n}", query["query"], transcript, gold))
    return DataSet(tuple(transcripts), tuple(questions))


def meeting(id: str, record: Mapping[str, Any]) -> Data:
    """One meeting of QMSum as a transcript, called by its file's stem."""
    return _transcript(id, id, ((turn["speaker"], turn["content"]) for turn in record["meeting_transcripts"]))


def friendsqa(data: Path, split: str = "dev") -> DataSet:
    """The dialogues of a split and the questions whose answering utterance is known."""
    transcripts, questions = [], []
    for scene in json.loads((data / "friendsqa" / f"{split}.json").read_text(encoding="utf-8"))["data"]:
        for part, paragraph in enumerate(scene["paragraphs"]):
            utterances = paragraph["utterances:"]
            turns = [(" and ".join(one["speakers"]), one["utterance"]) for one in utterances]
            transcript = _transcript(f"{scene['title']}_{part}", scene["title"], turns)
            transcripts.append(transcript)
            at = {one["uid"]: n for n, one in enumerate(utterances)}
            for n, query in enumerate(paragraph["qas"]):
                gold = sorted({at[a["utterance_id"]] for a in query["answers"] if a["utterance_id"] in at})
                if gold:
                    id = f"friends-{transcript['id']}-{n}"
                    questions.append(_question(id, query["question"], transcript, gold))
    return DataSet(tuple(transcripts), tuple(questions))


def _transcript(id: str, title: str, turns: Iterable[tuple[str, str]]) -> Data:
    return {
        "format": "qa-transcript/1", "id": id, "title": title,
        "turns": [{"speaker": _squeeze(speaker), "text": _squeeze(text)} for speaker, text in turns],
    }  # fmt: skip


def _question(id: str, question: str, transcript: Data, gold: Sequence[int]) -> Data:
    question = _squeeze(question)
    turns = transcript["turns"]
    return {
        "id": id, "question": question, "transcript": transcript["id"],
        "speaker": _asked_person(question, [turns[n]["speaker"] for n in gold]),
        "gold": [turns[n]["text"] for n in gold], "turns": {transcript["id"]: list(gold)}, "match": "any",
        "answerable": True,
    }  # fmt: skip


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def named(question: str, labels: Iterable[str]) -> str | None:
    """The speaker label that a question names, whole words, in any case; the longest of several."""
    found = [label for label in set(labels) if _as_words(label).search(question)]
    return max(found, key=lambda label: (len(label), label), default=None)


def _as_words(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)


def _asked_person(question: str, gold_speakers: Iterable[str]) -> str | None:
    """The person whose own words are asked for: "did the Project Manager ...", who speaks in a gold turn."""
    label = named(question, gold_speakers)
    if label and re.search(rf"\b(?:did|does|do)\s+(?:the\s+)?{re.escape(label)}(?!\w)", question, re.IGNORECASE):
        return label
    return None


# ---------------------------------------------------------------- twins


def twins(data_set: DataSet) -> tuple[Data, ...]:
    """For every question that names a speaker, the same about a participant who speaks in no gold turn.

    The other one speaks at least `LEAST_TURNS` turns of the meeting, is not named in the question, and is
    chosen by a hash of the question's id, so that the twin is the same in every run. By construction the
    gold words are not theirs: the right answer is silence, or at most other words.
    """
    by_id = {transcript["id"]: transcript for transcript in data_set.transcripts}
    found = [_twin(question, by_id[question["transcript"]]) for question in data_set.questions]
    return tuple(twin for twin in found if twin is not None)


def _twin(question: Data, transcript: Data) -> Data | None:
    speakers = [turn["speaker"] for turn in transcript["turns"]]
    asked = named(question["question"], speakers)
    if asked is None:
        return None
    gold = {speakers[n] for n in question["turns"][transcript["id"]]}
    others = sorted(
        label for label, n in Counter(speakers).items()
        if n >= LEAST_TURNS and label not in gold and named(question["question"], [label]) is None
    )  # fmt: skip
    if not others:
        return None
    chosen = others[int(hashlib.sha256(question["id"].encode()).hexdigest(), 16) % len(others)]
    return {
        "id": f"{question['id']}-twin", "question": _as_words(asked).sub(lambda _: chosen, question["question"]),
        "transcript": transcript["id"], "speaker": None, "gold": [], "answerable": False, "twin_of": question["id"],
    }  # fmt: skip


def anywhere(questions: Iterable[Data]) -> tuple[Data, ...]:
    """The same questions without their transcript: the gold turns stay, where to look does not."""
    return tuple({**question, "id": f"{question['id']}-all", "transcript": None} for question in questions)


# ---------------------------------------------------------------- writing


def write_transcripts(transcripts: Iterable[Mapping[str, Any]], into: Path) -> None:
    """One JSON file each, named by its id; a file that stands there already with the same text is left alone."""
    into.mkdir(parents=True, exist_ok=True)
    for transcript in transcripts:
        path, text = into / f"{transcript['id']}.json", json.dumps(transcript, ensure_ascii=False)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def write_questions(questions: Iterable[Mapping[str, Any]], path: Path) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(q, ensure_ascii=False) + "\n" for q in questions), encoding="utf-8")


def main() -> None:
    """Write QMSum's train and val part and FriendsQA's dev part below a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", help="folder of the data sets [default: $QA_BENCH_DATA or ../shared/data]")
    args = parser.parse_args()
    data = folder(args.data)
    if data is None:
        raise SystemExit("The data sets are not there. Name their folder: --data FOLDER")
    for name, data_set in (
        ("qmsum-train", qmsum(data, "train")), ("qmsum-val", qmsum(data, "val")), ("friends-dev", friendsqa(data)),
    ):  # fmt: skip
        write_transcripts(data_set.transcripts, args.out / name)
        more = twins(data_set)
        write_questions((*data_set.questions, *more), args.out / f"{name}.jsonl")
        print(
            f"{name}: {len(data_set.transcripts)} transcripts, {len(data_set.questions)} questions, {len(more)} twins"
        )


if __name__ == "__main__":
    main()
