"""Labels to persons, and persons found in the words of a question."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.speakers import Directory, assign, name_keys, parse_label, people_in, same_name, told_apart
from qa.types import PersonInfo


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Nora Ekdal", "Nora Ekdal", None),
        ("Nora Ekdal:", "Nora Ekdal", None),
        ("President of Russia Vladimir Putin", "Vladimir Putin", "President of Russia"),
        ("President of Kazakhstan Nursultan Nazarbayev", "Nursultan Nazarbayev", "President of Kazakhstan"),
        ("Former President of Kazakhstan N. Nazarbayev", "N. Nazarbayev", "Former President of Kazakhstan"),
        ("President of Kazakhstan N. A. Nazarbayev", "N. A. Nazarbayev", "President of Kazakhstan"),
        ("Presidential Aide Yury Ushakov", "Yury Ushakov", "Presidential Aide"),
        ("Economic Development Minister Maxim Oreshkin", "Maxim Oreshkin", "Economic Development Minister"),
        ("Prime Minister Nora Ekdal", "Nora Ekdal", "Prime Minister"),
        (
            "Minister of the Interior and Local Affairs Joren Kalb",
            "Joren Kalb",
            "Minister of the Interior and Local Affairs",
        ),
        ("The Chair (Hon. Anthony Rota)", "Anthony Rota", "Chair"),
        ("Bob Smith, CEO", "Bob Smith", "CEO"),
        ("Bob Smith (CEO)", "Bob Smith", "CEO"),
        ("Nora Ekdal (laughing)", "Nora Ekdal", None),
        ("Hon. Chrystia Odell (Minister of Finance)", "Chrystia Odell", "Minister of Finance"),
        ("Mr. Tom Baszko (Fenwater, LPC)", "Tom Baszko", "Fenwater, LPC"),
        ("Mr. Smith", "Smith", None),
        ("Mrs Ekdal", "Ekdal", None),
        ("Dr. Nora Ekdal", "Nora Ekdal", None),
        ("Right Hon. Nora Ekdal", "Nora Ekdal", None),
        ("MR. SMITH", "Smith", None),
        ("NORA EKDAL", "Nora Ekdal", None),
        ("В.Путин", "В.Путин", None),
        ("Т.Карлсон", "Т.Карлсон", None),
        ("Nora von Ekdal", "Nora von Ekdal", None),
    ],
)
def test_parse_label(label: str, name: str, role: str | None) -> None:
    parsed = parse_label(label)
    assert (parsed.name, parsed.role) == (name, role)
    assert not parsed.anonymous


@pytest.mark.parametrize(
    "label",
    ["Project Manager", "Industrial Designer", "User Interface", "Grad A", "PhD F", "Professor C", "SPEAKER_00",
     "Speaker 1", "AB", "Question", "Marketing", "Guest"],
)  # fmt: skip
def test_labels_that_hold_no_name_stay_whole(label: str) -> None:
    assert parse_label(label).name == label
    assert parse_label(label).role is None


@pytest.mark.parametrize("label", ["The Chair", "The Acting Chair", "Moderator", "President"])
def test_an_office_alone_is_anonymous(label: str) -> None:
    assert parse_label(label).anonymous


def test_evidence_decides_how_long_a_name_is() -> None:
    label = "Minister for Sea Ana Maria Lopez"
    assert parse_label(label, "Ana Maria Lopez came.").name == "Ana Maria Lopez"
    assert parse_label(label, "Lopez Ana Maria").name == "Ana Maria Lopez"
    russian = parse_label("Президент России Владимир Путин", "Владимир Путин приехал в Сочи.")
    assert (russian.name, russian.role) == ("Владимир Путин", "Президент России")


@given(st.text(max_size=80))
def test_any_label_is_parsed(label: str) -> None:
    parsed = parse_label(label)
    assert parsed.name is not None


# ------------------------------------------------------------------ labels of one document


def homes(*labels: str, known: tuple[str, ...] = (), evidence: str = "") -> dict[str, str]:
    return {label: person.name for label, person in assign(labels, known=known, evidence=evidence).items()}


@pytest.mark.parametrize(
    "short",
    ["Nazarbayev", "Mr Nazarbayev", "Nursultan Nazarbayev", "Nazarbayev Nursultan", "N. Nazarbayev", "N.Nazarbayev",
     "President Nazarbayev", "NAZARBAYEV", "Nursultan Nazarbayev (through an interpreter)"],
)  # fmt: skip
def test_a_short_label_joins_the_only_possible_person(short: str) -> None:
    full = "President of Kazakhstan Nursultan Nazarbayev"
    found = homes(full, "President of Russia Vladimir Putin", short)
    assert found[short] == found[full] == "Nursultan Nazarbayev"
    assert homes(short, full)[short] == "Nursultan Nazarbayev"


def test_the_person_keeps_role_and_forms() -> None:
    full = "President of Kazakhstan Nursultan Nazarbayev"
    person = assign([full, "Mr Nazarbayev"], known=["Nazarbayev Nursultan"])["Mr Nazarbayev"]
    assert person.role == "President of Kazakhstan"
    assert {full, "Mr Nazarbayev", "Nazarbayev Nursultan"} <= set(person.aliases)
    assert person.name not in person.aliases


def test_two_people_of_one_surname_stay_two() -> None:
    found = homes("Bob Smith", "Anna Smith", "Smith")
    assert found["Bob Smith"] == "Bob Smith" and found["Anna Smith"] == "Anna Smith"
    assert found["Smith"] == "Smith"  # whose words these are cannot be told: nobody is given them


def test_initials_tell_people_of_one_surname_apart() -> None:
    found = homes("Bob Smith", "Anna Smith", "A. Smith")
    assert found["A. Smith"] == "Anna Smith"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Grad A", "Grad B"), ("Speaker 1", "Speaker 2"), ("Anna", "Anna Bell"), ("Professor C", "Professor D"),
     ("Project Manager", "Marketing"), ("SPEAKER_00", "SPEAKER_01"), ("Bob Smith", "Bob Smithson"), ("A", "B")],
)  # fmt: skip
def test_others_are_never_one(one: str, other: str) -> None:
    assert len(set(homes(one, other).values())) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vladimir Putin", "V. Putin", True), ("Putin", "Vladimir Putin", True),
        ("Putin Vladimir", "Vladimir Putin", False),
        ("VLADIMIR PUTIN", "Vladimir Putin", True), ("José Peña", "Jose Pena", True), ("Mr Peña", "José Pena", True),
        ("A. Putin", "Vladimir Putin", False), ("Vladimir", "Vladimir Putin", False), ("Grad A", "Grad B", False),
        ("Т.Карлсон", "Такер Карлсон", True), ("", "Vladimir Putin", False),
    ],
)  # fmt: skip
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


LABEL_WORDS = "Nora Tom Ekdal Odell N. T. Mr President of Kestria the Grad A".split()
NAMES = st.lists(st.sampled_from(LABEL_WORDS), min_size=1, max_size=4).map(" ".join)


@given(st.lists(NAMES, max_size=6))
def test_every_label_gets_a_person_and_order_does_not_matter_for_its_count(labels: list[str]) -> None:
    found = assign(labels)
    assert set(found) == set(labels)
    for label, person in found.items():
        assert label == person.name or label in person.aliases
    names = [person.name for person in set(found.values())]
    assert len(names) == len(set(names)), "two people of one canonical name cannot be told apart"


def test_name_keys() -> None:
    assert name_keys("Т.Карлсон") == ["t", "karlson"]
    assert name_keys("Mr. José Peña (Chair)") == ["jose", "pena"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Presidential Aide Yury Ushakov and Economic Development Minister Maxim Oreshkin also attended.",
         {"Yury Ushakov": "Presidential Aide", "Maxim Oreshkin": "Economic Development Minister"}),
        ("Presidential Aide Lotte Haven, Minister of Culture Bram Odell and Minister of Trade Signe Faro came.",
         {"Lotte Haven": "Presidential Aide", "Bram Odell": "Minister of Culture", "Signe Faro": "Minister of Trade"}),
        ("Nobody else came to Sochi.", {}),
    ],
)  # fmt: skip
def test_people_in_page_text(text: str, expected: dict[str, str]) -> None:
    assert {person.name: person.role for person in people_in(text)} == expected


# ------------------------------------------------------------------ people in a question

KAZAKH, RUSSIAN, AIDE = "Nursultan Nazarbayev", "Vladimir Putin", "Yury Ushakov"


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(
        {
            KAZAKH: (
                ("President of Kazakhstan",),
                ("President of Kazakhstan Nursultan Nazarbayev", "Nazarbayev Nursultan"),
            ),
            RUSSIAN: (("President of Russia",), ("President of Russia Vladimir Putin",)),
            AIDE: (("Presidential Aide",), ()),
            "Bob Smith": ((), ()),
            "Anna Smith": ((), ()),
            "Grad A": ((), ()),
            "Project Manager": ((), ()),
            "Т.Карлсон": ((), ()),
            "Ольга Лунёва": ((), ()),
        }
    )


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Nazarbayev say about Baikonur?", [KAZAKH]),
        ("What did Nursultan Nazarbayev say?", [KAZAKH]),
        ("What did Nazarbayev Nursultan say?", [KAZAKH]),
        ("What did Mr Nazarbayev say?", [KAZAKH]),
        ("What did Mr. Nazarbayev's trip change?", [KAZAKH]),
        ("What did President Nazarbayev say?", [KAZAKH]),
        ("What did the Kazakh president say?", [KAZAKH]),
        ("What did the President of Kazakhstan say?", [KAZAKH]),
        ("what did the president of kazakhstan say", [KAZAKH]),
        ("What did Kazakhstan's president say?", [KAZAKH]),
        ("What did the Russian president say?", [RUSSIAN]),
        ("What did the Kazakh leader say?", [KAZAKH]),
        ("What did Nazarbaev say?", [KAZAKH]),
        ("What did Nazarbayew say?", [KAZAKH]),
        ("what did nazarbayev say about baikonur", [KAZAKH]),
        ("what did putin say", [RUSSIAN]),
        ("WHAT DID PUTIN SAY", [RUSSIAN]),
        ("What did Putin tell Nazarbayev?", [RUSSIAN, KAZAKH]),
        ("What did Bob Smith say?", ["Bob Smith"]),
        ("What did Grad A say?", ["Grad A"]),
        ("What did the project manager say?", ["Project Manager"]),
        ("Что сказал Назарбаев?", [KAZAKH]),
        ("Что Путина спросили?", [RUSSIAN]),
        ("Что сказали Путину о реке?", [RUSSIAN]),
        ("Что ответил Карлсон?", ["Т.Карлсон"]),
        ("Что спросили у Карлсона?", ["Т.Карлсон"]),
        ("Что сказала Лунёва?", ["Ольга Лунёва"]),
        ("Что сказала Лунева?", ["Ольга Лунёва"]),
        ("What is the price of bread?", []),
        ("What did they say about trade relations?", []),
        ("", []),
        ("???", []),
    ],
)
def test_find(directory: Directory, question: str, names: list[str]) -> None:
    assert [list(mention.names) for mention in directory.find(question)] == [[name] for name in names]


def test_a_surname_of_two_means_either(directory: Directory) -> None:
    assert [mention.names for mention in directory.find("What did Smith say?")] == [("Anna Smith", "Bob Smith")]


@pytest.mark.parametrize("question", ["What did Boris Smith say?", "What did Merkel say?", "What did Grad B say?"])
def test_a_stranger_is_nobody_here(directory: Directory, question: str) -> None:
    assert directory.find(question) == []


@example("PUTI PRESIDENT:PUTI")
@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from("Putin the president of Kazakhstan Smith Bob Mr 's , . А Путин".split())).map(" ".join)
)
def test_mentions_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    book = Directory({KAZAKH: (("President of Kazakhstan",), ()), RUSSIAN: ((), ()), "Bob Smith": ((), ())})
    at = 0
    for mention in book.find(text):
        assert at <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.names and set(mention.names) <= set(book.names)
        assert 0 < mention.score <= 1
        at = mention.end


@pytest.mark.parametrize(
    ("name", "first"),
    [("Nazarbaev", KAZAKH), ("Putyn", RUSSIAN), ("Bob Smit", "Bob Smith"), ("Ushakow", AIDE)],
)
def test_nearest(directory: Directory, name: str, first: str) -> None:
    assert directory.nearest(name)[0] == first
    assert len(directory.nearest(name, limit=1)) == 1


def test_a_slip_is_looked_for_among_those_present(directory: Directory) -> None:
    assert directory.nearest("Putyn", among={KAZAKH}) == ()
    assert directory.nearest("Putyn", among={KAZAKH, RUSSIAN}) == (RUSSIAN,)


@pytest.mark.parametrize("name", ["Xqzw", "", "   ", "Dawn Bowden", "Dwayne O'Brian"])
def test_nothing_is_near_a_stranger(directory: Directory, name: str) -> None:
    assert directory.nearest(name) == ()


@pytest.mark.parametrize(
    ("name", "names"),
    [
        (KAZAKH, (KAZAKH,)), ("nursultan nazarbayev", (KAZAKH,)), ("Nazarbayev", (KAZAKH,)),
        ("Mr Nazarbayev", (KAZAKH,)),
        ("Nazarbayev Nursultan", (KAZAKH,)), ("N. Nazarbayev", (KAZAKH,)), ("Nazarbaev", (KAZAKH,)),
        ("nazarbayev", (KAZAKH,)),
        ("the Kazakh president", (KAZAKH,)), ("President of Kazakhstan", (KAZAKH,)), ("Путин", (RUSSIAN,)),
        ("Smith", ("Anna Smith", "Bob Smith")), ("Project Manager", ("Project Manager",)), ("Grad A", ("Grad A",)),
        ("Merkel", ()), ("Boris Smith", ()), ("", ()), ("  ", ()), ("the", ()),
    ],
)  # fmt: skip
def test_resolve(directory: Directory, name: str, names: tuple[str, ...]) -> None:
    assert directory.resolve(name) == names


def test_a_short_word_in_small_letters_is_no_misspelt_name() -> None:
    directory = Directory({"Tako Van Popta": ((), ())})
    assert directory.find("What did take so long?") == []
    assert [m.names for m in directory.find("What did Tako say?")] == [("Tako Van Popta",)]


@pytest.mark.parametrize("text", ["the Marketing expert say?", "the marketing Expert say?", "Marketing say?"])
def test_a_trade_belongs_to_the_field_before_it(text: str) -> None:
    (found,) = Directory({"Marketing": ((), ()), "Tom Ashby": ((), ())}).find(f"What did {text}")
    assert found.names == ("Marketing",)
    assert f"What did {text}"[found.end :] == " say?"


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("The Minister of Works (Mr. Nils Odell)", "Nils Odell", "Minister of Works"),
        ("The Secretary of State for War (Mrs. Ekdal)", "Ekdal", "Secretary of State for War"),
        ("The Prime Minister (Mr. Baszko)", "Baszko", "Prime Minister"),
        ("The Chair (Hon. Ilsa Faro)", "Ilsa Faro", "Chair"),
    ],
)
def test_an_office_with_its_bearer_in_brackets(label: str, name: str, role: str) -> None:
    person = assign([label])[label]
    assert (person.name, person.role, person.anonymous) == (name, role, False)


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Sen. Nora Ekdal", "Nora Ekdal", "Senator"), ("Cllr Nora Ekdal", "Nora Ekdal", "Councillor"),
        ("Lt. Gov. Nora Ekdal", "Nora Ekdal", "Lieutenant Governor"), ("REP. EKDAL", "Ekdal", "REPRESENTATIVE"),
        ("Former Gov. Nora Ekdal", "Nora Ekdal", "Former Governor"), ("Gen. Nora Ekdal", "Nora Ekdal", "General"),
        ("Sra. Nora Ekdal", "Nora Ekdal", None), ("Rt Hon Nora Ekdal MP", "Nora Ekdal", None),
        ("THE RT HON THE LORD EKDAL", "Ekdal", None), ("Hon. Dr. Nora Ekdal KC", "Nora Ekdal", None),
        ("Amartya Sen", "Amartya Sen", None), ("Sen Ekdal", "Sen Ekdal", None),
        ("Nora Ekdal Sr.", "Nora Ekdal Sr.", None),
        ("Ekdal, Nora K.", "Ekdal, Nora K.", None), ("Ekdal y Ruiz, Nora", "Ekdal y Ruiz, Nora", None),
    ],
)  # fmt: skip
def test_titles_cut_short_and_stacked_are_no_part_of_a_name(label: str, name: str, role: str | None) -> None:
    found = parse_label(label)
    assert (found.name, found.role) == (name, role)


def test_a_title_that_labels_bear_out_tells_which_of_two_is_meant() -> None:
    both = Directory({"Nora Ekdal": ((), ("Prof. Nora Ekdal",)), "Ilsa Ekdal": ((), ())})
    (found,) = both.find("What did Professor Ekdal say?")
    assert found.names == ("Nora Ekdal",)
    (found,) = both.find("What did Lord Ekdal say?")
    assert found.names == ("Ilsa Ekdal", "Nora Ekdal")


def test_a_name_in_capitals_behind_a_form_of_address_becomes_small() -> None:
    labels = ("Hon NORA EKDAL (Minister for Mills)", "Mr BASZKO", "Dr AB")
    named = [parse_label(label).name for label in labels]
    assert named == ["Nora Ekdal", "Baszko", "AB"]


_GIVEN = st.sampled_from("Anna Boris Clara David Elena Felix Greta Hugo Ines Jakub Karla Lukas Мария Николай".split())
_FAMILY = st.sampled_from("Ekdal Baszko Kelm Ortiz Петров Marlow Weber Lobo".split())


@given(st.lists(st.tuples(_GIVEN, _GIVEN, _FAMILY), min_size=1, max_size=6, unique=True))
def test_initials_find_their_bearer_and_nobody_whom_they_exclude(people: list[tuple[str, str, str]]) -> None:
    book = Directory({f"{first} {second} {family}": ((), ()) for first, second, family in people})
    for first, second, family in people:
        found = book.find(f"What did {first[0]}.{second[0]}. {family} say?")
        assert len(found) == 1 and f"{first} {second} {family}" in found[0].names
        for name in found[0].names:
            assert [word[0] for word in name.split()[:2]] == [first[0], second[0]] and name.endswith(family)


def test_one_of_several_is_told_by_office_or_transcript() -> None:
    assert told_apart(PersonInfo("Kim", (), (), 3, ("supply-2018",))) == "Kim (supply-2018)"
    assert told_apart(PersonInfo("Kim", (), (), 3, ("a", "b"))) == "Kim (a, …)"
    assert told_apart(PersonInfo("Kim Ji-woo", (), (), 3, ("a",))) == "Kim Ji-woo"
    assert told_apart(PersonInfo("Kim", ("Treasurer",), (), 3, ("a",))) == "Kim (Treasurer)"
