"""WebVTT: captions with voice tags, or with labels in their text.

Seen from Zoom (`Name: words` in every cue), Teams (`<v Name>` in every cue), Webex (the name in the cue's
identifier), YouTube (roll-up lines with a time for every word), Whisper and WhisperX (`[SPEAKER_00]: words`).

Source: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import re

from qa.errors import ReadError
from qa.read import captions
from qa.read.cue_blocks import read_cues
from qa.read.source import File
from qa.types import Transcript

_SIGNATURE = re.compile(r"\s*WEBVTT(?=[ \t\r\n:-]|$)[ \t:-]*(?P<rest>[^\r\n]*)")
_CLOCK = r"(?:\d{1,4}:)?\d\d:\d\d\.\d{1,3}"
_TIMES = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?P<settings>[^\r\n]*)", re.MULTILINE)
_SHORT = re.compile(r"^[ \t]*\d\d:\d\d\.\d{1,3}[ \t]*-->", re.MULTILINE)
_SETTING = re.compile(r"\b(?:align|line|position|size|vertical|region):\S")
_LANGUAGE = re.compile(r"\blanguage:\s*([a-z]{2})\b", re.IGNORECASE)
_BLOCKS = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_FAR = 2000  # characters within which a file without a signature must show its first cue


def detect(file: File) -> bool:
    """The signature; without one, a time line near the top that only WebVTT writes."""
    if not file.is_text:
        return False
    text = file.source.text
    if _SIGNATURE.match(text):
        return True
    match = _TIMES.search(text[: _FAR + 200])
    if match is None:
        return False
    return bool(_SETTING.search(match["settings"]) or _SHORT.match(match.group()) or re.search(r"<v[ .]", text)
                or not re.search(r"^\d+[ \t]*\r?$", text[: match.start()], re.MULTILINE))  # fmt: skip


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the cues; NOTE, STYLE and REGION blocks are left out.

    Raises:
        ReadError: no cue, or none with a spoken word.
    """
    source = file.source
    found = read_cues(source, any_id=True)
    if not any(cue.timed for cue in found):
        raise ReadError(file.path, "is WebVTT without a cue.", remedy='Expected "00:00:01.000 --> 00:00:02.000".')
    signature = _SIGNATURE.match(source.text)
    title, language, dropped, cues = "", "", [], []
    for n, cue in enumerate(found):
        text = "\n".join(cue.lines)
        head = n == 0 and signature is not None and not cue.timed
        if head or (not cue.timed and _BLOCKS.match(text)):
            language = language or (match[1].casefold() if (match := _LANGUAGE.search(text)) else "")
            if not head:
                dropped.append(text)
            continue
        cues.append(cue)
    rest = signature["rest"].strip() if signature else ""
    if rest and ":" not in rest and len(rest) <= 150:
        title = rest
    return captions.transcript(
        file, transcript_id, cues, format="webvtt", title=title or None, language=language or None, dropped=dropped
    )
