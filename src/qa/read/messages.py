"""Chats as their programs export or paste them: every message is stamped with its day and time.

    [12/03/2030, 18:22:01] Nora Ekdal: The mill is open.      WhatsApp of iOS, Skype
    12.03.30, 18:22 - ~ Nora: The mill is open.               WhatsApp of Android
    Nora Ekdal — 09/07/2030 9:58 AM                           Discord; words in the lines below
    [09/07/2030 9:58 AM] nora_e                               DiscordChatExporter, Teams
    Nora Ekdal, [07.09.30 9:58]                               Telegram

A name is a person of this chat as it stands: "Ana" and "Ana Leal" are two contacts, and most handles have no shape
of a name. What has a stamp and no name is the program's own ("Nora added Tom"), and so are media left out; WhatsApp
begins such words with a mark that nobody sees.

Source: exports of these programs; none publishes a grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.errors import ReadError
from qa.read.assemble import assemble, page_of
from qa.read.day import iso_day, numeric_day
from qa.read.printed import shown, unseen_before
from qa.read.source import File, Line, TextBuilder
from qa.read.turns import Utterance, join_utterances
from qa.types import Person, Transcript

_BLANK = r"[ \u00a0\u202f]"
_DAY = r"(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\.?"
_HOUR = rf"\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:{_BLANK}?[APap]\.?{_BLANK}?[Mm]\.?)?"
_AT = rf"(?:,|{_BLANK}(?:at|um|à|às|a las|alle|kl\.?|в|о))?{_BLANK}{{1,2}}"
_STAMPED = re.compile(rf"(?P<bracket>\[)?{_DAY}{_AT}{_HOUR}(?(bracket)\]{_BLANK}?|{_BLANK}[-–—]{_BLANK})(?=\S)")
_NAME = re.compile(r"(?P<name>[^:\n\"“”«»]{1,60}):(?:\s|$)")
_TODAY = "today|yesterday|heute|gestern|aujourd[’']hui|hier|hoy|ayer|oggi|ieri|hoje|ontem|сегодня|вчера|dziś|wczoraj"
_HEADERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<name>\S.{{0,119}}?) [—–-] (?:{_DAY}|(?P<ago>{_TODAY})){_AT}{_HOUR}",
        rf"\[{_DAY}{_AT}{_HOUR}\] (?P<name>[^:\n]{{1,60}})",
        rf"(?P<name>[^\n]{{1,60}}), \[{_DAY}{_AT}{_HOUR}\]:?",
    )
)
# <Media omitted>, IMG-0001.jpg (file attached)
_LEFT_OUT = re.compile(r"<[^<>]{3,60}>|\S{1,80}\.\w{2,4} \([^()]{3,40}\)")
# "words <This message was edited>", "words (edited)"
_EDITED = re.compile(r"\s*(?:\u200e<[^<>]{3,60}>|\((?:edited|bearbeitet|modifié|editado|modificato|изменено)\))$")
_GONE = re.compile(
    r"(?:this message was deleted|you deleted this message|null|missed (?:voice|video) call.{0,40}"
    r"|(?:image|video|audio|sticker|gif|document|contact card) omitted"
    r"|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|(?:bild|video|audio|sticker) weggelassen"
    r"|ce message a été supprimé|(?:image|vidéo|audio|sticker) (?:absente|omise?)"
    r"|se eliminó este mensaje|eliminaste este mensaje|(?:imagen|video|audio|sticker) omitid[oa]"
    r"|(?:esta )?mensagem (?:foi )?apagada|você apagou esta mensagem|(?:imagem|vídeo|áudio|figurinha) ocult[oa]"
    r"|questo messaggio è stato eliminato|(?:immagine|video|audio|sticker) omess[oa]"
    r"|(?:данное )?сообщение удалено|вы удалили (?:данное|это) сообщение)\.?",
    re.IGNORECASE,
)
_FEWEST = 3
_LONGEST_DAY = 40  # characters


@dataclass
class _Message:
    """One message.

    Attributes:
        name: who wrote it, "" where the program did.
        day: as printed.
        spans: the parts of the source that are its words.
    """

    name: str
    day: str
    line: int
    spans: list[tuple[int, int]] = field(default_factory=list)


def detect(file: File) -> bool:
    """Three messages or more, of at least one who writes again, and stamps through the whole text."""
    return file.is_text and bool(_messages(file))


def parse(file: File, transcript_id: str) -> Transcript:
    """Read every message that somebody wrote.

    Raises:
        ReadError: no message, or none with a word.
    """
    messages = _messages(file)
    dropped: list[str] = []
    said: list[Utterance] = []
    for message in messages:
        builder = TextBuilder(file.source.text)
        for start, end in message.spans:
            builder.add(start, end, "\n")
        if message.name and any(ch.isalnum() for ch in builder.text):
            said.append(Utterance(message.name, builder.text, pieces=builder.pieces))
        elif not builder.empty:
            dropped.append(builder.text)
    people = {one.label: Person(one.label) for one in said}
    turns, speaking, _ = join_utterances(said, people=people, anonymous=lambda label: False, joint="\n")
    if not turns:
        raise ReadError(
            file.path, "holds no message with words.", remedy='Expected "[12/03/2030, 18:22:01] Name: words".'
        )
    page = page_of(file.source, file.source.lines[: messages[0].line])
    day = _first_day(message.day for message in messages)
    return assemble(
        file.path, transcript_id, "messages", turns, speaking, page, date=day, source_text=file.source.text,
        dropped=dropped,
    )  # fmt: skip


def _messages(file: File) -> list[_Message]:
    """The messages of a chat, looked for once; empty where the text is none."""
    if not isinstance(found := file.memory.get("messages"), list):
        lines = file.source.lines
        found = file.memory["messages"] = _stamped(lines) or _headed(lines)
    return found


def _is_chat(messages: Sequence[_Message]) -> bool:
    written = Counter(message.name for message in messages if message.name)
    return sum(written.values()) >= _FEWEST and max(written.values()) > 1 and sum(written.values()) > len(written)


def _stamped(lines: Sequence[Line]) -> list[_Message]:
    """Messages whose stamp stands before the name and the words."""
    stamps = {}
    for n, line in enumerate(lines):
        unseen = unseen_before(line.text)
        if match := _STAMPED.match(line.text, unseen):
            stamps[n] = match
    if len(stamps) < _FEWEST or min(stamps) > 5:
        return []
    names = Counter(match["name"] for n, stamp in stamps.items() if (match := _NAME.match(lines[n].text, stamp.end())))
    found: list[_Message] = []
    for n, line in enumerate(lines[min(stamps) :], min(stamps)):
        stamp = stamps.get(n)
        if stamp is None:
            if line.text:
                found[-1].spans.append((line.start, line.end))
            continue
        named = _NAME.match(line.text, stamp.end())
        name = _contact(named["name"]) if named and (names[named["name"]] > 1 or _is_short(named["name"])) else ""
        body = named.end() if named and name else stamp.end()
        if _by_the_program(line.text[body:]):
            name = ""
        message = _Message(name, stamp["day"], n)
        message.spans.append((line.start + body, line.start + _end(line.text)))
        found.append(message)
    people = {message.name for message in found if message.name}
    filled = sum(bool(line.text) for line in lines[min(stamps) :])
    plain = len(people) >= 2 and len(stamps) >= 0.8 * filled  # a short one, in which everybody writes once
    return found if plain or _is_chat(found) else []


def _is_short(name: str) -> bool:
    """Of few words; what the program tells has more: "Nora changed the subject to: ..."."""
    return len(name.split()) <= 4


def _by_the_program(text: str) -> bool:
    bare = shown(text).strip()
    return text.startswith("\u200e") or bool(_LEFT_OUT.fullmatch(bare) or _GONE.fullmatch(bare))


def _end(text: str) -> int:
    """Where the words of a line end, without the mark that they were changed."""
    match = _EDITED.search(text[-80:])
    return len(text) - (len(match.group()) if match else 0)


def _contact(name: str) -> str:
    """The name without the mark of those who are in nobody's address book: "~ Nora"."""
    return shown(name).lstrip("~ \u00a0\u202f").strip()


