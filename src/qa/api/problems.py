"""Errors as `application/problem+json` (RFC 9457): a status, its title, and one clear sentence."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from qa.errors import QAError, UnknownPersonError, UnknownTranscriptError, UsageError, WorldError

MEDIA_TYPE = "application/problem+json"
INSIDE = "Something went wrong inside. The server's log has the details; please try again."

_log = logging.getLogger(__name__)


class ApiError(QAError):
    """A refusal with a status of its own."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """The response; `detail` is shown to whoever asked, so it holds nothing of the server's own."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, status, headers, MEDIA_TYPE)


def told(error: BaseException) -> tuple[int, str]:
    """The status and the sentence of an error; what is not ours is logged and not shown."""
    if isinstance(error, ApiError):
        return error.status, str(error)
    if isinstance(error, UnknownTranscriptError | UnknownPersonError | UsageError):
        return 422, str(error)
    _log.error("a request failed", exc_info=error)
    if isinstance(error, WorldError):
        return 503, "The index cannot be used just now. The server's log has the details; please try again."
    return 500, INSIDE


def add_handlers(app: FastAPI) -> None:
    """Every error of an application becomes a problem."""

    def ours(request: Request, error: Exception) -> Response:
        status, sentence = told(error)
        return problem(status, sentence, {"Retry-After": "5"} if status == 503 else None)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        sentences = {
            404: "There is nothing at this address. See /api/openapi.json for what there is.",
            405: f"{request.method} is not possible here.",
            400: "The body of the request cannot be read.",
        }
        headers = dict(error.headers) if error.headers else None
        return problem(error.status_code, sentences.get(error.status_code, str(error.detail)), headers)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        lines = [_line(one) for one in error.errors()]
        more = f" ({len(lines) - 1} more)" if len(lines) > 1 else ""
        return problem(422, f"{lines[0]}{more}" if lines else "The request is not valid.", errors=lines)

    app.add_exception_handler(QAError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, ours)


def _line(error: Any) -> str:
    """One complaint, without the value complained about."""
    if error["type"] == "json_invalid":
        return "The body is not valid JSON."
    place = ".".join(str(part) for part in error["loc"] if part not in {"body", "query", "path"})
    reason = "no such field is known" if error["type"] == "extra_forbidden" else str(error["msg"])
    return f"{place or 'body'}: {reason[:1].lower()}{reason[1:]}.".replace("..", ".")
