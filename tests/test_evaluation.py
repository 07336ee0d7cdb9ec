"""The measure itself, and the floor under it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import ReadError
from qa.evaluate import EvalQuestion, Report, evaluate, load_questions

ANSWERED_AT_LEAST = 0.75
SILENT_AT_LEAST = 0.95
ATTRIBUTED_AT_LEAST = 0.9

FOLDER = Path(__file__).parents[1] / "evaluation"
GOOD = '{"id": "a", "question": "What?", "gold": ["That."], "answerable": true}'


@pytest.fixture(scope="module")
def report(sample: Assistant) -> Report:
    return evaluate(sample, load_questions(FOLDER / "sample.jsonl"))


def test_the_sample_page_is_answered(report: Report) -> None:
    wrong = [f"{row.id} {row.question!r}: {row.why}" for row in report.rows if not row.right]
    assert report.answered is not None and report.silent is not None
    assert report.answered >= ANSWERED_AT_LEAST, wrong
    assert report.silent >= SILENT_AT_LEAST, wrong


def test_whoever_is_asked_for_is_quoted(report: Report) -> None:
    assert report.attribution is not None and report.attribution >= ATTRIBUTED_AT_LEAST


def test_no_question_is_dropped(report: Report) -> None:
    lines = [line for line in (FOLDER / "sample.jsonl").read_text().splitlines() if line.strip()]
    assert [row.id for row in report.rows] == [json.loads(line)["id"] for line in lines]
    assert report.right == sum(row.right for row in report.rows) / len(lines)
    assert all(row.right is not bool(row.why) for row in report.rows)


@pytest.mark.parametrize("name", ["sample", "invented", "russian", "meetings"])
def test_every_file_of_questions_is_read(name: str) -> None:
    questions = load_questions(FOLDER / f"{name}.jsonl")
    assert len({question.id for question in questions}) == len(questions) >= 20


def judged(assistant: Assistant, **fields: object) -> str:
    question = EvalQuestion("x", **{"question": "What did Nazarbayev say about Baikonur?", **fields})  # type: ignore[arg-type]
    return evaluate(assistant, [question]).rows[0].why


RIGHT, WRONG = "Our cooperation at Baikonur is developing very well.", "Nobody ever said so."


def test_the_judge_is_strict(sample: Assistant) -> None:
    assert judged(sample, gold=(RIGHT,), speaker="Nursultan Nazarbayev") == ""
    assert judged(sample, gold=(RIGHT,), speaker="nursultan nazarbayev") == ""
    assert judged(sample, gold=(RIGHT, WRONG)) == ""
    assert judged(sample, gold=(RIGHT, WRONG), match="all") == "gold words not quoted"
    assert judged(sample, gold=(WRONG,)) == "gold words not quoted"
    assert judged(sample, gold=(RIGHT,), speaker="Vladimir Putin") == "gold words not quoted"
    assert judged(sample, answerable=False) == "answered"
    silent = {"question": "What did Putin say about Baikonur?", "answerable": False}
    assert judged(sample, **silent) == ""
    assert judged(sample, **silent, reason="not-said", elsewhere="Nursultan Nazarbayev") == ""
    assert judged(sample, **silent, reason="off-topic").startswith("reason not-said")
    assert judged(sample, **silent, elsewhere="Vladimir Putin").startswith("elsewhere Nursultan")
    assert judged(sample, question="What did Putin say about Baikonur?", gold=(RIGHT,)).startswith("silent")


def test_shares_of_nothing() -> None:
    empty = Report(())
    assert empty.right == 0.0 and empty.answered is None and empty.silent is None and empty.balance is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not valid JSON"),
        ("[]", 'an object with a "question"'),
        ("7", 'an object with a "question"'),
        ('{"id": "b"}', 'an object with a "question"'),
        ('{"question": 7}', 'an object with a "question"'),
        ('{"question": "What?", "gold": "That."}', "lists of texts"),
        ('{"question": "What?", "gold": [1]}', "lists of texts"),
        ('{"question": "What?", "gold": ["That."], "history": "Who?"}', "lists of texts"),
        ('{"question": "What?", "gold": ["That."], "answerable": "yes"}', "true or false"),
        ('{"question": "What?", "gold": ["That."], "match": "most"}', '"any" or "all"'),
        ('{"question": "What?", "gold": []}', 'needs "gold"'),
        ('{"question": "What?", "answerable": true}', 'needs "gold"'),
        ('{"question": "What?", "gold": ["That."], "speaker": 7}', "speaker"),
        ('{"question": "What?", "gold": ["That."], "transcript": ["a"]}', "transcript"),
        ('{"question": "What?", "answerable": false, "x": ' + "[" * 100_000, ""),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_a_bad_line_is_named(line: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{GOOD}\n\n{line}\n")
    with pytest.raises(ReadError) as caught:
        load_questions(path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert problem in str(caught.value)


def test_a_file_without_questions(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    for content, problem in ((b"", "no questions"), (b"\n \n", "no questions"), (b"\xff\xfe", "UTF-8")):
        path.write_bytes(content)
        with pytest.raises(ReadError, match=problem):
            load_questions(path)
    with pytest.raises(ReadError, match="cannot be read"):
        load_questions(tmp_path / "missing.jsonl")
