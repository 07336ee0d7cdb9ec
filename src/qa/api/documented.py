"""The OpenAPI description: field by field, from the docstrings of the types themselves."""

from __future__ import annotations

import inspect
import re
from typing import Any

from qa import types

_ENTRY = re.compile(r"^    (\w+(?:, \w+)*): ", re.MULTILINE)


def describe(document: dict[str, Any]) -> dict[str, Any]:
    """Put each type's summary and its attributes' meanings into the schemas of that name."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        found = getattr(types, name, None)
        if not inspect.isclass(found) or not found.__doc__:
            continue
        summary, meanings = attributes(inspect.cleandoc(found.__doc__))
        schema["description"] = summary
        for field, meaning in meanings.items():
            if field in schema.get("properties", {}):
                schema["properties"][field].setdefault("description", meaning)
    return document


def attributes(doc: str) -> tuple[str, dict[str, str]]:
    """(what stands before "Attributes:", meaning of each attribute) of a docstring."""
    summary, _, listed = doc.partition("Attributes:\n")
    starts = [*_ENTRY.finditer(listed)]
    meanings = {}
    for n, match in enumerate(starts):
        end = starts[n + 1].start() if n + 1 < len(starts) else len(listed)
        meaning = " ".join(listed[match.end() : end].split())
        meanings.update(dict.fromkeys(match.group(1).split(", "), meaning))
    return " ".join(summary.split()), meanings
