"""Words to passages: any term is safe, repeats change nothing, filters only remove."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory import entry, meetings, transcript
from qa import lexical
from qa.store import Store
from qa.types import Filter

MEANINGFUL = ['"', "*", "NEAR", "-", "(", ")", "AND", "OR", "NOT", "^", ":", "terms:x", "a*", "+", "{"]  # to FTS5
ODD = [*MEANINGFUL, "\0", "a\0b", "", " ", "'", "\ud800"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    for one in meetings():
        made.put(one)
    yield made
    made.close()


def texts(store: Store, terms: list[str], k: int = 50, filter: Filter | None = None) -> list[str]:
    found = lexical.search(store, terms, k, filter or Filter())
    return [p.text for p in store.passages([row for row, _ in found])]


def test_the_rarer_word_wins(store: Store) -> None:
    assert texts(store, ["flood", "number2", "bridge"])[0] == "Because of the flood number2."


def test_nothing_asked_is_nothing_found(store: Store) -> None:
    assert lexical.search(store, [], 5, Filter()) == []
    assert lexical.search(store, ["bridge"], 0, Filter()) == []
    assert lexical.search(store, ["nowhere"], 5, Filter()) == []


def test_repeats_count_once(store: Store) -> None:
    assert lexical.search(store, ["bridge", "flood", "bridge"], 50, Filter()) == lexical.search(
        store, ["bridge", "flood"], 50, Filter()
    )


@pytest.mark.parametrize("term", ODD)
def test_odd_terms_are_only_words(store: Store, term: str) -> None:
    alone = lexical.search(store, [term], 50, Filter())
    assert alone == []
    assert lexical.search(store, [term, "flood"], 50, Filter()) == lexical.search(store, ["flood"], 50, Filter())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(), max_size=8), max_size=6))
def test_any_text_is_safe(store: Store, terms: list[str]) -> None:
    found = lexical.search(store, terms, 50, Filter())
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_thousands_of_terms(store: Store) -> None:
    assert len(texts(store, [f"t{i}" for i in range(3000)] + ["number3"])) == 2


@pytest.mark.parametrize("term", ["don't", "state-owned", "3.5", "казахстан", "ёлка", "é", "हिन्दी", "c++", "日本"])
def test_a_stored_term_is_found_as_it_is(store: Store, term: str) -> None:
    one = entry(transcript("odd", [("Eve", "Something.")]))
    store.put(dataclasses.replace(one, terms=(f"before {term} after",)))
    assert texts(store, [term]) == ["Something."]


def test_a_filter_only_removes(store: Store) -> None:
    everything = lexical.search(store, ["bridge", "thank"], 50, Filter())
    some = lexical.search(store, ["bridge", "thank"], 50, Filter(speakers=("Anna Berg",)))
    assert some and set(some) < set(everything)
    assert some == [hit for hit in everything if hit in set(some)]
