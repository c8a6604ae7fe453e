"""The documents beside a question in its bubble, and which collections it is asked of."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop.core.grounding import NO_COLLECTION, DocumentPart, ScopePart
from desktop.core.messages import Message
from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import one_line
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drawing import draw_line

HEIGHT, GAP, PADDING, SIGN = 30, 4, 8, 16


def asked_of(scope: ScopePart) -> str:
    """Return which documents a question is asked of."""
    names = ", ".join(one_line(name) for name in scope.names)
    return translate("chat", "Asked of: {names}", names=names) if names else translate("chat", "Asked of: my documents")


class DocumentTags(QWidget):
    """A line for each document; it paints itself."""

    def __init__(self, message: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[tuple[IconName, str]] = [("paperclip", _told(one)) for one in message.documents]
        if message.scope is not None and NO_COLLECTION not in message.scope.collections:
            self.lines.append(("folder", asked_of(message.scope)))
        self.setAccessibleName(". ".join(words for _, words in self.lines))
        self.setToolTip("")
        self.show()

    @staticmethod
    def are_wanted(message: Message) -> bool:
        """Whether a question has any."""
        scope = message.scope
        return bool(message.documents or (scope is not None and NO_COLLECTION not in scope.collections))

    def fit(self, room: int) -> tuple[int, int]:
        """Return how wide and how high it is where there is so much room."""
        widest = max(self.fontMetrics().horizontalAdvance(words) for _, words in self.lines)
        wanted = widest + px(SIGN) + 3 * px(PADDING) + 2
        return min(room, wanted), len(self.lines) * (px(HEIGHT) + px(GAP)) - px(GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        palette = self.palette()
        ground, ink = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, padding, sign = 0, px(PADDING), px(SIGN)
        right = self.isRightToLeft()
        for name, words in self.lines:
            place = QRect(0, top, self.width(), px(HEIGHT))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(place), px(8), px(8))
            left = self.width() - padding - sign if right else padding
            spot = QRect(left, top + (place.height() - sign) // 2, sign, sign)
            icon(name, tint("muted").name(), sign).paint(painter, spot)
            painter.setPen(ink)
            begin = padding if right else 2 * padding + sign
            line = QRect(begin, top, self.width() - 3 * padding - sign, place.height())
            draw_line(painter, line, words, self.layoutDirection())
            top += px(HEIGHT) + px(GAP)
        painter.end()


def _told(part: DocumentPart) -> str:
    return one_line(part.name)
