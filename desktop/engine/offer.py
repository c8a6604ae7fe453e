"""The pictures and sounds of one turn, as the app holds them: told by their shapes, given when the child wants them."""

import hashlib

from desktop.core.attachments import Caption, Piece, Prepared, Sound
from desktop.core.errors import EngineCrashed
from desktop.core.generation import GenerateRequest
from desktop.core.media import LONGEST_BLOCK, MOST_PIXELS, SAMPLE_BYTES, SAMPLE_RATE, Picture
from desktop.engine.wire import Portion, Shape

MOST_SAMPLES = int(LONGEST_BLOCK * SAMPLE_RATE)


class Offer:
    """What can be had in a turn. Sizes are checked here: native code trusts them."""

    def __init__(self, request: GenerateRequest) -> None:
        """Name every piece by the hash of its content.

        Raises:
            ValueError: there is not one Prepared for each attachment, or the size of a piece is not what it says.
        """
        attached = sum(len(message.attached) for message in request.messages)
        if len(request.media) != attached and (request.media or not request.aside):
            raise ValueError("there must be prepared media for every attachment")
        self._data: dict[str, bytes] = {}
        self.shapes = tuple(self._shapes_of(one) for one in request.media)
        pieces = [piece for one in request.media for piece in one.pieces]
        self.shows = any(isinstance(piece, Picture) for piece in pieces)
        self.sounds = any(isinstance(piece, Sound) for piece in pieces)

    def data(self, id_: str) -> bytes:
        """Return the bytes of a piece.

        Raises:
            EngineCrashed: the child wants what it was not told of.
        """
        if id_ not in self._data:
            raise EngineCrashed
        return self._data[id_]

    def _shapes_of(self, prepared: Prepared) -> tuple[Portion, ...]:
        return tuple(piece if isinstance(piece, Caption) else self._shape(piece) for piece in prepared.pieces)

    def _shape(self, piece: Piece) -> Shape:
        match piece:
            case Picture(width, height, data):
                if not 0 < width * height <= MOST_PIXELS or len(data) != width * height * 3:
                    raise ValueError("a picture has another size than it says")
                shape = Shape(_hash(f"{width}x{height}", data), width=width, height=height)
            case Sound(data):
                if len(data) % SAMPLE_BYTES or not 0 < len(data) <= MOST_SAMPLES * SAMPLE_BYTES:
                    raise ValueError("a sound is empty, too long, or no sound")
                shape = Shape(_hash("sound", data), samples=len(data) // SAMPLE_BYTES)
            case _:
                raise TypeError(piece)
        self._data[shape.id] = data
        return shape


def _hash(kind: str, data: bytes) -> str:
    digest = hashlib.sha256(kind.encode())
    digest.update(b"\0")
    digest.update(data)
    return digest.hexdigest()
