"""How large the draft is, as a person learns it."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.core.conversations import StoredMessage
from desktop.core.drafts import Draft, DraftSize
from desktop.core.events import DraftMeasured
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.draft_meter import SizeLabel
from desktop.ui.theme import light
from tests.ui.chat.conftest import Asked, opened, talk


@dataclass
class Measuring:
    """Notes what it shall measure."""

    asked: list[tuple[Draft, tuple[StoredMessage, ...], str]] = field(default_factory=list)

    def measure(self, draft: Draft, before: tuple[StoredMessage, ...], token: str) -> None:
        self.asked.append((draft, before, token))


class Writer:
    """Someone who writes on a page."""

    def __init__(self, bot: QtBot, width: int = 900) -> None:
        self.bot, self.measuring = bot, Measuring()
        self.page = ChatPage(Asked(), Asked(), light(), self.measuring)
        bot.addWidget(self.page)
        self.page.resize(width, 700)
        self.page.show()
        bot.waitExposed(self.page)
        self.page.apply(opened(*talk(2)))

    def types(self, words: str) -> None:
        """Type, and wait until the pause is long enough."""
        before = len(self.measuring.asked)
        self.bot.keyClicks(self.page.composer.text, words)
        self.bot.waitUntil(lambda: len(self.measuring.asked) > before)

    def is_told(self, size: DraftSize) -> None:
        self.page.apply(DraftMeasured(self.measuring.asked[-1][2], size))

    @property
    def label(self) -> SizeLabel:
        (label,) = self.page.composer.findChildren(SizeLabel)
        return label

    @property
    def sees(self) -> str:
        return self.label.text() if self.label.isVisible() else ""


@pytest.fixture
def writer(qtbot: QtBot) -> Writer:
    return Writer(qtbot)


def test_the_draft_is_measured_once_typing_pauses(writer: Writer) -> None:
    writer.types("a few words")
    ((draft, before, _),) = writer.measuring.asked
    assert draft == Draft("a few words")
    assert [one.id for one in before] == [1, 2, 3, 4]


def test_an_edit_is_measured_after_what_comes_before_it(writer: Writer) -> None:
    writer.page.transcript.action.emit("edit", 3)
    writer.types("!")
    assert [one.id for one in writer.measuring.asked[-1][1]] == [1, 2]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (DraftSize(150, 500, 4096, 3072), ""),
        (DraftSize(1240), "1,240 tokens"),
        (DraftSize(1240, about=True), "about 1,240 tokens"),
        (DraftSize(1240, 0, 2000, 1500), "1,240 tokens; 62 % of what the model can hold"),
        (DraftSize(1240, 500, 4096, 3072), "1,240 tokens; with the conversation 42 % of what the model can hold"),
        (DraftSize(150, 3000, 4096, 3072), "150 tokens; too long: the oldest messages will not be read"),
        (DraftSize(9000, 500, 4096, 3072, about=True), "about 9,000 tokens; too long: the model can read 3,072"),
    ],
)
def test_it_is_told_when_it_matters(writer: Writer, size: DraftSize, words: str) -> None:
    writer.types("words")
    writer.is_told(size)
    assert writer.sees == words
    assert writer.label.accessibleName() == words


def test_a_narrow_window_has_fewer_words(qtbot: QtBot) -> None:
    writer = Writer(qtbot, width=360)
    writer.types("words")
    writer.is_told(DraftSize(1240, 500, 4096, 3072))
    qtbot.waitUntil(lambda: writer.sees == "1,240 tokens; 42 %")
    assert writer.label.toolTip().startswith("1,240 tokens; with the conversation")


def test_what_is_told_goes_with_the_draft(writer: Writer) -> None:
    writer.types("words")
    writer.is_told(DraftSize(1240))
    writer.bot.keyClick(writer.page.composer.text, Qt.Key.Key_Return)
    assert writer.sees == ""


def test_an_answer_about_an_older_draft_is_not_shown(writer: Writer) -> None:
    writer.types("words")
    old = writer.measuring.asked[-1][2]
    writer.types(" and more")
    writer.page.apply(DraftMeasured(old, DraftSize(1240)))
    assert writer.sees == ""
