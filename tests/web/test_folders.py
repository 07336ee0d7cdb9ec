"""No door tells of the server's folders: sources go by their bare names, failures of the index by a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import anyio
import gradio as gr
import pytest
from mcp import Client

from qa import mcp_server
from qa.api.desk import Desk as Turns
from qa.assistant import Assistant
from qa.errors import IndexFolderError, WorldError
from qa.web.ask import AskTab, endpoint
from qa.web.asking import Asked
from qa.web.desk import Desk
from qa.web.tabs import check, compare, parts, pictures

BAIKONUR = "What did Nazarbayev say about Baikonur?"
TURNS = Turns(2, 10)
FOLDER = "/srv/private/index"


class Broken:
    """An index whose disk is gone."""

    def __getattr__(self, name: str) -> Any:
        def fail(*args: Any, **named: Any) -> Any:
            raise IndexFolderError(f"{FOLDER}/store.sqlite: cannot be read. Check its permissions.")

        return fail


@pytest.mark.model
def test_programs_get_bare_names(sample: Assistant) -> None:
    answer = sample.ask(BAIKONUR)
    folder = answer.citations[0].source.rpartition("/")[0]  # type: ignore[union-attr]
    assert folder in str(asdict(answer))
    for found in (
        endpoint(sample, TURNS)(BAIKONUR),
        compare._endpoint(sample, TURNS)("Baikonur", ["Putin", "Nazarbayev"]),
        pictures._endpoint(sample, TURNS)("Baikonur"),
        check._endpoint(sample, TURNS)(answer.citations[0].quote),
    ):
        assert ".txt'" in str(found) and folder not in str(found)


@pytest.mark.model
def test_a_saved_conversation_has_bare_names(sample: Assistant) -> None:
    with gr.Blocks() as page:
        tab = AskTab(page, sample, TURNS)
    session = tab.desk.session(None)
    list(tab.desk.ask(session, Asked(BAIKONUR)))
    saved = tab._exported("json")(session)[tab.file]
    assert "Baikonur" in saved and str(sample.transcripts()[0].source).rpartition("/")[0] not in saved


def test_a_failing_index_is_told_without_its_folder() -> None:
    broken: Any = Broken()
    calls: list[Callable[[], Any]] = [
        lambda: endpoint(broken, TURNS)("Why?"),
        lambda: compare._endpoint(broken, TURNS)("x", ["a", "b"]),
        lambda: pictures._endpoint(broken, TURNS)("x"),
        lambda: check._endpoint(broken, TURNS)("x"),
    ]
    for call in calls:
        with pytest.raises(gr.Error) as refusal:
            call()
        assert "cannot be used" in str(refusal.value) and FOLDER not in str(refusal.value)
    text, answer = Desk(broken, TURNS)._answer(broken, Asked("Why?"))
    assert answer is None and "cannot be used" in text and FOLDER not in text
    assert FOLDER not in parts.refused(WorldError(f"{FOLDER}: is full."))


def test_a_tool_tells_no_folder() -> None:
    async def session() -> Any:
        async with Client(mcp_server.build(Broken())) as client:  # type: ignore[arg-type]
            return [await client.call_tool(tool, arguments) for tool, arguments in (
                ("ask", {"question": "Why?"}), ("list_people", {}), ("check_quotation", {"quote": "x"}),
            )]  # fmt: skip

    with ThreadPoolExecutor(1) as other:  # the browser's own loop runs here
        results = other.submit(anyio.run, session).result()
    for result in results:
        text = " ".join(part.text for part in result.content)
        assert result.is_error and "cannot be used" in text and "srv" not in text
