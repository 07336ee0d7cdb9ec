"""Which files a visitor may name to Gradio's routes: those uploaded through them, and nothing else."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from qa.web.guard import headers_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD = "/gradio_api/upload"
_FILE = "/gradio_api/file="
_REFUSED = "A file may be named here only after it was uploaded here."
_ADDRESS = re.compile(r"file[=/]/*[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


class OwnFilesOnly:
    """Refuses calls that name a file elsewhere on this machine, or an address to be fetched.

    Whatever of Gradio's routes reads JSON is looked into, not only those that take files today; so it holds a whole
    body, and must stand behind what limits a body's size.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "gradio_api" not in scope["path"].lower():
            await self.app(scope, receive, send)
        elif _ADDRESS.search(scope["path"]):
            await _refuse(scope, receive, send)
        elif scope["method"] in {"GET", "HEAD", "OPTIONS"} or scope["path"].rstrip("/") == UPLOAD:
            await self.app(scope, receive, send)
        else:
            await self._looked_into(scope, receive, send)

    async def _looked_into(self, scope: Scope, receive: Receive, send: Send) -> None:
        held: list[Message] = []
        while not held or held[-1].get("more_body"):
            held.append(await receive())
        if not allowed(b"".join(message.get("body", b"") for message in held), _own_places(scope)):
            await _refuse(scope, receive, send)
            return
        rest = iter(held)

        async def again() -> Message:
            return next(rest, None) or await receive()

        await self.app(scope, again, send)


def upload_folder() -> Path:
    """Where Gradio puts what is uploaded."""
    return Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio").resolve()


def keep_private() -> None:
    """Give this process a folder of its own for uploads, gone when it ends, unless GRADIO_TEMP_DIR names one.

    Gradio's own is one for all users of the machine, and stays. To be called before Gradio is imported.
    """
    if not os.environ.get("GRADIO_TEMP_DIR"):
        folder = tempfile.mkdtemp(prefix="qa-uploads-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["GRADIO_TEMP_DIR"] = folder


def discard(path: str | Path) -> None:
    """Delete an uploaded file; nothing else, and nothing when it is gone."""
    if is_uploaded(path):
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
            Path(path).parent.rmdir()  # named by the bytes; another file may lie there


def is_uploaded(path: str | Path) -> bool:
    """The path lies where uploads do."""
    try:
        return Path(path).resolve().is_relative_to(upload_folder())
    except (ValueError, OSError):
        return False


def allowed(body: bytes, own: Collection[str] = ()) -> bool:
    """Every file that a call's JSON names lies where uploads do; what is no JSON names none.

    Args:
        own: hosts, with ports, under which this server's own addresses may be written.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return b"FileData" not in body
    return all(_is_own(named, own) for named in _files(found))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    """Whatever Gradio might take for a file, at any depth."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            meta = one.get("meta")
            if isinstance(meta, dict) and "FileData" in str(meta.get("_type")):
                yield one
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)


def _is_own(named: dict[str, Any], own: Collection[str]) -> bool:
    """Its path was uploaded; its address, where it has one, is this server's for such a file."""
    path, address = named.get("path"), named.get("url")
    if not isinstance(path, str) or "://" in path or not is_uploaded(path):
        return False
    if not address:
        return True
    try:
        parts = urlsplit(address)
        _, sign, place = unquote(parts.path).partition(_FILE)
    except (ValueError, TypeError, AttributeError):
        return False
    return bool(sign) and (not (parts.scheme or parts.netloc) or parts.netloc.lower() in own) and is_uploaded(place)


def _own_places(scope: Scope) -> set[str]:
    """The hosts a browser knows this server by; the guard has looked at both."""
    headers = headers_of(scope)
    try:
        origin = urlsplit(headers.get("origin", "").lower()).netloc
    except ValueError:
        origin = ""
    return {headers.get("host", "").lower(), origin} - {""}


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    from qa.api.problems import problem

    await problem(403, _REFUSED)(scope, receive, send)
