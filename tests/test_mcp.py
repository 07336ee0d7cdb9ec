"""The MCP server, asked by the official client: in this process, over standard input and output, over HTTP."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

import qa
from qa import mcp_server
from qa.errors import MissingExtraError

ROOT = Path(__file__).parents[1]
BAIKONUR = "What did Nazarbayev say about Baikonur?"
WEATHER = "I am glad to have stayed in Sochi in this wonderful weather."
MEETING = "kremlin-2017-10-12-putin-nazarbayev"
TOOLS = {"ask", "search", "read_passage", "list_people", "list_transcripts", "check_quotation"}

pytestmark = pytest.mark.model


def talk(server: Any, say: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(server) as client:
            return await say(client)

    with ThreadPoolExecutor(1) as other:  # a browser's own loop may run in this thread, from an earlier test
        return other.submit(anyio.run, session).result()


def call(server: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    result = talk(server, lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    assert "not instructions" in found["notice"]
    return found


def refused(server: Any, tool: str, **arguments: Any) -> str:
    result = talk(server, lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    return " ".join(part.text for part in result.content)


@pytest.fixture(scope="module")
def server(sample: qa.Assistant) -> Any:
    return mcp_server.build(sample)


def test_the_tools_are_explained_and_only_look(server: Any) -> None:
    tools = talk(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description and tool.annotations.read_only_hint is True
        assert tool.input_schema["type"] == "object"


def test_ask_quotes_verbatim(server: Any, sample: qa.Assistant) -> None:
    found = call(server, "ask", question=BAIKONUR)
    citation = found["citations"][0]
    turn = sample.transcript(citation["transcript_id"]).turns[citation["turn"]]
    assert found["found"] and turn.speaker == citation["speaker"] == "Nursultan Nazarbayev"
    assert "".join(turn.text[citation["start"] : citation["end"]].split()) == "".join(citation["quote"].split())


def test_ask_says_that_it_was_not_said(server: Any) -> None:
    assert call(server, "ask", question="What did Putin say about penguins?")["found"] is False


def test_ask_follows_up(server: Any) -> None:
    found = call(server, "ask", question="What did he say about the weather?", history=[BAIKONUR])
    assert found["understood"]["speakers"] == ["Nursultan Nazarbayev"]


def test_search_and_read_what_stands_around(server: Any) -> None:
    hit = call(server, "search", query="Baikonur", k=1)["hits"][0]
    read = call(server, "read_passage", transcript=hit["transcript_id"], turn=hit["best"][0], turns=1)
    assert read["turns"][0]["speaker"] in hit["speakers"] and "Baikonur" in read["turns"][0]["text"]
    assert call(server, "read_passage", transcript=MEETING, turn=9999)["turns"] == []


def test_people_and_transcripts(server: Any) -> None:
    people = call(server, "list_people", name="nazarbayev")
    assert [person["name"] for person in people["people"]] == ["Nursultan Nazarbayev"]
    (info,) = call(server, "list_transcripts", words="sochi", since="2017-01-01")["transcripts"]
    assert info["id"] == MEETING and "/home" not in str(info)
    assert call(server, "list_transcripts", until="2016-01-01")["total"] == 0


def test_check_quotation(server: Any) -> None:
    assert call(server, "check_quotation", quote=WEATHER, speaker="Nazarbayev")["verdict"] == "verbatim"
    other = call(server, "check_quotation", quote=WEATHER, speaker="Putin")
    assert other["verdict"] == "other-speaker" and other["citation"]["speaker"] == "Nursultan Nazarbayev"


def test_mistakes_are_told_in_a_sentence(server: Any) -> None:
    assert "Zelda" in refused(server, "ask", question="Why?", speaker="Zelda Quux")
    assert "nothing" in refused(server, "read_passage", transcript="nothing", turn=0)
    assert "2000" in refused(server, "ask", question="why " * 700)
    assert "no words" in refused(server, "check_quotation", quote="…")


def test_over_standard_input_and_output(sample: qa.Assistant) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "qa", "mcp", "--index", str(sample.folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    async def session(client: Client) -> Any:
        return await client.list_tools(), await client.call_tool("ask", {"question": BAIKONUR})

    tools, answer = talk(server, session)
    assert {tool.name for tool in tools.tools} == TOOLS
    assert "Baikonur" in answer.structured_content["citations"][0]["quote"]


def test_the_missing_extra_names_its_pip_line(sample: qa.Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **named: Any) -> Any:
        if name.partition(".")[0] in {"mcp", "mcp_types"}:
            raise ImportError(name)
        return real(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r'pip install "transcript-qa\[mcp\]"'):
        mcp_server.build(sample)
