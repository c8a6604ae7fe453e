"""The real window on a real house, driven from the composer, with the times at which things were drawn."""

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from desktop import app
from desktop.core.drafts import Draft
from desktop.core.events import Event, ThreadOpened, TurnDelta, TurnFinished
from desktop.core.generation import LoadOptions
from desktop.core.paths import Profile
from desktop.ui.shell.application import make_application
from desktop.ui.shell.opening import show

THREADS = max(1, (os.cpu_count() or 2) - 1)
CONTEXT = 4096
APPLICATION = make_application(())


class Stage:
    """Ask through the composer; `first` and `last` are the seconds from Enter to what was drawn."""

    def __init__(self, tokens: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        profile = Profile(Path(self._folder.name))
        self._lock = app.prepare(profile)
        self._lock.acquire()
        self.house = app.build(profile)
        self.answer_with(tokens)
        self.house.settings.change(load=LoadOptions(context=CONTEXT, threads=THREADS), recovery_noticed=True)
        self._opened = show(self.house)
        self.page = self._opened.window.chat
        self._wait(ThreadOpened)

    def answer_with(self, tokens: int) -> None:
        """Bound the answers; greedy, so that every run writes the same."""
        sampling = replace(self.house.settings.current.sampling, temperature=0.0, max_tokens=tokens)
        self.house.settings.change(sampling=sampling)

    def new_chat(self) -> None:
        """Start a conversation."""
        self.house.history.new()
        self._wait(ThreadOpened)

    def ask(self, text: str) -> tuple[float, float, TurnFinished]:
        """Return the seconds to the first words and to the end, both drawn, and the answer."""
        drawn: list[float] = []

        def see(event: Event) -> None:
            if isinstance(event, TurnDelta) and not drawn:
                self.page.transcript.viewport().repaint()
                drawn.append(time.perf_counter())

        self._opened.bridge.announced.connect(see)
        self.page.composer.set_draft(Draft(text))
        start = time.perf_counter()
        QTest.keyClick(self.page.composer.text, Qt.Key.Key_Return)
        finished = self._wait(TurnFinished)
        self.page.transcript.viewport().repaint()
        end = time.perf_counter()
        self._opened.bridge.announced.disconnect(see)
        assert isinstance(finished, TurnFinished)
        return drawn[0] - start, end - start, finished

    def close(self) -> None:
        """Close everything."""
        self._opened.window.close()
        self._opened.close()
        self.house.close()
        self._lock.release()
        self._folder.cleanup()

    def _wait(self, kind: type[Event]) -> Event:
        loop, found = QEventLoop(), []

        def take(event: Event) -> None:
            if isinstance(event, kind):
                found.append(event)
                QTimer.singleShot(0, loop.quit)

        self._opened.bridge.announced.connect(take)
        loop.exec()
        self._opened.bridge.announced.disconnect(take)
        return found[0]
