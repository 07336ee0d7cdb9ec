"""The registry in an index: names settled with every change, the user's decisions on top, all of it undoable."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory import entry, passages, transcript
from qa import cite, registry
from qa import store as stores
from qa.errors import IndexFolderError, ReadError, UnknownPersonError, UsageError
from qa.index import Index
from qa.people import People
from qa.speakers import Directory
from qa.store import Store
from qa.types import Action, DatedRole, Entry, Filter, Person


def spoken(id: str, *names: str, date: str | None = "2020-05-04", role: str | None = None) -> Entry:
    """Everybody says one sentence of their own."""
    one = transcript(id, [(name, f"Number {n} of {id} says so.") for n, name in enumerate(names)], date=date)
    return entry(
        dataclasses.replace(one, people=tuple(Person(name, role, (name.upper(),)) for name in dict.fromkeys(names)))
    )


LIBRARY = (
    spoken("a", "Bob Smith", "SPEAKER_00", "Nursultan Nazarbayev", date="2017-10-12", role="Mayor"),
    spoken("b", "Anna Smith", "SPEAKER_00", "N. Nazarbaev", "Marketing", date="2019-01-01"),
    spoken("c", "Robert Smith", "Н.Назарбаев", "Bob Smith", "Marketing", date="2021-01-01", role="Treasurer"),
    spoken("d", "Smith", "Anna Berg", date=None),
)


def opened(folder: Path) -> Index:
    return Index.open(folder, model_id="m", splitter="1")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with opened(tmp_path / "index") as made:
        for one in LIBRARY:
            made.add(one)
        made.flush()
        yield made


@pytest.fixture
def people(index: Index) -> People:
    return People(index, lambda: directory(index))


def directory(index: Index) -> Directory:
    return Directory({person.name: (person.roles, person.aliases) for person in index.people()})


def names(index: Index) -> set[str]:
    return {person.name for person in index.people()}


def state(index: Index) -> dict[tuple[str, str], str]:
    return {(one.transcript_id, one.name): one.canonical for one in index.appearances()}


EVERYBODY = {
    "Bob Smith", "Robert Smith", "Anna Smith", "Anna Berg", "Smith", "Nursultan Nazarbayev", "Marketing",
    "SPEAKER_00 (a)", "SPEAKER_00 (b)",
}  # fmt: skip


# ------------------------------------------------------------------ everybody under one name, everywhere


def test_the_registry_is_seen_wherever_persons_are(index: Index) -> None:
    assert names(index) == EVERYBODY
    person = next(person for person in index.people() if person.name == "Nursultan Nazarbayev")
    assert person.transcripts == ("a", "b", "c") and person.n_turns == 3
    assert {"N. Nazarbaev", "Н.Назарбаев"} <= set(person.aliases)
    assert person.dated_roles == (
        DatedRole("Treasurer", "2021-01-01", "2021-01-01"),
        DatedRole("Mayor", "2017-10-12", "2017-10-12"),
    )
    assert index.turns("b")[2].speaker == "Nursultan Nazarbayev" == index.transcript_people("b")[2].name
    assert "N. Nazarbaev" in index.transcript_people("b")[2].aliases
    found = index.passages([int(row) for row in index.allowed(Filter(speakers=("Nursultan Nazarbayev",)))])
    assert [(p.transcript_id, p.speaker) for p in found] == [(id, "Nursultan Nazarbayev") for id in "abc"]
    layout = index.layout()
    assert set(layout.speakers) == EVERYBODY
    codes = [layout.speakers["Nursultan Nazarbayev"]]
    assert [int(row) for row in layout.rows[layout.speaker == codes[0]]] == [
        int(row) for row in index.allowed(Filter(speakers=("Nursultan Nazarbayev",)))
    ]
    assert index.transcripts()[-1].people == ("Smith", "Anna Berg")
    infos = {info.id: info.people for info in index.transcripts()}
    assert infos["b"] == ("Anna Smith", "SPEAKER_00 (b)", "Nursultan Nazarbayev", "Marketing")
    assert len(index.allowed(Filter(speakers=("SPEAKER_00",)))) == 0
    assert [person.anonymous for person in index.people() if person.name.startswith("SPEAKER")] == [True, True]


def test_a_transcripts_line_follows_a_change_of_name(index: Index, people: People) -> None:
    assert "Anna Smith" in index.transcripts()[1].people
    people.rename("Anna Smith", "Anna Berglund")
    assert "Anna Berglund" in index.transcripts()[1].people
    people.undo()
    assert "Anna Smith" in index.transcripts()[1].people


def test_the_law_of_citations_holds_under_canonical_names(index: Index, people: People) -> None:
    people.merge(["Robert Smith", "SPEAKER_00 (a)"])
    for id in "abcd":
        one = dataclasses.replace(index.transcript(id), source_text=None)
        for turn in one.turns:
            found = cite.cite_turn(one, turn, 0, len(turn.text))
            assert found is not None and cite.holds(found, one)
            assert found.speaker == turn.speaker and turn.speaker in names(index)
            assert found.label == turn.label


def test_a_removed_transcript_takes_its_names_along(index: Index) -> None:
    index.remove("a")
    index.flush()
    assert "SPEAKER_00" in names(index) and "SPEAKER_00 (b)" not in names(index)
    assert index.check().ok


def test_names_settle_without_moving_vectors(index: Index, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    before, cache = index.generation, (index.folder / "dense.faiss").read_bytes()
    people.rename("Robert Smith", "Rob Smithson")
    assert index.generation > before
    monkeypatch.setattr("qa.store.Store.vectors", None)  # would fail when called
    assert len(index.dense(LIBRARY[0].vectors[0], 3, Filter(speakers=("Rob Smithson",)))) == 1
    index.flush()
    assert (index.folder / "dense.faiss").read_bytes() == cache


def test_what_a_killed_process_left_is_settled_at_the_next_opening(tmp_path: Path) -> None:
    first = opened(tmp_path)
    for one in LIBRARY:
        first.add(one)
    first._store.close()  # no flush
    with opened(tmp_path) as index:
        assert names(index) == EVERYBODY


def test_a_folder_that_may_only_be_read_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(tmp_path)
    for one in LIBRARY:
        first.add(one)
    first._store.close()

    def refuse(*_: object) -> None:
        raise IndexFolderError("the folder may only be read.")

    monkeypatch.setattr(Store, "naming_anew", refuse)
    with opened(tmp_path) as index:
        assert "N. Nazarbaev" in names(index)


def test_an_index_of_an_earlier_registry_is_settled_anew(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = index.folder
    index.close()
    with sqlite3.connect(folder / "store.sqlite") as db:
        db.execute("UPDATE names SET canonical = local")
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'settled'")
    with opened(folder) as again:
        assert names(again) == EVERYBODY


def test_an_index_of_the_second_schema_gains_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        old.setattr(stores, "_MIGRATIONS", stores._MIGRATIONS[:2])
        old.setattr(stores, "_insert_names", lambda *_: None)
        store = Store(tmp_path)
        store.set_meta(dim=8, model_id="m", splitter="1")
        for one in LIBRARY:
            store.put(one)
        store.close()
    with opened(tmp_path) as index:
        assert names(index) == EVERYBODY
        assert [turn.text for turn in index.turns("a")] == [turn.text for turn in LIBRARY[0].transcript.turns]
        assert index.check().ok


def test_turns_by_nobody_are_told_and_mended(index: Index) -> None:
    folder = index.folder
    index.close()
    with sqlite3.connect(folder / "store.sqlite") as db:
        db.execute("DELETE FROM names WHERE local = 'Anna Berg'")
    with opened(folder) as again:
        assert not again.check(repair=False).ok
        assert again.check().ok
        assert names(again) == EVERYBODY and len(again.turns("d")) == 2


# ------------------------------------------------------------------ decisions


def test_merge_and_undo(index: Index, people: People) -> None:
    before, persons = state(index), index.people()
    merged = people.merge(["Robert Smith", "Bob Smith"])
    assert (merged.name, merged.n_turns, merged.transcripts) == ("Robert Smith", 3, ("a", "c"))
    assert "Bob Smith" not in names(index) and "Bob Smith" in merged.aliases
    # Two of one transcript whom the user made one come as one person.
    assert [person.name for person in index.transcript_people("c")] == [
        "Robert Smith", "Nursultan Nazarbayev", "Marketing",
    ]  # fmt: skip
    assert dict.fromkeys(index.transcripts()[-2].people) == dict.fromkeys(
        ("Robert Smith", "Nursultan Nazarbayev", "Marketing")
    )
    undone = people.undo()
    assert undone.undone and undone.decision.action is Action.MERGE
    assert state(index) == before and index.people() == persons


def test_a_voice_takes_the_name_of_whom_it_is(index: Index, people: People) -> None:
    merged = people.merge(["SPEAKER_00 (a)", "Robert Smith"])
    assert merged.name == "Robert Smith" and not merged.anonymous
    assert "SPEAKER_00" in names(index), "the other one's label is nobody else's now"
    renamed = people.rename("SPEAKER_00", "Nora Ekdal")
    assert renamed.name == "Nora Ekdal" and not renamed.anonymous
    assert index.turns("b")[1].speaker == "Nora Ekdal"
    assert not index.transcript_people("b")[1].anonymous


def test_split(index: Index, people: People) -> None:
    parted = people.split("Bob Smith", ["c"])
    assert (parted.name, parted.transcripts) == ("Bob Smith (c)", ("c",))
    assert people.find("Bob Smith").transcripts == ("a",)
    assert people.rename("Bob Smith (c)", "Bobby Smith").name == "Bobby Smith"
    people.undo()
    people.undo()
    assert names(index) == EVERYBODY


def test_alias(index: Index, people: People) -> None:
    people.alias("Anna Berg", "The Bergwoman")
    assert people.find("The Bergwoman").name == "Anna Berg"
    assert "The Bergwoman" in people.find("Anna Berg").aliases
    people.undo()
    with pytest.raises(UnknownPersonError):
        people.find("The Bergwoman")


def test_persons_are_named_by_any_form_that_is_nobody_elses(people: People) -> None:
    for form in ("Nursultan Nazarbayev", "nursultan nazarbayev", "N. Nazarbaev", "Nazarbayev", "Назарбаев"):
        assert people.find(form).name == "Nursultan Nazarbayev"
    with pytest.raises(UnknownPersonError, match=r'"SPEAKER_00" is 2 persons: SPEAKER_00 \(a\), SPEAKER_00 \(b\)'):
        people.find("SPEAKER_00")
    with pytest.raises(UnknownPersonError, match=r'No person "Ana Bergg" among 9\. Nearest: Anna Berg \(1 turns\)'):
        people.find("Ana Bergg")
    with pytest.raises(UnknownPersonError, match="qa people"):
        people.find("Xqzw")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda p: p.merge(["Bob Smith"]), "two persons"),
        (lambda p: p.merge(["Bob Smith", "Bob Smith"]), "one person already"),
        (lambda p: p.merge(["Nazarbayev", "Н.Назарбаев"]), "one person already"),
        (lambda p: p.split("Bob Smith", ["b"]), "not in transcript"),
        (lambda p: p.split("Bob Smith", ["a", "c"]), "nobody would be left"),
        (lambda p: p.split("Bob Smith", []), "needs a transcript"),
        (lambda p: p.rename("Bob Smith", "Bob Smith"), "called so already"),
        (lambda p: p.rename("Bob Smith", "anna smith"), "qa people merge"),
        (lambda p: p.rename("Bob Smith", "N. Nazarbaev"), "qa people merge"),
        (lambda p: p.rename("Bob Smith", "  "), "1 to 200"),
        (lambda p: p.rename("Bob Smith", "B\x1b[2J"), "1 to 200"),
        (lambda p: p.rename("Bob Smith", "x" * 201), "1 to 200"),
        (lambda p: p.alias("Bob Smith", "Anna Smith"), "qa people merge"),
        (lambda p: p.alias("Nazarbayev", "N. Nazarbaev"), "already"),
        (lambda p: p.undo(), "no decision"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_changes_nothing(
    people: People, index: Index, act: object, message: str
) -> None:
    before = index.generation
    with pytest.raises(UsageError, match=message) as caught:
        act(people)  # type: ignore[operator]
    assert "\n" not in str(caught.value)
    assert index.generation == before and people.log() == ()


def test_decisions_survive_reading_the_files_again(index: Index, people: People) -> None:
    people.merge(["Robert Smith", "Bob Smith"])
    people.split("Nursultan Nazarbayev", ["b"])
    people.rename("SPEAKER_00 (a)", "Nora Ekdal")
    before = state(index)
    for one in LIBRARY[::-1]:
        index.add(dataclasses.replace(one, fingerprint="changed"))
    index.flush()
    assert state(index) == before
    for one in LIBRARY:
        index.remove(one.transcript.id)
        index.flush()
    for one in LIBRARY[::-1]:
        index.add(one)
        index.flush()
    assert state(index) == before


def test_later_transcripts_find_the_decided_persons(index: Index, people: People) -> None:
    people.merge(["Robert Smith", "Bob Smith"])
    index.add(spoken("e", "Bob Smith", "SPEAKER_00"))
    index.flush()
    assert index.turns("e")[0].speaker == "Robert Smith"
    assert index.turns("e")[1].speaker == "SPEAKER_00 (e)"


def test_the_log_tells_everything(people: People) -> None:
    people.merge(["Robert Smith", "Bob Smith"])
    people.alias("Robert Smith", "Bobby")
    people.undo()
    people.undo()
    log = people.log()
    assert [(entry.decision.action, entry.undone) for entry in log] == [
        (Action.MERGE, True), (Action.ALIAS, True), (Action.UNDO, False), (Action.UNDO, False),
    ]  # fmt: skip
    assert [entry.n for entry in log] == sorted(entry.n for entry in log)
    assert log[0].decision.names == ("Robert Smith", "Bob Smith")
    with pytest.raises(UsageError):
        people.undo()


def test_decisions_travel_as_a_plain_file(index: Index, people: People, tmp_path: Path) -> None:
    people.merge(["Robert Smith", "Bob Smith"])
    people.alias("Robert Smith", "Bobby")
    people.split("Nazarbayev", ["b"])
    people.rename("SPEAKER_00 (a)", "Nora Ekdal")
    people.undo()
    assert people.export(tmp_path / "people.json") == 3
    with opened(tmp_path / "other") as other:
        for one in LIBRARY[::-1]:
            other.add(one)
        other.flush()
        theirs = People(other, lambda: directory(other))
        before = state(other)
        assert theirs.import_(tmp_path / "people.json") == 3
        assert state(other) == state(index)
        assert theirs.import_(tmp_path / "people.json") == 0
        assert theirs.export(tmp_path / "again.json") == 3
        assert json.loads((tmp_path / "again.json").read_text()) == json.loads((tmp_path / "people.json").read_text())
        theirs.undo()
        assert state(other) == before
        with pytest.raises(ReadError):
            theirs.import_(tmp_path / "none.json")


def test_a_failed_decision_leaves_everything(index: Index, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(index)
    monkeypatch.setattr(registry, "settle", None)  # fails when called
    with pytest.raises(TypeError):
        people.merge(["Robert Smith", "Bob Smith"])
    assert state(index) == before and people.log() == ()


def test_samples(index: Index, people: People) -> None:
    assert people.samples(index.people())["Anna Berg"] == "Number 1 of d says so."
    assert set(people.samples(index.people())) == EVERYBODY


# ------------------------------------------------------------------ whatever is decided


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "rename", "alias"]), st.integers(0, 8), st.integers(0, 8)), max_size=4
)


def take(people: People, index: Index, steps: Sequence[tuple[str, int, int]]) -> int:
    """Take decisions about whoever is there; returns how many could be taken."""
    done = 0
    for what, m, n in steps:
        everybody = sorted(names(index))
        one, other = everybody[m % len(everybody)], everybody[n % len(everybody)]
        try:
            if what == "merge":
                people.merge([one, other])
            elif what == "split":
                people.split(one, [people.find(one).transcripts[0]])
            else:
                getattr(people, what)(one, f"Somebody Number{n}")
            done += 1
        except UsageError:
            pass
    return done


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_undoing_everything_is_as_if_nothing_was_decided(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with opened(tmp_path_factory.mktemp("undo")) as index:
        for one in LIBRARY:
            index.add(one)
        index.flush()
        people = People(index, lambda: directory(index))
        states = [state(index)]
        for step in steps:
            if take(people, index, [step]):
                states.append(state(index))
        for before in reversed(states[:-1]):
            people.undo()
            assert state(index) == before
        with pytest.raises(UsageError):
            people.undo()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS, st.permutations(LIBRARY))
def test_decisions_hold_in_whatever_order_the_files_come_again(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], order: list[Entry]
) -> None:
    with opened(tmp_path_factory.mktemp("again")) as index:
        for one in LIBRARY:
            index.add(one)
        index.flush()
        take(People(index, lambda: directory(index)), index, steps)
        before = state(index)
        for one in order[:2]:
            index.remove(one.transcript.id)
        index.flush()
        for one in order:
            index.add(one)
        index.flush()
        assert state(index) == before
        assert len(passages(order[0].transcript)) == len(index.allowed(Filter(transcripts=(order[0].transcript.id,))))
