"""Files that are no transcripts: one line that names the file, the place and the remedy."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qa.errors import ReadError
from qa.read import read

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06" + bytes(range(256)) * 8
OWN: dict[str, Any] = {
    "format": "qa-transcript/1",
    "id": "a",
    "title": "A",
    "turns": [{"speaker": "Nora Ekdal", "text": "Go."}],
}


def own(**changes: Any) -> str:
    return json.dumps({**OWN, **changes})


def turn(**changes: Any) -> str:
    return own(turns=[{"speaker": "Nora Ekdal", "text": "Go."}, {"speaker": "Tom Baszko", "text": "No.", **changes}])


def packed(*names: str) -> bytes:
    home = io.BytesIO()
    with zipfile.ZipFile(home, "w") as archive:
        for name in names:
            archive.writestr(name, "<a>Nora Ekdal: Go.</a>" * 200)
    return home.getvalue()


TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

CASES: list[tuple[str, bytes | str, str, str]] = [
    # name, content, words of the problem, place
    ("empty", b"", "empty", ""),
    ("blank", b" \n\t\r\n ", "empty", ""),
    ("blank-bom", b"\xef\xbb\xbf \n", "empty", ""),
    ("png", PNG, "binary", "byte"),
    ("nul", b"Nora Ekdal: Go.\x00Tom \xff", "binary", "byte 15"),
    ("control", bytes(range(1, 9)) * 50, "binary", "byte"),
    ("odd-utf16", b"\xff\xfeN\x00o\x00r", "UTF-8", "byte"),
    ("prose", "It rained all day. Nobody came to the bridge. The end.", "no speaker labels", ""),
    ("agenda", "Our agenda has three items:\n- the mill\n- the bridge\n", "no speaker labels", ""),
    ("labels-only", "Nora Ekdal:\nTom Baszko:\nNora Ekdal:\n", "no words", ""),
    ("other-json", '{"some": "thing"}', "is JSON in which no list of who says what was found", "top"),
    ("no-segments", '{"segments": [null, 1, "a"], "text": "Go."}', "no list of who says what", "top"),
    ("newer-json", own(format="qa-transcript/2"), "qa-transcript/2", "format"),
    ("broken-json", '{"format": "qa-transcript/1",\n "turns": [\n  {"speaker": ]}', "not valid JSON", "line 3"),
    ("cut-json", own()[:-10], "not valid JSON", "line 1"),
    ("no-turns", json.dumps({"format": "qa-transcript/1", "id": "a"}), "missing", "turns"),
    ("empty-turns", own(turns=[]), "empty", "turns"),
    ("turns-object", own(turns={"speaker": "A"}), "list", "turns"),
    ("turn-text", own(turns=["Nora: Go."]), "object", "turns[0]"),
    ("no-speaker", own(turns=[{"text": "Go."}]), "speaker", "turns[0]"),
    ("blank-speaker", turn(speaker=" "), "speaker", "turns[1]"),
    ("speaker-number", turn(speaker=7), "expected text", "turns[1], speaker"),
    ("text-list", turn(text=["Go."]), "expected text", "turns[1], text"),
    ("text-null", turn(text=None), "text", "turns[1]"),
    ("seconds-text", turn(start_s="12"), "seconds", "turns[1], start_s"),
    ("seconds-minus", turn(end_s=-1), "seconds", "turns[1], end_s"),
    ("seconds-nan", turn(start_s=float("nan")), "seconds", "turns[1], start_s"),
    ("seconds-true", turn(start_s=True), "seconds", "turns[1], start_s"),
    ("surrogate-text", turn(text="half \ud800 pair"), "surrogate", "turns[1], text"),
    ("surrogate-title", own(title="\udc00"), "surrogate", "title"),
    ("surrogate-alias", own(people=[{"name": "Nora Ekdal", "aliases": ["\ud800"]}]), "surrogate", "people[0], aliases"),
    ("bad-date", own(date="12.10.2017"), "2017-10-12", "date"),
    ("date-number", own(date=20171012), "expected text", "date"),
    ("people-text", own(people="Nora"), "list", "people"),
    ("no-name", own(people=[{"role": "chair"}]), "name", "people[0]"),
    ("alias-number", own(people=[{"name": "N", "aliases": [1]}]), "aliases", "people[0], aliases"),
    ("page-kind", own(page=[{"kind": "menu", "text": "Soup"}]), "kind", "page[0]"),
    ("dropped-text", own(dropped="Soup"), "list", "dropped"),
    ("problem-number", own(problems=["a", 7]), "expected text", "problems[1]"),
    ("long-id", own(id="x" * 201), "200", "id"),
    ("control-id", own(id="a\x07b"), "printable", "id"),
    ("deep", "[" * 100_000, "", ""),
    ("deep-object", '{"a":' * 100_000, "nested", "line 1, column 4"),
    ("deep-closed", '{"x": ' + "\n[" * 100_000 + "]" * 100_000 + "}", "nested", "line 100001, column 1"),
    ("huge-number", turn(start_s=1).replace(": 1}", ": 1e999}"), "seconds", "turns[1]"),
    ("format-list", '{"format": ' + "[" * 900 + "]" * 900 + ', "turns": []}', "format", "top"),
    ("many-lists", "[[]" + ",[]" * 800_001 + "]", "more values", ""),
    ("many-values", '{"a": [1' + ",1" * 6_000_001 + "]}", "more values", ""),
    ("gzip", gzip.compress(b"Nora Ekdal: Go on.\n"), "is compressed (gzip). Unpack it first.", ""),
    ("zip", packed("talk.txt"), "is a zip archive without a Word document. Unpack it first.", ""),
    ("zip-cut", packed("talk.txt")[:200], "is a damaged zip archive", ""),
    ("word-cut", packed(TYPES, "word/document.xml")[:900], "is a damaged Word file: it breaks off. Save it", ""),
    ("word-textless", packed(TYPES, "word/styles.xml"), "is a damaged Word file: it has no text part", ""),
    ("typed-only", packed(TYPES), "is a damaged Word file: it has no text part", ""),
    ("sheet", packed(TYPES, "xl/workbook.xml"), "is a spreadsheet, not text. Save its sheet as .csv.", ""),
    ("slides", packed(TYPES, "ppt/presentation.xml"), "is a presentation", ""),
    ("open-document", packed("mimetype", "content.xml"), "is an OpenDocument file. Save it as .docx", ""),
    ("ole", OLE, "is an encrypted or an old Office file (.doc), not text. Save it as .docx, without a password.", ""),
    ("rtf", "{\\rtf1\\ansi Nora Ekdal: Go.\\par Tom Baszko: No.\\par\nNora Ekdal: Go.}", "is RTF. Save it as", ""),
    ("html-deep", "<html><body>" + "<b>" * 3000 + "<p>Nora Ekdal: Go.</p>" * 2, "nested too", "line 1"),
    ("long-entity", f'<!DOCTYPE TEI [<!ENTITY a "{"a" * 70_000}">]>\n<TEI><u>&a;</u></TEI>', "entity", "line 2"),
    ("many-labels", "".join(f"Nora{n} Ek: x\n" for n in range(120_001)), "120,000 lines or more", ""),
    ("many-digits", turn(start_s=1).replace(": 1}", f": {'9' * 5000}}}"), "number too long", "line 1, column"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "problem", "place"), CASES, ids=[case[0] for case in CASES])
def test_one_line_with_file_place_and_remedy(
    name: str, content: bytes | str, problem: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReadError) as caught:
        read(path)
    error = caught.value
    line = str(error)
    assert line.startswith(str(path)) and "\n" not in line
    assert problem.casefold() in line.casefold()
    assert error.place.startswith(place) and error.place in line
    assert error.remedy.endswith(".") or '."' in error.remedy or error.remedy, line
    assert error.remedy in line
    assert len(line) < 400


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.txt: cannot be read \(No such file.*Check the path"):
        read(tmp_path / "missing.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"cannot be read"):
        read(tmp_path)


def test_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReadError, match=r"cannot be read"):
        read(tmp_path / "file" / "below.txt")


def test_a_file_too_large_names_its_size_and_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text("Nora Ekdal: Go.\n" * 200_000)
    with pytest.raises(ReadError, match=r"3 MiB, more than the 1 MiB.*QA_MAX_FILE_MB"):
        read(path, max_bytes=2**20)


def test_a_label_of_5000_characters_is_no_label(tmp_path: Path) -> None:
    path = tmp_path / "label.txt"
    long = "Nora " * 1000
    path.write_text(f"{long}: Go.\n{long}: Went.\n")
    with pytest.raises(ReadError, match="no speaker labels"):
        read(path)
    path.write_text(f"Nora Ekdal: Go.\n{long}: Went.\nTom Baszko: No.\n")
    assert {turn.speaker for turn in read(path).turns} == {"Nora Ekdal", "Tom Baszko"}


def test_a_label_of_5000_characters_in_the_own_format(tmp_path: Path) -> None:
    path = tmp_path / "label.json"
    path.write_text(own(turns=[{"speaker": "Nora " * 1000, "text": "Go."}, {"speaker": "Tom Baszko", "text": "No."}]))
    assert [turn.text for turn in read(path).turns] == ["Go.", "No."]


def test_20_000_turns(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    names = ["Nora Ekdal", "Tom Baszko", "Ilsa Odell"]
    path.write_text("".join(f"{names[n % 3]}: This is word {n} of the evening.\n" for n in range(20_000)))
    one = read(path)
    assert len(one.turns) == 20_000
    assert one.turns[-1].text == "This is word 19999 of the evening."


def test_many_people(tmp_path: Path) -> None:
    path = tmp_path / "crowd.txt"
    letters = "abcdefghij"
    names = [f"N{letters[n // 10]}ra Ek{letters[n % 10]}dal{letters[n // 10]}n" for n in range(100)]
    path.write_text("".join(f"{name}: My name is on the list.\n" for name in names * 2))
    one = read(path)
    assert {turn.speaker for turn in one.turns} == set(names)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2**20,
        "Nora Ekdal: " + "x" * 2**20,
        "Nora Ekdal: " + "go on " * 170_000,
        ":" * 2**18,
        "A" * 2**18 + ": x",
        "**" * 2**17,
    ],
)
def test_a_line_of_a_megabyte_is_read_or_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text(f"{text}\n")
    if text.startswith("Nora"):
        assert read(path).turns[0].speaker == "Nora Ekdal"
    else:
        with pytest.raises(ReadError):
            read(path)


def test_the_limit_of_turns_holds_for_every_format(tmp_path: Path) -> None:
    path = tmp_path / "meeting.json"
    segments = [{"start": n, "end": n + 1, "speaker": f"SPEAKER_0{n % 2}", "text": "So."} for n in range(100_001)]
    path.write_text(json.dumps({"segments": segments}))
    with pytest.raises(ReadError, match="has more than 100,000 turns"):
        read(path)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="there is no /proc")
def test_what_the_system_makes_up_is_not_waited_for() -> None:
    with pytest.raises(ReadError, match="is empty"):
        read("/proc/self/maps")


TALK = "Nora Ekdal: Go on.\nTom Baszko: I do.\nNora Ekdal: Good.\nTom Baszko: Yes.\n"
RUSSIAN = "Нора Экдал: Да.\nТом Башко: Нет.\n" * 20


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (TALK.encode("utf-32"), ""),
        (TALK.encode("utf-16-le"), ""),
        (TALK.encode("utf-16-be"), ""),
        (TALK.replace("do", "d\0o").encode(), "line 2, byte 34: 1 byte of zero left out."),
        (TALK.encode() + b"\x1a\0\x01", ""),
        (RUSSIAN.encode().replace("Башко".encode(), b"\xff", 1), "line 2, byte 34: no UTF-8"),
        (TALK.encode() + b"Nora Ekdal: bad \xff\xfe\x80\xc3 bytes.\n", "line 5, byte 88: no UTF-8"),
    ],
    ids=["utf-32", "utf-16-le", "utf-16-be", "zero", "dos-end", "damaged", "damaged-ascii"],
)
def test_encodings_are_told_or_damage_is(data: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(data)
    one = read(path)
    assert len(one.turns) >= 4 and "\0" not in (one.source_text or "")
    assert (one.problems or ("",))[0].startswith(problem)


def test_bytes_of_an_older_encoding_in_latin_text_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes((TALK + "Nora Ekdal: We were at the café.\n").encode("cp1252"))
    one = read(path)
    assert one.turns[-1].text.startswith("We were at the caf") and "\ufffd" not in one.turns[-1].text


def test_colours_of_a_terminal_hide_no_label(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(TALK.replace("Tom", "\x1b[1mTom\x1b[0m").replace("Go", "\x1b]0;title\x07Go"))
    one = read(path)
    assert [turn.text for turn in one.turns] == ["Go on.", "I do.", "Good.", "Yes."] and "terminal" in one.problems[0]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\v", "\f", "\n\f", "\f\n"])
def test_whatever_ends_a_line_parts_two_turns(end: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(TALK.replace("\n", end), newline="")
    assert [turn.text for turn in read(path).turns] == ["Go on.", "I do.", "Good.", "Yes."]


def test_a_control_character_for_an_apostrophe_cuts_no_speech(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(TALK.encode() + b"Nora Ekdal: I don\x1at believe it.")
    assert "believe it." in read(path).turns[-1].text
