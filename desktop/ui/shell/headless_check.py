"""Shows that the program works: the real window, a typed question, the model's answer, without a screen.

It runs in a profile of its own that is deleted after, so it is safe beside a person's conversations.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.core.events import Broke, Event, Failed, ThreadOpened, TurnFinished
from desktop.core.paths import Profile
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.shell.application import make_application
from desktop.ui.shell.opening import Build, Prepare, show

QUESTION = "What is the capital of France?"
PATIENCE_MS = 150_000


def run(prepare: Prepare, build: Build) -> int:
    """Print the answer and return 0, or say what went wrong and return 1."""
    application = make_application(("-platform", "offscreen"))
    with tempfile.TemporaryDirectory(prefix="inglenook-check-") as folder:
        profile = Profile(Path(folder))
        lock = prepare(profile)
        lock.acquire()
        house = build(profile)
        settings = house.settings.current
        house.settings.change(
            sampling=replace(settings.sampling, temperature=0.0, max_tokens=64), recovery_noticed=True
        )
        opened = show(house)
        try:
            ready = _wait(opened.bridge.announced, (ThreadOpened, Failed, Broke))
            page = opened.window.chat
            if not isinstance(ready, ThreadOpened) or not isinstance(page, ChatPage):
                return _fail(ready)
            _type(page.composer.text, QUESTION)
            finished = _wait(opened.bridge.announced, (TurnFinished, Failed, Broke))
            if not isinstance(finished, TurnFinished) or finished.error or not finished.answer.message.text:
                return _fail(finished)
            print(finished.answer.message.text)
            return 0
        finally:
            opened.window.close()
            opened.close()
            house.close()
            lock.release()
            application.processEvents()


def _type(field: QWidget, text: str) -> None:
    """Press the keys of a text and Enter, as a keyboard would."""
    none = Qt.KeyboardModifier.NoModifier
    for letter in text:
        QCoreApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, none, letter))
    QCoreApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return.value, none, "\r"))


def _wait(announced: object, kinds: tuple[type, ...]) -> Event | None:
    """Run the interface until an event of these kinds was shown; None when it took too long."""
    found: list[Event] = []
    loop = QEventLoop()

    def take(event: Event) -> None:
        if isinstance(event, kinds):
            found.append(event)
            QTimer.singleShot(0, loop.quit)

    announced.connect(take)  # type: ignore[attr-defined]
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
    announced.disconnect(take)  # type: ignore[attr-defined]
    return found[0] if found else None


def _fail(event: Event | None) -> int:
    error = getattr(event, "error", None)
    print(error or event or "The window did not answer in time.", file=sys.stderr)
    return 1
