"""The turns that are being answered, folded as their deltas arrive.

Why: a conversation may be opened while its answer is written. The store's partial answer is up to a second
old, so the thread is completed from here and announced under the same lock as the deltas:
a screen gets every delta exactly once, in the opened thread or after it.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

from desktop.core.conversations import MessageId, StoredMessage, Thread, TurnState
from desktop.core.events import ThreadOpened, TurnDelta
from desktop.core.ports import Publish
from desktop.core.stream import Delta, fold


class RunningTurns:
    """Answers under way by message id. Thread safe."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._lock = threading.RLock()
        self._answers: dict[MessageId, StoredMessage] = {}
        self._stopped: set[MessageId] = set()
        self._waiting: set[MessageId] = set()

    def begin(self, answer: StoredMessage) -> None:
        """Add an answer that has its place in the store."""
        with self._lock:
            self._answers[answer.id] = answer
            self._waiting.add(answer.id)

    def claim(self, turn: MessageId) -> bool:
        """Take a waiting answer up; False when it was taken up before."""
        with self._lock:
            waits = turn in self._waiting
            self._waiting.discard(turn)
            return waits

    def stopped_waiting(self) -> tuple[StoredMessage, ...]:
        """Return the answers that were stopped before they began."""
        with self._lock:
            return tuple(self._answers[turn] for turn in self._waiting & self._stopped)

    def so_far(self, turn: MessageId) -> StoredMessage | None:
        """Return an answer as far as it came."""
        return self._answers.get(turn)

    def advance(self, turn: MessageId, delta: Delta) -> StoredMessage:
        """Fold a delta in and announce it."""
        with self._lock:
            answer = self._answers[turn]
            answer = replace(answer, message=fold(answer.message, delta))
            self._answers[turn] = answer
            self._publish(TurnDelta(answer.conversation, turn, delta))
            return answer

    def end(self, turn: MessageId) -> StoredMessage | None:
        """Forget an answer and return it as far as it came."""
        with self._lock:
            self._stopped.discard(turn)
            return self._answers.pop(turn, None)

    def stop(self, conversation: int | None = None) -> None:
        """Mark the answers of a conversation, or all, as to be stopped."""
        with self._lock:
            for turn, answer in self._answers.items():
                if conversation in (None, answer.conversation):
                    self._stopped.add(turn)

    def is_stopped(self, turn: MessageId) -> bool:
        """Whether this turn is to be stopped."""
        return turn in self._stopped

    def announce(self, read: Callable[[], Thread], focus: MessageId | None = None, token: str = "") -> None:
        """Announce a thread as opened, with its running answer as far as it is."""
        thread = read()
        with self._lock:
            if any(one.state is TurnState.PARTIAL and one.id not in self._answers for one in thread.messages):
                thread = read()  # its answer ended after it was read
            messages = tuple(self._latest(one) for one in thread.messages)
            self._publish(ThreadOpened(replace(thread, messages=messages), focus, token))

    def _latest(self, stored: StoredMessage) -> StoredMessage:
        if stored.state is not TurnState.PARTIAL:
            return stored
        return self._answers.get(stored.id) or replace(stored, state=TurnState.FAILED)  # its end was not stored
