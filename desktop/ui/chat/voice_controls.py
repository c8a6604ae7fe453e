"""The two buttons beside the composer: dictate, and record in a panel that takes the place of the words."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QDateTime, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.attachments import Attachment
from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.events import Event, SettingsChanged, ThreadOpened
from desktop.core.taking import clock
from desktop.core.voice_events import RecordingsRescued, Rescued, SpeechKnown, TranscriptExported
from desktop.ui.chat.composer import Composer
from desktop.ui.i18n import translate
from desktop.ui.notices import Notice
from desktop.ui.voice.commands import VoiceCommands
from desktop.ui.voice.wording import no_model
from desktop.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from desktop.ui.voice.dictation import Dictation
    from desktop.ui.voice.recorder import Ears, Recorder
    from desktop.ui.voice.recorder_panel import RecorderPanel
    from desktop.ui.voice.transcript_panel import TranscriptPanel


def _microphone() -> "Ears":
    from desktop.ui.voice.microphone import Microphone  # noqa: PLC0415 - not for the start

    return Microphone()


class VoiceControls(QObject):
    """Puts recording and dictation into a composer; each is made when somebody first speaks.

    Signals:
        recorded: a recording becomes an attachment; its token.
        told: a Notice for the person.
        microphone_chosen: the id of the microphone to use from now on.
        play_requested: an attachment, and the second to play it from.
        began: somebody is heard from now on.
        left: the window closes.
    """

    recorded = Signal(str)
    told = Signal(object)
    microphone_chosen = Signal(str)
    play_requested = Signal(object, float)
    began = Signal()
    left = Signal()

    def __init__(
        self, composer: Composer, voice: VoiceCommands, make_ears: "Callable[[], Ears]" = _microphone, wanted: str = ""
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._voice = voice
        self.button = IconButton("microphone", translate("voice", "Record (Ctrl+Shift+R)"), composer)
        self._make_ears = make_ears
        self._wanted = wanted
        self.dictate = IconButton("dictate", "", composer)
        self._model = ""
        self._conversation = NEW_CONVERSATION
        self.transcript: TranscriptPanel | None = None
        """What is said in a file, once that was asked for."""
        composer.add_beside(self.dictate)
        composer.add_beside(self.button)
        self._show_dictation(False)
        self.dictate.clicked.connect(self.toggle_dictation)
        composer.text.document().documentLayout().documentSizeChanged.connect(lambda _: composer.fit())
        self.button.clicked.connect(self.toggle)

    @cached_property
    def recorder(self) -> "Recorder":
        """Records; made by the first recording."""
        from desktop.ui.voice.recorder import Recorder  # noqa: PLC0415 - not for the start

        panel = self.panel
        made = Recorder(self._voice, self._make_ears, panel)
        made.wanted = self._wanted
        made.began.connect(self._end_dictation)
        made.began.connect(self.began)
        made.began.connect(lambda: self._composer.show_instead(panel, self.button, self.dictate))
        made.ended.connect(self._put_back)
        made.recorded.connect(self.recorded)
        made.told.connect(self.told)
        made.microphone_chosen.connect(self.microphone_chosen)
        return made

    @cached_property
    def panel(self) -> "RecorderPanel":
        """Stands in the place of the words while something is recorded."""
        from desktop.ui.voice.recorder_panel import RecorderPanel  # noqa: PLC0415 - not for the start

        made = RecorderPanel(self._composer)
        made.hide()
        return made

    @cached_property
    def dictation(self) -> "Dictation":
        """Writes what is spoken; made by the first dictation."""
        from desktop.ui.voice.dictation import Dictation  # noqa: PLC0415 - not for the start

        made = Dictation(self._voice, self._make_ears, self._composer.text)
        made.wanted = self._wanted
        made.changed.connect(self._show_dictation)
        made.told.connect(self.told)
        made.changed.connect(lambda on: self.began.emit() if on else None)
        self._composer.leaving.connect(made.settle)
        return made

    @property
    def _made(self) -> "list[Recorder | Dictation]":
        return [self.__dict__[name] for name in ("recorder", "dictation") if name in self.__dict__]

    @property
    def _is_recording(self) -> bool:
        return "recorder" in self.__dict__ and self.recorder.is_open

    def _end_dictation(self) -> None:
        if "dictation" in self.__dict__:
            self.dictation.end()

    def toggle(self) -> None:
        """Begin a recording, or end the one under way."""
        self._end_dictation()
        self.recorder.toggle()

    def toggle_dictation(self) -> None:
        """Begin a dictation, or end the one under way; say what is missing where none is possible."""
        if not self._model:
            self.told.emit(Notice(no_model()))
        elif not self._is_recording:
            self.dictation.toggle()

    def rest(self) -> None:
        """Hear nothing for now."""
        self._end_dictation()
        if "recorder" in self.__dict__:
            self.recorder.rest()

    def leave(self) -> None:
        """The window closes: nothing is heard any more; what is on the disk is offered at the next start."""
        self.rest()
        self.left.emit()

    def show_transcript(self, attachment: Attachment, page: QWidget) -> None:
        """Show what is said in a file, over a page."""
        if self.transcript is None:
            from desktop.ui.voice.transcript_panel import TranscriptPanel  # noqa: PLC0415 - not for the start

            self.transcript = TranscriptPanel(self._voice, page)
            self.transcript.closed.connect(self._leave_transcript)
            self.transcript.play_requested.connect(self.play_requested)
        self.transcript.show_attachment(attachment)
        self.transcript.place(page.rect())
        self.transcript.show()
        self.transcript.raise_()
        self.transcript.cross.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        for one in self._made:
            one.apply(event)
        if self.transcript is not None:
            self.transcript.apply(event)
        match event:
            case ThreadOpened(thread) if thread.summary.id != self._conversation:
                self._conversation = thread.summary.id
                if self.transcript is not None:
                    self.transcript.hide()
            case SettingsChanged(settings):
                self._want(settings.microphone)
            case SpeechKnown(model):
                self._model = model
                self._show_dictation("dictation" in self.__dict__ and self.dictation.is_on)
            case TranscriptExported(name):
                self.told.emit(Notice(translate("voice", "Saved as {name}.", name=name)))
            case RecordingsRescued(recordings):
                for rescued in recordings:
                    self._offer(rescued)

    def _want(self, microphone: str) -> None:
        self._wanted = microphone
        for one in self._made:
            one.wanted = microphone

    def _show_dictation(self, on: bool) -> None:
        self.dictate.set_icon("stop" if on else "dictate")
        if on:
            words = translate("voice", "End the dictation (Ctrl+Shift+D)")
        else:
            words = translate("voice", "Dictate (Ctrl+Shift+D)") if self._model else no_model()
        self.dictate.set_label(words)

    def _leave_transcript(self) -> None:
        if self.transcript is not None:
            self.transcript.hide()
        self._composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self) -> None:
        self._composer.show_again(self.panel, self.button, self.dictate)
        self._composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, rescued: Rescued) -> None:
        """Offer a recording that a crash broke off; closing the notice leaves it where it is."""
        day = QDateTime.fromSecsSinceEpoch(int(rescued.began)).toString("yyyy-MM-dd hh:mm")
        words = translate(
            "voice", "A recording of {time} from {day} was rescued.", time=clock(rescued.seconds), day=day
        )
        self.told.emit(
            Notice(
                words,
                action=translate("voice", "Add to question"),
                act=partial(self._add, rescued),
                other=translate("voice", "Delete"),
                do_other=partial(self._forget, rescued),
                seconds=0,
            )
        )

    def _add(self, rescued: Rescued) -> None:
        token = uuid4().hex
        self.recorded.emit(token)
        self._voice.rescue(rescued.id, token)

    def _forget(self, rescued: Rescued) -> None:
        self._voice.forget(rescued.id)
