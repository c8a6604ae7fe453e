"""What connects the files of a conversation with the desk at which they are looked at."""

from desktop.core.attachments import Attachment
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.media.desk import AskPlace, MakePlayer, MediaDesk
from desktop.ui.media.view_commands import ViewCommands


def add_media(
    page: ChatPage,
    viewing: ViewCommands,
    make_player: MakePlayer | None = None,
    ask_place: AskPlace | None = None,
) -> MediaDesk:
    """Let the files of a page be opened, saved and copied; after its thumbnails, before its first message."""

    def files() -> list[Attachment]:
        return [part.attachment for row in page.model.rows for part in row.message.attached]

    desk = MediaDesk(
        page, viewing, lambda one: page.thumbnails.find(one) if page.thumbnails else None, files, make_player, ask_place
    )
    desk.told.connect(page.told)
    if page.voice is not None:
        voice = page.voice
        desk.words_requested.connect(lambda attachment: voice.show_transcript(attachment, page))
        voice.play_requested.connect(desk.open)
    page.media = desk
    return desk
