"""The bar above the conversation: which model answers, and what the conversation is called."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel

HEIGHT = 52


class TopBar(QFrame):
    """52 pixels high; the buttons at its left appear when the sidebar is away."""

    def __init__(self, chooser: ModelChooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self.sidebar_button = IconButton("sidebar", translate("shell", "Show the sidebar"))
        self.new_button = IconButton("plus", translate("shell", "New chat"))
        self.title = ElidedLabel("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.sidebar_button)
        row.addWidget(self.new_button)
        row.addWidget(chooser)
        row.addSpacing(4)
        row.addWidget(self.title, 1)
        self.show_buttons(False)

    def show_buttons(self, on: bool) -> None:
        """Offer what the sidebar offers while it is away."""
        self.sidebar_button.setVisible(on)
        self.new_button.setVisible(on)
