"""Hostile files of every format end in one line within 20 s and 1 GiB; links in a circle, pipes and devices, too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.assistant import _files, _fingerprint
from qa.errors import ReadError
from qa.read import READERS, read

ROOT = Path(__file__).parents[2]


def test_hostile_files_of_every_format(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.read.hostile", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=400,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
    )  # fmt: skip
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr[-2000:]
    wrong = [
        one
        for one in results
        if one["outcome"] not in ("read", "refused")
        or one["wanted"] not in ("either", one["outcome"])
        or one["seconds"] > 20
        or (one["outcome"] == "refused" and ("\n" in one["line"] or len(one["line"]) > 500))
    ]
    assert not wrong
    assert len(results) > 100
    for name in ("tei", "hansard", "akoma", "csv", "json", "text", "docx", "pdf"):
        (crowd,) = (one for one in results if one["name"] == f"{name}-20000-turns")
        assert crowd["line"] == "20000 turns"


def test_what_an_outside_entity_names_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the word is swordfish")
    path = tmp_path / "talk.xml"
    path.write_text(
        f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<TEI xmlns:xi="http://www.w3.org/2001/XInclude"><text><body><u who="#NoraEkdal">Go.'
        f'<xi:include href="{secret.as_uri()}" parse="text"/></u></body></text></TEI>'
    )
    one = read(path)
    assert [turn.text for turn in one.turns] == ["Go."]
    path.write_text(path.read_text().replace("Go.", "&x;"))
    with pytest.raises(ReadError, match="an entity of its own"):
        read(path)


def test_every_reader_detects_without_raising(tmp_path: Path) -> None:
    from qa.read.source import File

    for data in (
        b"",
        b"\0",
        b"<",
        b"<a",
        b"<?xml",
        b"<!DOCTYPE",
        b"%PDF-",
        b"PK\x03\x04word/document",
        b"\xff\xfe<",
        b"{",
    ):
        for reader in READERS:
            assert reader.detect(File(tmp_path / "x", data)) in (True, False)


# ------------------------------------------------------------------ paths


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "inner").mkdir(parents=True)
    (folder / "talk.txt").write_text("Nora Ekdal: Go.\nTom Baszko: No.\n")
    (folder / "inner" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "here").symlink_to(folder / "here")
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "link.txt").symlink_to(folder / "talk.txt")
    assert list(_files([folder], [])) == [folder / "link.txt", folder / "talk.txt"]
    assert list(_files([folder / "inner" / "up" / "inner" / "up"], []))
    for name in ("here", "one", "gone.txt"):
        with pytest.raises(ReadError, match="does not exist"):
            list(_files([folder / name], []))
        with pytest.raises(ReadError, match="cannot be read"):
            read(folder / name)


def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null"), Path("/dev/tty")):
        if path.exists():
            assert _fingerprint(path, 2**20) == ""
            with pytest.raises(ReadError, match="is no regular file"):
                read(path)
    with pytest.raises(ReadError, match="holds no files to index"):
        list(_files([tmp_path], []))
