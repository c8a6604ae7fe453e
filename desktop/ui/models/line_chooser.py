"""A list of choices with a field above it that narrows it down when it is long."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.assets import icon
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.models.lines import Line, LineList, LinesModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.labels import PlainLabel

MANY = 8
"""More choices than that have a field to type in."""
FOR_THE_LIST = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter,
)  # fmt: skip


class FilterField(QLineEdit):
    """What is typed narrows the list; the keys that move and choose are the list's."""

    def __init__(self, choices: LineList, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setMaxLength(200)
        self.setPlaceholderText(label)
        self.setAccessibleName(label)
        self._glass = QAction(label, self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def tint(self) -> None:
        """Draw the sign in the colours of now."""
        self._glass.setIcon(icon("search", tint("muted").name(), px(18)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list without leaving the field; Escape empties it first."""
        if event.key() in FOR_THE_LIST:
            QApplication.sendEvent(self._choices, event)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LineChooser(QWidget):
    """The field and the list together."""

    chosen = Signal(str)
    resized = Signal()

    def __init__(self, theme: Theme, label: str, filter_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LinesModel(self)
        self.list = LineList(self.rows, theme, label)
        self.field = FilterField(self.list, filter_label)
        self.nothing = PlainLabel(translate("models", "Nothing found"), "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in (self.field, self.list, self.nothing):
            column.addWidget(one)
        self.field.textChanged.connect(self._filter)
        self.list.chosen.connect(self.chosen)
        self.field.hide()
        self.nothing.hide()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these choices; the row that was current stays so."""
        before = self.list.currentIndex().row()
        self.rows.show(lines)
        self.field.setVisible(self.rows.count > MANY)
        self._fit()
        kept = self.rows.index(before) if before >= 0 else self.rows.first()
        self.list.setCurrentIndex(kept if kept.isValid() else self.rows.first())

    def begin(self) -> None:
        """Take the keyboard, at the choice in use."""
        self.field.tint()
        self.field.clear()
        self.list.setCurrentIndex(self.rows.first())
        (self.list if self.field.isHidden() else self.field).setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.list.apply_theme(theme)
        self.field.tint()
        self._fit()

    def _filter(self, typed: str) -> None:
        self.rows.filter(typed)
        self.list.setCurrentIndex(self.rows.first())
        self._fit()

    def _fit(self) -> None:
        found = self.rows.rowCount() > 0
        self.list.setVisible(found)
        self.nothing.setVisible(not found and self.rows.count > 0)
        self.list.fit()
        self.resized.emit()
