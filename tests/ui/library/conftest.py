"""A page over recording services, and documents in every state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId, PassageId, SourceId
from desktop.core.documents import DocumentKind, Trouble
from desktop.core.library import (
    Collection,
    Hit,
    Keeping,
    LibrarySource,
    Passage,
    Presence,
    SourceState,
    Survey,
)
from desktop.core.library_events import CollectionsListed, SourcesListed
from desktop.ui.library.page import LibraryPage
from desktop.ui.notices import Notice
from desktop.ui.theme import light

LEASES = Collection(CollectionId(1), "Leases", sources=6, waiting=1)
TAXES = Collection(CollectionId(2), "Taxes", sources=1)


def source(number: int, name: str, **fields: Any) -> LibrarySource:
    kept = {"state": SourceState.SEARCHED, "kind": DocumentKind.PDF, "pages": 3, "pages_read": 3, **fields}
    path = kept.pop("path", f"/home/anna/{name}")
    keeping = kept.pop("keeping", Keeping.COPY)
    added = kept.pop("added", 1_700_000_000.0 + number)
    modified = kept.pop("modified", 1_600_000_000.0)
    collection = kept.pop("collection", LEASES.id)
    return LibrarySource(SourceId(number), collection, name, path, keeping, str(number), 1000, modified, added, **kept)


READ = source(1, "Lease.pdf", pages=12, pages_read=12)
READING = source(2, "Report.pdf", state=SourceState.READING, pages=500, pages_read=11)
WAITING = source(3, "Talk.pptx", state=SourceState.WAITING, kind=None, pages=0, pages_read=0)
PARTLY = source(4, "Scan.pdf", state=SourceState.PARTLY, troubles=((Trouble.NO_WORDS, (3, 4, 5, 9)),))
LOCKED = source(
    5, "Salaries.xlsx", state=SourceState.UNREADABLE, kind=DocumentKind.XLSX, pages_read=0, failure="DocumentLocked"
)
GONE = source(6, "Old.docx", kind=DocumentKind.DOCX, presence=Presence.GONE, keeping=Keeping.LINKED)
ALL = (READ, READING, WAITING, PARTLY, LOCKED, GONE)


def hit(number: int = 1, text: str = "The notice period is three months.", marks: Any = ((4, 10),)) -> Hit:
    passage = Passage(PassageId(number), READ.id, 3, 10, 10 + len(text), text, heading="Terms › Notice")
    return Hit(passage, READ, "", 1.0, marks)


def survey(count: int = 2, **fields: Any) -> Survey:
    return Survey(tuple(Path(f"/home/anna/{one}.pdf") for one in range(count)), 2_400_000, **fields)


class Page(LibraryPage):
    """The real page, with what it told and opened."""

    told: list[Notice]
    folders: list[str]


@pytest.fixture
def make(qtbot: QtBot, services: Any) -> Callable[..., Page]:
    def made(width: int = 1000, height: int = 700) -> Page:
        told: list[Notice] = []
        folders: list[str] = []
        page = Page(services.library, services.embedders, told.append, light(), folders.append)
        page.told, page.folders = told, folders
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        return page

    return made


@pytest.fixture
def page(make: Callable[..., Page]) -> Page:
    """A page that shows the documents of a collection."""
    made = make()
    made.arrive()
    made.apply(CollectionsListed((LEASES, TAXES)))
    made.apply(SourcesListed(LEASES.id, ALL))
    return made


@pytest.fixture
def asked(services: Any) -> Callable[[str], list[tuple[Any, ...]]]:
    """Return the commands of one name that the services of the library were given."""

    def of(name: str) -> list[tuple[Any, ...]]:
        parts = services.library
        return [
            one[1:] for part in (parts.library, parts.indexing, parts.search) for one in part.asked if one[0] == name
        ]

    return of


def names(page: LibraryPage) -> list[str]:
    """Return the documents in sight, in their order."""
    return [page.sources.index(row).data() for row in range(page.sources.rowCount())]
