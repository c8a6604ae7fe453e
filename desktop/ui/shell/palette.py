"""The command palette: every command, conversation, model and settings page behind one field."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.shell.palette_rows import ENTRY, RowDelegate, RowsModel
from desktop.ui.shell.palette_stock import Entry, Sources, Stock, spoken
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import REPAINTED, tint
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.overlay import MARGIN, Overlay

WIDTH = 640
LEAST_HEIGHT = 200
LONGEST_QUERY = 100


class PaletteField(QLineEdit):
    """The field; the keys that mean the list are told to it."""

    stepped = Signal(int)
    paged = Signal(int)
    ended = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_QUERY)
        self.setPlaceholderText(translate("palette", "Find a command, conversation, model or setting"))
        self.setAccessibleName(translate("palette", "Find a command, conversation, model or setting"))
        self._glass = self.addAction(icon("search", tint("muted").name(), 16), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, take what is chosen, or type."""
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_PageDown:
                self.paged.emit(1)
            case Qt.Key.Key_PageUp:
                self.paged.emit(-1)
            case Qt.Key.Key_End if held:
                self.ended.emit(1)
            case Qt.Key.Key_Home if held:
                self.ended.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._glass.setIcon(icon("search", tint("muted").name(), 16))


class FoundList(QListView):
    """What was found; it paints its own ground, so that a key press does not paint the window below anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(translate("palette", "What was found"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QGuiApplication.palette().color(QPalette.ColorRole.Window))
        painter.end()
        super().paintEvent(event)


class Palette(Overlay):
    """Finds as you type; Enter or a click does what is chosen."""

    def __init__(self, sources: Sources, theme: Theme, host: QWidget) -> None:
        super().__init__(translate("palette", "Find anything"), WIDTH, host)
        self._stock = Stock(sources)
        self.field = PaletteField()
        self.rows = RowsModel(self)
        self.list = FoundList()
        self.empty = EmptyState(
            translate("palette", "Nothing found"),
            translate("palette", "Try fewer letters. To find words inside conversations, search in the sidebar."),
        )
        self._delegate = RowDelegate(theme, self.list)
        self._preparing = QTimer(self, interval=0)
        self._lay_out()
        self._preparing.timeout.connect(self._prepare)
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self._step)
        self.field.paged.connect(self._page)
        self.field.ended.connect(self._end)
        self.field.entered.connect(self._enter)
        self.list.clicked.connect(self._run)

    def open(self) -> None:
        """Ask for what there is, and show it."""
        if not self.is_open:
            self._stock.gather()
            self._find("")
            self._preparing.start()
        super().open()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def first_stop(self) -> QWidget:
        """Return the field."""
        return self.field

    def fit(self, space: QRect) -> QRect:
        """Begin a little below the top, be as high as the rows."""
        aside = self.height() // 9
        top = max(space.top(), min(aside, self.height() - LEAST_HEIGHT - MARGIN))
        most = min(self.height() - top - aside, space.bottom() - top)
        margins = self.content.contentsMargins()
        field = margins.top() + margins.bottom() + self.field.sizeHint().height() + self.content.spacing()
        inner = space.width() - margins.left() - margins.right()
        rows = self._delegate.height_of(self.rows.rows, self.list.font())
        below = rows if self.rows.rows else self.empty.heightForWidth(inner)
        return QRect(space.left(), top, space.width(), min(field + below + 2, max(most, LEAST_HEIGHT)))

    def closed_now(self) -> None:
        """Let go of the entries; the titles stay ready for the next time."""
        self._preparing.stop()
        self.field.clear()
        self.rows.show((), "")

    def _lay_out(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        self.content.addWidget(self.field)
        self.content.addWidget(self.list, 1)
        self.content.addWidget(self.empty, 1)

    def _prepare(self) -> None:
        """Make titles ready in the pauses between the events."""
        if not self._stock.prepare():
            self._preparing.stop()

    def _find(self, query: str) -> None:
        rows = self._stock.find(query)
        self.rows.show(rows, query)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.list.scrollToTop()
        self._choose(self.rows.next(0, 1))
        if not rows:
            self._say(translate("palette", "Nothing found"))
        self.place()

    def _step(self, way: int) -> None:
        self._choose(self.rows.next(self.list.currentIndex().row() + way, way))

    def _page(self, way: int) -> None:
        """Go as far as the list shows at once, and no further than its end."""
        height = max(1, self.list.sizeHintForRow(self.list.currentIndex().row()))
        rows = max(1, self.list.viewport().height() // height - 1)
        self._end(way, self.list.currentIndex().row() + way * rows)

    def _end(self, way: int, row: int | None = None) -> None:
        """Go to a row, or to the last one in that direction."""
        last = self.rows.rowCount() - 1
        wanted = (last if way > 0 else 0) if row is None else row
        if wanted <= 0:
            self._choose(self.rows.next(0, 1))
        elif wanted >= last:
            self._choose(self.rows.next(last, -1))
        else:
            self._choose(self.rows.next(wanted, way))

    def _choose(self, row: int) -> None:
        index = self.rows.index(row)
        self.list.setCurrentIndex(index)
        if row == 1:
            self.list.scrollToTop()
        entry: Entry | None = index.data(ENTRY)
        if entry is not None:
            self._say(spoken(entry))

    def _say(self, words: str) -> None:
        """Let a screen reader follow: the focus stays in the field."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    def _enter(self) -> None:
        self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY)
        if entry is not None:
            self._stock.use(entry)
            self.leave()
            entry.act()
