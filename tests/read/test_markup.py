"""XML and Word: every spoken word comes back under its speaker, nothing else does, whatever stands between."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.hostile import zipped

from qa import words
from qa.errors import ReadError
from qa.read import read_file
from qa.read.markup import parse_xml, root_tag
from qa.read.source import File
from qa.types import Transcript

PATH = Path("/nowhere/debate.xml")
IDS = ["NoraEkdal", "TomBaszko", "IlsaOdell"]
NAMES = {"NoraEkdal": "Nora Ekdal", "TomBaszko": "Tom Baszko", "IlsaOdell": "Ilsa Odell"}
WORDS = st.lists(
    st.sampled_from('the bridge & mill <is> "closed" naïve 日本 3.14 a/b ; (aside) it’s 🙂'.split()),
    min_size=1,
    max_size=6,
)
SAID = st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4)
TURNS = st.lists(st.tuples(st.sampled_from(IDS), SAID), min_size=1, max_size=6)
NOISE = "Zzz applause zzz."
Turns = list[tuple[str, list[tuple[list[str], bool]]]]


def spoken(turns: Turns) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for who, parts in turns:
        text = "".join(words.bare("So " + " ".join(part)) for part, _ in parts)
        if found and found[-1][0] == NAMES[who]:
            found[-1] = (found[-1][0], found[-1][1] + text)
        else:
            found.append((NAMES[who], text))
    return found


def merged(one: Transcript) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for turn in one.turns:
        text = words.bare(turn.text)
        if found and found[-1][0] == turn.speaker:
            found[-1] = (turn.speaker, found[-1][1] + text)
        else:
            found.append((turn.speaker, text))
    return found


def text_of(part: list[str]) -> str:
    return escape("So " + " ".join(part))


def tei(turns: Turns) -> bytes:
    said = ""
    for who, parts in turns:
        inner = "\n".join(
            f"<seg>{text_of(p)}{f'<vocal><desc>{NOISE}</desc></vocal>' if noisy else ''}<pb/></seg>"
            for p, noisy in parts
        )
        said += f'<note type="time">{NOISE}</note><u who="#{who}">{inner}</u>'
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>{said}</div></body></text></TEI>'.encode()


def publicwhip(turns: Turns) -> bytes:
    said = f"<major-heading>{NOISE}</major-heading>"
    for who, parts in turns:
        inner = "".join(
            f"<p>{text_of(p)}{f' <i>[{NOISE}]</i>' if noisy else ''}</p>" + "<table><tr>Zzz</tr></table>" * noisy
            for p, noisy in parts
        )
        said += f'<speech speakername="{NAMES[who]}">{inner}</speech><speech nospeaker="true"><p>{NOISE}</p></speech>'
    return f"<publicwhip>{said}</publicwhip>".encode()


def akoma(turns: Turns) -> bytes:
    said = ""
    for who, parts in turns:
        inner = "".join(f"<p>{text_of(p)}{f'<remark>{NOISE}</remark>' if noisy else ''}</p>" for p, noisy in parts)
        said += f'<speech by="#{who}"><from>{NAMES[who]}:</from>{inner}</speech><scene>{NOISE}</scene>'
    listed = "".join(f'<TLCPerson eId="{id_}" showAs="{name}"/>' for id_, name in NAMES.items())
    meta = f"<meta><references>{listed}</references></meta>"
    inner = f"<debate>{meta}<debateBody><debateSection>{said}</debateSection></debateBody></debate>"
    return f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">{inner}</akomaNtoso>'.encode()


def word(turns: Turns) -> bytes:
    said = ""
    for who, parts in turns:
        for n, (part, noisy) in enumerate(parts):
            label = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{NAMES[who]}:</w:t></w:r>" if n == 0 else ""
            gone = f"<w:del><w:r><w:delText>{NOISE}</w:delText></w:r></w:del>" if noisy else ""
            said += f'<w:p>{label}<w:r><w:tab/><w:t xml:space="preserve">{text_of(part)}</w:t></w:r>{gone}</w:p>'
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(f'<w:document xmlns:w="{w}"><w:body>{said}</w:body></w:document>')


@pytest.mark.parametrize("make", [tei, publicwhip, akoma, word], ids=lambda make: make.__name__)
@settings(max_examples=60)
@given(turns=TURNS)
def test_every_spoken_word_and_no_other(make: object, turns: Turns) -> None:
    assert callable(make)
    file = File(PATH, make(turns))
    one = read_file(file)
    assert merged(one) == spoken(turns)
    assert {person.name for person in one.people} == {NAMES[who] for who, _ in turns}
    assert not one.unattributed and not one.problems
    assert read_file(File(PATH, make(turns))) == one


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1251"])
def test_encodings_as_declared(encoding: str) -> None:
    text = "Да, мост закрыт." if encoding == "windows-1251" else "Ja, die Brücke."
    name = encoding.removesuffix("-sig")
    xml = f'<?xml version="1.0" encoding="{name}"?>\n<TEI><text><body><u who="#A">{text}</u></body></text></TEI>'
    assert read_file(File(PATH, xml.encode(encoding))).turns[0].text == text


def test_text_in_memory_may_declare_what_it_likes() -> None:
    xml = '<?xml version="1.0" encoding="windows-1251"?><TEI><text><body><u who="#A">Да.</u></body></text></TEI>'
    assert read_file(File(PATH, text=xml)).turns[0].text == "Да."


def test_named_characters_with_and_without_a_document_type() -> None:
    own = '<!DOCTYPE a [ <!ENTITY dash "&#8212;"> <!ENTITY long "much longer"> ]>'
    assert parse_xml(File(PATH, f"{own}<a>1&dash;2 &nbsp;&eacute;&amp;&lt;</a>".encode())).text == "1—2 \xa0é&<"
    assert parse_xml(File(PATH, b"<a><![CDATA[&nbsp;]]>&nbsp;</a>")).text == "&nbsp;\xa0"
    with pytest.raises(ReadError, match=r"line 2, column \d+: uses an entity of its own"):
        parse_xml(File(PATH, f"{own}\n<a>&long;</a>".encode()))


@pytest.mark.parametrize(
    ("data", "tag"),
    [
        (b"<TEI/>", "TEI"), (b"\xef\xbb\xbf <?xml version='1.0'?><!-- <a> --><tei:TEI xmlns:tei='x'>", "TEI"),
        (b"<!DOCTYPE x [ <!ENTITY a '>'> ]><publicwhip>", "publicwhip"), (b"text <TEI>", ""), (b"", ""),
        (b"<?xml", ""), (b"<!--", ""), ("<akn:akomaNtoso>".encode("utf-16"), "akomaNtoso"), (b"<", ""),
    ],
)  # fmt: skip
def test_the_first_element(data: bytes, tag: str) -> None:
    assert root_tag(File(PATH, data)) == tag


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("#NoraEkdal", "Nora Ekdal"), ("people.xml#NoraEkdal", "Nora Ekdal"), ("ParlaMint:NoraEkdal", "Nora Ekdal"),
        ("Nora Ekdal", "Nora Ekdal"), ("#nora_ekdal", "Nora Ekdal"), ("#McKayIan", "McKay Ian"), ("#PAD_12", "PAD_12"),
    ],
)  # fmt: skip
def test_pointers_and_ids_become_names(who: str, name: str) -> None:
    one = read_file(File(PATH, f'<TEI><text><body><u who="{who}">Go.</u></body></text></TEI>'.encode()))
    assert one.turns[0].speaker == name


def test_words_of_a_corpus_without_blanks_between_them() -> None:
    u = '<u who="#A"><seg><w>the</w><w>mill</w><pc>,</pc><w>open</w></seg></u>'
    one = read_file(File(Path("mill.xml"), f"<TEI><text><body>{u}</body></text></TEI>".encode()))
    assert one.turns[0].text == "the mill, open"
