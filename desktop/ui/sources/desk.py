"""Keeps the sources panel: opens it beside the page or over it, asks for pages, hands on what comes."""

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.document_errors import SourceMissing
from desktop.core.documents import DRAWN
from desktop.core.events import Event, Failed, ThreadOpened
from desktop.core.grounding import ChecksPart, FoundPassage, Quote
from desktop.core.library_events import PageOpened, PagePictured
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.commands import PageCommands
from desktop.ui.texts import sentence
from desktop.ui.theme import Theme
from desktop.ui.widgets.drawing import pixmap_of

if TYPE_CHECKING:
    from desktop.ui.sources.panel import SourcesPanel

WIDTH, LEAST, LEFT_FOR_PAGE, EDGE, GRIP = 440, 300, 420, 8, 6
MOST = 20
"""So many sources are listed at once."""
PAGE_PIXELS = 1400
"""So wide a page is drawn, whatever the panel's width: it can be enlarged at once."""


class SourcesDesk(QObject):
    """One panel for the page of conversations.

    Signals:
        resized: it is so wide now, by the person's hand.
        left: it was closed.
    """

    resized = Signal(int)
    left = Signal()

    def __init__(self, host: QWidget, pages: PageCommands, theme: Theme, width: int = 0) -> None:
        """Show nothing yet.

        Args:
            host: what the panel stands beside, or lies over where that is narrow.
            pages: opens pages.
            theme: the colours worn now.
            width: how wide it was left, 0 = usual.
        """
        super().__init__(host)
        self._host, self._pages, self._theme = host, pages, theme
        self._width = width or px(WIDTH)
        self._tokens = count(1)
        self._token = ""
        self._number = 0
        self._passages: Sequence[FoundPassage] = ()
        self._quotes: dict[int, Quote] = {}
        self._page = 0
        self._conversation = 0
        self._listed: Sequence[FoundPassage] | None = None
        self.panel: SourcesPanel | None = None
        host.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the panel is in sight."""
        return self.panel is not None and not self.panel.isHidden()

    def open(self, passages: Sequence[FoundPassage], checks: ChecksPart | None, number: int) -> None:
        """Show a source of an answer at its passage."""
        panel = self._made()
        all_checks = checks.checks if checks is not None else ()
        self._quotes = {quote.number: quote for check in reversed(all_checks) for quote in reversed(check.quotes)}
        self._passages = passages
        panel.show()
        self.place()
        listed = near(passages, number)
        if self._listed != listed:
            self._listed = listed
            panel.show_list(listed, self._quotes, len(passages))
        self.choose(number)
        panel.raise_()
        panel.setFocus()

    def choose(self, number: int) -> None:
        """Turn to one of the sources."""
        passage = next((one for one in self._passages if one.number == number), None)
        if passage is not None and self.panel is not None:
            self._number = number
            self.panel.show_passage(passage, self._quotes.get(number))
            self._ask(passage, passage.page)

    def turn(self, by: int) -> None:
        """Show a page before or behind."""
        passage = next((one for one in self._passages if one.number == self._number), None)
        if passage is not None and self._page + by >= 1:
            self._ask(passage, self._page + by)

    def close(self) -> None:
        """Put the panel away; the keyboard goes back to the page."""
        if self.panel is not None and self.is_open:
            self._leave()
            held = QApplication.focusWidget()
            had_keyboard = held is not None and (held is self.panel or self.panel.isAncestorOf(held))
            self.panel.hide()
            self.place()
            if had_keyboard:
                self._host.setFocus()
            self.left.emit()

    def apply(self, event: Event) -> None:
        """Show what was asked for; everything else is no business of the panel's."""
        panel = self.panel
        if isinstance(event, ThreadOpened) and event.thread.summary.id != self._conversation:
            self._conversation = event.thread.summary.id
            self.close()
        if panel is None or not self._token:
            return
        match event:
            case PageOpened(token, shown) if token == self._token:
                drawn = shown.source.kind in DRAWN
                panel.show_page(shown, pictured=drawn)
                if not drawn:
                    self._token = ""
            case PagePictured(token=token) if token == self._token:
                self._token = ""
                if event.picture is not None:
                    panel.show_picture(pixmap_of(event.picture))
                    return
                panel.show_text()
                if event.error is not None:
                    panel.add_note(sentence(event.error))
            case Failed(SourceMissing()):
                self._token = ""
                panel.say(translate("sources", "This document is no longer in the library. The words above are kept."))

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        if self.panel is not None:
            self.panel.apply_theme(theme)

    def place(self) -> None:
        """Stand beside the page, or over it where there is no room for both."""
        layout = self._host.layout()
        host, panel = self._host, self.panel
        if layout is None or panel is None:
            return
        beside = host.width() >= px(LEAST) + px(LEFT_FOR_PAGE)
        width = max(px(LEAST), min(self._width, host.width() - px(LEFT_FOR_PAGE)))
        taken = width + EDGE if beside and self.is_open else 0
        right = host.isRightToLeft()
        layout.setContentsMargins(taken if right else 0, 0, 0 if right else taken, 0)
        inner = host.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        width = width if beside else inner.width()
        left = inner.left() if right else inner.right() - width + 1
        panel.setGeometry(QRect(left, inner.top(), width, inner.height()))
        panel.grip.setVisible(beside)
        panel.grip.setGeometry(width - GRIP if right else 0, 0, GRIP, inner.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.is_open:
            self.place()
        return False

    def _ask(self, passage: FoundPassage, page: int) -> None:
        self._leave()
        self._page = page
        self._token = f"source page {next(self._tokens)}"
        self._pages.open_page(passage.source, page, self._token, PAGE_PIXELS)

    def _leave(self) -> None:
        if self._token:
            self._pages.leave(self._token)
            self._token = ""

    def _drag(self, by: int) -> None:
        if self.panel is not None:
            self._width = max(px(LEAST), min(self.panel.width() + by, self._host.width() - px(LEFT_FOR_PAGE)))
            self.place()

    def _made(self) -> "SourcesPanel":
        if self.panel is None:
            from desktop.ui.sources.panel import SourcesPanel  # noqa: PLC0415 - not for the start

            self.panel = SourcesPanel(self._theme, self._host)
            self.panel.hide()
            self.panel.closed.connect(self.close)
            self.panel.chosen.connect(self.choose)
            self.panel.turned.connect(self.turn)
            self.panel.grip.dragged.connect(self._drag)
            self.panel.grip.released.connect(lambda: self.resized.emit(self._width))
        return self.panel


def near(passages: Sequence[FoundPassage], number: int) -> Sequence[FoundPassage]:
    """Return the passages that are listed: all of them, of very many those around one."""
    if len(passages) <= MOST:
        return passages
    at = next((at for at, one in enumerate(passages) if one.number == number), 0)
    first = max(0, min(at - MOST // 2, len(passages) - MOST))
    return passages[first : first + MOST]
