"""Broken files: what is whole before the break is read, the place is told, and nobody gets another's words."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ReadError
from qa.read import read_file, read_text
from qa.read.json_tokens import json_until
from qa.read.source import File

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
TURN = st.fixed_dictionaries({"speaker": st.sampled_from(["Nora", "Tom"]), "text": st.text(min_size=1), "more": VALUE})
TEI = """<TEI><teiHeader><fileDesc><titleStmt><title>Talk</title></titleStmt></fileDesc></teiHeader><text><body><div>
<u who="#NE"><seg>The bridge is closed.</seg></u>
<u who="#TB"><seg>Since when, and for how long?</seg></u>
<u who="#NE"><seg>Since Monday, for a year.</seg></u>
</div></body></text></TEI>"""


@given(st.lists(TURN, min_size=1, max_size=6), st.data())
def test_of_cut_json_whole_turns_are_left(turns: list[dict[str, object]], data: st.DataObject) -> None:
    text = json.dumps({"title": "Talk", "turns": turns, "end": 1}, indent=data.draw(st.sampled_from([None, 1])))
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(cut)
    whole = json_until(cut, caught.value.pos)
    if whole is not None:
        found = whole.get("turns", [])
        assert found[:-1] == turns[: len(found)][:-1]  # of the last a list may be cut, no more
        for name, value in found[-1].items() if found else ():
            assert isinstance(value, list | dict) or value == turns[len(found) - 1][name]
    assert whole is not None or '"Talk"' not in cut


def test_a_text_that_breaks_inside_an_escape_closes_no_bracket() -> None:
    cut = '{"title": "Talk", "turns": [{"speaker": "Nora", "text": "No."}, {"speaker": "Tom", "text": "}\\u'
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(cut)
    assert json_until(cut, caught.value.pos) == {"title": "Talk", "turns": [{"speaker": "Nora", "text": "No."}]}


def test_json_that_goes_on_after_its_end_is_read() -> None:
    one = read_text('[{"speaker": "Nora", "text": "Go."}, {"speaker": "Tom", "text": "No."}]\nrest', Path("a.json"))
    assert [(turn.speaker, turn.text) for turn in one.turns] == [("Nora", "Go."), ("Tom", "No.")]
    assert one.problems == ("line 2, column 1: is not valid JSON (Extra data); what stands before it was read.",)


def test_a_cut_line_of_json_lines_is_told() -> None:
    lines = [json.dumps({"speaker": who, "text": f"{n} for all."}) for n, who in enumerate(["Nora", "Tom"] * 3)]
    one = read_text("\n".join([*lines[:-1], lines[-1][:20]]), Path("a.jsonl"))
    assert len(one.turns) == 5 and one.problems == ("line 6: is no JSON, left out.",)


@pytest.mark.parametrize("end", range(0, len(TEI) - 1, 7))
def test_of_cut_xml_the_words_before_are_left(end: int) -> None:
    file = File(Path("a.xml"), TEI[:end].encode())
    try:
        one = read_file(file)
    except ReadError as error:
        assert "The bridge" not in TEI[:end] or "no transcript" in str(error) or "well-formed" in str(error)
        return
    whole = read_text(TEI, Path("a.xml"))
    assert one.problems and "line" in one.problems[0]
    for turn, same in zip(one.turns, whole.turns, strict=False):
        assert turn.speaker == same.speaker and same.text.startswith(turn.text)


def test_a_lost_end_tag_gives_nobody_the_words_of_the_next() -> None:
    broken = TEI.replace("how long?</seg></u>", "how long?</seg>")
    one = read_text(broken, Path("a.xml"))
    assert [(turn.speaker, turn.text) for turn in one.turns] == [("NE", "The bridge is closed.")]
    assert "Opening and ending tag mismatch" in one.problems[0]


def test_one_character_that_xml_forbids_loses_nothing_else() -> None:
    one = read_file(File(Path("a.xml"), TEI.replace("Monday", "Mon\x08day &#1; AT&T").encode()))
    assert one.turns[-1].text == "Since Monday AT&T, for a year." and "line 4" in one.problems[0]


def test_a_word_file_that_breaks_off_is_read_to_there() -> None:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    said = [f"{who}: {words}" for who, words in [("Nora Ekdal", "We go."), ("Tom Baszko", "We stay.")] * 3]
    start = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", start + "".join(map(paragraph.format, said)) + "<w:p><w:r")
    one = read_file(File(Path("a.docx"), out.getvalue()))
    assert [turn.speaker for turn in one.turns] == ["Nora Ekdal", "Tom Baszko"] * 3 and "line 1" in one.problems[0]


def test_a_line_separator_inside_a_text_cuts_no_json_line() -> None:
    said = ["Go\u2028on.", "No.", "So be it."]
    lines = [
        json.dumps({"speaker": who, "text": text}, ensure_ascii=False) for who, text in zip("NTN", said, strict=True)
    ]
    one = read_text("\n".join(lines), Path("a.jsonl"))
    assert len(one.turns) == 3 and not one.problems
