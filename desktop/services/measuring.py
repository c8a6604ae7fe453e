"""How large a draft is: counted by the model when it is loaded and idle, else estimated. Nothing is loaded for it."""

from desktop.core.conversations import MessageId, StoredMessage
from desktop.core.drafts import Draft, DraftSize, estimate, prompt_room
from desktop.core.events import DraftMeasured, Event, ModelReady, ModelsListed, TurnFinished, TurnStarted
from desktop.core.generation import Counted
from desktop.core.messages import Message
from desktop.core.models import ModelFile
from desktop.core.ports import ChatEngine, Publish
from desktop.core.settings import sampling_for
from desktop.core.taking import Senses, files_tokens
from desktop.core.voice_events import SpeechKnown
from desktop.services import prompting
from desktop.services.lanes import Work
from desktop.services.settings import SettingsService

LONGEST = 400_000
"""Letters that the model is asked to count; longer drafts fit no model, and counting them would hold up a question."""
FRAME = 8
"""Tokens that a template puts around a message."""
BLIND = Senses()
ALWAYS = estimate(prompting.SYSTEM) + 2 * FRAME
"""What every prompt holds beside the conversation."""


class MeasuringService:
    """Counts on the chat lane, where the model is free when a piece of work begins; estimates on the desk meanwhile.

    A draft that a newer one has overtaken is not measured.
    """

    def __init__(self, engine: ChatEngine, settings: SettingsService, desk: Work, chat: Work, publish: Publish) -> None:
        self._engine = engine
        self._settings = settings
        self._desk = desk
        self._chat = chat
        self._publish = publish
        self._chosen: ModelFile | None = None
        self._turns: set[MessageId] = set()
        self._newest = ""
        self._context = 0
        self._writes = False

    def follow(self, event: Event) -> None:
        """Learn which model is chosen, whether it is busy, and how much it can hold. From any thread."""
        match event:
            case TurnStarted(answer=answer):
                self._turns.add(answer.id)
            case TurnFinished(answer=answer):
                self._turns.discard(answer.id)
            case ModelsListed(chosen=chosen):
                self._chosen = chosen
            case ModelReady(info=info):
                self._context = info.context
            case SpeechKnown(model):
                self._writes = bool(model)

    def measure(self, draft: Draft, before: tuple[StoredMessage, ...], token: str) -> None:
        """Announce DraftMeasured with this token for a draft that would follow these messages."""
        self._newest = token
        busy = bool(self._turns)

        def job() -> None:
            if token == self._newest:
                self._announce(draft, before, token, None if busy else self._count(draft))

        (self._desk if busy else self._chat).submit(job)

    def _count(self, draft: Draft) -> Counted | None:
        text = draft.message.whole
        if self._chosen is None or len(text) > LONGEST:
            return None
        counted = self._engine.count(self._chosen.path, self._settings.current.load, text)
        if counted is not None:
            self._context = counted.context
        return counted

    def _announce(self, draft: Draft, before: tuple[StoredMessage, ...], token: str, counted: Counted | None) -> None:
        senses = senses_of(self._chosen, writes=self._writes)
        held, known = taken(before, senses)
        words = counted.tokens if counted else estimate(draft.message.whole)
        size = DraftSize(
            tokens=words + files_tokens(draft.attached, senses),
            held=held,
            context=self._context,
            room=prompt_room(self._context, self._longest_answer()) - ALWAYS,
            about=counted is None or not known or bool(draft.attached),
        )
        self._publish(DraftMeasured(token, size))

    def _longest_answer(self) -> int | None:
        return sampling_for(self._settings.current, self._chosen).max_tokens if self._chosen else None


def senses_of(model: ModelFile | None, *, writes: bool) -> Senses:
    """Return what can be done with files by a model, where speech can perhaps be written down."""
    return Senses(sees=model is not None and model.sees, hears=model is not None and model.hears, writes=writes)


def size_of(message: Message, senses: Senses) -> int:
    """Return about how many tokens a message takes, with the files beside it."""
    return estimate(message.whole) + files_tokens(message.attached, senses)


def taken(messages: tuple[StoredMessage, ...], senses: Senses = BLIND) -> tuple[int, bool]:
    """Return how many tokens a conversation takes, and whether that is known: from the figures of its last answer."""
    after = 0
    for stored in reversed(messages):
        if stored.stats is not None and stored.stats.prompt_tokens:
            return stored.stats.prompt_tokens + stored.stats.answer_tokens + after, not after
        after += size_of(stored.message, senses) + FRAME
    return after, not messages
