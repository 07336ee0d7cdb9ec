"""Which line beginnings are speaker labels: evidence from the whole document.

A label alone proves nothing: "Our agenda has three items:" looks like one. So every line beginning
that ends in a colon is a candidate, and the document decides: candidates shaped like names or roles,
candidates that come again, names that the page itself mentions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.read.source import Line

_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_CANDIDATE = re.compile(
    rf"""^(?:[-–—•>]\s+)?
    (?:\\?[\[(]?(?P<time>{_TIME})\\?[\])]?\s*[-–—]?\s+)?     # [00:01:02] before the name
    (?P<bold>\*\*|__)?
    \[?(?P<label>[^\W\d_][^:\n*\[\]]{{0,118}}?(?:\s*\[[^\[\]\n:]{{1,40}}\])?)\]?
    (?:\s*[\[(](?P<late>{_TIME})[\])])?                # (00:01:02) after it
    \s*(?P=bold)?\s*:(?(bold)(?:\s*(?:\*\*|__))?)(?=\s|$)
    """,
    re.VERBOSE,
)
_BOLD_COLON = re.compile(
    rf"^(?P<bold>\*\*|__)(?P<label>[^\W\d_][^:\n*]{{0,118}}?)(?:\s*[\[(](?P<late>{_TIME})[\])])?:(?P=bold)(?=\s|$)"
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?[)\]]")
_CONNECTORS = frozenset(
    "of the and for in on to at de da di du del della van von der den la le el al bin ibn bint abu y e und "
    "и по при в на до с со от – — - & / ,".split()
)
VOICES = frozenset(
    "question answer q a reporter moderator interviewer interviewee host guest chair chairman chairwoman "
    "chairperson speaker narrator journalist presenter president secretary clerk audience voice operator analyst "
    "retranslated remark response witness judge counsel court participant "
    "вопрос ответ реплика ведущий ведущая корреспондент журналист председатель модератор голос зал из зала".split()
)
_NOT_VOICES = frozenset(
    """agenda note notes update summary date time place location venue participants present attendees attending
    attendance absent apologies title subject topic topics example examples remember warning conclusion result results
    step today tomorrow yesterday ps nb http https source sources link links url contents abstract introduction
    background references duration recorded published transcript language yes no ok okay first second third firstly
    secondly thirdly finally again also however moreover therefore so but and then now well look listen clearly
    decision decisions action actions item items total chapter part section figure table appendix fact facts
    повестка примечание дата время место тема участники присутствовали источник итого пример итак например
    во-первых во-вторых в-третьих наконец далее внимание""".split()
)
METADATA = {
    "title": "title", "subject": "title", "meeting": "title", "event": "title", "тема": "title",
    "date": "date", "recorded": "date", "published": "date", "дата": "date",
    "time": "time", "время": "time",
    "place": "place", "location": "place", "venue": "place", "место": "place",
    "participants": "attendance", "present": "attendance", "attendees": "attendance", "attending": "attendance",
    "attendance": "attendance", "участники": "attendance", "присутствовали": "attendance",
    "source": "note", "url": "note", "link": "note", "источник": "note",
    "summary": "summary", "abstract": "summary", "absent": "note", "apologies": "note",
    "topics": "topics", "topic": "topics",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A line beginning that may be, or is, a speaker label.

    Attributes:
        line: index into the lines it was found in.
        text: the label as printed, without time marks and markup.
        body: characters of the source where the words after it begin.
        start_s: the time mark's seconds, or None.
    """

    line: int
    text: str
    body: int
    start_s: float | None = None


