"""The page of a conversation, as a person uses it."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary, MessageId, StoredMessage, Thread, TurnState
from desktop.core.errors import EngineCrashed
from desktop.core.events import Event, ThreadOpened, TurnDelta, TurnFinished, TurnReading, TurnStarted
from desktop.core.messages import Message, Role
from desktop.core.stream import TextDelta
from desktop.ui import theme
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.chat.message_text import MessageText
from desktop.ui.widgets.labels import PlainLabel

HERE = ConversationId(1)
MARKDOWN = """# Head

Some **bold** text, `code` and [a link](https://example.org).

- one
- two
  - three

| a | b |
|---|---|
| 1 | 2 |

> quoted

```python
x = 1

y = 2
```

The end.
"""


@dataclass
class Asked:
    """Records what the page asks of the services."""

    calls: list[tuple[object, ...]] = field(default_factory=list)

    def send(self, conversation: int, text: str, **_more: object) -> None:
        self.calls.append(("send", conversation, text))

    def edit(self, message: int, text: str, **_more: object) -> None:
        self.calls.append(("edit", message, text))

    def regenerate(self, answer: int, model: str, wanted: object) -> None:
        self.calls.append(("regenerate", answer))

    def stop(self, conversation: int | None = None) -> None:
        self.calls.append(("stop", conversation))

    def save_draft(self, conversation: int, text: str) -> None:
        self.calls.append(("draft", conversation, text))

    def show_branch(self, conversation: int, message: int) -> None:
        self.calls.append(("branch", conversation, message))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(qtbot: QtBot, asked: Asked) -> ChatPage:
    page = ChatPage(asked, asked, theme.light())
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def stored(
    number: int, role: Role, text: str, parent: int | None = None, state: TurnState = TurnState.COMPLETE
) -> StoredMessage:
    up = None if parent is None else MessageId(parent)
    return StoredMessage(MessageId(number), HERE, up, Message.of(role, text), state, 0.0)


def thread(*messages: StoredMessage, draft: str = "", conversation: int = 1) -> ThreadOpened:
    return ThreadOpened(Thread(ConversationSummary(ConversationId(conversation), "t", 0.0), messages, draft))


def turn() -> list[Event]:
    answer = StoredMessage(MessageId(2), HERE, MessageId(1), Message(Role.ASSISTANT), TurnState.PARTIAL, 0.0)
    return [thread(), TurnStarted(HERE, stored(1, Role.USER, "question"), answer)]


def shown(page: ChatPage, row: int) -> str:
    view = page.transcript.view_of(row)
    assert view is not None
    (browser,) = view.findChildren(QTextBrowser)
    return browser.toPlainText()


def play(page: ChatPage, *events: Event) -> None:
    for event in events:
        page.apply(event)


def test_enter_sends_and_shift_enter_makes_a_line(qtbot: QtBot, page: ChatPage, asked: Asked) -> None:
    play(page, thread())
    qtbot.keyClicks(page.composer.text, "one")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(page.composer.text, "two")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert asked.calls == [("send", 1, "one\ntwo")]
    assert page.composer.text.toPlainText() == ""


def test_an_empty_question_is_not_sent(qtbot: QtBot, page: ChatPage, asked: Asked) -> None:
    play(page, thread())
    qtbot.keyClicks(page.composer.text, "  ")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert not page.composer.button.isEnabled()
    assert asked.calls == []


def test_the_answer_is_drawn_as_it_arrives(page: ChatPage) -> None:
    play(page, *turn(), TurnDelta(HERE, MessageId(2), TextDelta("First ")))
    assert shown(page, 1) == "First"
    play(page, TurnDelta(HERE, MessageId(2), TextDelta("**second**")))
    page.transcript.flush()
    assert shown(page, 1) == "First second"
    play(page, TurnFinished(HERE, stored(2, Role.ASSISTANT, "First **second** third", 1)))
    assert page.model.rows[1].message.text == "First **second** third"


def test_the_button_stops_while_an_answer_runs(qtbot: QtBot, page: ChatPage, asked: Asked) -> None:
    play(page, *turn())
    qtbot.mouseClick(page.composer.button, Qt.MouseButton.LeftButton)
    assert asked.calls == [("stop", 1)]
    qtbot.keyClicks(page.composer.text, "next")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert asked.calls == [("stop", 1)]
    play(page, TurnFinished(HERE, stored(2, Role.ASSISTANT, "x", 1, TurnState.STOPPED)))
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert asked.calls[-1] == ("send", 1, "next")


def test_reading_shows_its_progress_and_goes_when_words_come(page: ChatPage) -> None:
    play(page, *turn(), TurnReading(HERE, MessageId(2), 924, 2310))
    assert page.status.text == "Reading 40 % of 2,310 tokens"
    play(page, TurnDelta(HERE, MessageId(2), TextDelta("x")))
    assert page.status.text == ""


def test_a_draft_is_kept_when_another_conversation_comes(qtbot: QtBot, page: ChatPage, asked: Asked) -> None:
    play(page, thread(draft="half"))
    assert page.composer.text.toPlainText() == "half"
    qtbot.keyClicks(page.composer.text, " a question")
    play(page, thread(conversation=2, draft="other"))
    assert ("draft", 1, "half a question") in asked.calls
    assert page.composer.text.toPlainText() == "other"


def test_editing_asks_again_beside_the_old_question(qtbot: QtBot, page: ChatPage, asked: Asked) -> None:
    play(page, thread(stored(1, Role.USER, "old"), stored(2, Role.ASSISTANT, "a", 1)))
    page.transcript.action.emit("edit", 1)
    assert page.composer.text.toPlainText() == "old"
    qtbot.keyClicks(page.composer.text, "er")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert ("edit", 1, "older") in asked.calls


def test_a_failed_answer_says_why_and_offers_to_try_again(page: ChatPage, asked: Asked) -> None:
    failed = stored(2, Role.ASSISTANT, "half", 1, TurnState.FAILED)
    play(page, *turn(), TurnFinished(HERE, failed, EngineCrashed()))
    view = page.transcript.view_of(1)
    assert view is not None
    assert any(str(EngineCrashed()) == one.text() for one in view.findChildren(PlainLabel))
    page.transcript.action.emit("regenerate", 2)
    assert asked.calls == [("regenerate", 2)]


def test_a_link_is_asked_about_and_never_followed(qtbot: QtBot, page: ChatPage) -> None:
    play(page, thread(stored(1, Role.ASSISTANT, "[x](https://example.org)")))
    view = page.transcript.view_of(0)
    assert view is not None
    (browser,) = view.findChildren(QTextBrowser)
    with qtbot.waitSignal(page.link_requested) as asked_about:
        browser.anchorClicked.emit(QUrl("https://example.org"))
    assert asked_about.args == ["https://example.org"]


def test_no_picture_is_ever_loaded(qtbot: QtBot, page: ChatPage) -> None:
    text = MessageText(page)
    MarkdownWriter(text.document(), theme.light()).append(
        "![a](file:///etc/passwd) <img src='file:///etc/passwd'> ![b](https://example.org/x.png)", last=True
    )
    assert "￼" not in text.toPlainText()
    assert text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/passwd")) is None


def test_streamed_and_whole_text_look_the_same(qtbot: QtBot, page: ChatPage) -> None:
    whole, streamed = QTextDocument(), QTextDocument()
    MarkdownWriter(whole, theme.light()).append(MARKDOWN, last=True)
    writer = MarkdownWriter(streamed, theme.light())
    for start in range(0, len(MARKDOWN), 7):
        writer.append(MARKDOWN[start : start + 7])
    writer.append("", last=True)
    assert streamed.toHtml() == whole.toHtml()


def test_only_rows_near_the_page_are_alive_and_the_reader_keeps_their_place(qtbot: QtBot, page: ChatPage) -> None:
    rows = [stored(n, Role.USER if n % 2 else Role.ASSISTANT, f"message {n}\n\n" + "word " * 80) for n in range(1, 401)]
    play(page, thread(*rows))
    bar = page.transcript.verticalScrollBar()
    assert page.transcript.at_end
    assert len(page.transcript._live) < 40
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    answer = StoredMessage(MessageId(900), HERE, MessageId(400), Message(Role.ASSISTANT), TurnState.PARTIAL, 0.0)
    page.model.rows.append(answer)
    page.transcript._replace_from(400)
    play(page, TurnDelta(HERE, MessageId(900), TextDelta("growing " * 50)))
    assert abs(bar.value() - place) < 5
    page.transcript.jump_to_end()
    assert page.transcript.at_end


def test_a_hit_is_brought_into_sight(page: ChatPage) -> None:
    rows = [stored(n, Role.USER, f"message {n}\n" * 5) for n in range(1, 101)]
    play(page, ThreadOpened(Thread(ConversationSummary(HERE, "t", 0.0), tuple(rows)), MessageId(50)))
    view = page.transcript.view_of(49)
    assert view is not None
    assert 0 <= view.y() < 100
