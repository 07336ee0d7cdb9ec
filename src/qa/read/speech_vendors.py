"""JSON of speech-to-text services: Deepgram, AssemblyAI, Rev AI, Speechmatics, ElevenLabs, Gladia.

Sources: Deepgram, pre-recorded audio; AssemblyAI, transcript; Rev AI, transcript object; Speechmatics, json-v2;
ElevenLabs, speech to text; Gladia, pre-recorded result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa.read.speech import (
    Notes,
    Record,
    Word,
    channel_voice,
    cut,
    dig,
    first,
    in_order,
    inherited,
    label_of,
    records,
    seconds,
    spoken,
    text_of,
)
from qa.read.turns import Utterance

_ASSEMBLYAI = frozenset("audio_url acoustic_model language_model speech_model webhook_status_code".split())

# ------------------------------------------------------------------ Deepgram


def is_deepgram(data: Any) -> bool:
    """ "results" with "channels"."""
    return isinstance(dig(data, "results", "channels", 0, "alternatives"), list)


def read_deepgram(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Words with voices; without any, utterances or paragraphs with voices; else what there is."""
    channels = records(dig(data, "results", "channels"), "results.channels", notes)
    several = len(channels) > 1
    heard = []
    for n, channel in enumerate(channels):
        best = dig(channel, "alternatives", 0) or {}
        words = [
            Word(
                text_of(first(one, "punctuated_word", "word")),
                channel_voice(n if several else None, one.get("speaker")),
                seconds(one.get("start")),
                seconds(one.get("end")),
            )
            for one in records(dig(best, "words"), f"results.channels[{n}].words", notes)
        ]
        heard.append(words)
    if several and any(heard):
        yield from in_order(heard)
        return
    said = list(_deepgram_stretches(data))
    if any(heard) and (any(word.label for word in heard[0]) or not any(one.label for one in said)):
        yield from spoken(inherited(heard[0]))
    elif said:
        yield from said
    else:
        for channel in channels:
            yield Utterance("", text_of(dig(channel, "alternatives", 0, "transcript")))


def _deepgram_stretches(data: Any) -> Iterator[Utterance]:
    said = records(dig(data, "results", "utterances"), "results.utterances")
    for one in said:
        yield Utterance(label_of(one.get("speaker")), text_of(one.get("transcript")), seconds(one.get("start")),
                        seconds(one.get("end")))  # fmt: skip
    if not said:
        path = ("results", "channels", 0, "alternatives", 0, "paragraphs", "paragraphs")
        for one in records(dig(data, *path), "paragraphs"):
            text = " ".join(text_of(part.get("text")) for part in records(one.get("sentences"), "sentences"))
            yield Utterance(label_of(one.get("speaker")), text, seconds(one.get("start")), seconds(one.get("end")))


# ------------------------------------------------------------------ AssemblyAI


def is_assemblyai(data: Any) -> bool:
    """ "audio_url" or "acoustic_model" beside "words" or "utterances"; times are milliseconds."""
    if not isinstance(data, dict) or not (
        isinstance(data.get("words"), list) or isinstance(data.get("utterances"), list)
    ):
        return False
    return bool({"audio_url", "acoustic_model", "language_model", "speech_model", "webhook_status_code"} & set(data))


