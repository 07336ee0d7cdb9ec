"""What a visitor may name: uploaded files only, no other file of this machine and no address."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from starlette.testclient import TestClient

from qa.web.files import OwnFilesOnly, allowed, keep_private, upload_folder

SECRET = "/etc/passwd"
OWN = "127.0.0.1:7860"


def named(path: str, **more: object) -> dict[str, object]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}, **more}


def uploaded() -> str:
    return str(upload_folder() / "ab" / "a.txt")


async def anything(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body and gives it back."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


def test_only_uploaded_files_are_allowed() -> None:
    for path, wanted in (
        (uploaded(), True),
        (str(upload_folder() / ".." / "secret.txt"), False),
        (SECRET, False),
        ("http://127.0.0.1:9/a.txt", False),
    ):
        for value in (named(path), [named(path)], [["a", {"file": named(path)}]], {"x": {"y": [named(path)]}}):
            assert allowed(json.dumps({"data": [value, None]}).encode()) is wanted
    assert allowed(b'{"data": ["a question", null, {"speaker": "Anna"}]}')
    assert not allowed(b'{"meta": {"_type": "gradio.FileData"}}')


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (None, True),
        ("", True),
        ("/gradio_api/file={}", True),
        (f"http://{OWN}/gradio_api/file={{}}", True),
        (f"/gradio_api/file={SECRET}", False),
        ("/gradio_api/file={}/../../../etc/passwd", False),
        ("/gradio_api/file={}%2F..%2F..%2F..%2Fsecret", False),
        ("http://elsewhere.example/gradio_api/file={}", False),
        ("http://elsewhere.example/a.txt", False),
        ("http://[bad", False),
        (["x"], False),
    ],
)
def test_the_address_of_a_file_is_this_servers(address: Any, wanted: bool) -> None:
    url = address.format(uploaded()) if isinstance(address, str) else address
    assert allowed(json.dumps({"data": [named(uploaded(), url=url)]}).encode(), {OWN}) is wanted


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/call/ask", "/gradio_api/call/ask/", "/gradio_api/call/v2/ask", "/gradio_api/run/ask",
        "/gradio_api/api/ask", "/gradio_api/queue/join", "/gradio_api/component_server",
        "/gradio_api/component_server/", "//gradio_api/queue/join", "/GRADIO_API/call/ask",
        "/mounted/gradio_api/queue/join", "/gradio_api/none/yet",
    ],
)  # fmt: skip
def test_every_route_that_reads_a_call_is_looked_into(path: str) -> None:
    client, address = TestClient(OwnFilesOnly(anything)), f"http://{OWN}{path}"
    refused = client.post(address, json={"data": [named(SECRET)]})
    assert refused.status_code == 403 and "uploaded" in refused.json()["detail"]
    for good in ({"data": ["x"]}, {"data": [named(uploaded(), url=f"http://{OWN}/gradio_api/file={uploaded()}")]}):
        assert client.post(address, json=good).json() == good
    proxied = named(uploaded(), url=f"https://qa.example/gradio_api/file={uploaded()}")
    assert client.post(address, json=[proxied], headers={"Origin": "https://qa.example"}).status_code == 200


def test_nothing_is_fetched_from_elsewhere_for_a_visitor() -> None:
    client = TestClient(OwnFilesOnly(anything), base_url=f"http://{OWN}")
    for path in (
        "file=http://elsewhere.example/a",
        "file=HTTPS%3A//elsewhere.example/a",
        "file/http:/elsewhere.example",
    ):
        assert client.get(f"/gradio_api/{path}").status_code == 403
    assert client.get(f"/gradio_api/file={uploaded()}").status_code == 200


def test_the_library_takes_uploaded_files_only(tmp_path: Path) -> None:
    from qa.web.tabs.library import add_file

    state, report = add_file(None, tmp_path / "letter.txt")  # type: ignore[arg-type]  # nobody is to be asked
    assert state == "failed" and "not uploaded" in report.reason and str(tmp_path) not in report.reason


def test_the_library_tells_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import qa
    from qa.web.tabs.library import add_file

    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    (tmp_path / "letter.txt").write_text("A letter that nobody says.")
    with qa.open(tmp_path / "My index") as assistant:
        for name in ("letter.txt", "gone.txt"):
            state, report = add_file(assistant, tmp_path / name)
            assert state == "failed" and report.reason and report.path == name
            assert "My" not in report.reason and tmp_path.name not in report.reason


def test_an_upload_is_deleted_once_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa import AddReport
    from qa.types import FileReport
    from qa.web.tabs.library import _adder

    class Reader:
        def add_copy(self, path: Path) -> AddReport:
            assert path.read_text() == "x"
            return AddReport(added=(FileReport(str(path)),))

    def uploads() -> list[str]:
        files = []
        for name in "ab":
            (tmp_path / "cache" / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / "cache" / name / "talk.txt").write_text("x")
            files.append(str(tmp_path / "cache" / name / "talk.txt"))
        return [*files, str(own)]

    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    own = tmp_path / "own.txt"
    own.write_text("x")
    add: Any = _adder(Reader())  # type: ignore[arg-type]
    report, _ = list(add(uploads()))[-1]
    assert "2 files read, 1 failed" in report
    assert list((tmp_path / "cache").rglob("*")) == [] and own.exists()
    stopped = add(uploads())
    next(stopped)
    stopped.close()
    assert list((tmp_path / "cache").rglob("*")) == [] and own.exists()


@pytest.mark.model
def test_uploads_lie_in_a_folder_of_the_servers_own(site: str) -> None:
    folder = upload_folder()
    assert folder.name.startswith("qa-uploads-") and folder.stat().st_mode & 0o077 == 0
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with urlopen(Request(f"{site}/gradio_api/upload", body, kind)) as reply:
        (path,) = json.load(reply)
    assert Path(path).is_relative_to(folder) and Path(path).read_text() == "hello"
    call = json.dumps({"data": [named(path), "", None]}).encode()
    with pytest.raises(HTTPError) as refused:  # it is no quotation, but may be named
        urlopen(Request(f"{site}/gradio_api/call/nothing", call, {"Content-Type": "application/json"}))
    assert refused.value.code != 403


def test_a_folder_that_was_chosen_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    keep_private()
    assert upload_folder() == tmp_path.resolve()


@pytest.mark.model
@pytest.mark.parametrize("endpoint", ["ask", "check_quotation"])
def test_no_other_file_is_read_through_a_call(site: str, tmp_path: Path, endpoint: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody may read this")
    body = json.dumps({"data": [named(str(secret)), None, None][: 3 if endpoint == "ask" else 2]}).encode()
    request = Request(f"{site}/gradio_api/call/{endpoint}", body, {"Content-Type": "application/json"})
    with pytest.raises(HTTPError) as refused:
        urlopen(request)
    assert refused.value.code == 403


@pytest.mark.model
def test_no_body_is_held_before_its_size_is_known_to_be_allowed(site: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
    connection.putrequest("POST", "/gradio_api/call/ask")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(2**40))
    connection.endheaders()  # and nothing of the body
    assert connection.getresponse().status == 413
    connection.close()
