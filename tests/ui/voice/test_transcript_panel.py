"""A transcript while it is written, when it is ready, and when it failed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.attachments import Attachment
from desktop.core.media import Facts, Kind
from desktop.core.speech import Transcript
from desktop.core.speech_errors import TranscriberCrashed
from desktop.core.voice_events import TranscriptFailed, TranscriptReady, TranscriptWriting
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light
from desktop.ui.voice.transcript_panel import TranscriptPanel
from tests.fakes import FakeClock
from tests.ui.conftest import Recorder, SettingsRecorder
from tests.ui.voice.test_transcript_text import said

LEFT = Qt.MouseButton.LeftButton
TALK = Attachment("d", "talk.mp3", 10, Facts(Kind.SOUND, "audio/mpeg", seconds=600.0))


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        self.voice, self.clock = Recorder(), FakeClock()
        self.panel = TranscriptPanel(self.voice, now=self.clock)
        qtbot.addWidget(self.panel)
        self.panel.resize(420, 500)
        self.panel.show_attachment(TALK)
        self.panel.show()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_time_left_is_told_and_it_can_be_stopped(desk: Desk) -> None:
    desk.panel.apply(TranscriptWriting(TALK, 0, 600))
    desk.clock.now += 30
    desk.panel.apply(TranscriptWriting(TALK, 200, 600))
    assert "01:00 left" in desk.panel.state.text()
    QTest.mouseClick(desk.panel.button, LEFT)
    assert desk.voice.asked == [("write_down", TALK), ("stop_writing", TALK)]


def test_a_word_is_played_and_found(desk: Desk, qtbot: QtBot) -> None:
    desk.panel.apply(TranscriptReady(TALK, said(5)))
    assert desk.panel.language.text() == "English"
    assert not desk.panel.bar.isVisible()
    with qtbot.waitSignal(desk.panel.play_requested) as asked:
        QTest.keyClick(desk.panel.text, Qt.Key.Key_Return)
    assert asked.args == [TALK, 0.0]
    desk.panel.field.setText("word1")
    QTest.keyClick(desk.panel.field, Qt.Key.Key_Return)
    assert desk.panel.count.text() == "2 of 11"


def test_a_failure_is_told_and_can_be_tried_again(desk: Desk) -> None:
    desk.panel.apply(TranscriptFailed(TALK, TranscriberCrashed()))
    assert "unexpectedly" in desk.panel.state.text()
    QTest.mouseClick(desk.panel.button, LEFT)
    assert desk.voice.asked == [("write_down", TALK)] * 2


def test_silence_is_told(desk: Desk) -> None:
    desk.panel.apply(TranscriptReady(TALK, Transcript()))
    assert desk.panel.state.text() == "Nothing is said in this file."


def test_page_shows_it_where_speech_can_be_written_down(qtbot: QtBot) -> None:
    voice = Recorder()
    page = ChatPage(Recorder(), Recorder(), light())
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    assert page.voice is None
    page.add_voice(voice, SettingsRecorder())
    assert page.voice is not None
    page.voice.show_transcript(TALK, page)
    (panel,) = page.findChildren(TranscriptPanel)
    page.apply(TranscriptReady(TALK, said(3)))
    assert panel.isVisible()
    assert panel.text.isVisible()
    page.resize(400, 700)
    assert panel.width() <= 400
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert voice.asked == [("write_down", TALK)]
