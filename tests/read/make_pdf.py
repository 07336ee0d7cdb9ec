"""Makes the PDF files of golden/pdf, and from the same words what must come out of them.

Run from the repository: python -m tests.read.make_pdf
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF

MADE = datetime(2021, 5, 12, tzinfo=UTC)
HOME = Path(__file__).parent / "golden" / "pdf"
TALK = [
    (
        "Nora Ekdal",
        "The bridge at Lunev has been closed since Monday, and nobody in this room can tell me when it will be "
        "opened again. We were promised stones before the winter; the stones did not come. I should like to know "
        "why.",
    ),
    (
        "Tom Baszko",
        "The well-known quarry at Weir was flooded in October: its owner has no pumps of his own. We asked the "
        "county for three of them, and the county sent us one, which does not work. I have brought the letters "
        "with me.",
    ),
    ("Nora Ekdal", "Then read them to us, please."),
    (
        "Tom Baszko",
        "The first is short. It says that pumps are rare this year, that the county is sorry, and that it hopes "
        "for a dry spring.\nThe second is shorter. It says no.",
    ),
    (
        "Ilsa Odell",
        "May I add that the millers are losing money every day? Their carts go round by Faro, which takes four "
        "hours instead of one, and the flour is damp when it arrives. In November we lost eleven sacks. In "
        "December it was thirty, and the bakers of Lunev have begun to buy from Kestria, where the bread is worse "
        "but dry.",
    ),
    ("Nora Ekdal", "Thank you. That is noted, and it will be in the report."),
]


def printed(lines: str) -> FPDF:
    """The lines one below the other on as many pages as they need."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", "", 11)
    for line in lines.splitlines():
        pdf.cell(0, 6, line.strip())
        pdf.ln(6)
    return pdf


def save(pdf: FPDF, name: str, turns: list[dict[str, Any]], **facts: Any) -> None:
    pdf.set_creation_date(MADE)
    pdf.output(str(HOME / f"{name}.pdf"))
    text = json.dumps({"format": "pdf", **facts, "turns": turns}, ensure_ascii=False, indent=1)
    (HOME / f"{name}.expected.json").write_text(f"{text}\n", encoding="utf-8")


def turns_of(talk: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"speaker": name, "text": text} for name, text in talk]


class Printed(FPDF):
    """A5 pages with a running head and a numbered foot."""

    def header(self) -> None:
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 6, "Mills Committee - uncorrected evidence", align="C")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 6, f"Page {self.page_no()} of {{nb}}", align="C")


def committee() -> None:
    """Heads and feet, justified lines, words cut at line ends, a speaker across pages."""
    pdf = Printed(format="A5")
    pdf.set_auto_page_break(True, 22)
    pdf.add_page()
    pdf.set_font("Times", "B", 14)
    pdf.cell(0, 8, "The bridge at Lunev")
    pdf.ln(9)
    pdf.set_font("Times", "", 11)
    pdf.cell(0, 6, "12 May 2021")
    pdf.ln(12)
    for _ in range(3):
        for name, text in TALK:
            pdf.set_font("Times", "B", 11)
            for n, part in enumerate(text.split("\n")):
                pdf.set_font("Times", "", 11)
                shown = f"**{name}:** {part}" if n == 0 else part
                shown = shown.replace("promised", "promi\u00adsed") if n == 0 else shown
                pdf.multi_cell(0, 5.5, shown, align="J", markdown=True)
                pdf.ln(2.5)
    save(
        pdf,
        "committee",
        turns_of(TALK * 3),
        title="The bridge at Lunev",
        date="2021-05-12",
        dropped=["Mills Committee - uncorrected evidence", "Page 1 of"],
        not_spoken=["uncorrected", "Page 2"],
    )


