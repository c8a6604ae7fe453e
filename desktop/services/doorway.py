"""Opens the door beside the app's start and closes it at the end, whenever that comes."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.services.lanes import Work

if TYPE_CHECKING:
    from desktop.services.door import Door


class Doorway:
    """Holds the door once there is one; what it needs is loaded on its lane, so that no window waits."""

    def __init__(self, make: "Callable[[], Door]", lane: Work) -> None:
        self._make = make
        self._lane = lane
        self._door: Door | None = None
        self._leaving = threading.Event()
        self.opened = threading.Event()

    def open(self) -> None:
        """Let a second start and the command line in, soon."""
        self._lane.submit(self._listen)

    def close(self) -> None:
        """Let nobody in any more."""
        self._leaving.set()
        if self._door is not None:
            self._door.close()

    def _listen(self) -> None:
        door = self._door = self._make()
        self.opened.set()
        if self._leaving.is_set():
            door.shut()
        else:
            door.listen()
