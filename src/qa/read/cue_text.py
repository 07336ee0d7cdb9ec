"""What the payload of a cue says: tags, entities, sounds and repeated lines taken away.

Source: cue text of WebVTT, https://www.w3.org/TR/webvtt1/#webvtt-cue-text-parsing-rules; sounds,
dashes and ">>" as in the captioning keys of the BBC, the DCMP and CEA-608 practice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa import words

_TAG = re.compile(
    r"""<v(?=[.\s>])(?:\.[^\s<>]*)?\s*(?P<voice>[^<>]*)>
    | (?P<out></v\s*>)
    | (?P<br><br\s*/?>|\\N)
    | <(?P<other>/?[A-Za-z][^<>]*|/|\d[\d:.,]*)>
    | \{\\[^{}]{0,200}\} | \{/?[ibusycIBUSYC](?::[^{}]{0,40})?\} | \\h
    """,
    re.VERBOSE,
)
_STYLE_TAGS = frozenset("c i b u s v ruby rt rp lang font span p div em strong small big".split())
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_MARK = re.compile(r"(?:(?<!\S)>{2,3}(?!>)|\[SPEAKER_TURN\])\s*")
_DASH = re.compile(r"[-–—‐](?![-–—>])\s*")

_SONG = re.compile(r"[♪♫♬🎵🎶]+[^♪♫♬🎵🎶]*(?:[♪♫♬🎵🎶]+|\Z)|^#\s[^#]*\s#$")
_SQUARE = re.compile(r"\\?\[[^\[\]]{0,200}\]|【[^【】]{0,200}】|「♪[^」]*」")
_ROUND = re.compile(r"[(（]([^()（）]{1,120})[)）]|\*([^*\n]{1,40})\*")
_VOCAL = re.compile(
    r"""\b(?:applau\w*|clap(?:s|ping)|laugh\w*|chuckl\w*|giggl\w*|snicker\w*|sob(?:s|bing)|weep(?:s|ing)|cries|crying
    |sigh(?:s|ing)?|gasp(?:s|ing)?|groan(?:s|ing)?|moan(?:s|ing)?|grunt(?:s|ing)?|cough(?:s|ing)?|sneez(?:es|ing)
    |sniff(?:s|les|ling|ing)?|yawn(?:s|ing)?|scream(?:s|ing)?|shout(?:s|ing)|yell(?:s|ing)|whisper(?:s|ing)
    |murmur\w*|mumbl\w*|mutter\w*|chatter\w*|inhal\w*|exhal\w*|breath(?:es|ing)|hum(?:s|ming)|whistl(?:es|ing)
    |cheer(?:s|ing)|boo(?:s|ing)|music|singing|sings|silence|pauses?|inaudible|unintelligible|indistinct\w*
    |cross-?\s?talk|overlapping|beep\w*|bleep\w*|stammer\w*|stutter\w*|scoff\w*|smack\w*|clear(?:s|ing)\s(?:his|her|their)?
    \s?throat|throat\sclear\w*|audio\scuts?|off[- ](?:mic|screen|camera)\w*|voice-?over|speak(?:s|ing)\s\w+
    |\Ain\s(?:french|german|dutch|greek|czech|arabic|hebrew|hindi|mandarin|\w+(?:ish|ese|ian))\Z
    |аплодисмент\w*|смех|сме[её]тся|музыка|вздыхает|кашл\w*|неразборчиво|gelächter|applaus|musik|rires?|rit
    |applaudissements|musique|risas?|aplausos|música|risate|applausi|musica)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOISE = re.compile(
    r"""\b(?:music\w*|song|theme|jingle|instrumental|foreign|phone|ring(?:s|ing)|buzz\w*|click\w*|knock\w*|bang(?:s|ing)?
    |slam\w*|thud\w*|crash\w*|explosion\w*|gunshots?|gunfire|engine|sirens?|horn|honk\w*|bells?|bark(?:s|ing)|meow\w*
    |thunder\w*|static|noise\w*|background|typing|footsteps|door|blank[_ ]audio|no[_ ]speech|redacted|wind|splash\w*
    |sound\w*|silent|playing|opens|closes|opening|closing|beat|tone|alarm|signal|captions?|subtitles?|crowd\s\w+
    |english|french|german|spanish|italian|dutch|russian|ukrainian|chinese|mandarin|japanese|korean|arabic|hebrew|hindi
    |portuguese|polish|turkish|swedish|norwegian|danish|greek|latin|voice|continues|translat\w+)\b|ing$|^__$""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", '"', "”", "»", ")", "]", "♪", ":", ";", "。", "！", "？", "-", "–", "—")
_LABEL_END = re.compile(r"(?:[^\s:]+ ){0,3}[^\s:]+:(?=\s|$)")
_MOST_MARKS = 100  # in one line
_EDGES = " -–—.,!?\"'"
_PERSONAL = frozenset("i i'm we you he she they me us my your it's that's don't yes no okay well and but so".split())


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a cue, or the part of it that one voice tag or change mark begins.

    Attributes:
        cue: index of its cue.
        text: without tags, marks and, once found, without its label.
        voice: whom the tag around it names; "" outside of any.
        first: nothing else of the cue stands before it.
        mark: ">" or "-" when a mark before it says that somebody else speaks; "" otherwise.
        label: the speaker label it began with; "" for none.
    """

    cue: int
    text: str
    voice: str = ""
    first: bool = False
    mark: str = ""
    label: str = ""


def rows_of(cue: int, lines: Sequence[str], dropped: list[str], voice: str = "") -> list[Row]:
    """The rows of one cue's payload; what stands in tags of no known name is appended to `dropped`.

    Args:
        voice: who speaks where no tag says otherwise.
    """
    found: list[Row] = []
    now = voice
    for line in lines:
        parts: list[tuple[str, str]] = [("", now)]
        at = 0
        for match in _TAG.finditer(line):
            parts[-1] = (parts[-1][0] + line[at : match.start()], parts[-1][1])
            at = match.end()
            if match["voice"] is not None or match["out"]:
                now = plain(match["voice"]) if match["voice"] else voice
                parts.append(("", now))
            elif match["br"]:
                parts.append(("", now))
            elif match["other"] and _is_note(match["other"]):
                dropped.append(match.group())
        parts[-1] = (parts[-1][0] + line[at:], parts[-1][1])
        found.extend(Row(cue, text, who) for part, who in parts if (text := plain(part)))
    return found


def plain(text: str) -> str:
    """Entities resolved, what cannot be seen left out, whitespace as single blanks."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return words.squeeze(_INVISIBLE.sub("", text))


def _is_note(tag: str) -> bool:
    name = re.match(r"/?([A-Za-z]+)", tag)
    return bool(name) and name is not None and name[1].casefold() not in _STYLE_TAGS


def unroll(cues: Sequence[list[Row]]) -> list[list[Row]]:
    """Roll-up captions show each line again until it has left the screen; only its first showing stays.

    That is so where in a third of the cues the first lines are the last ones of the cue before, or go on
    from them, and new ones come below. Elsewhere who says "Yes." twice has said it twice.
    """
    shown = [rows for rows in cues if rows]
    repeats = [_repeated(a, b) for a, b in pairwise(shown)]
    sizes = [(size, len(rows)) for (size, _), rows in zip(repeats, shown[1:], strict=True) if size]
    rolls = any(0 < size < total for size, total in sizes) or any(begun for size, begun in repeats)
    if len(sizes) * 3 < len(repeats) or len(sizes) < 2 or not rolls:
        return list(cues)
    kept = iter([shown[0], *(_without(rows, *said) for rows, said in zip(shown[1:], repeats, strict=True))])
    return [next(kept) if rows else [] for rows in cues]


def _repeated(before: Sequence[Row], rows: Sequence[Row]) -> tuple[int, int]:
    """How many of the rows were shown before; how many characters of the last of them, 0 for all."""
    old, new = [(row.voice, row.text) for row in before[-6:]], [(row.voice, row.text) for row in rows[:6]]
    for size in range(min(len(old), len(new)), 0, -1):
        if old[-size:-1] == new[: size - 1] and old[-1][0] == new[size - 1][0]:
            if old[-1] == new[size - 1]:
                return size, 0
            if new[size - 1][1].startswith(f"{old[-1][1]} "):
                return size, len(old[-1][1])
    return 0, 0


def _without(rows: Sequence[Row], size: int, begun: int) -> list[Row]:
    rest = [replace(rows[size - 1], text=rows[size - 1].text[begun:].strip())] if begun else []
    return [*rest, *rows[size:]]


def with_marks(cues: Iterable[Sequence[Row]]) -> list[Row]:
    """All rows, cut where ">>" or a dash says that somebody else speaks."""
    found: list[Row] = []
    before = ""
    for rows in cues:
        if not rows:
            continue
        start = len(found)
        dashes = sum(bool(_DASH.match(row.text)) for row in rows)
        pending = ""
        for row in rows:
            for n, part in enumerate(_MARK.split(row.text, _MOST_MARKS)):
                mark, text = (">" if n else pending), part.strip()
                dash = _DASH.match(text)
                if dash and _is_change(text, dash.end(), dashes, before, opens=len(found) == start):
                    mark, text = mark or "-", text[dash.end() :]
                elif dash and text[0] != "—" and text[dash.end() - 1] == " " and len(found) == start:
                    text = text[dash.end() :]
                if text and not mark and len(found) > start and _is_half_label(found[-1], row, text):
                    found[-1] = replace(found[-1], text=f"{found[-1].text} {text}")
                elif text:
                    found.append(replace(row, text=text, mark=mark, first=len(found) == start))
                if text:
                    pending, before = "", text
                else:
                    pending = mark or pending
        if pending:  # a mark at the end: the next cue is somebody else's
            found.append(Row(rows[0].cue, "", rows[-1].voice, len(found) == start, pending))
    return found


def _is_change(text: str, at: int, dashes: int, before: str, *, opens: bool) -> bool:
    """A dash is a change of speaker unless the sentence goes on behind it.

    Args:
        at: where the words behind the dash begin.
        dashes: how many lines of the cue begin with one.
        before: what was said before.
        opens: the cue begins with it.
    """
    rest = text[at:].lstrip("\"'“«„([¿¡… ")
    ended = not before or before[-1] in _ENDS
    if not rest:
        return len(text) == 1 and ended
    if rest[0].isdigit() and text[at - 1] != " ":
        return False
    if dashes > 1:
        return ended or (opens and not rest[0].islower()) or text[at] == "["
    if text[0] == "—" or not ended:
        return False
    return not opens or not (rest[0].islower() or rest[0].isdigit())


def _is_half_label(before: Row, row: Row, text: str) -> bool:
    """ ">> PROJECT" and "MANAGER: Yes." on the next line are one label."""
    return (
        before.mark == ">"
        and before.voice == row.voice
        and ":" not in before.text
        and len(before.text.split()) <= 3
        and before.text[-1] not in _ENDS
        and bool(_LABEL_END.match(text))
    )


def without_sounds(text: str) -> tuple[str, list[str]]:
    """The spoken words of a text, and what was left out: sounds, songs, remarks on how it is said."""
    dropped: list[str] = []

    def leave(match: re.Match[str]) -> str:
        dropped.append(words.squeeze(match.group()))
        return " "

    def leave_sound(match: re.Match[str]) -> str:
        before = match.string[: match.start()].rpartition("\n")[2].strip(_EDGES)
        after = match.string[match.end() :].partition("\n")[0].strip(_EDGES)
        inner = words.squeeze(match[1] or match[2])
        sound = is_sound(inner, alone=not before and not after and bool(match[1]))
        return (
            leave(match)
            if sound or (not before and _NOISE.search(inner) and is_sound(inner, alone=True))
            else match.group()
        )

    text = _SONG.sub(leave, text)
    text = _SQUARE.sub(leave, text)
    text = _ROUND.sub(leave_sound, text)
    for start, end in reversed(words.furniture(text)):
        dropped.append(words.squeeze(text[start:end]))
        text = f"{text[:start]} {text[end:]}"
    text = words.squeeze(text)
    return re.sub(r" ([,.;:!?])(?!\S)", r"\1", text) if dropped else text, dropped


def is_sound(inner: str, *, alone: bool) -> bool:
    """The words in round brackets are a sound or a remark, no speech.

    Args:
        alone: nothing else is said beside them.
    """
    found = inner.casefold().split()
    if not any(ch.isalnum() for ch in inner) or len(found) > 8:
        return False
    if len(found) <= 5 and _VOCAL.search(inner) and not _PERSONAL & set(found):
        return True
    return alone and len(found) <= 6 and not _PERSONAL & set(found) and inner[-1] not in ".!?…"


def is_noise(inner: str, *, named: bool = False) -> bool:
    """The words in brackets before a text are a sound or a language rather than a name.

    Args:
        named: everything else speaks for a name; then only what people do with their voices is none.
    """
    if _VOCAL.search(inner) or words.furniture(f"({inner})"):
        return True
    return not named and bool(_NOISE.search(inner.strip(" .")))
