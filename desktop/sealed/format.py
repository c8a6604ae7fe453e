"""The layout of a sealed file, shared by its writer and its reader.

    header   magic 8 | file id 16 | wrapped file key 60
    frame    kind 1 | plaintext length 4 (big endian) | nonce 12 | ciphertext | tag 16
    …
    final    a frame of kind FINAL whose plaintext is the total length, 8 bytes

A frame holds at most 64 KiB. Its additional data is file id | frame index | start offset | kind | length, so that a
frame can be neither moved, nor repeated, nor left out, and the final frame tells a whole file from a cut one.
A frame of data is never written twice: appending replaces the final frame only, so a crash can cost the new end
and nothing before it.
"""

import struct
from dataclasses import dataclass

MAGIC = b"INGLSEA1"
ID_BYTES = 16
WRAPPED_BYTES = 12 + 32 + 16
HEADER_BYTES = len(MAGIC) + ID_BYTES + WRAPPED_BYTES
FRAME_HEAD = struct.Struct(">BI12s")
TAG_BYTES = 16
FRAME_BYTES = 64 * 1024
TOTAL = struct.Struct(">Q")

DATA = 1
FINAL = 2

_ADDITIONAL = struct.Struct(">16sQQBI")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one frame lies. `start` counts plaintext bytes, `position` bytes of the file."""

    index: int
    start: int
    kind: int
    length: int
    position: int

    @property
    def end(self) -> int:
        """Plaintext offset behind this frame."""
        return self.start + (self.length if self.kind == DATA else 0)

    @property
    def next_position(self) -> int:
        """File position behind this frame."""
        return self.position + FRAME_HEAD.size + self.length + TAG_BYTES

    def additional(self, file_id: bytes) -> bytes:
        """What is authenticated besides the ciphertext."""
        return _ADDITIONAL.pack(file_id, self.index, self.start, self.kind, self.length)


def key_context(file_id: bytes) -> str:
    """What the wrapped file key is bound to."""
    return f"sealed file {file_id.hex()}"
