"""The middle of the library: the documents, what was found, or what to do where there is nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from desktop.ui.i18n import translate
from desktop.ui.library.hits import HitList
from desktop.ui.library.source_list import SourceList
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.empty import EmptyState


class Invitation(EmptyState):
    """Says what documents are for, and offers to add some."""

    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, text, parent)
        self.files_button = TextButton(translate("library", "Add files…"), "primary", "document")
        self.folder_button = TextButton(translate("library", "Add a folder…"), "", "folder")
        column = self.layout()
        assert isinstance(column, QBoxLayout)
        column.insertSpacing(column.count() - 1, 10)
        for button in (self.files_button, self.folder_button):
            column.insertWidget(column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.files_button.clicked.connect(self.files_asked)
        self.folder_button.clicked.connect(self.folder_asked)


class Body(QStackedWidget):
    """One of them at a time."""

    def __init__(self, documents: SourceList, hits: HitList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents = documents
        self.hits = hits
        self.blank = QWidget()
        self.first = Invitation(
            translate("library", "Ask your own documents"),
            translate(
                "library",
                "Add your contracts, minutes, mails, tables or scans: every answer names the page it comes from. "
                "Everything stays on this computer, encrypted.",
            ),
        )
        self.empty = Invitation(
            translate("library", "No documents here yet"),
            translate("library", "Choose files or a whole folder, or drop them anywhere on this page."),
        )
        self.filtered = EmptyState(
            translate("library", "Nothing fits"), translate("library", "No document fits these filters.")
        )
        self.nothing = EmptyState(translate("library", "Nothing found"), "")
        for one in (self.blank, documents, hits, self.first, self.empty, self.filtered, self.nothing):
            self.addWidget(one)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def inviting(self) -> Invitation | None:
        """The invitation that is in sight, if there is one."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Invitation) else None

    def begin(self) -> None:
        """Go to the first row of what is in sight."""
        match self.currentWidget():
            case SourceList() as rows:
                rows.begin()
            case HitList() as rows:
                rows.begin()
            case _:
                pass
