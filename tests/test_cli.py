"""The command line: what it prints, what it exits with, and one line for everything that goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest

from qa import cli, types, words

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
BAIKONUR = "What did Nazarbayev say about Baikonur?"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def filled(quiet_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus; shared: look, do not change."""
    import qa

    folder = tmp_path_factory.mktemp("cli") / "index"
    with qa.open(folder) as assistant:
        assistant.add(CORPUS)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `qa ...` in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def go(*args: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["qa", *map(str, args)])
        capfd.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return go


def refused(done: Done, *parts: str) -> None:
    """One line on stderr that says what and what to do; nothing on stdout; exit code 2."""
    assert done.code == 2, done
    assert len(done.err.splitlines()) == 1 and done.err.startswith("qa: "), done.err
    assert "Traceback" not in done.err and "Unexpected" not in done.err, done.err
    for part in parts:
        assert part in done.err, done.err
    assert not done.out


# ------------------------------------------------------------------ as a process of its own


def test_the_whole_way_as_a_process(tmp_path: Path) -> None:
    def qa(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "qa", *args], capture_output=True, text=True, cwd=tmp_path, timeout=120
        )

    done = qa("index", str(CORPUS))
    assert done.returncode == 0 and "kremlin, 2 turns" in done.stdout and "1 added" in done.stdout, done
    assert (tmp_path / ".qa").is_dir()
    done = qa("ask", BAIKONUR)
    assert done.returncode == 0 and not done.stderr, done
    assert "Our cooperation at Baikonur is developing very well." in done.stdout
    assert "Nursultan Nazarbayev" in done.stdout and "2017-10-12" in done.stdout and "Sochi" in done.stdout
    done = qa("ask", "x" * 20_000)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and not done.stdout


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for command in (
        "index",
        "ask",
        "search",
        "chat",
        "serve",
        "eval",
        "transcripts",
        "people",
        "show",
        "remove",
        "check",
    ):
        assert command in done.out


