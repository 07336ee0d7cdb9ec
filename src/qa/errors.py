"""The error tree. Every error says what and where, what was expected, and what to do now.

Two branches: what the world did (`WorldError`: files, disks, damaged folders) and what the caller
asked (`UsageError`). The doors print the message as one line and exit with 2.
"""

from __future__ import annotations

from pathlib import Path


class QAError(Exception):
    """Base of everything this package raises on purpose; its text is one line."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class WorldError(QAError):
    """The world outside failed: a file, a disk, an index folder. Trying again may help."""


class UsageError(QAError):
    """The caller asked for something that cannot be: an unknown name, a bad value."""


class ReadError(WorldError):
    """A file could not be read as a transcript.

    Attributes:
        path: the file.
        place: where in it, such as "line 14" or "byte 120"; "" when the whole file is meant.
    """

    def __init__(self, path: Path | str, problem: str, *, remedy: str, place: str = "") -> None:
        self.path = Path(path)
        self.place = place
        self.problem = problem
        self.remedy = remedy
        where = f"{path}, {place}" if place else f"{path}"
        super().__init__(f"{where}: {problem} {remedy}")


class IndexFolderError(WorldError):
    """The index folder cannot be opened, read or written."""


class IndexMismatchError(WorldError):
    """The index was built by another model, splitter or version than the one that opens it."""


class ModelError(WorldError):
    """The embedding model cannot be loaded, or is not the one it claims to be."""


class MissingExtraError(WorldError):
    """An optional part is needed and not installed; the text names its pip line."""


class UnknownTranscriptError(UsageError):
    """No transcript of that id, or several that start so."""


class UnknownPersonError(UsageError):
    """A speaker filter names nobody in the index."""


class SettingError(UsageError):
    """A setting has a value that cannot be used."""
