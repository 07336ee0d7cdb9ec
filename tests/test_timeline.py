"""When and how often, side by side, in order, how long: every mention is a citation that holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factory
import qa
from qa import Assistant, cite
from qa.timeline import talk

SAID: dict[str, tuple[str | None, tuple[tuple[str, str], ...]]] = {
    "spring": ("2020-03-01", (
        ("Anna Berg", "The harbour bridge must be repaired. I like tea.\nI come back to the harbour bridge later."),
        ("Bob Smith", "I was on holiday in the mountains, and it rained."),
    )),
    "summer": ("2020-07-01", (
        ("Bob Smith", "Nobody pays for the harbour bridge. The harbour bridge is a ruin. We went swimming."),
        ("Anna Berg", "My garden has nine apple trees."),
        ("Carl Voss", "Good morning everybody."),
    )),
    "undated": (None, (("Anna Berg", "At last the harbour bridge is open."),)),
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    for name, (date, lines) in SAID.items():
        turns = [{"speaker": who, "text": text} for who, text in lines]
        data = {"format": "qa-transcript/1", "id": name, "title": f"Council in {name}", "date": date, "turns": turns}
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    with qa.open(folder / "index") as assistant:
        assistant.add(*(folder / f"{name}.json" for name in SAID))
        yield assistant


@pytest.mark.model
def test_every_mention_by_date_and_person(town: Assistant) -> None:
    found = town.timeline("the harbour bridge")
    assert [(m.date, m.transcript_id, m.speaker, len(m.citations)) for m in found.dated] == [
        ("2020-03-01", "spring", "Anna Berg", 2),
        ("2020-07-01", "summer", "Bob Smith", 1),  # two sentences side by side are one mention
    ]
    assert [(m.date, m.speaker) for m in found.undated] == [(None, "Anna Berg")]
    assert found.people == {"Anna Berg": 3, "Bob Smith": 1}
    assert found.searched == 3 and found.complete
    for mentions in found.all:
        assert mentions.confidence >= town.settings.threshold
        for citation in mentions.citations:
            assert cite.holds(citation, town.transcript(mentions.transcript_id))
            assert citation.speaker == mentions.speaker
            assert "harbour bridge" in citation.quote
            assert "tea" not in citation.quote and "swimming" not in citation.quote


@pytest.mark.model
def test_a_question_and_its_person_are_understood(town: Assistant) -> None:
    asked = town.timeline("What did Bob Smith say about the harbour bridge?")
    assert asked.people == {"Bob Smith": 1}
    assert asked.all == town.timeline("the harbour bridge", "Bob Smith").all


@pytest.mark.model
def test_filters_only_remove(town: Assistant) -> None:
    everything = town.timeline("the harbour bridge").all
    for filtered in (
        town.timeline("the harbour bridge", since="2020-05-01"),
        town.timeline("the harbour bridge", until="2020-05-01"),
        town.timeline("the harbour bridge", transcript="undated"),
        town.timeline("the harbour bridge", "Anna Berg"),
    ):
        assert filtered.all and set(filtered.all) < set(everything)


@pytest.mark.model
def test_who_did_say_it_where_the_person_did_not(town: Assistant) -> None:
    found = town.timeline("the harbour bridge", "Carl Voss")
    assert found.all == () and found.speakers == ("Carl Voss",)
    assert {citation.speaker for citation in found.elsewhere} == {"Anna Berg", "Bob Smith"}
    assert town.timeline("quantum chromodynamics").all == ()


@pytest.mark.model
def test_people_are_compared_by_one_measure(town: Assistant) -> None:
    found = town.compare("the harbour bridge", ["Bob Smith", "Carl Voss", "Anna Berg", "Bob Smith"])
    assert [side.speaker for side in found.sides] == ["Bob Smith", "Carl Voss", "Anna Berg"]
    bob, carl, anna = found.sides
    assert bob.answer.found and anna.answer.found
    for side in (bob, anna):
        assert side.citations and {c.speaker for c in side.citations} == {side.speaker}
        assert len(side.citations) <= town.settings.max_citations // 2
    assert not carl.answer.found and carl.citations == ()
    assert {c.speaker for c in carl.answer.elsewhere} <= {"Anna Berg", "Bob Smith"}
    assert carl.answer.elsewhere


@pytest.mark.model
def test_statements_stand_in_order_of_date(town: Assistant) -> None:
    about = town.statements("Anna Berg", "the harbour bridge")
    assert [m.transcript_id for m in about.all] == ["spring", "undated"]
    everything = town.statements("Anna Berg")
    assert [m.transcript_id for m in everything.all] == ["spring", "summer", "undated"]
    assert {m.speaker for m in everything.all} == {"Anna Berg"}


@pytest.mark.model
def test_what_cannot_be_asked_is_refused_in_one_line(town: Assistant) -> None:
    for topic in ("", "   ", "and the of", "?"):
        with pytest.raises(qa.UsageError, match="topic"):
            town.timeline(topic)
    with pytest.raises(qa.UnknownPersonError, match="Zed"):
        town.timeline("bridges", "Zed Zedson")
    with pytest.raises(qa.UsageError, match="two people"):
        town.compare("bridges", ["Anna Berg", "Berg"])
    with pytest.raises(qa.UnknownTranscriptError):
        town.talk("winter")


@pytest.mark.model
def test_an_empty_index_has_no_mentions(tmp_path: Path) -> None:
    with qa.open(tmp_path / "index") as assistant:
        assert assistant.timeline("the harbour bridge").all == ()


@pytest.mark.model
def test_the_talk_of_a_transcript(town: Assistant) -> None:
    found = town.talk("summer")
    assert [(s.speaker, s.turns, s.words, s.seconds) for s in found.shares] == [
        ("Bob Smith", 1, 15, None), ("Anna Berg", 1, 6, None), ("Carl Voss", 1, 3, None),
    ]  # fmt: skip
    assert [(s.turn, s.before, s.words) for s in found.stretches] == [(0, 0, 15), (1, 15, 6), (2, 21, 3)]


def test_seconds_are_told_only_where_every_turn_tells_them() -> None:
    meeting = factory.transcript(lines=(("Ann", "One two."), ("Bob", "Three."), ("Ann", "Four.")))
    first, second, third = meeting.turns
    timed = replace(first, start_s=0.0, end_s=2.5), replace(second, start_s=2.5), replace(third, start_s=4.0, end_s=5.0)
    assert [(s.speaker, s.seconds) for s in talk(replace(meeting, turns=timed)).shares] == [("Ann", 3.5), ("Bob", None)]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.text(max_size=30)), max_size=8))
def test_no_word_is_lost_in_the_talk(lines: list[tuple[str, str]]) -> None:
    found = talk(factory.transcript(lines=lines))
    assert sum(share.words for share in found.shares) == sum(s.words for s in found.stretches)
    assert sum(share.turns for share in found.shares) == len(lines) == len(found.stretches)
    assert [s.before + s.words for s in found.stretches[:-1]] == [s.before for s in found.stretches[1:]]
