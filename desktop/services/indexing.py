"""Indexing: the person holds it, cancels it, gives a password; it follows the vault and the chats by itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from desktop.core.coverage import SourceId
from desktop.core.events import Broke, Event, SettingsChanged, TurnFinished, TurnStarted, VaultChanged
from desktop.core.library import BESIDE
from desktop.core.library_events import SourceChanged
from desktop.core.ports import Publish
from desktop.services.document_reading import DocumentReading
from desktop.services.gate import Gate
from desktop.services.importing import Importer
from desktop.services.lanes import Work
from desktop.services.reading_loop import ReadingLoop
from desktop.services.shelf import Shelf


class Loop(Protocol):
    """What a lane does until the gate is stopped."""

    def run(self) -> None:
        """Do it."""


class Ended(Loop, Protocol):
    """A loop whose work can be ended in the middle."""

    def cancel(self) -> None:
        """End it soon."""


class IndexingService:
    """Commands return at once. Two lanes are its own: one reads documents, one embeds passages."""

    def __init__(
        self,
        shelf: Shelf,
        gate: Gate,
        reading: DocumentReading,
        loop: ReadingLoop,
        importer: Importer,
        quick: Work,
        publish: Publish,
    ) -> None:
        self._shelf = shelf
        self._gate = gate
        self._reading = reading
        self._loop = loop
        self._importer = importer
        self._quick = quick
        self._publish = publish
        self._begun = self._over = False
        self._starts: tuple[Callable[[], None], ...] = ()
        self._cancels: tuple[Callable[[], None], ...] = (reading.cancel,)

    def run_on(self, library: Work, meaning: Work, embedding: Ended) -> None:
        """Say which lanes are its own; done once, when the house is built."""
        self._starts = (
            lambda: _keep_running(library, self._loop, self._gate),
            lambda: _keep_running(meaning, embedding, self._gate),
        )
        self._cancels = (self._reading.cancel, embedding.cancel)

    def pause(self) -> None:
        """Let it wait until `resume`; what lies beside a question is read nevertheless."""
        self._gate.pause(paused=True)
        self._gate.wake()

    def resume(self) -> None:
        """Let it go on."""
        self._gate.pause(paused=False)
        self._gate.wake()

    def wake(self) -> None:
        """There are new sources."""
        self._gate.wake()

    def hurry(self, source: SourceId) -> None:
        """Somebody waits for this source."""
        self._loop.hurry(source)

    def look(self) -> None:
        """Look at the folders now."""
        self._loop.look_soon()

    def cancel(self) -> None:
        """Take out of the library what is not wholly read yet; announces SourceRemoved for each."""

        def job() -> None:
            waiting = [one for one in self._shelf.library.sources.waiting() if one.collection != BESIDE]
            for source in waiting:
                if source.path:
                    self._shelf.folders.leave_out(source.collection, source.path)
                self._importer.remove(source)
            self._reading.cancel()
            self._gate.wake()

        self._quick.submit(job)

    def retry(self, source: SourceId) -> None:
        """Read a source anew from its first page."""

        def job() -> None:
            self._publish(SourceChanged(self._shelf.library.sources.again(source)))
            self._gate.wake()

        self._quick.submit(job)

    def give_password(self, source: SourceId, password: str) -> None:
        """Read a protected file with this password; it is kept in memory only. PasswordWanted tells if it is wrong."""
        self._loop.give_password(source, password)
        self.retry(source)

    def password(self, source: SourceId) -> str:
        """Return the password that was given for a file in this session."""
        return self._loop.password(source)

    def follow(self, event: Event) -> None:
        """Begin when the vault is opened, end when it is locked, wait while a chat is answered."""
        match event:
            case VaultChanged(locked=False):
                self._begin()
            case VaultChanged():
                self.stop()
                self._loop.forget()
            case TurnStarted(answer=answer):
                self._gate.turn_began(answer.id)
            case TurnFinished(answer=answer):
                self._gate.turn_ended(answer.id)
            case Broke():
                self._gate.turn_ended()
            case SettingsChanged():
                self._gate.wake()  # perhaps another embedding model was chosen
            case _:
                pass

    def no_looks(self) -> AbstractContextManager[None]:
        """Leave the folders alone while somebody takes in what lies in them."""
        return self._loop.no_looks()

    def end(self) -> None:
        """End what is under way for good: the app is closing."""
        self._over = True
        self.stop()

    def stop(self) -> None:
        """End what is under way; what is stored by now stays, and goes on from there."""
        self._begun = False
        self._gate.stop()
        for cancel in self._cancels:
            cancel()

    def close(self) -> None:
        """End the reader's process; after its lanes."""
        self._reading.close()

    def _begin(self) -> None:
        if self._begun or self._over:
            return
        self._begun = True
        self._gate.stop(stopped=False)
        for start in self._starts:
            start()


def _keep_running(lane: Work, loop: Loop, gate: Gate) -> None:
    """Run a loop on a lane; a bug in it is told by the lane, and it goes on."""

    def job() -> None:
        try:
            loop.run()
        finally:
            if not gate.stopped:
                lane.submit(job)

    lane.submit(job)
