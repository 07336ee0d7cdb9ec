"""Who takes part, from the head of a transcript."""

from __future__ import annotations

import pytest

from qa.read.cast import Listed, cast_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Participants: Nora Ekdal (Mayor), Tom Baszko (Councillor for Pell)",
         [Listed("Nora Ekdal", "Mayor"), Listed("Tom Baszko", "Councillor for Pell")]),
        ("Present: Mayor Nora Ekdal, Tom Baszko", [Listed("Nora Ekdal", "Mayor"), Listed("Tom Baszko")]),
        ("Interviewees: Nora Ekdal-Faro and Tom Baszko", [Listed("Nora Ekdal-Faro"), Listed("Tom Baszko")]),
        ("Nora Ekdal, Mayor of Lunde", [Listed("Nora Ekdal", "Mayor of Lunde")]),
        ("Nora Ekdal, New York, Mayor", [Listed("Nora Ekdal", "Mayor")]),
        ("Nora Ekdal, Tom Baszko, Speaker 3", []),  # speakers as a program lists them
        ("Nora Ekdal, Tom Baszko, Ilsa Odell, Mayor", []),
        ("The mill is open since Monday.", []),
        (" " * 5000 + "x", []),  # its beginning is blank
        ("", []),
    ],
)  # fmt: skip
def test_who_takes_part(text: str, expected: list[Listed]) -> None:
    assert cast_of([text]) == expected
