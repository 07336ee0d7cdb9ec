"""Measures the house from outside, with questions whose right answers people wrote down."""

from __future__ import annotations

from pathlib import Path

from qa.evaluate.compare import Comparison, Difference, compare
from qa.evaluate.figures import MEASURES, Figure, Measure
from qa.evaluate.questions import EvalQuestion, load_questions
from qa.evaluate.rows import Expected, Quoted, Row
from qa.evaluate.run import Report, evaluate
from qa.evaluate.saved import read as read_report
from qa.evaluate.saved import ready as _writable
from qa.evaluate.saved import to_dict
from qa.evaluate.saved import write as write_report
from qa.evaluate.tell import lines

__all__ = [
    "MEASURES",
    "Comparison",
    "Difference",
    "EvalQuestion",
    "Expected",
    "Figure",
    "Measure",
    "Quoted",
    "Report",
    "Row",
    "compare",
    "evaluate",
    "lines",
    "load_questions",
    "read_report",
    "ready_to_write",
    "to_dict",
    "write_page",
    "write_report",
]


def ready_to_write(page: Path | None, rows: Path | None) -> None:
    """Find out before the long run what could not be written after it.

    Raises:
        WorldError: a folder is not there.
        MissingExtraError: the HTML page needs the extra `report`; names its pip line.
    """
    _writable(page, rows)
    if page is not None:
        from qa.evaluate import plots

        plots.ready()


def write_page(report: Report, path: Path | str, against: Comparison | None = None) -> None:
    """Write the run as one self-contained HTML page.

    Raises:
        WorldError: the file cannot be written.
        MissingExtraError: the extra `report` is not installed; names its pip line.
    """
    from qa.evaluate import page

    page.write(report, path, against)
