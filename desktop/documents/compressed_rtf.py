"""Unpacks the rich text of Outlook's messages (MS-OXRTFCP): a window of 4,096 bytes, begun with common words."""

import struct

MOST = 64_000_000
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
_COMMON = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u"
    b"\\tab\\tx"
)


def unpacked(data: bytes) -> bytes:
    """Return rich text.

    Raises:
        ValueError: it is not packed in this way.
    """
    if len(data) < 16:
        raise ValueError("too short")
    size, kind = struct.unpack("<4xI4s", data[:12])
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED:
        raise ValueError("unknown packing")
    return _inflated(data[16:], min(size, MOST))


def _inflated(data: bytes, size: int) -> bytes:
    window = bytearray(_COMMON.ljust(_WINDOW, b"\0"))
    write = len(_COMMON)
    out = bytearray()
    at = 0
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if flags >> bit & 1:
                token = int.from_bytes(data[at : at + 2], "big")
                at += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write:
                    return bytes(out[:size])
            else:
                offset, length = -1, 1
            for step in range(length):
                byte = data[at] if offset < 0 else window[(offset + step) % _WINDOW]
                out.append(byte)
                window[write] = byte
                write = (write + 1) % _WINDOW
            at += offset < 0
    return bytes(out[:size])
