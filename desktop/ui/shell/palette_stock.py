"""What the command palette can find: commands, settings pages, models, conversations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import QAction, QKeySequence

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.core.models import ModelFile
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.shell.ranking import Index, Tier

FIRST_CONVERSATIONS = 6
"""How many are offered before anything is typed."""


class Kind(IntEnum):
    """What an entry is, in the order of equally good answers."""

    COMMAND = 0
    PLACE = 1
    MODEL = 2
    CONVERSATION = 3


MOST = {Kind.COMMAND: 12, Kind.PLACE: 8, Kind.MODEL: 8, Kind.CONVERSATION: 40}


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the settings, and the way to it."""

    words: str
    go: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the entries come from; each is asked when the palette opens.

    A source that hands out the same sequence of conversations again saves the palette the work of reading it.
    """

    actions: Callable[[], Sequence[QAction]]
    conversations: Callable[[], Sequence[ConversationSummary]]
    open_conversation: Callable[[ConversationId], None]
    models: Callable[[], Sequence[ModelFile]]
    choose_model: Callable[[str], None]
    places: Callable[[], Sequence[Place]] = tuple


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found, and what happens when it is chosen; `hint` stands at its end."""

    kind: Kind
    title: str
    hint: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Heading:
    """The words above the entries of one kind."""

    words: str


Row = Heading | Entry


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind: their titles, and how one is made when it is shown."""

    kind: Kind
    index: Index
    entry: Callable[[int], Entry]


class Stock:
    """Asks the sources, keeps the titles ready for the search, and remembers which commands were used last."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._read: Sequence[ConversationSummary] = ()
        self._conversations = self._group_conversations(())
        self._groups: tuple[Group, ...] = ()
        self._used: list[str] = []

    def gather(self) -> None:
        """Ask what there is now."""
        summaries = self._sources.conversations()
        if summaries is not self._read:
            self._read = summaries
            self._conversations = self._group_conversations(summaries)
        self._groups = (
            self._group_commands(),
            self._group_places(self._sources.places()),
            self._group_models(self._sources.models()),
            self._conversations,
        )

    def prepare(self) -> bool:
        """Make some titles ready; returns whether there is more to do."""
        return self._conversations.index.prepare()

    def find(self, query: str) -> tuple[Row, ...]:
        """Return what answers to a query under headings, the kind with the best answer first."""
        answers: list[tuple[Tier, Group, list[Entry]]] = []
        begun = bool(query.strip())
        for group in self._groups:
            most = FIRST_CONVERSATIONS if group.kind is Kind.CONVERSATION and not begun else MOST[group.kind]
            if hits := group.index.find(query, most):
                answers.append((hits[0].tier, group, [group.entry(hit.place) for hit in hits]))
        if begun:
            answers.sort(key=lambda one: (one[0], one[1].kind))
        else:
            answers.sort(key=lambda one: one[1].kind is not Kind.CONVERSATION)
        rows: list[Row] = []
        for _, group, entries in answers:
            rows += [Heading(_heading(group.kind, begun)), *entries]
        return tuple(rows)

    def use(self, entry: Entry) -> None:
        """Remember that it was chosen; commands used last come first the next time."""
        if entry.kind is Kind.COMMAND:
            self._used = [entry.title, *(one for one in self._used if one != entry.title)]

    def _group_commands(self) -> Group:
        place = {title: number for number, title in enumerate(self._used)}
        actions = [one for one in self._sources.actions() if one.isEnabled() and one.isVisible() and words_of(one)]
        actions.sort(key=lambda one: place.get(words_of(one), len(place)))

        def entry(at: int) -> Entry:
            action = actions[at]
            return Entry(Kind.COMMAND, words_of(action), keys_of(action), action.trigger)

        return Group(Kind.COMMAND, Index([words_of(one) for one in actions]), entry)

    def _group_places(self, places: Sequence[Place]) -> Group:
        return Group(
            Kind.PLACE,
            Index([one.words for one in places]),
            lambda at: Entry(Kind.PLACE, places[at].words, "", places[at].go),
        )

    def _group_models(self, models: Sequence[ModelFile]) -> Group:
        def entry(at: int) -> Entry:
            model = models[at]
            return Entry(Kind.MODEL, model.name, wording.details(model), lambda: self._sources.choose_model(model.key))

        return Group(Kind.MODEL, Index([one.name for one in models]), entry)

    def _group_conversations(self, summaries: Sequence[ConversationSummary]) -> Group:
        newest = sorted(summaries, key=lambda one: -one.updated)

        def entry(at: int) -> Entry:
            one = newest[at]
            return Entry(Kind.CONVERSATION, _title(one), _when(one), lambda: self._sources.open_conversation(one.id))

        return Group(Kind.CONVERSATION, Index([_title(one) for one in newest]), entry)


def words_of(action: QAction) -> str:
    """Return what a command is called, without the sign of a menu's letter."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def keys_of(action: QAction) -> str:
    """Return the first shortcut of a command, in the way of this platform."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def spoken(entry: Entry) -> str:
    """Return what a screen reader says of an entry."""
    kinds = {
        Kind.COMMAND: translate("palette", "Command"),
        Kind.PLACE: translate("palette", "Settings"),
        Kind.MODEL: translate("palette", "Model"),
        Kind.CONVERSATION: translate("palette", "Conversation"),
    }
    return ", ".join(one for one in (entry.title, kinds[entry.kind], entry.hint) if one)


def _heading(kind: Kind, begun: bool) -> str:
    match kind:
        case Kind.COMMAND:
            return translate("palette", "Commands")
        case Kind.PLACE:
            return translate("palette", "Settings")
        case Kind.MODEL:
            return translate("palette", "Models")
        case Kind.CONVERSATION if begun:
            return translate("palette", "Conversations")
        case Kind.CONVERSATION:
            return translate("palette", "Recent conversations")


def _title(summary: ConversationSummary) -> str:
    return summary.title or translate("history", "New chat")


def _when(summary: ConversationSummary) -> str:
    if summary.archived:
        return translate("palette", "Archived")
    day = QDateTime.fromSecsSinceEpoch(int(summary.updated)).date()
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
