"""Screenplays, as their programs print them: scene headings, action, and under a name what somebody says.

    INT. MILL - DAY
    Nora drops the sack.
                          NORA (CONT'D)
                    (to the miller)
              The mill is open.

Only what stands under a name up to the blank line is speech; a bracket of its own there tells how. Fountain, the same
without indentation, is read alike.

Source: the form of Final Draft and of Fountain (fountain.io/syntax), which other languages keep.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qa.errors import ReadError
from qa.read.assemble import assemble, page_of
from qa.read.shapes import Label
from qa.read.source import File, Line
from qa.read.turns import build_turns
from qa.types import Transcript

_SCENE = re.compile(
    r"(?:\d{1,4}[A-Z]?[.)]?\s+)?(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E|INNEN|AUSSEN|AUẞEN|INNEN/AUSSEN|ИНТ|НАТ)"
    r"(?:\.\s{0,4}|\s+|\s?[-–—]\s?)\S.{0,150}"
)
_CUE = re.compile(r"@?(?P<name>[^\W\d_a-z][^a-zß-öø-ÿ:!?(){}\[\]]{0,48}?)(?P<how>(?:\s*\([^()]{1,40}\)){0,3})\s*\^?")
_TURN_OF_SCENE = re.compile(
    r"(?:FADE|CUT|DISSOLVE|SMASH|MATCH|JUMP|WIPE|IRIS|BACK|END|THE END|TITLE|SUPER|INSERT|CREDITS|MONTAGE|INTERCUT|ACT"
    r"|SCENE|COLD OPEN|TEASER|TAG|CONTINUED|FONDU|ABBLENDE|AUFBLENDE|СЦЕНА|ТИТР)\b.*|.*\b(?:CUT|TO|IN|OUT)[:.]"
)
_OF_THE_PAGE = re.compile(r"\(?(?:MORE|CONTINUED|CONT['’]D)\)?:?(?:\s*\(\d{1,3}\))?|\d{1,3}\.?")
_FEWEST_SCENES, _FEWEST_CUES = 2, 4


def detect(file: File) -> bool:
    """Scene headings, and names in capitals above words, some of them again and again."""
    return file.is_text and bool(_cues(file.source.lines))


def parse(file: File, transcript_id: str) -> Transcript:
    """Read what the characters say; action and headings are told as left out.

    Raises:
        ReadError: nobody says a word.
    """
    lines = file.source.lines
    labels = _labels(lines, _cues(lines))
    dropped: list[str] = []
    asides = _asides(lines, labels)
    turns, people = build_turns(
        file.source, lines, labels, dropped=dropped, furniture=lambda n: n in asides, wrapped=True
    )
    if not turns:
        raise ReadError(file.path, "is a screenplay in which nobody speaks.", remedy="Expected names above words.")
    page = page_of(file.source, lines[: _first_scene(lines)])
    return assemble(
        file.path, transcript_id, "screenplay", turns, people, page, date=None, source_text=file.source.text,
        dropped=dropped,
    )  # fmt: skip


def _first_scene(lines: Sequence[Line]) -> int:
    return next((n for n, line in enumerate(lines) if _SCENE.fullmatch(line.text)), len(lines))


def _cues(lines: Sequence[Line]) -> dict[int, str]:
    """The lines that name who speaks below them, with the name; empty where the text is no screenplay."""
    scenes = [n for n, line in enumerate(lines) if _SCENE.fullmatch(line.text)]
    if len(scenes) < _FEWEST_SCENES:
        return {}
    found = {n: name for n in range(len(lines)) if (name := _cue(lines, n))}
    counts = Counter(found.values())
    again = sum(count for count in counts.values() if count > 1)
    return found if len(found) >= _FEWEST_CUES and again * 2 >= len(found) and len(counts) >= 2 else {}


def _cue(lines: Sequence[Line], n: int) -> str:
    """The name on a line in capitals, after a blank line and before words; else ""."""
    text = lines[n].text
    if not text or len(text) > 80 or (n and lines[n - 1].text) or n + 1 >= len(lines) or not lines[n + 1].text:
        return ""
    match = _CUE.fullmatch(text)
    if match is None or _SCENE.fullmatch(text) or _TURN_OF_SCENE.fullmatch(text) or _OF_THE_PAGE.fullmatch(text):
        return ""
    if re.search(r"\S\s{3,}\S", match["name"]):  # two speak at once, in two columns
        return ""
    name = " ".join(match["name"].split())
    stopped = name.endswith(".") and not re.search(r"\b(?:JR|SR|ESQ|[A-Z])\.$", name)
    return "" if stopped or not name.isupper() else name


def _labels(lines: Sequence[Line], cues: dict[int, str]) -> list[Label]:
    """Every cue, and after the words below it a label of nobody: from there on it is action again."""
    found: list[Label] = []
    counts = Counter(cues.values())
    for n, name in sorted(cues.items()):
        # What comes once may be a sound with action below it: THE PHONE RINGS.
        found.append(Label(n, name, lines[n].end, None, frozenset({"headed"}), guess=counts[name] == 1))
        stop = next((k for k in range(n + 1, len(lines)) if not lines[k].text or k in cues), len(lines))
        if stop < len(lines) and stop not in cues:
            found.append(Label(stop, "Break", lines[stop].start))
    return found


def _asides(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    """Lines below a name that tell how it is said, "(quietly, to himself)", over several lines, too; page marks."""
    found: set[int] = set()
    for label in labels:
        opened = False
        for n in range(label.line + 1, len(lines)):
            text = lines[n].text
            if not text:
                break
            opened = opened or (text.startswith("(") and (text.endswith(")") or ")" not in text))
            if opened or _OF_THE_PAGE.fullmatch(text):
                found.add(n)
            opened = opened and not text.endswith(")")
    return found
