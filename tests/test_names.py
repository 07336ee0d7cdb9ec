"""Words of names across spellings and scripts; labels that name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.letters import arabic, pinyin
from qa.names import (
    begins_with_family,
    first_cases,
    gender_of,
    is_voice,
    key,
    sound,
    sounds,
    spelling,
    spellings,
    toned,
    without_article,
)


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


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("Гриценко", "Hrytsenko Gritsenko"), ("Хмельницький", "Khmelnytskyi Khmelnytskyy Khmelnitskiy"),
        ("Сергій", "Serhii Serhiy Sergiy"), ("Юлія", "Yuliia Iuliia Yuliya Yulia"), ("Євген", "Yevhen"),
        ("Щербина", "Shcherbyna Shcherbina"), ("Ђорђе", "Đorđe Djordje"), ("Живковић", "Živković Zivkovic Zhivkovich"),
        ("Љубиша", "Ljubiša Ljubisa"), ("Џанић", "Džanić Dzanic"), ("Његош", "Njegoš Njegos"),
        ("Müller", "Mueller Muller"),
        ("Sørensen", "Soerensen Sorensen"), ("Šimek", "Shimek Simek"), ("Şahin", "Shahin Sahin"),
        ("Сяомин", "Xiaoming Xiao-ming"), ("Ван", "Wang"), ("Цзян", "Jiang"), ("Чжоу", "Zhou"), ("Цюй", "Qu"),
        ("Лю", "Liu"), ("Хуа", "Hua"), ("Юань", "Yuan"), ("Mohammed", "Muhammad Mohamed Mohammad Мухаммад"),
        ("Layla", "Leila Laila Leyla Лейла"), ("Yusuf", "Youssef Yousef Юсуф"),
    ],
)  # fmt: skip
def test_one_word_in_the_letters_of_other_languages(word: str, others: str) -> None:
    for other in others.split():
        assert not spellings(word).isdisjoint(spellings(other)) or key(word) == key(other), other


@pytest.mark.parametrize(
    "pair",
    ["Mueller Muller", "Hill Gill", "Hanna Ganna", "Smyth Smith", "Zivkovic Zhivkovich", "Hassan Hussain", "Amir Omar",
     "Salim Salem", "Brandon Brendon", "Lena Lana", "Karim Karam", "Сяомин Xiaohong", "Иван Wang"],
)  # fmt: skip
def test_other_words_have_no_spelling_in_common(pair: str) -> None:
    one, other = pair.split()
    assert spellings(one).isdisjoint(spellings(other))


CYRILLIC = st.text("абвгдежзийклмнопрстуфхцчшщыьэюяєіїґђћџљњј", min_size=1, max_size=12).map(str.title)


@given(CYRILLIC | st.text(max_size=20))
def test_a_word_has_its_own_spelling_among_all_and_a_sound_for_each(word: str) -> None:
    assert spelling(word) in spellings(word) or not spelling(word)
    assert sound(word) in sounds(word)
    assert all(one == "" or (one.isascii() and one.isalnum()) for one in spellings(word) | sounds(word))


@given(CYRILLIC)
def test_transliterated_as_ukraine_does_a_word_is_the_same(word: str) -> None:
    table = str.maketrans({"и": "y", "і": "i", "ї": "i", "г": "h", "ґ": "g", "є": "ie", "й": "i", "ю": "iu", "я": "ia",
                           "ь": None, "х": "kh", "щ": "shch"})  # fmt: skip
    small = word.casefold()
    latin = ("ye" + small[1:] if small.startswith("є") else small).translate(table)
    assert not spellings(word).isdisjoint(spellings(latin))


@given(st.lists(st.sampled_from("ван ли чжан сяо мин хун цзе лю юань шэн".split()), min_size=1, max_size=3))
def test_chinese_in_cyrillic_is_read_syllable_by_syllable(syllables: list[str]) -> None:
    assert pinyin("".join(syllables)) == "".join(pinyin(one) for one in syllables)


def test_pinyin_and_arabic_of_other_words() -> None:
    assert pinyin("петров") == pinyin("") == pinyin("ван" * 9) == ""
    assert arabic("smith") == arabic("") == ""


def test_articles_and_tones() -> None:
    assert without_article("al-Rashid") == without_article("El-Rashid") == without_article("ar-Rashid") == "Rashid"
    assert [without_article(word) for word in ("Al", "An-Ping", "Elena", "al-Al")] == [
        "Al",
        "An-Ping",
        "Elena",
        "al-Al",
    ]
    assert toned("Hòa") == toned("Hoà") != toned("Hoá")


@pytest.mark.parametrize("name", [
    "Kim Min-jun", "Kim Ji Woo", "Park Chan Wook", "Song Kang-ho", "Ban Ki-moon", "Nguyen Van Hung", "Nguyễn Thị Hương",
    "Ho Chi Minh", "Wang Xiaoming", "Xi Jinping", "Sun Yat-sen",
])  # fmt: skip
def test_eastern_names_begin_with_the_family_name(name: str) -> None:
    assert begins_with_family(*name.split())


@pytest.mark.parametrize("name", [
    "Kim Novak", "Kim Lee-Smith", "Lee Ann Pell", "Lee Harvey Oswald", "Van Morrison", "Wei Wang", "An Nguyen", "Kim",
    "Lin-Manuel Miranda", "Nam June Paik", "Tom Baszko", "Duong Tran",
])  # fmt: skip
def test_names_of_elsewhere_and_of_either_order_do_not(name: str) -> None:
    assert not begins_with_family(*name.split())
