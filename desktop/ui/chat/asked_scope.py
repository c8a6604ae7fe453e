"""Which documents of the library the question that is being written is asked of."""

from PySide6.QtCore import QObject, Signal

from desktop.core.grounding import ScopePart


class AskedScope(QObject):
    """A part of the draft that is no words.

    Signals:
        chosen: other documents are asked now.
    """

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scope: ScopePart | None = None
        """None: nothing of the library."""

    def choose(self, scope: ScopePart | None) -> None:
        """Ask these documents from now on."""
        if scope != self.scope:
            self.scope = scope
            self.chosen.emit()
