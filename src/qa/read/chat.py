"""TalkBank's CHAT (.cha): a main line for each utterance, dependent lines below it.

    @Participants:	NOR Nora Investigator, TOM Tom Participant
    *NOR:	the mill is open . 1000_3000
    %com:	looks up

The numbers between two control characters are milliseconds. Annotations in square brackets, pauses and dependent
lines are left out; what is spoken stands as it is transcribed.

Source: B. MacWhinney, The CHILDES Project, Part 1: The CHAT Transcription Format, https://talkbank.org/manuals/CHAT.pdf.
"""

from __future__ import annotations

import re

from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.source import File, Source, TextBuilder
from qa.read.turns import Utterance, join_utterances
from qa.types import Person, Transcript

_MAIN = re.compile(r"\*(?P<code>[^\W_][\w-]{0,19}):\s*")
_BULLET = re.compile(r"\x15(?P<start>\d{1,9})_(?P<end>\d{1,9})\x15")
_UNSPOKEN = re.compile(
    r"\x15[^\x15]{0,200}\x15|\[[^\[\]]{0,200}\]|\(\.{1,3}\)|\(\d{1,3}\.\d*\)|[<>‡„]|\+[/\"^,+.!?]{1,4}"
)


def detect(file: File) -> bool:
    """It begins and has a main line."""
    text = file.source.text[:20_000] if file.is_text else ""
    return "@Begin" in text[:400] and re.search(r"(?m)^\*[^\W_][\w-]{0,19}:\t", text) is not None


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the main lines.

    Raises:
        ReadError: none holds a word.
    """
    source = file.source
    people: dict[str, Person] = {}
    said: list[Utterance] = []
    dropped: list[str] = []
    code, spans = "", list[tuple[int, int]]()
    for line in (*source.lines, None):
        begins = line is None or line.text[:1] in ("*", "%", "@")
        if begins and code:
            said.append(_utterance(source, code, spans))
            code, spans = "", []
        if line is None:
            break
        if line.text.startswith("@Participants:"):
            people = _people(line.text.partition(":")[2])
        if match := _MAIN.match(line.text):
            code, spans = match["code"], [(line.start + match.end(), line.end)]
        elif code and line.text:
            spans.append((line.start, line.end))
        elif line.text.startswith("%"):
            dropped.append(line.text)
    turns, persons, unattributed = join_utterances(said, people=people, joint="\n")
    if not turns:
        raise ReadError(file.path, "is a CHAT file without words.", remedy="Export a file with main lines.")
    return assemble(
        file.path, transcript_id, "chat", turns, persons, (), date=None, source_text=source.text, dropped=dropped,
        unattributed=unattributed,
    )  # fmt: skip


def _people(text: str) -> dict[str, Person]:
    """ "NOR Nora Investigator, TOM Participant": a code, perhaps a name, and a role."""
    found = {}
    for entry in text.split(","):
        parts = entry.split()
        if len(parts) >= 2:
            name = " ".join(parts[1:-1]).replace("_", " ") or parts[0]
            aliases = (parts[0],) if name != parts[0] else ()
            found[parts[0]] = Person(name, parts[-1].replace("_", " "), aliases, anonymous=not aliases)
    return found


def _utterance(source: Source, code: str, spans: list[tuple[int, int]]) -> Utterance:
    builder = TextBuilder(source.text)
    bullet = None
    for start, end in spans:
        at = start
        for match in _UNSPOKEN.finditer(source.text, start, end):
            builder.add(at, match.start())
            at = match.end()
        builder.add(at, end)
        bullet = next(_BULLET.finditer(source.text, start, end), bullet)
    start_s, end_s = (int(bullet[name]) / 1000 if bullet else None for name in ("start", "end"))
    return Utterance(code, builder.text, start_s, end_s, builder.pieces)
