"""Word and PDF: what is refused in one line, and what pages become."""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import MissingExtraError, ReadError
from qa.read import docx, read
from qa.read.pages import run_on
from qa.read.pull_quotes import without_pull_quotes
from qa.read.source import File

HERE = Path(__file__).parent
WORD = HERE / "golden" / "docx" / "committee.docx"
PDF = HERE / "golden" / "pdf" / "committee.pdf"


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def document(inside: str) -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return archive(word__document_xml=f'<w:document xmlns:w="{w}"><w:body>{inside}</w:body></w:document>')


def encrypted_pdf() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=PDF)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of_page(content: bytes | None) -> bytes:
    """One page with that content, compressed; None: no page at all."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = pypdf.PdfWriter()
    if content is not None:
        stream = DecodedStreamObject()
        stream.set_data(content)
        writer.add_blank_page(600, 800)[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def damaged_page() -> bytes:
    return pdf_of_page(b"BT (Nora) Tj ET" * 9).replace(b"/FlateDecode", b"/FlatDecode")


REFUSED: list[tuple[str, bytes, str]] = [
    ("cut.docx", WORD.read_bytes()[:20_000], "word"),
    ("empty.docx", document(""), "no speaker labels"),
    ("prose.docx", document("<w:p><w:r><w:t>It rained.</w:t></w:r></w:p>"), "no speaker labels"),
    ("broken.docx", archive(word__document_xml="<w:document><w:body>"), "not well-formed"),
    ("no-body.docx", archive(word__document_xml="<document/>"), "without a text"),
    ("cut.pdf", PDF.read_bytes()[:400], "PDF"),
    ("head.pdf", b"%PDF-1.7\n%%EOF\n", "PDF"),
    ("scan.pdf", (HERE / "scan.pdf").read_bytes(), "scan"),
    ("encrypted.pdf", encrypted_pdf(), "encrypted"),
    ("cut.pdf", PDF.read_bytes()[:400], "cannot be read (damaged). Export it again."),
    ("pageless.pdf", pdf_of_page(None), "has no pages. Export it again."),
    ("blank.pdf", pdf_of_page(b""), "it is a scan. Run text recognition"),
    ("huge.pdf", pdf_of_page(b" " * 17_000_000), "page 1 holds or unpacks to more than is read, left out. Export it"),
    ("page.pdf", damaged_page(), "page 1 cannot be read (damaged), left out. Export it"),
]


@pytest.mark.parametrize(("name", "data", "problem"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_in_one_line(name: str, data: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    line = str(caught.value)
    assert line.startswith(str(path)) and "\n" not in line and problem.casefold() in line.casefold()


def test_without_pypdf_the_pip_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtraError, match=r'pip install "transcript-qa\[pdf\]"'):
        read(PDF)


def test_a_page_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    import pypdf
    from pypdf.generic import NameObject, NumberObject

    writer = pypdf.PdfWriter(clone_from=PDF)
    writer.pages[1][NameObject("/Contents")] = NumberObject(7)
    path = tmp_path / "damaged.pdf"
    writer.write(str(path))
    one = read(path)
    assert one.turns and len(one.turns) < 18
    assert not one.problems or "page 2" in one.problems[0]


def test_the_end_of_the_transcript_is_nobodys_words() -> None:
    said = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Nora: Go.", "Tom: No.", "END OF TRANSCRIPT")
    )
    one = docx.parse(File(Path("a.docx"), document(said * 2)), "a")
    assert [turn.text for turn in one.turns] == ["Go.", "No."] * 2
    assert one.dropped == ("END OF TRANSCRIPT",) * 2


def test_a_zip_of_something_else_is_no_word_file(tmp_path: Path) -> None:
    assert not docx.detect(File(Path("a.zip"), archive(notes__a_xml="<a/>")))


# ------------------------------------------------------------------ pages

WORD_LIKE = st.text(st.sampled_from("abcdefgh"), min_size=2, max_size=9)
SENTENCE = st.lists(WORD_LIKE, min_size=3, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")


@st.composite
def printed(draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
    """Pages with a running head and a page number, and the words printed on them between."""
    pages: list[list[str]] = []
    words: list[str] = []
    # No sentence comes twice: one that came at the top of every page would be a running head.
    all_of_it = draw(st.lists(SENTENCE, min_size=18, max_size=45, unique=True))
    for number in range(1, draw(st.integers(2, 5)) + 1):
        body, all_of_it = all_of_it[:9], all_of_it[9:]
        if len(body) < 5:
            break
        words += [word for line in body for word in line.split()]
        gap = draw(st.booleans())
        lines = [line for text in body for line in ([text, ""] if gap else [text])]
        pages.append(["      Mills Committee 2021", "", *lines, "", f"          - {number} -"])
    return pages, words


@settings(max_examples=100)
@given(printed())
def test_pages_lose_and_invent_no_word(case: tuple[list[list[str]], list[str]]) -> None:
    pages, words = case
    running = run_on(pages)
    assert Counter(" ".join(running.lines).split()) == Counter(words)
    assert " ".join(" ".join(running.lines).split()) == " ".join(words)
    assert "Mills Committee 2021" in running.left_out and "- 1 -" in running.left_out


@settings(max_examples=50)
@given(printed())
def test_line_numbers_are_no_words(case: tuple[list[list[str]], list[str]]) -> None:
    pages, words = case
    numbered = [[f"{n:>2}   {line}" for n, line in enumerate(page[2:-2], 1)] for page in pages]
    assert " ".join(" ".join(run_on(numbered).lines).split()) == " ".join(words)


def halves(words: list[str]) -> Iterator[list[str]]:
    yield from (words[n : n + 4] for n in range(0, len(words), 4))


@settings(max_examples=50)
@given(st.lists(WORD_LIKE, min_size=48, max_size=48), st.lists(WORD_LIKE, min_size=48, max_size=48))
def test_two_columns_come_one_after_the_other(left: list[str], right: list[str]) -> None:
    page = [
        f"{' '.join(a):<40}      {' '.join(b)}" for a, b in zip(halves(left), halves(right), strict=True)
    ]  # fmt: skip
    assert " ".join(run_on([page]).lines).split() == [*left, *right]


def test_what_is_printed_twice_is_left_out_once() -> None:
    said = ["Odell: Nobody has ever asked the oxen", "what they think of it. They said:", "“We will not.”"]
    large = ["“Nobody has ever asked", "the oxen what they think”"]
    kept, left_out = without_pull_quotes([*said, *large, "Ekdal: And now?"])
    assert kept == [*said, "Ekdal: And now?"] and left_out == [" ".join(large)]


def test_a_quotation_that_is_said_once_stays() -> None:
    lines = ["Odell: I have the letter.", "“Nobody has ever asked", "the oxen what they think of it.”", "Ekdal: Oh."]
    assert without_pull_quotes(lines) == (lines, [])


def test_bytes_of_a_pdf_are_no_damaged_text() -> None:
    assert read(Path(__file__).parent / "golden" / "pdf" / "call.pdf").problems == ()
    one = (Path(__file__).parent / "golden" / "pdf" / "call.pdf").read_bytes()
    assert not File(Path("call.pdf"), one).is_text
