"""Bytes to text: which encoding a file is in, and what of it is damaged."""

from __future__ import annotations

import re
from pathlib import Path

from qa.errors import ReadError
from qa.read.binaries import refuse_known

_MARKS = (  # the longer first: UTF-32's begins as UTF-16's
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_PDF = b"%PDF-"  # much of it may be text
_LOOKED_AT = 65_536  # bytes that tell text from a binary file
_RARE = 1000  # one byte in so many may be damaged
_FEW = 4  # damaged bytes in however short a file
_ZEROS = 20  # one byte in so many may be zero where all the rest is UTF-8
_MOST_TOLD = 5
_COLOURS = re.compile(r"\x1b(?:\[[0-9;:?]{0,40}[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\))")
_LONG_RUN = re.compile(rb"[\x80-\xff]{3}")


def decode(data: bytes, path: Path, problems: list[str]) -> str:
    """Bytes to text: UTF-8, UTF-16 and UTF-32 by their mark, else what can be told for sure.

    Text that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding; its bytes become U+FFFD.
    A few zero bytes are left out, and so is what a DOS editor leaves behind the end of a text (Ctrl-Z), and what
    colours the words of a terminal (ECMA-48).

    Args:
        problems: told what was damaged, with its place.

    Raises:
        ReadError: a binary file, which is named where its kind can be told, or an encoding nobody can name.
    """
    refuse_known(data, path)
    text = _decoded(data, path, problems)
    plain, many = _COLOURS.subn("", text) if "\x1b" in text else (text, 0)
    if many:
        line = text.count("\n", 0, text.index("\x1b")) + 1
        problems.append(f"line {line}: {many} command(s) to a terminal, here and later, left out.")
    return plain


def _decoded(data: bytes, path: Path, problems: list[str]) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), _by_zeros(data))
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _undecodable(path, error.start) from error
    if data.startswith(_PDF):
        raise _binary(path, 0)
    data = _without_tail(data)
    zeros = data.count(0)
    if zeros > max(_FEW, len(data) // _ZEROS) or _control_share(data) > 0.02:
        raise _binary(path, max(data.find(0), 0))
    bare = data.replace(b"\0", b"") if zeros else data
    try:
        text = bare.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if zeros:
            raise _binary(path, data.find(0)) from error
        return _damaged(data, problems) or _guess(data, path, error.start)
    if zeros:
        problems.append(f"{_place(data, data.find(0))}: {_bytes(zeros)} of zero left out.")
    return text


def _by_zeros(data: bytes) -> str:
    """UTF-16 without a mark, where every other byte of the beginning is zero, as in Latin letters; else ""."""
    head = data[: _LOOKED_AT // 2 * 2]
    if len(data) % 2 or len(head) < 16:
        return ""
    first, second = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if not first and second > 0.9 * half:
        return "utf-16-le"
    return "utf-16-be" if not second and first > 0.9 * half else ""


def _without_tail(data: bytes) -> bytes:
    """Without what a DOS editor leaves behind the end of a text: Ctrl-Z, other control characters and blanks."""
    bare = data.rstrip(bytes(range(0x21)))
    end = data.find(b"\x1a", len(bare))
    return data if end < 0 or b"\n" in data[end:] else bare  # a picture's first bytes have a line end behind it


def _control_share(data: bytes) -> float:
    head = data[:_LOOKED_AT]
    return sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 27) for byte in head) / max(1, len(head))


def _damaged(data: bytes, problems: list[str]) -> str:
    """The text of UTF-8 with a few bytes that are none, told in `problems`; "" where it is another encoding."""
    text = data.decode("utf-8-sig", "replace")
    bad = text.count("\ufffd")
    valid = sum(ch > "\x7f" for ch in text) - bad
    if valid * 2 < bad if valid else not _LONG_RUN.search(data) or bad > max(_FEW, len(data) // _RARE):
        return ""
    at = 0
    for _ in range(min(bad, _MOST_TOLD)):
        try:
            data[at:].decode("utf-8")
        except UnicodeDecodeError as error:
            problems.append(f"{_place(data, at + error.start)}: no UTF-8, read as an unknown character.")
            at += error.end
    if bad > _MOST_TOLD:
        problems.append(f"{_bytes(bad - _MOST_TOLD)} more are no UTF-8.")
    return text


def _place(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return f"line {line}, byte {at}"


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"


def _guess(data: bytes, path: Path, place: int) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or best.encoding in ("utf_8", "ascii"):
        raise _undecodable(path, place)
    return str(best)


def _binary(path: Path, place: int) -> ReadError:
    return ReadError(
        path, "is a binary file, not text.", remedy="Export the transcript as text first.", place=f"byte {place}"
    )


def _undecodable(path: Path, place: int) -> ReadError:
    return ReadError(
        path,
        "is neither UTF-8 nor any encoding that can be told for sure.",
        remedy="Save it as UTF-8.",
        place=f"byte {place}",
    )
