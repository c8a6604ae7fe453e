"""Reads sentences aloud with the voices of the system.

QtTextToSpeech is loaded by the first use. The next sentence is handed over when the one before has ended, so it is
always known which one is heard.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from desktop.core.settings import ReadingSpeed

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

RATES = {ReadingSpeed.SLOW: -0.4, ReadingSpeed.NORMAL: 0.0, ReadingSpeed.FAST: 0.4}


def system_engine() -> "QTextToSpeech":
    """Return what speaks on this system; it is in error where nothing does."""
    from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - not for the start

    return QTextToSpeech()


class Reading(QObject):
    """Reads one list of sentences at a time.

    Args:
        parent: what it belongs to.
        make_engine: makes what speaks, at the first use, and again after a failure.

    Signals:
        reached: the number of the sentence that is read now.
        ended: nothing is read any more.
        failed: there is nothing on this system that speaks, or it has broken off; comes after `ended`.
    """

    reached = Signal(int)
    ended = Signal()
    failed = Signal()

    def __init__(
        self, parent: QObject | None = None, make_engine: "Callable[[], QTextToSpeech]" = system_engine
    ) -> None:
        super().__init__(parent)
        self.speed = ReadingSpeed.NORMAL
        """How fast, from the next sentence on."""
        self.make_engine = make_engine
        self._engine: QTextToSpeech | None = None
        self._usual = QLocale()
        self._sentences: tuple[str, ...] = ()
        self._next = 0

    @property
    def is_on(self) -> bool:
        """Whether something is being read."""
        return bool(self._sentences)

    def read(self, sentences: Sequence[str]) -> None:
        """Read these, and no longer what was read before."""
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415

        self.stop()
        if not sentences:
            return
        if self._engine is None:
            self._engine = self.make_engine()
            self._engine.stateChanged.connect(self._follow)
            self._usual = self._engine.locale()
        if self._engine.state() == QTextToSpeech.State.Error or not self._engine.availableLocales():
            self._give_up()
            return
        from desktop.core.sentences import language_of  # noqa: PLC0415 - its patterns are not for the start

        self._sentences, self._next = tuple(sentences), 0
        self._choose_voice(self._engine, language_of("".join(sentences)))
        if self._engine.state() == QTextToSpeech.State.Ready:
            self._go_on()

    def stop(self) -> None:
        """Read nothing more."""
        if self.is_on:
            self._sentences = ()
            if self._engine is not None:
                self._engine.stop()
            self.ended.emit()

    def _follow(self, state: "QTextToSpeech.State") -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415

        if state == QTextToSpeech.State.Error:
            self._give_up()
        elif state == QTextToSpeech.State.Ready and self.is_on:
            self._go_on()

    def _go_on(self) -> None:
        if self._engine is None or self._next >= len(self._sentences):
            self.stop()
            return
        at, self._next = self._next, self._next + 1
        self._engine.setRate(RATES[self.speed])
        self.reached.emit(at)
        if self.is_on:
            self._engine.say(self._sentences[at])

    def _give_up(self) -> None:
        """Forget the engine: another one may be there when it is asked for again."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.stateChanged.disconnect(self._follow)
            engine.deleteLater()
        self.stop()
        self.failed.emit()

    def _choose_voice(self, engine: "QTextToSpeech", language: str) -> None:
        """Speak a language as it is spoken here, else as it is anywhere; else with the system's usual voice."""
        wanted = QLocale(language) if language else QLocale()
        same = [one for one in engine.availableLocales() if one.language() == wanted.language()]
        here = [one for one in same if one.territory() == wanted.territory()]
        chosen = [*here, *same, self._usual][0]
        if chosen != engine.locale():
            engine.setLocale(chosen)
