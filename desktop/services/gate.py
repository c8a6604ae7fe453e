"""The gate that work on documents passes again and again: it holds it for a person, for a chat, for the app's end."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from desktop.core.conversations import MessageId
from desktop.core.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Hold:
    """Why work waits."""

    paused: bool = False
    """The person said so."""
    waiting: bool = False
    """For a chat that is being answered."""

    def __bool__(self) -> bool:
        """Whether it waits at all."""
        return self.paused or self.waiting


class Gate:
    """Held and opened from any thread; passed on the library's lanes."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._changed = threading.Condition()
        self._monotonic = monotonic
        self._turns: set[MessageId] = set()
        self._paused = False
        self._stopped = False
        self._work = 0

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be done at all."""
        return self._stopped

    @property
    def hold(self) -> Hold:
        """Why work waits now."""
        return Hold(self._paused, bool(self._turns))

    def pause(self, *, paused: bool) -> None:
        """The person wants it to wait, or to go on."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def turn_began(self, turn: MessageId) -> None:
        """A chat is being answered: the processor is its own."""
        with self._changed:
            self._turns.add(turn)

    def turn_ended(self, turn: MessageId | None = None) -> None:
        """It is answered; None: none is any more."""
        with self._changed:
            self._turns = self._turns - {turn} if turn is not None else set()
            self._changed.notify_all()

    def stop(self, *, stopped: bool = True) -> None:
        """Let nothing pass any more; who waits gets Cancelled."""
        with self._changed:
            self._stopped = stopped
            self._changed.notify_all()

    def wake(self) -> int:
        """There is something to do: who rests goes on. Returns the number of this call, which `rest` returns then."""
        with self._changed:
            self._work += 1
            self._changed.notify_all()
            return self._work

    def enter(self, told: Callable[[Hold], None], *, urgent: Callable[[], bool] | None = None) -> None:
        """Pass when nothing holds; tells why it waits, once each time that changes.

        Args:
            told: called with the reason before waiting.
            urgent: whether it passes nevertheless: somebody waits for it. Asked whenever something changed.

        Raises:
            Cancelled: after `stop`.
        """
        before = Hold()
        while True:
            with self._changed:
                if self._stopped:
                    raise Cancelled
                hold = self.hold
                if hold == before and hold and not (urgent and urgent()):
                    self._changed.wait()
                    continue
            if not hold or (urgent and urgent()):
                return
            told(hold)  # without the lock: who is told may take others
            before = hold

    def rest(self, seconds: float, seen: int) -> int:
        """Wait until there is something to do, but no longer than that; returns what to give as `seen` next time."""
        until = self._monotonic() + seconds
        with self._changed:
            while self._work == seen and not self._stopped and (left := until - self._monotonic()) > 0:
                self._changed.wait(left)
            return self._work
