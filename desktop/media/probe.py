"""What is this file? Told by its first bytes, never by its name.

Standard library only. Only what is anchored at the start counts: FFmpeg's own guessing would also find playlists
that name other files and addresses, and those are no format here.
"""

from typing import BinaryIO

from desktop.core.media import Format

HEAD_BYTES = 64 * 1024
"""How much of a file is looked at; an ID3 tag in front of an MP3 may hold a cover and be longer."""

_ISO_PHOTOS = {
    b"heic": Format.HEIC, b"heix": Format.HEIC, b"heim": Format.HEIC, b"heis": Format.HEIC, b"hevc": Format.HEIC,
    b"hevx": Format.HEIC, b"mif1": Format.HEIC, b"msf1": Format.HEIC, b"avif": Format.AVIF, b"avis": Format.AVIF,
}  # fmt: skip
_EITHER_PHOTO = {b"mif1", b"msf1"}
"""Say only that it is a photo; which one, the list behind them tells."""
_QUICKTIME_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"\x1aE\xdf\xa3", Format.MATROSKA),
    (b"OggS", Format.OGG),
    (b"fLaC", Format.FLAC),
)
_RIFF = {b"WEBP": Format.WEBP, b"WAVE": Format.WAV, b"AVI ": Format.AVI}
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
_ID3_HEAD = 10
_MPEG_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MPEG1_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KILOBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def format_of(file: BinaryIO) -> Format | None:
    """Return the format of an open file, or None where it is none of ours. Leaves the position anywhere.

    Args:
        file: readable and seekable, binary.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.startswith(b"ID3") and len(head) > _ID3_HEAD:
        file.seek(_ID3_HEAD + _id3_length(head))
        behind = file.read(HEAD_BYTES)
        return (_starts_with(behind) if behind.startswith(b"fLaC") else _mpeg_audio(behind)) or Format.MP3
    return of_bytes(head)


def of_bytes(head: bytes) -> Format | None:
    """Return the format of a file that begins with these bytes."""
    return _starts_with(head) or _riff(head) or _bitmap(head) or _iso(head) or _mpeg_audio(head)


def _starts_with(head: bytes) -> Format | None:
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def _riff(head: bytes) -> Format | None:
    return _RIFF.get(head[8:12]) if head[:4] in (b"RIFF", b"RF64") else None


def _bitmap(head: bytes) -> Format | None:
    sound = head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS
    return Format.BMP if sound else None


def _iso(head: bytes) -> Format | None:
    """MP4, M4A, MOV and 3GP share one layout; HEIC and AVIF photos use it too."""
    if head[4:8] == b"ftyp":
        brands = head[16 : int.from_bytes(head[:4], "big")]
        if head[8:12] in _EITHER_PHOTO and b"avif" in (brands[at : at + 4] for at in range(0, len(brands), 4)):
            return Format.AVIF
        return _ISO_PHOTOS.get(head[8:12], Format.MP4)
    return Format.MP4 if head[4:8] in _QUICKTIME_ATOMS else None


def _id3_length(head: bytes) -> int:
    length = 0
    for byte in head[6:_ID3_HEAD]:
        length = length << 7 | byte & 0x7F
    return length


def _mpeg_audio(head: bytes) -> Format | None:
    """Two frames in a row: one alone is found in any noise."""
    for length_of, kind in ((_mp3_frame, Format.MP3), (_adts_frame, Format.AAC)):
        length = length_of(head[:8])
        if length and length_of(head[length : length + 8]):
            return kind
    return None


def _mp3_frame(head: bytes) -> int:
    """Return the length of the layer III frame that starts here, or 0."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _MPEG_RATES or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    kilobits = (_MPEG1_KILOBITS if first else _MPEG2_KILOBITS)[bits]
    return (144 if first else 72) * kilobits * 1000 // _MPEG_RATES[version][rate] + (head[2] >> 1 & 1)


def _adts_frame(head: bytes) -> int:
    """Return the length of the AAC frame that starts here, or 0."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
