"""Files beside a question that is being written: taken in, shown small, let go again."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.core.attachment_events import AttachmentFailed, AttachmentReady, AttachmentShown, AttachmentTaking
from desktop.core.attachments import Attachment
from desktop.core.errors import AppError, Cancelled
from desktop.core.events import Event, VaultChanged
from desktop.core.media import Picture, Step
from desktop.core.ports import Publish
from desktop.services.keeping import Keeper
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

NEWS_SECONDS = 0.1


class AttachService:
    """Works on the attach lane, so that a long film holds up neither answers nor the list."""

    def __init__(
        self,
        keeper: Keeper,
        shelf: Shelf,
        lane: Work,
        publish: Publish,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keeper = keeper
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._monotonic = monotonic
        self._waiting: set[str] = set()
        self._current = ""
        self._swept = False
        self._told = 0.0

    def add(self, path: str, token: str) -> None:
        """Take a file in: announces AttachmentReady or AttachmentFailed; AttachmentTaking while it takes long."""
        self._queue(token, lambda step: self._keeper.keep(Path(path), step))

    def add_bytes(self, made: Callable[[], bytes], name: str, token: str) -> None:
        """Take in what is no file, such as a picture from the clipboard, as `add` does.

        Args:
            made: called on the lane: packing a large picture takes long.
            name: what the person shall call it.
            token: comes back with what becomes of it.
        """
        self._queue(token, lambda step: self._keeper.keep_bytes(made(), name, step))

    def cancel(self, token: str) -> None:
        """Do not take that file in after all; nothing is announced of it any more."""
        self._waiting.discard(token)
        if self._current == token:
            self._keeper.cancel()

    def set_aside(self, attachment: Attachment) -> None:
        """The person took it away, and may want it back: it stays until `drop` or `take_back`.

        Why at once: the draft that no longer names it may be stored before a long film on the lane is taken in.
        """
        self._shelf.attachments.set_aside(attachment.digest)

    def take_back(self, attachment: Attachment) -> None:
        """The person wanted it back."""
        self._shelf.attachments.take_back(attachment.digest)

    def drop(self, attachment: Attachment) -> None:
        """The question is to be sent without it: it is deleted, unless a message or draft names it."""
        self._lane.submit(lambda: self._shelf.attachments.let_go(attachment.digest))

    def illustrate(self, attachment: Attachment) -> None:
        """Announce AttachmentShown with the small picture of an attachment."""

        def job() -> None:
            picture: Picture | None = None
            with suppress(AppError):  # it shows without a picture; who sends it is told why
                picture = self._keeper.thumbnail(attachment)
            self._publish(AttachmentShown(attachment, picture))

        self._lane.submit(job)

    def follow(self, event: Event) -> None:
        """Remove what a crash left behind, once the store is open."""
        if isinstance(event, VaultChanged) and not event.locked and not self._swept:
            self._swept = True
            self._lane.submit(lambda: self._shelf.attachments.sweep())

    def stop(self) -> None:
        """Take in nothing more: the app is closing."""
        self._waiting.clear()
        self._keeper.stop()

    def _queue(self, token: str, keep: Callable[[Step], Attachment]) -> None:
        self._waiting.add(token)

        def job() -> None:
            self._current = token
            try:
                self._take(keep, token)
            except Cancelled:
                raise
            except AppError as error:
                self._publish(AttachmentFailed(token, error))
            except BaseException:
                self._publish(AttachmentFailed(token, AppError()))
                raise
            finally:
                self._current = ""
                self._waiting.discard(token)

        self._lane.submit(job)

    def _take(self, keep: Callable[[Step], Attachment], token: str) -> None:
        self._check(token)
        attachment = keep(lambda done, total: self._tell(token, done, total))
        try:
            thumbnail = self._keeper.thumbnail(attachment)
            self._check(token)
        except BaseException:
            self._shelf.attachments.let_go(attachment.digest)
            raise
        self._publish(AttachmentReady(token, attachment, thumbnail))

    def _tell(self, token: str, done: int, total: int) -> None:
        self._check(token)
        now = self._monotonic()
        if now > self._told + NEWS_SECONDS:
            self._told = now
            self._publish(AttachmentTaking(token, done, total))

    def _check(self, token: str) -> None:
        if token not in self._waiting:
            raise Cancelled
