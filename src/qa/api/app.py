"""The REST API, mounted at /api: ask, search, transcripts, people, quotations, timelines, health."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import anyio
from fastapi import Depends, FastAPI, File, Header, Query, Request, UploadFile
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import AfterValidator

import qa
from qa import types
from qa.api import models, stream
from qa.api.desk import Desk
from qa.api.documented import describe
from qa.api.models import AskRequest, CheckRequest, Form, Health, Problem, Ready, SearchRequest, Short
from qa.api.problems import MEDIA_TYPE, ApiError, add_handlers, problem, told
from qa.assistant import Assistant, Conversation
from qa.errors import QAError, UnknownTranscriptError
from qa.export import MEDIA_TYPES, at_home, export, file_name
from qa.read import own_json
from qa.types import Answer

_EVENTS = "text/event-stream"
_UPLOADS_WAITING = 20
_DOC = {
    "title": "transcript-qa",
    "description": (
        "Who said what? Verbatim, speaker-attributed quotations from transcripts. Every quotation was checked against "
        "its transcript: with whitespace removed it equals the words of the turn it names. Texts of transcripts are "
        "other people's words: show them as text."
    ),
}
Several = Annotated[list[Short] | None, Query(max_length=100)]
Day = Annotated[Short | None, Query(description="ISO day.", examples=["2017-10-12"])]


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": "See `detail`.", "model": Problem, "content": content} for status in statuses}


_ALWAYS = _refusals(400, 401, 403, 421, 422, 429, 500, 503)
_WITH_BODY = {**_ALWAYS, **_refusals(413, 415)}
_ASKED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; in another form, where `format` or `Accept` ask for one.",
        "content": {
            "application/json": {},
            _EVENTS: {"schema": {"type": "string", "description": "Events: understood, sentence, done, error."}},
            **{media: {"schema": {"type": "string"}} for form, media in MEDIA_TYPES.items() if form != "json"},
        },
    }
}


def _json_only(request: Request) -> None:
    _of_type(request, "application/json", "a JSON body (Content-Type: application/json)")


def _multipart_only(request: Request) -> None:
    _of_type(request, "multipart/form-data", 'files as multipart/form-data, in fields named "files"')


def _of_type(request: Request, wanted: str, words: str) -> None:
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != wanted:
        raise ApiError(415, f"Expected {words}.")


def create_api(assistant: Assistant, desk: Desk | None = None) -> FastAPI:
    """The application to be mounted at /api.

    Args:
        assistant: answers; its methods are called from several threads.
        desk: where questions wait for their turn; one of its own when None.
    """
    api = FastAPI(
        title=_DOC["title"], version=qa.__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json",
        servers=[{"url": "/api"}], root_path_in_servers=False,
    )  # fmt: skip
    add_handlers(api)
    settings = assistant.settings
    desk = desk or Desk(settings.parallel, settings.max_waiting)
    _add_asking(api, assistant, desk)
    _add_looking(api, assistant, desk)
    _add_changing(api, assistant, desk)
    _add_health(api, assistant, desk)

    def document() -> dict[str, Any]:
        if api.openapi_schema is None:
            found = get_openapi(
                title=api.title, version=api.version, description=_DOC["description"], routes=api.routes,
                servers=api.servers,
            )  # fmt: skip
            api.openapi_schema = describe(found)
        return api.openapi_schema

    api.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way to extend the description
    return api


# ------------------------------------------------------------------ asking


def _add_asking(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    def begun(wanted: AskRequest) -> tuple[Conversation, types.Question]:
        """The conversation so far, and the question understood: whatever is wrong with it comes up here."""
        chat = assistant.conversation(wanted.history)
        return chat, chat.understand(wanted.question, **_limits(wanted))

    async def events(chat: Conversation, understood: types.Question, wanted: AskRequest) -> AsyncIterator[str]:
        yield stream.event("understood", asdict(understood))
        try:
            answer = await desk.run(chat.ask, wanted.question, **_limits(wanted))
        except Exception as error:
            status, sentence = told(error)
            yield stream.event("error", {"status": status, "detail": sentence})
            return
        for one in stream.events(at_home(answer)):
            yield one

    @api.post(
        "/ask", response_model=Answer, responses={**_ASKED, **_WITH_BODY}, dependencies=[Depends(_json_only)],
        summary="Answer a question with checked quotations, or say that nobody said it", tags=["asking"],
    )  # fmt: skip
    async def ask(
        wanted: AskRequest,
        form: Annotated[Form | None, Query(alias="format", description="Write the answer in this form.")] = None,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Any:
        chat, understood = await desk.run(begun, wanted)
        wished = form or _wished(accept)
        if wished == "events":
            return StreamingResponse(
                events(chat, understood, wanted), media_type=_EVENTS, headers={"Cache-Control": "no-store"}
            )
        answer = at_home(await desk.run(chat.ask, wanted.question, **_limits(wanted)))
        if wished == "json":
            return answer
        return Response(export(answer, wished), media_type=MEDIA_TYPES[wished])

    @api.post(
        "/search", response_model=list[types.Hit], responses=_WITH_BODY, dependencies=[Depends(_json_only)],
        summary="Find excerpts worth reading", tags=["asking"],
    )  # fmt: skip
    async def search(wanted: SearchRequest) -> Any:
        return await desk.run(assistant.search, wanted.query, wanted.k, size=wanted.size, **_limits(wanted))

    @api.get(
        "/search", response_model=list[types.Hit], responses=_ALWAYS, tags=["asking"],
        summary="Find excerpts worth reading",
    )  # fmt: skip
    async def search_by_address(
        q: Annotated[str, Query(description="Words, or a question."), AfterValidator(models.whole)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        size: Annotated[int | None, Query(ge=0, le=10_000)] = None,
        transcript: Several = None,
        speaker: Several = None,
        since: Day = None,
        until: Day = None,
    ) -> Any:
        return await desk.run(
            assistant.search, q, k, size=size, transcript=transcript, speaker=speaker, since=since, until=until
        )

    @api.post(
        "/check-quotation", response_model=types.QuotationCheck, responses=_WITH_BODY, tags=["asking"],
        dependencies=[Depends(_json_only)], summary="Check whether somebody said these words",
    )  # fmt: skip
    async def check_quotation(wanted: CheckRequest) -> Any:
        return at_home(await desk.run(assistant.check_quotation, wanted.quote, wanted.speaker, wanted.transcript))

    @api.get(
        "/timeline", response_model=types.Timeline, responses=_ALWAYS, tags=["asking"],
        summary="When and how often a topic was spoken about",
    )  # fmt: skip
    async def timeline(
        topic: Annotated[str, Query(examples=["Baikonur"]), AfterValidator(models.whole)],
        speaker: Several = None,
        transcript: Several = None,
        since: Day = None,
        until: Day = None,
    ) -> Any:
        found = await desk.run(
            assistant.timeline, topic, speaker, since=since, until=until, transcript=transcript
        )  # fmt: skip
        return at_home(found)


def _wished(accept: str) -> str:
    """What an Accept header asks for most: a form of `qa.export`, or "events"; of equal wishes the first."""
    offered = {media: form for form, media in MEDIA_TYPES.items()} | {_EVENTS: "events"}
    wishes = []
    for n, part in enumerate(accept.lower().split(",")):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        if media in offered and re.fullmatch(r"[01](?:\.\d{0,3})?", weight):
            wishes.append((-float(weight), n, offered[media]))
    return min(wishes)[2] if wishes else "json"


def _limits(wanted: models.Limits) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ("transcript", "speaker", "since", "until")}


# ------------------------------------------------------------------ looking


def _add_looking(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    @api.get(
        "/transcripts", response_model=list[types.TranscriptInfo], responses=_ALWAYS, tags=["transcripts"],
        summary="Every transcript, without its text",
    )  # fmt: skip
    async def transcripts() -> Any:
        return at_home(await desk.run(assistant.transcripts))

    @api.get(
        "/transcripts/{id:path}", responses={**_ALWAYS, **_refusals(404)}, tags=["transcripts"],
        summary="A whole transcript in the format qa-transcript/1", response_model=dict[str, Any],
    )  # fmt: skip
    async def transcript(id: str) -> Any:
        found = await desk.run(_exactly, assistant, id)
        return JSONResponse(own_json.to_dict(replace(found, source=file_name(found.source))))

    @api.get(
        "/people", response_model=list[types.PersonInfo], responses=_ALWAYS, tags=["people"],
        summary="Everybody who speaks or is named as present",
    )  # fmt: skip
    async def people(
        samples: Annotated[bool, Query(description="With the beginning of something each said.")] = False,
    ) -> Any:
        return await desk.run(assistant.people, samples=samples)


def _exactly(assistant: Assistant, id: str) -> types.Transcript:
    """The transcript of that very id: an address names one thing, not what begins so."""
    if all(info.id != id for info in assistant.transcripts()):
        raise ApiError(404, "There is no such transcript. List them: GET /api/transcripts")
    return assistant.transcript(id)


# ------------------------------------------------------------------ changing


def _add_changing(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    writing = Desk(1, _UPLOADS_WAITING)  # of its own, so that questions do not wait for files

    @api.post(
        "/transcripts", status_code=201, response_model=types.AddReport, tags=["transcripts"],
        responses={**_WITH_BODY, 200: {"model": types.AddReport, "description": "Nothing new: see `skipped`."}},
        dependencies=[Depends(_multipart_only)], summary="Add or update transcripts from files",
    )  # fmt: skip
    async def upload(
        response: Response, files: Annotated[list[UploadFile], File(description="Transcripts in any readable format.")]
    ) -> Any:
        report = await writing.run(_added, assistant, files)
        if not (report.added or report.updated or report.skipped):
            reasons = [f"{one.path}: {one.reason}" for one in report.failed]
            return problem(422, reasons[0] if reasons else "There is no file.", errors=reasons)
        response.status_code = 201 if report.added or report.updated else 200
        return report

    @api.delete(
        "/transcripts/{id:path}", status_code=204, responses={**_ALWAYS, **_refusals(404)}, tags=["transcripts"],
        summary="Forget a transcript",
    )  # fmt: skip
    async def remove(id: str) -> None:
        await writing.run(_removed, assistant, id)


def _removed(assistant: Assistant, id: str) -> None:
    _exactly(assistant, id)
    try:
        assistant.remove(id)
    except UnknownTranscriptError as error:  # somebody was quicker
        raise ApiError(404, "There is no such transcript any more.") from error


def _added(assistant: Assistant, files: Sequence[UploadFile]) -> types.AddReport:
    """Each file under its own name; what one of them is like does not matter to the others."""
    reports = []
    for upload in files:
        name = Path((upload.filename or "").replace("\\", "/")).name or "transcript"
        with tempfile.TemporaryDirectory(prefix="qa-upload-") as folder:
            path = Path(folder, "upload")
            with path.open("wb") as target:
                shutil.copyfileobj(upload.file, target)
            reports.append(_one_added(assistant, path, name))
    return types.AddReport(
        **{
            field.name: tuple(one for report in reports for one in getattr(report, field.name))
            for field in fields(types.AddReport)
        }
    )


def _one_added(assistant: Assistant, path: Path, name: str) -> types.AddReport:
    try:
        report = assistant.add_copy(path, name)
    except QAError as error:
        sentence = f"{error.problem} {error.remedy}" if isinstance(error, qa.ReadError) else told(error)[1]
        return types.AddReport(failed=(types.FileReport(name, reason=sentence),))
    changed = {
        field.name: tuple(_at_home_report(one, name) for one in getattr(report, field.name))
        for field in fields(types.AddReport)
    }
    return types.AddReport(**changed)


def _at_home_report(report: types.FileReport, name: str) -> types.FileReport:
    reason = report.reason.replace(report.path, name).replace(str(Path(report.path).absolute()), name)
    return replace(report, path=name, reason=reason)


# ------------------------------------------------------------------ health


def _add_health(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    @api.get("/health", responses=_ALWAYS, tags=["health"], summary="The server runs")
    async def health() -> Health:
        return Health(version=qa.__version__)

    @api.get("/ready", responses=_ALWAYS, tags=["health"], summary="The index can be asked")
    async def ready() -> Ready:
        return Ready(transcripts=len(await anyio.to_thread.run_sync(partial(assistant.transcripts))))
