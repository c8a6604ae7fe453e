"""One answer, from the stored question to the stored answer. Runs on the chat lane."""

from collections.abc import Callable
from dataclasses import replace

from desktop.core.again import Again
from desktop.core.conversations import MessageId, StoredMessage, TurnState, TurnStats
from desktop.core.errors import AppError, ConversationMissing, EngineCrashed
from desktop.core.events import ConversationChanged, ModelReady, TurnFinished, TurnLoading, TurnReading
from desktop.core.generation import (
    Finished,
    FinishReason,
    GenerateRequest,
    Loaded,
    Reading,
    Searching,
)
from desktop.core.library_events import TurnSearching
from desktop.core.ports import ChatEngine, Publish
from desktop.core.settings import sampling_for
from desktop.core.stream import Delta, GroundAdded, TextDelta, ThoughtDelta, ToolCallDelta
from desktop.core.tools import ToolDescription
from desktop.core.value import value
from desktop.services import prompting
from desktop.services.models import ModelsService
from desktop.services.running import RunningTurns
from desktop.services.settings import SettingsService
from desktop.services.shelf import Shelf

USUAL = Again()
COMMIT_SECONDS = 1.0
SLOW_SECONDS = 0.25


@value
class Outcome:
    """How a turn ended."""

    state: TurnState
    stats: TurnStats | None = None
    error: AppError | None = None
    model: str = ""


class Answering:
    """Drives the engine for one answer at a time and keeps what arrives.

    A partial answer is committed when a second has passed since the last commit, and at once when deltas come
    slowly, so that a model of two words a second never has more than one word unsaved.
    """

    def __init__(  # noqa: PLR0913 - all that an answer is made of
        self,
        engine: ChatEngine,
        models: ModelsService,
        settings: SettingsService,
        shelf: Shelf,
        running: RunningTurns,
        publish: Publish,
        clock: Callable[[], float],
        *,
        tools: tuple[ToolDescription, ...] = (),
    ) -> None:
        self._engine = engine
        self._models = models
        self._settings = settings
        self._shelf = shelf
        self._running = running
        self._publish = publish
        self._clock = clock
        self._tools = tools
        self._current: MessageId | None = None
        self._committed = 0.0
        self._arrived = 0.0

    def stop(self) -> None:
        """End the engine's turn if it is marked as stopped."""
        if self._current is not None and self._running.is_stopped(self._current):
            self._engine.stop()

    def drop_stopped(self) -> None:
        """End the answers that were stopped while they waited for another one."""
        for turn in self._running.stopped_waiting():
            if self._running.claim(turn.id):
                self._finish(turn, Outcome(TurnState.STOPPED))

    def answer(self, turn: StoredMessage, model: str = "", wanted: Again = USUAL) -> None:
        """Answer the question above `turn`; announces TurnFinished however it ends."""
        if not self._running.claim(turn.id):
            return  # stopped while it waited
        self._current = turn.id
        outcome = Outcome(TurnState.FAILED, error=EngineCrashed())  # what a bug leaves behind
        try:
            outcome = self._generate(turn, model, wanted)
        except AppError as error:
            self._engine.stop()  # it may still be writing: what failed can be the store
            outcome = Outcome(TurnState.FAILED, error=error)
        finally:
            self._current = None
            self._finish(turn, outcome)

    def _generate(self, turn: StoredMessage, name: str, wanted: Again) -> Outcome:
        if self._running.is_stopped(turn.id):
            return Outcome(TurnState.STOPPED)
        model = self._models.find(name)
        settings = self._settings.current
        prompt = prompting.build(self._shelf.conversations.path_to(turn.id)[:-1])
        self._publish(TurnLoading(turn.conversation, turn.id, model.name))
        self._committed = self._arrived = self._clock()
        sampling = wanted.sampling(sampling_for(settings, model))
        request = GenerateRequest(
            model.path,
            wanted.asked(prompt.messages),
            settings.load,
            sampling,
            matter=self._shelf.conversations.summary(turn.conversation).matter,
            tools=self._tools,
        )
        events = self._engine.generate(request)
        self.stop()  # a stop that came before `generate` took the flag back
        for event in events:
            match event:
                case Loaded():
                    self._models.note_loaded(model)
                    self._publish(ModelReady(model.name, event, model.key))
                case Reading(done, total):
                    self._publish(TurnReading(turn.conversation, turn.id, done, total))
                case Searching(done, total, found, left):
                    self._publish(TurnSearching(turn.conversation, turn.id, done, total, found, left))
                case TextDelta() | ThoughtDelta() | ToolCallDelta() | GroundAdded():
                    self._advance(turn, event)
                case Finished():
                    return _outcome(event, prompt, model.name)
            self.stop()
        raise EngineCrashed

    def _advance(self, turn: StoredMessage, delta: Delta) -> None:
        answer = self._running.advance(turn.id, delta)
        now = self._clock()
        if now - self._committed >= COMMIT_SECONDS or now - self._arrived >= SLOW_SECONDS:
            self._shelf.conversations.update(turn.id, answer.message)
            self._committed = now
        self._arrived = now

    def _finish(self, turn: StoredMessage, outcome: Outcome) -> None:
        """Store how it ended; when that fails the screen still learns it, with what arrived."""
        answer = self._running.so_far(turn.id) or turn
        failure = type(outcome.error).__name__ if outcome.error else ""
        error = outcome.error
        try:
            store = self._shelf.conversations
            answer = store.finish(turn.id, answer.message, outcome.state, outcome.stats, failure, outcome.model)
            self._publish(ConversationChanged(store.summary(turn.conversation)))
        except ConversationMissing:  # it was deleted meanwhile: there is nothing to keep
            answer = replace(answer, state=outcome.state, failure=failure)
        except AppError as unsaved:
            answer, error = replace(answer, state=TurnState.FAILED, failure=type(unsaved).__name__), unsaved
        self._running.end(turn.id)
        self._publish(TurnFinished(turn.conversation, answer, error))


def _outcome(finished: Finished, prompt: prompting.Prompt, model: str) -> Outcome:
    stats = TurnStats(
        prompt_tokens=finished.prompt_tokens,
        reused_tokens=finished.reused_tokens,
        answer_tokens=finished.answer_tokens,
        read_seconds=finished.read_seconds,
        write_seconds=finished.write_seconds,
        omitted=prompt.ids(finished.omitted),
    )
    stopped = finished.reason is FinishReason.STOPPED
    return Outcome(TurnState.STOPPED if stopped else TurnState.COMPLETE, stats, model=model)
