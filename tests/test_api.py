"""The REST API: the same fields as everywhere, errors as problems, nothing of the server's own shown."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

import qa
from qa import types
from qa.api.app import create_api
from qa.web.guard import Guard, Policy

CORPUS = Path(__file__).parents[1] / "corpus"
BAIKONUR = "What did Nazarbayev say about Baikonur?"
WEATHER = "I am glad to have stayed in Sochi in this wonderful weather."
MEETING = "kremlin-2017-10-12-putin-nazarbayev"
HEALTH = list(HealthCheck)
KEPT = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PROBLEM = "application/problem+json"

pytestmark = pytest.mark.model


def served(assistant: qa.Assistant, policy: Policy | None = None) -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guard, policy=policy or Policy(max_request=64 * 1024, max_upload=256 * 1024))
    app.mount("/api", create_api(assistant))
    return app


def talk(name: str, n: int = 3) -> str:
    """A transcript in the own format about a thing of that name."""
    turns = [{"speaker": f"Person {name}", "text": f"The {name} stands at place {i}, as ever."} for i in range(n)]
    return json.dumps({"format": "qa-transcript/1", "id": f"talk-{name}", "title": f"About {name}", "turns": turns})


@pytest.fixture(scope="module")
def app(sample: qa.Assistant) -> FastAPI:
    """Over the shared sample: look, do not change."""
    return served(sample)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[qa.Assistant]:
    with qa.open(tmp_path_factory.mktemp("api") / "index") as assistant:
        assistant.add(CORPUS)
        yield assistant


@pytest.fixture(scope="module")
def mine(own: qa.Assistant) -> Iterator[TestClient]:
    """Over an index that may be changed."""
    with TestClient(served(own), base_url="http://127.0.0.1") as client:
        yield client


def refused(response: Any, status: int, *parts: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    found: dict[str, Any] = response.json()
    assert found["status"] == status and found["title"] and found["type"] == "about:blank"
    assert found["detail"] and "\n" not in found["detail"] and "Traceback" not in response.text
    for part in parts:
        assert part in found["detail"], found
    return found


# ------------------------------------------------------------------ asking


def test_ask_has_the_fields_of_an_answer(client: TestClient) -> None:
    found = client.post("/api/ask", json={"question": BAIKONUR}).json()
    assert set(found) == {field.name for field in fields(types.Answer)}
    assert found["found"] and "Baikonur" in found["citations"][0]["quote"]
    assert set(found["citations"][0]) == {field.name for field in fields(types.Citation)}
    assert set(found["understood"]) == {field.name for field in fields(types.Question)}


def test_ask_understands_a_follow_up(client: TestClient) -> None:
    found = client.post("/api/ask", json={"question": "What did he say about the weather?", "history": [BAIKONUR]})
    assert found.json()["understood"]["speakers"] == ["Nursultan Nazarbayev"]


def test_not_said_is_an_answer_not_an_error(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "What did Putin say about penguins?"})
    assert response.status_code == 200
    assert response.json()["found"] is False and response.json()["reason"] == "not-said"


def read_events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_ask_streams_sentences_with_their_citations(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": BAIKONUR}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = read_events(response.text)
    names = [name for name, _ in events]
    assert names[0] == "understood" and names[-1] == "done" and set(names[1:-1]) == {"sentence"}
    done = events[-1][1]
    assert done == client.post("/api/ask", json={"question": BAIKONUR}).json()
    assert "\n".join(data["text"] for name, data in events if name == "sentence") == done["text"]
    shown = {c["n"]: c["quote"] for name, data in events if name == "sentence" for c in data["citations"]}
    assert shown == {n: c["quote"] for n, c in enumerate(done["citations"], 1)}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream, application/json", "text/event-stream"),
        ("text/event-stream;q=0.5, text/markdown;q=0.9", "text/markdown"),
        ("text/html, */*", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_wish_that_weighs_most_is_met(client: TestClient, accept: str, kind: str) -> None:
    response = client.post("/api/ask", json={"question": BAIKONUR}, headers={"Accept": accept})
    assert response.headers["content-type"].startswith(kind)


def test_a_stream_refuses_before_it_begins(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "why " * 700}, headers={"Accept": "text/event-stream"})
    refused(response, 422, "2000")


@pytest.mark.parametrize(
    ("form", "media", "part"),
    [
        ("markdown", "text/markdown", "## What did Nazarbayev"),
        ("bibtex", "application/x-bibtex", "@misc{nazarbayev2017"),
        ("csl-json", "application/vnd.citationstyles.csl+json", '"family": "Nazarbayev"'),
        ("plain", "text/plain", "— Nursultan Nazarbayev"),
    ],
)
def test_ask_writes_other_forms(client: TestClient, form: str, media: str, part: str) -> None:
    by_address = client.post("/api/ask", params={"format": form}, json={"question": BAIKONUR})
    by_header = client.post("/api/ask", json={"question": BAIKONUR}, headers={"Accept": media})
    assert by_address.text == by_header.text and part in by_address.text
    assert by_address.headers["content-type"].startswith(media)


def test_search_by_address_and_by_body_agree(client: TestClient) -> None:
    by_address = client.get("/api/search", params={"q": "Baikonur", "k": 2, "speaker": "Nazarbayev"})
    by_body = client.post("/api/search", json={"query": "Baikonur", "k": 2, "speaker": "Nazarbayev"})
    assert by_address.json() == by_body.json() and "Baikonur" in by_body.json()[0]["text"]
    assert set(by_body.json()[0]) == {field.name for field in fields(types.Hit)}


def test_check_quotation(client: TestClient) -> None:
    found = client.post("/api/check-quotation", json={"quote": WEATHER, "speaker": "Putin"}).json()
    assert found["verdict"] == "other-speaker" and found["citation"]["speaker"] == "Nursultan Nazarbayev"
    near = client.post("/api/check-quotation", json={"quote": WEATHER.replace("wonderful", "awful")}).json()
    assert near["differences"] == [{"quoted": "awful", "said": "wonderful"}]


def test_timeline(client: TestClient) -> None:
    found = client.get("/api/timeline", params={"topic": "Baikonur"}).json()
    assert found["dated"][0]["date"] == "2017-10-12" and "Baikonur" in found["dated"][0]["citations"][0]["quote"]


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ({"question": "x" * 2001}, ["2001", "2000"]),
        ({"question": "Why?", "history": ["a"] * 51}, ["51", "50"]),
        ({"question": "Why?", "speaker": "Zelda Quux"}, ["Zelda Quux"]),
        ({"question": "Why?", "transcript": "nothing"}, ["nothing"]),
        ({"question": "Why?", "since": "yesterday"}, ["2017-10-12"]),
        ({"question": 5}, ["question"]),
        ({"quesiton": "Why?"}, ["question", "1 more"]),
        ({"question": "Why?", "speeker": "Putin"}, ["speeker", "no such field"]),
        ([], ["body"]),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(client: TestClient, body: Any, parts: list[str]) -> None:
    refused(client.post("/api/ask", json=body), 422, *parts)


def test_the_body_must_be_json(client: TestClient) -> None:
    refused(client.post("/api/ask", content="question=Why"), 415, "application/json")
    refused(client.post("/api/ask", content="{", headers={"Content-Type": "application/json"}), 422, "not valid JSON")
    refused(client.post("/api/transcripts", json={}), 415, "multipart")


def test_addresses_of_nothing(client: TestClient) -> None:
    refused(client.get("/api/nothing"), 404)
    refused(client.get("/api/transcripts/nothing"), 404, "/api/transcripts")
    refused(client.get("/api/transcripts/kremlin"), 404)  # the beginning of an id is not an address
    refused(client.get("/api/ask"), 405, "GET")
    refused(client.get("/api/transcripts/..%2F..%2Fetc%2Fpasswd"), 404)


def test_half_a_character_breaks_nothing(client: TestClient) -> None:
    body = b'{"question": "What did \\ud800 say?", "speaker": "\\udfff"}'
    refused(client.post("/api/ask", content=body, headers={"Content-Type": "application/json"}), 422)


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_a_body_is_refused(client: TestClient, chunked: bool) -> None:
    body = b'{"question": "' + b"x" * 70_000 + b'"}'
    content: Any = iter([body[:40_000], body[40_000:]]) if chunked else body
    headers = {"Content-Type": "application/json"}
    refused(client.post("/api/ask", content=content, headers=headers), 413, "64 KiB")


def test_an_error_inside_shows_nothing_of_the_inside(sample: qa.Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **named: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(sample), "search", broken)
    with TestClient(served(sample), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        response = client.get("/api/search", params={"q": "x"})
    assert "secret" not in response.text
    refused(response, 500, "log")


def test_too_long_a_line_of_askers_is_told(sample: qa.Assistant) -> None:
    from qa.api.desk import Desk

    app = FastAPI()
    app.mount("/api", create_api(sample, Desk(1, 0)))
    with TestClient(app) as client:
        response = client.post("/api/ask", json={"question": BAIKONUR})
    refused(response, 503, "Too many")
    assert response.headers["retry-after"] == "5"


# ------------------------------------------------------------------ transcripts


def test_transcripts_and_people(client: TestClient) -> None:
    (info,) = client.get("/api/transcripts").json()
    assert set(info) == {field.name for field in fields(types.TranscriptInfo)} and info["id"] == MEETING
    whole = client.get(f"/api/transcripts/{MEETING}").json()
    assert whole["format"] == "qa-transcript/1" and len(whole["turns"]) == info["n_turns"]
    people = client.get("/api/people", params={"samples": True}).json()
    assert set(people[0]) == {field.name for field in fields(types.PersonInfo)} and people[0]["sample"]


def upload(client: TestClient, *files: tuple[str, str | bytes]) -> Any:
    return client.post("/api/transcripts", files=[("files", file) for file in files])


def test_upload_read_and_forget(mine: TestClient, own: qa.Assistant) -> None:
    response = upload(mine, ("lighthouse.json", talk("lighthouse")))
    assert response.status_code == 201
    (added,) = response.json()["added"]
    assert (added["path"], added["transcript_id"], added["n_turns"]) == ("lighthouse.json", "talk-lighthouse", 3)
    assert mine.post("/api/ask", json={"question": "Who spoke about the lighthouse?"}).json()["found"]
    assert upload(mine, ("lighthouse.json", talk("lighthouse"))).status_code == 200  # the same again
    assert mine.delete("/api/transcripts/talk-light").status_code == 404
    assert mine.delete("/api/transcripts/talk-lighthouse").status_code == 204
    refused(mine.delete("/api/transcripts/talk-lighthouse"), 404)
    assert [info.id for info in own.transcripts()] == [MEETING]


def test_an_uploaded_path_stays_a_name(mine: TestClient, own: qa.Assistant, tmp_path: Path) -> None:
    response = upload(mine, ("../../../evil<script>.json", talk("mast")), ("empty.txt", ""))
    assert response.status_code == 201
    report = response.json()
    assert report["added"][0]["path"] == "evil<script>.json"
    assert report["failed"][0]["path"] == "empty.txt" and report["failed"][0]["reason"]
    assert str(own.folder) not in response.text and "/tmp" not in response.text
    source = mine.get("/api/transcripts").text
    assert "/" not in json.loads(source)[-1]["source"] and str(own.folder) not in source
    mine.delete("/api/transcripts/talk-mast")


def test_files_that_are_no_transcripts_are_told(mine: TestClient, own: qa.Assistant) -> None:
    response = upload(mine, ("a.txt", "Nothing that anybody said."), ("b.bin", bytes(range(256)) * 8))
    found = refused(response, 422, "a.txt")
    assert len(found["errors"]) == 2
    assert str(own.folder) not in response.text and "/tmp" not in response.text
    refused(upload(mine, ("big.json", "x" * 300_000)), 413)


def test_reading_goes_on_while_an_upload_is_indexed(mine: TestClient) -> None:
    done = threading.Event()
    statuses: list[int] = []

    def send() -> None:
        statuses.append(upload(mine, ("harbour.json", talk("harbour", 600))).status_code)
        done.set()

    worker = threading.Thread(target=send)
    worker.start()
    seen, waits = set(), []
    while not done.is_set():
        begun = time.monotonic()
        answer = mine.post("/api/ask", json={"question": BAIKONUR})
        waits.append(time.monotonic() - begun)
        assert answer.status_code == 200 and answer.json()["found"]
        seen |= {info["n_turns"] for info in mine.get("/api/transcripts").json() if info["id"] == "talk-harbour"}
    worker.join()
    assert statuses == [201]
    assert len(waits) >= 3, waits
    assert seen <= {600}  # all of it or nothing
    assert mine.delete("/api/transcripts/talk-harbour").status_code == 204


# ------------------------------------------------------------------ the description


def test_every_field_of_the_description_is_explained(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    for name in ("Answer", "Citation", "QuotationCheck", "FileReport"):
        schema = document["components"]["schemas"][name]
        explained = [key for key, value in schema["properties"].items() if "description" in value]
        assert schema["description"] and len(explained) * 2 > len(schema["properties"]), name
    assert {"/ask", "/search", "/transcripts", "/transcripts/{id}", "/people", "/check-quotation", "/health",
            "/ready", "/timeline"} == set(document["paths"])  # fmt: skip
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)


def test_nothing_that_fits_the_description_breaks_the_server(own: qa.Assistant) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", served(own), headers={"Host": "127.0.0.1"})
    tried = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=HEALTH)
        @given(case=operation.as_strategy())
        def called(case: schemathesis.Case) -> None:
            response = case.call(headers={"Host": "127.0.0.1"})
            assert response.status_code < 500, response.text
            case.validate_response(response, checks=KEPT)

        called()
        tried.add(operation.label)
    assert {"POST /ask", "POST /transcripts", "DELETE /transcripts/{id}", "GET /timeline"} <= tried
    assert len(tried) == 12
