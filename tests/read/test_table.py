"""Tables: what the standard library's csv writes is read back, with its way back; other text is left alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import words
from qa.errors import ReadError
from qa.read import read, read_text, table
from qa.read.clock import seconds
from qa.read.source import File

PATH = Path("/nowhere/meeting.csv")
NAME = st.sampled_from(["Nora Ekdal", "Tom Baszko", "Åsa Ångström", "SPEAKER_00"])
TEXT = st.text(
    st.sampled_from('abc ,;\t"|\n\r\'.é日-(1'), min_size=1, max_size=30
).map(lambda text: "So " + text)  # fmt: skip
ROWS = st.lists(st.tuples(NAME, TEXT, st.integers(0, 10**6)), min_size=1, max_size=8)


@settings(max_examples=150)
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str, int]], mark: str, quoting: int, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(["start ms", "speaker", "text"])
    writer.writerows([at, name, text] for name, text, at in rows)
    one = read_text(out.getvalue(), PATH)
    assert one.format == "table" and not one.problems
    said: list[tuple[str, str]] = []
    for name, text, _ in rows:
        if said and said[-1][0] == name:
            said[-1] = (name, said[-1][1] + words.bare(text))
        else:
            said.append((name, words.bare(text)))
    assert [(turn.label, words.bare(turn.text)) for turn in one.turns] == said
    assert one.turns[0].start_s == pytest.approx(rows[0][2] / 1000)
    for turn in one.turns:
        held = set()
        for p in turn.pieces:
            ours = turn.text[p.start : p.start + p.length]
            assert ours == one.source_text[p.source_start : p.source_start + p.length]  # type: ignore[index]
            held |= set(range(p.start, p.start + p.length))
        assert {n for n, ch in enumerate(turn.text) if not ch.isspace()} <= held
    assert read_text(out.getvalue(), PATH) == one


@pytest.mark.parametrize(
    "text",
    [
        "Nora Ekdal: The bridge, as you know, is closed.\nTom Baszko: Since when, exactly?\n" * 3,
        "name,value\nmodel,large\nname,small\n",
        "Speaker list\nNora, Tom, Ilsa\nThe speaker, and the text, are here.\n",
        "Well, this is a sentence of words.\nWell, this is another of them.\n" * 3,
        "speaker\ttime\nNora\t10:00\n",
        "[00:01] Nora Ekdal: One, two.\n[00:02] Tom Baszko: Three, four.\n",
        "",
        ",,,\n,,\n",
        "City,Country,Description\nOslo,Norway,A town by a fjord that is cold.\nBergen,Norway,A town where it rains.\n"
        "Lund,Sweden,A town with a very old school.\nMalmö,Sweden,A town with a very long bridge.\n",
        "Topic,Tone,Who spoke last,Notes\nBridge,Warm,Nora,Go on and on.\nKey,Cold,Tom,Never mind the key.\n",
    ],
)
def test_other_text_is_no_table(text: str) -> None:
    assert not table.detect(File(PATH, text=text))


@pytest.mark.parametrize(
    ("header", "row", "who", "said"),
    [
        ("Speaker,Transcript", "Nora,Go on then.", "Nora", "Go on then."),
        ("id;Speaker_Name;Utterance", "1;Nora;Go on.", "Nora", "Go on."),
        ("line,character,text", "7,Nora,Go on.", "Nora", "Go on."),
        ("speaker_id,speaker,text", "17,Nora,Go on.", "Nora", "Go on."),
        ("startTime,endTime,speakerLabel,content", "1,2,Nora,Go on.", "Nora", "Go on."),
        ("Start (s)\tEnd (s)\tWho\tWords", "1\t2\tNora\tGo on.", "Nora", "Go on."),
        ("| Speaker | Text |\n|---|---|", "| Nora | Go on. |", "Nora", "Go on."),
        ("Спикер;Текст", "Нора;Да, конечно.", "Нора", "Да, конечно."),
    ],
)
def test_headers_of_many_kinds(header: str, row: str, who: str, said: str) -> None:
    one = read_text(f"{header}\n{row}\n", PATH)
    assert [(turn.speaker, turn.text) for turn in one.turns] == [(who, said)]


def test_a_quote_that_is_never_closed_is_told() -> None:
    one = read_text('speaker,text\nNora,"Go on\nTom,No.\n', PATH)
    assert [(turn.speaker, turn.text) for turn in one.turns] == [("Nora", '"Go on'), ("Tom", "No.")]
    assert one.problems == ("line 2: a quotation mark is never closed.",)


def test_a_table_without_words_is_refused_in_one_line() -> None:
    with pytest.raises(ReadError, match="without a row of speaker and words"):
        read_text("speaker,text\nNora,\n,\n", PATH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:05", 5), ("00:01:02.500", 62.5), ("1:00:02,25", 3602.25), ("00:00:01:12", 1), ("62.5", 62.5), ("7s", 7),
        ("1500 ms", 1.5), ("1m 2s", 62), ("1h 1m", 3660), ("", None), ("noon", None), ("2021-03-04T10:00:00", None),
        ("-5", None), ("10:05 AM", None),
    ],
)  # fmt: skip
def test_media_times(text: str, expected: float | None) -> None:
    assert seconds(text) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("header", ["Von;Bis;Sprecher;Äußerung", "Inicio;Fin;Hablante;Intervención"])
def test_headers_of_other_languages(tmp_path: Path, header: str) -> None:
    path = tmp_path / "mill.csv"
    path.write_text(
        f"{header}\n0:01;0:02;Nora Ekdal;The mill is open.\n0:03;0:04;Tom Baszko;Since when?\n", encoding="utf-8"
    )
    assert [(turn.speaker, turn.start_s) for turn in read(path).turns] == [("Nora Ekdal", 1.0), ("Tom Baszko", 3.0)]
