"""XML of anybody who writes who says what: elements that name their speaker and hold words.

    <turn speaker="Nora Ekdal" start="1.5">The bridge is closed.</turn>
    <utterance><speaker>Nora Ekdal</speaker><text>The bridge is closed.</text></utterance>

The speaker stands in an attribute or in an element before the words; a table of speakers may give names to ids
(Transcriber's `<Speaker id="spk1" name="Nora Ekdal"/>`). Asked after all XML that has a reader of its own. XML in
which no such elements come again is refused: read as plain text, its tags would be somebody's words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from qa.errors import ReadError
from qa.read import clock
from qa.read.assemble import assemble
from qa.read.cue_text import without_sounds
from qa.read.json_fields import plain
from qa.read.markup import Descent, Element, local, parse_xml, root_tag, spoken, words_of
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import PageKind, PageText, Transcript

_SPEAKERS = ("speaker", "speakername", "speakerid", "spk", "who", "talker", "orateur", "talare", "redner", "sprecher",
             "orador", "oratore", "spreker", "participant", "voice", "agent", "intervenant")  # fmt: skip
# Attributes that name a speaker where the element is speech by its own name.
_WEAK = ("name", "from", "sender", "author", "by", "nick")
_SPEECHES = frozenset("speaking speech message msg turn utterance contribution intervention remark post".split())
_TEXTS = frozenset(
    """text p para paragraph words speech said utterance u s seg sentence content body transcript line tx texte texto
    testo tekst w word div span b i em strong br q""".split()
)
_BLOCKS = frozenset("p para paragraph seg sentence line div text".split())
_STARTS = ("start", "starttime", "time", "begin", "starts", "startsec", "stime", "timestart", "from")
_ENDS = ("end", "endtime", "stop", "ends", "endsec", "etime", "timeend", "to")
_NAMES = ("name", "fullname", "displayname", "label")
_LAST = re.compile(r"</(?:[\w.-]{1,40}:)?([\w.-]{1,60})\s*>(?:\s|<!--[^<>]{0,200}-->)*$")
_MOST_KINDS = 4
_MOST_LABEL = 120  # characters
_FAMILIAR = frozenset("html rss feed svg smil kml opml project plist document wordDocument package".split())


@dataclass(slots=True)
class _Kind:
    """All elements of one name, of which some name a speaker.

    Attributes:
        said: those that hold words.
        odd: words in elements inside that may be anything.
    """

    said: list[Utterance] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    odd: int = 0


def detect(file: File) -> bool:
    """It is XML, and not of the web's."""
    if not file.is_text or not file.source.text.lstrip("\ufeff \r\n\t").startswith("<"):
        return False
    tag = root_tag(file)
    return (
        bool(tag) and tag not in _FAMILIAR and f"</{tag}" in file.source.text[-400:].replace(f"</{_prefix(file)}", "</")
    )


