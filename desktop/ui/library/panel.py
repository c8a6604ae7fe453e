"""The panel of the collections, beside their documents."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.library.collection_list import CollectionList
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel


class CollectionPanel(QFrame):
    """The list, and above it the way to a new collection."""

    def __init__(self, view: CollectionList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(translate("library", "Collections"))
        self.new_button = IconButton("plus", translate("library", "New collection"))
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 12, 0)
        head.addWidget(PlainLabel(translate("library", "Collections"), "heading"), 1)
        head.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(view, 1)
