"""What the readers make of folders of transcripts: files, turns, people, losses, time.

    python -m benchmarks.readers [FOLDER ...] [--files]     any folders qa.read can read; default: the data sets

The default is the podcasts of `changelog`, the pages of `kremlin`, and QMSum's meetings (train and val), which
are written in the own format first. The last columns are an independent count: of podcasts the lines that
begin with a bold label and have a word before the next one, of QMSum the turns of the data set itself.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import data_sets
from qa.errors import ReadError
from qa.read import read

Count = tuple[int, int]
"""Turns and people, counted without the readers."""
_BOLD = re.compile(r"^\*\*(?P<label>[^*\n]+?)(?::\*\*|\*\*:)", re.MULTILINE)
_TIMES = re.compile(r"\\\[[\d:.]+\\\](?: to \\\[[\d:.]+\\\])?")
_REMARKS = re.compile(r"\\\[[^\[\]\n]*\\\]")  # times and sounds: \[04:15\], \[laughs\]
_NOBODY = frozenset({"break", "jingle"})


@dataclass
class Row:
    """One line of the table; `counted` is the independent count, None where there is none."""

    name: str
    files: int = 0
    turns: int = 0
    people: int = 0
    anonymous: int = 0
    uncertain: int = 0
    unattributed: int = 0
    dropped: int = 0
    problems: int = 0
    refused: int = 0
    seconds: float = 0.0
    counted: Count | None = None

    def add(self, other: Row) -> None:
        """Another row's numbers on top."""
        for field in ("files", "turns", "people", "anonymous", "uncertain", "unattributed", "dropped", "problems",
                      "refused", "seconds"):  # fmt: skip
            setattr(self, field, getattr(self, field) + getattr(other, field))
        if other.counted is not None:
            turns, people = self.counted or (0, 0)
            self.counted = turns + other.counted[0], people + other.counted[1]


def measure(path: Path, count: Callable[[Path], Count | None]) -> Row:
    """What `read` makes of one file."""
    row = Row(path.name, files=1)
    start = time.perf_counter()
    try:
        one = read(path)
    except ReadError as error:
        row.refused, row.name = 1, f"{path.name}: {error.problem}"
        return row
    row.seconds = time.perf_counter() - start
    row.turns, row.counted = len(one.turns), count(path)
    speaking = {turn.speaker for turn in one.turns}
    row.people = len(speaking)
    row.anonymous = sum(person.anonymous and person.name in speaking for person in one.people)
    row.uncertain = sum(turn.uncertain for turn in one.turns)
    row.unattributed, row.dropped, row.problems = len(one.unattributed), len(one.dropped), len(one.problems)
    return row


def podcast(path: Path) -> Count | None:
    """Turns and people of Markdown with bold labels, by one regular expression."""
    parts = _BOLD.split(path.read_text(encoding="utf-8"))
    spoken = [
        label.strip()
        for label, text in zip(parts[1::2], parts[2::2], strict=True)
        if label.strip().casefold() not in _NOBODY and any(ch.isalnum() for ch in _REMARKS.sub("", text))
    ]
    return (len(spoken), len(set(spoken))) if spoken else None


def own_format(path: Path) -> Count | None:
    """Turns and people as the file in the own format lists them."""
    turns = json.loads(path.read_text(encoding="utf-8"))["turns"]
    return len(turns), len({turn["speaker"] for turn in turns})


def files_of(folder: Path) -> list[Path]:
    """The files below a folder, without those that say what it holds."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "README", "LICENSE")) and path.suffix != ".jsonl"
    )


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    head = ("folder", "files", "turns", "people", "anonymous", "uncertain", "unattributed", "dropped", "problems",
            "refused", "seconds", "turns counted", "people counted")  # fmt: skip
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    for row in rows:
        turns, people = row.counted or ("", "")
        cells = (row.name, row.files, row.turns, row.people, row.anonymous, row.uncertain, row.unattributed,
                 row.dropped, row.problems, row.refused, f"{row.seconds:.1f}", turns, people)  # fmt: skip
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def folder_row(name: str, paths: Sequence[Path], count: Callable[[Path], Count | None], each: bool) -> Row:
    """All files of a folder in one row; with `each`, every file that differs from its count is printed."""
    total = Row(name)
    for path in paths:
        row = measure(path, count)
        if each or row.refused or (row.counted is not None and row.counted != (row.turns, row.people)):
            print(f"{row.name}: {row.turns} turns, {row.people} people, counted {row.counted}")
        total.add(row)
    return total


def main() -> None:
    """Print the table for folders, or for the data sets."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--data", help="folder of the data sets [default: $QA_BENCH_DATA or ../shared/data]")
    parser.add_argument("--files", action="store_true", help="a line for every file")
    args = parser.parse_args()
    if args.folders:
        print(table(folder_row(str(one), files_of(one), lambda _: None, args.files) for one in args.folders))
        return
    data = data_sets.folder(args.data)
    if data is None:
        raise SystemExit("The data sets are not there. Name their folder (--data FOLDER), or folders to read.")
    rows = [folder_row(f"changelog/{one.name}", files_of(one), podcast, args.files)
            for one in sorted((data / "changelog").iterdir()) if one.is_dir()]  # fmt: skip
    rows.append(Row("changelog, all"))
    for row in rows[:-1]:
        rows[-1].add(row)
    rows.append(folder_row("kremlin", files_of(data / "kremlin"), lambda _: None, args.files))
    with tempfile.TemporaryDirectory() as scratch:
        for split in ("train", "val"):
            into = Path(scratch) / split
            data_sets.write_transcripts(data_sets.qmsum(data, split).transcripts, into)
            rows.append(folder_row(f"qmsum/{split}", files_of(into), own_format, args.files))
    print(table(rows))


if __name__ == "__main__":
    main()
