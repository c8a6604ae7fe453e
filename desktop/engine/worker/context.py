"""The KV cache of the one conversation in memory: what it holds, reuse of a prefix, reading of the rest."""

import ctypes
import time
from collections.abc import Callable, Sequence

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled
from desktop.engine.worker import library
from desktop.engine.worker.entries import Entry, Medium, length, size
from desktop.engine.worker.llama import Llama, pointer_to
from desktop.engine.worker.senses import Senses

ABORTED = 2
NO_ROOM = 1
FIRST_STEP = 256
STEP = 64
STEP_SECONDS = 1.0
"""A batch is made about this long, so that progress moves and little is read twice after a stop."""

PATIENCE = 5
"""How many times longer than words of the same number a picture may take, which is read in one batch."""
UNKNOWN_SECONDS = 600.0
"""What a picture may take before the speed is known."""


class ContextFull(Exception):
    """There is no cell left for the next token."""


class Context:
    """Owns what the KV cache of sequence 0 holds. `entries` is always exactly that."""

    def __init__(self, llama: Llama, flag: StopFlag, senses: Senses | None = None) -> None:
        self._llama, self._flag, self._senses = llama, flag, senses
        self._api = library.load()
        self._buffer = (ctypes.c_int32 * llama.n_batch)()
        self._positions = (ctypes.c_int32 * llama.n_batch)()
        self._batch = self._api.llama_batch_get_one(pointer_to(self._buffer), 1)
        self._batch.pos = pointer_to(self._positions)
        self._speed = 0.0
        self.entries: list[Entry] = []
        self._held = self._position = 0

    def holds_media(self, prompt: Sequence[Entry]) -> bool:
        """Tell whether every picture and sound of the prompt is in the part that needs no reading."""
        return not any(isinstance(entry, Medium) for entry in prompt[_common_prefix(self.entries, prompt) :])

    def reuse(self, prompt: Sequence[Entry]) -> int:
        """Keep the common prefix with the prompt, drop the rest; return how many tokens need no reading.

        Why the check: a sliding-window cache gives up cells behind the window. After a rewind beyond it,
        `seq_rm` still reports success, and every later logit is silently wrong. Then all is read again.
        """
        common = _common_prefix(self.entries, prompt)
        keep = min(common, len(prompt) - 1)  # the last token is read anew: its logits are needed
        if keep != len(self.entries):
            if keep and self._rewind(keep):
                self._hold(self.entries[:keep])
            else:
                self.clear()
        return self._held

    def clear(self) -> None:
        """Forget everything."""
        self._api.llama_memory_clear(self._llama.memory, True)
        self._hold([])

    def read(self, prompt: Sequence[Entry], progress: Callable[[int], None]) -> None:
        """Read the prompt from where the cache ends, telling how far it is after each batch.

        Raises:
            Cancelled: the person stopped; what was read stays.
            ContextFull: it does not fit.
            ModelDamaged: a picture or sound cannot be encoded.
        """
        while (start := len(self.entries)) < len(prompt):
            if self._flag[0]:
                raise Cancelled
            first = prompt[start]
            if isinstance(first, Medium):
                self._take_in(first)
            else:
                self._read_tokens(_tokens(prompt[start : start + self._step()]))
            progress(self._held)

    def advance(self, token: int) -> None:
        """Read one token of the answer.

        Raises:
            Cancelled: the person stopped inside it.
            ContextFull: the window is full.
        """
        if self._held >= self._llama.n_ctx:
            raise ContextFull
        self._buffer[0], self._positions[0] = token, self._position
        self._batch.n_tokens = 1
        result = self._api.llama_decode(self._llama.context, self._batch)
        if result:
            self._settle(result)
        self.entries.append(token)
        self._held += 1
        self._position += 1

    def _take_in(self, medium: Medium) -> None:
        if self._senses is None:
            raise RuntimeError("this model has no encoder")
        self._senses.embed(medium)
        seconds = PATIENCE * medium.tokens / self._speed if self._speed else UNKNOWN_SECONDS
        result = self._senses.decode(medium, self._position, seconds)
        if result:
            self._settle(result)
        self._hold([*self.entries, medium])

    def _read_tokens(self, tokens: Sequence[int]) -> None:
        begun = time.perf_counter()
        count = len(tokens)
        self._buffer[:count] = list(tokens)
        self._positions[:count] = list(range(self._position, self._position + count))
        self._batch.n_tokens = count
        result = self._api.llama_decode(self._llama.context, self._batch)
        if result:
            self._settle(result, tokens)
        self._hold([*self.entries, *tokens])
        if count >= STEP:
            self._speed = count / max(time.perf_counter() - begun, 1e-6)

    def _settle(self, result: int, tokens: Sequence[int] = ()) -> None:
        """After a batch that did not finish: find out what it left in the cache, and say why it ended."""
        kept = self._api.llama_memory_seq_pos_max(self._llama.memory, 0) + 1 - self._position
        self._hold([*self.entries, *tokens[: max(kept, 0)]])
        if not self.entries or not self._rewind(len(self.entries)):
            self.clear()
        if result == ABORTED:
            raise Cancelled
        if result == NO_ROOM:
            raise ContextFull
        raise RuntimeError(f"llama_decode gave {result}")

    def _rewind(self, keep: int) -> bool:
        """Drop the cells behind so many entries.

        Why the newest cell may lie before the last position: a picture in two dimensions has its cells at its start.
        """
        memory, api = self._llama.memory, self._api
        end, last = length(self.entries[:keep]), self.entries[keep - 1]
        if not api.llama_memory_seq_rm(memory, 0, end, -1):
            return False
        lowest, highest = api.llama_memory_seq_pos_min(memory, 0), api.llama_memory_seq_pos_max(memory, 0)
        needed = max(0, end - self._llama.window) if self._llama.window > 0 else 0
        return bool(end - length([last]) <= highest < end and 0 <= lowest <= needed)

    def _hold(self, entries: list[Entry]) -> None:
        self.entries, self._held, self._position = entries, size(entries), length(entries)

    def _step(self) -> int:
        """Return how many tokens to read at once: about STEP_SECONDS, in steps llama.cpp is fast at."""
        if not self._speed:
            return min(FIRST_STEP, self._llama.n_batch)
        wanted = int(self._speed * STEP_SECONDS) // STEP * STEP
        return min(max(wanted, STEP), self._llama.n_batch)


def _common_prefix(left: Sequence[Entry], right: Sequence[Entry]) -> int:
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))


def _tokens(entries: Sequence[Entry]) -> list[int]:
    """Return what comes before the first medium."""
    tokens: list[int] = []
    for entry in entries:
        if isinstance(entry, Medium):
            break
        tokens.append(entry)
    return tokens
