"""Spoken words fit what stands around them."""

import pytest

from desktop.core.joining import joined


@pytest.mark.parametrize(
    ("before", "words", "after", "made"),
    [
        ("", "the lease ends.", "", "The lease ends."),
        ("Hello.", "and then", "", " And then"),
        ("Please note", "The lease ends", "", " the lease ends"),
        ("Please ask", "Maria Weber", "", " Maria Weber"),
        ("She said (", "yes", ")", "yes"),
        ("one", ", two", "", ", two"),
        ("one ", "two", "three", "two "),
        ("今日は", "晴れです", "", "晴れです"),
        ("قال", "نعم", "", " نعم"),
        ("so", "  ", "", ""),
    ],
)
def test_space_and_first_letter(before: str, words: str, after: str, made: str) -> None:
    assert joined(before, words, after) == made
