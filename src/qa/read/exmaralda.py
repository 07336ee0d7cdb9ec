"""EXMARaLDA's basic transcriptions (EXB): tiers of one speaker each, events between points of a common timeline.

    <speaker id="SPK0"><abbreviation>Nora</abbreviation></speaker>
    <tli id="T0" time="0.0"/>
    <tier id="TIE0" speaker="SPK0" category="v" type="t">
      <event start="T0" end="T1">The mill is </event><event start="T1" end="T2">open.</event>

Tiers of type "t" are speech; "a" is annotation and "d" description. Events of a tier that touch are one stretch
of talk, cut where somebody else begins or ends, and may be cut within a word: their texts are joined as they are.

Source: T. Schmidt, K. Wörner: EXMARaLDA, in: The Oxford Handbook of Corpus Phonology (2014).
"""

from __future__ import annotations

from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.cue_text import without_sounds
from qa.read.markup import Element, parse_xml, root_tag
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import Transcript

_ROOT = "basic-transcription"


def detect(file: File) -> bool:
    """Its root is EXMARaLDA's."""
    return root_tag(file) == _ROOT


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the stretches of talk of all speakers in the order of the timeline.

    Raises:
        ReadError: not well-formed, or no tier of speech holds words.
    """
    root = parse_xml(file)
    points = [(str(point.get("id")), _seconds(point.get("time"))) for point in root.iter("tli")]
    order = {name: place for place, (name, _) in enumerate(points)}
    times = dict(points)
    names = {str(one.get("id")): " ".join((one.findtext("abbreviation") or "").split()) for one in root.iter("speaker")}
    tiers = [tier for tier in root.iter("tier") if tier.get("type") == "t" and tier.get("speaker")]
    kept = set(tiers)
    dropped = [f"tier {tier.get('id')}" for tier in root.iter("tier") if tier not in kept]
    said: list[tuple[int, Utterance]] = []
    for tier in tiers:
        label = names.get(str(tier.get("speaker"))) or str(tier.get("speaker"))
        for words, start, end in _stretches(tier, order):
            text, sounds = without_sounds(" ".join(words.split()))
            dropped.extend(sounds)
            said.append((order.get(start, len(order)), Utterance(label, text, times.get(start), times.get(end))))
    said.sort(key=lambda pair: pair[0])
    turns, people, unattributed = join_utterances([one for _, one in said])
    if not turns:
        raise ReadError(file.path, "is an EXMARaLDA file without words.", remedy="Export a file with events.")
    return assemble(
        file.path, transcript_id, "exmaralda", turns, people, (), date=None, dropped=dropped, unattributed=unattributed
    )


def _stretches(tier: Element, order: dict[str, int]) -> list[tuple[str, str, str]]:
    """Texts of events that touch, joined, with the first and the last point of each."""
    found: list[tuple[list[str], str, str]] = []
    for event in sorted(tier.iter("event"), key=lambda one: order.get(str(one.get("start")), len(order))):
        text, start, end = "".join(event.itertext()), str(event.get("start")), str(event.get("end"))
        if found and found[-1][2] == start:
            parts, first, _ = found[-1]
            parts.append(text)
            found[-1] = (parts, first, end)
        else:
            found.append(([text], start, end))
    return [("".join(parts), start, end) for parts, start, end in found]


def _seconds(value: str | None) -> float | None:
    whole, _, part = (value or "").partition(".")
    if not (whole.isdecimal() and len(whole) < 10 and (part.isdecimal() or not part)):
        return None
    return float(f"{whole}.{part or 0}")
