"""The strip at the foot of the library while documents are read: how far, how long, pause and stop."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.core.library_events import IndexingProgress
from desktop.ui.i18n import translate
from desktop.ui.library import menus
from desktop.ui.library.commands import IndexingCommands
from desktop.ui.library.wording import duration, number
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel

NOTHING = IndexingProgress()
STEPS = 1000


class ProgressStrip(QFrame):
    """Follows IndexingProgress; it is away when there is nothing to do."""

    cancelled = Signal()
    """Nothing more is to be taken in."""

    def __init__(self, indexing: IndexingCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._indexing = indexing
        self._progress = NOTHING
        self._taking = False
        self.first = ElidedLabel()
        self.second = PlainLabel("", "small", wraps=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.pause_button = IconButton("pause", translate("library", "Pause reading"))
        self.cancel_button = IconButton("close", translate("library", "Stop reading…"))
        self.setAccessibleName(translate("library", "Reading of new documents"))
        self._lay_out()
        self.pause_button.clicked.connect(self._turn)
        self.cancel_button.clicked.connect(self._ask_cancel)
        self.hide()

    @property
    def waiting(self) -> int:
        """How many documents are not wholly read."""
        return max(0, self._progress.files_total - self._progress.files_done)

    def show_taking(self, on: bool) -> None:
        """Show that files are being taken in; those that are in are read meanwhile."""
        self._taking = on
        self.show_progress(self._progress)

    def show_progress(self, progress: IndexingProgress) -> None:
        """Show how far it is."""
        self._progress = progress
        reading = bool(progress.files_total) or progress.passages > progress.embedded
        if reading or self._taking:
            taking = translate("library", "Files are being taken in…")
            self.first.show_text(_headline(progress) if reading else taking)
            self.second.setText(_below(progress))
            self.bar.setValue(_share(progress))
            self.bar.setAccessibleName(self.first.text())
            self.pause_button.set_icon("play" if progress.paused else "pause")
            go_on, pause = translate("library", "Go on reading"), translate("library", "Pause reading")
            self.pause_button.set_label(go_on if progress.paused else pause)
            self.cancel_button.setVisible(self.waiting > 0 or self._taking)
            for one in (self.pause_button, self.bar):
                one.setVisible(reading)
        self.setVisible(reading or self._taking)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.first)
        words.addWidget(self.second)
        words.addSpacing(3)
        words.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 12)
        row.setSpacing(4)
        row.addLayout(words, 1)
        row.addSpacing(8)
        for button in (self.pause_button, self.cancel_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _turn(self) -> None:
        if self._progress.paused:
            self._indexing.resume()
        else:
            self._indexing.pause()

    def _cancel(self) -> None:
        self.cancelled.emit()
        self._indexing.cancel()

    def _ask_cancel(self) -> None:
        self.menu = menus.of_cancelling(self.waiting, self._cancel, self._indexing.pause, self.cancel_button)
        self.menu.setActiveAction(self.menu.actions()[0])
        above = QPoint(0, -self.menu.sizeHint().height() - 4)
        self.menu.popup(self.cancel_button.mapToGlobal(above))


def _headline(progress: IndexingProgress) -> str:
    if progress.waiting:
        return translate("library", "Waits for the answer that is being written")
    if progress.paused:
        return translate("library", "Paused")
    if not progress.files_total or progress.files_done >= progress.files_total:
        return translate("library", "All documents are read. The search by meaning is being prepared.")
    told = [
        translate(
            "library",
            "Reading file {at} of {files}",
            at=number(min(progress.files_done + 1, progress.files_total)),
            files=number(progress.files_total),
        )
    ]
    if progress.name:
        told.append(progress.name)
    return ": ".join(told)


def _below(progress: IndexingProgress) -> str:
    told = []
    if progress.pages_total and progress.files_done < progress.files_total:
        at, pages = number(progress.pages_done), number(progress.pages_total)
        told.append(translate("library", "Page {at} of {pages}", at=at, pages=pages))
    if progress.waiting or progress.paused:
        at, files = number(progress.files_done), number(progress.files_total)
        if progress.files_total:
            told.append(translate("library", "{at} of {files} files are read", at=at, files=files))
    elif progress.seconds_left > 0:
        told.append(translate("library", "{time} left", time=duration(progress.seconds_left)))
    told.append(translate("library", "What is read can be found by its words"))
    if progress.passages:
        at, every = number(progress.embedded), number(progress.passages)
        told.append(translate("library", "by meaning: {at} of {every} passages", at=at, every=every))
    return " · ".join(told)


def _share(progress: IndexingProgress) -> int:
    """Return how full the bar is: of the files, or of the passages when all are read."""
    if progress.files_done < progress.files_total:
        inside = progress.pages_done / progress.pages_total if progress.pages_total else 0.0
        return round(STEPS * (progress.files_done + min(inside, 1.0)) / progress.files_total)
    return round(STEPS * progress.embedded / progress.passages) if progress.passages else STEPS
