"""The door for readers of other distributions, with the example of the documentation really installed."""

from __future__ import annotations

import logging
import re
import tomllib
from pathlib import Path

import pytest

from qa.errors import ReadError
from qa.read import plugins, read

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
ARROWS = "#arrows\nnora > The bridge is closed.\nsome other line\ntom > Since when?\n"


def install(folder: Path, name: str, modules: dict[str, str], points: dict[str, str]) -> None:
    """What pip leaves in site-packages: the modules and a .dist-info with the entry points."""
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text, encoding="utf-8")
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"[{plugins.GROUP}]", *(f"{key} = {value}" for key, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def block(language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    return match[1]


def test_the_example_of_the_documentation_reads_its_format(site: Path, tmp_path: Path) -> None:
    project = tomllib.loads(block("toml"))["project"]
    points = project["entry-points"][plugins.GROUP]
    module = next(iter(points.values())).partition(":")[0]
    install(site, project["name"], {module: block("python")}, points)
    path = tmp_path / "talk.txt"
    path.write_text(ARROWS)
    one = read(path)
    assert one.format == "arrows"
    assert [(turn.speaker, turn.text) for turn in one.turns] == [
        ("Nora", "The bridge is closed."),
        ("Tom", "Since when?"),
    ]
    piece = one.turns[1].pieces[0]
    assert ARROWS[piece.source_start : piece.source_start + piece.length] == "Since when?"
    labelled = tmp_path / "other.txt"
    labelled.write_text("Nora Ekdal: Go.\nTom Baszko: No.\n")
    assert read(labelled).format == "labelled"


BROKEN = {
    "no_such": ("no_such_module_anywhere:READER", "cannot be loaded: ModuleNotFoundError"),
    "raises": ("broken_raises:READER", "cannot be loaded: ZeroDivisionError"),
    "exits": ("broken_exits:READER", "cannot be loaded: SystemExit"),
    "other": ("broken_other:READER", "is no qa.read.Reader but str"),
    "missing": ("broken_other:NOTHING", "cannot be loaded: AttributeError"),
}
MODULES = {"broken_raises": "1 / 0", "broken_exits": "raise SystemExit(3)", "broken_other": "READER = 'reader'"}


def test_broken_plugins_are_told_in_one_line_each(site: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    install(site, "broken", MODULES, {name: value for name, (value, _) in BROKEN.items()})
    path = tmp_path / "talk.txt"
    path.write_text("Nora Ekdal: Go.\nTom Baszko: No.\n")
    with caplog.at_level(logging.WARNING):
        one = read(path)
        assert read(path) == one
    assert [turn.text for turn in one.turns] == ["Go.", "No."] and not one.problems
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == len(BROKEN)  # once, however many files are read
    for name, (_, words) in BROKEN.items():
        (line,) = (line for line in told if f'"{name}"' in line)
        assert words in line and "\n" not in line


FAILING = """
from qa.errors import ReadError
from qa.read import Reader

def boom(*given):
    raise RuntimeError("two\\nlines")

def verdict(file, transcript_id):
    raise ReadError(file.path, "is mine, and bad.", remedy="Mend it.")

def nonsense(file, transcript_id):
    return "no transcript"

DETECT = Reader("bad-detect", boom, boom)
PARSE = Reader("bad-parse", lambda file: True, boom)
NONSENSE = Reader("nonsense", lambda file: True, nonsense)
VERDICT = Reader("verdict", lambda file: b"verdict" in file.data, verdict)
"""


def test_a_plugin_that_fails_on_a_file_is_told_in_its_problems(site: Path, tmp_path: Path) -> None:
    points = {name.lower(): f"failing:{name}" for name in ("DETECT", "NONSENSE", "PARSE", "VERDICT")}
    install(site, "failing", {"failing": FAILING}, points)
    path = tmp_path / "talk.txt"
    path.write_text("Nora Ekdal: Go.\nTom Baszko: No.\n")
    one = read(path)
    assert [turn.text for turn in one.turns] == ["Go.", "No."]
    assert len(one.problems) == 3 and all("\n" not in problem for problem in one.problems)
    assert 'plug-in "bad-detect" failed (RuntimeError: two lines)' in one.problems[0]
    assert "no Transcript" in one.problems[1]
    path.write_text("Nora Ekdal: verdict.\n")
    with pytest.raises(ReadError, match=r"is mine, and bad\. Mend it\."):
        read(path)
