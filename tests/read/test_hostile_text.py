"""Files made to hurt: each is read or refused in one line, soon, whatever stands in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import ReadError
from qa.read import read

SECONDS = 20.0  # of this process: the machine may be busy with others
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HTML = "<html><body>"
SAID = "Nora Ekdal: We begin here.\nTom Baszko: So we do.\nNora Ekdal: Good.\nTom Baszko: Yes.\n"
FILES: dict[str, Callable[[], str]] = {
    "html-deep": lambda: HTML + "<div>" * 300_000 + "Nora Ekdal: Hello.",
    "html-deep-names": lambda: HTML + '<i class="speaker time">' * 1900 + "<b>Nora Ekdal:</b> Hello.",
    "html-deep-bold": lambda: HTML + "<b><p>" * 150_000 + "word",
    "html-many-tags": lambda: HTML + "<p>" * 700_000,
    "html-long-tag": lambda: HTML + "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">Nora Ekdal: Hello.",
    "html-comment": lambda: HTML + "<!--" + "x<p>" * 500_000,
    "html-brackets": lambda: HTML + "<" * 500_000,
    "html-blanks": lambda: HTML + "<p>Q" + "\u00a0 " * 500_000 + "</p><p>Nora:" + " " * 1_000_000,
    "html-entities": lambda: HTML + "<p>" + "&amp" * 1_000_000,
    "html-tables": lambda: HTML + "<table><tr><td>" * 100_000,
    "html-too-long": lambda: HTML + "<p>" + "go on " * 3_000_000,
    "html-picture": lambda: HTML + f'<img src="data:image/png;base64,{"A" * 2**24}"><p>Nora: Hi.</p><p>Tom: Yes.</p>',
    "html-surnames": lambda: HTML + "<p>"
    + " ".join(f"Nora Ek{a}{b}{c}." for a in LETTERS for b in LETTERS for c in LETTERS)
    + "</p>" + "".join(f"<p>EK{a}{b}: x</p>".upper() for a in LETTERS for b in LETTERS) * 2,
    "html-dashes": lambda: HTML + "<p>— Why?</p><p>— So.</p>" * 100_000,
    "html-classes": lambda: HTML + "".join(f'<i class="a{n} b{n} c{n} d{n}">Nora</i>' for n in range(60_000)),
    "html-hidden": lambda: HTML + "<div hidden>" * 1900 + "<p>Nora: x</p><p>Tom: y</p>",
    "lines": lambda: "\n" * 5_000_000,
    "candidates": lambda: "".join(f"Nora{n} Ek: x\n" for n in range(150_000)),
    "speakers": lambda: "".join(f"Nora Ek{a}{b}{c}: x\n" for a in LETTERS for b in LETTERS for c in "oui"),
    "turns": lambda: "Nora Ekdal: x\nTom Baszko: y\n" * 51_000,
    "one-line": lambda: "Nora Ekdal: " + "go on " * 2_000_000,
    "stars": lambda: "**" * 2_000_000,
    "rules": lambda: "Nora Ekdal: x\n" + "* " * 1_000_000 + "\nTom Baszko: y\n",
    "links": lambda: "Nora Ekdal: " + "[a](" * 500_000 + "\nTom Baszko: x\n",
    "open-brackets": lambda: ("[" * 5000 + "\n") * 400,
    "parentheses": lambda: "Nora Ekdal: x\n" + ("(" * 20_000 + "\n") * 50,
    "capitals": lambda: ("A " * 5000 + "\n") * 500,
    "times": lambda: "00:00:01 \n" * 80_000,
    "numbers": lambda: "".join(f"{n % 25 + 1} Q. x y\n" for n in range(15_000)),
    "blank-lines": lambda: SAID + "\n" * 200_000 + SAID,
    "blank-runs": lambda: SAID + " \n\t\r\n" * 20_000 + SAID,
    "nothing-but-blanks": lambda: " \n\t\r\n" * 20_000,
    "spaces": lambda: SAID + "x" + " " * 3_000_000 + "x\n" + " " * 3_000_000 + "x\n" + SAID,
    "tabs": lambda: SAID + "x" + "\t" * 3_000_000 + "x\n" + "\t" * 3_000_000 + "x\n" + SAID,
    "no-break-spaces": lambda: SAID + "\u00a0" * 1_000_000 + "x\n" + SAID,
    "time-marks": lambda: SAID + "[00:00:00]" * 200_000 + "\n" + SAID + "Hm. " + "[00:00:00] " * 200_000,
    "one-turn": lambda: "Nora Ekdal: x\n" + "We go on.\n" * 100_000 + SAID,
    "one-turn-of-brackets": lambda: "Nora Ekdal: x " + "(Beifall) (x) [Music] " * 50_000 + "\n" + SAID,
    "long-label": lambda: SAID + "Nora " * 400_000 + "Ekdal: x\n" + SAID,
    "names-alone": lambda: "".join(f"{'Nora Ekdal' if n % 2 else 'Tom Baszko'}\nWord {n}.\n\n" for n in range(100_000)),
    "names-with-times": lambda: "".join(f"Nora Ekdal  {n // 60}:{n % 60:02}\nWord {n}.\n\n" for n in range(60_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_soon_read_or_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / ("file.html" if name.startswith("html") else "file.txt")
    path.write_text(FILES[name](), encoding="utf-8")
    start = time.process_time()
    try:
        one = read(path)
    except ReadError as error:
        assert "\n" not in str(error) and str(error).startswith(str(path))
    else:
        assert one.turns
    assert time.process_time() - start < SECONDS


def test_what_is_nested_too_deeply_is_told(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = "<p>Nora Ekdal: Hello there.</p><p>Tom Baszko: Yes.</p><p>Nora Ekdal: Good.</p>"
    path.write_text(HTML + text + "<div>" * 5000 + "<p>Tom Baszko: Bye.</p>")
    one = read(path)
    assert [turn.text for turn in one.turns] == ["Hello there.", "Yes.", "Good."]
    assert len(one.problems) == 1 and "nested too deeply" in one.problems[0] and "line 1" in one.problems[0]


@pytest.mark.parametrize(("name", "words"), [("speakers", "1,500 speakers"), ("turns", "100,000 turns")])
def test_limits_are_told(name: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text(FILES[name]())
    with pytest.raises(ReadError, match=f"has more than {words}"):
        read(path)
