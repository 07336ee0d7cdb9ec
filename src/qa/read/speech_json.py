"""Speech-to-text JSON to transcripts: one table of producers, told apart by the shape of what they write.

A voice that is only a number or a letter is called "Speaker 0", "Speaker A". A file without any voice has one
uncertain "Unknown speaker"; in a file with voices, words without one are unattributed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from qa.errors import ReadError
from qa.read import speech_clouds as clouds
from qa.read import speech_lists as lists
from qa.read import speech_vendors as vendors
from qa.read import speech_whisper as whisper
from qa.read.assemble import assemble
from qa.read.cue_text import without_sounds
from qa.read.source import File
from qa.read.speech import Notes, dig, label_of
from qa.read.turns import UNKNOWN, Utterance, join_utterances
from qa.read.unnamed import unnamed
from qa.types import Person, Transcript

_CODE = re.compile(r"\d{1,4}[A-Za-z]?|[A-Za-z]")
_CHANNEL = re.compile(r"(?:ch|channel)[ _]?\d{1,3}(?:, speaker .{1,40})?", re.IGNORECASE)
_LANGUAGES = (
    ("language",), ("language_code",), ("languageCode",), ("locale",), ("result", "language"),
    ("results", "language_code"), ("results", 0, "languageCode"), ("metadata", "transcription_config", "language"),
    ("results", "channels", 0, "detected_language"), ("recognizedPhrases", 0, "locale"), ("phrases", 0, "locale"),
    ("result", "transcription", "languages", 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Producer:
    """Who writes such files.

    Attributes:
        name: of the format.
        fits: whether the parsed JSON has its shape; never raises.
        read: (data, notes) to utterances in order.
    """

    name: str
    fits: Callable[[Any], bool]
    read: Callable[[Any, Notes], Iterator[Utterance]]

    def detect(self, file: File) -> bool:
        """The file is JSON of this shape."""
        return file.is_json and self.fits(file.json)

    def parse(self, file: File, transcript_id: str) -> Transcript:
        """Read the file. Raises ReadError: no word in it."""
        notes = Notes()
        said = list(_spoken(self.read(file.json, notes), notes))
        if not any(one.label for one in said):
            said = [replace(one, label=UNKNOWN, uncertain=True) for one in said]
        labels = list(dict.fromkeys(one.label for one in said))
        people = _people(labels) | unnamed(label for label in labels if len(label) > 1)
        turns, present, unattributed = join_utterances(said, people=people)
        if not turns and not unattributed:
            raise ReadError(
                file.path, f"is a {self.name} file without a spoken word.", remedy="Use the result of a finished job."
            )
        return assemble(
            file.path, transcript_id, self.name, turns, present, (), date=None, language=_language(file.json),
            dropped=notes.dropped, unattributed=unattributed, problems=notes.problems,
        )  # fmt: skip


# What is most particular comes first; any list of segments last.
PRODUCERS = (
    Producer("deepgram", vendors.is_deepgram, vendors.read_deepgram),
    Producer("aws-transcribe", clouds.is_aws, clouds.read_aws),
    Producer("speechmatics", vendors.is_speechmatics, vendors.read_speechmatics),
    Producer("ibm-watson", clouds.is_watson, clouds.read_watson),
    Producer("google-speech", clouds.is_google, clouds.read_google),
    Producer("azure-speech", clouds.is_azure, clouds.read_azure),
    Producer("rev-ai", vendors.is_rev, vendors.read_rev),
    Producer("gladia", vendors.is_gladia, vendors.read_gladia),
    Producer("assemblyai", vendors.is_assemblyai, vendors.read_assemblyai),
    Producer("elevenlabs", vendors.is_elevenlabs, vendors.read_elevenlabs),
    Producer("podcast-json", whisper.is_podcast, whisper.read_podcast),
    Producer("whisper", whisper.is_whisper, whisper.read_whisper),
    Producer("whisper-cpp", whisper.is_whisper_cpp, whisper.read_whisper_cpp),
    Producer("whisper-chunks", whisper.is_chunks, whisper.read_chunks),
    Producer("segments-json", lists.is_segments, lists.read_segments),
    Producer("labelled-json", lists.is_labelled, lists.read_labelled),
    Producer("timed-json", lists.is_timed, lists.read_timed),
)


def _spoken(utterances: Iterable[Utterance], notes: Notes) -> Iterator[Utterance]:
    """Without sounds; one that was nothing else is gone, but not the change of speaker before it."""
    begins = False
    for one in utterances:
        text, sounds = without_sounds(one.text)
        notes.dropped.extend(sounds)
        begins = begins or one.begins
        if any(ch.isalnum() for ch in text):
            yield replace(one, text=text, begins=begins)
            begins = False


def _people(labels: Iterable[str]) -> dict[str, Person]:
    """The voices that are numbers, letters or channels."""
    found = {}
    for label in labels:
        if _CODE.fullmatch(label):
            found[label] = Person(f"Speaker {label}", aliases=(label,), anonymous=True)
        elif _CHANNEL.fullmatch(label):
            found[label] = Person(label, anonymous=True)
    return found


def _language(data: Any) -> str | None:
    for path in _LANGUAGES:
        match = re.match(r"([A-Za-z]{2})(?:$|[-_])", label_of(dig(data, *path)))
        if match:
            return match[1].casefold()
    return None
