"""The files of a question are opened, turned, zoomed, saved and copied from the conversation."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.attachment_errors import AttachmentMissing
from desktop.core.attachment_events import AttachmentShown
from desktop.core.attachments import Attachment
from desktop.core.events import Event, VaultChanged
from desktop.core.media import Facts, Format, Kind, Picture
from desktop.core.viewing_events import AttachmentSaved, PictureViewed, ViewFailed
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.media_tiles import MediaTile
from desktop.ui.chat.media_wiring import add_media
from desktop.ui.media.viewer import Viewer
from desktop.ui.notices import Notice
from desktop.ui.theme import light
from tests.fakes import InlineLane
from tests.ui.chat.conftest import Asked, opened
from tests.ui.chat.test_media_tiles import CALL, FILM, PHOTO, RED, asked

SCAN = Attachment("d" * 64, "scan.tiff", 2_300_000, Facts(Kind.PICTURE, Format.TIFF, 1200, 1700, 3))
BLUE = Picture(400, 200, bytes((20, 30, 220)) * (400 * 200))


class FakePlayer(QWidget):
    """Notes what it is to play."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.asked: list[Any] = []

    def show_media(self, attachment: Attachment, seconds: float, *, play: bool) -> None:
        self.asked.append((attachment, seconds, play))

    def apply(self, event: Event) -> None:
        self.asked.append(event)

    def halt(self) -> None:
        self.asked.append("halt")


class Page:
    """A page with one question, its desk, and what they asked."""

    def __init__(self, qtbot: QtBot, make_player: Callable[[QWidget], FakePlayer] | None, *files: Attachment) -> None:
        self.viewing = Asked()
        self.told: list[Notice] = []
        self.page = ChatPage(Asked(), Asked(), light(), draw=InlineLane().submit)
        self.page.told.connect(self.told.append)
        self.page.illustrate_with(lambda _: None)
        self.desk = add_media(self.page, self.viewing, make_player, lambda _parent, name: f"/there/{name}")
        qtbot.addWidget(self.page)
        self.page.resize(900, 700)
        self.page.show()
        self.page.apply(opened(asked(*files)))

    @property
    def tiles(self) -> list[MediaTile]:
        view = self.page.transcript.view_of(0)
        assert view is not None
        return view.findChildren(MediaTile)

    @property
    def viewer(self) -> Viewer:
        assert self.desk.viewer is not None
        return self.desk.viewer

    @property
    def viewed(self) -> list[tuple[str, int]]:
        return [(one[1].name, one[2]) for one in self.viewing.asked if one[0] == "view"]

    @property
    def token(self) -> str:
        return str([one for one in self.viewing.asked if one[0] == "view"][-1][3])


@pytest.fixture
def photos(qtbot: QtBot) -> Page:
    return Page(qtbot, None, PHOTO, SCAN)


def test_a_click_opens_the_picture_with_what_is_at_hand(photos: Page, qtbot: QtBot) -> None:
    photos.page.apply(AttachmentShown(PHOTO, RED))
    qtbot.mouseClick(photos.tiles[0], Qt.MouseButton.LeftButton)
    assert photos.viewer.is_open
    assert photos.viewed == [("photo.png", 0)]
    middle = photos.viewer.canvas.rect().center()
    assert photos.viewer.canvas.grab().toImage().pixelColor(middle).red() == 220
    photos.page.apply(PictureViewed(photos.token, BLUE))
    assert photos.viewer.canvas.grab().toImage().pixelColor(middle).blue() == 220


def test_enter_opens_and_escape_gives_the_keyboard_back(photos: Page, qtbot: QtBot) -> None:
    tile = photos.tiles[0]
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is photos.viewer.canvas
    qtbot.keyClick(photos.viewer.canvas, Qt.Key.Key_Escape)
    assert not photos.viewer.is_open
    assert QApplication.focusWidget() is tile


def test_tiles_are_stops_of_the_tab_key(photos: Page) -> None:
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in photos.tiles)


def test_arrows_go_through_the_pictures_and_pages_through_a_scan(photos: Page, qtbot: QtBot) -> None:
    photos.desk.open(PHOTO)
    canvas = photos.viewer.canvas
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(canvas, key)
    assert photos.viewed == [("photo.png", 0), ("scan.tiff", 0), ("scan.tiff", 1), ("scan.tiff", 0)]
    assert photos.viewer.facts.text() == "1200 × 1700 · 2 MB · page 1 of 3 · 2 of 2"


