"""Where the cues of a caption file stand: time lines, identifiers, payloads, and what belongs to none.

WebVTT and SRT are read alike: a cue begins at its time line, whatever blank lines or numbers are
missing around it. What stands in no cue, or in one without a readable time, is marked as stray.

Source: WebVTT, https://www.w3.org/TR/webvtt1/; SubRip has no standard, its files have been seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.errors import ReadError
from qa.read.source import Source

MOST_CUES = 60_000  # two days of speech
_MOST_CHARACTERS = 16 * 2**20
_TIMES = re.compile(r"(?P<start>[^<>]{0,30}?)\s*(?P<arrow>-{1,3}>|[—–]>|→)\s*(?P<rest>.*)")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:;](\d{1,9}))?")
_SECONDS = re.compile(r"\d{1,6}\.\d{1,9}")  # the first minute of some podcasts: "0.000 --> 3.480"
_CLOCKISH = re.compile(r"[\d:.,;OoIl\s]{0,20}")
_TWO_CLOCKS = re.compile(r"\d{1,2}:\d\d[\d:.,;]*\s+\d{1,2}:\d\d[\d:.,;]*")
_ONE_CLOCK = re.compile(r"\d{1,2}:\d\d[\d:.,;]*")
_INDEX = re.compile(r"#?\d{1,7}\.?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[/-]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of a caption file.

    Attributes:
        number: the line of the file on which it begins, from 1.
        lines: its payload as it stands, trimmed, blank lines left out.
        start_s, end_s: media seconds; None where no time can be read.
        id: the line before the time line.
        timed: it has a time line, readable or not.
        problem: why it is no proper cue; "" when it is one.
    """

    number: int
    lines: tuple[str, ...]
    start_s: float | None = None
    end_s: float | None = None
    id: str = ""
    timed: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    text: str
    empty: bool  # not even whitespace: only such a line ends a cue


@dataclass(frozen=True, slots=True)
class _Time:
    row: int
    begin: int  # the row of its identifier, or its own
    start_s: float | None
    end_s: float | None
    problem: str


def clock(text: str) -> float | None:
    """Seconds of "00:01:02.500", "01:02,5", "1:02" or "2.5"; None when it is no such time."""
    bare = "".join(text.split()).rstrip(",.;")
    match = _CLOCK.fullmatch(bare)
    if match is None:
        return float(bare) if _SECONDS.fullmatch(bare) else None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return float(f"{whole}.{fraction or 0}")


def read_cues(source: Source, *, any_id: bool) -> list[Cue]:
    """Everything that stands in the file, in order: proper cues, broken ones, blocks without a time.

    Args:
        any_id: a cue's identifier may be any line (WebVTT); otherwise it is a number.

    Raises:
        ReadError: the file is larger than any recording's captions.
    """
    text = source.text
    if len(text) > _MOST_CHARACTERS or text.count("-->") > MOST_CUES or text.count("\n") > 10 * MOST_CUES:
        raise ReadError(source.path, "is longer than two days of captions.", remedy="Split the file.")
    rows = _rows(source)
    times = _times(rows, any_id)
    found = list(_blocks(rows[: times[0].begin if times else len(rows)]))
    for n, time in enumerate(times):
        stop = times[n + 1].begin if n + 1 < len(times) else len(rows)
        payload, rest = _payload(rows, time, stop)
        found.append(
            Cue(
                rows[time.row].number,
                payload,
                time.start_s,
                time.end_s,
                rows[time.begin].text if time.begin < time.row else "",
                problem=time.problem,
            )
        )
        found.extend(_blocks(rows[rest:stop]))
    return found


def _rows(source: Source) -> list[_Row]:
    text = source.text
    rows = [_Row(line.number, line.text, not line.text and text[line.start : line.start + 1] in ("", "\r", "\n"))
            for line in source.lines]  # fmt: skip
    after = [not rows[n + 1].text for n, row in enumerate(rows[:-1]) if "-->" in row.text]
    if sum(after) * 5 >= len(after) * 4 and len(after) > 1:  # every line end was doubled
        return [row for n, row in enumerate(rows) if row.text or not n or not rows[n - 1].text]
    return rows


def _times(rows: Sequence[_Row], any_id: bool) -> list[_Time]:
    found: list[_Time] = []
    for n, row in enumerate(rows):
        time = _time(rows, n, row.text)
        if time is None:
            continue
        start_s, end_s, problem = time
        begin = n - 1 if _is_id(rows, n - 1, any_id) and not (found and found[-1].row == n - 1) else n
        found.append(_Time(n, begin, start_s, end_s, problem))
    return found


def _time(rows: Sequence[_Row], n: int, text: str) -> tuple[float | None, float | None, str] | None:
    """Start, end and what is wrong with them; None when the row is no time line."""
    if not ("->" in text or ">" in text or "→" in text or ":" in text):
        return None
    after_index = n > 0 and bool(_INDEX.fullmatch(rows[n - 1].text)) and (n < 2 or not rows[n - 2].text)
    problem = f'no such time, "{text[:60]}"'
    match = _TIMES.match(text)
    if match is None:
        lost = _TWO_CLOCKS.fullmatch(text) or (after_index and _ONE_CLOCK.fullmatch(text))
        return (None, None, problem) if lost else None
    start_s, rest = clock(match["start"]), match["rest"].split()
    end_s = clock(rest[0]) if rest else None
    if start_s is not None and end_s is not None:
        return (start_s, end_s, "") if end_s >= start_s else (start_s, None, problem)
    clockish = (
        _CLOCKISH.fullmatch(match["start"])
        and _CLOCKISH.fullmatch(rest[0] if rest else "")
        and any(ch.isdigit() for ch in text)
    )
    if match["arrow"] == "-->" and (clockish or after_index or start_s is not None):
        return start_s, end_s, problem
    return (start_s, end_s, problem) if start_s is not None and ":" in match["start"] and clockish else None


def _is_id(rows: Sequence[_Row], n: int, any_id: bool) -> bool:
    if n < 0 or not rows[n].text:
        return False
    if _INDEX.fullmatch(rows[n].text) or _UUID.fullmatch(rows[n].text):
        return True
    return any_id and (n == 0 or not rows[n - 1].text) and not rows[n].text.startswith("NOTE")


def _payload(rows: Sequence[_Row], time: _Time, stop: int) -> tuple[tuple[str, ...], int]:
    """The words of a cue, and the row after them."""
    index = rows[time.begin].text.strip("#.") if time.begin < time.row else ""
    following = str(int(index) + 1) if index.isascii() and index.isdigit() else ""
    n = time.row + 1
    while n < stop and not rows[n].empty:
        # The next cue's number without a blank line before it and without a time after it.
        if following and rows[n].text == following and n + 1 < stop and rows[n + 1].text and n > time.row + 1:
            break
        n += 1
    return tuple(row.text for row in rows[time.row + 1 : n] if row.text), n


def _blocks(rows: Sequence[_Row]) -> Iterator[Cue]:
    """Runs of lines that stand in no cue, without a lost cue's number."""
    block: list[_Row] = []
    for row in (*rows, _Row(0, "", True)):
        if row.text:
            block.append(row)
            continue
        number = block[0].number if block else 0
        if block and _INDEX.fullmatch(block[0].text):
            del block[0]
        if block:
            yield Cue(number, tuple(r.text for r in block), timed=False, problem="words without a time")
        block = []
