"""A run as one HTML page that opens offline: figures, plots, misses, every question.

Every byte of a transcript, a question or a name is escaped; the page fetches nothing and runs no script
but its own (a content security policy names the hash of it).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qa.evaluate import curves, plots, saved
from qa.evaluate.compare import Comparison
from qa.evaluate.figures import MEASURES, parts
from qa.evaluate.rows import Row
from qa.evaluate.run import Report
from qa.evaluate.tell import number, share

_HERE = Path(__file__).parent
_SORTS: dict[str, Callable[[Row], str]] = {
    "category": lambda row: row.category,
    "what the question was taken for": lambda row: row.kind,
}


def write(report: Report, path: Path | str, against: Comparison | None = None) -> None:
    """Write the page.

    Raises:
        MissingExtraError: the extra `report` is not installed.
        WorldError: the file cannot be written.
    """
    saved.put(Path(path), render(report, against))


def render(report: Report, against: Comparison | None = None) -> str:
    """The page as text. Raises MissingExtraError when the extra `report` is not installed."""
    plots.ready()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    house = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    house.filters |= {"plain": _plain, "number": number, "share": share}
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return house.get_template("page.html").render(
        report=report, comparison=against, script=script, script_hash=f"sha256-{digest}",
        style=(_HERE / "page.css").read_text(encoding="utf-8"), **_shown(report),
    )  # fmt: skip


def _shown(report: Report) -> dict[str, Any]:
    rows = report.rows
    own = float(report.about.get("settings", {}).get("threshold", 0.5))
    bins, cuts = curves.calibration(rows), curves.cuts(rows, own)
    points = curves.by_budget(report.figures)
    return {
        "measures": {measure.name: measure for measure in MEASURES},
        "points": points,
        "bins": bins,
        "cuts": [cut for cut in cuts if round(cut.threshold * 10, 6).is_integer() or cut.threshold == own],
        "own": own,
        "latencies": curves.latencies(rows),
        "recall_plot": plots.recall(points) if points else None,
        "calibration_plot": plots.calibration(bins) if rows else None,
        "threshold_plot": plots.thresholds(cuts, own) if rows else None,
        "latency_plot": plots.latency(rows) if rows else None,
        "sorts": [(title, parts(rows, sort)) for title, sort in _SORTS.items() if len({sort(row) for row in rows}) > 1],
        "misses": [row for row in rows if not row.right],
    }


def _plain(text: object) -> str:
    """Without control characters, which show nothing or move what is shown."""
    return "".join(ch for ch in str(text) if ch in "\n\t" or ch.isprintable())
