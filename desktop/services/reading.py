"""Reading aloud: sentences, one after the other, with a voice of the system."""

from collections.abc import Sequence

from desktop.core.errors import AppError, Cancelled
from desktop.core.ports import Publish
from desktop.core.settings import ReadingSpeed
from desktop.core.voice_events import ReadingEnded, SentenceReached
from desktop.core.voice_ports import Speaker
from desktop.services.lanes import Work
from desktop.services.settings import SettingsService

RATES = {ReadingSpeed.SLOW: -0.4, ReadingSpeed.NORMAL: 0.0, ReadingSpeed.FAST: 0.4}


class ReadingService:
    """One text at a time, on a lane of its own; another one ends the one before.

    The next sentence is handed over when the one before has ended, so it is always known which one is heard.
    """

    def __init__(self, speaker: Speaker, settings: SettingsService, lane: Work, publish: Publish) -> None:
        self._speaker = speaker
        self._settings = settings
        self._lane = lane
        self._publish = publish
        self._token = ""

    def read(self, sentences: Sequence[str], home: str, token: str) -> None:
        """Announce SentenceReached as each is heard, then ReadingEnded.

        Args:
            sentences: what is said.
            home: the language of the person, such as `de_AT`.
            token: names this reading in the events.
        """
        self.hush()
        self._token = token
        self._lane.submit(lambda: self._read(tuple(sentences), home, token))

    def hush(self) -> None:
        """Be silent; returns at once."""
        self._token = ""
        self._speaker.cancel()

    def stop(self) -> None:
        """Be silent: the app is closing."""
        self.hush()

    def close(self) -> None:
        """End the process, after the lane."""
        self._speaker.close()

    def _read(self, sentences: tuple[str, ...], home: str, token: str) -> None:
        error: AppError | None = None
        try:
            self._speaker.begin()  # before the look at the token: what is hushed from here on is heard
            language = _language(sentences, home)
            for number, words in enumerate(sentences):
                if self._token != token:
                    return
                self._say(number, words, language, token)
        except Cancelled:
            pass
        except AppError as met:
            error = met
        except BaseException:
            error = AppError()
            raise
        finally:
            self._publish(ReadingEnded(token, error))

    def _say(self, number: int, words: str, language: str, token: str) -> None:
        rate = RATES[self._settings.current.reading_speed]
        self._speaker.say(words, language, rate, lambda: self._publish(SentenceReached(token, number)))


def _language(sentences: Sequence[str], home: str) -> str:
    """Return the language they are in; as it is spoken at home where that is the same."""
    from desktop.core.sentences import language_of  # noqa: PLC0415 - its patterns are not for the start

    found = language_of("".join(sentences))
    return home if not found or home.partition("_")[0] == found.partition("_")[0] else found
