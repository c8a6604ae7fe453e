"""Tells when a model is slow on this computer and something would be faster: once for each model and session."""

from contextlib import suppress

from desktop.core.conversations import StoredMessage, TurnStats
from desktop.core.drafts import estimate
from desktop.core.errors import AppError
from desktop.core.events import Event, ModelReady, TurnFinished, TurnWasSlow
from desktop.core.ports import Publish
from desktop.services import pace
from desktop.services.lanes import Work
from desktop.services.models import ModelsService
from desktop.services.shelf import Shelf


class PaceService:
    """Follows the turns; what is at hand is looked at on the desk lane, after a slow one only."""

    def __init__(self, models: ModelsService, shelf: Shelf, lane: Work, publish: Publish) -> None:
        self._models = models
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._ready: ModelReady | None = None
        self._told: set[str] = set()

    def follow(self, event: Event) -> None:
        """Look at the figures of a turn that is over. From any thread."""
        match event:
            case ModelReady():
                self._ready = event
            case TurnFinished(_, answer) if answer.stats is not None:
                stats, ready = answer.stats, self._ready
                if ready and ready.model == answer.model and (pace.wrote_slowly(stats) or pace.read_long(stats)):
                    self._lane.submit(lambda: self._advise(answer, stats, ready))
            case _:
                pass

    def _advise(self, answer: StoredMessage, stats: TurnStats, ready: ModelReady) -> None:
        if ready.key in self._told:
            return
        with suppress(AppError):
            question = self._shelf.conversations.path_to(answer.id)[-2]
            now = pace.Situation(
                used=self._models.find(ready.key),
                context=ready.info.context,
                question=estimate(question.message.whole),
                models=self._models.at_hand(),
                fits={one.key: one.fit for one in self._models.needs()},
            )
            if found := pace.faster(stats, now):
                self._told.add(ready.key)
                self._publish(TurnWasSlow(found))
