"""Text whose turns have a line of their own for the speaker and the time, the words below it.

    Nora Ekdal  0:12              Otter, Teams, Notta; an export of Otter ends in "Transcribed by https://otter.ai"
    00:00:12 Nora Ekdal           Descript, Trint
    [00:00:12.790] - Nora Ekdal   Happy Scribe
    Nora Ekdal (00:12.345)        Riverside, Sonix
    @0:12 - Nora Ekdal            Fathom
    [Nora Ekdal] 14:03:12         Zoom's saved captions; 14:03:12 From Nora Ekdal to Everyone: its chat

    Nora Ekdal -- Chief Executive  earnings calls; NORA alone on a line, as in a script: only without times

None of them publishes a grammar; the shapes are those of the programs' text exports. A time alone on its
line is how Otter marks a paragraph whose speaker it does not know: its words are told as unattributed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.errors import ReadError
from qa.names import is_voice
from qa.read.labelled import transcript_of
from qa.read.labels import VOICES, Label, candidate, credible, labels_in, plain
from qa.read.margins import lines_of
from qa.read.marks import is_furniture
from qa.read.printed import shown, unseen_before
from qa.read.shapes import TIME, has_verb, is_short, name_shaped, seconds
from qa.read.source import File, Line
from qa.speakers import is_title
from qa.types import Transcript

_NAME = r"(?P<name>[^\W\d_](?:[^\n:\[\]]{0,78}[^\s:\[\]|,–—-])?)"
_HALF = r"(?P<half>\s?[AaPp]\.?[Mm]\.?)"
_UNTIL = rf"(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?"
_LAST = re.compile(rf"^{_NAME}:?(?:\s*[-–—|,·•@]\s*|\s+)[\[(]?(?P<time>{TIME}){_UNTIL}{_HALF}?[\])]?:?$")
_FIRST = re.compile(rf"^[\[(<]?@?(?P<time>{TIME}){_UNTIL}{_HALF}?[\])>]?(?:\s*[-–—|·•]\s*|\s+){_NAME}:?$")
_ZOOM = re.compile(r"^\[(?P<name>[^\[\]\n]{1,80})\]\s+(?P<time>\d\d:\d\d:\d\d)$")
_CHAT = re.compile(
    r"^\d\d:\d\d:\d\d\s+From\s+(?P<name>[^\n:]{1,80}?)(?:\s+to\s+[^\n:]{1,80})?\s*:(?=\s|$)", re.IGNORECASE
)
_INLINE = re.compile(rf"^{_NAME}\s+(?P<time>{TIME})(?:\s{{2,}}|\t)(?=\S)")
# "Nora Ekdal [00:00:12] words", and as the crews of spacecraft were written down: "00 00 01 02  CC    words"
_MARKED = re.compile(rf"^{_NAME}\s+[\[(](?P<time>{TIME})[\])]\s+(?=\S)")
_MISSION = re.compile(r"^(?P<time>\d\d(?:\s\d\d){3})\s+(?P<name>[A-Z]{2,4}(?:/[A-Z]{2,4})?)\s{2,}(?=\S)")
_BARE = re.compile(
    r"^[*#\s]{0,6}(?P<name>[^\W\d_][^:\n!?;\"“”]{0,60}?)(?:\s+(?:--?|[–—])\s+(?P<office>[^:\n!?]{2,90}))?[*\s]{0,4}$"
)
_CAST = re.compile(
    r"^\W*(?:(?:conference )?call participants|(?:company|corporate) participants|duration: \d+ min\w*)\W*$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"[a-z][\w.-]{1,30}")
_LONGEST = 300  # characters of a line with a name and an office
_HAS_TIME = re.compile(r"\d:\d\d|\d\d\s\d\d")
_ALONE = re.compile(rf"^[\[(]?(?P<time>{TIME})[\])]?$")


def detect(file: File) -> bool:
    """Several lines of a name and a time with words below each, more than labels that end in a colon."""
    if not file.is_text:
        return False
    found = [label for label in _labels(file) if label.text]
    wall = any("wall" in label.style for label in found)  # shapes that look like a label with a colon or in brackets
    return len(found) >= 2 and len(found) + wall > len(labels_in(file))


def parse(file: File, transcript_id: str, *, wrapped: bool | None = None) -> Transcript:
    """Read headed text; what stands before the first header is the page's own words.

    Args:
        wrapped: lines are cut at a width, or not; None where the lines themselves must tell.

    Raises:
        ReadError: no line heads words.
    """
    lines = lines_of(file)
    found = _labels(file)
    if not found:
        raise ReadError(file.path, "no speakers found.", remedy='Expected lines such as "Name  0:12".')
    offices = _offices(found, lines)
    return transcript_of(
        file.source, lines, found, transcript_id, "headed", wrapped=wrapped,
        furniture=lambda text: text in offices or is_furniture(text),
    )  # fmt: skip


def _labels(file: File) -> list[Label]:
    """The headers of a file's lines; looked for once, by `detect` and `parse`."""
    if not isinstance(found := file.memory.get("headers"), list):
        found = file.memory["headers"] = _timed(lines_of(file)) or _bare(lines_of(file))
    return found


