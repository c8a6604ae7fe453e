r"""Tells what the model thinks from what it says, however the text is cut into pieces.

Two spellings are known: `<think>…</think>`, which counts only at the very beginning of an answer, where reasoning
models put it (later it is text about tags), and Gemma 4's `<|channel>thought\n…<channel|>`, which counts anywhere.
"""

from dataclasses import dataclass

from desktop.core.stream import TextDelta, ThoughtDelta, Written

TAG_OPEN, TAG_CLOSE = "<think>", "</think>"
CHANNEL_OPEN, CHANNEL_CLOSE = "<|channel>thought\n", "<channel|>"


def opens_thought(prompt: str) -> str:
    """Return what will close the thought that the prompt's own end opens, or an empty text."""
    end = prompt[-80:].rstrip()
    if end.endswith(TAG_OPEN):
        return TAG_CLOSE
    return CHANNEL_CLOSE if end.endswith(CHANNEL_OPEN.rstrip()) else ""


@dataclass(slots=True)
class ThoughtSplitter:
    """Takes pieces of an answer, gives deltas; white space at the head of a thought or text is left out.

    `closing` is what ends the thought it is in, if any.
    """

    closing: str = ""
    _held: str = ""
    _begun: bool = False
    _trim: bool = True

    def feed(self, text: str) -> list[Written]:
        """Return the deltas that are certain now."""
        self._held += text
        deltas: list[Written] = []
        while self._step(deltas):
            pass
        return deltas

    def finish(self) -> list[Written]:
        """Return what was held back: it turned out to be no tag."""
        deltas: list[Written] = []
        self._emit(self._held, deltas)
        self._held = ""
        return deltas

    def interrupt(self) -> list[Written]:
        """Return what was held back, for something else than text follows: a thought is over, and text begins anew."""
        deltas = self.finish()
        self.closing = ""
        self._begun = self._trim = True
        return deltas

    def _step(self, deltas: list[Written]) -> bool:
        """Handle what stands at the head of the held text; True when there may be more."""
        if self._trim:
            self._held = self._held.lstrip()
            if not self._held:
                return False
            self._trim = False
        tags = self._tags()
        place, tag = min(((self._held.find(tag), tag) for tag in tags if tag in self._held), default=(-1, ""))
        if place >= 0:
            self._emit(self._held[:place], deltas)
            self._held = self._held[place + len(tag) :]
            self.closing = "" if self.closing else TAG_CLOSE if tag == TAG_OPEN else CHANNEL_CLOSE
            self._begun = self._trim = True
            return True
        keep = max((overlap(self._held, tag) for tag in tags), default=0)
        certain = len(self._held) - keep
        self._emit(self._held[:certain], deltas)
        self._held = self._held[certain:]
        return False

    def _tags(self) -> tuple[str, ...]:
        """Return the tags that count here."""
        if self.closing:
            return (self.closing,)
        starting = not self._begun and TAG_OPEN.startswith(self._held[: len(TAG_OPEN)])
        return (TAG_OPEN, CHANNEL_OPEN) if starting else (CHANNEL_OPEN,)

    def _emit(self, text: str, deltas: list[Written]) -> None:
        if not text:
            return
        self._begun = True
        deltas.append(ThoughtDelta(text) if self.closing else TextDelta(text))


def overlap(text: str, tag: str) -> int:
    """Return how many characters at the end of the text may be the beginning of the tag."""
    for length in range(min(len(tag) - 1, len(text)), 0, -1):
        if text.endswith(tag[:length]):
            return length
    return 0
