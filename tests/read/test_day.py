"""Days in words and in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.read import read_text
from qa.read.day import day_in_name, iso_day, numeric_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-10-12", "2017-10-12"), ("2017-10-12T14:15:00Z", "2017-10-12"), ("2017/10/2", "2017-10-02"),
        ("12.10.2017", "2017-10-12"), (" 2.1.2017 ", "2017-01-02"), ("13/10/2017", "2017-10-13"),
        ("10/13/2017", "2017-10-13"), ("10/10/2017", "2017-10-10"), ("12.10.17", "2017-10-12"),
        ("12.10.99", "1999-10-12"), ("12-31-2017", "2017-12-31"), ("12.10.2017, 14:15", "2017-10-12"),
        ("10/12/2017", None), ("31.02.2017", None), ("32.01.2017", None), ("2017-13-01", None), ("1.2.3.4", None),
        ("12.10", None), ("", None), (None, None), ("10.12.20178", None), ("2017-10-123", None),
    ],
)  # fmt: skip
def test_numeric_days(text: str | None, day: str | None) -> None:
    assert numeric_day(text) == day
    if text:
        assert iso_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("October 12, 2017", "2017-10-12"), ("12th October 2017", "2017-10-12"), ("Thursday, 12 Oct 2017", "2017-10-12"),
     ("12 октября 2017", "2017-10-12"), ("12. Oktober 2017", "2017-10-12"), ("12.10.2017 (Thursday)", "2017-10-12"),
     ("12.10.2017 was the day of the flood", None), ("October 2017", None), ("The 12 of them", None)],
)  # fmt: skip
def test_days_in_words(text: str, day: str | None) -> None:
    assert iso_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "date,speaker,text\n12.10.2017,Nora Ekdal,Go.\n12.10.2017,Tom Baszko,No.\n",
        "The mill\nDate: 12.10.2017\n\nNora Ekdal: Go.\nTom Baszko: No.\n",
        '<dbtplenarprotokoll sitzung-datum="12.10.2017"><sitzungsverlauf><rede id="r"><p klasse="redner">'
        '<redner id="1"><name><vorname>Nora</vorname><nachname>Ekdal</nachname></name></redner>Nora Ekdal:</p>'
        "<p>Go.</p></rede>"
        "</sitzungsverlauf></dbtplenarprotokoll>",
    ],
    ids=["table", "labelled", "bundestag"],
)
def test_one_day_in_every_format(text: str) -> None:
    assert read_text(text, Path("talk")).date == "2017-10-12"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("council-2031-05-20", "2031-05-20"), ("2024-05-20", "2024-05-20"),
        ("council_2024_05_20_final", "2024-05-20"), ("GMT20240520-133555_Recording", "2024-05-20"),
        ("2024.05.20 council", "2024-05-20"), ("2024-05-20 to 2024-05-21", None), ("2024-13-20", None),
        ("12024-05-20", None), ("2024-05-201", None), ("120240520", None), ("2024-0520", None), ("council", None),
    ],
)  # fmt: skip
def test_days_in_names(name: str, day: str | None) -> None:
    assert day_in_name(name) == day


@pytest.mark.parametrize("ending", ["vtt", "txt"])
def test_a_file_without_a_day_has_that_of_its_name(ending: str) -> None:
    head = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n" if ending == "vtt" else ""
    text = f"{head}Nora Ekdal: The bridge is closed.\n"
    assert read_text(text, Path(f"council-2024-05-20.{ending}")).date == "2024-05-20"
    assert read_text(text, Path(f"council.{ending}")).date is None
