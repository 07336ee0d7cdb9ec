"""A run as JSON, written and read back: "qa-evaluation/1".

    {"format": "qa-evaluation/1", "questions": 141, "about": {...}, "figures": {"answered": {...}, ...}, "rows": [...]}

Figures are kept for readers; whoever reads the file back counts them again from the rows.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from qa.errors import ReadError, WorldError
from qa.evaluate.compare import Comparison
from qa.evaluate.rows import Row
from qa.evaluate.run import Report

FORMAT = "qa-evaluation/1"


def to_dict(report: Report, against: Comparison | None = None) -> dict[str, Any]:
    """The run as plain data, with how it compares under "against"."""
    data = {
        "format": FORMAT,
        "questions": len(report.rows),
        "about": dict(report.about),
        "figures": {name: _without_name(asdict(figure)) for name, figure in report.figures.items()},
        "rows": [asdict(row) for row in report.rows],
    }
    return data if against is None else {**data, "against": asdict(against)}


def _without_name(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "name"}


def ready(*paths: Path | None) -> None:
    """Raises WorldError when the folder of a file to write is not there: told before the long run."""
    for path in paths:
        if path is not None and not path.absolute().parent.is_dir():
            raise WorldError(f"{path}: there is no folder {path.parent}. Make it, or name another place.")
        if path is not None and path.is_dir():
            raise WorldError(f"{path}: is a folder. Name a file in it.")


def write(report: Report, path: Path | str) -> None:
    """Save a run. Raises WorldError when the file cannot be written."""
    put(Path(path), json.dumps(to_dict(report), ensure_ascii=False, indent=1) + "\n")


def put(path: Path, text: str) -> None:
    """Write a file. Raises WorldError, naming the path."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WorldError(f"{path}: cannot be written ({error.strerror}). Name another place.") from error


def read(path: Path | str) -> Report:
    """A run saved by `write` or printed by `qa eval --json`.

    Raises:
        ReadError: missing, not JSON, not of this format, or a row of the wrong form; names the row.
    """
    path = Path(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}).", remedy="Check the path.") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(path, "is not valid JSON.", remedy=_REMEDY) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ReadError(path, f'is not of the format "{FORMAT}".', remedy=_REMEDY)
    rows = data.get("rows")
    if not isinstance(rows, list):
        raise ReadError(path, 'expected a list of "rows".', remedy=_REMEDY)
    about = data.get("about")
    return Report(tuple(_row(path, n, row) for n, row in enumerate(rows, 1)), about if isinstance(about, dict) else {})


_REMEDY = "Give a file written by: qa eval FILE.jsonl --save rows.json"


def _row(path: Path, n: int, data: Any) -> Row:
    try:
        row = _build(Row, data)
    except (TypeError, ValueError, KeyError) as error:
        raise ReadError(path, f"is no row of a run ({error}).", remedy=_REMEDY, place=f"row {n}") from error
    assert isinstance(row, Row)
    return row


def _build(wanted: Any, data: Any) -> Any:
    """Plain data as the wanted type: dataclasses, tuples, mappings, options and plain values."""
    origin = get_origin(wanted)
    if is_dataclass(wanted):
        return _build_fields(wanted, data)
    if origin is tuple:
        kinds = get_args(wanted)
        if not isinstance(data, list) or (kinds[-1] is not ... and len(data) != len(kinds)):
            raise TypeError(f"expected a list, found {data!r:.60}")
        return tuple(_build(kinds[0] if kinds[-1] is ... else kinds[i], item) for i, item in enumerate(data))
    if origin is Mapping:
        if not isinstance(data, dict):
            raise TypeError(f"expected an object, found {data!r:.60}")
        return {str(key): _build(get_args(wanted)[1], value) for key, value in data.items()}
    if origin in (Union, types.UnionType):
        return None if data is None else _build(get_args(wanted)[0], data)
    if wanted is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, wanted) or (wanted is int and isinstance(data, bool)):
        raise TypeError(f"expected {wanted.__name__}, found {data!r:.60}")
    return data


def _build_fields(wanted: Any, data: Any) -> Any:
    if not isinstance(data, dict):
        raise TypeError(f"expected an object, found {data!r:.60}")
    hints = get_type_hints(wanted)
    given = {item.name: item for item in fields(wanted) if item.name in data}
    return wanted(**{name: _build(hints[name], data[name]) for name in given})
