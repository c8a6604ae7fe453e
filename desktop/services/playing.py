"""Plays kept films and sounds: the reader process decodes, the player gets frames and sound a little ahead of time.

Nothing decrypted touches the disk: the reader gets the sealed file and its key. What is announced and not yet reached
by the player is bounded in seconds and in bytes; when the player stands still, so does the decoder.
"""

import math
import threading
from collections import deque

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError, Cancelled
from desktop.core.media import Frame, Moment, PlayWish, Progress
from desktop.core.ports import MediaReader, Publish
from desktop.core.viewing_events import MomentPlayed, PlayingEnded, ViewFailed
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

AHEAD_SECONDS = 1.5
AHEAD_BYTES = 64_000_000
STRETCH = 120.0
"""Seconds that one task of the reader plays: a task may work for a limited time, a film may be long."""


class PlayingService:
    """One thing is played at a time, on a lane of its own; playing another, or elsewhere, ends what was played."""

    def __init__(self, shelf: Shelf, reader: MediaReader, lane: Work, publish: Publish) -> None:
        self._shelf = shelf
        self._reader = reader
        self._lane = lane
        self._publish = publish
        self._moved = threading.Condition()
        self._token = ""
        self._reached = 0.0
        self._ahead: deque[tuple[float, int]] = deque()

    def play(self, attachment: Attachment, start: float, side: int, token: str) -> None:
        """Announce MomentPlayed with frames and sound from there on, then PlayingEnded; or ViewFailed.

        Args:
            attachment: a video or a sound.
            start: in seconds.
            side: the longer side of the pictures, in pixels.
            token: names this playing in the events.
        """
        self._turn_to(token, start)
        self._lane.submit(lambda: self._play(attachment, start, side, token))

    def advance(self, token: str, seconds: float) -> None:
        """The player has come so far: what follows may be read."""
        with self._moved:
            if self._token == token:
                self._reached = seconds
                self._moved.notify_all()

    def halt(self, token: str) -> None:
        """End what is played under this token."""
        if self._token == token:
            self._turn_to("", 0.0)

    def stop(self) -> None:
        """Play nothing more: the app is closing."""
        self._turn_to("", 0.0)

    def close(self) -> None:
        """End the reader's process; after the lane."""
        self.stop()
        self._reader.close()

    def _turn_to(self, token: str, start: float) -> None:
        with self._moved:
            self._token, self._reached = token, start
            self._ahead.clear()
            self._moved.notify_all()
        self._reader.cancel()

    def _play(self, attachment: Attachment, start: float, side: int, token: str) -> None:
        try:
            length, at = attachment.facts.seconds, start
            while at < length - STRETCH:
                self._play_stretch(attachment, PlayWish(at, at + STRETCH, side), token)
                at += STRETCH
            self._play_stretch(attachment, PlayWish(at, math.inf, side), token)
        except Cancelled:
            raise
        except AppError as error:
            self._tell(ViewFailed(token, error))
        except BaseException:
            self._tell(ViewFailed(token, AppError()))
            raise
        else:
            self._tell(PlayingEnded(token))

    def _play_stretch(self, attachment: Attachment, wish: PlayWish, token: str) -> None:
        self._check(token)
        with self._shelf.attachments.open(attachment.digest, attachment.name) as source:
            for one in self._reader.play(source, wish):
                if self._token != token:
                    self._reader.cancel()  # it may have begun after the cancel; the process lives on for the next
                elif not isinstance(one, Progress):
                    self._hand_out(one, token)
        self._check(token)

    def _hand_out(self, moment: Moment, token: str) -> None:
        """Announce a moment once the player is near it."""
        size = len(moment.picture.rgb) if isinstance(moment, Frame) else len(moment.samples)
        with self._moved:
            self._moved.wait_for(lambda: self._token != token or self._is_near(moment.seconds, size))
            if self._token != token:
                return
            self._ahead.append((moment.seconds, size))
        self._publish(MomentPlayed(token, moment))

    def _is_near(self, seconds: float, size: int) -> bool:
        while self._ahead and self._ahead[0][0] < self._reached:
            self._ahead.popleft()
        room = sum(held for _, held in self._ahead) + size <= AHEAD_BYTES
        return seconds <= self._reached + AHEAD_SECONDS and (room or not self._ahead)

    def _tell(self, event: PlayingEnded | ViewFailed) -> None:
        if self._token == event.token:
            self._publish(event)

    def _check(self, token: str) -> None:
        if self._token != token:
            raise Cancelled