def test_a_closed_pipe_is_no_error(filled: Path, page: Path) -> None:
    shown = subprocess.Popen(
        [sys.executable, "-m", "qa", "show", page.stem, "--index", str(filled), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert shown.stdout is not None and shown.stderr is not None
    shown.stdout.close()  # the reader is gone, as after `| head`
    assert shown.stderr.read() == b""
    assert shown.wait(60) == 0


# ------------------------------------------------------------------ the examples of the README


def test_what_nazarbayev_said(run: Run, filled: Path, page: Path) -> None:
    done = run("ask", "--json", BAIKONUR, "--index", filled)
    assert done.code == 0 and not done.err
    answer = done.json
    assert set(answer) == {field.name for field in fields(types.Answer)}
    assert set(answer["understood"]) == {field.name for field in fields(types.Question)}
    assert answer["found"] is True and answer["reason"] is None
    first = answer["citations"][0]
    assert set(first) == {field.name for field in fields(types.Citation)}
    assert first["quote"].startswith("Our cooperation at Baikonur is developing very well.")
    assert (first["speaker"], first["date"], first["place"]) == ("Nursultan Nazarbayev", "2017-10-12", "Sochi")
    assert first["role"] == "President of Kazakhstan" and first["source"] == str(page)
    source = page.read_text(encoding="utf-8")
    assert words.squeeze(source[first["source_start"] : first["source_end"]]) == first["quote"]


def test_what_putin_said(run: Run, filled: Path) -> None:
    done = run("ask", "--json", "What did Putin say about Baikonur?", "--index", filled)
    assert done.code == 0
    assert done.json["found"] is False and done.json["citations"] == [] and done.json["reason"] == "not-said"
    assert done.json["elsewhere"][0]["speaker"] == "Nursultan Nazarbayev"


def test_a_stranger(run: Run, filled: Path) -> None:
    answer = run("ask", "--json", "What did Merkel say about Baikonur?", "--index", filled).json
    assert (answer["found"], answer["reason"]) == (False, "unknown-speaker")
    assert answer["understood"]["unknown"] == ["Merkel"]


# ------------------------------------------------------------------ the other commands


def test_search(run: Run, filled: Path) -> None:
    done = run("search", "Baikonur", "--index", filled, "--json", "-k", 1)
    assert [set(hit) for hit in done.json] == [{field.name for field in fields(types.Hit)}]
    assert "Baikonur" in done.json[0]["text"]
    assert run("search", "Baikonur", "--index", filled, "--speaker", "Putin", "--json", "--size", 0).json[0][
        "speakers"
    ] == ["Vladimir Putin"]
    assert run("search", "Baikonur", "--index", filled, "--since", "2020-01-01").out.strip() == "Nothing found."
    assert "Baikonur" in run("search", "Baikonur", "--index", filled).out


def test_transcripts_and_people(run: Run, filled: Path) -> None:
    infos = run("transcripts", "--index", filled, "--json").json
    assert [set(info) for info in infos] == [{field.name for field in fields(types.TranscriptInfo)}]
    assert infos[0]["date"] == "2017-10-12" and infos[0]["n_turns"] == 2
    people = run("people", "--index", filled, "--json").json
    assert all(set(person) == {field.name for field in fields(types.PersonInfo)} for person in people)
    assert {"Vladimir Putin", "Nursultan Nazarbayev", "Yury Ushakov", "Maxim Oreshkin"} == {p["name"] for p in people}
    assert "Sochi" in run("transcripts", "--index", filled).out
    assert "President of Kazakhstan" in run("people", "--index", filled).out


def test_show(run: Run, filled: Path) -> None:
    name = run("transcripts", "--index", filled, "--json").json[0]["id"]
    shown = run("show", name, "--index", filled)
    assert shown.code == 0 and "Our cooperation at Baikonur is developing very well." in shown.out
    assert "5 of 5" in shown.out.split("neither speech nor facts")[1]
    exported = run("show", name[:10], "--index", filled, "--json").json
    assert exported["format"] == "qa-transcript/1" and exported["id"] == name


def test_what_show_exports_can_be_indexed(run: Run, filled: Path, tmp_path: Path) -> None:
    name = run("transcripts", "--index", filled, "--json").json[0]["id"]
    exported = run("show", name, "--index", filled, "--json")
    (tmp_path / "export.json").write_text(exported.out, encoding="utf-8")
    report = run("index", "export.json", "--index", "other", "--json")
    assert report.code == 0 and [file["format"] for file in report.json["added"]] == ["qa-json"]
    assert run("show", name, "--index", "other", "--json").json == exported.json
    assert run("ask", BAIKONUR, "--index", "other", "--json").json["found"] is True


def test_index_remove_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("Nora Ekdal: The mill is closed.\nTom Baszko: Since Monday?\n")
    report = run("index", "mill.txt", "--json")
    assert set(report.json) == {field.name for field in fields(types.AddReport)}
    assert set(report.json["added"][0]) == {field.name for field in fields(types.FileReport)}
    assert run("index", "mill.txt").out.strip() == "1 unchanged"
    checked = run("check", "--json")
    assert checked.code == 0
    assert set(checked.json) == {field.name for field in fields(types.CheckReport)} | {"ok"}
    assert checked.json["ok"] is True and checked.json["transcripts"] == 1
    assert run("remove", "mill").code == 0
    assert run("transcripts", "--json").json == []
    refused(run("remove", "mill"), '"mill"', "qa transcripts")
    assert (tmp_path / "mill.txt").exists()


def test_the_index_folder_comes_from_the_environment(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_INDEX", str(filled))
    assert len(run("transcripts", "--json").json) == 1


def questions(path: str, first: int, last: int) -> Path:
    lines = (ROOT / "evaluation" / "sample.jsonl").read_text().splitlines()[first:last]
    Path(path).write_text("\n".join(lines))
    return Path(path)


def test_eval(run: Run, filled: Path) -> None:
    asked = questions("q.jsonl", 0, 3)
    done = run("eval", asked, "--index", filled, "--json")
    assert done.code == 0 and done.json["questions"] == 3 == len(done.json["rows"])
    assert done.json["figures"]["answered"]["n"] == 3
    assert done.json["about"]["files"] == ["q.jsonl"] and str(filled) not in done.out
    done = run("eval", asked, questions("more.jsonl", 3, 5), "--index", filled)
    assert done.code == 0 and "5 questions" in done.out and "95% interval" in done.out
    asked.write_text(f"{asked.read_text()}\nnot json\n")
    refused(run("eval", asked, "--index", filled), "q.jsonl, line 4", "JSON")


def test_eval_writes_and_compares(run: Run, filled: Path) -> None:
    asked = questions("q.jsonl", 0, 3)
    done = run("eval", asked, "--index", filled, "--save", "old.json", "--report", "report.html")
    assert done.code == 0 and Path("report.html").read_text().startswith("<!doctype html>")
    more = questions("more.jsonl", 3, 4)
    done = run("eval", asked, more, "--index", filled, "--against", "old.json", "--json")
    assert done.code == 0 and done.json["against"]["shared"] == 3 and done.json["against"]["only_new"] == 1
    assert set(json.loads(Path("old.json").read_text())) | {"against"} == set(done.json)


def test_eval_of_a_corpus_leaves_no_index_behind(run: Run, tmp_path: Path) -> None:
    asked = questions("q.jsonl", 0, 2)
    done = run("eval", asked, "--corpus", CORPUS, "--json")
    assert done.code == 0 and done.json["questions"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["q.jsonl"]
    done = run("eval", asked, "--corpus", CORPUS, "--index", "kept", "--json")
    assert done.code == 0 and Path("kept").is_dir() and not Path(".qa").exists()


def test_eval_with_bad_input(run: Run, filled: Path, tmp_path: Path) -> None:
    asked = questions("q.jsonl", 0, 1)
    refused(run("eval", "missing.jsonl", "--index", filled), "missing.jsonl", "cannot be read")
    refused(run("eval", asked, asked, "--index", filled), "comes twice", "its own id")
    refused(run("eval", asked, "--index", filled, "--against", "missing.json"), "missing.json", "cannot be read")
    refused(run("eval", asked, "--index", filled, "--against", asked), "q.jsonl", "qa-evaluation/1", "--save")
    refused(run("eval", asked, "--index", filled, "--save", "nowhere/rows.json"), "nowhere/rows.json", "no folder")
    refused(run("eval", asked, "--index", filled, "--report", tmp_path), "is a folder")
    refused(run("eval", asked, "--corpus", "nowhere"), "nowhere", "does not exist")
    Path("broken.json").write_text("{")
    refused(run("eval", asked, "--corpus", "broken.json"), "Nothing of broken.json", "not valid JSON")
    asked.write_text('{"id": "a", "question": "What?", "transcript": "nowhere", "answerable": false}')
    refused(run("eval", asked, "--index", filled), 'Question "a"', 'No transcript "nowhere"', "qa transcripts")
    refused(run("eval", asked), "qa index")


def test_chat(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = iter([BAIKONUR, "And what did Putin say to that?", "x" * 3000, ""])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(spoken))
    done = run("chat", "--index", filled)
    assert done.code == 0 and not done.err
    assert "Our cooperation at Baikonur" in done.out and "3000 characters" in done.out


def chat(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, *lines: str, options: tuple[str, ...] = ()) -> str:
    spoken = iter([*lines, ""])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(spoken))
    done = run("chat", "--index", filled, *options)
    assert done.code == 0 and not done.err, done
    return done.out


def test_chat_takes_a_question_back(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up = "What did he say about the weather?"
    out = chat(run, filled, monkeypatch, BAIKONUR, "What did Putin say?", "/back", follow_up, "/back", "/back", "/back")
    assert "said by Nursultan Nazarbayev, about the weather" in out
    assert out.count("Taken back") == 3 and "no question to take back" in out


def test_chat_limits_where_it_looks(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = chat(
        run, filled, monkeypatch, "/speaker Putin", "Who spoke about Baikonur?", "/speaker Zelda", "/verify " + WEATHER,
        "/anywhere", "/verify " + WEATHER, "/since tomorrow", "/nonsense", "/help",
    )  # fmt: skip
    assert "Looking at: speaker Putin." in out and 'No speaker "Zelda"' in out
    assert "Said by somebody else: Nursultan Nazarbayev" in out and "Verbatim: Nursultan Nazarbayev" in out
    assert "Looking everywhere." in out and "2017-10-12" in out and "no command /nonsense" in out and "/save" in out
    assert "Looking" not in chat(run, filled, monkeypatch, options=("--speaker", "Putin"))
    refused(run("chat", "--index", filled, "--speaker", "Zelda"), "Zelda")


def test_chat_saves_the_conversation(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = chat(
        run, filled, monkeypatch, BAIKONUR, "/save talk.md", "/save talk.csl.json", "/save talk.doc", "/save no/x.md"
    )
    assert (tmp_path / "talk.md").read_text().startswith("## What did Nazarbayev say about Baikonur?")
    assert json.loads((tmp_path / "talk.csl.json").read_text())[0]["author"][0]["family"] == "Nazarbayev"
    assert "1 answer written" in out and "ends in" in out and "cannot be written" in out


def test_chat_begins_anew(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = chat(run, filled, monkeypatch, BAIKONUR, "/new", "/save talk.txt")
    assert "A new conversation." in out and "0 answers written" in out


@pytest.mark.parametrize(
    "command",
    [
        ("ask", "What did Ekdal say about the harbour?"),
        ("search", "harbour"),
        ("show", "trick"),
        ("people",),
        ("transcripts",),
    ],
    ids=lambda command: command[0],
)
def test_terminal_tricks_in_a_transcript_are_defused(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    turn = {"speaker": "Nora \x1b[2JEkdal", "text": "The harbour [red]opens\x1b[2J\x1b]0;owned\x07 on Friday.\r"}
    title = "A \x1b[31mtitle"
    (tmp_path / "trick.json").write_text(
        json.dumps(
            {"format": "qa-transcript/1", "id": "trick", "title": title, "place": "\x1bX", "turns": [turn, turn]}
        )
    )
    assert run("index", "trick.json").code == 0
    shown = run(*command)
    assert shown.code == 0 and shown.out.strip()
    assert not {"\x1b", "\x07", "\r"} & set(shown.out)
    if command[0] == "show":
        assert "[red]" in shown.out


# ------------------------------------------------------------------ who is who


@pytest.fixture
def smiths(run: Run, tmp_path: Path) -> Path:
    """An index at ./.qa with people of one name."""
    (tmp_path / "a.txt").write_text("Anna Smith: The bridge is closed.\nTom Baszko: Since Monday?\n")
    (tmp_path / "b.txt").write_text("Bob Smith: The bridge is open.\nT. Baszko: At last.\n")
    assert run("index", "a.txt", "b.txt").code == 0
    return tmp_path


def everybody(run: Run) -> list[str]:
    return sorted(person["name"] for person in run("people", "--json").json)


def test_people_lists_forms_turns_and_a_sample(run: Run, smiths: Path) -> None:
    done = run("people")
    assert done.code == 0
    for part in (
        "Tom Baszko",
        "also T. Baszko",
        "2 turns in 2 transcripts",
        "“Since Monday?”",
        "“The bridge is open.”",
    ):
        assert part in done.out
    listed = run("people", "--json", "--index", ".qa").json
    assert all(set(person) == {field.name for field in fields(types.PersonInfo)} for person in listed)
    assert {person["sample"] for person in listed} >= {"The bridge is closed.", "The bridge is open."}


def test_merge_split_rename_alias_undo(run: Run, smiths: Path) -> None:
    before = everybody(run)
    done = run("people", "merge", "Anna Smith", "Bob Smith")
    assert done.code == 0 and done.out.strip() == "one person: Anna Smith, 2 turns in 2 transcripts"
    assert everybody(run) == ["Anna Smith", "Tom Baszko"]
    assert run("ask", "What did Anna Smith say about the bridge?", "--json").json["found"] is True
    done = run("people", "split", "Anna Smith", "b", "--json")
    assert done.json["name"] == "Bob Smith" and set(done.json) == {field.name for field in fields(types.PersonInfo)}
    assert run("people", "rename", "Bob Smith", "Robert Smith").out.startswith("renamed: Robert Smith")
    assert run("people", "alias", "Robert Smith", "Bobby").code == 0
    assert (
        run("ask", "What did Bobby say about the bridge?", "--json").json["citations"][0]["speaker"] == "Robert Smith"
    )
    assert run("people", "--index", ".qa", "log").out.count("\n") == 4
    for action in ("alias", "rename", "split", "merge"):
        assert run("people", "undo").out.startswith(f"undone: {action} ")
    assert everybody(run) == before
    refused(run("people", "undo"), "no decision")
    log = run("people", "log", "--json").json
    assert [entry["decision"]["action"] for entry in log] == ["merge", "split", "rename", "alias", *["undo"] * 4]
    assert "(undone)" in run("people", "log").out


def test_export_and_import(run: Run, smiths: Path) -> None:
    assert run("people", "log").out.strip() == "No decisions yet."
    assert run("people", "merge", "Anna Smith", "Bob Smith").code == 0
    assert run("people", "export", "people.json").out.strip() == "1 decision written to people.json"
    assert json.loads(Path("people.json").read_text())["format"] == "qa-people/1"
    assert run("people", "undo").code == 0
    assert run("people", "import", "people.json").out.strip() == "1 new decision"
    assert everybody(run) == ["Anna Smith", "Tom Baszko"]
    assert run("people", "import", "people.json").out.strip() == "nothing new"
    Path("people.json").write_text("{")
    refused(run("people", "import", "people.json"), "people.json", "line 1", "JSON")
    refused(run("people", "import", "none.json"), "none.json", "cannot be read")
    refused(run("people", "export", "no/where.json"), "no/where.json", "cannot be written")


def test_people_who_are_not_there(run: Run, smiths: Path) -> None:
    refused(run("people", "merge", "Ana Smyth", "Bob Smith"), '"Ana Smyth"', "Anna Smith (1 turns)")
    refused(run("people", "merge", "Smith", "Baszko"), '"Smith" is 2 persons', "Anna Smith", "Bob Smith")
    refused(run("people", "merge", "Anna Smith"), "two persons")
    refused(run("people", "split", "Anna Smith", "b"), "not in transcript", '"b"')
    refused(run("people", "split", "Anna Smith", "z"), '"z"', "qa transcripts")
    refused(run("people", "split", "Anna Smith"), "Missing argument")
    refused(run("people", "rename", "Anna Smith", "Bob Smith"), "qa people merge")
    refused(run("people", "rename", "Xqzw", "Bob"), '"Xqzw"', "qa people")
    refused(run("people", "marry", "Anna Smith", "Bob Smith"), "marry")
    refused(run("people", "merge", "A", "B", "--index", "absent"), "absent", "qa index")
    assert everybody(run) == ["Anna Smith", "Bob Smith", "Tom Baszko"]


def test_a_shared_name_asks_back(run: Run, smiths: Path) -> None:
    answer = run("ask", "What did Smith say about the bridge?", "--json").json
    assert (answer["found"], answer["reason"]) == (False, "ambiguous-speaker")
    assert answer["understood"]["unclear"] == [["Anna Smith", "Bob Smith"]]
    done = run("ask", "What did Smith say about the bridge?")
    assert done.code == 0 and "Anna Smith, Bob Smith" in done.out


# ------------------------------------------------------------------ bad input


@pytest.fixture
def kept(run: Run, tmp_path: Path) -> Path:
    """A small index at ./.qa, which must still be whole after whatever went wrong."""
    (tmp_path / "mill.txt").write_text("Nora Ekdal: The mill is closed.\nTom Baszko: Since Monday?\n")
    assert run("index", "mill.txt").code == 0
    return tmp_path


def still_whole(run: Run) -> None:
    assert [info["id"] for info in run("transcripts", "--json").json] == ["mill"]
    assert run("check").code == 0
    assert run("search", "mill", "--json").json


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("prose.txt", b"It rained all day.", "no speaker labels"),
        ("broken.json", b'{"format": \n oops', "line 2"),
        ("wrong.txt", b"\xff\xfeN\x00o\x00r", "UTF-8"),
        ("line.txt", b"x" * 2**20, "no speaker labels"),
        ("digits.json", b'{"format": "qa-transcript/1", "turns": ' + b"9" * 5000 + b"}", ""),
        ("deep.json", b'{"a":' * 100_000, ""),
    ],
)
def test_a_bad_file(run: Run, kept: Path, name: str, content: bytes, problem: str) -> None:
    (kept / name).write_bytes(content)
    done = run("index", name)
    assert done.code == 2 and len(done.err.splitlines()) == 1
    assert name in done.err and problem in done.err and "Traceback" not in done.err + done.out
    assert "Unexpected" not in done.err
    done = run("index", ".")
    assert done.code == 0 and "1 failed" in done.out and "1 unchanged" in done.out and name in done.err
    still_whole(run)


def test_a_bad_file_in_json(run: Run, kept: Path) -> None:
    (kept / "empty.txt").write_text("")
    done = run("index", "empty.txt", "--json")
    assert done.code == 2
    assert "empty.txt" in done.json["failed"][0]["reason"]


def test_bad_paths(run: Run, kept: Path) -> None:
    (kept / "hollow").mkdir()
    refused(run("index", "missing.txt"), "missing.txt", "does not exist")
    refused(run("index", "hollow"), "hollow", "no files")
    refused(run("index", "mill.txt", "--index", "mill.txt/below"), "mill.txt/below", "--index")
    refused(run("index", "mill.txt", "--index", "mill.txt"), "mill.txt", "--index")
    refused(run("index", "mill.txt", "--index", "/proc/nothing/here"), "/proc/nothing/here", "--index")
    refused(run("ask", "What?", "--index", "absent"), "absent", "qa index")
    assert not (kept / "absent").exists()
    refused(run("index"), "Missing argument")
    still_whole(run)


def test_a_megabyte_line_of_one_speaker_is_indexed(run: Run, kept: Path) -> None:
    (kept / "long.txt").write_text("Nora Ekdal: " + "x" * 2**17 + "\nTom Baszko: The mill is open.\n")
    assert run("index", "long.txt").code == 0
    assert run("check").code == 0


def test_bad_questions(run: Run, filled: Path) -> None:
    refused(run("ask", "x" * 20_000, "--index", filled), "20000 characters", "Shorten")
    refused(run("search", "x" * 20_000, "--index", filled), "20000 characters")
    refused(run("ask", "--index", filled), "Missing argument")
    for question in ("", "   ", "?"):
        done = run("ask", question, "--index", filled, "--json")
        assert done.code == 0 and done.json["reason"] == "empty-question", question
        assert run("ask", question, "--index", filled).out.strip()
    assert run("ask", "What \ud800 now?", "--index", filled).code in (0, 2)


def test_bad_filters(run: Run, filled: Path) -> None:
    refused(run("ask", "What?", "--speaker", "Merkel", "--index", filled), '"Merkel"', "1 transcript")
    refused(run("ask", "What?", "--speaker", "Nazarbajeff Junior the Third", "--index", filled), "Nursultan Nazarbayev")
    refused(run("ask", "What?", "--transcript", "nothing", "--index", filled), '"nothing"', "qa transcripts")
    refused(run("ask", "What?", "--since", "soon", "--index", filled), "since", '"soon"', "2017-10-12")
    refused(run("ask", "What?", "--until", "2017-02-30", "--index", filled), "until", "2017-02-30")
    refused(run("search", "What?", "-k", 0, "--index", filled), "k=0")
    refused(run("search", "What?", "-k", "many", "--index", filled), "-k")
    refused(run("ask", "What?", "--colour", "red", "--index", filled), "--colour")
    refused(run("show", "nothing", "--index", filled), '"nothing"')
    refused(run("sing"), "sing")


def test_an_index_of_another_model_is_refused(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_MODEL", "other")
    refused(run("ask", "What was said?"), "all-MiniLM-L6-v2", "384", "other", "qa index")
    refused(run("index", "mill.txt"), "all-MiniLM-L6-v2", "other")
    monkeypatch.delenv("QA_MODEL")
    still_whole(run)


def test_a_model_that_is_not_there(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_MODEL", str(kept / "no-model"))
    refused(run("index", "mill.txt", "--index", "fresh"), "no-model", "QA_MODEL")


@pytest.mark.parametrize("kind", ["half", "empty", "rubbish", "gone", "folder"])
def test_a_damaged_cache_is_no_loss(run: Run, kept: Path, kind: str) -> None:
    before = run("search", "mill", "--json").json
    cache = kept / ".qa" / "dense.faiss"
    data = cache.read_bytes()
    cache.unlink()
    if kind == "folder":
        cache.mkdir()
    elif kind != "gone":
        cache.write_bytes({"half": data[: len(data) // 2], "empty": b"", "rubbish": os.urandom(len(data))}[kind])
    assert run("search", "mill", "--json").json == before
    assert run("ask", "What did Ekdal say about the mill?", "--json").json["found"] is True
    if kind != "folder":
        assert run("check").code == 0
        assert run("check").out.strip().endswith("sound") and "repaired" not in run("check").out


def test_check_repairs_the_cache(run: Run, kept: Path) -> None:
    cache = kept / ".qa" / "dense.faiss"
    cache.write_bytes(cache.read_bytes()[:100])
    done = run("check", "--json")
    assert done.code == 0 and done.json["ok"] and len(done.json["repaired"]) == 1
    assert run("check", "--json").json["problems"] == []


def test_a_damaged_store_is_one_line(run: Run, kept: Path) -> None:
    store = next(path for path in (kept / ".qa").iterdir() if path.suffix in {".db", ".sqlite", ".sqlite3"})
    data = store.read_bytes()
    store.write_bytes(b"this is no database " * 500)
    refused(run("ask", "What was said?"), store.name)
    refused(run("index", "mill.txt"), store.name)
    store.write_bytes(data)
    still_whole(run)


def bad_setting(run: Run, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mill.txt").write_text("Nora Ekdal: The mill is closed.\nTom Baszko: Since Monday?\n")
    monkeypatch.setenv(name, value)
    refused(run("index", "mill.txt"), name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("QA_PASSAGE_TOKENS", "abc"), ("QA_PASSAGE_TOKENS", "1"), ("QA_THRESHOLD", "high"), ("QA_OFFLINE", "perhaps"),
     ("QA_ENCODING", "no-such")],
)  # fmt: skip
def test_a_bad_setting_is_named(run: Run, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bad_setting(run, name, value, monkeypatch)


@pytest.mark.parametrize(
    ("name", "value"),
    [("QA_BATCH", "0"), ("QA_BATCH", "-3"), ("QA_THRESHOLD", "nan"), ("QA_CANDIDATES", "-1"), ("QA_MAX_CITATIONS", "0"),
     ("QA_MAX_FILE_MB", "-1")],
)  # fmt: skip
def test_a_setting_out_of_range_is_named(run: Run, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bad_setting(run, name, value, monkeypatch)


def test_debug_tells_the_whole_story(run: Run) -> None:
    done = run("--debug", "ask", "What?", "--index", "absent")
    assert done.code == 2 and "Traceback" in done.err and done.err.splitlines()[-1].startswith("qa: ")


# ------------------------------------------------------------------ checking quotations

WEATHER = "I am glad to have stayed in Sochi in this wonderful weather."


def test_verify_tells_verbatim_from_nearly_and_from_another_persons(run: Run, filled: Path) -> None:
    exact = run("verify", WEATHER, "--speaker", "Nazarbayev", "--index", filled)
    assert exact.code == 0 and exact.out.startswith("Verbatim: Nursultan Nazarbayev") and WEATHER in exact.out
    near = run("verify", WEATHER.replace("wonderful", "awful"), "--index", filled)
    assert near.out.startswith("Nearly") and "quoted “awful”, said “wonderful”" in near.out
    other = run("verify", WEATHER, "--speaker", "Putin", "--index", filled)
    assert other.out.startswith("Said by somebody else: Nursultan Nazarbayev")
    assert run("verify", "Penguins cannot fly", "--index", filled).out.startswith("Not found")


def test_verify_json_has_the_fields(run: Run, filled: Path) -> None:
    found = run("verify", WEATHER, "--json", "--index", filled).json
    assert set(found) == {field.name for field in fields(types.QuotationCheck)}
    assert found["verdict"] == "verbatim" and found["citation"]["quote"] == WEATHER


def test_verify_refuses_nothing(run: Run, filled: Path) -> None:
    refused(run("verify", "…", "--index", filled), "no words")
    refused(run("verify", "word " * 3000, "--index", filled), "10000")


# ------------------------------------------------------------------ forms for others


def test_ask_in_other_forms(run: Run, filled: Path) -> None:
    assert run("ask", BAIKONUR, "--format", "markdown", "--index", filled).out.startswith("## What did Nazarbayev")
    assert "@misc{nazarbayev2017," in run("ask", BAIKONUR, "--format", "bibtex", "--index", filled).out
    item = run("ask", BAIKONUR, "--format", "csl-json", "--index", filled).json[0]
    assert item["author"] == [{"family": "Nazarbayev", "given": "Nursultan"}] and "Baikonur" in item["note"]
    refused(run("ask", BAIKONUR, "--format", "docx", "--index", filled), "bibtex")


# ------------------------------------------------------------------ who may ask


def test_serve_lets_other_machines_in_only_on_purpose(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(run("serve", "--host", "0.0.0.0", "--port", 0, "--index", filled), "--auth", "QA_AUTH", "--no-auth")
    refused(run("serve", "--auth", "ann:pass", "--no-auth", "--index", filled), "contradict")
    bad = run("serve", "--auth", "secretword", "--index", filled)
    refused(bad, "user:password")
    assert "secretword" not in bad.err
    monkeypatch.setenv("QA_AUTH", "secretword")
    bad = run("serve", "--index", filled)
    refused(bad, "user:password")
    assert "secretword" not in bad.err


def test_words_of_a_recording_are_cited_with_their_time(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mill.vtt").write_text(
        "WEBVTT\n\n00:01:02.000 --> 00:01:05.000\n<v Nora Ekdal>The mill is open again.\n\n"
        "00:01:06.000 --> 00:01:09.000\n<v Tom Baszko>Since when is it open?\n",
        encoding="utf-8",
    )
    assert run("index", "mill.vtt").code == 0
    assert "mill.vtt, turn 0, at 1:02)" in run("ask", "What did Nora Ekdal say about the mill?").out
    assert "  turn 0\n" in run("search", "mill open again").out


def test_a_path_that_cannot_be_read_stops_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Nora Ekdal: We go on.\nTom Baszko: Yes.\nNora Ekdal: Good.\n")
    done = run("index", "missing.txt", "good.txt")
    assert done.code == 0 and "added good.txt" in done.out and "missing.txt: does not exist" in done.err
    refused(run("index", ""), "is no path")


def test_names_of_files_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\u202etxt.md").write_text("Nora Ekdal: We go on.\nTom Baszko: Yes.\nNora Ekdal: Good.\n")
    (tmp_path / "b\x1b[31m\u202etxt.md").write_text("no labels here")
    done = run("index", ".")
    assert done.code == 0 and "\x1b" not in done.out + done.err and "\u202e" not in done.out + done.err
