"""The bar above the conversation: which model answers, what the conversation is called, how much room is left."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.core.events import Event
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.models.context_meter import ContextMeter
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel

HEIGHT = 52
FOLDED_BELOW = 500
"""In a narrower bar one pill says model and precision."""
METER_FROM = 600
NARROWEST = 240
METER_NAMED_FROM = 720


class TopBar(QFrame):
    """52 pixels high; the buttons at its left appear when the sidebar is away."""

    def __init__(self, chooser: ModelChooser, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chooser = chooser
        self.setProperty("role", "bar")
        self.sidebar_button = IconButton("sidebar", translate("shell", "Show the sidebar"))
        self.new_button = IconButton("plus", translate("shell", "New chat"))
        self.title = ElidedLabel("", "muted")
        self.meter = ContextMeter(theme)
        chooser.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.sidebar_button)
        row.addWidget(self.new_button)
        row.addWidget(chooser)
        row.addSpacing(4)
        row.addWidget(self.title, 1)
        row.addWidget(self.meter)
        self.show_buttons(False)
        self._fit()

    def apply(self, event: Event) -> None:
        """Follow what the conversation takes of the context."""
        self.meter.apply(event)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours, as large as the text is."""
        self.meter.apply_theme(theme)
        self._fit()

    def show_buttons(self, on: bool) -> None:
        """Offer what the sidebar offers while it is away."""
        self.sidebar_button.setVisible(on)
        self.new_button.setVisible(on)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be folded: what is unfolded now must not keep the window wide."""
        return QSize(px(NARROWEST), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        self._chooser.fold(self.width() < px(FOLDED_BELOW))
        self.meter.make_room(self.width() >= px(METER_FROM), self.width() >= px(METER_NAMED_FROM))
