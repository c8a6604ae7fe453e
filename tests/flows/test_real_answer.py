"""The whole app with the real model: type, see, stored; a killed model costs one turn."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.conversations import TurnState
from desktop.core.events import Event, ThreadOpened, TurnDelta, TurnFinished
from desktop.core.paths import Profile
from desktop.engine.on_demand import OnDemandChatEngine
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.shell.application import OpenWindow
from desktop.ui.shell.opening import show

MINUTE = 60_000


class Flow:
    """A real window on a real house."""

    def __init__(self, qtbot: QtBot, root: Path) -> None:
        self.bot = qtbot
        self.profile = Profile(root)
        self.lock = app.prepare(self.profile)
        assert self.lock.acquire()
        self.house = app.build(self.profile)
        sampling = replace(self.house.settings.current.sampling, temperature=0.0, max_tokens=400)
        self.house.settings.change(sampling=sampling, recovery_noticed=True)
        self.opened: OpenWindow = show(self.house)
        qtbot.addWidget(self.opened.window)
        self.wait(ThreadOpened)

    @property
    def page(self) -> ChatPage:
        assert isinstance(self.opened.window.chat, ChatPage)
        return self.opened.window.chat

    def wait(self, kind: type[Event]) -> Event:
        seen: list[Event] = []
        with self.bot.waitSignal(
            self.opened.bridge.announced,
            timeout=MINUTE,
            check_params_cb=lambda event: isinstance(event, kind) and not seen.append(event),
        ):
            pass
        return seen[0]

    def ask(self, text: str, until: type[Event]) -> Event:
        self.bot.keyClicks(self.page.composer.text, text)
        seen: list[Event] = []
        with self.bot.waitSignal(
            self.opened.bridge.announced,
            timeout=MINUTE,
            check_params_cb=lambda event: isinstance(event, until) and not seen.append(event),
        ):
            self.bot.keyClick(self.page.composer.text, Qt.Key.Key_Return)
        return seen[0]

    def close(self) -> None:
        self.opened.window.close()
        self.opened.close()
        self.house.close()
        self.lock.release()


@pytest.fixture
def flow(qtbot: QtBot, tmp_path: Path, starter_model: Path, qapp: QApplication) -> Iterator[Flow]:
    flow = Flow(qtbot, tmp_path / "p")
    yield flow
    flow.close()


def test_a_typed_question_is_answered_stored_found_and_continued_after_a_restart(
    qtbot: QtBot, tmp_path: Path, starter_model: Path
) -> None:
    flow = Flow(qtbot, tmp_path / "p")
    first = flow.ask("What is the capital of France?", TurnFinished)
    assert isinstance(first, TurnFinished)
    assert "Paris" in first.answer.message.text
    assert "Paris" in flow.page.model.rows[-1].message.text
    flow.close()
    again = Flow(qtbot, tmp_path / "p")
    assert again.page.model.rows[0].message.text == "What is the capital of France?"
    assert again.house.shelf.conversations.search("paris")
    second = again.ask("And of Germany?", TurnFinished)
    assert isinstance(second, TurnFinished)
    assert second.conversation == first.conversation
    assert len(again.page.model.rows) == 4
    again.close()


def test_a_killed_model_costs_one_turn_and_keeps_what_it_wrote(flow: Flow) -> None:
    flow.ask("Write a long story about a fox and a bear.", TurnDelta)
    engine = flow.house.engine
    assert isinstance(engine, OnDemandChatEngine)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    failed = flow.wait(TurnFinished)
    assert isinstance(failed, TurnFinished)
    assert failed.answer.state is TurnState.FAILED
    kept = failed.answer.message.text
    assert kept
    stored = flow.house.shelf.conversations.thread(failed.conversation).messages[-1]
    assert stored.message.text == kept
    good = flow.ask("What is the capital of France?", TurnFinished)
    assert isinstance(good, TurnFinished)
    assert good.answer.state is TurnState.COMPLETE


def test_stop_ends_a_running_answer_and_keeps_it(flow: Flow) -> None:
    flow.ask("Write a long story about a fox and a bear.", TurnDelta)
    with flow.bot.waitSignal(
        flow.opened.bridge.announced, timeout=MINUTE, check_params_cb=lambda event: isinstance(event, TurnFinished)
    ):
        flow.bot.mouseClick(flow.page.composer.button, Qt.MouseButton.LeftButton)
    last = flow.page.model.rows[-1]
    assert last.state is TurnState.STOPPED
    assert last.message.text
