"""Text size, typeface and stillness."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.core.settings import FontChoice, MotionChoice, Settings
from desktop.ui import comfort
from desktop.ui.theme import apply_theme, dark, light, style_sheet, theme_for
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel


@pytest.fixture
def moving(qapp: QApplication) -> Iterator[None]:
    yield
    comfort.keep_still(MotionChoice.SYSTEM)


def test_all_sizes_of_a_style_sheet_grow_but_hairlines_and_addresses() -> None:
    sheet = 'a { border: 1px solid; padding: 6px 14px; } b { image: url("/home/20px/x.svg"); width: 12px; }'
    assert comfort.scaled_sheet(sheet, 1.0) == sheet
    assert comfort.scaled_sheet(sheet, 1.5) == (
        'a { border: 1px solid; padding: 9px 21px; } b { image: url("/home/20px/x.svg"); width: 18px; }'
    )


@pytest.mark.parametrize("size", [80, 130, 200])
def test_words_and_controls_take_a_new_size_at_once(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    label, field, button = PlainLabel("Settings"), QLineEdit(), IconButton("close", "Close")
    small, sign = PlainLabel("small", "small"), Pictogram("lock")
    for one in (label, field, button, small, sign):
        qtbot.addWidget(one)
        one.show()
    apply_theme(qapp, light())
    before = field.sizeHint().height()
    apply_theme(qapp, theme_for(Settings(text_size=size), is_dark=False))
    assert label.font().pixelSize() == round(14 * size / 100)
    assert small.font().pixelSize() == round(12 * size / 100)
    assert button.iconSize().width() == round(18 * size / 100)
    assert sign.width() == round(18 * size / 100)
    assert (field.sizeHint().height() > before) == (size > 100)
    assert comfort.px(100) == pytest.approx(size, abs=4)
    apply_theme(qapp, light())
    assert label.font().pixelSize() == 14
    assert field.sizeHint().height() == before


def test_what_paints_by_itself_asks_the_theme() -> None:
    theme = theme_for(Settings(text_size=150), is_dark=True)
    assert theme.is_dark
    assert (theme.px(12), theme.px(1)) == (18, 1)
    assert (light().px(12), dark().scale) == (12, 1.0)


def test_a_large_style_sheet_is_accepted_by_qt(qapp: QApplication) -> None:
    theme = theme_for(Settings(text_size=200), is_dark=True)
    apply_theme(qapp, theme)  # a rule that Qt cannot parse warns, and a warning fails the test
    assert qapp.styleSheet() == style_sheet(theme)


def test_only_typefaces_of_this_machine_are_offered() -> None:
    assert comfort.offered(()) == {FontChoice.SYSTEM: ""}
    assert comfort.offered({"Inter", "Verdana", "Noto Serif", "Georgia"}) == {
        FontChoice.SYSTEM: "",
        FontChoice.INTER: "Inter",
        FontChoice.READABLE: "Verdana",
        FontChoice.SERIF: "Georgia",
    }


@pytest.mark.parametrize("choice", list(FontChoice))
def test_behind_each_typeface_stands_that_of_the_house(qapp: QApplication, choice: FontChoice) -> None:
    assert comfort.families(choice)[-1] == comfort.HOUSE[-1]
    assert set(comfort.HOUSE) <= set(comfort.families(choice))


def test_nothing_blinks_when_the_person_wants_it_so(qapp: QApplication, moving: None) -> None:
    comfort.keep_still(MotionChoice.STILL)
    assert qapp.cursorFlashTime() == 0
    assert comfort.is_still()
    comfort.keep_still(MotionChoice.SYSTEM)
    assert qapp.cursorFlashTime() > 0
    assert not comfort.is_still()
