"""What questions can name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
        scope: ids of the transcripts that the asker limits everything to, or None.
        appear: canonical name -> ids of the transcripts in which that person is.
    """

    people: Directory
    transcripts: Sequence[TranscriptInfo]
    today: date
    since: str | None = None
    until: str | None = None
    scope: Sequence[str] | None = None
    appear: Mapping[str, Collection[str]] = field(default_factory=dict)

    def present(self, transcripts: Sequence[str] = ()) -> frozenset[str] | None:
        """Who is in some transcripts, else in those of the scope; None where nothing says which."""
        asked = transcripts or self.scope
        if not asked or not self.appear:
            return None
        return frozenset(name for name, ids in self.appear.items() if any(one in ids for one in asked))
