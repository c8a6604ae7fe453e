"""The sidebar: new chat, search, folders and conversations, and the row of switches below."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.conversations import ConversationId, Matter, MatterId, SearchHit
from desktop.core.events import Event, MatterChanged, MatterDeleted, SearchFinished
from desktop.core.settings import ThemeChoice
from desktop.ui.assets import IconName
from desktop.ui.history.arrangement import Row
from desktop.ui.history.commands import HistoryCommands
from desktop.ui.history.conversation_list import ConversationList
from desktop.ui.history.filing import Filing, Summaries
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.history.menus import Menus
from desktop.ui.history.results import ResultsList, ResultsModel
from desktop.ui.history.scope import SearchScope
from desktop.ui.history.search_field import SearchField
from desktop.ui.history.wording import short
from desktop.ui.i18n import translate
from desktop.ui.notices import Notice
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
    settings_asked = Signal()
    vault_asked = Signal()
    library_asked = Signal()

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
        self._choice = ThemeChoice.SYSTEM
        self._day = today
        self._listed_on = today()
        self.model = ConversationListModel(today, self)
        self._results = ResultsModel(self)
        self._filing = Filing(history, self.model, tell)
        self._naming = False
        self.new_button = TextButton(translate("history", "New chat"), "primary", "plus", align_left=True)
        self.folder_button = IconButton("folder-plus", translate("history", "New folder"))
        self.library_button = TextButton(translate("history", "Library"), "quiet", "library", align_left=True)
        self.search = SearchField()
        self.scope = SearchScope()
        self.list = ConversationList(self.model, theme)
        self.menus = Menus(self.list, self._filing)
        self.results = ResultsList(self._results, theme)
        self._empty = EmptyState(
            translate("history", "No conversations yet"),
            translate("history", "What you ask is kept here, encrypted, on this computer."),
        )
        self._nothing = EmptyState(translate("history", "Nothing found"), "")
        self.theme_button = IconButton("contrast", "")
        self.vault_button = IconButton("lock", translate("history", "Protection of your conversations"))
        self.settings_button = IconButton("sliders", translate("history", "Settings"))
        self._body = QStackedWidget()
        self.setFocusProxy(self.search)
        self._lay_out()
        self._connect()
        self.show_theme_choice(ThemeChoice.SYSTEM)

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        match event:
            case SearchFinished(query, hits, matter):
                self._show_hits(query, hits, matter)
            case MatterDeleted(matter) if matter == self.scope.matter:
                self.scope.widen()
            case MatterChanged(matter):
                self._follow_folder(matter)
            case _:
                self.model.apply(event)

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
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.new_button, 1)
        first.addWidget(self.folder_button)
        top.addLayout(first)
        top.addWidget(self.search)
        top.addWidget(self.library_button)
        top.addWidget(self.scope)
        column.addLayout(top)
        column.addWidget(self._body, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self.settings_button)
        below.addWidget(self.vault_button)
        below.addStretch(1)
        below.addWidget(self.theme_button)
        column.addLayout(below)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._new_chat)
        self.folder_button.clicked.connect(self._make_folder_here)
        self.search.asked.connect(self._look)
        self.search.entered.connect(self.results.open_first)
        self.search.left_down.connect(self._enter_list)
        self.scope.changed.connect(self._follow_scope)
        self.results.opened.connect(self._open_hit)
        self.list.opened.connect(self._open)
        self.list.turned.connect(self._turn)
        self.list.deleted.connect(self._filing.delete)
        self.list.folder_deleted.connect(self.menus.open_deletions)
        self.list.dropped.connect(self._filing.move)
        self.list.menu_asked.connect(self.menus.open)
        self.menus.new_asked.connect(self._new)
        self.menus.search_asked.connect(self._search_in)
        self.menus.folder_asked.connect(self._make_folder)
        self.model.renamed.connect(self._history.rename)
        self.model.folder_renamed.connect(self._history.rename_folder)
        self.model.layoutChanged.connect(self._choose_body)
        self.theme_button.clicked.connect(lambda: self.theme_chosen.emit(NEXT[self._choice]))
        self.settings_button.clicked.connect(self.settings_asked)
        self.vault_button.clicked.connect(self.vault_asked)
        self.library_button.clicked.connect(self.library_asked)
        midnight = QTimer(self, interval=MINUTE)
        midnight.timeout.connect(self._regroup)
        midnight.start()

    def _new_chat(self) -> None:
        self._history.new()
        self.chosen.emit()

    def _new(self, matter: MatterId) -> None:
        self._history.new(matter)
        self.chosen.emit()

    def _open(self, conversation: ConversationId) -> None:
        self._history.open(conversation)
        self.chosen.emit()

    def _open_hit(self, hit: SearchHit) -> None:
        self._history.open(hit.conversation, hit.message)
        self.chosen.emit()

    def _make_folder_here(self) -> None:
        self._make_folder(())

    def _make_folder(self, conversations: Summaries) -> None:
        self._naming = True
        self._filing.make_folder(conversations)

    def _follow_folder(self, matter: Matter) -> None:
        """Show a folder as it is now; one that was made here is named at once."""
        is_new = matter.id not in self.model.arrangement.matters
        self.model.apply(MatterChanged(matter))
        if matter.id == self.scope.matter:
            self.scope.narrow(matter)
        if is_new and self._naming:
            self._naming = False
            self.search.clear()
            self.list.setFocus()
            self.list.rename(matter)

    def _turn(self, row: Row) -> None:
        """Open a folder or the archive, or close it."""
        if isinstance(row, Matter):
            self._filing.turn(row)
            return
        with self.model.rearranging() as rows:
            rows.open_archive(not rows.archive_open)
        if self.model.arrangement.archive_open:
            self.list.scrollTo(self.model.index_of_row(row), QAbstractItemView.ScrollHint.PositionAtTop)

    def _search_in(self, matter: Matter) -> None:
        self.scope.narrow(matter)
        self.focus_search()

    def _follow_scope(self) -> None:
        """Search again in what is to be searched now."""
        self.search.name_place(self.scope.name)
        if self.search.words:
            self._ask(self.search.words)

    def _look(self) -> None:
        if self.search.words:
            self._ask(self.search.words)
        else:
            self._choose_body()

    def _ask(self, query: str) -> None:
        if self.scope.matter is None:
            self._history.search(query)
        else:
            self._history.search(query, self.scope.matter)

    def _show_hits(self, query: str, hits: tuple[SearchHit, ...], matter: MatterId | None) -> None:
        if (query, matter) != (self.search.words, self.scope.matter):
            return
        rows = self.model.arrangement
        self._results.show(tuple(one for one in hits if not rows.is_hidden(one.conversation)))
        if matter is None:
            why = translate("history", "No message holds all the words of “{query}”.", query=query[:60])
        else:
            why = translate(
                "history",
                "No message in “{name}” holds all the words of “{query}”.",
                name=short(self.scope.name),
                query=query[:60],
            )
        self._nothing.describe(why)
        self._body.setCurrentWidget(self.results if self._results.rowCount() else self._nothing)

    def _choose_body(self) -> None:
        if self.search.words:
            return
        self._results.show(())
        self._body.setCurrentWidget(self.list if self.model.rowCount() else self._empty)

    def _enter_list(self) -> None:
        view: QListView = self.results if self.search.words else self.list
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