def find_labels(lines: Sequence[Line], known: Iterable[str] = ()) -> list[Label]:
    """The speaker labels among the beginnings of lines.

    Args:
        lines: of one document's spoken part, blank ones included.
        known: names the page itself gives (persons, title), which make a single label credible.

    Returns:
        In order of lines; empty when nothing looks like a speaker.
    """
    candidates = [label for n, line in enumerate(lines) if (label := candidate(n, line)) is not None]
    counts = Counter(plain(label.text) for label in candidates)
    # "Green Energy: we will invest" goes on in the same sentence; after a label a new one begins.
    goes_on = {plain(label.text) for label in candidates if _after(label, lines[label.line])[:1].islower()}
    fuller = (label.text for label in candidates if len(label.text.split()) > 1)
    elsewhere = _mentions(lines, (*known, *fuller))
    accepted = {text for text in counts if _is_label(text, counts[text], elsewhere)}
    if any(counts[text] > 1 for text in accepted):
        accepted -= {text for text in goes_on if counts[text] == 1}
    return [label for label in candidates if plain(label.text) in accepted]


def candidate(index: int, line: Line) -> Label | None:
    """The line's beginning as a possible label, or None when it has not even the shape."""
    match = _BOLD_COLON.match(line.text) or _CANDIDATE.match(line.text)
    if match is None:
        return None
    text = " ".join(match["label"].split())
    if not name_shaped(text):
        return None
    groups = match.groupdict()
    time = groups.get("time") or groups.get("late")
    return Label(index, text, line.start + match.end(), _seconds(time) if time else None)


def _after(label: Label, line: Line) -> str:
    return line.text[label.body - line.start :].strip()


def plain(label: str) -> str:
    """The label without brackets, in small letters: what is counted."""
    return " ".join(_BRACKETED.sub("", label).split()).casefold() or label.casefold()


def name_shaped(label: str) -> bool:
    """Words are capitalised or connectors, and no sentence stands in it."""
    core = _BRACKETED.sub("", label).strip()
    words = core.split()
    if not words or len(words) > 12 or words[0].casefold() in _CONNECTORS - {"the"}:
        return False
    untitled = re.sub(r"\b(?:Hon|Prof|Rev|Sen|Gov|Gen|Rep|Col|Mrs)\.", "", core)
    if re.search(r"[!?;…<>=\"“”«»]", core) or re.search(r"[^\W\d]{3,}\.\s", untitled):
        return False
    return all(_word_fits(word) for word in words)


def _word_fits(word: str) -> bool:
    bare = word.strip(".,'’()-–")
    return (
        not bare
        or bare.casefold() in _CONNECTORS
        or bare[0].isupper()
        or bare[0].isdigit()
        or not (bare[0].islower() or bare[0].isupper())
        or ("-" in bare and bare.split("-")[-1][:1].isupper())
        or ("'" in bare and bare.split("'")[-1][:1].isupper())
    )


def opens_text(label: str) -> bool:
    """It is a word that opens sentences, lists or fields before a colon: "Note", "First", "Date"."""
    content = [word for word in (part.strip(".,") for part in plain(label).split()) if word not in _CONNECTORS]
    return not content or (content[0] in _NOT_VOICES and len(content) <= 2)


def may_name(label: str) -> bool:
    """It is shaped like a name or an office."""
    return name_shaped(label) and not opens_text(label)


def _is_label(text: str, count: int, elsewhere: set[str]) -> bool:
    words = [word.strip(".,") for word in text.split()]
    content = [word for word in words if word not in _CONNECTORS]
    if not content or (content[0] in _NOT_VOICES and len(content) <= 2):
        return False
    if count >= 2 or any(word in VOICES for word in content):
        return True
    if len(content) >= 2:
        return len(content) <= 8
    parts = re.findall(r"[^\W\d_]+", content[0])
    named = bool(parts) and all(part in elsewhere for part in parts)
    return named or bool(re.fullmatch(r"[^\W\d_]\.[^\W\d_]+", text))


def _mentions(lines: Sequence[Line], known: Iterable[str]) -> set[str]:
    """Words the document uses with a capital in the middle of a sentence, and the known names' words."""
    found = {word.casefold() for name in known for word in re.findall(r"[^\W\d_]+", name)}
    for line in lines:
        for match in re.finditer(r"(?<=[\w,] )[^\W\d_][^\W\d_]+", line.text):
            if match.group()[0].isupper():
                found.add(match.group().casefold())
    return found


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
