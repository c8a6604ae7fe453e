"""Reads one source to its end: page by page into the store, around what cannot be read, and on from where it broke off.

A reader process that dies of a page is given the page once more, then the page is passed over with its trouble. So
one page costs no more than itself, and every page of a document is there, if only to say why it is empty.
"""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from desktop.core.document_errors import DocumentEmpty, RecogniserMissing, SourceAltered, SourceGone, SourceMissing
from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page, Trouble
from desktop.core.errors import (
    AppError,
    FileDamaged,
    FileTooDemanding,
    ReaderCrashed,
    ReaderHung,
    StoreFull,
    StoreUnwritable,
)
from desktop.core.library import Keeping, LibrarySource, SourceState
from desktop.core.library_events import SourceChanged
from desktop.core.library_ports import DocumentReader
from desktop.core.media import Progress, Source
from desktop.core.ports import Publish
from desktop.services.importing import Importer, digest_of, found_file
from desktop.services.keeping import opened
from desktop.services.page_run import PageRun, Splitting
from desktop.services.rates import Rates
from desktop.services.shelf import Shelf

TRIES = 2
IN_A_ROW = 3
"""Pages that a reader died of one after the other; the file is given up then."""
LARGEST_ENCLOSED = 256 << 20
MOST_ENCLOSED, MOST_ENCLOSED_BYTES = 1_000, 2 << 30
"""Of one file: what is beyond is left out, and said to be. The reader has bounds of its own, and is not trusted."""
DIED = (ReaderCrashed, ReaderHung, FileTooDemanding)
"""What ends the process and not the reading."""
OWN = (StoreFull, StoreUnwritable)
"""What is no fault of the file: the reading goes on when it is mended."""
WHY_EMPTY: dict[Trouble, type[AppError]] = {
    Trouble.NO_RECOGNISER: RecogniserMissing,
    Trouble.DAMAGED: FileDamaged,
    Trouble.TOO_LONG: ReaderHung,
}
"""Why a document has no words at all."""
HARMLESS = frozenset({Trouble.NO_WORDS})
"""A page that was looked at, and has nothing to find on it."""

Pass = Callable[[], None]
"""Lets the reading go on, or holds it; raises to break it off: what is stored by then stays."""


