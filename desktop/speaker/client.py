"""The Speaker port over a process of its own: a voice that hangs or crashes costs one reading, the next starts anew."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from desktop.core.child import BROKEN_PIPE, Child, Entry, new_flag
from desktop.core.errors import AppError, Cancelled
from desktop.core.reading_errors import VoiceCrashed, VoiceHung
from desktop.speaker import wire
from desktop.speaker.worker import main

log = logging.getLogger(__name__)

PIECE = 1_000
"""Characters that are said at a time: what is sent must fit into the pipe while the process does not look."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds."""

    beginning: float = 20.0
    """From the wish to the first sound: the process and the system's speech service may have to start."""
    character: float = 0.5
    """For each that is said, after that."""
    after_cancel: float = 0.2
    quitting: float = 0.5


class LocalSpeaker:
    """Speaks in a child process that is started when needed. One user thread; `cancel` from any."""

    def __init__(self, entry: Entry = main.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in another one.
            patience: how long silence is borne.
        """
        self._entry = entry
        self._patience = patience or Patience()
        self._flag = new_flag()
        self._sending = threading.Lock()
        """Between what is said and `cancel`: what was cancelled before is never sent."""
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        return self._child.pid if self._child is not None and self._child.alive else None

    def begin(self) -> None:
        """Listen to `cancel` anew."""
        self._flag[0] = 0

    def say(self, words: str, language: str, rate: float, began: Callable[[], None]) -> None:
        """Return when it was said; AppError when that fails, Cancelled after `cancel`."""
        for number, piece in enumerate(_pieces(words)):
            self._say(wire.Say(piece, language, rate), began if number == 0 else _nothing)

    def cancel(self) -> None:
        """Be silent at once; who says something gets Cancelled, until `begin`. From any thread; never waits."""
        with self._sending:
            self._flag[0] = 1
            if self._child is not None:
                with suppress(OSError):
                    self._child.pipe.send(wire.Stop())

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        if self._child is not None:
            with suppress(OSError):
                self._child.pipe.send(wire.Quit())
            self._child.join(self._patience.quitting)
        self._discard()

    def _say(self, wish: wire.Say, began: Callable[[], None]) -> None:
        if self._flag[0]:
            raise Cancelled
        whole = False
        try:
            reply = self._begin(wish)
            if isinstance(reply, wire.Began):
                began()
                reply = self._receive(self._patience.beginning + self._patience.character * len(wish.words))
            whole = isinstance(reply, wire.Ended | wire.Stopped | wire.Failure)
            self._close(reply)
        except AppError:
            if not self._flag[0]:
                raise
            raise Cancelled from None
        finally:
            if not whole:
                self._discard()

    def _begin(self, wish: wire.Say) -> wire.Reply:
        """Send it, and return the first reply. A process that had ended in a long silence is no failure."""
        used = self._child is not None
        try:
            self._send(wish)
            return self._receive(self._patience.beginning)
        except VoiceCrashed:
            if not used or self._flag[0]:
                raise
        self._discard()
        self._send(wish)
        return self._receive(self._patience.beginning)

    def _send(self, wish: wire.Say) -> None:
        try:
            child = self._child or Child(self._entry, self._flag, "speaker")
            with self._sending:
                self._child = child
                if self._flag[0]:
                    raise Cancelled
                child.pipe.send(wish)
        except OSError as error:
            raise VoiceCrashed from error

    def _receive(self, limit: float) -> wire.Reply:
        assert self._child is not None
        deadline = time.monotonic() + limit
        cancelled: list[float] = []

        def look() -> None:
            now = time.monotonic()
            if self._flag[0] and not cancelled:
                cancelled.append(now)
            if now > deadline or (cancelled and now > cancelled[0] + self._patience.after_cancel):
                raise VoiceHung

        try:
            return wire.decode(self._child.receive(wire.MAX_REPLY, look))
        except BROKEN_PIPE as error:
            raise VoiceCrashed from error

    def _close(self, reply: wire.Reply) -> None:
        if self._flag[0]:
            raise Cancelled
        match reply:
            case wire.Failure(error):
                raise error
            case wire.Broken(what, where):
                log.error("the speaking process met a bug: %s in %s", what, where)
                raise VoiceCrashed
            case wire.Stopped():  # by itself
                raise VoiceCrashed

    def _discard(self) -> None:
        with self._sending:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.pipe.close()


def _pieces(words: str) -> Iterator[str]:
    """Cut between words what is too long to be sent."""
    while len(words) > PIECE:
        cut = words.rfind(" ", 1, PIECE)
        cut = cut if cut > 0 else PIECE
        yield words[:cut]
        words = words[cut:]
    yield words


def _nothing() -> None:
    pass
