"""The README's result tables: ours with intervals, the peers' figures beside them, losses included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.tasks import Task
from qa.evaluate import Figure, Report

MARK = "<!-- results -->"
"""Stands in the README on the lines before and after the tables."""
PEERS = Path(__file__).with_name("peers.json")
_ANSWERS = ("answered", "silent", "balance", "attribution", "verbatim", "auroc", "twin_auroc")


def tables(tasks: Sequence[Task], reports: Mapping[str, Report], drawn: int | None = None) -> str:
    """Markdown: when and where it was measured; searching beside the peers; answering and silence.

    Args:
        drawn: the most questions of a task, where not all were asked.
    """
    if not reports:
        return "Nothing was measured.\n"
    about = next(iter(reports.values())).about
    some = "" if drawn is None else f" At most {drawn} questions of each set, drawn at random."
    head = (
        f"Measured {about['date']}, commit {about['commit'] or 'unknown'}, {about['machine']}, default settings.{some} "
        "In brackets the 95% bootstrap interval."
    )
    return "\n".join([head, "", *_searching(reports), *_answering(tasks, reports)]) + "\n"


def marked(page: str) -> bool:
    """Whether a page has its place for the tables."""
    return page.splitlines().count(MARK) == 2


def put_into(page: str, text: str) -> str:
    """The page with the tables between its two marks, which stay."""
    before, _, after = page.split(f"{MARK}\n", 2)
    return f"{before}{MARK}\n{text}{MARK}\n{after}"


def _searching(reports: Mapping[str, Report]) -> list[str]:
    peers = json.loads(PEERS.read_text(encoding="utf-8"))
    rows = [row for row in peers["rows"] if row["figure"] in _figures(reports, row["task"])]
    if not rows:
        return []
    systems: list[str] = peers["systems"]
    lines = [
        "| search | questions | transcript-qa | " + " | ".join(systems) + " |",
        "|" + "---|" * (len(systems) + 3),
        *(_search_row(row, _figures(reports, row["task"])[row["figure"]], systems) for row in rows),
        "",
        "The best of each row is bold. " + _notes(peers, rows),
        "",
    ]
    return lines


def _search_row(row: Mapping[str, Any], ours: Figure, systems: Sequence[str]) -> str:
    here, there = row["same_questions"], row["test_part"]
    best = max([ours.value, *here.values(), *there.values()])
    cells = [_bold(_number(ours.value), ours.value >= best) + f" [{_number(ours.low)}, {_number(ours.high)}]"]
    for system in systems:
        value = here.get(system, there.get(system))
        star = "" if system in here or value is None else r"\*"
        cells.append("" if value is None else _bold(_number(value), value >= best) + star)
    return f"| {row['label']} | {ours.n} | " + " | ".join(cells) + " |"


def _notes(peers: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    said = [f"{name}: {note}." for name, note in peers["notes"].items()]
    if any(row["test_part"] for row in rows):
        said.append(r"\* measured on the test part, ours on the part named: near, but not the same questions.")
    said.append("Peers' figures: `benchmarks/peers.json`.")
    return " ".join(said)


def _answering(tasks: Sequence[Task], reports: Mapping[str, Report]) -> list[str]:
    shown = [name for name in _ANSWERS if any(name in report.figures for report in reports.values())]
    lines = [
        "| answering | questions | " + " | ".join(shown) + " | p50 / p95, ms |",
        "|" + "---|" * (len(shown) + 3),
    ]
    for task in tasks:
        figures = reports[task.name].figures
        cells = [_cell(figures.get(name)) for name in shown]
        times = f"{figures['latency_p50_ms'].value:.0f} / {figures['latency_p95_ms'].value:.0f}"
        lines.append(f"| {task.label} | {len(reports[task.name].rows)} | " + " | ".join(cells) + f" | {times} |")
    return lines


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{_number(figure.value)} [{_number(figure.low)}, {_number(figure.high)}] of {figure.n}"


def _figures(reports: Mapping[str, Report], task: str) -> Mapping[str, Figure]:
    return reports[task].figures if task in reports else {}


def _number(value: float) -> str:
    """Three decimals, without the zero before the point."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0.") else text


def _bold(text: str, best: bool) -> str:
    return f"**{text}**" if best else text
