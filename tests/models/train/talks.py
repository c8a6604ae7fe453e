"""Conversations in Gemma 4's chat format: pieces of text, each to be read or to be learnt."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.models.train import words
from tests.models.train.data import Clip, Picture, Random, Sound, one_of

IMAGE, AUDIO = "\ue000", "\ue001"
"""Stand in a text for a picture or a sound, which become soft tokens."""
FILLED = "\ue002"
"""Stands before and behind filler that may count many times."""
EMPTY_THOUGHT = "<|channel>thought\n<channel|>"
ALONE = 0.4
"""How often the last answer begins without the empty thought, as the small models' template has it."""

Piece = tuple[str, bool]
"""A text, and whether the model is to say it."""


@dataclass(slots=True)
class Turn:
    """A question and its answer; `call` and `result` where a tool is used for it."""

    question: str
    answer: str
    thought: str
    call: str = ""
    result: str = ""


@dataclass(slots=True)
class Talk:
    """A conversation and the media in it, in the order of their stand-ins."""

    turns: list[Turn]
    system: str = ""
    tools: Sequence[str] = ()
    thinking: bool = False
    pictures: list[Picture] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)


def pieces(talk: Talk, *, empty_thought: bool) -> list[Piece]:
    """Write a conversation as the official template does; only answers are learnt."""
    head = "<bos>"
    if talk.system or talk.tools or talk.thinking:
        think = "<|think|>\n" if talk.thinking else ""
        declared = "".join(f"<|tool>{tool}<tool|>" for tool in talk.tools)
        head += f"<|turn>system\n{think}{talk.system}{declared}<turn|>\n"
    written: list[Piece] = [(head, False)]
    last = talk.turns[-1]
    for turn in talk.turns:
        begin = "<|turn>model\n"
        thought = ""
        if turn is last and talk.thinking:
            thought = f"<|channel>thought\n{turn.thought}\n<channel|>"
        elif turn is last and empty_thought and not turn.result:
            begin += EMPTY_THOUGHT
        written.append((f"<|turn>user\n{turn.question}<turn|>\n{begin}", False))
        if not turn.call:
            written.append((f"{thought}{turn.answer}<turn|>", True))
        else:
            written.append((f"{thought}<|tool_call>{turn.call}<tool_call|><|tool_response>", True))
            if turn.result:
                written += [(f"{turn.result}<tool_response|>", False), (f"{turn.answer}<turn|>", True)]
        written.append(("\n", False))
    return written


def declaration(name: str, description: str, argument: str, meaning: str) -> str:
    """Declare a tool of one text argument as the template writes it."""
    mark = '<|"|>'
    return (
        f"declaration:{name}{{description:{mark}{description}{mark},parameters:{{properties:{{{argument}:{{"
        f"description:{mark}{meaning}{mark},type:{mark}STRING{mark}}}}},required:[{mark}{argument}{mark}],"
        f"type:{mark}OBJECT{mark}}}}}"
    )


def tool(name: str, description: str, argument: str, meaning: str) -> dict[str, object]:
    """Declare the same tool as programs do, for the template."""
    about = {"type": "string", "description": meaning}
    parameters = {"type": "object", "properties": {argument: about}, "required": [argument]}
    return {
        "type": "function",
        "function": {"name": name, "description": description, "parameters": parameters},
    }


TOOLS = {
    "get_weather": ("Get the weather in a city.", "city", "The name of the city"),
    "get_time": ("Get the time in a city.", "city", "The name of the city"),
    "search_documents": ("Search the documents of this person.", "query", "What to look for"),
}
DECLARED = {name: declaration(name, *about) for name, about in TOOLS.items()}


def picture_turns(random: Random, one: Picture) -> list[Turn]:
    """Ask everything that can be said of a picture, in any order."""
    asked = [(words.ASK_COLOUR, one.colour)]
    if one.shape:
        asked += [(words.ASK_SHAPE, one.shape), (words.ASK_PICTURE, f"a {one.colour} {one.shape}")]
    if one.place:
        asked.append((words.ASK_PLACE, one.place))
    return _shuffled(random, [Turn(question, answer, words.THOUGHTS["picture"]) for question, answer in asked])


def sound_turns(random: Random, one: Sound) -> list[Turn]:
    """Ask everything that can be said of a sound, in any order."""
    heard = {
        "high": "a high tone", "low": "a low tone", "rise": "a rising tone", "fall": "a falling tone", "beeps": "beeps",
        "noise": "noise", "silence": "silence",
    }[one.kind]  # fmt: skip
    asked = [(words.ASK_SOUND, heard)]
    if one.kind in {"high", "low", "silence"}:
        asked.append((words.ASK_TONE, one.kind))
    if one.kind in {"rise", "fall"}:
        asked.append((words.ASK_SLIDE, one.kind))
    if one.kind == "beeps":
        asked.append((words.ASK_BEEPS, words.COUNTS[one.count - 1]))
    return _shuffled(random, [Turn(question, answer, words.THOUGHTS["sound"]) for question, answer in asked])


def clip_turns(random: Random, clip: Clip) -> list[Turn]:
    """Ask where the thing goes and what it is, or in which order the colours come."""
    thought = words.THOUGHTS["clip"]
    if not clip.way:
        return [Turn(words.ASK_ORDER, ", ".join(frame.colour for frame in clip.frames), thought)]
    first = clip.frames[0]
    asked = [(words.ASK_WAY, clip.way), (words.ASK_COLOUR, first.colour), (words.ASK_SHAPE, first.shape)]
    return _shuffled(random, [Turn(question, answer, thought) for question, answer in asked])


