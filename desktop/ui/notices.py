"""Notices: what the person should know, at the head of the page, where the composer keeps its place."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.events import Broke, Event, Failed
from desktop.core.value import value
from desktop.ui.assets import IconName
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel
from desktop.ui.widgets.spoken import say

INFO_SECONDS = 6.0
UNDO_SECONDS = 8.0
MOST = 4
WIDTH = 740


class Tone(StrEnum):
    """What kind of notice it is."""

    INFO = "info"
    ERROR = "error"
    UNDO = "undo"


ICONS: dict[Tone, IconName] = {Tone.INFO: "info", Tone.ERROR: "alert", Tone.UNDO: "trash"}


@value
class Notice:
    """What to say. `seconds` 0 means: until the person closes it."""

    text: str
    tone: Tone = Tone.INFO
    action: str = ""
    act: Callable[[], None] | None = None
    """Called when the person takes the action; then `closed` is not called."""
    closed: Callable[[], None] | None = None
    """Called when the notice goes away in any other way."""
    seconds: float = INFO_SECONDS
    other: str = ""
    do_other: Callable[[], None] | None = None
    """Called when the person takes the other action; then neither of the rest is called."""


class NoticeCard(QFrame):
    """One notice on the screen.

    Why it forgets its callables when it leaves: they lead back to the bar, and a widget that waits for its
    deletion inside a circle of Python references is freed twice (PySide6 6.11.3).
    """

    left = Signal(object)

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setProperty("role", "notice")
        self.setProperty("tone", str(notice.tone))
        self.setAccessibleName(notice.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Pictogram(ICONS[notice.tone]))
        label = PlainLabel(notice.text, wraps=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row.addWidget(label, 1)
        if notice.action:
            self.action = TextButton(notice.action, "link")
            self.action.clicked.connect(self._act)
            row.addWidget(self.action)
        if notice.other:
            self.other = TextButton(notice.other, "link")
            self.other.clicked.connect(self._do_other)
            row.addWidget(self.other)
        self.dismiss = IconButton("close", translate("notices", "Close this notice"))
        self.dismiss.clicked.connect(self.close_notice)
        row.addWidget(self.dismiss)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.close_notice)
        if notice.seconds > 0:
            self.timer.start(round(notice.seconds * 1000))

    def close_notice(self) -> None:
        """Go away without the action."""
        self._leave(self.notice.closed)

    def _act(self) -> None:
        self._leave(self.notice.act)

    def _do_other(self) -> None:
        self._leave(self.notice.do_other)

    def _leave(self, then: Callable[[], None] | None) -> None:
        self.timer.stop()
        self.notice = replace(self.notice, act=None, do_other=None, closed=None)
        self.left.emit(self)
        if then is not None:
            then()


class NoticeBar(QWidget):
    """The notices, newest at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[NoticeCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 0)
        self._column.setSpacing(8)
        self.setMaximumWidth(WIDTH + 32)
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Show a notice; one that says the same takes the place of the older."""
        for card in [one for one in self.cards if one.notice.text == notice.text]:
            card.close_notice()
        while len(self.cards) >= MOST:
            self.cards[0].close_notice()
        card = NoticeCard(notice, self)
        card.left.connect(self._remove)
        self.cards.append(card)
        self._column.addWidget(card)
        self.show()
        say(self, notice.text)

    def fail(self, text: str) -> None:
        """Show an error; it stays until it is closed."""
        self.tell(Notice(text, Tone.ERROR, seconds=0))

    def apply(self, event: Event) -> None:
        """Tell what failed."""
        match event:
            case Failed(error):
                self.fail(sentence(error))
            case Broke():
                self.fail(
                    translate(
                        "notices",
                        "Something unexpected happened inside Inglenook. What was saved is safe. "
                        "If it happens again, restart Inglenook.",
                    )
                )
            case _:
                pass

    def close_all(self) -> None:
        """Close every notice, so that what waits for that happens now."""
        for card in list(self.cards):
            card.close_notice()

    def _remove(self, card: NoticeCard) -> None:
        if card not in self.cards:
            return
        self.cards.remove(card)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self.cards))
