"""Who may ask, from where, how much and how often: in front of the page, the API, MCP and transcripts alike.

The server answers only to names that are known to be its own, and to addresses in numbers where other machines are let
in, so that no web page can reach it under a name of its own (DNS rebinding); and a request must not come from a foreign
page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import os
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qa.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENVIRONMENT = "QA_AUTH"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_UPLOADS = ("/api/transcripts", "/gradio_api/upload")
_COSTLY = ("/api/search", "/api/timeline")  # besides everything that is no GET
_FREE = ("/gradio_api/heartbeat", "/gradio_api/reset", "/gradio_api/cancel")
_FAILURES = 10  # wrong passwords for one name from one address a minute
_LONGEST_NAME = 200  # characters of a user's name that are looked at
_MOST_CLIENTS = 10_000  # remembered at a time
_NOT_HERE = (
    "This server does not go by that name. Use its address in numbers, or localhost on the machine itself; for another "
    "name, start it with QA_HOSTS=name (as in the address, with the port unless it is 80 or 443)."
)
_BAD_AUTH = "Expected user:password for --auth or in QA_AUTH, both not empty. Several users: a comma between them."


@dataclass(frozen=True, slots=True)
class Policy:
    """What is allowed.

    Attributes:
        users: digests of "user:password"; empty = everybody may ask.
        hosts: names the server answers to, in small letters, without ports.
        addresses: it answers to every address in numbers, too: nobody but its owner can point one here.
        sites: further hosts, with ports unless 80 or 443, whose pages are the server's own: those of a proxy.
        per_minute: costly requests a client may send a minute; 0 = any number.
        max_request: bytes of a request that is no upload.
        max_upload: bytes of an upload.
    """

    users: tuple[bytes, ...] = field(default=(), repr=False)
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "::1"})
    addresses: bool = False
    sites: frozenset[str] = frozenset()
    per_minute: int = 0
    max_request: int = 2**20
    max_upload: int = 2**28


def users(given: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> tuple[bytes, ...]:
    """Digests of the users named on the command line, or else in QA_AUTH; the passwords are kept nowhere.

    Args:
        given: "user:password" each.
        environment: `os.environ` when None.

    Raises:
        UsageError: one is not of that form; the message does not repeat it.
    """
    variables = os.environ if environment is None else environment
    wanted = list(given) or [part.strip() for part in variables.get(ENVIRONMENT, "").split(",") if part.strip()]
    for one in wanted:
        name, _, password = one.partition(":")
        if not name.strip() or not password:
            raise UsageError(_BAD_AUTH)
    return tuple(_digest(one.encode("utf-8", "replace")) for one in wanted)


def is_loopback(address: str) -> bool:
    """Only this machine reaches that address."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name without the port, in small letters: "[::1]:7860" is "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()


