"""Copies of uploaded files, kept in the index folder so that the source of every quotation stays readable.

Each copy lies in a folder named by its bytes: two files of one name do not meet, one file sent twice is one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from qa.errors import ReadError

FOLDER = "uploads"
_LONGEST = 120  # bytes of a file name, well under what any file system takes
_UNSAFE = re.compile(r"[^\w\-. ()\[\]&+,']+")


def safe_name(name: str) -> str:
    """A file name without folders, hidden beginnings, control characters or markup; letters of any script stay.

    The extension is kept. What is left of nothing is "transcript".
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = _UNSAFE.sub("_", last).strip(" ._")
    stem, dot, extension = clean.rpartition(".")
    if not dot or not extension.isalnum() or len(extension) > 8:
        stem, extension = clean, ""
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"{stem or 'transcript'}.{extension}" if extension else stem or "transcript"


def copy(path: Path, index: Path, name: str = "", max_bytes: int = 2**40) -> Path:
    """Copy a file into the index folder and return where it lies; an equal copy is left as it is.

    Raises:
        ReadError: it is no plain file, larger than `max_bytes`, or cannot be read or written.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ReadError(path.name, "is not a file.", remedy="Choose a transcript.")
        if size > max_bytes:
            raise ReadError(
                safe_name(name or path.name),
                f"is {size / 2**20:.0f} MB large; at most {max_bytes // 2**20} MB are read.",
                remedy="Split it, or raise QA_MAX_FILE_MB.",
            )  # fmt: skip
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        place = index / FOLDER / digest
        there = [one for one in place.iterdir() if not one.name.startswith(".")] if place.is_dir() else []
        if there:
            return there[0]
        place.mkdir(parents=True, exist_ok=True)
        target = place / safe_name(name or path.name)
        handle, half = tempfile.mkstemp(dir=place, prefix=".")
        os.close(handle)
        shutil.copyfile(path, half)
        os.replace(half, target)
        return target
    except OSError as error:
        problem = f"cannot be kept ({error.strerror})."
        raise ReadError(safe_name(name or path.name), problem, remedy="Try again.") from error


def forget(path: Path, index: Path) -> None:
    """Delete a copy; a file that is none of ours is left alone."""
    ours = (index / FOLDER).absolute()
    if path.absolute().parent.parent != ours:
        return
    with suppress(OSError):
        path.unlink()
        path.parent.rmdir()
