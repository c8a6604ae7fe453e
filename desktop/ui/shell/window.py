"""The main window: sidebar, top bar, conversation, notices; every event goes through it to the pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, ConversationSummary
from desktop.core.errors import ConversationMissing
from desktop.core.events import (
    ConversationChanged,
    Event,
    Failed,
    Raised,
    SettingsChanged,
    ThreadOpened,
    VaultChanged,
)
from desktop.core.settings import ThemeChoice
from desktop.ui.assets import application_icon
from desktop.ui.bridge import EventBridge
from desktop.ui.history.sidebar import Sidebar
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.notices import NoticeBar
from desktop.ui.shell import actions, advice, window_state
from desktop.ui.shell.centre import Centre
from desktop.ui.shell.drawer import Drawer
from desktop.ui.shell.gate import Gate
from desktop.ui.shell.panels import Panels
from desktop.ui.shell.services import ConversationPage, Services
from desktop.ui.shell.theming import ThemeFollower
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.settings.page import GroupName

NARROWEST_SIDEBAR = 200
NOBODY = ConversationSummary(NEW_CONVERSATION, "", 0.0)


class MainWindow(QMainWindow):
    """Lays the pages out, hands each event to each page and remembers how it was left."""

    def __init__(
        self, services: Services, bridge: EventBridge, follower: ThemeFollower, chat: ConversationPage
    ) -> None:
        super().__init__()
        self._services = services
        self._follower = follower
        self._summary = NOBODY
        self._leaving = False
        self._shown_any = False
        self.setWindowTitle("Inglenook")
        self.setWindowIcon(application_icon())
        self.notices = NoticeBar()
        self.sidebar = Sidebar(services.history, self.notices.tell, follower.theme)
        self.chooser = ModelChooser(services.models, services.settings, follower.theme)
        self.top_bar = TopBar(self.chooser, follower.theme)
        self.chat = chat
        self.centre = Centre(self.top_bar, chat, self.notices, services, follower.theme)
        self._root = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.drawer = Drawer(self.sidebar, self._splitter, self)
        settings = services.settings.current
        self.gate = Gate(self._root, self._splitter, services.vault, new_here=not settings.recovery_noticed)
        self._actions = actions.install(self, self._deeds())
        self.panels = Panels(
            self,
            self._actions.grouped,
            self._open_conversation,
            services.models.choose,
            self._show_group,
            follower.theme,
        )
        self._connect(bridge)
        self.sidebar.show_theme_choice(settings.theme)
        window_state.restore(self, settings.window_geometry)
        if not settings.sidebar_shown:
            self.drawer.put_away()

    def apply(self, event: Event) -> None:
        """Hand an event to everyone it may concern."""
        if self.gate.apply(event):
            return
        match event:
            case VaultChanged() if event.locked:
                self.panels.leave()
            case SettingsChanged(settings):
                self._follower.choose(settings)
                self.sidebar.show_theme_choice(settings.theme)
            case ThreadOpened(thread):
                self._show_title(thread.summary)
            case ConversationChanged(summary) if summary.id == self._summary.id:
                self._show_title(summary)
            case Failed(ConversationMissing()) if not self._shown_any:
                self._services.history.new()
                return
            case Raised():
                window_state.come_forward(self)
            case _:
                pass
        if (notice := advice.on(event, self._services)) is not None:
            self.notices.tell(notice)
        for page in (self.sidebar, self.chooser, self.top_bar, self.panels, self.centre):
            page.apply(event)

    def show_vault(self) -> None:
        """Show what protects the conversations, and note that the person has seen it."""
        self.drawer.close()
        self.centre.show_vault()
        self._services.settings.change(recovery_noticed=True)

    def show_settings(self) -> None:
        """Show the settings."""
        self.drawer.close()
        self.centre.show_settings()

    def show_library(self) -> None:
        """Show the documents."""
        self.drawer.close()
        self.centre.show_library()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the sidebar its width; before, the splitter did not know its own."""
        super().showEvent(event)
        if not event.spontaneous() and not self._shown_any:
            self.drawer.set_width(self._services.settings.current.sidebar_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar in a narrow window."""
        super().resizeEvent(event)
        self.drawer.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes what lies over the conversation, else it stops the answer."""
        if event.key() == Qt.Key.Key_Escape and not self.gate.is_closed:
            self._escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do what waits for its notice to close, and remember how the window was left."""
        self._leaving = True
        if self.chat.voice is not None:
            self.chat.voice.leave()
        self.notices.close_all()
        self._services.settings.change(
            window_geometry=window_state.geometry_of(self),
            sidebar_width=self.drawer.width,
            sidebar_shown=self.drawer.is_wanted,
        )
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self.sidebar.setMinimumWidth(self._follower.theme.px(NARROWEST_SIDEBAR))
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.sidebar)
        self._splitter.addWidget(self.centre)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setCollapsible(0, False)
        self._splitter.setCollapsible(1, False)
        self._root.addWidget(self._splitter)
        self.setCentralWidget(self._root)

    def _connect(self, bridge: EventBridge) -> None:
        bridge.announced.connect(self.apply)
        self._follower.changed.connect(self._wear)
        self.chat.shown.connect(self._mark_shown)
        self.chat.link_requested.connect(self._ask_about)
        self.sidebar.chosen.connect(self._show_chat)
        self.sidebar.theme_chosen.connect(lambda choice: self._services.settings.change(theme=ThemeChoice(choice)))
        self.sidebar.vault_asked.connect(self.show_vault)
        self.sidebar.settings_asked.connect(self.show_settings)
        self.sidebar.library_asked.connect(self.show_library)
        self.top_bar.sidebar_button.clicked.connect(self.drawer.toggle)
        self.top_bar.new_button.clicked.connect(self._new)
        self.drawer.moved.connect(lambda: self.top_bar.show_buttons(self.drawer.is_away))
        self.drawer.left.connect(self.centre.take_keyboard)
        self.gate.opened.connect(self._open_first)
        self.gate.welcomed.connect(self._begin)
        self.centre.show_protection = self.show_vault

    def _deeds(self) -> actions.Deeds:
        def inside(deed: Callable[[], None]) -> Callable[[], None]:
            """Do it only when nothing stands before the conversations."""
            return lambda: None if self.gate.is_closed else deed()

        return actions.Deeds(
            new=inside(self._new),
            find=inside(self._find),
            search=inside(self._search),
            library=inside(self.show_library),
            palette=inside(lambda: self.panels.toggle_palette()),
            sidebar=inside(self.drawer.toggle),
            settings=inside(self.show_settings),
            protection=inside(self.show_vault),
            shortcuts=inside(lambda: self.panels.toggle_sheet()),
            attach=inside(lambda: self.chat.add_files()),
            dictate=inside(self.centre.dictate) if self.chat.voice else None,
            record=inside(self.centre.record) if self.chat.voice else None,
            print=inside(lambda: self.chat.print_out()),
            export=inside(lambda: self.chat.export()),
            stop=inside(self._stop),
            quit=self.close,
        )

    def _open_first(self, event: VaultChanged) -> None:
        settings = self._services.settings.current
        self.centre.show_chat()
        self._services.history.list()
        self._services.models.list()
        last = ConversationId(settings.last_conversation)
        if last == NEW_CONVERSATION:
            self._services.history.new()
        else:
            self._services.history.open(last)
        if not settings.recovery_noticed and "recovery" not in event.protections and not self.gate.is_closed:
            self.notices.tell(advice.recovery(self.show_vault, self._note_advice))

    def _note_advice(self) -> None:
        if not self._leaving:
            self._services.settings.change(recovery_noticed=True)

    def _begin(self) -> None:
        """Let the person ask the first question after the first run."""
        self._services.settings.change(recovery_noticed=True)
        self.centre.show_chat()

    def _mark_shown(self, conversation: ConversationId) -> None:
        self._shown_any = True
        self.sidebar.mark_shown(conversation)
        if conversation != self._summary.id:
            self._show_title(self.sidebar.model.find(conversation) or replace(NOBODY, id=conversation))
        if conversation != self._services.settings.current.last_conversation:
            self._services.settings.change(last_conversation=int(conversation))

    def _show_title(self, summary: ConversationSummary) -> None:
        self._summary = summary
        self.centre.show_title(summary.title)

    def _show_chat(self) -> None:
        self.centre.show_chat()
        self.drawer.close()

    def _wear(self, theme: Theme) -> None:
        self.sidebar.setMinimumWidth(theme.px(NARROWEST_SIDEBAR))
        for page in (self.centre, self.sidebar, self.chooser, self.top_bar, self.panels):
            page.apply_theme(theme)

    def _new(self) -> None:
        self._services.history.new()
        self._show_chat()

    def _open_conversation(self, conversation: ConversationId) -> None:
        self._services.history.open(conversation)
        self._show_chat()

    def _find(self) -> None:
        self._show_chat()
        self.chat.open_find_bar()

    def _search(self) -> None:
        self.drawer.open()
        self.sidebar.focus_search()

    def _escape(self) -> None:
        if self.drawer.is_open:
            self.drawer.close()
        elif not self.centre.shows_chat:
            self.centre.show_chat()
        else:
            self._stop()

    def _show_group(self, group: "GroupName") -> None:
        self.show_settings()
        self.centre.settings_page().show_group(group)

    def _stop(self) -> None:
        self._services.chat.stop(self._summary.id)

    def _ask_about(self, link: str) -> None:
        from desktop.ui.shell.links import ask_about  # noqa: PLC0415 - not for the start

        ask_about(link, self, self.notices)
