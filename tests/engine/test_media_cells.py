"""Pictures in the KV cache of a real context: encoded once, decoded alike, taken back whole."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from desktop.core.child import StopFlag, new_flag
from desktop.core.errors import Cancelled
from desktop.core.generation import KvType
from desktop.engine.fit import Plan
from desktop.engine.wire import Shape
from desktop.engine.worker import library
from desktop.engine.worker.context import Context
from desktop.engine.worker.entries import Entry, Medium, length, size
from desktop.engine.worker.layout import Layout
from desktop.engine.worker.llama import Llama, open_model
from desktop.engine.worker.senses import Senses
from tests.engine.shown import BLUE, MODELS, RED, TRAINED, square

WORDS: list[Entry] = [2, *(300 + number * 7 % 2000 for number in range(60))]
MORE: list[Entry] = [400 + number * 11 % 2000 for number in range(40)]


@dataclass
class Eye:
    """A loaded model that sees, and how often it was given the bytes of a picture."""

    llama: Llama
    senses: Senses
    context: Context
    flag: StopFlag
    given: list[str] = field(default_factory=list)
    known: dict[str, bytes] = field(default_factory=dict)

    def show(self, colour: tuple[int, int, int]) -> tuple[Entry, ...]:
        one = square(colour)
        shape = Shape(hashlib.sha256(one.rgb).hexdigest(), one.width, one.height)
        self.known[shape.id] = one.rgb
        return self.senses.measure(shape)

    def read(self, prompt: list[Entry]) -> tuple[int, list[float]]:
        reused = self.context.reuse(prompt)
        self.context.read(prompt, lambda _: None)
        return reused, library.load().llama_get_logits_ith(self.llama.context, -1)[: self.llama.n_vocab]


@pytest.fixture(params=[True, False], ids=["whole window", "narrow window"])
def eye(request: pytest.FixtureRequest) -> Iterator[Eye]:
    flag = new_flag()
    encoder = str(MODELS / "mmproj-tiny-gemma4-e.gguf")
    plan = Plan(2048, KvType.F16, 1, 0, request.param, batch=1152, encoder=encoder)
    llama = open_model(str(TRAINED), TRAINED.name, plan, flag, lambda: None)

    def fetch(id_: str) -> bytes:
        made.given.append(id_)
        return made.known[id_]

    senses = Senses(plan, llama, flag, lambda _: None, fetch)
    made = Eye(llama, senses, Context(llama, flag, senses), flag)
    yield made
    llama.free()


def test_a_picture_is_asked_for_once_however_often_it_is_read(eye: Eye) -> None:
    prompt = [*WORDS, *eye.show(RED), *MORE]
    _, first = eye.read(prompt)
    eye.context.clear()
    reused, again = eye.read(prompt)
    assert reused == 0
    assert again == first
    assert len(eye.given) == 1


def test_what_comes_behind_a_picture_can_be_taken_back(eye: Eye) -> None:
    head = [*WORDS, *eye.show(RED)]
    _, expected = eye.read([*head, *MORE[:5], 77])
    eye.context.clear()
    eye.read([*head, *MORE])
    reused, found = eye.read([*head, *MORE[:5], 77])
    assert reused == size(head) + 5
    assert found == pytest.approx(expected, abs=0.1)


def test_another_picture_makes_all_behind_it_be_read_again(eye: Eye) -> None:
    _, expected = eye.read([*WORDS, *eye.show(BLUE), *MORE])
    eye.context.clear()
    eye.read([*WORDS, *eye.show(RED), *MORE])
    reused, found = eye.read([*WORDS, *eye.show(BLUE), *MORE])
    assert reused == len(WORDS) + 1  # and the token that begins a picture
    assert found == pytest.approx(expected, abs=0.1)


def test_a_stop_before_the_bytes_are_encoded_keeps_the_words(eye: Eye) -> None:
    prompt = [*WORDS, *eye.show(RED), *MORE]
    eye.context.reuse(prompt)
    with pytest.raises(Cancelled):
        eye.context.read(prompt, lambda _: eye.flag.__setitem__(0, 1))
    eye.flag[0] = 0
    assert 0 < eye.context.reuse(prompt) < size(prompt) - 40
    reused, _ = eye.read(prompt)
    assert reused > 0


def test_tokens_and_positions_of_a_medium_are_its_own() -> None:
    entries: list[Entry] = [1, Medium("a#0", 25, 5), 2]
    assert (size(entries), length(entries)) == (27, 7)


def marked(text: str) -> list[int]:
    return [ord(letter) for letter in text]


def test_marks_give_way_to_what_they_stand_for() -> None:
    layout = Layout()
    first, second = layout.place([1001]), layout.place([1002, 1003])
    assert layout.entries(f"a{first}b{second}", marked) == [97, 1001, 98, 1002, 1003]


@pytest.mark.parametrize("order", [(1, 0), (0, 0, 1), (0,), ()], ids=["turned", "twice", "lost", "all lost"])
def test_a_template_that_moves_a_picture_is_not_believed(order: tuple[int, ...]) -> None:
    layout = Layout()
    marks = [layout.place([1001]), layout.place([1002])]
    with pytest.raises(LookupError):
        layout.entries("".join(marks[number] for number in order), marked)


def test_a_mark_of_another_prompt_is_text() -> None:
    layout = Layout()
    assert layout.entries(Layout().place([1001]), marked)[0] == 0xE0F3
