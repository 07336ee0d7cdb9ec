"""What comes back from an address or a browser is read with care; answers grow by whole sentences."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import anyio
import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.api.desk import Desk as Turns
from qa.assistant import Assistant
from qa.question import without
from qa.types import Answer, Citation, Kind, Question
from qa.web.ask import AskTab, endpoint
from qa.web.asking import Asked, Exchange, Session, from_link, growing, link
from qa.web.browser import MAX_QUESTIONS, choices, kept, opened
from qa.web.cards import chat_text, typed_text
from qa.web.desk import STOPPED, Desk, exchange_at
from qa.web.understood import chips, nearest, whole_day
from qa.web.wording import place, placed, text_fragment

NOBODY: Any = None
TURNS = Turns(2, 10)
CITATION = Citation("Words.", "Ann", "Ann", None, "t.1/ü", "T", None, None, 3, 10, 16)
TEXT = st.text(max_size=30)
ASKED = st.builds(
    Asked,
    st.text(min_size=1, max_size=30).filter(str.strip),
    *[st.none() | TEXT.filter(str.strip)] * 4,
    st.lists(TEXT.filter(str.strip), max_size=3).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
)


@given(ASKED)
def test_a_question_travels_whole(asked: Asked) -> None:
    assert Asked.read(asked.written()) == asked
    query = link(asked, None, CITATION).removeprefix("?")
    assert from_link(parse_qsl(query, keep_blank_values=True)) == (asked, place(CITATION))


CONVERSATION = JSON | st.fixed_dictionaries({"id": JSON, "asked": JSON, "at": JSON, "n": JSON})


@given((JSON | st.lists(CONVERSATION)).map(json.dumps) | TEXT, CONVERSATION.map(json.dumps) | TEXT)
def test_whatever_a_browser_remembers_can_be_read(told: str, one: str) -> None:
    assert all(shown and id.strip() for shown, id in choices(told))
    found = opened(one)
    assert found is None or (found[0].strip() and all(asked.question.strip() for asked in found[1]))


@given(st.lists(st.tuples(st.sampled_from(["q", "speaker", "since", "without", "cite", "x"]), TEXT)))
def test_any_address_can_be_read(query: list[tuple[str, str]]) -> None:
    found = from_link(query)
    assert (found is None) == (not dict(reversed(query)).get("q", "").strip())


@given(st.text(max_size=40))
def test_any_place_can_be_read(cite: str) -> None:
    assert placed(cite) is None or all(n >= 0 for n in placed(cite)[1:])  # type: ignore[index]


def test_half_a_surrogate_pair_fits_in_a_link() -> None:
    assert link(Asked("\ud83d"), None) == "?q=%3F"


def test_a_place_leads_back() -> None:
    assert placed(place(CITATION)) == ("t.1/ü", 3, 10, 16)
    assert placed(place(replace(CITATION, turn=None))) is None


def test_a_conversation_is_kept_by_its_questions() -> None:
    session = Session(NOBODY, id="s")
    session.exchanges += [Exchange(Asked(f"q{n}", speaker="Ann"), "", None, NOBODY) for n in range(MAX_QUESTIONS + 5)]
    found = opened(kept(session))
    assert found == ("s", [Asked(f"q{n}", speaker="Ann") for n in range(5, MAX_QUESTIONS + 5)])
    told = [{"id": "s", "at": "2020-01-02T03:04", "asked": [Asked("why  so?").written()], "n": 3}, {"id": "x"}]
    assert choices(json.dumps(told)) == [("why so? (+2) · 2020-01-02", "s")]


def test_an_answer_grows_by_sentences_with_their_citations() -> None:
    q = Question("q", "q")
    answer = Answer("q", "q", True, 1, "Ann:\n“A.” [1]\n“B.” [2]\nBob:\n“C.” [3]", q, (CITATION,) * 3)
    steps = [(part.text.count("\n"), len(part.citations)) for part in growing(answer)]
    assert steps == [(1, 1), (2, 2), (4, 3)]
    no = Answer("q", "q", False, 0, "He did not. Ann did:\nAnn: “A.” [1]", q, elsewhere=(CITATION,), reason="not-said")
    assert [len(part.elsewhere) for part in growing(no)] == [1]
    assert list(growing(answer))[-1] == answer and list(growing(no))[-1] == no


Q = Question(
    "q", "q", Kind.SAID_ABOUT, ("Ann", "Bob"), topic="tea", transcripts=("t",), since="2017-01-01", strict=True,
    unclear=(("Ann", "Anna"),),
)  # fmt: skip


def test_parts_of_a_question_are_set_aside() -> None:
    alone = without(Q, ["person:Ann"])
    assert (alone.speakers, alone.strict, alone.unclear) == (("Bob",), True, ())
    nobody = without(Q, ["person"])
    assert nobody == without(Q, ["person:Ann", "person:Bob"])
    assert (nobody.speakers, nobody.strict) == ((), False)
    assert without(Q, ["topic"]).topic == ""
    assert without(Q, ["dates", "transcript", "kind"]) == replace(Q, since=None, transcripts=(), kind=Kind.FACT)
    assert without(Q, ["nonsense", "person:Zoe"]) == Q


def test_chips_say_what_was_understood_and_ask_without_it() -> None:
    answer = Answer("q", "q", True, 1, "x", Q)
    found = chips(Asked("q", speaker="Bob", without=("kind",)), answer, {"t": "Tea <b>"})
    assert [chip.label for chip in found] == [
        "Person: Ann ✕", "Person: Bob ✕", "Topic: tea ✕", "Dates: since 2017-01-01 ✕", "Transcript: Tea <b> ✕",
        "Kind: what was said about it ✕", "Only words of: Bob ✕", "↩ any kind",
    ]  # fmt: skip
    assert found[0].then == Asked("q", speaker="Bob", without=("kind", "person:Ann"))
    assert found[-2].then == Asked("q", without=("kind",))
    assert found[-1].then == Asked("q", speaker="Bob")


def test_the_nearest_takes_the_place_of_the_unknown() -> None:
    q = Question("q", "q", unknown=("Ane",), nearest=("Ann",))
    no = Answer("q", "q", False, 0, "x", q, reason="unknown-speaker")
    assert [c.then for c in nearest(Asked("What did ane say? Not Anew."), no, ())] == [
        Asked("What did Ann say? Not Anew.")
    ]
    assert [c.then for c in nearest(Asked("And she?"), no, ())] == [
        Asked("And she?", speaker="Ann", without=("person",))
    ]
    stranger = replace(no, understood=replace(q, nearest=()), elsewhere=(CITATION,))
    assert [c.label for c in nearest(Asked("q"), stranger, ("Bob", "Ann"))] == ["Ann", "Bob"]
    several = replace(no, understood=Q, reason="ambiguous-speaker")
    assert [c.label for c in nearest(Asked("q"), several, ())] == ["Ann", "Anna"]
    assert nearest(Asked("q"), replace(no, reason="off-topic"), ("Bob",)) == []


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"), (" 2016-02 ", "2016-02-01", "2016-02-29"),
        ("2017-12", "2017-12-01", "2017-12-31"), ("2017-10-12", "2017-10-12", "2017-10-12"),
        ("2017-13", "2017-13", "2017-13"), ("", "", ""), ("0000", "0000", "0000"),
    ],
)  # fmt: skip
def test_a_year_or_month_stands_for_its_days(typed: str, first: str, last: str) -> None:
    assert (whole_day(typed, last=False), whole_day(typed, last=True)) == (first, last)


@given(st.text(max_size=40))
def test_an_edited_message_is_read_as_it_was_typed(text: str) -> None:
    assert typed_text(chat_text(text), chat_text(text)) == text


def test_a_text_fragment_names_the_words() -> None:
    assert text_fragment("http://a/b", "a well-known man, 100%") == "#:~:text=a%20well%2Dknown%20man%2C%20100%25"
    assert text_fragment("http://a/b#c", " ".join("abcdefghijklmnop")) == ":~:text=a%20b%20c%20d%20e,l%20m%20n%20o%20p"
    assert text_fragment("http://a/b", " ") == ""


@pytest.mark.model
def test_what_was_overtaken_changes_nothing(sample: Assistant) -> None:
    desk = Desk(sample, TURNS)
    session = desk.session(None)
    slow = desk.ask(session, Asked("What did Putin say?"))
    assert next(slow).busy
    *_, last = desk.ask(session, Asked("What did Nazarbayev say about Baikonur?"))
    assert list(slow) == []
    assert [e.asked.question for e in session.exchanges] == ["What did Nazarbayev say about Baikonur?"]
    assert len(last.messages) == 2 and exchange_at(session, 1) == 0 and exchange_at(session, 2) == -1
    next(desk.ask(session, Asked("And Putin?")))
    assert desk.stop(session).messages[-1]["content"] == STOPPED
    view, question = desk.undo(session, 1)
    assert question == "And Putin?" and len(view.messages) == 2
    *_, again = desk.ask(session, Asked("And what did Putin say about it?"))
    assert "Baikonur" in again.cards  # the conversation goes on from what is left of it
    assert desk.comment(session, "x") == "Like or dislike an answer first."
    assert desk.like(session, 9, True) == "There is no answer to judge."


@pytest.mark.model
def test_a_new_conversation_stays_new_while_an_answer_is_on_its_way(sample: Assistant) -> None:
    with gr.Blocks() as page:
        tab = AskTab(page, sample, TURNS)
    asked = tab._typed("What did Putin say?", "", "", "", "", None)
    session = next(asked)[tab.session]
    assert tab._fresh(session)[tab.session] is None
    assert list(asked) == [] and not session.exchanges
    assert tab._fresh(None)[tab.chat] == []


@pytest.mark.model
@pytest.mark.parametrize(("sent", "noted"), [(True, True), (False, False), ("", None)])
def test_a_thumb_taken_back_is_no_dislike(
    sample: Assistant, monkeypatch: pytest.MonkeyPatch, sent: bool | str, noted: bool | None
) -> None:
    lines: list[bool | None] = []
    monkeypatch.setattr(sample, "give_feedback", lambda answer, liked, words, **asked: lines.append(liked))
    with gr.Blocks() as page:
        tab = AskTab(page, sample, TURNS)
    session = tab.desk.session(None)
    list(tab.desk.ask(session, Asked("What did Nazarbayev say about Baikonur?")))
    shown = tab._liked(session, gr.LikeData(None, {"index": 1, "value": "", "liked": sent}))
    assert lines == [noted] and shown[tab.comment_row].visible is (noted is not None)
    assert tab.desk.comment(session, "why").startswith("Thank you" if noted is not None else "Like or dislike")


@pytest.mark.model
def test_every_quotation_that_grows_is_there_at_the_end(sample: Assistant) -> None:
    desk = Desk(sample, TURNS)
    views = list(desk.ask(desk.session(None), Asked("What did Putin say?")))
    assert len(views) > 3
    counts = [view.cards.count('qa-card"') for view in views]
    assert counts == sorted(counts) and counts[0] == 0 and counts[1] == 1


def test_all_doors_together_answer_no_more_than_the_setting_says() -> None:
    asked, most = 0, 0
    count = threading.Lock()

    class Slow:
        def ask(self, *args: Any, **named: Any) -> Answer:
            nonlocal asked, most
            with count:
                asked += 1
                most = max(most, asked)
            time.sleep(0.05)
            with count:
                asked -= 1
            return Answer("q", "q", True, 1, "x", Q)

    slow: Any = Slow()
    turns = Turns(2, 20)

    async def by_api() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(4):
                tasks.start_soon(turns.run, slow.ask)

    doors: list[Callable[[], Any]] = [
        lambda: Desk(slow, turns)._answer(slow, Asked("x")),
        lambda: endpoint(slow, turns)("x"),
        lambda: anyio.run(by_api),
    ]
    with ThreadPoolExecutor(9) as pool:
        for done in [pool.submit(door) for door in doors * 3]:
            done.result()
    assert most == 2


def test_what_was_stopped_while_it_waited_is_not_answered() -> None:
    asked: list[str] = []

    class Chat:
        def ask(self, question: str) -> Answer:
            asked.append(question)
            return Answer("q", "q", True, 1, "x", Q)

        def copy(self) -> Chat:
            return self

    class House:
        def transcripts(self) -> tuple[()]:
            return ()

        def conversation(self) -> Chat:
            return Chat()

    turns = Turns(1, 10)
    desk = Desk(House(), turns)  # type: ignore[arg-type]
    session = desk.session(None)
    views = desk.ask(session, Asked("x"))
    next(views)
    with ThreadPoolExecutor(1) as pool:

        def stopped() -> Any:
            waiting = pool.submit(list, views)
            time.sleep(0.1)  # it waits for this turn to end
            desk.stop(session)
            return waiting

        assert turns.work(stopped).result() == [] and asked == []
    assert [one.text for one in session.exchanges] == [STOPPED]


@pytest.mark.model
def test_a_link_is_opened_in_the_queue(sample: Assistant) -> None:
    with gr.Blocks() as page:
        tab = AskTab(page, sample, Turns(3, 10))
    opened = next(fn for fn in page.fns.values() if fn.fn == tab._opened)
    assert opened.queue and opened.concurrency_limit == 3 and opened.concurrency_id == "ask"
    assert list(tab._opened("", None)) == []
    *_, last = tab._opened("q=What+did+Nazarbayev+say+about+Baikonur%3F", None)
    assert "Baikonur" in last[tab.cards]
