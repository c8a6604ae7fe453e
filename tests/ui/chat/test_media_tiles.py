"""The files of a question are shown above its words, as large before their small pictures come as after."""

from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentPreparing, AttachmentShown
from desktop.core.attachments import Attachment
from desktop.core.conversations import MessageId, StoredMessage, TurnState
from desktop.core.media import Facts, Format, Kind, Picture
from desktop.core.messages import Message, Role, TextPart
from desktop.core.taking import AttachmentPart
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.media_tiles import MediaTile
from desktop.ui.chat.message_view import MessageView
from desktop.ui.theme import light
from tests.fakes import InlineLane
from tests.ui.chat.conftest import HERE, Asked, answer, opened, talk

PHOTO = Attachment("a" * 64, "photo.png", 9, Facts(Kind.PICTURE, Format.PNG, 400, 200, 1))
FILM = Attachment("b" * 64, "clip.mp4", 9, Facts(Kind.VIDEO, Format.MP4, 640, 360, seconds=83.0))
CALL = Attachment("c" * 64, "call.wav", 9, Facts(Kind.SOUND, Format.WAV, seconds=5.0, has_sound=True))
RED = Picture(256, 128, bytes((220, 30, 30)) * (256 * 128))


def asked(*files: Attachment, text: str = "What is this?") -> StoredMessage:
    parts = (*(AttachmentPart(one) for one in files), *((TextPart(text),) if text else ()))
    return StoredMessage(MessageId(1), HERE, None, Message(Role.USER, parts), TurnState.COMPLETE, 0.0)


class Shown:
    """A page that shows one question with files."""

    def __init__(self, qtbot: QtBot, *rows: StoredMessage) -> None:
        self.wished: list[Attachment] = []
        self.page = ChatPage(Asked(), Asked(), light(), draw=InlineLane().submit)
        self.page.illustrate_with(self.wished.append)
        qtbot.addWidget(self.page)
        self.page.resize(900, 700)
        self.page.show()
        self.page.apply(opened(*rows))

    @property
    def row(self) -> MessageView:
        view = self.page.transcript.view_of(0)
        assert view is not None
        return view

    @property
    def tiles(self) -> list[MediaTile]:
        return self.row.findChildren(MediaTile)


def test_a_photo_is_shown_in_its_shape_and_nothing_jumps_when_it_comes(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(PHOTO))
    (tile,) = shown.tiles
    height = shown.row.height()
    assert (tile.width(), tile.height()) == (256, 128)
    tile.grab()
    shown.page.apply(AttachmentShown(PHOTO, RED))
    assert tile.grab().toImage().pixelColor(128, 64).red() == 220
    assert shown.row.height() == height


def test_a_picture_is_asked_for_once(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(PHOTO))
    for _ in range(3):
        shown.tiles[0].grab()
    assert shown.wished == [PHOTO]


def test_a_sound_is_not_asked_for(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(CALL))
    shown.tiles[0].grab()
    assert shown.wished == []


def test_what_is_out_of_sight_is_not_asked_for(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(PHOTO), *talk(30))
    shown.page.transcript._rows.settle()
    assert shown.wished == []


def test_files_tell_what_they_are(qtbot: QtBot) -> None:
    names = [one.accessibleName() for one in Shown(qtbot, asked(PHOTO, FILM, CALL)).tiles]
    assert names == ["Picture: photo.png", "Video: clip.mp4, 01:23", "Sound: call.wav, 00:05"]


def test_files_stand_above_the_words(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(PHOTO, CALL), answer(2, "A fox", 1))
    lowest = max(one.mapTo(shown.row, one.rect().bottomLeft()).y() for one in shown.tiles)
    assert lowest < shown.row.text.y()


def test_the_status_line_says_which_file_is_looked_at(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(FILM), answer(2, "", 1, TurnState.PARTIAL))
    shown.page.apply(AttachmentPreparing(FILM, 4, 10))
    assert shown.page.status.text == "Looking at clip.mp4 … 40 %"


def test_a_file_of_another_conversation_is_not_told_here(qtbot: QtBot) -> None:
    shown = Shown(qtbot, asked(FILM), answer(2, "", 1, TurnState.PARTIAL))
    shown.page.apply(AttachmentPreparing(CALL, 4, 10))
    assert shown.page.status.text == "Waiting for the model …"
