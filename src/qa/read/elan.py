"""ELAN's annotation files (EAF): tiers of one speaker each, annotations with their times.

    <TIER TIER_ID="NE" PARTICIPANT="Nora Ekdal">
      <ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
        <ANNOTATION_VALUE>The mill is open.</ANNOTATION_VALUE>

Only tiers that stand on no other are speech: what hangs below them are translations, words and glosses. Where
some name their participant, those that name none are comments.

Source: EAF schema 3.0, https://www.mpi.nl/tools/elan/EAFv3.0.xsd.
"""

from __future__ import annotations

from qa.errors import ReadError
from qa.read.assemble import assemble
from qa.read.cue_text import without_sounds
from qa.read.markup import Element, parse_xml, root_tag, words_of
from qa.read.source import File
from qa.read.turns import Utterance, join_utterances
from qa.types import Transcript

_ROOT = "ANNOTATION_DOCUMENT"


def detect(file: File) -> bool:
    """Its root is ELAN's."""
    return root_tag(file) == _ROOT


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the annotations of all speakers in the order of their times.

    Raises:
        ReadError: not well-formed, or no tier holds words.
    """
    root = parse_xml(file)
    slots = {
        str(slot.get("TIME_SLOT_ID")): int(value) / 1000
        for slot in root.iter("TIME_SLOT")
        if (value := slot.get("TIME_VALUE") or "").isdigit() and len(value) < 13
    }
    tiers = [tier for tier in root.iter("TIER") if not tier.get("PARENT_REF")]
    named = [tier for tier in tiers if (tier.get("PARTICIPANT") or "").strip()]
    kept = dict.fromkeys(named or tiers)
    dropped = [f"tier {tier.get('TIER_ID')}" for tier in root.iter("TIER") if tier not in kept]
    said = [one for tier in kept for one in _annotations(tier, slots, dropped)]
    said.sort(key=lambda one: one.start_s if one.start_s is not None else float("inf"))
    turns, people, unattributed = join_utterances(said)
    if not turns:
        raise ReadError(file.path, "is an ELAN file without words.", remedy="Export a file with annotations.")
    return assemble(
        file.path, transcript_id, "elan", turns, people, (), date=None, dropped=dropped, unattributed=unattributed
    )


def _annotations(tier: Element, slots: dict[str, float], dropped: list[str]) -> list[Utterance]:
    label = " ".join(str(tier.get("PARTICIPANT") or tier.get("TIER_ID") or "").split())
    found = []
    for one in tier.iter("ALIGNABLE_ANNOTATION"):
        text, sounds = without_sounds(words_of(one))
        dropped.extend(sounds)
        start, end = (slots.get(str(one.get(f"TIME_SLOT_REF{n}"))) for n in (1, 2))
        found.append(Utterance(label, text, start, end))
    return found
