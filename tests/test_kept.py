"""Copies of uploads: safe names, one copy of the same bytes, nothing outside the folder touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa import kept
from qa.errors import ReadError

TALK = "Town talk\n2021-02-03\nFenwater\n\nAnna Berg: The bridge is open.\nBob Smith: Since Monday.\n"


@given(st.text(max_size=300))
def test_a_name_stays_inside_its_folder(name: str) -> None:
    safe = kept.safe_name(name)
    assert safe and safe not in {".", ".."} and not safe.startswith(".")
    assert not set(safe) & set('/\\<>"\n\0') and len(safe.encode()) <= 140
    assert (Path("/a") / safe).resolve().parent == Path("/a")
    assert kept.safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\talks\\May.docx", "May.docx"), (".htaccess", "htaccess"),
        ("", "transcript"),
        ("Встреча 1.txt", "Встреча 1.txt"), ("a<b>.srt", "a_b_.srt"), ("x" * 300 + ".vtt", "x" * 120 + ".vtt"),
    ],
)  # fmt: skip
def test_names(name: str, safe: str) -> None:
    assert kept.safe_name(name) == safe


def test_the_same_bytes_are_kept_once_and_other_bytes_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("one")
    second.write_text("two")
    index = tmp_path / "index"
    one = kept.copy(first, index, "talk.txt")
    assert kept.copy(first, index, "other.txt") == one
    two = kept.copy(second, index, "talk.txt")
    assert (one.read_text(), two.read_text(), one.name, two.name) == ("one", "two", "talk.txt", "talk.txt")
    kept.forget(one, index)
    kept.forget(first, index)
    assert not one.parent.exists() and two.exists() and first.exists()


def test_what_is_too_large_or_no_file_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * 1001)
    with pytest.raises(ReadError, match="large"):
        kept.copy(big, tmp_path / "index", max_bytes=1000)
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(ReadError):
            kept.copy(path, tmp_path / "index")
    assert not (tmp_path / "index").exists()


@pytest.mark.model
def test_an_upload_stays_readable_and_goes_with_its_transcript(tmp_path: Path) -> None:
    sent = tmp_path / "sent.txt"
    sent.write_text(TALK)
    with qa.open(tmp_path / "index") as assistant:
        added = assistant.add_copy(sent, "Town <talk>.txt").added[0]
        sent.unlink()
        citation = assistant.ask("Who said the bridge is open?").citations[0]
        assert citation.source and Path(citation.source).read_text() == TALK
        assert Path(citation.source).name == "Town _talk_.txt"
        sent.write_text(TALK)
        assert assistant.add_copy(sent, "again.txt").skipped
        sent.write_text("Nothing that anybody says.")
        assert assistant.add_copy(sent).failed
        assert added.transcript_id is not None
        assistant.remove(added.transcript_id)
    assert list((tmp_path / "index" / kept.FOLDER).rglob("*")) == []


@pytest.mark.model
def test_what_was_indexed_from_elsewhere_is_not_doubled(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "town.txt").write_text(TALK)
    sent = tmp_path / "sent.txt"
    sent.write_text(TALK)
    with qa.open(tmp_path / "index") as assistant:
        assistant.add(tmp_path / "library")
        (again,) = assistant.add_copy(sent).skipped
        assert again.reason == "the same file is here already, as “Town talk”"
        assert [info.id for info in assistant.transcripts()] == [again.transcript_id]
        assert assistant.check_quotation("The bridge is open").n_places == 1
        assert list((tmp_path / "index" / kept.FOLDER).rglob("*.txt")) == []
