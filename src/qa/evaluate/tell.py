"""A run in lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.evaluate.compare import Comparison
from qa.evaluate.figures import parts
from qa.evaluate.run import Report


def lines(report: Report, against: Comparison | None = None) -> Iterator[str]:
    """What came out wrong, question by question; every figure; the sorts of questions; how it compares."""
    for row in report.rows:
        if not row.right:
            yield f"wrong {row.id} [{row.category}] {row.question!r}: {row.why}"
    yield from columns(
        [("figure", "value", "95% interval", "of")]
        + [
            (figure.name, number(figure.value, figure.unit),
             f"{number(figure.low, figure.unit)} to {number(figure.high, figure.unit)}", f"{figure.n} {figure.counts}")
            for figure in report.figures.values()
        ]
    )  # fmt: skip
    sorts = parts(report.rows, lambda row: row.category)
    if len(sorts) > 1:
        yield ""
        yield from columns(
            [("sort", "questions", "answered", "silent", "right")]
            + [
                (part.name or "-", str(part.n), share(part.answered), share(part.silent), share(part.right))
                for part in sorts
            ]
        )
    if against is not None:
        yield from _comparison(against)


def _comparison(found: Comparison) -> Iterator[str]:
    """How every figure moved."""
    yield ""
    yield (
        f"against the older run: {found.shared} questions both have, "
        f"{found.only_new} only here, {found.only_old} only there"
    )
    yield from columns(
        [("figure", "old", "new", "difference", "95% interval", "above zero")]
        + [
            (d.name, number(d.old, d.unit), number(d.new, d.unit), number(d.difference, d.unit, "+"),
             f"{number(d.low, d.unit, '+')} to {number(d.high, d.unit, '+')}", f"{d.above:.0%}")
            for d in found.differences
        ]
    )  # fmt: skip


def number(value: float, unit: str, sign: str = "") -> str:
    """A share with three decimals, milliseconds with one."""
    return f"{value:{sign}.1f}" if unit == "ms" else f"{value:{sign}.3f}"


def share(value: float | None) -> str:
    """A share with three decimals; "-" where there is none."""
    return "-" if value is None else f"{value:.3f}"


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells under each other, two blanks between."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
