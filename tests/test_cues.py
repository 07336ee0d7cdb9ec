"""Kinds of questions and cues in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cues import CUES, WH, announces, cues, goes_on, several, wh


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who asked for more time?", "who"),
        ("What did she say?", "what"),
        ("By how much did trade grow?", "how-many"),
        ("How many people came when it rained?", "how-many"),
        ("On what date did they meet?", "when"),
        ("Where was it?", "where"),
        ("Why did he leave?", "why"),
        ("What was the reason for leaving?", "why"),
        ("How did he leave?", "how"),
        ("Summarize the talk.", "other"),
        ("Когда он приехал?", "when"),
        ("Сколько это стоит?", "how-many"),
        ("", "other"),
    ],
)
def test_the_kind_of_a_question(question: str, kind: str) -> None:
    assert wh(question) == kind and kind in WH


@pytest.mark.parametrize(
    ("text", "speaker", "shown"),
    [
        ("About nine hundred crowns.", "Ann", {"number"}),
        ("We meet on Friday.", "Ann", {"time", "place"}),
        ("Because it rained.", "Ann", {"reason"}),
        ("Is it yours?", "Ann", {"asks"}),
        ("(Rises.)", "Ann", {"narration"}),
        ("The curtain falls.", "#NOTE#", {"narration"}),
        ("Yes (rising).", "Ann", set()),
    ],
)
def test_cues_of_a_text(text: str, speaker: str, shown: set[str]) -> None:
    assert {name for name, value in zip(CUES, cues(text, speaker), strict=True) if value} == shown


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_has_cues(text: str, speaker: str) -> None:
    assert len(cues(text, speaker)) == len(CUES) and set(cues(text, speaker)) <= {0.0, 1.0}
    assert wh(text) in WH


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("Which pressures on the sector did she name?", True),
        ("What are the reasons for the delay?", True),
        ("List his demands.", True),
        ("Какие темы он назвал?", True),
        ("Which city did she name?", False),
        ("What was said about the pressures?", False),
        ("What does he think about buses?", False),
        ("Who named the pressures?", False),
    ],
)
def test_one_thing_or_several(question: str, more: bool) -> None:
    assert several(question) is more


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        ("The other pressures relate to recruitment.", True),
        ("And the second one is pay.", True),
        ("Кроме того, дороги.", True),
        ("The pressures are known.", False),
        ("Another day it rained.", True),
        ("", False),
    ],
)
def test_a_list_goes_on(sentence: str, more: bool) -> None:
    assert goes_on(sentence) is more


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the agenda are the bridge and the tram.", True),
        ("Let us turn to the tram.", True),
        ("The next item is the tram.", True),
        ("Let's talk about the tram.", True),
        ("Перейдём к мосту.", True),
        ("The tram turns to the harbour.", False),
        ("We turned the tram down.", False),
        ("The tram is next to the bridge.", False),
    ],
)
def test_an_announcement_says_nothing_yet(text: str, expected: bool) -> None:
    assert announces(text) is expected
