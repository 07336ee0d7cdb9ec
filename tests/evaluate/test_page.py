"""The HTML page: nothing in it takes effect but its own script, and nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qa.errors import MissingExtraError
from qa.evaluate import Expected, Quoted, Report, Row, compare, curves, plots, write_page

PAYLOAD = "<script>window.pwned=1</script>\"'><img src=x onerror=alert(1)>{{7*7}}</title>&amp;\x1b[2J\u202e"
ABOUT = {"date": PAYLOAD, "commit": None, "settings": {"threshold": 0.5, "model": PAYLOAD}, "files": [PAYLOAD]}


def row(id: str, **fields: object) -> Row:
    quote = Quoted(PAYLOAD, PAYLOAD, PAYLOAD, 1, verbatim=False, speaker_right=False, asked_for=False)
    start = Row(
        id, PAYLOAD, True, True, False, PAYLOAD, 0.7, 0.1, PAYLOAD, PAYLOAD, False, (PAYLOAD,), PAYLOAD, PAYLOAD,
        PAYLOAD, None, PAYLOAD, expected=Expected(PAYLOAD, (PAYLOAD,), (), PAYLOAD, PAYLOAD), quotes=(quote,),
        elsewhere=(quote,), has_turns=True, scores={"evidence_recall@250": 0.5},
    )  # fmt: skip
    return replace(start, **fields)  # type: ignore[arg-type]


ROWS = (
    row("a"),
    row(PAYLOAD, answered=True, right=True, why="", confidence=0.9, category="other"),
    row("x", answerable=False, found=False, has_turns=False, quotes=(), elsewhere=(), twin_of="a", kind="fact"),
)


class Seen(HTMLParser):
    """Tags and attributes as a browser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    report = Report(ROWS, ABOUT)
    write_page(report, path, compare(report, report))
    return path.read_text(encoding="utf-8")


def test_everything_foreign_is_escaped(page: str) -> None:
    seen = Seen(page)
    assert seen.tags.count("script") == 1 and "img" not in seen.tags and "iframe" not in seen.tags
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert "<script>window" not in page and "onerror=alert(1)>" not in page and "\x1b" not in page
    assert page.count("&lt;script&gt;window.pwned=1&lt;/script&gt;") >= 30


def test_nothing_is_fetched(page: str) -> None:
    seen = Seen(page)
    assert not [value for name, value in seen.attributes if name in ("src", "action", "srcset", "data")]
    links = [value for name, value in seen.attributes if name in ("href", "xlink:href")]
    assert all(link is not None and link.startswith("#") for link in links)
    assert "@import" not in page and not re.search(r"url\((?!#)", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy and "default-src 'none'" in policy[1] and "script-src 'sha256-" in policy[1]


def test_the_plots_are_named_and_stand_beside_tables(page: str) -> None:
    seen = Seen(page)
    assert seen.tags.count("svg") == 4 == seen.attributes.count(("role", "img"))
    assert seen.tags.count("table") >= 8 and seen.tags.count("details") == len(ROWS)
    ids = [value for name, value in seen.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_a_run_without_questions_or_searches_has_a_page_too(tmp_path: Path) -> None:
    for rows in ((), (ROWS[2],)):
        write_page(Report(rows), tmp_path / "report.html")
        assert "0 of 0" in (tmp_path / "report.html").read_text() or rows


def test_without_the_extra_the_pip_line_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r'pip install "transcript-qa\[report\]"'):
        plots.ready()
    with pytest.raises(MissingExtraError):
        write_page(Report(ROWS), tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


# ------------------------------------------------------------------ the numbers behind the plots


def test_calibration_by_hand() -> None:
    rows = [
        row("a", confidence=0.42, answered=True), row("b", confidence=0.48), row("c", confidence=1.0, found=False),
        row("d", confidence=0.44, answerable=False, found=False),
    ]  # fmt: skip
    low, high = curves.calibration(rows)
    assert (low.low, low.high, low.n, low.n_given) == (0.4, 0.5, 3, 2)
    assert low.answerable == pytest.approx(2 / 3) and low.answered == 1 / 2
    assert low.confidence == pytest.approx((0.42 + 0.48 + 0.44) / 3)
    assert (high.low, high.high, high.n, high.answered) == (0.9, 1.0, 1, None)


def test_thresholds_by_hand() -> None:
    rows = [
        row("a", confidence=0.9, answered=True), row("b", confidence=0.6), row("c", confidence=0.3, found=False),
        row("x", confidence=0.7, answerable=False), row("y", confidence=0.2, answerable=False, found=False),
    ]  # fmt: skip
    at = {cut.threshold: cut for cut in curves.cuts(rows, own=0.5, n_steps=10)}
    assert at[0.5].given == pytest.approx(2 / 3) and at[0.5].answered == pytest.approx(1 / 3) and at[0.5].silent == 0.5
    assert at[0.8].given == pytest.approx(1 / 3) and at[0.8].silent == 1.0
    assert at[0.3].given == 1.0 and at[0.3].answered is None and at[0.3].silent == 0.5
    assert at[0.0].silent == 0.0 and at[1.0].given == 0.0
    shares = [cut.silent for cut in at.values()]
    assert shares == sorted(shares, key=lambda share: share or 0.0)


def test_latencies_by_hand() -> None:
    rows = [row(str(n), seconds=n / 1000) for n in range(1, 101)]
    assert dict(curves.latencies(rows))[0.5] == pytest.approx(50.0)
    assert dict(curves.latencies(rows))[0.95] == pytest.approx(95.0)
    assert dict(curves.latencies(rows))[1.0] == pytest.approx(100.0)
    assert curves.latencies([]) == ()
