"""The desk at which kept files are looked at, played, saved and copied."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.core.attachments import Attachment
from desktop.core.events import Event, VaultChanged
from desktop.core.media import Kind
from desktop.core.viewing_events import AttachmentSaved, PictureViewed, ViewFailed
from desktop.ui.i18n import translate
from desktop.ui.media.view_commands import Plays, ViewCommands
from desktop.ui.notices import Notice, Tone
from desktop.ui.texts import sentence
from desktop.ui.widgets.drawing import pixmap_of
from desktop.ui.widgets.popup import rounded_menu

if TYPE_CHECKING:
    from desktop.ui.media.viewer import Viewer

AskPlace = Callable[[QWidget, str], str]
MakePlayer = Callable[[QWidget], Plays]


class MediaDesk(QObject):
    """One viewer at a time, over the window of a page.

    Signals:
        told: a Notice for the person.
        words_requested: an attachment of which the person wants to read what is said.
        played: a film or a sound begins.
    """

    told = Signal(object)
    words_requested = Signal(object)
    played = Signal()

    def __init__(
        self,
        page: QWidget,
        viewing: ViewCommands,
        find: Callable[[Attachment], QPixmap | None],
        conversation: Callable[[], Sequence[Attachment]],
        make_player: MakePlayer | None = None,
        ask_place: AskPlace | None = None,
    ) -> None:
        """Show nothing yet.

        Args:
            page: over whose window the viewer lies.
            viewing: looks at and saves kept files.
            find: returns the small picture of an attachment, if it is at hand.
            conversation: returns all attachments of the conversation, in order.
            make_player: makes what plays films and sounds; without it only pictures open.
            ask_place: asks where to save a file of this name; "" = nowhere.
        """
        super().__init__(page)
        self._page = page
        self._viewing = viewing
        self._find = find
        self._conversation = conversation
        self._make_player = make_player
        self._ask_place = ask_place or _ask_place
        self._player: Plays | None = None
        self._pictures: tuple[Attachment, ...] = ()
        self._shown: Attachment | None = None
        self._token = ""
        self._copying = ""
        self.viewer: Viewer | None = None
        """There is one once something was opened."""

    @property
    def shown(self) -> Attachment | None:
        """What is looked at or played."""
        return self._shown

    def can_open(self, attachment: Attachment) -> bool:
        """Whether it can be shown or played."""
        return is_picture(attachment) or self._make_player is not None

    def open(self, attachment: Attachment, seconds: float | None = None) -> None:
        """Show a picture, or play a film or a sound from a moment on."""
        if not self.can_open(attachment):
            return
        if self.viewer is None:
            from desktop.ui.media.viewer import Viewer  # noqa: PLC0415 - not for the start

            self.viewer = Viewer(self._page.window())
            self.viewer.turned.connect(self._turn)
            self.viewer.save_requested.connect(self._save_shown)
            self.viewer.closed.connect(self._put_away)
        if is_picture(attachment):
            known = tuple(dict.fromkeys(one for one in self._conversation() if is_picture(one)))
            self._pictures = known if attachment in known else (attachment,)
            self._turn(self._pictures.index(attachment), 0)
            self.viewer.open()
        else:
            self._play(self.viewer, attachment, seconds or 0.0)

    def save(self, attachment: Attachment) -> None:
        """Write a copy where the person says."""
        if path := self._ask_place(self._page, attachment.name):
            self._viewing.save(attachment, path)

    def copy(self, attachment: Attachment) -> None:
        """Put a picture on the clipboard."""
        self._viewing.cancel(self._copying)
        self._copying = uuid4().hex
        self._viewing.view(attachment, 0, self._copying)

    def menu(self, attachment: Attachment, parent: QWidget) -> QMenu:
        """Return what can be done with a file."""
        menu = rounded_menu(parent)
        menu.setAccessibleName(attachment.name)
        if self.can_open(attachment):
            words = translate("media", "Open") if is_picture(attachment) else translate("media", "Play")
            menu.addAction(words).triggered.connect(lambda: self.open(attachment))
        if is_picture(attachment):
            menu.addAction(translate("media", "Copy picture")).triggered.connect(lambda: self.copy(attachment))
        elif attachment.facts.kind is Kind.SOUND or attachment.facts.has_sound:
            said = menu.addAction(translate("media", "Show what is said"))
            said.triggered.connect(lambda: self.words_requested.emit(attachment))
        menu.addAction(translate("media", "Save a copy…")).triggered.connect(lambda: self.save(attachment))
        return menu

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        if self._player is not None:
            self._player.apply(event)
        match event:
            case PictureViewed(token, picture) if self.viewer is not None and token == self._token:
                self.viewer.show_large(pixmap_of(picture))
            case PictureViewed(token, picture) if token == self._copying:
                QGuiApplication.clipboard().setPixmap(pixmap_of(picture))
                self.told.emit(Notice(translate("media", "The picture is copied.")))
            case ViewFailed(token, error) if self.viewer is not None and token == self._token:
                self.viewer.show_error(sentence(error))
            case ViewFailed(token, error) if token == self._copying:
                self.told.emit(Notice(sentence(error), Tone.ERROR, seconds=0))
            case AttachmentSaved(name):
                words = translate("media", "Saved as {name}. This copy is not encrypted.", name=name)
                self.told.emit(Notice(words))
            case VaultChanged(locked=True):
                self.leave()

    def leave(self) -> None:
        """Put away what is shown, and play nothing more."""
        if self.viewer is not None:
            self.viewer.leave()

    def _save_shown(self) -> None:
        if self._shown is not None:
            self.save(self._shown)

    def _turn(self, at: int, page: int) -> None:
        assert self.viewer is not None
        self._viewing.cancel(self._token)
        self._token = uuid4().hex
        self._shown = self._pictures[at]
        self._halt()
        self.viewer.show_picture(self._pictures, at, page, self._find(self._shown) if page == 0 else None)
        self._viewing.view(self._shown, page, self._token)

    def _play(self, viewer: "Viewer", attachment: Attachment, seconds: float) -> None:
        assert self._make_player is not None
        self._viewing.cancel(self._token)
        if self._player is None:
            self._player = self._make_player(viewer.panel)
        assert isinstance(self._player, QWidget)
        self._token, self._shown = "", attachment
        viewer.show_player(attachment, self._player)
        viewer.open()
        self.played.emit()
        self._player.show_media(attachment, seconds, play=True)

    def _put_away(self) -> None:
        self._viewing.cancel(self._token)
        self._token, self._shown = "", None
        self._halt()

    def _halt(self) -> None:
        if self._player is not None:
            self._player.halt()


def is_picture(attachment: Attachment) -> bool:
    """Whether the viewer shows it by itself."""
    return attachment.facts.kind is Kind.PICTURE


def _ask_place(parent: QWidget, name: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    words = translate("media", "Save a copy that is not encrypted")
    return QFileDialog.getSaveFileName(parent, words, str(Path(folder) / Path(name).name))[0]
