"""Markdown in a document."""

import random

import pytest
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

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
