"""Trains the tiny model, stage by stage: `python -m tests.models.train.stages --sources LLAMA_CPP --work FOLDER`.

Copying comes first and alone, and the towers learn alone with linear heads before the language model looks through
them: each of these orders was a plateau when it was another way round.
"""

import argparse
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import Gemma4ForConditionalGeneration

from tests.models.train import far, mixes, vocabulary, words
from tests.models.train.batches import IGNORED, Encoder, sight
from tests.models.train.data import Random, picture, sound
from tests.models.train.model import fresh, save, whiten_hearing, whiten_sight

SEED = 20260402
TOWERS = 0.3
"""The share of the rate for towers that have already learnt alone."""
log = logging.getLogger("train")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the training: how long, how fast and with what."""

    name: str
    steps: int
    rate: float
    mix: Sequence[tuple[str, int, float]]
    """Kinds of conversations, how large their media are, and how often they come."""
    thinking: float = 0.0
    last: float = 0.3
    """The share of the rate that is left at the end."""


STAGES = (
    Stage("copying", 500, 3e-3, [("copies", 1, 1.0)]),
    Stage("words", 700, 3e-3, [("copies", 3, 0.4), ("texts", 0, 0.35), ("tools", 0, 0.25)]),
    Stage(
        "senses", 1200, 2.5e-3,
        [("pictures", 5, 0.3), ("sounds", 2, 0.17), ("clips", 4, 0.33), ("texts", 0, 0.1), ("tools", 0, 0.1)],
    ),
    Stage(
        "all", 1200, 2e-3,
        [("pictures", 8, 0.2), ("pictures", 275, 0.04), ("sounds", 3, 0.14), ("clips", 5, 0.3), ("clips", 9, 0.06),
         ("texts", 0, 0.14), ("tools", 0, 0.12)],
        thinking=0.15, last=0.0,
    ),
    Stage(
        "long", 600, 1.2e-3,
        [("far", 0, 0.5), ("pictures", 8, 0.1), ("pictures", 275, 0.03), ("sounds", 3, 0.07), ("clips", 5, 0.12),
         ("clips", 9, 0.04), ("texts", 0, 0.08), ("tools", 0, 0.06)],
        thinking=0.1, last=0.0,
    ),
    Stage(
        "again", 250, 8e-4,
        [("far", 0, 0.3), ("pictures", 8, 0.1), ("pictures", 275, 0.04), ("sounds", 3, 0.05), ("clips", 5, 0.22),
         ("clips", 9, 0.17), ("texts", 0, 0.07), ("tools", 0, 0.05)],
        thinking=0.1, last=0.0,
    ),
    Stage(
        "upright", 160, 7e-4,
        [("upright", 70, 0.35), ("clips", 9, 0.15), ("clips", 5, 0.05), ("far", 0, 0.25), ("pictures", 8, 0.1),
         ("sounds", 3, 0.03), ("texts", 0, 0.04), ("tools", 0, 0.03)],
        thinking=0.1, last=0.0,
    ),
)  # fmt: skip
"""The last three teach to find what lies a hundred thousand tokens back, and keep up the rest."""


def prepare(sources: Path, folder: Path) -> None:
    """Write the vocabulary, once."""
    if not (folder / "tokenizer.json").exists():
        template = (sources / "models/templates/google-gemma-4-31B-it.jinja").read_text("utf-8")
        full = vocabulary.Full(sources / "models/ggml-vocab-gemma-4.gguf")
        vocabulary.write(full, mixes.corpus(np.random.default_rng(SEED)), template, folder)


def loss_of(model: Gemma4ForConditionalGeneration, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean loss over the answers; logits are made for these only."""
    wanted = batch.pop("labels")[:, 1:]
    hidden = model.model(**batch, use_cache=False).last_hidden_state[:, :-1]
    learnt = wanted != IGNORED
    logits = model.lm_head(hidden[learnt])
    cap = model.config.text_config.final_logit_softcapping
    return functional.cross_entropy(cap * torch.tanh(logits / cap), wanted[learnt])


