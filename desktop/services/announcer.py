"""Announces events to everyone who listens: the window's bridge, the command line, the door."""

import threading
from collections.abc import Callable

from desktop.core.events import Event


class Announcer:
    """A list of listeners. Listeners are called on the announcing thread and must return at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Callable[[Event], None], ...] = ()

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Add a listener; the returned callable takes it away again."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell every listener."""
        for listener in self._listeners:
            listener(event)
