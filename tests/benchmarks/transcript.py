"""transcript: what a flush of a streaming answer and the opening of a conversation cost the interface thread.

Everything is drawn off the screen by a real transcript. `time.thread_time` counts this thread's own time, so other
work on the machine does not count; sides that are compared run in turn. A flush is measured at the end of an answer
of 2,000 words, against the same answer in a short conversation, and against Qt's own Markdown of 1,000 words.
"""

import os
import statistics
import time
from collections.abc import Callable

WORDS = 2_000
BEHIND = 400
MANY, FEW = 2_000, 50
ROUNDS = 15
FLUSHES = 6
PIECES = (*(" and some more **words** of the answer",) * 9, " that ends here.\n\n")
"""A paragraph of some seventy words."""
YARDSTICK_WORDS = 1_000
STREAM_SECONDS = 4.0
TICK_SECONDS = 0.005


def measure() -> dict[str, object]:
    """Measure everything in turn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.ui.theme import apply_theme, light

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, light())
    long, short = Stage(BEHIND), Stage(0)
    flushes = [(long.flush(), short.flush(), yardstick()) for _ in range(ROUNDS * FLUSHES)][FLUSHES:]
    painted = [(long.flush(paint=True), yardstick()) for _ in range(ROUNDS)]
    many, few = Stage(0), Stage(0)
    openings = [(many.open(MANY), few.open(FEW)) for _ in range(ROUNDS + 1)][1:]
    idle, streaming = stall(long, streams=False), stall(long, streams=True)
    for stage in (long, short, many, few):
        stage.close()
    flush, other, ruler = (statistics.median(one[side] for one in flushes) for side in range(3))
    paint, ruler_beside = (statistics.median(one[side] for one in painted) for side in range(2))
    opening, opening_few = (statistics.median(one[side].whole for one in openings) for side in range(2))
    return {
        "benchmark": "transcript",
        "flush_ms": ms(flush),
        "flush_long_short": round(flush / other, 2),
        "flush_long_short_bound": 1.3,
        "flush_yardstick": round(flush / ruler, 2),
        "flush_yardstick_bound": 0.6,
        "flush_paint_yardstick": round(paint / ruler_beside, 2),
        "flush_paint_yardstick_bound": 2.5,
        "yardstick_ms": ms(ruler),
        "open_2000_ms": ms(opening),
        "open_2000_50": round(opening / opening_few, 2),
        "open_2000_50_bound": 2.5,
        "open_2000_longest_turn_ms": ms(statistics.median(one[0].longest for one in openings)),
        "longest_turn_bound_ms": 8,
        "stall_p99_stream_minus_idle_ms": ms(streaming - idle),
    }


def ms(seconds: float) -> float:
    """Return milliseconds to read."""
    return round(seconds * 1e3, 2)


class Opening:
    """What the opening of a conversation cost: all of it, and the longest turn of the event loop."""

    def __init__(self, turns: list[float]) -> None:
        self.whole = sum(turns)
        self.longest = max(turns)


class Stage:
    """A transcript on the screen, with an answer of 2,000 words growing behind so many messages."""

    def __init__(self, behind: int) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop.core.conversations import ConversationId
        from desktop.ui.chat.formulas import at_once
        from desktop.ui.chat.helpers import Helpers
        from desktop.ui.chat.transcript_model import TranscriptModel
        from desktop.ui.chat.transcript_view import TranscriptView
        from desktop.ui.theme import light

        self._conversation = ConversationId(0)
        self._pieces = 0
        self.model = TranscriptModel()
        helpers = Helpers.of(light(), at_once, QApplication.instance())
        self.view = TranscriptView(self.model, light(), helpers=helpers)
        self.view.resize(900, 700)
        self.view.show()
        self.turn = self.begin(behind)
        self.grow(answer_of(WORDS))
        self.settle()

    def begin(self, behind: int) -> int:
        """Open a conversation and ask; returns the id of the answer."""
        from desktop.core.conversations import MessageId, StoredMessage, TurnState
        from desktop.core.events import TurnStarted
        from desktop.core.messages import Message, Role

        self.apply(opened(behind, self._next()))
        above = MessageId(behind) if behind else None
        question = StoredMessage(
            MessageId(900_001), self._conversation, above, Message.of(Role.USER, "Go on."), TurnState.COMPLETE, 0.0
        )
        answer = StoredMessage(
            MessageId(900_002), self._conversation, question.id, Message(Role.ASSISTANT), TurnState.PARTIAL, 0.0
        )
        self.apply(TurnStarted(self._conversation, question, answer))
        return answer.id

    def grow(self, text: str) -> None:
        """Let words arrive."""
        from desktop.core.conversations import MessageId
        from desktop.core.events import TurnDelta
        from desktop.core.stream import TextDelta

        self.apply(TurnDelta(self._conversation, MessageId(self.turn), TextDelta(text)))

    def flush(self, *, paint: bool = False) -> float:
        """Let some words arrive and draw them; seconds of this thread's own time."""
        self.grow(PIECES[self._pieces % len(PIECES)])
        self._pieces += 1
        self.view._flush_timer.stop()
        start = time.thread_time()
        self.view.flush()
        if paint:
            self.view.viewport().repaint()
        seconds = time.thread_time() - start
        self.settle()
        return seconds

    def open(self, messages: int) -> Opening:
        """Open another conversation until all of it that is in sight is drawn."""
        event = opened(messages, self._next())
        turns = [timed(lambda: self.apply(event))]
        while not self.view._rows.is_settled:
            turns.append(timed(turn))
        turns.append(timed(self.view.viewport().repaint))
        self.settle()
        return Opening(turns)

    def apply(self, event: object) -> None:
        """Do with an event what the page does."""
        change = self.model.apply(event)  # type: ignore[arg-type]
        if change is not None:
            self.view.apply(change)

    def settle(self) -> None:
        """Let everything come to rest."""
        for _ in range(60):
            turn()

    def close(self) -> None:
        """Take the transcript away."""
        self.view.close()
        self.view.deleteLater()
        turn()

    def _next(self) -> int:
        from desktop.core.conversations import ConversationId

        self._conversation = ConversationId(self._conversation + 1)
        return self._conversation