def read_assemblyai(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Utterances, cut where the voice of a word differs; without any, the words."""
    utterances = records(data.get("utterances"), "utterances", notes)
    for n, one in enumerate(utterances):
        label = label_of(one.get("speaker"))
        words = [_assemblyai_word(word) for word in records(one.get("words"), f"utterances[{n}].words", notes)]
        text = text_of(one.get("text"))
        if any(word.label not in ("", label) for word in words):
            yield from cut(text, inherited(words, label))
        else:
            yield Utterance(label, text, seconds(one.get("start"), 1e-3), seconds(one.get("end"), 1e-3))
    if not utterances:
        yield from spoken(inherited([_assemblyai_word(one) for one in records(data.get("words"), "words", notes)]))


def _assemblyai_word(one: Record) -> Word:
    times = seconds(one.get("start"), 1e-3), seconds(one.get("end"), 1e-3)
    return Word(text_of(one.get("text")), label_of(one.get("speaker")), *times)


# ------------------------------------------------------------------ Rev AI


_REV_SOUND = re.compile(r"<[a-z][a-z _-]{1,30}>")  # "<laugh>", "<crosstalk>"


def is_rev(data: Any) -> bool:
    """ "monologues" with "elements"."""
    return isinstance(dig(data, "monologues", 0, "elements"), list)


def read_rev(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Elements hold their own blanks; "unknown" ones and "<laugh>" are sounds. "speakers" may give names to numbers."""
    names = {label_of(one.get("id")): label_of(one.get("name")) for one in records(data.get("speakers"), "speakers")}
    for n, monologue in enumerate(records(data["monologues"], "monologues", notes)):
        label = label_of(monologue.get("speaker"))
        label = label_of(dig(monologue, "speaker_info", "display_name")) or names.get(label) or label
        parts: list[str] = []
        times: list[float] = []
        for one in records(monologue.get("elements"), f"monologues[{n}].elements", notes):
            value = text_of(one.get("value"))
            if one.get("type") == "unknown" or _REV_SOUND.fullmatch(value):
                notes.dropped.append(value)
                continue
            parts.append(value)
            times.extend(time for name in ("ts", "end_ts") if (time := seconds(one.get(name))) is not None)
        yield Utterance(label, "".join(parts).strip(), times[0] if times else None, times[-1] if times else None)


# ------------------------------------------------------------------ Speechmatics


def is_speechmatics(data: Any) -> bool:
    """ "results" of words and punctuation with "alternatives" that have a "content"."""
    return isinstance(dig(data, "results", 0, "type"), str) and isinstance(
        dig(data, "results", 0, "alternatives", 0, "content"), str
    )


def read_speechmatics(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Words and punctuation, which says what it attaches to; channels apart."""
    channels: dict[str, list[Word]] = {}
    glue = False
    for one in records(data["results"], "results", notes):
        text = text_of(dig(one, "alternatives", 0, "content"))
        if one.get("type") == "audio_event" or not text:
            continue
        channel = label_of(one.get("channel"))
        words = channels.setdefault(channel, [])
        label = label_of(dig(one, "alternatives", 0, "speaker")) or channel
        mark = one.get("type") == "punctuation"
        attached = one.get("attaches_to", "previous") if mark else ""
        if mark and attached in ("previous", "both") and words:
            label = words[-1].label
        glued = glue or attached in ("previous", "both")
        times = seconds(one.get("start_time")), seconds(one.get("end_time"))
        words.append(Word(text, label, *times, glued))
        glue = attached in ("next", "both")
    yield from in_order(channels.values()) if len(channels) > 1 else spoken(next(iter(channels.values()), []))


# ------------------------------------------------------------------ ElevenLabs


def is_elevenlabs(data: Any) -> bool:
    """ "words" of the types word, spacing and audio_event; several channels stand under "transcripts"."""
    return any(dig(one, "words", 0, "type") in ("word", "spacing", "audio_event") for one in _elevenlabs_channels(data))


def read_elevenlabs(data: Any, notes: Notes) -> Iterator[Utterance]:
    """The words; blanks are tokens of their own, which is known."""
    channels = []
    several = isinstance(data.get("transcripts"), list)
    for n, channel in enumerate(_elevenlabs_channels(data)):
        words: list[Word] = []
        blank = True
        for one in records(channel.get("words"), "words", notes):
            text = text_of(one.get("text"))
            if one.get("type") == "audio_event":
                notes.dropped.append(text)
                blank = True
            elif one.get("type") == "spacing":
                blank = True
            else:
                label = label_of(one.get("speaker_id")) or (f"Channel {n}" if several else "")
                words.append(Word(text.strip(), label, seconds(one.get("start")), seconds(one.get("end")), not blank))
                blank = False
        channels.append(words)
    yield from in_order(channels) if len(channels) > 1 else spoken(channels[0])


def _elevenlabs_channels(data: Any) -> list[Record]:
    if not isinstance(data, dict):
        return []
    return records(data.get("transcripts"), "transcripts") or [data]


# ------------------------------------------------------------------ Gladia


def is_gladia(data: Any) -> bool:
    """ "result" with "transcription" and its "utterances"."""
    return isinstance(dig(data, "result", "transcription", "utterances"), list)


def read_gladia(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Utterances with a voice, or else a channel."""
    said = records(data["result"]["transcription"]["utterances"], "utterances", notes)
    several = len({one.get("channel") for one in said if isinstance(one.get("channel"), int)}) > 1
    for one in said:
        channel = one.get("channel")
        label = channel_voice(channel if several and isinstance(channel, int) else None, one.get("speaker"))
        yield Utterance(label, text_of(one.get("text")).strip(), seconds(one.get("start")), seconds(one.get("end")))
