"""How the model is loaded, within reach of the model pill."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.generation import LoadOptions
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.load_fields import load_fields


class OptionsPage(QWidget):
    """A small form; a choice holds from the next question on."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("chevron-left", translate("models", "Back to the models"))
        self.back.clicked.connect(self.left)
        self._rows = load_fields()
        self.context, self.kv_type, self.threads, self.gpu_layers = (row.field for row in self._rows)
        self._load = LoadOptions()
        self._lay_out()
        self.show_options(self._load)
        for row in self._rows:
            row.field.chosen.connect(lambda value, name=row.name: self._change(name, value))

    def show_options(self, load: LoadOptions) -> None:
        """Show what is chosen."""
        self._load = load
        for row in self._rows:
            row.field.show_value(getattr(load, row.name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.back)
        head.addWidget(PlainLabel(translate("models", "Model options"), "heading"), 1)
        form = QGridLayout()
        form.setContentsMargins(8, 0, 8, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        for number, row in enumerate(self._rows):
            label = PlainLabel(row.title)
            label.setBuddy(row.field)
            row.field.setAccessibleName(row.title)
            row.field.setAccessibleDescription(row.cost)
            form.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
            form.addWidget(row.field, number, 1)
        hint = PlainLabel(
            translate(
                "models",
                "A longer context lets the model remember more of a conversation and needs more memory. "
                "Changes hold from the next question on.",
            ),
            "small",
            wraps=True,
        )
        hint.setContentsMargins(8, 0, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(form)
        column.addWidget(hint)

    def _change(self, name: str, value: Any) -> None:
        load = replace(self._load, **{name: value})
        if load != self._load:
            self._load = load
            self.changed.emit(load)
