"""Entries of speaking processes: Qt's engine for tests, and voices that behave badly."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.child import StopFlag
from desktop.speaker import wire
from desktop.speaker.worker import main

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

NOTES = "INGLENOOK_TEST_NOTES"
"""Names the file that the voice notes what it says in."""


def mock(pipe: Connection, flag: StopFlag) -> None:
    """Speak with Qt's engine for tests, which needs no sound."""
    main.serve(pipe, flag, noting)


def noting() -> "QTextToSpeech":
    """Return an engine that notes each text with its voice and rate."""
    from PySide6.QtTextToSpeech import QTextToSpeech

    class Noting(QTextToSpeech):
        def say(self, text: str) -> None:
            if name := os.environ.get(NOTES):
                with Path(name).open("a", encoding="utf-8") as notes:
                    notes.write(f"{self.locale().name()} {self.rate():.1f} {text}\n")
            super().say(text)

    return Noting("mock")


def voiceless(pipe: Connection, flag: StopFlag) -> None:
    """Have no voice, as where nothing is installed."""
    from PySide6.QtTextToSpeech import QTextToSpeech

    main.serve(pipe, flag, lambda: QTextToSpeech("mock", {"delayedInitialization": True}))


def stuck(pipe: Connection, flag: StopFlag) -> None:
    """Stand still while the engine is made, as seen without a sound device."""
    main.STANDSTILL_SECONDS, main.ARMING_SECONDS = 0.5, 0.1
    main.serve(pipe, flag, _standing_still)


def _standing_still() -> "QTextToSpeech":
    import ctypes

    ctypes.PyDLL(None).sleep(600)  # holds Python's lock, as the engine does
    raise AssertionError


def deaf(pipe: Connection, _flag: StopFlag) -> None:
    """Begin, and hear nothing any more."""
    pipe.recv()
    pipe.send_bytes(wire.encode(wire.Began()))
    time.sleep(600)


def dying(pipe: Connection, _flag: StopFlag) -> None:
    """End with the first words."""
    pipe.recv()
    os._exit(3)


def faulty(pipe: Connection, flag: StopFlag) -> None:
    """Meet a bug."""
    main.serve(pipe, flag, _faulty)


def _faulty() -> "QTextToSpeech":
    raise LookupError("secret words")


def hasty(pipe: Connection, flag: StopFlag) -> None:
    """End after a short silence."""
    main.IDLE_SECONDS = 0.05
    from desktop.speaker.worker import voice

    voice.HEARTBEAT_MS = 20
    mock(pipe, flag)


def confined(pipe: Connection, flag: StopFlag) -> None:
    """Note what this process may do, from within."""
    main.serve(pipe, flag, _tried)


def _tried() -> "QTextToSpeech":
    import resource
    import socket

    socket.socket(socket.AF_UNIX).close()  # the way to the sound server
    try:
        socket.socket(socket.AF_INET).close()
        network = "open"
    except OSError:
        network = "closed"
    score = Path("/proc/self/oom_score_adj").read_text("ascii").strip()
    words = f"{network} {resource.getrlimit(resource.RLIMIT_CORE)[0]} {score} {os.getuid()}\n"
    Path(os.environ[NOTES]).write_text(words, "ascii")
    return noting()
