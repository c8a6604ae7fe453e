"""The actions of one message: copy, edit or regenerate, and the branch picker."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.messages import Role
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import PlainLabel


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
        chosen: what was chosen (copy, edit, regenerate, branch) and the id of the message it is about.
    """

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored: StoredMessage | None = None
        self._lit = False
        self._copy = FadingButton("copy", translate("chat", "Copy"), self)
        self._edit = FadingButton("edit", translate("chat", "Edit"), self)
        self._again = FadingButton("refresh", translate("chat", "Answer again"), self)
        self._retry = TextButton(translate("chat", "Try again"), "link", parent=self)
        self._before = IconButton("chevron-left", translate("chat", "Branch before"), self)
        self._after = IconButton("chevron-right", translate("chat", "Branch after"), self)
        self._count = PlainLabel("", "small", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for one in (self._before, self._count, self._after, self._retry, self._copy, self._edit, self._again):
            row.addWidget(one)
        for button, name in (
            (self._copy, "copy"),
            (self._edit, "edit"),
            (self._again, "regenerate"),
            (self._retry, "regenerate"),
        ):
            button.clicked.connect(lambda _=False, what=name: self._choose(what))
        self._before.clicked.connect(lambda: self._go(-1))
        self._after.clicked.connect(lambda: self._go(1))

    @property
    def holds_focus(self) -> bool:
        """Whether one of the buttons has the keyboard."""
        return any(one.hasFocus() for one in (self._copy, self._edit, self._again, self._before, self._after))

    def update_to(self, stored: StoredMessage, *, failed: bool) -> None:
        """Offer what this message allows."""
        self._stored = stored
        is_user = stored.message.role is Role.USER
        done = stored.state is not TurnState.PARTIAL
        branches = len(stored.siblings) > 1
        self._edit.setVisible(is_user)
        self._again.setVisible(not is_user and done and not failed)
        self._retry.setVisible(failed)
        self._copy.setVisible(bool(stored.message.text) and done)
        for one in (self._before, self._count, self._after):
            one.setVisible(branches)
        if branches:
            at = stored.siblings.index(stored.id)
            self._count.setText(f"{at + 1}/{len(stored.siblings)}")
            self._before.setEnabled(at > 0)
            self._after.setEnabled(at + 1 < len(stored.siblings))
        self.set_lit(self._lit)
        self.adjustSize()

    def set_lit(self, on: bool) -> None:
        """Show or hide the icons that only matter under the pointer; they keep their place."""
        self._lit = on
        for one in (self._copy, self._edit, self._again):
            one.lit = on
            one.update()

    def _choose(self, what: str) -> None:
        if self._stored is not None:
            self.chosen.emit(what, self._stored.id)

    def _go(self, step: int) -> None:
        if self._stored is not None:
            at = self._stored.siblings.index(self._stored.id) + step
            if 0 <= at < len(self._stored.siblings):
                self.chosen.emit("branch", self._stored.siblings[at])
