"""The bar above the transcript in which words are looked for in the conversation."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.chat.finder import Query
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel

HEIGHT = 48
FIELD = 360


class FindBar(QFrame):
    """A field, how many places there are, the way from one to the next, and a cross.

    Signals:
        looked_for: other words are looked for: a Query.
        stepped: by how many places to go on, 1 or -1.
        closed: the person is done.
    """

    looked_for = Signal(object)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName(translate("chat", "Find in the conversation"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(translate("chat", "Find in the conversation"))
        self.field.setAccessibleName(translate("chat", "Find in the conversation"))
        self.field.setMaximumWidth(px(FIELD))
        self.field.textChanged.connect(self._ask)
        self.count = PlainLabel("", "small", self)
        self.case = IconButton("letter-case", translate("chat", "Match upper and lower case"), self)
        self.case.setCheckable(True)
        self.case.toggled.connect(self._ask)
        self.before = IconButton("chevron-up", translate("chat", "The one before (Shift+Enter)"), self)
        self.after = IconButton("chevron-down", translate("chat", "The next one (Enter)"), self)
        self.cross = IconButton("close", translate("chat", "Close (Esc)"), self)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.cross.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setSpacing(px(4))
        row.setContentsMargins(px(16), 0, px(12), 0)
        row.addWidget(self.field, 100)
        row.addSpacing(px(4))
        row.addWidget(self.count)
        row.addSpacing(px(4))
        for one in (self.case, self.before, self.after):
            row.addWidget(one)
        row.addStretch()
        row.addWidget(self.cross)
        self.setFixedHeight(px(HEIGHT))
        self.say(0, 0, done=True)

    @property
    def query(self) -> Query:
        """What is looked for."""
        return Query(self.field.text(), self.case.isChecked())

    def scale(self, theme: Theme) -> None:
        """Be as large as the text is."""
        self.field.setMaximumWidth(theme.px(FIELD))
        self.setFixedHeight(theme.px(HEIGHT))

    def begin(self, words: str) -> None:
        """Take the keyboard, with these words to look for if there are any."""
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, position: int, total: int, *, done: bool) -> None:
        """Say which place is looked at, of how many."""
        if not self.field.text().strip():
            words = ""
        elif total and not position:
            words = translate("chat", "{total} found", total=f"{total:,}")
        elif total:
            words = translate("chat", "{position} of {total}", position=f"{position:,}", total=f"{total:,}")
            words += "" if done else " …"
        else:
            words = translate("chat", "Nothing found") if done else translate("chat", "Looking …")
        if words != self.count.text():
            self.count.setText(words)
            self.field.setAccessibleDescription(words)
        for button in (self.before, self.after):
            button.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back; Esc closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.field.hasFocus():
                self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_F3:
                self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def _ask(self) -> None:
        self.looked_for.emit(self.query)
