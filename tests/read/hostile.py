"""Files that want to hurt: made and read one by one within 1 GiB of memory, each outcome one line of JSON.

Run by test_hostile.py in a process of its own: python -m tests.read.hostile FOLDER
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from qa.errors import QAError
from qa.read import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEI = "http://www.tei-c.org/ns/1.0"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NAMES = ("Nora Ekdal", "Tom Baszko", "Ilsa Odell")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"A" * 50_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'


# ------------------------------------------------------------------ each format, of (label, words) pairs

Turns = list[tuple[str, str]]


def tei(turns: Turns, prolog: str = "") -> bytes:
    said = "".join(f'<u who="{who}"><seg>{words}</seg></u>' for who, words in turns)
    return f'{prolog}<TEI xmlns="{TEI}"><text><body>{said}</body></text></TEI>'.encode()


def hansard(turns: Turns, prolog: str = "") -> bytes:
    said = "".join(f'<speech speakername="{who}"><p>{words}</p></speech>' for who, words in turns)
    return f"{prolog}<publicwhip>{said}</publicwhip>".encode()


def akoma(turns: Turns, prolog: str = "") -> bytes:
    said = "".join(f'<speech by="#p"><from>{who}</from><p>{words}</p></speech>' for who, words in turns)
    inner = f"<debate><debateBody><debateSection>{said}</debateSection></debateBody></debate>"
    return f'{prolog}<akomaNtoso xmlns="{AKN}">{inner}</akomaNtoso>'.encode()


def comma(turns: Turns, prolog: str = "") -> bytes:
    return (prolog + "speaker,text\n" + "".join(f'"{who}","{words}"\n' for who, words in turns)).encode()


def own(turns: Turns, prolog: str = "") -> bytes:
    said = [{"speaker": who, "text": words} for who, words in turns]
    return (prolog + json.dumps({"format": "qa-transcript/1", "turns": said})).encode()


def labelled(turns: Turns, prolog: str = "") -> bytes:
    return (prolog + "".join(f"{who}: {words}\n" for who, words in turns)).encode()


def word(turns: Turns, prolog: str = "") -> bytes:
    said = "".join(f"<w:p><w:r><w:t>{who}: {words}</w:t></w:r></w:p>" for who, words in turns)
    return zipped(f'{prolog}<w:document xmlns:w="{W}"><w:body>{said}</w:body></w:document>')


def pdf(turns: Turns, prolog: str = "") -> bytes:
    lines = [f"{who}: {words}" for who, words in turns]
    pages = [lines[n : n + 60] for n in range(0, len(lines), 60)]
    return printed(
        ["BT /F1 9 Tf 12 TL 40 800 Td " + " ".join(f"({line[:400]}) Tj T*" for line in page) + " ET" for page in pages]
    )


def zipped(text: str, times: int = 1, head: str = "") -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(head.encode())
        for _ in range(times):
            part.write(text.encode())
    return out.getvalue()


def deflated(piece: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def printed(contents: list[str | bytes], extra: str = "") -> bytes:
    """A PDF of pages with these content streams; bytes are deflated already."""
    objects: list[bytes] = []

    def add(body: str, stream: bytes | None = None) -> int:
        data = body.encode("latin-1", "replace")
        objects.append(data if stream is None else data + b"\nstream\n" + stream + b"\nendstream")
        return len(objects)

    kids = []
    for content in contents:
        data = content.encode("latin-1", "replace") if isinstance(content, str) else content
        how = "/Filter /FlateDecode " if isinstance(content, bytes) else ""
        at = add(f"<< {how}/Length {len(data)} >>", data)
        kids.append(add(
            f"<< /Type /Page /Parent 999999 0 R /MediaBox [0 0 595 842] /Contents {at} 0 R {extra}"
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>"
        ))  # fmt: skip
    tree = add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>")
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + body.replace(b"999999 0 R", f"{tree} 0 R".encode()) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return bytes(out) + f"trailer << /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF".encode()


MAKERS: dict[str, Callable[..., bytes]] = {
    "tei": tei,
    "hansard": hansard,
    "akoma": akoma,
    "csv": comma,
    "json": own,
    "text": labelled,
    "docx": word,
    "pdf": pdf,
}
MARKUP = ("tei", "hansard", "akoma", "docx")


def cases() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """(name, what must come of it: "read", "refused" or "either", the bytes)."""
    crowd = [(NAMES[n % 3], f"This is word {n} of the evening.") for n in range(20_000)]
    two = [(NAMES[0], "Go on."), (NAMES[1], "No.")]
    for name, make in MAKERS.items():
        yield f"{name}-20000-turns", "read", lambda make=make: make(crowd)
        yield f"{name}-long-label", "either", lambda make=make: make([*two, ("Nora " * 1000, "Go."), *two])
        yield f"{name}-right-to-left", "either", lambda make=make: make([*two, ("Nora \u202eladkE", "Go."), *two])
        yield f"{name}-nul", "either", lambda make=make: make([*two, (NAMES[2], "a\x00b"), *two])
        yield f"{name}-cut", "either", lambda make=make: make(crowd[:300])[:7000]
        yield f"{name}-one-long-turn", "read", lambda make=make: make([*two, (NAMES[2], "go on " * 150_000)])
        yield (
            f"{name}-no-words",
            "either" if name == "json" else "refused",
            lambda make=make: make([(NAMES[0], ""), (NAMES[1], " ")]),
        )
    for name in MARKUP:
        make = MAKERS[name]
        yield f"{name}-laughs", "refused", lambda make=make: make([(NAMES[0], "&l9;"), *two], BOMB)
        yield f"{name}-quadratic", "refused", lambda make=make: make([(NAMES[0], "&a;" * 50_000), *two], QUADRATIC)
        yield f"{name}-outside", "refused", lambda make=make: make([(NAMES[0], "&l9;"), *two], OUTSIDE)
        deep = "<x>" * 100_000 + "</x>" * 100_000
        yield f"{name}-deep", "refused", lambda make=make, deep=deep: make([(NAMES[0], deep), *two])
        yield f"{name}-blanks", "read", lambda make=make: make([(NAMES[0], f"Go{' ' * 8_000_000}on."), *two])
        yield f"{name}-tags", "either", lambda make=make: make([(NAMES[0], "<p/>" * 400_000), *two])
        yield f"{name}-cdata", "refused", lambda make=make: make([(NAMES[0], "<![CDATA[" * 500_000), *two])
        yield f"{name}-doctype", "refused", lambda make=make: make(two, "<!DOCTYPE x [" + "<!--]>" * 100_000)
        yield f"{name}-directions", "read", lambda make=make: make([(NAMES[0], "<i>(a)</i>Go. " * 100_000), *two])
    yield "csv-commas", "either", lambda: b"speaker,text\nNora,Go.\n" + b"," * 3_000_000
    yield "csv-rows", "either", lambda: b"speaker,text\nNora,Go.\n" + b",\n" * 300_000
    yield "csv-quotes", "either", lambda: b"speaker,text\nNora,Go.\n" + b'","' * 1_000_000
    yield "csv-open-quote", "read", lambda: b'speaker,text\nNora,Go.\nTom,"' + b"so\n" * 300_000
    yield "text-newlines", "refused", lambda: b"Nora: Go.\n" + b"\n" * 8_000_000
    yield "docx-zeros", "refused", lambda: zipped("\0" * 10**6, 200)
    yield "docx-spaces", "refused", lambda: zipped(" " * 10**6, 150, f'<w:document xmlns:w="{W}">')
    yield "docx-paragraphs", "either", lambda: zipped(f'<w:document xmlns:w="{W}"><w:body>' + "<w:p/>" * 500_000)
    yield "docx-parts", "either", many_parts
    yield "pdf-zeros", "refused", lambda: printed([deflated(b"\0" * 10**6, 200)])
    yield "pdf-operators", "either", lambda: printed([deflated(b"q Q " * 10**5, 60)])
    yield "pdf-brackets", "refused", lambda: printed(["[" * 200_000])
    yield "pdf-pages", "either", lambda: printed(["BT /F1 9 Tf (Nora: Go.) Tj ET"] * 3000)
    yield "pdf-loop", "refused", lambda: printed(["x"]).replace(b"/Kids [2 0 R]", b"/Kids [3 0 R]")
    yield "pdf-deep", "refused", lambda: b"%PDF-1.7\n1 0 obj\n" + b"<< /A " * 100_000 + b"\ntrailer << /Root 1 0 R >>"


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        for n in range(30_000):
            archive.writestr(f"p{n}", "")
    return out.getvalue()


def main(folder: Path) -> None:
    """Make and read every file; a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    for name, wanted, make in cases():
        path = folder / name
        path.write_bytes(make())
        began = time.process_time()
        try:
            one = read(path)
            outcome, line = "read", f"{len(one.turns)} turns"
        except QAError as error:
            outcome, line = "refused", str(error)
        except BaseException as error:
            outcome, line = "broke", f"{type(error).__name__}: {error}"[:500]
        path.unlink()
        seconds = round(time.process_time() - began, 2)
        print(
            json.dumps({"name": name, "wanted": wanted, "outcome": outcome, "line": line, "seconds": seconds}),
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
