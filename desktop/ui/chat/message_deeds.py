"""What is done with a message, or with the conversation as a whole, once it was chosen in the transcript."""

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.again import Again
from desktop.core.conversations import MessageId
from desktop.ui.chat.commands import ChatCommands, DraftCommands, ExportCommands
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.chat.writing import Writing
from desktop.ui.i18n import translate

if TYPE_CHECKING:
    from desktop.ui.chat.paper import Paper

LONGEST_NAME = 60
UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
"""What a file name cannot hold on one system or another."""


class MessageDeeds:
    """Asks the services, the clipboard, the printer; `page` is what dialogs open over."""

    def __init__(
        self,
        page: QWidget,
        model: TranscriptModel,
        writing: Writing,
        chat: ChatCommands,
        history: DraftCommands,
        exports: ExportCommands | None,
    ) -> None:
        self._page = page
        self._model = model
        self._writing = writing
        self._chat = chat
        self._history = history
        self._exports = exports

    @cached_property
    def paper(self) -> "Paper":
        """What prints."""
        from desktop.ui.chat.paper import Paper  # noqa: PLC0415 - not for the start

        return Paper(self._page)

    def act(self, what: str, message: int) -> None:
        """Do what was chosen on a message: copy, edit, regenerate, branch, print or export."""
        match what:
            case "copy":
                for stored in [one for one in self._model.rows if one.id == message]:
                    QGuiApplication.clipboard().setText(stored.message.copied)
            case "edit":
                for stored in [one for one in self._model.rows if one.id == message]:
                    self._writing.edit(stored)
            case "regenerate":
                self.again(message, Again())
            case "branch":
                self._history.show_branch(self._model.conversation, MessageId(message))
            case "print":
                self.print_out()
            case "export":
                self.export()

    def again(self, message: int, wanted: Again) -> None:
        """Have a question answered once more; an answer under way ends first."""
        if self._model.running is not None:
            self._chat.stop(self._model.conversation)
        self._chat.regenerate(MessageId(message), wanted.model, wanted)

    def print_out(self) -> None:
        """Print the conversation, or save it as PDF."""
        if self._model.rows:
            self.paper.print_out(self._model.summary.title, self._model.rows)

    def export(self) -> None:
        """Write the conversation where the person says."""
        if self._exports is None or not self._model.rows:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _ = QFileDialog.getSaveFileName(
            self._page,
            translate("chat", "Export the conversation"),
            str(Path(folder) / f"{file_name(self._model.summary.title)}.md"),
            translate("chat", "Markdown (*.md)"),
        )
        if path:
            self._exports.save(self._model.conversation, path)


def file_name(title: str) -> str:
    """Return a title as the name of a file that every system takes."""
    name = " ".join(UNFIT.sub(" ", title).split())[:LONGEST_NAME].rstrip(" .")
    return name or translate("chat", "Conversation")
