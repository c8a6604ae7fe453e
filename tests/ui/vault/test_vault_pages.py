"""Unlocking, and what protects the conversations."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.core.errors import KeyLost, StoreDamaged, WrongPassphrase
from desktop.core.events import Broke, Failed, RecoveryCodeMade, VaultChanged
from desktop.ui.vault.passphrase_form import PassphraseForm
from desktop.ui.vault.unlock_page import UnlockPage
from desktop.ui.vault.vault_page import VaultPage
from desktop.ui.widgets.strength import Strength, strength

GOOD = "kettle orbit mango pavement"


@pytest.fixture
def unlock(qtbot: QtBot, services) -> UnlockPage:
    page = UnlockPage(services.vault)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, services) -> VaultPage:
    made = VaultPage(services.vault)
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_unlocks(qtbot: QtBot, unlock: UnlockPage, services) -> None:
    assert not unlock.button.isEnabled()
    qtbot.keyClicks(unlock.field, "secret")
    qtbot.keyClick(unlock.field, Qt.Key.Key_Return)
    assert services.vault.asked == [("unlock", "secret")]
    assert not unlock.field.isEnabled()
    assert unlock.field.echoMode() == QLineEdit.EchoMode.Password


def test_wrong_passphrase_is_told_beside_the_field_and_can_be_tried_again(unlock: UnlockPage) -> None:
    unlock.field.setText("wrong")
    unlock.button.click()
    unlock.apply(Failed(WrongPassphrase()))
    assert unlock.problem.text() == WrongPassphrase.sentence
    assert unlock.problem.isVisible()
    assert unlock.field.isEnabled()
    assert unlock.field.selectedText() != ""


def test_lost_keyring_asks_for_a_secret_and_says_why(unlock: UnlockPage) -> None:
    unlock.apply(Failed(KeyLost()))
    assert unlock.problem.text() == KeyLost.sentence
    assert unlock.field.isVisible()


def test_damaged_store_asks_for_no_secret(unlock: UnlockPage) -> None:
    unlock.apply(Failed(StoreDamaged(name="store.db")))
    assert "store.db is damaged" in unlock.problem.text()
    assert not unlock.field.isVisible()
    assert not unlock.button.isVisible()


def test_bug_while_unlocking_gives_the_field_back(unlock: UnlockPage) -> None:
    unlock.field.setText("x")
    unlock.button.click()
    unlock.apply(Broke("desk", "KeyError"))
    assert unlock.field.isEnabled()
    assert unlock.problem.isVisible()


def test_typed_secret_is_forgotten(unlock: UnlockPage) -> None:
    unlock.field.setText("x")
    unlock.forget()
    assert unlock.field.text() == ""


@pytest.mark.parametrize("name", ["passphrase", "keyring", "file", "recovery"])
def test_each_protection_is_explained(page: VaultPage, name: str) -> None:
    page.apply(VaultChanged(False, (name,)))
    assert [one for one, row in page._rows.items() if row.isVisibleTo(page)] == [name]


def test_passphrase_is_set_only_when_both_fields_match(qtbot: QtBot, page: VaultPage, services) -> None:
    page.form.first.setText(GOOD)
    page.form.second.setText(GOOD[:-1])
    assert not page.form.button.isEnabled()
    page.form.second.setText(GOOD)
    page.form.button.click()
    assert services.vault.asked == [("set_passphrase", GOOD)]
    assert page.form.first.text() == page.form.second.text() == ""


def test_short_passphrase_is_not_taken(qtbot: QtBot) -> None:
    form = PassphraseForm()
    qtbot.addWidget(form)
    form.first.setText("short")
    form.second.setText("short")
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(form.second, Qt.Key.Key_Return)


def test_recovery_code_is_shown_once_and_copied(page: VaultPage, services) -> None:
    page.make_button.click()
    assert services.vault.asked == [("make_recovery_code",)]
    page.apply(RecoveryCodeMade("AAAA-BBBB"))
    assert page.code.isVisible()
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == "AAAA-BBBB"
    page.done_button.click()
    assert page.code.text() == ""
    assert not page.code.isVisible()


@pytest.mark.parametrize(
    ("text", "rated"),
    [
        ("", Strength.TOO_SHORT),
        ("Ab1!", Strength.TOO_SHORT),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("password", Strength.WEAK),
        ("kettle orbit mango", Strength.FAIR),
        (GOOD, Strength.STRONG),
    ],
)
def test_strength_of_a_passphrase(text: str, rated: Strength) -> None:
    assert strength(text) is rated
