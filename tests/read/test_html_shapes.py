"""How web pages show who speaks, each in a page with a site around it: only the spoken words may come out."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_properties import TURNS

from qa import words
from qa.errors import ReadError
from qa.read import read
from qa.read.html import parse as read_html
from qa.read.source import File

NORA, TOM = "Nora Ekdal", "Tom Baszko"
THREE = [(NORA, "The mill is open."), (TOM, "Since when, and who says so?"), (NORA, "Since Monday.")]

# What stands between the site's head and its foot.
BODIES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "questions-to-ministers": (
        "<p><b>1. NORA EKDAL</b> (XY) to the <b>Minister for Mills</b>: Is the mill open?</p>"
        "<p><b>Hon TOM BASZKO</b> (Minister for Mills): It is.</p><p><b>NORA EKDAL</b>: Since when?</p>"
        "<p><b>Hon TOM BASZKO</b>: Since Monday.</p><p><b>SPEAKER</b>: Order!</p>",
        [(NORA, "Is the mill open?"), (TOM, "It is."), (NORA, "Since when?"),
         (TOM, "Since Monday."), ("SPEAKER", "Order!")]),
    "read-also-between": (
        "<p><b>Nora Ekdal: Is the mill open?</b></p><p><b>Tom Baszko:</b> It is, and it stays so.</p>"
        "<p><b>Since when?</b></p><p>– Since Monday, all day long.</p><div><a href='/m'>Read also: Mills of Pell</a></div>"
        "<p><b>So late?</b></p><p>– So late, and no bread.</p><p><b>And then?</b></p><p>– Then we baked.</p>"
        "<p><b>For whom?</b></p><p>– For all of Pell.</p>",
        [(NORA, "Is the mill open?"), (TOM, "It is, and it stays so."), (NORA, "Since when?"),
         (TOM, "Since Monday, all day long."), (NORA, "So late?"), (TOM, "So late, and no bread."), (NORA, "And then?"),
         (TOM, "Then we baked."), (NORA, "For whom?"), (TOM, "For all of Pell.")]),
    "point-and-dash": (
        "<p><b>Nora Ekdal.-</b> The mill is open.</p><p><b>Tom Baszko.-</b> Since when, and who says so?</p>"
        "<p><b>Nora Ekdal.-</b> Since Monday.</p><p><b>Tom Baszko.-</b> Good: very good.</p>",
        [*THREE, (TOM, "Good: very good.")]),
    "capitals-alone": (
        "<p>NORA EKDAL<br>The mill is open.</p><p>TOM BASZKO<br>Since when, and who says so?</p>"
        "<p>NORA EKDAL<br>Since Monday.</p><p>TOM BASZKO<br>Good.</p>", [*THREE, (TOM, "Good.")]),
    "answer-over-sections": (
        "<section><h2>Before</h2><p><b>Nora Ekdal:</b> The mill is open.</p><p><b>Tom Baszko:</b> Since when,</p></section>"
        "<section><h2>After</h2><p>and who says so?</p></section>"
        "<section><h2>At last</h2><p><b>Nora Ekdal:</b> Since Monday.</p><p><b>Tom Baszko:</b> Good.</p></section>",
        [*THREE, (TOM, "Good.")]),
    "bold-full-stops": (
        "<p><b>Nora Ekdal.</b> The mill is open.</p><p><b>Tom Baszko</b> (XY). Since when, and who says so?</p>"
        "<p><b>Nora Ekdal</b>, <i>rapporteur</i>. – Since Monday.</p><p><b>Tom Baszko (XY).</b> Good.</p>",
        [*THREE, (TOM, "Good.")]),
    "bold-colon-inside": (
        "<p><b>Nora Ekdal:</b> The mill is open.</p><p><b>Tom Baszko:</b> Since <a href='/w'>when</a>, and who says so?</p>"
        "<p><b>Nora Ekdal:</b> Since Monday.</p>", THREE),
    "strong-colon-outside": (
        "<p><strong>Nora Ekdal</strong>: The mill is open.</p><p><strong>Tom Baszko</strong>: Since when, <em>and who says so?</em></p>"
        "<p><strong>Nora Ekdal</strong>: Since Monday.</p>", THREE),
    "plain": (
        "<p>Nora Ekdal: The mill is open.</p><p>Tom Baszko: Since when, and who says so?</p><p>Nora Ekdal: Since Monday.</p>",
        THREE),
    "nested-inline": (
        "<p><span style='font-weight: 700'><span>Nora</span> <span>Ekdal</span>:</span><span> The mill is <i>open</i>.</span></p>"
        "<p><span style='font-weight:bold'>Tom Baszko:</span> Since when, and <u><b>who</b></u> says so?</p>"
        "<p><span style='font-weight:bold'>Nora Ekdal:</span> Since Monday.</p>", THREE),
    "breaks": (
        "<p><b>Nora Ekdal:</b> The mill is open.<br><br><b>Tom Baszko:</b> Since when,<br>and who says so?<br/>"
        "<b>Nora Ekdal:</b> Since Monday.</p>", THREE),
    "run-in": (
        "<p><b>Nora Ekdal:</b> The mill is open. <b>Tom Baszko:</b> Since when, and <b>who</b> says so? "
        "<b>Nora Ekdal:</b> Since Monday.</p>", THREE),
    "definition-list": (
        "<dl><dt>Nora Ekdal</dt><dd>The mill is open.</dd><dt>Tom Baszko:</dt><dd><p>Since when,</p><p>and who says so?</p></dd>"
        "<dt>Nora Ekdal</dt><dd>Since Monday.</dd></dl>", THREE),
    "speaker-class-paragraphs": (
        "<div><p class='speaker'>Nora Ekdal</p><p>The mill is open.</p><p class='speaker'>Tom Baszko</p>"
        "<p>Since when, and who says so?</p><p class='speaker'>Nora Ekdal</p><p>Since Monday.</p></div>", THREE),
    "turn-elements": (
        "<div class='turn'><span class='speaker-name'>Nora Ekdal</span> <span class='timestamp'>00:01</span><p>The mill is open.</p></div>"
        "<div class='turn'><span class='speaker-name'>Tom Baszko</span> <span class='timestamp'>00:04</span><p>Since when,</p>"
        "<p>and who says so?</p></div>"
        "<div class='turn'><span class='speaker-name'>Nora Ekdal</span> <span class='timestamp'>00:09</span><p>Since Monday.</p></div>",
        THREE),
    "lines-of-a-player": (
        "<div class='transcript-line'><span class='ts'>[00:01]</span> <span class='transcript-speaker'>Nora Ekdal:</span> The mill is open.</div>"
        "<div class='transcript-line'><span class='ts'>[00:04]</span> <span class='transcript-speaker'>Tom Baszko:</span> Since when, and who says so?</div>"
        "<div class='transcript-line'><span class='ts'>[00:09]</span> <span class='transcript-speaker'>Nora Ekdal:</span> Since Monday.</div>",
        THREE),
    "entries-with-the-time-last": (
        "<div class='entry speaker-1'><span class='transcriptSpeaker'>Nora Ekdal</span><span class='text'>The mill is open.</span><span class='time'>0:01</span></div>"
        "<div class='entry speaker-2'><span class='transcriptSpeaker'>Tom Baszko</span><span class='text'>Since when, and who says so?</span><span class='time'>0:04</span></div>"
        "<div class='entry speaker-1'><span class='transcriptSpeaker'>Nora Ekdal</span><span class='text'>Since Monday.</span><span class='time'>0:09</span></div>",
        THREE),
    "captioned-lines": (
        "<p class='caption'>[00:01] Nora Ekdal: The mill is open.</p><p class='caption'>[00:04] Tom Baszko: Since when, and who says so?</p>"
        "<p class='caption'>[00:09] Nora Ekdal: Since Monday.</p>", THREE),
    "names-linked": (
        "<p><a href='/nora'><b>Nora Ekdal</b></a>: The mill is open.</p><p><a href='/tom'><b>Tom Baszko</b></a>: Since when, and who says so?</p>"
        "<p><a href='/nora'><b>Nora Ekdal</b></a>: Since Monday.</p>", THREE),
    "divs-and-breaks": (
        "<div><div>Nora Ekdal: The mill is open.</div><div><br></div><div>Tom Baszko: Since when,</div><div>and who says so?</div>"
        "<div><br></div><div>Nora Ekdal: Since Monday.</div></div>", THREE),
    "one-paragraph-of-text": (
        "<p>Nora Ekdal: The mill is open.<br>Tom Baszko: Since when, and who says so?<br>Nora Ekdal: Since Monday.</p>", THREE),
    "questions-and-answers": (
        "<p><b>Q:</b> Is it open?</p><p><b>A:</b> It is.</p><p>Always.</p><p><b>Q:</b> Why?</p><p><b>A:</b> Flour.</p>",
        [("Q", "Is it open?"), ("A", "It is. Always."), ("Q", "Why?"), ("A", "Flour.")]),
    "speaker-elements-with-roles": (
        "<div class='t'><h3 class='speaker'>Nora Ekdal, Chair</h3><p>The mill is open.</p></div><div class='t'><h3 class='speaker'>Tom Baszko</h3>"
        "<p>Since when,</p><p>and who says so?</p></div><div class='t'><h3 class='speaker'>Nora Ekdal</h3><p>Since Monday.</p></div>", THREE),
    "cite-and-time": (
        "<cite>Nora Ekdal:</cite><time>0:01</time><p>The mill is open.</p><cite>Tom Baszko:</cite><time>0:04</time>"
        "<p>Since when, and who says so?</p><cite>Nora Ekdal:</cite><time>0:09</time><p>Since Monday.</p>", THREE),
    "headings": (
        "<h4>Nora Ekdal</h4><p>The mill is open.</p><h4>Tom Baszko</h4><p>Since when,</p><p>and who says so?</p>"
        "<h4>Nora Ekdal</h4><p>Since Monday.</p>", THREE),
    "section-headings": (
        "<h2>The mill</h2><p><b>Nora Ekdal:</b> The mill is open.</p><h2>The doubts</h2><p><b>Tom Baszko:</b> Since when,</p>"
        "<p>and who says so?</p><h3>The answer</h3><p><b>Nora Ekdal:</b> Since Monday.</p>", THREE),
    "table": (
        "<table><tr><td>Nora Ekdal</td><td>The mill is open.</td></tr><tr><td>Tom Baszko</td><td>Since when, and who says so?</td></tr>"
        "<tr><td>Nora Ekdal</td><td>Since Monday.</td></tr></table>", THREE),
    "table-with-times": (
        "<table><tr><th>Time</th><th>Speaker</th><th>Words</th></tr><tr><td>00:01</td><td>Nora Ekdal</td><td>The mill is open.</td></tr>"
        "<tr><td>00:04</td><td>Tom Baszko</td><td>Since when, and who says so?</td></tr>"
        "<tr><td>00:09</td><td>Nora Ekdal</td><td>Since Monday.</td></tr></table>", THREE),
    "bold-without-colon": (
        "<p><b>Nora Ekdal</b> The mill is open.</p><p><b>Tom Baszko</b> Since when, and who says so?</p>"
        "<p><b>Nora Ekdal</b> Since Monday.</p>", THREE),
    "bold-alone": (
        "<p><b>Nora Ekdal</b></p><p>The mill is open.</p><p><b>Tom Baszko</b></p><p>Since when,</p><p>and who says so?</p>"
        "<p><b>Nora Ekdal</b></p><p>Since Monday.</p>", THREE),
    "list": (
        "<ul><li><b>Nora Ekdal:</b> The mill is open.</li><li><b>Tom Baszko:</b> Since when, and who says so?</li>"
        "<li><b>Nora Ekdal:</b> Since Monday.</li></ul>", THREE),
    "blockquotes": (
        "<p><b>Nora Ekdal:</b></p><blockquote><p>The mill is open.</p></blockquote><p><b>Tom Baszko:</b></p>"
        "<blockquote><p>Since when,</p><p>and who says so?</p></blockquote><p><b>Nora Ekdal:</b></p>"
        "<blockquote><p>Since Monday.</p></blockquote>", THREE),
    "figures-and-asides": (
        "<p><b>Nora Ekdal:</b> The mill is open.</p><figure><img src=x><figcaption>Nora Ekdal: at the mill</figcaption></figure>"
        "<p><b>Tom Baszko:</b> Since when,</p><div class='related-box'><h3>Read more</h3><p>Old mills of Pell</p></div>"
        "<aside><p>Somebody: once said</p></aside><p>and who says so?</p><p>(Applause.)</p><div class='pullquote'>The mill is open.</div>"
        "<p><b>Nora Ekdal:</b> Since Monday.</p>", THREE),
    "entities": (
        "<p>Nora&nbsp;Ekdal:&#32;The mill is&nbsp;open.</p><p>Tom Baszko&#58; Since when, and who says so?</p>"
        "<p>Nora Ekdal: Since\n   Mon&shy;day.</p>", THREE),
    "briefing": (
        "<p>MS. EKDAL:&nbsp; The mill is open.</p><p>Q&nbsp;&nbsp;&nbsp; Since when?</p><p>MS. EKDAL:&nbsp; Since Monday.</p>"
        "<p>Q&nbsp; Thank you.</p>",
        [("Ekdal", "The mill is open."), ("Q", "Since when?"), ("Ekdal", "Since Monday."), ("Q", "Thank you.")]),
    "unclosed": (
        "<p><b>Nora Ekdal:</b> The mill is open.<p><b>Tom Baszko:</b> Since when, and who says so?<p><b>Nora Ekdal:</b> Since Monday.",
        THREE),
    "list-inside-a-turn": (
        "<p><b>Nora Ekdal:</b> The mill is open:</p><ul><li>one</li><li>two</li></ul><p>Yes.</p><p><b>Tom Baszko:</b> Since when?</p>"
        "<p><b>Nora Ekdal:</b> Since Monday.</p>",
        [(NORA, "The mill is open: one two Yes."), (TOM, "Since when?"), (NORA, "Since Monday.")]),
    "preformatted": (
        "<pre>\n    Mr. EKDAL. The mill is\nopen.\n    Mr. BASZKO. Since when?\n    Mr. EKDAL. Since Monday.\n</pre>",
        [("Ekdal", "The mill is open."), ("Baszko", "Since when?"), ("Ekdal", "Since Monday.")]),
}  # fmt: skip

# What sites put before and after it; nothing of it was ever said.
HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The mill talk | Pell News</title>
<style>p { color: red }</style><script>var talk = "Tom Baszko: never said";</script></head><body class="has-sidebar">
<!-- Tom Baszko: never said -->
<div id="cookie-banner"><p>We use cookies: accept?</p></div><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<header><a href="/">Pell News</a></header>"""
FEET = {
    "nothing": "",
    "footer": "<footer><p>Pell News Ltd. never said.</p></footer>",
    "plain-footer": "<div id='bottom'><p>Pell News Ltd. never said. Call 12345.</p></div>",
    "related": "<div class='more'><h2>Related articles</h2><p>A mill burns down, never said</p><p>Another mill</p></div>",
    "related-beside": "<h3>Related articles</h3><p>A mill burns down, never said</p><p>Another mill, never said</p>",
    "share": "<div class='share-buttons'>Share never said</div><p><a href='/1'>Old mills never said</a></p>",
    "note": "<p><em>This interview was edited, never said.</em></p><p>Subscribe to our newsletter, never said.</p>",
    "comments": "<section id='comments'><p>Tom Baszko: I liked it, never said.</p></section><p>© 2030 Pell News never said</p>",
    "comments-beside": "<h3>2 comments</h3><p>Tom Baszko: I liked it, never said.</p><p>Ilsa Odell: Me too, never said.</p>",
    "contact-beside": "<p>Pell News, 1 Mill Lane, +41 44 123 45 67, never said</p>",
    "bio-beside": "<p>Ilsa Odell is a writer for Pell News, never said.</p>",
    "rule": "<hr><p>Ilsa Odell writes for Pell News, never said.</p>",
}


