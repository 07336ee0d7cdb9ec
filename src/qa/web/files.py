"""Which files a visitor may name to Gradio's routes: those uploaded through them, and nothing else."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROUTES = ("/gradio_api/call", "/gradio_api/run", "/gradio_api/queue/join", "/gradio_api/api")
_REFUSED = b"A file may be named here only after it was uploaded here."


class OwnFilesOnly:
    """Refuses calls that name a file elsewhere on this machine, or an address to be fetched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith(_ROUTES):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        while not held or held[-1].get("more_body"):
            held.append(await receive())
        body = b"".join(message.get("body", b"") for message in held)
        if not allowed(body):
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": _REFUSED})
            return
        rest = iter(held)

        async def again() -> Message:
            return next(rest, None) or await receive()

        await self.app(scope, again, send)


def allowed(body: bytes) -> bool:
    """Every file that a call's JSON names lies where uploads do; what is no JSON names none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return b"FileData" not in body
    folder = Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio").resolve()
    try:
        return all(_inside(named, folder) for named in _files(found))
    except (ValueError, OSError, RecursionError):
        return False


def _files(value: Any) -> Iterator[dict[str, Any]]:
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


def _inside(named: dict[str, Any], folder: Path) -> bool:
    path = named.get("path")
    return isinstance(path, str) and "://" not in path and Path(path).resolve().is_relative_to(folder)