def schedule(step: int, steps: int, last: float) -> float:
    """Warm up over 30 steps, then fall in a line to `last`."""
    return min(1.0, (step + 1) / 30) * (1 - (1 - last) * step / steps)


def optimizer(*groups: tuple[Iterable[nn.Parameter], float]) -> torch.optim.AdamW:
    """Adam over groups of parameters, each with its share of the rate."""
    given = [{"params": list(parameters), "share": share} for parameters, share in groups]
    return torch.optim.AdamW(given, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)


def step_with(adam: torch.optim.AdamW, loss: Tensor, rate: float) -> None:
    """Make one step at a rate."""
    for group in adam.param_groups:
        group["lr"] = rate * group["share"]
    adam.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_([one for group in adam.param_groups for one in group["params"]], 1.0)
    adam.step()


def _batch(encoder: Encoder, random: Random, stage: Stage, kind: str, most: int) -> dict[str, Tensor]:
    if kind == "far":
        return far.batch(encoder, random, [mixes.dressed(random, talk, 0.0) for talk in far.talks(random)])
    return encoder.batch(random, mixes.talks(random, kind, most, stage.thinking))


def train(model: Gemma4ForConditionalGeneration, encoder: Encoder, stage: Stage, random: Random) -> None:
    """Run one stage with the whole model."""
    towers = {id(one) for part in (model.model.vision_tower, model.model.audio_tower) for one in part.parameters()}
    adam = optimizer(
        ((one for one in model.parameters() if id(one) not in towers), 1.0),
        ((one for one in model.parameters() if id(one) in towers), TOWERS),
    )
    chances = np.array([share for *_, share in stage.mix])
    seen: dict[str, list[float]] = defaultdict(list)
    begun = time.monotonic()
    for step in range(stage.steps):
        kind, most, _ = stage.mix[random.choice(len(chances), p=chances / chances.sum())]
        batch = _batch(encoder, random, stage, kind, most)
        loss = loss_of(model, batch)
        step_with(adam, loss, stage.rate * schedule(step, stage.steps, stage.last))
        seen[f"{kind} {most}"].append(float(loss.detach()))
        if (step + 1) % 50 == 0:
            means = ", ".join(f"{name} {np.mean(losses[-30:]):.3f}" for name, losses in sorted(seen.items()))
            log.info("%s %d, %.0f s: %s", stage.name, step + 1, time.monotonic() - begun, means)


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else IGNORED


