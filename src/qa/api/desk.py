"""Work done for requests, a few at a time: the rest waits in line, and a line too long is told so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread

from qa.api.problems import ApiError

Found = TypeVar("Found")


class Desk:
    """Runs functions, a few at a time for all who share it: the page works in threads of its own, others in these.

    Args:
        parallel: how many at a time.
        waiting: how many may wait for `run` besides.
    """

    def __init__(self, parallel: int, waiting: int) -> None:
        self.parallel = parallel
        self._waiting = waiting
        self._turns = threading.BoundedSemaphore(parallel)
        self._limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, anyio.CapacityLimiter] = WeakKeyDictionary()

    def work(self, work: Callable[..., Found], *args: Any, **named: Any) -> Found:
        """What the function returns, done in this thread when it is its turn; what is done so must not wait for more
        of the same."""
        with self._turns:
            return work(*args, **named)

    async def run(self, work: Callable[..., Found], *args: Any, **named: Any) -> Found:
        """What the function returns, done in a thread.

        Raises:
            ApiError: too many are waiting (503); and what the function raises.
        """
        loop = asyncio.get_running_loop()
        limiter = self._limiters.setdefault(loop, anyio.CapacityLimiter(self.parallel))
        if limiter.statistics().tasks_waiting >= self._waiting:
            raise ApiError(503, "Too many are asking at this moment. Please try again in a few seconds.")
        return await anyio.to_thread.run_sync(partial(self.work, work, *args, **named), limiter=limiter)
