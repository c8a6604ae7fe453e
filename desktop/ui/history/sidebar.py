"""The sidebar: new chat, search, the conversations, and the row of switches below."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, ConversationSummary, SearchHit
from desktop.core.events import ConversationChanged, ConversationDeleted, ConversationsListed, Event, SearchFinished
from desktop.core.settings import ThemeChoice
from desktop.ui.assets import IconName
from desktop.ui.history.commands import HistoryCommands
from desktop.ui.history.conversation_list import ConversationList
from desktop.ui.history.deletions import Deletions
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.history.results import ResultsList, ResultsModel
from desktop.ui.history.search_field import SearchField
from desktop.ui.i18n import translate
from desktop.ui.notices import Notice, Tone
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.empty import EmptyState

MINUTE = 60_000
NEXT = {
    ThemeChoice.SYSTEM: ThemeChoice.LIGHT,
    ThemeChoice.LIGHT: ThemeChoice.DARK,
    ThemeChoice.DARK: ThemeChoice.SYSTEM,
}
LOOKS: dict[ThemeChoice, IconName] = {
    ThemeChoice.SYSTEM: "contrast",
    ThemeChoice.LIGHT: "sun",
    ThemeChoice.DARK: "moon",
}


class Sidebar(QFrame):
    """Lists and finds conversations; it asks the history service and follows the events."""

    chosen = Signal()
    """A conversation or a new chat was asked for."""
    theme_chosen = Signal(object)
    vault_asked = Signal()

    def __init__(
        self,
        history: HistoryCommands,
        tell: Callable[[Notice], None],
        theme: Theme,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(translate("history", "Sidebar"))
        self._history = history
        self._tell = tell
        self._shown = NEW_CONVERSATION
        self._choice = ThemeChoice.SYSTEM
        self._day = today
        self._listed_on = today()
        self.model = ConversationListModel(today, self)
        self._results = ResultsModel(self)
        self._deletions = Deletions(history, self.model, tell)
        self.new_button = TextButton(translate("history", "New chat"), "primary", "plus", align_left=True)
        self.search = SearchField()
        self.list = ConversationList(self.model, theme)
        self.results = ResultsList(self._results, theme)
        self._empty = EmptyState(
            translate("history", "No conversations yet"),
            translate("history", "What you ask is kept here, encrypted, on this computer."),
        )
        self._nothing = EmptyState(translate("history", "Nothing found"), "")
        self.theme_button = IconButton("contrast", "")
        self.vault_button = IconButton("lock", translate("history", "Protection of your conversations"))
        self._body = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_theme_choice(ThemeChoice.SYSTEM)

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        match event:
            case SearchFinished(query, hits):
                self._show_hits(query, hits)
            case ConversationsListed() | ConversationChanged() | ConversationDeleted():
                self.model.apply(event)
                self._choose_body()
            case _:
                pass

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.list.apply_theme(theme)
        self.results.apply_theme(theme)

    def show_theme_choice(self, choice: ThemeChoice) -> None:
        """Show which colours are chosen; the button leads to the next."""
        self._choice = choice
        self.theme_button.set_icon(LOOKS[choice])
        match choice:
            case ThemeChoice.SYSTEM:
                label = translate("history", "Colours: like the system")
            case ThemeChoice.LIGHT:
                label = translate("history", "Colours: light")
            case ThemeChoice.DARK:
                label = translate("history", "Colours: dark")
        self.theme_button.set_label(label)

    def mark_shown(self, conversation: ConversationId) -> None:
        """Mark the conversation on the page."""
        self._shown = conversation
        self.model.show(conversation)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _lay_out(self) -> None:
        for page in (self.list, self.results, self._empty, self._nothing):
            self._body.addWidget(page)
        self._body.setCurrentWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(8)
        top.addWidget(self.new_button)
        top.addWidget(self.search)
        column.addLayout(top)
        column.addWidget(self._body, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self.vault_button)
        below.addStretch(1)
        below.addWidget(self.theme_button)
        column.addLayout(below)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._new)
        self.search.asked.connect(self._history.search)
        self.search.emptied.connect(self._choose_body)
        self.search.entered.connect(self.results.open_first)
        self.search.left_down.connect(self._enter_list)
        self.results.opened.connect(self._open_hit)
        self.list.opened.connect(self._open)
        self.list.pin_toggled.connect(lambda one: self._history.pin(one.id, not one.pinned))
        self.list.archived.connect(self._archive)
        self.list.deleted.connect(self._delete)
        self.model.renamed.connect(self._history.rename)
        self.theme_button.clicked.connect(lambda: self.theme_chosen.emit(NEXT[self._choice]))
        self.vault_button.clicked.connect(self.vault_asked)
        midnight = QTimer(self, interval=MINUTE)
        midnight.timeout.connect(self._regroup)
        midnight.start()

    def _new(self) -> None:
        self._history.new()
        self.chosen.emit()

    def _open(self, conversation: ConversationId) -> None:
        self._history.open(conversation)
        self.chosen.emit()

    def _open_hit(self, hit: SearchHit) -> None:
        self._history.open(hit.conversation, hit.message)
        self.chosen.emit()

    def _archive(self, summary: ConversationSummary) -> None:
        self._history.archive(summary.id, True)
        self._tell(
            Notice(
                translate("history", "Archived. The search still finds it."),
                Tone.INFO,
                translate("history", "Undo"),
                lambda: self._history.archive(summary.id, False),
            )
        )

    def _delete(self, summary: ConversationSummary) -> None:
        was_shown = summary.id == self._shown

        def undone() -> None:
            self._choose_body()
            if was_shown:
                self._history.open(summary.id)

        self._deletions.begin(summary, undone)
        self._choose_body()
        if was_shown:
            self._history.new()

    def _show_hits(self, query: str, hits: tuple[SearchHit, ...]) -> None:
        if query != self.search.query:
            return
        self._results.show(tuple(one for one in hits if not self.model.is_hidden(one.conversation)))
        self._nothing.describe(translate("history", "No message holds all the words of “{query}”.", query=query[:60]))
        self._body.setCurrentWidget(self.results if self._results.rowCount() else self._nothing)

    def _choose_body(self) -> None:
        if self.search.query:
            return
        self._results.show(())
        self._body.setCurrentWidget(self.list if self.model.rowCount() else self._empty)

    def _enter_list(self) -> None:
        view: QListView = self.results if self.search.query else self.list
        for number in range(view.model().rowCount()):
            index = view.model().index(number, 0)
            if index.flags() != index.flags().NoItemFlags:
                view.setCurrentIndex(index)
                view.setFocus()
                return

    def _regroup(self) -> None:
        if self._day() != self._listed_on:
            self._listed_on = self._day()
            self.model.regroup()
