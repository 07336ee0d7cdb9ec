"""The tabs beside "Ask", in the order shown. Each is a module here with `build(assistant, desk) -> None`.

`build` is called once, inside the tab, when the page is put together; it names no API endpoint by accident
(`api_visibility="private"` on its events) escapes what it gives to `gr.HTML`, and asks at the desk, in its turn.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.web.tabs import check, compare, library, pictures, statements

TABS: tuple[tuple[str, Callable[[Assistant, Desk], None]], ...] = (
    ("Pictures", pictures.build),
    ("Compare", compare.build),
    ("Timeline", statements.build),
    ("Check a quotation", check.build),
    ("Library", library.build),
)
"""(what the tab is called, its `build`): one line a tab."""
