"""A whole house in a temporary profile, and a recorder of what it announces."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from desktop import app
from desktop.core.events import Event, ThreadOpened, TurnFinished
from desktop.core.paths import Profile
from desktop.core.ports import ChatEngine
from desktop.core.tools import ToolDescription

E = TypeVar("E", bound=Event)

PATIENCE = 20.0


class Recorder:
    """Keeps every announced event; `wait` returns the next one of a kind and passes over the rest."""

    def __init__(self, house: app.House) -> None:
        self.events: list[Event] = []
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._unsubscribe = house.announcer.subscribe(self._take)

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._queue.put(event)

    def wait(self, kind: type[E], check: Callable[[E], bool] = lambda _: True) -> E:
        while True:
            event = self._queue.get(timeout=PATIENCE)
            if isinstance(event, kind) and check(event):
                return event

    def close(self) -> None:
        self._unsubscribe()


@contextmanager
def opened(
    root: Path, engine: ChatEngine | None = None, tools: tuple[ToolDescription, ...] = ()
) -> Iterator[tuple[app.House, Recorder]]:
    """Lock, build and open a profile; close it after, as the app does."""
    profile = Profile(root)
    lock = app.prepare(profile)
    assert lock.acquire()
    house = app.build(profile, engine, tools)
    recorder = Recorder(house)
    try:
        house.vault.open_now()
        yield house, recorder
    finally:
        house.close()
        lock.release()


def open_door(house: app.House) -> None:
    """Let guests in, and wait until they can come."""
    house.doorway.open()
    assert house.doorway.opened.wait(PATIENCE)


def ask(house: app.House, recorder: Recorder, text: str, conversation: int = 0) -> TurnFinished:
    """Ask and wait for the stored answer."""
    house.chat.send(conversation, text)  # type: ignore[arg-type]
    return recorder.wait(TurnFinished)


def thread_of(house: app.House, recorder: Recorder, conversation: int) -> ThreadOpened:
    """Open a conversation as a screen does."""
    house.history.open(conversation)  # type: ignore[arg-type]
    return recorder.wait(ThreadOpened, lambda one: one.thread.summary.id == conversation)


def fill_the_disk(house: app.House) -> None:
    """Let the database file grow no further."""
    with house.shelf.conversations._database.write() as db:  # type: ignore[attr-defined]
        pages = db.execute("pragma page_count").fetchone()[0]
        db.execute(f"pragma max_page_count = {pages}")


def empty_the_disk(house: app.House) -> None:
    """Let the database file grow again."""
    with house.shelf.conversations._database.write() as db:  # type: ignore[attr-defined]
        db.execute("pragma max_page_count = 1000000")
