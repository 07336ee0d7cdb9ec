"""Days and transcripts that a question is limited to: "in 2017", "yesterday", "at the Sochi meeting"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from qa import words
from qa.question.known import Known
from qa.question.marks import EDGE
from qa.types import TranscriptInfo


def days_between(ids: Collection[str], transcripts: Iterable[TranscriptInfo]) -> tuple[str | None, str | None]:
    """The first and the last day of the transcripts of those ids; None where no day is known."""
    dates = [info.date for info in transcripts if info.date and info.id in ids]
    return min(dates, default=None), max(dates, default=None)


_MONTHS = """january february march april may june july august september october november december jan
            feb mar apr jun jul aug sep sept oct nov dec января февраля марта апреля мая июня июля
            августа сентября октября ноября декабря""".split()
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?:\b(?:on|on the|from|dated|от)\s+)?\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))(?: года| г\.)?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?:in|during|from|в)\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?P<how>in|during|since|after|before|until|в)\s+(?P<y>(?:19|20)\d\d)\b(?: году)?", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|today|вчера|сегодня)"
    r"|(?:in the |during the )?(?:last|past|previous)\s+(?P<unit>week|month|year))\b",
    re.IGNORECASE,
)


def dates_in(text: str, known: Known) -> tuple[str, str | None, str | None]:
    """A date in the question limits the search when some transcript, but not every one, is of that time.

    "In 2014" in a question to one interview of 2024 is what was spoken about; the words then stay in
    the topic and must be in the evidence.
    """
    left, since, until = days_in(text, known.today)
    dated = [info.date for info in known.transcripts if info.date]
    inside = [d for d in dated if (since is None or d >= since) and (until is None or d <= until)]
    return (left, since, until) if inside else (text, None, None)


def days_in(text: str, today: date) -> tuple[str, str | None, str | None]:
    """A text without the first day, month or year it names, and the days meant; the text itself where it names none."""
    for pattern, reach in ((_DAY, _day), (_MONTH_YEAR, _month), (_YEAR, _year), (_RELATIVE, _relative)):
        match = pattern.search(text)
        span = reach(match, today) if match else None
        if match and span:
            return words.squeeze(f"{text[: match.start()]} {text[match.end() :]}"), *span
    return text, None, None


def apart(text: str) -> tuple[str, str]:
    """A text without the first day, month or year it names, and the words that name it; the latter may be empty."""
    for pattern in (_DAY, _MONTH_YEAR, _YEAR, _RELATIVE):
        match = pattern.search(text)
        if match:
            return words.squeeze(f"{text[: match.start()]} {text[match.end() :]}"), match.group().strip()
    return text, ""


def _day(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
        else:
            month = _month_number(match["m"] or match["m2"])
            day = date(int(match["y"] or match["y2"]), month, int(match["d"] or match["d2"]))
    except ValueError:
        return None
    return day.isoformat(), day.isoformat()


def _month_number(name: str) -> int:
    n = _MONTHS.index(name.casefold())
    if n < 12:
        return n + 1
    if n >= len(_MONTHS) - 12:
        return n - (len(_MONTHS) - 12) + 1
    return next(k + 1 for k in range(12) if _MONTHS[k].startswith(name.casefold()[:3]))


def _month(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    first = date(int(match["y"]), _month_number(match["m"]), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.isoformat(), (after - timedelta(days=1)).isoformat()


def _year(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    year, how = int(match["y"]), match["how"].casefold()
    if how == "since":
        return f"{year}-01-01", None
    if how == "after":
        return f"{year + 1}-01-01", None
    if how in {"before", "until"}:
        return None, f"{year - 1}-12-31"
    return f"{year}-01-01", f"{year}-12-31"


def _relative(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    if match["day"]:
        day = today - timedelta(days=match["day"].casefold() in {"yesterday", "вчера"})
        return day.isoformat(), day.isoformat()
    days = {"week": 7, "month": 31, "year": 366}[match["unit"].casefold()]
    return (today - timedelta(days=days)).isoformat(), today.isoformat()


_EVENT = re.compile(
    r"(?:,\s*)?\b(?:in|at|during|from|of|on)\s+(?:the\s+|this\s+|that\s+|his\s+|her\s+|their\s+)?"
    r"(?:(?P<before>[\w'’.-]+(?:\s+[\w'’.-]+){0,5}?)\s+)?"
    r"(?P<thing>meeting|interview|conversation|summit|talks|hearing|debate|session|podcast|episode|transcript|page|"
    r"press conference|discussion|committee)s?\b"
    r"(?:\s+(?:in|at|on|with|of)\s+(?P<after>(?:the\s+)?[\w'’.-]+(?:\s+[\w'’.-]+){0,3}))?$",
    re.IGNORECASE,
)


def event_in(text: str, known: Known) -> tuple[str, tuple[str, ...]]:
    """ "... at the Sochi meeting" limits the search to the transcripts whose title or place says so."""
    # An id that is a plain word ("mill") is rather what is spoken about.
    ids = [info.id for info in known.transcripts if len(info.id) > 3 and not info.id.isalpha()]
    exact = [name for name in ids if _stands(name).search(text)]
    if exact:
        body = text
        for name in exact:
            body = _stands(name).sub(" ", body)
        return words.squeeze(body), tuple(exact)
    match = _EVENT.search(text.rstrip(EDGE))
    if match is None or match.start() == 0:
        return text, ()
    named = set(words.content_terms(f"{match['before'] or ''} {match['after'] or ''}"))
    if not named:
        return words.squeeze(text[: match.start()]) if match["thing"].casefold() in _PLAIN_EVENTS else text, ()
    found = [info.id for info in known.transcripts if named <= event_terms(info)]
    if found:
        return words.squeeze(text[: match.start()]), tuple(found) if len(found) < len(known.transcripts) else ()
    return text, ()


def _stands(name: str) -> re.Pattern[str]:
    """The id of a transcript as a word of its own, with "in the meeting" before it."""
    lead = r"(?:\b(?:in|at|during|from)\s+)?(?:the\s+)?(?:(?:transcript|meeting|interview)\s+)?"
    return re.compile(rf"{lead}(?<!\w){re.escape(name)}(?!\w)")


_PLAIN_EVENTS = {"meeting", "interview", "conversation", "talks", "transcript", "page", "episode", "session", "podcast"}


def event_terms(info: TranscriptInfo) -> set[str]:
    return set(words.content_terms(f"{info.title} {info.place or ''} {info.id.replace('-', ' ').replace('_', ' ')}"))