def _prefix(file: File) -> str:
    match = re.search(r"</([\w.-]{1,40}:)[\w.-]+\s*>\s*$", file.source.text[-400:])
    return match[1] if match else "\x00"


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the elements that hold most of the words.

    Raises:
        ReadError: not well-formed, or nobody speaks as far as can be told.
    """
    root = parse_xml(file)
    names = _table(root)
    found = [_kind(root, name, names) for name in _named(root)]
    fitting = [kind for kind in found if _fits(kind)]
    if not fitting:
        raise ReadError(
            file.path, "is XML in which no speaker can be told.",
            remedy='Expected elements such as <turn speaker="Name">words</turn>, TEI or a parliament\'s XML.',
        )  # fmt: skip
    best = max(fitting, key=lambda kind: sum(len(one.text) for one in kind.said))
    turns, people, unattributed = join_utterances(best.said, joint="\n")
    title = next((words_of(one, 300) for one in root.iter("{*}title", "{*}Title") if words_of(one, 300)), "")
    page = [PageText(PageKind.TITLE, title)] if title and len(title) <= 200 else []
    return assemble(
        file.path, transcript_id, "speech-xml", turns, people, page, date=None, dropped=best.dropped,
        unattributed=unattributed,
    )  # fmt: skip


def _fits(kind: _Kind) -> bool:
    """It comes again, nearly always with a speaker, and holds sentences and nothing strange."""
    said = [one for one in kind.said if one.label]
    n_words = sum(len(one.text.split()) for one in said)
    return (
        len(said) > 1 and len(said) * 5 >= len(kind.said) * 4 and n_words >= 2 * len(said) and kind.odd * 20 <= n_words
    )


def _named(root: Element) -> list[str]:
    """Names of elements of which several name a speaker, the most frequent first."""
    counts = Counter(local(element) for element in root.iter() if local(element) and _speaker(element))
    return [name for name, n in counts.most_common(_MOST_KINDS) if n > 1]


def _kind(root: Element, name: str, names: dict[str, str]) -> _Kind:
    kind = _Kind()
    walk = Descent(root)
    for event, element in walk:
        if event == "start" and local(element) == name:
            text, odd = _words(element, kind.dropped)
            kind.odd += odd
            if text:
                label = _speaker(element)
                kind.said.append(Utterance(names.get(label, label), text, *_times(element)))
            walk.leave()
    return kind


def _speaker(element: Element) -> str:
    """By an attribute, else by a child before the words."""
    for key, value in element.attrib.items():
        if plain(str(key).rpartition("}")[2]) in _SPEAKERS and value.strip():
            return " ".join(str(value).split())[:_MOST_LABEL]
    if plain(local(element)) in _SPEECHES:
        for key in _WEAK:
            if value := " ".join(str(element.get(key) or "").split()):
                return value[:_MOST_LABEL]
    for child in element:
        if plain(local(child)) in _SPEAKERS:
            return words_of(child, _MOST_LABEL)[:_MOST_LABEL].strip(" :")
        if plain(local(child)) in _TEXTS:
            break
    return ""


def _words(element: Element, dropped: list[str]) -> tuple[str, int]:
    """The words of an element, and how many stand in elements of a strange name."""
    strange: list[str] = []
    named = [plain(local(child)) in _SPEAKERS for child in element]
    text = spoken(
        element, silent=(), blocks=_BLOCKS, dropped=strange,
        left_out=lambda one: plain(local(one)) not in _TEXTS,
    )  # fmt: skip
    label = [words_of(child) for child, is_name in zip(element, named, strict=True) if is_name]
    others = [words for words in strange if words not in label]
    dropped.extend(others)
    text, sounds = without_sounds(text)
    dropped.extend(sounds)
    return text, sum(len(words.split()) for words in others if any(ch.isalpha() for ch in words))


def _times(element: Element) -> tuple[float | None, float | None]:
    own = {plain(str(key).rpartition("}")[2]): str(value) for key, value in element.attrib.items()}
    for child in element:
        if not len(child) and child.text and plain(local(child)) in (*_STARTS, *_ENDS):
            own.setdefault(plain(local(child)), child.text)
    start, end = (next((own[name] for name in names if name in own), None) for names in (_STARTS, _ENDS))
    return clock.seconds(start) if start else None, clock.seconds(end) if end else None


def _table(root: Element) -> dict[str, str]:
    """id -> name of elements that have both, and are speakers or persons by their name."""
    found: dict[str, str] = {}
    for element in root.iter():
        if plain(local(element)) not in ("speaker", "participant", "person", "voice", "agent"):
            continue
        own = {plain(str(key).rpartition("}")[2]): str(value) for key, value in element.attrib.items()}
        for child in element:
            if not len(child) and child.text:
                own.setdefault(plain(local(child)), child.text)
        name = next((" ".join(own[key].split()) for key in _NAMES if own.get(key, "").strip()), "")
        if own.get("id") and name:
            found.setdefault(own["id"], name[:_MOST_LABEL])
    return found
