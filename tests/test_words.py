"""Sentences, terms and furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import words

TEXTS = st.lists(
    st.sampled_from(
        [
            "Mr. Smith", "J. R. Brown", "left.", "Why?", "No!", "3.14", "1,000", "U.S.", "…", "...", "\n", "\n\n",
            "(Applause.)", "<…>", "{vocalsound}", "[04:15]", "the", "house", "«Да».", "Он", "т.е.", "2017 г.", '"Yes."',
            "e.g.", "end.”", "I.", "plan B.", "(", ")", "a", "\t", "Ёж", "！", "好。", "x-y", "it's",
        ]
    ),
    max_size=30,
).map(" ".join) | st.text(max_size=200)  # fmt: skip


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in words.sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rains. It pours.", ["It rains.", "It pours."]),
        ("Why? Because! So.", ["Why?", "Because!", "So."]),
        ("Mr. Smith met Dr. Jones. They spoke.", ["Mr. Smith met Dr. Jones.", "They spoke."]),
        ("J. R. Brown left. Good.", ["J. R. Brown left.", "Good."]),
        ("J.R. Brown left. Good.", ["J.R. Brown left.", "Good."]),
        ("Пушкин и Л.Н. Толстой. Да!", ["Пушкин и Л.Н. Толстой.", "Да!"]),
        ("That is law in the R.F. That is all.", ["That is law in the R.F.", "That is all."]),
        ("It costs 3.14 euros. Cheap.", ["It costs 3.14 euros.", "Cheap."]),
        ("Well… maybe. Yes.", ["Well… maybe.", "Yes."]),
        ("Well... I see. Yes.", ["Well...", "I see.", "Yes."]),
        ('He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
        ("So do I. Thank you.", ["So do I.", "Thank you."]),
        ("One para\n\nAnother para", ["One para", "Another para"]),
        ("Runs on\nhere. Stop.", ["Runs on\nhere.", "Stop."]),
        ("Ends.\nNew line", ["Ends.", "New line"]),
        ("Хорошо. А. С. Пушкин писал. Да!", ["Хорошо.", "А. С. Пушкин писал.", "Да!"]),
        ("Это было в 2017 г. Москва росла.", ["Это было в 2017 г. Москва росла."]),
        ("Мы, т.е. Россия, рады. Спасибо.", ["Мы, т.е. Россия, рады.", "Спасибо."]),
        ("First. (Applause.) Second.", ["First.", "Second."]),
        ("First <…> second.", ["First", "second."]),
        ("今日は。明日は。", ["今日は。", "明日は。"]),
        ("", []),
        (" \n\t ", []),
        ("... !!! —", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(TEXTS)
def test_sentences_are_ordered_trimmed_and_apart(text: str) -> None:
    at = 0
    for start, end in words.sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert any(ch.isalnum() for ch in text[start:end])
        at = end


@given(TEXTS)
def test_no_letter_or_digit_is_lost_outside_furniture(text: str) -> None:
    covered = {n for a, b in words.sentences(text) for n in range(a, b)}
    aside = {n for a, b in words.furniture(text) for n in range(a, b)}
    assert not covered & aside
    assert {n for n, ch in enumerate(text) if ch.isalnum()} - aside <= covered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you. (Applause.)", ["(Applause.)"]),
        ("Yes [laughs] and no", ["[laughs]"]),
        ("<…> then <...>", ["<…>", "<...>"]),
        ("uh {vocalsound} hm", ["{vocalsound}"]),
        ("[04:15] start [1:02:03.5]", ["[04:15]", "[1:02:03.5]"]),
        ("Спасибо. (Аплодисменты.)", ["(Аплодисменты.)"]),
        ("(Смех.) Да.", ["(Смех.)"]),
        ("He went (as he said) home [twice].", []),
        ("f(x) at 04:15", []),
    ],
)
def test_furniture(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in words.furniture(text)] == expected


@given(st.text(max_size=200))
def test_squeeze_and_bare_keep_every_character_but_whitespace(text: str) -> None:
    assert words.bare(words.squeeze(text)) == words.bare(text)
    assert words.squeeze(words.squeeze(text)) == words.squeeze(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kazakhstan's trade", ["kazakhstan", "trade"]),
        ("1,000 and 12 000", ["1000", "and", "12", "000"]),
        ("1,234,567", ["1234567"]),
        ("ЁЖИК", ["ежик"]),
        ("don’t", ["don’t"]),
        ("ﬁne", ["fine"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words.words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("meeting", "meetings"), ("cooperates", "cooperating"), ("интервью", "интервью"), ("экономика", "экономики")],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert words.stem(one) == words.stem(other)


def test_content_terms_leave_function_words_out_and_terms_keep_them() -> None:
    assert words.content_terms("What about the bridges and those of us?") == ["bridg"]
    assert "the" in words.terms("the bridges") and "the" not in words.content_terms("the bridges")


@given(TEXTS)
def test_content_terms_are_some_of_the_terms(text: str) -> None:
    rest = iter(words.terms(text))
    assert all(term in rest for term in words.content_terms(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hello there", "en"), ("Добрый день", "ru"), ("", "en"), ("Путин: NATO", "ru"), ("12", "en")],
)
def test_language(text: str, language: str) -> None:
    assert words.language_of(text) == language


@pytest.mark.parametrize("text", ["x" * 2**20, "é" * 2**19, "1,000" * 2**17])
def test_a_megabyte_without_a_blank(text: str) -> None:
    assert words.sentences(text) == [(0, len(text))]
    assert words.furniture(text) == []
    assert len("".join(words.words(text))) <= len(text)


# Each of these took minutes once: the time of a pattern must not grow with the square of the text.
@pytest.mark.parametrize(
    "text", ["(" * 2**14, "\\" * 2**12, "[(" * 2**13, "(applause" * 2**11, "<" * 2**14, "{a" * 2**13]
)
def test_openers_that_never_close_are_no_furniture(text: str) -> None:
    assert words.furniture(text) == []


@pytest.mark.parametrize("one", ["Go. ", "Go.\n", "a\n\n", "«Да.» "])
def test_very_many_sentences(one: str) -> None:
    assert len(words.sentences(one * 2**15)) == 2**15