def _timed(lines: Sequence[Line]) -> list[Label]:
    found = _over_two([label for n, line in enumerate(lines) if (label := _header(n, line)) is not None], lines)
    named = [label for label in found if label.text]
    times = [label.start_s for label in named if label.start_s is not None]
    rising = sum(a <= b for a, b in pairwise(times))
    if len(named) < 2 or rising < 0.9 * (len(times) - 1) or _with_words(found, lines) < 0.7 * len(found):
        return []
    counts = Counter(plain(label.text) for label in named)
    people = sum(n for text, n in counts.items() if n > 1 or len(text.split()) > 1 or is_voice(text))
    certain = any(n > 1 or is_voice(text) for text, n in counts.items()) or len(named) < 4
    if people < 0.5 * len(named) or not certain:
        return []
    good = {label.line for label in (*credible(named, lines), *_handles(named))}
    first = min(good, default=0)
    chosen = [label for label in found if label.line in good or (not label.text and label.line > first)]
    return _with_strangers(chosen, lines)


def _with_strangers(chosen: list[Label], lines: Sequence[Line]) -> list[Label]:
    """And what stands with a time in a name's place, whatever it is, where every paragraph begins with such a line."""
    if len(chosen) < _FEWEST:
        return chosen
    at = {label.line for label in chosen}
    begun = [n for n, line in enumerate(lines) if n > chosen[0].line and line.text and not lines[n - 1].text]
    others = [n for n in begun if n not in at]
    if len(others) > 0.4 * len(begun):
        return chosen
    strange = [one for n in others if (one := _header(n, lines[n], anything=True)) and _has_words(one, lines, 10**9)]
    strange = [one for one in strange if is_short(one.text) or "wall" in one.style]
    if len(others) - len(strange) > 0.05 * len(begun):
        return chosen
    return sorted([*chosen, *strange], key=lambda label: label.line)


_FEWEST = 4  # labels


def _over_two(found: list[Label], lines: Sequence[Line]) -> list[Label]:
    """Times alone on a line, under a name alone on the line above: "Nora Ekdal", "(00:00:12)".

    Where names stand so, a time without one is a mark inside the words.
    """
    named = {}
    for label in found:
        above = lines[label.line - 1] if label.line and not label.text else None
        if above and above.text and (label.line < 2 or not lines[label.line - 2].text) and len(above.text) <= 60:
            name = _label(label.line - 1, above.text, above.end, label.start_s)
            if name and not any(ch in above.text for ch in ".!?:"):
                named[label.line] = name
    if len(named) < 2:
        return found
    return [named.get(label.line, label) for label in found if label.text or label.line in named]


def _handles(named: Sequence[Label]) -> list[Label]:
    """Names in small letters with the time of the day, as chats print them, "nora.ekdal  10:02 AM"; call signs."""
    found = [label for label in named if label.style & {"handle", "mission"}]
    return found if len({label.text for label in found}) > 1 and len(found) > 2 else []


