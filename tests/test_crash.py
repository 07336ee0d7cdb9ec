"""Kills a real `qa index` at random moments: what was committed stays, and the next run takes it up."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

import qa
from qa.cli import main

pytestmark = pytest.mark.crash

KILLS = 25
FILES = 40
TURNS = 30

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["faiss", "qa.cli", "sentence_transformers"])  # most of a run's first seconds


@dataclass(frozen=True)
class Pace:
    """Seconds from the start of an unkilled run to its first committed transcript, and to its end."""

    first_s: float
    end_s: float


def make_sources(folder: Path) -> None:
    """FILES transcripts in the own format, each with words of its own."""
    folder.mkdir()
    for n in range(FILES):
        turns = [
            {
                "speaker": ("Anna Berg", "Bob Smith")[i % 2],
                "text": f"Item {i} of meeting {n}: bridge {n * i} stays closed.",
            }
            for i in range(TURNS)
        ]
        people = [{"name": "Anna Berg", "role": "Mayor"}, {"name": "Bob Smith"}]
        one = {"format": "qa-transcript/1", "id": f"meeting-{n:02d}", "title": f"Meeting {n}", "date": "2020-05-04"}
        (folder / f"{n:02d}.json").write_text(json.dumps({**one, "people": people, "turns": turns}))


def run_index(sources: Path, index: Path, errors: Path) -> None:
    """`qa index SOURCES --index INDEX`, as the command runs it, with stderr in a file."""
    with errors.open("w") as to:
        os.dup2(to.fileno(), sys.stderr.fileno())
    sys.argv = ["qa", "index", str(sources), "--index", str(index)]
    main()


def start(sources: Path, index: Path) -> BaseProcess:
    """A process of its own for the run, forked from one that has imported the libraries already."""
    process = FORKED.Process(target=run_index, args=(sources, index, index.with_suffix(".err")))
    process.start()
    return process


def complaint(index: Path) -> str:
    """What the last run over that index wrote on stderr."""
    return index.with_suffix(".err").read_text()


def committed(index: Path) -> set[str]:
    """Ids of the transcripts another process would see now."""
    path = index / "store.sqlite"
    if not path.exists():
        return set()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as db:
        try:
            return {id for (id,) in db.execute("SELECT id FROM transcripts")}
        except sqlite3.OperationalError as error:  # the tables are being made, or a hot journal waits for a writer
            if "no such table" in str(error) or "readonly" in str(error) or "unable to open" in str(error):
                return set()
            raise


def passages(index: Path) -> list[tuple[object, ...]]:
    """Every passage with its vector, in order of id; rows are left out, as they differ between runs."""
    with closing(sqlite3.connect(index / "store.sqlite")) as db:
        columns = {name for _, name, *_ in db.execute("PRAGMA table_info(passages)")}
        source = "passages" if "vector" in columns else "passages JOIN vectors USING (row)"
        return db.execute(f'SELECT id, turn, start, "end", text, n_tokens, vector FROM {source} ORDER BY id').fetchall()


def measure(sources: Path, index: Path) -> Pace:
    """One run that nobody kills."""
    began = time.monotonic()
    process = start(sources, index)
    first_s = None
    while process.is_alive():
        if first_s is None and committed(index):
            first_s = time.monotonic() - began
        time.sleep(0.01)
    assert process.exitcode == 0, complaint(index)
    assert first_s is not None
    return Pace(first_s, time.monotonic() - began)


def kill_once(sources: Path, index: Path, after_s: float, beyond: set[str] | None = None) -> bool:
    """Kill a run that many seconds after its start; True when it was still running.

    Args:
        beyond: count from the first commit that adds to these ids instead. Wall clocks measured on one
            run do not fit the next where the machine's speed drifts; this always hits the writing.
    """
    process = start(sources, index)
    while beyond is not None and process.is_alive() and committed(index) <= beyond:
        time.sleep(0.01)
    process.join(after_s)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def sound(index: Path) -> set[str]:
    """Opening works, check finds nothing it cannot mend; returns the ids that are there."""
    with qa.open(index) as assistant:
        report = assistant.check()
        assert report.ok, report.problems
        assert assistant.check().problems == ()
        ids = {info.id for info in assistant.transcripts()}
        for info in assistant.transcripts():
            assert len(assistant.transcript(info.id).turns) == TURNS, "a transcript is there whole or not at all"
    return ids


def chain(
    sources: Path,
    folder: Path,
    pace: Pace,
    wanted: list[tuple[object, ...]],
    everything: set[str],
    kills: int,
    seed: int,
) -> tuple[int, int, int, int]:
    """Kill runs until `kills` hit, and let the last one end: (hits, runs, hits between two commits, folders)."""
    dice = random.Random(seed)
    folder.mkdir()
    hits = inside = rounds = n = 0
    index = folder / "killed-0"
    before: set[str] = set()
    while hits < kills:  # a run that ended before its kill does not count
        n += 1
        left = (pace.end_s - pace.first_s) * (1 - len(before) / FILES)  # later runs skip what is there
        if n % 4:
            hit = kill_once(sources, index, dice.uniform(0, left / 2), beyond=before)
        else:
            hit = kill_once(sources, index, dice.uniform(pace.first_s * 0.95, pace.first_s + left))
        after = sound(index)
        assert before <= after, "what was committed before is still there"
        hits += hit
        inside += hit and before < after  # it had written something, and was not done
        before = after
        if after == everything:  # nothing left to write: begin a new folder
            assert passages(index) == wanted
            rounds += 1
            index, before = folder / f"killed-{rounds}", set()
    process = start(sources, index)
    process.join()
    assert process.exitcode == 0, complaint(index)
    assert sound(index) == everything
    assert passages(index) == wanted
    return hits, n, inside, rounds + 1


def test_nothing_committed_is_lost_however_often_it_is_killed(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    make_sources(sources)
    pace = measure(sources, tmp_path / "whole")
    wanted = passages(tmp_path / "whole")
    everything = sound(tmp_path / "whole")
    assert len(everything) == FILES

    with ThreadPoolExecutor(2) as both:  # a run spends most of its time loading the model, on one core
        chains = [
            both.submit(chain, sources, tmp_path / f"chain-{n}", pace, wanted, everything, kills, 20201124 + n)
            for n, kills in enumerate((KILLS // 2, KILLS - KILLS // 2))
        ]
        hits, runs, inside, folders = (sum(counts) for counts in zip(*(one.result() for one in chains), strict=True))
    print(f"{hits} kills of {runs} runs, {inside} between two commits, {folders} folders")
    assert hits >= KILLS
    assert inside >= 5