def page(body: str, foot: str, wrap: bool) -> str:
    inner = f"<main><article><h1>The mill talk</h1><div class='text'>{body}</div></article></main>" if wrap else body
    foot_inside = foot if not wrap else ""
    return f"{HEAD}{inner}{foot_inside}{foot if wrap else ''}</body></html>"


def merged(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for speaker, text in pairs:
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, f"{found[-1][1]} {text}")
        else:
            found.append((speaker, text))
    return found


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("name", BODIES)
def test_shapes(name: str, foot: str, tmp_path: Path) -> None:
    body, expected = BODIES[name]
    if name == "preformatted" and foot != "nothing":
        pytest.skip("such pages are nothing else")
    path = tmp_path / "page.html"
    for wrap in (True, False):
        path.write_text(page(body, FEET[foot], wrap), encoding="utf-8")
        one = read(path)
        assert merged([(turn.speaker, words.squeeze(turn.text)) for turn in one.turns]) == merged(expected), wrap
        assert "never said" not in " ".join(turn.text for turn in one.turns)
        assert one.title.startswith(("The mill talk", "page")) and one.source_text is None
        assert not any(turn.pieces for turn in one.turns)


def test_times_of_elements(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(BODIES["turn-elements"][0], "", True))
    assert [turn.start_s for turn in read(path).turns] == [1, 4, 9]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-8-sig", "utf-16"])
