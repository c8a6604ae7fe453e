"""What helps all messages of a transcript: code in colour, formulas, small pictures, moments, a desk for files."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.ui.chat.code_highlighter import CodeHighlighter
from desktop.ui.chat.formulas import Formulas, Submit
from desktop.ui.chat.moment_links import MomentLinks
from desktop.ui.chat.thumbnails import Thumbnails
from desktop.ui.media.desk import MediaDesk
from desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Helpers:
    """They work beside the interface thread or in short slices of it."""

    highlighter: CodeHighlighter
    formulas: Formulas
    thumbnails: Thumbnails | None = None
    moments: MomentLinks | None = None
    media: MediaDesk | None = None

    @classmethod
    def of(
        cls,
        theme: Theme,
        submit: Submit,
        parent: QObject,
        thumbnails: Thumbnails | None = None,
        moments: MomentLinks | None = None,
        media: MediaDesk | None = None,
    ) -> "Helpers":
        """Make both; what takes long is handed to `submit`, which does it in order on another thread."""
        highlighter, formulas = CodeHighlighter(theme, submit, parent), Formulas(submit, parent)
        return cls(highlighter, formulas, thumbnails, moments, media)
