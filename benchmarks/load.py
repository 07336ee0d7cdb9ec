"""Many people asking at once: how long each waits, and whether anybody is turned away.

    python -m benchmarks.load [--people 50] [--seconds 60] [--parallel 4] [--url http://127.0.0.1:7860]

Without --url a server of its own is started on 127.0.0.1 over corpus/ and evaluation/invented/. Each person asks
the questions of evaluation/ in an order of their own, the next as soon as the last is answered, so that as many
questions as there are people are always under way. Every answer must be right in form: found with citations, or a
reason. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
QUESTIONS = ("sample.jsonl", "invented.jsonl")
START_S = 120.0


@dataclass
class Tally:
    """What came back: seconds of each answer, and what went wrong how often."""

    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    found: int = 0


def main() -> None:
    """Measure and print."""
    args = _arguments()
    asked = questions()
    if args.url:
        tally = asyncio.run(crowd(args.url.rstrip("/"), asked, args.people, args.seconds))
    else:
        with served(args.parallel) as url:
            tally = asyncio.run(crowd(url, asked, args.people, args.seconds))
    print(json.dumps(summary(tally, args.people, args.seconds, args.parallel)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--parallel", type=int, default=4, help="questions answered at a time (QA_PARALLEL)")
    parser.add_argument("--url", help="a server that runs already")
    return parser.parse_args()


def questions() -> list[str]:
    """The questions of the files, each once."""
    lines = [line for name in QUESTIONS for line in (ROOT / "evaluation" / name).read_text("utf-8").splitlines()]
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))


@contextmanager
def served(parallel: int) -> Iterator[str]:
    """The address of a server over the samples, gone afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {**os.environ, "QA_PARALLEL": str(parallel), "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryDirectory(prefix="qa-load-") as folder:
        qa = [sys.executable, "-m", "qa"]
        index = ["--index", f"{folder}/index"]
        filled = [str(ROOT / "corpus"), str(ROOT / "evaluation" / "invented")]
        subprocess.run([*qa, "index", *filled, *index], env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*qa, "serve", "--port", str(port), *index], env=env, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/api/ready", timeout=5).status_code == 200:
                httpx.post(f"{url}/api/ask", json={"question": "Who spoke?"}, timeout=60)  # the model loads
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit(f"The server at {url} did not start within {START_S:.0f} s.")


async def crowd(url: str, asked: Sequence[str], people: int, seconds: float) -> Tally:
    """So many people for so long; those who are waiting at the end still get their answer, and count."""
    tally = Tally()
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await asyncio.gather(*(_person(client, asked, n, end, tally) for n in range(people)))
    return tally


async def _person(client: httpx.AsyncClient, asked: Sequence[str], n: int, end: float, tally: Tally) -> None:
    mine = random.Random(n).sample(list(asked), len(asked))
    at = 0
    while time.monotonic() < end:
        question = mine[at % len(mine)]
        at += 1
        begun = time.monotonic()
        try:
            reply = await client.post("/api/ask", json={"question": question})
        except httpx.HTTPError as error:
            tally.errors[type(error).__name__] += 1
            continue
        tally.waits.append(time.monotonic() - begun)
        problem = wrong(reply.status_code, reply.json())
        if problem:
            tally.errors[problem] += 1
        tally.found += bool(reply.json().get("found"))


def wrong(status: int, answer: dict[str, Any]) -> str:
    """What is wrong with a reply; "" when nothing is."""
    if status != 200:
        return f"status {status}"
    told = answer["text"] and (answer["found"] or answer["reason"])
    return "" if told else "an answer without text or reason"


def summary(tally: Tally, people: int, seconds: float, parallel: int) -> dict[str, Any]:
    """The figures, seconds rounded to hundredths."""
    waits = sorted(tally.waits)

    def percentile(share: float) -> float | None:
        return round(waits[min(len(waits) - 1, int(share * len(waits)))], 2) if waits else None

    return {
        "people": people, "seconds": seconds, "parallel": parallel, "answers": len(waits), "found": tally.found,
        "per_second": round(len(waits) / seconds, 1), "p50_s": percentile(0.5), "p95_s": percentile(0.95),
        "max_s": percentile(1.0), "errors": dict(tally.errors),
    }  # fmt: skip


if __name__ == "__main__":
    main()