def test_the_page_says_its_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = (
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={encoding.removesuffix('-sig')}'>"
        "<title>Мельница</title></head><body><p><b>Нора Экдаль:</b> Мельница открыта.</p><p><b>Вопрос:</b> Давно?</p>"
        "<p><b>Нора Экдаль:</b> С понедельника.</p></body></html>"
    )
    path.write_bytes(text.encode(encoding))
    one = read(path)
    assert [(turn.speaker, turn.text) for turn in one.turns] == [
        ("Нора Экдаль", "Мельница открыта."), ("Вопрос", "Давно?"), ("Нора Экдаль", "С понедельника."),
    ]  # fmt: skip
    assert one.language == "ru" and one.title == "Мельница"
    assert [person.anonymous for person in one.people] == [False, True]


def test_magazine_style_is_a_guess_about_nobody(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        page("<p>She lives at the mill.</p><p><b>Is it open?</b></p><p>It is.</p><p>Always.</p><p><b>Since when?</b></p><p>Monday.</p>"
             "<p><b>Why?</b></p><p>Flour.</p>", "", True)
    )  # fmt: skip
    one = read(path)
    assert [(t.speaker, t.text) for t in one.turns] == [
        ("Question", "Is it open?"), ("Answer", "It is.\nAlways."), ("Question", "Since when?"), ("Answer", "Monday."),
        ("Question", "Why?"), ("Answer", "Flour."),
    ]  # fmt: skip
    assert all(person.anonymous for person in one.people) and all(turn.uncertain for turn in one.turns)


