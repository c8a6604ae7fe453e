"""The sheet that asks for the password of a protected document."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.core.library import LibrarySource
from desktop.ui.i18n import translate
from desktop.ui.library.wording import short
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.overlay import Overlay

WIDTH = 440
SECRET = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhHiddenText
)


class PasswordSheet(Overlay):
    """Asks once for one document; the password is not kept here."""

    given = Signal(object, str)
    """The id of the document, and its password."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(translate("library", "Password of a document"), WIDTH, host)
        self._source: LibrarySource | None = None
        self.title = PlainLabel("", "heading", wraps=True)
        self.words = PlainLabel("", "small", wraps=True)
        self.wrong = PlainLabel(translate("library", "This password does not open it."), "danger", wraps=True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(SECRET)
        self.field.setAccessibleName(translate("library", "Password"))
        self.open_button = TextButton(translate("library", "Read the document"), "primary")
        self.cancel_button = TextButton(translate("library", "Cancel"))
        self.content.setContentsMargins(20, 18, 20, 16)
        for one in (self.title, self.words, self.field, self.wrong):
            self.content.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.content.addLayout(row)
        self.field.returnPressed.connect(self._give)
        self.field.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        self.open_button.clicked.connect(self._give)
        self.cancel_button.clicked.connect(self.leave)

    @property
    def source(self) -> LibrarySource | None:
        """Which document is asked about."""
        return self._source

    def ask(self, source: LibrarySource, *, wrong: bool = False) -> None:
        """Ask for the password of a document."""
        self._source = source
        self.title.setText(translate("library", "“{name}” is protected with a password", name=short(source.name)))
        self.words.setText(
            translate("library", "The password is used to read the document, and forgotten when Inglenook closes.")
        )
        self.wrong.setVisible(wrong)
        self.field.clear()
        self.open_button.setEnabled(False)
        self.open()
        self.place()

    def first_stop(self) -> QWidget:
        """Return the field."""
        return self.field

    def fit(self, space: QRect) -> QRect:
        """Stand in the middle, as high as its words."""
        wanted = self.content.totalHeightForWidth(space.width())
        height = min(space.height(), wanted if wanted > 0 else self.content.sizeHint().height())
        return QRect(space.left(), space.top() + (space.height() - height) // 3, space.width(), height)

    def closed_now(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def _give(self) -> None:
        password, source = self.field.text(), self._source
        if password and source is not None:
            self.leave()
            self.given.emit(source.id, password)
