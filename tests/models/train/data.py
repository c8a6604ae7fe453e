"""Synthetic pictures, sounds and clips: numpy draws them, nothing is downloaded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.models.train.words import COLOURS, PLACES, SHAPES, WAYS

Random = np.random.Generator
Pixels = NDArray[np.uint8]
Samples = NDArray[np.float32]

TOKEN = 48
"""Pixels of a side of the square that becomes one token."""
RATE = 16000
PLAIN = ((255, 255, 255), (0, 0, 0), (240, 240, 240), (128, 128, 128), (60, 60, 60), (225, 235, 245))
SPOTS = {
    "top left": (0.25, 0.25), "top right": (0.75, 0.25), "bottom left": (0.25, 0.75), "bottom right": (0.75, 0.75),
    "middle": (0.5, 0.5),
}  # fmt: skip
STEPS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels and what is on them."""

    pixels: Pixels
    colour: str
    shape: str = ""
    place: str = ""
    centre: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples at 16 kHz and what is to be heard."""

    samples: Samples
    kind: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Clip:
    """Frames, and where the thing on them goes or which colours it has."""

    frames: tuple[Picture, ...]
    way: str = ""


def shade(random: Random, colour: str) -> NDArray[np.float32]:
    """Pick one of the tones that are called by that name."""
    tones = COLOURS[colour]
    tone = np.array(tones[random.integers(len(tones))], np.float32)
    return np.clip(tone + random.normal(0, 7, 3), 0, 255).astype(np.float32)


def backdrop(random: Random, colour: str) -> NDArray[np.float32]:
    """Pick a background that a thing of that colour stands out from."""
    while True:
        ground = np.array(PLAIN[random.integers(len(PLAIN))], np.float32)
        light = float(ground.mean())
        if (colour == "white" and light > 150) or (colour == "black" and light < 100):
            continue
        return np.clip(ground + random.normal(0, 3, 3), 0, 255).astype(np.float32)


def _outside(shape: str, x: NDArray[np.float32], y: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """How far a point lies outside the shape, negative inside."""
    if shape == "circle":
        return np.sqrt(x * x + y * y) - radius
    if shape == "square":
        return np.maximum(np.abs(x), np.abs(y)) - radius * 0.87
    lean = np.float32(0.894)
    return np.maximum(y - radius * 0.8, (np.abs(x) * 2 - (y + radius)) * lean / 2)


def paint(
    random: Random,
    size: tuple[int, int],
    colour: str,
    shape: str,
    centre: tuple[float, float],
    radius: float,
    look: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
) -> Pixels:
    """Draw one thing on a plain ground; `size` is (width, height), the rest is relative to the sides."""
    width, height = size
    front, ground = look or (shade(random, colour), backdrop(random, colour))
    x = np.arange(width, dtype=np.float32)[None, :] - centre[0] * width
    y = np.arange(height, dtype=np.float32)[:, None] - centre[1] * height
    x, y = np.broadcast_arrays(x, y)
    softness = random.uniform(0.6, 2.0)
    cover = np.clip(0.5 - _outside(shape, x, y, radius * min(size)) / softness, 0, 1)[..., None]
    return (ground + (front - ground) * cover + 0.5).astype(np.uint8)


def one_of(random: Random, choices: tuple[str, ...]) -> str:
    """Pick one, each as likely as the next."""
    return choices[random.integers(len(choices))]


def picture(random: Random, size: tuple[int, int]) -> Picture:
    """Draw a plain colour, or one thing anywhere or in one of five places."""
    colour = one_of(random, tuple(COLOURS))
    if random.random() < 0.12:
        return Picture(np.broadcast_to(shade(random, colour).astype(np.uint8), (size[1], size[0], 3)), colour)
    shape, place = one_of(random, SHAPES), ""
    radius = random.uniform(0.16, 0.42)
    centre = tuple(0.5 + random.uniform(-1, 1, 2) * (0.5 - radius))
    if random.random() < 0.5:
        place = one_of(random, PLACES)
        radius = random.uniform(0.13, 0.22)
        centre = tuple(np.array(SPOTS[place]) + random.uniform(-0.05, 0.05, 2))
    return Picture(paint(random, size, colour, shape, centre, radius), colour, shape, place, centre)


def shaped(random: Random, size: tuple[int, int]) -> Picture:
    """Draw a picture with a thing on it."""
    one = picture(random, size)
    return one if one.shape else shaped(random, size)


def moving(random: Random, size: tuple[int, int], frames: int) -> Clip:
    """Draw one thing that goes one of four ways at an even pace."""
    colour, shape, way = one_of(random, tuple(COLOURS)), one_of(random, SHAPES), one_of(random, WAYS)
    look = (shade(random, colour), backdrop(random, colour))
    radius = random.uniform(0.13, 0.22)
    step = np.array(STEPS[way], float)
    distance = random.uniform(0.3, 0.6)
    across = random.uniform(0.25, 0.75)
    start = np.where(step != 0, 0.5 - step * distance / 2 + random.uniform(-0.06, 0.06), across)
    pictures = []
    for index in range(frames):
        centre = tuple(start + step * distance * index / (frames - 1) + random.uniform(-0.012, 0.012, 2))
        pixels = paint(random, size, colour, shape, centre, radius, look)
        pictures.append(Picture(pixels, colour, shape, "", centre))
    return Clip(tuple(pictures), way)


def changing(random: Random, size: tuple[int, int], frames: int) -> Clip:
    """Draw frames of different colours."""
    names = tuple(COLOURS)
    colours = [names[index] for index in random.permutation(len(names))[:frames]]
    plain = random.random() < 0.4
    pictures = []
    for colour in colours:
        if plain:
            pixels = np.broadcast_to(shade(random, colour).astype(np.uint8), (size[1], size[0], 3))
        else:
            pixels = paint(random, size, colour, one_of(random, SHAPES), (0.5, 0.5), random.uniform(0.2, 0.4))
        pictures.append(Picture(pixels, colour))
    return Clip(tuple(pictures))


def tone(random: Random, pitch: NDArray[np.float64], seconds: float) -> Samples:
    """A tone whose pitch may change, with overtones, a little noise and soft ends."""
    count = int(seconds * RATE)
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(pitch, count)) / RATE
    wave = np.sin(phase) + random.choice([0.0, 0.3]) * np.sin(2 * phase) + random.choice([0.0, 0.2]) * np.sin(3 * phase)
    wave *= random.uniform(0.1, 0.8) / max(1e-6, float(np.abs(wave).max()))
    edge = min(count // 4, 160)
    wave[:edge] *= np.linspace(0, 1, edge)
    wave[-edge:] *= np.linspace(1, 0, edge)
    return wave.astype(np.float32)


def pitch_of(random: Random, kind: str) -> float:
    """Pick a pitch in hertz that is called high or low."""
    lowest, highest = (1200, 3800) if kind == "high" else (100, 420)
    return float(np.exp(random.uniform(np.log(lowest), np.log(highest))))


def sound(random: Random, seconds: float) -> Sound:
    """Make a tone, a slide, beeps, noise or silence."""
    kind = one_of(random, ("high", "low", "high", "low", "rise", "fall", "beeps", "beeps", "noise", "silence"))
    count = int(seconds * RATE)
    hiss = (random.normal(0, random.choice([0.0, 0.0005, 0.002]), count)).astype(np.float32)
    if kind in {"high", "low"}:
        return Sound(tone(random, np.array(pitch_of(random, kind)), seconds) + hiss, kind)
    if kind in {"rise", "fall"}:
        ends = (random.uniform(200, 500), random.uniform(1200, 3000))
        slide = np.geomspace(*(ends if kind == "rise" else ends[::-1]), count)
        return Sound(tone(random, slide, seconds) + hiss, kind)
    if kind == "beeps":
        return _beeps(random, hiss, seconds)
    if kind == "noise":
        return Sound(random.normal(0, random.uniform(0.05, 0.25), count).clip(-1, 1).astype(np.float32), kind)
    return Sound(hiss * random.choice([0.0, 0.3]).astype(np.float32), kind)


def high_or_low(random: Random, seconds: float) -> Sound:
    """Make an even tone."""
    one = sound(random, seconds)
    return one if one.kind in {"high", "low"} else high_or_low(random, seconds)


def _beeps(random: Random, hiss: Samples, seconds: float) -> Sound:
    number = int(random.integers(1, 5))
    pitch, length = np.array(random.uniform(600, 2000)), random.uniform(0.1, 0.14)
    gap = random.uniform(0.11, 0.16)
    room = seconds - number * length - (number - 1) * gap
    begin = random.uniform(0.02, max(0.03, room - 0.02))
    for index in range(number):
        beep = tone(random, pitch, length)
        at = int((begin + index * (length + gap)) * RATE)
        end = min(len(hiss), at + len(beep))
        hiss[at:end] += beep[: end - at]
    return Sound(hiss, "beeps", number)
