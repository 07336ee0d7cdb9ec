"""Who is who across transcripts: by evidence, then by the user's decisions; whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.registry import Registry, refs, settle
from qa.types import Action, Appearance, Decision, Ref


def seen(transcript: str, name: str, role: str | None = None, *forms: str, n_turns: int = 1) -> Appearance:
    return Appearance(transcript, f"2020-01-{len(transcript):02d}", name, role, forms, n_turns=n_turns)


def groups(found: Registry) -> dict[str, set[str]]:
    """Canonical name -> "transcript:name" of each appearance."""
    people: dict[str, set[str]] = {}
    for (transcript, name), canonical in found.names.items():
        people.setdefault(canonical, set()).add(f"{transcript}:{name}")
    return people


def people(*appearances: Appearance, decisions: Sequence[Decision] = ()) -> dict[str, set[str]]:
    return groups(settle(appearances, decisions))


# ------------------------------------------------------------------ by evidence


@pytest.mark.parametrize(
    "names",
    [
        ["Nursultan Nazarbayev", "Nursultan Nazarbaev", "Нурсултан Назарбаев", "N. Nazarbayev", "Н.Назарбаев"],
        ["Nursultan Nazarbayev", "Nazarbayev Nursultan", "Назарбаев Нурсултан Абишевич", "Nazarbayev, Nursultan"],
        ["Nursultan Nazarbayev", "Nazarbaev", "Назарбаев", "Nazarbayev N. A."],
        ["Nazarbayev", "Nazarbaev", "Назарбаев"],
        ["Vladimir Putin", "В.Путин", "Putin", "VLADIMIR PUTIN"],
        ["Donald Trump", "Дональд Трамп", "Д.Трамп"],
        ["Mireille Reece, PsyD", "Mireille B. Reece, Psy.D", "Mireille Reece"],
        ["Mrs. Cathy McLeod", "Cathy McLeod", "McLeod"],
    ],
)
def test_one_person_in_many_forms(names: list[str]) -> None:
    for order in (names, names[::-1]):
        assert len(people(*(seen(f"t{n}", name) for n, name in enumerate(order)))) == 1


def test_the_fullest_usual_form_is_the_name() -> None:
    (name,) = people(seen("a", "N. Nazarbayev"), seen("b", "Nazarbayev Nursultan"), seen("c", "Nursultan Nazarbayev"),
                     seen("d", "Nursultan Nazarbayev"), seen("e", "NURSULTAN NAZARBAYEV"))  # fmt: skip
    assert name == "Nursultan Nazarbayev"


def test_two_people_of_one_family_name_stay_two() -> None:
    found = people(seen("a", "Anna Smith"), seen("b", "Bob Smith"), seen("c", "Smith"), seen("d", "A. Smith"))
    assert found == {"Anna Smith": {"a:Anna Smith", "d:A. Smith"}, "Bob Smith": {"b:Bob Smith"}, "Smith": {"c:Smith"}}


def test_a_short_name_that_may_be_either_is_nobody_elses() -> None:
    both = (seen("a", "John Smith"), seen("b", "Jane Smith"))
    found = people(*both, seen("c", "J. Smith"), seen("d", "Smith"), seen("e", "J. Smith"))
    assert found["John Smith"] == {"a:John Smith"} and found["Jane Smith"] == {"b:Jane Smith"}
    assert set(found) - {"John Smith", "Jane Smith"} == {"J. Smith (c)", "Smith", "J. Smith (e)"}


def test_an_office_tells_which_of_two_is_meant() -> None:
    both = (seen("a", "John Smith", "Treasurer of Lunde"), seen("b", "Jane Smith", "Mayor of Lunde"))
    found = people(*both, seen("c", "J. Smith", "Treasurer"), seen("d", "Smith", "Mayor of Lunde"))
    assert found["John Smith"] == {"a:John Smith", "c:J. Smith"}
    assert found["Jane Smith"] == {"b:Jane Smith", "d:Smith"}


def test_an_honorific_tells_which_of_two_is_meant() -> None:
    found = people(seen("a", "Smith", None, "Mr Smith"), seen("b", "Smith", None, "Mrs Smith"), seen("c", "Smith"))
    assert found == {"Mr Smith": {"a:Smith"}, "Mrs Smith": {"b:Smith"}, "Smith (c)": {"c:Smith"}}
    found = people(seen("a", "Bob Smith", None, "Mr Bob Smith"), seen("b", "Smith", None, "Mrs Smith"))
    assert len(found) == 2


def test_two_family_names_alone_with_different_offices_stay_two() -> None:
    assert len(people(seen("a", "Smith", "Nurse"), seen("b", "Smith", "Treasurer"))) == 2
    assert len(people(seen("a", "Smith", "Nurse"), seen("b", "Smith", "Nurse"))) == 1
    assert len(people(seen("a", "Smith", "Nurse"), seen("b", "Smith"))) == 1


def test_two_of_one_transcript_are_two_whatever_their_names() -> None:
    found = people(seen("a", "Bob Smith"), seen("a", "B. Smith"), seen("a", "BOB SMITH"), seen("b", "Bob Smith"))
    assert {frozenset(group) for group in found.values()} >= {frozenset({"a:B. Smith"})}
    assert all(len({place[:1] for place in group}) == len(group) for group in found.values())
    assert len(people(seen("a", "James Paul"), seen("a", "Paul James"), seen("b", "Paul James"))) == 2


def test_fathers_names_and_generations_tell_people_apart() -> None:
    assert len(people(seen("a", "Ivan Petrovich Sidorov"), seen("b", "Ivan Sergeyevich Sidorov"))) == 2
    assert len(people(seen("a", "Ivan Petrovich Sidorov"), seen("b", "Ivan Sergeyevich Sidorov"),
                      seen("c", "Ivan Sidorov"))) == 3  # fmt: skip
    assert len(people(seen("a", "John Smith Jr."), seen("b", "John Smith Sr."))) == 2


def test_one_label_of_a_voice_in_two_transcripts_is_two_people() -> None:
    found = people(seen("a", "SPEAKER_00"), seen("b", "SPEAKER_00"), seen("b", "SPEAKER_01"), seen("b", "Вопрос"))
    assert set(found) == {"SPEAKER_00 (a)", "SPEAKER_00 (b)", "SPEAKER_01", "Вопрос"}
    marked = Appearance("c", None, "Narrator's friend", anonymous=True)
    again = Appearance("d", None, "Narrator's friend", anonymous=True)
    assert len(people(marked, again)) == 2


def test_pseudonyms_are_whoever_is_called_exactly_so() -> None:
    found = people(seen("a", "Grad A"), seen("b", "Grad A"), seen("c", "Grad B"), seen("a", "Marketing"))
    assert set(found) == {"Grad A", "Grad B", "Marketing"}
    assert len(found["Grad A"]) == 2


@pytest.mark.parametrize(
    "label",
    ["The Chair", "Host", "Witness", "Witness 2", "Project Manager", "The Mayor", "Prime Minister", "Student",
     "Patient", "Журналист", "Ведущий", "Председатель", "Головуючий", "El presidente", "Le Président", "De voorzitter",
     "主席"],
)  # fmt: skip
def test_a_function_belongs_to_its_transcript(label: str) -> None:
    found = people(seen("a", label), seen("bb", label), seen("ccc", label))
    assert set(found) == {f"{label} (a)", f"{label} (bb)", f"{label} (ccc)"}
    assert set(people(seen("a", label), seen("b", "Nora Ekdal", label))) == {label, "Nora Ekdal"}


def test_an_office_with_its_place_is_whose_it_was_that_day() -> None:
    before, after = (
        seen("a", "Nora Ekdal", "President of Lunde"),
        seen("cccc", "Nora Ekdal", "President of the Republic of Lunde"),
    )
    label = seen("bb", "President of Lunde")
    assert people(before, label, after)["Nora Ekdal"] == {"a:Nora Ekdal", "bb:President of Lunde", "cccc:Nora Ekdal"}
    assert len(people(before, label)) == 2  # a day later it may be somebody else
    assert len(people(before, label, after, seen("bbb", "Tom Baszko", "President of Lunde"))) == 3
    assert len(people(before, seen("bb", "President"), after)) == 2
    members = [seen(id, "Nora Ekdal", "Member for Lunde") for id in ("a", "cccc")]
    assert len(people(*members, seen("bb", "Member for Lunde"))) == 2  # one of several
    chairs = [seen(id, "Nora Ekdal", "Chair of the Committee") for id in ("a", "cccc")]
    assert len(people(*chairs, seen("bb", "Chair of the Committee"))) == 2  # of which?
    assert len(people(before, seen("bb", "Vice President of Lunde"), after)) == 2
    assert len(people(before, label, seen("bb", "Nora Ekdal"), after)) == 2  # both speak there


def test_functions_are_joined_by_the_user_in_their_transcripts_only() -> None:
    chairs = [replace(seen(id, "The Chair"), canonical=f"The Chair ({id})") for id in ("a", "b", "c")]
    meant = (refs(chairs, "The Chair (a)"), refs(chairs, "The Chair (b)"))
    assert meant == ((Ref("a", "The Chair"),), (Ref("b", "The Chair"),))
    merge = Decision(Action.MERGE, ("The Chair (a)", "The Chair (b)"), meant)
    assert people(*chairs, decisions=[merge])["The Chair (a)"] == {"a:The Chair", "b:The Chair"}


def test_names_that_would_be_equal_are_told_apart() -> None:
    odd = Appearance("c", None, "SPEAKER_00 (a)", anonymous=True)
    found = people(seen("a", "SPEAKER_00"), seen("b", "SPEAKER_00"), odd)
    assert set(found) == {"SPEAKER_00 (a, 2)", "SPEAKER_00 (b)", "SPEAKER_00 (a)"}
    assert found["SPEAKER_00 (a)"] == {"c:SPEAKER_00 (a)"}


@pytest.mark.parametrize(
    "names",
    [
        ["Ana Ruiz Vega", "Ruiz Vega, Ana", "Ana Ruiz Vega"], ["Ana Ruiz y Vega", "Ruiz y Vega, Ana"],
        ["Jan van der Berg", "Berg, Jan van der", "van der Berg"], ["Nora Ekdal", "Ekdal, Nora K.", "N. K. Ekdal"],
        ["Jürgen Böhm", "Juergen Boehm", "BOHM, JURGEN", "Boehm"], ["Kim Min-jun", "Min Jun Kim", "Kim Minjun"],
        ["Thomas Baszko", "Tib Baszko", 'Thomas "Tib" Baszko'], ["Nora al-Ekdal", "Al Ekdal, Nora", "El-Ekdal"],
    ],
)  # fmt: skip
def test_one_person_in_forms_that_only_all_names_together_tell(names: list[str]) -> None:
    for order in (names, names[::-1]):
        assert len(people(*(seen(f"t{n}", name) for n, name in enumerate(order)))) == 1


def test_a_name_alike_by_ear_gives_way_to_one_spelt_so() -> None:
    for names in (
        "Олександр Коваль|Oleksandr Koval|Aleksandr Koval",
        "Oleksandr Koval|Aleksandr Koval|Олександр Коваль",
    ):
        found = people(*(seen(f"t{n}", name) for n, name in enumerate(names.split("|"))))
        assert sorted(map(len, found.values())) == [1, 2] and {"Aleksandr Koval"} < set(found)
    assert len(people(seen("a", "Олександр Коваль"), seen("b", "Aleksandr Koval"))) == 1


def test_two_given_names_in_either_order_need_evidence() -> None:
    both = (seen("a", "Thomas Lee"), seen("b", "Lee Thomas"))
    assert len(people(*both)) == 2
    assert len(people(*both, seen("c", "Nora Lee"), seen("d", "Ilsa Lee"))) == 3


def test_spanish_titles_stand_before_family_names() -> None:
    two = (seen("a", "Ana Ruiz Vega"), seen("b", "Ruiz Vega", None, "Sra. Ruiz Vega"))
    assert len(people(*two)) == 1
    assert len(people(*two, seen("c", "Eva Ruiz Vega"))) == 3
    assert len(people(seen("a", "Ana Ruiz Vega"), seen("b", "Ruiz Vega", None, "Ms Ruiz Vega"))) == 2


@pytest.mark.parametrize(
    "names",
    [["Jürgen Böhm", "Jurgen Bohm", "Juergen Boehm"], ["Kim Min-jun", "Min Jun Kim"], ["Nora Ekdal", "Ekdal, Nora"],
     ['Thomas "Tib" Baszko', "Tib Baszko"]],
)  # fmt: skip
def test_other_forms_beside_each_other_are_other_people(names: list[str]) -> None:
    assert len(people(*(seen("a", name) for name in names))) == len(names)


def test_umlauts_written_with_two_letters_need_somebody_who_has_them() -> None:
    assert len(people(seen("a", "Robert Boehm"), seen("b", "Robert Bohm"))) == 2


def test_a_name_with_a_comma_is_shown_given_name_first_where_that_is_sure() -> None:
    assert set(people(seen("a", "Ekdal, Nora K."))) == {"Nora K. Ekdal"}
    assert set(people(seen("a", "Ekdal, Oslo"))) == {"Ekdal, Oslo"}
    found = people(
        seen("a", "Ekdal, Nora"), seen("a", "Baszko, Tom"), seen("b", "Nora Ekdal"), seen("c", "Odell, Ilsa")
    )
    assert set(found) == {"Nora Ekdal", "Tom Baszko", "Odell, Ilsa"}


# ------------------------------------------------------------------ by decision


BOB, ROBERT = seen("a", "Bob Smith"), seen("b", "Robert Smith")
AGAIN, VOICE = seen("c", "Bob Smith"), seen("c", "SPEAKER_00")
KNOWN = (BOB, ROBERT, AGAIN, VOICE)


def merge(*names: str) -> Decision:
    return Decision(Action.MERGE, names)


def test_merge_keeps_the_first_name() -> None:
    found = people(*KNOWN, decisions=[merge("Robert Smith", "Bob Smith")])
    assert found == {"Robert Smith": {"a:Bob Smith", "b:Robert Smith", "c:Bob Smith"}, "SPEAKER_00": {"c:SPEAKER_00"}}


def test_a_voice_is_merged_by_its_transcript_alone() -> None:
    one = Decision(Action.MERGE, ("Bob Smith", "SPEAKER_00"), ((Ref(None, "Bob Smith"),), (Ref("c", "SPEAKER_00"),)))
    found = people(*KNOWN, seen("d", "SPEAKER_00"), decisions=[one])
    assert found["Bob Smith"] == {"a:Bob Smith", "c:Bob Smith", "c:SPEAKER_00"}
    assert found["SPEAKER_00"] == {"d:SPEAKER_00"}


def test_split_rename_alias() -> None:
    split = Decision(Action.SPLIT, ("Bob Smith",), ((Ref("c", "Bob Smith"),),))
    assert set(people(*KNOWN, decisions=[split])) == {"Bob Smith", "Bob Smith (c)", "Robert Smith", "SPEAKER_00"}
    rename = Decision(Action.RENAME, ("Bob Smith", "Sir Bob"))
    alias = Decision(Action.ALIAS, ("Sir Bob", "Bobby"))
    found = settle(KNOWN, [split, rename, alias])
    assert groups(found)["Sir Bob"] == {"a:Bob Smith"} and found.aliases == {"Sir Bob": ("Bobby",)}
    assert groups(found)["Bob Smith"] == {"c:Bob Smith"}


def test_later_transcripts_join_a_person_by_the_names_the_user_gave() -> None:
    rename = Decision(Action.RENAME, ("Bob Smith", "Bertram Smithson"))
    alias = Decision(Action.ALIAS, ("Bob Smith", "Bertie Smith"), ((Ref(None, "Bob Smith"),),))
    later = (seen("x", "Bertram Smithson"), seen("y", "Bertie Smith"), seen("z", "Bertie"))
    found = people(*KNOWN, *later, decisions=[rename, alias])
    assert found["Bertram Smithson"] == {"a:Bob Smith", "c:Bob Smith", "x:Bertram Smithson", "y:Bertie Smith"}


def test_decisions_about_nobody_here_wait() -> None:
    waiting = [merge("Bob Smith", "Nobody"), Decision(Action.SPLIT, ("Bob Smith",), ((Ref("z", "Bob Smith"),),)),
               Decision(Action.RENAME, ("Nobody", "Somebody")), Decision(Action.ALIAS, ("Nobody", "X"))]  # fmt: skip
    assert people(*KNOWN, decisions=waiting) == people(*KNOWN)
    assert "Bob Smith (z)" in people(*KNOWN, seen("z", "Bob Smith"), decisions=waiting)


def test_refs_mean_the_same_people_again() -> None:
    def told(*known: Appearance, decisions: Sequence[Decision] = ()) -> list[Appearance]:
        found = settle(known, decisions).names
        return [Appearance(one.transcript_id, one.date, one.name, one.role, one.forms, one.anonymous, one.n_turns,
                           found[one.transcript_id, one.name]) for one in known]  # fmt: skip

    known = told(*KNOWN, seen("d", "Smith", "Mayor"), seen("e", "R. Smith"))
    assert refs(known, "Bob Smith") == (Ref(None, "Bob Smith"),)
    assert refs(known, "SPEAKER_00") == (Ref("c", "SPEAKER_00"),)
    assert Ref("e", "R. Smith") in refs(known, "Robert Smith")
    assert refs(known, "Nobody") == ()
    split = Decision(Action.SPLIT, ("Bob Smith",), ((Ref("c", "Bob Smith"),),))
    assert refs(told(*KNOWN, decisions=[split]), "Bob Smith") == (Ref("a", "Bob Smith"),)


# ------------------------------------------------------------------ whatever comes


NAMES = ["Anna Smith", "Bob Smith", "B. Smith", "Smith", "Robert Smith", "Smith Bob", "Боб Смит", "SPEAKER_00",
         "Question", "Project Manager", "Anna", "Mrs Smith", "Smith (Ottawa)", "Anna Maria Smith", ""]  # fmt: skip
ROLES = st.none() | st.sampled_from(["Mayor", "Mayor of Lunde", "Treasurer"])
LABELS = st.lists(st.sampled_from(["Mr Smith", "Mrs Smith", "Smith"]), max_size=1).map(tuple)
APPEARANCES = st.lists(
    st.builds(Appearance, st.sampled_from("abcdef"), st.none() | st.sampled_from(["2020-01-01", "2021-01-01"]),
              st.sampled_from(NAMES), ROLES, LABELS, st.booleans(), st.integers(0, 3)),
    max_size=14, unique_by=lambda one: (one.transcript_id, one.name),
)  # fmt: skip
REFS = st.builds(Ref, st.none() | st.sampled_from("abcdef"), st.sampled_from(NAMES))
PERSONS = st.lists(st.lists(REFS, min_size=1, max_size=3).map(tuple), min_size=2, max_size=2).map(tuple)
DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from([Action.MERGE, Action.SPLIT, Action.RENAME, Action.ALIAS]),
              st.tuples(st.sampled_from([*NAMES, "New Name"]), st.sampled_from([*NAMES, "Other Name"])),
              st.just(()) | PERSONS),
    max_size=5,
)  # fmt: skip


@given(APPEARANCES, DECISIONS, st.randoms())
def test_the_order_of_indexing_does_not_matter(
    known: list[Appearance], decisions: list[Decision], random: Random
) -> None:
    before = settle(known, decisions)
    shuffled = known[:]
    random.shuffle(shuffled)
    assert settle(shuffled, decisions) == before


@given(APPEARANCES, DECISIONS)
def test_everybody_has_one_name_and_persons_of_one_name_are_one(
    known: list[Appearance], decisions: list[Decision]
) -> None:
    found = settle(known, decisions)
    assert set(found.names) == {(one.transcript_id, one.name) for one in known}
    assert set(found.aliases) <= set(found.names.values())


@given(APPEARANCES)
def test_evidence_never_joins_two_of_one_transcript_nor_two_voices_nor_two_given_names(known: list[Appearance]) -> None:
    for group in groups(settle(known)).values():
        places = [place.split(":") for place in group]
        assert len({transcript for transcript, _ in places}) == len(places)
        names = {name for _, name in places}
        assert not {"Anna Smith", "Anna Maria Smith"} & names or not {"Bob Smith", "B. Smith", "Robert Smith"} & names
        assert not {"Bob Smith", "Robert Smith"} <= names
        assert len(places) == 1 or not names & {"SPEAKER_00", "Question"}


@given(APPEARANCES)
def test_with_one_transcript_names_stay_as_they_are(known: list[Appearance]) -> None:
    one = [each for each in known if each.transcript_id == "a"]
    assert all(name == canonical for (_, name), canonical in settle(one).names.items())


@given(APPEARANCES, DECISIONS)
def test_decisions_taken_twice_or_in_parts_are_the_same(known: list[Appearance], decisions: list[Decision]) -> None:
    imported = Decision(Action.IMPORT, ("file",), (), tuple(decisions))
    assert settle(known, [imported]) == settle(known, decisions)


@pytest.mark.parametrize(("year", "same"), [(2011, True), (2013, False)])
def test_an_office_alone_is_nobodys_in_a_gap_of_years(year: int, same: bool) -> None:
    role = "President of Lunde"
    found = settle(
        [
            Appearance("a", f"{year - 1}-05-01", "Nora Ekdal", role),
            Appearance("b", f"{year}-05-01", role),
            Appearance("c", "2011-09-01" if same else "2016-05-01", "Nora Ekdal", role),
        ]
    )
    assert (found.names["b", role] == "Nora Ekdal") is same
