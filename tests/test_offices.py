"""Who held which office when."""

from __future__ import annotations

import pytest

from qa.offices import office
from qa.speakers import Directory
from qa.types import DatedRole

OLD, NEW, NEIGHBOUR, DEPUTY = "Nursultan Nazarbayev", "Kassym-Jomart Tokayev", "Vladimir Putin", "Nora Ekdal"
ROLES = {
    OLD: [DatedRole("Former President of Kazakhstan", "2021-05-01", "2021-05-01"),
          DatedRole("President of Kazakhstan", "2014-05-29", "2017-10-12")],
    NEW: [DatedRole("President of the Republic of Kazakhstan", "2020-01-15", "2022-09-02"),
          DatedRole("Chairman of the Senate", "2017-10-12", "2018-03-03")],
    NEIGHBOUR: [DatedRole("President of Russia", "2014-05-29", "2022-09-02")],
    DEPUTY: [DatedRole("Deputy President of Kazakhstan", "2018-06-01", "2018-06-01")],
}  # fmt: skip
BOOK = Directory({name: ([one.role for one in roles], ()) for name, roles in ROLES.items()}, ROLES)


def meant(text: str, since: str | None = None, until: str | None = None) -> list[tuple[str, ...]]:
    return [mention.names for mention in BOOK.find(text, since, until or since)]


@pytest.mark.parametrize(
    ("since", "until", "who"),
    [
        ("2017-10-12", None, OLD), ("2017-01-01", "2017-12-31", OLD), ("2021-05-01", None, NEW),
        ("2020-01-01", "2020-12-31", NEW), ("2019-01-01", "2019-02-01", OLD), ("2030-01-01", None, NEW),
        ("2010-01-01", None, OLD),
    ],
)  # fmt: skip
def test_the_president_at_a_date(since: str, until: str | None, who: str) -> None:
    for words in ("the Kazakh president", "the President of Kazakhstan", "Kazakhstan's president"):
        assert meant(f"What did {words} say?", since, until) == [(who,)]


def test_without_a_date_an_office_is_whoever_held_it() -> None:
    assert meant("What did the Kazakh president say?") == [(NEW, OLD)]
    assert meant("What did the President of the Republic of Kazakhstan say?") == [(NEW,)]
    assert meant("What did the Russian president say?") == [(NEIGHBOUR,)]


def test_the_president_of_several_countries_at_a_date() -> None:
    assert set(meant("What did the president say?", "2017-10-12")[0]) == {OLD, NEIGHBOUR}


def test_the_former_president() -> None:
    assert meant("What did the former president of Kazakhstan say?") == [(OLD,)]
    assert meant("What did the former Kazakh president say?", "2022-01-01") == [(OLD,)]


def test_former_is_whoever_held_it_before_the_last_where_no_label_says_so() -> None:
    book = Directory(
        {"Ann Lee": (["Chair"], ()), "Bo Dahl": (["Chair"], ())},
        {"Ann Lee": [DatedRole("Chair", "2019-01-01", "2020-01-01")],
         "Bo Dahl": [DatedRole("Chair", "2021-01-01", "2022-01-01")]},
    )  # fmt: skip
    assert [m.names for m in book.find("What did the former chair say?")] == [("Ann Lee",)]
    assert [m.names for m in book.find("What did the chair say?", "2021-06-01", "2021-06-01")] == [("Bo Dahl",)]
    assert [m.names for m in book.find("What did the chair say?")] == [("Ann Lee", "Bo Dahl")]


def test_a_former_holder_is_not_the_holder() -> None:
    book = Directory({OLD: (["Former President of Kazakhstan"], ())})
    assert book.find("What did the Kazakh president say?") == []
    assert [m.names for m in book.find("What did the former Kazakh president say?")] == [(OLD,)]


def test_offices_without_dates_hold_always() -> None:
    book = Directory({"Ann Lee": (["Chair"], ())})
    assert [m.names for m in book.find("What did the chair say?", "2017-01-01", "2017-02-01")] == [("Ann Lee",)]


def test_the_words_of_an_office() -> None:
    assert office("President of the Republic of Türkiye") == ("president", "republic", "turkiye")


def test_who_held_it_then_under_a_shorter_title() -> None:
    book = Directory(
        {"Ann Lee": (["Governor of Pell"], ()), "Bo Dahl": (["Governor", "Former Governor of Pell"], ()),
         "Cy Odell": (["Governor"], ())},
        {"Ann Lee": [DatedRole("Governor of Pell", "2013-01-01", "2014-01-01")],
         "Bo Dahl": [DatedRole("Governor", "2009-01-01", "2009-01-01"),
                     DatedRole("Former Governor of Pell", "2013-01-01", "2013-01-01")],
         "Cy Odell": [DatedRole("Governor", "2009-01-01", "2009-01-01")]},
    )  # fmt: skip
    asked = "What did the governor of Pell say?"
    assert [m.names for m in book.find(asked, "2009-01-01", "2009-12-31")] == [("Bo Dahl",)]
    assert [m.names for m in book.find(asked, "2013-01-01", "2013-12-31")] == [("Ann Lee",)]


def test_russian_questions_name_offices_that_labels_have_in_english() -> None:
    book = Directory(
        {"Ann Lee": (["President of Kazakhstan"], ()), "Bo Dahl": (["President of Russia"], ()),
         "Cy Odell": (["Former President of Kazakhstan"], ()), "Di Faro": (["Президент Украины"], ())},
    )  # fmt: skip
    for asked, who in [
        ("Что сказал президент Казахстана о теннисе?", "Ann Lee"), ("Что сказал президент России?", "Bo Dahl"),
        ("Что сказал бывший президент Казахстана?", "Cy Odell"), ("Что сказал президент Украины?", "Di Faro"),
    ]:  # fmt: skip
        assert [m.names for m in book.find(asked)] == [(who,)]
    assert book.find("Что сказал президент Франции о теннисе?") == []
