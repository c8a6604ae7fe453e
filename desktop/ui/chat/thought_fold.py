"""What the model thought before it answered, folded away behind one line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel

HEAD = 28


class ThoughtFold(QWidget):
    """A button that shows and hides the thoughts.

    Signals:
        folded: it was opened or closed, so its height has changed.
    """

    folded = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._button = TextButton("", "quiet", "chevron-right", self)
        self._button.setCheckable(True)
        self._body = PlainLabel("", "muted", self, wraps=True)
        self._button.toggled.connect(self._fold)
        self._thinking = False
        self._name()
        self._body.hide()

    def show_thoughts(self, thoughts: str, *, thinking: bool) -> None:
        """Take the thoughts as far as they are, and whether more will come."""
        self._body.setText(thoughts.strip())
        if thinking is not self._thinking:
            self._thinking = thinking
            self._name()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        self._button.setGeometry(-8, 0, min(width, self._button.sizeHint().width()), HEAD)
        height = self._body.heightForWidth(width - 20) if self._button.isChecked() else 0
        self._body.setGeometry(20, HEAD + 4, width - 20, height)
        return HEAD + (height + 12 if height else 6)

    def _fold(self, shown: bool) -> None:
        self._name()
        self._body.setVisible(shown)
        self.folded.emit()

    def _name(self) -> None:
        self._button.setText(translate("chat", "Thinking …") if self._thinking else translate("chat", "Thought"))
        shown = self._button.isChecked()
        self._button.set_icon("chevron-down" if shown else "chevron-right")
        told = translate("chat", "Hide the thoughts") if shown else translate("chat", "Show the thoughts")
        self._button.setAccessibleName(told)
