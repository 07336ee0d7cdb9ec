"""The loaders of public data sets, the twins, and the tables; on small data made here, and on the real where it is."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks import data_sets, measure, readers, table, tasks
from benchmarks.tasks import Part, Task
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate import MEASURES, EvalQuestion, Report, Row, load_questions, read_report

HERE = data_sets.folder()
shared = pytest.mark.skipif(HERE is None, reason="the data sets of ../shared/data are not there ($QA_BENCH_DATA)")


def utterance(uid: int, speakers: list[str], text: str) -> dict[str, Any]:
    return {"uid": uid, "speakers": speakers, "utterance": text}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One small meeting and one dialogue, in the form of the data sets."""
    speakers = ["Project Manager", "Marketing", "User Interface"] * 6
    said = [{"speaker": who, "content": f"Turn  {n}\n{{disfmarker}}"} for n, who in enumerate(speakers)]
    spans = [["1", "1"], ["3", "4"], ["4", "4"]]
    meeting = {
        "meeting_transcripts": said,
        "specific_query_list": [
            {"query": "What did the marketing say\nabout cost?", "relevant_text_span": spans},
            {"query": "What was said about cost?", "relevant_text_span": [["0", "2"]]},
        ],
    }
    (tmp_path / "qmsum" / "val").mkdir(parents=True)
    (tmp_path / "qmsum" / "train").mkdir()
    (tmp_path / "qmsum" / "val" / "M1.json").write_text(json.dumps(meeting))
    scene = {
        "utterances:": [utterance(4, ["Ross Geller", "Joey"], "Breathe ."), utterance(5, ["Joey"], "I do .")],
        "qas": [
            {"question": "Who says so ?", "answers": [{"utterance_id": 5}, {"utterance_id": 5}]},
            {"question": "Who is lost ?", "answers": [{"utterance_id": 9}]},
        ],
    }
    (tmp_path / "friendsqa").mkdir()
    text = json.dumps({"data": [{"title": "s01", "paragraphs": [scene]}]})
    (tmp_path / "friendsqa" / "dev.json").write_text(text)
    return tmp_path


def test_a_meetings_ranges_include_their_ends(data: Path) -> None:
    found = data_sets.qmsum(data, "val")
    assert [transcript["id"] for transcript in found.transcripts] == ["M1"]
    assert found.transcripts[0]["turns"][0] == {"speaker": "Project Manager", "text": "Turn 0 {disfmarker}"}
    first, second = found.questions
    assert first["question"] == "What did the marketing say about cost?" and first["speaker"] == "Marketing"
    assert first["turns"] == {"M1": [1, 3, 4]} and first["gold"][0] == "Turn 1 {disfmarker}"
    assert second["turns"] == {"M1": [0, 1, 2]} and second["speaker"] is None


def test_a_dialogues_answers_are_utterances(data: Path) -> None:
    found = data_sets.friendsqa(data)
    assert found.transcripts[0]["id"] == "s01_0" and found.transcripts[0]["title"] == "s01"
    assert found.transcripts[0]["turns"][0]["speaker"] == "Ross Geller and Joey"
    assert [question["turns"] for question in found.questions] == [{"s01_0": [1]}]


def test_what_is_written_is_read_by_the_house(data: Path, tmp_path: Path) -> None:
    from qa.read import read

    found = data_sets.qmsum(data, "val")
    data_sets.write_transcripts(found.transcripts, tmp_path / "out")
    transcript = read(tmp_path / "out" / "M1.json")
    assert transcript.id == "M1" and len(transcript.turns) == 18
    data_sets.write_questions((*found.questions, *data_sets.twins(found)), tmp_path / "q.jsonl")
    questions = load_questions(tmp_path / "q.jsonl")
    assert questions[0].turns == (("M1", 1), ("M1", 3), ("M1", 4)) and questions[-1].twin_of == questions[0].id


