"""The measure itself, and the floor under it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.errors import ReadError, UnknownTranscriptError, UsageError
from qa.evaluate import EvalQuestion, Report, Row, evaluate, load_questions
from qa.evaluate.library import Library

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


def test_every_quotation_is_verbatim_and_its_speakers(report: Report) -> None:
    assert report.figures["verbatim"].value == report.figures["speaker"].value == 1.0
    assert report.figures["verbatim"].n >= 100


def test_the_run_says_where_it_was_made(report: Report) -> None:
    assert {"date", "commit", "machine", "versions", "settings"} == set(report.about)
    assert "index_dir" not in report.about["settings"]
    assert str(Path.home()) not in str(report.about) and str(Path.cwd()) not in str(report.about)


def asked(assistant: Assistant, **fields: object) -> Row:
    question = EvalQuestion("x", **{"question": "What did Nazarbayev say about Baikonur?", **fields})  # type: ignore[arg-type]
    return evaluate(assistant, [question]).rows[0]


def judged(assistant: Assistant, **fields: object) -> str:
    return asked(assistant, **fields).why


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


def test_silent_means_not_answered_and_right_means_more(sample: Assistant) -> None:
    silent = {"question": "What did Putin say about Baikonur?", "answerable": False}
    row = asked(sample, **silent, reason="off-topic", elsewhere="Nursultan Nazarbayev")
    assert not row.found and not row.right and row.reason_right is False and row.elsewhere_right is True
    figures = Report((row,)).figures
    assert figures["silent"].value == 1.0 and figures["right"].value == figures["reason"].value == 0.0


def test_the_gold_turns_are_found_in_the_transcript(sample: Assistant, page: Path) -> None:
    row = asked(sample, gold=(RIGHT,), speaker="Nursultan Nazarbayev")
    assert row.expected.turns == ((page.stem, 1),) and row.has_turns
    assert row.scores["match@3"] == 1.0 and row.scores["evidence_recall@1000"] > 0
    lost = asked(sample, gold=(WRONG,))
    assert lost.expected.turns == () and lost.has_turns and set(lost.scores.values()) == {0.0}
    other = asked(sample, gold=(RIGHT,), speaker="Vladimir Putin")
    assert other.scores["evidence_recall@1000"] > 0 == other.scores["evidence_recall@1000_strict"]
    assert not asked(sample, gold=(RIGHT,), speaker="").has_turns  # the page's own words stand in no turn


def test_turns_may_be_gold_themselves(sample: Assistant, page: Path) -> None:
    row = asked(sample, gold=("Baikonur",), turns=((page.stem, 1),))
    assert row.answered and row.expected.turns == ((page.stem, 1),)
    assert not asked(sample, gold=("Baikonur",), turns=((page.stem, 0),)).answered


def test_a_speaker_goes_by_name_label_or_alias(sample: Assistant, page: Path) -> None:
    library, place = Library(sample), (page.stem, 1)
    turn = library.turn(place)
    assert library.spoken_by(place, turn.speaker.upper()) and library.spoken_by(place, turn.label)
    assert not library.spoken_by(place, "Vladimir Putin") and not library.spoken_by(place, "Nobody")


def test_what_cannot_be_asked_is_told_before_asking(sample: Assistant, page: Path) -> None:
    good = EvalQuestion("a", "What?", answerable=False)
    with pytest.raises(UnknownTranscriptError, match='Question "b": No transcript "nowhere" among 1'):
        evaluate(sample, [good, EvalQuestion("b", "What?", transcript="nowhere", answerable=False)])
    with pytest.raises(UsageError, match='"a" comes twice'):
        evaluate(sample, [good, good])
    with pytest.raises(UsageError, match='"b" is a twin of "z"'):
        evaluate(sample, [good, EvalQuestion("b", "What?", answerable=False, twin_of="z")])
    with pytest.raises(UsageError, match='Question "b": turn 9 is not in'):
        evaluate(sample, [good, EvalQuestion("b", "What?", gold=("x",), turns=((page.stem, 9),))])
    with pytest.raises(UsageError, match='Question "b": The question has 3000 characters'):
        evaluate(sample, [EvalQuestion("b", "x" * 3000, answerable=False)])


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
        ('{"question": "What?", "answerable": false, "twin_of": 7}', "twin_of"),
        ('{"question": "What?", "gold": ["That."], "turns": [1]}', '"turns"'),
        ('{"question": "What?", "gold": ["That."], "turns": {"t": 1}}', '"turns"'),
        ('{"question": "What?", "gold": ["That."], "turns": {"t": [-1]}}', '"turns"'),
        ('{"question": "What?", "gold": ["That."], "match": ["any"]}', '"any" or "all"'),
        ('{"id": "a", "question": "What?", "answerable": false}', '"a" stands in line 1'),
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


def test_optional_fields(tmp_path: Path) -> None:
    path = tmp_path / "more.jsonl"
    fields = {"question": "Who?", "kind": "fact", "turns": {"t": [2, 1]}, "gold": ["x"], "twin_of": "a"}
    path.write_text(f"{GOOD}\n{json.dumps(fields)}\r\n")
    question = load_questions(path)[1]
    assert question.id == "more-2" and question.category == "fact" and question.twin_of == "a"
    assert question.turns == (("t", 2), ("t", 1))


def test_a_file_without_questions(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    for content, problem in ((b"", "no questions"), (b"\n \n", "no questions"), (b"\xff\xfe", "UTF-8")):
        path.write_bytes(content)
        with pytest.raises(ReadError, match=problem):
            load_questions(path)
    with pytest.raises(ReadError, match="cannot be read"):
        load_questions(tmp_path / "missing.jsonl")


NAMING = [
    ("What did Nazarbayev say about Baikonur?", (), True),
    ("What did the President of Kazakhstan say?", (), True),
    ("What did Putin say about Baikonur?", (), False),
    ("What else?", ("What did Nazarbayev say about Baikonur?",), True),
    ("Who spoke about Baikonur?", (), False),
    ("When is the next launch?", (), False),
]


@pytest.mark.parametrize(("text", "history", "named"), NAMING)
def test_attribution_counts_where_the_question_names_somebody(
    sample: Assistant, text: str, history: tuple[str, ...], named: bool
) -> None:
    question = EvalQuestion("x", text, history=history, answerable=True)
    assert Library(sample).names(question, "Nursultan Nazarbayev") is named


def test_who_said_it_counts_for_no_attribution(sample: Assistant) -> None:
    row = asked(sample, question="Who spoke about Baikonur?", gold=(RIGHT,), speaker="Nursultan Nazarbayev")
    assert row.quotes and row.attributed == (0, 0)
    row = asked(sample, gold=(RIGHT,), speaker="Nursultan Nazarbayev")
    assert row.attributed == (len(row.quotes),) * 2
    row = asked(sample, gold=(RIGHT,), speaker="Nursultan Nazarbayev", question="Nazarbayev: who mentioned Baikonur?")
    assert row.attributed[1] == len(row.quotes)
