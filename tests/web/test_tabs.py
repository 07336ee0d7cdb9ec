"""The tabs as a visitor sees them, over an index of their own that they may change; every field carries markup."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from server import serving
from visitor import DESKTOP, PHONE, Visitor, choose, go_to, serious, type_into

import qa
from qa import AddReport, Assistant
from qa.settings import load
from qa.web.files import upload_folder

pytestmark = [pytest.mark.browser, pytest.mark.model]

PAYLOAD = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script> ![p](http://evil.example/p.png) {{7*7}}'
MALLORY = f"Mallory {PAYLOAD}"
SAID: dict[str, tuple[str | None, tuple[tuple[str, str], ...]]] = {
    "spring": ("2020-03-01", (
        ("Anna Berg", "The harbour bridge must be repaired. I like tea.\nI come back to the harbour bridge later."),
        ("Bob Smith", "I was on holiday in the mountains, and it rained."),
    )),
    "summer": ("2020-07-01", (
        ("Bob Smith", "Nobody pays for the harbour bridge. The harbour bridge is a ruin. We went swimming."),
        ("Carl Voss", "Good morning everybody."),
        (MALLORY, f"I sell the harbour bridge {PAYLOAD} to anybody."),
    )),
    "undated": (None, (("Anna Berg", "At last the harbour bridge is open."),)),
}  # fmt: skip
TALK = "Town talk\n2021-02-03\nFenwater\n\nAnna Berg: The market is open.\n(Applause.)\nDora Lund: Since Monday.\n"

Come = Callable[..., Visitor]
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    for name, (date, lines) in SAID.items():
        data = {
            "format": "qa-transcript/1", "id": name, "title": f"Council in {name} {PAYLOAD}", "date": date,
            "place": PAYLOAD, "people": [{"name": who, "role": PAYLOAD} for who in dict(lines)],
            "turns": [{"speaker": who, "text": text} for who, text in lines],
        }  # fmt: skip
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    with qa.open(folder / "index", replace(load(), max_file_mb=1)) as assistant:
        report = assistant.add(*(folder / f"{name}.json" for name in SAID))
        assert len(report.added) == len(SAID), report
        yield assistant


@pytest.fixture(scope="module")
def town_site(town: Assistant) -> Iterator[str]:
    with serving(town) as address:
        yield address


@pytest.fixture
def come(browser: Browser, town_site: str) -> Iterator[Come]:
    """Makes visitors who go to a tab, and sees them out: nothing took effect, went abroad, or was complained of."""
    came: list[Visitor] = []

    def make(tab: str, size: tuple[int, int] = DESKTOP) -> Visitor:
        came.append(Visitor(browser, town_site, size))
        go_to(came[-1].page, tab)
        return came[-1]

    yield make
    for visitor in came:
        harmless(visitor.page)
        assert serious(visitor.page) == []
        visitor.leave()


def harmless(page: Page) -> None:
    assert page.evaluate("window.pwned === undefined")
    assert page.locator("[onerror], img[src='x'], [href*='evil.example'], [src*='evil.example']").count() == 0


def fits(page: Page) -> bool:
    return not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def add(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#library-add").click()
    chooser.value.set_files(list(files))


def row(page: Page, place: str, text: str) -> Locator:
    return page.locator(f"#{place} tbody tr", has_text=text)


@SIZES
def test_the_library_adds_reports_and_removes(
    come: Come, town: Assistant, tmp_path: Path, size: tuple[int, int]
) -> None:
    visitor = come("Library", size)
    page = visitor.page
    expect(row(page, "library-transcripts", "Council in summer")).to_contain_text("1 July 2020")
    good, bad = tmp_path / 'talk <img src=x onerror="window.pwned=1">{{7*7}} & more.txt', tmp_path / "bad.txt"
    good.write_text(TALK, encoding="utf-8")
    bad.write_text("Words that nobody says.", encoding="utf-8")
    add(page, bad, good)
    expect(page.locator("#library-report caption")).to_have_text("1 file read, 1 failed")
    expect(row(page, "library-report", "bad")).to_contain_text("no speaker labels found")
    expect(row(page, "library-report", "talk")).to_contain_text("added")
    expect(row(page, "library-transcripts", "Town talk")).to_contain_text("Dora Lund")
    assert str(tmp_path) not in page.content() and "/uploads/" not in page.content()
    left = [one.name for one in upload_folder().rglob("*") if one.is_file() and one.stat().st_size]
    assert not [name for name in left if name.startswith(("bad", "talk"))], "uploads are deleted once they were read"
    visitor.shoot(f"library-{size[0]}")
    assert fits(page)
    add(page, good)
    expect(page.locator("#library-report caption")).to_have_text("0 files read, 1 here already, 0 failed")
    expect(row(page, "library-transcripts", "Town talk")).to_have_count(1)

    choose(page, "library-leaving", "Town talk")
    page.locator("#library-remove").click()
    page.locator("#library-no").click()
    expect(page.locator("#library-sure")).to_be_hidden()
    page.locator("#library-remove").click()
    expect(page.locator("#library-removed")).to_contain_text("Remove “Town talk” with its 2 turns?")
    page.locator("#library-yes").click()
    expect(page.locator("#library-removed")).to_contain_text("Removed: Town talk")
    expect(row(page, "library-transcripts", "Town talk")).to_have_count(0)
    assert {info.id for info in town.transcripts()} == set(SAID)
    page.locator("#library-check").click()
    expect(page.locator("#library-health")).to_contain_text("3 transcripts, 6 passages: everything is in order.")


@SIZES
def test_a_file_that_is_too_large_is_refused_at_once(
    come: Come, town: Assistant, tmp_path: Path, size: tuple[int, int]
) -> None:
    visitor = come("Library", size)
    page = visitor.page
    expect(page.locator("#library-add")).to_contain_text("each of up to 1 MB")
    large = tmp_path / "large.txt"
    large.write_text(TALK * (2**20 // len(TALK) + 1), encoding="utf-8")
    add(page, large)
    notice = page.locator(".toast-wrap")  # Gradio's own, with a button inside a button (axe: nested-interactive)
    expect(notice).to_contain_text('exceed the maximum allowed size of 1.0 Mb: "large.txt"')
    notice.get_by_test_id("toast-close").click()
    expect(notice.locator(".toast-header")).to_have_count(0)
    assert {info.id for info in town.transcripts()} == set(SAID)


def test_a_file_indexed_from_elsewhere_is_not_added_again(come: Come, town: Assistant) -> None:
    page = come("Library").page
    source = Path(str(town._index.path_of("spring")))
    add(page, source)
    expect(row(page, "library-report", "spring.json")).to_contain_text(
        "the same file is here already, as “Council in spring <img src=x"
    )
    assert len(town.transcripts()) == len(SAID)
    assert town.check_quotation("I like tea").n_places == 1


def test_reading_stops_between_files_and_others_go_on(
    come: Come, town: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, begun, ended = threading.Semaphore(0), threading.Semaphore(0), threading.Semaphore(0)
    add_copy = town.add_copy

    def slowly(path: Path, name: str = "") -> AddReport:
        begun.release()
        assert read.acquire(timeout=30)
        try:
            return add_copy(path, name)
        finally:
            ended.release()

    monkeypatch.setattr(town, "add_copy", slowly)
    files = [tmp_path / f"talk{n}.txt" for n in range(4)]
    for n, path in enumerate(files):
        path.write_text(TALK.replace("Monday", f"day {n}"), encoding="utf-8")
    visitor, other = come("Library"), come("Pictures")
    page = visitor.page
    add(page, *files)
    expect(page.locator("#library-report")).to_contain_text("Reading 1 of 4")
    pictures(other, "the harbour bridge")  # while the reading waits
    expect(other.page.locator("#pictures-summary")).to_contain_text("is spoken about")
    read.release()
    expect(page.locator("#library-report")).to_contain_text("Reading 2 of 4")
    assert begun.acquire(timeout=30) and begun.acquire(timeout=30), "the second is at hand"
    page.locator("#library-stop").click()
    expect(page.locator("#library-removed")).to_contain_text("Stopped")
    read.release(8)
    assert ended.acquire(timeout=30) and ended.acquire(timeout=30)
    assert not begun.acquire(timeout=1), "the third is not begun"
    added = [info.id for info in town.transcripts() if info.id not in SAID]
    assert len(added) == 2
    expect(page.locator("#library-report caption")).to_have_text("1 file read, 0 failed")
    for id in added:
        town.remove(id)


@SIZES
def test_people_are_put_right_and_it_is_undone(come: Come, town: Assistant, size: tuple[int, int]) -> None:
    page = come("Library", size).page
    page.get_by_role("button", name="People").click()
    choose(page, "people-same", "Bob Smith", "Carl Voss")
    page.locator("#people-merge").click()
    expect(page.locator("#people-done")).to_contain_text("Bob Smith: 3 turns in 2 transcripts.")
    expect(row(page, "people-list", "Carl Voss")).to_contain_text("Bob Smith")
    page.locator("#people-undo").click()
    expect(page.locator("#people-done")).to_contain_text("Taken back")
    choose(page, "people-who", "Anna Berg")
    page.locator("#people-form textarea, #people-form input").fill("Anna Bergström")
    page.locator("#people-rename").click()
    expect(page.locator("#people-done")).to_contain_text("Anna Bergström: 2 turns in 2 transcripts.")
    expect(page.locator("#people-log")).to_contain_text("rename: Anna Berg / Anna Bergström")
    page.locator("#people-undo").click()
    expect(row(page, "people-list", "Anna Berg")).to_have_count(1)

    choose(page, "people-who", "Anna Berg")
    page.locator("#people-form textarea, #people-form input").fill("The Bridge <b>Lady</b>")
    page.locator("#people-alias").click()
    expect(page.locator("#people-done")).to_contain_text("“The Bridge <b>Lady</b>” finds Anna Berg.")
    expect(row(page, "people-list", "Anna Berg")).to_contain_text("The Bridge <b>Lady</b>")
    assert town.ask("What did The Bridge <b>Lady</b> say about tea?").citations[0].quote == "I like tea."
    page.locator("#people-undo").click()
    expect(row(page, "people-list", "The Bridge <b>Lady</b>")).to_have_count(0)

    choose(page, "people-who", "Anna Berg")
    page.locator("#people-split").click()
    expect(page.locator("#people-done [role=alert]")).to_be_visible()  # from which transcripts?
    choose(page, "people-apart", "Council in undated")
    page.locator("#people-split").click()
    expect(page.locator("#people-done")).to_contain_text("1 turn in 1 transcript.")
    expect(row(page, "people-list", "Anna Berg")).to_have_count(2)
    assert sorted(person.n_turns for person in town.people() if person.name.startswith("Anna Berg")) == [1, 1]
    assert fits(page)
    page.locator("#people-undo").click()
    expect(row(page, "people-list", "Anna Berg")).to_have_count(1)
    page.locator("#people-merge").click()
    expect(page.locator("#people-done")).to_contain_text("two persons or more")
    assert {person.name for person in town.people()} == {"Anna Berg", "Bob Smith", "Carl Voss", MALLORY}


def pictures(visitor: Visitor, topic: str) -> None:
    box = visitor.page.locator("#pictures-topic").locator("input, textarea").first
    box.fill(topic)
    box.press("Enter")


@SIZES
def test_pictures_of_a_topic_and_their_words(come: Come, size: tuple[int, int]) -> None:
    visitor = come("Pictures", size)
    page = visitor.page
    pictures(visitor, f"the harbour bridge {PAYLOAD}")
    expect(page.locator("#pictures-summary [role=status]")).to_contain_text("the harbour bridge <")
    pictures(visitor, "the harbour bridge")
    summary = page.locator("#pictures-summary [role=status]")
    expect(summary).to_have_text(
        "“the harbour bridge” is spoken about 5 times, in 3 transcripts of 3 transcripts."
        " 1 of these without a date are shown apart."
    )
    expect(row(page, "pictures-words", "Anna Berg")).to_contain_text("1 March 2020")
    bars = page.locator("#pictures-dated svg.marks .mark-rect path")
    expect(bars).to_have_count(3)
    expect(page.locator("#pictures-undated svg.marks .mark-rect path")).to_have_count(1)
    expect(page.locator("#pictures-people svg.marks .mark-rect path")).to_have_count(3)
    visitor.shoot(f"pictures-{size[0]}")
    assert fits(page)
    words = visitor.follow(bars.first)
    assert "The harbour bridge must be repaired." in words.locator("mark").inner_text()
    harmless(words)
    link = page.locator("#pictures-words li", has_text="At last the harbour bridge is open.").get_by_role("link").last
    assert "At last" in visitor.follow(link).locator("mark").inner_text()

    choose(page, "pictures-who", "Carl Voss")
    page.locator("#pictures-draw").click()
    expect(summary).to_contain_text("is not spoken about by Carl Voss in 3 transcripts")
    expect(page.locator("#pictures-summary")).to_contain_text("Others did")
    type_into(page, "pictures-since", "yesterday")
    page.locator("#pictures-draw").click()
    expect(page.locator("#pictures-summary [role=alert]")).to_contain_text("expected a day such as 2017-10-12")


@SIZES
def test_a_picture_of_one_transcript(come: Come, size: tuple[int, int]) -> None:
    visitor = come("Pictures", size)
    page = visitor.page
    choose(page, "pictures-which", "Council in summer")
    expect(page.locator("#pictures-talk svg.marks .mark-rect path")).to_have_count(3)
    expect(row(page, "pictures-shares", "Bob Smith")).to_contain_text("15")
    visitor.shoot(f"talk-{size[0]}")
    assert fits(page)


@SIZES
def test_people_are_compared_side_by_side(come: Come, size: tuple[int, int]) -> None:
    visitor = come("Compare", size)
    page = visitor.page
    page.locator("#compare-go").click()
    expect(page.locator("#compare-sides [role=alert]")).to_contain_text("two people or more")
    type_into(page, "compare-topic", "the harbour bridge")
    choose(page, "compare-who", "Bob Smith", "Carl Voss", "Mallory")
    page.locator("#compare-go").click()
    sides = page.locator("#compare-sides section")
    expect(sides).to_have_count(3)
    expect(sides.nth(0)).to_contain_text("Nobody pays for the harbour bridge.")
    expect(sides.nth(1)).to_contain_text("Did not speak about it.")
    expect(sides.nth(1)).to_contain_text("Spoken about by")
    expect(sides.nth(2)).to_contain_text("I sell the harbour bridge <img src=x")
    expect(page.locator("#compare-sides [role=status]")).to_contain_text("2 of 3 people spoke about it")
    visitor.shoot(f"compare-{size[0]}")
    assert fits(page)
    heading = sides.nth(2).locator("h3").first
    assert heading.evaluate("it => it.scrollWidth <= it.clientWidth"), "a long name stays in its column"
    beside = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert beside[0] and beside[1] and (beside[0]["y"] == beside[1]["y"]) is (size == DESKTOP)
    assert "harbour bridge" in visitor.follow(sides.nth(0).locator(".qa-read").first).locator("mark").inner_text()


@SIZES
def test_statements_of_one_person_in_order(come: Come, size: tuple[int, int]) -> None:
    visitor = come("Timeline", size)
    page = visitor.page
    choose(page, "timeline-who", "Anna Berg")
    type_into(page, "timeline-topic", "the harbour bridge")
    page.locator("#timeline-go").click()
    items = page.locator("#timeline-shown li")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_contain_text("1 March 2020")
    expect(items.nth(1)).to_contain_text("At last the harbour bridge is open.")
    visitor.shoot(f"timeline-{size[0]}")
    assert fits(page)
    choose(page, "timeline-who", "Carl Voss")
    page.locator("#timeline-go").click()
    expect(page.locator("#timeline-shown")).to_contain_text("Carl Voss said nothing about “the harbour bridge”")


@SIZES
def test_a_quotation_is_checked(come: Come, size: tuple[int, int]) -> None:
    visitor = come("Check a quotation", size)
    page = visitor.page

    def check(quote: str, who: str = "") -> Locator:
        page.locator("#check-quote textarea").fill(quote)
        if who:
            choose(page, "check-who", who)
        page.locator("#check-go").click()
        return page.locator("#check-verdict")

    expect(check("Nobody pays for the harbour bridge.")).to_contain_text("Bob Smith said these very words")
    verdict = check("Nobody paid for our harbour bridge.", "Bob Smith")
    expect(verdict.locator(".qa-verdict")).to_have_text("Nearly: some words differ")
    expect(verdict.locator("del").first).to_have_text("paid")
    expect(verdict.locator("ins").first).to_have_text("pays")
    visitor.shoot(f"check-{size[0]}")
    assert fits(page)
    verdict = check("At last the harbour bridge is open.")
    expect(verdict).to_contain_text("Not said by Bob Smith, but by Anna Berg")
    expect(check("Pigs can fly to the moon tonight.")).to_contain_text("Nothing like it is said by Bob Smith")
    expect(check(f"I sell the harbour bridge {PAYLOAD}")).to_contain_text("but by Mallory <img src=x onerror=")
    verdict = check("The harbour bridge is a ruin. We went swimming. Good morning everybody.")
    expect(verdict).to_contain_text("Carl Voss said “Good morning everybody")
    expect(verdict.locator(".qa-card")).to_have_count(2)
    assert fits(page)


def test_programs_call_the_endpoints_by_name(town_site: str) -> None:
    from gradio_client import Client

    client = Client(town_site, verbose=False)
    found = client.predict("the harbour bridge", "Anna Berg", api_name="/timeline")
    assert [one["transcript_id"] for one in found["dated"]] == ["spring"]
    sides = client.predict("the harbour bridge", ["Anna Berg", "Carl Voss"], api_name="/compare")["sides"]
    assert [(side["speaker"], side["answer"]["found"]) for side in sides] == [("Anna Berg", True), ("Carl Voss", False)]
    assert client.predict("I like tea.", "Bob Smith", api_name="/check_quotation")["verdict"] == "other-speaker"
    with pytest.raises(Exception, match="two people"):
        client.predict("the harbour bridge", ["Anna Berg"], api_name="/compare")
