"""The MediaReader port over a process of its own: hands it files, passes results on."""

from collections.abc import Iterator

from desktop.core.child import Entry
from desktop.core.media import (
    Facts,
    FactsWish,
    Frame,
    FramesWish,
    HeardBlock,
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
from desktop.reader.process import Patience
from desktop.reader.session import ReaderSession
from desktop.reader.worker import main as worker


class LocalMediaReader:
    """Reads pictures, videos and sound in a child process."""

    def __init__(self, entry: Entry = worker.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: what a file may take.
        """
        self._session = ReaderSession(entry, patience)

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        return self._session.pid

    def describe(self, source: Source) -> Facts:
        """Tell what a file is, by its content; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.one(source, FactsWish(), Facts)

    def picture(self, source: Source, wish: PictureWish) -> Picture:
        """Prepare a picture for a model; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.one(source, wish, Picture)

    def thumbnail(self, source: Source, wish: ThumbnailWish) -> Picture:
        """Make a small picture of a picture or video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.one(source, wish, Picture)

    def frames(self, source: Source, wish: FramesWish) -> Iterator[Frame | Progress]:
        """Choose frames of a video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.many(source, wish, Frame)

    def sound(self, source: Source, wish: SoundWish) -> Iterator[SoundBlock | Progress]:
        """Read sound block by block; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.many(source, wish, SoundBlock)

    def play(self, source: Source, wish: PlayWish) -> Iterator[Moment | Progress]:
        """Read frames and sound as they are fetched; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.many(source, wish, Frame, HeardBlock)

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled. From any thread."""
        self._session.cancel()

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        self._session.close()
