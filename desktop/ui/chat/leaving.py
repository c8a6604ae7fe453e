"""Views that are no longer wanted: they stay as pictures until others take their place, then go one a turn."""

from contextlib import suppress

from PySide6.QtWidgets import QWidget

from desktop.ui.chat.message_view import MessageView


class Leaving:
    """Deleting many views at once would hold the window up; so would the painting of an empty page between two."""

    def __init__(self, area: QWidget) -> None:
        self._area = area
        self._views: list[MessageView] = []

    def __bool__(self) -> bool:
        return bool(self._views)

    def take(self, view: MessageView) -> None:
        """Let a view rest where it is, deaf; the keyboard goes to the transcript."""
        if view.holds_focus:
            self._area.setFocus()
        view.retire()
        self._views.append(view)

    def hide(self) -> None:
        """Show none of them any more."""
        for view in self._views:
            view.hide()

    def delete_one(self) -> bool:
        """Delete one that is hidden; False when there is none."""
        gone = next((view for view in self._views if view.isHidden()), None)
        if gone is None:
            return False
        self._views.remove(gone)
        with suppress(RuntimeError):  # the transcript goes at the same time
            gone.deleteLater()
        return True
