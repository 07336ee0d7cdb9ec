"""Speech-to-text JSON: words keep their voices, and no odd value is more than a line of complaint."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import words
from qa.errors import ReadError
from qa.read import READERS, read_text, speech_json
from qa.read.speech import Word, cut, inherited, label_of, seconds

PATH = Path("/nowhere/call.json")
GOLDEN = Path(__file__).parent / "golden"
NAMES = {producer.name for producer in speech_json.PRODUCERS}
FILES = sorted(path for name in NAMES for path in (GOLDEN / name).glob("*.json") if ".expected" not in path.name)

WORD = st.sampled_from("the bridge is closed, we go. 17 3.14 it's naïve don't well-known? a".split())
# (voice, word) in order: the shape below every producer's
TALK = st.lists(st.tuples(st.integers(0, 3), WORD), min_size=1, max_size=30)
Talk = list[tuple[int, str]]


def timed(talk: Talk) -> Iterator[tuple[int, str, float, float]]:
    for n, (who, word) in enumerate(talk):
        yield who, word, n * 0.5, n * 0.5 + 0.4


def deepgram(talk: Talk) -> Any:
    said = [{"word": w.casefold(), "punctuated_word": w, "start": a, "end": b, "speaker": who}
            for who, w, a, b in timed(talk)]  # fmt: skip
    return {"results": {"channels": [{"alternatives": [{"transcript": "", "words": said}]}]}}


def whisperx(talk: Talk) -> Any:
    said = [{"word": w, "start": a, "end": b, "speaker": str(who)} for who, w, a, b in timed(talk)]
    parts = [said[n : n + 7] for n in range(0, len(said), 7)]
    segments = [{"start": p[0]["start"], "end": p[-1]["end"], "text": " " + " ".join(w["word"] for w in p), "words": p,
                 "speaker": p[0]["speaker"]} for p in parts]  # fmt: skip
    return {"segments": segments, "word_segments": said}


def google(talk: Talk) -> Any:
    said = [
        {"word": w, "startTime": f"{a}s", "endTime": f"{b}s", "speakerTag": who + 1} for who, w, a, b in timed(talk)
    ]
    plain = [{k: v for k, v in one.items() if k != "speakerTag"} for one in said]
    parts = [plain[n : n + 7] for n in range(0, len(plain), 7)]
    results = [{"alternatives": [{"transcript": "x", "words": part}]} for part in parts]
    return {"results": [*results, {"alternatives": [{"words": said}]}]}


def aws(talk: Talk) -> Any:
    items: list[dict[str, Any]] = []
    marks = []
    for who, word, a, b in timed(talk):
        core = word.rstrip(".,?")
        items.append({"type": "pronunciation", "start_time": str(a), "end_time": str(b),
                      "alternatives": [{"content": core, "confidence": "1.0"}]})  # fmt: skip
        marks.append({"start_time": str(a), "end_time": str(b), "speaker_label": f"spk_{who}"})
        items.extend({"type": "punctuation", "alternatives": [{"content": ch}]} for ch in word[len(core) :])
    labels = {"segments": [{"start_time": "0.0", "end_time": "99.0", "speaker_label": "spk_9", "items": marks}]}
    return {"results": {"transcripts": [{"transcript": ""}], "speaker_labels": labels, "items": items}}


def assemblyai(talk: Talk) -> Any:
    said = [
        {"text": w, "start": int(a * 1000), "end": int(b * 1000), "speaker": "ABCD"[who]}
        for who, w, a, b in timed(talk)
    ]
    return {"audio_url": "https://example.org/a.mp3", "words": said, "utterances": None}


@pytest.mark.parametrize("write", [deepgram, whisperx, google, aws, assemblyai])
@settings(max_examples=60, deadline=None)
@given(TALK)
def test_every_word_keeps_its_voice(write: Callable[[Talk], Any], talk: Talk) -> None:
    text = json.dumps(write(talk))
    one = read_text(text, PATH)
    voices = {label: n for n, label in enumerate(dict.fromkeys(turn.label for turn in one.turns))}
    order = {who: n for n, who in enumerate(dict.fromkeys(who for who, _ in talk))}
    found = [(voices[turn.label], word) for turn in one.turns for word in turn.text.split()]
    assert [(who, words.bare(word)) for who, word in found] == [(order[who], word) for who, word in talk]
    assert one.turns[0].start_s == 0.0 and one.turns[-1].end_s == pytest.approx((len(talk) - 1) * 0.5 + 0.4)
    assert all(person.anonymous for person in one.people)
    assert not one.problems and not one.unattributed
    assert read_text(text, PATH) == one


# ------------------------------------------------------------------ odd values

ODD = st.sampled_from(
    [
        None,
        True,
        "",
        " ",
        "x",
        "-1",
        "PT",
        -1,
        10**400,
        1e308,
        [],
        {},
        [[]],
        [None],
        {"": None},
        "\ud800",
        "9" * 500,
        0.1,
    ]
)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in steps:
        yield from leaves(inner, (*path, step))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(data[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_an_odd_value_is_passed_over_or_refused(path: Path, data: st.DataObject) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(leaves(content))
        content = changed(content, data.draw(st.sampled_from(places)), data.draw(ODD))
    try:
        one = read_text(json.dumps(content), PATH)
    except ReadError as error:
        assert "\n" not in str(error) and len(str(error)) < 400
        return
    assert one.turns or one.unattributed
    for turn in one.turns:
        turn.text.encode()
        assert any(ch.isalnum() for ch in turn.text)
        for time_s in (turn.start_s, turn.end_s):
            assert time_s is None or 0 <= time_s < 1e7
    assert {turn.speaker for turn in one.turns} <= {person.name for person in one.people}


def test_every_producer_has_golden_files_and_a_reader() -> None:
    assert {path.parent.name for path in FILES} == NAMES
    assert {reader.name for reader in READERS} >= NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_of_one_shape_or_of_a_more_general_one(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    fitting = [producer.name for producer in speech_json.PRODUCERS if producer.fits(data)]
    assert fitting[0] == path.parent.name


# ------------------------------------------------------------------ pieces


@pytest.mark.parametrize(
    ("value", "unit", "found"),
    [
        (1.5, 1.0, 1.5),
        (1500, 1e-3, 1.5),
        ("1.500", 1.0, 1.5),
        ("1.300s", 1.0, 1.3),
        ("PT1H2M3.5S", 1.0, 3723.5),
        ("00:01:02,500", 1.0, 62.5),
        ({"seconds": "3", "nanos": 500_000_000}, 1.0, 3.5),
        ({}, 1.0, 0.0),
        (None, 1.0, None),
        (True, 1.0, None),
        (-1, 1.0, None),
        (float("nan"), 1.0, None),
        (10**400, 1.0, None),
        ("soon", 1.0, None),
        ([], 1.0, None),
    ],
)
def test_seconds(value: Any, unit: float, found: float | None) -> None:
    assert seconds(value, unit) == found


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "0"),
        (1.0, "1"),
        ("A", "A"),
        ({"name": "Nora"}, "Nora"),
        (None, ""),
        (True, ""),
        ("UU", ""),
        (-1, ""),
        ([], ""),
    ],
)
def test_labels(value: Any, label: str) -> None:
    assert label_of(value) == label


def test_a_text_is_cut_between_its_words_with_its_own_marks() -> None:
    said = [Word("Yes", "A", 0.0, 0.4), Word("no", "B", 0.5, 0.9), Word("maybe", "", 1.0, 1.4)]
    parts = list(cut("“Yes” – no, maybe.", inherited(said)))
    assert [(one.label, one.text) for one in parts] == [("A", "“Yes” –"), ("B", "no, maybe.")]
    assert [(one.label, one.text) for one in cut("Quite another text.", said)] == [
        ("A", "Yes"),
        ("B", "no"),
        ("", "maybe"),
    ]


def test_one_object_a_line_is_a_list() -> None:
    lines = [{"speaker": "Nora Ekdal", "text": "Go."}, {"speaker": "Tom Baszko", "text": "No."}]
    one = read_text("\n".join(json.dumps(line) for line in lines), PATH)
    assert [(turn.speaker, turn.text) for turn in one.turns] == [("Nora Ekdal", "Go."), ("Tom Baszko", "No.")]


def test_roles_are_no_persons() -> None:
    said = [("AGENT", "Haven Mill.", 0), ("CUSTOMER", "Flour, please.", 1500)]
    turns = [{"ParticipantRole": who, "Content": text, "BeginOffsetMillis": at} for who, text, at in said]
    one = read_text(json.dumps({"Transcript": turns}), PATH)
    assert {person.name for person in one.people if person.anonymous} == {"Agent", "Customer"}
    assert [turn.start_s for turn in one.turns] == [0.0, 1.5]


@pytest.mark.parametrize(
    "data",
    [
        {"results": {"channels": [{"alternatives": [{"transcript": "", "words": []}]}]}},
        {"segments": [{"start": 0, "end": 1, "text": " [Music] "}], "language": "en"},
        {"audio_url": "x", "words": None, "utterances": []},
        {"monologues": [{"speaker": 0, "elements": []}]},
    ],
)
def test_a_result_without_a_word(data: Any) -> None:
    with pytest.raises(ReadError, match="without a spoken word"):
        read_text(json.dumps(data), PATH)


@pytest.mark.parametrize(
    "data",
    [
        {"segments": [{"start": 0, "end": 1, "text": "word", "speaker": f"v{n}"} for n in range(20_000)]},
        deepgram([(n, "word") for n in range(50_000)]),
        deepgram([(0, "word")] * 50_000),
        {"segments": [{"start": 0, "end": 1, "text": "[" * 300_000 + "(a" * 300_000}]},
        {"segments": [{"start": 0, "end": 1, "text": "a " * 50_000,
                       "words": [{"word": "a", "speaker": str(n)} for n in range(50_000)]}]},
        {"a": [{"b": [{}] * 1000}] * 100},
    ],
)  # fmt: skip
def test_hostile_results_are_read_or_refused_in_time(data: Any) -> None:
    text = json.dumps(data)
    begin = time.process_time()
    try:
        read_text(text, PATH)
    except ReadError as error:
        assert len(str(error)) < 400
    assert time.process_time() - begin < 20
