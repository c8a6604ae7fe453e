"""What happens to the files of a turn before the model is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop.core.attachments import Attachment, Prepared, Wishes
from desktop.core.errors import AppError, Cancelled, EncoderMismatch, FileDamaged, ModelBlind, ModelDeaf
from desktop.core.generation import Finished, FinishReason, GenerateRequest
from desktop.core.media import Facts, Format, Kind, Picture
from desktop.core.messages import Message, Role, TextPart
from desktop.core.models import ModelFile
from desktop.core.taking import AttachmentPart
from desktop.services.showing import ShowingEngine
from tests.fakes import FakeEngine

SEEING = ModelFile(Path("fox.gguf"), 1, "fox", "gemma4", "Q4_0", 4096, sees=True)
ALERT = replace(SEEING, hears=True)
DULL = replace(SEEING, sees=False)


def part(kind: Kind, name: str = "file") -> AttachmentPart:
    return AttachmentPart(Attachment(name, name, 1, Facts(kind, Format.PNG)))


PICTURE, VIDEO, SOUND = (part(kind, kind) for kind in Kind)


@dataclass
class Models:
    """Knows one model."""

    model: ModelFile

    def find(self, name: str) -> ModelFile:
        return self.model


@dataclass
class Preparing:
    """Prepares at once, unless it shall do something else; remembers."""

    instead: Callable[[], None] = lambda: None
    done: list[tuple[str, Wishes]] = field(default_factory=list)
    cancelled: int = 0
    scribe: bool = False

    def writes(self) -> bool:
        return self.scribe

    def keep(self, path: Path) -> Attachment:
        raise NotImplementedError

    def prepare(self, part: AttachmentPart, wishes: Wishes) -> Prepared:
        self.instead()
        self.done.append((part.attachment.digest, wishes))
        return Prepared(part.attachment.digest, (Picture(1, 1, b"abc"),))

    def cancel(self) -> None:
        self.cancelled += 1


def request(*parts: AttachmentPart, aside: bool = False) -> GenerateRequest:
    return GenerateRequest(Path("fox.gguf"), (Message(Role.USER, (*parts, TextPart("What?"))),), aside=aside)


def showing(model: ModelFile, preparing: Preparing, engine: FakeEngine) -> ShowingEngine:
    return ShowingEngine(engine, Models(model), preparing)  # type: ignore[arg-type]


def test_the_model_gets_every_file_in_order_as_it_can_take_it() -> None:
    engine, preparing = FakeEngine().answers("A fox."), Preparing()
    events = list(showing(SEEING, preparing, engine).generate(request(VIDEO, PICTURE)))
    assert isinstance(events[-1], Finished)
    assert [one.digest for one in engine.asked[0].media] == [Kind.VIDEO, Kind.PICTURE]
    assert preparing.done[0] == (Kind.VIDEO, Wishes(pictures=True, sounds=False))


def test_a_turn_without_files_goes_straight_to_the_model() -> None:
    engine, preparing = FakeEngine(), Preparing()
    list(showing(DULL, preparing, engine).generate(request()))
    assert engine.asked == [request()]


def test_a_word_beside_the_conversation_prepares_nothing() -> None:
    engine, preparing = FakeEngine(), Preparing()
    list(showing(DULL, preparing, engine).generate(request(PICTURE, aside=True)))
    assert preparing.done == []
    assert engine.asked[0].media == ()


@pytest.mark.parametrize(
    ("model", "given", "error"),
    [
        (DULL, PICTURE, ModelBlind),
        (DULL, VIDEO, ModelBlind),
        (SEEING, SOUND, ModelDeaf),
        (replace(DULL, stranger="mmproj-fox.gguf"), SOUND, EncoderMismatch),
    ],
)
def test_what_a_model_lacks_is_told_before_anything_is_prepared(
    model: ModelFile, given: AttachmentPart, error: type[AppError]
) -> None:
    engine, preparing = FakeEngine(), Preparing()
    with pytest.raises(error, match="fox"):
        list(showing(model, preparing, engine).generate(request(given)))
    assert preparing.done == []
    assert engine.asked == []


def test_what_a_deaf_model_cannot_hear_is_written_down_for_it() -> None:
    engine, preparing = FakeEngine(), Preparing(scribe=True)
    list(showing(DULL, preparing, engine).generate(request(SOUND)))
    assert preparing.done == [(Kind.SOUND, Wishes(pictures=False, sounds=False, words=True))]
    with pytest.raises(ModelBlind):
        list(showing(DULL, preparing, engine).generate(request(SOUND, PICTURE)))


def test_a_file_that_cannot_be_read_ends_the_turn_with_its_own_words() -> None:
    def fail() -> None:
        raise FileDamaged(name="photo.png")

    engine = FakeEngine()
    with pytest.raises(FileDamaged):
        list(showing(ALERT, Preparing(fail), engine).generate(request(PICTURE)))
    assert engine.asked == []


def test_a_stop_while_a_file_is_prepared_ends_the_turn_as_stopped() -> None:
    engine = FakeEngine()

    def stop() -> None:
        shown.stop()
        raise Cancelled

    preparing = Preparing(stop)
    shown = showing(ALERT, preparing, engine)
    (only,) = shown.generate(request(PICTURE, SOUND))
    assert isinstance(only, Finished)
    assert only.reason is FinishReason.STOPPED
    assert preparing.cancelled == 1
    assert engine.asked == []


def test_a_stop_between_two_files_prepares_no_more() -> None:
    engine = FakeEngine()
    preparing = Preparing(lambda: shown.stop())
    shown = showing(ALERT, preparing, engine)
    assert [event.reason for event in shown.generate(request(PICTURE, SOUND))] == [FinishReason.STOPPED]  # type: ignore[union-attr]
    assert len(preparing.done) == 1


def test_a_stop_after_the_last_file_still_reaches_the_model() -> None:
    engine = FakeEngine().answers("never said")
    preparing = Preparing(lambda: shown.stop())
    shown = showing(ALERT, preparing, engine)
    events = list(shown.generate(request(PICTURE)))
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.STOPPED


def test_a_stop_while_the_model_writes_cancels_no_file_that_is_read_for_somebody_else() -> None:
    engine, preparing = FakeEngine(), Preparing()
    engine.answers("one", lambda: shown.stop(), "two")
    shown = showing(ALERT, preparing, engine)
    list(shown.generate(request(PICTURE)))
    assert preparing.cancelled == 0
