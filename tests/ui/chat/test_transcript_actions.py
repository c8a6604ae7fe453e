"""What can be done with a message, by pointer and by keyboard; what stands below it; what is copied."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.again import Again, Manner
from desktop.core.conversations import MessageId, StoredMessage, TurnState, TurnStats
from desktop.core.messages import Message, PastedPart, Role, TextPart, ThoughtPart
from desktop.core.models import ModelFile
from desktop.ui import comfort
from desktop.ui.chat.action_row import ActionRow
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.chat.transcript_view import TranscriptView
from desktop.ui.theme import dark, light
from desktop.ui.widgets.labels import PlainLabel
from tests.ui.chat.conftest import answer, opened, question, talk

MODELS = (
    ModelFile(Path("a.gguf"), 1, "Qwen3 8B", "qwen3", "Q4_K_M", 32768),
    ModelFile(Path("b.gguf"), 1, "Gemma 3 4B", "gemma3", "Q4_0", 32768),
)
STATS = TurnStats(1240, 900, 412, 6.2, 10.0)
MARKDOWN = "# Title\n\nSome **bold** words\n\n- one\n- two\n"


@dataclass
class Shown:
    """A transcript, and what was asked on it."""

    view: TranscriptView
    chosen: list[tuple[str, int]] = field(default_factory=list)
    again: list[tuple[int, Again]] = field(default_factory=list)

    def show(self, *rows: StoredMessage) -> None:
        change = self.view._model.apply(opened(*rows))
        assert change is not None
        self.view.apply(change)

    def row(self, number: int) -> MessageView:
        view = self.view.view_of(number)
        assert view is not None
        return view

    def labels(self, number: int) -> list[str]:
        found = self.row(number).findChildren(PlainLabel)
        return [one.text() for one in found if one.isVisible()]

    def menu(self, number: int) -> QMenu:
        """Open the menu of a row by the keyboard."""
        row = self.row(number)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), row.mapToGlobal(QPoint(0, 0)))
        QApplication.sendEvent(row, event)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        return popup

    def choose(self, number: int, *words: str) -> None:
        menu = self.menu(number)
        for word in words:
            (action,) = [one for one in menu.actions() if one.text() == word]
            if action.menu() is not None:
                menu = action.menu()  # type: ignore[assignment]
            else:
                action.trigger()
        close_menus()


def close_menus() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    view = TranscriptView(TranscriptModel(), light(), models=lambda: MODELS)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    made = Shown(view)
    view.action.connect(lambda what, message: made.chosen.append((what, message)))
    view.again.connect(lambda message, wanted: made.again.append((message, wanted)))
    yield made
    close_menus()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_no_actions_are_made_until_the_pointer_comes(shown: Shown) -> None:
    shown.show(*talk(3))
    assert shown.view.viewport().findChildren(ActionRow) == []
    place = QPointF(5, 5)
    height = shown.row(5).height()
    QApplication.sendEvent(shown.row(5), QEnterEvent(place, place, place))
    (actions,) = shown.view.viewport().findChildren(ActionRow)
    assert actions.isVisible()
    assert [one.accessibleName() for one in actions.buttons] == ["Copy", "Read aloud", "Answer again", "More"]
    assert shown.row(5).height() == height
    QTest.mouseClick(actions.buttons[2], Qt.MouseButton.LeftButton)
    assert shown.chosen == [("regenerate", 6)]
    QApplication.sendEvent(shown.row(5), QEvent(QEvent.Type.Leave))
    assert not actions._copy.lit


@pytest.mark.parametrize("width", [900, 480, 300])
def test_actions_have_the_room_that_was_kept_for_them(shown: Shown, width: int) -> None:
    shown.view.resize(width, 700)
    shown.show(question(1, "Some words that fill a line of the bubble and then some more"), answer(2, "Yes", 1))
    for number in (0, 1):
        row = shown.row(number)
        kept = row._footer._actions_width()
        row._footer.set_lit(True)
        assert row._footer.actions is not None
        assert row._footer.actions.sizeHint().width() == kept
        assert row.rect().contains(row._footer.actions.geometry())
        assert not row._footer.actions.geometry().intersects(row.text.geometry())


def test_tab_goes_from_a_message_to_its_actions(shown: Shown, qtbot: QtBot) -> None:
    shown.show(*talk(3))
    shown.view.step(down=False)
    assert shown.row(5).hasFocus()
    names = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Copy", "Read aloud", "Answer again", "More"]


def test_branches_and_try_again_are_always_seen(shown: Shown) -> None:
    siblings = (MessageId(2), MessageId(9))
    failed = answer(4, "Half", 3, TurnState.FAILED)
    shown.show(question(1, "Hello"), replace(answer(9, "Yes", 1), siblings=siblings), question(3, "More", 9), failed)
    branched, broken = shown.row(1)._footer.actions, shown.row(3)._footer.actions
    assert branched is not None
    assert broken is not None
    assert [one.accessibleName() for one in branched.buttons][:2] == ["Previous version", "Next version"]
    assert broken.buttons[0].accessibleName() == "Try again"


def test_menu_of_an_answer_offers_everything_by_keyboard(shown: Shown, qtbot: QtBot) -> None:
    shown.show(question(1, "Hello"), replace(answer(9, "Yes", 1), siblings=(MessageId(2), MessageId(9))))
    menu = shown.menu(1)
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "Copy",
        "Copy as formatted text",
        "Copy without formatting",
        "Read aloud",
        "Answer again",
        "Answer again with",
        "Previous version",
        "Next version",
        "Print or save as PDF …",
        "Export as Markdown …",
    ]
    assert menu.accessibleName()
    for _ in range(4):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert shown.chosen == [("regenerate", 9)]


def test_menu_hands_on_what_was_chosen(shown: Shown) -> None:
    shown.show(question(1, "Hello"), replace(answer(9, "Yes", 1), siblings=(MessageId(2), MessageId(9))))
    shown.choose(0, "Edit")
    shown.choose(1, "Previous version")
    shown.choose(1, "Print or save as PDF …")
    shown.choose(0, "Export as Markdown …")
    assert shown.chosen == [("edit", 1), ("branch", 2), ("print", 9), ("export", 1)]
    shown.choose(1, "Answer again with", "A shorter answer")
    shown.choose(1, "Answer again with", "Gemma 3 4B")
    assert shown.again == [(9, Again(manner=Manner.SHORTER)), (9, Again(model=MODELS[1].key))]


def test_copies_are_markdown_formatted_or_plain(shown: Shown) -> None:
    shown.show(question(1, "Hello"), answer(2, MARKDOWN, 1))
    shown.choose(1, "Copy")
    assert clipboard() == MARKDOWN
    shown.choose(1, "Copy without formatting")
    assert clipboard() == "Title\n\nSome bold words\n\n• one\n• two"
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    shown.choose(1, "Copy as formatted text")
    assert "<li" in QGuiApplication.clipboard().mimeData().html()
    assert clipboard().startswith("Title")


def test_code_is_copied_from_its_own_link(shown: Shown) -> None:
    shown.show(question(1, "Hello"), answer(2, "```python\na = 1\n```\n\n```\nb\n\nc\n```\n", 1))
    text = shown.row(1).text
    text.anchorClicked.emit(QUrl("copy:1"))
    assert clipboard() == "b\n\nc\n"
    text.anchorClicked.emit(QUrl("copy:0"))
    assert clipboard() == "a = 1\n"
    assert shown.chosen == []


def test_copy_of_a_question_takes_what_was_pasted_with_it(shown: Shown) -> None:
    parts = (PastedPart("Pasted text, 2 words", "Two words"), TextPart("Sum this up"))
    shown.show(replace(question(1, "x"), message=Message(Role.USER, parts)))
    shown.choose(0, "Copy")
    assert "Two words" in clipboard()
    assert clipboard().endswith("Sum this up")


def test_pasted_text_unfolds_in_its_bubble(shown: Shown, qtbot: QtBot) -> None:
    parts = (PastedPart("Pasted text, 2 words", "Two words"), TextPart("Sum this up"))
    shown.show(replace(question(1, "x"), message=Message(Role.USER, parts)), answer(2, "Yes", 1))
    row = shown.row(0)
    assert row.beside.pasted is not None
    height = row.height()
    qtbot.mouseClick(row.beside.pasted.folds[0].button, Qt.MouseButton.LeftButton)
    assert row.height() > height
    assert shown.row(1).y() == row.y() + row.height()


def test_selected_words_and_links_can_be_copied_from_the_menu(shown: Shown) -> None:
    shown.show(question(1, "Hello there"), answer(2, "[annex](https://example.org/annex)", 1))
    shown.row(0).text.select(0, 5)
    shown.choose(0, "Copy what is selected")
    assert clipboard() == "Hello"
    text = shown.row(1).text
    place = text.viewport().mapToGlobal(QPoint(8, text.height() // 2))
    QApplication.sendEvent(
        text.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(8, text.height() // 2), place)
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (link,) = [one for one in menu.actions() if one.text() == "Copy the link"]
    link.trigger()
    assert clipboard() == "https://example.org/annex"


def test_note_says_model_speed_and_times_and_the_tool_tip_all_figures(shown: Shown) -> None:
    shown.show(question(1, "Hello"), answer(2, "Yes", 1, model="Qwen3 8B", stats=replace(STATS, omitted=(1, 2))))
    (note,) = shown.labels(1)
    assert note == (
        "Qwen3 8B · 41 tokens a second · read in 6.2 s · written in 10 s"
        " · 2 earlier messages no longer fit and were not read"
    )
    assert shown.row(1).accessibleDescription() == note
    (label,) = shown.row(1).findChildren(PlainLabel)
    assert label.toolTip().splitlines() == [
        "Qwen3 8B",
        "Read: 1,240 tokens in 6.2 s",
        "Known from before: 900 tokens",
        "Written: 412 tokens in 10 s",
        "Speed: 41.2 tokens a second",
        "2 earlier messages no longer fit and were not read",
    ]


def test_note_leaves_out_a_reading_that_was_quick_and_says_when_it_was_stopped(shown: Shown) -> None:
    stats = TurnStats(100, 0, 30, 0.4, 75.0)
    shown.show(question(1, "Hello"), answer(2, "Yes", 1, TurnState.STOPPED, model="Qwen3 8B", stats=stats))
    assert shown.labels(1) == ["Qwen3 8B · Stopped · 0.4 tokens a second · written in 1 min 15 s"]


@pytest.mark.parametrize("state", [TurnState.COMPLETE, TurnState.STOPPED, TurnState.FAILED])
def test_answer_of_the_starter_model_carries_its_caution(shown: Shown, state: TurnState) -> None:
    shown.show(question(1, "Hello"), answer(2, "Yes", 1, state, model="SmolLM2-135M-Instruct"))
    caution = "Demo model: shows how the app works; do not rely on it"
    assert caution in shown.labels(1)
    assert caution in shown.row(1).accessibleDescription()
    shown.show(question(1, "Hello"), answer(2, "Yes", 1, state, model="Qwen3 8B"))
    assert caution not in shown.labels(1)


def thoughtful(thoughts: str, words: str) -> StoredMessage:
    message = Message(Role.ASSISTANT, (ThoughtPart(thoughts), TextPart(words)))
    return replace(answer(2, "x", 1, stats=STATS), message=message)


def test_stored_thoughts_tell_how_long_they_took(shown: Shown) -> None:
    shown.show(question(1, "Hello"), thoughtful("t" * 60, "w" * 40))
    fold = shown.row(1).asides.thoughts
    assert fold is not None
    assert fold._button.text() == "Thought for 6 s"
    assert fold._button.accessibleName() == "Thought for 6 s. Show the thoughts"


def test_thoughts_unfold_at_once_where_nothing_may_move(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.show(question(1, "Hello"), thoughtful("Some thoughts", "Words"))
    fold = shown.row(1).asides.thoughts
    assert fold is not None
    height = shown.row(1).height()
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    assert comfort.is_still()
    fold._button.click()
    QApplication.setCursorFlashTime(before)
    assert fold._body.isVisible()
    assert shown.row(1).height() >= height + fold._body.height()


def test_unfolded_thoughts_selection_and_keyboard_outlive_a_theme_change(shown: Shown, qtbot: QtBot) -> None:
    shown.show(question(1, "Hello"), thoughtful("Some thoughts", "Some words"))
    row = shown.row(1)
    assert row.asides.thoughts is not None
    row.asides.thoughts.open_at_once()
    row.text.select(5, 10)
    row.setFocus()
    shown.view.apply_theme(dark())
    new = shown.row(1)
    assert new is not row
    assert new.asides.thoughts is not None
    assert new.asides.thoughts._body.isVisible()
    assert shown.view.selected_text() == "words"
    assert new.hasFocus()


def drag(view: TranscriptView, first: MessageView, rows: int) -> None:
    """Press at the beginning of a row, scroll to the end, release behind the last row."""
    source = first.text.viewport()
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=QPoint(0, 5))
    view.jump_to_end()
    last = view.view_of(rows - 1)
    assert last is not None
    place = QPointF(last.text.viewport().mapToGlobal(QPoint(last.text.width(), last.text.height() - 2)))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, button, held in ((QEvent.Type.MouseMove, none, left), (QEvent.Type.MouseButtonRelease, left, none)):
        inside = source.mapFromGlobal(place)
        event = QMouseEvent(kind, inside, place, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(source, event)


def test_rows_out_of_sight_are_copied_as_they_read(shown: Shown, qtbot: QtBot) -> None:
    rows = [one for at in range(1, 80, 2) for one in (question(at, f"Question {at}", at - 1 or None), _styled(at))]
    shown.show(*rows)
    shown.view.verticalScrollBar().setValue(0)
    first = shown.row(0)
    drag(shown.view, first, len(rows))
    shown.view.verticalScrollBar().setValue(shown.view.verticalScrollBar().maximum() // 2)
    shown.row(40)
    words = shown.view.selected_text().split("\n\n")
    assert words == [one for at in range(1, 80, 2) for one in (f"Question {at}", f"Title {at}\nSome bold words")]


def _styled(at: int) -> StoredMessage:
    return answer(at + 1, f"# Title {at}\n\nSome **bold** words\n", at)
