"""The loop of the speaking process: takes what is to be said, tells when it is heard and when it has ended.

Importing this module is cheap and loads no Qt: spawn imports it in the child, and the app imports it to name the
child's entry.
"""

import faulthandler
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, TYPE_CHECKING

from desktop.core import isolation
from desktop.core.child import StopFlag, place_of
from desktop.core.errors import AppError
from desktop.speaker import wire

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

    from desktop.speaker.worker.voice import Voice

IDLE_SECONDS = 300.0
STANDSTILL_SECONDS = 30.0
ARMING_SECONDS = 5.0

MakeEngine = Callable[[], "QTextToSpeech"]


def run(pipe: Connection, flag: StopFlag) -> None:
    """Speak until Quit, the end of the pipe, or a long silence. The entry of the child process."""
    serve(pipe, flag)


def serve(pipe: Connection, _flag: StopFlag, make_engine: MakeEngine | None = None) -> None:
    """Speak with an engine; the system's own where none is handed in. Does not return.

    Why it leaves by `os._exit`: the destructors of a sound system that hangs would hang too.
    """
    isolation.apply(sound=True)
    try:
        Worker(pipe).serve(make_engine)
    except (EOFError, OSError):  # the app is gone
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - the one place of the worker: a bug is told, not hidden
        with suppress(OSError):
            pipe.send_bytes(wire.encode(wire.Broken(type(error).__name__, place_of(error))))
        os._exit(1)
    os._exit(0)


class Watchdog:
    """Ends this process when it stands still, in a sound system that does not answer: the app may be gone by then.

    Why faulthandler: its clock runs in a thread that needs no Python, which such a call holds.
    """

    def __init__(self) -> None:
        self._nowhere: IO[str] = Path(os.devnull).open("w", encoding="ascii")  # noqa: SIM115 - as long as the process
        self._armed = 0.0

    def live(self) -> None:
        """Put the end off: the loop has come round."""
        if (now := time.monotonic()) > self._armed + ARMING_SECONDS:
            self._armed = now
            faulthandler.dump_traceback_later(STANDSTILL_SECONDS + ARMING_SECONDS, file=self._nowhere, exit=True)


@dataclass(slots=True)
class Worker:
    """Says one thing after the other."""

    pipe: Connection
    voice: "Voice | None" = None
    speaking: bool = False
    stopping: bool = False
    began: bool = False
    last: float = 0.0
    """When something was last asked for."""

    def serve(self, make_engine: MakeEngine | None) -> None:
        """Do what comes, until told to quit or nothing has come for long.

        Raises:
            EOFError: the app closed its end.
            OSError: the pipe broke while answering.
        """
        watchdog = Watchdog()
        watchdog.live()
        from desktop.speaker.worker.voice import Voice

        self.voice = voice = Voice(self.pipe.fileno(), make_engine)
        self.last = time.monotonic()
        while self.speaking or time.monotonic() < self.last + IDLE_SECONDS:
            watchdog.live()
            while self.pipe.poll():
                self.last = time.monotonic()
                command = self.pipe.recv()
                if isinstance(command, wire.Quit):
                    return
                self._obey(voice, command)
            self._tell(voice)
            if not self.pipe.poll():
                voice.wait()

    def _obey(self, voice: "Voice", command: wire.Command) -> None:
        match command:
            case wire.Say(words, language, rate):
                self.speaking, self.stopping, self.began = True, False, False
                try:
                    voice.say(words, language, rate)
                except AppError as error:
                    self._close(wire.Failure(error))
            case wire.Stop() if self.speaking:
                self.stopping = True
                voice.stop()
            case _:
                pass

    def _tell(self, voice: "Voice") -> None:
        if not self.speaking:
            return
        if voice.is_heard and not self.began:
            self.began = True
            self.send(wire.Began())
        if voice.has_failed:
            self._close(wire.Failure(voice.give_up()))
        elif voice.is_silent:
            self._close(wire.Stopped() if self.stopping else wire.Ended())

    def _close(self, reply: wire.Reply) -> None:
        self.speaking = False
        self.send(reply)

    def send(self, reply: wire.Reply) -> None:
        """Send one reply."""
        self.pipe.send_bytes(wire.encode(reply))
