"""JSON of the Whisper family, of podcasts, and of anybody who writes a list of segments.

Sources: openai/whisper and its API (`verbose_json`, `diarized_json`), m-bain/whisperX, whisper.cpp `--output-json`,
insanely-fast-whisper, the podcast namespace's transcripts (application/json).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qa.read.speech import Notes, Record, Word, cut, dig, first, inherited, label_of, records, seconds, text_of
from qa.read.turns import Utterance

_SPEAKERS = ("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "speaker_id", "speakerId",
             "personName", "ParticipantRole", "participant", "voice")  # fmt: skip
_TEXTS = ("text", "transcript", "sentence", "utterance", "content", "Content", "body", "words", "raw_text")
_STARTS = ("start", "start_s", "start_time", "startTime", "start_ts", "begin", "from", "offset", "ts")
_ENDS = ("end", "end_s", "end_time", "endTime", "end_ts", "stop", "to")
_STARTS_MS = ("start_ms", "startMs", "offsetMillisecond", "offsetMilliseconds", "BeginOffsetMillis", "begin_ms")
_ENDS_MS = ("end_ms", "endMs", "EndOffsetMillis")
_LENGTHS_MS = ("durationMillisecond", "durationMilliseconds", "duration_ms")
_DEEPEST = 5
_SLOWEST = 20.0  # seconds a word; a recording slower than that counts milliseconds


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


# ------------------------------------------------------------------ any list of segments


def is_segments(data: Any) -> bool:
    """Somewhere near the top stands a list of objects with a speaker and a text each."""
    return bool(_segments(data))


def read_segments(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The first such list. Bare numbers are seconds, unless that makes the speech slower than any."""
    segments = _segments(data)
    found = []
    for n, one in enumerate(segments):
        text = _text(one)
        if not text:
            notes.odd(f"[{n}]", "no text, left out")
        else:
            found.append((one, label_of(first(one, *_SPEAKERS)), text))
    unit = _unit([(one, text) for one, _, text in found])
    for one, label, text in found:
        yield Utterance(label, text, *_times(one, unit))


def _segments(data: Any) -> Sequence[Record]:
    level = [data]
    for _ in range(_DEEPEST):
        for value in level:
            if isinstance(value, list) and _are_segments(value):
                return [one for one in value if isinstance(one, dict)]
        inner = [one for value in level if isinstance(value, dict) for one in value.values()]
        level = [one for one in inner if isinstance(one, dict | list)]
    return ()


def _are_segments(value: list[Any]) -> bool:
    found = records(value, "")
    told = [one for one in found if _text(one)]
    named = sum(bool(label_of(first(one, *_SPEAKERS))) for one in told)
    return named > 0 and len(told) * 5 >= len(value) * 4 and named * 2 >= len(told)


def _text(one: Record) -> str:
    for name in _TEXTS:
        value = one.get(name)
        if isinstance(value, str) and value.strip():
            return text_of(value).strip()
        if isinstance(value, list) and value:
            named = [
                first(word, "text", "word", "punctuated_word") if isinstance(word, dict) else word for word in value
            ]
            parts = [text_of(word).strip() for word in named]
            if all(parts):
                return " ".join(parts)
    return ""


def _times(one: Record, unit: float) -> tuple[float | None, float | None]:
    start = seconds(first(one, *_STARTS_MS), 1e-3)
    end = seconds(first(one, *_ENDS_MS), 1e-3)
    if start is not None:
        length = seconds(first(one, *_LENGTHS_MS), 1e-3)
        return start, end if end is not None or length is None else round(start + length, 6)
    words = one.get("words")
    if first(one, *_STARTS) is None and isinstance(words, list) and words:  # meeting bots give each word its time
        return _word_time(words[0], "start_timestamp"), _word_time(words[-1], "end_timestamp")
    return seconds(first(one, *_STARTS), unit), seconds(first(one, *_ENDS), unit)


def _word_time(word: Any, name: str) -> float | None:
    value = dig(word, name)
    return seconds(dig(value, "relative") if isinstance(value, dict) else value)


def _unit(found: Sequence[tuple[Record, str]]) -> float:
    spans = [(first(one, *_STARTS), first(one, *_ENDS)) for one, _ in found]
    whole = [(a, b) for a, b in spans if isinstance(a, int) and isinstance(b, int) and b >= a]
    if not whole or len(whole) < len(found):
        return 1.0
    n_words = sum(len(text.split()) for _, text in found)
    return 1e-3 if sum(b - a for a, b in whole) > _SLOWEST * n_words else 1.0
