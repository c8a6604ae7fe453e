"""Cutting Markdown into finished blocks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ui.chat.markdown_splitter import Block, CodeLines, FenceClosed, FenceOpened, Piece, Splitter

LINES = st.sampled_from(
    ["", "# Title", "text of a line", "- item", "  - inner", "1. first", "> quoted", "```python", "```", "~~~", "    x",
     "| a | b |", "|---|---|", "````", "  ```", "===", "\tcode", "<b>raw</b>", "مرحبا"]
)  # fmt: skip


def pieces_of(chunks: list[str]) -> list[Piece]:
    splitter = Splitter()
    made = [piece for chunk in chunks for piece in splitter.feed(chunk)]
    made += splitter.feed("", last=True)
    joined: list[Piece] = []
    for piece in made:
        if isinstance(piece, CodeLines) and joined and isinstance(joined[-1], CodeLines):
            joined[-1] = CodeLines(joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=14), st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_any_cutting_gives_the_same_blocks(lines: list[str], sizes: list[int]) -> None:
    text = "\n".join(lines)
    chunks, at = [], 0
    while at < len(text):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(text[at : at + size])
        at += size
    assert pieces_of(chunks) == pieces_of([text])


def test_paragraph_is_finished_when_another_begins() -> None:
    splitter = Splitter()
    assert splitter.feed("One line\n\n") == []
    assert splitter.feed("Two\n") == [Block("One line")]
    assert splitter.pending == "Two\n"


def test_list_goes_on_after_a_blank_line() -> None:
    assert pieces_of(["- a\n\n- b\n\n  more\n\nend"]) == [Block("- a\n\n- b\n\n  more"), Block("end")]


def test_code_is_handed_out_line_by_line() -> None:
    splitter = Splitter()
    assert splitter.feed("```py\nx = 1\ny") == [FenceOpened("py"), CodeLines("x = 1\n")]
    assert splitter.in_code
    assert splitter.pending == "y"
    assert splitter.feed(" = 2\n```\n") == [CodeLines("y = 2\n"), FenceClosed()]


def test_fence_left_open_is_closed_at_the_end() -> None:
    assert pieces_of(["~~~\ncode"]) == [FenceOpened(""), CodeLines("code\n"), FenceClosed()]
