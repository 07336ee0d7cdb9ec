"""Who presides: seats and the names that heads and labels give to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.read import read_text
from qa.read.chairs import holders, seat


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("The CHAIRWOMAN", "chair"), ("M. le président", "president"), ("Vorsitzende", "chair"),
        ("ПРЕДСЕДАТЕЛЬСТВУЮЩИЙ", "chair"), ("THE COMMISSIONER", "commissioner"), ("Madam Deputy Speaker", ""),
        ("The Vice-President", ""), ("The Acting Chair", ""), ("Nora Ekdal", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_seat_is_a_label_that_names_nothing_else(label: str, expected: str) -> None:
    assert seat(label) == expected


@pytest.mark.parametrize(
    ("text", "where", "name"),
    [
        ("The committee met at 10 a.m., Hon. Nora Ekdal-Faro (chairwoman\nof the committee) presiding.", "chair",
         "Nora Ekdal-Faro"),
        ("in room 4, the Honorable Tom P. Baszko, Chairman of the Committee, presiding.", "chair", "Tom P. Baszko"),
        ("President: Mrs. Nora Ekdal . . . . . . . . . (Lunev)", "president", "Nora Ekdal"),
        ("BEFORE THE HONORABLE NORA EKDAL, UNITED STATES DISTRICT JUDGE", "court", "NORA EKDAL"),
        ("Before: Commissioner Nora Ekdal", "commissioner", "Nora Ekdal"),
        ("Vorsitz: Dr. Nora von Ekdal", "chair", "Nora von Ekdal"),
        ("Председательствует Н.Э. Экдаль, заместитель председателя комитета", "chair", "Н.Э. Экдаль"),
    ],
)  # fmt: skip
def test_the_head_tells_who_presides(text: str, where: str, name: str) -> None:
    assert holders([], [text]) == {where: {name}}


def test_a_fuller_label_tells_who_presides() -> None:
    found = holders(["M. Tom Baszko, président", "Vorsitzende Dr. Nora Ekdal (X)", "Speaker 1", "Président"], [])
    assert found == {"president": {"Tom Baszko"}, "chair": {"Nora Ekdal"}}


def test_two_who_hold_one_seat_are_told_both() -> None:
    found = holders(["Chairman Tom Baszko", "Chairwoman Nora Ekdal"], ["Vorsitz: Nora Ekdal"])
    assert found == {"chair": {"Tom Baszko", "Nora Ekdal"}}


def test_two_of_one_surname_are_told_apart_by_their_places() -> None:
    text = (
        "Members present: Representatives Tom Baszko\nof Ohio, and Ilsa Baszko of New Lunde.\n\n"
        "    Mr. BASZKO of Ohio. Is it open?\n\n    Ms. BASZKO of New Lunde. It is. Mr. Odell said so.\n\n"
        "    Mr. BASZKO of Ohio. Since when?\n\n    Ms. BASZKO of New Lunde. Two. Mr. Odell knows why.\n"
    )
    said = [(turn.speaker, turn.text) for turn in read_text(text, Path("hearing.txt")).turns]
    assert said == [
        ("Tom Baszko", "Is it open?"), ("Ilsa Baszko", "It is. Mr. Odell said so."),
        ("Tom Baszko", "Since when?"), ("Ilsa Baszko", "Two. Mr. Odell knows why."),
    ]  # fmt: skip
