"""Code gets its colours in slices, without its text being touched."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.chat.code_colors import code_colors
from desktop.ui.chat.code_highlighter import CodeHighlighter
from desktop.ui.chat.code_lexers import COMMON, kind, load
from desktop.ui.chat.formulas import Formulas, at_once
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.theme import Theme, dark, light
from tests.ui.test_look import contrast

Job = Callable[[], None]
PYTHON = '''def f(x: int = 2) -> str:
    """Says 😀 so.

Still says so."""
    return "a" + str(x)  # always
'''
FENCED = f"Before\n\n```python\n{PYTHON}```\n\nAfter"


def helpers_of(submit: Callable[[Job], None] = at_once, parent: QObject | None = None) -> Helpers:
    return Helpers(CodeHighlighter(light(), submit, parent), Formulas(submit, parent))


def colored(document: QTextDocument, theme: Theme) -> dict[str, str]:
    """The words that have a colour, and the name of it."""
    fields = ("keyword", "name", "string", "number", "operator", "comment")
    names = {QColor(getattr(code_colors(theme), name)).name(): name for name in fields}
    found = {}
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        for one in block.layout().formats():
            cursor.setPosition(block.position() + one.start)
            cursor.setPosition(block.position() + one.start + one.length, QTextCursor.MoveMode.KeepAnchor)
            found[cursor.selectedText()] = names[one.format.foreground().color().name()]
        block = block.next()
    return found


def settle(qtbot: QtBot, helpers: Helpers) -> None:
    with qtbot.waitSignal(helpers.highlighter.rested):
        pass


def test_code_is_coloured_and_its_text_untouched(qtbot: QtBot) -> None:
    document, helpers = QTextDocument(), helpers_of()
    MarkdownWriter(document, light(), helpers).append(FENCED, last=True)
    text = document.toHtml()
    changes: list[int] = []
    document.contentsChange.connect(lambda _at, removed, added: changes.append(removed + added))
    settle(qtbot, helpers)
    found = colored(document, light())
    assert found["def"] == found["return"] == "keyword"
    assert found["f"] == found["int"] == "name"
    assert found["2"] == "number"
    assert found["# always"] == "comment"
    assert found['Still says so."""'] == "string"
    assert document.toHtml() == text
    assert not changes


def test_colours_come_as_lines_arrive_and_end_as_if_they_had_come_at_once(qtbot: QtBot) -> None:
    document, helpers = QTextDocument(), helpers_of()
    writer = MarkdownWriter(document, light(), helpers)
    writer.append("```python\nimport os\n")
    settle(qtbot, helpers)
    assert colored(document, light())["import"] == "keyword"
    writer.append(PYTHON + "```\n\nAfter", last=True)
    settle(qtbot, helpers)
    whole, others = QTextDocument(), helpers_of()
    MarkdownWriter(whole, light(), others).append(f"```python\nimport os\n{PYTHON}```\n\nAfter", last=True)
    settle(qtbot, others)
    assert colored(document, light()) == colored(whole, light())


def test_what_stands_is_not_read_again_with_every_line(qtbot: QtBot) -> None:
    """Hundreds of short functions: a new line costs about what its own function costs."""
    document, helpers = QTextDocument(), helpers_of()
    writer = MarkdownWriter(document, light(), helpers)
    writer.append("```python\n" + "def f():\n    return 1\n\n\n" * 150)
    settle(qtbot, helpers)
    code = helpers.highlighter._codes[0]
    writer.append("def g():\n")
    settle(qtbot, helpers)
    assert code.seen < 100
    assert colored(document, light())["g"] == "name"


@pytest.mark.parametrize("language", ["klingon", "", "text"])
def test_unknown_language_stays_plain(qtbot: QtBot, language: str) -> None:
    document, helpers = QTextDocument(), helpers_of()
    MarkdownWriter(document, light(), helpers).append(f"```{language}\nx = 1\n```\n\n```py\ny = 2\n```\n", last=True)
    settle(qtbot, helpers)
    assert set(colored(document, light())) == {"=", "2"}


def test_selection_and_size_stay_when_colours_come(qtbot: QtBot) -> None:
    document, helpers = QTextDocument(), helpers_of()
    MarkdownWriter(document, light(), helpers).append(FENCED, last=True)
    document.setTextWidth(400)
    size = document.size()
    cursor = QTextCursor(document)
    cursor.setPosition(10)
    cursor.setPosition(40, QTextCursor.MoveMode.KeepAnchor)
    selected = cursor.selectedText()
    settle(qtbot, helpers)
    assert cursor.selectedText() == selected
    assert document.size() == size
    assert not document.isUndoAvailable()


def test_other_theme_colours_anew_without_reading(qtbot: QtBot) -> None:
    document, helpers = QTextDocument(), helpers_of()
    MarkdownWriter(document, light(), helpers).append(FENCED, last=True)
    settle(qtbot, helpers)
    before = colored(document, light())
    helpers.highlighter.apply_theme(dark())
    assert colored(document, dark()) == before


def test_lexers_are_loaded_elsewhere(qtbot: QtBot) -> None:
    jobs: list[Job] = []
    document, helpers = QTextDocument(), helpers_of(jobs.append)
    helpers.highlighter.warm()
    assert len(jobs) == len(COMMON)
    MarkdownWriter(document, light(), helpers).append(FENCED, last=True)
    settle(qtbot, helpers)
    assert not colored(document, light())
    with qtbot.waitSignal(helpers.highlighter.rested):
        jobs[0]()
    assert colored(document, light())["def"] == "keyword"


def test_text_that_is_written_anew_or_gone_is_forgotten(qtbot: QtBot) -> None:
    owner, helpers = QObject(), helpers_of()
    document = QTextDocument(owner)
    MarkdownWriter(document, light(), helpers).append(FENCED, last=True)
    document.clear()
    MarkdownWriter(document, light(), helpers).append("```json\n[1]\n```\n", last=True)
    gone = QTextDocument(owner)
    MarkdownWriter(gone, light(), helpers).append(FENCED, last=True)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    settle(qtbot, helpers)
    assert set(colored(document, light())) == {"1"}


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["keyword", "name", "string", "number", "operator", "comment"])
def test_code_can_be_read(theme: Theme, name: str) -> None:
    assert contrast(getattr(code_colors(theme), name), theme.code) >= 4.5


def test_aliases_find_their_lexer_and_others_none(qapp: QApplication) -> None:
    assert load("py") is not None
    assert load("JS") is not None
    assert load("no such language") is None


def test_kinds_follow_the_family_of_a_token() -> None:
    from pygments.token import Comment, Keyword, String, Text

    tokens = (Keyword.Type, String.Doc, Comment.Single, Text)
    assert [kind(one) for one in tokens] == ["keyword", "string", "comment", ""]
