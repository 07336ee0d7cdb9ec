"""Labels as people read them: direction marks left out, the given name first where that is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.read import read_text
from qa.read.printed import given_first, shown


@pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u200f", "\u2066", "\u200b", "\ufeff"])
@pytest.mark.parametrize(
    "text",
    [
        "{0}Nora Ekdal{0}: The {0}bridge.\nTom Baszko: Which?\nNora Ekdal: Ours.\n",
        "speaker,text\nNora {0}Ekdal,The {0}bridge.\nTom Baszko,Which?\nNora Ekdal,Ours.\n",
        "{0}Nora Ekdal  0:03\nThe {0}bridge.\n\nTom Baszko  0:05\nWhich?\n\nNora Ekdal  0:07\nOurs.\n",
        "<TEI><text><body><sp><speaker>Nora{0} Ekdal</speaker><p>The {0}bridge.</p></sp>"
        "<sp><speaker>Tom Baszko</speaker><p>Which?</p></sp><sp><speaker>Nora Ekdal</speaker><p>Ours.</p></sp>"
        "</body></text></TEI>",
        '[{{"speaker": "{0}Nora Ekdal", "text": "The {0}bridge."}}, {{"speaker": "Tom Baszko", "text": "Which?"}},'
        '{{"speaker": "Nora Ekdal", "text": "Ours."}}]',
    ],
    ids=["labelled", "table", "headed", "tei", "json"],
)  # fmt: skip
def test_marks_nobody_sees_are_no_part_of_a_label(text: str, mark: str) -> None:
    one = read_text(text.format(mark), Path("talk"))
    assert [turn.speaker for turn in one.turns] == ["Nora Ekdal", "Tom Baszko", "Nora Ekdal"]
    assert {person.name for person in one.people} == {"Nora Ekdal", "Tom Baszko"}
    assert not any(mark in turn.label for turn in one.turns)
    assert one.turns[0].text == f"The {mark}bridge."
    for turn in one.turns:
        for piece in turn.pieces:
            source = (one.source_text or "")[piece.source_start : piece.source_start + piece.length]
            assert source == turn.text[piece.start : piece.start + piece.length]


def test_joiners_that_spell_a_name_stay() -> None:
    assert shown("\u202bعلی\u200cرضا\u202c") == "علی\u200cرضا"


@pytest.mark.parametrize(
    ("labels", "turned"),
    [
        (["Baszko, Tom", "Ekdal, Nora"], ["Tom Baszko", "Nora Ekdal"]),
        (["Baszko, Tom", "van der Berg, Jan (Guest)"], ["Tom Baszko", "Jan van der Berg (Guest)"]),
        (["Baszko, Tom", "Ekdal, Nora", "Speaker 1", "The Chair"], ["Tom Baszko", "Nora Ekdal"]),
        (["Baszko, Tom", "Tom Baszko", "Nora Ekdal"], ["Tom Baszko"]),
        (["BASZKO, Tom", "Nora Ekdal"], ["Tom Baszko"]),
        (["EKDAL, NORA", "BASZKO, TOM"], ["Nora Ekdal", "Tom Baszko"]),
        (["Baszko, Tom", "Nora Ekdal"], []),
        (["Baszko, Tom"], []),
        (["Baszko, CNN", "Ekdal, CNN"], []),
        (["Ekdal, Oslo", "Baszko, Oslo", "Odell, Oslo"], []),
        (["Tom Baszko, Oslo", "Nora Ekdal, Bergen"], []),
        (["Baszko, Minister", "Ekdal, President"], []),
        (["Baszko, Jr.", "Ekdal, MP"], []),
        (["Baszko, Tom", "Ekdal, nora of the mill"], []),
    ],
)
def test_given_name_first_where_it_is_certain(labels: list[str], turned: list[str]) -> None:
    assert list(given_first(labels).values()) == turned


@pytest.mark.parametrize(
    "text",
    [
        'speaker,text\n"Baszko, Tom",Closed.\n"Ekdal, Nora",Since when?\n"Baszko, Tom",June.\n',
        "<TEI><text><body><sp><speaker>Baszko, Tom</speaker><p>Closed.</p></sp><sp><speaker>Ekdal, Nora</speaker>"
        "<p>Since when?</p></sp><sp><speaker>Baszko, Tom</speaker><p>June.</p></sp></body></text></TEI>",
        '<TEI><text><body><sp who="#BaszkoTom"><speaker>Baszko, Tom</speaker><p>Closed.</p></sp><sp who="#EkdalNora">'
        '<speaker>Ekdal, Nora</speaker><p>Since when?</p></sp><sp who="#BaszkoTom"><p>June.</p></sp>'
        "</body></text></TEI>",
        "Baszko, Tom: Closed.\nEkdal, Nora: Since when?\nBaszko, Tom: June.\n",
    ],
    ids=["table", "tei", "tei-who", "labelled"],
)
def test_turned_names_in_files(text: str) -> None:
    one = read_text(text, Path("talk"))
    assert [turn.speaker for turn in one.turns] == ["Tom Baszko", "Nora Ekdal", "Tom Baszko"]
    assert one.turns[0].label == "Baszko, Tom"
    assert all("Baszko, Tom" in person.aliases for person in one.people if person.name == "Tom Baszko")
