"""What a loaded model sees and hears: measures pictures and sounds, and encodes each of them once.

What comes out of the encoder is kept by the hash of what went in, so that a conversation that is read anew needs
the decoder only. The bytes of a picture come from the app when the encoder needs them, and are not kept.
"""

import ctypes
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled
from desktop.engine.encoders import EMBEDDING_BYTES
from desktop.engine.fit import Plan
from desktop.engine.wire import Shape
from desktop.engine.worker.encoder import Alive, Encoder, Outline
from desktop.engine.worker.entries import Entry, Medium
from desktop.engine.worker.llama import Llama

Fetch = Callable[[str], bytes]
"""Id of a picture or sound -> its pixels or samples."""


class Senses:
    """The encoder, what it made so far, and the sizes of the pictures and sounds it was told of."""

    def __init__(self, plan: Plan, llama: Llama, flag: StopFlag, alive: Alive, fetch: Fetch) -> None:
        """Take what opens the encoder; it is opened when it is first needed."""
        self._make = partial(Encoder, plan, llama, flag, alive)
        self._flag, self._fetch = flag, fetch
        self._encoder: Encoder | None = None
        self._shapes: dict[str, Shape] = {}
        self._measured: dict[str, tuple[Entry, ...]] = {}
        self._outlines: dict[str, Outline] = {}
        self._embeddings: OrderedDict[str, Any] = OrderedDict()

    def measure(self, shape: Shape) -> tuple[Entry, ...]:
        """Return what a picture or sound is in a prompt: the tokens around it, and itself.

        Raises:
            ModelDamaged: the encoder cannot be opened, or cannot take it.
            Cancelled: the person stopped while it was opened.
        """
        known = self._measured.get(shape.id)
        if known is None:
            known = self._measured[shape.id] = self._outlined(shape)
            self._shapes[shape.id] = shape
        return known

    def embed(self, medium: Medium) -> None:
        """Have the medium encoded; nothing is done for one that is.

        Raises:
            Cancelled: the person stopped.
            ModelDamaged: the encoder failed.
        """
        if medium.id in self._embeddings:
            self._embeddings.move_to_end(medium.id)
            return
        shape = self._shapes[medium.id.partition("#")[0]]
        data = self._fetch(shape.id)
        if self._flag[0]:
            raise Cancelled
        if len(data) != shape.size:
            raise RuntimeError("a picture or sound has another size than was told")
        for number, embedding in enumerate(self._opened().encode(shape, data)):
            self._embeddings[_name(shape, number)] = embedding
        self._make_room()

    def decode(self, medium: Medium, position: int, seconds: float) -> int:
        """Read an encoded medium into the KV cache, in about so many seconds; returns what llama.cpp returned."""
        return self._opened().decode(self._outlines[medium.id], self._embeddings[medium.id], position, seconds)

    def _opened(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._make()
        return self._encoder

    def _outlined(self, shape: Shape) -> tuple[Entry, ...]:
        found: list[Entry] = []
        number = 0
        for one in self._opened().outline(shape):
            if isinstance(one, Outline):
                name = _name(shape, number)
                self._outlines[name] = one
                found.append(Medium(name, one.tokens, one.positions))
                number += 1
            else:
                found.append(one)
        return tuple(found)

    def _make_room(self) -> None:
        """Drop what was not used for the longest time."""
        held = sum(ctypes.sizeof(one) for one in self._embeddings.values())
        while held > EMBEDDING_BYTES and len(self._embeddings) > 1:
            _, dropped = self._embeddings.popitem(last=False)
            held -= ctypes.sizeof(dropped)


def _name(shape: Shape, number: int) -> str:
    return f"{shape.id}#{number}"
