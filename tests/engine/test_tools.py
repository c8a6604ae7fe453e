"""What a person gets of a model that may call tools: the tiny Gemma 4 through the real process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.child import new_flag
from desktop.core.errors import PromptTooLong
from desktop.core.generation import EngineEvent, FinishReason, GenerateRequest, KvType, LoadOptions, SamplingOptions
from desktop.core.messages import Message, Part, Role, TextPart, ThoughtPart
from desktop.core.stream import ToolCallDelta
from desktop.core.tools import BrokenCallPart, CallPart, ToolCallPart, ToolDescription, ToolResultPart, canonical
from desktop.engine.client import LocalChatEngine
from desktop.engine.fit import Plan
from desktop.engine.worker.llama import open_model
from desktop.engine.worker.rendering import Rendering
from desktop.engine.worker.template import ChatTemplate
from desktop.engine.worker.vocabulary import Vocabulary
from tests.engine.conftest import HELPFUL, asked, end_of, text_of
from tests.engine.shown import GREEDY, TRAINED
from tests.models.train import words
from tests.tools import TOOLS, WEATHER

PARIS = ToolCallPart("get_weather", canonical({"city": "Paris"}))
ASK = "What is the weather in Paris?"


def request(
    *messages: Message, tools: tuple[ToolDescription, ...] = (WEATHER,), sampling: SamplingOptions = GREEDY,
    model: Path = TRAINED, context: int = 2048,
) -> GenerateRequest:  # fmt: skip
    """Ask the tiny model, with what it may call."""
    return GenerateRequest(model, (HELPFUL, *messages), LoadOptions(context=context, threads=1), sampling, tools=tools)


def question(text: str) -> Message:
    return Message.of(Role.USER, text)


def answer(*parts: Part) -> Message:
    return Message(Role.ASSISTANT, parts)


def calls_of(events: list[EngineEvent]) -> list[CallPart]:
    return [event.call for event in events if isinstance(event, ToolCallDelta)]


@pytest.mark.parametrize("tools", [(WEATHER,), TOOLS], ids=["one", "three"])
def test_the_right_tool_is_called_for_a_question(engine: LocalChatEngine, tools: tuple[ToolDescription, ...]) -> None:
    events = list(engine.generate(request(question(ASK), tools=tools)))
    assert calls_of(events) == [PARIS]
    assert text_of(events) == ""
    assert end_of(events).reason is FinishReason.END


def test_no_tool_is_called_when_none_is_offered_or_needed(engine: LocalChatEngine) -> None:
    without = list(engine.generate(request(question(ASK), tools=())))
    assert (text_of(without), calls_of(without)) == (words.CANNOT, [])
    hello = list(engine.generate(request(question("Hello"))))
    assert (text_of(hello), calls_of(hello)) == (words.FIXED["Hello"], [])


@pytest.mark.parametrize("sky", words.SKIES)
def test_the_answer_goes_on_from_the_result_of_a_tool(engine: LocalChatEngine, sky: str) -> None:
    first = end_of(list(engine.generate(request(question(ASK)))))
    known = answer(PARIS, ToolResultPart("get_weather", sky))
    events = list(engine.generate(request(question(ASK), known)))
    assert text_of(events) == f"The answer is {sky}."
    assert end_of(events).reason is FinishReason.END
    assert end_of(events).reused_tokens >= first.prompt_tokens - 6, "all but the model's empty thought"


def test_a_question_after_an_answered_call_is_read_with_all_that_was_said(engine: LocalChatEngine) -> None:
    known = answer(PARIS, ToolResultPart("get_weather", "sunny"), TextPart("The answer is sunny."))
    events = list(engine.generate(request(question(ASK), known, question("What is the weather in Rome?"))))
    assert calls_of(events) == [ToolCallPart("get_weather", canonical({"city": "Rome"}))]


@pytest.mark.parametrize("parts", [
    (PARIS,),
    (PARIS, PARIS),
    (TextPart("Let me see."), PARIS),
    (ThoughtPart("I need a tool."), PARIS, BrokenCallPart("call:f{")),
    (BrokenCallPart(""),),
    (ToolResultPart("get_weather", "sunny"),),
    (ToolCallPart("get_weather", "no arguments at all"),),
])  # fmt: skip
def test_a_question_after_a_call_without_a_result_is_answered(engine: LocalChatEngine, parts: tuple[Part, ...]) -> None:
    for tools in ((WEATHER,), ()):
        events = list(engine.generate(request(question(ASK), answer(*parts), question("Hello"), tools=tools)))
        assert text_of(events).startswith("Hello!")  # it was never trained with such: the rest may be odd
        assert end_of(events).reason is FinishReason.END


def test_a_model_whose_template_knows_no_tools_reads_calls_as_words(
    engine: LocalChatEngine, starter_model: Path
) -> None:
    known = answer(PARIS, ToolResultPart("get_weather", "sunny"), TextPart("It is sunny."))
    follow_up = question("What is the capital of France?")
    asking = request(question(ASK), known, follow_up, model=starter_model)
    told = list(engine.generate(asking))
    assert "Paris" in text_of(told)
    assert calls_of(told) == []
    plain = end_of(list(engine.generate(request(*asked(ASK, "It is sunny.", follow_up.text), model=starter_model))))
    assert end_of(told).prompt_tokens > plain.prompt_tokens


def test_a_stop_inside_a_call_keeps_what_was_written_and_calls_nothing(engine: LocalChatEngine) -> None:
    cut = SamplingOptions(temperature=0.0, max_tokens=5)
    events = list(engine.generate(request(question(ASK), sampling=cut)))
    assert end_of(events).reason is FinishReason.LENGTH
    (call,) = calls_of(events)
    assert isinstance(call, BrokenCallPart)
    assert call.text.startswith("call:")


def test_a_word_beside_a_conversation_with_tools_keeps_it_read(engine: LocalChatEngine) -> None:
    first = end_of(list(engine.generate(request(question(ASK)))))
    said = (HELPFUL, question(ASK), answer(PARIS), question("Hello"))
    beside = GenerateRequest(TRAINED, said, LoadOptions(context=2048, threads=1), GREEDY, aside=True)
    aside = end_of(list(engine.generate(beside)))
    assert aside.reused_tokens >= first.prompt_tokens - 6
    again = end_of(list(engine.generate(request(question(ASK), answer(PARIS), question("Hello")))))
    assert again.reused_tokens == again.prompt_tokens - 1


def test_tools_take_room_from_the_conversation_and_are_counted(engine: LocalChatEngine) -> None:
    bare = end_of(list(engine.generate(request(question("Hello"), tools=()))))
    one = end_of(list(engine.generate(request(question("Hello")))))
    assert one.prompt_tokens > bare.prompt_tokens + 20
    long = ToolDescription("long", "It tells the weather. " * 400)
    with pytest.raises(PromptTooLong):
        list(engine.generate(request(question("Hello"), tools=(long,), context=512)))
    many = [part for number in range(9) for part in (f"Question {number}: {'water ' * 20}", f"Answer {number}.")]
    events = list(engine.generate(request(*asked(*many, ASK)[1:], tools=TOOLS, context=512)))
    assert end_of(events).omitted
    assert end_of(events).prompt_tokens < 512


@pytest.fixture(scope="module")
def rendering() -> Iterator[tuple[Rendering, Vocabulary]]:
    llama = open_model(
        str(TRAINED), TRAINED.name, Plan(512, KvType.F16, 1, 0, full_window=True), new_flag(), lambda: None
    )
    vocabulary = Vocabulary(llama.vocabulary)
    template = ChatTemplate(llama.template, TRAINED.name, bos=vocabulary.bos_text, eos=vocabulary.eos_text)
    yield Rendering(vocabulary, template, TRAINED.name, None), vocabulary  # type: ignore[arg-type]
    llama.free()


REFUSES = "{% for m in messages %}{% if %s %}{{ raise_exception('no') }}{% endif %}[{{ m.content }}]{% endfor %}"


@pytest.mark.parametrize(
    ("refused", "read"),
    [
        ("m.tool_calls", "[Ask][[Wants to use: get_weather, city: Paris]][Hello]"),
        ("tools or m.tool_calls", "[Ask][[Wants to use: get_weather, city: Paris]][Hello]"),
        ("m.tool_calls == 1", "[Ask][][This tool was not used.][][Hello]"),
    ],
)
def test_what_a_template_refuses_is_told_otherwise(
    rendering: tuple[Rendering, Vocabulary], refused: str, read: str
) -> None:
    _, vocabulary = rendering
    source = REFUSES.replace("%s", refused)
    renders = Rendering(vocabulary, ChatTemplate(source, "m.gguf", bos="", eos=""), "m.gguf", None)  # type: ignore[arg-type]
    renders.tools = TOOLS
    assert renders.render((question("Ask"), answer(PARIS), question("Hello")))[0] == read


SIGNS = st.sampled_from(
    ["<|tool_call>", "<tool_call|>", '<|"|>', "<|tool_response>", "<tool_response|>", "<|tool>", "<tool|>", "<|turn>",
     "<turn|>", "<|channel>", "<channel|>", "<|think|>", "<bos>", "<eos>", "<|image|>", "<", "|>", "{", "}", ":"]
)  # fmt: skip
HOSTILE = st.lists(SIGNS | st.text(max_size=4), min_size=1, max_size=10).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_a_tool_or_a_call_says_steers_the_model(
    rendering: tuple[Rendering, Vocabulary], name: str, text: str, value: str
) -> None:
    """Names, descriptions, arguments and results take as many steering tokens as harmless ones do."""

    def steering(name: str, text: str, value: str) -> list[str]:
        about = {"type": "object", "properties": {f"p{name}": {"type": "string", "description": text, "enum": [value]}}}
        renders, vocabulary = rendering
        renders.tools = (ToolDescription(name, text, canonical({**about, "required": [name, value]})),)
        call = ToolCallPart(name, canonical({f"a{name}": [value, {text: value}]}))
        _, entries = renders.render((
            HELPFUL,
            question(ASK),
            answer(call, ToolResultPart(name, text), BrokenCallPart(value), TextPart(text)),
            question(ASK),
            answer(ThoughtPart(text), call, ToolResultPart(name, value)),
        ))  # fmt: skip
        return [vocabulary.steering[one] for one in entries if one in vocabulary.steering]  # type: ignore[index]

    assert steering(f"n{name}", f"t{text}", f"v{value}") == steering("n", "t", "v")
