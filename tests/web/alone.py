"""Run by test_alone.py in a network namespace of its own: the server at work, and whatever tries to leave.

The only way out is a tun device that this program reads, so that every packet for another machine is seen, whoever
sent it. Beside it an audit hook in the server notes what Python itself asks of the network.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 1, 0x1000
_ICMP6, _HOP_BY_HOP = 58, 0  # the kernel's own announcements on a new device
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
SERVER = """
import os, sys
log = open(os.environ["QA_ALONE_LOG"], "a", buffering=1)
def told(event, args):
    if event == "socket.getaddrinfo":
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
        if host not in (None, "localhost", "127.0.0.1", "::1"):
            log.write(f"{event} {host}\\n")
    elif event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            log.write(f"{event} {address}\\n")
sys.addaudithook(told)
sys.argv = ["qa", "serve", "--port", os.environ["QA_ALONE_PORT"], "--index", os.environ["QA_ALONE_INDEX"]]
from qa.cli import main
main()
"""


def open_way_out() -> int:
    """The descriptor of a tun device to which every other machine's packets are routed."""
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH14x", b"out0", _IFF_TUN | _IFF_NO_PI))
    for line in (
        "link set lo up", "addr add 10.99.0.1/24 dev out0", "link set out0 up", "route add default dev out0",
        "-6 addr add fd99::1/64 dev out0", "-6 route add default dev out0",
    ):  # fmt: skip
        subprocess.run(["ip", *line.split()], check=True)
    return tun


def left(tun: int) -> list[str]:
    """The packets that wanted to leave since the last look: their destinations."""
    found = []
    while select.select([tun], [], [], 0.2)[0]:
        packet = os.read(tun, 65536)
        if packet[0] >> 4 == 4:
            found.append(".".join(map(str, packet[16:20])))
        elif packet[6] not in (_ICMP6, _HOP_BY_HOP):
            found.append(packet[24:40].hex(":", 2))
    return found


def ask(path: str, data: bytes | None = None, kind: str = "application/json") -> bytes:
    request = Request(SITE + path, data, {"Content-Type": kind, "Accept": "application/json, text/event-stream"})
    with urlopen(request, timeout=60) as reply:
        body: bytes = reply.read()
        return body


@contextmanager
def server(index: str, log: str) -> Iterator[None]:
    env = {**os.environ, "QA_ALONE_LOG": log, "QA_ALONE_INDEX": index, "QA_ALONE_PORT": str(PORT)}
    running = subprocess.Popen([sys.executable, "-c", SERVER], env=env, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                ask("/api/health")
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


def work() -> dict[str, Any]:
    """What a user does: the page, a question, a file, a check, a tool, a transcript."""
    turns = [{"speaker": "Ann", "text": "The pelican has landed on the roof."}]
    talk = json.dumps({"format": "qa-transcript/1", "id": "pelican", "title": "P", "turns": turns}).encode()
    form = b'--b\r\nContent-Disposition: form-data; name="files"; filename="p.json"\r\n\r\n' + talk + b"\r\n--b--\r\n"
    tool = {"name": "check_quotation", "arguments": {"quote": "the pelican has landed"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool}
    return {
        "page": b"<html" in ask("/"),
        "added": json.loads(ask("/api/transcripts", form, "multipart/form-data; boundary=b"))["added"][0]["n_turns"],
        "found": json.loads(ask("/api/ask", b'{"question": "What did Ann say about the pelican?"}'))["found"],
        "verdict": json.loads(ask("/api/check-quotation", b'{"quote": "pelican has landed"}'))["verdict"],
        "tool": json.loads(ask("/mcp", json.dumps(call).encode()))["result"]["structuredContent"]["verdict"],
        "read": b"pelican" in ask("/transcript/pelican"),
    }


def main() -> None:
    index, log, caged = sys.argv[1], sys.argv[2], sys.argv[3] == "caged"
    tun = open_way_out() if caged else None
    with server(index, log):
        done = work()
    packets = left(tun) if tun is not None else []
    noticed = []
    if tun is not None:  # the trap works: something that wants to leave is caught
        import socket

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.sendto(b"x", ("192.0.2.7", 9))
        noticed = left(tun)
    print(json.dumps({"done": done, "packets": packets, "noticed": noticed}))


if __name__ == "__main__":
    main()