def cut_words() -> None:
    """Words cut by a hyphen at the end of a line, one of them with a hyphen of its own."""
    pdf = FPDF(format="A5")
    pdf.add_page()
    pdf.set_font("Courier", "", 11)
    for line in (
        "Nora Ekdal: We asked for infor-",
        "mation about the well-known mill and",
        "about the other well-",
        "known mill. Nobody ans-",
        "wered us.",
        "",
        "Tom Baszko: I did - on Mon-",
        "day. The answer was 3-",
        "4 pages long.",
    ):
        pdf.cell(0, 6, line)
        pdf.ln(6)
    said = [
        ("Nora Ekdal", "We asked for information about the well-known mill and about the other well-known mill. Nobody "
         "answered us."),
        ("Tom Baszko", "I did - on Monday. The answer was 3- 4 pages long."),
    ]  # fmt: skip
    save(pdf, "cut-words", turns_of(said))


def court() -> None:
    """Numbered, double-spaced lines, questions and answers, a page number of its own in the corner."""
    pages = [
        ["THE COURT: Please go on, Mr. Odell.", "MR. ODELL: Thank you, Your Honor.", "BY MR. ODELL:",
         "Q.   Where were you on the 3rd of", "March, at about 10:30?", "A.   At the mill. I am always at", "the mill.",
         "Q.   What did you see there?"],
        ["A.   I saw 12 men and a cart. They", "carried stones to the river, one", "after another.",
         "MS. FARO: Objection. He was asked", "what he saw, not what they did.", "THE COURT: Overruled.",
         "THE WITNESS: They carried stones,", "and then it began to rain."],
        ["BY MR. ODELL:", "Q.   Did you speak to them?", "A.   No.", "MR. ODELL: No further questions."],
    ]  # fmt: skip
    pdf = FPDF()
    for number, lines in enumerate(pages, 17):
        pdf.add_page()
        pdf.set_font("Courier", "", 12)
        pdf.cell(0, 8, str(number), align="R")
        pdf.ln(16)
        for n in range(25):
            text = lines[n] if n < len(lines) else ""
            pdf.cell(0, 9, f"{n + 1:>2}     {text}")
            pdf.ln(9)
    said = [
        ("The Court", "Please go on, Mr. Odell."),
        ("Odell", "Thank you, Your Honor. Where were you on the 3rd of March, at about 10:30?"),
        ("A", "At the mill. I am always at the mill."),
        ("Odell", "What did you see there?"),
        ("A", "I saw 12 men and a cart. They carried stones to the river, one after another."),
        ("Faro", "Objection. He was asked what he saw, not what they did."),
        ("The Court", "Overruled."),
        ("The Witness", "They carried stones, and then it began to rain."),
        ("Odell", "Did you speak to them?"),
        ("A", "No."),
        ("Odell", "No further questions."),
    ]
    save(pdf, "court", turns_of(said), dropped=["17", "18"], not_spoken=["BY MR. ODELL"])


def columns() -> None:
    """Two columns under a title across both."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", "B", 15)
    pdf.cell(0, 8, "Report of the debate about the bridge at Lunev and the mills of the county")
    pdf.ln(14)
    pdf.set_font("Times", "", 10)
    with pdf.text_columns(ncols=2, gutter=12, text_align="L") as area:
        for name, text in TALK * 2:
            area.write(f"{name}: {text.replace(chr(10), ' ')}\n\n")
    turns = [{"speaker": name, "text": text.replace("\n", " ")} for name, text in TALK * 2]
    save(pdf, "columns", turns, title="Report of the debate about the bridge at Lunev and the mills of the county")


def name_column() -> None:
    """Names in a column of their own, without a colon."""
    pdf = FPDF()
    pdf.add_page()
    for name, text in TALK * 2:
        pdf.set_font("Times", "B", 11)
        pdf.cell(38, 6, name.upper())
        pdf.set_font("Times", "", 11)
        pdf.multi_cell(0, 6, text.replace("\n", " "))
        pdf.ln(3)
    save(pdf, "name-column", [{"speaker": name, "text": text.replace("\n", " ")} for name, text in TALK * 2])


def timed() -> None:
    """Printed from a meeting's export: name and time, then the words."""
    pdf = FPDF()
    pdf.add_page()
    turns = []
    for n, (name, text) in enumerate(TALK[:4]):
        pdf.set_font("Helvetica", "B", 11)
        pdf.cell(0, 6, f"{name}   {n}:0{n}")
        pdf.ln(7)
        pdf.set_font("Helvetica", "", 11)
        pdf.multi_cell(0, 6, text.replace("\n", " "))
        pdf.ln(4)
        turns.append({"speaker": name, "text": text.replace("\n", " "), "start_s": 60.0 * n + n})
    save(pdf, "timed", turns)


