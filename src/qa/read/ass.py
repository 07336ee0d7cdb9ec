"""Advanced SubStation Alpha (ASS, SSA): a table of events, of which one column names the actor.

    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
    Dialogue: 0,0:00:01.00,0:00:03.00,Default,Nora Ekdal,0,0,0,,The mill{\\i1} is{\\i0} open.

Source: the format's specification as Aegisub keeps it (aegisub.org, "ASS file format").
"""

from __future__ import annotations

import html
import re

from qa.read import captions
from qa.read.cue_blocks import Cue, clock
from qa.read.source import File
from qa.types import Transcript

_COLUMNS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_EVENT = re.compile(r"(?P<kind>Dialogue|Format):\s*(?P<rest>.*)", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{[^{}]{0,400}\}")
_DRAWING = re.compile(r"\{[^{}]{0,400}\\p[1-9][^{}]{0,400}\}")
_HEAD = 2000  # characters


def detect(file: File) -> bool:
    """It begins with its section of script info."""
    return file.is_text and "[script info]" in file.source.text[:_HEAD].casefold() and "Dialogue:" in file.source.text


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the dialogue; comments, styles and drawings are left out.

    Raises:
        ReadError: no event holds a spoken word.
    """
    columns = _names(_COLUMNS)
    cues: list[Cue] = []
    dropped: list[str] = []
    in_events = False
    for line in file.source.lines:
        if line.text.startswith("["):
            in_events = line.text.casefold() == "[events]"
        match = _EVENT.match(line.text) if in_events else None
        if match and match["kind"].casefold() == "format":
            columns = _names(match["rest"])
        elif match:
            cells = dict(zip(columns, match["rest"].split(",", len(columns) - 1), strict=False))
            if _DRAWING.search(cells.get("text", "")):
                dropped.append(cells["text"][:80])
            else:
                cues.append(_cue(line.number, cells))
    return captions.transcript(file, transcript_id, cues, format="ass", dropped=dropped)


def _names(columns: str) -> list[str]:
    return [name.strip().casefold() for name in columns.split(",")]


def _cue(number: int, cells: dict[str, str]) -> Cue:
    text = _OVERRIDE.sub("", cells.get("text", "")).replace("\\h", " ")
    actor = " ".join((cells.get("name") or cells.get("actor") or "").split())
    voice = f"<v {actor}>" if actor and not set("<>") & set(actor) else ""
    lines = [html.escape(part.strip(), quote=False) for part in re.split(r"\\[Nn]", text) if part.strip()]
    start, end = (clock(cells.get(name, "").strip()) for name in ("start", "end"))
    return Cue(number, tuple(f"{voice}{part}" for part in lines), start, end)
