"""The one place where threads meet Qt."""

import threading
import time
from collections import deque

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.core.events import Event

BUDGET_SECONDS = 0.006
"""How long the interface thread hands out events before it paints and listens again."""


class EventBridge(QObject):
    """Takes events from any thread and announces them, in order, on the interface thread.

    Why a queue and one wake-up instead of a queued signal for each event: a burst of a thousand fragments
    would put a thousand entries into Qt's event queue, in front of the person's key presses.
    """

    announced = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: deque[Event] = deque()
        self._awake = False
        self._closed = False
        self._woken.connect(self._hand_out, Qt.ConnectionType.QueuedConnection)

    def publish(self, event: Event) -> None:
        """Queue an event; callable from any thread, returns at once."""
        with self._lock:
            if self._closed:
                return
            self._waiting.append(event)
            if self._awake:
                return
            self._awake = True
            self._woken.emit()

    def close(self) -> None:
        """Announce nothing more; events that still arrive are dropped."""
        with self._lock:
            self._closed = True
            self._waiting.clear()

    @Slot()
    def _hand_out(self) -> None:
        until = time.perf_counter() + BUDGET_SECONDS
        while True:
            with self._lock:
                if not self._waiting:
                    self._awake = False
                    return
                if time.perf_counter() > until:
                    self._woken.emit()
                    return
                event = self._waiting.popleft()
            self.announced.emit(event)
