"""The row of filters: a part of the name or a folder, the kind, the date; and the order of the list."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.documents import DocumentKind
from desktop.core.library import Scope
from desktop.ui.i18n import translate
from desktop.ui.library.drawing import MAILS, PDFS, PICTURES, SLIDES, TABLES, TEXTS
from desktop.ui.library.source_rows import Choosing, Order
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.words_field import WordsField

DAY = 86_400
NARROW = 74
"""Letters: in less room the choices stand below the field."""
LETTERS = 9
LEAST = 64
"""Pixels that a choice shrinks to before the page grows too wide."""
Direction = QBoxLayout.Direction


class Filters(QWidget):
    """Narrows the list and the search alike."""

    changed = Signal()

    def __init__(self, now: Callable[[], float] = time.time, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._order = Order.NAME
        self._kinds: tuple[DocumentKind, ...] = ()
        self._days = 0
        self._everywhere = False
        self.name = WordsField(translate("library", "Filter by name or folder"), "sliders")
        self.kind = _choice(
            translate("library", "Kind of file"),
            (
                ((), translate("library", "All kinds")),
                (PDFS, translate("library", "PDF")),
                (TEXTS, translate("library", "Texts")),
                (TABLES, translate("library", "Tables")),
                (SLIDES, translate("library", "Slides")),
                (MAILS, translate("library", "Mails")),
                (PICTURES, translate("library", "Pictures")),
            ),
        )
        self.date = _choice(
            translate("library", "Date of the file"),
            (
                (0, translate("library", "Any date")),
                (7, translate("library", "Last 7 days")),
                (31, translate("library", "Last month")),
                (366, translate("library", "Last year")),
            ),
        )
        self.order = _choice(
            translate("library", "Sort by"),
            (
                (Order.NAME, translate("library", "By name")),
                (Order.NEWEST, translate("library", "Newest first")),
                (Order.STATE, translate("library", "By state")),
            ),
        )
        self.where = _choice(
            translate("library", "Where to search"),
            (
                (False, translate("library", "This collection")),
                (True, translate("library", "All collections")),
            ),
        )
        self._lay_out()
        self.name.asked.connect(self.changed)
        self.kind.chosen.connect(self._take_kind)
        self.date.chosen.connect(self._take_date)
        self.order.chosen.connect(self._take_order)
        self.where.chosen.connect(self._take_place)
        self.show_search(on=False)

    def show_search(self, *, on: bool) -> None:
        """Offer what belongs to a search, or to the list."""
        self.where.setVisible(on)
        self.order.setVisible(not on)

    @property
    def sorting(self) -> Order:
        """The order of the list."""
        return self._order

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.name.words or self._kinds or self._days)

    def choosing(self) -> Choosing:
        """Return which documents are listed."""
        return Choosing(self.name.words, self._kinds, self._since())

    def scope(self, collection: CollectionId | None) -> Scope:
        """Return where the search looks, from a collection."""
        chosen = self.choosing()
        everywhere = self._everywhere or collection is None
        return Scope(
            collections=() if everywhere or collection is None else (collection,),
            kinds=chosen.kinds,
            folder=chosen.words if chosen.is_path else "",
            since=chosen.since,
            name="" if chosen.is_path else chosen.words,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side, or below each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW * self.fontMetrics().averageCharWidth()
        self._box.setDirection(Direction.TopToBottom if narrow else Direction.LeftToRight)

    def _lay_out(self) -> None:
        self._box = QBoxLayout(Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self.name, 1)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for choice in (self.kind, self.date, self.order, self.where):
            choices.addWidget(choice, 1)
        self._box.addLayout(choices)

    def _take_kind(self, kinds: tuple[DocumentKind, ...]) -> None:
        self._kinds = kinds
        self.changed.emit()

    def _take_date(self, days: int) -> None:
        self._days = days
        self.changed.emit()

    def _take_order(self, order: Order) -> None:
        self._order = order
        self.changed.emit()

    def _take_place(self, everywhere: bool) -> None:
        self._everywhere = everywhere
        self.changed.emit()

    def _since(self) -> float | None:
        return self._now() - self._days * DAY if self._days else None


def _choice(label: str, choices: Sequence[tuple[object, str]]) -> Choice:
    made = Choice(choices)
    made.setMinimumContentsLength(LETTERS)
    made.setMinimumWidth(LEAST)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(label)
    return made
