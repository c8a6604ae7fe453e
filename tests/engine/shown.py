"""Questions with pictures and sounds for the tiny Gemma 4, made of arrays."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop.core.attachments import Attachment, Piece, Prepared, Sound
from desktop.core.generation import GenerateRequest, LoadOptions, SamplingOptions
from desktop.core.media import Facts, Format, Kind, Picture
from desktop.core.messages import Message, Role, TextPart
from desktop.core.taking import AttachmentPart
from tests.engine.conftest import HELPFUL

MODELS = Path(__file__).resolve().parents[1] / "models"
TRAINED = MODELS / "tiny-gemma4-e.gguf"
GREEDY = SamplingOptions(temperature=0.0, max_tokens=24)
COLOUR, SHAPE, TONE = "What colour is this?", "Which shape is this?", "Is the tone high or low?"
RED, BLUE = (255, 0, 0), (0, 0, 255)

Array = np.ndarray[Any, np.dtype[Any]]


def picture(pixels: Array) -> Picture:
    """Pixels as the reader would give them."""
    return Picture(pixels.shape[1], pixels.shape[0], np.ascontiguousarray(pixels).tobytes())


def square(colour: tuple[int, int, int] = RED, height: float = 0.5, size: tuple[int, int] = (240, 240)) -> Picture:
    """A square on white."""
    pixels = np.full((size[1], size[0], 3), 255, np.uint8)
    side, middle = min(size) // 6, int(height * size[1])
    pixels[middle - side : middle + side, size[0] // 2 - side : size[0] // 2 + side] = colour
    return picture(pixels)


def sound(samples: Array) -> Sound:
    """Samples as the reader would give them."""
    return Sound(samples.astype("<f4").tobytes())


def tone(pitch: float, seconds: float = 1.5) -> Sound:
    """An even tone."""
    return sound(0.4 * np.sin(np.arange(int(16000 * seconds)) * 2 * np.pi * pitch / 16000))


class Shown:
    """A conversation about pictures and sounds, as the services would ask it."""

    def __init__(self, model: Path = TRAINED, context: int = 2048, *, system: str = "") -> None:
        self.messages: list[Message] = [Message.of(Role.SYSTEM, system) if system else HELPFUL]
        self.media: list[Prepared] = []
        self._model, self._load = model, LoadOptions(context=context, threads=1)

    def user(self, text: str, *given: Sequence[Piece] | Piece) -> "Shown":
        """Add a question, with files of one or several pieces beside it."""
        parts = [self._attach((one,) if not isinstance(one, Sequence) else one) for one in given]
        self.messages.append(Message(Role.USER, (*parts, *([TextPart(text)] if text else []))))
        return self

    def model(self, text: str) -> "Shown":
        """Add an answer."""
        self.messages.append(Message.of(Role.ASSISTANT, text))
        return self

    def request(self, sampling: SamplingOptions = GREEDY, *, aside: bool = False) -> GenerateRequest:
        """Ask all that was said."""
        media = () if aside else tuple(self.media)
        return GenerateRequest(self._model, tuple(self.messages), self._load, sampling, media, aside)

    def _attach(self, pieces: Sequence[Piece]) -> AttachmentPart:
        digest = hashlib.sha256(repr(pieces).encode()).hexdigest()
        self.media.append(Prepared(digest, tuple(pieces)))
        return AttachmentPart(Attachment(digest, "file", 1, Facts(Kind.PICTURE, Format.PNG)))
