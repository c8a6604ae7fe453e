"""sidebar: the interface thread's time to open the list and to filter it, 10,000 conversations against 100.

Everything is real but the screen: the encrypted store, the service on its lane, the bridge, the sidebar.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FEW, MANY = 100, 10_000
ROUNDS = 15
FOLDERS = 10
HITS = 60


def measure() -> dict[str, object]:
    """Measure both in turn, so that a busy machine is busy for both."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.ui.theme import apply_theme, light

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, light())
    with tempfile.TemporaryDirectory() as folder:
        small, large = Stage(Path(folder) / "few", FEW), Stage(Path(folder) / "many", MANY)
        rounds = [(small.run(), large.run()) for _ in range(ROUNDS + 1)][1:]
        small.close()
        large.close()
    few, many = ({name: statistics.median(one[side][name] for one in rounds) for name in STEPS} for side in (0, 1))
    return {
        "benchmark": "sidebar",
        "few": FEW,
        "many": MANY,
        **{f"{name}_ms": round(many[name] * 1e3, 2) for name in STEPS},
        **{f"few_{name}_ms": round(few[name] * 1e3, 2) for name in STEPS},
        **{f"{name}_ratio": round(many[name] / few[name], 2) for name in STEPS},
        "bound": 2.0,
    }


STEPS = ("open", "filter", "change")


class Stage:
    """A profile of so many conversations, and the sidebar over it."""

    def __init__(self, folder: Path, conversations: int) -> None:
        from desktop import app
        from desktop.core.paths import Profile
        from desktop.ui.bridge import EventBridge

        self.house = app.build(Profile(folder))
        self.house.vault.open_now()
        self._fill(conversations)
        self.bridge = EventBridge()
        self.house.announcer.subscribe(self.bridge.publish)

    def _fill(self, conversations: int) -> None:
        from desktop.core.conversations import GENERAL
        from desktop.core.messages import Message, Role

        store = self.house.shelf.conversations
        folders = [store.filing.make(f"Folder {number}").id for number in range(FOLDERS)]
        with store.filing._database.write():  # type: ignore[attr-defined]
            for number in range(conversations):
                matter = folders[number % FOLDERS] if number % 2 else GENERAL
                made = store.create(f"Conversation {number}", matter)
                text = "The lease ends in May." if number < HITS else "Something else."
                self.last = store.add(made.id, None, Message.of(Role.USER, text)).conversation

    def run(self) -> dict[str, float]:
        """Open a new sidebar, search in it, see one conversation move; seconds of this thread's own time."""
        from desktop.core.events import ConversationChanged, ConversationsListed, SearchFinished
        from desktop.ui.history.sidebar import Sidebar
        from desktop.ui.theme import light

        history = self.house.history
        sidebar = Sidebar(history, print, light())
        sidebar.resize(264, 760)
        self.bridge.announced.connect(sidebar.apply)
        try:
            sidebar.show()
            opening = self._time(history.list, ConversationsListed, sidebar)
            filtering = self._time(lambda: sidebar.search.setText("lease"), SearchFinished, sidebar)
            sidebar.search.clear()
            on = not self.house.shelf.conversations.summary(self.last).pinned
            changing = self._time(lambda: history.pin(self.last, on), ConversationChanged, sidebar)
        finally:
            self.bridge.announced.disconnect(sidebar.apply)
            sidebar.close()
            sidebar.deleteLater()
        return dict(zip(STEPS, (opening, filtering, changing), strict=True))

    def _time(self, begin: Callable[[], None], kind: type, sidebar: object) -> float:
        """Wait without spinning until the event came and was painted."""
        from PySide6.QtCore import QEventLoop, QTimer
        from PySide6.QtWidgets import QApplication

        loop = QEventLoop()

        def follow(event: object) -> None:
            if isinstance(event, kind):
                QTimer.singleShot(0, loop.quit)

        QApplication.processEvents()
        self.bridge.announced.connect(follow)
        start = time.thread_time()
        begin()
        loop.exec()
        sidebar.repaint()  # type: ignore[attr-defined]
        QApplication.processEvents()
        seconds = time.thread_time() - start
        self.bridge.announced.disconnect(follow)
        return seconds

    def close(self) -> None:
        """End the lanes."""
        self.bridge.close()
        self.house.close()
