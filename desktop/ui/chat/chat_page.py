"""The page of one conversation: transcript, status, composer."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.attachment_events import AttachmentShown
from desktop.core.attachments import Attachment
from desktop.core.events import Event, ModelsListed, SettingsChanged, ThreadOpened, TurnFinished
from desktop.core.models import ModelFile
from desktop.ui.chat.adding import Adding
from desktop.ui.chat.attaching import Attaching
from desktop.ui.chat.commands import AttachCommands, ChatCommands, DraftCommands, ExportCommands, MeasureCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.draft_meter import DraftMeter
from desktop.ui.chat.empty_page import EmptyPage
from desktop.ui.chat.message_deeds import MessageDeeds
from desktop.ui.chat.moment_links import MomentLinks
from desktop.ui.chat.quiet_line import PasteOffers, QuietLine
from desktop.ui.chat.reading_aloud import ReadingAloud
from desktop.ui.chat.status_line import StatusLine
from desktop.ui.chat.thumbnails import Thumbnails
from desktop.ui.chat.transcript_model import Change, TranscriptModel
from desktop.ui.chat.writing import Writing
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.voice.commands import SettingsCommands, VoiceCommands
from desktop.ui.widgets.spoken import say

if TYPE_CHECKING:
    from desktop.ui.chat.examining import Examining
    from desktop.ui.chat.helpers import Helpers
    from desktop.ui.chat.scope_choosing import ScopeChoosing
    from desktop.ui.chat.transcript_view import TranscriptView
    from desktop.ui.chat.voice_controls import VoiceControls
    from desktop.ui.media.desk import MediaDesk
    from desktop.ui.sources.desk import SourcesDesk

COMPOSER_WIDTH = 740
WARM_MS = 400

Submit = Callable[[Callable[[], None]], None]


class ChatPage(QWidget):
    """Draws one conversation and asks the services; follows every announced event through `apply`.

    Signals:
        shown: the id of the conversation on the page.
        link_requested: an address to ask the person about.
        told: a Notice for the person.
    """

    shown = Signal(int)
    link_requested = Signal(str)
    told = Signal(object)

    def __init__(
        self,
        chat: ChatCommands,
        history: DraftCommands,
        theme: Theme,
        measuring: MeasureCommands | None = None,
        draw: Submit | None = None,
        exports: ExportCommands | None = None,
        attach: AttachCommands | None = None,
    ) -> None:
        super().__init__()
        self._chat = chat
        self._history = history
        self._draw = draw
        self.model = TranscriptModel()
        self._theme = theme
        self.composer = Composer()
        self.status = StatusLine()
        self.line = QuietLine()
        self._offers = PasteOffers(self.composer.text, self.composer.chips, self.line)
        self._writing = Writing(self.composer, self.model, chat, history)
        self.deeds = MessageDeeds(self, self.model, self._writing, chat, history, exports)
        self._models: tuple[ModelFile, ...] = ()
        self._meter = DraftMeter(self.composer, measuring, lambda: self._writing.before) if measuring else None
        self.attaching = Attaching(self.composer, self._writing, attach, self.line) if attach else None
        self.adding = Adding(self, self.composer, self.attaching) if self.attaching else None
        self.thumbnails: Thumbnails | None = None
        self.media: MediaDesk | None = None
        """Looks at files, plays, saves; there is none where nothing does."""
        self.scope: ScopeChoosing | None = None
        """Chooses the documents that are asked; there is none where there is no library."""
        self.sources: SourcesDesk | None = None
        """Shows the sources of answers; there is none where nothing opens documents."""
        self.moments = MomentLinks(lambda: self.model.rows, self)
        self.voice: VoiceControls | None = None
        """Recording; there is none where nothing takes it."""
        self.aloud = ReadingAloud(self.model, self)
        self.aloud.told.connect(self.told)
        self.examining: Examining | None = None
        """Choosing a part of a file; there is none where nothing looks into files."""
        self._empty = EmptyPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.setMinimumHeight(1)  # the question comes first
        self._lay_out()
        self._empty.chosen.connect(self._begin)
        self.composer.stop_requested.connect(lambda: self._chat.stop(self.model.conversation))
        self.composer.draft_changed.connect(lambda _: self.transcript)
        self.composer.submitted.connect(lambda _: self._offers.forget())
        self.setFocusProxy(self.composer)

    @cached_property
    def transcript(self) -> "TranscriptView":
        """The messages; made when there is one, or when a question is being written."""
        from desktop.ui.chat.transcript_view import TranscriptView  # noqa: PLC0415

        made = TranscriptView(self.model, self._theme, helpers=self._helpers(), models=lambda: self._models)
        self._pages.addWidget(made)
        made.action.connect(self.deeds.act)
        made.again.connect(self.deeds.again)
        self.aloud.follow(made, self._theme)
        made.link_activated.connect(self.link_requested)
        made.left.connect(self.composer.setFocus)
        return made

    def illustrate_with(self, illustrate: Callable[[Attachment], None]) -> None:
        """Show the files of questions; this asks for their small pictures. Before the first message is shown."""
        self.thumbnails = Thumbnails(illustrate, self)

    def add_voice(self, voice: VoiceCommands, settings: SettingsCommands) -> None:
        """Let the person speak."""
        from desktop.ui.chat.voice_controls import VoiceControls  # noqa: PLC0415 - not where nothing takes it

        self.voice = controls = VoiceControls(self.composer, voice, wanted=settings.current.microphone)
        self.voice.told.connect(self.told)
        self.voice.microphone_chosen.connect(lambda chosen: settings.change(microphone=chosen))
        self.composer.strip.transcript_requested.connect(lambda file: controls.show_transcript(file, self))
        if self.attaching is not None:
            controls.recorded.connect(partial(self.attaching.expect, name=translate("chat", "Recording")))
        controls.began.connect(self.aloud.stop)
        controls.left.connect(self.aloud.stop)

    def _helpers(self) -> "Helpers | None":
        from desktop.ui.chat.helpers import Helpers  # noqa: PLC0415

        if self._draw is None:
            return None
        helpers = Helpers.of(self._theme, self._draw, self, self.thumbnails, self.moments, self.media)
        QTimer.singleShot(WARM_MS, helpers.highlighter, helpers.highlighter.warm)
        return helpers

    def _lay_out(self) -> None:
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.status)
        below.addWidget(self.line)
        below.addWidget(self.composer)
        self._holder = QWidget()
        self._holder.setLayout(below)
        self._holder.setMaximumWidth(self._theme.px(COMPOSER_WIDTH))
        below.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.setContentsMargins(16, 0, 16, 16)
        across.addStretch(1)
        across.addWidget(self._holder, 100)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(across)

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        opened = event if isinstance(event, ThreadOpened) else None
        elsewhere = opened is not None and opened.thread.summary.id != self.model.conversation
        if opened is not None:
            self._writing.leave(opened)
        change = self.model.apply(event)
        self.status.apply(event, self.model.conversation)
        if change is not None:
            self._show(change)
        if opened is not None:
            self._writing.enter(opened)
            self._enter(opened, elsewhere=elsewhere)
        self._writing.apply(event)
        files = (self.attaching, self.examining, self.media, self.sources, self.scope)
        for one in (*files, self.voice, self._meter, self.aloud):
            if one is not None:
                one.apply(event)
        match event:
            case ModelsListed(models):
                self._models = models
            case AttachmentShown() if self.thumbnails is not None:
                self.thumbnails.take(event)
            case SettingsChanged(settings):
                self.composer.set_send_key(settings.send_key)
            case TurnFinished() if change is not None:
                say(self.transcript, translate("chat", "The answer is finished"))

    def _show(self, change: Change) -> None:
        if self.model.rows or "transcript" in self.__dict__:
            self.transcript.apply(change)
        self._pages.setCurrentWidget(self.transcript if self.model.rows else self._empty)
        self.composer.set_running(self.model.running is not None)

    def open_find_bar(self) -> None:
        """Let the person look for words in the conversation; what is selected is looked for at once."""
        if self.model.rows:
            self.transcript.finding.open(self.transcript.selected_text())

    def add_files(self) -> None:
        """Let the person choose files to put beside the question."""
        if self.adding is not None:
            self.adding.pick()

    def print_out(self) -> None:
        """Print the conversation, or save it as PDF."""
        self.deeds.print_out()

    def export(self) -> None:
        """Write the conversation where the person says."""
        self.deeds.export()

    @property
    def is_finding(self) -> bool:
        """Whether the find bar is there."""
        made = "transcript" in self.__dict__ and "finding" in self.transcript.__dict__
        return made and self.transcript.finding.is_open

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._holder.setMaximumWidth(theme.px(COMPOSER_WIDTH))
        if "transcript" in self.__dict__:
            self.transcript.apply_theme(theme)
        self.aloud.apply_theme(theme)
        if self.sources is not None:
            self.sources.apply_theme(theme)

    def _enter(self, event: ThreadOpened, *, elsewhere: bool) -> None:
        if elsewhere:
            self._offers.forget()
        if event.focus is not None:
            self.transcript.show_message(event.focus)
        self.shown.emit(self.model.conversation)
        if self.isVisible():
            self.composer.setFocus()

    def _begin(self, words: str) -> None:
        self.composer.text.put(words)
        self.composer.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selection, Ctrl+Up goes to the messages, Esc stops the voice, else the answer."""
        if event.matches(QKeySequence.StandardKey.Copy) and (text := self.transcript.selected_text()):
            QGuiApplication.clipboard().setText(text)
        elif event.key() == Qt.Key.Key_F3 and self.is_finding:
            self.transcript.finding.finder.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.transcript.step(down=False)
        elif event.matches(QKeySequence.StandardKey.Cancel) and self.aloud.is_on:
            self.aloud.stop()
        elif event.matches(QKeySequence.StandardKey.Cancel) and self.model.running is not None:
            self._chat.stop(self.model.conversation)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take what is typed from the first moment."""
        super().showEvent(event)
        self.composer.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words have their share of the new height."""
        super().resizeEvent(event)
        self.composer.fit()
        if self.voice is not None and self.voice.transcript is not None:
            self.voice.transcript.place(self.rect())

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft when the page goes out of sight; nobody is heard who does not see that."""
        if self.voice is not None and not event.spontaneous():
            self.voice.rest()
        self.composer.flush()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the composer."""
        super().focusInEvent(event)
        self.composer.setFocus()
