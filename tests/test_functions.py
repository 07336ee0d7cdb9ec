"""Functions in many languages: as labels, and apart from names."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.names import is_function
from qa.read import read
from qa.speakers import parse_label

FUNCTIONS = """The Chair|Acting Chair|Madam Speaker|Mr. Chairman|Prime Minister|Project Manager|Witness 2|Juror No. 8
Student|De voorzitter|De minister van Financiën|Der Vorsitzende|Die Vorsitzende|Formanden
Den fungerende formand|Talmannen|Puhemies|Toinen varapuhemies|Elnök|Az elnök|Başkan|BAŞKAN|Sunucu
Ο Πρόεδρος|ΠΡΟΕΔΡΟΣ|Ο ΠΡΟΕΔΡΕΥΩΝ|Головуючий|Ведуча|Przewodnicząca|Pan przewodniczący|Předseda
Předsedající|Ministrul|Președintele|Preşedintele|O presidente|A Presidente|El señor presidente
Le président|M. le président|La présidente|Il presidente|Председатель суда|Председателят|Председавајући
Predsedavajući|主席|議長|의장|الرئيس|President of Lunde|Minister of Trade and Industry
Presidente della Repubblica|The Under-Secretary|The Vice-Chair|Secretary-General|Chair-in-Office|Пресс-секретарь"""
NAMES = """Stephen King|Mike Judge|Bruno Le Maire|Le Maire|Président de Gaulle|Minister of Trade Bob Brown
President Odell|De heer Odell|Statsminister Nora Ekdal|Poseł Jan Odell|De staatssecretaris Van Ark
Presidente Della Torre|Grad A|PhD F|Professor C|Marketing|SPEAKER_00|Nora Ekdal|Judge Nora Ekdal
Ministro da Silva|Ms. Odell-Dean|MR. ODELL-KING"""


@pytest.mark.parametrize("label", FUNCTIONS.replace("\n", "|").split("|"))
def test_a_function_names_nobody(label: str) -> None:
    assert is_function(label)
    parsed = parse_label(label)
    assert parsed.anonymous and parsed.name.casefold() == label.casefold()


@pytest.mark.parametrize("label", NAMES.replace("\n", "|").split("|"))
def test_a_name_is_no_function(label: str) -> None:
    assert not is_function(label)


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("De staatssecretaris Van Ark", "Van Ark", "staatssecretaris"),
        ("Statsminister Nora Ekdal", "Nora Ekdal", "Statsminister"),
        ("Poseł Jan Odell", "Jan Odell", "Poseł"),
        ("Başkan Nora Ekdal", "Nora Ekdal", "Başkan"),
        ("Πρόεδρος Nora Ekdal", "Nora Ekdal", "Πρόεδρος"),
    ],
)
def test_offices_of_other_languages_stand_before_names(label: str, name: str, role: str) -> None:
    parsed = parse_label(label)
    assert (parsed.name, parsed.role) == (name, role)


LABELS = """De voorzitter|De minister|De heer Lobo|Mevrouw Lobo|De minister Lobo|Der Vorsitzende|Die Vorsitzende
Formanden|Den fungerende formand|Ordføreren|Møtelederen|Statsministeren|Ordföranden|Talmannen|Puhemies
Puheenjohtaja|Elnök|Az elnök|Başkan|Sunucu|Cumhurbaşkanı|Ο πρόεδρος|Η προεδρεύουσα|Головуючий
Голова засідання|Ведуча|Przewodnicząca|Pan przewodniczący|Marszałek|Předseda|Předsedající schůze
Předsedkyně|Predsedajúci|Ministrul|Președintele|Domnul președinte|O presidente|A presidente
O Sr. Presidente|El señor presidente|Le président|La présidente de séance|Le témoin|Il presidente
La presidente|Il sindaco|Председатель суда|Председатель|Водещият|Председавајући|Predsednik
Predsjedavajući|Pirmininkas|Priekšsēdētājs|Juhataja|主席|議長|의장|الرئيس|The Chair|Le président du Sénat"""


@pytest.mark.parametrize("label", LABELS.replace("\n", "|").split("|"))
@pytest.mark.parametrize("often", [1, 2])
def test_a_chair_of_any_language_keeps_its_own_words(tmp_path: Path, label: str, often: int) -> None:
    lines = ["Debate on ferries", "Date: 2030-03-04", ""]
    lines += [f"{label}: The sitting is opened.", "", "Nora Ekdal: The ferries were late.", ""]
    lines += ["Tom Baszko: The ferries were paid for.", "", "Nora Ekdal: They were late all the same.", ""]
    lines += [f"{label}: We adjourn until tomorrow."] if often > 1 else []
    file = tmp_path / "debate.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = read(file)
    words = [
        "The sitting is opened.",
        "The ferries were late.",
        "The ferries were paid for.",
        "They were late all the same.",
    ]
    assert [turn.text for turn in found.turns] == [*words, *(["We adjourn until tomorrow."] if often > 1 else [])]
    assert [turn.label for turn in found.turns][:1] == [label]


@pytest.mark.parametrize("field", ["Voorzitter", "Przewodniczący", "Formand", "Elnök", "Президент"])
def test_who_presides_by_the_head_is_no_turn(tmp_path: Path, field: str) -> None:
    file = tmp_path / "debate.txt"
    talk = "Nora Ekdal: The mill is open.\n\nTom Baszko: Since when?\n\nNora Ekdal: Since Monday.\n"
    file.write_text(f"The mill\n{field}: Dr. Nora Ekdal\nBegin of the sitting: 10:02\n\n{talk}", encoding="utf-8")
    assert [turn.label for turn in read(file).turns] == ["Nora Ekdal", "Tom Baszko", "Nora Ekdal"]


TALK = "\n\nTom Baszko: The mill is open.\n\n{label}: Since when?\n\nTom Baszko: Since Monday.\n\n{label}: Thank you.\n"


@pytest.mark.parametrize(
    ("label", "words", "name"),
    [
        ("The Chair", "I, Nora Ekdal, open the meeting.", "Nora Ekdal"),
        ("Chairman", "Good morning. My name is Nora Ekdal and this is our meeting.", "Nora Ekdal"),
        ("De voorzitter", "Mijn naam is Nora Ekdal. Welkom.", "Nora Ekdal"),
        ("Председатель", "Я, Нора Экдаль, открываю собрание.", "Нора Экдаль"),
        ("The Chair", "I thank Nora Ekdal, who opens the mill.", "The Chair"),
        ("The Chair", "Tom Baszko said, “I, Nora Ekdal, will come.”", "The Chair"),
        ("The Chair", "I, Nora Ekdal, do solemnly swear.", "The Chair"),
        ("The Chair", "I, Tom, open the meeting.", "The Chair"),
        ("The Chair", "I, Tom Baszko, open the meeting.", "The Chair"),
        ("Witness", "My name is Nora Ekdal.", "Witness"),  # the next witness has the same label
    ],
)
def test_who_presides_is_named_by_their_own_words(tmp_path: Path, label: str, words: str, name: str) -> None:
    file = tmp_path / "meeting.txt"
    file.write_text(f"{label}: {words}{TALK.format(label=label)}", encoding="utf-8")
    found = read(file)
    assert [turn.speaker for turn in found.turns] == [name, "Tom Baszko", name, "Tom Baszko", name]
    assert {turn.label for turn in found.turns} == {label, "Tom Baszko"}
