"""What is sent to the API. What comes back are the dataclasses of `qa.types`, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Form = Literal["markdown", "json", "csl-json", "bibtex", "plain"]


def whole(text: str) -> str:
    """Without half surrogate pairs, which JSON may escape but nothing can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


Text = Annotated[str, AfterValidator(whole)]
Short = Annotated[str, Field(max_length=500), AfterValidator(whole)]
Names = Short | Annotated[list[Short], Field(max_length=100)] | None


class Limits(BaseModel):
    """Where to look; nothing given means everywhere."""

    model_config = ConfigDict(extra="forbid")

    transcript: Names = Field(None, description="Id or ids of transcripts, or their unique beginnings.")
    speaker: Names = Field(None, description="Name or names of persons, in any form the index knows.")
    since: Short | None = Field(None, description="Only events on or after this ISO day.", examples=["2017-10-12"])
    until: Short | None = Field(None, description="Only events on or before this ISO day.", examples=["2017-10-12"])


class AskRequest(Limits):
    """A question, the questions before it, and where to look."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "What did Nazarbayev say about Baikonur?"},
                {"question": "And Putin?", "history": ["What did Nazarbayev say about Baikonur?"]},
            ]
        },
    )

    question: Text = Field(description="In plain words; its length is limited (`QA_MAX_QUESTION_CHARS`).")
    history: list[Text] = Field(
        default_factory=list, description="Earlier questions of the conversation, oldest first (`QA_MAX_HISTORY`)."
    )


class SearchRequest(Limits):
    """Words to look for, and where."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"query": "Baikonur", "k": 3}]})

    query: Text = Field(description="Words, or a question.")
    k: int = Field(10, ge=1, le=100, description="Most hits.")
    size: int | None = Field(
        None, ge=0, le=10_000, description="Tokens of an excerpt; 0 = single turns; null = as the talk suggests."
    )


class CheckRequest(BaseModel):
    """Words, and to whom they are ascribed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"quote": "I am glad to have stayed in Sochi in this awful weather.", "speaker": "Nazarbayev"}]
        },
    )

    quote: Text = Field(description="The words as quoted; … stands for words left out.")
    speaker: Short | None = Field(None, description="To whom they are ascribed; null for anybody.")
    transcript: Names = Field(None, description="Id or ids of transcripts to look in.")


class Health(BaseModel):
    """The server runs."""

    status: Literal["ok"] = "ok"
    version: str = Field(description="Of transcript-qa.")


class Ready(BaseModel):
    """The index can be asked."""

    status: Literal["ready"] = "ready"
    transcripts: int = Field(description="How many are indexed.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="One sentence: what, and what to do.")
    errors: list[str] | None = Field(None, description="Every complaint about the request, where there are several.")
