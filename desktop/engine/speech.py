"""The Transcriber port over a process of its own: a crash costs one transcript, the next starts it anew."""

import logging
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from desktop.core.child import BROKEN_PIPE, Child, Entry, new_flag
from desktop.core.errors import AppError, Cancelled
from desktop.core.media import SoundBlock
from desktop.core.speech import SpeechEvent, SpeechWish
from desktop.core.speech_errors import SpeechModelMissing, TranscriberCrashed, TranscriberHung
from desktop.engine import speech_wire as wire
from desktop.engine.speech_models import is_whole
from desktop.engine.worker import whisper

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds. Half a minute of sound is one step, slow with a large model."""

    silent: float = 300.0
    after_cancel: float = 3.0
    quitting: float = 2.0


class LocalTranscriber:
    """Writes speech down in a child process that is started when needed."""

    def __init__(self, entry: Entry = whisper.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: how long silence is borne.
        """
        self._entry = entry
        self._patience = patience or Patience()
        self._flag = new_flag()
        self._child: Child | None = None
        self._held: SpeechWish | None = None
        self._writing: Generator[SpeechEvent, None, None] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        return self._child.pid if self._child is not None and self._child.alive else None

    def transcribe(self, wish: SpeechWish, blocks: Iterable[SoundBlock]) -> Iterator[SpeechEvent]:
        """Write down sound; AppError when that fails, Cancelled after `cancel`. Leaving early stops it."""
        if self._writing is not None:
            self._writing.close()
        self._flag[0] = 0
        self._writing = self._write_down(wish, iter(blocks))
        return self._writing

    def cancel(self) -> None:
        """End what is being written down soon; its caller gets Cancelled. From any thread."""
        self._flag[0] = 1

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        if self._writing is not None:
            self._writing.close()
        self._writing = None
        if self._child is not None:
            with suppress(OSError):
                self._child.pipe.send(wire.Quit())
            self._child.join(self._patience.quitting)
        self._discard()

    def _write_down(self, wish: SpeechWish, blocks: Iterator[SoundBlock]) -> Generator[SpeechEvent, None, None]:
        whole = False
        try:
            if not is_whole(wish.model):
                raise SpeechModelMissing(name=wish.model.name)
            child = self._running(wish)
            self._send(child, wire.Begin(wish))
            while not isinstance(reply := self._receive(child), wire.CLOSING):
                if isinstance(reply, wire.Want):
                    self._send(child, next(blocks, None))
                else:
                    yield reply
            whole = isinstance(reply, wire.Ended | wire.Stopped)
            _close(reply)
        except AppError:
            if not self._flag[0]:
                raise
            raise Cancelled from None
        finally:
            if not whole:
                self._discard()

    def _running(self, wish: SpeechWish) -> Child:
        """Return the process that holds this model: one loads one model in its life."""
        held = self._held
        if held is not None and (held.model, held.threads) != (wish.model, wish.threads):
            self._discard()
        if self._child is None or not self._child.alive:
            self._discard()
            try:
                self._child = Child(self._entry, self._flag, "speech")
            except OSError as error:
                raise TranscriberCrashed from error
        self._held = wish
        return self._child

    def _send(self, child: Child, command: wire.Command) -> None:
        try:
            child.pipe.send(command)
        except OSError as error:
            raise TranscriberCrashed from error

    def _receive(self, child: Child) -> wire.Reply:
        began = time.monotonic()
        cancelled: list[float] = []

        def look() -> None:
            now = time.monotonic()
            if self._flag[0] and not cancelled:
                cancelled.append(now)
            late = bool(cancelled) and now > cancelled[0] + self._patience.after_cancel
            if late or now > began + self._patience.silent:
                raise TranscriberHung

        try:
            return wire.decode(child.receive(wire.MAX_REPLY, look))
        except BROKEN_PIPE as error:
            raise TranscriberCrashed from error

    def _discard(self) -> None:
        child, self._child, self._held = self._child, None, None
        if child is not None:
            child.kill()
            child.pipe.close()


def _close(reply: wire.Reply) -> None:
    match reply:
        case wire.Stopped():
            raise Cancelled
        case wire.Failure(error):
            raise error
        case wire.Broken(what, where):
            log.error("the speech process met a bug: %s in %s", what, where)
            raise TranscriberCrashed
