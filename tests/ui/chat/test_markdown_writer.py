"""Markdown in a document."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFormat, QTextTable
from PySide6.QtWidgets import QApplication

from desktop.ui.chat.code_highlighter import CodeHighlighter
from desktop.ui.chat.formula_placer import OBJECT, SOURCE, plain_text
from desktop.ui.chat.formulas import Formulas, at_once
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.theme import light

TEXT = """# Title

A paragraph with **bold**, `code` and [a link](https://example.org).

- one
- two
  - inner

| a | b |
|---|---|
| 1 | 2 |

> quoted words

```python
def f():

    return 1
```

1. first
2. second

Last words, <b>raw</b> and ![a picture](file:///etc/hostname).

~~~
left open
"""


def written(chunks: list[str], qapp: QApplication) -> tuple[QTextDocument, MarkdownWriter]:
    document = QTextDocument()
    writer = MarkdownWriter(document, light())
    for chunk in chunks:
        writer.append(chunk)
    writer.append("", last=True)
    return document, writer


@pytest.mark.parametrize("seed", range(4))
def test_stream_looks_like_the_whole(qapp: QApplication, seed: int) -> None:
    dice, chunks, at = random.Random(seed), [], 0
    while at < len(TEXT):
        size = dice.randint(1, 12)
        chunks.append(TEXT[at : at + size])
        at += size
    (streamed, _), (whole, _) = written(chunks, qapp), written([TEXT], qapp)
    for document in (streamed, whole):
        document.setTextWidth(600)
    assert streamed.toPlainText() == whole.toPlainText()
    assert streamed.size() == whole.size()


def test_code_keeps_its_lines_and_can_be_copied(qapp: QApplication) -> None:
    _, writer = written([TEXT], qapp)
    assert writer.codes == ["def f():\n\n    return 1\n", "left open\n"]


def test_table_is_a_table(qapp: QApplication) -> None:
    document, _ = written([TEXT], qapp)
    tables = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
    assert [(one.rows(), one.columns()) for one in tables] == [(2, 2)]


def test_markup_and_pictures_stay_words(qapp: QApplication) -> None:
    document, _ = written([TEXT], qapp)
    assert "<b>raw</b>" in document.toPlainText()
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in document.toPlainText()


def test_one_more_line_of_long_code_leaves_what_stands(qapp: QApplication) -> None:
    document = QTextDocument()
    writer = MarkdownWriter(document, light())
    writer.append("Before\n\n```\n" + "line\n" * 400)
    changes: list[tuple[int, int]] = []
    document.contentsChange.connect(lambda _at, removed, added: changes.append((removed, added)))
    writer.append("one more\n")
    assert sum(removed + added for removed, added in changes) < 40


LINES = st.sampled_from(
    ["", "# Title", "text of a line", "- item", "  - inner", "> quoted $q$", "```python", "```", "~~~", "$$", "x = 1",
     "so $a$ and $b_1$.", "costs $5 and $10", "\\(c\\) 😀 \\[d=1\\]", "- $$e$$", "| $f$ | g |", "|---|---|", "`$h$`",
     "def k():", '    """l', 'm"""', "broken $\\frac{1$ here", "$$\\bad{x}$$", "===", "    $n$", "/* o",
     "| مرحبا | b |"]
)  # fmt: skip


def settle(helpers: Helpers, writer: MarkdownWriter) -> None:
    """Do what the timers would do."""
    while helpers.highlighter._advance():
        pass
    writer.fill_formulas()


def seen(document: QTextDocument) -> list[Any]:
    """All that is seen: words, formulas, how lines are set, colours of code."""
    found = []
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        letters = []
        for place in range(block.length() - 1):
            cursor = QTextCursor(document)
            cursor.setPosition(block.position() + place + 1)
            one = cursor.charFormat()
            pixels = one.intProperty(QTextFormat.Property.FontPixelSize.value)
            letters.append((one.stringProperty(SOURCE), one.fontFamilies(), one.fontWeight(), pixels))
        colors = [(one.start, one.length, one.format.foreground().color().name()) for one in block.layout().formats()]
        heights = (form.lineHeightType(), form.lineHeight(), form.topMargin(), form.bottomMargin())
        found.append((block.text(), heights, form.alignment(), block.userState(), letters, colors))
        block = block.next()
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=14), st.lists(st.integers(1, 9), min_size=1, max_size=8), st.randoms())
def test_any_cutting_and_any_delay_looks_the_same(
    qapp: QApplication, lines: list[str], sizes: list[int], dice: random.Random
) -> None:
    text = "\n".join(lines)
    jobs: list[Callable[[], None]] = []
    streamed, whole = QTextDocument(), QTextDocument()
    late = Helpers(CodeHighlighter(light(), jobs.append, streamed), Formulas(jobs.append, streamed))
    writer = MarkdownWriter(streamed, light(), late)
    at = 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        writer.append(text[at : at + size])
        at += size
        if dice.random() < 0.3:
            while jobs:
                jobs.pop(0)()
        if dice.random() < 0.3:
            settle(late, writer)
    writer.append("", last=True)
    while jobs:
        jobs.pop(0)()
    settle(late, writer)
    soon = Helpers.of(light(), at_once, whole)
    other = MarkdownWriter(whole, light(), soon)
    other.append(text, last=True)
    settle(soon, other)
    assert seen(streamed) == seen(whole)
    for document in (streamed, whole):
        document.setTextWidth(600)
    assert streamed.size() == whole.size()


def test_flush_behind_many_formulas_touches_the_tail_alone(qapp: QApplication) -> None:
    document = QTextDocument()
    writer = MarkdownWriter(document, light(), Helpers.of(light(), at_once, document))
    writer.append("A line with $x^2$ in it.\n\n" * 60 + "The tail with $y$")
    changes: list[int] = []
    document.contentsChange.connect(lambda _at, removed, added: changes.append(removed + added))
    writer.append(" goes on")
    assert sum(changes) < 120


def test_table_of_right_to_left_words_begins_at_the_right(qapp: QApplication) -> None:
    document, _ = written(["| الاسم | القيمة | ج |\n|---|---|---|\n| واحد | a\\|b |\n"], qapp)
    (table,) = (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable))
    cells = [
        [table.cellAt(row, column).firstCursorPosition().block().text() for column in range(3)] for row in range(2)
    ]
    assert cells == [["ج", "القيمة", "الاسم"], ["", "a|b", "واحد"]]


def test_picture_in_code_stays_as_it_is_written(qapp: QApplication) -> None:
    document, _ = written(["Write `![a](b)` for ![words](file:///x)."], qapp)
    assert document.toPlainText() == "Write ![a](b) for words."
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert OBJECT not in plain_text(cursor)
