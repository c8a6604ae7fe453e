"""How the model is loaded: context length, KV cache, threads, GPU layers."""

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.core.generation import KvType, LoadOptions
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel

MOST_LAYERS = 999
TEXT_MARGIN = 8
"""A number field ignores the padding of the style sheet."""


class OptionsPage(QWidget):
    """A small form; a choice holds from the next question on."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("chevron-left", translate("models", "Back to the models"))
        self.back.clicked.connect(self.left)
        self.context = QComboBox()
        for count in wording.CONTEXTS:
            self.context.addItem(wording.context(count), count)
        self.kv_type = QComboBox()
        for kind in KvType:
            self.kv_type.addItem(wording.kv_type(kind), kind)
        self.threads = self._number(0, max(64, os.cpu_count() or 1))
        self.gpu_layers = self._number(-1, MOST_LAYERS)
        self._load = LoadOptions()
        self._lay_out()
        self.show_options(self._load)
        self.context.currentIndexChanged.connect(self._change)
        self.kv_type.currentIndexChanged.connect(self._change)
        self.threads.valueChanged.connect(self._change)
        self.gpu_layers.valueChanged.connect(self._change)

    def show_options(self, load: LoadOptions) -> None:
        """Show what is chosen."""
        self._load = load
        fields = (self.context, self.kv_type, self.threads, self.gpu_layers)
        blocked = [one.blockSignals(True) for one in fields]
        if self.context.findData(load.context) < 0:
            self.context.addItem(wording.context(load.context), load.context)
        self.context.setCurrentIndex(self.context.findData(load.context))
        self.kv_type.setCurrentIndex(list(KvType).index(load.kv_type))
        self.threads.setValue(load.threads)
        self.gpu_layers.setValue(load.gpu_layers)
        for one, before in zip(fields, blocked, strict=True):
            one.blockSignals(before)

    def _number(self, automatic: int, most: int) -> QSpinBox:
        field = QSpinBox()
        field.setRange(automatic, most)
        field.setSpecialValueText(translate("models", "Automatic"))
        field.setKeyboardTracking(False)
        field.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        return field

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
        rows: tuple[tuple[str, QWidget], ...] = (
            (translate("models", "Context length"), self.context),
            (translate("models", "KV cache"), self.kv_type),
            (translate("models", "Processor threads"), self.threads),
            (translate("models", "Layers on the GPU"), self.gpu_layers),
        )
        for number, (text, field) in enumerate(rows):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            form.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
            form.addWidget(field, number, 1)
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

    def _change(self) -> None:
        load = LoadOptions(
            context=int(self.context.currentData()),
            kv_type=KvType(self.kv_type.currentData()),
            threads=self.threads.value(),
            gpu_layers=self.gpu_layers.value(),
        )
        if load != self._load:
            self._load = load
            self.changed.emit(load)
