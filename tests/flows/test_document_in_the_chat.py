"""A document dropped on a chat: read, asked about, cited, and its page opened from the citation."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.events import Event, ThreadOpened, TurnFinished
from desktop.core.grounding import Verdict
from desktop.core.library import SourceState
from desktop.core.library_events import DocumentReady, PageOpened, SourceChanged
from desktop.core.paths import Profile
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.shell.application import OpenWindow
from desktop.ui.shell.opening import show
from tests.fakes import FakeEngine

E = TypeVar("E", bound=Event)
LEASE = (
    "# Rent\n\nThe tenant pays a rent of 1,200.00 euros a month.\n\n# Animals\n\nDogs are not allowed in the house.\n"
)
MINUTE = 60_000


class Flow:
    """A real window on a real house whose model answers from a script."""

    def __init__(self, qtbot: QtBot, root: Path, engine: FakeEngine) -> None:
        self.bot = qtbot
        self.profile = Profile(root)
        self.lock = app.prepare(self.profile)
        assert self.lock.acquire()
        self.house = app.build(self.profile, engine)
        self.house.settings.change(recovery_noticed=True)
        self.seen: list[Event] = []
        self.opened: OpenWindow = show(self.house)
        self.opened.bridge.announced.connect(self.seen.append)
        qtbot.addWidget(self.opened.window)
        self.wait(ThreadOpened)

    @property
    def page(self) -> ChatPage:
        assert isinstance(self.opened.window.chat, ChatPage)
        return self.opened.window.chat

    def wait(self, kind: type[E]) -> E:
        self.bot.waitUntil(lambda: any(isinstance(one, kind) for one in self.seen), timeout=MINUTE)
        return next(one for one in self.seen if isinstance(one, kind))

    def close(self) -> None:
        self.opened.window.close()
        self.opened.close()
        self.house.close()
        self.lock.release()


@pytest.fixture
def flow(qtbot: QtBot, tmp_path: Path, starter_model: Path, qapp: QApplication) -> Iterator[Flow]:
    engine = FakeEngine().answers("The rent is 1,200.00 euros a month [1]. ", "It rises to 1,350.75 euros [1].")
    flow = Flow(qtbot, tmp_path / "p", engine)
    yield flow
    flow.close()


def test_a_dropped_document_is_asked_cited_and_opened_at_the_passage(flow: Flow, tmp_path: Path) -> None:
    lease = tmp_path / "Lease.md"
    lease.write_text(LEASE, encoding="utf-8")
    page = flow.page
    assert page.attaching is not None
    page.attaching.add_files([str(lease)])
    source = flow.wait(DocumentReady).source
    flow.bot.waitUntil(
        lambda: any(isinstance(one, SourceChanged) and one.source.state is SourceState.SEARCHED for one in flow.seen),
        timeout=MINUTE,
    )
    assert page.composer.strip.items[0].words.startswith("Markdown")
    QTest.keyClicks(page.composer.text, "What is the rent?")
    QTest.keyClick(page.composer.text, Qt.Key.Key_Return)
    answer = flow.wait(TurnFinished).answer
    assert answer.message.found is not None
    assert {one.source for one in answer.message.found.passages} == {source.id}
    assert answer.message.checks is not None
    assert [one.verdict for one in answer.message.checks.checks] == [Verdict.VERIFIED, Verdict.NOT_FOUND]

    view = page.transcript.view_of(1)
    assert view is not None
    assert view.asides.ground is not None
    assert "2 statements checked against their sources, 1 not found" in view.asides.ground.spoken
    view.text.anchorClicked.emit(QUrl("app:source/1"))
    flow.wait(PageOpened)
    assert page.sources is not None
    panel = page.sources.panel
    assert panel is not None
    flow.bot.waitUntil(lambda: panel.pages.currentWidget() is panel.text, timeout=MINUTE)
    assert "The tenant pays a rent of 1,200.00 euros a month." in panel.text.toPlainText()
    assert "Lease.md" in panel.name.text()
    assert page.composer.strip.items == ()
