"""Charts as Vega-Altair draws them: colours and text follow the page, a click on a mark opens its words.

Vega's expressions and addresses never hold a transcript's words unescaped: names, titles and addresses travel as
data. Nothing is fetched: Gradio ships the code that draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qa.types import Citation, Mentions, Talk, Timeline
from qa.web.wording import transcript_address, transcript_path

if TYPE_CHECKING:
    import altair

    Chart = altair.TopLevelMixin

COLOURS = ("#3b78c4", "#d1762c", "#3a9a6b", "#a05bb5", "#c2566e", "#8a7a2e", "#4a9aa8", "#7d7d7d")
"""Alike in weight, on white and on black above a contrast of 3; the last is for all others."""
OTHERS = "Others"
MOST_TURNS = 3000
"""Turns drawn of one transcript; a browser draws more only slowly."""
_LONGEST = 60  # characters of a name or title beside an axis
_EMBED = {"actions": False, "renderer": "svg", "loader": {"target": "_blank"}}
_QUIET = "currentColor"


def dated_chart(found: Timeline) -> Chart | None:
    """Mentions by day, a bar for each person and transcript; None without any."""
    import altair as alt

    if not found.dated:
        return None
    axis = alt.Axis(labelOverlap=True, tickCount=4, format="%-d %b %Y")
    x = alt.X("date:T", title=None, scale=alt.Scale(type="utc", padding=24), axis=axis)
    return _mentions(found.dated, x, "By day", f"Mentions of {found.topic} by day")


def undated_chart(found: Timeline) -> Chart | None:
    """Mentions in transcripts without a date, a bar for each; None without any."""
    import altair as alt

    if not found.undated:
        return None
    x = alt.X("title:N", title=None, sort=None, axis=alt.Axis(labelAngle=-30, labelLimit=150))
    return _mentions(found.undated, x, "Without a date", f"Mentions of {found.topic} in transcripts without a date")


def people_chart(found: Timeline) -> Chart | None:
    """Mentions by person, most first; None without any."""
    import altair as alt

    counted = list(found.people.items())[:20]
    if not counted:
        return None
    first = {one.speaker: one.citations[0] for one in reversed(found.all)}
    data = [
        {"person": short(name), "full": name, "mentions": n, "open": transcript_address(first[name])}
        for name, n in counted
    ]
    chart = (
        alt.Chart(alt.InlineData(data))
        .mark_bar(cursor="pointer", color=COLOURS[0])
        .encode(
            x=alt.X("mentions:Q", title="Mentions", axis=_whole(n for _, n in counted)),
            y=alt.Y("person:N", title=None, sort=None, axis=alt.Axis(labelLimit=180)),
            href="open:N",
            tooltip=[alt.Tooltip("full:N", title="Who"), alt.Tooltip("mentions:Q", title="Mentions")],
        )
    )
    return _finished(chart, "By person", f"Mentions of {found.topic} by person", height=max(60, 26 * len(data)))


def talk_chart(talk: Talk) -> Chart | None:
    """Who spoke when: a row for each person, a bar for each turn, in seconds where all are known, else in words."""
    import altair as alt

    stretches = talk.stretches[:MOST_TURNS]
    if not stretches:
        return None
    timed = all(s.start_s is not None and s.end_s is not None for s in stretches)
    shown = [share.speaker for share in talk.shares[:20]]
    data = [
        {
            "person": short(s.speaker), "full": s.speaker, "words": s.words,
            "from": (s.start_s or 0) / 60 if timed else s.before,
            "to": (s.end_s or 0) / 60 if timed else s.before + s.words,
            "open": f"{transcript_path(talk.transcript_id)}?turn={s.turn}#turn-{s.turn}",
        }
        for s in stretches
        if s.speaker in shown
    ]  # fmt: skip
    chart = (
        alt.Chart(alt.InlineData(data))
        .mark_bar(cursor="pointer", minBandSize=8)
        .encode(
            x=alt.X("from:Q", title="Minutes" if timed else "Words so far", axis=alt.Axis(grid=False)),
            x2="to:Q",
            y=alt.Y("person:N", title=None, sort=[short(name) for name in shown], axis=alt.Axis(labelLimit=180)),
            color=_colour([short(name) for name in shown], legend=False),
            href="open:N",
            tooltip=[alt.Tooltip("full:N", title="Who"), alt.Tooltip("words:Q", title="Words")],
        )
    )
    return _finished(chart, "Turn by turn", f"Who spoke when in {talk.title}", height=max(60, 30 * len(shown)))


def short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _mentions(mentions: Sequence[Mentions], x: Any, title: str, description: str) -> Chart:
    import altair as alt

    people = _legend(mentions)
    data = [
        {
            "date": one.date, "title": short(one.title), "full": one.speaker,
            "person": short(one.speaker) if short(one.speaker) in people else OTHERS,
            "mentions": len(one.citations), "open": transcript_address(one.citations[0]), "words": _few(one.citations),
        }
        for one in mentions
    ]  # fmt: skip
    chart = (
        alt.Chart(alt.InlineData(data))
        .mark_bar(cursor="pointer", size=14, stroke="white", strokeWidth=0.5)
        .encode(
            x=x,
            y=alt.Y("mentions:Q", title="Mentions", stack="zero", axis=_whole(_heights(mentions))),
            color=_colour(people),
            href="open:N",
            tooltip=[
                alt.Tooltip("full:N", title="Who"), alt.Tooltip("title:N", title="Transcript"),
                alt.Tooltip("mentions:Q", title="Mentions"), alt.Tooltip("words:N", title="Words"),
            ],
        )
    )  # fmt: skip
    return _finished(chart, title, description, height=240)


def _legend(mentions: Iterable[Mentions]) -> list[str]:
    """Those with a colour of their own, most mentions first, and the others together."""
    counted: dict[str, int] = {}
    for one in mentions:
        counted[short(one.speaker)] = counted.get(short(one.speaker), 0) + len(one.citations)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    most = len(COLOURS)
    return ranked if len(ranked) <= most else [*ranked[: most - 1], OTHERS]


def _colour(people: Sequence[str], *, legend: bool = True) -> Any:
    import altair as alt

    colours = [COLOURS[min(n, len(COLOURS) - 1)] for n in range(len(people))]
    shown = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=260) if legend else None
    return alt.Color("person:N", scale=alt.Scale(domain=list(people), range=colours), legend=shown)


def _whole(counts: Iterable[int]) -> Any:
    """An axis of counts: whole numbers only."""
    import altair as alt

    most = max(counts)
    ticks: dict[str, Any] = {"values": list(range(most + 1))} if most <= 6 else {"tickCount": 6}
    return alt.Axis(format="d", **ticks)


def _heights(mentions: Sequence[Mentions]) -> list[int]:
    """How high the bars of each place are together."""
    high: dict[str, int] = {}
    for one in mentions:
        high[one.date or one.title] = high.get(one.date or one.title, 0) + len(one.citations)
    return list(high.values())


def _few(citations: Sequence[Citation]) -> str:
    words = citations[0].quote
    return words if len(words) <= 160 else words[:159] + "…"


def _finished(chart: Any, title: str, description: str, height: int) -> Chart:
    quiet = {"labelColor": _QUIET, "titleColor": _QUIET}
    finished: Chart = (
        chart.properties(
            width="container",
            height=height,
            description=description,
            usermeta={"embedOptions": _EMBED},
            title=title,
        )
        .configure(background="transparent", font="system-ui, sans-serif")
        .configure_axis(**quiet, domainColor=_QUIET, tickColor=_QUIET, gridOpacity=0.3, labelFontSize=12)
        .configure_legend(**quiet, labelFontSize=12)
        .configure_view(stroke=None)
        .configure_title(color=_QUIET, anchor="start", fontSize=14, fontWeight=600)
    )
    return finished
