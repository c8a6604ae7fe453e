"""A link in an answer is opened only after its whole address was seen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.notices import Notice, NoticeBar
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import Popup

SCHEMES = ("http", "https", "mailto")
WIDTH = 420
BREAK = "\N{ZERO WIDTH SPACE}"


def sound(link: str) -> QUrl | None:
    """Return the address of a link that may be opened, None for every other.

    Why the strict parse: a model writes addresses, and a model can be told what to write by a document.
    """
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in SCHEMES:
        return None
    if url.scheme().lower() != "mailto" and not url.host():
        return None
    return url


def in_full(url: QUrl) -> str:
    """Return the address as it will be used: foreign letters in a host name are shown as what they are."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def ask_about(link: str, window: QWidget, notices: NoticeBar) -> None:
    """Show where a link leads, or say that it is not opened."""
    if (url := sound(link)) is None:
        notices.tell(Notice(translate("shell", "This link is not a web or mail address, so it is not opened.")))
        return
    popup = LinkPopup(url, window)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.open_over(window)


class LinkPopup(Popup):
    """Shows where a link leads and asks before it opens."""

    def __init__(
        self,
        url: QUrl,
        parent: QWidget,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(translate("shell", "Open a link"), WIDTH, parent)
        self._url = url
        self._open_url = open_url
        mail = url.scheme().lower() == "mailto"
        self.content.setContentsMargins(20, 18, 20, 16)
        self.content.setSpacing(10)
        heading = (
            translate("shell", "Write to this address?")
            if mail
            else translate("shell", "Open this page in your browser?")
        )
        self.content.addWidget(PlainLabel(heading, "heading", wraps=True))
        self.address = PlainLabel(BREAK.join(in_full(url)), "muted", wraps=True)
        self.address.setAccessibleName(in_full(url))
        self.content.addWidget(self.address)
        self.content.addSpacing(4)
        self.open_button = TextButton(translate("shell", "Open"), "primary")
        self.copy_button = TextButton(translate("shell", "Copy the address"), "", "copy")
        self.cancel_button = TextButton(translate("shell", "Cancel"))
        row = QHBoxLayout()
        for one in (self.open_button, self.copy_button, self.cancel_button):
            row.addWidget(one)
        row.addStretch(1)
        self.content.addLayout(row)
        self.open_button.clicked.connect(self._open)
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.close)

    def _open(self) -> None:
        self.close()
        self._open_url(self._url)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(in_full(self._url))
        self.close()
