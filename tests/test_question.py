"""Questions taken apart: who, what about, which kind; wordings no frame was written for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.question import Known, understand
from qa.speakers import Directory, assign
from qa.types import Kind, Question, TranscriptInfo

PEOPLE = Directory(
    {
        "Lena Kelm": (("Mayor of Lunde",), ()),
        "Tom Ashby": (("Treasurer",), ("Mr Ashby",)),
        "Aron Vasik": (("President of Ostmark",), ()),
    }
)
INFO = TranscriptInfo("lunde", "Council of Lunde", "2030-05-01", None, "Lunde", "en", None, "labelled", 9, 9)
KNOWN = Known(PEOPLE, (INFO,), date(2031, 1, 1))


def ask(text: str, *history: str) -> Question:
    before: list[Question] = []
    for earlier in history:
        before.append(understand(earlier, KNOWN, before))
    return understand(text, KNOWN, before)


@pytest.mark.parametrize(
    "text",
    [
        "What did Kelm say about rents?",
        "Regarding rents, did Kelm say anything?",
        "On rents, what did Kelm say?",
        "Rents - what did Kelm say?",
        "What, if anything, did Kelm say about rents?",
        "What was it that Kelm said about rents?",
        "What's Kelm's view on rents?",
        "Do we know Kelm's opinion of rents?",
        "I need Kelm's position on rents",
        "Does Kelm's speech mention rents?",
        "Was it Kelm who talked about rents?",
        "Were rents mentioned by Kelm?",
        "Is there anything from Lena Kelm on rents?",
        "I was wondering whether Kelm had anything to say about rents",
        "according to Kelm, are rents high?",
        "rents, in Kelm's view",
        "what did kelm say about rents",
        "What did the mayor say about rents?",
        "What did Mrs Kelm say about rents?",
        "What did Kelme say about rents?",
        "I read the page. What did Kelm say about rents? Thank you.",
        "What did Kelm say to Ashby about rents?",
    ],
)
def test_a_person_asked_for_words_is_a_filter(text: str) -> None:
    found = ask(text)
    assert found.speakers == ("Lena Kelm",) and found.strict
    assert "rents" in found.topic.casefold() and "kelm" not in found.topic.casefold()


@pytest.mark.parametrize(
    "text", ["What words did Kelm use?", "Is Kelm in favour of rents?", "Did Kelm second the motion?"]
)
def test_a_person_who_acts_is_kept(text: str) -> None:
    assert ask(text).speakers == ("Lena Kelm",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who said that rents are high?", Kind.WHO_SAID),
        ("When was the meeting?", Kind.WHEN),
        ("Where did they meet?", Kind.WHERE),
        ("Who attended?", Kind.WHO_ATTENDED),
        ("Who is Tom Ashby?", Kind.WHO_IS),
        ("Compare what Kelm and Ashby said about rents", Kind.COMPARISON),
        ("What else did Kelm say?", Kind.LIST),
        ("How high are the rents?", Kind.FACT),
        ("What was said about Kelm?", Kind.FACT),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert ask(text).kind is kind


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Compare what Kelm and Ashby said about rents", "rents"),
        ("Compare what Kelm and Ashby think of the gardens.", "the gardens"),
        ("Compare how Kelm and Ashby say the digit zero.", "the digit zero"),
        ("Which problems with the rents did Kelm report?", "problems with the rents"),
        ("Who did Kelm report?", "report"),
    ],
)
def test_topics_without_their_frames(text: str, topic: str) -> None:
    assert ask(text).topic == topic


def test_spoken_about_and_spoken_to_are_not_speakers() -> None:
    assert ask("What was said about Kelm?").speakers == ()
    assert ask("What did Ashby say about Kelm?").speakers == ("Tom Ashby",)


@pytest.mark.parametrize("text", ["What did Boris Quist say about rents?", "What did the German chancellor say?"])
def test_a_stranger_is_unknown(text: str) -> None:
    found = ask(text)
    assert found.unknown and not found.speakers


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("And what did Ashby say to that?", "What did Tom Ashby say about rents?"),
        ("What about Ashby?", "What did Tom Ashby say about rents?"),
        ("and about gardens?", "What did Lena Kelm say about gardens?"),
        ("what else did she say?", "What else did Lena Kelm say?"),
        ("Who else mentioned them?", "Who else mentioned rents?"),
        ("Did Ashby mention them?", "Did Tom Ashby mention rents?"),
    ],
)
def test_follow_ups(text: str, standalone: str) -> None:
    assert ask(text, "What did Kelm say about rents?").standalone == standalone


def test_who_else_leaves_out_whom_we_know() -> None:
    assert ask("Who else mentioned them?", "What did Kelm say about rents?").besides == ("Lena Kelm",)
    assert ask("Who mentioned rents?", "What did Kelm say about rents?").besides == ()
    assert ask("What else did she say?", "What did Kelm say about rents?").besides == ()


def test_there_is_the_place_spoken_of() -> None:
    assert (
        ask("Has Ashby been there?", "What did Kelm say about Baikonur?").standalone
        == "Has Tom Ashby been to Baikonur?"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="what did kelm say ashby about а-.,?'⟦0⟧\n Who the both и Что", max_size=300))
def test_any_text_is_a_question(text: str) -> None:
    assert isinstance(ask(text, "What did Kelm say about rents?").topic, str)


@pytest.mark.parametrize(
    "text", ["а-" * 990, "both the " * 200, "who " + "а-" * 900, "what did " + "a " * 900, "⟦7⟧" * 600]
)
def test_long_nonsense_comes_to_an_end(text: str) -> None:
    understand(text, KNOWN)


@pytest.mark.parametrize("text", ["What did Lena Ashby say about rents?", "What did Tom Quist say about rents?"])
def test_a_known_given_name_with_another_surname_is_a_stranger(text: str) -> None:
    found = ask(text)
    assert found.unknown and not found.speakers


def test_people_of_one_name_whom_their_labels_tell_apart_stay_two() -> None:
    for labels in (
        ["Mr Smith", "Mrs Smith", "John Smith"],
        ["John Smith (Liberal)", "John Smith (NDP)"],
        ["James Paul", "Paul James"],
        ["王伟", "汪伟"],
    ):
        people = assign(labels)
        assert len({people[label].name for label in labels[:2]}) == 2


def test_half_a_surrogate_pair_in_a_question_is_no_crash(sample: Assistant) -> None:
    assert sample.ask("\ud800 What did Nazarbayev say about Baikonur?").found


def test_an_iso_day_in_any_form_is_the_same_day(sample: Assistant) -> None:
    assert sample.ask("What was said about Baikonur?", until="20171012").found
    assert not sample.ask("What was said about Baikonur?", until="20171011").found
