"""Makes the Word files of golden/docx, with python-docx and with XML of our own where it has no words for a thing.

Run from the repository: python -m tests.read.make_docx
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml

HOME = Path(__file__).parent / "golden" / "docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = f"""<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r>
 <w:t>DRAFT COPY</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>DRAFT COPY</w:t></w:r></w:p></w:txbxContent>
 </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def save(document: Any, name: str) -> None:
    document.core_properties.author = "The makers of the tests"
    document.save(str(HOME / f"{name}.docx"))


def spoken(document: Any, *runs: tuple[str, bool], style: str | None = None) -> Any:
    paragraph = document.add_paragraph(style=style)
    for text, bold in runs:
        paragraph.add_run(text).bold = bold or None
    return paragraph


def teams() -> None:
    """As Teams exports since 2023: name in bold, time, a break, the words."""
    document = Document()
    spoken(document, ("The mill-20260615_133555-Meeting Transcript", True))
    spoken(document, ("15 June 2026, 03:35am", False))
    spoken(document, ("27m 42s", False))
    spoken(document, ("Nora Ekdal", True), (" started transcription", False))
    for name, time, text in (
        ("Nora Ekdal", "0:03", "Good morning. We meet at 10:30 again."),
        ("Baszko, Tom (External)", "0:12", "Morning.\nThe roof leaks."),
        ("Nora Ekdal", "0:19", "Since when: Monday?"),
        ("SPEAKER_02", "1:00:22", "Since Sunday."),
    ):
        paragraph = spoken(document, (name, True), (f"   {time}", False))
        paragraph.add_run().add_break()
        paragraph.add_run(text)
    spoken(document, ("Nora Ekdal", True), (" stopped transcription", False))
    save(document, "teams")


def teams_old() -> None:
    """As Teams exported in 2021: a span, the name, the words, all in one paragraph."""
    document = Document()
    for span, name, text in (
        ("0:0:5.100 --> 0:0:8.", "Nora Ekdal", "Good morning."),
        ("0:0:8.500 --> 0:0:10.300", "Nora Ekdal", "The roof leaks."),
        ("0:0:10.800 --> 0:0:14.500", "Tom Baszko", "Since when?"),
    ):
        document.add_paragraph(f"{span}\n{name}\n{text}")
    save(document, "teams-old")


def transcribe() -> None:
    """As Word for the web transcribes: the time first, voices without names."""
    document = Document()
    document.add_heading("Audio file", 2)
    document.add_paragraph("talk.mp3")
    document.add_heading("Transcript", 2)
    for time, name, text in (
        ("00:00:01", "Speaker 1", "Who are you?"),
        ("00:00:04", "Speaker 2", "The miller."),
        ("00:01:09", "Speaker 1", "I see."),
    ):
        document.add_paragraph(f"{time} {name}")
        document.add_paragraph(text)
    save(document, "transcribe")


def committee() -> None:
    """Bold labels with a colon in or after the bold, question numbers, a heading, header, footer, tab."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Mills Committee: Corrected"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading("Oral evidence: The mills", 0)
    document.add_paragraph("Date: 12 May 2021")
    spoken(document, ("Q1", False), (" ", False), ("Chair:", True), (" Welcome. What is a mill?", False))
    spoken(document, ("Ida Ekdal", True), (": A mill grinds.", False))
    document.add_paragraph("It needs three things: water, stone and time.")
    document.add_heading("Second session", 2)
    spoken(document, ("Q2", False), (" ", False), ("Chair:", True), (" And bread?", False))
    spoken(document, ("Dr Tom Baszko:", True), ("\tBread is another matter.", False))
    save(document, "committee")


def bold_names() -> None:
    """Names in bold without a colon: alone, and before the words."""
    document = Document()
    spoken(document, ("A talk at the mill", True))
    for name, text in (("NORA EKDAL", "Sit down."), ("TOM BASZKO", "I stand."), ("NORA EKDAL", "As you like. Tea?")):
        spoken(document, (name, True), (" ", False), (text, False))
    spoken(document, ("TOM BASZKO", True))
    document.add_paragraph("No tea. I said: no.")
    save(document, "bold-names")


def hearing() -> None:
    """Tables: who was present, then names and words, with times, a cell left empty and a second table."""
    document = Document()
    document.add_heading("Hearing of the millers", 0)
    document.add_paragraph("3 March 2020")
    present = document.add_table(2, 2)
    for row, texts in zip(present.rows, (("Ida Ekdal", "Chair"), ("Tom Baszko", "Miller")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Proceedings")
    rows = (
        ("Time", "Speaker", "Words spoken"),
        ("10:00:05", "MS EKDAL:", "Please begin, Mr Baszko."),
        ("10:00:09", "MR BASZKO:", "I grind.\nI have always ground."),
        ("10:00:20", "", "Day and night."),
        ("10:00:31", "MS EKDAL:", "Thank you."),
    )
    for part in (rows[:3], rows[3:]):
        table = document.add_table(len(part), 3)
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("")
    save(document, "hearing")


def tracked() -> None:
    """A deletion, an insertion, hidden words, a text box, a field, a footnote's mark, a content control."""
    document = Document()
    spoken(document, ("Nora Ekdal: The bridge is ", False))._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>open</w:delText></w:r></w:del>'
        )
    )  # fmt: skip
    last = document.paragraphs[-1]._p
    last.append(parse_xml(f'<w:ins {W} w:id="2" w:author="x"><w:r><w:t>closed</w:t></w:r></w:ins>'))
    last.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    last.append(parse_xml(f'<w:r {W}><w:t xml:space="preserve"> since Mon</w:t><w:softHyphen/><w:t>day.</w:t></w:r>'))
    last.append(parse_xml(BOX))
    paragraph = spoken(document, ("Tom Baszko: ", False), ("Really? ", False))
    hidden = paragraph.add_run("Nobody saw this. ")
    hidden.font.hidden = True
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {W}><w:sdtPr><w:alias w:val="Words"/></w:sdtPr><w:sdtContent><w:r><w:t>It was open on the '
            f'16</w:t></w:r><w:r><w:noBreakHyphen/><w:t>th.</w:t></w:r></w:sdtContent></w:sdt>'
        )
    )  # fmt: skip
    spoken(document, ("Nora Ekdal: No.", False))
    save(document, "tracked")


