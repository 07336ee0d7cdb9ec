"""The report's plots, as SVG to stand inside a page: colours are the page's own, nothing is fetched."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.errors import MissingExtraError
from qa.evaluate.curves import Bin, BudgetPoint, Cut
from qa.evaluate.rows import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Stand-ins that become the page's colours, so that a plot follows its light and dark.
_COLOURS = {
    "#0a0b0c": "var(--ink)", "#c1c2c3": "var(--line)", "#1a5fb4": "var(--first)", "#b5561c": "var(--second)",
    "#3d7a2a": "var(--third)",
}  # fmt: skip
_INK, _LINE, _FIRST, _SECOND, _THIRD = _COLOURS
_STYLE: Any = {
    "svg.fonttype": "none", "font.size": 10,
    "text.color": _INK, "axes.labelcolor": _INK, "axes.edgecolor": _LINE, "xtick.color": _INK, "ytick.color": _INK,
    "axes.grid": True, "grid.color": _LINE, "grid.linewidth": 0.5, "axes.spines.top": False, "axes.spines.right": False,
    "legend.frameon": False, "legend.fontsize": 9, "axes.facecolor": "none", "figure.facecolor": "none",
}  # fmt: skip


def ready() -> None:
    """Raises MissingExtraError when what draws the plots and the page is not installed."""
    try:
        import jinja2  # noqa: F401
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            'The HTML page needs matplotlib and jinja2: pip install "transcript-qa[report]"'
        ) from error


def recall(points: Sequence[BudgetPoint]) -> str:
    """Evidence recall and precision by token budget, with intervals."""
    budgets = [point.budget for point in points]
    lines: list[tuple[str, str, str, str, list[Any]]] = [
        ("recall", _FIRST, "o", "-", [point.recall for point in points]),
        ("recall, the asked person's", _SECOND, "s", "--", [point.recall_strict for point in points]),
        ("precision", _THIRD, "^", ":", [point.precision for point in points]),
    ]
    with _axes("tokens read", "share") as (canvas, axes):
        for name, colour, marker, dashes, figures in lines:
            values = [figure.value for figure in figures]
            error = [[max(0.0, f.value - f.low) for f in figures], [max(0.0, f.high - f.value) for f in figures]]
            axes.errorbar(budgets, values, yerr=error, label=name, color=colour, marker=marker, ls=dashes, capsize=3)
        axes.set_xticks(budgets)
        axes.set_ylim(0, 1.02)
        axes.legend()
        return _svg(canvas, "recall", "Evidence recall and precision by token budget; the numbers are in the table.")


def calibration(bins: Sequence[Bin]) -> str:
    """Reliability diagram above the counts of its bins."""
    with _axes("confidence", "share", rows=2) as (canvas, axes):
        counts = canvas.axes[1]
        axes.plot([0, 1], [0, 1], color=_LINE, lw=1)
        axes.plot(
            [b.confidence for b in bins], [b.answerable for b in bins], label="of all questions: answerable",
            color=_FIRST, marker="o",
        )  # fmt: skip
        given = [b for b in bins if b.answered is not None]
        axes.plot(
            [b.confidence for b in given], [b.answered for b in given if b.answered is not None],
            label="of the answers given: gold words quoted", color=_SECOND, marker="s", ls="--",
        )  # fmt: skip
        axes.set_ylim(-0.02, 1.02)
        axes.legend()
        counts.bar([(b.low + b.high) / 2 for b in bins], [b.n for b in bins], 0.08, color=_FIRST)
        counts.set_ylabel("questions")
        counts.set_xlabel("confidence")
        counts.set_xlim(0, 1)
        return _svg(canvas, "calibration", "Reliability of confidence, with the number of questions in each bin.")


def thresholds(cuts: Sequence[Cut], own: float) -> str:
    """Answering and silence as the threshold moves."""
    lines: list[tuple[str, str, str, Callable[[Cut], float | None]]] = [
        ("answerable: an answer is given", _FIRST, "-", lambda cut: cut.given),
        ("answerable: gold words quoted", _THIRD, ":", lambda cut: cut.answered),
        ("unanswerable: silent", _SECOND, "--", lambda cut: cut.silent),
    ]
    with _axes("threshold on confidence", "share") as (canvas, axes):
        for name, colour, dashes, value in lines:
            at = [(cut.threshold, y) for cut in cuts if (y := value(cut)) is not None]
            axes.plot([x for x, _ in at], [y for _, y in at], label=name, color=colour, ls=dashes)
        axes.axvline(own, color=_INK, lw=1)
        axes.annotate("in use", (own, 0.02), xytext=(4, 0), textcoords="offset points")
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.02, 1.02)
        axes.legend()
        return _svg(canvas, "thresholds", "Share answered and share silent as the threshold on confidence moves.")


def latency(rows: Sequence[Row]) -> str:
    """How long answers took, on a logarithmic scale."""
    times = np.maximum([1000 * row.seconds for row in rows], 0.01)
    low, high = float(times.min()), float(times.max())
    edges = np.geomspace(low / 1.05, high * 1.05, 30)
    with _axes("milliseconds", "answers") as (canvas, axes):
        axes.hist(times, bins=edges.tolist(), color=_FIRST)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        for share, dashes in ((0.5, "-"), (0.95, "--")):
            axes.axvline(float(np.quantile(times, share)), color=_INK, lw=1, ls=dashes, label=f"{share:.0%}")
        axes.legend()
        return _svg(canvas, "latency", "Distribution of the time an answer took, with its median and 95th percentile.")


@contextmanager
def _axes(x: str, y: str, rows: int = 1) -> Iterator[tuple[Canvas, Axes]]:
    """A canvas in the page's style and its first axes; a second row is a third as high."""
    ready()
    import matplotlib
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context(_STYLE):
        canvas = Canvas(figsize=(6, 3.4 if rows == 1 else 4.4), layout="constrained")
        grid = canvas.add_gridspec(rows, 1, height_ratios=[3, 1][:rows])
        axes = canvas.add_subplot(grid[0])
        if rows == 2:
            canvas.add_subplot(grid[1], sharex=axes)
        axes.set_xlabel(x)
        axes.set_ylabel(y)
        yield canvas, axes


def _svg(canvas: Canvas, name: str, label: str) -> str:
    """The canvas as an <svg> element of a page: no prologue, no metadata, ids of its own."""
    file = io.StringIO()
    canvas.savefig(file, format="svg")
    text = file.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", text)
    for stand_in, colour in _COLOURS.items():
        text = text.replace(stand_in, colour)
    return text.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)
