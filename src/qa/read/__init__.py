"""File to `Transcript`: one format, one file; `read(path)` finds the format by content.

Other distributions add readers by entry points of the group "transcript_qa.readers" (see `plugins`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import ReadError
from qa.read import (
    akoma_ntoso,
    ass,
    chat,
    congress,
    court,
    docx,
    elan,
    europarl,
    exmaralda,
    hansard,
    headed,
    html,
    kremlin,
    labelled,
    messages,
    own_json,
    pdf,
    plugins,
    sbv,
    screenplay,
    speech_json,
    speech_xml,
    srt,
    table,
    tei,
    webvtt,
)
from qa.read.day import day_in_name
from qa.read.source import File
from qa.read.turns import MAX_TURNS
from qa.types import Transcript

__all__ = ["READERS", "File", "Reader", "read", "read_file", "read_text", "transcript_id"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        name: of the format; becomes `Transcript.format`.
        detect: whether the file is of this format, by its content; raises ReadError only beyond a limit.
        parse: (file, id) to the transcript; raises ReadError when nothing of the file can be used.
    """

    name: str
    detect: Callable[[File], bool]
    parse: Callable[[File, str], Transcript]


# Asked in this order, after those of plug-ins; what is most particular comes first.
READERS: tuple[Reader, ...] = (
    Reader("qa-json", own_json.detect, own_json.parse),
    Reader("tei", tei.detect, tei.parse),
    Reader("pdf", pdf.detect, pdf.parse),
    Reader("docx", docx.detect, docx.parse),
    Reader("akoma-ntoso", akoma_ntoso.detect, akoma_ntoso.parse),
    Reader("hansard", hansard.detect, hansard.parse),
    Reader("europarl", europarl.detect, europarl.parse),
    Reader("elan", elan.detect, elan.parse),
    Reader("exmaralda", exmaralda.detect, exmaralda.parse),
    Reader("html", html.detect, html.parse),
    Reader("webvtt", webvtt.detect, webvtt.parse),
    Reader("sbv", sbv.detect, sbv.parse),
    Reader("ass", ass.detect, ass.parse),
    Reader("chat", chat.detect, chat.parse),
    Reader("srt", srt.detect, srt.parse),
    *(Reader(producer.name, producer.detect, producer.parse) for producer in speech_json.PRODUCERS),
    Reader("qa-json", own_json.detect_any, own_json.parse),
    Reader("speech-xml", speech_xml.detect, speech_xml.parse),
    Reader("messages", messages.detect, messages.parse),
    Reader("screenplay", screenplay.detect, screenplay.parse),
    Reader("table", table.detect, table.parse),
    Reader("kremlin", kremlin.detect, kremlin.parse),
    Reader("court", court.detect, court.parse),
    Reader("congress", congress.detect, congress.parse),
    Reader("headed", headed.detect, headed.parse),
    Reader("labelled", labelled.detect, labelled.parse),
)


def read(path: Path | str, *, max_bytes: int = 64 * 2**20) -> Transcript:
    """Read one file as a transcript.

    The id is the file's name made plain; `qa.assistant` makes it unique within an index. Files in the
    own JSON format bring their own id.

    Args:
        path: any file; the format is found by content, not by extension.
        max_bytes: larger files are refused.

    Raises:
        ReadError: missing, unreadable, empty, binary, in no known encoding, or not a transcript.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would wait for ever
            raise ReadError(path, "is no regular file.", remedy="Name a file or a folder.")
        size = path.stat().st_size
        if size > max_bytes:
            raise ReadError(
                path,
                f"has {size / 2**20:.0f} MiB, more than the {max_bytes / 2**20:.0f} MiB that are read.",
                remedy="Split the file, or raise QA_MAX_FILE_MB.",
            )
        if size == 0:  # also what a system makes up as it is read, perhaps without end: /proc
            raise _empty(path)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            path, f"cannot be read ({error.strerror}).", remedy="Check the path and its permissions."
        ) from error
    return read_file(File(path, data))


def read_text(text: str, path: Path) -> Transcript:
    """Read a decoded source; `path` names it in errors and becomes its `source`.

    Raises:
        ReadError: empty, or not a transcript.
    """
    return read_file(File(path, text=text))


def read_file(file: File) -> Transcript:
    """Read a file that is in memory already; the format is found by content.

    Raises:
        ReadError: empty, binary, in no known encoding, or not a transcript.
        MissingExtraError: its format needs a part that is not installed.
    """
    problems: list[str] = []
    for reader in plugins.readers():
        one = plugins.attempt(reader, file, transcript_id(file.path), problems)
        if one is not None:
            return one
    for reader in READERS:
        if reader.detect(file):
            one = _parsed(reader, file)
            if len(one.turns) > MAX_TURNS:
                raise ReadError(file.path, f"has more than {MAX_TURNS:,} turns.", remedy="Split the file.")
            one = _in_time(one)
            one = one if one.date else replace(one, date=day_in_name(file.path.stem))
            problems[:0] = file.problems
            return replace(one, problems=(*one.problems, *problems)) if problems else one
    if not file.source.text.strip():
        raise _empty(file.path)
    raise ReadError(
        file.path,
        "no speaker labels found.",
        remedy='Expected lines such as "Name: words", a kremlin.ru text page, or the qa-transcript/1 JSON format.',
    )


def _parsed(reader: Reader, file: File) -> Transcript:
    """What the reader makes of the file; where the file breaks off, that is why it makes nothing of it."""
    try:
        return reader.parse(file, transcript_id(file.path))
    except ReadError as error:
        if file.broken is None:
            raise
        place, problem = file.broken
        raise ReadError(
            file.path, f"{problem}, and what stands before it is no transcript.", remedy="Correct the file.",
            place=place,
        ) from error  # fmt: skip


def _in_time(one: Transcript) -> Transcript:
    """Without ends that stand before their beginnings; told once."""
    turned = [t.index for t in one.turns if t.start_s is not None and t.end_s is not None and t.end_s < t.start_s]
    if not turned:
        return one
    told = f"{len(turned)} of {len(one.turns)} turns end before they begin: their ends are left out."
    wrong = set(turned)
    turns = tuple(replace(turn, end_s=None) if turn.index in wrong else turn for turn in one.turns)
    return replace(one, turns=turns, problems=(*one.problems, told))


def _empty(path: Path) -> ReadError:
    return ReadError(path, "is empty.", remedy="Put the transcript into it, or leave the file out.")


def transcript_id(path: Path) -> str:
    """The file's name without its extension, with nothing but letters, digits, dots, - and _."""
    return re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:80] or "transcript"
