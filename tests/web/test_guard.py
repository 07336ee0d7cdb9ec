"""The guard: who may ask, from where, how much and how often."""

from __future__ import annotations

import base64
import socket
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.errors import SettingError, UsageError
from qa.settings import Settings
from qa.web.guard import Guard, Policy, is_loopback, users
from qa.web.serve import _policy

SECRET = "open:sesame"
PATHS = ("/", "/transcript/x", "/api/ask", "/api/health", "/mcp", "/gradio_api/info", "/config")


async def anything(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body and says how long it was."""
    n, more = 0, True
    while more:
        message = await receive()
        n += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(n).encode()})


def client(**policy: Any) -> TestClient:
    return TestClient(Guard(anything, Policy(**policy)), base_url="http://127.0.0.1:7860")


def basic(secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


@pytest.mark.parametrize("path", PATHS)
def test_every_route_demands_the_password(path: str) -> None:
    guarded = client(users=users([SECRET]))
    refused = guarded.get(path)
    assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Basic ")
    assert refused.headers["content-type"] == "application/problem+json" and "sesame" not in refused.text
    assert guarded.get(path, headers=basic(SECRET)).status_code == 200
    for wrong in ("open:sesamE", "open:", ":sesame", "open", "", SECRET + "x"):
        assert guarded.get(path, headers=basic(wrong)).status_code in {401, 429}


def test_what_is_no_basic_login_is_refused() -> None:
    guarded = client(users=users([SECRET]))
    good = base64.b64encode(SECRET.encode()).decode()
    for header in (f"Bearer {good}", "Basic ???", "Basic", good):
        assert guarded.get("/", headers={"Authorization": header}).status_code == 401


def test_several_users_from_the_environment() -> None:
    two = users((), {"QA_AUTH": "ann:one, bob:two:three"})
    guarded = client(users=two)
    assert guarded.get("/", headers=basic("ann:one")).status_code == 200
    assert guarded.get("/", headers=basic("bob:two:three")).status_code == 200
    assert guarded.get("/", headers=basic("ann:two:three")).status_code == 401
    assert users(["x:y"], {"QA_AUTH": SECRET}) == users(["x:y"], {})


@pytest.mark.parametrize("bad", ["secretword", "secretword:", ":secretword", " :secretword"])
def test_a_bad_login_is_told_without_repeating_it(bad: str) -> None:
    with pytest.raises(UsageError) as refusal:
        users([bad])
    assert "secretword" not in str(refusal.value)


def test_secrets_are_in_no_representation() -> None:
    policy = Policy(users=users([SECRET]))
    assert "sesame" not in repr(policy) and repr(policy.users[0]) not in repr(policy)


def test_who_guesses_is_told_to_wait_even_when_the_guess_is_right() -> None:
    guarded = client(users=users([SECRET]))
    answers = [guarded.get("/", headers=basic(f"open:{n}")).status_code for n in range(12)]
    assert answers[:10] == [401] * 10 and answers[-1] == 429
    assert guarded.get("/", headers=basic(SECRET)).status_code == 429


def test_who_guesses_locks_out_nobody_else_of_that_address() -> None:
    guarded = client(users=users([SECRET, "ann:one"]))
    assert guarded.get("/", headers=basic(SECRET)).status_code == 200
    for n in range(12):
        guarded.get("/", headers=basic(f"open:{n}"))
    assert guarded.get("/", headers=basic("ann:one")).status_code == 200  # another name
    assert guarded.get("/", headers=basic(SECRET)).status_code == 200  # logged in before


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860"])
def test_the_machines_own_names_are_answered(host: str) -> None:
    assert client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:7860", "evil.example:127.0.0.1", "", "[::2]"])
def test_other_names_are_not(host: str) -> None:
    refused = client().get("/", headers={"Host": host})
    assert refused.status_code == 421 and "QA_HOSTS" in refused.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://[bad"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_cannot_send_anything(headers: dict[str, str]) -> None:
    for method in ("POST", "DELETE", "PUT"):
        assert client().request(method, "/api/transcripts", headers=headers).status_code == 403


def test_another_sites_page_cannot_read_anything() -> None:
    foreign = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    for method in ("GET", "HEAD", "OPTIONS"):  # Gradio would allow that origin to read, where others are let in
        assert client().request(method, "/config", headers=foreign).status_code == 403
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://127.0.0.1:7860"}):  # a link; the own page
        assert client().get("/", headers=headers).status_code == 200


def test_the_own_page_can() -> None:
    own = {"Origin": "http://127.0.0.1:7860", "Sec-Fetch-Site": "same-origin"}
    assert client().post("/api/ask", headers=own).status_code == 200


def test_each_client_has_a_rate_of_its_own() -> None:
    guarded = client(users=users(["ann:one", "bob:two"]), per_minute=3)
    asked = [guarded.post("/api/ask", headers=basic("ann:one")).status_code for _ in range(5)]
    assert asked == [200, 200, 200, 429, 429]
    assert guarded.post("/api/ask", headers=basic("bob:two")).status_code == 200
    assert guarded.get("/theme.css", headers=basic("ann:one")).status_code == 200
    assert guarded.get("/api/search?q=x", headers=basic("ann:one")).status_code == 429


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "most"), [("/api/ask", 100), ("/api/transcripts", 1000), ("/gradio_api/upload", 1000)]
)
def test_bodies_have_a_largest_size(path: str, most: int, chunked: bool) -> None:
    guarded = client(max_request=100, max_upload=1000)

    def body(n: int) -> Any:
        return iter([b"x" * (n // 2), b"x" * (n - n // 2)]) if chunked else b"x" * n

    assert guarded.post(path, content=body(most)).text == str(most)
    refused = guarded.post(path, content=body(most + 1))
    assert refused.status_code == 413 and "at most" in refused.json()["detail"]


def test_which_addresses_are_this_machines_alone() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.9.1", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "example.org", "")))


def others_let_in(**settings: Any) -> TestClient:
    policy = _policy(Settings(**settings), (), "archive", alone=False)
    return TestClient(Guard(anything, policy), base_url="http://192.168.1.5:7860")


@pytest.mark.parametrize(
    "host", ["192.168.1.5:7860", "[fe80::1]:7860", "10.0.0.7", "localhost:7860", "Archive:7860", socket.gethostname()]
)
def test_where_others_are_let_in_known_names_and_addresses_are_answered(host: str) -> None:
    assert others_let_in().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example:7860", "192.168.1.5.evil.example", "archive.evil.example", "1", ""])
def test_where_others_are_let_in_no_foreign_name_is(host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}"}  # what a rebound page sends is of one origin to the browser
    assert others_let_in().delete("/api/transcripts/x", headers=own).status_code == 421
    assert client().get("/", headers={"Host": "192.168.1.5:7860"}).status_code == 421


@pytest.mark.parametrize("alone", [True, False])
def test_a_proxys_name_is_the_servers_own_when_told(alone: bool) -> None:
    policy = _policy(Settings(hosts="qa.example.org, talks.example:8443"), alone=alone)
    guarded = TestClient(Guard(anything, policy), base_url="http://127.0.0.1:7860")
    for host in ("qa.example.org", "talks.example:8443", "127.0.0.1:7860"):  # passed on, or not
        for origin in ("https://qa.example.org", "https://talks.example:8443"):
            assert guarded.post("/api/ask", headers={"Host": host, "Origin": origin}).status_code == 200
    for origin in ("https://talks.example", "https://qa.example.org:9", "https://evil.example"):
        assert guarded.post("/api/ask", headers={"Host": "127.0.0.1:7860", "Origin": origin}).status_code == 403


@pytest.mark.parametrize("bad", ["https://qa.example.org", "*", "qa.example.org/x", "a b", "qa.example.org, *"])
def test_what_is_no_host_is_refused_at_the_start(bad: str) -> None:
    with pytest.raises(SettingError, match="QA_HOSTS"):
        Settings(hosts=bad)
