"""The whole app shows files it never saw to a model that really sees and hears, and gets the right answer,
or the call of the right tool.

The house is the real one: the reader's process reads the file, the store keeps it sealed, the engine's process looks.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import app
from desktop.core.attachment_events import AttachmentReady
from desktop.core.conversations import NEW_CONVERSATION, ConversationId, TurnState
from desktop.core.events import TurnFinished
from desktop.core.generation import LoadOptions
from desktop.core.media import Detail
from desktop.core.taking import AttachmentPart
from desktop.core.tools import ToolCallPart, canonical
from tests.flows import held_out
from tests.flows.held_out import Draw, Shown
from tests.houses import Recorder, opened
from tests.models.train import words
from tests.tools import TOOLS

MODEL = str(Path(__file__).resolve().parents[1] / "models" / "tiny-gemma4-e.gguf")
EACH, MANY = 40, 200
RIGHT = 0.95

House = tuple[app.House, Recorder]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "profile") as (house, recorder):
        sampling = replace(house.settings.current.sampling, temperature=0.0, max_tokens=24)
        house.settings.change(sampling=sampling, load=LoadOptions(context=2048))
        yield house, recorder


def answer(house: House, shown: Shown, folder: Path) -> str:
    """Put the file beside its question, in a chat of their own, as a person would."""
    services, recorder = house
    file = folder / shown.name
    file.write_bytes(shown.content)
    services.attach.add(str(file), shown.name)
    attachment = recorder.wait(AttachmentReady).attachment
    part = AttachmentPart(attachment, Detail.QUICK)
    services.chat.send(NEW_CONVERSATION, shown.question, MODEL, attached=(part,))
    finished = recorder.wait(TurnFinished)
    assert finished.error is None
    return finished.answer.message.text


def share_right(house: House, draw: Draw, count: int, folder: Path) -> float:
    asked = [(shown.wanted, answer(house, shown, folder)) for shown in held_out.drawn(draw, count)]
    wrong = [one for one in asked if one[0] != one[1]]
    print(f"{draw.__name__}: {count - len(wrong)} of {count} right; wrong (wanted, said): {wrong}")
    return 1 - len(wrong) / count


@pytest.fixture
def tooled(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "profile", tools=TOOLS) as (house, recorder):
        sampling = replace(house.settings.current.sampling, temperature=0.0, max_tokens=48)
        house.settings.change(sampling=sampling, load=LoadOptions(context=2048))
        yield house, recorder


def said(house: House, conversation: ConversationId, question: str) -> TurnFinished:
    services, recorder = house
    services.chat.send(conversation, question, MODEL)
    finished = recorder.wait(TurnFinished)
    assert finished.error is None
    return finished


def share_called(house: House, count: int) -> float:
    """How often exactly the right call is kept of a question, as a part and with no word beside it."""
    wrong = []
    for wanted in held_out.drawn(held_out.weather, count):
        chat = said(house, NEW_CONVERSATION, wanted.before).conversation if wanted.before else NEW_CONVERSATION
        finished = said(house, chat, wanted.question)
        kept = house[0].verbs.thread(finished.conversation).messages[-1]
        call = ToolCallPart("get_weather", canonical({"city": wanted.city}))
        if (kept.message.parts, kept.state) != ((call,), TurnState.COMPLETE):
            wrong.append((wanted, kept.message.copied))
    print(f"weather: {count - len(wrong)} of {count} right; wrong (wanted, said): {wrong}")
    return 1 - len(wrong) / count


def test_a_question_for_the_weather_becomes_a_call_of_the_tool(tooled: House) -> None:
    assert share_called(tooled, EACH) > RIGHT


@pytest.mark.slow
def test_so_do_many_more(tooled: House) -> None:
    assert share_called(tooled, MANY) > RIGHT


def test_the_chat_goes_on_after_a_call_that_nothing_came_of(tooled: House) -> None:
    called = said(tooled, NEW_CONVERSATION, "What is the weather in Paris?")
    assert called.answer.message.calls
    assert said(tooled, called.conversation, "Hello").answer.message.text == words.FIXED["Hello"]
    again = said(tooled, called.conversation, "What is the weather in Rome?")
    assert again.answer.message.calls == (ToolCallPart("get_weather", canonical({"city": "Rome"})),)


TOLD = [held_out.colour, held_out.shape, held_out.tone, held_out.up_or_down]


@pytest.mark.parametrize("draw", TOLD)
def test_what_was_never_shown_before_is_told_rightly(house: House, draw: Draw, tmp_path: Path) -> None:
    assert share_right(house, draw, EACH, tmp_path) > RIGHT


@pytest.mark.slow
@pytest.mark.parametrize("draw", [*TOLD, held_out.silence])
def test_so_are_many_more(house: House, draw: Draw, tmp_path: Path) -> None:
    assert share_right(house, draw, MANY, tmp_path) > RIGHT


@pytest.mark.slow
@pytest.mark.parametrize(("draw", "share"), [(held_out.left_or_right, 0.8), (held_out.three_colours, 0.5)])
def test_what_the_tiny_model_half_knows_is_mostly_right(house: House, draw: Draw, share: float, tmp_path: Path) -> None:
    assert share_right(house, draw, MANY, tmp_path) > share
