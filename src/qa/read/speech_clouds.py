"""JSON of the clouds' speech-to-text: Amazon Transcribe, Google, Azure, IBM Watson.

Sources: Amazon Transcribe's output reference; Google Cloud Speech-to-Text v1 and v2, RecognizeResponse and
BatchRecognizeResults; Azure batch and fast transcription; IBM Watson Speech to Text, SpeechRecognitionResults.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa.read.speech import (
    Notes,
    Record,
    Word,
    by_time,
    channel_voice,
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

_TICK = 1e-7  # seconds, Azure
_HESITATIONS = frozenset({"%HESITATION"})

# ------------------------------------------------------------------ Amazon Transcribe


def is_aws(data: Any) -> bool:
    """ "results" with "items" and "transcripts" or "audio_segments"."""
    results = dig(data, "results")
    return isinstance(dig(results, "items"), list) and bool({"transcripts", "audio_segments"} & set(results))


def read_aws(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Items with their own voice, else the one of the segment's item at their time; channels apart."""
    results = data["results"]
    channels = records(dig(results, "channel_labels", "channels"), "channels", notes)
    if len(channels) > 1:
        yield from in_order(
            _aws_words(records(one.get("items"), "items", notes), {}, [], label_of(one.get("channel_label")))
            for one in channels
        )
        return
    items = records(results["items"], "results.items", notes)
    if not items:
        for one in records(results.get("audio_segments"), "results.audio_segments", notes):
            label = label_of(first(one, "speaker_label", "channel_label"))
            yield Utterance(label, text_of(one.get("transcript")), seconds(one.get("start_time")),
                            seconds(one.get("end_time")))  # fmt: skip
        return
    by_channel: dict[str, list[Record]] = {}
    for item in items:
        by_channel.setdefault(label_of(item.get("channel_label")), []).append(item)
    if len(by_channel) > 1:
        yield from in_order(_aws_words(some, {}, [], channel) for channel, some in by_channel.items())
        return
    at: dict[str, str] = {}
    spans: list[tuple[float, float, str]] = []
    for segment in records(dig(results, "speaker_labels", "segments"), "speaker_labels.segments", notes):
        label = label_of(segment.get("speaker_label"))
        start, end = seconds(segment.get("start_time")), seconds(segment.get("end_time"))
        if start is not None and end is not None:
            spans.append((start, end, label))
        for item in records(segment.get("items"), "items"):
            at[str(item.get("start_time"))] = label_of(item.get("speaker_label")) or label
    yield from spoken(_aws_words(items, at, sorted(spans)))


def _aws_words(
    items: Sequence[Record], at: Mapping[str, str], spans: Sequence[tuple[float, float, str]], channel: str = ""
) -> Iterator[Word]:
    now = channel
    starts = [start for start, _, _ in spans]
    for item in items:
        text = text_of(dig(item, "alternatives", 0, "content"))
        if item.get("type") == "punctuation":
            yield Word(text, now, glue=True)
            continue
        start, end = seconds(item.get("start_time")), seconds(item.get("end_time"))
        label = label_of(item.get("speaker_label")) or at.get(str(item.get("start_time")), "")
        if not label and start is not None and spans:
            n = bisect_right(starts, start) - 1
            label = spans[n][2] if n >= 0 and start <= spans[n][1] else ""
        now = channel or label
        yield Word(text, now, start, end)


# ------------------------------------------------------------------ Google


def is_google(data: Any) -> bool:
    """ "results" whose alternatives have a "transcript" or words with offsets."""
    return any(isinstance(one.get("alternatives"), list) and "type" not in one for one in _google_results(data)[:3])


def read_google(data: Any, notes: Notes) -> Iterator[Utterance]:
    """With diarisation the last result repeats every word with its voice: then it is the only one."""
    results = [(one, [_google_word(word) for word in records(dig(one, "alternatives", 0, "words"), "words", notes)])
               for one in _google_results(data)]  # fmt: skip
    if len(results) > 1 and _repeats(results[-1][1], [words for _, words in results[:-1]]):
        results = results[-1:]
    channels = {label_of(first(one, "channelTag", "channel_tag")) for one, _ in results}
    said: list[Utterance] = []
    for one, words in results:
        channel = label_of(first(one, "channelTag", "channel_tag"))
        apart = f"Channel {channel}" if len(channels) > 1 and channel else ""
        if words:
            said.extend(spoken(inherited(words, apart)))
        else:
            end = seconds(first(one, "resultEndTime", "result_end_time", "resultEndOffset"))
            said.append(Utterance(apart, text_of(dig(one, "alternatives", 0, "transcript")).strip(), None, end))
    yield from by_time(said) if len(channels) > 1 else said