def _bare(lines: Sequence[Line]) -> list[Label]:
    """Names alone on a line: only where several come again and again, each with words below it."""
    found = []
    dense = sum(not line.text for line in lines) <= 0.05 * len(lines) or _is_dense(lines)
    for n, line in enumerate(lines):
        after = lines[n + 1].text if n + 1 < len(lines) else ""
        begins = len(line.text) <= _LONGEST and (dense or n == 0 or not lines[n - 1].text)
        match = _BARE.match(line.text) if begins else None
        if match is None or line.text[-1] in ".,)" or not (after or n + 2 < len(lines)):
            continue
        office = match["office"]
        if label := _label(n, match["name"], line.end, None, "bare"):
            person = f"{label.text}, {office}" if office and is_title(office) else label.text
            found.append(replace(label, person=person, style=label.style | ({"titled"} if office else set())))
    found = _with_offices(found, lines)
    stop = _end_of_talk([label for label in found if _has_words(label, lines, len(lines))], lines)
    end = [Label(stop, "Break", lines[stop].start)] if stop < len(lines) else []
    found = [label for label in found if label.line < stop]
    counts = Counter(plain(label.text) for label in found)
    again = [label for label in found if counts[plain(label.text)] > 1]
    kept = {plain(label.text) for label in credible(again, lines)}
    begun = sum(bool(line.text) and (n == 0 or not lines[n - 1].text) for n, line in enumerate(lines))
    talk = (one.line for one in again if plain(one.text) in kept and lines[one.line].text == one.text)
    listed = _listed(lines[: next(talk, 0)])
    titled = sum("titled" in one.style for one in again if plain(one.text) in kept) * 2 > len(again)
    told = [
        label
        for label in found
        if "colon" in label.style
        or (label.person and label.person != label.text)
        or plain(label.text) in listed
        or (titled and "titled" in label.style and len(label.text.split()) > 1)
    ]
    chosen = [label for label in found if plain(label.text) in kept or label in told]
    rows = zip(chosen, _lines_of(chosen), strict=False)  # those listed before the talk go
    chosen = chosen[next((n for n, (one, row) in enumerate(rows) if not _is_cast(one, lines, row)), len(chosen)) :]
    several = len(kept) >= 2 and len(chosen) >= 4
    if (
        not several
        or len(chosen) < 0.25 * begun
        or _with_words(chosen, lines) < min(0.95 * len(chosen), len(chosen) - 1)
    ):
        return []
    return [*chosen, *end]


def _is_dense(lines: Sequence[Line]) -> bool:
    """Names with their offices come again and again, most of them right below the words of somebody else."""
    named = [n for n, line in enumerate(lines) if (match := _BARE.match(line.text)) and match["office"]]
    counts = Counter(lines[n].text for n in named)
    again = [n for n in named if counts[lines[n].text] > 1]
    return len(again) >= _FEWEST and 2 * sum(bool(n and lines[n - 1].text) for n in again) > len(again)


def _listed(head: Sequence[Line]) -> frozenset[str]:
    """Names that the head lists with an office or a firm, "Nora Ekdal - Pell Bank"; one of them may speak once."""
    names = {match["name"] for line in head if (match := _BARE.match(line.text)) and match["office"]}
    return frozenset(plain(name) for name in names if len(name.split()) > 1 and name_shaped(name))