def call() -> None:
    """An earnings call: names with their firms and offices alone above their words, lists of who takes part first."""
    parts = [
        ("Operator", "", "Good morning, and welcome to the first quarter call of Weir Quarries. I now hand over to "
         "Ilsa Odell. Please go ahead."),
        ("Ilsa Odell", "Weir Quarries, Inc. - VP of IR", "Thank you, operator. With me today is Nora Ekdal, and she "
         "has good news for everybody who waited for stones."),
        ("Nora Ekdal", "Weir Quarries, Inc. - President, CEO & Director", "Thanks, Ilsa. It was a dry quarter. "
         "The pumps are back, and we sold 412 loads to the county alone, which is more than in any year since we "
         "began to count them."),
        ("Operator", "", "The first question comes from Tom Baszko with Pell Partners."),
        ("Tom Baszko", "Pell Partners - Senior Analyst", "Congratulations on the quarter. Is the flood over, or is "
         "it just pausing?"),
        ("Nora Ekdal", "Weir Quarries, Inc. - President, CEO & Director", "If I knew that, Tom, I would be on your "
         "side of the call."),
        ("Tom Baszko", "Pell Partners - Senior Analyst", "Fair enough. Thank you."),
        ("Operator", "", "This concludes the call. You may now disconnect."),
    ]  # fmt: skip
    pdf = FPDF()
    pdf.add_page()
    head = ["EDITED TRANSCRIPT", "EVENT DATE/TIME: MAY 12, 2021 / 8:30PM GMT", "", "CORPORATE PARTICIPANTS",
            "Nora Ekdal Weir Quarries, Inc. - President, CEO & Director", "", "PRESENTATION"]  # fmt: skip
    for bold, text in [("B", line) for line in head]:
        pdf.set_font("Helvetica", bold, 10)
        pdf.cell(0, 5, text)
        pdf.ln(6)
    for name, office, text in parts:
        pdf.ln(4)
        pdf.set_font("Helvetica", "B", 10)
        pdf.cell(0, 5, f"{name} - {office}" if office else name)
        pdf.ln(5)
        pdf.set_font("Helvetica", "", 10)
        pdf.multi_cell(0, 5, text)
    pdf.ln(6)
    for text in ("DISCLAIMER", "Weir Quarries may change this transcript without telling anybody of the changes."):
        pdf.cell(0, 5, text)
        pdf.ln(6)
    said = [(name, text) for name, _, text in parts]
    save(pdf, "call", turns_of(said), not_spoken=["PRESENTATION", "Senior Analyst", "may change this transcript"])


