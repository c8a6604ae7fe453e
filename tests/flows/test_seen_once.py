"""The whole app: a picture is looked at once, whatever is asked of it later."""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from desktop.core.attachment_events import AttachmentReady
from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.events import TurnFinished, TurnReading
from desktop.core.generation import LoadOptions
from desktop.core.taking import AttachmentPart
from tests.houses import Recorder, opened
from tests.models.train import words

MODEL = str(Path(__file__).resolve().parents[1] / "models" / "tiny-gemma4-e.gguf")
PICTURE_TOKENS = 17 * 16


def answered(recorder: Recorder, text: str) -> TurnFinished:
    """Wait for an answer; it is this one, and the picture needed no reading for it."""
    finished = recorder.wait(TurnFinished)
    stats = finished.answer.stats
    assert (finished.answer.message.text, finished.error) == (text, None)
    assert stats is not None
    assert stats.reused_tokens > PICTURE_TOKENS
    return finished


def test_a_picture_is_read_once_for_follow_ups_and_for_edits_of_them(tmp_path: Path) -> None:
    image = Image.new("RGB", (500, 480), "white")
    image.paste((255, 0, 0), (130, 120, 370, 360))
    image.save(tmp_path / "square.png")
    with opened(tmp_path / "profile") as (house, recorder):
        sampling = replace(house.settings.current.sampling, temperature=0.0, max_tokens=24)
        house.settings.change(sampling=sampling, load=LoadOptions(context=2048), model=MODEL, model_files=(MODEL,))
        house.attach.add(str(tmp_path / "square.png"), "one")
        part = AttachmentPart(recorder.wait(AttachmentReady).attachment)
        house.chat.send(NEW_CONVERSATION, words.ASK_COLOUR, MODEL, attached=(part,))
        first = recorder.wait(TurnFinished)
        assert first.answer.message.text == "red"
        house.chat.send(first.conversation, words.ASK_SHAPE, MODEL)
        second = answered(recorder, "square")
        assert second.answer.parent is not None
        house.chat.edit(second.answer.parent, words.ASK_COLOUR)
        edited = answered(recorder, "red")
        house.chat.regenerate(edited.answer.id)
        again = answered(recorder, "red")
        assert len({one.answer.id for one in (first, second, edited, again)}) == 4
        begun = {one.turn: one.done for one in reversed(recorder.events) if isinstance(one, TurnReading)}
        assert [begun[one.answer.id] > PICTURE_TOKENS for one in (first, second, edited, again)] == [
            False, True, True, True,
        ]  # fmt: skip
