"""Asks the converted model inside llama.cpp about pictures, sounds and words that no training step drew.

Run with the project's own interpreter: `python -m tests.models.train.check MODEL.gguf ENCODER.gguf`.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jinja2 import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tests.models.asking import MARKER, Asked, Medium
from tests.models.train import words
from tests.models.train.data import Random, changing, high_or_low, moving, one_of, picture, shaped, sound
from tests.models.train.mixes import budgeted, grid
from tests.models.train.talks import (
    AUDIO,
    EMPTY_THOUGHT,
    IMAGE,
    TOOLS,
    Turn,
    capital,
    clip_turns,
    copying,
    fixed,
    picture_turns,
    secret,
    sound_turns,
    tool,
    tool_turn,
    with_media,
)  # fmt: skip

HELD_OUT = 777_000_001
EACH = 60
CONTEXT = 8192
SENTENCES = 600
"""Of filler before a question about what is far back: some 6,500 tokens."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what the model must answer to the letter, and what is counted."""

    task: str
    turn: Turn
    media: tuple[Medium, ...] = ()
    system: str = ""
    tools: tuple[str, ...] = ()
    thinking: bool = False
    before: tuple[Turn, ...] = ()


def prompt(template: Template, case: Case) -> str:
    """Write the prompt as the official template does."""
    messages: list[dict[str, object]] = [{"role": "system", "content": case.system}] if case.system else []
    for turn in case.before:
        messages += [{"role": "user", "content": _marked(turn)}, {"role": "assistant", "content": turn.answer}]
    messages.append({"role": "user", "content": _marked(case.turn)})
    if case.turn.result:
        name = case.turn.call.split(":")[1].split("{")[0]
        value = case.turn.call.split('<|"|>')[1]
        call = {"id": "1", "function": {"name": name, "arguments": {TOOLS[name][1]: value}}}
        messages.append({"role": "assistant", "content": "", "tool_calls": [call]})
        found = case.turn.result.split('<|"|>')[1]
        messages.append({"role": "tool", "tool_call_id": "1", "content": found})
    return template.render(
        messages=messages, tools=[tool(name, *TOOLS[name]) for name in case.tools], bos_token="<bos>",
        add_generation_prompt=True, enable_thinking=case.thinking,
    )  # fmt: skip


def _marked(turn: Turn) -> str:
    return turn.question.replace(IMAGE, MARKER).replace(AUDIO, MARKER)


def wanted(case: Case) -> str:
    """Return what the model must say."""
    thought = f"<|channel>thought\n{case.turn.thought}\n<channel|>" if case.thinking else ""
    if case.turn.call and not case.turn.result:
        return f"{thought}<|tool_call>{case.turn.call}<tool_call|>"
    return thought + case.turn.answer