def hearing() -> None:
    """A hearing as a legislature prints it: labels that a full stop ends, headings of statements over two lines."""
    lines = """OPEN QUARRIES: THE STATE OF THE STONES
        AT THE RIVER

        WEDNESDAY, MAY 12, 2021
        The committee met, pursuant to notice, at 10:03 a.m., in room 4 of
        the Mill, Hon. Nora Ekdal-Faro (chairwoman of the committee)
        presiding.
        Present: Senators Ekdal-Faro, Odell, and Ibanê.

        OPENING STATEMENT OF HON. NORA EKDAL-FARO, SENATOR
        FROM LUNEV
        The CHAIRWOMAN. The committee will come to order. The bridge at
        Lunev has been closed since Monday, and nobody in this room can tell
        me when it will be opened again.
        I turn to the ranking member for any remarks.
        Senator ODELL. Thank you. I ask that my statement be included in
        the record.
        The CHAIRWOMAN. Without objection. Our first witness is
        Mr. Baszko.

        STATEMENT OF TOM P. BASZKO, DIRECTOR OF THE QUARRY,
        WEIR
        Mr. BASZKO. Thank you, Madam Chairwoman. The quarry was flooded in
        October, and its owner has no pumps of his own.
        The CHAIRWOMAN. Thank you. We have time for one question.
        Senator Ibanê.
        Senator IBANÊ. Did the county send any?
        Mr. BASZKO. It sent us one, Senator, which does not work.
        Senator IBANÊ. I yield back.
        The CHAIRWOMAN. The hearing is adjourned.
        [Whereupon, at 10:26 a.m., the hearing was adjourned.]"""
    pdf = printed(lines)
    chair, odell, baszko, ibane = "Nora Ekdal-Faro", "Odell", "Tom P. Baszko", "Ibanê"
    said = [
        (chair, "The committee will come to order. The bridge at Lunev has been closed since Monday, and nobody in "
         "this room can tell me when it will be opened again. I turn to the ranking member for any remarks."),
        (odell, "Thank you. I ask that my statement be included in the record."),
        (chair, "Without objection. Our first witness is Mr. Baszko."),
        (baszko, "Thank you, Madam Chairwoman. The quarry was flooded in October, and its owner has no pumps of his "
         "own."),
        (chair, "Thank you. We have time for one question. Senator Ibanê."),
        (ibane, "Did the county send any?"),
        (baszko, "It sent us one, Senator, which does not work."),
        (ibane, "I yield back."),
        (chair, "The hearing is adjourned."),
    ]  # fmt: skip
    save(pdf, "hearing", turns_of(said), not_spoken=["STATEMENT OF", "FROM LUNEV", "WEIR"])


def questions() -> None:
    """Questions to ministers in a narrow column: labels over two and three lines, numbers, headings, a cut name."""
    lines = """The Presiding Officer (Nora
        Ekdal-Faro): The first item is
        question time.

        Stones at Lunev
        1. Tom Baszko
        (Weir and Pell) (Mill): To ask the
        county what it does about the
        stones.
        The Minister for Bridges and
        Mills (Ilsa
        Odell): We asked for them in the
        autumn, and we ask again: every
        week.

        Tom Baszko: I thank the minister.

        The Presiding Officer:
        Question 2, Lea Marchand-
        Abara.

        Carts and Oxen

        2. Lea Marchand-
        Abara: To ask the county how many
        oxen it has, and of which sort.

        Ilsa Odell: Four, of the Mühl- and
        Weir-side sort.

        Lea Marchand-Abara: That is not
        enough.

        The Presiding Officer: We must
        move on."""
    pdf = printed(lines)
    chair, baszko, odell, abara = "Nora Ekdal-Faro", "Tom Baszko", "Ilsa Odell", "Lea Marchand-Abara"
    said = [
        (chair, "The first item is question time."),
        (baszko, "To ask the county what it does about the stones."),
        (odell, "We asked for them in the autumn, and we ask again: every week."),
        (baszko, "I thank the minister."),
        (chair, "Question 2, Lea Marchand-Abara."),
        (abara, "To ask the county how many oxen it has, and of which sort."),
        (odell, "Four, of the Mühl- and Weir-side sort."),
        (abara, "That is not enough."),
        (chair, "We must move on."),
    ]
    save(pdf, "questions", turns_of(said), not_spoken=["Stones at Lunev", "Carts and Oxen"])


