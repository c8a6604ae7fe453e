"""The text of one message: a read-only browser without bars that fetches nothing and follows no link by itself."""

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.ui.chat.formula_placer import formula_sources, plain_text
from desktop.ui.chat.markdown_styles import LINE_HEIGHT, PROPORTIONAL, QUOTED, RULE, SPOKEN
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.widgets.spoken import say

USUAL_WIDTH = 700
"""Laid out for this width until told otherwise: most of the time it is the right one."""


class MessageText(QTextBrowser):
    """A browser of one message.

    Signals:
        link_activated: a link was clicked or chosen by keyboard, with its address.
        pressed: the mouse went down at this position in the text.
        dragged: the mouse is held down and is now here, in global coordinates.
        released: the mouse went up.
    """

    link_activated = Signal(str)
    pressed = Signal(int)
    dragged = Signal(QPoint)
    released = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)  # else Qt wraps for a width of its own
        self.setLineWrapColumnOrWidth(USUAL_WIDTH)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.viewport().setAutoFillBackground(False)
        for one in (self, self.viewport()):
            one.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the message has one menu for all of it
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_activated.emit(url.toString()))
        self.highlighted.connect(self._say_link)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Answer nothing: a picture named by a model is never opened, from a disk or a network."""
        return None

    def _say_link(self, _address: QUrl) -> None:
        """Say what the link that the keyboard is on leads to, where that is more than its words."""
        cursor = self.textCursor()
        words = cursor.charFormat().stringProperty(SPOKEN)
        if words and cursor.hasSelection():
            say(self, words)

    @property
    def selected_text(self) -> str:
        """What is selected, formulas as their LaTeX."""
        return plain_text(self.textCursor())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words alone, formulas as their LaTeX."""
        data = QMimeData()
        data.setText(self.selected_text)
        return data

    def describe_formulas(self) -> None:
        """Tell screen readers, which pass over drawings, the LaTeX of what is drawn."""
        sources = formula_sources(self.document())
        words = translate("chat", "Formulas: {formulas}", formulas="; ".join(sources)) if sources else ""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def fit(self, width: int) -> int:
        """Lay out for this width; returns the height. The same width costs nothing."""
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        height = round(self.document().size().height() + 0.5)
        self._hold()
        return height

    def _hold(self) -> None:
        """Leave nothing to scroll to; the last words of a right-to-left text would be, and they would be cut off."""
        self.horizontalScrollBar().setRange(0, 0)
        self.verticalScrollBar().setRange(0, 0)

    def show_plain(self, text: str) -> None:
        """Show words as they are, in their own direction."""
        self.setPlainText(text)
        option = self.document().defaultTextOption()
        right = is_right_to_left(text)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, PROPORTIONAL)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, a line beside each quote, and rules."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        block = self.cursorForPosition(event.rect().topLeft()).block()
        layout = self.document().documentLayout()
        while block.isValid():
            area = layout.blockBoundingRect(block)
            if area.top() > event.rect().bottom():
                break
            if block.userState() == QUOTED:
                right = block.blockFormat().rightMargin() > 0
                follows = block.next().userState() == QUOTED
                end = layout.blockBoundingRect(block.next()).top() if follows else area.bottom()
                painter.drawRect(QRectF(self.width() - 3 if right else 0, area.top(), 3, end - area.top()))
            elif block.userState() == RULE:
                painter.drawRect(QRectF(0, area.top(), self.width(), 1))
            block = block.next()

    def select(self, start: int, end: int | None) -> None:
        """Select from one position to another; None is the end."""
        last = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(start, last))
        cursor.setPosition(last if end is None else min(end, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def position_at(self, pointer: QPoint) -> int:
        """Return the position in the text nearest to a place on the screen; beyond it, its beginning or end."""
        place = self.viewport().mapFromGlobal(pointer)
        if place.y() < 0:
            return 0
        if place.y() >= self.height():
            return self.document().characterCount() - 1
        return self.cursorForPosition(place).position()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(self.textCursor().anchor())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Reach with the selection to where the mouse is, inside or outside."""
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        super().mouseReleaseEvent(event)
        self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow a link on Enter, select all; the rest, copying too, is the transcript's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as `fit` laid it out: Qt would do all of it once more."""
        self._hold()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the transcript."""
        event.ignore()
