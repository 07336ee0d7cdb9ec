"""Media times as files write them, in seconds."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2}(?:[.,]\d{1,6})?)(?:[:;]\d{1,3})?")
_PLAIN = re.compile(r"(?P<n>\d{1,12}(?:[.,]\d{1,9})?)\s*(?P<unit>ms|msec|s|sec|secs|seconds?)?")
_WORDS = re.compile(
    r"(?:(\d+)\s*h(?:ours?|rs?)?\s*)?(?:(\d+)\s*m(?:in(?:ute)?s?)?\s*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec(?:ond)?s?)?)?"
)


def seconds(text: str, *, milliseconds: bool = False) -> float | None:
    """Seconds of "00:01:02.500", "1:02", "62.5", "62500 ms", "1m 2s"; None when it is no media time.

    A fourth group after a colon (frames) is left out.

    Args:
        milliseconds: a bare number counts milliseconds.
    """
    text = text.strip(" []()\u200e\u200f")[:40]
    if match := _CLOCK.fullmatch(text):
        return int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + float(match["s"].replace(",", "."))
    if match := _PLAIN.fullmatch(text):
        scale = 0.001 if (match["unit"] or "").startswith("ms") or (milliseconds and not match["unit"]) else 1.0
        return float(match["n"].replace(",", ".")) * scale
    if (match := _WORDS.fullmatch(text)) and any(match.groups()):
        return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + float((match[3] or "0").replace(",", "."))
    return None
