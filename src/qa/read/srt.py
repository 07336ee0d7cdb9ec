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
_BEGINS = re.compile(rf"\s{{0,99}}(?:\d{{1,7}}[ \t]*[\r\n]{{1,4}})?[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}")
_FAR = 2000  # characters within which the first cue must stand
_SPARSE = 1500  # characters of text a cue, more of which is prose that shows a cue


def detect(file: File) -> bool:
    """A time line near the top, and about as many cues as the length asks for, or one as the very beginning."""
    if not file.is_text:
        return False
    text = file.source.text
    if not _TIMES.search(text[: _FAR + 100]):
        return False
    cues = sum(1 for _ in _TIMES.finditer(text))
    return cues * _SPARSE >= len(text) or (text.count("-->") >= 2 and bool(_BEGINS.match(text)))


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the cues.

    Raises:
        ReadError: none holds a spoken word.
    """
    return captions.transcript(file, transcript_id, read_cues(file.source, any_id=False), format="srt")
