"""The chat engine with eyes and ears: what is beside the questions is prepared for the model before it is asked.

It is an engine itself, so that who asks need not know of files: a turn goes in with the attachments named in its
messages, and reaches the model with what they look and sound like.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.core.attachments import Prepared, Wishes
from desktop.core.errors import Cancelled, EncoderMismatch, ModelBlind, ModelDeaf
from desktop.core.generation import Counted, EngineEvent, Finished, FinishReason, GenerateRequest, LoadOptions
from desktop.core.media import Kind
from desktop.core.models import ModelFile
from desktop.core.ports import ChatEngine, Preparing
from desktop.core.taking import AttachmentPart, Senses, taking
from desktop.services.models import ModelsService

STOPPED = Finished(FinishReason.STOPPED, 0, 0, 0, 0.0, 0.0)


class ShowingEngine:
    """Prepares the attachments of a turn, then has the engine answer it."""

    def __init__(self, engine: ChatEngine, models: ModelsService, preparing: Preparing) -> None:
        self._engine = engine
        self._models = models
        self._preparing = preparing
        self._stopped = False
        self._looking = False

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer one request; the last event is Finished.

        A word beside the conversation brings nothing along: the model has seen what there is, or declines.

        Raises:
            AppError: while iterating: the model lacks a sense for it, a file cannot be read, or the engine fails.
        """
        self._stopped = False
        attached = [part for message in request.messages for part in message.attached]
        if not attached or request.aside:
            return self._engine.generate(request)
        return self._shown(request, attached)

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        """Count the tokens of a text; None unless this model is in memory, loaded so, and idle. Loads nothing."""
        return self._engine.count(model, load, text)

    def stop(self) -> None:
        """End the running turn soon; it finishes with FinishReason.STOPPED. From any thread."""
        self._interrupt()
        self._engine.stop()

    def close(self) -> None:
        """End the process and give its memory back."""
        self._interrupt()
        self._engine.close()

    def _shown(self, request: GenerateRequest, attached: list[AttachmentPart]) -> Iterator[EngineEvent]:
        model = self._models.find(str(request.model))
        senses = Senses(model.sees, model.hears, self._preparing.writes())
        check(model, attached, senses)
        wishes = Wishes(senses.sees, senses.hears, senses.writes)
        try:
            media = tuple(self._prepared(attached, wishes))
        except Cancelled:
            yield STOPPED
            return
        events = self._engine.generate(replace(request, media=media))
        if self._stopped:  # a stop that came before `generate` took the flag back
            self._engine.stop()
        yield from events

    def _prepared(self, attached: list[AttachmentPart], wishes: Wishes) -> Iterator[Prepared]:
        self._looking = True
        try:
            for part in attached:
                if self._stopped:
                    raise Cancelled
                yield self._preparing.prepare(part, wishes)
        finally:
            self._looking = False

    def _interrupt(self) -> None:
        """End what is prepared for the turn, but nothing else that is being read meanwhile."""
        self._stopped = True
        if self._looking:
            self._preparing.cancel()


def check(model: ModelFile, attached: Iterable[AttachmentPart], senses: Senses) -> None:
    """Refuse files of which nothing would reach the model.

    Raises:
        ModelBlind: there is a picture or video, and it does not see.
        ModelDeaf: there is a sound that it does not hear and nobody writes down.
        EncoderMismatch: it does neither, because the encoder beside it is another model's.
    """
    refused = {part.attachment.facts.kind for part in attached if taking(part, senses).refused}
    if refused and model.stranger:
        raise EncoderMismatch(name=model.name, encoder=model.stranger)
    if refused - {Kind.SOUND}:
        raise ModelBlind(name=model.name)
    if refused:
        raise ModelDeaf(name=model.name)