def test_a_picture_that_was_left_comes_too_late(photos: Page, qtbot: QtBot) -> None:
    photos.desk.open(PHOTO)
    before = photos.token
    qtbot.keyClick(photos.viewer.canvas, Qt.Key.Key_Right)
    photos.page.apply(PictureViewed(before, BLUE))
    assert photos.viewer.canvas.grab().toImage().pixelColor(300, 200).blue() != 220
    assert ("cancel", before) in photos.viewing.asked


def test_keys_and_wheel_zoom_and_the_pointer_keeps_its_place(photos: Page, qtbot: QtBot) -> None:
    photos.desk.open(SCAN)
    canvas = photos.viewer.canvas
    assert canvas.is_fitted
    fitted = canvas.scale
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.scale == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.scale == pytest.approx(0.8)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale == fitted
    place = QPointF(canvas.rect().center())
    turned = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, turned)
    assert canvas.scale == pytest.approx(fitted * 1.25)


def test_a_picture_is_moved_with_the_pointer_but_not_out_of_sight(photos: Page, qtbot: QtBot) -> None:
    photos.desk.open(SCAN)
    canvas = photos.viewer.canvas
    canvas.zoom(2.0)
    before = canvas.covered
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(canvas, QPoint(340, 320))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(340, 320))
    assert canvas.covered.topLeft() - before.topLeft() == QPointF(40, 20)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(0, 0))
    qtbot.mouseMove(canvas, QPoint(9000, 9000))
    assert canvas.covered.contains(canvas.rect().toRectF())


def test_what_cannot_be_seen_is_told_over_the_picture(photos: Page) -> None:
    photos.desk.open(PHOTO)
    photos.page.apply(ViewFailed(photos.token, AttachmentMissing(name="photo.png")))
    assert photos.viewer.note.isVisible()
    assert "photo.png" in photos.viewer.note.text()


def test_a_copy_is_saved_where_the_person_says(photos: Page, qtbot: QtBot) -> None:
    photos.desk.open(PHOTO)
    qtbot.keyClick(photos.viewer.canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ("save", PHOTO, "/there/photo.png") in photos.viewing.asked
    photos.page.apply(AttachmentSaved("photo.png"))
    assert photos.told[-1].text == "Saved as photo.png. This copy is not encrypted."


def test_a_picture_is_copied(photos: Page) -> None:
    photos.desk.copy(PHOTO)
    photos.page.apply(PictureViewed(photos.token, BLUE))
    assert QGuiApplication.clipboard().image().size() == QSize(400, 200)
    assert photos.told[-1].text == "The picture is copied."


def test_the_menu_offers_what_can_be_done(qtbot: QtBot) -> None:
    page = Page(qtbot, FakePlayer, PHOTO, FILM, CALL)
    silent = replace(FILM, digest="e" * 64)
    words = [[action.text() for action in page.desk.menu(one, page.page).actions()] for one in (PHOTO, CALL, silent)]
    assert words == [
        ["Open", "Copy picture", "Save a copy…"],
        ["Play", "Show what is said", "Save a copy…"],
        ["Play", "Save a copy…"],
    ]


def test_what_is_said_is_asked_for(qtbot: QtBot) -> None:
    page = Page(qtbot, None, CALL)
    wished: list[Attachment] = []
    page.desk.words_requested.connect(wished.append)
    page.desk.menu(CALL, page.page).actions()[0].trigger()
    assert wished == [CALL]


def test_a_film_plays_from_the_moment_asked_for_and_stops_when_closed(qtbot: QtBot) -> None:
    page = Page(qtbot, FakePlayer, PHOTO, FILM)
    page.desk.open(FILM, 12.5)
    (player,) = page.viewer.findChildren(FakePlayer)
    assert player.asked == [(FILM, 12.5, True)]
    assert player.isVisible()
    assert page.viewer.first_stop() is player
    player.setFocus()
    qtbot.keyClick(player, Qt.Key.Key_Escape)
    assert player.asked[-1] == "halt"
    page.desk.open(PHOTO)
    assert not player.isVisible()
    assert page.viewer.canvas.isVisible()


def test_locking_puts_the_viewer_away(photos: Page) -> None:
    photos.desk.open(PHOTO)
    photos.page.apply(VaultChanged(True, ()))
    assert not photos.viewer.is_open
