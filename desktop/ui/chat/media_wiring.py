"""What connects the files of a conversation with the desk at which they are looked at and played."""

from PySide6.QtWidgets import QWidget

from desktop.core.attachments import Attachment
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.media.commands import PlayCommands
from desktop.ui.media.desk import AskPlace, MakePlayer, MediaDesk
from desktop.ui.media.view_commands import Plays, ViewCommands


def add_media(
    page: ChatPage,
    viewing: ViewCommands,
    make_player: MakePlayer | None = None,
    ask_place: AskPlace | None = None,
) -> MediaDesk:
    """Let the files of a page be opened, played, saved and copied; after its voice, before its first message."""

    def files() -> list[Attachment]:
        return [part.attachment for row in page.model.rows for part in row.message.attached]

    desk = MediaDesk(
        page, viewing, lambda one: page.thumbnails.find(one) if page.thumbnails else None, files, make_player, ask_place
    )
    desk.told.connect(page.told)
    desk.played.connect(page.aloud.stop)
    page.moments.requested.connect(desk.open)
    if (voice := page.voice) is not None:
        desk.words_requested.connect(lambda attachment: voice.show_transcript(attachment, page))
        voice.play_requested.connect(desk.open)
        voice.left.connect(desk.leave)
    page.media = desk
    return desk


def player(page: ChatPage, playing: PlayCommands, parent: QWidget) -> Plays:
    """Make the player; the word that is heard is marked where the words are shown."""
    from desktop.ui.media.player import Player  # noqa: PLC0415 - not for the start

    def mark(seconds: float) -> None:
        panel = page.voice.transcript if page.voice else None
        if panel is not None and page.media is not None and (played := page.media.shown) is not None:
            panel.mark(played, seconds)

    made = Player(playing, parent)
    made.reached.connect(mark)
    return made
