"""Which documents a question is asked of: a chip below the words, its menu, and a proposal to read everything."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.core.conversations import MatterId
from desktop.core.events import Event, ThreadOpened
from desktop.core.grounding import NO_COLLECTION, AnswerMode, ScopePart
from desktop.core.library import Collection
from desktop.core.library_events import CollectionsListed
from desktop.ui.chat.commands import DocumentCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.quiet_line import QuietLine
from desktop.ui.chat.scope_words import MODES, chip, mode_name, mode_use
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import one_line, plain_tip
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.popup import rounded_menu

PAUSE_MS = 500


class ScopeChoosing:
    """Stands between the composer and the library."""

    def __init__(
        self, composer: Composer, line: QuietLine, library: DocumentCommands, matter: Callable[[], MatterId]
    ) -> None:
        """Show the chip.

        Args:
            composer: where the question is written.
            line: where everything is proposed to be read.
            library: knows the collections.
            matter: returns the folder of the conversation, whose collections can be asked.
        """
        self._composer, self._line, self._library, self._matter = composer, line, library, matter
        self._collections: tuple[Collection, ...] = ()
        self._asked = False
        self._declined = ""
        self._offers = False
        self.menu: QMenu | None = None
        self.chip = TextButton("", "quiet", "folder")
        self.chip.clicked.connect(self.open_menu)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chip)
        row.addStretch(1)
        composer.add_corner(holder)
        self._timer = QTimer(composer, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self.propose)
        composer.asked.chosen.connect(self._show)
        composer.strip.changed.connect(self._show)
        composer.changed.connect(self._timer.start)
        composer.submitted.connect(lambda _: self._withdraw())
        self._show()

    def apply(self, event: Event) -> None:
        """Know the collections."""
        match event:
            case ThreadOpened() if not self._asked:
                self._asked = True
                self._library.list()
            case CollectionsListed(collections):
                self._collections = collections
                self._rename()
            case _:
                pass

    def open_menu(self) -> None:
        """Offer the collections and the ways of looking through them."""
        menu = self.menu = rounded_menu(self.chip)
        menu.setAccessibleName(translate("chat", "Which documents to ask"))
        menu.setToolTipsVisible(True)
        scope = self._composer.asked.scope
        none = self._add(menu, translate("chat", "No documents"), scope is None, lambda: self._choose(None))
        whole = scope is not None and not scope.collections
        self._add(menu, translate("chat", "All my documents"), whole, lambda: self._choose(()))
        mine = [one for one in self._collections if one.matter == self._matter()]
        if mine:
            menu.addSeparator()
        for one in mine:
            held = scope is not None and one.id in scope.collections
            self._add(menu, one_line(one.name).replace("&", "&&"), held, partial(self._toggle, one))
        if scope is not None or self._composer.strip.documents:
            menu.addSeparator()
            group = QActionGroup(menu)
            for mode in MODES:
                held = mode is (scope.mode if scope is not None else AnswerMode.AUTO)
                action = self._add(menu, mode_name(mode), held, partial(self.choose_mode, mode))
                action.setToolTip(mode_use(mode))
                group.addAction(action)
        menu.setActiveAction(none)
        menu.popup(self.chip.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def choose_mode(self, mode: AnswerMode) -> None:
        """Look through the documents in this way."""
        scope = self._composer.asked.scope
        if scope is None and mode is not AnswerMode.AUTO:
            scope = ScopePart((NO_COLLECTION,))
        if scope is not None:
            made = replace(scope, mode=mode)
            self._composer.asked.choose(None if made == ScopePart((NO_COLLECTION,)) else made)

    def propose(self) -> None:
        """Offer to read everything when the question asks for all of something."""
        from desktop.services.intents import wants_everything  # noqa: PLC0415 - not for the start

        composer, text = self._composer, self._composer.text.toPlainText()
        scope = composer.asked.scope
        asks = scope is not None or bool(composer.strip.documents)
        usual = scope is None or scope.mode is AnswerMode.AUTO
        wanted = asks and usual and text.strip() != "" and wants_everything(text)
        if not wanted:
            self._withdraw()
        elif not self._offers and self._line.isHidden() and text != self._declined:
            self._offers = True
            words = translate("chat", "This asks for all there is. Reading everything leaves nothing out.")
            deed = translate("chat", "Read everything")
            self._line.offer(words, deed, lambda: self._take(), self._decline)

    def _take(self) -> None:
        self._offers = False
        self.choose_mode(AnswerMode.EXHAUSTIVE)

    def _decline(self) -> None:
        self._offers = False
        self._declined = self._composer.text.toPlainText()

    def _withdraw(self) -> None:
        if self._offers:
            self._line.clear()

    def _add(self, menu: QMenu, words: str, held: bool, deed: Callable[[], None]) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(held)
        action.triggered.connect(lambda _checked=False: deed())
        return action

    def _choose(self, collections: tuple[Collection, ...] | None) -> None:
        before = self._composer.asked.scope
        if collections is None:
            self._composer.asked.choose(None)
            return
        ids, names = tuple(one.id for one in collections), tuple(one.name for one in collections)
        self._composer.asked.choose(ScopePart(ids, names, before.mode if before is not None else AnswerMode.AUTO))

    def _toggle(self, collection: Collection) -> None:
        scope = self._composer.asked.scope
        held = [one for one in self._collections if scope is not None and one.id in scope.collections]
        left = [one for one in held if one.id != collection.id]
        chosen = left if len(left) < len(held) else [*held, collection]
        self._choose(tuple(chosen) if chosen else None)

    def _rename(self) -> None:
        """Follow collections that were renamed or removed meanwhile."""
        scope = self._composer.asked.scope
        if scope is None or not scope.names:
            return
        there = [one for one in self._collections if one.id in scope.collections]
        names = tuple(one.name for one in there)
        if names != scope.names:
            self._choose(tuple(there) if there else None)

    def _show(self) -> None:
        scope = self._composer.asked.scope
        if scope is None and self._composer.strip.documents:
            scope = ScopePart((NO_COLLECTION,))
        self.chip.setText(chip(scope).replace("&", "&&"))
        full = chip(scope, short=False)
        self.chip.setAccessibleName(full)
        self.chip.setToolTip(plain_tip(full))
