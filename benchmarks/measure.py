"""Everything that is measured, by one command, through the public API and the default settings.

    python -m benchmarks.measure [--data FOLDER] [--cache .qa-bench] [--out bench-results]
                                 [--only TASK ...] [--questions N] [--seed N] [--misses] [--readme FILE]

Prints a line for each task, then the README's result tables. Rows of each task are written to OUT as JSON
(`qa eval --against` reads them). Indexes are kept in the cache and built anew when the code that fills them
changes. What needs data that is not there is left out with a word.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import qa
from benchmarks import data_sets, table, tasks
from benchmarks.tasks import Part, Task
from qa.evaluate import Report, evaluate, lines, write_report

_FILLING = ("read", "speakers.py", "split.py", "embed.py", "late.py", "words.py", "store.py", "index.py", "dense.py",
            "lexical.py", "types.py", "settings.py", "assistant.py")  # fmt: skip


def main() -> None:
    """Measure, write the rows, print the tables."""
    args = _arguments()
    args.cache.mkdir(parents=True, exist_ok=True)
    args.out.mkdir(parents=True, exist_ok=True)
    data = data_sets.folder(args.data)
    wanted, left_out = tasks.by_hand(data)
    if data is None:
        left_out.append("QMSum and FriendsQA: the data sets are not there (--data FOLDER, or $QA_BENCH_DATA)")
    else:
        wanted += tasks.of_data_sets(data, args.cache)
    unknown = set(args.only or ()) - {task.name for task in wanted}
    if unknown:
        sys.exit(f"No task {', '.join(sorted(unknown))}. There are: {', '.join(task.name for task in wanted)}.")
    reports = {}
    for task in wanted:
        if args.only is None or task.name in args.only:
            task = task if args.questions is None else tasks.sampled(task, args.questions, args.seed)
            reports[task.name] = measure(task, args.cache)
            write_report(reports[task.name], args.out / f"{task.name}.json")
            _tell(task, reports[task.name], args.misses)
    for reason in left_out:
        print(f"left out: {reason}")
    text = table.tables([task for task in wanted if task.name in reports], reports, args.questions)
    (args.out / "results.md").write_text(text, encoding="utf-8")
    if args.readme is not None:
        args.readme.write_text(table.put_into(args.readme.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(f"\n{text}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure", description=main.__doc__)
    parser.add_argument("--data", help="folder of the data sets [default: $QA_BENCH_DATA or ../shared/data]")
    parser.add_argument("--cache", type=Path, default=Path(".qa-bench"), help="folder of the indexes")
    parser.add_argument("--out", type=Path, default=Path("bench-results"), help="folder of the rows and tables")
    parser.add_argument("--only", nargs="+", metavar="TASK", help="these tasks only")
    parser.add_argument("--questions", type=int, metavar="N", help="at most N questions of each task")
    parser.add_argument("--seed", type=int, default=0, help="draws the questions")
    parser.add_argument("--misses", action="store_true", help="tell every question that did not come out right")
    parser.add_argument("--readme", type=Path, help=f"put the tables between two lines {table.MARK} of this file")
    args = parser.parse_args()
    if args.readme is not None and (not args.readme.is_file() or not table.marked(args.readme.read_text("utf-8"))):
        parser.error(f"{args.readme}: expected two lines {table.MARK}, the tables go between them.")
    return args


def measure(task: Task, cache: Path) -> Report:
    """Put a task's questions to its indexes; the rows of all parts make one report."""
    reports = []
    for part in task.parts:
        with filled(part, cache) as assistant:
            reports.append(evaluate(assistant, part.questions, n_hits=task.n_hits))
    return Report(tuple(row for report in reports for row in report.rows), {**reports[0].about, "task": task.name})


def filled(part: Part, cache: Path) -> qa.Assistant:
    """The part's index, from the cache where nothing has changed."""
    folder = cache / f"{part.name}-{_state(part)}"
    sources: list[Path] = list(part.sources)
    if part.transcripts:
        data_sets.write_transcripts(part.transcripts, folder / "in")
        sources.append(folder / "in")
    assistant = qa.open(folder / "index")
    start = time.perf_counter()
    report = assistant.add(*sources)
    if report.failed:
        assistant.close()
        raise SystemExit(f"Not indexed: {report.failed[0].reason}")
    if report.added or report.updated:
        print(
            f"{part.name}: indexed {len(report.added)} transcripts in {time.perf_counter() - start:.0f} s", flush=True
        )
    return assistant


def _state(part: Part) -> str:
    """Names the code that fills an index, and what is in it."""
    state = hashlib.sha256()
    house = Path(qa.__file__).parent
    for name in _FILLING:
        place = house / name
        for path in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            state.update(path.read_bytes())
    inside = [
        path.name for source in part.sources for path in (sorted(source.iterdir()) if source.is_dir() else [source])
    ]
    inside += sorted(transcript["id"] for transcript in part.transcripts)
    state.update(json.dumps(inside).encode())
    return state.hexdigest()[:10]


def _tell(task: Task, report: Report, misses: bool) -> None:
    shown: Sequence[str] = ("answered", "silent", "match@1", "evidence_recall@1000", "twin_auroc", "latency_p50_ms")
    figures = [f"{name} {report.figures[name].value:.3f}" for name in shown if name in report.figures]
    print(f"{task.name}: {len(report.rows)} questions, {', '.join(figures)}", flush=True)
    for line in lines(report) if misses else ():
        print(f"  {line}")


if __name__ == "__main__":
    main()