def quarters() -> None:
    """Two columns with letters in the margins, labels over two lines, calls of others across a page."""
    left = """Vizepräsidentin Nora Ekdal:|Guten Morgen! Ich rufe den Punkt 4 auf. Das|Wort hat der Kollege Tom Baszko.
        Tom Baszko (XY):|Frau Präsidentin! Wer nachts über die Brücke|fahren will, der braucht heute Geduld. Ich habe
        es vorige Woche ausprobiert, und es gelang|mir nicht.|(Beifall bei der XY)|Die Brücke ist seit Montag gesperrt,
        und|niemand weiß, wie lange noch.|Vizepräsidentin Nora Ekdal:|Nächste Rednerin ist Ilsa Odell-Faro."""
    right = """Dr. Ilsa Odell-Faro (BÜNDNIS DER|MÜLLER):|Vielen Dank. Ist Ihnen bekannt, dass der|Kreis gestern Geld
        eingestellt hat?|Vizepräsidentin Nora Ekdal:|Das Wort hat für die Regierung der|Staatssekretär Teo Abara.
        Teo Abara, Parl. Staatssekretär beim|Minister für Mühlen und Wehre:|Frau Präsidentin! Ich kann zur Aufklärung
        beitragen: Die Sperre ist seit gestern|aufgehoben.|(Beifall bei der XY und dem BÜNDNIS"""
    last = """DER MÜLLER – Zuruf: So ein Zufall!)|Das ist kein Zufall, das ist Arbeit.|Vizepräsidentin Nora Ekdal:
        Ich schließe die Aussprache.|(Schluss: 9.41 Uhr)"""
    pages = [[re.split(r"\s*(?:\||\n)\s*", part) for part in page] for page in ((left, right), (last,))]
    pdf = FPDF()
    for number, page in enumerate(pages, 121):
        pdf.add_page()
        pdf.set_font("Helvetica", "", 9)
        for x, lines in zip((22, 112), page, strict=False):
            for n, line in enumerate(lines):
                pdf.text(x, 40 + 5 * n, line.replace("–", "-"))
        for x, y, letter in ((8, 40, "(A)"), (8, 70, "(B)"), (198, 40, "(C)"), (198, 70, "(D)")):
            pdf.text(x, y, letter)
        head = "Kreistag Lunev - 57. Sitzung. Donnerstag, den 29. September 2022"
        pdf.text(22, 20, f"{head}          {number}" if number % 2 else f"{number}          {head}")
    chair, baszko, odell, abara = "Nora Ekdal", "Tom Baszko", "Ilsa Odell-Faro", "Teo Abara"
    said = [
        (chair, "Guten Morgen! Ich rufe den Punkt 4 auf. Das Wort hat der Kollege Tom Baszko."),
        (baszko, "Frau Präsidentin! Wer nachts über die Brücke fahren will, der braucht heute Geduld. Ich habe es "
         "vorige Woche ausprobiert, und es gelang mir nicht.\nDie Brücke ist seit Montag gesperrt, und niemand weiß, "
         "wie lange noch."),
        (chair, "Nächste Rednerin ist Ilsa Odell-Faro."),
        (odell, "Vielen Dank. Ist Ihnen bekannt, dass der Kreis gestern Geld eingestellt hat?"),
        (chair, "Das Wort hat für die Regierung der Staatssekretär Teo Abara."),
        (abara, "Frau Präsidentin! Ich kann zur Aufklärung beitragen: Die Sperre ist seit gestern aufgehoben. Das "
         "ist kein Zufall, das ist Arbeit."),
        (chair, "Ich schließe die Aussprache."),
    ]  # fmt: skip
    save(pdf, "quarters", turns_of(said), not_spoken=["(A)", "(D)", "Kreistag", "Beifall", "Schluss"])