class DocumentReading:
    """Works on the library lane, with a reader of its own."""

    def __init__(  # noqa: PLR0913 - collaborators
        self,
        shelf: Shelf,
        reader: DocumentReader,
        split: Splitting,
        language_of: Callable[[str], str],
        importer: Importer,
        rates: Rates,
        publish: Publish,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read nothing yet.

        Args:
            shelf: where the store is found.
            reader: the process that parses.
            split: cuts a page into passages, below the headings that are open; returns those open after it.
            language_of: tells the language of some text.
            importer: takes in what is enclosed.
            rates: learn how fast it was.
            publish: announces.
            monotonic: the clock.
        """
        self._shelf = shelf
        self._reader = reader
        self._split = split
        self._language_of = language_of
        self._importer = importer
        self._rates = rates
        self._publish = publish
        self._monotonic = monotonic

    def read(
        self, source: LibrarySource, password: str, go_on: Pass, told: Callable[[int, int], None]
    ) -> LibrarySource:
        """Read a source from the page after the last one that is stored; returns it as it ended.

        Args:
            source: one that is not wholly read.
            password: of a protected file; empty where none was given.
            go_on: passed between pages.
            told: called with (pages done, pages in all).

        Raises:
            StoreFull: the disk is full; what is stored stays, and the source waits.
            Cancelled: as `go_on` says, or the reader was cancelled; what came is stored.
            SourceAltered: another content lies where it was linked.
        """
        run = PageRun(self._shelf, source, self._split, self._language_of, self._monotonic)
        run.recall()
        began, held = self._monotonic(), 0.0

        def passed() -> None:
            nonlocal held
            before = self._monotonic()
            go_on()
            held += self._monotonic() - before

        try:
            self._read(run, password, passed, told)
        except (*OWN, SourceAltered, SourceMissing):
            raise
        except AppError as error:
            if run.facts is not None and not isinstance(error, DocumentEmpty | SourceGone):
                run.fault(Trouble.DAMAGED)
            ended = self._close(run, error)
        except BaseException:
            with suppress(AppError):
                run.flush()
            raise
        else:
            ended = self._close(run, None)
        if not source.pages_read:
            suffix = PurePath(source.name).suffix.lower()
            self._rates.read(suffix, source.size, run.characters, self._monotonic() - began - held)
        return ended

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled."""
        self._reader.cancel()

    def close(self) -> None:
        """End the reader's process; after its lane."""
        self._reader.cancel()
        self._reader.close()

    def _read(self, run: PageRun, password: str, go_on: Pass, told: Callable[[int, int], None]) -> None:
        tries, in_a_row = 0, 0
        while True:
            page = run.next_page
            try:
                self._once(run, password, go_on, told)
            except DIED as error:
                run.flush()
                went_on = run.next_page > page
                tries = 1 if went_on else tries + 1
                in_a_row = 0 if went_on else in_a_row
                if tries < TRIES:
                    continue
                trouble = Trouble.TOO_LONG if isinstance(error, ReaderHung) else Trouble.DAMAGED
                in_a_row += 1
                if run.facts is None or in_a_row >= IN_A_ROW:
                    raise
                if run.at_its_end:  # it died of what is enclosed
                    run.fault(trouble)
                    return
                run.pass_over(trouble)
                tries = 0
            else:
                return

    def _once(self, run: PageRun, password: str, go_on: Pass, told: Callable[[int, int], None]) -> None:
        wish = DocumentWish(run.next_page, password, (run.source.language,) if run.source.language else ())
        enclosed = Assembled()
        with self._opened(run.source) as file:
            try:
                for one in self._reader.read(file, wish):
                    go_on()
                    self._take(run, enclosed, one)
                    told(run.next_page - 1, run.pages)
            except BaseException:
                self._reader.cancel()  # somebody left it early, or it ended: it need not go on
                raise

    def _take(self, run: PageRun, enclosed: "Assembled", one: DocumentFacts | Page | Enclosed | Progress) -> None:
        match one:
            case DocumentFacts():
                run.begin(one)
            case Page():
                if stored := run.take(one):
                    self._publish(SourceChanged(stored))
            case Enclosed():
                self._enclose(run, enclosed, one)
            case Progress():
                pass

    def _enclose(self, run: PageRun, enclosed: "Assembled", piece: Enclosed) -> None:
        if (whole := enclosed.take(piece)) is None:
            return
        if enclosed.cut:
            run.fault(Trouble.CUT)
        else:
            self._importer.enclose(run.source, piece.name, whole)

    @contextmanager
    def _opened(self, source: LibrarySource) -> Iterator[Source]:
        """Open the file of a source: its kept copy, or the linked file, if it is the same still."""
        if source.keeping is Keeping.COPY:
            with self._shelf.attachments.open(source.digest, source.name) as kept:
                yield kept
            return
        path = Path(source.path)
        file = found_file(path)
        if file is None:
            raise SourceGone(name=source.name)
        if not file.is_the_file_of(source) and digest_of(file) != source.digest:
            raise SourceAltered(name=source.name)
        with opened(path, source.name) as handle:
            yield Source(handle, source.name)

    def _close(self, run: PageRun, error: AppError | None) -> LibrarySource:
        """Say how it ended, with which troubles and why."""
        name = run.source.name
        grave = [trouble for trouble, _ in run.troubles if trouble not in HARMLESS]
        if run.characters:
            state = SourceState.PARTLY if grave or error else SourceState.SEARCHED
        else:
            state = SourceState.UNREADABLE
            error = error or next((WHY_EMPTY[one](name=name) for one in grave if one in WHY_EMPTY), None)
            error = error or DocumentEmpty(name=name)
        ended = run.finish(state, type(error).__name__ if error else "", str(error) if error else "")
        self._publish(SourceChanged(ended))
        return ended


class Assembled:
    """What is enclosed in a file, put together of its pieces."""

    def __init__(self) -> None:
        self._pieces = io.BytesIO()
        self._files = 0
        self._bytes = 0
        self._too_large = False
        self.cut = False
        """The last file was too large, or there are too many."""

    def take(self, piece: Enclosed) -> bytes | None:
        """Take a piece; returns the whole with its last one."""
        self._bytes += len(piece.data)
        if self._pieces.tell() + len(piece.data) > LARGEST_ENCLOSED or self._bytes > MOST_ENCLOSED_BYTES:
            self._too_large = True
        if not self._too_large:
            self._pieces.write(piece.data)
        if not piece.last:
            return None
        self._files += 1
        self.cut, self._too_large = self._too_large or self._files > MOST_ENCLOSED, False
        whole, self._pieces = self._pieces.getvalue(), io.BytesIO()
        return whole