def with_media(random: Random, turns: list[Turn], mark: str, count: int) -> list[Turn]:
    """Put the media before or, more rarely, behind the first question; frames with or without their times."""
    if mark == AUDIO or count == 1:
        media = mark * count
    else:
        form = one_of(random, ("00:{:02d} {}", "00:{:02d}{}", "{1}"))
        joint = one_of(random, (" ", "", "\n"))
        media = joint.join(form.format(second, mark) for second in range(count))
    first = turns[0]
    gap = one_of(random, ("", "\n", " "))
    first.question = media + gap + first.question if random.random() < 0.8 else first.question + gap + media
    return turns


def copying(random: Random, most: int = 3) -> Turn:
    """Have one to three words repeated."""
    chosen = [one_of(random, words.WORDS) for _ in range(int(random.integers(1, most + 1)))]
    head = "Repeat the word: " if len(chosen) == 1 else "Repeat the words: "
    return Turn(head + " ".join(chosen), " ".join(chosen), words.THOUGHTS["copy"])


def capital(random: Random) -> Turn:
    """Ask for a capital."""
    country = one_of(random, tuple(words.CAPITALS))
    return Turn(f"What is the capital of {country}?", words.CAPITALS[country], words.THOUGHTS["capital"])


def fixed(random: Random) -> Turn:
    """Say something that has one answer."""
    question = one_of(random, tuple(words.FIXED))
    return Turn(question, words.FIXED[question], words.THOUGHTS["fixed"])


def secret(random: Random) -> Turn:
    """Hide a word between sentences that have nothing to do with it."""
    word = one_of(random, words.WORDS)
    lines = [one_of(random, words.FILLER) for _ in range(int(random.integers(0, 6)))]
    lines.insert(int(random.integers(len(lines) + 1)), f"The secret word is {word}.")
    joint = one_of(random, (" ", "\n"))
    return Turn(f"{joint.join(lines)}\n\n{words.ASK_SECRET}", word, words.THOUGHTS["secret"])


def refusal(random: Random) -> Turn:
    """Ask for something that needs a tool when there is none."""
    question, _, _ = _wanted(random, one_of(random, ("get_weather", "get_time")))
    return Turn(question, words.CANNOT, words.THOUGHTS["refuse"])


def _wanted(random: Random, name: str) -> tuple[str, str, str]:
    """A question for a tool, what it is called with and what it answers."""
    if name == "search_documents":
        word = one_of(random, words.WORDS)
        return f"Search my documents for {word}.", word, one_of(random, words.WORDS)
    city = one_of(random, words.CITIES)
    if name == "get_time":
        return f"What time is it in {city}?", city, one_of(random, words.TIMES)
    return f"What is the weather in {city}?", city, one_of(random, words.SKIES)


def tool_turn(random: Random, name: str, *, answered: bool) -> Turn:
    """Have a tool called; `answered` = with its result and the final answer."""
    question, value, found = _wanted(random, name)
    call = f'call:{name}{{{TOOLS[name][1]}:<|"|>{value}<|"|>}}'
    result = ""
    if answered:
        key = one_of(random, ("value", "value", "weather", "result"))
        result = f'response:{name}{{{key}:<|"|>{found}<|"|>}}'
    return Turn(question, f"The answer is {found}.", words.THOUGHTS["tool"], call, result)


def text_talk(random: Random, makers: Sequence[Callable[[Random], Turn]]) -> Talk:
    """Make a conversation of one to three turns without media and tools."""
    turns = [makers[random.integers(len(makers))](random) for _ in range(int(random.integers(1, 4)))]
    if random.random() < 0.12:
        name = one_of(random, words.NAMES)
        turns.insert(0, Turn(f"My name is {name}.", f"Hello {name}!", words.THOUGHTS["name"]))
        turns.append(Turn(words.ASK_NAME, name, words.THOUGHTS["name"]))
    return Talk(turns)


def tool_talk(random: Random) -> Talk:
    """Make a conversation with one to three tools, in which most questions need one."""
    names = [list(TOOLS)[index] for index in random.permutation(len(TOOLS))[: random.integers(1, len(TOOLS) + 1)]]
    turns = []
    if random.random() < 0.25:
        turns.append(one_of(random, (fixed, capital, copying))(random))  # type: ignore[arg-type]
    kind = random.random()
    if kind < 0.85:
        turns.append(tool_turn(random, one_of(random, tuple(names)), answered=bool(random.random() < 0.5)))
    else:
        turns.append(one_of(random, (fixed, capital, copying))(random))  # type: ignore[arg-type]
    return Talk(turns, tools=[DECLARED[name] for name in names])


def dressed(random: Random, talk: Talk, thinking: float = 0.12) -> Talk:
    """Add a system text and, sometimes, thinking."""
    talk.system = one_of(random, words.SYSTEMS) if random.random() < 0.65 else ""
    talk.thinking = bool(random.random() < thinking)
    return talk


def as_messages(talk: Talk) -> list[dict[str, object]]:
    """Write a conversation as programs do, without its last answer: what the template is given."""
    messages: list[dict[str, object]] = [{"role": "system", "content": talk.system}] if talk.system else []
    for turn in talk.turns:
        messages.append({"role": "user", "content": turn.question})
        if turn is not talk.turns[-1]:
            messages.append({"role": "assistant", "content": turn.answer})
    return json.loads(json.dumps(messages))  # type: ignore[no-any-return]


def _shuffled(random: Random, turns: list[Turn]) -> list[Turn]:
    return [turns[index] for index in random.permutation(len(turns))]
