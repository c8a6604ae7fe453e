"""The first run."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.errors import StoreFull
from desktop.core.events import Broke, Failed, RecoveryCodeMade, VaultChanged
from desktop.ui.theme import apply_theme, dark
from desktop.ui.welcome.choices import Choice, offered, way
from desktop.ui.welcome.keeping import Keeper
from desktop.ui.welcome.welcome_page import WelcomePage
from tests.houses import opened

GOOD = "kettle orbit mango pavement"
CODE = "7K2M-9QXA-44TD-PWZ0-1HJV-C8RE-5NSB-6GFY-M3K7"
LOST = "If you lose both, the conversations are lost. Nobody can bring them back."


@pytest.fixture
def make(qtbot: QtBot, services, tmp_path: Path) -> Callable[..., WelcomePage]:
    def made(*protections: str, **fields: Any) -> WelcomePage:
        page = WelcomePage(services.vault, Keeper(**fields))
        qtbot.addWidget(page)
        page.resize(800, 700)
        page.show()
        page.apply(VaultChanged(False, protections, fresh=True))
        return page

    return made


@pytest.fixture
def page(make: Callable[..., WelcomePage]) -> WelcomePage:
    return make("keyring")


def choose(page: WelcomePage, choice: Choice, secret: str = GOOD) -> None:
    page.protection.cards[choice].radio.click()
    if choice is Choice.PASSPHRASE:
        page.protection.fields.first.setText(secret)
        page.protection.fields.second.setText(secret)
    page.protection.button.click()


def with_code(page: WelcomePage) -> WelcomePage:
    choose(page, Choice.PASSPHRASE)
    page.apply(VaultChanged(False, ("passphrase",)))
    page.apply(RecoveryCodeMade(CODE))
    return page


def offers(page: WelcomePage) -> list[Choice]:
    return [one for one, card in page.protection.cards.items() if card.isVisible()]


def read(page: WelcomePage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_keyring_is_offered_only_where_there_is_one(make: Callable[..., WelcomePage]) -> None:
    assert offers(make("keyring")) == [Choice.PASSPHRASE, Choice.KEYRING]
    assert offers(make("file")) == [Choice.PASSPHRASE, Choice.NOTHING]


@pytest.mark.parametrize("choice", [Choice.KEYRING, Choice.NOTHING])
def test_it_is_said_plainly_who_can_read_the_conversations(choice: Choice) -> None:
    assert "Anyone who can use your account can read them" in way(choice).means
    assert way(choice).skipping
    assert not way(Choice.PASSPHRASE).skipping


def test_nothing_is_chosen_for_the_person(page: WelcomePage, services) -> None:
    assert page.protection.choice is None
    assert not page.protection.button.isEnabled()
    assert not page.protection.fields.isVisible()
    assert services.vault.asked == []


def test_passphrase_needs_two_that_match(qtbot: QtBot, page: WelcomePage) -> None:
    page.protection.cards[Choice.PASSPHRASE].radio.click()
    fields = page.protection.fields
    assert fields.isVisible()
    qtbot.keyClicks(fields.first, GOOD)
    assert fields.hint.text() == "Strong."
    assert not page.protection.button.isEnabled()
    qtbot.keyClicks(fields.second, GOOD)
    assert page.protection.button.isEnabled()
    assert fields.first.echoMode() == QLineEdit.EchoMode.Password


def test_click_anywhere_on_a_card_chooses_it(qtbot: QtBot, page: WelcomePage) -> None:
    qtbot.mouseClick(page.protection.cards[Choice.KEYRING], Qt.MouseButton.LeftButton)
    assert page.protection.choice is Choice.KEYRING
    assert page.protection.button.isEnabled()


def test_passphrase_is_set_and_forgotten_and_a_code_is_made(page: WelcomePage, services) -> None:
    choose(page, Choice.PASSPHRASE)
    assert services.vault.asked == [("set_passphrase", GOOD)]
    assert page.protection.fields.first.text() == page.protection.fields.second.text() == ""
    assert not page.protection.button.isEnabled()
    page.apply(VaultChanged(False, ("passphrase",)))
    assert services.vault.asked[1:] == [("make_recovery_code",)]
    assert page.recovery.isVisible()
    assert not page.protection.isVisible()


def test_what_takes_its_time_is_said(qtbot: QtBot, page: WelcomePage) -> None:
    choose(page, Choice.PASSPHRASE)
    assert not page.protection._waiting.isVisible()
    qtbot.waitUntil(page.protection._waiting.isVisible)
    assert "Protecting your conversations" in read(page)
    page.apply(VaultChanged(False, ("passphrase",)))
    assert not page.protection._waiting.isVisible()


def test_failure_is_told_on_the_page_and_can_be_tried_again(page: WelcomePage, services) -> None:
    choose(page, Choice.PASSPHRASE)
    page.apply(Failed(StoreFull()))
    assert StoreFull.sentence in read(page)
    choose(page, Choice.PASSPHRASE)
    assert services.vault.asked == [("set_passphrase", GOOD)] * 2
    assert StoreFull.sentence not in read(page)


def test_code_that_could_not_be_made_can_be_asked_for_again(page: WelcomePage, services) -> None:
    choose(page, Choice.PASSPHRASE)
    page.apply(VaultChanged(False, ("passphrase",)))
    page.apply(Broke("desk", "KeyError"))
    assert "Something unexpected happened" in read(page)
    page.recovery.make_button.click()
    page.apply(RecoveryCodeMade(CODE))
    assert services.vault.asked.count(("make_recovery_code",)) == 2
    assert page.recovery.code.isVisible()


def test_what_else_fails_is_not_told_here(page: WelcomePage) -> None:
    page.apply(Failed(StoreFull()))
    page.apply(RecoveryCodeMade(CODE))
    assert StoreFull.sentence not in read(page)
    assert page.recovery.code.text() == ""


def test_code_is_shown_with_what_its_loss_means(page: WelcomePage) -> None:
    with_code(page)
    assert page.recovery.code.text().replace("\n", "-") == CODE
    assert LOST in read(page)
    assert not page.recovery.continue_button.isEnabled()


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower().replace("-", " "), CODE.replace("-", ""), CODE.replace("0", "o").replace("1", "l")]
)
def test_code_typed_back_in_any_way_goes_on(qtbot: QtBot, page: WelcomePage, typed: str) -> None:
    with_code(page)
    qtbot.keyClicks(page.recovery.field, typed[:-1])
    assert not page.recovery.continue_button.isEnabled()
    qtbot.keyClicks(page.recovery.field, typed[-1])
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(page.recovery.field, Qt.Key.Key_Return)


def test_wrong_group_is_named(page: WelcomePage) -> None:
    with_code(page)
    page.recovery.field.setText("7K2M 9QXA 44TX")
    assert page.recovery.hint.text() == "Group 3 is different. Look again."
    page.recovery.field.setText("7K2M 9")
    assert page.recovery.hint.text() == "Right so far."
    page.recovery.field.setText(CODE + "X")
    assert page.recovery.hint.text() == "There is more here than the code."
    assert not page.recovery.continue_button.isEnabled()


def test_with_a_passphrase_the_code_cannot_be_skipped(page: WelcomePage) -> None:
    with_code(page)
    assert not page.recovery.skip_button.isVisible()
    assert not page.recovery.back_button.isVisible()


@pytest.mark.parametrize(("protection", "choice"), [("keyring", Choice.KEYRING), ("file", Choice.NOTHING)])
def test_without_a_passphrase_it_can_be_skipped_and_it_is_said_what_that_means(
    qtbot: QtBot, make: Callable[..., WelcomePage], services, protection: str, choice: Choice
) -> None:
    page = make(protection)
    choose(page, choice)
    assert services.vault.asked == []
    assert way(choice).skipping in read(page)
    with qtbot.waitSignal(page.finished):
        page.recovery.skip_button.click()
    assert services.vault.asked == []


def test_one_can_go_back_and_choose_otherwise(page: WelcomePage, services) -> None:
    choose(page, Choice.KEYRING)
    page.recovery.back_button.click()
    assert page.protection.isVisible()
    choose(page, Choice.PASSPHRASE)
    assert services.vault.asked == [("set_passphrase", GOOD)]


def test_copied_code_leaves_the_clipboard_when_the_person_goes_on(page: WelcomePage) -> None:
    with_code(page)
    page.recovery.copy_button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == CODE
    assert clipboard.mimeData().data("x-kde-passwordManagerHint") == b"secret"
    assert "the clipboard is emptied" in page.recovery.told.text()
    page.recovery.field.setText(CODE)
    page.recovery.continue_button.click()
    assert clipboard.text() == ""


def test_something_else_on_the_clipboard_stays(page: WelcomePage) -> None:
    with_code(page)
    page.recovery.copy_button.click()
    QGuiApplication.clipboard().setText("a shopping list")
    page.forget()
    assert QGuiApplication.clipboard().text() == "a shopping list"


def test_code_is_saved_for_its_owner_only(make: Callable[..., WelcomePage], tmp_path: Path) -> None:
    path = tmp_path / "code.txt"
    page = with_code(make("file", path=lambda _: str(path)))
    page.recovery.save_button.click()
    assert CODE in path.read_text("utf-8")
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    assert page.recovery.told.text().startswith("Saved.")


def test_place_that_takes_no_file_is_told(make: Callable[..., WelcomePage], tmp_path: Path) -> None:
    page = with_code(make("file", path=lambda _: str(tmp_path / "nowhere" / "code.txt")))
    page.recovery.save_button.click()
    assert page.recovery.told.text().startswith("It could not be saved there")


def test_dialog_that_is_left_says_nothing(make: Callable[..., WelcomePage]) -> None:
    page = with_code(make("file", path=lambda _: "", printer=lambda _: None))
    page.recovery.save_button.click()
    page.recovery.print_button.click()
    assert not page.recovery.told.isVisible()


def test_code_is_printed(make: Callable[..., WelcomePage], tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    paper = tmp_path / "code.pdf"

    def printer(_: QWidget) -> QPrinter:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(paper))
        return made

    page = with_code(make("file", printer=printer))
    page.recovery.print_button.click()
    assert paper.read_bytes().startswith(b"%PDF")
    assert page.recovery.told.text() == "Sent to the printer."


def test_page_that_is_left_keeps_no_secret(qtbot: QtBot, services) -> None:
    pages = QStackedWidget()
    page, other = WelcomePage(services.vault), QWidget()
    pages.addWidget(page)
    pages.addWidget(other)
    qtbot.addWidget(pages)
    pages.show()
    page.apply(VaultChanged(False, ("file",), fresh=True))
    page.protection.cards[Choice.PASSPHRASE].radio.click()
    page.protection.fields.first.setText(GOOD)
    pages.setCurrentWidget(other)
    assert page.protection.fields.first.text() == ""
    pages.setCurrentWidget(page)
    with_code(page)
    page.recovery.field.setText("7K2M")
    pages.setCurrentWidget(other)
    assert page.recovery.code.text() == page.recovery.field.text() == page.recovery._code == ""
    assert page.recovery.code.accessibleDescription() == ""


def test_every_control_has_a_name(page: WelcomePage) -> None:
    with_code(page)
    recovery = page.recovery
    for one in (recovery.code, recovery.copy_button, recovery.print_button, recovery.save_button, recovery.field):
        assert one.accessibleName()
    assert recovery.code.accessibleDescription().startswith("7 K 2 M, 9")
    assert all(card.radio.accessibleDescription() for card in page.protection.cards.values())


@pytest.mark.parametrize(("width", "scale"), [(420, 1.0), (480, 2.0), (1100, 2.0)])
def test_nothing_is_wider_than_the_window(
    qtbot: QtBot, qapp: QApplication, make: Callable[..., WelcomePage], width: int, scale: float
) -> None:
    apply_theme(qapp, replace(dark(), scale=scale))
    page = with_code(make("keyring"))
    page.resize(width, 700)
    inside = page.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() <= page.viewport().width())


def test_first_run_over_the_real_vault(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path / "profile") as (house, recorder):
        page = WelcomePage(house.vault)
        qtbot.addWidget(page)
        page.show()
        page.apply(recorder.wait(VaultChanged, lambda event: event.fresh))
        choose(page, Choice.PASSPHRASE)
        page.apply(recorder.wait(VaultChanged))
        page.apply(recorder.wait(RecoveryCodeMade))
        page.recovery.field.setText(page.recovery.code.text().lower().replace("\n", " "))
        with qtbot.waitSignal(page.finished):
            page.recovery.continue_button.click()
        assert set(recorder.wait(VaultChanged).protections) == {"passphrase", "recovery"}


def test_offered_ways_always_include_a_passphrase() -> None:
    assert all(Choice.PASSPHRASE in offered(one) for one in ((), ("keyring",), ("file",)))
