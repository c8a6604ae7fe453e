"""Looks at kept files for a person: large pictures, the frames that a model would get, copies where they are wanted."""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError, Cancelled, StoreUnwritable
from desktop.core.media import LARGEST_SIDE, Frame, Kind, Progress, SoundBlock, SoundWish, Source, ThumbnailWish
from desktop.core.ports import MediaReader, Publish
from desktop.core.taking import AttachmentPart, frames_wish
from desktop.core.viewing_events import (
    AttachmentSaved,
    FramesPreviewed,
    FramesPreviewing,
    LevelsPreviewed,
    PictureViewed,
    ViewFailed,
)
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

NEWS_SECONDS = 0.1
UNFINISHED = ".part"


class ViewingService:
    """Works on a lane and with a reader of its own, so that looking waits for nothing that is taken in or prepared."""

    def __init__(
        self,
        shelf: Shelf,
        reader: MediaReader,
        lane: Work,
        publish: Publish,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shelf = shelf
        self._reader = reader
        self._lane = lane
        self._publish = publish
        self._monotonic = monotonic
        self._waiting: set[str] = set()
        self._current = ""
        self._told = 0.0
        self._stopped = False

    def view(self, attachment: Attachment, page: int, token: str) -> None:
        """Announce PictureViewed with a picture or a page of one, as large as a screen, or ViewFailed."""

        def look(source: Source) -> None:
            picture = self._reader.thumbnail(source, ThumbnailWish(LARGEST_SIDE, page))
            self._publish(PictureViewed(token, picture))

        self._submit(attachment, token, look)

    def preview(self, part: AttachmentPart, token: str) -> None:
        """Announce what a model would get: FramesPreviewed of a video, LevelsPreviewed of a sound, or ViewFailed.

        The frames are chosen by the very wish with which they are prepared; FramesPreviewing tells how far that is.
        """

        def look(source: Source) -> None:
            if part.attachment.facts.kind is Kind.SOUND:
                self._publish(LevelsPreviewed(token, self._levels(source, part.attachment, token)))
            else:
                self._publish(FramesPreviewed(token, self._frames(source, part, token)))

        self._submit(part.attachment, token, look)

    def cancel(self, token: str) -> None:
        """Nobody looks at it any more; nothing is announced of it."""
        self._waiting.discard(token)
        if self._current == token:
            self._reader.cancel()

    def save(self, attachment: Attachment, path: str) -> None:
        """Write a copy, decrypted, where the person says; announces AttachmentSaved, or Failed and nothing is left."""

        def job() -> None:
            place = Path(path)
            unfinished = place.with_name(f"{place.stem}.{secrets.token_hex(4)}{UNFINISHED}")
            try:
                with unfinished.open("xb") as out:
                    for piece in self._shelf.attachments.content(attachment.digest, attachment.name):
                        if self._stopped:
                            raise Cancelled
                        out.write(piece)
                unfinished.replace(place)
            except OSError as error:
                raise StoreUnwritable(name=place.parent) from error
            finally:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
            self._publish(AttachmentSaved(place.name))

        self._lane.submit(job)

    def stop(self) -> None:
        """Look at and save nothing more: the app is closing."""
        self._stopped = True
        self._waiting.clear()
        self._reader.cancel()

    def close(self) -> None:
        """End the reader's process; after the lane."""
        self._reader.cancel()
        self._reader.close()

    def _submit(self, attachment: Attachment, token: str, look: Callable[[Source], None]) -> None:
        self._waiting.add(token)

        def job() -> None:
            self._current = token
            try:
                self._check(token)
                with self._shelf.attachments.open(attachment.digest, attachment.name) as source:
                    look(source)
            except Cancelled:
                raise
            except AppError as error:
                self._publish(ViewFailed(token, error))
            except BaseException:
                self._publish(ViewFailed(token, AppError()))
                raise
            finally:
                self._current = ""
                self._waiting.discard(token)

        self._lane.submit(job)

    def _frames(self, source: Source, part: AttachmentPart, token: str) -> tuple[Frame, ...]:
        found = []
        for one in self._reader.frames(source, frames_wish(part)):
            self._check(token)
            if isinstance(one, Frame):
                found.append(one)
            else:
                self._tell(token, one)
        return tuple(found)

    def _levels(self, source: Source, attachment: Attachment, token: str) -> bytes:
        found = bytearray()
        for one in self._reader.sound(source, SoundWish()):
            self._check(token)
            if isinstance(one, SoundBlock):
                found += one.levels
                self._tell(token, Progress(round(one.seconds), round(attachment.facts.seconds)))
        return bytes(found)

    def _tell(self, token: str, progress: Progress) -> None:
        now = self._monotonic()
        if now > self._told + NEWS_SECONDS:
            self._told = now
            self._publish(FramesPreviewing(token, progress.done, progress.total))

    def _check(self, token: str) -> None:
        if token not in self._waiting:
            raise Cancelled
