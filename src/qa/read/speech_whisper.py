"""JSON of the Whisper family and of podcasts.

Sources: openai/whisper and its API (`verbose_json`, `diarized_json`), m-bain/whisperX, whisper.cpp `--output-json`,
insanely-fast-whisper, the podcast namespace's transcripts (application/json).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa.read.speech import Notes, Record, Word, cut, dig, first, inherited, label_of, records, seconds, text_of
from qa.read.turns import Utterance

# ------------------------------------------------------------------ Whisper, WhisperX, OpenAI


def is_whisper(data: Any) -> bool:
    """ "segments" with "text" and seconds; or such a list alone, with words."""
    segments = records(_whisper_segments(data), "segments")
    fitting = bool(segments) and all("text" in one and "start" in one for one in segments[:5])
    return fitting and (isinstance(data, dict) or any(dig(one, "words", 0, "word") for one in segments[:5]))


def _whisper_segments(data: Any) -> Any:
    return data if isinstance(data, list) else dig(data, "segments")


def read_whisper(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Segments; where their words have voices of their own, those count."""
    for n, segment in enumerate(records(_whisper_segments(data), "segments", notes)):
        text = text_of(segment.get("text")).strip()
        if not text and segment.get("text") != "":
            notes.odd(f"segments[{n}]", 'no "text", left out')
        label = label_of(segment.get("speaker"))
        words = [_word(one) for one in records(segment.get("words"), f"segments[{n}].words", notes)]
        words = [word for word in words if word.text]
        if any(word.label for word in words):
            yield from cut(text, inherited(words))
        elif text:
            yield Utterance(label, text, seconds(segment.get("start")), seconds(segment.get("end")))


def _word(one: Record) -> Word:
    return Word(
        text_of(first(one, "word", "text")).strip(),
        label_of(one.get("speaker")),
        seconds(one.get("start")),
        seconds(one.get("end")),
    )


# ------------------------------------------------------------------ whisper.cpp, Hugging Face pipelines


def is_whisper_cpp(data: Any) -> bool:
    """ "transcription" with "offsets"."""
    return isinstance(dig(data, "transcription", 0, "offsets"), dict)


def read_whisper_cpp(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Offsets are milliseconds; "speaker" is there with --diarize, "speaker_turn_next" with --tinydiarize."""
    begins = False
    for one in records(data["transcription"], "transcription", notes):
        start, end = dig(one, "offsets", "from"), dig(one, "offsets", "to")
        text = text_of(one.get("text")).strip()
        yield Utterance(label_of(one.get("speaker")), text, seconds(start, 1e-3), seconds(end, 1e-3), begins=begins)
        begins = one.get("speaker_turn_next") is True


def is_chunks(data: Any) -> bool:
    """ "chunks" or "speakers" with a "timestamp" pair."""
    return any(isinstance(dig(data, name, 0, "timestamp"), list) for name in ("speakers", "chunks"))


def read_chunks(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The segments of the diarisation where there are any, else the chunks."""
    name = "speakers" if isinstance(dig(data, "speakers", 0, "timestamp"), list) else "chunks"
    for one in records(data[name], name, notes):
        start, end = seconds(dig(one, "timestamp", 0)), seconds(dig(one, "timestamp", 1))
        yield Utterance(label_of(one.get("speaker")), text_of(one.get("text")).strip(), start, end)


# ------------------------------------------------------------------ podcasts


def is_podcast(data: Any) -> bool:
    """ "segments" with "body"."""
    return isinstance(dig(data, "segments", 0, "body"), str)


def read_podcast(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Segments of a word or a sentence. Source: podcast namespace, transcripts, JSON format 1.0.0."""
    for one in records(data["segments"], "segments", notes):
        yield Utterance(
            label_of(one.get("speaker")),
            text_of(one.get("body")).strip(),
            seconds(one.get("startTime")),
            seconds(one.get("endTime")),
        )
