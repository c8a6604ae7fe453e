"""The actions of one message: the branch picker, try again, copy, read aloud, edit or answer again, and the menu.

A row is made when something on it can be seen: most messages are never pointed at.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.messages import Role
from desktop.ui.assets import IconName
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import PlainLabel

SIDE = 28


class FadingButton(IconButton):
    """An icon that is drawn only under the pointer or with the keyboard's focus, and keeps its place."""

    lit = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw when there is a reason to."""
        if self.lit or self.hasFocus():
            super().paintEvent(event)


class ActionRow(QWidget):
    """Icons show under the pointer and on keyboard focus; the branch picker and Try again always do.

    Signals:
        chosen: what was chosen (copy, read, edit, regenerate, branch) and the id of the message it is about.
        menu_asked: the menu of the message is to open here, in global coordinates.
    """

    chosen = Signal(str, int)
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored: StoredMessage | None = None
        self._lit = False
        self._is_read = False
        self._copy = self._icon("copy", translate("chat", "Copy"), "copy")
        self._read = self._icon("read-aloud", translate("chat", "Read aloud"), "read")
        self._edit = self._icon("edit", translate("chat", "Edit"), "edit")
        self._again = self._icon("refresh", translate("chat", "Answer again"), "regenerate")
        self._more = self._icon("more", translate("chat", "More"), "")
        self._more.clicked.connect(lambda: self.menu_asked.emit(self._more.mapToGlobal(QPoint(0, self._more.height()))))
        self._retry: TextButton | None = None
        self._before: IconButton | None = None
        self._after: IconButton | None = None
        self._count: PlainLabel | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for one in (self._copy, self._read, self._edit, self._again, self._more):
            self._row.addWidget(one)

    @staticmethod
    def is_needed(stored: StoredMessage) -> bool:
        """Whether something on it must always be seen."""
        return len(stored.siblings) > 1 or stored.state is TurnState.FAILED

    @staticmethod
    def usual_width(stored: StoredMessage) -> int:
        """Return how wide the row of a message would be of which nothing must always be seen."""
        done = stored.state is not TurnState.PARTIAL
        return px(SIDE) * (2 + _has_words(stored) + can_be_read(stored)) if done else 0

    @property
    def buttons(self) -> list[QWidget]:
        """What can be chosen, in the order of the row."""
        there = (self._before, self._after, self._retry, self._copy, self._read, self._edit, self._again, self._more)
        return [one for one in there if one is not None and not one.isHidden()]

    def update_to(self, stored: StoredMessage) -> None:
        """Offer what this message allows."""
        self._stored = stored
        is_user = stored.message.role is Role.USER
        done = stored.state is not TurnState.PARTIAL
        failed = stored.state is TurnState.FAILED
        if failed and self._retry is None:
            self._retry = TextButton(translate("chat", "Try again"), "link", parent=self)
            self._retry.clicked.connect(lambda: self._choose("regenerate"))
            self._row.insertWidget(0, self._retry)
        if self._retry is not None:
            self._retry.setVisible(failed)
        self._edit.setVisible(is_user)
        self._again.setVisible(not is_user and done and not failed)
        self._copy.setVisible(_has_words(stored) and done)
        self._read.setVisible(can_be_read(stored))
        self._more.setVisible(done)
        self._count_branches(stored)
        self.adjustSize()

    def set_lit(self, on: bool) -> None:
        """Show or hide the icons that only matter under the pointer; they keep their place."""
        self._lit = on
        on = on or any(one.hasFocus() for one in self.buttons)
        for one in (self._copy, self._read, self._edit, self._again, self._more):
            wanted = on or (one is self._read and self._is_read)
            if one.lit is not wanted:
                one.lit = wanted
                one.update()

    def show_read(self, on: bool) -> None:
        """Offer to stop while the message is read aloud; that is seen without the pointer."""
        self._is_read = on
        self._read.set_icon("stop" if on else "read-aloud")
        self._read.set_label(reading_words(on))
        self.set_lit(self._lit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Light all icons while one has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.set_lit(self._lit)
        return super().eventFilter(watched, event)

    def _count_branches(self, stored: StoredMessage) -> None:
        branches = len(stored.siblings) > 1
        if branches and self._count is None:
            back: IconName = "chevron-right" if self.isRightToLeft() else "chevron-left"
            ahead: IconName = "chevron-left" if self.isRightToLeft() else "chevron-right"
            self._before = IconButton(back, translate("chat", "Previous version"), self)
            self._after = IconButton(ahead, translate("chat", "Next version"), self)
            self._count = PlainLabel("", "small", self)
            self._before.clicked.connect(lambda: self._go(-1))
            self._after.clicked.connect(lambda: self._go(1))
            for place, one in enumerate((self._before, self._count, self._after)):
                self._row.insertWidget(place, one)
            for button in (self._before, self._after):
                button.setFixedSize(px(SIDE), px(SIDE))
        if self._before is None or self._after is None or self._count is None:
            return
        for one in (self._before, self._count, self._after):
            one.setVisible(branches)
        if branches:
            at, count = stored.siblings.index(stored.id), len(stored.siblings)
            self._count.setText(f"{at + 1}/{count}")
            self._count.setAccessibleName(translate("chat", "Version {number} of {count}", number=at + 1, count=count))
            self._before.setEnabled(at > 0)
            self._after.setEnabled(at + 1 < count)

    def _icon(self, name: IconName, label: str, what: str) -> FadingButton:
        button = FadingButton(name, label, self)
        button.setFixedSize(px(SIDE), px(SIDE))
        button.installEventFilter(self)
        if what:
            button.clicked.connect(lambda: self._choose(what))
        return button

    def _choose(self, what: str) -> None:
        if self._stored is not None:
            self.chosen.emit(what, self._stored.id)

    def _go(self, step: int) -> None:
        if self._stored is not None:
            at = self._stored.siblings.index(self._stored.id) + step
            if 0 <= at < len(self._stored.siblings):
                self.chosen.emit("branch", self._stored.siblings[at])


def can_be_read(stored: StoredMessage) -> bool:
    """Whether a message can be read aloud: an answer that is complete."""
    return stored.message.role is Role.ASSISTANT and stored.state is not TurnState.PARTIAL and bool(stored.message.text)


def reading_words(on: bool) -> str:
    """Return what the button does while the message is read aloud, or not."""
    return translate("chat", "Stop reading (Esc)") if on else translate("chat", "Read aloud")


def _has_words(stored: StoredMessage) -> bool:
    return bool(stored.message.copied)
