"""The parts of the worker on real llama.cpp, in this process: vocabulary, KV cache, characters."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.child import StopFlag, new_flag
from desktop.core.generation import KvType
from desktop.engine.fit import Plan
from desktop.engine.worker import library
from desktop.engine.worker.context import Context
from desktop.engine.worker.detokenize import Utf8Assembler
from desktop.engine.worker.llama import Llama, open_model
from desktop.engine.worker.template import ChatTemplate
from desktop.engine.worker.vocabulary import Vocabulary

Open = Callable[..., Llama]


@pytest.fixture(scope="module")
def flag() -> StopFlag:
    return new_flag()


@pytest.fixture
def opened(flag: StopFlag) -> Iterator[Open]:
    models: list[Llama] = []

    def open_it(path: Path, *, full_window: bool = True) -> Llama:
        plan = Plan(2048, KvType.F16, 1, 0, full_window)
        models.append(open_model(str(path), path.name, plan, flag, lambda: None))
        return models[-1]

    yield open_it
    for model in models:
        model.free()


@pytest.fixture(scope="module")
def vocabularies(starter_model: Path, tiny: Path, flag: StopFlag) -> Iterator[list[Vocabulary]]:
    plan = Plan(512, KvType.F16, 1, 0, full_window=True)
    models = [open_model(str(path), path.name, plan, flag, lambda: None) for path in (starter_model, tiny)]
    yield [Vocabulary(model.vocabulary) for model in models]
    for model in models:
        model.free()


LITERALS = st.sampled_from(
    ["<|im_start|>", "<|im_end|>", "<|tool_call>", "<think>", "</think>", "<s>", "</s>", "<unk>", "<|", "|>", "<", ">"]
)
HOSTILE = st.lists(LITERALS | st.text(max_size=5), max_size=12).map("".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_no_steering_token_comes_from_what_people_write(vocabularies: list[Vocabulary], text: str) -> None:
    for vocabulary in vocabularies:
        tokens = [
            token for piece in vocabulary.guard(text).split(vocabulary.marker) for token in vocabulary.tokenize(piece)
        ]
        assert not set(tokens) & set(vocabulary.steering)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_hostile_text_adds_no_turn_to_a_prompt(vocabularies: list[Vocabulary], text: str) -> None:
    for vocabulary in vocabularies:
        template = ChatTemplate("", "model.gguf", bos="", eos="")

        def steering(
            question: str, vocabulary: Vocabulary = vocabulary, template: ChatTemplate = template
        ) -> list[int]:
            turn = {"role": "user", "content": vocabulary.guard(question)}
            tokens = vocabulary.tokenize_prompt(template.render([turn]))
            return [token for token in tokens if token in vocabulary.steering]

        assert steering(text) == steering("hello")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LITERALS | st.text("aé <|>\n", max_size=5), max_size=12).map("".join))
def test_letters_of_hostile_text_are_kept(vocabularies: list[Vocabulary], text: str) -> None:
    vocabulary = vocabularies[0]
    pieces = vocabulary.guard(text).split(vocabulary.marker)
    spelled = b"".join(vocabulary.piece(token) for piece in pieces for token in vocabulary.tokenize(piece))
    assert spelled.decode("utf-8") == text


def test_template_still_speaks_in_steering_tokens(vocabularies: list[Vocabulary]) -> None:
    vocabulary = vocabularies[0]
    turn = {"role": "user", "content": vocabulary.guard("hello")}
    prompt = ChatTemplate("", "model.gguf", bos="", eos="").render([turn])
    tokens = vocabulary.tokenize_prompt(prompt)
    assert [vocabulary.steering[token] for token in tokens if token in vocabulary.steering] == [
        "<|im_start|>",
        "<|im_end|>",
        "<|im_start|>",
    ]


# Batches of other sizes round differently: up to 0.03 here. Cells that were lost and not noticed give 5.
def logits(llama: Llama) -> list[float]:
    return library.load().llama_get_logits_ith(llama.context, -1)[: llama.n_vocab]


def read(context: Context, llama: Llama, prompt: list[int]) -> tuple[int, list[float]]:
    reused = context.reuse(prompt)
    context.read(prompt, lambda _: None)
    return reused, logits(llama)


PROMPT = [1, *(10 + number * 7 % 240 for number in range(400))]


@pytest.mark.parametrize("keep", [1, 150, 399])
@pytest.mark.parametrize("full_window", [True, False])
def test_any_rewind_gives_the_logits_of_a_fresh_reading(
    opened: Open, flag: StopFlag, tiny_windowed: Path, keep: int, full_window: bool
) -> None:
    edited = [*PROMPT[:keep], *(20 + number * 3 % 200 for number in range(60))]
    fresh = opened(tiny_windowed)
    _, expected = read(Context(fresh, flag), fresh, edited)
    llama = opened(tiny_windowed, full_window=full_window)
    context = Context(llama, flag)
    read(context, llama, PROMPT + PROMPT[1:] * 3)
    reused, found = read(context, llama, edited)
    assert reused in ((keep,) if full_window else (0, keep))
    assert found == pytest.approx(expected, abs=0.1)


def test_window_that_is_gone_is_read_again(opened: Open, flag: StopFlag, tiny_windowed: Path) -> None:
    llama = opened(tiny_windowed, full_window=False)
    context = Context(llama, flag)
    read(context, llama, PROMPT + PROMPT[1:] * 3)
    assert context.reuse([*PROMPT[:100], 42]) == 0


def test_same_prompt_again_reads_one_token(opened: Open, flag: StopFlag, tiny: Path) -> None:
    llama = opened(tiny)
    context = Context(llama, flag)
    _, first = read(context, llama, PROMPT)
    reused, again = read(context, llama, PROMPT)
    assert reused == len(PROMPT) - 1
    assert again == pytest.approx(first, abs=0.1)


def test_characters_come_whole() -> None:
    assembler = Utf8Assembler()
    data = "naïve – 日本 🦊".encode()
    assert "".join(assembler.feed(data[index : index + 1]) for index in range(len(data))) == "naïve – 日本 🦊"
    assert assembler.feed(b"\xf0\x9f") == ""
    assert Utf8Assembler().feed(b"a\xffb") == "a\ufffdb"


def test_a_short_aside_is_taken_back_even_in_a_narrow_window(opened: Open, flag: StopFlag, tiny_windowed: Path) -> None:
    llama = opened(tiny_windowed, full_window=False)
    context = Context(llama, flag)
    conversation = PROMPT + PROMPT[1:]
    read(context, llama, conversation)
    read(context, llama, [*conversation, *(20 + number * 3 % 200 for number in range(60))])
    for token in range(30):
        context.advance(30 + token)
    assert context.reuse([*conversation, 99, 98]) == len(conversation)