def test_a_twin_is_about_somebody_who_did_not_say_it(data: Path) -> None:
    found = data_sets.qmsum(data, "val")
    (twin,) = data_sets.twins(found)
    # Marketing speaks in turns 1 and 4, the project manager in 3: only the third is left.
    assert twin["question"] == "What did the User Interface say about cost?"
    assert twin["twin_of"] == "qmsum-M1-0" and twin["answerable"] is False and twin["gold"] == []
    assert data_sets.twins(found) == (twin,)


def test_nobody_who_hardly_speaks_is_a_twin(data: Path) -> None:
    found = data_sets.qmsum(data, "val")
    turns = found.transcripts[0]["turns"]
    for n in (2, 5):
        turns[n]["speaker"] = "Guest"
    for turn in turns:
        if turn["speaker"] == "User Interface":
            turn["speaker"] = "Marketing"
    assert data_sets.twins(found) == ()


def test_the_longest_label_that_stands_as_words_is_named() -> None:
    labels = ["PhD A", "Grad", "Grad E", "Ann"]
    assert data_sets.named("What did grad e say?", labels) == "Grad E"
    assert data_sets.named("What did Grad Evans say?", labels) == "Grad"
    assert data_sets.named("Who annoyed PhD AB?", labels) is None
    assert data_sets.named("What did (A.) say?", ["(A.)"]) == "(A.)"


def test_only_who_is_asked_for_is_the_speaker() -> None:
    def asked(question: str) -> str | None:
        return data_sets._asked_person(question, ["Marketing"])

    assert asked("Why did the Marketing disagree?") == "Marketing"
    assert asked("What did they think of Marketing?") is None
    assert asked("What did the Marketingteam say?") is None


def test_questions_put_anywhere_keep_their_gold(data: Path) -> None:
    found = data_sets.qmsum(data, "val")
    (first, _) = data_sets.anywhere(found.questions)
    assert first["transcript"] is None and first["turns"] == {"M1": [1, 3, 4]} and first["id"] == "qmsum-M1-0-all"


@shared
def test_the_real_data_sets_are_read() -> None:
    assert HERE is not None
    val, friends = data_sets.qmsum(HERE, "val"), data_sets.friendsqa(HERE)
    assert (len(val.transcripts), len(val.questions)) == (35, 237)
    assert (len(friends.transcripts), len(friends.questions)) == (136, 1182)
    for found in (val, friends):
        by_id = {transcript["id"]: transcript for transcript in found.transcripts}
        for question in found.questions:
            turns = by_id[question["transcript"]]["turns"]
            assert [turns[n]["text"] for n in question["turns"][question["transcript"]]] == question["gold"]
        for twin in data_sets.twins(found):
            assert twin["question"] not in {question["question"] for question in found.questions}


# ------------------------------------------------------------------ tasks and tables


def test_the_sets_written_by_hand_find_their_transcripts() -> None:
    found, left_out = tasks.by_hand(None)
    assert {"sample", "invented"} <= {task.name for task in found}
    assert any(reason.startswith("russian.jsonl") and "--data" in reason for reason in left_out)
    assert any(reason.startswith("meetings.jsonl") for reason in left_out)


@shared
def test_questions_about_meetings_go_to_an_index_of_them() -> None:
    found, left_out = tasks.by_hand(HERE)
    assert not left_out
    by_name = {task.name: task for task in found}
    (part,) = by_name["meetings"].parts
    assert {t["id"] for t in part.transcripts} == {q.transcript for q in part.questions}
    assert by_name["russian"].parts[0].sources[0].name == "kremlin"


ids = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


@given(ids, st.integers(1, 5), st.integers(0, 3))
def test_a_sample_keeps_pairs_and_repeats(names: list[str], n: int, seed: int) -> None:
    asked = [EvalQuestion(name, "?", answerable=False) for name in names]
    pairs = [replace(q, id=f"{q.id}-twin", twin_of=q.id) for q in asked[::2]]
    task = Task("t", "T", (Part("p", tuple([*asked, *pairs])),))
    drawn = tasks.sampled(task, n, seed)
    kept = {q.id for part in drawn.parts for q in part.questions}
    originals = [name for name in names if name in kept]
    assert len(originals) == min(n, len(names))
    assert {q.id for q in pairs if q.twin_of in kept} == {id for id in kept if id.endswith("-twin")}
    assert tasks.sampled(task, n, seed) == drawn


