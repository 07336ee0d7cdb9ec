"""Feedback: every line whole, whoever writes at the same time."""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import qa
from qa.errors import IndexFolderError
from qa.feedback import FILE, MAX_COMMENT, note, record
from qa.types import Answer, Question


def answer() -> Answer:
    return Answer("q", "q?", False, 0.1, "Nobody.", Question("q", "q?"), reason="off-topic")


def write(folder: Path, who: int) -> None:
    for n in range(25):
        note(folder, record(answer(), True, f"{who}-{n} " + "ж" * 900, {"model": "m"}, {"filters": {}}))


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [multiprocessing.get_context("spawn").Process(target=write, args=(tmp_path, n)) for n in range(2)]
    for process in processes:
        process.start()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: write(tmp_path, n), range(2, 6)))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    lines = [json.loads(line) for line in (tmp_path / FILE).read_text("utf-8").splitlines()]
    assert sorted(line["comment"].split()[0] for line in lines) == sorted(
        f"{w}-{n}" for w in range(6) for n in range(25)
    )


def test_a_line_tells_what_was_judged() -> None:
    line = record(answer(), False, "  x\n" + "y" * 9000, {"model": "m"}, {"filters": {"since": "2017-01-01"}})
    assert line["liked"] is False and len(line["comment"]) == MAX_COMMENT
    assert (line["question"], line["standalone"], line["found"], line["reason"]) == ("q", "q?", False, "off-topic")
    assert line["filters"] == {"since": "2017-01-01"}
    assert line["versions"] == {"qa": qa.__version__, "model": "m"}
    assert line["at"].endswith("+00:00")


def test_half_a_surrogate_pair_is_written_all_the_same(tmp_path: Path) -> None:
    note(tmp_path, record(answer(), True, "\ud83d", {}, {}))
    assert json.loads((tmp_path / FILE).read_text("utf-8"))["comment"] == "?"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match=r"feedback\.jsonl: cannot be written"):
        note(tmp_path / "none", {})
