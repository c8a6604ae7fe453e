"""Recording fakes for the window: services that note what they were asked, a page that notes what it was told."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.conversations import ConversationId, ConversationSummary, MessageId, SearchHit
from desktop.core.events import Event
from desktop.core.models import ModelFile
from desktop.core.paths import Profile, default_profile
from desktop.core.settings import Settings
from desktop.ui.theme import Theme, apply_theme, light

Asked = list[tuple[Any, ...]]


@dataclass
class Recorder:
    """Notes every command as a tuple of its name and arguments."""

    asked: Asked = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def command(*arguments: Any, **named: Any) -> None:
            self.asked.append((name, *arguments, *named.values()))

        return command


@dataclass
class SettingsRecorder:
    """Settings in memory."""

    current: Settings = field(default_factory=Settings)
    asked: Asked = field(default_factory=list)

    def change(self, **fields: Any) -> None:
        self.asked.append(("change", fields))
        self.current = replace(self.current, **fields)

    def measure(self) -> None:
        self.asked.append(("measure",))


@dataclass
class FakeLibrary:
    """The services of the library."""

    library: Recorder = field(default_factory=Recorder)
    indexing: Recorder = field(default_factory=Recorder)
    search: Recorder = field(default_factory=Recorder)
    pages: Recorder = field(default_factory=Recorder)


@dataclass
class FakeServices:
    """All services of the window."""

    chat: Recorder = field(default_factory=Recorder)
    history: Recorder = field(default_factory=Recorder)
    models: Recorder = field(default_factory=Recorder)
    speech: Recorder = field(default_factory=Recorder)
    embedders: Recorder = field(default_factory=Recorder)
    settings: SettingsRecorder = field(default_factory=SettingsRecorder)
    vault: Recorder = field(default_factory=Recorder)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    profile: Profile = field(default_factory=default_profile)


class FakeChatPage(QWidget):
    """Stands where the conversation stands."""

    shown = Signal(object)
    link_requested = Signal(str)
    told = Signal(object)
    voice: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.themes: list[Theme] = []

    def apply(self, event: Event) -> None:
        self.events.append(event)

    def apply_theme(self, theme: Theme) -> None:
        self.themes.append(theme)

    def open_find_bar(self) -> None:
        self.finding = True

    def add_files(self) -> None:
        pass

    def print_out(self) -> None:
        pass

    def export(self) -> None:
        pass


def conversation(number: int, title: str = "", updated: float = 0.0, **fields: Any) -> ConversationSummary:
    return ConversationSummary(ConversationId(number), title or f"Conversation {number}", updated, **fields)


def hit(number: int, title: str, snippet: str, *marks: tuple[int, int]) -> SearchHit:
    return SearchHit(ConversationId(number), MessageId(number * 10), title, snippet, marks, 0.0)


def model_file(name: str = "SmolLM2 135M", precision: str = "Q4_1", size: int = 98_000_000) -> ModelFile:
    return ModelFile(Path(f"/models/{name}.{precision}.gguf"), size, name, "llama", precision, 8192)


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture(autouse=True)
def clean_look(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, light())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    gc.collect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says that it cannot grab or raise; that is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def fake_chat(qapp: QApplication) -> FakeChatPage:
    return FakeChatPage()