class Guard:
    """ASGI middleware that lets through what the policy allows, and tells the rest why not."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app = app
        self.policy = policy
        self._asked = _Buckets(policy.per_minute)
        self._failed = _Buckets(_FAILURES)
        self._welcome: dict[str, None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = headers_of(scope)
        refusal = self._refusal(scope, headers)
        if refusal is None and scope["type"] == "http":
            most = self.policy.max_upload if _is_upload(scope) else self.policy.max_request
            if _number(headers.get("content-length")) > most:
                refusal = _too_large(most)
            else:
                await _Counted(self.app, most)(scope, receive, send)
                return
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _answer(refusal, scope, receive, send)

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> _Refusal | None:
        if not self._is_own_name(host_name(headers.get("host", ""))):
            return _Refusal(421, _NOT_HERE)
        if _is_foreign(scope, headers, self.policy.sites):
            return _Refusal(403, "The request comes from a page of another site. Ask from this server's own page.")
        client = (scope.get("client") or ("", 0))[0]
        if self.policy.users:
            user, right = self._user(headers.get("authorization", ""))
            refusal = self._login(client, user, right=right, tried="authorization" in headers)
            if refusal is not None:
                return refusal
            client = f"user {user}"
        if _is_costly(scope) and not self._asked.take(client):
            return _Refusal(
                429, f"At most {self.policy.per_minute} questions a minute. Wait a little.", {"Retry-After": "10"}
            )
        return None

    def _login(self, client: str, user: str, *, right: bool, tried: bool) -> _Refusal | None:
        """Wrong passwords are counted by address and name: those of one proxy share an address, and one of them who
        guesses must not lock out the others, nor who is logged in already. A right guess after too many is none."""
        who = f"{client} {user}"
        if right and (who in self._welcome or not self._failed.empty(who)):
            self._welcome[who] = None
            while len(self._welcome) > _MOST_CLIENTS:
                del self._welcome[next(iter(self._welcome))]
            return None
        if tried and not self._failed.take(who):
            return _Refusal(429, "Too many wrong passwords from this address. Wait a minute.", {"Retry-After": "60"})
        challenge = {"WWW-Authenticate": 'Basic realm="transcript-qa", charset="UTF-8"'}
        return _Refusal(401, "Name and password are needed.", challenge)

    def _is_own_name(self, host: str) -> bool:
        if host in self.policy.hosts or host in map(host_name, self.policy.sites):
            return True
        return self.policy.addresses and _is_address(host)

    def _user(self, authorization: str) -> tuple[str, bool]:
        """The name shown, and whether its password is right; every user is compared, whoever it is."""
        kind, _, encoded = authorization.partition(" ")
        try:
            secret = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return "", False
        shown = _digest(secret)
        matches = [hmac.compare_digest(shown, known) for known in self.policy.users]
        name = secret.partition(b":")[0].decode("utf-8", "replace")[:_LONGEST_NAME]
        return name, kind.lower() == "basic" and any(matches)


@dataclass(frozen=True, slots=True)
class _Refusal:
    status: int
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)


class _Buckets:
    """A bucket of tokens for each client, filled again at an even pace."""

    def __init__(self, per_minute: int) -> None:
        self._size = per_minute
        self._left: dict[str, tuple[float, float]] = {}

    def _now(self, client: str) -> tuple[float, float]:
        now = time.monotonic()
        tokens, last = self._left.get(client, (float(self._size), now))
        return min(self._size, tokens + (now - last) * self._size / 60), now

    def empty(self, client: str) -> bool:
        return self._size > 0 and self._now(client)[0] < 1

    def take(self, client: str) -> bool:
        """False when nothing is left."""
        if self._size <= 0:
            return True
        tokens, now = self._now(client)
        self._left.pop(client, None)  # the latest stand last
        self._left[client] = (tokens - 1 if tokens >= 1 else tokens, now)
        while len(self._left) > _MOST_CLIENTS:
            del self._left[next(iter(self._left))]
        return tokens >= 1


class _Counted:
    """Counts the bytes of a body that did not tell its length; one too long is refused."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        got, begun = 0, False

        async def counted() -> Message:
            nonlocal got
            if got > self.most:
                return {"type": "http.disconnect"}
            message = await receive()
            if message["type"] == "http.request":
                got += len(message.get("body", b""))
                if got > self.most:
                    return {"type": "http.request", "body": b"", "more_body": False}
            return message

        async def sent(message: Message) -> None:
            nonlocal begun
            if got > self.most and not begun:
                return  # what was made of half a body is nobody's answer
            begun = True
            await send(message)

        await self.app(scope, counted, sent)
        if got > self.most and not begun:
            await _answer(_too_large(self.most), scope, receive, send)


def _too_large(most: int) -> _Refusal:
    size = f"{most / 2**20:g} MiB" if most >= 2**20 else f"{most / 1024:g} KiB"
    return _Refusal(413, f"The request is too large; at most {size} are read. Send less.", {"Connection": "close"})


async def _answer(refusal: _Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    from qa.api.problems import problem

    await problem(refusal.status, refusal.sentence, refusal.headers)(scope, receive, send)


def headers_of(scope: Scope) -> dict[str, str]:
    """A request's headers by their names in small letters; of several alike, the last."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _is_foreign(scope: Scope, headers: Mapping[str, str], sites: Collection[str]) -> bool:
    """A browser says that another site's page sends something here, or wants to read the answer.

    Links from other pages come without an Origin, and are followed.
    """
    origin = headers.get("origin")
    if origin is not None:
        try:
            site = urlsplit(origin).netloc.lower()
        except ValueError:
            return True
        return site != headers.get("host", "").lower() and site not in sites
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return False
    return headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}


def _is_upload(scope: Scope) -> bool:
    return scope["method"] == "POST" and _path(scope).rstrip("/") in _UPLOADS


def _is_costly(scope: Scope) -> bool:
    path = _path(scope)
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return path.startswith(_COSTLY)
    return not path.startswith(_FREE)


def _path(scope: Scope) -> str:
    return str(scope.get("path", ""))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
