"""Which words of a growing sound stay, and which may still change: with a scripted ear and a real detector."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.speech import Said, Word
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


def words(text: str, at: float = 0.0) -> list[Word]:
    return [Word(at + number, at + number + 1, f" {one}", 1.0) for number, one in enumerate(text.split())]


def heard(speech: bytes, *looks: Sequence[Word]) -> list[Said]:
    """What each look adds, with as many seconds as there are looks."""
    script: Iterator[Sequence[Word]] = iter(looks)
    live = Live(lambda _: next(script))
    return [said for _ in looks for said in live.hear(speech)]


def test_what_two_looks_agree_on_stays(speech: bytes) -> None:
    assert heard(speech, words("the cat"), words("the cap sat"), words("the cap sat down")) == [
        Said("", " the cat"),
        Said(" the", " cap sat"),
        Said(" cap sat", " down"),
    ]


def test_signs_and_capitals_are_no_disagreement(speech: bytes) -> None:
    assert heard(speech, words("the end."), words("The end, then"))[-1] == Said(" The end,", " then")


def test_a_word_whose_time_moves_is_neither_lost_nor_repeated(speech: bytes) -> None:
    late = [Word(0, 3.5, " take", 1), Word(3.5, 3.6, " two", 1), Word(3.6, 4, " pills", 1)]
    early = [Word(0, 0.5, " take", 1), Word(0.5, 0.6, " two", 1), Word(0.6, 1, " pills", 1)]
    said = heard(speech, late[:2], late[:2], early, early)
    assert "".join(one.words for one in said) == " take two pills"


def test_a_word_that_is_heard_otherwise_later_is_passed_over_by_its_time(speech: bytes) -> None:
    said = heard(speech, words("one two"), words("one two"), words("one too three"), words("one too three"))
    assert "".join(one.words for one in said) == " one two three"


def test_speech_without_a_pause_settles_before_it_grows_too_long(speech: bytes) -> None:
    sizes: list[int] = []

    def decode(sound: np.ndarray) -> Sequence[Word]:
        sizes.append(len(sound))
        return words(f"a{len(sizes)} b c")

    live = Live(decode)
    said = [one for _ in range(40) for one in live.hear(speech)]
    assert max(sizes) < LONGEST + 3 * SAMPLE_RATE
    assert any(one.words for one in said)


def test_nothing_is_heard_in_silence() -> None:
    live = Live(lambda _: pytest.fail("it listened to silence"))
    assert list(live.hear(bytes(SAMPLE_RATE * 4 * 3))) == []
    assert len(live.sound) == SAMPLE_RATE // 2
    assert list(live.end()) == []
