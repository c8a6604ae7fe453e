"""Pictures, sounds and videos that no training step drew, as files; each with its question and the one right answer."""

import io
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import av
import numpy as np
from PIL import Image

from tests.models.train import data, talks, words

SEED = 626_000_003
FRAMES_A_SECOND = 10
FILM_SIZES = ((640, 360), (640, 480), (480, 480), (480, 640))
"""Shapes the tiny model was trained with; of a film 9 wide and 16 high it tells no motion."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file beside a question, and what must be answered."""

    name: str
    content: bytes
    question: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that needs the weather of a city, and what is asked before it in the same chat."""

    before: str
    question: str
    city: str


Draw = Callable[[data.Random], Shown]
T = TypeVar("T")


def drawn(draw: Callable[[data.Random], T], count: int) -> Iterator[T]:
    """Draw so many, always the same ones."""
    random = np.random.default_rng(SEED)
    return (draw(random) for _ in range(count))


def colour(random: data.Random) -> Shown:
    """Draw a picture whose colour is asked for."""
    one = data.picture(random, _size(random))
    return Shown("colour.png", _png(one.pixels), words.ASK_COLOUR, one.colour)


def shape(random: data.Random) -> Shown:
    """Draw a picture whose shape is asked for."""
    while not (one := data.picture(random, _size(random))).shape:
        pass
    return Shown("shape.png", _png(one.pixels), words.ASK_SHAPE, one.shape)


def tone(random: data.Random) -> Shown:
    """Make a tone that is high or low."""
    kind = data.one_of(random, ("high", "low"))
    samples = data.tone(random, np.array(data.pitch_of(random, kind)), float(random.uniform(0.9, 3)))
    return Shown("tone.wav", _wav(samples), words.ASK_TONE, kind)


def silence(random: data.Random) -> Shown:
    """Make a sound in which nothing is to be heard."""
    samples = np.zeros(int(random.uniform(0.9, 3) * data.RATE), np.float32)
    return Shown("silence.wav", _wav(samples), words.ASK_SOUND, "silence")


def up_or_down(random: data.Random) -> Shown:
    """Film a thing that goes up or down."""
    return _motion(random, ("up", "down"))


def left_or_right(random: data.Random) -> Shown:
    """Film a thing that goes left or right."""
    return _motion(random, ("left", "right"))


def three_colours(random: data.Random) -> Shown:
    """Film three seconds of three colours."""
    clip = data.changing(random, _film_size(random), 3)
    wanted = ", ".join(frame.colour for frame in clip.frames)
    return Shown("order.mp4", _mp4(clip), words.ASK_ORDER, wanted)


def weather(random: data.Random) -> Wanted:
    """Ask for the weather, mostly after something else.

    The tiny model knows one wording and 17 cities, all of which it was trained with; new to it is what stands before.
    """
    turn = talks.tool_turn(random, "get_weather", answered=False)
    maker = data.one_of(random, ("", "fixed", "capital", "copying"))
    before = getattr(talks, maker)(random).question if maker else ""
    return Wanted(before, turn.question, turn.question.removeprefix("What is the weather in ").removesuffix("?"))


def _motion(random: data.Random, ways: tuple[str, ...]) -> Shown:
    size, seconds = _film_size(random), int(random.integers(2, 5))
    while (clip := data.moving(random, size, seconds)).way not in ways:
        pass
    return Shown("move.mp4", _mp4(clip), words.ASK_WAY, clip.way)


def _size(random: data.Random) -> tuple[int, int]:
    width, height = (int(side) for side in random.integers(400, 801, 2))
    return width, height


def _film_size(random: data.Random) -> tuple[int, int]:
    return FILM_SIZES[random.integers(len(FILM_SIZES))]


def _png(pixels: data.Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "PNG")
    return out.getvalue()


def _wav(samples: data.Samples) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(data.RATE)
        sound.writeframes((samples * 32767).astype("<i2").tobytes())
    return out.getvalue()


def _mp4(clip: data.Clip) -> bytes:
    """Film each picture for a second."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        track = container.add_stream("mpeg4", rate=FRAMES_A_SECOND, options={"qscale": "3"})
        height, width = clip.frames[0].pixels.shape[:2]
        track.width, track.height, track.pix_fmt = width, height, "yuv420p"
        for picture in clip.frames:
            frame = np.ascontiguousarray(picture.pixels)
            for _ in range(FRAMES_A_SECOND):
                container.mux(track.encode(av.VideoFrame.from_ndarray(frame, "rgb24")))
        container.mux(track.encode())
    return out.getvalue()
