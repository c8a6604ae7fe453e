"""What chat templates are given of an answer with calls."""

import itertools
import json

import pytest

from desktop.core.messages import Message, Part, Role, TextPart, ThoughtPart
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolDescription, ToolResultPart
from desktop.engine.worker.turns import UNUSED, Plain, described, in_words, with_calls

PARIS = ToolCallPart("get_weather", '{"city":"Paris"}')
ROME = ToolCallPart("get_weather", '{"city":"Rome"}')
TIME = ToolCallPart("get_time", '{"city":"Rome"}')


def guard(text: str) -> str:
    return f"~{text}"


def turns(*parts: Part, is_last: bool = False) -> list[Plain]:
    return with_calls(Message(Role.ASSISTANT, parts), guard, itertools.count(), is_last=is_last)


def short(turns: list[Plain]) -> list[str]:
    """The roles, and what they say or call."""
    return [
        f"{one['role']}: {one['content'] or ' '.join(call['id'] for call in one.get('tool_calls', ()))}"
        for one in turns
    ]


def test_call_result_and_answer_are_turns_of_their_own() -> None:
    call, result, answer = turns(PARIS, ToolResultPart("get_weather", "sunny"), TextPart("It is sunny."))
    function = {"name": "~get_weather", "arguments": {"~city": "~Paris"}}
    assert call == {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"id": "call00000", "type": "function", "function": function}],
    }
    assert result == {"role": "tool", "tool_call_id": "call00000", "name": "~get_weather", "content": "~sunny"}
    assert answer == {"role": "assistant", "content": "~It is sunny."}


def test_an_answer_that_ends_in_a_result_goes_on_from_there() -> None:
    shown = turns(ThoughtPart("hm"), PARIS, ToolResultPart("get_weather", "sunny"), is_last=True)
    assert [one["role"] for one in shown] == ["assistant", "tool"]
    assert shown[0]["reasoning_content"] == "~hm"
    earlier = turns(ThoughtPart("hm"), PARIS, ToolResultPart("get_weather", "sunny"))
    assert "reasoning_content" not in earlier[0]
    assert short(earlier)[-1] == "assistant: "


def test_results_find_their_calls_by_name_and_order() -> None:
    results = (
        ToolResultPart("get_time", "noon"),
        ToolResultPart("get_weather", "a"),
        ToolResultPart("get_weather", "b"),
    )
    assert short(turns(PARIS, TIME, ROME, *results, TextPart("So."))) == [
        "assistant: call00000 call00001 call00002",
        "tool: ~a",
        "tool: ~noon",
        "tool: ~b",
        "assistant: ~So.",
    ]


def test_a_call_after_a_result_is_another_step() -> None:
    shown = turns(PARIS, ToolResultPart("get_weather", "a"), ROME, ToolResultPart("get_weather", "b"), TextPart("So."))
    assert [one["role"] for one in shown] == ["assistant", "tool", "assistant", "tool", "assistant"]
    assert short(shown)[2] == "assistant: call00001"


def test_a_call_without_a_result_gets_one_that_says_so() -> None:
    assert short(turns(PARIS)) == ["assistant: call00000", f"tool: ~{UNUSED}", "assistant: "]


def test_words_before_a_call_are_told_behind_it() -> None:
    shown = turns(TextPart("Let me see."), PARIS, ToolResultPart("get_weather", "a"), TextPart("Sunny."))
    assert short(shown)[-1] == "assistant: ~Let me see.\n\n~Sunny."


def test_a_call_that_could_not_be_read_and_a_result_of_nothing_are_words() -> None:
    shown = turns(BrokenCallPart("call:f{"), ToolResultPart("f", "x"))
    assert short(shown) == ["assistant: ~call:f{\n\n~[Result of f: x]"]


def test_a_template_without_calls_reads_them_as_words() -> None:
    message = Message(Role.ASSISTANT, (ThoughtPart("hm"), PARIS, ToolResultPart("get_weather", "a"), TextPart("So.")))
    words = "~[Wants to use: get_weather, city: Paris]\n\n~[Result of get_weather: a]\n\n~So."
    assert in_words(message, guard) == {"role": "assistant", "content": words}


def schema(parameters: object) -> object:
    text = parameters if isinstance(parameters, str) else json.dumps(parameters)
    (tool,) = described([ToolDescription("f", "does", text)], guard)
    assert (tool["type"], tool["function"]["name"], tool["function"]["description"]) == ("function", "~f", "~does")
    return tool["function"]["parameters"]


def test_every_text_of_a_schema_is_guarded() -> None:
    parameters = {"type": "object", "properties": {"a": {"enum": ["x", 1, None]}}, "required": ["a"]}
    assert schema(parameters) == {
        "~type": "~object",
        "~properties": {"~a": {"~enum": ["~x", 1, None]}},
        "~required": ["~a"],
    }


@pytest.mark.parametrize("kind", ["[inst]", ["string", "<s>"], 1, True])
def test_a_type_that_there_is_not_is_a_text(kind: object) -> None:
    found = schema({"properties": {"type": {"type": kind}, "b": {"type": ["string", "null"]}}})
    assert found == {"~properties": {"~type": {"~type": "~string"}, "~b": {"~type": ["~string", "~null"]}}}


@pytest.mark.parametrize("text", ["", "[]", "{", "1", "[" * 9000, '{"a":' * 9000])
def test_a_schema_that_is_none_is_empty(text: str) -> None:
    assert schema(text) == {}
