"""Tables in drawn lines: pure geometry."""

from desktop.documents.ruling import tables


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    return [(x, ys[0], x, ys[-1]) for x in xs] + [(xs[0], y, xs[-1], y) for y in ys]


def test_a_grid_of_lines_is_a_table() -> None:
    (found,) = tables(grid([0, 50, 120], [10, 30, 50, 70]))
    assert (found.rows, found.columns) == (3, 2)
    assert found.bounds == (0, 10, 120, 70)
    assert found.cells[2, 1] == (50, 50, 120, 70)


def test_a_grid_of_boxes_drawn_one_by_one_and_not_quite_meeting_is_one_too() -> None:
    lines = []
    for left in (0.0, 50.7):
        for top in (10.0, 30.6, 51.1):
            lines += grid([left, left + 49.8], [top, top + 20.2])
    (found,) = tables(lines)
    assert (found.rows, found.columns, len(found.cells)) == (3, 2, 6)


def test_a_cell_over_two_columns_stands_in_the_first() -> None:
    lines = [line for line in grid([0, 50, 120], [10, 30, 50]) if line[0] != 50 or line[2] != 50]
    (found,) = tables([*lines, (50, 30, 50, 50)])
    assert found.cells[0, 0] == (0, 10, 120, 30)
    assert (0, 1) not in found.cells


def test_frames_rules_and_slanted_lines_are_no_tables() -> None:
    assert tables(grid([0, 100], [0, 100])) == []
    assert tables([(0, y, 400, y) for y in range(0, 500, 20)]) == []
    assert tables([(0, 0, 300, 300), (300, 0, 0, 300)]) == []
    assert tables(grid([0, 100], [0, 20, 40, 60])) == [], "a list in boxes"


def test_two_tables_are_told_apart() -> None:
    upper, lower = tables(grid([0, 50, 100], [200, 220, 240]) + grid([0, 50, 100], [10, 30, 50]))
    assert upper.bounds[1] < lower.bounds[1]


def test_too_many_lines_are_a_drawing() -> None:
    assert tables(grid([float(x * 10) for x in range(1300)], [0.0, 50.0])) == []
