"""YouTube's captions of its own (SBV): a line with two times, then the words.

    0:00:01.000,0:00:03.000
    >> NORA EKDAL: The mill is open.

Source: YouTube's help, "Supported subtitle and closed caption files".
"""

from __future__ import annotations

import re

from qa.read import captions
from qa.read.cue_blocks import Cue, clock
from qa.read.source import File
from qa.types import Transcript

_CLOCK = r"\d{1,3}:\d\d:\d\d\.\d{3}"
_TIMES = re.compile(rf"(?P<start>{_CLOCK}),(?P<end>{_CLOCK})")


def detect(file: File) -> bool:
    """The first line of words is two times."""
    if not file.is_text:
        return False
    first = next((line.text for line in file.source.lines[:5] if line.text), "")
    return bool(_TIMES.fullmatch(first.lstrip("\ufeff")))


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the captions.

    Raises:
        ReadError: none holds a spoken word.
    """
    cues: list[Cue] = []
    number, times, words = 1, None, []
    for line in (*file.source.lines, None):
        match = _TIMES.fullmatch(line.text) if line else None
        if line and not match:
            words += [line.text] if line.text else []
            continue
        if words:
            start, end = (clock(times[name]) if times else None for name in ("start", "end"))
            cues.append(Cue(number, tuple(words), start, end, timed=times is not None))
        number, times, words = line.number if line else number, match, []
    return captions.transcript(file, transcript_id, cues, format="sbv")
