"""The pages of one source on their way into the store, in small batches that are whole or not there."""

import time
from collections.abc import Callable

from desktop.core.document_errors import SourceMissing
from desktop.core.documents import DocumentFacts, Page, Trouble
from desktop.core.library import LibrarySource, SourceState, Split
from desktop.services.shelf import Shelf

BATCH_PAGES = 20
BATCH_SECONDS = 1.0
BATCH_CHARACTERS = 400_000
SAMPLE_CHARACTERS = 4000
"""Of the first pages; enough to tell a language by."""

Headings = tuple[tuple[int, str], ...]
Splitting = Callable[[Page, Headings], tuple[tuple[Split, ...], Headings]]


class PageRun:
    """Takes pages in order and knows which one comes next. One thread.

    What was stored before a break is read again from the store: the headings that are open, and the troubles.
    """

    def __init__(
        self,
        shelf: Shelf,
        source: LibrarySource,
        split: Splitting,
        language_of: Callable[[str], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.source = source
        self.facts: DocumentFacts | None = None
        self.characters = 0
        self.next_page = source.pages_read + 1
        self._shelf = shelf
        self._split = split
        self._language_of = language_of
        self._monotonic = monotonic
        self._headings: Headings = ()
        self._troubles: dict[Trouble, list[int]] = {}
        self._sample = ""
        self._batch: list[tuple[Page, tuple[Split, ...]]] = []
        self._batch_began = 0.0
        self._batch_characters = 0
        self._begun = True

    @property
    def pages(self) -> int:
        """How many there are; 0 while nobody knows."""
        return self.facts.pages if self.facts else self.source.pages

    @property
    def at_its_end(self) -> bool:
        """Whether all pages are there."""
        return bool(self.pages) and self.next_page > self.pages

    @property
    def troubles(self) -> tuple[tuple[Trouble, tuple[int, ...]], ...]:
        """What went wrong, and on which pages; no pages where it is none of theirs."""
        return tuple((trouble, tuple(pages)) for trouble, pages in self._troubles.items())

    def recall(self) -> None:
        """Look through the pages that are stored already."""
        for number in range(1, self.next_page):
            try:
                page = self._shelf.library.sources.page(self.source.id, number)
            except SourceMissing:
                self.fault(Trouble.DAMAGED, number)
            else:
                self._divide(page)

    def begin(self, facts: DocumentFacts) -> None:
        """Take what the document is; it is stored with the first pages."""
        self.facts = facts
        self._begun = False

    def take(self, page: Page) -> LibrarySource | None:
        """Take the next page; returns the source when this stored a batch of them.

        Pages that a reader left out are there too, empty, with their trouble; one that is known already is none.
        """
        if page.number < self.next_page:
            return None
        while self.next_page < page.number:
            self.pass_over(Trouble.DAMAGED)
        self._put(page)
        full = len(self._batch) >= BATCH_PAGES or self._batch_characters >= BATCH_CHARACTERS
        return self.flush() if full or self._monotonic() - self._batch_began >= BATCH_SECONDS else None

    def pass_over(self, trouble: Trouble) -> None:
        """Let an empty page stand for the next one, which cannot be read."""
        self._put(Page(self.next_page, "", trouble=trouble))

    def fault(self, trouble: Trouble, *pages: int) -> None:
        """Remember that something went wrong."""
        self._troubles.setdefault(trouble, []).extend(pages)

    def flush(self) -> LibrarySource:
        """Store what was taken, in one transaction.

        Raises:
            StoreFull: the disk is full; nothing of the batch is stored.
        """
        with self._shelf.library.together():
            source = self._store()
        self.source, self._batch, self._batch_characters, self._begun = source, [], 0, True
        return source

    def finish(self, state: SourceState, failure: str = "", reason: str = "") -> LibrarySource:
        """Store what was taken and how it ended, in one transaction."""
        library = self._shelf.library
        with library.together():
            source = self._store()
            if not source.language and (language := self._language_of(self._sample)):
                library.sources.note(source.id, language=language)
            self.source = library.sources.finish(
                source.id, state, troubles=self.troubles, failure=failure, reason=reason
            )
        self._batch, self._begun = [], True
        return self.source

    def _put(self, page: Page) -> None:
        if not self._batch:
            self._batch_began = self._monotonic()
        self._batch.append((page, self._divide(page)))
        self._batch_characters += len(page.text) + 100 * sum(len(one.rows) for one in page.tables)
        self.next_page = page.number + 1

    def _divide(self, page: Page) -> tuple[Split, ...]:
        splits, self._headings = self._split(page, self._headings)
        self.characters += len(page.text.strip())
        if page.trouble is not None:
            self.fault(page.trouble, page.number)
        if len(self._sample) < SAMPLE_CHARACTERS:
            self._sample += page.text[:SAMPLE_CHARACTERS] + "\n"
        return splits

    def _store(self) -> LibrarySource:
        source, sources = self.source, self._shelf.library.sources
        if not self._begun and self.facts is not None:
            source = sources.begin(source.id, self.facts)
        if self._batch:
            source = sources.put_pages(source.id, self._batch)
        if not source.language and len(self._sample) >= SAMPLE_CHARACTERS:
            source = sources.note(source.id, language=self._language_of(self._sample))
        return source
