"""Feeds broken transcripts to all readers: nothing but a QAError may come out.

    python -m benchmarks.fuzz_readers [INPUTS] [--seed N] [--seconds S]

Inputs are small mutations of the golden files and of seeds of every format: bytes changed, pieces cut out,
doubled, moved or taken from other files, words of the formats put in. Everything is seeded: the same numbers
give the same inputs. A failing input is shown with its seed and kept in the folder named by --keep.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from pathlib import Path

from qa.errors import QAError
from qa.read import read_file
from qa.read.source import File

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "read" / "golden"
MOST = 1500  # bytes of a text seed: enough for every element of a format, small enough for speed
WORDS = (
    b':', b'\n', b'\n\n', b'\r', b'\x00', b'"', b',', b';', b'\t', b'<', b'>', b'/>', b'</u>', b"<u who='#'>",
    b'&', b'&amp;', b'&#0;', b'&#xD800;', b']]>', b'<![CDATA[', b'<!--', b'<!DOCTYPE x [', b'[', b']', b'{', b'}',
    b'null', b'1e999', b'-1', b'00:00:01.000 --> 00:00:02.000', b'99:99:99', b'Nora Ekdal: ', b'SPEAKER_00',
    b'\xff\xfe', b'\xef\xbb\xbf', b'\xd8', b'\xe2\x80\xae', b'\xe2\x80\xa8', b'\xd0\x99', b'((((', b'****',
    b'WEBVTT', b'<speech>', b'<p>', b'<from>', b'<seg>', b'speaker,text', b'Q. ', b'A. ', b'BY MR. ODELL:',
    b'(Applause.)', b'* * *', b'12 May 2021', b'<w/>', b"xml:id='a'",
    b'<v Nora Ekdal>', b'</v>', b'>> ', b'[MUSIC]', b'{"speaker": 0}', b'"words": [', b'Nora Ekdal  0:12', b'[0:12]',
    b'THE COURT: ', b'Mr. SMITH. ', b'1   Q.  ', b'<div class="speaker">', b'<b>', b'<td>', b'<pre>', b'</html>',
    b'12.10.2017', b'<membercontribution>', b'<member>',
)  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """(name, bytes): every golden file, texts cut to size; the inner XML of Word files stands for itself, too."""
    found = []
    for path in sorted(GOLDEN.glob("*/*")):
        if path.name.endswith((".expected.json", ".md")):
            continue
        data = path.read_bytes()
        if data.startswith(b"PK"):
            found.append((path.name, small_word(data)))
        elif data.startswith(b"%PDF"):
            if len(data) < 4000:
                found.append((path.name, data))
        else:
            found.append((path.name, data[: MOST * 3]))
    return found


def small_word(data: bytes) -> bytes:
    """The Word file with its text part alone, not packed, so that a changed byte changes the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return stored(archive.read("word/document.xml"))


def stored(xml: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def mutated(rng: random.Random, pool: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """One input: a seed, or a piece of it, changed one to six times."""
    name, data = pool[int(rng.random() * len(pool))]
    word = data.startswith(b"PK")
    if word:  # mostly change the XML inside and pack it well; sometimes the archive itself
        begin = data.find(b"<w:body")
        inner = data[data.find(b"<?xml") : data.rfind(b"</w:document>") + 13]
        if begin > 0 and rng.random() < 0.9:
            return name, stored(_changed(rng, inner, pool))
        return name, _changed(rng, data, pool)
    if len(data) > MOST and rng.random() < 0.7:
        data = data[: int(MOST * (0.3 + 0.7 * rng.random()))]
    return name, _changed(rng, data, pool)


def _changed(rng: random.Random, data: bytes, pool: list[tuple[str, bytes]]) -> bytes:
    out = bytearray(data)
    for _ in range(1 + int(rng.random() * 6)):
        size = len(out)
        at = int(rng.random() * (size + 1))
        length = int(rng.random() ** 3 * 120)
        kind = int(rng.random() * 8)
        if kind == 0 and size:
            out[at % size] = int(rng.random() * 256)
        elif kind == 1:
            del out[at : at + length]
        elif kind == 2:
            out[at:at] = out[at : at + length]
        elif kind == 3:
            out[at:at] = WORDS[int(rng.random() * len(WORDS))]
        elif kind == 4:
            out[at : at + length] = WORDS[int(rng.random() * len(WORDS))] * (1 + int(rng.random() * 4))
        elif kind == 5:
            other = pool[int(rng.random() * len(pool))][1]
            begin = int(rng.random() * (len(other) + 1))
            out[at : at + length] = other[begin : begin + length]
        elif kind == 6:
            del out[at:]
        elif size:
            to = int(rng.random() * size)
            piece = out[at : at + length]
            del out[at : at + length]
            out[to:to] = piece
    return bytes(out)


def main(argv: list[str] | None = None) -> int:
    """Run; 1 when anything but a QAError came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many, whatever is done")
    parser.add_argument("--keep", type=Path, help="folder for the inputs that failed")
    options = parser.parse_args(argv)
    pool = seeds()
    began = time.perf_counter()
    done = read_whole = 0
    slowest = (0.0, "")
    failures: dict[str, int] = {}
    for n in range(options.inputs):
        rng = random.Random(options.seed * 1_000_000_007 + n)
        name, data = mutated(rng, pool)
        start = time.perf_counter()
        if start - began > options.seconds:
            break
        try:
            read_file(File(Path(name), data))
            read_whole += 1
        except QAError:
            pass
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            if key not in failures:
                print(f"input {n} ({name}): {key}: {error}", file=sys.stderr)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{n}-{name}").write_bytes(data)
            failures[key] = failures.get(key, 0) + 1
        took = time.perf_counter() - start
        slowest = max(slowest, (took, f"input {n} ({name})"))
        done += 1
    total = time.perf_counter() - began
    print(
        f"{done:,} inputs, {sum(failures.values())} uncaught exceptions, {total:.0f} s, "
        f"slowest {slowest[0]:.2f} s: {slowest[1]}; {read_whole:,} were read"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
