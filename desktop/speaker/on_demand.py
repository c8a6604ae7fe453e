"""The speaker, made when something is first read aloud: what drives a process is no part of the app's start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.speaker.client import LocalSpeaker


class OnDemandSpeaker:
    """A LocalSpeaker that comes into being with the first words."""

    def __init__(self) -> None:
        self._speaker: LocalSpeaker | None = None

    def begin(self) -> None:
        """Listen to `cancel` anew."""
        if self._speaker is None:
            from desktop.speaker.client import LocalSpeaker  # noqa: PLC0415 - not for the start

            self._speaker = LocalSpeaker()
        self._speaker.begin()

    def say(self, words: str, language: str, rate: float, began: Callable[[], None]) -> None:
        """Return when it was said; AppError when that fails, Cancelled after `cancel`."""
        assert self._speaker is not None, "begin comes first"
        self._speaker.say(words, language, rate, began)

    def cancel(self) -> None:
        """Be silent at once. From any thread."""
        if self._speaker:
            self._speaker.cancel()

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        if self._speaker:
            self._speaker.close()
