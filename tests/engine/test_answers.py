"""The starter model through the real process: what a person gets."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import EngineCrashed, GrammarInvalid, ModelDamaged, PromptTooLong
from desktop.core.generation import FinishReason, GenerateRequest, KvType, Loaded, LoadOptions, Reading, SamplingOptions
from desktop.core.messages import Message, Role
from desktop.core.stream import TextDelta
from desktop.engine.client import LocalChatEngine
from tests.engine.conftest import all_text_of, asked, end_of, readings, text_of

Ask = Callable[..., GenerateRequest]
CAPITAL = "What is the capital of France?"
LONG = SamplingOptions(temperature=0.0, max_tokens=400)


def test_capital_of_france_and_a_follow_up_that_reads_only_what_is_new(engine: LocalChatEngine, ask: Ask) -> None:
    first = list(engine.generate(ask(asked(CAPITAL))))
    assert isinstance(first[0], Loaded)
    assert "Paris" in text_of(first)
    assert end_of(first).reason is FinishReason.END
    again = list(engine.generate(ask(asked(CAPITAL, text_of(first), "And of Germany?"))))
    assert end_of(again).reused_tokens >= end_of(first).prompt_tokens
    assert readings(again)[0] == end_of(again).reused_tokens
    assert readings(again)[-1] == end_of(again).prompt_tokens


def test_edited_question_reuses_the_prefix_and_answers_as_if_fresh(engine: LocalChatEngine, ask: Ask) -> None:
    list(engine.generate(ask(asked(CAPITAL, "Paris.", "Tell me of the river there."))))
    edited = ask(asked(CAPITAL, "Paris.", "Name two dishes they like."))
    warm = list(engine.generate(edited))
    assert end_of(warm).reused_tokens > 30
    engine.close()
    fresh = list(engine.generate(edited))
    assert end_of(fresh).reused_tokens == 0
    assert text_of(warm) == text_of(fresh)


def test_stop_inside_reading_is_quick_and_what_was_read_is_kept(engine: LocalChatEngine, ask: Ask) -> None:
    request = ask(asked("Summarize this: " + "the old house by the river was quiet. " * 180))
    turn = engine.generate(request)
    for event in turn:
        if isinstance(event, Reading) and event.done > 0:
            engine.stop()
            break
    stopped = list(turn)
    assert end_of(stopped).reason is FinishReason.STOPPED
    assert text_of(stopped) == ""
    assert end_of(stopped).read_seconds < 10
    read = max([event.done, *readings(stopped)])
    assert 0 < read < end_of(stopped).prompt_tokens
    resumed = engine.generate(request)
    assert next(resumed) == Reading(read, end_of(stopped).prompt_tokens)


def test_stop_while_writing_keeps_what_was_written(engine: LocalChatEngine, ask: Ask) -> None:
    text = ""
    for event in engine.generate(ask(asked("Write a long story about a fox."), LONG)):
        if isinstance(event, TextDelta):
            text += event.text
            engine.stop()
    assert event.reason is FinishReason.STOPPED
    assert text
    assert 0 < event.answer_tokens < 60


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes differently")
def test_kill_mid_answer_fails_one_turn_and_the_next_works(engine: LocalChatEngine, ask: Ask) -> None:
    turn = engine.generate(ask(asked("Write a long story about a fox."), LONG))
    assert any(isinstance(event, TextDelta) for event in turn)  # reads up to the first text
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    with pytest.raises(EngineCrashed):
        list(turn)
    assert "Paris" in text_of(list(engine.generate(ask(asked(CAPITAL)))))


def test_oldest_turns_are_left_out_and_named_and_the_cut_stays(engine: LocalChatEngine, ask: Ask) -> None:
    filler = "The harbour was calm and the boats came home. " * 8
    texts = [part for number in range(6) for part in (f"Question {number}: {filler}", f"Answer {number}.")]
    request = ask(asked(*texts, CAPITAL), context=512)
    first = list(engine.generate(request))
    omitted = end_of(first).omitted
    assert omitted
    assert 0 not in omitted  # the system text
    assert omitted == tuple(range(1, 1 + len(omitted)))
    assert len(omitted) % 2 == 0
    assert len(asked(*texts, CAPITAL)) - 1 not in omitted
    assert "Paris" in text_of(first)
    again = list(engine.generate(ask(asked(*texts, CAPITAL, text_of(first), "And of Spain?"), context=512)))
    assert end_of(again).omitted == omitted
    assert end_of(again).reused_tokens >= end_of(first).prompt_tokens


def test_message_that_alone_is_too_long_is_told(engine: LocalChatEngine, ask: Ask) -> None:
    with pytest.raises(PromptTooLong) as caught:
        list(engine.generate(ask(asked("word " * 900), context=512)))
    assert caught.value.fields["tokens"] > caught.value.fields["available"]  # type: ignore[operator]


def test_full_window_ends_the_answer_and_keeps_it(engine: LocalChatEngine, tiny: Path) -> None:
    options = SamplingOptions(temperature=1.0, seed=3, grammar="root ::= [a-z] root")
    request = GenerateRequest(tiny, asked("tell"), LoadOptions(context=512, threads=1), options)
    events = list(engine.generate(request))
    assert end_of(events).reason is FinishReason.CONTEXT
    assert len(text_of(events)) == end_of(events).answer_tokens > 200


def test_json_schema_gives_valid_json(engine: LocalChatEngine, ask: Ask) -> None:
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 12}, "big": {"type": "boolean"}},
        "required": ["city", "big"],
        "additionalProperties": False,
    }
    options = SamplingOptions(temperature=0.0, max_tokens=120, json_schema=json.dumps(schema))
    answer = json.loads(text_of(list(engine.generate(ask(asked("Describe Paris as JSON."), options)))))
    assert set(answer) == {"city", "big"}
    assert isinstance(answer["big"], bool)


@pytest.mark.parametrize(
    "options",
    [
        SamplingOptions(grammar="root ::= ("),
        SamplingOptions(json_schema="{"),
        SamplingOptions(json_schema='{"$ref":"http://x/y"}'),
    ],
    ids=["gbnf", "json", "remote"],
)
def test_bad_answer_format_is_told_and_the_process_stays(
    engine: LocalChatEngine, tiny: Path, options: SamplingOptions
) -> None:
    with pytest.raises(GrammarInvalid):
        list(engine.generate(GenerateRequest(tiny, asked("hi"), LoadOptions(context=512), options)))
    assert engine.pid is not None


def test_seed_reproduces_an_answer(engine: LocalChatEngine, tiny: Path) -> None:
    def babble(seed: int) -> str:
        options = SamplingOptions(temperature=1.5, seed=seed, max_tokens=20)
        return all_text_of(list(engine.generate(GenerateRequest(tiny, asked("hi"), LoadOptions(context=512), options))))

    first = babble(1)
    assert babble(1) == first
    assert babble(2) != first


@pytest.mark.parametrize("kind", list(KvType))
def test_every_kv_type_loads_and_answers(engine: LocalChatEngine, ask: Ask, kind: KvType) -> None:
    request = ask(asked(CAPITAL), SamplingOptions(temperature=0.0, max_tokens=4), kv_type=kind)
    assert end_of(list(engine.generate(request))).answer_tokens == 4


def test_other_options_load_the_model_anew(engine: LocalChatEngine, tiny: Path) -> None:
    options = SamplingOptions(max_tokens=1)
    contexts = [
        event.context
        for size in (512, 1024)
        for event in engine.generate(GenerateRequest(tiny, asked("hi"), LoadOptions(context=size), options))
        if isinstance(event, Loaded)
    ]
    assert contexts == [512, 1024]


def test_file_that_only_llama_cpp_can_refuse_is_told(engine: LocalChatEngine, tmp_path: Path, tiny: Path) -> None:
    data = tiny.read_bytes().replace(b"blk.1.attn_q.weight", b"blk.1.attn_x.weight")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(data)
    with pytest.raises(ModelDamaged, match=r"broken\.gguf"):
        list(engine.generate(GenerateRequest(broken, asked("hi"))))


def test_first_text_arrives_alone_and_the_rest_in_batches(engine: LocalChatEngine, tiny: Path) -> None:
    options = SamplingOptions(temperature=1.0, seed=5, max_tokens=300, grammar="root ::= [a-z] root")
    events = list(engine.generate(GenerateRequest(tiny, asked("hi"), LoadOptions(context=1024), options)))
    texts = [event.text for event in events if isinstance(event, TextDelta)]
    assert len(texts[0]) == 1
    assert len(texts) < 150


def test_describe_names_the_engine_and_its_limits(engine: LocalChatEngine) -> None:
    rows = dict(engine.describe())
    assert rows["llama.cpp"].startswith("llama-cpp-python ")
    assert "CPU" in rows["Devices"]
    assert "Network of the model process" in rows


def test_thoughts_of_earlier_answers_are_not_sent_back(engine: LocalChatEngine, ask: Ask) -> None:
    from desktop.core.messages import TextPart, ThoughtPart

    thinking = Message(Role.ASSISTANT, (ThoughtPart("secret plan " * 50), TextPart("Paris.")))
    plain = Message.of(Role.ASSISTANT, "Paris.")
    head, tail = asked(CAPITAL), (Message.of(Role.USER, "And of Spain?"),)
    options = SamplingOptions(max_tokens=1)
    sizes = [
        end_of(list(engine.generate(ask((*head, one, *tail), options)))).prompt_tokens for one in (thinking, plain)
    ]
    assert sizes[0] == sizes[1]
