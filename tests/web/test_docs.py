"""The examples of docs/api.md, docs/chat.md and docs/mcp.md, run against a real server; what they print is compared."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = "http://127.0.0.1:7860"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


@pytest.mark.model
@pytest.mark.parametrize("page", ["api.md", "chat.md", "mcp.md"])
def test_python_examples_print_what_the_page_shows(site: str, page: str) -> None:
    world: dict[str, object] = {}
    found = [block for block in blocks(page) if block[0] in {"python", "text"}]
    assert len(found) >= 2
    for (kind, code), (next_kind, shown) in zip(found[::2], found[1::2], strict=True):
        assert (kind, next_kind) == ("python", "text")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), ThreadPoolExecutor(1) as other:  # the browser's own loop runs here
            other.submit(exec, compile(code.replace(SHOWN, site), page, "exec"), world).result()
        assert printed.getvalue() == shown


COUNCIL = "Anna Berg: The heron nests by the lock.\n\nBob Smith: Then the lock stays shut.\n\nAnna Berg: Until June.\n"
INTERVIEW = "Ann Lee: The otter came back.\n\nBen Ray: When?\n\nAnn Lee: In May.\n\nBen Ray: Alone?\n"


@pytest.mark.model
def test_curl_examples_work(site: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    (tmp_path / "council.txt").write_text(COUNCIL, encoding="utf-8")
    (tmp_path / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    ask, upload = (
        json.loads(subprocess.run(code.replace(SHOWN, site), shell=True, cwd=tmp_path, capture_output=True).stdout)
        for kind, code in blocks("api.md")
        if kind == "sh"
    )
    assert ask["found"] and "Baikonur" in ask["citations"][0]["quote"]
    assert [one["path"] for one in upload["added"]] == ["council.txt", "interview.txt"], upload
    for one in upload["added"]:  # the site is others', too
        urlopen(Request(f"{site}/api/transcripts/{one['transcript_id']}", method="DELETE")).close()


def test_the_mcp_settings_start_a_command_that_is_there() -> None:
    from typer.main import get_command

    from qa.cli import app

    (settings,) = [json.loads(code) for kind, code in blocks("mcp.md") if kind == "json"]
    command, *_ = settings["mcpServers"]["transcript-qa"]["args"]
    assert command in get_command(app).commands  # type: ignore[attr-defined]


def test_every_address_of_the_description_is_on_the_page() -> None:
    from qa.api.app import create_api
    from qa.settings import Settings

    class Nobody:
        settings = Settings()

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path in create_api(Nobody()).openapi()["paths"]:  # type: ignore[arg-type]
        assert f"/api{path}" in page, path
