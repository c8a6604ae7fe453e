"""The sheet where a collection is named, in a window that has no room for the list of them."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.core.library import Collection
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.overlay import Overlay

WIDTH = 400


class NameSheet(Overlay):
    """Asks for the new name of one collection."""

    named = Signal(object, str)
    """The id of the collection, and its name."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(translate("library", "Rename the collection"), WIDTH, host)
        self._collection: Collection | None = None
        self.field = QLineEdit()
        self.field.setMaxLength(120)
        self.field.setAccessibleName(translate("library", "Name of the collection"))
        self.name_button = TextButton(translate("library", "Rename"), "primary")
        self.cancel_button = TextButton(translate("library", "Cancel"))
        self.content.setContentsMargins(20, 18, 20, 16)
        self.content.addWidget(PlainLabel(translate("library", "Name of the collection"), "heading", wraps=True))
        self.content.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self.name_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.content.addLayout(row)
        self.field.returnPressed.connect(self._name)
        self.name_button.clicked.connect(self._name)
        self.cancel_button.clicked.connect(self.leave)

    def ask(self, collection: Collection) -> None:
        """Ask for the name of a collection."""
        self._collection = collection
        self.field.setText(collection.name)
        self.field.selectAll()
        self.open()

    def first_stop(self) -> QWidget:
        """Return the field."""
        return self.field

    def fit(self, space: QRect) -> QRect:
        """Stand in the middle, as high as its words."""
        height = min(space.height(), self.content.sizeHint().height())
        return QRect(space.left(), space.top() + (space.height() - height) // 3, space.width(), height)

    def _name(self) -> None:
        name, collection = " ".join(self.field.text().split()), self._collection
        self.leave()
        if collection is not None and name and name != collection.name:
            self.named.emit(collection.id, name)