def pictures(random: Random) -> Iterator[Case]:
    """One question each about a picture of up to 81 tokens, and about one of a budget of 280."""
    names = {
        words.ASK_COLOUR: "colour", words.ASK_SHAPE: "shape", words.ASK_PLACE: "place", words.ASK_PICTURE: "picture",
    }  # fmt: skip
    for size, count, suffix in ((0, EACH * 2, ""), (280, EACH // 2, ", 280 tokens"), (70, EACH // 2, ", 70 tokens")):
        for _ in range(count):
            one = picture(random, budgeted(random, size) if size else grid(random, 9))
            for turn in picture_turns(random, one):
                task = names[turn.question]
                yield Case(task + suffix, *_media(random, turn, IMAGE, one.pixels), system=_system(random))


def _media(random: Random, turn: Turn, mark: str, *media: Medium) -> tuple[Turn, tuple[Medium, ...]]:
    return with_media(random, [turn], mark, len(media))[0], media


def _system(random: Random) -> str:
    return words.SYSTEMS[0] if random.random() < 0.7 else ""


def sounds(random: Random) -> Iterator[Case]:
    """Questions about sounds of one to three seconds."""
    for _ in range(EACH * 4):
        one = sound(random, float(random.uniform(0.9, 3)))
        for turn in sound_turns(random, one):
            silent = "silence: " if one.kind == "silence" else ""
            task = {words.ASK_TONE: "tone high or low", words.ASK_SOUND: "kind of sound"}.get(
                turn.question, turn.question
            )
            yield Case(silent + task, *_media(random, turn, AUDIO, one.samples), system=_system(random))


def clips(random: Random) -> Iterator[Case]:
    """Questions about two to four frames."""
    for index in range(EACH * 4):
        size = budgeted(random, 70) if index % 3 == 0 else grid(random, 6)
        clip = moving(random, size, int(random.integers(2, 5)))
        for turn in clip_turns(random, clip):
            pair = "up/down" if clip.way in {"up", "down"} else "left/right"
            task = f"motion {pair}" if turn.question == words.ASK_WAY else f"clip: {turn.question}"
            yield Case(task, *_media(random, turn, IMAGE, *[frame.pixels for frame in clip.frames]))
    for index in range(EACH):
        clip = changing(random, grid(random, 6), 2 + index % 2)
        turn = clip_turns(random, clip)[0]
        task = f"order of {len(clip.frames)} frames"
        yield Case(task, *_media(random, turn, IMAGE, *[frame.pixels for frame in clip.frames]))


def texts(random: Random) -> Iterator[Case]:
    """Questions without media."""
    makers: dict[str, Callable[[Random], Turn]] = {
        "copying": copying, "capitals": capital, "fixed answers": fixed, "secret word": secret,
    }  # fmt: skip
    for task, make in makers.items():
        for _ in range(EACH):
            before = (fixed(random),) if random.random() < 0.3 else ()
            yield Case(task, make(random), system=_system(random), before=before)
        for _ in range(EACH // 4):
            yield Case("thinking: text", make(random), system=_system(random), thinking=True)
    for name in words.NAMES:
        first = Turn(f"My name is {name}.", f"Hello {name}!", "")
        yield Case("name remembered", Turn(words.ASK_NAME, name, ""), before=(first, fixed(random)))


def tools(random: Random) -> Iterator[Case]:
    """Questions that need a tool, with one to three at hand."""
    names = tuple(TOOLS)
    for index in range(EACH * 2):
        name = "get_weather" if index % 2 else names[1 + index // 2 % 2]
        others = tuple(other for other in names if other != name and random.random() < 0.5)
        order = tuple((name, *others)[at] for at in random.permutation(1 + len(others)))
        given = {"tools": order, "system": _system(random)}
        task = "call: get_weather" if name == "get_weather" else "call: other tools"
        yield Case(task, tool_turn(random, name, answered=False), **given)  # type: ignore[arg-type]
        yield Case("answer after a result", tool_turn(random, name, answered=True), **given)  # type: ignore[arg-type]
        if index % 4 == 0:
            turn = tool_turn(random, name, answered=False)
            yield Case("thinking: call", turn, thinking=True, **given)  # type: ignore[arg-type]
            yield Case("no call when none is needed", fixed(random), **given)  # type: ignore[arg-type]
    for city in words.CITIES:
        question = f"What is the weather in {city}?"
        yield Case("refusal without tools", Turn(question, words.CANNOT, ""), system=words.SYSTEMS[0])


def far_back(random: Random) -> Iterator[Case]:
    """Questions about a picture, a word and a sound that some thousand tokens lie behind."""
    for _ in range(EACH // 10):
        seen, heard = shaped(random, grid(random, 6)), high_or_low(random, 1.5)
        word = one_of(random, words.WORDS)
        filler = " ".join(one_of(random, words.FILLER) for _ in range(SENTENCES))
        before = (
            Turn(f"{IMAGE}{words.ASK_COLOUR}", seen.colour, ""),
            Turn(f"The secret word is {word}.\n{filler[:500]}", "Thank you.", ""),
            Turn(f"{AUDIO}{filler}", "Thank you.", ""),
        )
        answers = {
            words.ASK_COLOUR: seen.colour, words.ASK_SHAPE: seen.shape, words.ASK_TONE: heard.kind,
            words.ASK_SECRET: word,
        }  # fmt: skip
        for question, answer in answers.items():
            media = (seen.pixels, heard.samples)
            yield Case(f"far back: {question}", Turn(question, answer, ""), media, words.SYSTEMS[0], before=before)


def run(asked: Asked, *, small_template: bool = False, wrong: bool = False) -> dict[str, list[bool]]:
    """Ask everything; `small_template` = the prompt ends as that of E2B and E4B does."""
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(asked.template)
    random = np.random.default_rng(HELD_OUT)
    found: dict[str, list[bool]] = {}
    for make in (pictures, sounds, clips, texts, tools, far_back):
        for case in make(random):
            text = prompt(template, case)
            if small_template:
                text = text.removesuffix(EMPTY_THOUGHT)
            said = asked.answer(text, case.media)
            found.setdefault(case.task, []).append(said == wanted(case))
            if wrong and said != wanted(case):
                print(f"  {case.task}: wanted {wanted(case)!r}, said {said!r}")
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("--small-template", action="store_true", help="end prompts as E2B and E4B do")
    parser.add_argument("--wrong", action="store_true", help="print each wrong answer")
    given = parser.parse_args()
    asked = Asked(given.model, given.encoder, context=CONTEXT)
    begun = time.monotonic()
    for task, right in sorted(run(asked, small_template=given.small_template, wrong=given.wrong).items()):
        print(f"{task:40} {sum(right):4}/{len(right):<4} {100 * np.mean(right):5.1f} %")
    print(f"{time.monotonic() - begun:.0f} s")
    asked.close()


if __name__ == "__main__":
    main()