def _headed(lines: Sequence[Line]) -> list[_Message]:
    """Messages whose name and stamp have a line of their own."""
    for pattern in _HEADERS:
        headers = {n: match for n, line in enumerate(lines) if (match := pattern.fullmatch(line.text))}
        counts = Counter(match["name"] for match in headers.values())
        if len(headers) >= _FEWEST and 2 <= len(counts) < len(headers):
            found = _below(lines, headers, counts)
            return found if _is_chat(found) else []
    return []


def _below(lines: Sequence[Line], headers: dict[int, re.Match[str]], counts: Counter[str]) -> list[_Message]:
    found: list[_Message] = []
    silent = False  # a line without a word stands before: a picture, whose number of clicks follows
    for n, line in enumerate(lines[min(headers) :], min(headers)):
        if header := headers.get(n):
            found.append(_Message(_contact(header["name"]), header["day"] or "", n))
        elif line.text:
            counted = silent and line.text.isdigit()
            day = len(line.text) <= _LONGEST_DAY and not lines[n - 1].text and iso_day(line.text) is not None
            if not counted and not day:
                found[-1].spans.append((line.start, line.start + _end(line.text)))
            silent = not any(ch.isalnum() for ch in line.text)
            continue
        silent = silent and not line.text
    for message in found:
        if not message.spans and counts[headers[message.line]["name"]] == 1:  # "Nora pinned a message. — ..."
            message.name = ""
            message.spans.append((lines[message.line].start, lines[message.line].end))
    return found


def _first_day(days: Iterable[str]) -> str | None:
    """The day of the first message, where one of the days tells which number is the month."""
    printed = [day for day in days if day]
    read = [numeric_day(day) for day in printed]
    return read[0] if read else None