def train_sight(model: Gemma4ForConditionalGeneration, random: Random, steps: int, rate: float = 3e-3) -> None:
    """Teach the vision tower alone, with linear heads on the mean of what it hands on."""
    colours = tuple(words.COLOURS)
    sizes = {"colour": len(colours), "shape": 3, "place": 5, "x": 1, "y": 1}
    heads = nn.ModuleDict({name: nn.Linear(128, size) for name, size in sizes.items()})
    tower, door = model.model.vision_tower, model.model.embed_vision
    adam = optimizer(([*tower.parameters(), *door.parameters(), *heads.parameters()], 1.0))
    hits: dict[str, list[float]] = defaultdict(list)
    begun = time.monotonic()
    for step in range(steps):
        most = 4 if step < steps // 3 else 6 if step < 2 * steps // 3 else 9
        size = mixes.grid(random, most)
        ones = [picture(random, size) for _ in range(mixes.some(32, size[0] * size[1] // 2304))]
        pixels, places = sight([one.pixels for one in ones])
        if step % 200 == 0 and step <= steps // 2:
            whiten_sight(model, pixels, places)
        soft = door(tower(pixel_values=pixels, pixel_position_ids=places).last_hidden_state)
        mean = soft.reshape(len(ones), -1, soft.shape[-1]).mean(1)
        shaped = torch.tensor([bool(one.shape) for one in ones])
        loss = torch.zeros(())
        for name, names in {"colour": colours, "shape": words.SHAPES, "place": words.PLACES}.items():
            wanted = torch.tensor([_index(names, getattr(one, name)) for one in ones])
            if (wanted != IGNORED).any():
                guessed = heads[name](mean)
                loss = loss + functional.cross_entropy(guessed, wanted, ignore_index=IGNORED)
                hits[name].append(float((guessed.argmax(1) == wanted)[wanted != IGNORED].float().mean()))
        for axis, name in enumerate("xy"):
            off = (heads[name](mean)[:, 0] - torch.tensor([one.centre[axis] for one in ones]))[shaped].float()
            loss = loss + 10 * (off**2).mean()
            hits[name].append(float(off.detach().abs().mean()))
        step_with(adam, loss, rate * schedule(step, steps, 0.1))
        if (step + 1) % 100 == 0:
            means = ", ".join(f"{name} {np.mean(values[-30:]):.3f}" for name, values in hits.items())
            log.info("sight %d, %.0f s: %s", step + 1, time.monotonic() - begun, means)
    whiten_sight(model, *sight([picture(random, (240, 240)).pixels for _ in range(64)]))


def train_hearing(
    model: Gemma4ForConditionalGeneration, encoder: Encoder, random: Random, steps: int, rate: float = 2e-3
) -> None:
    """Teach the audio tower alone, likewise."""
    kinds = ("high", "low", "rise", "fall", "beeps", "noise", "silence")
    heads = nn.ModuleDict({"kind": nn.Linear(128, len(kinds)), "count": nn.Linear(128, 4)})
    tower, door = model.model.audio_tower, model.model.embed_audio
    adam = optimizer(([*tower.parameters(), *door.parameters(), *heads.parameters()], 1.0))
    hits: dict[str, list[float]] = defaultdict(list)
    begun = time.monotonic()
    for step in range(steps):
        seconds = float(random.uniform(0.9, 2))
        ones = [sound(random, seconds) for _ in range(16)]
        features, mask = encoder.sound([one.samples for one in ones])
        if step % 100 == 0 and step <= steps // 2:
            whiten_hearing(model, features, mask)
        mean = door(tower(features, mask).last_hidden_state).mean(1)
        loss = torch.zeros(())
        wanted = {
            "kind": torch.tensor([kinds.index(one.kind) for one in ones]),
            "count": torch.tensor([one.count - 1 if one.count else IGNORED for one in ones]),
        }
        for name, right in wanted.items():
            if (right != IGNORED).any():
                guessed = heads[name](mean)
                loss = loss + functional.cross_entropy(guessed, right, ignore_index=IGNORED)
                hits[name].append(float((guessed.argmax(1) == right)[right != IGNORED].float().mean()))
        step_with(adam, loss, rate * schedule(step, steps, 0.1))
        if (step + 1) % 50 == 0:
            means = ", ".join(f"{name} {np.mean(values[-30:]):.3f}" for name, values in hits.items())
            log.info("hearing %d, %.0f s: %s", step + 1, time.monotonic() - begun, means)
    whiten_hearing(model, *encoder.sound([sound(random, 1.5).samples for _ in range(64)]))


def main() -> None:
    """Train from the beginning, or go on after the last stage that is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="llama.cpp in the sdist of llama-cpp-python")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is kept between stages")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--until", help="the stage to stop after")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(asked.threads)
    prepare(asked.sources, asked.work / "tokenizer")
    encoder = Encoder(asked.work / "tokenizer")
    torch.manual_seed(SEED)
    model = fresh(len(encoder))
    log.info("%d tokens, %.2f M parameters", len(encoder), sum(one.numel() for one in model.parameters()) / 1e6)
    runs = {
        "sight": lambda random: train_sight(model, random, 1000),
        "hearing": lambda random: train_hearing(model, encoder, random, 260),
    } | {stage.name: lambda random, stage=stage: train(model, encoder, stage, random) for stage in STAGES}
    for number, (name, run) in enumerate(runs.items()):
        kept = asked.work / name
        if (kept / "model.pt").exists():
            model.load_state_dict(torch.load(kept / "model.pt"))
        else:
            torch.manual_seed(SEED + number)
            run(np.random.default_rng(SEED + number))
            save(model, kept)
            torch.save(model.state_dict(), kept / "model.pt")
        if name == asked.until:
            break


if __name__ == "__main__":
    main()
