"""The fuzzer of benchmarks/ finds nothing in a short run, and gives the same inputs for the same seed."""

from __future__ import annotations

import random
import re

import pytest
from benchmarks.fuzz_readers import main, mutated, seeds

from qa import read as reading


def test_a_short_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["700", "--seed", "11"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.match(
        r"700 inputs, 0 uncaught exceptions, \d+ s, slowest \d+\.\d\d s: input \d+ \(.+\); [\d,]+ were read", last
    )


def test_inputs_are_seeded() -> None:
    pool = seeds()
    assert [mutated(random.Random(n), pool) for n in range(50)] == [mutated(random.Random(n), pool) for n in range(50)]
    assert len({mutated(random.Random(n), pool)[1] for n in range(50)}) > 45


def test_an_exception_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def boom(*given: object) -> bool:
        raise KeyError("seeded")

    monkeypatch.setattr(reading, "READERS", (reading.Reader("boom", boom, boom),))  # type: ignore[arg-type]
    assert main(["5"]) == 1
    assert "5 inputs, 5 uncaught exceptions" in capsys.readouterr().out
