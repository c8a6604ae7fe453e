"""The library: collections, and what goes into them and out of them. Outcomes are events of core.library_events."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from desktop.core.conversations import GENERAL, MatterId
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.document_errors import CollectionMissing, NothingToImport, SourceMissing
from desktop.core.errors import AppError, Cancelled
from desktop.core.events import Failed
from desktop.core.library import Keeping, WatchedFolder
from desktop.core.library_events import (
    CollectionsListed,
    DocumentReady,
    Imported,
    ImportFailed,
    SourcesListed,
    Surveyed,
)
from desktop.core.ports import Publish
from desktop.services.importing import Importer, digest_of
from desktop.services.indexing import IndexingService
from desktop.services.lanes import Work
from desktop.services.rates import Rates
from desktop.services.shelf import Shelf
from desktop.services.surveying import FoundFile, survey, walk


class LibraryService:
    """Commands return at once. What reads and hashes files works on the intake lane, the rest on a quick one."""

    def __init__(
        self,
        shelf: Shelf,
        importer: Importer,
        indexing: IndexingService,
        rates: Rates,
        quick: Work,
        intake: Work,
        publish: Publish,
    ) -> None:
        self._shelf = shelf
        self._importer = importer
        self._indexing = indexing
        self._rates = rates
        self._quick = quick
        self._intake = intake
        self._publish = publish
        self._wanted: set[str] = set()
        self._closing = False

    def list(self) -> None:
        """Announce CollectionsListed."""
        self._quick.submit(self._list)

    def open(self, collection: CollectionId) -> None:
        """Announce SourcesListed."""
        self._quick.submit(lambda: self._publish(SourcesListed(collection, self._shelf.library.sources.of(collection))))

    def make(self, name: str, matter: MatterId = GENERAL, made: Callable[[CollectionId], None] | None = None) -> None:
        """Make a collection; announces CollectionsListed.

        Args:
            name: one that is taken gets a number.
            matter: the folder of conversations that it belongs to.
            made: told of the new one before that; on another thread.
        """

        def job() -> None:
            collection = self._shelf.library.collections.make(name, matter)
            if made:
                made(collection.id)
            self._list()

        self._quick.submit(job)

    def rename(self, collection: CollectionId, name: str) -> None:
        """Rename a collection; announces CollectionsListed."""

        def job() -> None:
            self._shelf.library.collections.rename(collection, name)
            self._list()

        self._quick.submit(job)

    def remove_collection(self, collection: CollectionId) -> None:
        """Delete a collection with all that was read and kept for it; files of the person's are not touched."""

        def job() -> None:
            self._importer.settle()
            self._shelf.library.collections.remove(collection)
            self._importer.settle()
            self._list()

        self._quick.submit(job)

    def survey(self, paths: Sequence[str], collection: CollectionId | None, token: str) -> None:
        """Announce Surveyed: what an import of these would take; `leave` ends it."""

        def job() -> None:
            known = self._shelf.library.sources.of(collection) if collection is not None else ()
            found = survey(
                [Path(one) for one in paths],
                known,
                lambda file: digest_of(file, lambda *_: self._check(token)),
                self._rates,
                lambda: self._check(token),
            )
            self._publish(Surveyed(token, found))

        self._run(token, job)

    def add(self, paths: Sequence[str], collection: CollectionId, keeping: Keeping, token: str) -> None:
        """Add files and folders, and follow the folders from now on; announces Imported or ImportFailed.

        They are read as they come in: SourceChanged tells of each. `leave` ends it; what was added by then stays.
        """
        self._run(
            token, lambda: self._publish(self.add_now(paths, collection, keeping, lambda: self._check(token), token))
        )

    def add_beside(self, path: str, token: str) -> None:
        """Keep a file for the conversation that is being written in: announces DocumentReady or ImportFailed.

        It is read at once, before everything else and in spite of a pause.
        """

        def job() -> None:
            source = self._importer.put_beside(Path(path), lambda *_: self._check(token))
            self._publish(DocumentReady(token, source))
            self._indexing.hurry(source.id)

        self._run(token, job, self._quick)

    def hold(self, source: SourceId) -> None:
        """Somebody wants a document back that was taken out of a question: it stays until something names it."""
        self._shelf.library.sources.hold(source)

    def let_go(self, source: SourceId) -> None:
        """A document was taken out of a question: it is deleted, unless a message or draft names it."""

        def job() -> None:
            with suppress(SourceMissing):
                self._importer.let_go(source)

        self._quick.submit(job)

    def leave(self, token: str) -> None:
        """End the survey or the import that was given this token; nothing more is announced of a survey."""
        self._wanted.discard(token)

    def remove(self, source: SourceId) -> None:
        """Delete a source and all that was read and kept of it: announces SourceRemoved; its file is not touched."""

        def job() -> None:
            with suppress(SourceMissing):
                found = self._shelf.library.sources.get(source)
                if found.path:
                    self._shelf.folders.leave_out(found.collection, found.path)
                self._importer.remove(found)

        self._quick.submit(job)

    def stop(self) -> None:
        """Take in nothing more: the app is closing."""
        self._closing = True
        self._wanted.clear()

    def add_now(
        self,
        paths: Iterable[str],
        collection: CollectionId,
        keeping: Keeping,
        check: Callable[[], None],
        token: str = "",
    ) -> Imported:
        """Add on the calling thread, as `add` does.

        Args:
            paths: files and folders.
            collection: where they go.
            keeping: whether their bytes are kept.
            check: called often; raises Cancelled to end it.
            token: comes back.

        Raises:
            NothingToImport: there is no document.
            AppError: the first one cannot be kept. If that happens later, it is announced.
            Cancelled: as `check` says.
        """
        self._require(collection)
        given = [Path(one).absolute() for one in paths]
        folders = [WatchedFolder(collection, str(one), keeping) for one in given if one.is_dir()]
        try:
            with self._indexing.no_looks():
                for folder in folders:
                    self._shelf.folders.follow(folder)
                added, known = self._take_in(given, collection, keeping, check)
        except Cancelled:
            for folder in () if self._closing else folders:  # at the next start the rest of it is taken in
                self._shelf.folders.leave(folder)
            raise
        finally:
            self._importer.settle()
        if not added and not known:
            raise NothingToImport
        self._list()
        return Imported(token, collection, added, known)

    def _take_in(
        self, given: Iterable[Path], collection: CollectionId, keeping: Keeping, check: Callable[[], None]
    ) -> tuple[int, int]:
        """Add what lies there; returns how many files are new and how many were known."""
        left_out = self._shelf.folders.left_out(collection)
        added = known = 0
        for found in walk(given):
            check()
            if not isinstance(found, FoundFile):
                continue
            if str(found.path) in left_out:
                self._shelf.folders.take_in(collection, str(found.path))
            try:
                new = self._importer.add(found, collection, keeping, lambda *_: check())
            except AppError as error:
                if not added:
                    raise
                self._publish(Failed(error))
                break
            added, known = added + new, known + (not new)
            if new:
                self._indexing.wake()
        return added, known

    def _require(self, collection: CollectionId) -> None:
        if all(one.id != collection for one in self._shelf.library.collections.all()):
            raise CollectionMissing(name=collection)

    def _list(self) -> None:
        self._publish(CollectionsListed(self._shelf.library.collections.all()))

    def _run(self, token: str, job: Callable[[], None], lane: Work | None = None) -> None:
        """Do it on the intake lane; what goes wrong is told to who gave the token."""
        self._wanted.add(token)

        def told() -> None:
            try:
                self._check(token)
                job()
            except Cancelled:
                raise
            except AppError as error:
                self._publish(ImportFailed(token, error))
            except BaseException:
                self._publish(ImportFailed(token, AppError()))
                raise
            finally:
                self._wanted.discard(token)

        (lane or self._intake).submit(told)

    def _check(self, token: str) -> None:
        if token not in self._wanted:
            raise Cancelled
