"""The source release of the Europarl corpus: lines between tags that are no XML.

    <CHAPTER ID=1>
    Resumption of the session
    <SPEAKER ID=2 LANGUAGE="EN" NAME="Odell, Ilsa (UEN)">
    Madam President, ...
    <P>

Source: Koehn, Europarl, MT Summit 2005; www.statmt.org/europarl, "source release", versions 1 to 7.
"""

from __future__ import annotations

import re

from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.marks import is_furniture
from qa.read.source import File, TextBuilder
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Transcript

_TAG = re.compile(r"<(?P<name>CHAPTER|SPEAKER|P|BRK)\b(?P<rest>[^<>]*)>", re.IGNORECASE)
_NAME = re.compile(r"""\bNAME=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s">]+))""", re.IGNORECASE)
_FAR = 20_000
_GROUP = re.compile(r"\s*\([^()]{1,30}\)\s*$")
_ASIDE = re.compile(r"\([^()]*\)[.\s]*")  # (The House rose and observed a minute's silence)
_DAY = re.compile(r"ep-(\d\d)-(\d\d)-(\d\d)")


def detect(file: File) -> bool:
    """It begins with a tag of its own, and somebody speaks."""
    if not file.is_text:
        return False
    head = file.source.text[:_FAR]
    first = _TAG.match(head.lstrip())
    return first is not None and first["name"].upper() in ("CHAPTER", "SPEAKER") and "<SPEAKER ID=" in head


def parse(file: File, transcript_id: str) -> Transcript:
    """Read every speaker's paragraphs; chapter titles are topics. Raises ReadError: no word."""
    text = file.source.text
    said: list[Utterance] = []
    page: list[PageText] = []
    dropped: list[str] = []
    label, title = "", False
    for line in file.source.lines:
        tag = _TAG.fullmatch(line.text)
        if tag:
            name = tag["name"].upper()
            if name == "SPEAKER":
                match = _NAME.search(tag["rest"])
                label = _GROUP.sub("", (match["quoted"] or match["bare"] or "") if match else "").strip(" .")
            label = "" if name == "CHAPTER" else label
            title = name == "CHAPTER"
        elif title and line.text:
            builder = TextBuilder(text)
            builder.add(line.start, line.end)
            page.append(PageText(PageKind.TOPICS, builder.text, builder.pieces))
        elif line.text and (is_furniture(line.text) or _ASIDE.fullmatch(line.text)):
            dropped.append(line.text)
        elif line.text:
            builder = TextBuilder(text)
            builder.add(line.start, line.end)
            said.append(Utterance(label, builder.text, pieces=builder.pieces))
    turns, people, unattributed = join_utterances(said, joint="\n")
    if not turns:
        raise ReadError(file.path, "has speakers' tags, but no words after them.", remedy="Use the source release.")
    day = _DAY.search(file.path.name)
    century = "19" if day and int(day[1]) > 90 else "20"
    return assemble(
        file.path, transcript_id, "europarl", turns, people, page,
        date=f"{century}{day[1]}-{day[2]}-{day[3]}" if day else None, source_text=text, dropped=dropped,
        unattributed=unattributed,
    )  # fmt: skip
