"""The files of a draft above its words: as many cards in a line as there is room for, and more below by scrolling."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.core.grounding import DocumentPart
from desktop.core.media import Picture
from desktop.core.taking import AttachmentPart
from desktop.ui.chat.attachment_card import HEIGHT, AttachmentCard
from desktop.ui.chat.attachment_item import Item
from desktop.ui.comfort import px
from desktop.ui.i18n import translate

GAP = 6
NARROW, WIDE = 190, 260
"""A card is no narrower, where there is room for it, and no wider."""
LINES = 2.4
"""So many lines of cards are in sight at most; the half one shows that there are more."""
SHARE = 0.3
"""How much of the window they may take."""
BAR = 12


class AttachmentStrip(QScrollArea):
    """Keeps the items in the order in which they are sent.

    Signals:
        changed: other files, another order, or they are taken otherwise.
        removed: the number it had, and the item that the person took away.
        opened: the item whose menu is wanted, and the place of the screen.
        undone: the last removal shall be taken back.
        left: the keyboard has no card to be on any more.
        examine_requested: the file of which the person wants to choose a part.
        transcript_requested: the file of which the person wants to read what is said.
    """

    changed = Signal()
    removed = Signal(int, object)
    opened = Signal(object, QPoint)
    undone = Signal()
    left = Signal()
    examine_requested = Signal(object)
    transcript_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[AttachmentCard] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translate("chat", "Files beside your question"))
        self._sheet = QWidget()
        self._sheet.setProperty("role", "sheet")
        self.setWidget(self._sheet)
        self.hide()

    @property
    def items(self) -> tuple[Item, ...]:
        """All files, also those that are being taken in."""
        return tuple(card.item for card in self.cards)

    @property
    def parts(self) -> tuple[AttachmentPart, ...]:
        """The files that can be sent."""
        return tuple(item.part for item in self.items if item.part is not None)

    @property
    def documents(self) -> tuple[DocumentPart, ...]:
        """The documents that can be sent."""
        return tuple(item.document for item in self.items if item.document is not None)

    def show_parts(self, parts: tuple[AttachmentPart, ...], documents: tuple[DocumentPart, ...] = ()) -> None:
        """Show these files and documents, and what is being taken in; nothing is emitted."""
        if (parts, documents) == (self.parts, self.documents):
            return
        sources = {item.token: item.source for item in self.items}
        texts = [Item.of_document(one, sources.get(f"document {one.source}")) for one in documents]
        known = {item.token: item.thumbnail for item in self.items}
        ready = [Item.of(part, known.get(part.attachment.digest)) for part in parts]
        waiting = (item for item in self.items if item.part is None and item.document is None)
        self.show_items((*ready, *texts, *waiting))

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show these and no others; nothing is emitted."""
        before, old = self.cards, {card.item.token: card for card in self.cards}
        self.cards = [self._shown(old.pop(item.token, None), item) for item in items]
        held = next((at for at, card in enumerate(before) if card.hasFocus() and card.item.token in old), None)
        for card in old.values():
            card.hide()
            card.deleteLater()
        self.setVisible(bool(items))
        self._place()
        self._let_in()
        if held is not None and self.cards:
            self._focus(min(held, len(self.cards) - 1))
        elif held is not None:
            self.left.emit()

    def add(self, *added: Item, at: int | None = None) -> None:
        """Put files behind the others, or back where they were."""
        at = len(self.cards) if at is None else min(at, len(self.cards))
        self._change([*self.items[:at], *added, *self.items[at:]])
        if added:
            self.ensureWidgetVisible(self.cards[at + len(added) - 1], 0, 0)

    def update_item(self, token: str, change: Callable[[Item], Item | None]) -> None:
        """Show one of them as it is now, or no longer; nothing happens when it is not here."""
        items = [change(item) if item.token == token else item for item in self.items]
        self._change([item for item in items if item is not None])

    def show_thumbnail(self, digest: str, thumbnail: Picture | None) -> None:
        """Show the small picture of a file."""
        self.update_item(digest, lambda item: replace(item, thumbnail=thumbnail))

    def replace(self, old: AttachmentPart, new: AttachmentPart) -> None:
        """Take a file otherwise from now on; nothing happens when it is not here any more."""
        self.update_item(old.attachment.digest, lambda item: replace(item, part=new) if item.part == old else item)

    def remove(self, at: int) -> None:
        """Take a file away; the keyboard stays in its place."""
        item = self.items[at]
        self._change([*self.items[:at], *self.items[at + 1 :]])
        self.removed.emit(at, item)

    def move_to(self, at: int, place: int) -> None:
        """Put a file at another place in the order."""
        place = max(0, min(place, len(self.cards) - 1))
        if place != at:
            items = list(self.items)
            items.insert(place, items.pop(at))
            self._change(items)
            self.ensureWidgetVisible(self.cards[place], 0, 0)

    def _change(self, items: list[Item]) -> None:
        before, parts = self.items, (self.parts, self.documents)
        if tuple(items) != before:
            self.show_items(tuple(items))
            if (self.parts, self.documents) != parts or len(items) != len(before) or any(one.waits for one in before):
                self.changed.emit()

    def _shown(self, card: AttachmentCard | None, item: Item) -> AttachmentCard:
        if card is not None:
            if item is not card.item:
                card.show_item(item)
            return card
        card = AttachmentCard(item, self._sheet)
        card.removed.connect(lambda: self.remove(self.cards.index(card)))
        card.opened.connect(lambda place: self.opened.emit(card.item, place))
        card.moved.connect(lambda step: self.move_to(self.cards.index(card), self.cards.index(card) + step))
        card.stepped.connect(lambda step: self._focus(self.cards.index(card) + step))
        card.dragged.connect(lambda place: self._drag(card, place))
        card.undone.connect(self.undone)
        card.show()
        return card

    def _focus(self, at: int) -> None:
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self.cards[at], 0, 0)
            self._let_in()

    def _let_in(self) -> None:
        """Let Tab reach one card: the one the keyboard was on last; arrows lead to the others."""
        held = next((card for card in self.cards if card.hasFocus()), next(iter(self.cards), None))
        for card in self.cards:
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if card is held else Qt.FocusPolicy.ClickFocus)

    def _drag(self, card: AttachmentCard, place: QPoint) -> None:
        spot = self._sheet.mapFromGlobal(place)
        self.ensureVisible(spot.x(), spot.y(), 0, px(GAP))
        over = next((at for at, one in enumerate(self.cards) if one.geometry().contains(spot)), None)
        if over is not None:
            self.move_to(self.cards.index(card), over)

    def _place(self) -> None:
        gap, height = px(GAP), px(HEIGHT)
        room = min(height * LINES, max(height * 1.4, self.window().height() * SHARE))
        width, count = self.width(), len(self.cards)
        columns = _columns(width)
        overflows = -(-count // columns) * (height + gap) > room + gap
        if overflows:
            width -= BAR
            columns = _columns(width)
        each = max(1, min(px(WIDE), (width - gap * (columns - 1)) // columns))
        for at, card in enumerate(self.cards):
            line, column = divmod(at, columns)
            left = column * (each + gap)
            if self.isRightToLeft():
                left = width - left - each
            card.setGeometry(QRect(left, line * (height + gap), each, height))
        lines = -(-count // columns)
        whole = max(0, lines * (height + gap) - gap)
        self._sheet.resize(width, whole)
        self.setFixedHeight(round(room) if overflows else whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text and the direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._place()


def _columns(width: int) -> int:
    return max(1, (width + px(GAP)) // (px(NARROW) + px(GAP)))
