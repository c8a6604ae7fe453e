"""Lanes: the only maker of threads. A lane does its work in order, one piece at a time.

What goes wrong in a lane is told: an AppError is announced as Failed, anything else is a bug,
logged and announced once as Broke, and the lane goes on with the next piece.
"""

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Protocol

from desktop.core.errors import AppError, Cancelled
from desktop.core.events import Broke, Failed
from desktop.core.ports import Publish

_log = logging.getLogger(__name__)


class Work(Protocol):
    """Where a service puts its work."""

    def submit(self, job: Callable[[], None]) -> None:
        """Do the job later, after everything submitted before."""


class Lane:
    """A named thread with a queue. `close` lets the work that is under way end first.

    The thread starts with the first piece of work: most lanes have none in most sessions.
    """

    def __init__(self, name: str, publish: Publish) -> None:
        self._name = name
        self._publish = publish
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(  # noqa: TID251 - the one place
            target=self._run, name=f"inglenook-{name}", daemon=True
        )
        self._starting = threading.Lock()
        self._started = False

    def submit(self, job: Callable[[], None]) -> None:
        """Do the job later, after everything submitted before; nothing once the lane is closed."""
        with self._starting:
            if self._closed:
                return
            self._jobs.put(job)
            if not self._started:
                self._thread.start()
                self._started = True

    def close(self, timeout: float = 10.0) -> bool:
        """End the lane after the work submitted so far; False when it did not end in `timeout` seconds."""
        with self._starting:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
            if not self._started:
                return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Cancelled:
                pass
            except AppError as error:
                self._publish(Failed(error))
            except Exception as bug:  # noqa: BLE001 - the lane must outlive a bug, and tell it
                _log.error("Lane %s broke: %s at %s", self._name, type(bug).__name__, _where(bug))
                self._publish(Broke(self._name, type(bug).__name__))


def _where(bug: BaseException) -> str:
    """Tell where it happened, without the exception's words: they may hold a conversation."""
    frames = traceback.extract_tb(bug.__traceback__)
    return " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
