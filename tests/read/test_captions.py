"""WebVTT and SRT: whatever the producer, no word is lost, invented or given to somebody else."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import words
from qa.errors import ReadError
from qa.read import read, read_text
from qa.types import Transcript

VTT, SRT = Path("/nowhere/talk.vtt"), Path("/nowhere/talk.srt")
NAMES = ("Nora Ekdal", "Tom Baszko", "Ilsa Odell", "José Peña", "Ольга Лунёва", "Bram O'Neil")
WORD = st.sampled_from(
    "the a bridge is closed we will talk 17 3.14 http://x.example/a well-known it's today: naïve 日本 🙂 e.g. 5% 12:30"
    " & < a/b >5 -3 #1 *star* _u_ Monday".split()
)
SENTENCE = st.builds(
    lambda inner, end: "So " + " ".join(inner) + end, st.lists(WORD, min_size=1, max_size=6), st.sampled_from(".?!")
)
# Each turn: who, and the cues they speak. No two neighbours are the same person's.
TALK = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(SENTENCE, min_size=1, max_size=3)), min_size=3, max_size=8
).filter(lambda talk: all(a[0] != b[0] for a, b in pairwise(talk)))
Talk = list[tuple[str, list[str]]]


def clock(n: int, point: str) -> str:
    return f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}{point}250"


def cues(texts: list[str], point: str, first: str = "") -> str:
    times = [f"{clock(n, point)} --> {clock(n + 1, point)}" for n in range(len(texts))]
    return first + "".join(f"{n}\n{at}\n{text}\n\n" for n, (at, text) in enumerate(zip(times, texts, strict=True), 1))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def zoom(talk: Talk) -> str:
    return cues([f"{who}: {escaped(text)}" for who, said in talk for text in said], ".", "WEBVTT\n\n")


def teams(talk: Talk) -> str:
    texts = [f"<v {who}>{escaped(text)}</v>" for who, said in talk for text in said]
    return cues(texts, ".", "WEBVTT\n\n")


def whisperx(talk: Talk) -> str:
    return cues([f"[{who}]: {text}" for who, said in talk for text in said], ",")


def at_change(talk: Talk) -> str:
    return cues([f"{who}: {text}" if not n else text for who, said in talk for n, text in enumerate(said)], ",")


def two_a_cue(talk: Talk) -> str:
    return cues(["\n".join(f"<v {who}>{escaped(' '.join(said))}" for who, said in talk)], ".", "WEBVTT\n\n")


def merged(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for who, text in pairs:
        if found and found[-1][0] == who:
            found[-1] = (who, found[-1][1] + words.bare(text))
        else:
            found.append((who, words.bare(text)))
    return found


def said(one: Transcript) -> list[tuple[str, str]]:
    return merged([(turn.speaker, turn.text) for turn in one.turns])


@pytest.mark.parametrize("write", [zoom, teams, whisperx, at_change, two_a_cue])
@settings(max_examples=80, deadline=None)
@given(TALK)
def test_every_word_keeps_its_speaker(write: Callable[[Talk], str], talk: Talk) -> None:
    one = read_text(write(talk), VTT)
    # An "at change" file in which nobody speaks twice in a row cannot be told from one that labels every cue.
    assert said(one) == merged([(who, " ".join(texts)) for who, texts in talk])
    assert not one.unattributed and not one.problems
    assert read_text(write(talk), VTT) == one


@settings(max_examples=60, deadline=None)
@given(TALK, st.sampled_from(["\r\n", "\r", "\n"]))
def test_line_ends_change_nothing(talk: Talk, end: str) -> None:
    assert said(read_text(zoom(talk).replace("\n", end), VTT)) == said(read_text(zoom(talk), VTT))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["WEBVTT", "1", "2", "00:00:01.000 --> 00:00:02.000", "00:00:02,000 --> 00:00:03,000", "00:00 -->", "", " ",
             "Nora: Go.", "- Yes.", "[SPEAKER_00]", "<v Tom>", "</v>No", "(laughs)", "♪", ">>", "NOTE x", "&gt;&gt; Hm",
             "[", ")", "<", "-", "{\\an8}", "Tom Baszko: Why?"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_scraps_of_captions_are_read_or_refused(scraps: list[str]) -> None:
    text = "\n".join(scraps)
    try:
        one = read_text(text, SRT)
    except ReadError as error:
        assert "\n" not in str(error)
        return
    if one.format not in ("webvtt", "srt"):
        return
    spoken = words.bare("".join(turn.text for turn in one.turns))
    assert "-->" not in spoken and "00:00:0" not in spoken
    assert set(words.words(" ".join(turn.text for turn in one.turns))) <= set(words.words(text))
    assert {turn.speaker for turn in one.turns} <= {person.name for person in one.people}


# ------------------------------------------------------------------ single oddities


def vtt(*texts: str) -> Transcript:
    return read_text(cues(list(texts), ".", "WEBVTT\n\n"), VTT)


def srt(*texts: str) -> Transcript:
    return read_text(cues(list(texts), ","), SRT)


def pairs(one: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in one.turns]


def test_a_label_in_every_cue_makes_an_odd_name_a_label() -> None:
    one = vtt("nora: hi", "iPhone (2): hello", "+1 555-0100: yes", "nora: good")
    assert [who for who, _ in pairs(one)] == ["nora", "iPhone (2)", "+1 555-0100", "nora"]


def test_a_label_alone_in_its_line_or_its_cue() -> None:
    one = srt("NORA:\nIs it deep?", "Very deep?", "TOM:", "Yes.", "NORA: Oh.")
    assert pairs(one) == [("Nora", "Is it deep? Very deep?"), ("TOM", "Yes."), ("Nora", "Oh.")]


def test_small_letters_and_no_blank_behind_the_colon() -> None:
    one = srt("nora: is it deep", "very deep", "tom:yes", "they say", "nora: oh", "see http://x.example", "tom:true")
    wanted = [("nora", "is it deep very deep"), ("tom", "yes they say"), ("nora", "oh see http://x.example")]
    assert pairs(one) == [*wanted, ("tom", "true")]


def test_the_identifier_may_be_the_name() -> None:
    said = [("Nora Ekdal", "Is it deep?"), ("Tom Baszko", "Yes."), ("Nora Ekdal", "Oh."), ("Tom Baszko", "Truly.")]
    text = "WEBVTT\n\n" + "".join(f"{who}\n00:0{n}.000 --> 00:0{n}.900\n{t}\n\n" for n, (who, t) in enumerate(said))
    assert pairs(read_text(text, VTT)) == said


def test_rare_labels_without_evidence_are_words() -> None:
    plain = [f"We walked for day number {n} along the river." for n in range(20)]
    one = srt(*plain, "Rule Number One: never stop.", *plain)
    assert [turn.speaker for turn in one.turns] == ["Unknown speaker"]
    assert "Rule Number One: never stop." in one.turns[0].text
    assert one.turns[0].uncertain and one.people[0].anonymous


def test_sounds_are_no_speech_and_asides_are() -> None:
    one = srt("NORA: [door opens] Come (sighs) in.", "TOM: (which I hate) I *really* mean it. *laughs*", "NORA: ♪ La ♪")
    assert pairs(one) == [("Nora", "Come in."), ("TOM", "(which I hate) I *really* mean it.")]
    assert one.dropped == ("[door opens]", "(sighs)", "*laughs*", "♪ La ♪")


def test_voices_called_by_what_they_are_belong_to_their_file() -> None:
    one = srt("MAN 1: Stop!", "NARRATOR: He ran.", "MAN 1: Stop, I said!", "NORA EKDAL: No.")
    assert {person.name for person in one.people if person.anonymous} == {"Man 1", "Narrator"}
    assert not next(person for person in one.people if person.name == "Nora Ekdal").anonymous


def test_an_unnamed_voice_ends_the_named_one() -> None:
    one = srt("NORA: Is it deep?", "- Very.\n- Not at all.", "Go and see.", "NORA: I will.", "TOM: Wait.")
    assert pairs(one) == [("Nora", "Is it deep? I will."), ("TOM", "Wait.")] or pairs(one)[:2] == [
        ("Nora", "Is it deep?"), ("Nora", "I will.")]  # fmt: skip
    assert one.unattributed == ("Very.", "Not at all.", "Go and see.")


def test_a_marked_change_without_any_name_begins_a_turn() -> None:
    one = srt(">> Is it deep?", "Very deep?", ">> Yes.")
    assert [turn.text for turn in one.turns] == ["Is it deep? Very deep?", "Yes."]


def test_somebody_who_says_it_twice_has_said_it_twice() -> None:
    one = vtt("Nora: No.", "Nora: No.", "Tom: Yes.", "Nora: Never.", "Tom: Yes, yes.", "Nora: Oh.")
    assert pairs(one)[0] == ("Nora", "No. No.")


def test_lines_that_grow_are_one_line() -> None:
    one = vtt("the river", "the river came", "the river came over\nthe wall", "the wall\nand then")
    assert [turn.text for turn in one.turns] == ["the river came over the wall and then"]


def test_doubled_line_ends() -> None:
    text = cues(["Nora: The bridge.", "Tom: Which one?", "Nora: Ours.\nThe old one."], ",").replace("\n", "\r\n\r\n")
    assert pairs(read_text(text, SRT)) == [
        ("Nora", "The bridge."),
        ("Tom", "Which one?"),
        ("Nora", "Ours. The old one."),
    ]


def test_a_line_of_a_number_is_speech() -> None:
    one = srt("NORA: How many?", "TOM: About", "42", "or so.", "NORA: Ah.")
    assert pairs(one)[1] == ("TOM", "About 42 or so.")


@pytest.mark.parametrize("path", [VTT, SRT])
def test_prose_that_shows_a_cue_is_no_caption_file(path: Path) -> None:
    prose = "A cue looks so:\n\n1\n00:00:01,000 --> 00:00:02,000\nHello\n\n" + "And prose goes on and on. " * 200
    with pytest.raises(ReadError, match="no speaker labels"):
        read_text(prose, path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("WEBVTT\n", "without a cue"),
        ("WEBVTT\n\nNOTE nothing\n", "without a cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n[music]\n", "no spoken words"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n♪ ♪\n", "no spoken words"),
    ],
)
def test_captions_without_a_word(text: str, problem: str) -> None:
    with pytest.raises(ReadError, match=problem):
        read_text(text, VTT)


def long(text: str) -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        long("<v " * 300_000),
        long("<" * 500_000),
        long("(a" * 300_000),
        long("[" * 300_000),
        long(">> a " * 300_000),
        long("a\n" * 300_000),
        long("{\\" * 300_000),
        long("&amp;" * 200_000),
        "WEBVTT\n\n" + "-->\n" * 300_000,
        "WEBVTT\n\n" + "1\n" * 300_000,
        "WEBVTT\n\n" + "00:00:01.000 --> 00:00:02.000\nw\n" * 70_000,
        "".join(f"{n}\n00:00:01,000 --> 00:00:02,000\nNora E{n}: w\n\n" for n in range(20_000)),
    ],
)
def test_hostile_captions_are_read_or_refused_in_time(text: str) -> None:
    begin = time.process_time()
    try:
        read_text(text, VTT)
    except ReadError as error:
        assert len(str(error)) < 400
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    "credit",
    [
        "Subtítulos por la comunidad de Amara.org",
        "Captioning provided by\nPell Captions, LLC",
        "Untertitel im Auftrag des MDR",
    ],
)
def test_credits_are_nobodys_words(tmp_path: Path, credit: str) -> None:
    path = tmp_path / "mill.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nNora Ekdal: The mill is open.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nTom Baszko: Since when?\n\n"
        f"3\n00:00:05,000 --> 00:00:06,000\n{credit}\n",
        encoding="utf-8",
    )
    one = read(path)
    assert [turn.text for turn in one.turns] == ["The mill is open.", "Since when?"]
    assert " ".join(credit.split()) in " ".join(one.dropped)


def test_captions_whose_times_are_mostly_broken_stay_captions() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nNora Ekdal: The bridge is closed.\n\n"
        f"2\n{'9' * 9000}:00:00,000 --> 00:00:03,000\nTom Baszko: Since when?\n\n"
        "3\n-1:00:00,000 --> 00:00:04,000\nNora Ekdal: Since Monday.\n\nand it stays so.\n"
    )
    one = read_text(text, SRT)
    assert one.format == "srt" and len(one.problems) >= 2
    assert all("9999" not in turn.text and "-->" not in turn.text for turn in one.turns)


def test_after_a_broken_cue_words_without_a_label_are_a_guess() -> None:
    text = "".join(
        f"{n}\n00:00:0{n},{'0X0' if n == 3 else '000'} --> 00:00:0{n + 1},000\n{words}\n\n"
        for n, words in enumerate(
            ["Nora: Closed.", "Tom: No.", "Nora: So be it.", "and stay out.", "Tom: Good day."], 1
        )
    )
    one = read_text(text, SRT)
    assert one.problems and [turn.uncertain for turn in one.turns if "stay" in turn.text] == [True]
