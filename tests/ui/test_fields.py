"""Fields: choices and numbers."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.fields import Choice, Fraction, Number


def turn_wheel(widget: QWidget) -> None:
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_never_changes_a_value(qtbot: QtBot) -> None:
    for field in (Choice([(1, "one"), (2, "two")]), Number(0, 9), Fraction(0, 1, 0.1)):
        qtbot.addWidget(field)
        field.show()
        field.setFocus()
        with qtbot.assertNotEmitted(field.chosen):
            turn_wheel(field)


def test_a_value_that_is_no_choice_is_shown_all_the_same(qtbot: QtBot) -> None:
    field = Choice([(100, "100%")], lambda size: f"{size}%")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.chosen):
        field.show_value(85)
    assert field.currentText() == "85%"
    assert field.in_words(100) == "100%"
    assert field.in_words(70) == "70%"


def test_keys_choose(qtbot: QtBot) -> None:
    field = Choice([("a", "first"), ("b", "second")])
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told.args == ["b"]


def test_the_lowest_number_can_stand_for_nothing(qtbot: QtBot) -> None:
    field = Number(-1, 9, name="New each time", stands_for=None)
    qtbot.addWidget(field)
    field.show_value(None)
    assert field.text() == "New each time" == field.in_words(None)
    with qtbot.waitSignal(field.chosen) as told:
        field.stepUp()
    assert told.args == [0]
    with qtbot.waitSignal(field.chosen) as told:
        field.stepDown()
    assert told.args == [None]


def test_a_fraction_has_two_digits(qtbot: QtBot) -> None:
    field = Fraction(0, 2, 0.05)
    qtbot.addWidget(field)
    field.show_value(0.9)
    with qtbot.waitSignal(field.chosen) as told:
        field.stepUp()
    assert told.args == [0.95]
    assert field.in_words(0.2) == "0.20"
