"""What is said, as a person reads it and plays from it."""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.speech import Segment, Transcript, Word
from desktop.ui.voice.transcript_text import TranscriptText


def said(segments: int, words: int = 4) -> Transcript:
    """Sentences of `words` words, a word a second."""
    made = []
    for at in range(segments):
        start = at * words
        spoken = tuple(Word(start + n, start + n + 0.9, f" word{start + n}", 1.0) for n in range(words))
        made.append(Segment(start, start + words, "".join(one.text for one in spoken).strip(), spoken))
    return Transcript("en", tuple(made))


def shown(qtbot: QtBot, transcript: Transcript) -> TranscriptText:
    text = TranscriptText()
    qtbot.addWidget(text)
    text.resize(420, 500)
    text.show_transcript(transcript)
    text.show()
    return text


def test_a_click_on_a_word_plays_from_it(qtbot: QtBot) -> None:
    text = shown(qtbot, said(5))
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index("word6") + 2)
    with qtbot.waitSignal(text.play_requested) as asked:
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.cursorRect(cursor).center())
    assert asked.args == [6.0]


def test_enter_plays_from_the_cursor(qtbot: QtBot) -> None:
    text = shown(qtbot, said(2))
    with qtbot.waitSignal(text.play_requested) as asked:
        QTest.keyClick(text, Qt.Key.Key_Return)
    assert asked.args == [0.0]


def test_the_word_that_is_said_is_marked(qtbot: QtBot) -> None:
    text = shown(qtbot, said(3))
    text.mark(5.5)
    (marked,) = text.extraSelections()
    assert marked.cursor.selectedText() == "word5"


def test_times_stand_beside_the_sentences(qtbot: QtBot) -> None:
    text = shown(qtbot, said(3, 40))
    assert [seconds for _, seconds in text.times_in_sight()] == [0, 40, 80]
    assert text.toPlainText().startswith("word0 word1")


def test_words_are_found(qtbot: QtBot) -> None:
    text = shown(qtbot, said(5))
    assert text.find("WORD1") == (1, 11)
    assert text.find("WORD1", 1) == (2, 11)
    assert text.find("WORD1", -2) == (11, 11)
    assert text.find("nothing") == (0, 0)


def test_an_hour_is_in_sight_at_once(qtbot: QtBot) -> None:
    """Ten thousand words; generous beside the few milliseconds it takes, so that a busy machine does not fail it."""
    hour = said(800, 13)
    began = time.perf_counter()
    text = shown(qtbot, hour)
    opening = time.perf_counter() - began
    began = time.perf_counter()
    for at in range(0, 800, 8):
        text.verticalScrollBar().setValue(at)
        text.grab()
    step = (time.perf_counter() - began) / 100
    print(f"opening {opening * 1000:.1f} ms, a step {step * 1000:.1f} ms")
    assert opening < 0.5
    assert step < 0.1
