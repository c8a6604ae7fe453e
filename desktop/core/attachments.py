"""Attachments: what a message shows beside its words, as a reference; the bytes lie sealed in the store.

What a model gets of them is prepared by the reader process and handed over beside the messages, in the order
in which the messages name them.
"""

from desktop.core.media import Facts, Picture
from desktop.core.value import value


@value
class Attachment:
    """A file that belongs to a message."""

    digest: str
    """SHA-256 of its bytes, in hex: the same file is kept once."""
    name: str
    """What the person calls it."""
    size: int
    """In bytes."""
    facts: Facts


@value
class Sound:
    """Sound for a model: samples as in core.media, at most 30 seconds."""

    samples: bytes


@value
class Caption:
    """Words between media, such as the time of a frame."""

    text: str


Piece = Picture | Sound | Caption
"""What a model is given of an attachment; a video becomes captions, pictures and sounds in order of time."""


@value
class Prepared:
    """An attachment as one model takes it."""

    digest: str
    pieces: tuple[Piece, ...]


@value
class Wishes:
    """What of an attachment a model can take: one that does not hear gets the words instead, if there are any."""

    pictures: bool = True
    sounds: bool = True
    words: bool = False
    """Speech can be written down."""
