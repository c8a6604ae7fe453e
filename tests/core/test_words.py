"""The words of a question: what carries it, what is kept together, what is marked in a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.words import Asked, asked, holds, in_a_row, indexed, marks, stem, variants


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in marks(asked(question), text)]


def test_a_question_is_sorted_out() -> None:
    wanted = asked('What did Mr Miller pay under "early termination" on 2021-03-12, § 5?')
    assert wanted.quoted == ("early termination",)
    assert set(wanted.exact) == {"2021-03-12", "5", "§ 5"}
    assert wanted.words == ("mr", "miller", "pay")
    assert wanted.literal


@pytest.mark.parametrize(
    ("question", "literal"),
    [
        ("how long may I wait", False),
        ("What is the rent?", False),
        ("what did Oxford decide", True),
        ("the VAT rate", True),
        ("rent in 2021", True),
        ('the "rent"', True),
    ],
)
def test_names_numbers_and_quotes_ask_for_characters(question: str, literal: bool) -> None:
    assert asked(question).literal is literal


def test_scripts_without_spaces_become_pairs() -> None:
    assert indexed("東京都 ok").split() == ["東京", "京都", "都", "ok"]
    assert in_a_row("東京都") == "東京 京都"
    assert in_a_row("東京 tower 京都") == "東京 京 tower 京都"
    assert asked("東京都の税").words == ("東京", "京都", "都の", "の税")
    assert asked("第12条").exact == ("12",)


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("1,200.50", ("1,200.50", "1200.50")),
        ("1.200.000", ("1.200.000", "1200000")),
        ("1200", ("1200", "1,200")),
        ("2021", ("2021",)),
        ("12", ("12",)),
        ("12.03.2021", ("12.03.2021",)),
    ],
)
def test_numbers_are_found_with_and_without_marks_between_thousands(number: str, forms: tuple[str, ...]) -> None:
    assert variants(number) == forms


def test_forms_of_a_word_begin_alike() -> None:
    assert stem("deposits") == stem("deposit") == "deposit"
    assert stem("fristen") == "frist"
    assert stem("rent") == "rent"
    assert stem("is") == "is"


def test_words_of_the_question_are_marked_as_they_stand_in_the_text() -> None:
    text = "Die KÜNDIGUNG des Mietvertrags nach § 573 kostet 1.200,50 €."
    assert marked("Kündigung Mietvertrag 573", text) == ["KÜNDIGUNG", "Mietvertrags", "573"]
    assert marked("消費税", "これは消費税です") == ["消費税"]
    assert marked("the and of", "nothing here") == []


def test_a_phrase_is_held_whatever_stands_between_its_words() -> None:
    assert holds("terminated early", "It was Terminated\nearly.")
    assert not holds("terminated early", "early terminated")
    assert holds(in_a_row("消費税"), "これは消費税です")
    assert not holds("rent", "rental")


@given(st.text())
def test_any_text_can_be_asked_and_indexed(text: str) -> None:
    wanted = asked(text)
    indexed(text)
    for start, end in marks(wanted, text):
        assert 0 <= start < end <= len(text)
    assert bool(Asked()) is False
