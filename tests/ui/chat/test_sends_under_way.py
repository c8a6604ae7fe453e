"""Questions on their way to the store: none is lost, and each comes back only to the place where it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from desktop import app
from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.events import ConversationsListed, Event, Failed, ThreadOpened, TurnFinished
from tests.houses import PATIENCE, empty_the_disk, fill_the_disk
from tests.ui.chat.test_drafts import Person, branched, other_branch, person

__all__ = ["branched", "person"]

LONG = "a long question " * 2000


class Desk:
    """Where questions are stored; it can be told to wait, and what is asked meanwhile waits with it."""

    def __init__(self, house: app.House) -> None:
        self._house = house
        self._free = threading.Event()
        self._unsubscribe = house.announcer.subscribe(self._hold)
        self._free.set()

    def _hold(self, event: Event) -> None:
        if isinstance(event, ConversationsListed):
            assert self._free.wait(PATIENCE)

    def waits(self) -> None:
        self._free.clear()
        self._house.history.list()

    def goes_on(self) -> None:
        self._free.set()

    def close(self) -> None:
        self.goes_on()
        self._unsubscribe()


@pytest.fixture
def desk(person: Person) -> Iterator[Desk]:
    desk = Desk(person.house)
    yield desk
    desk.close()


@contextmanager
def no_room(person: Person) -> Iterator[None]:
    fill_the_disk(person.house)
    yield
    empty_the_disk(person.house)


def test_a_failed_question_comes_back_above_the_words_typed_ahead(person: Person, desk: Desk) -> None:
    desk.waits()
    with no_room(person):
        person.pastes_over(LONG)
        person.presses(Qt.Key.Key_Return)
        person.types("typed ahead")
        with person.until(Failed):
            desk.goes_on()
        assert person.sees == f"{LONG}\ntyped ahead"


def test_a_failed_edit_comes_back_as_an_edit_and_the_draft_after_it(person: Person) -> None:
    person.types("half a thought")
    person.does("edit", person.row(0))
    with no_room(person):
        person.pastes_over(LONG)
        with person.until(Failed):
            person.presses(Qt.Key.Key_Return)
    assert person.sees == LONG
    assert person.page.composer.is_editing
    person.presses(Qt.Key.Key_Escape)
    assert person.sees == "half a thought"


def test_a_failed_edit_that_came_back_is_sent_as_an_edit_of_the_same_message(person: Person) -> None:
    first = person.row(0)
    person.does("edit", first)
    with no_room(person):
        person.pastes_over(LONG)
        with person.until(Failed):
            person.presses(Qt.Key.Key_Return)
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    assert person.rows() == [LONG, "fine"]
    assert first in person.page.model.rows[0].siblings


def test_a_failed_edit_waits_where_it_was_asked(person: Person, desk: Desk) -> None:
    desk.waits()
    person.house.history.open(person.there)
    person.does("edit", person.row(0))
    with no_room(person):
        person.pastes_over(LONG)
        person.presses(Qt.Key.Key_Return)
        with person.until(Failed):
            desk.goes_on()
    assert (person.page.model.conversation, person.sees) == (person.there, "")
    person.goes_to(person.here)
    assert person.sees == LONG
    assert person.page.composer.is_editing


def test_a_failed_edit_of_a_message_out_of_sight_comes_back_as_words_of_the_draft(branched: Person, desk: Desk) -> None:
    person = branched
    desk.waits()
    person.page._history.show_branch(person.here, other_branch(person))
    person.does("edit", person.row(2))
    with no_room(person):
        person.pastes_over(LONG)
        person.presses(Qt.Key.Key_Return)
        with person.until(Failed):
            desk.goes_on()
    assert not person.page.composer.is_editing
    assert person.sees == LONG


def test_a_failed_edit_waits_until_another_edit_is_done(person: Person, desk: Desk) -> None:
    desk.waits()
    person.does("edit", person.row(0))
    with no_room(person):
        person.pastes_over(LONG)
        person.presses(Qt.Key.Key_Return)
        person.does("edit", person.row(0))
        person.types(", changed")
        with person.until(Failed):
            desk.goes_on()
    assert person.sees == "first question, changed"
    person.presses(Qt.Key.Key_Escape)
    assert person.sees == LONG
    assert person.page.composer.is_editing


def test_a_failed_question_comes_back_where_it_was_asked(person: Person, desk: Desk) -> None:
    desk.waits()
    person.house.history.open(person.there)
    with no_room(person):
        person.pastes_over(LONG)
        person.presses(Qt.Key.Key_Return)
        with person.until(Failed):
            desk.goes_on()
    assert (person.page.model.conversation, person.sees) == (person.there, "")
    person.goes_to(person.here)
    assert person.sees == LONG


def test_a_failed_first_question_leaves_no_empty_conversation_behind(person: Person) -> None:
    person.goes_to(NEW_CONVERSATION)
    with no_room(person):
        person.pastes_over(LONG)
        with person.until(Failed):
            person.presses(Qt.Key.Key_Return)
    assert (person.page.model.conversation, person.sees) == (NEW_CONVERSATION, LONG)
    assert {one.id for one in person.house.shelf.conversations.list_all()} == {person.here, person.there}


def test_words_typed_ahead_belong_to_the_conversation_that_was_made(person: Person, desk: Desk) -> None:
    person.goes_to(NEW_CONVERSATION)
    desk.waits()
    person.types("a new question")
    person.presses(Qt.Key.Key_Return)
    person.types("and the next")
    person.page.composer.flush()
    with person.until(TurnFinished):
        desk.goes_on()
    made = person.page.model.conversation
    assert person.sees == "and the next"
    assert (person.stored(made), person.stored(NEW_CONVERSATION)) == ("and the next", "")
    person.goes_to(NEW_CONVERSATION)
    assert person.sees == ""
    person.goes_to(made)
    assert person.sees == "and the next"


def test_words_typed_ahead_follow_although_another_conversation_comes_between(person: Person, desk: Desk) -> None:
    person.goes_to(NEW_CONVERSATION)
    desk.waits()
    person.house.history.open(person.there)
    person.types("a new question")
    person.presses(Qt.Key.Key_Return)
    person.types("and the next")
    with person.until(TurnFinished):
        desk.goes_on()
    made = person.page.model.conversation
    assert made not in (NEW_CONVERSATION, person.here, person.there)
    assert (person.sees, person.stored(made), person.stored(person.there)) == ("and the next", "and the next", "")


def test_a_failure_of_something_else_does_not_give_a_sent_question_back(person: Person, desk: Desk) -> None:
    desk.waits()
    person.house.history.open(9999)  # type: ignore[arg-type]
    person.types("will be sent")
    person.presses(Qt.Key.Key_Return)
    with person.until(TurnFinished):
        desk.goes_on()
    assert person.sees == ""


def test_words_typed_ahead_in_an_old_conversation_are_kept(person: Person, desk: Desk) -> None:
    desk.waits()
    person.types("one")
    person.presses(Qt.Key.Key_Return)
    person.types("two")
    person.page.composer.flush()
    with person.until(TurnFinished):
        desk.goes_on()
    assert (person.sees, person.stored(person.here)) == ("two", "two")


def test_another_conversation_opened_right_after_the_first_question_gets_nothing_of_it(
    person: Person, desk: Desk
) -> None:
    person.goes_to(NEW_CONVERSATION)
    desk.waits()
    person.types("a new question")
    person.presses(Qt.Key.Key_Return)
    person.house.history.open(person.there)
    with person.until(TurnFinished):
        desk.goes_on()
    person.bot.waitUntil(lambda: person.page.model.conversation == person.there)
    person.types("x")
    person.goes_to(person.here)
    assert (person.sees, person.stored(person.there)) == ("", "x")


def test_a_new_chat_asked_for_before_the_question_has_its_own_draft(person: Person, desk: Desk) -> None:
    person.goes_to(NEW_CONVERSATION)
    person.types("new chat draft")
    person.goes_to(person.here)
    desk.waits()
    person.house.history.new()
    person.types("question")
    person.presses(Qt.Key.Key_Return)
    person.types("ahead")
    with person.until(TurnFinished):
        desk.goes_on()
    assert (person.page.model.conversation, person.sees) == (NEW_CONVERSATION, "new chat draft")
    person.goes_to(person.here)
    assert person.sees == "ahead"


def test_a_second_question_waits_until_the_first_one_is_stored(person: Person, desk: Desk) -> None:
    person.goes_to(NEW_CONVERSATION)
    desk.waits()
    person.types("one")
    person.presses(Qt.Key.Key_Return)
    person.types("two")
    person.presses(Qt.Key.Key_Return)
    assert not person.page.composer.button.isEnabled()
    with person.until(TurnFinished):
        desk.goes_on()
    assert (person.rows(), person.sees) == (["one", "fine"], "two")
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    assert person.rows() == ["one", "fine", "two", "fine"]


def test_a_question_asked_in_a_folder_makes_its_conversation_there(person: Person) -> None:
    folder = person.house.shelf.conversations.filing.make("Lease")
    with person.until(ThreadOpened):
        person.house.history.new(folder.id)
    person.sends("in the folder")
    made = person.house.shelf.conversations.summary(person.page.model.conversation)
    assert made.matter == folder.id