def opened(messages: int, conversation: int) -> object:
    """A conversation of questions and answers."""
    from desktop.core.conversations import (
        ConversationId,
        ConversationSummary,
        MessageId,
        StoredMessage,
        Thread,
        TurnState,
        TurnStats,
    )
    from desktop.core.events import ThreadOpened
    from desktop.core.messages import Message, Role

    rows = []
    for number in range(1, messages + 1):
        is_user = number % 2 == 1
        text = f"Question {number}, of some words?" if is_user else answer_of(100)
        message = Message.of(Role.USER if is_user else Role.ASSISTANT, text)
        rows.append(
            StoredMessage(
                MessageId(number),
                ConversationId(conversation),
                MessageId(number - 1) if number > 1 else None,
                message,
                TurnState.COMPLETE,
                0.0,
                "" if is_user else "Qwen3 8B",
                None if is_user else TurnStats(100, 50, 120, 0.5, 4.0),
            )
        )
    return ThreadOpened(Thread(ConversationSummary(ConversationId(conversation), "A chat", 0.0), tuple(rows)))


def answer_of(words: int) -> str:
    """An answer of paragraphs, with a list and some emphasis."""
    paragraph = "The **lease** of the flat ends in May, and the *deposit* is due within six weeks of that day. "
    count = max(1, words // 20)
    blocks = [paragraph if at % 5 else "- one point of the list\n- another point of it\n" for at in range(1, count + 1)]
    return "\n\n".join(blocks) + "\n\n"


def yardstick() -> float:
    """Qt reads Markdown of 1,000 words and lays it out; seconds of this thread's own time."""
    from PySide6.QtGui import QTextDocument

    text = answer_of(YARDSTICK_WORDS)
    start = time.thread_time()
    document = QTextDocument()
    document.setMarkdown(text)
    document.setTextWidth(700)
    document.size()
    return time.thread_time() - start


def turn() -> None:
    """Let the event loop go round once."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def timed(deed: Callable[[], object]) -> float:
    """Seconds of this thread's own time."""
    start = time.thread_time()
    deed()
    return time.thread_time() - start


def stall(stage: Stage, *, streams: bool) -> float:
    """Return how late the event loop came round to a timer, at worst but for one in a hundred, while words arrive."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    late: list[float] = []
    loop = QEventLoop()
    before = time.perf_counter()

    def tick() -> None:
        nonlocal before
        now = time.perf_counter()
        late.append(max(0.0, now - before - TICK_SECONDS))
        before = now

    ticking = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=round(TICK_SECONDS * 1e3))
    ticking.timeout.connect(tick)
    words = QTimer(interval=12)
    words.timeout.connect(lambda: stage.grow(" word"))
    ticking.start()
    if streams:
        words.start()
    QTimer.singleShot(round(STREAM_SECONDS * 1e3), loop.quit)
    loop.exec()
    ticking.stop()
    words.stop()
    return statistics.quantiles(late, n=100)[-1]
