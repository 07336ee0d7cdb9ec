"""What holds for any transcript: nothing lost, nothing invented, every character with its way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa import words
from qa.read import own_json, read, read_text
from qa.read.source import File
from qa.types import PageKind, PageText, Person, Transcript, Turn

PATH = Path("/nowhere/meeting.txt")

FIRST = st.sampled_from("Nora Tom Ilsa Oskar Bram Signe Lotte Joren Åsa José".split())
LAST = st.sampled_from("Ekdal Baszko Lindqvane Odell Faro Haven Kalb Ångström Peña O'Neil".split())
NAME = st.builds("{} {}".format, FIRST, LAST)
WORD = st.sampled_from(
    """the a bridge is closed we will talk 17 3.14 http://x.example/a well-known it's "quoted" (aside) Monday Kestria
    naïve 日本 🙂 e.g. — 5% 12:30 [sic] a/b #1 *star* _u_""".split()
)
SENTENCE = st.builds(
    lambda inner, end: "So " + " ".join(inner) + end,
    st.lists(WORD, min_size=1, max_size=8),
    st.sampled_from([".", "?", "!"]),
)
PARAGRAPHS = st.lists(st.lists(SENTENCE, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3)
TURNS = st.lists(st.tuples(NAME, PARAGRAPHS), min_size=2, max_size=8)


def labelled(turns: list[tuple[str, list[str]]], paragraph: str = "\n\n") -> str:
    return "\n\n".join(f"{name}: {paragraph.join(parts)}" for name, parts in turns) + "\n"


def merged(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for speaker, text in pairs:
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, found[-1][1] + words.bare(text))
        else:
            found.append((speaker, words.bare(text)))
    return found


@settings(max_examples=150)
@given(TURNS, st.sampled_from(["\n", "\n\n", "\n \n", "\n   "]))
def test_labelled_text_reads_back(turns: list[tuple[str, list[str]]], paragraph: str) -> None:
    one = read_text(labelled(turns, paragraph), PATH)
    assert merged([(turn.speaker, turn.text) for turn in one.turns]) == merged(
        [(name, " ".join(parts)) for name, parts in turns]
    )
    assert {person.name for person in one.people} == {name for name, _ in turns}
    assert not one.page


@settings(max_examples=100)
@given(TURNS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_piece_stands_alike_in_text_and_source(turns: list[tuple[str, list[str]]], end: str) -> None:
    text = labelled(turns).replace("\n", end)
    one = read_text(text, PATH)
    assert one.source_text == text
    last = -1
    for turn in one.turns:
        at = 0
        for piece in turn.pieces:
            assert piece.length >= 1 and piece.start >= at and piece.source_start > last
            ours = turn.text[piece.start : piece.start + piece.length]
            assert ours == text[piece.source_start : piece.source_start + piece.length]
            assert not turn.text[at : piece.start].strip()
            at, last = piece.start + piece.length, piece.source_start + piece.length - 1
        assert at == len(turn.text)


@settings(max_examples=50)
@given(TURNS)
def test_reading_twice_gives_equals(turns: list[tuple[str, list[str]]]) -> None:
    text = labelled(turns)
    assert read_text(text, PATH) == read_text(text, PATH)


@settings(max_examples=50)
@given(TURNS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_line_ends_and_marks_change_no_word(turns: list[tuple[str, list[str]]], end: str, encoding: str) -> None:
    import tempfile

    plain = read_text(labelled(turns), PATH)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.txt"
        path.write_bytes(labelled(turns).replace("\n", end).encode(encoding))
        one = read(path)
    assert [(t.speaker, t.label, t.text) for t in one.turns] == [(t.speaker, t.label, t.text) for t in plain.turns]


RUSSIAN = """Ольга Лунёва: Добрый вечер. Сегодня мы говорим о старой мельнице и о том, что с ней будет дальше.
Глеб Ясень: Добрый вечер. Мельница стоит с тысяча восемьсот девяностого года, и крыша у неё течёт.
Ольга Лунёва: А что нужно для ремонта?
Глеб Ясень: Нужны доски, гвозди и хорошие руки. Остальное у нас есть.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "windows-1251"])
def test_russian_in_every_common_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "meeting.txt"
    path.write_bytes(
        b"\xff\xfe" + RUSSIAN.encode("utf-16-le") if encoding == "utf-16-le-bom" else RUSSIAN.encode(encoding)
    )
    one = read(path)
    assert [t.speaker for t in one.turns] == ["Ольга Лунёва", "Глеб Ясень"] * 2
    assert words.bare(one.turns[3].text) == words.bare("Нужны доски, гвозди и хорошие руки. Остальное у нас есть.")
    assert one.language == "ru"


def test_western_encoding_keeps_accents(tmp_path: Path) -> None:
    text = "José Peña: El niño volvió a casa por la mañana, según la señora.\nÅsa Ångström: ¿Y después?\n"
    path = tmp_path / "meeting.txt"
    path.write_bytes((text * 5).encode("cp1252"))
    assert read(path).turns[0].text.startswith("El niño volvió a casa por la mañana")


# ------------------------------------------------------------------ the own format

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
FILLED = TEXT.filter(str.strip)
SECONDS = st.none() | st.floats(0, 1e6) | st.integers(0, 10**6)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    names = draw(st.lists(FILLED, min_size=1, max_size=4, unique=True))
    people = tuple(
        Person(
            name, draw(st.none() | TEXT), tuple(draw(st.lists(FILLED, max_size=2, unique=True))), draw(st.booleans())
        )
        for name in names
    )
    turns = tuple(
        Turn(n, name, draw(st.just(name) | TEXT), draw(TEXT), (), draw(SECONDS), draw(SECONDS), draw(st.booleans()))
        for n, name in enumerate(draw(st.lists(st.sampled_from(names), min_size=1, max_size=5)))
    )
    return Transcript(
        id=draw(st.text("abc-1 .й", min_size=1, max_size=20).filter(str.strip)),
        title=draw(FILLED),
        turns=turns,
        people=people,
        page=tuple(
            PageText(kind, text)
            for kind, text in draw(st.lists(st.tuples(st.sampled_from(PageKind), FILLED), max_size=3))
        ),
        date=draw(st.none() | st.dates().map(str)),
        time=draw(st.none() | st.just("14:15")),
        place=draw(st.none() | FILLED),
        language=draw(st.sampled_from(["en", "ru", "fr", None])),
        source=draw(st.none() | FILLED),
        format="qa-json",
        dropped=tuple(draw(st.lists(TEXT, max_size=3))),
        unattributed=tuple(draw(st.lists(TEXT, max_size=3))),
        problems=tuple(draw(st.lists(TEXT, max_size=3))),
    )


@settings(max_examples=150)
@given(transcripts())
def test_the_own_format_gives_everything_back(one: Transcript) -> None:
    text = own_json.write(one)
    assert own_json.parse(File(PATH, text=text), "other") == one
    assert own_json.write(own_json.parse(File(PATH, text=text), "other")) == text


GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/*"))


@pytest.mark.parametrize(
    "path", [path for path in GOLDEN if not path.name.endswith(".expected.json")], ids=lambda path: path.name
)
def test_any_golden_file_to_the_own_format_and_back(path: Path, tmp_path: Path) -> None:
    one = read(path)
    home = tmp_path / "again.json"
    home.write_text(own_json.write(one), encoding="utf-8")
    bare = replace(
        one, turns=tuple(replace(turn, pieces=()) for turn in one.turns),
        page=tuple(replace(part, pieces=()) for part in one.page), format="qa-json", source_text=None,
    )  # fmt: skip
    assert read(home) == bare


@settings(max_examples=50)
@given(TURNS)
def test_from_labelled_text_to_the_own_format_and_back(turns: list[tuple[str, list[str]]]) -> None:
    one = read_text(labelled(turns), PATH)
    bare = replace(
        one, turns=tuple(replace(turn, pieces=()) for turn in one.turns),
        page=tuple(replace(part, pieces=()) for part in one.page), format="qa-json", source_text=None,
    )  # fmt: skip
    assert own_json.parse(File(PATH, text=own_json.write(one)), "other") == bare


def test_the_sample_page_to_the_own_format_and_back(page: Path) -> None:
    one = read(page)
    again = own_json.parse(File(PATH, text=own_json.write(one)), "other")
    assert [(t.speaker, t.label, t.text) for t in again.turns] == [(t.speaker, t.label, t.text) for t in one.turns]
    assert again.people == one.people
    assert [(p.kind, p.text) for p in again.page] == [(p.kind, p.text) for p in one.page]
    assert (again.id, again.title, again.date, again.time, again.place) == (
        one.id,
        one.title,
        one.date,
        one.time,
        one.place,
    )


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    from qa.errors import ReadError

    assume("\x00" not in text)
    try:
        one = read_text(text, PATH)
    except ReadError as error:
        assert str(error).startswith(str(PATH)) and "\n" not in str(error)
    else:
        assert one.turns and all(turn.index == n for n, turn in enumerate(one.turns))
        assert {turn.speaker for turn in one.turns} <= {person.name for person in one.people}


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Nora Ekdal",
                "Tom",
                ":",
                " ",
                "\n",
                "so",
                "Go.",
                "**",
                "[",
                "]",
                "(",
                "00:12",
                "Date",
                "* * *",
                "<…>",
                "5 of 5",
            ]
        ),
        max_size=40,
    )
)
def test_scraps_of_transcripts_are_read_or_refused(scraps: list[str]) -> None:
    from qa.errors import ReadError

    try:
        one = read_text("".join(scraps), PATH)
    except ReadError:
        return
    assert one.source_text is not None
    for turn in one.turns:
        for p in turn.pieces:
            assert (
                turn.text[p.start : p.start + p.length] == one.source_text[p.source_start : p.source_start + p.length]
            )
