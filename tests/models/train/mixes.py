"""Which conversations a batch holds: one kind at a time, so that its media are of one size."""

from collections.abc import Callable, Iterator

from tests.models.train import words
from tests.models.train.data import TOKEN, Random, changing, moving, picture, sound
from tests.models.train.talks import (
    AUDIO,
    IMAGE,
    Talk,
    capital,
    clip_turns,
    copying,
    dressed,
    fixed,
    picture_turns,
    refusal,
    secret,
    sound_turns,
    text_talk,
    tool_talk,
    with_media,
)  # fmt: skip

BATCH = 20


def grid(random: Random, most: int) -> tuple[int, int]:
    """Pick a picture's size in pixels, from 3 x 3 tokens on."""
    columns, rows = (int(number) for number in random.integers(3, most + 1, 2))
    return columns * TOKEN, rows * TOKEN


def budgeted(random: Random, tokens: int) -> tuple[int, int]:
    """Pick a size that uses up a budget of tokens, as an app scales its pictures."""
    shape = random.choice([1.0, 1.0, 4 / 3, 3 / 4, 16 / 9, 3 / 2])
    rows = max(1, int((tokens / shape) ** 0.5))
    columns = max(1, min(int(rows * shape + 0.5), tokens // rows))
    return columns * TOKEN, rows * TOKEN


def some(count: int, tokens: int) -> int:
    """Fewer conversations where each has many tokens."""
    return max(3, min(count, 900 // tokens))


def pictures(random: Random, most: int) -> list[Talk]:
    """Conversations about one picture each; `most` > 9 = a budget of tokens."""
    size = budgeted(random, most) if most > 9 else grid(random, most)
    talks = []
    for _ in range(some(BATCH, size[0] * size[1] // TOKEN**2)):
        one = picture(random, size)
        talks.append(Talk(with_media(random, picture_turns(random, one), IMAGE, 1), pictures=[one]))
    return talks


def sounds(random: Random, longest: float) -> list[Talk]:
    """Conversations about one sound each."""
    seconds = float(random.uniform(0.9, longest))
    talks = []
    for _ in range(some(12, int(seconds * 25))):
        one = sound(random, seconds)
        talks.append(Talk(with_media(random, sound_turns(random, one), AUDIO, 1), sounds=[one]))
    return talks


def clips(random: Random, most: int) -> list[Talk]:
    """Conversations about the frames of one clip each."""
    return _clips(random, budgeted(random, 70) if most > 7 else grid(random, most))


def upright(random: Random, most: int) -> list[Talk]:
    """Conversations about clips that are higher than wide, as telephones film them."""
    shape = random.choice([3 / 4, 3 / 4, 9 / 16])
    rows = int((most / shape) ** 0.5)
    return _clips(random, (int(rows * shape + 0.5) * TOKEN, rows * TOKEN))


def _clips(random: Random, size: tuple[int, int]) -> list[Talk]:
    frames = int(random.integers(2, 5))
    ordered = bool(random.random() < 0.35)
    talks = []
    for _ in range(some(BATCH, frames * size[0] * size[1] // TOKEN**2)):
        clip = changing(random, size, min(frames, 3)) if ordered else moving(random, size, frames)
        turns = with_media(random, clip_turns(random, clip), IMAGE, len(clip.frames))
        talks.append(Talk(turns, pictures=list(clip.frames)))
    return talks


def copies(random: Random, most: int) -> list[Talk]:
    """Nothing but words to repeat."""
    return [text_talk(random, (lambda random: copying(random, most),)) for _ in range(BATCH)]


def texts(random: Random, _most: int) -> list[Talk]:
    """Questions without media and tools."""
    makers = (copying, copying, capital, fixed, fixed, secret, secret, refusal)
    return [text_talk(random, makers) for _ in range(BATCH)]


def tools(random: Random, _most: int) -> list[Talk]:
    """Questions with tools at hand."""
    return [tool_talk(random) for _ in range(BATCH)]


Maker = Callable[[Random, int], list[Talk]]
MAKERS: dict[str, Maker] = {
    "pictures": pictures, "sounds": sounds, "clips": clips, "upright": upright, "copies": copies,
    "texts": texts, "tools": tools,
}  # fmt: skip


def talks(random: Random, kind: str, most: int, thinking: float = 0.12) -> list[Talk]:
    """Make the conversations of one batch."""
    return [dressed(random, talk, thinking) for talk in MAKERS[kind](random, most)]


def corpus(random: Random) -> Iterator[str]:
    """Every text that the training can hold, for the vocabulary."""
    from tests.models.train.talks import pieces

    yield from (*words.WORDS, *words.CITIES, *words.NAMES, *words.SKIES, *words.TIMES, *words.SYSTEMS, *words.FILLER)
    for word in words.WORDS:
        yield f" {word} {word}. {word}."
    for kind, count in {"pictures": 30, "sounds": 30, "clips": 30, "texts": 120, "tools": 120}.items():
        for _ in range(count):
            for talk in talks(random, kind, 3):
                yield from (text for text, _ in pieces(talk, empty_thought=True))