def _google_results(data: Any) -> list[Record]:
    """The results, out of the envelopes of long-running and batch operations."""
    for path in ((), ("response",)):
        results = dig(data, *path, "results")
        if isinstance(results, list):
            return records(results, "results")
        if isinstance(results, dict):  # batch: by the file's address
            for one in results.values():
                for inner in (("transcript", "results"), ("inlineResult", "transcript", "results")):
                    if isinstance(dig(one, *inner), list):
                        return records(dig(one, *inner), "results")
    return []


def _google_word(one: Record) -> Word:
    tag = first(one, "speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
    return Word(
        text_of(one.get("word")).replace("▁", " ").strip(),
        "" if tag in (0, "0") else label_of(tag),
        seconds(first(one, "startTime", "start_time", "startOffset", "start_offset")),
        seconds(first(one, "endTime", "end_time", "endOffset", "end_offset")),
    )


def _repeats(last: Sequence[Word], others: Sequence[Sequence[Word]]) -> bool:
    before = [word for words in others for word in words]
    if not last or not all(word.label for word in last) or len(last) < len(before):
        return False
    begins = [(word.text.casefold(), word.start_s) for word in before[:1]]
    return not all(word.label for word in before) or begins == [(last[0].text.casefold(), last[0].start_s)]


# ------------------------------------------------------------------ Azure


def is_azure(data: Any) -> bool:
    """ "recognizedPhrases" (batch) or "phrases" beside "combinedPhrases" (fast transcription)."""
    return isinstance(dig(data, "recognizedPhrases"), list) or (
        isinstance(dig(data, "phrases"), list) and isinstance(dig(data, "combinedPhrases"), list)
    )


def read_azure(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Phrases by time, for batch results list them channel by channel."""
    name = "recognizedPhrases" if "recognizedPhrases" in data else "phrases"
    phrases = records(data[name], name, notes)
    several = len({one.get("channel") for one in phrases if isinstance(one.get("channel"), int)}) > 1
    said = []
    for one in phrases:
        start = _first_time(one, ("offsetInTicks", _TICK), ("offsetMilliseconds", 1e-3), ("offset", 1.0))
        length = _first_time(one, ("durationInTicks", _TICK), ("durationMilliseconds", 1e-3), ("duration", 1.0))
        channel = one.get("channel")
        label = channel_voice(channel if several and isinstance(channel, int) else None, one.get("speaker"))
        text = text_of(one.get("text")) or text_of(dig(one, "nBest", 0, "display"))
        end = None if start is None or length is None else round(start + length, 6)
        said.append(Utterance(label, text.strip(), start, end))
    yield from by_time(said)


def _first_time(record: Record, *fields: tuple[str, float]) -> float | None:
    """The first of the fields, each with its unit, that holds a time."""
    return next((time for name, unit in fields if (time := seconds(record.get(name), unit)) is not None), None)


# ------------------------------------------------------------------ IBM Watson


def is_watson(data: Any) -> bool:
    """ "results" whose alternatives have "timestamps"."""
    return any(
        isinstance(dig(one, "alternatives", 0, "timestamps"), list) for one in records(dig(data, "results"), "")[:3]
    )


def read_watson(data: Any, notes: Notes) -> Iterator[Utterance]:
    """Words with times, voices in a list of their own by the time of beginning."""
    voices = {str(one.get("from")): label_of(one.get("speaker"))
              for one in records(data.get("speaker_labels"), "speaker_labels", notes)}  # fmt: skip
    words = []
    for one in records(data["results"], "results", notes):
        stamps = dig(one, "alternatives", 0, "timestamps")
        for stamp in stamps if isinstance(stamps, list) else []:
            text = text_of(dig(stamp, 0))
            if text in _HESITATIONS:
                notes.dropped.append(text)
            elif text:
                words.append(
                    Word(text, voices.get(str(dig(stamp, 1)), ""), seconds(dig(stamp, 1)), seconds(dig(stamp, 2)))
                )
    yield from spoken(inherited(words) if any(word.label for word in words) else words)
