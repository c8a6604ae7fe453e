"""Qt's voice and Qt's loop, driven by hand: the caller says what to do, waits for something to happen, and looks.

Imported in the speaking process only: what speaks on Linux blocks for one or two seconds while it is made.
"""

import os
import sys
from collections.abc import Callable

if sys.platform == "darwin":  # the system's voice tells of its end through this loop only
    os.environ["QT_EVENT_DISPATCHER_CORE_FOUNDATION"] = "1"

from PySide6.QtCore import QCoreApplication, QEventLoop, QLocale, QSocketNotifier, QTimer
from PySide6.QtTextToSpeech import QTextToSpeech

from desktop.core.reading_errors import NoVoice

HEARTBEAT_MS = 5_000
LOOK_MS = 40
"""On Windows a pipe wakes nobody."""


class Voice:
    """What speaks on this system; made at the first words, and again after a failure."""

    def __init__(self, pipe: int, make_engine: Callable[[], QTextToSpeech] | None = None) -> None:
        """Make the loop.

        Args:
            pipe: the descriptor on which commands come: `wait` returns when there is one.
            make_engine: makes what speaks; the system's own where None.
        """
        self._application = QCoreApplication(["inglenook"])
        self._make_engine = make_engine or QTextToSpeech
        self._engine: QTextToSpeech | None = None
        self._usual = QLocale()
        self.is_heard = False
        """Whether the words have begun."""
        self.is_silent = True
        """Whether they have ended."""
        self._beat = QTimer()
        self._beat.start(LOOK_MS if sys.platform == "win32" else HEARTBEAT_MS)
        self._notifier = None if sys.platform == "win32" else QSocketNotifier(pipe, QSocketNotifier.Type.Read)

    def wait(self) -> None:
        """Return when something has happened, or after a while."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def say(self, words: str, language: str, rate: float) -> None:
        """Say this.

        Raises:
            NoVoice: nothing here speaks.
        """
        engine = self._made()
        self._choose_voice(engine, language)
        engine.setRate(rate)
        self.is_heard = self.is_silent = False
        engine.say(words)

    def stop(self) -> None:
        """Be silent."""
        if self._engine is not None:
            self._engine.stop()
            self.is_silent = self.is_silent or self._engine.state() == QTextToSpeech.State.Ready

    @property
    def has_failed(self) -> bool:
        """Whether they have broken off."""
        return self._engine is not None and self._engine.state() == QTextToSpeech.State.Error

    def give_up(self) -> NoVoice:
        """Forget the engine: another one may be there when it is asked for again."""
        self._engine = None
        return NoVoice()

    def _made(self) -> QTextToSpeech:
        if self._engine is None:
            self._engine = self._make_engine()
            self._engine.stateChanged.connect(self._note)
            self._usual = self._engine.locale()
        if self.has_failed or not self._engine.availableLocales():
            raise self.give_up()
        return self._engine

    def _note(self, state: QTextToSpeech.State) -> None:
        self.is_heard = self.is_heard or state == QTextToSpeech.State.Speaking
        self.is_silent = state == QTextToSpeech.State.Ready

    def _choose_voice(self, engine: QTextToSpeech, language: str) -> None:
        """Speak a language as it is spoken here, else as it is anywhere; else with the system's usual voice."""
        wanted = QLocale(language) if language else QLocale()
        same = [one for one in engine.availableLocales() if one.language() == wanted.language()]
        here = [one for one in same if one.territory() == wanted.territory()]
        chosen = [*here, *same, self._usual][0]
        if chosen != engine.locale():
            engine.setLocale(chosen)
