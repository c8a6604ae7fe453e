"""Opens pages of documents in the sources panel, beside the library's page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.core.grounding import FoundPassage
from desktop.core.library import Hit, LibrarySource
from desktop.ui.library.view import LibraryView
from desktop.ui.sources.commands import PageCommands
from desktop.ui.sources.desk import SourcesDesk
from desktop.ui.theme import Theme


class PageOpening:
    """Follows `page_wanted`. What was found beside it is listed too, so that one can go from passage to passage."""

    def __init__(
        self, page: LibraryView, pages: PageCommands, theme: Theme, found: Callable[[], tuple[Hit, ...]]
    ) -> None:
        self.desk = SourcesDesk(page, pages, theme)
        self._found = found
        page.page_wanted.connect(self._open)

    def _open(self, source: LibrarySource, page: int, start: int, end: int) -> None:
        hits = self._found() if end else ()
        wanted = (source.id, page, start, end)
        for number, hit in enumerate(hits, 1):
            passage = hit.passage
            if (passage.source, passage.page, passage.start, passage.end) == wanted:
                self.desk.open([_passage(at, one) for at, one in enumerate(hits, 1)], None, number)
                return
        self.desk.open([FoundPassage(1, source.id, source.name, page, start, end, "", unit=source.unit)], None, 1)


def _passage(number: int, hit: Hit) -> FoundPassage:
    source, passage = hit.source, hit.passage
    return FoundPassage(
        number,
        source.id,
        source.name,
        passage.page,
        passage.start,
        passage.end,
        passage.text,
        label=hit.label,
        unit=source.unit,
        heading=passage.heading,
        header=passage.header,
    )


def open_in_system(path: str) -> None:
    """Open the folder that a file lies in, with the program of the system for that."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))
