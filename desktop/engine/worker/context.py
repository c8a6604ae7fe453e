"""The KV cache of the one conversation in memory: which tokens it holds, reuse of a prefix, reading of the rest."""

import ctypes
import time
from collections.abc import Callable, Sequence

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled
from desktop.engine.worker import library
from desktop.engine.worker.llama import Llama, pointer_to

ABORTED = 2
NO_ROOM = 1
FIRST_STEP = 256
STEP = 64
STEP_SECONDS = 2.0
"""A batch is made about this long, so that progress moves and little is read twice after a stop."""


class ContextFull(Exception):
    """There is no cell left for the next token."""


class Context:
    """Owns what the KV cache of sequence 0 holds. `tokens` is always exactly that."""

    def __init__(self, llama: Llama, flag: StopFlag) -> None:
        self._llama, self._flag = llama, flag
        self._api = library.load()
        self._buffer = (ctypes.c_int32 * llama.n_batch)()
        self._batch = self._api.llama_batch_get_one(pointer_to(self._buffer), 1)
        self._speed = 0.0
        self.tokens: list[int] = []

    def reuse(self, prompt: Sequence[int]) -> int:
        """Keep the common prefix with the prompt, drop the rest; return how many tokens need no reading.

        Why the check: a sliding-window cache gives up cells behind the window. After a rewind beyond it,
        `seq_rm` still reports success, and every later logit is silently wrong. Then all is read again.
        """
        common = _common_prefix(self.tokens, prompt)
        keep = min(common, len(prompt) - 1)  # the last token is read anew: its logits are needed
        if keep == len(self.tokens):
            return keep
        if keep and self._rewind(keep):
            del self.tokens[keep:]
            return keep
        self.clear()
        return 0

    def clear(self) -> None:
        """Forget everything."""
        self._api.llama_memory_clear(self._llama.memory, True)
        self.tokens.clear()

    def read(self, prompt: Sequence[int], progress: Callable[[int], None]) -> None:
        """Read the prompt from where the cache ends, telling how far it is after each batch.

        Raises:
            Cancelled: the person stopped; what was read stays.
            ContextFull: it does not fit.
        """
        while (start := len(self.tokens)) < len(prompt):
            if self._flag[0]:
                raise Cancelled
            step = self._step()
            begun = time.perf_counter()
            self._decode(prompt[start : start + step])
            took = time.perf_counter() - begun
            read = len(self.tokens) - start
            if read >= STEP:
                self._speed = read / max(took, 1e-6)
            progress(len(self.tokens))

    def advance(self, token: int) -> None:
        """Read one token of the answer.

        Raises:
            Cancelled: the person stopped inside it.
            ContextFull: the window is full.
        """
        if len(self.tokens) >= self._llama.n_ctx:
            raise ContextFull
        self._buffer[0] = token
        self._batch.n_tokens = 1
        result = self._api.llama_decode(self._llama.context, self._batch)
        if result:
            self._settle(result)
        self.tokens.append(token)

    def _decode(self, tokens: Sequence[int]) -> None:
        count = len(tokens)
        self._buffer[:count] = list(tokens)
        self._batch.n_tokens = count
        result = self._api.llama_decode(self._llama.context, self._batch)
        if result:
            self._settle(result, tokens)
        self.tokens.extend(tokens)

    def _settle(self, result: int, tokens: Sequence[int] = ()) -> None:
        """After a batch that did not finish: find out what it left in the cache, and say why it ended."""
        kept = max(self._api.llama_memory_seq_pos_max(self._llama.memory, 0) + 1, 0)
        self.tokens.extend(tokens[: max(kept - len(self.tokens), 0)])
        del self.tokens[kept:]
        if not self.tokens or not self._rewind(len(self.tokens)):
            self.clear()
        if result == ABORTED:
            raise Cancelled
        if result == NO_ROOM:
            raise ContextFull
        raise RuntimeError(f"llama_decode gave {result}")

    def _rewind(self, keep: int) -> bool:
        memory, api = self._llama.memory, self._api
        if not api.llama_memory_seq_rm(memory, 0, keep, -1):
            return False
        lowest, highest = api.llama_memory_seq_pos_min(memory, 0), api.llama_memory_seq_pos_max(memory, 0)
        needed = max(0, keep - self._llama.window) if self._llama.window > 0 else 0
        return bool(highest == keep - 1 and 0 <= lowest <= needed)

    def _step(self) -> int:
        """Return how many tokens to read at once: about STEP_SECONDS, in steps llama.cpp is fast at."""
        if not self._speed:
            return min(FIRST_STEP, self._llama.n_batch)
        wanted = int(self._speed * STEP_SECONDS) // STEP * STEP
        return min(max(wanted, STEP), self._llama.n_batch)


def _common_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))
