"""Sample questions: from a file, or from what the transcripts speak of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.errors import ReadError
from qa.types import Person, Transcript, TranscriptInfo, Turn
from qa.web.samples import read_examples, sample_questions


class Shelf:
    """Holds transcripts, as far as samples need it."""

    def __init__(self, *transcripts: Transcript) -> None:
        self.held = {t.id: t for t in transcripts}

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        return tuple(
            TranscriptInfo(t.id, t.title, t.date, None, None, t.language, None, "", 0, 0) for t in self.held.values()
        )

    def transcript(self, id: str) -> Transcript:
        return self.held[id]


def meeting(*said: tuple[str, str], language: str | None = "en") -> Transcript:
    turns = tuple(Turn(n, who, who, text) for n, (who, text) in enumerate(said))
    people = tuple(Person(who, "President of Freedonia") for who, _ in said)
    return Transcript("m", "t", turns, people, date="2020-01-01", place="Springfield", language=language)


def asked(*transcripts: Transcript) -> tuple[str, ...]:
    shelf: Any = Shelf(*transcripts)
    return sample_questions(shelf)


def test_asks_each_about_their_own_subject_and_one_about_the_others() -> None:
    ann = "We met in Springfield, and now we go to Capitol City. I saw Shelbyville again, as a Freedonian, with Bob."
    assert asked(meeting(("Ann", ann), ("Bob", "I was here on Tuesday. I like Ogdenville."))) == (
        "What did Ann say about Shelbyville?",
        "What did Bob say about Ogdenville?",
        "What did Bob say about Shelbyville?",
    )


@pytest.mark.parametrize("transcripts", [(), (meeting(("Ann", "yes. no.")),), (meeting(),)])
def test_asks_nothing_where_there_is_nothing_to_ask(transcripts: tuple[Transcript, ...]) -> None:
    assert asked(*transcripts) == ()


def test_leaves_other_languages_alone() -> None:
    assert asked(meeting(("Ann", "ich fahre nach Shelbyville."), language="de")) == ()


def test_reads_a_file_of_questions(tmp_path: Path) -> None:
    path = tmp_path / "examples.txt"
    path.write_text("# a comment\n\n Who was there? \nWhy?\n", encoding="utf-8")
    assert read_examples(path) == ("Who was there?", "Why?")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt"):
        read_examples(tmp_path / "none.txt")
