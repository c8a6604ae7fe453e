"""Which words of a growing sound stay, and which may still change: with a scripted ear and a real detector."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.speech import Said
from desktop.engine.worker.ear import Spoken
from desktop.engine.worker.live import LONGEST, Live
from desktop.reader.client import LocalMediaReader
from tests.engine.test_speech import CLIP


@pytest.fixture(scope="module")
def speech() -> bytes:
    """Two seconds amid the sentence: speech from the first sample to the last."""
    reader = LocalMediaReader()
    with CLIP.open("rb") as file:
        found = list(reader.sound(Source(file, CLIP.name), SoundWish(1.0, 3.0)))
    reader.close()
    return b"".join(one.samples for one in found if isinstance(one, SoundBlock))


def words(text: str) -> list[Spoken]:
    return [Spoken(f" {one}", (number,)) for number, one in enumerate(text.split())]


@dataclass
class Script:
    """An ear that finds what it is told to."""

    decode: Callable[[np.ndarray], Sequence[Spoken] | None]
    language: str = "en"

    def ends(self, words: Sequence[Spoken]) -> list[float]:
        return [0.4 * (at + 1) for at in range(len(words))]


def heard(speech: bytes, *looks: Sequence[Spoken] | None, language: str = "en") -> list[Said]:
    """What each look adds, with as many seconds as there are looks."""
    script = iter(looks)
    live = Live(Script(lambda _: next(script), language), lambda: 0.0)
    return [said for _ in looks for said in live.hear(speech)]


def test_what_two_looks_agree_on_stays(speech: bytes) -> None:
    assert heard(speech, words("the cat"), words("the cap sat"), words("the cap sat down")) == [
        Said("", " the cat"),
        Said(" the", " cap sat"),
        Said(" cap sat", " down"),
    ]


def test_signs_and_capitals_are_no_disagreement(speech: bytes) -> None:
    assert heard(speech, words("the end."), words("The end, then"))[-1] == Said(" The end,", " then")


def test_the_last_word_may_change_until_another_follows(speech: bytes) -> None:
    assert heard(speech, words("take two"), words("take two"))[-1] == Said(" take", " two")


def test_a_word_that_is_found_later_is_neither_lost_nor_repeated(speech: bytes) -> None:
    late, early = words("take two pills"), words("please take two pills daily")
    said = heard(speech, late, late, early, early)
    assert "".join(one.words for one in said) == " take two pills"


def test_a_word_that_is_heard_otherwise_later_is_passed_over_by_its_place(speech: bytes) -> None:
    then = words("one too three four")
    said = heard(speech, words("one two more"), words("one two more"), then, then)
    assert "".join(one.words for one in said) == " one two three"


def test_nothing_stays_before_the_language_is_sure(speech: bytes) -> None:
    same = words("the cat sat")
    assert {one.words for one in heard(speech, same, same, same, language="")} == {""}


def test_a_look_that_cannot_be_trusted_changes_nothing(speech: bytes) -> None:
    assert heard(speech, words("the cat sat"), None)[-1] == Said(" the cat", " sat")


def test_a_look_that_cost_much_is_followed_by_a_longer_wait(speech: bytes) -> None:
    clock, looks = [0.0], [0]

    def decode(_: np.ndarray) -> Sequence[Spoken]:
        clock[0] += 2.0
        looks[0] += 1
        return words("a b c")

    live = Live(Script(decode), lambda: clock[0])
    for _ in range(4):
        list(live.hear(speech))
    assert looks[0] == 2


def test_speech_without_a_pause_settles_before_it_grows_too_long(speech: bytes) -> None:
    sizes: list[int] = []

    def decode(sound: np.ndarray) -> Sequence[Spoken]:
        sizes.append(len(sound))
        return words(f"a{len(sizes)} b c")

    live = Live(Script(decode), lambda: 0.0)
    said = [one for _ in range(40) for one in live.hear(speech)]
    assert max(sizes) < LONGEST + 3 * SAMPLE_RATE
    assert any(one.words for one in said)


def test_nothing_is_heard_in_silence() -> None:
    live = Live(Script(lambda _: pytest.fail("it listened to silence")))
    assert list(live.hear(bytes(SAMPLE_RATE * 4 * 3))) == []
    assert len(live.sound) == SAMPLE_RATE // 2
    assert list(live.end()) == []
