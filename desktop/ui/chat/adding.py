"""The ways in which files come to a question: dropped, pasted, chosen, taken from the screen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.library import SUFFIXES
from desktop.ui.assets import icon
from desktop.ui.chat.attaching import Attaching
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.documents_beside import PICTURES
from desktop.ui.chat.incoming import brings_files, files_in, packed_png, picture_in, pictures_folder
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drop_overlay import DropOverlay
from desktop.ui.widgets.popup import rounded_menu

Choose = Callable[[QWidget, str], list[str]]
DOCUMENTS = " ".join(sorted(one[1:] for one in SUFFIXES - PICTURES))
ENDINGS = "png jpg jpeg webp gif bmp tif tiff mp4 mov m4v mkv webm avi wav mp3 m4a aac ogg oga opus flac"


class Adding:
    """Hands on what a page is given; its composer gets a button for it."""

    def __init__(self, page: QWidget, composer: Composer, attaching: Attaching, choose: Choose | None = None) -> None:
        """Accept drops from now on.

        Args:
            page: takes drops everywhere.
            composer: takes what is pasted.
            attaching: takes the files.
            choose: lets the person choose files, starting in a folder; the system's dialog unless a test has its own.
        """
        self._page, self._composer, self._attaching = page, composer, attaching
        self._choose = choose or choose_files
        self._folder = ""
        self._pictures = 0
        self.overlay = DropOverlay(page, translate("chat", "Drop to add to your question"), brings_files)
        self.overlay.dropped.connect(self.take)
        composer.text.takes_files = True
        composer.text.brought.connect(self.take)
        keys = QKeySequence("Ctrl+Shift+A").toString(QKeySequence.SequenceFormat.NativeText)
        composer.add_button.set_label(translate("chat", "Add files or a picture (files: {keys})", keys=keys))
        composer.add_button.clicked.connect(self.open_menu)
        composer.add_button.show()

    def take(self, data: QMimeData) -> None:
        """Take what was dropped or pasted."""
        if files := files_in(data):
            self._attaching.add_files(files)
        elif made := picture_in(data):
            self.take_picture(made)
        self._composer.setFocus()

    def take_picture(self, made: Callable[[], bytes]) -> None:
        """Take a picture that has no name."""
        self._pictures += 1
        self._attaching.add_picture(made, translate("chat", "Picture {number}.png", number=self._pictures))

    def open_menu(self) -> None:
        """Offer the ways to add something."""
        button = self._composer.add_button
        self.menu = menu = rounded_menu(button)
        menu.setAccessibleName(translate("chat", "Add to your question"))
        color = tint("muted").name()
        files = menu.addAction(icon("paperclip", color), translate("chat", "Files…"))
        files.triggered.connect(self.pick)
        screen = menu.addAction(icon("screen-region", color), translate("chat", "Part of the screen…"))
        screen.triggered.connect(self.take_screen)
        menu.setActiveAction(files)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def take_screen(self) -> None:
        """Let the person drag over a part of the screen."""
        from desktop.ui.chat.screen_region import ScreenRegion  # noqa: PLC0415 - not for the start

        region = ScreenRegion(self._page.window())
        region.taken.connect(lambda image: self.take_picture(partial(packed_png, image)))
        region.refused.connect(self._tell_refused)
        region.ended.connect(region.deleteLater)
        region.start()
        self.region = region

    def _tell_refused(self) -> None:
        self._attaching.tell(
            translate(
                "chat",
                "This system does not let programs see the screen. Take the picture with its own keys, then paste it.",
            )
        )

    def pick(self) -> None:
        """Let the person choose files.

        Why the folder is remembered for this session only: its name may tell of a client, and settings are not sealed.
        """
        chosen = self._choose(self._page, self._folder or pictures_folder())
        if chosen:
            self._folder = chosen[0].rpartition("/")[0]
            self._attaching.add_files(chosen)
        self._composer.setFocus()


def choose_files(parent: QWidget, folder: str) -> list[str]:
    """Let the person choose files in the dialog of the system."""
    kinds = " ".join(f"*.{ending}" for ending in ENDINGS.split())
    forms = translate("chat", "Pictures, videos and sound ({kinds})", kinds=kinds)
    texts = " ".join(f"*.{ending}" for ending in DOCUMENTS.split())
    documents = translate("chat", "Documents ({kinds})", kinds=texts)
    all_kinds = translate("chat", "Documents, pictures, videos and sound ({kinds})", kinds=f"{texts} {kinds}")
    every = translate("chat", "All files (*)")
    return QFileDialog.getOpenFileNames(
        parent, translate("chat", "Add files"), folder, ";;".join((all_kinds, documents, forms, every))
    )[0]
