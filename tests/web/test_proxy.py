"""Behind a real proxy with TLS, set up as docs/api.md says: the page, uploads, the API and its events, passwords."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect
from server import serving
from visitor import go_to

import qa
from qa.settings import load
from qa.web import guard, serve

pytestmark = [pytest.mark.browser, pytest.mark.model]

API_PAGE = Path(__file__).parents[2] / "docs" / "api.md"
NAME = "qa.localhost"  # browsers take it for this machine
TALK = "Town talk\n2021-02-03\nFenwater\n\nAnna Berg: The market is open.\nDora Lund: Since Monday.\n"


def documented() -> str:
    """The block for nginx as the page gives it."""
    lines = API_PAGE.read_text(encoding="utf-8").partition("in nginx:\n\n")[2].splitlines()
    block = lines[: next(n for n, line in enumerate(lines) if line and not line.startswith("    "))]
    assert block[0] == "    location / {" and any("X-Forwarded-Proto" in line for line in block)
    return "\n".join(block)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def proxied(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at the proxy, without a slash at the end; "ann" may ask."""
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not installed")
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    shutil.copytree(index_folder, folder / "index")
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN={NAME}"
    subprocess.run(made.split(), cwd=folder, check=True, capture_output=True)
    settings = replace(load(), hosts=f"{NAME}:{port}")
    policy = serve._policy(settings, guard.users(["ann:a long password"]))
    with qa.open(folder / "index", settings) as assistant, serving(assistant, policy) as behind:
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi",
                                                                             "uwsgi", "scgi"))  # fmt: skip
        location = documented().replace("http://127.0.0.1:7860", behind)
        user = "user root;" if os.getuid() == 0 else ""  # else its workers could not write below our folder
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{port} ssl;\n"
            f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;\n{location}\n}} }}\n"
        )
        proxy = subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        )
        try:
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"https://{NAME}:{port}"
        finally:
            proxy.terminate()
            proxy.wait(timeout=10)


def ask(
    site: str, path: str, body: object = None, *, host: str = "", password: str = "a long password", **head: str
) -> Any:
    """A reply through the proxy; the name is sent, the address is this machine's."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    at = urlsplit(site)
    headers = {"Host": host or at.netloc, "Content-Type": "application/json", **head}
    headers["Authorization"] = "Basic " + b64encode(f"ann:{password}".encode()).decode()
    data = None if body is None else json.dumps(body).encode()
    return urlopen(Request(f"https://127.0.0.1:{at.port}{path}", data, headers), timeout=30, context=trusting)


def test_the_api_answers_through_the_proxy(proxied: str) -> None:
    question = {"question": "What did Nazarbayev say about Baikonur?"}
    with ask(proxied, "/api/ask", question) as reply:
        assert json.load(reply)["found"]
    with ask(proxied, "/api/ask", question, Accept="text/event-stream") as reply:
        events = [line for line in reply.read().decode().splitlines() if line.startswith("event: ")]
    assert events[0] == "event: understood" and events[-1] == "event: done"
    for status, wrong in ((401, {"password": "guess"}), (421, {"host": "elsewhere.example"})):
        with pytest.raises(HTTPError) as refused:
            ask(proxied, "/api/people", **wrong)
        assert refused.value.code == status
    with pytest.raises(HTTPError) as refused:
        ask(proxied, "/api/ask", question, Origin="https://elsewhere.example")  # a page of another site
    assert refused.value.code == 403


def test_the_page_works_through_the_proxy(browser: Browser, proxied: str, tmp_path: Path) -> None:
    context = browser.new_context(
        ignore_https_errors=True, http_credentials={"username": "ann", "password": "a long password"}
    )
    refused: list[str] = []
    context.on("response", lambda reply: refused.append(f"{reply.status} {reply.url}") if reply.status > 399 else None)
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page = context.new_page()
    page.goto(proxied)
    page.locator("#question textarea").fill("What did Nazarbayev say about Baikonur?")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#cards .qa-card").first).to_contain_text("Our cooperation at Baikonur")
    with context.expect_page() as opened:
        page.locator("#cards .qa-read").first.click()
    expect(opened.value.locator("mark")).to_contain_text("Our cooperation at Baikonur")
    go_to(page, "Library")
    small = tmp_path / "small.txt"
    small.write_text(TALK, encoding="utf-8")
    sent = page.evaluate(  # more than nginx takes unless told
        """async () => {
          const form = new FormData();
          form.append("files", new Blob(["x".repeat(2 ** 21)]), "noise.txt");
          return (await fetch("api/transcripts", { method: "POST", body: form })).status;
        }"""
    )
    assert sent == 422  # it came through, and is no transcript
    refused.clear()
    with page.expect_file_chooser() as chooser:
        page.locator("#library-add").click()
    chooser.value.set_files([small])
    expect(page.locator("#library-report tbody tr")).to_contain_text("added")
    assert not refused
    assert asked == {urlsplit(proxied).netloc}
    context.close()