def test_a_last_sentence_that_looks_like_a_byline_is_spoken(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    body = "<p><b>Nora Ekdal:</b> Is it open?</p><p><b>Tom Baszko:</b> It is.</p><p>So Monday is the day.</p>"
    path.write_text(page(body, FEET["bio-beside"], True))
    assert [turn.text for turn in read(path).turns] == ["Is it open?", "It is.\nSo Monday is the day."]


def test_facts_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = page("<p>Two people met at the mill and talked about its future.</p>" + BODIES["plain"][0], "", True)
    path.write_text(
        text.replace("<style>", "<meta property='article:published_time' content='2030-06-14T10:00:00Z'><style>")
    )
    one = read(path)
    assert (one.title, one.date, one.format) == ("The mill talk", "2030-06-14", "html")
    assert "Two people met" in " ".join(part.text for part in one.page)


@pytest.mark.parametrize(
    "text",
    [
        "<html><body></body></html>",
        "<!doctype html><p>No one speaks here.</p><p>Really.</p>",
        "<html><body><p>Date: Monday</p><p>Note: none</p></body></html>",
    ],
)
def test_pages_without_speakers(text: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(text)
    with pytest.raises(ReadError, match=r"page\.html: ") as caught:
        read(path)
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------ any turns, any way of setting them

LABELS = {
    "bold": "<p><b>{name}:</b> {first}</p>{rest}",
    "plain": "<p>{name}: {first}</p>{rest}",
    "speaker": "<div><p class='speaker'>{name}</p><p>{first}</p>{rest}</div>",
    "dt": "<dt>{name}</dt><dd><p>{first}</p>{rest}</dd>",
    "heading": "<h4>{name}</h4><p>{first}</p>{rest}",
}


@settings(max_examples=120, deadline=None)
@given(TURNS, st.sampled_from(sorted(LABELS)), st.sampled_from(sorted(FEET)), st.booleans())
def test_no_word_is_lost_or_invented(turns: list[tuple[str, list[str]]], way: str, foot: str, wrap: bool) -> None:
    if way == "heading":  # a heading that comes once is a heading
        turns = turns * 2
    body = "".join(
        LABELS[way].format(
            name=html.escape(name),
            first=html.escape(parts[0]),
            rest="".join(f"<p>{html.escape(p)}</p>" for p in parts[1:]),
        )
        for name, parts in turns
    )
    body = f"<dl>{body}</dl>" if way == "dt" else body
    # With few turns nothing tells a paragraph of the last speaker from the first of a foot set alike.
    assume((wrap and len(turns) < 8) or len(turns[-1][1]) == 1)
    file = File(Path("/nowhere/page.html"), page(body, FEET[foot], wrap).encode())
    one = read_html(file, "page")
    found = [(turn.speaker, words.bare(turn.text)) for turn in one.turns]
    wanted = [(name, words.bare("".join(parts))) for name, parts in turns]
    assert [(who, text.replace(" ", "")) for who, text in merged(found)] == [
        (who, text.replace(" ", "")) for who, text in merged(wanted)
    ]
    assert read_html(file, "page") == one


# ------------------------------------------------------------------ full names of short labels


@pytest.mark.parametrize(
    ("told", "label", "speaker"),
    [
        ("Nora Ekdal talks to us.", "MS. EKDAL", "Nora Ekdal"),
        ("Nora Ekdal and her brother Tom Ekdal talk to us.", "MS. EKDAL", "Ekdal"),  # which of them?
        ("When Ekdal came, nobody else was there.", "MS. EKDAL", "Ekdal"),
        ("Nora Ekdal talks to us.", "NE", "Nora Ekdal"),
        ("Nora Ekdal and Nils Emmer talk to us.", "NE", "NE"),
        ("The mill is in North Estby, says Nora Ekdal.", "NE", "NE"),
    ],
)
def test_a_short_label_gets_the_one_name_that_fits(told: str, label: str, speaker: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    lines = "".join(f"<p>{name}: So it is, {n} times.</p>" for n in range(3) for name in (label, "Ilsa Kalb"))
    path.write_text(page(f"<p>{told}</p>{lines}", "", True), encoding="utf-8")
    assert {turn.speaker for turn in read(path).turns} == {speaker, "Ilsa Kalb"}
