"""PDF: the text of printed transcripts, page by page, then read as any document's lines.

Needs pypdf (`pip install "transcript-qa[pdf]"`), which bounds what a stream may unpack to; pages, time and the
size of a page are bounded here. Nothing is run or fetched, images are not looked at: a scan has no text.

Source: ISO 32000; layouts as parliaments, courts and Word print them.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from qa.errors import MissingExtraError, ReadError
from qa.read.bold_questions import Set, read_questions
from qa.read.pages import Page, run_on
from qa.read.prose import read_lines
from qa.read.pull_quotes import without_pull_quotes
from qa.read.source import File
from qa.types import Transcript

_MAX_PAGES = 5_000
_MAX_SECONDS = 15.0
_BOLD = re.compile(r"(?i)bold|black|heavy|semibold|demi")
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 16_000_000, "lzw_maximum_output_length": 16_000_000,
    "run_length_maximum_output_length": 16_000_000, "array_based_stream_maximum_output_length": 16_000_000,
    "maximum_declared_stream_length": 64_000_000, "stream_decoding_work_maximum_length": 64_000_000,
    "stream_parsing_work_maximum_count": 400_000,
}  # fmt: skip


def detect(file: File) -> bool:
    """The file begins with %PDF, or has it in its first kilobyte."""
    return b"%PDF-" in file.data[:1024]


def parse(file: File, transcript_id: str) -> Transcript:
    """Read the pages' text; what could not be read of a page is told in `problems`.

    Raises:
        MissingExtraError: pypdf is not installed.
        ReadError: damaged, encrypted, without text (a scan), or nobody is named in it.
    """
    problems: list[str] = []
    running = run_on(_pages(file, problems))
    if not any(line.strip() for line in running.lines):
        if problems:
            raise ReadError(file.path, f"has no text that can be read: {problems[0]}", remedy="Export it again.")
        raise ReadError(file.path, "has no text: it is a scan.", remedy="Run text recognition (OCR) on it first.")
    try:
        lines, repeated = without_pull_quotes(running.lines)
        one = read_lines(lines, file, transcript_id, "pdf", wrapped=True)
        one = replace(one, dropped=(*one.dropped, *repeated))
    except ReadError:
        bold = _bold_lines(file)
        marked = [Set(line, "".join(line.split()) in bold) for line in running.lines]
        interview = read_questions(marked, file, transcript_id, "pdf", " ")
        if interview is None:
            raise
        one = interview
    return replace(one, dropped=(*running.left_out, *one.dropped), problems=(*one.problems, *problems))


def _pages(file: File, problems: list[str]) -> list[Page]:
    return _each_page(file, problems, _page)


def _bold_lines(file: File) -> frozenset[str]:
    """What stands in bold on one line of print, without its blanks."""
    return frozenset(form for page in _each_page(file, [], _bold_of) for form in page)


def _each_page(file: File, problems: list[str], look: Callable[[Any], list[str]]) -> list[list[str]]:
    """What `look` finds on each page.

    Raises:
        MissingExtraError: pypdf is not installed.
        ReadError: damaged, encrypted or without pages.
    """
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError('Reading PDF needs pypdf. Install it: pip install "transcript-qa[pdf]"') from error

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of damage is told in problems
    began = time.monotonic()
    found: list[list[str]] = []
    with pypdf.apply_configuration(**_LIMITS):
        try:
            reader = pypdf.PdfReader(io.BytesIO(file.data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise ReadError(file.path, "is encrypted.", remedy="Remove its password and save it again.")
            count = len(reader.pages)
        except ReadError:
            raise
        except pypdf.errors.DependencyError as error:
            raise ReadError(file.path, "is encrypted.", remedy="Remove its protection and save it again.") from error
        except Exception as error:  # a damaged file makes pypdf fail in every possible way
            raise ReadError(file.path, f"{_wrong(error)}.", remedy="Export it again.") from error
        if not count:
            raise ReadError(file.path, "has no pages.", remedy="Export it again.")
        for n in range(min(count, _MAX_PAGES)):
            if time.monotonic() - began > _MAX_SECONDS:
                problems.append(f"pages {n + 1} to {count}: reading took longer than {_MAX_SECONDS:.0f} s, left out.")
                break
            try:
                found.append(look(reader.pages[n]))
            except Exception as error:
                problems.append(f"page {n + 1} {_wrong(error)}, left out.")
        if count > _MAX_PAGES:
            problems.append(f"pages {_MAX_PAGES + 1} to {count}: more than {_MAX_PAGES:,} pages, left out.")
    return found


def _page(page: Any) -> Page:
    """The page's lines on a grid; plain extraction where the grid stays empty (text inside form objects)."""
    text = page.extract_text(extraction_mode="layout")
    if not text.strip():
        text = page.extract_text()
    return str(text).split("\n")


def _bold_of(page: Any) -> list[str]:
    """The stretches of bold type on the page, each of one line; blanks left out."""
    found: list[str] = []
    last: float | None = None

    def visit(text: str, _: Any, place: Sequence[float], font: Any, __: Any) -> None:
        nonlocal last
        bare = "".join(text.split())
        if not bare:
            return
        bold = bool(_BOLD.search(str((font or {}).get("/BaseFont", ""))))
        if bold and last == place[5]:
            found[-1] += bare
        elif bold:
            found.append(bare)
        last = place[5] if bold else None

    page.extract_text(visitor_text=visit)
    return found


def _wrong(error: Exception) -> str:
    """What is wrong, in our words: those of pypdf are about its objects."""
    from pypdf.errors import LimitReachedError

    if isinstance(error, LimitReachedError | MemoryError):
        return "holds or unpacks to more than is read"
    return "cannot be read (damaged)"
