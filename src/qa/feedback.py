"""What users thought of answers: one JSON object a line in `feedback.jsonl` of the index folder, only added to."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qa.errors import IndexFolderError
from qa.types import Answer

FILE = "feedback.jsonl"
MAX_COMMENT = 2000
"""Most characters of a comment that are kept."""

_CITED = ("transcript_id", "speaker", "turn", "start", "end", "quote")


def record(
    answer: Answer, liked: bool | None, comment: str, index: Mapping[str, object], asked: Mapping[str, object]
) -> dict[str, Any]:
    """The line to note: when, what was asked, what was shown, by which versions, and what was thought of it.

    Args:
        liked: None where an earlier line of the same id is taken back.
        index: what the index was built with, and its state.
        asked: further facts, such as the filters and an id.
    """
    return {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "liked": liked,
        "comment": comment.strip()[:MAX_COMMENT],
        "question": answer.question,
        "standalone": answer.standalone,
        **asked,
        "found": answer.found,
        "reason": answer.reason,
        "confidence": answer.confidence,
        "citations": [_cited(asdict(c)) for c in answer.citations],
        "elsewhere": [_cited(asdict(c)) for c in answer.elsewhere],
        "versions": {"qa": version("transcript-qa"), **index},
    }


def note(folder: Path, line: Mapping[str, Any]) -> None:
    """Add a line. Several processes and threads may at once: a line is one write at the end of the file.

    Raises:
        IndexFolderError: the file cannot be written.
    """
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    try:
        file = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            written = os.write(file, data)
        finally:
            os.close(file)
    except OSError as error:
        raise IndexFolderError(
            f"{folder / FILE}: cannot be written ({error.strerror}). Check its permissions."
        ) from error
    if written < len(data):
        raise IndexFolderError(f"{folder / FILE}: the disk is full. Free some space.")


def _cited(citation: Mapping[str, Any]) -> dict[str, Any]:
    return {name: citation[name] for name in _CITED}
