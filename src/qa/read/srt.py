"""SubRip (SRT): numbered captions, with or without labels in their text.

Source: no standard exists; seen from Rev, Otter, Descript, Whisper, WhisperX, YouTube downloads and
subtitles for the deaf.
"""

from __future__ import annotations

import re

from qa.read import captions
from qa.read.cue_blocks import read_cues
from qa.read.source import File
from qa.types import Transcript

_CLOCK = r"\d{1,4}:\d{1,2}:\d{1,2}(?:[.,:]\d{1,9})?"
_TIMES = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}", re.MULTILINE)
_FAR = 2000  # characters within which the first cue must stand
_SPARSE = 1500  # characters of text a cue, more of which is prose that shows a cue


def detect(file: File) -> bool:
    """A time line near the top, and about as many cues as the length asks for."""
    if not file.is_text:
        return False
    text = file.source.text
    if not _TIMES.search(text[: _FAR + 100]):
        return False
    return sum(1 for _ in _TIMES.finditer(text)) * _SPARSE >= len(text)


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the cues.

    Raises:
        ReadError: none holds a spoken word.
    """
    return captions.transcript(file, transcript_id, read_cues(file.source, any_id=False), format="srt")
