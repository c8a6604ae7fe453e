"""Dictation: what somebody says appears as text while they speak."""

import queue
from collections.abc import Iterator

from desktop.core.errors import AppError, Cancelled
from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE, SoundBlock
from desktop.core.ports import Publish
from desktop.core.speech import Said
from desktop.core.voice_events import Dictated, DictationEnded
from desktop.core.voice_ports import Transcriber
from desktop.services.lanes import Work
from desktop.services.scribe import Scribe

SECOND = SAMPLE_RATE * SAMPLE_BYTES
STEP_BYTES = SECOND // 5
"""So much new sound is handed on; how often it is worth a look, the speech process decides."""
MOST_BYTES = 10 * SECOND
"""Not more at a time, where looking takes longer than speaking."""

Spoken = queue.SimpleQueue[bytes | None]


class Dictation:
    """Works on a lane of its own with a speech process of its own, so that no long recording holds it up."""

    def __init__(self, scribe: Scribe, transcriber: Transcriber, lane: Work, publish: Publish) -> None:
        self._scribe = scribe
        self._transcriber = transcriber
        self._lane = lane
        self._publish = publish
        self._open: dict[str, Spoken] = {}
        self._unwanted: set[str] = set()
        self._current = ""

    def begin(self, token: str) -> None:
        """Begin to listen: announces Dictated while there is something new, and DictationEnded at the end."""
        spoken = self._open[token] = queue.SimpleQueue()

        def job() -> None:
            error: AppError | None = None
            self._current = token
            try:
                self._write(token, spoken)
            except Cancelled:
                pass
            except AppError as met:
                error = met
            except BaseException:
                error = AppError()
                raise
            finally:
                self._current = ""
                self._open.pop(token, None)
                self._unwanted.discard(token)
                self._publish(DictationEnded(token, error))

        self._lane.submit(job)

    def take(self, token: str, samples: bytes) -> None:
        """Hear more; returns at once. Nothing for a token that does not dictate."""
        if spoken := self._open.get(token):
            spoken.put(samples)

    def finish(self, token: str) -> None:
        """Write down what was said so far, then end."""
        if spoken := self._open.pop(token, None):
            spoken.put(None)

    def discard(self, token: str) -> None:
        """End at once; what was not written is left."""
        if token in self._open or token == self._current:
            self._unwanted.add(token)
            self.finish(token)
            if token == self._current:
                self._transcriber.cancel()

    def stop(self) -> None:
        """End all: the app is closing."""
        for token in {*self._open, self._current} - {""}:
            self.discard(token)

    def close(self) -> None:
        """End the process, after the lane."""
        self._transcriber.close()

    def _write(self, token: str, spoken: Spoken) -> None:
        wish = self._scribe.wish(live=True)
        for event in self._transcriber.transcribe(wish, self._blocks(token, spoken)):
            if isinstance(event, Said):
                self._publish(Dictated(token, event.words, event.tentative))

    def _blocks(self, token: str, spoken: Spoken) -> Iterator[SoundBlock]:
        """Yield what was said since the last block, a fifth of a second at least, until the end."""
        heard, ended = 0, False
        while not ended:
            block = bytearray()
            while not ended and len(block) < MOST_BYTES and (len(block) < STEP_BYTES or not spoken.empty()):
                piece = spoken.get()
                ended = piece is None
                block += piece or b""
            if token in self._unwanted:
                raise Cancelled
            if block:
                yield SoundBlock(heard / SECOND, bytes(block), b"")
                heard += len(block)
