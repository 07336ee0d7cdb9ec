"""Days as people write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_YEAR = re.compile(r"\b\d{4}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_ISO = re.compile(r"\d{4}-\d\d-\d\d\b")
_DAY_FIRST = re.compile(rf"(?i)(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"(?i)(?:[a-z]{{3,9}},?\s+)?({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_AFTER = re.compile(r"(?i)[\s,]*(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d){0,2}\s*(?:[ap]\.?m\.?)?)?[\s.]*")


@lru_cache(maxsize=1024)
def iso_day(text: str) -> str | None:
    """The day of a text that is nothing but a day, perhaps with a weekday and a time; None for any other.

    English and ISO 8601 are read here; other languages are dateparser's, which takes milliseconds.
    """
    text = text.strip()
    if len(text) > 60 or not _YEAR.search(text):
        return None
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        match = pattern.match(text)
        if match and _AFTER.fullmatch(text[match.end() :]):
            year, month, day = (match[n] for n in order)
            number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()))
            return _date(int(year), number, int(day))
    if match := _ISO.match(text):
        return _date(*(int(part) for part in match.group().split("-")))
    if not any(ch.isdigit() for ch in text[:2] + text[-4:]) and len(text.split()) > 8:
        return None
    import dateparser

    parsed = dateparser.parse(text, settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True})
    return parsed.date().isoformat() if parsed else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
