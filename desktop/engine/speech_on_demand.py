"""The transcriber, made when somebody first speaks: what drives a process is no part of the app's start."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.core.media import SoundBlock
from desktop.core.speech import SpeechEvent, SpeechWish

if TYPE_CHECKING:
    from desktop.engine.speech import LocalTranscriber


class OnDemandTranscriber:
    """A LocalTranscriber that comes into being with the first sound."""

    def __init__(self) -> None:
        self._transcriber: LocalTranscriber | None = None

    def transcribe(self, wish: SpeechWish, blocks: Iterable[SoundBlock]) -> Iterator[SpeechEvent]:
        """Write down sound; AppError when that fails, Cancelled after `cancel`. Leaving early stops it."""
        if self._transcriber is None:
            from desktop.engine.speech import LocalTranscriber  # noqa: PLC0415 - not for the start

            self._transcriber = LocalTranscriber()
        return self._transcriber.transcribe(wish, blocks)

    def cancel(self) -> None:
        """End what is being written down soon. From any thread."""
        if self._transcriber:
            self._transcriber.cancel()

    def close(self) -> None:
        """End the process and give its memory back. From the user thread; from any other, `cancel` first."""
        if self._transcriber:
            self._transcriber.close()
