"""Evidence that two names are one person's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.identity import (
    ALONE,
    BAR,
    FAMILY,
    GENERATION,
    INITIALS,
    LEAD,
    LONGER,
    OFFICE,
    OTHER_OFFICE,
    SAME,
    SOUND,
    SPELLING,
    Name,
    given_first,
    likeness,
    nicknames,
    parse,
    same_office,
    surely_parted,
)
from qa.names import is_voice


def points(one: str, other: str) -> int | None:
    a, b = parse(one), parse(other)
    assert a is not None and b is not None
    assert likeness(a, b) == likeness(b, a)
    return likeness(a, b)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Nursultan Nazarbayev", "nazarbayev", "nursultan"), ("Nazarbayev, Nursultan", "nazarbayev", "nursultan"),
        ("Nazarbayev N.A.", "nazarbayev", "n a"), ("Н.А.Назарбаев", "назарбаев", "н а"),
        ("Назарбаев Нурсултан Абишевич", "назарбаев", "нурсултан абишевич"),
        ("Нурсултан Абишевич Назарбаев", "назарбаев", "нурсултан абишевич"),
        ("Mr Smith", "smith", ""), ("Mrs. Cathy McLeod", "mcleod", "cathy"), ("Lynne Neagle AM", "neagle", "lynne"),
        ("Mireille B. Reece, Psy.D", "reece", "mireille b"), ("Tako Van Popta", "popta", "tako"),
        ("Al Gore", "gore", "al"), ("Лунёва", "лунева", ""), ("Lucy D'Agostino McGowan", "mcgowan", "lucy d'agostino"),
    ],
)  # fmt: skip
def test_parse(name: str, family: str, given: str) -> None:
    found = parse(name)
    assert found is not None
    assert (found.family, " ".join(found.given)) == (family, given)


@pytest.mark.parametrize(
    "name",
    ["Grad A", "Professor C", "Project Manager", "SPEAKER_00", "#Note#", "Monica and Phoebe", "The Chair", "Man", "AB",
     "习近平", "", "...", "Ticket Agent", "User Interface", "Speaker 1", "Ведущий"],
)  # fmt: skip
def test_no_personal_names(name: str) -> None:
    assert parse(name) is None


def test_what_tells_people_of_one_name_apart() -> None:
    assert parse("Bob Smith (Ottawa, Lib.)") == Name("smith", ("bob",), mark="ottawa, lib.")
    assert parse("John Smith Jr.") == Name("smith", ("john",), generation="jr")
    assert parse("Mrs Smith") == Name("smith", gender="f") == parse("Smith", "f")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nora Ekdal", "Nora Ekdal", SAME), ("José Peña", "Jose Pena", SAME), ("NORA EKDAL", "Nora Ekdal", SAME),
        ("Nursultan Nazarbayev", "Nursultan Nazarbaev", SAME - SPELLING),
        ("Nursultan Nazarbayev", "Нурсултан Назарбаев", SAME - SPELLING),
        ("Nursultan Nazarbayev", "Назарбаев Нурсултан Абишевич", LONGER - SPELLING),
        ("Donald Trump", "Дональд Трамп", SAME - SOUND), ("Joe Biden", "Джо Байден", SAME - SOUND),
        ("Mireille Reece", "Mireille B. Reece", LONGER), ("N. Nazarbayev", "Nursultan Nazarbayev", INITIALS),
        ("В.Путин", "Vladimir Putin", INITIALS - SPELLING), ("Ю.Ушаков", "Yury Ushakov", INITIALS - SPELLING),
        ("Nazarbayev", "Nursultan Nazarbayev", FAMILY), ("Назарбаев", "Nazarbaev", FAMILY - SPELLING),
        ("Anna", "Anna Bell", None), ("Anna Smith", "Bob Smith", None), ("B. Smith", "Anna Smith", None),
        ("Ivan Petrovich Sidorov", "Ivan Sergeyevich Sidorov", None),
        ("I. P. Sidorov", "Ivan Sergeyevich Sidorov", None), ("George W. Bush", "George H. W. Bush", None),
        ("Mr Smith", "Mrs Smith", None), ("John Smyth", "John Smith", None),
        ("John Smith Jr.", "John Smith Sr.", None), ("Bob Smith (Liberal)", "Bob Smith (NDP)", None),
        ("Путин", "Путина", None), ("Trump", "Трамп", None), ("Ana Smith", "Anna Smith", None),
    ],
)  # fmt: skip
def test_likeness(one: str, other: str, expected: int | None) -> None:
    assert points(one, other) == expected


WORDS = st.sampled_from("Nora N. Tom Ekdal Odell Нора Н. Экдаль van Mr Mrs Jr. Petrovich Ilyich Liberal , ( )".split())


@given(st.lists(WORDS, max_size=5).map(" ".join), st.lists(WORDS, max_size=5).map(" ".join))
def test_likeness_is_the_same_both_ways_and_full_with_oneself(one: str, other: str) -> None:
    a, b = parse(one), parse(other)
    if a is not None and b is not None:
        found = likeness(a, b)
        assert found == likeness(b, a)
        assert found is None or 0 <= found <= SAME
        itself = likeness(a, a)
        assert itself is not None and itself >= (BAR if a.given else FAMILY)


@pytest.mark.parametrize(
    "name", [" " * 200_000, "(" * 100_000, "a-" * 100_000, "Nora " * 100_000 + "Ekdal", "." * 100_000]
)
def test_a_name_as_long_as_a_book_comes_to_an_end(name: str) -> None:
    parse(name)
    is_voice(name)


@given(st.text(max_size=60))
def test_any_name_is_parsed(name: str) -> None:
    parse(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("President of Kazakhstan", "President of the Kazakhstan", True),
     ("Minister of Finance", "Finance Minister", True), ("Chair", "Chair of the Committee", True),
     ("President of Kazakhstan", "President of Russia", False),
     ("President", "Президент", None)],
)  # fmt: skip
def test_offices(one: str, other: str, same: bool | None) -> None:
    assert same_office(one, other) is same


def test_the_users_page_tells_these_points() -> None:
    page = (Path(__file__).parents[1] / "docs" / "people.md").read_text(encoding="utf-8")
    assert f"reaches **{BAR}** points" in page and f"not {LEAD} points ahead" in page
    told = [row.split("|")[2].strip() for row in page.splitlines() if row.startswith("| ")][1:]
    assert told == [
        str(SAME), str(LONGER), str(INITIALS), str(FAMILY), f"+ {ALONE}", f"+ {OFFICE}", f"− {-OTHER_OFFICE}",
        f"− {SPELLING}", f"− {SOUND}", f"− {GENERATION}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "surnames", "family"),
    [
        ("Ruiz Vega, Ana", "ana", "ruiz", "vega"), ("Ruiz y Vega, Ana", "ana", "ruiz", "vega"),
        ("Ana Ruiz y Vega", "ana", "ruiz", "vega"), ("Ekdal, Nora K.", "nora k", "", "ekdal"),
        ("Ekdal, Jan van der", "jan", "", "ekdal"), ("van der Ekdal, Jan", "jan", "", "ekdal"),
        ("Al Ekdal, Nora", "nora", "", "ekdal"), ("Nora al-Ekdal", "nora", "", "ekdal"), ("El-Ekdal", "", "", "ekdal"),
        ("Van den Ekdal", "", "", "ekdal"), ("de Ekdal", "", "", "ekdal"), ("Van Morrison", "van", "", "morrison"),
        ("Ekdal, Nora, PhD", "nora", "", "ekdal"), ("Ekdal, Tom Jr.", "tom", "", "ekdal"),
        ('Ekdal, Eleonora "Nora"', "eleonora", "", "ekdal"), ("Petrov, Ivan Ilyich", "ivan ilyich", "", "petrov"),
    ],
)  # fmt: skip
def test_family_names_that_labels_tell(name: str, given: str, surnames: str, family: str) -> None:
    found = parse(name)
    assert found is not None
    assert (" ".join(found.given), " ".join(found.surnames), found.family) == (given, surnames, family)


@pytest.mark.parametrize("name", ["Ana y Tom Ruiz", "Ana y Tom", "Ana Ruiz y Tom Vega"])
def test_two_people_are_no_double_family_name(name: str) -> None:
    assert parse(name) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ruiz Vega, Ana", "Ana Ruiz Vega", SAME), ("Ruiz Vega, Ana", "A. Ruiz Vega", INITIALS),
        ("Ruiz Vega, Ana", "Ana Ruiz Lobo", None), ("Ruiz Vega, Ana", "Ana Vega", None),
        ("Ekdal, Nora K.", "Nora Ekdal", LONGER), ("Ekdal, Nora K.", "Nora L. Ekdal", None),
        ("Petrov, Ivan I.", "Иван Ильич Петров", LONGER - SPELLING),
        ("Nora Ekdal, Lunde", "Nora Ekdal, Pell", None), ("Nora al-Ekdal", "Nora El-Ekdal", SAME),
        ("Van den Berg", "Jan van den Berg", FAMILY),
    ],
)  # fmt: skip
def test_likeness_of_names_with_commas_and_particles(one: str, other: str, expected: int | None) -> None:
    assert points(one, other) == expected


def test_given_first() -> None:
    assert (
        given_first("Ekdal, Nora K.") == "Nora K. Ekdal" and given_first("Ruiz Vega, Ana (PP)") == "Ana Ruiz Vega (PP)"
    )
    assert given_first("Nora Ekdal") == "Nora Ekdal" and given_first("Nora Ekdal, PhD") == "Nora Ekdal, PhD"
    assert surely_parted("Ekdal, Nora K.") and surely_parted("Berg, Jan van der") and not surely_parted("Ekdal, Oslo")


def test_nicknames() -> None:
    assert nicknames(['Thomas "Tib" Baszko']) == nicknames(["Baszko, Thomas (Tib)"]) == {"tib"}
    assert nicknames(["Thomas (Tib) Baszko"]) == {"tib"}
    assert not nicknames(["Thomas Baszko (Con)", "Thomas O'Hara", "Baszko (Ottawa, Lib.)"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Юлія Гриценко", "Yuliia Hrytsenko", SAME - SPELLING), ("Đorđe Živković", "Ђорђе Живковић", SAME - SPELLING),
        ("Djordje Zivkovic", "Đorđe Živković", SAME - SPELLING), ("Лю Сяомин", "Liu Xiaoming", SAME - SPELLING),
        ("Nora Böhm", "Nora Boehm", SAME - SPELLING), ("Mohammed Ekdal", "Muhammad Ekdal", SAME - SPELLING),
        ("Г.Гриценко", "H. Hrytsenko", INITIALS - SPELLING),
        ("Ivan Ivanov", "Иванна Иванова", None), ("Марина Ким", "Marin Kim", None),
        ("Ivan Khmelnitsky", "Иван Хмельницкая", None), ("Sarah Trump", "Сара Трамп", SAME - SOUND),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", None), ("Nguyễn Văn Hùng", "Nguyen Van Hung", LONGER),
        ("Nguyễn Văn Hòa", "Nguyễn Văn Hoà", SAME), ("Nguyễn Văn Hung", "Nguyễn Văn Hùng", SAME),
    ],
)  # fmt: skip
def test_likeness_across_languages(one: str, other: str, expected: int | None) -> None:
    assert points(one, other) == expected