def row(id: str, **scores: float) -> Row:
    return Row(id, "", True, True, True, "", 0.5, 0.1, "?", "", answered=True, has_turns=True, scores=scores)


def test_the_tables_show_losses() -> None:
    task = Task("friends-dev", "FriendsQA dev", ())
    report = Report((row("a", **{"match@1": 1.0}), row("b")), {"date": "today", "commit": "c0ffee", "machine": "M"})
    text = table.tables([task], {"friends-dev": report})
    assert "Measured today, commit c0ffee, M" in text
    assert "| .500 [.000, 1.000] |" in text and "| **.501*** |" not in text
    assert "**.501**\\*" in text and "**.704**\\*" in text  # ours: .500 and .000
    assert "| FriendsQA dev | 2 | 1.000 [1.000, 1.000] of 2 |" in text
    assert table.tables([], {}) == "Nothing was measured.\n"


def test_the_tables_go_between_the_marks() -> None:
    page = f"# A\n{table.MARK}\nold\n{table.MARK}\n# B\n"
    assert table.marked(page) and not table.marked("# A\n")
    once = table.put_into(page, "new\n")
    assert once == f"# A\n{table.MARK}\nnew\n{table.MARK}\n# B\n" and table.put_into(once, "new\n") == once


def test_the_peers_figures_are_ours_too() -> None:
    peers = json.loads(table.PEERS.read_text())
    names = {measured.name for measured in MEASURES}
    for line in peers["rows"]:
        assert line["figure"] in names and line["same_questions"].keys() | line["test_part"].keys() <= set(
            peers["systems"]
        )


def test_one_command_measures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["--data", "nowhere", "--cache", tmp_path / "cache", "--out", tmp_path / "out"]
    monkeypatch.setattr(sys, "argv", ["measure", *map(str, args), "--only", "sample", "--questions", "2"])
    measure.main()
    told = capsys.readouterr().out
    assert "sample: 2 questions" in told and "| evaluation/sample.jsonl | 2 |" in told
    assert "left out: QMSum and FriendsQA" in told
    assert len(read_report(tmp_path / "out" / "sample.json").rows) == 2
    assert (tmp_path / "out" / "results.md").read_text().startswith("Measured ")
    monkeypatch.setattr(sys, "argv", ["measure", *map(str, args), "--only", "sampel"])
    with pytest.raises(SystemExit, match="No task sampel"):
        measure.main()


# ---------------------------------------------------------------- readers


PODCAST = "**Nora:** \\[00:01\\] Open.\n\n**Break:** \\[00:10\\]\n\n**Tom**: Since when?\n\n**Nora:** \\[00:20\\]\n"


def test_readers_are_measured_beside_an_independent_count(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(PODCAST)
    (tmp_path / "two.md").write_text("Nobody speaks here.")
    (tmp_path / "README.md").write_text("what this is")
    row = readers.folder_row("podcasts", readers.files_of(tmp_path), readers.podcast, each=False)
    assert (row.files, row.turns, row.people, row.refused, row.dropped) == (2, 2, 2, 1, 1)
    assert row.counted == (2, 2)
    assert "| podcasts | 2 | 2 | 2 |" in readers.table([row])


def test_readers_tell_the_file_that_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.md").write_text(PODCAST)
    readers.folder_row("podcasts", readers.files_of(tmp_path), lambda _: (7, 3), each=False)
    assert "one.md: 2 turns, 2 people, counted (7, 3)" in capsys.readouterr().out


@shared
def test_podcasts_are_read_as_they_are_counted() -> None:
    assert HERE is not None
    row = readers.folder_row("changelog", readers.files_of(HERE / "changelog"), readers.podcast, each=False)
    assert row.files >= 50 and row.refused == 0 and row.counted == (row.turns, row.people)
