"""The page of settings: a search field, the groups, and the way back to the defaults."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.events import Event, SettingsChanged
from desktop.core.paths import Profile
from desktop.core.settings import CHOICES, Settings
from desktop.ui.i18n import translate
from desktop.ui.notices import UNDO_SECONDS, Notice, Tone
from desktop.ui.settings import looks
from desktop.ui.settings.about import AboutGroup
from desktop.ui.settings.answers import AnswersGroup
from desktop.ui.settings.column import Column
from desktop.ui.settings.commands import EmbedderCommands, ModelsCommands, SettingsCommands, SpeechModelsCommands
from desktop.ui.settings.documents import DocumentsGroup
from desktop.ui.settings.group import Group
from desktop.ui.settings.memory import MemoryGroup
from desktop.ui.settings.protection import ProtectionGroup
from desktop.ui.settings.search_field import SettingsSearch
from desktop.ui.settings.voice import VoiceGroup
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.labels import PlainLabel

ABOVE = 12


class GroupName(StrEnum):
    """The groups, in the order of the page."""

    APPEARANCE = "appearance"
    WRITING = "writing"
    VOICE = "voice"
    DOCUMENTS = "documents"
    ANSWERS = "answers"
    MEMORY = "memory"
    PROTECTION = "protection"
    ABOUT = "about"


def titles() -> dict[GroupName, str]:
    """Return the headings of the groups; a command palette can offer them before the page is made."""
    return {
        GroupName.APPEARANCE: translate("settings", "Appearance"),
        GroupName.WRITING: translate("settings", "Writing"),
        GroupName.VOICE: translate("settings", "Voice"),
        GroupName.DOCUMENTS: translate("settings", "Documents"),
        GroupName.ANSWERS: translate("settings", "Answers"),
        GroupName.MEMORY: translate("settings", "Memory and speed"),
        GroupName.PROTECTION: translate("settings", "Privacy and protection"),
        GroupName.ABOUT: translate("settings", "About"),
    }


class SettingsPage(QWidget):
    """All settings. It asks the services, follows the events and holds nothing itself."""

    left = Signal()
    vault_asked = Signal()

    def __init__(
        self,
        settings: SettingsCommands,
        models: ModelsCommands,
        speech: SpeechModelsCommands,
        embedders: EmbedderCommands,
        profile: Profile,
        tell: Callable[[Notice], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("settings", "Settings"))
        self._settings = settings
        self._models = models
        self._speech = speech
        self._embedders = embedders
        self._tell = tell
        self.search = SettingsSearch()
        self.close_button = IconButton("close", translate("settings", "Back to the conversation"))
        self.reset_button = TextButton(translate("settings", "Reset all settings"), "", "undo")
        self.nothing = EmptyState(
            translate("settings", "Nothing found"), translate("settings", "No setting has these words.")
        )
        self.groups = self._make_groups(profile)
        self._scroll = QScrollArea()
        self._head, self._body = Column(), Column()
        self._line = QFrame()
        self._lay_out()
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.close_button.clicked.connect(self.left)
        self.reset_button.clicked.connect(self._reset)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._align)
        bar.valueChanged.connect(lambda place: self._line.setVisible(place > 0))
        self._show_reset(settings.current)
        self._filter()

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        for group in self.groups.values():
            group.apply(event)
        if isinstance(event, SettingsChanged):
            self._show_reset(event.settings)
        self._filter()

    def show_group(self, name: GroupName) -> None:
        """Go to a group."""
        self.search.clear()
        group = self.groups[name]
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(group.y() - ABOVE))

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what may have changed since."""
        super().showEvent(event)
        if not event.spontaneous():
            self._models.list()
            self._speech.list()
            self._embedders.list()
            self._settings.measure()

    def _make_groups(self, profile: Profile) -> dict[GroupName, Group]:
        words = titles()
        protection = ProtectionGroup(words[GroupName.PROTECTION])
        protection.vault_asked.connect(self.vault_asked)
        return {
            GroupName.APPEARANCE: looks.appearance(words[GroupName.APPEARANCE], self._settings),
            GroupName.WRITING: looks.writing(words[GroupName.WRITING], self._settings),
            GroupName.VOICE: VoiceGroup(words[GroupName.VOICE], self._settings, self._speech),
            GroupName.DOCUMENTS: DocumentsGroup(words[GroupName.DOCUMENTS], self._settings, self._embedders, profile),
            GroupName.ANSWERS: AnswersGroup(words[GroupName.ANSWERS], self._settings),
            GroupName.MEMORY: MemoryGroup(words[GroupName.MEMORY], self._settings),
            GroupName.PROTECTION: protection,
            GroupName.ABOUT: AboutGroup(words[GroupName.ABOUT], profile),
        }

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(translate("settings", "Settings"), "title"), 1)
        top.addWidget(self.close_button)
        self._head.inside.setContentsMargins(0, 24, 0, 16)
        self._head.inside.addLayout(top)
        self._head.inside.addWidget(self.search)
        self._body.inside.setContentsMargins(0, ABOVE, 0, 32)
        self._body.inside.setSpacing(28)
        for group in self.groups.values():
            self._body.inside.addWidget(group)
        self._body.inside.addWidget(self.nothing)
        self._body.inside.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.inside.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._body)
        self._line.setProperty("role", "line")
        room = self._line.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._line.setSizePolicy(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._line)
        self._line.hide()
        column.addWidget(self._scroll, 1)

    def _align(self, low: int, high: int) -> None:
        """Let the head end where the groups end."""
        self._head.leave(self._scroll.verticalScrollBar().sizeHint().width() if high > low else 0)

    def _filter(self) -> None:
        query = self.search.text()
        found = sum(group.filter(query) for group in self.groups.values())
        self.nothing.setVisible(found == 0)
        self.reset_button.setVisible(not query.strip())

    def _show_reset(self, settings: Settings) -> None:
        defaults = Settings()
        self.reset_button.setEnabled(any(getattr(settings, name) != getattr(defaults, name) for name in CHOICES))

    def _reset(self) -> None:
        before, defaults = self._settings.current, Settings()
        self._settings.change(**{name: getattr(defaults, name) for name in CHOICES})
        self._tell(
            Notice(
                translate("settings", "All settings are as they were at the start."),
                Tone.INFO,
                translate("settings", "Undo"),
                lambda: self._settings.change(**{name: getattr(before, name) for name in CHOICES}),
                seconds=UNDO_SECONDS,
            )
        )
