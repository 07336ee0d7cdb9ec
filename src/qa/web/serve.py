"""The web server: Gradio's page at "/", transcripts at "/transcript/<id>", the API at "/api", MCP at "/mcp".

All of it stands behind one guard (`qa.web.guard`).
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant
from qa.errors import MissingExtraError, UnknownTranscriptError, UsageError, WorldError
from qa.settings import Settings
from qa.web.files import OwnFilesOnly, keep_private
from qa.web.guard import Guard, Policy, is_loopback
from qa.web.transcript import CSP as TRANSCRIPT_CSP
from qa.web.transcript import Marked, message_html, transcript_html

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import HTMLResponse
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from qa.api.desk import Desk

PAGE_CSP = "; ".join(
    (
        "default-src 'self'",
        # Gradio puts its settings in inline scripts and compiles the template of gr.HTML at run time
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": PAGE_CSP,
}
_SWITCH_S = 0.0005
"""How long a thread may keep Python to itself. A model's many short steps each wait for that long while others' answers
are made: 18 answers a second with Python's 0.005, 24 with this (2 cores, 10 askers, 4 at a time; 2026-11-25)."""
_RATE = 300
"""Costly requests a client may send a minute where other machines are let in and nothing else is set."""
_BAD_PORT = "Port {}: expected a whole number from 0 to 65535. Choose another, such as 7860."


class _Headers:
    """Adds `HEADERS` to every response that has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.datastructures import MutableHeaders

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


def create_app(assistant: Assistant, examples: Sequence[str] = (), policy: Policy | None = None) -> FastAPI:
    """The whole web application, ready for any ASGI server.

    Args:
        assistant: answers the questions; its methods are called from several threads.
        examples: sample questions; when empty, they are made from the transcripts.
        policy: who may ask; None = everybody on this machine.
    """
    _keep_gradio_quiet()
    keep_private()
    import gradio as gr
    from fastapi import FastAPI

    from qa.api.app import create_api
    from qa.api.desk import Desk
    from qa.web.page import build, theme
    from qa.web.style import PAGE_CSS
    from qa.web.tabs.look import TABS_CSS

    settings = assistant.settings
    desk = Desk(settings.parallel, settings.max_waiting)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.add_middleware(OwnFilesOnly)  # the first is the innermost: it holds bodies, so the guard limits them before
    app.add_middleware(Guard, policy=policy or _policy(settings))
    app.add_middleware(_Headers)
    _add_routes(app, assistant)
    app.mount("/api", create_api(assistant, desk))
    _add_mcp(app, assistant, desk)
    page = build(assistant, examples, desk)
    page.queue(default_concurrency_limit=settings.parallel, max_size=settings.max_waiting)
    # Gradio checks paths that visitors send only of a page that is launched, and mounting does not say so.
    page.has_launched = page.is_running = True
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"openapi_url": None, "redoc_url": None},
        theme=theme(),
        css=PAGE_CSS + TABS_CSS,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=f"{assistant.settings.max_file_mb}mb",
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    return mounted


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    examples: Sequence[str] = (),
    *,
    users: tuple[bytes, ...] = (),
    open_to_all: bool = False,
) -> None:
    """Serve until interrupted.

    Args:
        assistant: answers the questions.
        host: name or address to listen on; "0.0.0.0" lets other machines in.
        port: TCP port; 0 takes a free one.
        examples: as in `create_app`.
        users: who may ask, see `qa.web.guard.users`; empty = everybody who reaches the address.
        open_to_all: let other machines in without users.

    Raises:
        UsageError: the port is no port number, or other machines would be let in without users.
        WorldError: the address cannot be listened on, such as when the port is in use.
    """
    listener = _listen(host, port)
    try:
        alone = is_loopback(listener.getsockname()[0])
        if not (alone or users or open_to_all):
            raise UsageError(
                f"--host {host} lets other machines in. Say who may ask, with --auth user:password or QA_AUTH, "
                "or let everybody in with --no-auth."
            )
        import uvicorn

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _end)
            signal.signal(signal.SIGINT, _end)
        sys.setswitchinterval(_SWITCH_S)
        app = create_app(assistant, examples, _policy(assistant.settings, users, host, alone=alone))
        shown = f"[{host}]" if ":" in host else host
        threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
        print(f"Open http://{shown}:{listener.getsockname()[1]} (Ctrl-C stops)", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listener])
    finally:
        listener.close()


def _warm_up(assistant: Assistant) -> None:
    """While the visitor opens the page: the first question took 10 s on 2 cores, and takes 0.6 (2026-11-26)."""
    with suppress(Exception):  # the question itself will tell
        assistant.warm_up()


def _end(number: int, frame: object) -> None:
    """End as at the end of a program, with the folder of uploads tidied away; uvicorn gives the signal back to us."""
    warnings.filterwarnings("ignore", "coroutine .* was never awaited")  # it was about to begin
    raise SystemExit(128 + number)


def _policy(
    settings: Settings, users: tuple[bytes, ...] = (), host: str = "localhost", *, alone: bool = True
) -> Policy:
    """The settings as the guard's policy; `alone` on this machine, only its own names are answered to."""
    names = {"127.0.0.1", "localhost", "::1", host.lower()} | (set() if alone else {socket.gethostname().lower()})
    sites = frozenset(filter(None, (site.strip().lower() for site in settings.hosts.split(","))))
    rate = settings.rate_per_minute if settings.rate_per_minute >= 0 else 0 if alone else _RATE
    return Policy(
        users, frozenset(names), not alone, sites, rate, settings.max_request_kb * 2**10, settings.max_upload_mb * 2**20
    )  # fmt: skip


