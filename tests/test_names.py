"""Words of names across spellings and scripts; labels that name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.names import first_cases, gender_of, is_voice, key, sound, spelling


@pytest.mark.parametrize(
    "forms",
    [
        "Nazarbayev Nazarbaev Назарбаев", "Yury Yuri Iurii Юрий", "Evgeny Yevgeny Евгений", "Petr Pyotr Пётр",
        "Gorbachev Gorbachyov Горбачёв", "Khrushchev Хрущёв", "Solovyev Soloviev Соловьёв", "Tchaikovsky Чайковский",
        "Zelensky Zelenskyy Zelenskiy Зеленский", "Yeltsin Ельцин", "Kassym-Jomart Qasym-Zhomart Касым-Жомарт",
        "Tokayev Toqayev Тоқаев", "Natalya Natalia Наталья", "Maria Mariya Мария", "Sergey Sergei Сергей",
        "Aleksandr Alexander Александр", "Ilya Илья", "Iwanow Ivanov Иванов",
    ],
)  # fmt: skip
def test_one_name_in_several_spellings(forms: str) -> None:
    assert len({spelling(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    ["Smith Smyth", "Meyer Meier Maier Mayer", "Ana Anna Anne", "Putin Putina", "Jon John", "Berg Burg", "Maria Mara",
     "Johnson Johnston", "Anderson Andersen", "Назарбаев Назарбаева"],
)  # fmt: skip
def test_different_names_of_one_script_stay_different(forms: str) -> None:
    assert len({spelling(form) for form in forms.split()}) == len(forms.split())


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("Trump", "Трамп"), ("Biden", "Байден"), ("Johnson", "Джонсон"), ("Scholz", "Шольц"), ("Carlson", "Карлсон"),
     ("Tucker", "Такер"), ("Musk", "Маск"), ("Macron", "Макрон"), ("Washington", "Вашингтон")],
)  # fmt: skip
def test_a_name_goes_into_the_other_script_by_ear(latin: str, cyrillic: str) -> None:
    assert sound(latin) == sound(cyrillic)


@pytest.mark.parametrize(
    "label",
    ["SPEAKER_00", "Speaker 1", "spk_0", "S1", "Unknown Speaker", "Unidentified", "Question", "Вопрос", "Q", "Guest 2",
     "Participant 3", "Участник 3", "Голос из зала", "Audience Member", "Speaker A", "[Unknown]", "Реплика",
     "Sprecher 2", "Channel 1", "Locuteur 1", "Panelist 2", "Interviewer 1", "Man", "WOMAN 2",
     "Male Voice", "Unidentified Reporter #2", "Both",
     "Voice from the hall", "Unknown Speaker 3", "A2", "Questions", "Man's Voice", "Неизвестный", "Голоса из зала",
     "an unidentified male speaker", "SPEAKER #4", "Speaker: 2",
     "iPad (3)", "iPhone 12 Pro", "Galaxy A51", "Une auditrice", "L'auditrice", "Un'ascoltatrice", "Voz del público",
     "VOZ DEL PÚBLICO", "Ein Hörer", "Eine Frau aus der zweiten Reihe", "Zwischenruf aus dem Publikum", "Głos z sali",
     "Woman in audience", "A man at the back", "Oyente de Lugo", "Слушательница из Омска", "Stem uit de zaal"],
)  # fmt: skip
def test_voices_without_a_name(label: str) -> None:
    assert is_voice(label)


@pytest.mark.parametrize(
    "label",
    ["The Chair", "Project Manager", "Grad A", "Professor C", "PhD F", "AB", "Marketing", "Speaker", "The Speaker",
     "Nora Ekdal", "Reporter", "Mr Smith", "User Interface", "Li", "A. Berg", "Ведущий", "",
     "Manning", "All Saints", "Boyd", "Channel Islands", "Alla", "Childs",
     "Frau von Ekdal", "Mann", "De Man", "Homem de Lobo", "Voice of Pell", "Lady Pell", "Pixel Ekdal", "Public Works"],
)  # fmt: skip
def test_names_offices_and_pseudonyms_are_no_voices(label: str) -> None:
    assert not is_voice(label)


@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("Назарбаев", "Назарбаева Назарбаеву Назарбаевым Назарбаеве"), ("Путин", "Путина Путину Путиным Путине"),
        ("Сергей", "Сергея Сергею Сергеем Сергее"), ("Зеленский", "Зеленского Зеленскому Зеленским Зеленском"),
        ("Лунёва", "Лунёвой Лунёву"), ("Орбан", "Орбана Орбану Орбаном Орбане"), ("Ольга", "Ольги Ольге Ольгу Ольгой"),
        ("Игорь", "Игоря Игорю Игорем"), ("Мария", "Марии Марию Марией"), ("Толстой", "Толстого Толстому"),
        ("Маск", "Маска Маску Маском Маске"),
    ],
)  # fmt: skip
def test_russian_cases(first: str, others: str) -> None:
    for form in others.split():
        assert first in set(first_cases(form)), form


def test_other_words_have_no_cases() -> None:
    assert list(first_cases("Nazarbayeva")) == ["Nazarbayeva"]
    assert list(first_cases("Ли")) == ["Ли"]


def test_gender() -> None:
    assert gender_of(["Mrs. Ekdal", "Ekdal"]) == "f" and gender_of(["г-н Путин"]) == "m"
    assert gender_of(["Mr Ekdal", "Mrs Ekdal"]) == gender_of(["Dr Ekdal", ""]) == ""


@given(st.text(max_size=40))
def test_any_word_has_all_three(word: str) -> None:
    for found in (key(word), spelling(word), sound(word)):
        assert found == "" or (found.isascii() and found.isalnum())
    assert next(iter(first_cases(word))) == word
    is_voice(word)
