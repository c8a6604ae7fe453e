"""What is typed while the store is still opening."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light
from tests.ui.chat.conftest import HERE, Asked, opened, question


def test_what_is_typed_before_the_store_is_open_stays_behind_the_draft(qtbot: QtBot) -> None:
    asked = Asked()
    page = ChatPage(asked, asked, light())
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClicks(page.composer.text, "as I was saying")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert asked.asked == []
    page.apply(opened(question(1, "Hello"), draft="Dear Sir,"))
    assert page.composer.text.toPlainText() == "Dear Sir,\nas I was saying"
    assert asked.asked == [("save_draft", HERE, "Dear Sir,\nas I was saying")]
