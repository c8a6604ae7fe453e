"""The model process as the app holds it: start, send, receive, end.

Stop is a byte in shared memory beside the pipe: the child looks at it between tokens, and llama.cpp itself looks
at it inside a batch (see `worker.stopping`), so a stop needs no answer from Python to take effect.
"""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass

from desktop.core.child import BROKEN_PIPE, Child, Entry, StopFlag
from desktop.core.errors import EngineCrashed, EngineHung
from desktop.engine import wire

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds. Loading reports progress, but a cold disk can be slow."""

    answering: float = 90.0
    loading: float = 300.0
    after_stop: float = 5.0
    quitting: float = 2.0


class ModelProcess:
    """One child process and the pipe to it. One user thread; `kill` from any."""

    def __init__(self, entry: Entry, flag: StopFlag, patience: Patience) -> None:
        self._patience = patience
        self._flag = flag
        self._stopped_at: float | None = None
        self._busy = False
        try:
            self._child = Child(entry, flag, "model")
        except OSError as error:
            raise EngineCrashed from error
        self._pipe = self._child.pipe

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._child.alive

    @property
    def busy(self) -> bool:
        """Whether a command still waits for the reply that closes it."""
        return self._busy

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def send(self, command: wire.Command) -> None:
        """Send a command.

        Raises:
            EngineCrashed: the process is gone.
        """
        self._stopped_at = None
        try:
            self._pipe.send(command)
            self._busy = True
        except OSError as error:
            raise EngineCrashed from error

    def supply(self, data: bytes) -> None:
        """Give the child what it wanted in the middle of a command.

        Raises:
            EngineCrashed: the process is gone.
        """
        try:
            self._pipe.send(wire.Supply(data))
        except OSError as error:
            raise EngineCrashed from error

    def receive(self, limit: float) -> wire.Reply:
        """Return the next reply; `limit` is how long the child may stay silent.

        Raises:
            EngineCrashed: the process ended, or sent what is not a reply.
            EngineHung: it stayed silent, or went on too long after a stop.
        """
        deadline = time.monotonic() + limit
        try:
            reply = wire.decode(self._child.receive(wire.MAX_REPLY, lambda: self._look_at_the_clock(deadline)))
        except BROKEN_PIPE as error:
            raise EngineCrashed from error
        self._busy = not isinstance(reply, wire.CLOSING)
        return reply

    def end(self) -> None:
        """Ask it to end, then make it; no process is left."""
        with suppress(OSError):
            self._pipe.send(wire.Quit())
        self._child.join(self._patience.quitting)
        self.kill()
        self._pipe.close()

    def discard(self) -> None:
        """End it at once: it crashed, hung or must give its memory back."""
        self.kill()
        log.info("model process ended, code %s", self._child.exit_code)
        self._pipe.close()

    def kill(self) -> None:
        """End it at once; the thread that waits for a reply sees the pipe end."""
        self._child.kill()

    def _look_at_the_clock(self, deadline: float) -> None:
        now = time.monotonic()
        if self._flag[0]:
            self._stopped_at = self._stopped_at or now
            deadline = min(deadline, self._stopped_at + self._patience.after_stop)
        if now > deadline:
            raise EngineHung
