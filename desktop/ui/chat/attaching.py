"""Files beside a question on their way: taken in, shown, put in order, taken away again; what a model makes of them.

A file belongs to the place where it was added: when another conversation is shown before it is there, it goes into
the draft that was left.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QPoint, QTimer

from desktop.core.attachment_events import AttachmentFailed, AttachmentReady, AttachmentShown, AttachmentTaking
from desktop.core.drafts import Draft
from desktop.core.events import Event, ModelsListed, ThreadOpened
from desktop.core.library_events import DocumentReady, ImportFailed, SourceChanged, SourcesListed
from desktop.core.media import Kind
from desktop.core.models import ModelFile
from desktop.core.taking import AttachmentPart, Senses
from desktop.core.voice_events import SpeechKnown
from desktop.ui.chat.attachment_item import Item, fresh
from desktop.ui.chat.attachment_removal import Removal
from desktop.ui.chat.attachment_words import Note, notes
from desktop.ui.chat.commands import AttachCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.document_state import part_of
from desktop.ui.chat.documents_beside import DocumentsBeside
from desktop.ui.chat.incoming import Made
from desktop.ui.chat.quiet_line import QuietLine
from desktop.ui.chat.writing import Place, Writing
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.widgets.spoken import say

MOST = 50
"""So many files can be beside one question."""
AT_ONCE = 5
"""So many cards are made in one go: the next ones wait until keys and the pointer were heard."""


class Attaching:
    """Stands between the strip and the services."""

    def __init__(self, composer: Composer, writing: Writing, attach: AttachCommands, line: QuietLine) -> None:
        self._composer, self._strip, self._writing = composer, composer.strip, writing
        self._attach = attach
        self.documents: DocumentsBeside | None = None
        """Takes documents; there is none where there is no library."""
        self._tokens = count(1)
        self._place: Place | None = None
        self._elsewhere: dict[str, tuple[Place, Item]] = {}
        self._asked: set[str] = set()
        self._model: ModelFile | None = None
        self._writes = False
        self._told = ""
        self._coming: list[str] = []
        self._gone: set[str] = set()
        self._more = QTimer(composer, singleShot=True)
        self._more.timeout.connect(self._add_some)
        self._strip.removed.connect(self._removed)
        self._strip.opened.connect(self._open_menu)
        self._removal = Removal(self._strip, attach, line)
        self._strip.undone.connect(self._removal.take)
        self._strip.left.connect(composer.setFocus)
        composer.notes.acted.connect(self._act)
        composer.changed.connect(self._look)
        composer.submitted.connect(lambda _: self._sent())

    @property
    def senses(self) -> Senses:
        """What can be done with files now."""
        model = self._model
        return Senses(bool(model and model.sees), bool(model and model.hears), self._writes)

    def add_files(self, paths: Iterable[str]) -> None:
        """Take files in."""
        paths = list(paths)
        room = max(0, MOST - len(self._strip.items) - len(self._coming))
        self._told = ""
        if surplus := len(paths[room:]):
            self._told = translate(
                "chat", "Up to {most} files fit beside a question; {count} were left out.", most=MOST, count=surplus
            )
        self._coming += paths[:room]
        self._add_some()
        self._look()

    def tell(self, words: str) -> None:
        """Say why something was not added; it goes away with the next file or question."""
        self._told = words
        say(self._strip, words)
        self._look()

    def add_picture(self, made: Made, name: str) -> None:
        """Take in a picture that is no file."""
        self._told = ""
        item = self._item(name)
        self._strip.add(item)
        self._attach.add_bytes(made, name, item.token)

    def expect(self, token: str, name: str) -> None:
        """Show a card for what comes by itself, such as a recording."""
        self._strip.add(Item(token, name, recorded=True))

    def apply(self, event: Event) -> None:
        """Follow what becomes of the files, and what the chosen model can take."""
        match event:
            case AttachmentTaking(token, done, total):
                self._update(token, lambda item: replace(item, done=done, total=total))
            case AttachmentReady():
                self._ready(event)
            case AttachmentFailed(token, error) | ImportFailed(token, error) if self._knows(token):
                self._failed(token, sentence(error))
            case DocumentReady() | SourceChanged() | SourcesListed():
                self._apply_document(event)
            case AttachmentShown(attachment, thumbnail):
                self._strip.show_thumbnail(attachment.digest, thumbnail)
            case ModelsListed(_, chosen):
                self._model = chosen
            case SpeechKnown(model):
                self._writes = bool(model)
            case ThreadOpened():
                if self._writing.stays:
                    self._place = self._writing.place
            case _:
                return
        self._look()

    def _add_some(self) -> None:
        paths, self._coming = self._coming[:AT_ONCE], self._coming[AT_ONCE:]
        items = [self._item(path.replace("\\", "/").rstrip("/").rpartition("/")[2]) for path in paths]
        self._strip.add(*items)
        for path, item in zip(paths, items, strict=True):
            if self.documents is not None and self.documents.takes(path):
                self.documents.add(path, item.token)
            else:
                self._attach.add(path, item.token)
        if self._coming:
            self._more.start()

    def _item(self, name: str) -> Item:
        return Item(f"file {next(self._tokens)}", name)

    def _failed(self, token: str, words: str) -> None:
        if self._elsewhere.pop(token, None):
            self.tell(words)
        else:
            self._strip.update_item(token, lambda item: replace(item, error=words))
            say(self._strip, words)

    def _knows(self, token: str) -> bool:
        return token in self._elsewhere or token in self._gone or any(one.token == token for one in self._strip.items)

    def _apply_document(self, event: DocumentReady | SourceChanged | SourcesListed) -> None:
        """Follow how far documents are; show one that was taken in, or put it into the draft it was added to."""
        if not isinstance(event, DocumentReady):
            if self.documents is not None:
                self.documents.apply(event)
            return
        token, part = event.token, part_of(event.source)
        if token in self._gone:
            self._gone.discard(token)
        elif token in self._elsewhere:
            place, _ = self._elsewhere.pop(token)
            if place.edited is None:
                self._writing.add_elsewhere(place.conversation, Draft(documents=(part,)))
        elif part.source in (one.source for one in self._strip.documents):
            self._strip.update_item(token, lambda _: None)
            say(self._strip, translate("chat", "{name} is there already", name=part.name))
        else:
            self._strip.update_item(token, lambda _: Item.of_document(part, event.source))

    def _update(self, token: str, change: Callable[[Item], Item]) -> None:
        if token in self._elsewhere:
            place, item = self._elsewhere[token]
            self._elsewhere[token] = place, change(item)
        else:
            self._strip.update_item(token, change)

    def _ready(self, event: AttachmentReady) -> None:
        part = fresh(event.attachment)
        if event.token in self._gone:
            self._gone.discard(event.token)
            self._attach.drop(event.attachment)
        elif event.token in self._elsewhere:
            place, item = self._elsewhere.pop(event.token)
            if place.edited is None or item.recorded:
                self._writing.add_elsewhere(place.conversation, Draft(attached=(part,)))
            else:
                self._attach.drop(event.attachment)
        elif part.attachment.digest in (item.token for item in self._strip.items):
            self._strip.update_item(event.token, lambda _: None)
            self._attach.drop(part.attachment)  # the card that is there holds it too
            say(self._strip, translate("chat", "{name} is there already", name=part.attachment.name))
        else:
            self._strip.update_item(event.token, lambda _: Item.of(part, event.thumbnail))
            self._removal.came_back(part.attachment)

    def _look(self) -> None:
        """Go along to another draft; say what should be known of these files; have pictures made that are missing."""
        place = self._writing.place
        left, self._place = self._place, place
        if left is not None and place is not None and place != left:
            self._go(left, place)
        told = self._notes()
        self._composer.notes.show_notes(told)
        self._composer.set_blocked(next((note.words for note in told if note.blocks), ""))
        for item in self._strip.items:
            part = item.part
            if part is None or item.thumbnail is not None or part.attachment.facts.kind is Kind.SOUND:
                continue
            if item.token not in self._asked:
                self._asked.add(item.token)
                self._attach.illustrate(part.attachment)

    def _go(self, left: Place, shown: Place) -> None:
        while self._coming:
            self._add_some()
        self._removal.end()
        self._told = ""
        self._asked.clear()
        self._elsewhere |= {item.token: (left, item) for item in self._strip.items if item.waits}
        here = [item for place, item in self._elsewhere.values() if place == shown]
        for item in here:
            del self._elsewhere[item.token]
        self._strip.show_items((*(item for item in self._strip.items if item.part or item.document), *here))

    def _notes(self) -> tuple[Note, ...]:
        items = self._strip.items
        found: list[Note] = [Note(item.error, failed=True) for item in items if item.error]
        if self._told:
            found.append(Note(self._told, failed=True))
        if self._model is not None:
            found = [*notes(self._strip.parts, self.senses, self._model.name), *found]
        if self.documents is not None:
            found += self.documents.notes()
        if any(item.waits for item in items):
            words = translate("chat", "Your question can be sent as soon as the files are there.")
            found.append(Note(words, blocks=True, waits=True))
        return tuple(found)

    def _act(self, note: Note) -> None:
        if note.locked is not None and self.documents is not None:
            self.documents.ask_password(note.locked)
        for old, new in note.changes:
            self._strip.replace(old, new)

    def _open_menu(self, item: Item, place: QPoint) -> None:
        from desktop.ui.chat.attachment_menu import attachment_menu  # noqa: PLC0415 - not for the start

        part = item.part
        if part is None:
            return

        def change(new: AttachmentPart) -> None:
            self._strip.replace(part, new)

        examine, read = self._strip.examine_requested, self._strip.transcript_requested
        self.menu = attachment_menu(
            self._strip, part, self.senses, change, lambda: examine.emit(part), lambda: read.emit(part.attachment)
        )
        self.menu.popup(place)

    def _removed(self, at: int, item: Item) -> None:
        if item.part is None:
            if item.waits:
                self._attach.cancel(item.token)
                if self.documents is not None:
                    self.documents.cancel(item.token)
                self._gone.add(item.token)
            self._look()
            return
        self._removal.offer(at, item, item.part.attachment)

    def _sent(self) -> None:
        self._asked.clear()
        self._told = ""
        self._strip.show_items(())
        self._look()
