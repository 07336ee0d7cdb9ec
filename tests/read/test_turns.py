"""Utterances with labels become turns and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.read import read_text
from qa.read.turns import Utterance, join_utterances
from qa.types import Person, Piece


def test_neighbours_of_one_label_are_one_turn_with_its_times_and_its_way_back() -> None:
    turns, people, unattributed = join_utterances(
        [
            Utterance("Nora Ekdal", "The bridge", 1.0, 2.0, (Piece(0, 10, 10),)),
            Utterance("Nora Ekdal", "is closed.", 2.0, 3.5, (Piece(0, 40, 10),)),
            Utterance("Tom Baszko", "Since when?", 4.0, 5.0, (Piece(0, 70, 11),)),
            Utterance("Nora Ekdal", "Monday.", 5.0, None, (Piece(0, 90, 7),)),
        ]
    )
    assert [(t.index, t.speaker, t.text, t.start_s, t.end_s) for t in turns] == [
        (0, "Nora Ekdal", "The bridge is closed.", 1.0, 3.5),
        (1, "Tom Baszko", "Since when?", 4.0, 5.0),
        (2, "Nora Ekdal", "Monday.", 5.0, None),
    ]
    assert turns[0].pieces == (Piece(0, 10, 10), Piece(11, 40, 10))
    assert {person.name for person in people} == {"Nora Ekdal", "Tom Baszko"}
    assert unattributed == ()


def test_words_of_nobody_are_told_and_end_a_turn() -> None:
    turns, people, unattributed = join_utterances(
        [
            Utterance("Nora Ekdal", "Yes."),
            Utterance("", "Who is that?"),
            Utterance("Nora Ekdal", "Me."),
            Utterance("", "…"),
        ]
    )
    assert [turn.text for turn in turns] == ["Yes.", "Me."]
    assert unattributed == ("Who is that?",)
    assert [person.name for person in people] == ["Nora Ekdal"]


def test_a_guess_is_a_turn_of_its_own() -> None:
    turns, _, _ = join_utterances([Utterance("Nora", "Yes."), Utterance("Nora", "No.", uncertain=True)])
    assert [(turn.text, turn.uncertain) for turn in turns] == [("Yes.", False), ("No.", True)]


def test_known_people_and_anonymous_voices() -> None:
    chair = Person("Ilsa Odell", "Chair", ("ODELL",))
    turns, people, _ = join_utterances(
        [Utterance("#io", "Order."), Utterance("SPEAKER_00", "Why?"), Utterance("#io", "Go.")],
        people={"#io": chair},
        anonymous=lambda label: label.startswith("SPEAKER"),
    )
    assert [(turn.speaker, turn.label) for turn in turns][:2] == [("Ilsa Odell", "#io"), ("SPEAKER_00", "SPEAKER_00")]
    assert people[0] == chair
    assert Person("SPEAKER_00", anonymous=True) in people


def test_a_marked_change_begins_a_turn_of_the_same_voice() -> None:
    turns, _, _ = join_utterances([Utterance("Voice", "Yes."), Utterance("Voice", "No.", begins=True)])
    assert [turn.text for turn in turns] == ["Yes.", "No."]


def test_a_hundred_thousand_cues_and_ten_thousand_labels_are_joined_in_seconds() -> None:
    one = [Utterance("Nora Ekdal", "word", n, n + 1, (Piece(0, n * 5, 4),)) for n in range(100_000)]
    many = [Utterance(f"Voice{n}x", "word") for n in range(10_000)]
    turns, people, _ = join_utterances([*one, *many])
    assert len(turns) == len(people) == 10_001
    assert len(turns[0].pieces) == 100_000 and turns[0].end_s == 100_000


@pytest.mark.parametrize("label", ["Speaker 2", "Unidentified Reporter", "Man 1", "Channel 1"])
@pytest.mark.parametrize(
    "text",
    [
        "{0}: The bridge is closed.\nNora Ekdal: Since when?\n{0}: Since June.\n",
        "speaker,text\n{0},The bridge is closed.\nNora Ekdal,Since when?\n",
        "{0}  0:03\nThe bridge is closed.\n\nNora Ekdal  0:05\nSince when?\n\n{0}  0:07\nSince June.\n",
        "WEBVTT\n\n00:03.000 --> 00:05.000\n<v {0}>The bridge is closed.</v>\n\n00:05.000 --> 00:06.000\n"
        "<v Nora Ekdal>Since when?</v>\n",
        '[{{"speaker": "{0}", "text": "The bridge is closed."}}, {{"speaker": "Nora Ekdal", "text": "Since when?"}}]',
    ],
    ids=["labelled", "table", "headed", "webvtt", "json"],
)
def test_a_voice_is_anonymous_in_every_format(text: str, label: str) -> None:
    one = read_text(text.format(label), Path("talk"))
    assert {person.name: person.anonymous for person in one.people} == {label: True, "Nora Ekdal": False}


def test_a_name_in_a_bracket_is_somebody() -> None:
    one = read_text("Speaker (Nora Ekdal): The bridge.\nTom Baszko: Which?\nSpeaker (Nora Ekdal): Ours.\n", Path("x"))
    assert not any(person.anonymous for person in one.people)
