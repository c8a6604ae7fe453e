"""Copying for a word processor."""

import re

import pytest
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from desktop.ui.chat.rich_copy import rich_data, rich_text
from desktop.ui.theme import dark, palette

TEXT = r"""# Title

A **bold** word, `code` and [a link](https://example.org), $x^2_1$ and $y_1*z*$.

- one
- two
  - inner

1. first
2. second

| Name | Sum |
|---|---|
| Rent | 5 |

```python
def f():

    return "`" * 3
```

> quoted

---

![a picture](https://example.org/x.png) and <img src="file:///etc/hostname">
"""
PLAIN = """Title

A bold word, code and a link, $x^2_1$ and $y_1*z*$.

• one
• two
    • inner

1. first
2. second

Name	Sum
Rent	5

def f():

    return "`" * 3

> quoted

———

a picture and <img src="file:///etc/hostname">"""


def test_plain_words_can_be_read_anywhere(qapp: QApplication) -> None:
    assert rich_text(TEXT)[1] == PLAIN


def test_html_comes_back_as_table_list_and_code(qapp: QApplication) -> None:
    html, _ = rich_text(TEXT)
    back = QTextDocument()
    back.setHtml(html)
    (table,) = (one for one in back.rootFrame().childFrames() if isinstance(one, QTextTable))
    assert (table.rows(), table.columns()) == (2, 2)
    assert "<pre" in html
    assert "<li" in html
    assert '<a href="https://example.org">' in html
    assert "$y_1*z*$" in html


def test_nothing_in_it_is_fetched(qapp: QApplication) -> None:
    html, _ = rich_text(TEXT + "\n\n    ![x](https://example.org/y.png)\n")
    assert not re.search(r"<img|\bsrc=|url\(|<link|<script", html.replace("&lt;img src=", ""))


def test_colours_of_the_app_stay_in_the_app(qapp: QApplication) -> None:
    before = qapp.palette()
    qapp.setPalette(palette(dark()))
    try:
        html, _ = rich_text(TEXT)
    finally:
        qapp.setPalette(before)
    assert not re.search(r"[^-]color:", html)
    assert "font-family:'Inter'" not in html


def test_both_forms_are_on_the_clipboard(qapp: QApplication) -> None:
    data = rich_data("**Words**")
    assert data.hasHtml()
    assert data.text() == "Words"
    assert "font-weight:700" in data.html()


@pytest.mark.parametrize("text", ["", "\n", "```\n", "$$", "|"])
def test_odd_texts_give_something(qapp: QApplication, text: str) -> None:
    assert isinstance(rich_text(text)[0], str)
