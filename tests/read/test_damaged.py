"""Damaged labels: a guess where a known name opens the line, else nobody's; never the words of the one before."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.read import read_text
from qa.types import Transcript

NAMES = ["Nora Ekdal", "Tom Baszko", "Ilsa Odell"] * 3


def talk(n: int, line: str, *, blank: str = "") -> Transcript:
    said = [f"{name}: This is turn {k} of nine." for k, name in enumerate(NAMES)]
    said[n] = line
    return read_text(f"\n{blank}".join(said), Path("talk.txt"))


@pytest.mark.parametrize(
    "line",
    ["Tom Baszko{ Lost words.", 'Tom Baszko" Lost words.', "~Tom Baszko: Lost words.", "**Tom Baszko:*# Lost words.",
     "Tom Baszko Lost words."],
)  # fmt: skip
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_known_name_with_a_broken_mark_is_a_guess(line: str, blank: str) -> None:
    turn = next(turn for turn in talk(4, line, blank=blank).turns if "Lost words." in turn.text)
    assert (turn.speaker, turn.text, turn.uncertain) == ("Tom Baszko", "Lost words.", True)


@pytest.mark.parametrize(
    "line",
    ["Tom Baszko, who is my neighbour, agrees.", "Tom Baszko said so.", "“Tom Baszko” is no name.",
     "Tom Baszko's bridge.", "Tom Baszko (my neighbour) agrees."],
)  # fmt: skip
def test_a_paragraph_about_somebody_stays_with_who_says_it(line: str) -> None:
    one = talk(4, line)
    assert next(turn for turn in one.turns if line in turn.text).speaker == "Nora Ekdal"
    assert not any(turn.uncertain for turn in one.turns)


def test_words_behind_a_label_longer_than_any_name_are_nobodys() -> None:
    one = talk(4, f"{'Tom Baszko of the bridge ' * 200}: Lost words.")
    assert not any("Lost words." in turn.text for turn in one.turns)
    assert any("Lost words." in text for text in one.unattributed)


def test_an_otter_heading_with_a_broken_time_is_a_guess() -> None:
    blocks = [f"{name}  0:0{k}\nThis is turn {k} of nine.\n" for k, name in enumerate(NAMES)]
    blocks[4] = "Tom Baszko  0<04\nLost words.\n"
    turn = next(t for t in read_text("\n".join(blocks), Path("talk.txt")).turns if "Lost words." in t.text)
    assert (turn.speaker, turn.text, turn.uncertain) == ("Tom Baszko", "Lost words.", True)


def test_rows_in_a_cell_whose_quotation_mark_is_lost_make_it_a_guess() -> None:
    rows = [f'{name},{k},"This is turn {k}, of nine."' for k, name in enumerate(NAMES)]
    rows[4] = rows[4][:-1]
    one = read_text("\n".join(["Speaker,Start,Text", *rows]), Path("talk.csv"))
    assert [turn.speaker for turn in one.turns if turn.uncertain] == ["Tom Baszko"]
    assert "line 6: holds rows of others; a quotation mark or the end of a line is missing before them." in one.problems


def test_a_row_that_a_carriage_return_alone_parts_makes_a_guess() -> None:
    one = read_text("Speaker,Text\r\nNora,The mill is open.\rTom,I doubt it.\nTom,So be it\r\n", Path("talk.csv"))
    assert one.turns[0].uncertain and one.problems
