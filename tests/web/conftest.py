"""A real server over a real index, and a real Chromium to look at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from server import serving
from visitor import DESKTOP, Visitor

CORPUS = Path(__file__).parents[2] / "corpus"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

PAYLOAD = (
    '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script> '
    "![pic](http://evil.example/p.png) [link](http://evil.example/) **bold** ${window.pwned=3} {{7*7}}"
)
"""Everything that takes effect somewhere between a file and a browser."""


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transcript whose every field carries markup."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.json"
    speaker = f"Mallory {PAYLOAD}"
    words = f"The zebra budget doubled in spring {PAYLOAD} and nobody noticed the zebra budget."
    more = "We went to Springfield, too."
    path.write_text(
        json.dumps(
            {
                "format": "qa-transcript/1",
                "id": "hostile",
                "title": f"Zebra {PAYLOAD}",
                "date": "2001-02-03",
                "place": PAYLOAD,
                "language": "en",
                "source": "javascript:window.pwned=4",
                "people": [{"name": speaker, "role": PAYLOAD, "aliases": []}],
                "turns": [{"speaker": speaker, "text": f"{words} {more}"}],
            }
        ),
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory, hostile_file: Path) -> Path:
    """An index of the sample corpus and the hostile transcript."""
    import qa

    folder = tmp_path_factory.mktemp("index") / "qa"
    with qa.open(folder) as assistant:
        report = assistant.add(CORPUS, hostile_file)
    assert len(report.added) >= 2, report
    return folder


@pytest.fixture(scope="session")
def site(index_folder: Path) -> Iterator[str]:
    """The address of a running server, without a slash at the end."""
    import qa

    with qa.open(index_folder) as assistant, serving(assistant) as address:
        yield address


@pytest.fixture
def payload() -> str:
    return PAYLOAD


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing. Install it: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitors(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, and sees them out."""
    came: list[Visitor] = []

    def come(size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Visitor:
        came.append(Visitor(browser, site, size, dark=dark))
        return came[-1]

    yield come
    for visitor in came:
        visitor.leave()
