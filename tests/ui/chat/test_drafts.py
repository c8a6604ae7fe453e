"""What is typed and not sent: it is there again wherever a person comes back to it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.conversations import NEW_CONVERSATION, ConversationId, MessageId
from desktop.core.events import ConversationsListed, Event, Failed, ThreadOpened, TurnFinished
from desktop.ui.bridge import EventBridge
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light
from tests.fakes import FakeEngine
from tests.houses import PATIENCE, Recorder, ask, empty_the_disk, fill_the_disk, opened


class Person:
    """Someone at the page of a real house; with two conversations, the first of them open."""

    def __init__(self, qtbot: QtBot, house: app.House, recorder: Recorder) -> None:
        self.bot, self.house = qtbot, house
        self.here = ask(house, recorder, "first question").conversation
        self.there = ask(house, recorder, "elsewhere").conversation
        self.page = ChatPage(house.chat, house.history, light())
        qtbot.addWidget(self.page)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.bridge = EventBridge()
        self.bridge.announced.connect(self.page.apply)
        self._unsubscribe = house.announcer.subscribe(self.bridge.publish)
        self.goes_to(self.here)

    def leaves(self) -> None:
        self._unsubscribe()
        self.bridge.close()

    @property
    def sees(self) -> str:
        """What stands in the composer."""
        return self.page.composer.text.toPlainText()

    def types(self, words: str) -> None:
        self.bot.keyClicks(self.page.composer.text, words)

    def presses(self, key: Qt.Key) -> None:
        self.bot.keyClick(self.page.composer.text, key)

    def pastes_over(self, words: str) -> None:
        self.page.composer.text.selectAll()
        self.page.composer.text.insertPlainText(words)

    def does(self, what: str, message: MessageId) -> None:
        """Press a button below a message."""
        self.page.transcript.action.emit(what, message)

    def sends(self, words: str) -> None:
        self.types(words)
        with self.until(TurnFinished):
            self.presses(Qt.Key.Key_Return)

    def goes_to(self, conversation: ConversationId) -> None:
        with self.until(ThreadOpened):
            if conversation == NEW_CONVERSATION:
                self.house.history.new()
            else:
                self.house.history.open(conversation)

    def until(self, kind: type[Event]):
        """Wait until the page has followed an event of this kind."""
        return self.bot.waitSignal(
            self.bridge.announced, timeout=PATIENCE * 1000, check_params_cb=lambda event: isinstance(event, kind)
        )

    def stored(self, conversation: ConversationId) -> str:
        """The draft that a restart would find, once everything asked so far is done."""
        asked = Recorder(self.house)
        self.house.history.list()
        asked.wait(ConversationsListed)
        asked.close()
        return self.house.shelf.conversations.draft(conversation)

    def rows(self) -> list[str]:
        return [one.message.text for one in self.page.model.rows]

    def row(self, number: int) -> MessageId:
        return self.page.model.rows[number].id


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        person = Person(qtbot, house, recorder)
        yield person
        person.leaves()


@pytest.fixture
def branched(person: Person) -> Person:
    """The open conversation has two versions of its first question; the second is shown, with a follow-up."""
    person.does("edit", person.row(0))
    person.pastes_over("")
    person.sends("second version")
    person.sends("follow-up")
    assert person.rows() == ["second version", "fine", "follow-up", "fine"]
    return person


def other_branch(person: Person) -> MessageId:
    return person.page.model.rows[0].siblings[0]


def test_typed_words_stay_when_another_branch_is_shown(branched: Person) -> None:
    person = branched
    person.types("half a thought")
    with person.until(ThreadOpened):
        person.does("branch", other_branch(person))
    assert person.rows() == ["first question", "fine"]
    assert person.sees == "half a thought"
    person.goes_to(person.there)
    assert person.stored(person.here) == "half a thought"


def test_typed_words_are_there_after_a_quick_look_at_another_conversation(person: Person) -> None:
    shown: list[int] = []
    person.page.shown.connect(shown.append)
    person.types("half a thought")
    person.house.history.open(person.there)
    person.house.history.open(person.here)
    person.stored(person.here)  # both were read before the page could follow the first
    person.bot.waitUntil(lambda: shown == [person.there, person.here])
    assert person.sees == "half a thought"
    assert person.stored(person.here) == "half a thought"
    assert person.stored(person.there) == ""


def test_a_question_that_was_sent_does_not_come_back_as_a_draft(person: Person) -> None:
    person.types("sent soon")
    person.goes_to(person.there)
    person.goes_to(person.here)
    assert person.sees == "sent soon"
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    person.goes_to(person.there)
    person.goes_to(person.here)
    assert person.sees == ""
    assert person.stored(person.here) == ""


def test_a_draft_is_there_again_when_editing_is_given_up(person: Person) -> None:
    person.types("half a thought")
    person.does("edit", person.row(0))
    assert person.sees == "first question"
    person.types(", changed")
    person.presses(Qt.Key.Key_Escape)
    assert person.sees == "half a thought"


def test_a_draft_is_there_again_after_leaving_in_the_middle_of_an_edit(person: Person) -> None:
    person.types("half a thought")
    person.does("edit", person.row(0))
    person.types(", changed")
    person.goes_to(person.there)
    assert person.sees == ""
    person.goes_to(person.here)
    assert not person.page.composer.is_editing
    assert person.sees == "half a thought"


def test_a_draft_outlives_an_edit_that_is_sent(person: Person) -> None:
    person.types("half a thought")
    person.does("edit", person.row(0))
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    assert person.sees == "half a thought"
    assert person.stored(person.here) == "half a thought"


def test_an_edit_goes_on_when_its_conversation_is_opened_again(person: Person) -> None:
    person.types("half a thought")
    person.does("edit", person.row(0))
    person.types(", changed")
    person.goes_to(person.here)
    assert person.page.composer.is_editing
    assert person.sees == "first question, changed"
    person.presses(Qt.Key.Key_Escape)
    assert person.sees == "half a thought"


def test_a_draft_is_there_again_when_the_edited_question_goes_out_of_sight(branched: Person) -> None:
    person = branched
    person.types("half a thought")
    person.does("edit", person.row(2))
    with person.until(ThreadOpened):
        person.does("branch", other_branch(person))
    assert not person.page.composer.is_editing
    assert person.sees == "half a thought"


def test_a_draft_is_there_again_after_one_edit_was_begun_over_another(branched: Person) -> None:
    person = branched
    person.types("half a thought")
    person.does("edit", person.row(0))
    person.does("edit", person.row(2))
    assert person.sees == "follow-up"
    person.presses(Qt.Key.Key_Escape)
    assert person.sees == "half a thought"


def test_a_question_that_could_not_be_stored_is_given_back_and_kept(person: Person) -> None:
    long = "a long question " * 2000
    fill_the_disk(person.house)
    person.pastes_over(long)
    with person.until(Failed):
        person.presses(Qt.Key.Key_Return)
    assert person.sees == long
    person.goes_to(person.there)
    assert person.sees == ""
    person.goes_to(person.here)
    assert person.sees == long
    empty_the_disk(person.house)
    with person.until(TurnFinished):
        person.presses(Qt.Key.Key_Return)
    assert person.rows()[-2:] == [long, "fine"]
    assert person.sees == ""


def test_a_question_that_could_not_be_stored_is_the_stored_draft_as_soon_as_there_is_room(person: Person) -> None:
    def make_room(event: Event) -> None:
        if isinstance(event, Failed):
            empty_the_disk(person.house)

    unsubscribe = person.house.announcer.subscribe(make_room)
    fill_the_disk(person.house)
    person.pastes_over("a long question " * 2000)
    with person.until(Failed):
        person.presses(Qt.Key.Key_Return)
    unsubscribe()
    assert person.stored(person.here) == person.sees == "a long question " * 2000


def test_words_typed_while_the_first_question_is_being_stored_stay_in_the_new_chat(person: Person) -> None:
    person.goes_to(NEW_CONVERSATION)
    stored = threading.Event()

    def busy_desk(event: Event) -> None:
        if isinstance(event, ConversationsListed):
            assert stored.wait(PATIENCE)

    unsubscribe = person.house.announcer.subscribe(busy_desk)
    person.house.history.list()
    person.types("a new question")
    person.presses(Qt.Key.Key_Return)
    person.types("and the next")
    with person.until(TurnFinished):
        stored.set()
    unsubscribe()
    made = person.page.model.conversation
    assert made not in (NEW_CONVERSATION, person.here, person.there)
    assert person.rows() == ["a new question", "fine"]
    assert person.sees == "and the next"
    person.goes_to(NEW_CONVERSATION)
    assert person.sees == ""
    person.goes_to(made)
    assert person.sees == "and the next"
    assert person.stored(made) == "and the next"
    assert person.house.shelf.conversations.draft(NEW_CONVERSATION) == ""
