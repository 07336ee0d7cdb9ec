"""Answers for other programs: nothing in a transcript takes effect in the form it is written in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.errors import UsageError
from qa.export import FORMS, export, file_name
from qa.types import Answer, Citation, Question

HOSTILE = (
    "100% of $5 & #1_a {b} \\end{document} ^~ *bold* [x](javascript:alert(1)) <script>alert(1)</script> `c` "
    "![i](http://evil.example/p.png) http://evil.example | © “q”"
)

# What csl-data.json (CSL 1.0.2) allows of what we write: every other field is an error.
NAME = {
    "type": "object", "additionalProperties": False, "minProperties": 1,
    "properties": {key: {"type": "string"} for key in ("family", "given", "suffix", "literal")},
}  # fmt: skip
CSL: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object", "required": ["type", "id"], "additionalProperties": False,
        "properties": {
            "type": {"enum": ["speech", "interview", "hearing", "webpage", "document"]},
            "id": {"type": ["string", "number"]},
            "author": {"type": "array", "items": NAME},
            "issued": {
                "type": "object", "additionalProperties": False,
                "properties": {"date-parts": {
                    "type": "array", "minItems": 1, "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["string", "number"]}},
                }},
            },
            **{key: {"type": "string"} for key in ("title", "genre", "event-place", "URL", "note")},
        },
    },
}  # fmt: skip


def citation(**changes: Any) -> Citation:
    base = Citation(
        "The bridge is closed.", "Anna Berg", "BERG", "Mayor", "council", "Council", "2020-05-04", "Sochi", 3, 0, 21,
        source="https://example.org/council",
    )  # fmt: skip
    return replace(base, **changes)


def answer(*citations: Citation, **changes: Any) -> Answer:
    question = Question("What about the bridge?", "What about the bridge?")
    found = Answer(question.text, question.standalone, True, 0.9, "Anna Berg: … [1]", question, citations)
    return replace(found, **changes)


NOT_SAID = answer(
    found=False, reason="not-said", text="Bob Smith said nothing about it here. Anna Berg did:\nAnna Berg: “x” [1]",
    elsewhere=(citation(),),
)  # fmt: skip


def test_json_has_the_fields_of_an_answer() -> None:
    one = answer(citation())
    assert json.loads(export(one, "json")) == json.loads(json.dumps(asdict(one)))
    assert [a["question"] for a in json.loads(export([one, one], "json"))] == [one.question] * 2


def test_every_form_says_that_a_speaker_is_uncertain() -> None:
    guessed = export_forms(answer(citation(uncertain=True), citation(quote="It rains.", turn=5)))
    assert json.loads(guessed.pop("json"))["citations"][0]["uncertain"] is True
    for form, text in guessed.items():
        assert text.count("(speaker uncertain)") == 1, form
    assert not any("uncertain)" in text for text in export_forms(answer(citation())).values())


def export_forms(one: Answer) -> dict[str, str]:
    return {form: export(one, form) for form in FORMS}


def test_csl_items_are_one_a_person_and_transcript() -> None:
    items = json.loads(
        export([answer(citation(), citation(quote="It rains.", turn=5), citation(speaker="Bob Smith"))] * 2, "csl-json")
    )
    jsonschema.validate(items, CSL)
    assert [item["id"] for item in items] == ["berg2020", "smith2020"]
    assert items[0] == {
        "id": "berg2020", "type": "speech", "title": "Council", "genre": "Mayor",
        "author": [{"family": "Berg", "given": "Anna"}], "issued": {"date-parts": [[2020, 5, 4]]},
        "event-place": "Sochi", "URL": "https://example.org/council", "note": "“The bridge is closed.” “It rains.”",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"title": "Interview with Anna Berg"}, "interview"),
        ({"title": "Hearing on bridges"}, "hearing"),
        ({"speaker": ""}, "webpage"),
        ({"speaker": "", "source": "/tmp/x.txt"}, "document"),
    ],
)
def test_the_type_follows_the_event(changes: dict[str, Any], kind: str) -> None:
    items = json.loads(export(answer(citation(**changes)), "csl-json"))
    jsonschema.validate(items, CSL)
    assert items[0]["type"] == kind


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ursula von der Leyen", {"family": "von der Leyen", "given": "Ursula"}),
        ("Martin Luther King Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("SPEAKER_00", {"literal": "SPEAKER_00"}),
        ("Speaker 1", {"literal": "Speaker 1"}),
        ("Plato", {"literal": "Plato"}),
        ("习近平 主席", {"literal": "习近平 主席"}),
        ("Владимир Владимирович Путин", {"family": "Путин", "given": "Владимир Владимирович"}),
    ],
)
def test_names_are_taken_apart_only_where_that_is_safe(name: str, author: dict[str, str]) -> None:
    assert json.loads(export(answer(citation(speaker=name)), "csl-json"))[0]["author"] == [author]


def test_two_of_a_family_name_have_keys_of_their_own() -> None:
    both = answer(citation(), citation(speaker="Bert Berg"))
    assert re.findall(r"@misc\{([^,]+),", export(both, "bibtex")) == ["berg2020", "berg2020-2"]


def test_bibtex_escapes_what_tex_would_take_for_itself() -> None:
    text = export(answer(citation(quote=HOSTILE, title=HOSTILE, role=HOSTILE, speaker=f"Mallory {HOSTILE}")), "bibtex")
    bare = re.sub(r"\\(?:textbackslash|textasciitilde|textasciicircum)\{\}", "", text)
    bare = re.sub(r"\\[{}&%$#_]", "", bare)
    assert "\\" not in bare and not re.search(r"[&%$#_^~]", re.sub(r"url = \{.*?\},", "", bare))
    assert balanced(bare)


def balanced(text: str) -> bool:
    depth = 0
    for ch in text:
        depth += (ch == "{") - (ch == "}")
        if depth < 0:
            return False
    return depth == 0


def tokens(markdown: str) -> Iterator[Any]:
    for block in MarkdownIt("commonmark", {"html": True}).parse(markdown):
        yield block
        yield from block.children or ()


def test_markdown_shows_hostile_text_as_text() -> None:
    one = answer(
        citation(quote=HOSTILE, title=HOSTILE, role=HOSTILE, speaker=f"Mallory {HOSTILE}", place=HOSTILE),
        question=HOSTILE, standalone="x",
    )  # fmt: skip
    text = export(one, "markdown")
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"html_inline", "html_block", "image", "code_inline", "code_block", "fence", "table_open"}
    links = [token.attrs["href"] for token in tokens(text) if token.type == "link_open"]
    assert links == ["https://example.org/council"]
    shown = "".join(token.content for token in tokens(text) if token.type in {"text", "text_special"})
    assert f"“{HOSTILE}”" in shown


@given(st.text(max_size=60))
def test_any_quotation_survives_markdown(words_said: str) -> None:
    said = " ".join("".join(ch if ch.isprintable() else " " for ch in words_said).split())
    text = export(answer(citation(quote=said)), "markdown")
    shown = "".join(token.content for token in tokens(text) if token.type in {"text", "text_special"})
    assert f"“{said}”" in shown


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_any_text_gives_balanced_bibtex_and_valid_csl(quote: str, title: str, name: str) -> None:
    one = answer(citation(quote=quote, title=title, speaker=name))
    bare = re.sub(r"\\[{}]", "", export(one, "bibtex"))
    assert balanced(bare)
    jsonschema.validate(json.loads(export(one, "csl-json")), CSL)


def test_print_is_plain() -> None:
    one = answer(citation(start_s=3725.0))
    assert export(one, "plain") == (
        "“The bridge is closed.”\n— Anna Berg, Mayor, Council, Sochi, 4 May 2020, at 1:02:05\n"
    )


@pytest.mark.parametrize("form", ["markdown", "plain"])
def test_not_said_is_said(form: str) -> None:
    text = export(NOT_SAID, form)
    assert "Bob Smith said nothing about it here." in text
    assert text.index("said nothing") < text.index("The bridge is closed.")


@pytest.mark.parametrize("source", ["javascript:alert(1)", "/etc/passwd", "https://a b/", "http://[x", None])
@pytest.mark.parametrize("form", ["markdown", "bibtex", "csl-json"])
def test_only_web_addresses_become_links(source: str | None, form: str) -> None:
    text = export(answer(citation(source=source)), form)
    assert "javascript" not in text and "passwd" not in text and "URL" not in text and "Source" not in text


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_conversation_is_empty_in_every_form(form: str) -> None:
    assert export([], form).strip() in {"", "[]"}


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UsageError, match="markdown"):
        export([], "docx")


@pytest.mark.parametrize(
    ("source", "name"),
    [("/home/x/a.txt", "a.txt"), ("C:\\x\\b.txt", "b.txt"), ("https://e.org/c", "https://e.org/c"), (None, None)],
)
def test_folders_stay_at_home(source: str | None, name: str | None) -> None:
    assert file_name(source) == name
