"""Formulas on the page: drawn beside, shown on the baseline, copied as LaTeX."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QFontInfo, QImage, QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.lanes import Lane
from desktop.ui.chat.formula_drawing import draw
from desktop.ui.chat.formula_placer import LARGER, OBJECT, formula_sources, plain_text
from desktop.ui.chat.formulas import Formulas, at_once
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.chat.message_text import MessageText
from desktop.ui.theme import Theme, dark, light

Job = Callable[[], None]


def write(text: str, theme: Theme | None = None, submit: Callable[[Job], None] = at_once) -> QTextDocument:
    document = QTextDocument()
    helpers = Helpers.of(theme or light(), submit, document)
    MarkdownWriter(document, theme or light(), helpers).append(text, last=True)
    document.setTextWidth(600)
    return document


def everything(document: QTextDocument) -> str:
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    return plain_text(cursor)


@pytest.mark.parametrize("source", [r"\frac{1", r"\foo{x}", "x^", "{", "", "a & b", r"\left( x", r"\text{<b>}", "漢字"])
def test_broken_latex_gives_no_drawing_and_no_error(qapp: QApplication, source: str) -> None:
    assert not draw(source, 16.0, display=True).is_readable


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{r \cdot L}{1-(1+r)^{-n}}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\text{Zins für 5 \%} = \sum_{i=1}^n \sqrt{x_i} \tag{1}",
        r"\boxed{x} \cancel{y} \color{red}{z}",
    ],
)
def test_usual_latex_is_drawn(qapp: QApplication, source: str) -> None:
    drawing = draw(source, 16.0, display=True)
    assert drawing.is_readable
    assert drawing.width > 10
    assert drawing.ascent > 5


def test_deep_nesting_is_refused_before_it_takes_for_ever(qapp: QApplication) -> None:
    assert not draw(r"\frac{1}{" * 60 + "x" + "}" * 60, 16.0, display=True).is_readable


def test_formula_is_drawn_and_copied_as_its_source(qapp: QApplication) -> None:
    document = write("A 😀 word and $x^2$ and\n\n$$y_1$$\n\nthe end")
    assert document.toPlainText() == f"A 😀 word and {OBJECT} and\n{OBJECT}\nthe end"
    assert everything(document) == "A 😀 word and $x^2$ and\n$$y_1$$\nthe end"
    assert formula_sources(document) == ["$x^2$", "$$y_1$$"]


def test_broken_formula_shows_its_source_as_code(qapp: QApplication) -> None:
    document = write(r"Look: $\frac{1$ here")
    assert document.toPlainText() == r"Look: $\frac{1$ here"
    cursor = QTextCursor(document)
    cursor.setPosition(9)
    assert "JetBrains Mono" in cursor.charFormat().fontFamilies()


def test_source_is_shown_until_the_drawing_has_come(qtbot: QtBot) -> None:
    jobs: list[Job] = []
    document = QTextDocument()
    helpers = Helpers.of(light(), jobs.append, document)
    writer = MarkdownWriter(document, light(), helpers)
    writer.append("First $x^2$ and again $x^2$.\n\nThen words.\n\nAnd $y$ in the tail")
    shown = "First $x^2$ and again $x^2$.\nThen words.\nAnd $y$ in the tail"
    assert document.toPlainText() == shown
    assert not writer.fill_formulas()
    assert len(jobs) == 2
    with qtbot.waitSignal(helpers.formulas.ready):
        for job in jobs:
            job()
    assert writer.fill_formulas()
    assert document.toPlainText() == f"First {OBJECT} and again {OBJECT}.\nThen words.\nAnd {OBJECT} in the tail"
    writer.append(" and more.", last=True)
    assert everything(document) == shown + " and more."


def test_formula_that_is_not_finished_stays_text_until_it_closes(qapp: QApplication) -> None:
    document = QTextDocument()
    writer = MarkdownWriter(document, light(), Helpers.of(light(), at_once, document))
    writer.append("So\n\n$$\na_1 + b_1 = *c*")
    assert document.toPlainText() == "So\n$$\na_1 + b_1 = *c*"
    writer.append("\n$$\n")
    assert document.toPlainText() == f"So\n{OBJECT}"


def test_code_keeps_its_dollars(qapp: QApplication) -> None:
    text = "Say `$x$` and\n\n    indented $y$\n\n```sh\necho $a$\n```\n"
    document = write(text)
    assert OBJECT not in document.toPlainText()
    assert {"Say $x$ and", "indented $y$", "echo $a$"} <= set(document.toPlainText().split("\n"))


def test_drawings_are_made_once(qapp: QApplication) -> None:
    jobs: list[Job] = []
    formulas = Formulas(jobs.append)
    assert formulas.find("x", 16.0, display=False) is None
    assert formulas.find("x", 16.0, display=False) is None
    assert len(jobs) == 1
    jobs[0]()
    assert formulas.find("x", 16.0, display=False) is not None
    assert len(jobs) == 1
    formulas.find("x", 18.0, display=False)
    assert len(jobs) == 2


def test_lane_draws_them_beside_the_window(qtbot: QtBot) -> None:
    lane = Lane("drawing", lambda _: None)
    formulas = Formulas(lane.submit)
    with qtbot.waitSignal(formulas.ready):
        assert formulas.find(r"\frac{a}{b}", 16.0, display=True) is None
    found = formulas.find(r"\frac{a}{b}", 16.0, display=True)
    assert found is not None
    assert found.is_readable
    assert lane.close()


def test_drawing_that_comes_after_the_window_has_gone_is_dropped(qtbot: QtBot) -> None:
    jobs: list[Job] = []
    owner = QTextDocument()
    formulas = Formulas(jobs.append, owner)
    formulas.find("x", 16.0, display=False)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    jobs[0]()


def painted(document: QTextDocument, ground: str, scale: int = 1) -> QImage:
    size = document.size()
    picture = QImage(round(size.width()) * scale, round(size.height() + 20) * scale, QImage.Format.Format_RGB32)
    picture.fill(QColor(ground))
    painter = QPainter(picture)
    painter.scale(scale, scale)
    document.drawContents(painter, QRectF(0, 0, size.width(), size.height() + 20))
    painter.end()
    return picture


def inked(picture: QImage, ground: str) -> list[tuple[int, int]]:
    empty = QColor(ground).rgb()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return [(x, y) for x, y in points if picture.pixel(x, y) != empty]


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_formula_has_the_colour_of_the_text(qapp: QApplication, theme: Theme) -> None:
    document = write(r"$$\frac{M}{M}$$", theme)
    picture = QImage(600, 80, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.bg))
    painter = QPainter(picture)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(context.palette.ColorRole.Text, QColor(theme.text))
    document.documentLayout().draw(painter, context)
    painter.end()
    colors = {picture.pixel(x, y) for x in range(600) for y in range(80)}
    assert QColor(theme.text).rgb() in colors


def test_wide_formula_fits_a_narrow_column(qapp: QApplication) -> None:
    wide = "$$" + " + ".join(f"x_{{{number}}}" for number in range(40)) + "$$"
    document = write(wide)
    document.setTextWidth(300)
    assert document.idealWidth() <= 300
    assert document.begin().layout().lineAt(0).naturalTextWidth() <= 300


def test_formula_stands_on_the_baseline(qapp: QApplication) -> None:
    """The drawing of a fraction reaches as far above and below the baseline as it was measured."""
    document = write(r"$\frac{a}{b}$")
    line = document.begin().layout().lineAt(0)
    picture = painted(document, "#ffffff", scale=2)
    rows = [y / 2 for _, y in inked(picture, "#ffffff")]
    drawing = draw(r"\frac{a}{b}", LARGER * QFontInfo(document.defaultFont()).pixelSize(), display=False)
    baseline = line.y() + line.ascent()
    assert min(rows) == pytest.approx(baseline - drawing.ascent, abs=2.5)
    assert max(rows) == pytest.approx(baseline + drawing.descent, abs=2.5)


def test_screen_readers_are_told_the_latex(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = MessageText(parent)
    helpers = Helpers.of(light(), at_once, parent)
    MarkdownWriter(text.document(), light(), helpers).append("So $x$ and $y$.", last=True)
    text.describe_formulas()
    assert text.accessibleDescription() == "Formulas: $x$; $y$"
    text.selectAll()
    assert text.selected_text == "So $x$ and $y$."
    assert text.createMimeDataFromSelection().text() == "So $x$ and $y$."
    assert text.textCursor().selection().toPlainText() == f"So {OBJECT} and {OBJECT}."
