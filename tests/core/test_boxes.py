"""Where a passage stands on its page."""

from desktop.core.boxes import around, boxes
from desktop.core.documents import Box, Page, Run

LINES = Page(
    1,
    "One line.\nAnother line.",
    runs=(Run(0, 9, Box(0.1, 0.1, 0.5, 0.12)), Run(10, 23, Box(0.1, 0.14, 0.6, 0.16))),
)
WORDS = Page(
    1,
    "Two words",
    runs=(Run(0, 3, Box(0.1, 0.1, 0.2, 0.13)), Run(4, 9, Box(0.22, 0.105, 0.4, 0.135))),
)


def test_a_passage_has_a_box_for_each_line_that_it_touches() -> None:
    assert boxes(LINES, 4, 15) == (Box(0.1, 0.1, 0.5, 0.12), Box(0.1, 0.14, 0.6, 0.16))
    assert boxes(LINES, 10, 23) == (Box(0.1, 0.14, 0.6, 0.16),)


def test_the_words_of_a_line_share_a_box() -> None:
    assert boxes(WORDS, 0, 9) == (Box(0.1, 0.1, 0.4, 0.135),)


def test_a_page_without_places_has_no_boxes() -> None:
    assert boxes(Page(1, "text"), 0, 4) == ()


def test_one_box_lies_around_several() -> None:
    assert around(boxes(LINES, 0, 23)) == Box(0.1, 0.1, 0.6, 0.16)
