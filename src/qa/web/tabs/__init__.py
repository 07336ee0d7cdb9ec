"""The tabs beside "Ask", in the order shown. Each is a module here with `build(assistant) -> None`.

`build` is called once, inside the tab, when the page is put together; it names no API endpoint by accident
(`api_visibility="private"` on its events) and escapes what it gives to `gr.HTML`.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.assistant import Assistant
from qa.web.tabs import library, pictures

TABS: tuple[tuple[str, Callable[[Assistant], None]], ...] = (
    ("Library", library.build),
    ("Pictures", pictures.build),
)
"""(what the tab is called, its `build`): one line a tab."""
