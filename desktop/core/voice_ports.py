"""Ports of speech: what the services ask of the floor below while somebody speaks, to write down, to read aloud."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.core.media import SoundBlock
from desktop.core.speech import SpeechEvent, SpeechModel, SpeechWish
from desktop.core.voice_events import Rescued


class RecordingSink(Protocol):
    """A recording that grows. One thread."""

    id: str

    def write(self, samples: bytes) -> None:
        """Take 16-bit samples; they are safe after the next `flush`."""

    def flush(self) -> None:
        """Put everything so far on the disk."""

    def close(self) -> None:
        """End it."""


class Recordings(Protocol):
    """Recordings under way, sealed, and those that a crash broke off. Thread safe."""

    def begin(self) -> RecordingSink:
        """Begin one; AppError when the disk is full or cannot be written."""

    def broken_off(self) -> tuple[Rescued, ...]:
        """What earlier sessions did not end, oldest first."""

    def open(self, id_: str) -> AbstractContextManager[BinaryIO]:
        """Open one that is not being written, finished or not, as a WAV file; AppError when it cannot be."""

    def release(self, id_: str) -> None:
        """Count it among those that were broken off: it could not be kept otherwise."""

    def remove(self, id_: str) -> None:
        """Delete one."""


class SpeechModels(Protocol):
    """The speech models of this computer."""

    def list(self, extra: Sequence[Path] = ()) -> tuple[SpeechModel, ...]:
        """Return every usable model once, the smallest first; `extra` are folders the person added."""

    def choose(self, wanted: str, extra: Sequence[Path] = ()) -> SpeechModel | None:
        """Return the model in this folder, or else the best one at hand."""

    def find(self, name_or_folder: str, extra: Sequence[Path] = ()) -> SpeechModel:
        """Return the model of this name or in this folder.

        Raises:
            NoSpeechModel: none can be used here.
            SpeechModelUnknown: no model has that name.
            NotASpeechModel: it is a folder, and not that of a model.
        """


class Transcriber(Protocol):
    """Writes speech down in a process of its own. One user thread, `cancel` from any."""

    def transcribe(self, wish: SpeechWish, blocks: Iterable[SoundBlock]) -> Iterator[SpeechEvent]:
        """Write down blocks of sound that follow one another. Leaving the iterator early stops it.

        Raises:
            AppError: while iterating: the model cannot be used, or its process ended.
            Cancelled: after `cancel`.
        """

    def cancel(self) -> None:
        """End what is being written down soon; its caller gets Cancelled."""

    def close(self) -> None:
        """End the process and give its memory back."""


class Speaker(Protocol):
    """Speaks in a process of its own. One user thread, `cancel` from any."""

    def begin(self) -> None:
        """Listen to `cancel` anew; comes before the first `say`."""

    def say(self, words: str, language: str, rate: float, began: Callable[[], None]) -> None:
        """Say it, and return when it was said.

        Args:
            words: a sentence or so.
            language: a name such as `de_AT`; empty: the usual voice.
            rate: -1 to 1; 0 is the usual one.
            began: called when it is heard.

        Raises:
            AppError: nothing here speaks, or its process ended or hung.
            Cancelled: after `cancel`.
        """

    def cancel(self) -> None:
        """Be silent at once; who says something gets Cancelled, until `begin`."""

    def close(self) -> None:
        """End the process."""
