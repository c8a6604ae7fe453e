"""Documents beside a question: which files they are, how far their reading is, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop.core.coverage import SourceId
from desktop.core.document_errors import DocumentLocked
from desktop.core.library import BESIDE, LibrarySource, readable
from desktop.core.library_events import SourceChanged, SourcesListed
from desktop.ui.chat.attachment_strip import AttachmentStrip
from desktop.ui.chat.attachment_words import Note
from desktop.ui.chat.commands import DocumentCommands, PasswordCommands
from desktop.ui.chat.document_state import part_of, token_of, trouble
from desktop.ui.i18n import translate

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".heic"})
"""A model that sees looks at these itself."""
LOCKED = DocumentLocked.__name__


class DocumentsBeside:
    """Stands between the strip and the library."""

    def __init__(
        self, library: DocumentCommands, strip: AttachmentStrip, passwords: PasswordCommands | None = None
    ) -> None:
        self._library, self._strip, self._passwords = library, strip, passwords
        self._tried: set[SourceId] = set()
        self._asked: set[str] = set()

    def takes(self, path: str) -> bool:
        """Whether a file is read as a document, by its name."""
        file = Path(path)
        return readable(file) and file.suffix.lower() not in PICTURES

    def add(self, path: str, token: str) -> None:
        """Take a document in."""
        self._library.add_beside(path, token)

    def cancel(self, token: str) -> None:
        """Do not take it in after all."""
        self._library.leave(token)

    def apply(self, event: SourceChanged | SourcesListed) -> None:
        """Follow how far the reading is."""
        sources = (event.source,) if isinstance(event, SourceChanged) else event.sources
        shown = {item.token for item in self._strip.items}
        for source in sources:
            if token_of(source.id) in shown:
                self._show(source)

    def notes(self) -> Iterator[Note]:
        """Yield what should be known of these documents; those of an old draft are asked for first."""
        for item in self._strip.items:
            if item.document is None:
                continue
            if item.source is None and item.token not in self._asked:
                self._asked.add(item.token)
                self._library.open(BESIDE)
            if item.source is not None and (words := trouble(item.source)):
                locked = item.source.id if self._passwords is not None and item.source.failure == LOCKED else None
                action = translate("chat", "Enter the password") if locked is not None else ""
                yield Note(words, action, failed=True, locked=locked)
            elif not item.is_read:
                words = translate("chat", "{name} is still being read. Asked now, only what was read by then counts.",
                                  name=item.name)  # fmt: skip
                yield Note(words, waits=True)

    def ask_password(self, source: SourceId) -> None:
        """Let the person enter the password of a document."""
        from desktop.ui.chat.password_popup import PasswordPopup  # noqa: PLC0415 - not for the start

        passwords = self._passwords
        name = next((one.name for one in self._strip.documents if one.source == source), "")
        if passwords is None or not name:
            return

        def give(password: str) -> None:
            self._tried.add(source)
            passwords.give_password(source, password)

        self.popup = PasswordPopup(name, self._strip, wrong=source in self._tried)
        self.popup.given.connect(give)
        self.popup.open_over(self._strip.window())
        self.popup.field.setFocus()

    def _show(self, source: LibrarySource) -> None:
        self._strip.update_item(
            token_of(source.id), lambda item: replace(item, source=source, document=part_of(source))
        )
