"""What a file is that no reader takes and that is no plain text, and how to make a transcript of it.

Source: APPNOTE.TXT of PKWARE (zip), MS-CFB (old Office files), RFC 1952 (gzip), the RTF specification 1.9.1.
"""

from __future__ import annotations

from pathlib import Path

from qa.errors import ReadError

_AGAIN = "Save it again as .docx."
_UNPACK = "Unpack it first."
_PACKED = (
    (b"\x1f\x8b", "gzip"), (b"BZh91AY&SY", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"), (b"\x28\xb5\x2f\xfd", "Zstandard"),
)  # fmt: skip
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_END_OF_DIRECTORY = b"PK\x05\x06"
_LAST = 22 + 65_535  # bytes: the end of a directory and the longest comment behind it
# A part that tells the program.
_PARTS = (
    (b"word/", "is a damaged Word file: it has no text part.", _AGAIN),
    (b"xl/", "is a spreadsheet, not text.", "Save its sheet as .csv."),
    (b"ppt/", "is a presentation, not text.", "Save its text as .docx or .txt."),
    (b"[Content_Types].xml", "is a damaged Word file: it has no text part.", _AGAIN),
    (b"content.xml", "is an OpenDocument file.", "Save it as .docx or .txt."),
)


def refuse_known(data: bytes, path: Path) -> None:
    """Say what the file is, where its first bytes tell.

    Raises:
        ReadError: it is compressed, an archive, an old or encrypted Office file, or RTF.
    """
    told = _told(data)
    if told is not None:
        raise ReadError(path, told[0], remedy=told[1])


def _told(data: bytes) -> tuple[str, str] | None:
    """The problem and the remedy."""
    if data.startswith(_ZIP):
        return _archive(data)
    if data.startswith(_OLE):
        return "is an encrypted or an old Office file (.doc), not text.", "Save it as .docx, without a password."
    if data[:64].lstrip().startswith(_RTF):
        return "is RTF.", "Save it as .docx or .txt."
    name = next((name for mark, name in _PACKED if data.startswith(mark)), None)
    return (f"is compressed ({name}).", _UNPACK) if name else None


def _archive(data: bytes) -> tuple[str, str]:
    """A zip archive by the names in its directory, which stands at its end; not unpacked."""
    end = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _LAST))
    if end < 0:
        office = b"[Content_Types].xml" in data[:4096] or b"word/" in data
        return ("is a damaged Word file: it breaks off.", _AGAIN) if office else ("is a damaged zip archive.", _UNPACK)
    directory = data[max(0, end - int.from_bytes(data[end + 12 : end + 16], "little")) : end]
    for part, problem, remedy in _PARTS:
        if part in directory:
            return problem, remedy
    return "is a zip archive without a Word document.", _UNPACK
