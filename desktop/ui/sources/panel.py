"""The panel beside a conversation: the sources of one answer, and the page of the one that is looked at."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.boxes import boxes
from desktop.core.documents import Page
from desktop.core.grounding import FoundPassage, Quote
from desktop.core.library import LibrarySource, PageShown, Presence
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.page_canvas import Crop, PageCanvas
from desktop.ui.sources.reading_text import ReadingText
from desktop.ui.sources.row_button import RowButton
from desktop.ui.sources.sheet_page import SheetPage, only_table
from desktop.ui.sources.wording import one_line, place, shortened, unit_name
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel

LIST_SHARE = 4
"""The list takes a fourth of the panel at most."""


class Grip(QWidget):
    """The edge by which the panel is made wider.

    Signals:
        dragged: so many pixels towards the page.
        released: it stays there.
    """

    dragged = Signal(int)
    released = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._from: float | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._from = event.globalPosition().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._from is not None:
            gone = event.globalPosition().x() - self._from
            self._from = event.globalPosition().x()
            self.dragged.emit(round(gone if self.isRightToLeft() else -gone))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._from = None
        self.released.emit()


class SourcesPanel(QFrame):
    """Draws what the desk gives it.

    Signals:
        chosen: the number of another source.
        turned: so many pages on.
        closed: the person is done.
    """

    chosen = Signal(int)
    turned = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setAccessibleName(translate("sources", "Sources of the answer"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.passage: FoundPassage | None = None
        self._quote: Quote | None = None
        self._page: Page | None = None
        self.rows: dict[int, RowButton] = {}
        self.grip = Grip(self)
        self.title = ElidedLabel("", "heading", self)
        self.cross = IconButton("close", translate("sources", "Close (Esc)"), self)
        self.list = QScrollArea(self)
        self.name = ElidedLabel("", "heading", self)
        self.where = PlainLabel("", "small", self)
        self.back = IconButton("chevron-up", translate("sources", "Page before (Page up)"), self)
        self.forward = IconButton("chevron-down", translate("sources", "Next page (Page down)"), self)
        self.smaller = IconButton("minus", translate("sources", "Smaller (-)"), self)
        self.larger = IconButton("plus", translate("sources", "Larger (+)"), self)
        self.quote = PlainLabel("", "muted", self, wraps=True)
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.crop = Crop(self)
        self.note = PlainLabel("", "small", self, wraps=True)
        self.canvas = PageCanvas(self)
        self.text = ReadingText(theme, self)
        self.sheet = SheetPage(theme, self)
        self.state = PlainLabel("", "muted", self, wraps=True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget(self)
        for one in (self.state, self.canvas, self.text, self.sheet):
            self.pages.addWidget(one)
        self._lay_out()
        self.cross.clicked.connect(self.closed)
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.forward.clicked.connect(lambda: self.turned.emit(1))
        self.smaller.clicked.connect(lambda: self.canvas.step(-1))
        self.larger.clicked.connect(lambda: self.canvas.step(1))

    def show_list(self, passages: Sequence[FoundPassage], quotes: Mapping[int, Quote], count: int) -> None:
        """List sources of an answer, perhaps some of many."""
        title = translate("sources", "{count} sources", count=f"{count:,}")
        if len(passages) < count:
            title = translate("sources", "{shown} of {count} sources", shown=len(passages), count=f"{count:,}")
        self.title.show_text(translate("sources", "1 source") if count == 1 else title)
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = {}
        for one in passages:
            quote = quotes.get(one.number)
            words = f"{place(one)} · “{shortened(quote.text if quote else one.text, 120)}”"
            row = RowButton(one_line(one.name), words, str(one.number), None, sheet, lines=1)
            row.setCheckable(True)
            row.setAutoExclusive(True)
            row.clicked.connect(partial(self.chosen.emit, one.number))
            column.addWidget(row)
            self.rows[one.number] = row
        column.addStretch(1)
        self.list.setWidget(sheet)
        self._fit_list()

    def show_passage(self, passage: FoundPassage, quote: Quote | None) -> None:
        """Turn to a source; its page is still to come."""
        self.passage, self._quote, self._page = passage, quote, None
        if passage.number in self.rows:
            self.rows[passage.number].setChecked(True)
            self.list.ensureWidgetVisible(self.rows[passage.number], 0, 0)
        self.name.show_text(one_line(passage.name))
        self.where.setText(place(passage))
        words = shortened(quote.text if quote else passage.text, 400)
        self.quote.setText(f"“{words}”")
        self.quote.setVisible(bool(words))  # a document that is opened at its beginning has none
        self.crop.show_picture(QPixmap())
        self.note.setText(translate("sources", "From a scan: compare") if passage.scanned else "")
        self.note.setVisible(passage.scanned)
        self.wait()

    def wait(self) -> None:
        """Say that a page is on its way."""
        self.say(translate("sources", "Opening the page …"))

    def say(self, words: str) -> None:
        """Say something in the place of the page."""
        self.state.setText(words)
        self.pages.setCurrentWidget(self.state)
        for one in (self.smaller, self.larger):
            one.setEnabled(False)

    def show_page(self, shown: PageShown, *, pictured: bool) -> None:
        """Show the text of a page, or wait for its picture."""
        self._page = shown.page
        self.where.setText(self._where(shown))
        self.back.setEnabled(shown.page.number > 1)
        self.forward.setEnabled(shown.page.number < shown.source.pages)
        self._tell_presence(shown.source, scanned=shown.page.scanned)
        if not pictured:
            self.show_text()

    def show_picture(self, picture: QPixmap) -> None:
        """Show the look of the page, the passage boxed."""
        page, passage = self._page, self.passage
        if page is None or passage is None:
            return
        here = page.number == passage.page
        passages = boxes(page, passage.start, passage.end) if here else ()
        quotes = boxes(page, self._quote.start, self._quote.end) if here and self._quote else ()
        self.pages.setCurrentWidget(self.canvas)
        self.canvas.show_page(picture, passages, quotes)
        self.canvas.setAccessibleName(f"{self.name.text()}, {self.where.text()}")
        for one in (self.smaller, self.larger):
            one.setEnabled(True)
        self.crop.show_picture(self.canvas.crop() if here and passage.scanned else QPixmap())

    def show_text(self) -> None:
        """Show the page as text."""
        page, passage = self._page, self.passage
        if page is None or passage is None:
            return
        start, end = (self._quote.start, self._quote.end) if self._quote else (passage.start, passage.end)
        here = page.number == passage.page
        start, end = (start, end) if here else (0, 0)
        name = f"{self.name.text()}, {self.where.text()}"
        if (table := only_table(page)) is not None:
            self.pages.setCurrentWidget(self.sheet)
            self.sheet.show_page(page, table, start, end)
            self.sheet.setAccessibleName(name)
        else:
            self.pages.setCurrentWidget(self.text)
            self.text.show_page(page, start, end)
            self.text.setAccessibleName(name)
        for one in (self.smaller, self.larger):
            one.setEnabled(False)

    def add_note(self, words: str) -> None:
        """Say something more above the page."""
        self.note.setText("\n".join(one for one in (self.note.text(), words) if one))
        self.note.show()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.text.apply_theme(theme)
        self.sheet.apply_theme(theme)
        if self.pages.currentWidget() in (self.text, self.sheet):
            self.show_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, zoom, close."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_PageUp if self.back.isEnabled():
                self.turned.emit(-1)
            case Qt.Key.Key_PageDown if self.forward.isEnabled():
                self.turned.emit(1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.canvas.step(1)
            case Qt.Key.Key_Minus:
                self.canvas.step(-1)
            case Qt.Key.Key_0:
                self.canvas.fit()
            case _:
                super().keyPressEvent(event)

    def _where(self, shown: PageShown) -> str:
        number, count, label = shown.page.number, shown.source.pages, one_line(shown.page.label)
        where = unit_name(shown.source.unit, label or number)
        if count <= 1:
            return where
        if label and label != str(number):
            return translate("sources", "{place} ({number} of {count})", place=where, number=number, count=count)
        return translate("sources", "{place} of {count}", place=where, count=count)

    def _tell_presence(self, source: LibrarySource, *, scanned: bool) -> None:
        said = [translate("sources", "From a scan: compare")] if scanned else []
        match source.presence:
            case Presence.CHANGED:
                said.append(translate("sources", "The file was changed since. This is the text that was read then."))
            case Presence.GONE:
                said.append(translate("sources", "The file is no longer where it was. Its text is kept."))
            case Presence.HERE:
                pass
        self.note.setText("\n".join(said))
        self.note.setVisible(bool(said))

    def _fit_list(self) -> None:
        rows = sum(row.sizeHint().height() for row in self.rows.values())
        self.list.setFixedHeight(max(px(44), min(rows, self.height() // LIST_SHARE)))
        self.list.setVisible(len(self.rows) > 1)

    def _lay_out(self) -> None:
        self.list.setWidgetResizable(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        head, about, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.title, 1)
        head.addWidget(self.cross)
        about.addWidget(self.where, 1)
        for one in (self.back, self.forward, self.smaller, self.larger):
            about.addWidget(one)
        column.setContentsMargins(px(14), px(8), px(8), px(8))
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(self.list)
        column.addSpacing(px(4))
        column.addWidget(self.name)
        column.addLayout(about)
        for widget in (self.note, self.quote, self.crop):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
