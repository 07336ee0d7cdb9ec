"""Charts: every mention is drawn with the address of its words, and hostile names stay data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import factory
from qa.cite import cite_turn
from qa.timeline import talk
from qa.types import Mentions, Timeline, Transcript
from qa.web.tabs.charts import COLOURS, OTHERS, dated_chart, people_chart, talk_chart, undated_chart

HOSTILE = "Mallory <script>alert(1)</script> datum.x"


def mentions(one: Transcript, *turns: int) -> Mentions:
    cited = tuple(c for n in turns if (c := cite_turn(one, one.turns[n], 0, len(one.turns[n].text))) is not None)
    assert len(cited) == len(turns)
    return Mentions(one.id, one.title, one.date, one.turns[turns[0]].speaker, cited, 0.9)


def meeting(id: str, date: str | None, *lines: tuple[str, str]) -> Transcript:
    one = factory.transcript(id, lines, date=date)
    return Transcript(
        one.id, one.title, one.turns, one.people, date=one.date
    )  # a source of its own is not checked here


def data(chart: Any) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    assert spec["usermeta"]["embedOptions"]["actions"] is False
    (rows,) = [rows for rows in spec["datasets"].values()] if "datasets" in spec else [spec["data"]["values"]]
    return list(rows)


def test_every_mention_is_a_bar_that_opens_its_words() -> None:
    may = meeting("may", "2020-05-01", ("Ann", "A bridge."), (HOSTILE, "The bridge."), ("Ann", "Bridges."))
    odd = meeting("odd & <id>/?", None, ("Bob", "My bridge."))
    found = Timeline("bridge", (), (mentions(may, 0, 2), mentions(may, 1)), (mentions(odd, 0),), 2)
    dated, undated, people = dated_chart(found), undated_chart(found), people_chart(found)
    assert [(row["full"], row["date"], row["mentions"]) for row in data(dated)] == [
        ("Ann", "2020-05-01", 2), (HOSTILE, "2020-05-01", 1),
    ]  # fmt: skip
    assert data(dated)[1]["open"] == "transcript/may?turn=1&start=0&end=11#words"
    assert data(undated)[0]["open"].startswith("transcript/odd%20%26%20%3Cid%3E%2F%3F?turn=0")
    assert {row["full"]: row["mentions"] for row in data(people)} == {"Ann": 2, "Bob": 1, HOSTILE: 1}


def test_nothing_said_is_not_drawn() -> None:
    nothing = Timeline("bridge")
    assert dated_chart(nothing) is undated_chart(nothing) is people_chart(nothing) is None
    assert talk_chart(talk(meeting("empty", None))) is None


def test_more_people_than_colours_share_the_last() -> None:
    lines = tuple((f"Person {n:02}", "The bridge.") for n in range(12))
    big = meeting("big", "2020-05-01", *lines)
    chart: Any = dated_chart(Timeline("bridge", (), tuple(mentions(big, n) for n in range(12)), (), 1))
    scale = chart.to_dict()["encoding"]["color"]["scale"]
    assert scale["domain"][-1] == OTHERS and len(scale["domain"]) == len(COLOURS)
    assert sum(row["person"] == OTHERS for row in data(chart)) == 12 - len(COLOURS) + 1


@pytest.mark.parametrize("timed", [False, True])
def test_the_talk_is_drawn_turn_by_turn(timed: bool) -> None:
    one = meeting("may", "2020-05-01", ("Ann", "One two."), ("Bob", "Three."), ("Ann", "Four."))
    if timed:
        one = replace(
            one, turns=tuple(replace(t, start_s=60.0 * t.index, end_s=60.0 * t.index + 30) for t in one.turns)
        )
    rows = data(talk_chart(talk(one)))
    spans = [(row["from"], row["to"]) for row in rows]
    assert spans == ([(0, 0.5), (1, 1.5), (2, 2.5)] if timed else [(0, 2), (2, 3), (3, 4)])
    assert rows[1]["open"] == "transcript/may?turn=1#turn-1"
