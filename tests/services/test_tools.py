"""What is kept of an answer that wants a tool to be used, and what the next question tells the model."""

from pathlib import Path

from desktop.core.conversations import TurnState
from desktop.core.messages import TextPart
from desktop.core.stream import ThoughtDelta, ToolCallDelta
from desktop.core.tools import BrokenCallPart, ToolCallPart
from desktop.services.export import markdown, plain
from tests.fakes import FakeEngine
from tests.houses import ask, opened, thread_of
from tests.tools import TOOLS

PARIS = ToolCallPart("get_weather", '{"city":"Paris"}')


def test_the_model_is_told_the_tools_that_were_handed_in_and_none_otherwise(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        ask(house, recorder, "hello")
    with opened(tmp_path / "q", engine, TOOLS) as (house, recorder):
        ask(house, recorder, "hello")
    assert [one.tools for one in engine.asked] == [(), TOOLS]


def test_an_answer_that_ends_in_a_call_is_complete_and_kept(tmp_path: Path) -> None:
    engine = FakeEngine().answers(ThoughtDelta("hm"), "Let me see.", ToolCallDelta(PARIS))
    with opened(tmp_path / "p", engine, TOOLS) as (house, recorder):
        finished = ask(house, recorder, "What is the weather in Paris?")
    assert finished.answer.state is TurnState.COMPLETE
    with opened(tmp_path / "p", engine, TOOLS) as (house, recorder):
        kept = thread_of(house, recorder, finished.conversation).thread.messages[-1]
        found = house.shelf.conversations.search("get_weather")
    assert kept.message == finished.answer.message
    assert (kept.message.text, kept.message.calls) == ("Let me see.", (PARIS,))
    assert found == ()


def test_a_question_after_a_call_tells_the_model_what_it_called(tmp_path: Path) -> None:
    engine = FakeEngine().answers(ToolCallDelta(PARIS))
    with opened(tmp_path / "p", engine, TOOLS) as (house, recorder):
        first = ask(house, recorder, "What is the weather in Paris?")
        second = ask(house, recorder, "And now?", first.conversation)
    assert second.error is None
    assert [one.parts for one in engine.asked[1].messages[1:]] == [
        (TextPart("What is the weather in Paris?"),),
        (PARIS,),
        (TextPart("And now?"),),
    ]


def test_a_call_is_exported_as_a_plain_line_and_as_plain_values(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Let me see.", ToolCallDelta(PARIS), ToolCallDelta(BrokenCallPart("call:f{")))
    with opened(tmp_path / "p", engine, TOOLS) as (house, recorder):
        finished = ask(house, recorder, "What is the weather in Paris?")
        thread = house.verbs.thread(finished.conversation)
    lines = markdown(thread).split("\n\n")
    assert "[Wants to use: get_weather, city: Paris]" in lines
    assert "[Wanted to use a tool, in words that cannot be read: call:f{]" in lines
    assert plain(thread)["messages"][-1]["calls"] == [  # type: ignore[index]
        {"name": "get_weather", "arguments": {"city": "Paris"}},
        {"unreadable": "call:f{"},
    ]
