"""File to `Transcript`: one format, one file; `read(path)` finds the format by content."""

from __future__ import annotations

import re
from pathlib import Path

from qa.errors import ReadError
from qa.read import kremlin, labelled, own_json
from qa.read.source import Source, decode
from qa.types import Transcript

__all__ = ["read", "read_text", "transcript_id"]


def read(path: Path | str, *, max_bytes: int = 64 * 2**20) -> Transcript:
    """Read one file as a transcript.

    The id is the file's name made plain; `qa.assistant` makes it unique within an index. Files in the
    own JSON format bring their own id.

    Args:
        path: any file; the format is found by content, not by extension.
        max_bytes: larger files are refused.

    Raises:
        ReadError: missing, unreadable, empty, binary, in no known encoding, or not a transcript.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would wait for ever
            raise ReadError(path, "is no regular file.", remedy="Name a file or a folder.")
        size = path.stat().st_size
        if size > max_bytes:
            raise ReadError(
                path,
                f"has {size / 2**20:.0f} MiB, more than the {max_bytes / 2**20:.0f} MiB that are read.",
                remedy="Split the file, or raise QA_MAX_FILE_MB.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            path, f"cannot be read ({error.strerror}).", remedy="Check the path and its permissions."
        ) from error
    return read_text(decode(data, path), path)


def read_text(text: str, path: Path) -> Transcript:
    """Read a decoded source; `path` names it in errors and becomes its `source`.

    Raises:
        ReadError: empty, or not a transcript.
    """
    if not text.strip():
        raise ReadError(path, "is empty.", remedy="Put the transcript into it, or leave the file out.")
    source = Source(text, path)
    if own_json.detect(source):
        return own_json.parse(source, transcript_id(path))
    if kremlin.detect(source):
        return kremlin.parse(source, transcript_id(path))
    if labelled.detect(source):
        return labelled.parse(source, transcript_id(path))
    raise ReadError(
        path,
        "no speaker labels found.",
        remedy='Expected lines such as "Name: words", a kremlin.ru text page, or the qa-transcript/1 JSON format.',
    )


def transcript_id(path: Path) -> str:
    """The file's name without its extension, with nothing but letters, digits, dots, - and _."""
    return re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:80] or "transcript"
