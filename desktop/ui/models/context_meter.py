"""The context meter in the top bar: how full the model's window is with the conversation in sight."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from desktop.core.context_use import ContextUse
from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.events import ContextMeasured, Event, ThreadOpened
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import REPAINTED
from desktop.ui.widgets.drawing import SMALL, draw_line, set_font

if TYPE_CHECKING:
    from desktop.ui.models.context_popup import ContextPopup

WIDE, HIGH = 110, 6
GAP = 8
MARGIN = 8
FULL = 0.9
"""From this share on the bar warns."""


class ContextMeter(QPushButton):
    """A bar and two numbers; it opens what takes the room. Out of sight in a new chat, and where there is no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._use: ContextUse | None = None
        self._shown = NEW_CONVERSATION
        self._has_room = True
        self._is_wide = True
        self._popup: ContextPopup | None = None
        self._name = translate("models", "Context")
        self.setAccessibleName(self._name)
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open)
        self.hide()

    def apply(self, event: Event) -> None:
        """Follow the conversation in sight and what it takes."""
        match event:
            case ThreadOpened(thread):
                if thread.summary.id != self._shown or not thread.messages:
                    self._shown, self._use = thread.summary.id, None
                    self._say()
            case ContextMeasured(use) if use.conversation == self._shown:
                self._use = use
                self._say()
            case _:
                pass

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.updateGeometry()
        self.update()
        if self._popup is not None:
            self._popup.apply_theme(theme)

    def make_room(self, has_room: bool, is_wide: bool) -> None:
        """Say whether there is room for the meter, and for its name too."""
        self._has_room, self._is_wide = has_room, is_wide
        self.setVisible(self._use is not None and has_room)
        self.updateGeometry()

    def popup(self) -> "ContextPopup":
        """Return the pop-up that says what takes the room."""
        if self._popup is None:
            from desktop.ui.models.context_popup import ContextPopup  # noqa: PLC0415 - not for the start

            self._popup = ContextPopup(self._theme, self)
        return self._popup

    def open(self) -> None:
        """Show what takes the room."""
        if self._use is not None:
            self.popup().show_use(self._use)
            self.popup().open_below(self)

    def sizeHint(self) -> QSize:
        """As wide as name, bar and numbers."""
        return QSize(sum(self._parts()) + 2 * px(MARGIN), px(32))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, the bar and the numbers."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        if self._use is not None:
            self._draw(painter, self._use)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self.updateGeometry()

    def _draw(self, painter: QPainter, use: ContextUse) -> None:
        theme, side = self._theme, self.layoutDirection()
        name, bar, numbers = self._parts()
        place = QRect(px(MARGIN), 0, name, self.height())
        set_font(painter, self.font(), pixels=px(SMALL))
        painter.setPen(QColor(theme.muted))
        if name:
            draw_line(painter, QStyle.visualRect(side, self.rect(), place), self._name, side)
        top = (self.height() - px(HIGH)) // 2
        track = QRect(px(MARGIN) + name, top, px(WIDE), px(HIGH))
        filled = QRect(track)
        filled.setWidth(max(px(HIGH), round(track.width() * use.share)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, color in ((track, theme.line), (filled, theme.danger if use.share >= FULL else theme.accent)):
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QStyle.visualRect(side, self.rect(), rect), px(HIGH) / 2, px(HIGH) / 2)
        painter.setPen(QColor(theme.muted))
        place = QRect(px(MARGIN) + name + bar, 0, numbers, self.height())
        draw_line(painter, QStyle.visualRect(side, self.rect(), place), wording.fill(use), side)

    def _parts(self) -> tuple[int, int, int]:
        """Return the widths of name, bar and numbers, with the gaps behind the first two."""
        font = self.font()
        font.setPixelSize(px(SMALL))
        metrics = QFontMetrics(font)
        name = metrics.horizontalAdvance(self._name) + px(GAP) if self._is_wide else 0
        numbers = metrics.horizontalAdvance(wording.fill(self._use)) + 2 if self._use else 0
        return name, px(WIDE) + px(GAP), numbers

    def _say(self) -> None:
        use = self._use
        self.setVisible(use is not None and self._has_room)
        if use is None:
            return
        words = ". ".join(one for one in (wording.fill_explained(use), wording.left_out(use)) if one)
        self.setToolTip(words)
        self.setAccessibleName(translate("models", "Context: {words}", words=words))
        self.updateGeometry()
        self.update()
        if self._popup is not None and self._popup.isVisible():
            self._popup.show_use(use)