def who_takes_part() -> None:
    """A table of names and offices before the talk; an oath between two turns."""
    document = Document()
    document.add_heading("Inquiry into the lamp at Gull Rock", 0)
    people = (
        ("Name", "Role"),
        ("Baroness Orla Finch", "Chair of the Inquiry"),
        ("Mr Basil Crane KC", "Counsel to the Inquiry"),
        ("Mrs E. R. Tull", "Neighbour"),
    )
    table = document.add_table(rows=0, cols=2)
    for row in people:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("BARONESS FINCH: Good morning. Mr Crane.")
    document.add_paragraph("MR CRANE: I call Mrs Tull.")
    document.add_paragraph("MRS EDITH ROSE TULL (sworn)")
    document.add_paragraph("MRS TULL: It was dark. That is all I saw.")
    document.add_paragraph("BARONESS FINCH: Nobody could have seen more.")
    save(document, "who-takes-part")


def inquiry() -> None:
    """A table of short labels, whose names the lines before it tell; what follows the record is nobody's."""
    document = Document()
    document.add_heading("Inquiry into the bridge at Lunev", 0)
    for line in ("Before: Commissioner Nora Ekdal", "Counsel assisting: Mr Tom Baszko"):
        document.add_paragraph(line)
    rows = (
        ("Speaker", "Transcript"),
        ("THE COMMISSIONER", "Please be seated. Mr Baszko."),
        ("MR BASZKO", "Thank you, Commissioner. I call Ms Ilsa Odell."),
        ("MS ODELL", "I was at the mill."),
        ("THE COMMISSIONER", "The whole night?"),
        ("MS ODELL", "The whole night."),
    )
    table = document.add_table(len(rows), 2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    save(document, "inquiry")


def family_first() -> None:
    """One of three has the family name first, and is greeted by the given name; a credit closes the words."""
    document = Document()
    for name, time, text in (
        ("Nora Ekdal", "00:00", "Good morning, is this working?"),
        ("Baszko, Tom", "00:03", "It is. There is an echo."),
        ("Ilsa Odell", "00:07", "Hello Tom. I hear it, too."),
        ("Baszko, Tom", "00:12", "Better now."),
    ):
        spoken(document, (name, True), (f"  {time}", False))
        spoken(document, (text, False))
    document.add_paragraph("Transcribed by https://example.org")
    save(document, "family-first")


def verbatim_record() -> None:
    """Minutes with a verbatim record inside, after whose end nobody speaks."""
    document = Document()
    document.add_heading("Minutes of the Council of Lunev", 1)
    document.add_heading("VERBATIM RECORD", 2)
    for name, text in (
        ("MAYOR EKDAL", "We come to the bridge."),
        ("MR BASZKO", "It is closed."),
        ("MAYOR EKDAL", "Thank you. Those in favour?"),
    ):
        spoken(document, (f"{name}:", True), (f"\t{text}", False))
    document.add_heading("END OF VERBATIM RECORD", 2)
    document.add_paragraph("The next meeting was fixed for Tuesday.")
    document.add_paragraph("Signed ................. Mayor")
    save(document, "verbatim-record")


def interview() -> None:
    """Questions in bold, answers in plain type, nobody named."""
    document = Document()
    document.add_heading("The last miller", 0)
    for n, (question, answer) in enumerate(
        (
            ("When did you take over the mill?", "In the autumn of 1987."),
            ("What did you feel on the first evening?", "I felt that I ought to feel something."),
            ("And at four in the afternoon?", "I clean the kitchen window."),
        )
    ):
        spoken(document, (question, True))
        spoken(document, (answer, False))
        if n == 1:
            spoken(document, ("It was a small window.", False))
    save(document, "interview")


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    for make in (
        teams, teams_old, transcribe, committee, bold_names, hearing, tracked, who_takes_part, inquiry, family_first,
        verbatim_record, interview,
    ):  # fmt: skip
        make()
