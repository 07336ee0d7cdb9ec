"""What questions can name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.speakers import Directory
from qa.types import TranscriptInfo


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows, as far as questions can name it.

    Attributes:
        people: everybody to be found by name, role or alias.
        transcripts: to be found by title, place, id and date.
        today: the day "yesterday" and "last month" count from.
        since, until: ISO days that the asker limits everything to, or None.
    """

    people: Directory
    transcripts: Sequence[TranscriptInfo]
    today: date
    since: str | None = None
    until: str | None = None
