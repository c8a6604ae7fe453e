"""The composer as a person uses it: keys, long pasted texts, attachments."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.events import SettingsChanged, ThreadOpened, TurnFinished
from desktop.core.messages import PastedPart, Role
from desktop.core.settings import SendKey, Settings
from desktop.ui.chat.pasted_fold import PastedFolds
from desktop.ui.chat.pasted_popup import PastedPopup
from desktop.ui.chat.pasted_words import name_of
from desktop.ui.chat.quiet_line import MOST
from desktop.ui.theme import apply_theme, theme_for
from tests.fakes import FakeEngine
from tests.houses import opened as house_of
from tests.ui.chat.conftest import Opened, opened, question
from tests.ui.chat.test_drafts import Person

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEASE = "This lease is made between the landlord and the tenant. " * 60
NAME = "Pasted text, 600 words"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with house_of(tmp_path / "p", FakeEngine()) as (house, recorder):
        person = Person(qtbot, house, recorder)
        yield person
        person.leaves()


@pytest.fixture
def at_page(opened_page: Opened) -> Opened:
    opened_page.page.apply(opened())
    return opened_page


def text_of(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def paste(page: Opened | Person, words: str) -> None:
    QApplication.clipboard().setText(words)
    page.page.composer.text.paste()


def keep(page: Opened | Person) -> None:
    assert page.page.line.isVisible()
    QTest.mouseClick(page.page.line.button, Qt.MouseButton.LeftButton)


def names(page: Opened | Person) -> list[str]:
    return [chip.name.text() for chip in page.page.composer.chips._chips]


def open_chip(page: Opened | Person, number: int = 0) -> PastedPopup:
    QTest.mouseClick(page.page.composer.chips._chips[number].name, Qt.MouseButton.LeftButton)
    (popup,) = [one for one in page.page.findChildren(PastedPopup) if one.isVisible()]
    return popup


def test_the_key_that_sends_can_be_chosen(at_page: Opened, qtbot: QtBot) -> None:
    composer = at_page.page.composer
    at_page.page.apply(SettingsChanged(Settings(send_key=SendKey.CONTROL_ENTER)))
    assert "Ctrl+Enter" in composer.text.placeholderText()
    qtbot.keyClicks(composer.text, "one")
    qtbot.keyClick(composer.text, Qt.Key.Key_Return)
    qtbot.keyClicks(composer.text, "two")
    assert at_page.chat.asked == []
    qtbot.keyClick(composer.text, Qt.Key.Key_Return, CONTROL)
    assert at_page.chat.asked == [("send", 1, "one\ntwo")]
    at_page.page.apply(SettingsChanged(Settings()))
    assert "Shift+Enter" in composer.text.placeholderText()


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CONTROL])
def test_enter_sends_with_control_or_without_when_nothing_else_is_chosen(
    at_page: Opened, qtbot: QtBot, modifiers: Qt.KeyboardModifier
) -> None:
    qtbot.keyClicks(at_page.page.composer.text, "one")
    qtbot.keyClick(at_page.page.composer.text, Qt.Key.Key_Enter, modifiers | Qt.KeyboardModifier.KeypadModifier)
    assert at_page.chat.asked == [("send", 1, "one")]


def test_what_was_typed_can_be_undone_and_done_again(at_page: Opened, qtbot: QtBot) -> None:
    field = at_page.page.composer.text
    qtbot.keyClicks(field, "typed")
    at_page.page._empty.chosen.emit("An example")
    assert field.toPlainText() == "An example"
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.toPlainText() == "typed"
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert field.toPlainText() == "An example"


@pytest.mark.parametrize("size", [80, 100, 150, 200])
def test_one_line_stands_level_with_the_buttons_and_nothing_scrolls(at_page: Opened, qtbot: QtBot, size: int) -> None:
    composer = at_page.page.composer
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, theme_for(Settings(text_size=size), is_dark=False))
    text = composer.text

    def is_level() -> bool:
        words = text.mapTo(composer, text.cursorRect().center()).y()
        return abs(words - composer.button.geometry().center().y()) <= 2

    qtbot.waitUntil(is_level)
    for lines in (1, 2, 6):
        composer.set_draft(Draft("\n".join(["words"] * lines)))
        assert text.verticalScrollBar().maximum() == 0


def test_the_field_shrinks_with_the_window(at_page: Opened, qtbot: QtBot) -> None:
    page = at_page.page
    page.composer.set_draft(Draft("line\n" * 200))
    page.resize(900, 400)
    qtbot.waitUntil(lambda: page.composer.text.height() <= 160)


def test_a_short_pasted_text_is_only_text(at_page: Opened) -> None:
    paste(at_page, "a few words")
    assert at_page.page.composer.text.toPlainText() == "a few words"
    assert not at_page.page.line.isVisible()


@pytest.mark.parametrize("words", [LEASE, "line\n" * 45], ids=["many letters", "many lines"])
def test_a_long_pasted_text_can_be_kept_beside_the_question(at_page: Opened, qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(at_page.page.composer.text, "Is this fair? ")
    paste(at_page, words)
    qtbot.keyClicks(at_page.page.composer.text, "Please say why.")
    keep(at_page)
    assert at_page.page.composer.draft.text == "Is this fair? Please say why."
    assert [one.text for one in at_page.page.composer.draft.pasted] == [words]
    assert not at_page.page.line.isVisible()


def test_a_huge_pasted_text_is_kept_beside_the_question_at_once(at_page: Opened, qtbot: QtBot) -> None:
    qtbot.keyClicks(at_page.page.composer.text, "Is this fair?")
    paste(at_page, LEASE * 20)
    assert at_page.page.composer.text.toPlainText() == "Is this fair?"
    assert names(at_page) == ["Pasted text, 12,000 words"]


def test_no_more_attachments_are_offered_than_a_question_can_carry(at_page: Opened) -> None:
    for number in range(MOST):
        at_page.page.composer.chips.add(f"{number}")
    paste(at_page, LEASE)
    assert not at_page.page.line.isVisible()
    paste(at_page, LEASE * 20)
    assert at_page.page.composer.text.toPlainText() == LEASE * 21
    assert len(names(at_page)) == MOST


def test_the_offer_goes_when_its_text_is_gone_or_sent(at_page: Opened, qtbot: QtBot) -> None:
    paste(at_page, LEASE)
    at_page.page.composer.text.clear()
    assert not at_page.page.line.isVisible()
    paste(at_page, LEASE)
    qtbot.keyClick(at_page.page.composer.text, Qt.Key.Key_Return)
    assert not at_page.page.line.isVisible()
    assert at_page.chat.asked == [("send", 1, LEASE)]


def test_an_attachment_says_what_it_is(at_page: Opened) -> None:
    paste(at_page, LEASE)
    keep(at_page)
    (chip,) = at_page.page.composer.chips._chips
    assert chip.name.text() == NAME
    assert chip.name.toolTip().startswith("This lease is made between")
    assert chip.cross.accessibleName() == f"Remove {NAME}"
    assert name_of("x" * 3000) == "Pasted text, 3,000 characters"


def test_a_removed_attachment_can_be_put_back(at_page: Opened) -> None:
    for words in (LEASE, LEASE * 2, LEASE * 3):
        paste(at_page, words)
        keep(at_page)
    before = names(at_page)
    QTest.mouseClick(at_page.page.composer.chips._chips[1].cross, Qt.MouseButton.LeftButton)
    assert names(at_page) == [before[0], before[2]]
    keep(at_page)
    assert names(at_page) == before


def test_an_attachment_can_be_read_and_changed(at_page: Opened, qtbot: QtBot) -> None:
    paste(at_page, LEASE)
    keep(at_page)
    popup = open_chip(at_page)
    assert popup.text.toPlainText() == LEASE
    popup.text.setPlainText("Only this is left")
    qtbot.mouseClick(popup.done_button, Qt.MouseButton.LeftButton)
    assert names(at_page) == ["Pasted text, 4 words"]
    assert at_page.page.composer.draft.pasted[0].text == "Only this is left"


def test_an_attachment_that_is_emptied_goes_away(at_page: Opened, qtbot: QtBot) -> None:
    paste(at_page, LEASE)
    keep(at_page)
    popup = open_chip(at_page)
    popup.text.clear()
    popup.close()
    assert names(at_page) == []


def test_an_attachment_can_be_moved_into_the_question(at_page: Opened, qtbot: QtBot) -> None:
    paste(at_page, LEASE)
    keep(at_page)
    qtbot.mouseClick(open_chip(at_page).back_button, Qt.MouseButton.LeftButton)
    assert at_page.page.composer.draft == Draft(LEASE)


def test_words_changed_in_an_open_attachment_do_not_reach_another_conversation(at_page: Opened, qtbot: QtBot) -> None:
    paste(at_page, LEASE)
    keep(at_page)
    popup = open_chip(at_page)
    at_page.page.apply(opened(conversation=2))
    popup.text.setPlainText("late words")
    popup.close()
    assert at_page.page.composer.draft == Draft()


def test_files_are_not_taken_and_text_is(at_page: Opened, tmp_path: Path) -> None:
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "lease.txt"))])
    file.setText("file:///lease.txt")
    assert not at_page.page.composer.text.canInsertFromMimeData(file)
    assert not at_page.page.acceptDrops()
    text = text_of(LEASE)
    drop = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        text,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    at_page.page.composer.text.dropEvent(drop)
    assert at_page.page.composer.text.toPlainText() == LEASE
    keep(at_page)
    assert names(at_page) == [NAME]


def test_lines_begin_where_their_script_does(at_page: Opened) -> None:
    field = at_page.page.composer.text
    field.setPlainText("مرحبا بكم")
    assert field.document().defaultTextOption().alignment() == Qt.AlignmentFlag.AlignRight
    field.setPlainText("Good morning")
    assert field.document().defaultTextOption().alignment() == Qt.AlignmentFlag.AlignLeft


def test_an_attachment_is_there_again_in_its_conversation_and_only_there(person: Person) -> None:
    person.types("Is it fair?")
    paste(person, LEASE)
    keep(person)
    person.goes_to(person.there)
    assert (names(person), person.sees) == ([], "")
    assert load_draft(person.stored(person.here)) == Draft("Is it fair?", (PastedPart(NAME, LEASE),))
    person.goes_to(person.here)
    assert (names(person), person.sees) == ([NAME], "Is it fair?")


def test_a_stored_draft_comes_with_its_attachments(opened_page: Opened) -> None:
    kept = Draft("Is it fair?", (PastedPart(NAME, LEASE),))
    opened_page.page.apply(opened(draft=dump_draft(kept)))
    assert opened_page.page.composer.draft == kept


def test_an_attachment_is_sent_stored_and_read_by_the_model(person: Person) -> None:
    paste(person, LEASE)
    keep(person)
    person.sends("Is it fair?")
    assert names(person) == []
    question_ = person.page.model.rows[-2].message
    assert (question_.text, question_.pasted) == ("Is it fair?", (PastedPart(NAME, LEASE),))
    asked = person.house.engine.asked[-1].messages[-1]  # type: ignore[attr-defined]
    assert asked.text == f"{NAME}:\n```\n{LEASE}\n```\n\nIs it fair?"
    with person.until(ThreadOpened):
        person.house.history.open(person.here)
    assert person.page.model.rows[-2].message == question_


def test_an_attachment_alone_is_a_question(person: Person) -> None:
    paste(person, LEASE)
    keep(person)
    assert person.page.composer.button.isEnabled()
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    assert person.page.model.rows[-2].message.pasted == (PastedPart(NAME, LEASE),)
    assert LEASE in person.house.engine.asked[-1].messages[-1].text  # type: ignore[attr-defined]


def test_an_attachment_goes_with_an_edit_and_with_another_answer(person: Person) -> None:
    paste(person, LEASE)
    keep(person)
    person.sends("Is it fair?")
    person.does("edit", person.page.model.rows[-2].id)
    assert (names(person), person.sees) == ([NAME], "Is it fair?")
    person.sends(" Say why.")
    assert person.page.model.rows[-2].message.pasted == (PastedPart(NAME, LEASE),)
    assert person.page.model.rows[-2].message.text == "Is it fair? Say why."
    with person.until(TurnFinished):
        person.does("regenerate", person.page.model.rows[-1].id)
    assert LEASE in person.house.engine.asked[-1].messages[-1].text  # type: ignore[attr-defined]


def test_copying_a_question_copies_its_attachments(at_page: Opened) -> None:
    stored = question(1, "Is it fair?")
    object.__setattr__(stored, "message", Draft("Is it fair?", (PastedPart(NAME, "The lease"),)).message)
    at_page.page.apply(opened(stored))
    at_page.page.transcript.action.emit("copy", 1)
    assert QApplication.clipboard().text() == f"{NAME}:\n```\nThe lease\n```\n\nIs it fair?"
    assert stored.message.role is Role.USER


def test_a_question_on_the_page_shows_its_attachments_folded(qtbot: QtBot) -> None:
    folds = PastedFolds((PastedPart(NAME, LEASE), PastedPart("Pasted text, 2 words", "two words")))
    qtbot.addWidget(folds)
    folds.show()
    low = folds.fit(400)
    with qtbot.waitSignal(folds.folded):
        qtbot.mouseClick(folds.folds[0].button, Qt.MouseButton.LeftButton)
    assert folds.fit(400) > low + 100
    assert folds.folds[0].body is not None
    assert folds.folds[0].body.toPlainText() == LEASE
    qtbot.mouseClick(folds.folds[0].button, Qt.MouseButton.LeftButton)
    assert folds.fit(400) == low
