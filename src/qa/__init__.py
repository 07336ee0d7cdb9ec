"""Who said what? Cited, verbatim answers from transcripts, or an honest "nobody said that here".

import qa
assistant = qa.open("path/to/index")
assistant.add("corpus/")
print(assistant.ask("What did Nazarbayev say about Baikonur?").text)
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from qa.errors import (
    IndexFolderError,
    IndexMismatchError,
    MissingExtraError,
    ModelError,
    QAError,
    ReadError,
    SettingError,
    UnknownPersonError,
    UnknownTranscriptError,
    UsageError,
    WorldError,
)
from qa.settings import Settings
from qa.types import (
    AddReport,
    Answer,
    CheckReport,
    Citation,
    Comparison,
    Difference,
    FileReport,
    Hit,
    Kind,
    Mentions,
    PageKind,
    PageText,
    Passage,
    Person,
    PersonInfo,
    Piece,
    Question,
    QuotationCheck,
    Share,
    Side,
    Stretch,
    Talk,
    Timeline,
    Transcript,
    TranscriptInfo,
    Turn,
)

if TYPE_CHECKING:
    from qa.assistant import Assistant, Conversation, open

__version__ = version("transcript-qa")

__all__ = [
    "AddReport",
    "Answer",
    "Assistant",
    "CheckReport",
    "Citation",
    "Comparison",
    "Conversation",
    "Difference",
    "FileReport",
    "Hit",
    "IndexFolderError",
    "IndexMismatchError",
    "Kind",
    "Mentions",
    "MissingExtraError",
    "ModelError",
    "PageKind",
    "PageText",
    "Passage",
    "Person",
    "PersonInfo",
    "Piece",
    "QAError",
    "Question",
    "QuotationCheck",
    "ReadError",
    "SettingError",
    "Settings",
    "Share",
    "Side",
    "Stretch",
    "Talk",
    "Timeline",
    "Transcript",
    "TranscriptInfo",
    "Turn",
    "UnknownPersonError",
    "UnknownTranscriptError",
    "UsageError",
    "WorldError",
    "open",
]


def __getattr__(name: str) -> Any:
    """`open`, `Assistant` and `Conversation` load on first use, so that `import qa` stays quick."""
    if name in {"open", "Assistant", "Conversation"}:
        from qa import assistant

        return getattr(assistant, name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
