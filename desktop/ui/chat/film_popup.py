"""A video or sound of the draft, opened to choose which part of it is sent, and to see what that is."""

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from desktop.core.events import Event
from desktop.core.media import Kind
from desktop.core.taking import WHOLE, AttachmentPart, Senses, frames, frames_wish
from desktop.core.viewing_events import FramesPreviewed, FramesPreviewing, LevelsPreviewed, ViewFailed
from desktop.ui.chat.attachment_words import detail_name, detail_use, details
from desktop.ui.chat.commands import PreviewCommands
from desktop.ui.chat.frame_grid import FrameGrid
from desktop.ui.chat.range_bar import RangeBar
from desktop.ui.chat.sampling_words import DENSITIES, cost_words, density_name, range_of, range_words, ranged
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop.ui.widgets.popup import Popup
from desktop.ui.widgets.spoken import say

WIDTH, EDGE, PAD = 640, 16, 16
NARROW = 460
PAUSE_MS = 350
"""Frames are chosen anew when nothing was changed for so long."""
SHARE = 0.4
"""How much of the window's height the frames take."""


class FilmPopup(Popup):
    """Shows what would be sent, as it is prepared for a model; nothing is changed before Done.

    Signals:
        changed: the file as it was taken, and as it is taken from now on.
        left: it was closed.
    """

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, part: AttachmentPart, senses: Senses, viewing: PreviewCommands, window: QWidget) -> None:
        name = part.attachment.name
        super().__init__(name, min(px(WIDTH), window.width() - 2 * EDGE), window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before = self._part = part
        self._senses, self._viewing = senses, viewing
        self._token = ""
        self._asked: object = None
        facts = part.attachment.facts
        self._film = facts.kind is Kind.VIDEO
        self.grid = FrameGrid(QSize(facts.width or 16, facts.height or 9), self)
        self.bar = RangeBar(max(facts.seconds, 0.001), *range_of(part), self)
        self.progress = QProgressBar(self)
        self.range_label, self.cost = PlainLabel("", "", self), PlainLabel("", "muted", self, wraps=True)
        self.density = Choice([(one, density_name(one)) for one in DENSITIES], density_name, self)
        ways = [(one, f"{detail_name(one)}: {detail_use(one)}") for one in details(facts)]
        self.closeness = Choice(ways, detail_name, self)
        self.done_button = TextButton(translate("chat", "Done"), "primary", parent=self)
        self.whole_button = TextButton(translate("chat", "All of it"), "quiet", parent=self)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._lay_out(name, window)
        self._timer.timeout.connect(self._preview)
        self.bar.changed.connect(lambda start, end: self._take(ranged(self._part, start, end)))
        self.density.chosen.connect(self._thin_out)
        self.closeness.chosen.connect(lambda detail: self._take(replace(self._part, detail=detail)))
        self.done_button.clicked.connect(self._finish)
        self.whole_button.clicked.connect(
            lambda: self._take(replace(self._part, sampling=replace(WHOLE, per_second=self._part.sampling.per_second)))
        )
        self._show()
        self._preview()

    def apply(self, event: Event) -> None:
        """Follow what is found in the file."""
        match event:
            case FramesPreviewing(token, done, total) if token == self._token and total:
                self.progress.setValue(round(100 * done / total))
            case FramesPreviewed(token, found) if token == self._token:
                self.grid.show_frames(found)
                self._end(cost_words(self._part, self._senses, len(found)))
            case LevelsPreviewed(token, levels) if token == self._token:
                self.bar.show_levels(levels)
                self._end(cost_words(self._part, self._senses))
            case ViewFailed(token, error) if token == self._token:
                words = sentence(error)
                self.grid.show_words(words)
                self._end(cost_words(self._part, self._senses) if self._film else words)
                self._asked = None
                say(self.cost, words)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing more is looked for."""
        super().hideEvent(event)
        self._timer.stop()
        self._cancel()
        self.left.emit()

    def _lay_out(self, name: str, window: QWidget) -> None:
        self.content.setContentsMargins(PAD, PAD, PAD, PAD)
        self.content.setSpacing(10)
        self.content.addWidget(ElidedLabel(name, "heading", self))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(translate("chat", "How far the frames are chosen"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.grid.setFixedHeight(max(110, int(window.height() * SHARE)))
        shown: tuple[QWidget, ...] = (self.grid, self.progress, self.bar, self.range_label)
        for one in shown:
            self.content.addWidget(one)
        self._label(self.density, translate("chat", "How many frames are sent"))
        self._label(self.closeness, translate("chat", "How closely they are looked at"))
        wide = self.width() >= px(NARROW)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        choices = QBoxLayout(direction)
        choices.setSpacing(8)
        choices.addWidget(self.density, 1)
        choices.addWidget(self.closeness, 1)
        self.content.addLayout(choices)
        self.content.addWidget(self.cost)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.done_button)
        row.addWidget(self.whole_button)
        row.addStretch(1)
        self.content.addLayout(row)
        if not self._film:
            self.bar.make_room()
        filmed: tuple[QWidget, ...] = (self.grid, self.density, self.closeness)
        timed: tuple[QWidget, ...] = (self.bar, self.range_label, self.whole_button)
        for widget in filmed:
            widget.setVisible(self._film)
        for widget in timed:
            widget.setVisible(self._part.attachment.facts.seconds > 0)

    def _label(self, field: QWidget, words: str) -> None:
        field.setAccessibleName(words)
        field.setToolTip(words)

    def _thin_out(self, per_second: float) -> None:
        self._take(replace(self._part, sampling=replace(self._part.sampling, per_second=per_second)))

    def _take(self, part: AttachmentPart) -> None:
        self._part = part
        self._show()
        if self._film:
            self._timer.start()

    def _show(self) -> None:
        self.bar.show_range(*range_of(self._part))
        self.range_label.setText(range_words(self._part))
        self.density.show_value(self._part.sampling.per_second)
        self.closeness.show_value(max(self._part.detail, details(self._part.attachment.facts)[0]))
        self.cost.setText(cost_words(self._part, self._senses))
        self.whole_button.setEnabled(range_of(self._part) != (0.0, self._part.attachment.facts.seconds))

    def _preview(self) -> None:
        wish = frames_wish(self._part) if self._film else self._part.attachment
        if wish == self._asked:
            return
        self._cancel()
        self._asked, self._token = wish, uuid4().hex
        self.progress.setValue(0)
        self.progress.show()
        if self._film:
            self.grid.show_places(frames(self._part))
        self._viewing.preview(self._part, self._token)

    def _end(self, words: str) -> None:
        self._token = ""
        self.progress.hide()
        self.cost.setText(words)

    def _cancel(self) -> None:
        if self._token:
            self._viewing.cancel(self._token)
            self._token = ""

    def _finish(self) -> None:
        if self._part != self._before:
            self.changed.emit(self._before, self._part)
        self.close()
