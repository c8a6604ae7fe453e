"""Tells how full the model's context window is: as counted in the last turn, else as estimated."""

from collections.abc import Sequence
from contextlib import suppress

from desktop.core.context_use import ContextUse
from desktop.core.conversations import NEW_CONVERSATION, ConversationId, StoredMessage, TurnStats
from desktop.core.drafts import estimate
from desktop.core.errors import AppError
from desktop.core.events import (
    ContextMeasured,
    Event,
    ModelReady,
    ModelsListed,
    ModelsWeighed,
    SettingsChanged,
    ThreadOpened,
    TurnFinished,
)
from desktop.core.messages import Role
from desktop.core.ports import Publish
from desktop.core.taking import Senses
from desktop.core.voice_events import SpeechKnown
from desktop.services import prompting
from desktop.services.lanes import Work
from desktop.services.measuring import BLIND, senses_of, size_of
from desktop.services.models import ModelsService
from desktop.services.settings import SettingsService
from desktop.services.shelf import Shelf

Path = Sequence[StoredMessage]


def counted(path: Path, stats: TurnStats, window: int, senses: Senses = BLIND, *, about: bool = False) -> ContextUse:
    """Return what the model counted for the answer at the end of the path; the system text's share is estimated."""
    system = estimate(prompting.SYSTEM)
    said = sum(size_of(one.message, senses) for one in path[:-1] if one.id not in stats.omitted)
    share = round(stats.prompt_tokens * system / max(system + said, 1))
    return ContextUse(
        conversation=path[-1].conversation,
        window=window,
        system=share,
        earlier=stats.prompt_tokens - share,
        newest=stats.answer_tokens,
        left_out=len(stats.omitted),
        about=about,
    )


def estimated(path: Path, window: int, senses: Senses = BLIND) -> ContextUse:
    """Return what a conversation would take that no model has counted."""
    system = estimate(prompting.SYSTEM)
    sizes = [size_of(one.message, senses) for one in path]
    left_out = 0
    while left_out < len(sizes) - 1 and system + sum(sizes[left_out:]) > window:
        left_out += 1
    newest = sizes[-1] if path[-1].message.role is Role.ASSISTANT else 0
    earlier = sum(sizes[left_out:]) - newest
    return ContextUse(path[-1].conversation, window, system, earlier, newest, left_out, about=True)


class ContextService:
    """Follows the turns, the opened conversation and what is loaded; announces ContextMeasured from the desk lane.

    Before a model is loaded its window is known from the settings, or once the models were weighed. Opening a
    conversation does not have them weighed: that loads what the start of the window must not wait for.
    """

    def __init__(
        self, models: ModelsService, settings: SettingsService, shelf: Shelf, lane: Work, publish: Publish
    ) -> None:
        self._models = models
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._load = settings.current.load
        self._ready: ModelReady | None = None
        self._planned: dict[str, int] = {}
        self._chosen = ""
        self._shown = NEW_CONVERSATION
        self._writes = False

    def follow(self, event: Event) -> None:
        """Measure anew when the room or what takes it has changed. From any thread."""
        match event:
            case ThreadOpened(thread):
                self._shown = thread.summary.id
                if thread.messages:
                    self._lane.submit(lambda: self._measure(thread.messages))
            case TurnFinished(_, answer) if answer.stats is not None:
                self._lane.submit(lambda: self._measure_turn(answer))
            case ModelReady():
                self._ready = event
            case ModelsListed(_, chosen) if chosen is not None and chosen.key != self._chosen:
                self._chosen = chosen.key
                self._refresh()
            case SpeechKnown(model):
                self._writes = bool(model)
            case ModelsWeighed(needs):
                before, self._planned = self._planned, {one.key: one.context for one in needs}
                if before != self._planned:
                    self._refresh()
            case SettingsChanged(settings) if settings.load != self._load:
                self._load, self._ready, self._planned = settings.load, None, {}
                self._models.weigh()
            case _:
                pass

    def _senses(self) -> Senses:
        return senses_of(self._models.find(), writes=self._writes)

    def _refresh(self) -> None:
        if (shown := self._shown) != NEW_CONVERSATION:
            self._lane.submit(lambda: self._measure_again(shown))

    def _measure_again(self, conversation: ConversationId) -> None:
        with suppress(AppError):
            if messages := self._shelf.conversations.thread(conversation).messages:
                self._measure(messages)

    def _measure_turn(self, answer: StoredMessage) -> None:
        """The model that answered counts, whichever is chosen by now."""
        with suppress(AppError):
            path, ready = self._shelf.conversations.path_to(answer.id), self._ready
            if answer.stats and answer.stats.prompt_tokens and ready and ready.model == answer.model:
                self._publish(ContextMeasured(counted(path, answer.stats, ready.info.context, self._senses())))
            else:
                self._measure(path)

    def _measure(self, path: Path) -> None:
        with suppress(AppError):
            chosen, last, ready = self._models.find(), path[-1], self._ready
            loaded = ready if ready and ready.key == chosen.key else None
            window = loaded.info.context if loaded else self._planned.get(chosen.key) or self._load.context
            if not window:
                return
            if last.stats and last.stats.prompt_tokens:
                exact = loaded is not None and loaded.model == last.model
                self._publish(ContextMeasured(counted(path, last.stats, window, self._senses(), about=not exact)))
            else:
                self._publish(ContextMeasured(estimated(path, window, self._senses())))
