"""The media reader, made when the first file comes: what drives a process is no part of the app's start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.core.media import (
    Facts,
    Frame,
    FramesWish,
    Moment,
    Picture,
    PictureWish,
    PlayWish,
    Progress,
    SoundBlock,
    SoundWish,
    Source,
    ThumbnailWish,
)

if TYPE_CHECKING:
    from desktop.reader.client import LocalMediaReader


class OnDemandMediaReader:
    """A LocalMediaReader that comes into being with the first file."""

    def __init__(self) -> None:
        self._reader: LocalMediaReader | None = None

    def describe(self, source: Source) -> Facts:
        """Tell what a file is, by its content; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().describe(source)

    def picture(self, source: Source, wish: PictureWish) -> Picture:
        """Prepare a picture for a model; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().picture(source, wish)

    def thumbnail(self, source: Source, wish: ThumbnailWish) -> Picture:
        """Make a small picture of a picture or video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().thumbnail(source, wish)

    def frames(self, source: Source, wish: FramesWish) -> Iterator[Frame | Progress]:
        """Choose frames of a video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().frames(source, wish)

    def sound(self, source: Source, wish: SoundWish) -> Iterator[SoundBlock | Progress]:
        """Read sound block by block; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().sound(source, wish)

    def play(self, source: Source, wish: PlayWish) -> Iterator[Moment | Progress]:
        """Read frames and sound as they are fetched; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().play(source, wish)

    def cancel(self) -> None:
        """End what is being read soon. From any thread."""
        if self._reader:
            self._reader.cancel()

    def close(self) -> None:
        """End the process and give its memory back. From the user thread; from any other, `cancel` first."""
        if self._reader:
            self._reader.close()

    def _made(self) -> "LocalMediaReader":
        if self._reader is None:
            from desktop.reader.client import LocalMediaReader  # noqa: PLC0415 - not for the start

            self._reader = LocalMediaReader()
        return self._reader
