"""Says which folder the search is limited to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.conversations import Matter, MatterId
from desktop.ui.history.wording import name_of
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel, Pictogram


class SearchScope(QWidget):
    """A line below the search field; it is there only while the search is limited."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matter: MatterId | None = None
        self.name = ""
        self._words = ElidedLabel("", "muted")
        self.everywhere = IconButton("close", translate("history", "Search in all conversations"))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Pictogram("folder", size=16))
        line.addWidget(self._words, 1)
        line.addWidget(self.everywhere)
        self.everywhere.clicked.connect(self.widen)
        self.hide()

    def narrow(self, matter: Matter) -> None:
        """Limit the search to a folder."""
        self._become(matter.id, name_of(matter))

    def widen(self) -> None:
        """Search everywhere again."""
        self._become(None, "")

    def _become(self, matter: MatterId | None, name: str) -> None:
        if (matter, name) == (self.matter, self.name):
            return
        self.matter, self.name = matter, name
        self._words.show_text(translate("history", "In “{name}”", name=" ".join(name.split())))
        self.setVisible(matter is not None)
        self.changed.emit()
