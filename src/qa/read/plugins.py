"""Readers of other distributions, found by their entry points; a broken one never stops a file from being read."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.errors import QAError
from qa.read.source import File
from qa.types import Transcript

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from qa.read import Reader

GROUP = "transcript_qa.readers"
_log = logging.getLogger(__name__)


def readers() -> tuple[Reader, ...]:
    """The readers that installed distributions offer, by the names of their entry points."""
    return _load(tuple(sys.path))


@lru_cache(maxsize=8)
def _load(path: tuple[str, ...]) -> tuple[Reader, ...]:
    """Loaded once for each search path."""
    from importlib.metadata import entry_points  # 50 ms that `import qa.read` can do without

    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        reader = _loaded(point)
        if reader is not None:
            found.append(reader)
    return tuple(found)


def _loaded(point: EntryPoint) -> Reader | None:
    from qa.read import Reader

    try:
        reader = point.load()
    except (Exception, SystemExit) as error:
        _log.warning('The reader plug-in "%s" (%s) cannot be loaded: %s.', point.name, point.value, _told(error))
        return None
    if not isinstance(reader, Reader):
        _log.warning(
            'The reader plug-in "%s" (%s) is no qa.read.Reader but %s.', point.name, point.value, type(reader).__name__
        )
        return None
    return reader


def attempt(reader: Reader, file: File, transcript_id: str, problems: list[str]) -> Transcript | None:
    """What a plug-in's reader makes of the file; None when it is not its format, or when it fails.

    Args:
        problems: a failure is told here.

    Raises:
        QAError: the reader's own verdict on a file of its format.
    """
    try:
        if not reader.detect(file):
            return None
        one = reader.parse(file, transcript_id)
        if not isinstance(one, Transcript):
            raise TypeError(f"it gave {type(one).__name__}, no Transcript")
    except QAError:
        raise
    except (Exception, SystemExit) as error:
        problems.append(f'the reader plug-in "{reader.name}" failed ({_told(error)}): read without it.')
        _log.warning('%s: the reader plug-in "%s" failed: %s.', file.path, reader.name, _told(error))
        return None
    return one if one.format else replace(one, format=reader.name)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
