"""Days as people and files write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_YEAR = re.compile(r"\b\d{4}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_YEAR_FIRST = re.compile(r"\s*(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d./-])")
_DAY_FIRST = re.compile(rf"(?i)(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"(?i)(?:[a-z]{{3,9}},?\s+)?({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_AFTER = re.compile(r"(?i)[\s,]*(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d){0,2}\s*(?:[ap]\.?m\.?)?)?[\s.]*")
# (Thursday), T14:15:00Z, 2:15 p.m.
_AFTER_NUMBERS = re.compile(
    r"(?i)[\s,.]*(?:\(?[^\W\d_]{2,12}\.?\)?)?[\sT,]*(?:\d{1,2}(?:[:.]\d\d){1,2}\S*)?\s*(?:[ap]\.?m\.?)?"
)


def numeric_day(text: str | None) -> str | None:
    """The day of a text that begins with one in numbers; None for any other.

    "2017-10-12", "2017-10-12T14:15:00Z", "2017/10/12"; "12.10.2017" has the day first, wherever full stops are
    used; of "12/10/2017" nobody can tell, but of "13/10/2017" and "10/13/2017".
    """
    if match := _YEAR_FIRST.match(text or ""):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    match = _YEAR_LAST.match(text or "")
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if len(match[4]) == 4 else 1900 if year > 68 else 2000
    if match[2] == "." or one > 12 or one == other:
        return _date(year, other, one)
    return _date(year, one, other) if other > 12 else None


@lru_cache(maxsize=1024)
def iso_day(text: str) -> str | None:
    """The day of a text that is nothing but a day, perhaps with a weekday and a time; None for any other.

    English and numbers are read here; other languages are dateparser's, which takes milliseconds.
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
    if match := _YEAR_FIRST.match(text) or _YEAR_LAST.match(text):
        return numeric_day(text) if _AFTER_NUMBERS.fullmatch(text[match.end() :]) else None
    if not any(ch.isdigit() for ch in text[:2] + text[-4:]) and len(text.split()) > 8:
        return None
    import dateparser

    parsed = dateparser.parse(text, settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True})
    return parsed.date().isoformat() if parsed else None


# "council-2024-05-20", "GMT20240520-133555_Recording": numbers that go on are no day.
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<sep>[-_.]?)(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)(?!\d)"
)


def day_in_name(name: str) -> str | None:
    """The one day that the name of a file holds, year first; None without one, or with several."""
    found = {_date(int(match["year"]), int(match["month"]), int(match["day"])) for match in _IN_NAME.finditer(name)}
    days = found - {None}
    return days.pop() if len(days) == 1 else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
