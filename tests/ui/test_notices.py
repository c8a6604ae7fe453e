"""Notices: told, closed, undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.errors import StoreFull
from desktop.core.events import Broke, Failed
from desktop.ui.notices import Notice, NoticeBar, Tone


def words(bar: NoticeBar) -> list[str]:
    return [card.notice.text for card in bar.cards]


def test_failure_is_told_and_stays_until_it_is_closed(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.apply(Failed(StoreFull()))
    assert words(bar) == [StoreFull.sentence]
    assert not bar.cards[0].timer.isActive()
    assert bar.isVisibleTo(None)
    bar.cards[0].dismiss.click()
    assert words(bar) == []
    assert bar.isHidden()


def test_bug_is_told_in_plain_words(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.apply(Broke("desk", "ZeroDivisionError"))
    assert "unexpected" in words(bar)[0]
    assert "ZeroDivisionError" not in words(bar)[0]


def test_notice_closes_by_itself(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    closed: list[str] = []
    bar.tell(Notice("gone soon", seconds=0.01, closed=lambda: closed.append("closed")))
    qtbot.waitUntil(lambda: not bar.cards)
    assert closed == ["closed"]


def test_action_takes_the_place_of_closing(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    done: list[str] = []
    bar.tell(Notice("x", Tone.UNDO, "Undo", lambda: done.append("undo"), closed=lambda: done.append("closed")))
    bar.cards[0].action.click()
    bar.close_all()
    assert done == ["undo"]


def test_same_words_are_told_once(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.fail("one")
    bar.fail("one")
    assert words(bar) == ["one"]


def test_oldest_makes_room(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    for number in range(6):
        bar.fail(str(number))
    assert words(bar) == ["2", "3", "4", "5"]


def test_markup_is_shown_as_text(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.fail("<b>bold</b><img src=x>")
    labels = [one for one in bar.findChildren(QLabel) if one.text()]
    assert [one.text() for one in labels] == ["<b>bold</b><img src=x>"]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
