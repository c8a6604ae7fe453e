"""Conversations whose questions are about something far back, and batches that stand for a hundred thousand tokens.

A row has some hundred tokens of filler. Its keys count in full attention as if each stood there many times (the
logarithm of how many is added to their logits), and positions jump as far as these copies would reach. So the
question learns to find the one picture among a hundred thousand keys, at the price of a short row.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from tests.models.train import words
from tests.models.train.batches import Encoder
from tests.models.train.data import Random, one_of, picture, sound
from tests.models.train.mixes import grid
from tests.models.train.talks import (
    AUDIO,
    FILLED,
    IMAGE,
    Talk,
    Turn,
    capital,
    fixed,
    picture_turns,
    sound_turns,
    with_media,
)  # fmt: skip

FEWEST, MOST = 300, 150_000
"""How many tokens of filler a row stands for."""
READ = "Thank you."
ROWS = 8
KINDS = ("picture", "sound", "secret", "name")


def filler(random: Random, sentences: int) -> str:
    """Write sentences that no question is about, marked as such."""
    joint = one_of(random, (" ", " ", "\n"))
    return FILLED + joint.join(one_of(random, words.FILLER) for _ in range(sentences)) + FILLED


def talks(random: Random) -> list[Talk]:
    """Make conversations whose media are of one size, and whose fillers are about equally long."""
    size, seconds = grid(random, 6), float(random.uniform(0.9, 2.2))
    sentences = int(random.integers(20, 70))
    return [_talk(random, size, seconds, sentences) for _ in range(ROWS)]


def _talk(random: Random, size: tuple[int, int], seconds: float, sentences: int) -> Talk:
    count = int(random.choice([1, 2, 2, 3]))
    chosen = [KINDS[at] for at in random.choice(4, count, replace=False, p=[0.4, 0.36, 0.16, 0.08])]
    talk = Talk([])
    open_questions: list[Turn] = []
    share = sentences // count
    for kind in chosen:
        turns = _turns(random, kind, size, seconds, talk)
        open_questions += _begin(random, kind, turns, talk, share)
    order = random.permutation(len(open_questions))[: random.integers(1, 4)]
    if random.random() < 0.3:
        talk.turns.append(one_of(random, (fixed, capital))(random))  # type: ignore[arg-type]
    talk.turns += [open_questions[at] for at in order]
    return talk


def _turns(random: Random, kind: str, size: tuple[int, int], seconds: float, talk: Talk) -> list[Turn]:
    """Return a statement or a mark for the thing in front, then what can be asked of it."""
    if kind == "picture":
        one = picture(random, size)
        talk.pictures.append(one)
        return [Turn(IMAGE, READ, ""), *picture_turns(random, one)]
    if kind == "sound":
        heard = sound(random, seconds)
        talk.sounds.append(heard)
        return [Turn(AUDIO, READ, ""), *sound_turns(random, heard)]
    if kind == "secret":
        word = one_of(random, words.WORDS)
        return [Turn(f"The secret word is {word}.", READ, ""), Turn(words.ASK_SECRET, word, words.THOUGHTS["secret"])]
    name = one_of(random, words.NAMES)
    return [Turn(f"My name is {name}.", f"Hello {name}!", ""), Turn(words.ASK_NAME, name, words.THOUGHTS["name"])]


def _begin(random: Random, kind: str, turns: list[Turn], talk: Talk, sentences: int) -> list[Turn]:
    """Show or say the thing and let filler follow; return what may be asked at the end."""
    first, *asked = turns
    text = filler(random, sentences)
    if kind in {"picture", "sound"} and random.random() < 0.6:
        mark = first.question
        at_once = [Turn(one.question, one.answer, one.thought) for one in asked[: random.integers(1, 3)]]
        talk.turns += [*with_media(random, at_once, mark, 1), Turn(text, READ, "")]
    elif kind == "name" or random.random() < 0.3:
        talk.turns += [first, Turn(text, READ, "")]
    else:
        gap = one_of(random, ("\n", " "))
        talk.turns.append(Turn(f"{first.question}{gap}{text}", READ, ""))
    return asked


def batch(encoder: Encoder, random: Random, given: Sequence[Talk]) -> dict[str, Any]:
    """Put conversations side by side, with masks and positions as if their fillers were many times as long."""
    made = encoder.batch(random, given)
    ids: Tensor = made["input_ids"]
    filled: Tensor = made.pop("filled")
    weights, positions = torch.ones(ids.shape), torch.arange(ids.shape[1]).repeat(len(ids), 1)
    for row in range(len(ids)):
        own = int(filled[row].sum())
        wanted = float(np.exp(random.uniform(np.log(FEWEST), np.log(MOST))))
        if wanted <= own:
            continue
        times = wanted / own
        weights[row, filled[row]] = times
        for begin, end in _stretches(filled[row]):
            jump = max(int((end - begin) * (times - 1)), 600)
            positions[row, int(random.integers(begin + (end - begin) // 3, end - 20)) :] += jump
    window = 512
    earlier = torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool).tril()
    pictured = made["mm_token_type_ids"] == 1
    block = torch.where(pictured, (pictured & ~pictured.roll(1, 1)).cumsum(1), 0)
    together = (block[:, :, None] == block[:, None, :]) & pictured[:, :, None]
    near = (positions[:, :, None] - positions[:, None, :]).abs() < window
    full = torch.where(earlier, weights.log()[:, None, None, :], float("-inf"))
    made["attention_mask"] = {"full_attention": full, "sliding_attention": (near & (earlier | together))[:, None]}
    made["position_ids"] = positions
    return made


def _stretches(filled: Tensor) -> list[tuple[int, int]]:
    """Where filler begins and ends."""
    edges = torch.diff(filled.int(), prepend=torch.zeros(1), append=torch.zeros(1)).nonzero().flatten().tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
