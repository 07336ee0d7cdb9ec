"""The tools of the served app, asked by the official client over streamable HTTP."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from mcp import Client


@pytest.mark.model
def test_the_served_app_has_the_tools(site: str) -> None:
    async def session() -> Any:
        async with Client(f"{site}/mcp") as client:
            tools = await client.list_tools()
            return tools, await client.call_tool("check_quotation", {"quote": "zebra budget doubled in spring"})

    tools, found = anyio.run(session)
    assert {"ask", "search", "check_quotation"} <= {tool.name for tool in tools.tools}
    assert found.structured_content["verdict"] == "verbatim"
    # markup of a transcript comes as the text it is
    assert found.structured_content["citation"]["speaker"].startswith("Mallory <img")
