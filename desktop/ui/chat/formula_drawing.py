"""Draws LaTeX as outlines.

Not for the interface thread: the first call loads fonts for about 0.3 s, and each formula takes 2 to 30 ms. What cannot
be read is told as a drawing without outlines, never as an exception: models write broken LaTeX.
"""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

HEAVIEST = 3_000
"""Drawing takes twice as long for each level of nesting; this is about half a second."""

SMALLEST = 0.54
"""Of the size of the text: so small may the letters of exponents get."""

_NESTING = {"mrow": 2.0, "mtable": 1.7, "mstyle": 2.0}
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")
_UNSEEN = re.compile(r"\\(?:label\{[^{}]*\}|nonumber|notag)(?![A-Za-z])")
_COMMAND = re.compile(r"\\[A-Za-z]")
_STEP = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_TEXT_COLORS = {"", "black", "none", "currentcolor"}


@dataclass(frozen=True, slots=True)
class FormulaDrawing:
    """Outlines around a baseline at 0: each a path and its colour, "" for the colour of the text."""

    left: float = 0.0
    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    outlines: tuple[tuple[QPainterPath, str], ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there is something to show; if not, its source is shown as code."""
        return bool(self.outlines)


def draw(source: str, size: float, *, display: bool) -> FormulaDrawing:
    """Draw a formula whose letters are `size` pixels high."""
    try:
        return _draw(source, size, display=display)
    except _unreadable():
        return FormulaDrawing()


def _draw(source: str, size: float, *, display: bool) -> FormulaDrawing:
    ziamath = _library()
    plain = _UNSEEN.sub("", _TAG.sub(r"\\qquad\\text{(\1)}", source))
    mathml = ziamath.zmath.tex2mml(plain, inline=not display)
    tree = ET.fromstring(ziamath.zmath.unescape(mathml))
    if not all(map(_is_known, tree.itertext())) or _weight(tree) > HEAVIEST:
        return FormulaDrawing()
    made = ziamath.Math(tree, size=size)
    box = made.node.bbox
    if not (math.isfinite(box.xmin + box.xmax + box.ymin + box.ymax) and box.xmin < box.xmax and box.ymin < box.ymax):
        return FormulaDrawing()
    return FormulaDrawing(
        box.xmin, box.xmax - box.xmin, max(box.ymax, 1.0), max(-box.ymin, 0.0), _outlines(made.svgxml())
    )


def _is_known(text: str) -> bool:
    """Whether the font has these letters and no command is left over."""
    return not _COMMAND.search(text) and all(
        ord(one) < 0x0530 or 0x1D00 <= ord(one) < 0x2E80 or 0x1D400 <= ord(one) < 0x1D800 for one in text
    )


def _weight(element: ET.Element) -> float:
    """Estimate the work: its letters, more for every level above them."""
    own = len(element.text or "")
    return 1 + own + _NESTING.get(element.tag.rpartition("}")[2], 1.1) * sum(map(_weight, element))


def _outlines(drawing: ET.Element) -> tuple[tuple[QPainterPath, str], ...]:
    """Gather what was drawn, one path a colour; lines become outlines too."""
    paths: dict[str, QPainterPath] = {}
    for element in drawing.iter():
        shape = QPainterPath()
        match element.tag:
            case "rect":
                shape.addRect(QRectF(*_numbers(element, "x", "y", "width", "height")))
            case "ellipse":
                x, y, across, up = _numbers(element, "cx", "cy", "rx", "ry")
                shape.addEllipse(QRectF(x - across, y - up, 2 * across, 2 * up))
            case "path":
                _follow(element.get("d") or "", shape)
            case _:
                continue
        if stroke := element.get("stroke"):
            pen = QPainterPathStroker()
            pen.setWidth(*_numbers(element, "stroke-width"))
            shape = pen.createStroke(shape)
        color = stroke or element.get("fill") or ""
        path = paths.setdefault("" if color.lower() in _TEXT_COLORS else color, QPainterPath())
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addPath(shape)
    return tuple((path, color) for color, path in paths.items() if not path.isEmpty())


def _numbers(element: ET.Element, *names: str) -> list[float]:
    return [float(element.get(name) or 0) for name in names]


def _follow(steps: str, path: QPainterPath) -> None:
    """Draw the way that an SVG path describes; only absolute steps occur."""
    for kind, numbers in _STEP.findall(steps):
        at = [float(one) for one in numbers.split()]
        match kind:
            case "M":
                path.moveTo(*at)
            case "L":
                path.lineTo(*at)
            case "Q":
                path.quadTo(*at)
            case "C":
                path.cubicTo(*at)
            case _:
                path.closeSubpath()


@cache
def _library() -> ModuleType:
    ziamath = import_module("ziamath")
    ziamath.config.svg2 = False
    ziamath.config.minsizefraction = SMALLEST
    return ziamath


@cache
def _unreadable() -> tuple[type[Exception], ...]:
    """Everything that the libraries raise at broken LaTeX; theirs have no common base."""
    theirs = vars(import_module("latex2mathml.exceptions")).values()
    own = tuple(one for one in theirs if isinstance(one, type) and issubclass(one, Exception))
    return (
        *own, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RuntimeError,
        SyntaxError, StopIteration,
    )  # fmt: skip
