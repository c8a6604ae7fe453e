"""One setting on the page: its name, a sentence, and its field; under each other where there is little room."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.settings.finding import Words
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.labels import PlainLabel

NARROW = 62
"""Letters: a row of less room stands its field below its words."""
FIELD = 29
"""Letters that a field is wide, where there is room."""
LEAST = 120
"""Pixels that a field shrinks to before the page grows too wide."""
Direction = QBoxLayout.Direction


class Beside(QWidget):
    """What stands beside the words; all fields of a page are as wide as each other."""

    def __init__(self, letters: int = 0) -> None:
        super().__init__()
        self._letters = letters
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)

    def sizeHint(self) -> QSize:
        """Be so many letters wide, or as wide as what is inside."""
        natural = super().sizeHint()
        width = self._letters * self.fontMetrics().averageCharWidth()
        return QSize(width or natural.width(), natural.height())


class Row(QWidget):
    """Words on one side, something else on the other. The words find it."""

    def __init__(self, words: Words, beside: Beside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.name = PlainLabel(words.name, wraps=True)
        self.sentence = PlainLabel(words.sentence, "small", wraps=True)
        self.told = QVBoxLayout()
        self.told.setSpacing(3)
        self.told.addWidget(self.name)
        self.told.addWidget(self.sentence)
        self._box = QBoxLayout(Direction.LeftToRight, self)
        self._box.setContentsMargins(20, 14, 20, 14)
        self._box.addLayout(self.told, 1)
        self._box.addWidget(beside, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side, or below each other."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW * self.fontMetrics().averageCharWidth()
        self._box.setDirection(Direction.TopToBottom if narrow else Direction.LeftToRight)
        self._box.setSpacing(8 if narrow else 24)


class ButtonRow(Row):
    """Words and a button, or words alone."""

    def __init__(self, words: Words, button: QWidget | None = None, parent: QWidget | None = None) -> None:
        beside = Beside()
        super().__init__(words, beside, parent)
        beside.setVisible(button is not None)
        if button is not None:
            button.setAccessibleDescription(words.sentence)
            beside.line.addWidget(button)

    def say(self, sentence: str) -> None:
        """Say something else below the name."""
        self.sentence.setText(sentence)


class SettingRow(Row):
    """A setting: its field, its default in words, and an arrow back to that once it is another one."""

    changed = Signal(object)

    def __init__(self, words: Words, field: Field, parent: QWidget | None = None, *, advised: bool = False) -> None:
        """Put a field behind words.

        Args:
            words: what is said of the setting.
            field: where it is chosen.
            parent: the widget around it.
            advised: the default is not the program's but the model's own.
        """
        beside = Beside(FIELD)
        super().__init__(words, beside, parent)
        self.field = field
        self._advised = advised
        self._default: object = None
        self.reset = IconButton("undo", translate("settings", "Back to the default"))
        self.reset.clicked.connect(self._go_back)
        room = self.reset.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(room)
        self.name.setBuddy(field)
        field.setAccessibleName(words.name)
        field.setMinimumWidth(LEAST)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.chosen.connect(self.changed)
        beside.line.addWidget(field, 1)
        beside.line.addWidget(self.reset)

    def show_value(self, value: Any, default: Any) -> None:
        """Show what is chosen, and what is there when nothing is."""
        self._default = default
        self.field.show_value(value)
        words = self.field.in_words(default)
        self.sentence.setText(self._told(words))
        self.field.setAccessibleDescription(self._told(words))
        self.reset.set_label(translate("settings", "{name}: back to “{default}”", name=self.words.name, default=words))
        self.reset.setVisible(value != default)

    def show_alone(self, value: Any) -> None:
        """Show a value that has no default."""
        self.field.show_value(value)
        self.field.setAccessibleDescription(self.words.sentence)
        self.reset.hide()

    def _told(self, default: str) -> str:
        if self._advised:
            words = translate(
                "settings", "{sentence} Recommended: {default}.", sentence=self.words.sentence, default=default
            )
        else:
            words = translate(
                "settings", "{sentence} Default: {default}.", sentence=self.words.sentence, default=default
            )
        return words

    def _go_back(self) -> None:
        self.field.setFocus()
        self.changed.emit(self._default)
