"""Themes, icons, words."""

from typing import get_args

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.errors import ModelTooLarge
from desktop.ui.assets import IconName, application_icon, icon
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.texts import sentence
from desktop.ui.theme import Theme, apply_theme, dark, light, palette, style_sheet
from desktop.ui.widgets.buttons import IconButton, TextButton


def contrast(first: str, second: str) -> float:
    def luminance(color: str) -> float:
        parts = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in QColor(color).getRgbF()[:3]
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.bg, theme.panel, theme.card, theme.code, theme.bubble):
        assert contrast(theme.text, ground) >= 7
    for ground in (theme.bg, theme.panel, theme.code):
        assert contrast(theme.muted, ground) >= 4.5
        assert contrast(theme.danger, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.text, theme.mark) >= 4.5


def test_dark_theme_knows_that_it_is_dark() -> None:
    assert dark().is_dark
    assert not light().is_dark
    assert palette(dark()).color(QPalette.ColorRole.Window).name() == dark().bg


def test_style_sheet_is_accepted_by_qt(qapp: QApplication) -> None:
    apply_theme(qapp, dark())  # a rule that Qt cannot parse warns, and a warning fails the test
    assert qapp.styleSheet() == style_sheet(dark())


@pytest.mark.parametrize("name", get_args(IconName))
def test_every_icon_is_drawn_in_its_colour(qapp: QApplication, name: IconName) -> None:
    picture = icon(name, "#ff0000", 20).pixmap(20, 20).toImage()
    inked = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    strong = [one for one in inked if one.alpha() > 200]
    assert strong
    assert all(one.red() > 200 and one.green() < 60 for one in strong)


def test_program_has_a_sign(qapp: QApplication) -> None:
    assert not application_icon().pixmap(32, 32).isNull()


def test_icon_of_a_button_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = IconButton("plus", "Add")
    qtbot.addWidget(button)
    button.show()
    before = button.icon().cacheKey()
    apply_theme(qapp, dark())
    assert button.icon().cacheKey() != before
    assert button.accessibleName() == "Add"


def test_error_is_told_with_its_fields() -> None:
    told = sentence(ModelTooLarge(name="Big", needed="9 GB", free="2 GB"))
    assert "Big needs about 9 GB" in told


def test_braces_in_a_field_stay_as_they_are() -> None:
    assert translate("test", "Deleted {title}", title="{x}") == "Deleted {x}"


@pytest.mark.parametrize(
    ("text", "expected"), [("مرحبا", True), ("(123) שלום a", True), ("abc م", False), ("12!", False)]
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


def test_a_button_that_says_other_words_says_them_to_screen_readers_too(qtbot: QtBot) -> None:
    button, named = TextButton("Make a code"), TextButton("Copy")
    named.setAccessibleName("Copy the path")
    for one in (button, named):
        qtbot.addWidget(one)
    button.setText("Make another code")
    named.setText("Copied")
    assert button.accessibleName() == "Make another code"
    assert named.accessibleName() == "Copy the path"
