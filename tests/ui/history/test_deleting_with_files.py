"""A conversation with a file is deleted in the sidebar: the file goes when the delete is final, and not before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.attachment_events import AttachmentReady
from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.events import ConversationDeleted, ConversationsListed, TurnFinished
from desktop.core.taking import AttachmentPart
from desktop.ui.history.sidebar import Sidebar
from desktop.ui.notices import NoticeBar
from desktop.ui.theme import light
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened
from tests.media import made


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[app.House, Recorder]]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


def test_undo_keeps_the_file_and_a_final_delete_removes_it(
    qtbot: QtBot, house: tuple[app.House, Recorder], tmp_path: Path
) -> None:
    inside, recorder = house
    photo = tmp_path / "photo.png"
    photo.write_bytes(made.saved(made.corners(), "PNG"))
    inside.attach.add(str(photo), "t")
    part = AttachmentPart(recorder.wait(AttachmentReady).attachment)
    inside.chat.send(NEW_CONVERSATION, "What is this?", attached=(part,))
    conversation = recorder.wait(TurnFinished).conversation

    def kept() -> bool:
        files = [one for one in inside.profile.files.rglob("*") if one.is_file()]
        return inside.shelf.attachments.size(part.attachment.digest) is not None and bool(files)

    bar = NoticeBar()
    sidebar = Sidebar(inside.history, bar.tell, light())
    qtbot.addWidget(bar)
    qtbot.addWidget(sidebar)
    inside.history.list()
    sidebar.apply(recorder.wait(ConversationsListed))
    sidebar.show()

    def delete() -> None:
        sidebar.list.setCurrentIndex(sidebar.model.index_of(conversation))
        qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)

    delete()
    assert not sidebar.model.index_of(conversation).isValid()
    assert kept()
    bar.cards[0].action.click()
    bar.close_all()
    assert kept()
    assert inside.shelf.conversations.thread(conversation).messages[0].message.attached == (part,)
    delete()
    bar.close_all()
    recorder.wait(ConversationDeleted)
    assert not kept()
    assert [one for one in inside.profile.files.rglob("*") if one.is_file()] == []
