"""The search field of the sidebar."""

from PySide6.QtWidgets import QWidget

from desktop.ui.i18n import translate
from desktop.ui.widgets.words_field import WordsField


class SearchField(WordsField):
    """Finds conversations: in a folder, or in all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("history", "Search conversations"), "search", parent)

    def name_place(self, folder: str) -> None:
        """Say what is searched: a folder, or all conversations when it has no name."""
        self.call(
            translate("history", "Search this folder") if folder else translate("history", "Search conversations")
        )
