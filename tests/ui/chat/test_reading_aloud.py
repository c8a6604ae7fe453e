"""An answer is read aloud: what is said of it, what is marked while it is heard, and what ends it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.conversations import StoredMessage
from desktop.core.errors import AppError
from desktop.core.reading_errors import NoVoice, VoiceHung
from desktop.core.voice_events import ReadingEnded, SentenceReached
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.formulas import at_once
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.spoken_words import spoken_sentences
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.chat.transcript_view import TranscriptView
from desktop.ui.notices import Notice
from desktop.ui.theme import dark, light
from tests.ui.chat.conftest import Opened, answer, opened, question, talk
from tests.ui.conftest import Recorder, SettingsRecorder

MARKDOWN = """# A heading

Some **bold** words and [a link](https://example.org). See Dr. Weber 😀 today.

```python
print("never said. Never.")
```

- One point
- Another point with $a_1+b^2$ in it. Yes!

| Left | Right |
|------|-------|
| in a | table |
"""
SAID = [
    "A heading",
    "Some bold words and a link.",
    "See Dr. Weber 😀 today.",
    "One point",
    "Another point with formula in it.",
    "Yes!",
    "Left",
    "Right",
    "in a",
    "table",
]
LONG = " ".join(f"This is the sentence {number} of a long answer that fills the page." for number in range(150))


@dataclass
class Aloud:
    """A page with a voice, and what it told."""

    opened: Opened
    qtbot: QtBot
    voice: Recorder = field(default_factory=Recorder)
    told: list[Notice] = field(default_factory=list)

    def show(self, *rows: StoredMessage, conversation: int = 1) -> None:
        self.opened.page.apply(opened(*rows, conversation=conversation))
        self.qtbot.waitUntil(lambda: self.page.transcript.rows.is_settled)

    @property
    def page(self) -> ChatPage:
        return self.opened.page

    def row(self, number: int) -> MessageView:
        view = self.page.transcript.view_of(number)
        assert view is not None
        return view

    def read(self, message: int) -> None:
        self.page.transcript.action.emit("read", message)

    def hear(self, number: int) -> None:
        """The voice reaches a sentence."""
        self.page.apply(SentenceReached(self.voice.asked[-1][-1], number))

    def end(self, error: AppError | None = None) -> None:
        """The voice ends."""
        self.page.apply(ReadingEnded(self.voice.asked[-1][-1], error))

    def marked(self, number: int) -> str:
        cursor = QTextCursor(self.row(number).text.document())
        for start, end in self.row(number)._read.ranges:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()


@pytest.fixture
def aloud(make_page: Callable[[], Opened], qtbot: QtBot) -> Aloud:
    made = Aloud(make_page(), qtbot)
    made.page.aloud.reading.commands = made.voice
    made.page.told.connect(made.told.append)
    return made


def said(helpers: Helpers | None, qtbot: QtBot) -> tuple[list[str], list[str]]:
    """What is said of the answer, and what stands there."""
    model = TranscriptModel()
    view = TranscriptView(model, light(), helpers=helpers)
    qtbot.addWidget(view)
    view.resize(800, 900)
    view.show()
    change = model.apply(opened(question(1, "?"), answer(2, MARKDOWN, 1)))
    assert change is not None
    view.apply(change)
    row = view.view_of(1)
    assert row is not None
    found = spoken_sentences(row.text.document())
    places = []
    for one in found:
        cursor = QTextCursor(row.text.document())
        cursor.setPosition(one.start)
        cursor.setPosition(one.end, QTextCursor.MoveMode.KeepAnchor)
        places.append(cursor.selectedText())
    return [one.words for one in found], places


def test_code_is_left_out_and_formulas_are_named(qtbot: QtBot) -> None:
    words, places = said(None, qtbot)
    assert words == SAID
    assert places == [one.replace("formula", "$a_1+b^2$") for one in SAID]


def test_drawn_formulas_are_said_the_same(qtbot: QtBot, qapp: QApplication) -> None:
    words, places = said(Helpers.of(light(), at_once, QObject(qapp)), qtbot)
    assert words == SAID
    assert places == [one.replace("formula", "\N{OBJECT REPLACEMENT CHARACTER}") for one in SAID]


def test_the_sentence_that_is_heard_is_marked(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, "The first one. The second. The third.", 1))
    aloud.read(2)
    assert aloud.marked(1) == "The first one."
    aloud.hear(0)
    aloud.hear(1)
    assert aloud.marked(1) == "The second."
    aloud.end()
    assert not aloud.page.aloud.is_on
    assert not aloud.row(1).is_read


def test_the_button_stops_and_is_seen_meanwhile(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, "One two three four five six seven.", 1))
    aloud.read(2)
    actions = aloud.row(1)._footer.actions
    assert actions is not None
    assert actions._read.lit
    assert actions._read.accessibleName() == "Stop reading (Esc)"
    aloud.qtbot.mouseClick(actions._read, Qt.MouseButton.LeftButton)
    assert not aloud.page.aloud.is_on
    assert actions._read.accessibleName() == "Read aloud"
    assert not actions._read.lit or actions._read.hasFocus()


def test_esc_stops_from_the_composer(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, "One two three four five six seven.", 1))
    aloud.read(2)
    aloud.qtbot.keyClick(aloud.page.composer.text, Qt.Key.Key_Escape)
    assert not aloud.page.aloud.is_on
    assert aloud.marked(1) == ""


def test_another_answer_ends_the_one_before(aloud: Aloud) -> None:
    aloud.show(*talk(2, "Some words. "))
    aloud.read(2)
    aloud.read(4)
    assert aloud.marked(1) == ""
    assert aloud.marked(3) == "Answer 4."


def test_another_conversation_ends_the_voice(aloud: Aloud) -> None:
    aloud.show(*talk(1))
    aloud.read(2)
    aloud.show(*talk(1), conversation=2)
    assert not aloud.page.aloud.is_on
    assert not aloud.row(1).is_read


def test_closing_the_window_ends_the_voice(aloud: Aloud) -> None:
    aloud.page.add_voice(Recorder(), SettingsRecorder())
    aloud.show(*talk(1))
    aloud.read(2)
    assert aloud.page.voice is not None
    aloud.page.voice.leave()
    assert not aloud.page.aloud.is_on


def test_the_mark_stays_in_other_colours(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, "One two three four five six seven. Eight.", 1))
    aloud.read(2)
    aloud.page.apply_theme(dark())
    assert aloud.marked(1) == "One two three four five six seven."


def test_the_page_follows_the_voice_but_not_away_from_the_reader(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, LONG, 1))
    bar = aloud.page.transcript.verticalScrollBar()
    mark = aloud.page.aloud._mark
    assert mark is not None
    assert bar.value() == bar.maximum()
    mark.begin(1)
    mark.show(0)
    assert bar.value() < bar.maximum() // 2
    at = bar.value()
    mark.show(1)
    assert bar.value() == at
    mark.show(70)
    assert bar.value() > at
    assert mark._is_in_sight(whole=True)
    bar.setValue(0)
    mark.show(71)
    assert bar.value() == 0


def test_without_a_voice_a_notice_tells_what_to_install(aloud: Aloud) -> None:
    aloud.show(*talk(1))
    aloud.read(2)
    aloud.end(NoVoice())
    assert [one.text.startswith("There is no voice on this computer") for one in aloud.told] == [True]
    assert not aloud.row(1).is_read


def test_an_answer_of_code_alone_says_so(aloud: Aloud) -> None:
    aloud.show(question(1, "Hello"), answer(2, "```\nprint(1)\n```\n", 1))
    aloud.read(2)
    assert [one.text for one in aloud.told] == ["There is nothing in this answer that can be read aloud."]


def test_a_voice_that_hangs_is_explained_and_the_next_press_tries_again(aloud: Aloud) -> None:
    aloud.show(*talk(1))
    aloud.read(2)
    aloud.end(VoiceHung())
    assert [one.text for one in aloud.told] == [str(VoiceHung())]
    assert not aloud.row(1).is_read
    aloud.read(2)
    assert aloud.page.aloud.is_on
    assert aloud.marked(1) == "Answer 2."
