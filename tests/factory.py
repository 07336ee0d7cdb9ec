"""Makes small transcripts, entries and vectors for tests: plain functions, everything predictable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.types import Entry, PageKind, PageText, Passage, Person, Piece, Transcript, Turn

DIM = 8


def unit_vectors(n: int, dim: int = DIM, seed: int = 0) -> NDArray[np.float32]:
    """float32, shape (n, dim), rows of length 1, the same for the same seed."""
    found = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(norms, 1e-9), dtype=np.float32)


def transcript(
    id: str = "meeting",
    lines: Sequence[tuple[str, str]] = (("Anna Berg", "The bridge is closed."), ("Bob Smith", "Since Monday?")),
    *,
    date: str | None = "2020-05-04",
    title: str | None = None,
) -> Transcript:
    """A transcript of (speaker, text) lines; everybody who speaks is one of its people."""
    names = dict.fromkeys(name for name, _ in lines)
    title = title or f"About {id}"
    return Transcript(
        id=id,
        title=title,
        turns=tuple(
            Turn(n, name, name.upper(), text, (Piece(0, 100 * n, len(text)),) if text else ())
            for n, (name, text) in enumerate(lines)
        ),
        people=tuple(Person(name, f"role of {name}", (name.upper(),)) for name in names),
        page=(PageText(PageKind.TITLE, title), PageText(PageKind.NOTE, f"A note of {id}")),
        date=date,
        place="Sochi",
        language="en",
        source=f"https://example.org/{id}",
        format="qa-json",
    )


def passages(one: Transcript) -> tuple[Passage, ...]:
    """One passage a turn that has words."""
    return tuple(
        Passage(
            hashlib.sha256(f"{one.id}/{t.index}/{t.text}".encode(errors="replace")).hexdigest()[:16],
            one.id,
            t.index,
            0,
            len(t.text),
            t.speaker,
            t.text,
            max(1, len(t.text.split())),
        )
        for t in one.turns
        if t.text
    )


def entry(one: Transcript | None = None, *, path: str | None = None, dim: int = DIM, seed: int = 0) -> Entry:
    """A transcript ready to be stored, with vectors made from `seed` and terms in small letters."""
    one = transcript() if one is None else one
    found = passages(one)
    return Entry(
        transcript=one,
        passages=found,
        vectors=unit_vectors(len(found), dim, seed),
        terms=tuple(" ".join(p.text.lower().replace(".", " ").replace("?", " ").split()) for p in found),
        fingerprint=f"sha-{one.id}-{seed}",
        path=f"/corpus/{one.id}.json" if path is None else path,
    )


def meetings(n: int = 4) -> list[Entry]:
    """n entries: Anna and Bob in all, a third voice of their own in each; dates a month apart."""
    return [
        entry(
            transcript(
                f"m{i}",
                [
                    ("Anna Berg", f"The bridge number{i} is closed."),
                    ("Bob Smith", "Why is the bridge closed?"),
                    (f"Guest {i}", f"Because of the flood number{i}."),
                    ("Anna Berg", "Thank you."),
                ],
                date=f"2020-{i + 1:02d}-10",
            ),
            seed=i,
        )
        for i in range(n)
    ]
