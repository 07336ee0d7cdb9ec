"""Signals and excerpts: windows stay inside a transcript, stretches of meetings, single turns of dialogues."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.assistant import Assistant
from qa.settings import Settings
from qa.signals import NAMES, Query, Scope, Signals, _greatest
from qa.types import Filter, Question

VOICES = ("Ada Lindqvane", "Bo Ferrier", "Cy Marlow", "Di Okello")
TOPICS = ("the ferry to the island", "the roof of the mill", "the bridge over the river", "the price of bread")


def meeting(name: str, *, turns: int, voices: int) -> dict[str, object]:
    """Talk that moves from topic to topic, a few turns each."""
    said = [
        {
            "speaker": VOICES[n % voices],
            "text": f"In point {n} I speak of {TOPICS[n * len(TOPICS) // turns]} once more.",
        }
        for n in range(turns)
    ]
    return {"format": "qa-transcript/1", "id": name, "title": name, "turns": said}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("search")
    (folder / "in").mkdir()
    for made in (meeting("council-1", turns=200, voices=4), meeting("chat-1", turns=200, voices=2)):
        (folder / "in" / f"{made['id']}.json").write_text(json.dumps(made))
    with qa.open(folder / "index") as opened:
        opened.add(folder / "in")
        yield opened


@pytest.fixture(scope="module")
def scope(assistant: Assistant) -> Scope:
    layout = assistant._index.layout()
    return Signals(assistant._index, assistant._embedder).scope(layout, list(layout.ids))


def test_windows_hold_their_passage_and_stay_in_its_transcript(scope: Scope) -> None:
    at = np.arange(len(scope))
    assert ((scope.first <= at) & (at < scope.last)).all()
    for first, last in zip(scope.first, scope.last, strict=True):
        assert (scope.transcript[first] == scope.transcript).all()
        assert (scope.transcript[last - 1] == scope.transcript).all()
    sizes = scope.last - scope.first
    assert all((wide >= narrow).all() for narrow, wide in itertools.pairwise(sizes))


def test_signals_are_what_brute_force_says(assistant: Assistant, scope: Scope) -> None:
    index, layout = assistant._index, assistant._index.layout()
    query = Query.of(Question("ferry", "What did Bo Ferrier say of the ferry?", speakers=("Bo Ferrier",)), index)
    found = Signals(index, assistant._embedder).broad(query, layout, scope)
    vectors = index.vectors(scope.rows).astype(np.float64)
    asked = assistant._embedder.embed([query.text])[0].astype(np.float64)
    np.testing.assert_allclose(found["cosine"], vectors @ asked, atol=1e-5)
    n, at = NAMES.index("240"), 150
    inside = slice(scope.first[n, at], scope.last[n, at])
    mean = (vectors[inside] * np.sqrt(scope.tokens[inside])[:, None]).sum(axis=0)
    assert found["cosine-240"][at] == pytest.approx(mean @ asked / np.linalg.norm(mean), abs=1e-4)
    speaks = scope.speaker[inside] == layout.speakers["Bo Ferrier"]
    share = scope.tokens[inside][speaks].sum() / scope.tokens[inside].sum()
    assert found["subject-240"][at] == pytest.approx(share)
    for name, values in found.items():
        assert values.shape == (len(scope),)
        if name.startswith("bm25"):
            assert values.max() == pytest.approx(1.0) and values.min() >= 0.0


def test_meetings_give_stretches_and_dialogues_turns(assistant: Assistant) -> None:
    talk = assistant.search("the roof of the mill", transcript="council-1")
    assert len(talk[0].turns) > 5 and "mill" in talk[0].text and talk[0].turns[0] < talk[0].turns[-1]
    assert all(len(hit.turns) == 1 for hit in assistant.search("the roof of the mill", transcript="chat-1"))
    assert all(len(hit.turns) == 1 for hit in assistant.search("mill", transcript="council-1", size=0))


@pytest.mark.parametrize("size", [None, 40, 300, 5000])
def test_stretches_never_overlap_or_leave_their_transcript(assistant: Assistant, size: int | None) -> None:
    hits = assistant.search("What was said about the bridge?", k=100, size=size)
    places = [(hit.transcript_id, n) for hit in hits for n in hit.turns]
    assert len(places) == len(set(places))
    for hit in hits:
        assert hit.turns == tuple(range(hit.turns[0], hit.turns[-1] + 1))
        assert sorted(hit.best) == list(hit.turns)


def test_the_lead_is_of_the_person_whose_words_fit(assistant: Assistant, sample: Assistant) -> None:
    asked = sample.understand("What did Nazarbayev say about Baikonur?")
    searcher = sample._searcher
    his = searcher.lead(asked, Filter(speakers=("Nursultan Nazarbayev",)), "Baikonur")
    others = searcher.lead(asked, Filter(speakers=("Vladimir Putin",)), "Baikonur")
    assert -4 <= others == -his < 0 < his <= 4
    assert searcher.lead(asked, Filter(), "Baikonur") == 0.0
    assert searcher.lead(asked, Filter(speakers=("Nobody",)), "Baikonur") == 0.0


@pytest.mark.parametrize("chosen", [{}, {"speaker": "Bo Ferrier"}])
def test_of_too_many_passages_the_likely_transcripts_are_measured(assistant: Assistant, chosen: dict[str, str]) -> None:
    with qa.open(assistant._index.folder, Settings(candidates=50)) as narrow:
        for question in ("the roof of the mill", "What did Bo Ferrier say about bread?"):
            assert narrow.search(question, size=0, **chosen) == assistant.search(question, size=0, **chosen)  # type: ignore[arg-type]


@given(st.integers(1, 40), st.data())
def test_the_greatest_of_every_window(n: int, data: st.DataObject) -> None:
    values = np.array(data.draw(st.lists(st.floats(-1, 1, width=32), min_size=n, max_size=n)), dtype=np.float32)
    first = np.array(data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=9)))
    last = np.array([data.draw(st.integers(a + 1, n)) for a in first])
    assert _greatest(values[None], first, last)[0].tolist() == [
        values[a:b].max() for a, b in zip(first, last, strict=True)
    ]
