"""An answer as server-sent events: what was understood, each sentence with its citations, then all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa.types import Answer

_MARK = re.compile(r"\[(\d{1,4})\]")


def event(name: str, data: Any) -> str:
    """One event, as the HTML standard writes them."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def sentences(answer: Answer) -> Iterator[dict[str, Any]]:
    """Each line of the answer with the checked citations it counts."""
    cited = answer.citations or answer.elsewhere
    for line in answer.text.splitlines():
        if line.strip():
            numbers = [n for n in map(int, _MARK.findall(line)) if 1 <= n <= len(cited)]
            yield {"text": line, "citations": [{"n": n, **asdict(cited[n - 1])} for n in dict.fromkeys(numbers)]}


def events(answer: Answer) -> Iterator[str]:
    """`sentence` for each, then `done` with the whole answer."""
    for sentence in sentences(answer):
        yield event("sentence", sentence)
    yield event("done", asdict(answer))
