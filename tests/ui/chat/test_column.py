"""Where rows lie, and what is selected across them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.chat.column import Column
from desktop.ui.chat.selection import Part, Selection


@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.data())
def test_every_height_is_in_the_row_that_covers_it(heights: list[int], data: st.DataObject) -> None:
    column = Column(20)
    column.replace_from(0, [50] * len(heights))
    for row in data.draw(st.permutations(range(len(heights)))):
        column.set_height(row, heights[row])
    assert column.end == 20 + sum(heights)
    y = data.draw(st.integers(20, column.end - 1))
    row = column.row_at(y)
    assert column.top(row) <= y < column.top(row) + column.height(row)
    assert row in column.between(y, y)


def test_taller_row_moves_those_below_it() -> None:
    column = Column(0)
    column.replace_from(0, [10, 10, 10])
    assert column.set_height(1, 25) == 15
    assert (column.top(1), column.top(2), column.end) == (10, 35, 45)
    column.replace_from(2, [5])
    assert column.end == 40


def test_selection_upwards_takes_the_rows_between_whole() -> None:
    selection = Selection()
    selection.begin(4, 7)
    selection.extend(2, 3)
    assert list(selection.rows) == [2, 3, 4]
    assert selection.part_of(2) == Part(3, None)
    assert selection.part_of(3) == Part(0, None)
    assert selection.part_of(4) == Part(0, 7)
    assert selection.part_of(5) is None
