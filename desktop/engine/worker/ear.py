"""Decodes a sound that grows: encoded once a look, and only as far as it reaches.

Why not `WhisperModel.transcribe`: it fills every sound up to thirty seconds and encodes it once more to find the
language, which is four fifths of the work when somebody has just begun to speak.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.media import SAMPLE_RATE

SURE = 0.5
"""From here on a language is taken for the one that is spoken."""
ENOUGH = 2 * SAMPLE_RATE
"""Of less sound the language is a guess, and asked again."""
FRAMES = 100
"""Of the spectrogram, a second."""
SHORTEST = 10
AFTER = 4
"""Seconds of silence behind the sound; with less the model repeats itself, for it has learnt with much of it."""
WHOLE = 30
"""Seconds: all that the model can hear."""
MOST_LENGTH = 448
WORDLESS = 12
TOKENS_A_SECOND = 8
"""Nobody speaks faster; what is longer is a loop."""
REPETITIVE = 2.4
SILENT = 0.6
UNLIKELY = -1.0
"""Above the one and below the other nothing was said: the library's own measures."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word as it was decoded, with the space before it."""

    text: str
    tokens: tuple[int, ...]


@dataclass(slots=True)
class Ear:
    """Listens with a loaded model."""

    model: Any
    look: Callable[[], None]
    """Raises Cancelled when somebody ended it."""
    language: str = ""
    """Empty until it is known."""
    encoded: Any = None
    """The last sound, for `ends`."""
    frames: int = 0
    tokenizer: Any = None

    def decode(self, sound: Any) -> Sequence[Spoken] | None:
        """Return the words of at most half a minute; None: nothing that can be trusted.

        Why it is not told what was said before: a small model then repeats that in place of what follows.
        """
        seconds = -(-len(sound) // SAMPLE_RATE)
        for window in dict.fromkeys((min(WHOLE, max(SHORTEST, seconds + AFTER)), WHOLE)):
            self.look()
            self._encode(sound, window)
            self.look()
            found = self._generate(seconds)
            if found is not None:
                return found
        return None

    def ends(self, words: Sequence[Spoken]) -> list[float]:
        """Return the second at which each word of the last sound ends; these are all that was found in it."""
        tokens = [token for word in words for token in word.tokens]
        (found,) = self.model.model.align(
            self.encoded, self.tokenizer.sot_sequence, [tokens], self.frames, median_filter_width=7
        )
        starts: dict[int, int] = {}
        for token, frame in found.alignments:
            starts.setdefault(token, frame)
        ends, at = [], 0
        for word in words:
            at += len(word.tokens)
            later = [frame for token, frame in starts.items() if token >= at]
            ends.append(min(later, default=self.frames // 2) / self.model.tokens_per_second)
        return ends

    def _encode(self, sound: Any, window: int) -> None:
        import numpy as np

        features = self.model.feature_extractor(sound)[:, : window * FRAMES]
        self.frames = features.shape[1]
        self.encoded = self.model.encode(np.pad(features, ((0, 0), (0, window * FRAMES - self.frames))))
        language = self.language or self._spoken_language(len(sound))
        self.tokenizer = self._tokenizer(language)

    def _spoken_language(self, samples: int) -> str:
        if not self.model.model.is_multilingual:
            return "en"
        (found,) = self.model.model.detect_language(self.encoded)
        token, probability = found[0]
        language = str(token)[2:-2]
        if probability > SURE and samples >= ENOUGH:
            self.language = language
        return language

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self.model.model.is_multilingual
        return Tokenizer(self.model.hf_tokenizer, multilingual, "transcribe", language)

    def _generate(self, seconds: int) -> Sequence[Spoken] | None:
        from faster_whisper.transcribe import get_compression_ratio, get_suppressed_tokens

        tokenizer = self.tokenizer
        opening = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        most = min(WORDLESS + TOKENS_A_SECOND * seconds, MOST_LENGTH - len(opening))
        (result,) = self.model.model.generate(
            self.encoded,
            [opening],
            beam_size=1,
            max_length=len(opening) + most,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        )
        tokens = [one for one in result.sequences_ids[0] if one < tokenizer.eot]
        text = tokenizer.decode(tokens).strip()
        if len(tokens) >= most - 1 or (text and get_compression_ratio(text) > REPETITIVE):
            return None
        if result.no_speech_prob > SILENT and result.scores[0] < UNLIKELY:
            return ()
        return [Spoken(*word) for word in zip(*_split(tokenizer, tokens), strict=True)] if tokens else ()


def _split(tokenizer: Any, tokens: list[int]) -> tuple[list[str], list[tuple[int, ...]]]:
    """Return words and their tokens; a sign that follows without a space goes with the word before it."""
    texts: list[str] = []
    parts: list[tuple[int, ...]] = []
    for text, ids in zip(*tokenizer.split_to_word_tokens(tokens), strict=True):
        if texts and not text.startswith(" ") and not any(one.isalnum() for one in text):
            texts[-1] += text
            parts[-1] += tuple(ids)
        else:
            texts.append(text)
            parts.append(tuple(ids))
    return texts, parts
