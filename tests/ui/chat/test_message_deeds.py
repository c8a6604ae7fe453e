"""What is done with a message: through the page to the services, the disk and the clipboard."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.again import Again, Manner
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.message_deeds import file_name
from desktop.ui.theme import light
from tests.ui.chat.conftest import HERE, Asked, answer, opened, question


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(qtbot: QtBot, asked: Asked) -> ChatPage:
    made = ChatPage(asked, asked, light(), exports=asked)
    qtbot.addWidget(made)
    made.show()
    made.apply(opened(question(1, "Hello"), answer(2, "Good day", 1)))
    return made


def test_an_answer_is_wanted_from_another_model_and_shorter(page: ChatPage, asked: Asked) -> None:
    wanted = Again("gemma", Manner.SHORTER)
    page.transcript.again.emit(2, wanted)
    assert asked.asked[-1] == ("regenerate", 2, "gemma", wanted)


def test_the_conversation_is_exported_where_the_person_says(
    page: ChatPage, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(start).name)
        return str(tmp_path / "chat.md"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.export()
    assert offered == ["A chat.md"]
    assert asked.asked[-1] == ("save", HERE, str(tmp_path / "chat.md"))


def test_an_export_that_was_left_writes_nothing(page: ChatPage, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.export()
    assert asked.asked == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lease: Meyer / Harbour?", "Lease Meyer Harbour"),
        ("  ..  ", "Conversation"),
        ("x" * 90, "x" * 60),
        ("عقد الإيجار", "عقد الإيجار"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name
