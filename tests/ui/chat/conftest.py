"""A conversation to show, a page that shows it, and services that note what they were asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary, MessageId, StoredMessage, Thread, TurnState
from desktop.core.events import ThreadOpened
from desktop.core.messages import Message, Role
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light

HERE = ConversationId(1)


@dataclass
class Asked:
    """Notes commands, and the token of the last one that had one."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    token: str = ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def command(*arguments: Any, token: str = "", **_more: Any) -> None:
            self.asked.append((name, *arguments))
            self.token = token

        return command


def question(number: int, text: str, parent: int | None = None, **fields: Any) -> StoredMessage:
    return StoredMessage(
        MessageId(number),
        fields.pop("conversation", HERE),
        None if parent is None else MessageId(parent),
        Message.of(Role.USER, text),
        TurnState.COMPLETE,
        0.0,
        **fields,
    )


def answer(number: int, text: str, parent: int, state: TurnState = TurnState.COMPLETE, **fields: Any) -> StoredMessage:
    message = Message.of(Role.ASSISTANT, text) if text else Message(Role.ASSISTANT)
    return StoredMessage(
        MessageId(number), fields.pop("conversation", HERE), MessageId(parent), message, state, 0.0, **fields
    )


def opened(*messages: StoredMessage, conversation: int = 1, draft: str = "", focus: int | None = None) -> ThreadOpened:
    summary = ConversationSummary(ConversationId(conversation), "A chat", 0.0)
    return ThreadOpened(Thread(summary, messages, draft), None if focus is None else MessageId(focus))


def talk(turns: int, words: str = "A sentence of the answer that is not very long. ") -> tuple[StoredMessage, ...]:
    """A thread of questions and answers, ids 1, 2, 3 …"""
    made: list[StoredMessage] = []
    for at in range(1, 2 * turns, 2):
        made += [
            question(at, f"Question {at}", at - 1 or None),
            answer(at + 1, f"Answer {at + 1}. {words * 12}", at),
        ]
    return tuple(made)


@dataclass
class Opened:
    """A page and what it asked."""

    page: ChatPage
    chat: Asked
    history: Asked


@pytest.fixture
def make_page(qtbot: QtBot) -> Callable[[], Opened]:
    def make() -> Opened:
        chat, history = Asked(), Asked()
        page = ChatPage(chat, history, light())
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        return Opened(page, chat, history)

    return make


@pytest.fixture
def opened_page(make_page: Callable[[], Opened]) -> Opened:
    return make_page()
