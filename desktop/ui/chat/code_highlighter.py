"""Colours code in idle slices; one for a transcript, which has a queue of fences.

Colours are laid over the text (as additional formats of its layout), so neither the text nor a selection changes.
While lines still arrive, only what follows the last safe line is read again: a line at the margin after a blank one,
outside of strings and comments. When the fence closes all is read once more, so that it ends as if it had come whole.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout
from shiboken6 import isValid

from desktop.ui.chat.code_colors import code_colors
from desktop.ui.chat.code_lexers import COMMON, Lexer, kind, load
from desktop.ui.chat.formulas import Submit, at_once
from desktop.ui.chat.markdown_styles import units
from desktop.ui.theme import Theme

TICK_MS = 5
SLICE_SECONDS = 0.003
LONGEST = 200_000
"""Code with more letters stays in one colour."""
CHEAP = 2_000
GROWTH = 1.25
"""So many letters are read again with every line; more of them only when they have grown by a quarter."""

Spans = tuple[tuple[int, int, str], ...]
"""Of one line: where, how long, which colour."""


@dataclass(slots=True, eq=False)
class Code:
    """The code of one fence, as far as it has arrived."""

    document: QTextDocument
    language: str
    first: QTextCursor
    lines: list[str] = field(default_factory=list)
    size: int = 0
    closed: bool = False
    spans: list[Spans] = field(default_factory=list)
    safe: int = 0
    """The line from which the next reading starts."""
    seen: int = 0
    """How many letters the last reading saw."""
    done: bool = False

    @property
    def is_due(self) -> bool:
        """Whether it should be read now."""
        if self.done or self.closed:
            return not self.done
        waiting = sum(map(len, self.lines[self.safe :]))
        return waiting <= CHEAP or waiting > self.seen * GROWTH

    def is_at_margin(self, line: int) -> bool:
        """Whether a line begins at the margin, after a blank one."""
        return line < len(self.lines) and not self.lines[line][:1].isspace() and not self.lines[line - 1].strip()


class CodeHighlighter(QObject):
    """Colours the code of every text of a transcript.

    Args:
        submit: does a job later on another thread; lexers are loaded there.

    Signals:
        rested: nothing is left to colour.
    """

    rested = Signal()
    _loaded = Signal()

    def __init__(self, theme: Theme, submit: Submit = at_once, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = _formats(theme)
        self._submit = submit
        self._lexers: dict[str, Lexer | None] = {}
        self._asked: set[str] = set()
        self._codes: list[Code] = []
        self._queue: deque[Code] = deque()
        self._reading: tuple[Code, Iterator[None]] | None = None
        self._dirty: list[int] = []
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._loaded.connect(self._timer.start)

    def warm(self) -> None:
        """Load the common lexers."""
        for language in COMMON:
            self._ask(language)

    def begin(self, document: QTextDocument) -> None:
        """Forget the code of a document that is written anew, and of those that are gone."""
        self._keep(lambda code: code.document is not document)

    def open(self, document: QTextDocument, language: str, first: QTextCursor) -> Code:
        """Take a fence that begins here."""
        code = Code(document, language, first)
        first.setKeepPositionOnInsert(True)
        if language:
            self._codes.append(code)
            self._ask(language)
        return code

    def append(self, code: Code, text: str) -> None:
        """Take whole lines."""
        code.lines += (f"{line}\n" for line in text.removesuffix("\n").split("\n"))
        code.size += len(text)
        self._enqueue(code)

    def close(self, code: Code) -> None:
        """No more lines will come."""
        code.closed = True
        self._enqueue(code)

    def apply_theme(self, theme: Theme) -> None:
        """Colour everything anew; nothing is read again."""
        self._formats = _formats(theme)
        self._keep(lambda _: True)
        for code in self._codes:
            for line, spans in enumerate(code.spans):
                self._paint(code, line, spans)
            self._show(code)

    def _ask(self, language: str) -> None:
        language = language.lower()
        if language not in self._asked:
            self._asked.add(language)
            self._submit(lambda: self._load(language))

    def _load(self, language: str) -> None:
        """Runs on another thread."""
        self._lexers[language] = load(language)
        with suppress(RuntimeError):  # the window has been closed meanwhile
            self._loaded.emit()

    def _enqueue(self, code: Code) -> None:
        if code.language and code.size <= LONGEST and code not in self._queue:
            self._queue.append(code)
            self._timer.start()

    def _keep(self, wanted: Callable[[Code], bool]) -> None:
        self._codes = [code for code in self._codes if isValid(code.document) and wanted(code)]
        self._queue = deque(code for code in self._queue if code in self._codes)
        if self._reading is not None and self._reading[0] not in self._codes:
            self._reading = None

    def _tick(self) -> None:
        self._keep(lambda _: True)
        until = time.perf_counter() + SLICE_SECONDS
        while (more := self._advance()) and time.perf_counter() < until:
            pass
        if self._reading is not None:
            self._show(self._reading[0])
        if not more:
            self._timer.stop()
            self.rested.emit()

    def _advance(self) -> bool:
        """Read one token, or begin with the next code; False when there is nothing that can be done now."""
        if self._reading is None:
            self._reading = self._next()
            return self._reading is not None
        code, steps = self._reading
        try:
            next(steps)
        except (StopIteration, LookupError, TypeError, ValueError, AttributeError, RecursionError):
            self._reading = None
            self._show(code)
        return True

    def _next(self) -> tuple[Code, Iterator[None]] | None:
        for code in tuple(self._queue):
            if code.language.lower() not in self._lexers:
                continue
            self._queue.remove(code)
            lexer = self._lexers[code.language.lower()]
            if lexer is not None and code.is_due:
                return code, self._read(code, lexer)
        return None

    def _read(self, code: Code, lexer: Lexer) -> Iterator[None]:
        """Read to the end of what is there, one token a step."""
        last = code.closed
        line = safe = 0 if last else code.safe
        text = "".join(code.lines[line:])
        code.seen = len(text)
        spans: list[tuple[int, int, str]] = []
        column = 0
        for _, token, value in lexer.get_tokens_unprocessed(text):
            color = kind(token)
            first, *others = value.split("\n")
            column = _add(spans, column, first, color)
            for words in others:
                self._finish(code, line, tuple(spans))
                line += 1
                spans.clear()
                column = _add(spans, 0, words, color)
                if color not in {"string", "comment"} and code.is_at_margin(line):
                    safe = line
            yield
        code.safe, code.done = safe, last

    def _finish(self, code: Code, line: int, spans: Spans) -> None:
        if line == len(code.spans):
            code.spans.append(spans)
        elif code.spans[line] == spans:
            return
        code.spans[line] = spans
        self._paint(code, line, spans)

    def _paint(self, code: Code, line: int, spans: Spans) -> None:
        block = code.document.findBlockByNumber(code.first.blockNumber() + line)
        if not block.isValid():
            return
        ranges = []
        for start, length, color in spans:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, self._formats[color]
            ranges.append(one)
        block.layout().setFormats(ranges)
        self._dirty += (block.position(), block.position() + block.length() - 1)

    def _show(self, code: Code) -> None:
        """Have what was coloured drawn."""
        if self._dirty:
            code.document.markContentsDirty(min(self._dirty), max(self._dirty) - min(self._dirty))
            self._dirty.clear()


def _formats(theme: Theme) -> dict[str, QTextCharFormat]:
    made = {}
    for name, color in asdict(code_colors(theme)).items():
        made[name] = QTextCharFormat()
        made[name].setForeground(QColor(color))
    return made


def _add(spans: list[tuple[int, int, str]], column: int, words: str, color: str) -> int:
    """Add the letters of a token to a line; returns where the next ones begin."""
    length = units(words)
    if color and length:
        spans.append((column, length, color))
    return column + length