def _with_offices(found: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Names with the line below them that says who they are, always the same: it is no word of theirs.

    Doug Parker
    Chairman & Chief Executive Officer, American Airlines Group, Inc.                     A
    Yeah. We do not plan to use it all.
    """
    named = [one for one in found if not (is_furniture(lines[one.line].text) or _is_office(lines[one.line].text))]
    below = [_ASKS.sub("", lines[label.line + 1].text) if label.line + 1 < len(lines) else "" for label in named]
    seen: dict[str, set[str]] = {}
    for label, text in zip(named, below, strict=True):
        seen.setdefault(plain(label.text), set()).add(text)
    firm = [text for text in below if _is_office(text)]
    if len(firm) < 4 or len(firm) < 0.6 * len(named):
        return list(found)
    held = [
        replace(label, person=f"{label.text}, {text}" if is_title(text) else label.text, style=label.style | {"office"})
        for label, text in zip(named, below, strict=True)
        if _is_office(text) and len(seen[plain(label.text)]) == 1
    ]
    voices = [one for n, line in enumerate(lines) if (one := candidate(n, line)) and plain(one.text) in VOICES]
    return sorted([*held, *(one for one in voices if "colon" in one.style)], key=lambda label: label.line)


def _offices(found: Sequence[Label], lines: Sequence[Line]) -> frozenset[str]:
    """The lines below names that say who they are."""
    return frozenset(lines[one.line + 1].text for one in found if "office" in one.style)


_ASKS = re.compile(r"\s+[QA]$")
_COMPANY = re.compile(r"\b(?:Inc|LLC|Ltd|PLC|Plc|plc|Corp|Co|S\.A|N\.A|LP|AG|SE|LLP|Securities|Capital|Bank|Group)\b")
_CUT_SHORT = re.compile(r"\b(?:Inc|Ltd|Co|Corp|S\.A|N\.A|L\.P|Jr|Sr)\.$")
_SENTENCES = re.compile(r"[?!:]|[a-z]{3,}\.\s+[A-Z][a-z]+ [a-z]")


def _is_office(text: str) -> bool:
    """ "Analyst, UBS Securities LLC": an office or a firm, no sentence."""
    if not text or len(text) > 160 or not text[0].isupper() or _SENTENCES.search(text) or has_verb(text.split()):
        return False
    if text[-1] in ".!?…" and not _CUT_SHORT.search(text):  # "Thank you, Mr. President."
        return False
    return is_title(text) or ("," in text and bool(_COMPANY.search(text)))


def _is_cast(label: Label, lines: Sequence[Line], following: int) -> bool:
    """No words stand below it, but the next name of a list, or the next list's heading."""
    below = next((line.text for line in lines[label.line + 1 : min(following, label.line + 4)] if line.text), "")
    firm = bool(re.search(r"\S\s(?:--?|[–—])\s\S", below)) and label.line + 10 > following
    listed = len(below) <= 60 and (below[-1:] not in '.!?…"”' or firm)
    return not _has_words(label, lines, following) or listed


def _end_of_talk(found: Sequence[Label], lines: Sequence[Line]) -> int:
    """The line that opens the list of who took part, which closes some transcripts of calls and opens others."""
    middle = found[len(found) // 2].line if found else len(lines)
    return next((n for n, line in enumerate(lines) if n > middle and _CAST.match(line.text)), len(lines))


def _with_words(found: Sequence[Label], lines: Sequence[Line]) -> int:
    """How many of the headers have words below them."""
    return sum(_has_words(label, lines, row) for label, row in zip(found, _lines_of(found), strict=True))


def _lines_of(found: Sequence[Label]) -> list[int]:
    return [label.line for label in found[1:]] + [10**9]


def _has_words(label: Label, lines: Sequence[Line], following: int) -> bool:
    below = [line for line in lines[label.line + 1 : min(following, label.line + 4)] if not _is_office(line.text)]
    inline = label.body < lines[label.line].end
    return inline or any(line.text and not is_furniture(line.text) for line in below)


def _header(index: int, line: Line, *, anything: bool = False) -> Label | None:
    if not _HAS_TIME.search(line.text):
        return None
    if match := _MARKED.match(line.text):
        return _label(index, match["name"], line.start + match.end(), seconds(match["time"]))
    if len(line.text) > 160 and not line.text[0].isdigit() and "  " not in line.text[:120]:
        return None
    bare = re.sub(r"[*\\]", "", line.text[unseen_before(line.text) :]).lstrip("# ").strip()
    if match := _ZOOM.match(bare):
        return _label(index, match["name"], line.end, None, "wall", anything=anything)
    if match := _CHAT.match(line.text):
        return _label(index, match["name"], line.start + match.end(), None, "wall")
    if match := _LAST.match(bare) or _FIRST.match(bare):
        if match["half"] and _HANDLE.fullmatch(match["name"]):
            return Label(index, match["name"], line.end, None, frozenset({"headed", "time", "handle"}))
        start_s = None if match["half"] else seconds(match["time"])
        return _label(index, match["name"], line.end, start_s, anything=anything)
    if match := _INLINE.match(line.text):
        return _label(index, match["name"], line.start + match.end(), seconds(match["time"]))
    if match := _MISSION.match(line.text):
        days, hours, minutes, rest = map(int, match["time"].split())
        elapsed = float(((days * 24 + hours) * 60 + minutes) * 60 + rest)
        return Label(index, match["name"], line.start + match.end(), elapsed, frozenset({"headed", "time", "mission"}))
    if match := _ALONE.match(bare):
        return Label(index, "", line.end, seconds(match["time"]), frozenset({"headed", "time"}))
    return None


def _label(
    index: int, name: str, body: int, start_s: float | None, clock: str = "time", *, anything: bool = False
) -> Label | None:
    name = shown(name).strip(" -–—|,·•")
    if not anything and (not name_shaped(name) or name.endswith(".") or re.search(r"\b\d{4}\b", name)):
        return None
    return Label(index, name, body, start_s, frozenset({"headed", clock}))
