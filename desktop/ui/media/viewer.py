"""The overlay that shows one picture after the other, or what plays a film or a sound."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.attachments import Attachment
from desktop.core.taking import clock
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.media.canvas import Canvas
from desktop.ui.widgets.amounts import file_size
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop.ui.widgets.overlay import Overlay
from desktop.ui.widgets.spoken import say

LEFT_TO_RIGHT = "\u200e"
"""Keeps the per cent sign behind the number."""
WIDEST = 100_000
"""As wide as the window."""


class Viewer(Overlay):
    """Shows what the desk gives it.

    Signals:
        turned: another picture or page is wanted: the place of the picture, and its page.
        save_requested: a copy is wanted.
        closed: it lies over the window no more.
    """

    turned = Signal(int, int)
    save_requested = Signal()
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(translate("media", "Viewer"), WIDEST, host)
        self._pictures: Sequence[Attachment] = ()
        self._at = 0
        self._page = 0
        self._player: QWidget | None = None
        self.name = ElidedLabel("", "heading")
        self.facts = ElidedLabel("", "small")
        self.note = PlainLabel("", "danger", wraps=True)
        self.note.hide()
        self.canvas = Canvas(self.panel)
        self.canvas.zoomed.connect(self._show_scale)
        self._actual = TextButton("", "quiet")
        self._actual.clicked.connect(self._toggle_scale)
        self._actual.setMinimumWidth(px(72))
        self._foot = QWidget(self.panel)
        self._buttons: list[IconButton] = []
        self._lay_out()

    def show_picture(self, pictures: Sequence[Attachment], at: int, page: int, picture: QPixmap | None) -> None:
        """Show one of several pictures; what is at hand of it at first, or nothing."""
        self._pictures, self._at, self._page = pictures, at, page
        shown = pictures[at]
        facts = shown.facts
        self._tell(shown, translate("media", "{width} × {height}", width=facts.width, height=facts.height))
        self._host_player(None)
        self.canvas.show_picture(picture, QSize(facts.width, facts.height))
        self.canvas.setAccessibleName(self.name.text())
        back, forward = self._buttons[0], self._buttons[1]
        back.setVisible(len(pictures) > 1)
        forward.setVisible(len(pictures) > 1)
        back.setEnabled(at > 0)
        forward.setEnabled(at < len(pictures) - 1)
        if self.is_open:
            say(self, f"{self.name.text()}, {self.facts.text()}")

    def show_large(self, picture: QPixmap) -> None:
        """The large picture has come."""
        if self._page:  # the pages of a file may have other shapes
            self.canvas.show_picture(picture, picture.size())
        else:
            self.canvas.sharpen(picture)

    def show_player(self, attachment: Attachment, player: QWidget) -> None:
        """Give the place to what plays."""
        self._pictures = ()
        self._tell(attachment, clock(attachment.facts.seconds))
        self._host_player(player)

    def show_error(self, words: str) -> None:
        """Say what went wrong."""
        self.note.setText(words)
        self.note.show()
        say(self, words)

    def first_stop(self) -> QWidget:
        """The picture has the keyboard."""
        return self._player or self.canvas

    def closed_now(self) -> None:
        """Keep no picture."""
        self.canvas.show_picture(None, QSize(1, 1))
        self._pictures = ()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, turn, save, close."""
        if self._press(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the arrow keys: buttons would move the focus with them."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is not self.parent():
            return event.key() in arrows and self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Save):
            self.save_requested.emit()
            return True
        if not self._pictures:
            return False
        ahead = -1 if self.isRightToLeft() else 1
        match event.key():
            case Qt.Key.Key_Right:
                self._turn(ahead)
            case Qt.Key.Key_Left:
                self._turn(-ahead)
            case Qt.Key.Key_PageDown:
                self._turn_page(1)
            case Qt.Key.Key_PageUp:
                self._turn_page(-1)
            case key:
                return self.canvas.press(key)
        return True

    def _turn(self, by: int) -> None:
        if 0 <= self._at + by < len(self._pictures):
            self.turned.emit(self._at + by, 0)

    def _turn_page(self, by: int) -> None:
        if self._pictures and 0 <= self._page + by < self._pictures[self._at].facts.pages:
            self.turned.emit(self._at, self._page + by)

    def _tell(self, attachment: Attachment, extent: str) -> None:
        self.note.hide()
        words = [extent, file_size(attachment.size)]
        if attachment.facts.pages > 1:
            place = translate("media", "page {page} of {pages}", page=self._page + 1, pages=attachment.facts.pages)
            words.append(place)
        if len(self._pictures) > 1:
            words.append(translate("media", "{at} of {count}", at=self._at + 1, count=len(self._pictures)))
        self.name.show_text(attachment.name)
        self.facts.show_text(" · ".join(words))

    def _host_player(self, player: QWidget | None) -> None:
        if player is None and self._player is not None:
            self._player.hide()
        if player is not None:
            if self.content.indexOf(player) < 0:
                self.content.insertWidget(2, player, 1)
            player.show()
        self._player = player
        self.canvas.setVisible(player is None)
        self._foot.setVisible(player is None)

    def _show_scale(self) -> None:
        self._actual.setText(f"{LEFT_TO_RIGHT}{round(self.canvas.scale * 100)} %")
        other = translate("media", "Actual size (1)") if self.canvas.is_fitted else translate("media", "Fit (0)")
        self._actual.setToolTip(other)
        self._actual.setAccessibleName(f"{self._actual.text()}, {other}")

    def _toggle_scale(self) -> None:
        if self.canvas.is_fitted:
            self.canvas.zoom(1.0)
        else:
            self.canvas.fit()

    def _lay_out(self) -> None:
        save = IconButton("export", translate("media", "Save a copy… (Ctrl+S)"))
        save.clicked.connect(self.save_requested)
        close = IconButton("close", translate("media", "Close (Esc)"))
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(save)
        head.addWidget(close)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        mirrored = self.isRightToLeft()
        left, right = "←", "→"
        back = IconButton(
            "chevron-right" if mirrored else "chevron-left",
            translate("media", "Previous picture ({key})", key=right if mirrored else left),
        )
        forward = IconButton(
            "chevron-left" if mirrored else "chevron-right",
            translate("media", "Next picture ({key})", key=left if mirrored else right),
        )
        out = IconButton("minus", translate("media", "Smaller (-)"))
        larger = IconButton("plus", translate("media", "Larger (+)"))
        back.clicked.connect(lambda: self._turn(-1))
        forward.clicked.connect(lambda: self._turn(1))
        out.clicked.connect(lambda: self.canvas.step(-1))
        larger.clicked.connect(lambda: self.canvas.step(1))
        self._buttons = [back, forward, out, larger, save, close]
        foot.addWidget(back)
        foot.addWidget(forward)
        foot.addStretch(1)
        foot.addWidget(out)
        foot.addWidget(self._actual)
        foot.addWidget(larger)
        for one in (*self._buttons, self._actual):
            one.installEventFilter(self)
        self.content.setContentsMargins(px(12), px(8), px(12), px(8))
        self.content.addLayout(head)
        self.content.addWidget(self.facts)
        self.content.addWidget(self.canvas, 1)
        self.content.addWidget(self.note)
        self.content.addWidget(self._foot)
