"""Keeps the drawings of formulas and has the missing ones drawn elsewhere."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.chat.formula_drawing import FormulaDrawing, draw

KEPT = 600
"""Drawings, of some 10 KB each, that are kept; the one that was longest out of use goes first."""
TOGETHER_MS = 30
"""Drawings that are finished within this time are announced as one: each announcement lays texts out again."""

Submit = Callable[[Callable[[], None]], None]


def at_once(job: Callable[[], None]) -> None:
    """Do the job here and now: for tests, and where there is no lane."""
    job()


@dataclass(frozen=True, slots=True)
class _Key:
    """What a drawing depends on. Not the colour: outlines are filled with the colour of the text when painted."""

    source: str
    size: float
    display: bool


class Formulas(QObject):
    """The drawings of formulas, for every text that shows some.

    Args:
        submit: does a job later and in order, on another thread: `submit` of a lane.

    Signals:
        ready: drawings that were asked for have come.
    """

    ready = Signal()
    _drawn = Signal(object, object)

    def __init__(self, submit: Submit = at_once, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._kept: OrderedDict[_Key, FormulaDrawing] = OrderedDict()
        self._asked: set[_Key] = set()
        self._timer = QTimer(self, interval=TOGETHER_MS, singleShot=True)
        self._timer.timeout.connect(self.ready)
        self._drawn.connect(self._keep)

    def find(self, source: str, size: float, *, display: bool) -> FormulaDrawing | None:
        """Return the drawing; None when it is not there yet, in which case `ready` tells when to ask again."""
        key = _Key(source, round(size, 1), display)
        if key not in self._kept and key not in self._asked:
            self._asked.add(key)
            self._submit(lambda: self._draw(key))
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _draw(self, key: _Key) -> None:
        """Runs on another thread."""
        drawing = draw(key.source, key.size, display=key.display)
        with suppress(RuntimeError):  # the window has been closed meanwhile
            self._drawn.emit(key, drawing)

    def _keep(self, key: _Key, drawing: FormulaDrawing) -> None:
        self._asked.discard(key)
        self._kept[key] = drawing
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self._timer.start()