def argument() -> None:
    """Numbered lines with the page's own number in the corner, a cover, an index of words at the end."""
    cover = ["IN THE COURT OF LUNEV", "NORA EKDAL, Petitioner,", "v. No. 21-614", "CITY OF LUNEV, Respondent.",
             "APPEARANCES:", "TOM P. BASZKO, ESQ., Lunev; on behalf of", "the Petitioner."]  # fmt: skip
    first = """P R O C E E D I N G S|JUSTICE FARO:  We'll hear argument in|Case 21-614. Mr. Baszko.
        ORAL ARGUMENT OF TOM P. BASZKO|ON BEHALF OF THE PETITIONER|MR. BASZKO:  The statute says "bridge."
        It does not say "bridge with a roof."|JUSTICE FARO:  You lost under it in"""
    second = """the court below.|MR. BASZKO:  We did. The court|asked what the owner intended, and|not what it was.
        JUSTICE FARO:  Thank you. The case is|submitted.
        (Whereupon, at 11:40 a.m., the case in|the above-entitled matter was submitted.)"""
    index = ["A", "asked [1] 3:3", "argument [2] 2:2 2:4", "B", "bridge [2] 2:6 2:7", "C", "case [3] 2:3 3:5 3:7",
             "court [2] 3:1 3:2", "I", "intended [1] 3:3", "L", "lost [1] 2:8", "O", "owner [1] 3:3", "R",
             "roof [1] 2:7"]  # fmt: skip
    pdf = FPDF()
    parts = [re.split(r"\s*(?:\||\n)\s*", part) for part in (first, second)]
    for number, lines in enumerate((cover, *parts, index), 1):
        pdf.add_page()
        pdf.set_font("Courier", "", 11)
        pdf.text(60, 12, "Official - Subject to Review")
        pdf.text(180, 20, str(number))
        for n in range(len(lines) if lines is index else 25):
            pdf.text(15, 32 + 9 * n, lines[n] if lines is index else f"{n + 1:>2}     {(lines + [''] * 25)[n]}")
    said = [
        ("Faro", "We'll hear argument in Case 21-614. Mr. Baszko."),
        ("Tom P. Baszko", 'The statute says "bridge." It does not say "bridge with a roof."'),
        ("Faro", "You lost under it in the court below."),
        ("Tom P. Baszko", "We did. The court asked what the owner intended, and not what it was."),
        ("Faro", "Thank you. The case is submitted."),
    ]
    save(pdf, "argument", turns_of(said), not_spoken=["Official", "ON BEHALF", "[2]", "Whereupon"])


def interview() -> None:
    """A magazine's interview: questions in bold, answers in plain type, nobody named."""
    said = [
        ("Question", "When did you take over the mill at Lunev?"),
        ("Answer", "In the autumn of 1987. I had read that they wanted somebody of steady habits, and my sister "
         "laughed for a week."),
        ("Question", "The bridge was closed last year, and the carts stopped coming. What did you feel on the first "
         "evening?"),
        ("Answer", "I felt that I ought to feel something."),
        ("Question", "And what do you do at four in the afternoon?"),
        ("Answer", "I clean the kitchen window."),
    ]  # fmt: skip
    pdf = FPDF(format=(148, 210))
    pdf.add_page()
    for style, size, text in (("B", 20, "The last miller"), ("I", 11, "For thirty-six years he ground their flour.")):
        pdf.set_font("Times", style, size)
        pdf.cell(0, 8, text)
        pdf.ln(12)
    for who, text in said:
        pdf.set_font("Times", "B" if who == "Question" else "", 11)
        pdf.multi_cell(0, 5.5, text)
        pdf.ln(3)
    pdf.cell(0, 8, "\u00a9 2024 The Mill. All rights reserved.")
    turns = [{**turn, "uncertain": True} for turn in turns_of(said)]
    save(pdf, "interview", turns, not_spoken=["All rights reserved", "thirty-six"])


def scan() -> None:
    """Pages without text, for the tests of errors."""
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 80, 80, style="F")
    pdf.set_creation_date(MADE)
    pdf.output(str(HOME.parent.parent / "scan.pdf"))


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    for make in (
        committee,
        cut_words,
        court,
        columns,
        name_column,
        timed,
        call,
        hearing,
        questions,
        quarters,
        argument,
        interview,
        scan,
    ):
        make()
