"""The server around the page: addresses, headers, the one endpoint, refusals in one line."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa.errors import UsageError, WorldError
from qa.web.serve import port_number, serve

ROOT = Path(__file__).parents[2]
NOBODY: Any = None
"""An assistant that must not be needed."""


def get(address: str, data: dict[str, Any] | None = None) -> tuple[int, dict[str, str], str]:
    body = None if data is None else json.dumps(data).encode()
    request = Request(address, body, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=20) as reply:
            return reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read().decode()
    except HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


def call(site: str, data: dict[str, Any]) -> str:
    """The stream that Gradio's plain HTTP way answers with."""
    event = json.loads(get(f"{site}/gradio_api/call/v2/ask", data)[2])["event_id"]
    return get(f"{site}/gradio_api/call/ask/{event}")[2]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_port_in_use_is_refused_in_one_line(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(WorldError, match="--port") as refusal:
        serve(NOBODY, host=host, port=taken.getsockname()[1])
    assert "\n" not in str(refusal.value)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(WorldError, match="--host"):
        serve(NOBODY, host="192.0.2.1", port=0)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_other_machines_are_let_in_only_on_purpose(host: str) -> None:
    with pytest.raises(UsageError, match="--no-auth") as refusal:
        serve(NOBODY, host=host, port=0)
    assert "--auth" in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(UsageError, match="0 to 65535"):
        serve(NOBODY, port=port)
    with pytest.raises(UsageError, match="seven"):
        port_number("seven")


@pytest.mark.model
def test_every_reply_carries_the_headers(site: str) -> None:
    for path in ("/", "/health", "/transcript/none", "/config"):
        headers = get(site + path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "default-src" in headers["content-security-policy"]


@pytest.mark.model
def test_a_transcript_page_may_load_nothing(site: str) -> None:
    status, headers, html = get(f"{site}/transcript/hostile?turn=0&start=0&end=8")
    assert status == 200
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    script = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    assert [b64encode(sha256(s.encode()).digest()).decode() in policy for s in script] == [True]
    assert '<mark id="words">The zebr</mark>' in html
    assert html.count("<script") == 1 and "<img" not in html


@pytest.mark.model
def test_an_unknown_transcript_is_a_page_that_says_so(site: str) -> None:
    status, _, html = get(f"{site}/transcript/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert status == 404
    assert "No such transcript" in html
    assert "<script" not in html


@pytest.mark.model
def test_health_counts_the_transcripts(site: str) -> None:
    assert json.loads(get(f"{site}/health")[2]) == {"status": "ok", "transcripts": 2}


@pytest.mark.model
def test_only_the_endpoints_that_are_meant_are_there(site: str) -> None:
    info = json.loads(get(f"{site}/gradio_api/info")[2])
    assert set(info["named_endpoints"]) == {"/ask", "/timeline", "/compare", "/check_quotation"}
    assert info["unnamed_endpoints"] == {}
    assert get(f"{site}/docs")[0] == get(f"{site}/openapi.json")[0] == 404


@pytest.mark.model
def test_the_api_stands_beside_the_page(site: str) -> None:
    assert json.loads(get(f"{site}/api/ready")[2]) == {"status": "ready", "transcripts": 2}
    status, headers, text = get(f"{site}/api/ask", {"question": "What did Nazarbayev say about Baikonur?"})
    assert status == 200 and json.loads(text)["found"] and headers["x-content-type-options"] == "nosniff"
    status, headers, text = get(f"{site}/api/check-quotation", {"quote": "zebra budget doubled", "speaker": "Putin"})
    assert json.loads(text)["verdict"] == "other-speaker"
    status, headers, text = get(f"{site}/api/nothing")
    assert status == 404 and headers["content-type"] == "application/problem+json"


@pytest.mark.model
@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/static/../../../etc/passwd",
        "/api/transcripts/%2Fetc%2Fpasswd", "/transcript/..%2F..%2F..%2Fetc%2Fpasswd",
        "/gradio_api/file=../../../../etc/passwd", "/assets/..%2f..%2f..%2fpyproject.toml",
        f"/gradio_api/file={ROOT}/pyproject.toml", "/gradio_api/file=pyproject.toml",
    ],
)  # fmt: skip
def test_no_route_gives_away_a_file(site: str, path: str, index_folder: Path) -> None:
    status, _, text = get(site + path)
    assert status >= 400 and "root:" not in text and "[build-system]" not in text
    status, _, text = get(f"{site}/gradio_api/file={index_folder}/store.sqlite")
    assert status >= 400 and "SQLite" not in text


@pytest.mark.model
def test_the_site_answers_to_its_own_names_only(site: str) -> None:
    request = Request(f"{site}/api/transcripts", headers={"Host": "evil.example"})
    with pytest.raises(HTTPError) as refusal:
        urlopen(request, timeout=20)
    assert refusal.value.code == 421


@pytest.mark.model
def test_gradio_client_has_a_named_endpoint(site: str) -> None:
    from gradio_client import Client

    found = Client(site, verbose=False).predict("What did Nazarbayev say about Baikonur?", api_name="/ask")
    assert found["found"] is True and "Baikonur" in found["citations"][0]["quote"]


@pytest.mark.model
def test_ask_answers_a_program(site: str) -> None:
    reply = call(site, {"question": "What did Nazarbayev say about Baikonur?"})
    assert "event: complete" in reply
    answer = json.loads(reply.split("data: ")[-1])[0]
    assert answer["found"] is True
    assert "Baikonur" in answer["citations"][0]["quote"]


@pytest.mark.model
def test_ask_takes_history_and_filters(site: str) -> None:
    earlier = ["What did Nazarbayev say about Baikonur?"]
    reply = call(site, {"question": "And what did Putin say to that?", "history": earlier})
    answer = json.loads(reply.split("data: ")[-1])[0]
    assert answer["standalone"] == "What did Vladimir Putin say about Baikonur?" and answer["reason"] == "not-said"
    limits = {"speaker": "Vladimir Putin", "until": "2020-01-01"}
    answer = json.loads(call(site, {"question": "EAEU?", "filters": limits}).split("data: ")[-1])[0]
    assert {c["speaker"] for c in answer["citations"]} == {"Vladimir Putin"}
    assert "event: error" in call(site, {"question": "EAEU?", "filters": {"colour": "blue"}})


@pytest.mark.model
def test_ask_refuses_a_program_without_a_traceback(site: str) -> None:
    reply = call(site, {"question": "why " * 700})
    assert "event: error" in reply
    assert "Traceback" not in reply


@pytest.mark.model
def test_app_py_serves_the_index_it_is_told(index_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "examples.txt").write_text("# ours\nWhere did they meet?\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {
        **os.environ, "QA_INDEX": str(index_folder), "GRADIO_SERVER_PORT": str(port),
        "QA_EXAMPLES": str(tmp_path / "examples.txt"), "TMPDIR": str(tmp_path), "GRADIO_TEMP_DIR": "",
    }  # fmt: skip
    server = subprocess.Popen([sys.executable, str(ROOT / "app.py")], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert f":{port}" in server.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not answers(address):
            time.sleep(0.1)
        assert json.loads(get(f"{address}/health")[2])["transcripts"] == 2
        assert "Where did they meet?" in get(f"{address}/config")[2]
        assert len(list(tmp_path.glob("qa-uploads-*"))) == 1
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert not list(tmp_path.glob("qa-uploads-*")), "the folder of uploads goes with the server"


@pytest.mark.model
@pytest.mark.parametrize("command", [("app.py",), ("-m", "qa", "serve", "--port", "0")], ids=["app", "serve"])
@pytest.mark.parametrize(("number", "after_s"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGINT, 4)])
def test_a_signal_ends_the_server_without_a_traceback(
    index_folder: Path, tmp_path: Path, command: tuple[str, ...], number: int, after_s: float
) -> None:
    env = {
        **os.environ, "QA_INDEX": str(index_folder), "GRADIO_SERVER_PORT": "0", "TMPDIR": str(tmp_path),
        "GRADIO_TEMP_DIR": "",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, *command], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stdout.readline().startswith("Open http://127.0.0.1:")
    time.sleep(after_s)
    server.send_signal(number)  # while the model loads, or when it has just done so
    _, errors = server.communicate(timeout=60)
    assert (server.returncode, errors) == (128 + number, "")
    assert not list(tmp_path.glob("qa-uploads-*"))


def answers(address: str) -> bool:
    try:
        return get(f"{address}/health")[0] == 200
    except OSError:
        return False
