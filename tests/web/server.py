"""A server over an index, in a thread of this process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from qa import Assistant
from qa.web.guard import Policy


@contextmanager
def serving(assistant: Assistant, policy: Policy | None = None) -> Iterator[str]:
    """The address of a running server, without a slash at the end.

    Args:
        policy: as in `create_app`.
    """
    import uvicorn

    from qa.web.serve import create_app

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(assistant, policy=policy), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.started
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        server.force_exit = True  # Gradio keeps a stream open for every tab
        thread.join(timeout=10)
