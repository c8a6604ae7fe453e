"""The whole app with a real model that sees: a picture is dropped on the window, asked about, answered, kept."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentReady
from desktop.core.events import ModelsListed, TurnFinished
from tests.engine.shown import COLOUR, TRAINED
from tests.flows.test_real_answer import Flow


def draw(path: Path, colour: str) -> Path:
    """A square on white, as a PNG file."""
    image = Image.new("RGB", (240, 240), "white")
    ImageDraw.Draw(image).rectangle((80, 80, 160, 160), fill=colour)
    image.save(path)
    return path


def drop(flow: Flow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(flow.page, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
    QApplication.sendEvent(flow.page, QDropEvent(QPointF(20, 20), copy, data, left, none))


def choose(flow: Flow) -> None:
    flow.house.models.add(str(TRAINED))
    while (listed := flow.wait(ModelsListed)) and isinstance(listed, ModelsListed):
        if listed.chosen and listed.chosen.sees:
            return


@pytest.mark.parametrize(("colour", "word"), [("#ff0000", "red"), ("#0000ff", "blue")])
def test_a_dropped_picture_is_seen(qtbot: QtBot, tmp_path: Path, colour: str, word: str) -> None:
    flow = Flow(qtbot, tmp_path / "p")
    choose(flow)
    drop(flow, draw(tmp_path / "shape.png", colour))
    flow.wait(AttachmentReady)
    finished = flow.ask(COLOUR, TurnFinished)
    assert isinstance(finished, TurnFinished)
    assert word in finished.answer.message.text.lower()
    flow.close()


def test_a_picture_of_a_draft_is_there_after_a_restart_and_can_be_asked_about(qtbot: QtBot, tmp_path: Path) -> None:
    flow = Flow(qtbot, tmp_path / "p")
    choose(flow)
    path = draw(tmp_path / "shape.png", "#ff0000")
    drop(flow, path)
    flow.wait(AttachmentReady)
    path.unlink()
    flow.close()
    again = Flow(qtbot, tmp_path / "p")
    qtbot.waitUntil(lambda: [one.item.thumbnail is not None for one in again.page.composer.strip.cards] == [True])
    finished = again.ask(COLOUR, TurnFinished)
    assert isinstance(finished, TurnFinished)
    assert "red" in finished.answer.message.text.lower()
    again.close()
