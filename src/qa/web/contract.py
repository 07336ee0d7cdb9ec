"""What the web door asks of the house; `qa.assistant` fulfils it, and so may a smaller thing."""

from __future__ import annotations

from typing import Protocol

from qa.types import Answer, PersonInfo, Transcript, TranscriptInfo


class Conversation(Protocol):
    """One user's questions in a row; each may lean on those before."""

    def ask(
        self,
        question: str,
        *,
        transcript: str | None = None,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """Answer within this conversation."""


class Assistant(Protocol):
    """The house, as far as the browser needs it; every method may be called from any thread."""

    def ask(
        self,
        question: str,
        *,
        transcript: str | None = None,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """Answer a question that stands alone."""

    def conversation(self) -> Conversation:
        """A fresh history, for one user."""

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """Every transcript, without its text."""

    def people(self) -> tuple[PersonInfo, ...]:
        """Everybody who speaks or is named as present."""

    def transcript(self, id: str) -> Transcript:
        """One transcript, or UnknownTranscriptError."""
