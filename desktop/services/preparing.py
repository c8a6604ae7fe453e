"""What a model is given of an attachment: made by the reader process, remembered sealed, and put in order of time."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.core.attachment_errors import AttachmentTooLong
from desktop.core.attachment_events import AttachmentPreparing
from desktop.core.attachments import Attachment, Caption, Piece, Prepared, Sound, Wishes
from desktop.core.errors import Cancelled
from desktop.core.media import (
    SAMPLE_BYTES,
    SAMPLE_RATE,
    Frame,
    Kind,
    PictureWish,
    Progress,
    SoundBlock,
    SoundWish,
    Source,
)
from desktop.core.ports import MediaReader, Publish
from desktop.core.taking import (
    PAGES,
    SOUND_SECONDS,
    AttachmentPart,
    Senses,
    Sounding,
    Taking,
    clock,
    frames_wish,
    taking,
)
from desktop.services import pieces
from desktop.services.keeping import Keeper
from desktop.services.scribe import Scribe
from desktop.services.shelf import Shelf

RECIPE = 2
"""Raised whenever the same file would be prepared otherwise: what was remembered by an older one is made anew."""

BLOCK_SECONDS = 30.0
SHORTEST_BYTES = SAMPLE_RATE // 10 * SAMPLE_BYTES
"""A rest of sound is filled up to this with silence: encoders refuse less."""
UNHEARD = "[there is sound that could not be heard]"
WORDLESS = "[nothing is said in the sound]"

Timed = tuple[float, tuple[Piece, ...]]


class Preparer:
    """The port `Preparing`. `prepare` from one thread, `keep` and `cancel` from any."""

    def __init__(self, keeper: Keeper, shelf: Shelf, reader: MediaReader, scribe: Scribe, publish: Publish) -> None:
        """Read nothing yet.

        Args:
            keeper: takes files in.
            shelf: where the store is found.
            reader: its own one, so that a turn does not wait for a file that is being taken in.
            scribe: writes speech down for models that do not hear it.
            publish: announces how far preparing is.
        """
        self._keeper = keeper
        self._shelf = shelf
        self._reader = reader
        self._scribe = scribe
        self._publish = publish
        self._cancelled = threading.Event()

    def keep(self, path: Path) -> Attachment:
        """Keep a file, sealed; AppError when it cannot be read or kept."""
        return self._keeper.keep(path)

    def writes(self) -> bool:
        """Whether speech can be written down; looks at the disk."""
        return self._scribe.model() is not None

    def prepare(self, part: AttachmentPart, wishes: Wishes) -> Prepared:
        """Return an attachment as a model takes it, as it was remembered or made anew.

        Raises:
            AppError: it is not kept, or cannot be read.
            Cancelled: after `cancel`.
        """
        self._cancelled.clear()
        attachment, taken = part.attachment, taking(part, Senses(wishes.pictures, wishes.sounds, wishes.words))
        written = self._scribe.recipe() if taken.sound is Sounding.WRITTEN else ""
        recipe = f"prepared {RECIPE} {int(part.detail)} {part.sampling} {taken.seen:d} {taken.sound} {written}"
        store = self._shelf.attachments
        if kept := store.recall(attachment.digest, recipe):
            return Prepared(attachment.digest, pieces.load(kept))
        with store.open(attachment.digest, attachment.name) as source:
            made = tuple(self._made(source, part, taken))
        store.remember(attachment.digest, recipe, pieces.dump(made))
        return Prepared(attachment.digest, made)

    def cancel(self) -> None:
        """End what is being prepared soon; its caller gets Cancelled."""
        self._reader.cancel()
        self._scribe.interrupt(self._cancelled)

    def close(self) -> None:
        """End the reader's process; after the thread that prepares."""
        self.cancel()
        self._reader.close()

    def _made(self, source: Source, part: AttachmentPart, taken: Taking) -> Iterator[Piece]:
        if part.attachment.facts.kind is Kind.PICTURE:
            yield from self._pages(source, part) if taken.seen else ()
            return
        timed: list[Timed] = []
        match taken.sound:
            case Sounding.HEARD:
                timed += self._sounds(source, part)
            case Sounding.WRITTEN:
                timed += self._words(part)
            case Sounding.LEFT_OUT:
                timed.append((part.sampling.start, (Caption(UNHEARD),)))
        if taken.seen:
            timed += self._frames(source, part)
        for _, found in sorted(timed, key=lambda one: one[0]):
            yield from found

    def _pages(self, source: Source, part: AttachmentPart) -> Iterator[Piece]:
        count = max(1, part.attachment.facts.pages)
        for page in range(min(count, PAGES)):
            self._look(part.attachment, Progress(page, min(count, PAGES)))
            if count > 1:
                yield Caption(f"[{page + 1}/{count}]")
            yield self._reader.picture(source, PictureWish(part.detail, page))
        if count > PAGES:
            yield Caption(f"[pages {PAGES + 1} to {count} are left out]")

    def _frames(self, source: Source, part: AttachmentPart) -> Iterator[Timed]:
        for one in self._looking(part.attachment, self._reader.frames(source, frames_wish(part))):
            if isinstance(one, Frame):
                yield one.seconds, (Caption(f"[{clock(one.seconds)}]"), one.picture)

    def _sounds(self, source: Source, part: AttachmentPart) -> Iterator[Timed]:
        """Yield sound block by block; in a longer file each says when it begins, as frames do."""
        attachment, start = part.attachment, part.sampling.start
        film = attachment.facts.kind is Kind.VIDEO
        if not film and part.sampling.within(attachment.facts) > SOUND_SECONDS:
            minutes = round(attachment.facts.seconds / 60)
            raise AttachmentTooLong(name=attachment.name, minutes=minutes, limit=SOUND_SECONDS // 60)
        end = min(part.sampling.end, start + SOUND_SECONDS)
        blocks = self._reader.sound(source, SoundWish(start, end, BLOCK_SECONDS))
        for one in self._looking(attachment, blocks):
            if isinstance(one, SoundBlock):
                sound = Sound(one.samples.ljust(SHORTEST_BYTES, b"\0"))
                told = not film and one.seconds > 0
                yield one.seconds, (Caption(f"[{clock(one.seconds)}]"), sound) if told else (sound,)
        if film and min(part.sampling.end, attachment.facts.seconds) > end:
            yield end, (Caption(f"[the sound from {clock(end)} on is left out]"),)

    def _words(self, part: AttachmentPart) -> Iterator[Timed]:
        """Yield what is said in the part that is taken, a line for each sentence, behind its time."""

        def step(done: float, total: float) -> None:
            self._look(part.attachment, Progress(round(done), round(total)))

        step(0, part.attachment.facts.seconds)
        said = self._scribe.transcript(part.attachment, self._cancelled, step).segments
        start, end = part.sampling.start, part.sampling.end
        within = [one for one in said if one.end > start and one.start < end]
        for one in within:
            yield one.start, (Caption(f"[{clock(one.start)}] {' '.join(one.text.split())}\n"),)
        if not within:
            yield start, (Caption(WORDLESS),)

    def _looking(
        self, attachment: Attachment, results: Iterable[Frame | SoundBlock | Progress]
    ) -> Iterator[Frame | SoundBlock]:
        for one in results:
            if isinstance(one, Progress):
                self._look(attachment, one)
            else:
                yield one
        self._look(attachment, Progress(1, 1))

    def _look(self, attachment: Attachment, progress: Progress) -> None:
        """Announce how far it is; a cancel between two readings counts too."""
        if self._cancelled.is_set():
            raise Cancelled
        self._publish(AttachmentPreparing(attachment, progress.done, progress.total))