def port_number(text: str) -> int:
    """A port from text, such as an environment variable's.

    Raises:
        UsageError: it is not a whole number.
    """
    try:
        return int(text)
    except ValueError as error:
        raise UsageError(_BAD_PORT.format(text)) from error


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket: binding first keeps the refusal ours, and costs no loading of Gradio."""
    if not 0 <= port <= 65535:
        raise UsageError(_BAD_PORT.format(port))
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> WorldError:
    problem = error.strerror or str(error)
    return WorldError(
        f"Cannot listen on {host}, port {port}: {problem}. "
        f"Choose another port with --port {port + 1 if 1023 < port < 65535 else 7861}, or another --host."
    )


def _keep_gradio_quiet() -> None:
    """Nothing leaves the machine unless the user asks for it; Gradio reads these when imported."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The MCP sessions' time is the server's."""
    server = getattr(app.state, "mcp", None)
    if server is None:
        yield
        return
    async with server.session_manager.run():
        yield


def _add_mcp(app: FastAPI, assistant: Assistant, desk: Desk) -> None:
    """The tools at /mcp; without the extra, a line that names it."""
    from qa import mcp_server
    from qa.api.problems import problem

    try:
        server = mcp_server.build(assistant, desk.run)
    except MissingExtraError as error:
        sentence = str(error)
        app.add_api_route(
            "/mcp", lambda: problem(501, sentence), methods=["GET", "POST", "DELETE"], response_model=None
        )
        return
    app.state.mcp = server
    app.router.routes.extend(mcp_server.http_routes(server))


def _add_routes(app: FastAPI, assistant: Assistant) -> None:
    """Routes of our own; they stand before Gradio's, which take every other path."""
    from starlette.responses import HTMLResponse

    def page(html: str, status: int = 200) -> HTMLResponse:
        return HTMLResponse(html, status, {"Content-Security-Policy": TRANSCRIPT_CSP})

    def health() -> dict[str, Any]:
        return {"status": "ok", "transcripts": len(assistant.transcripts())}

    def transcript(
        id: str,
        turn: str | None = None,
        page_words: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> HTMLResponse:
        try:
            found = assistant.transcript(id)
        except UnknownTranscriptError as error:
            return page(message_html("No such transcript", str(error)), 404)
        return page(transcript_html(found, Marked.from_query(turn, page_words, start, end)))

    app.add_api_route("/health", health, methods=["GET"])
    app.add_api_route("/transcript/{id:path}", transcript, methods=["GET"], response_model=None)
