"""A recording as a person makes it, in the composer."""

from array import array
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.errors import StoreUnwritable
from desktop.core.voice_events import RecordingFailed, RecordingSaved, RecordingsRescued, Rescued
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.voice_controls import VoiceControls
from desktop.ui.notices import NoticeBar
from desktop.ui.voice.microphone import Device, Trouble
from tests.ui.conftest import Recorder

SECOND = array("f", [0.25] * 16_000).tobytes()
LEFT = Qt.MouseButton.LeftButton


class FakeEars(QObject):
    """Hears what the test says."""

    started = Signal()
    heard = Signal(bytes)
    broke = Signal(object)
    used = "one"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []
        self.trouble: Trouble | None = None

    def devices(self) -> tuple[Device, ...]:
        return (Device("one", "Built in"), Device("two", "Headset"))

    def start(self, wanted: str = "") -> None:
        self.asked.append(("start", wanted))
        if self.trouble is None:
            self.started.emit()
        else:
            self.broke.emit(self.trouble)

    def stop(self) -> None:
        self.asked.append("stop")


class Table:
    """A composer with a microphone beside it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.composer, self.voice, self.ears, self.notices = Composer(), Recorder(), FakeEars(), NoticeBar()
        self.controls = VoiceControls(self.composer, self.voice, lambda: self.ears, "two")
        self.controls.told.connect(self.notices.tell)
        self.recorded: list[str] = []
        self.controls.recorded.connect(self.recorded.append)
        for widget in (self.composer, self.notices):
            qtbot.addWidget(widget)
            widget.show()
        self.panel = self.controls.panel

    def begins(self, seconds: int = 1) -> str:
        QTest.mouseClick(self.controls.button, LEFT)
        for _ in range(seconds):
            self.ears.heard.emit(SECOND)
        return str(self.voice.asked[0][1])

    def commands(self) -> list[str]:
        return [name for name, *_ in self.voice.asked if name != "take"]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot)


def test_a_recording_becomes_an_attachment(table: Table) -> None:
    token = table.begins(75)
    assert table.panel.isVisible()
    assert not table.composer.text.isVisible()
    assert not table.composer.button.isVisible()
    assert table.panel.time.text() == "01:15"
    assert len(table.panel.meter.bars) == 75
    assert table.ears.asked[0] == ("start", "two")
    QTest.mouseClick(table.panel.finish, LEFT)
    assert table.voice.asked[:2] == [("record", token), ("take", token, SECOND)]
    assert table.voice.asked[-1][:2] == ("finish", token)
    assert table.recorded == [token]
    assert table.composer.text.isVisible()
    assert not table.panel.isVisible()


def test_esc_pauses_and_loses_nothing(table: Table) -> None:
    token = table.begins()
    for _ in range(2):
        QTest.keyClick(table.panel, Qt.Key.Key_Escape)
    assert table.panel.note.text() == "Paused"
    assert table.commands() == ["record"]
    QTest.mouseClick(table.panel.pause, LEFT)
    table.ears.heard.emit(SECOND)
    assert table.panel.time.text() == "00:02"
    QTest.keyClick(table.panel, Qt.Key.Key_Return)
    assert table.voice.asked[-1][:2] == ("finish", token)


def test_a_discarded_recording_can_be_taken_back(table: Table) -> None:
    token = table.begins(3)
    QTest.mouseClick(table.panel.discard, LEFT)
    assert table.commands() == ["record"]
    QTest.mouseClick(table.notices.cards[0].action, LEFT)
    assert table.panel.isVisible()
    assert table.panel.time.text() == "00:03"
    QTest.mouseClick(table.panel.finish, LEFT)
    assert table.commands() == ["record", "finish"]
    assert table.recorded == [token]


def test_a_discarded_recording_is_deleted_when_its_notice_goes(table: Table) -> None:
    token = table.begins()
    QTest.mouseClick(table.panel.discard, LEFT)
    table.notices.close_all()
    assert table.voice.asked[-1] == ("discard", token)
    assert table.recorded == []


def test_a_microphone_that_is_pulled_out_pauses(table: Table) -> None:
    table.begins()
    table.ears.broke.emit(Trouble.UNPLUGGED)
    assert "disconnected" in table.panel.note.text()
    table.panel.device_chosen.emit("one")
    QTest.mouseClick(table.panel.pause, LEFT)
    assert table.ears.asked[-1] == ("start", "one")
    assert table.commands() == ["record"]


def test_without_a_microphone_nothing_is_recorded_and_it_is_said(table: Table) -> None:
    table.ears.trouble = Trouble.MISSING
    QTest.mouseClick(table.controls.button, LEFT)
    assert "No microphone was found" in table.panel.note.text()
    QTest.mouseClick(table.panel.finish, LEFT)
    assert table.voice.asked == []
    assert table.composer.text.isVisible()


def test_saved_is_only_said_when_it_is(table: Table) -> None:
    token = table.begins(2)
    assert table.panel.note.text() == ""
    table.controls.apply(RecordingSaved(token, 1.0))
    assert table.panel.note.text() == "Saved up to 00:01"
    table.controls.apply(RecordingSaved("another", 2.0))
    assert table.panel.note.text() == "Saved up to 00:01"


def test_a_recording_that_cannot_go_on_is_kept_so_far(table: Table) -> None:
    token = table.begins()
    table.controls.apply(RecordingFailed(token, StoreUnwritable(name="x")))
    assert table.recorded == [token]
    assert table.composer.text.isVisible()
    assert len(table.notices.cards) == 1


@pytest.mark.parametrize(("button", "command"), [("action", "rescue"), ("other", "forget")])
def test_a_rescued_recording_is_offered(table: Table, button: str, command: str) -> None:
    table.controls.apply(RecordingsRescued((Rescued("7", 754.0, 0.0),)))
    (card,) = table.notices.cards
    assert "12:34" in card.notice.text
    QTest.mouseClick(getattr(card, button), LEFT)
    assert table.voice.asked[0][:2] == (command, "7")
    assert len(table.recorded) == (command == "rescue")
