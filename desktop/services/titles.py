"""Titles by the model: when it has answered and nobody waits, it names the conversation in a few words."""

import threading
from collections import Counter
from contextlib import suppress

from desktop.core.conversations import ConversationId, MessageId, StoredMessage, TurnState
from desktop.core.errors import AppError
from desktop.core.events import ConversationChanged, Event, TurnFinished, TurnStarted
from desktop.core.generation import GenerateRequest
from desktop.core.models import ModelFile
from desktop.core.ports import ChatEngine, Publish
from desktop.core.stream import TextDelta
from desktop.services import prompting, title_words
from desktop.services.lanes import Work
from desktop.services.models import ModelsService
from desktop.services.settings import SettingsService
from desktop.services.shelf import Shelf

GOOD_ENOUGH = 1_500_000_000
"""Weights below which a model's titles are worse than the question's first words."""
ATTEMPTS = 2


class TitleService:
    """Follows the turns, and works on the lane of the answers, so that the engine has one user at a time.

    A title is never worth waiting for: it is given up at once when a question comes, and a failure is not told.
    """

    def __init__(
        self,
        engine: ChatEngine,
        models: ModelsService,
        settings: SettingsService,
        shelf: Shelf,
        lane: Work,
        publish: Publish,
        good_enough: int = GOOD_ENOUGH,
    ) -> None:
        self._engine = engine
        self._models = models
        self._settings = settings
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._good_enough = good_enough
        self._lock = threading.Lock()
        self._waiting: set[MessageId] = set()
        self._last: MessageId | None = None
        self._writing = False
        self._given_up = False
        self._closed = False
        self._attempts: Counter[ConversationId] = Counter()

    def follow(self, event: Event) -> None:
        """Make room for a question, and think of a title after an answer. From any thread."""
        match event:
            case TurnStarted(_, _, answer):
                with self._lock:
                    self._waiting.add(answer.id)
                    self._give_up()
            case TurnFinished(_, answer):
                with self._lock:
                    self._waiting.discard(answer.id)
                    self._last = answer.id
                if answer.state is TurnState.COMPLETE and answer.message.text:
                    self._lane.submit(lambda: self._entitle(answer))
            case _:
                pass

    def close(self) -> None:
        """Write no more titles. From any thread."""
        with self._lock:
            self._closed = True
            self._give_up()

    def _give_up(self) -> None:
        """Why under the lock: a stop that came late would end the answer behind the title."""
        self._given_up = True
        if self._writing:
            self._engine.stop()

    def _entitle(self, answer: StoredMessage) -> None:
        if not self._begin(answer.id):
            return
        try:
            with suppress(AppError):
                self._try(answer)
        finally:
            with self._lock:
                self._writing = False

    def _begin(self, turn: MessageId) -> bool:
        """Only when nobody waits, and while the model still has this conversation before it."""
        with self._lock:
            self._writing = not self._closed and not self._waiting and self._last == turn
            self._given_up = False
            return self._writing

    def _try(self, answer: StoredMessage) -> None:
        conversation, titles = answer.conversation, self._shelf.conversations.titles
        if self._attempts[conversation] >= ATTEMPTS or not titles.is_provisional(conversation):
            return
        model = self._models.find()
        if model.name != answer.model or model.parameters < self._good_enough:
            return
        path = self._shelf.conversations.path_to(answer.id)
        written = self._write(model, path)
        if written is None:
            return
        self._attempts[conversation] += 1
        title = title_words.cleaned(written, path[0].message.text)
        if title and (summary := titles.give(conversation, title)):
            self._publish(ConversationChanged(summary))

    def _write(self, model: ModelFile, path: tuple[StoredMessage, ...]) -> str | None:
        """Return what the model wrote, None when it was interrupted."""
        messages = title_words.with_request(prompting.build(path).messages)
        request = GenerateRequest(model.path, messages, self._settings.current.load, title_words.SAMPLING, aside=True)
        events = self._engine.generate(request)
        written = ""
        for event in events:
            if self._given_up:
                self._engine.stop()
            if isinstance(event, TextDelta):
                written += event.text
        return None if self._given_up else written
