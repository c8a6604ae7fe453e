"""Pictures as tokens: the figures that llama.cpp and the model's own processor give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.media import MOST_PIXELS, Detail, Grid, grid


@pytest.mark.parametrize(
    ("width", "height", "tokens"),
    [((640), 480, (63, 266, 1064)), (1920, 1080, (66, 264, 1100)), (100, 3000, (45, 273, 1098))],
)
def test_budgets_give_the_tokens_the_model_was_trained_with(
    width: int, height: int, tokens: tuple[int, int, int]
) -> None:
    given_ = tuple(grid(width, height, one).tokens for one in (Detail.QUICK, Detail.NORMAL, Detail.DOCUMENT))
    assert given_ == tokens


def test_a_strip_is_one_token_across() -> None:
    assert grid(60_000, 6, Detail.QUICK) == Grid(70, 1)
    assert grid(3, 900, Detail.NORMAL).columns == 1


@given(st.integers(1, 70_000), st.integers(1, 70_000), st.sampled_from(list(Detail)))
def test_no_picture_takes_more_than_its_budget(width: int, height: int, detail: Detail) -> None:
    cut = grid(width, height, detail)
    assert 0 < cut.tokens <= detail
    assert cut.size[0] % 48 == cut.size[1] % 48 == 0
    assert cut.size[0] * cut.size[1] <= MOST_PIXELS


@given(st.integers(100, 5_000), st.integers(100, 5_000))
def test_shape_is_kept_to_a_token(width: int, height: int) -> None:
    cut = grid(width, height, Detail.FINE)
    longer, shorter = max(cut.columns, cut.rows), min(cut.columns, cut.rows)
    ratio = max(width, height) / min(width, height)
    assert longer / (shorter + 1) < ratio < (longer + 1) / shorter
