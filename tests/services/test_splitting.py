"""Passages: whole paragraphs, whole rows, inside their page, with the headings above them."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.documents import Heading, Page, Table
from desktop.services.splitting import LENGTH, LONGEST_ROW, SPARE, carried, split

SENTENCE = "The tenant shall pay the rent on the first day of the month. "


def texts(page: Page) -> list[str]:
    return [page.text[one.start : one.end] for one in split(page)[0]]


def headed(*parts: tuple[int, str]) -> Page:
    """Headings (level > 0) and paragraphs (level 0), with blank lines between."""
    text, headings = "", []
    for level, words in parts:
        if level:
            headings.append(Heading(len(text), len(text) + len(words), level))
        text += words + "\n\n"
    return Page(1, text, headings=tuple(headings))


def rows(count: int, width: int = 40) -> Page:
    lines = ["Item | Sum", *(f"item {number} {'x' * width} | {number}" for number in range(count))]
    text = "Costs of the year.\n\n" + "\n".join(lines) + "\n\nAfter the table."
    start = text.index("Item |")
    table = Table(start, start + len("\n".join(lines)), "", ("Item", "Sum"), ())
    return Page(1, text, tables=(table,))


def test_a_short_page_is_one_passage() -> None:
    assert texts(Page(1, "  A short page.\n\nWith two paragraphs. \n")) == ["A short page.\n\nWith two paragraphs."]
    assert texts(Page(1, " \n\t ")) == []


def test_passages_end_where_paragraphs_do() -> None:
    paragraphs = [(SENTENCE * 6).strip() for _ in range(5)]
    assert texts(Page(1, "\n\n".join(paragraphs))) == [
        "\n\n".join(paragraphs[:2]),
        "\n\n".join(paragraphs[2:4]),
        paragraphs[4],
    ]


def test_a_long_paragraph_is_cut_behind_sentences_and_repeats_a_little() -> None:
    page = Page(1, SENTENCE * 60)
    passages = split(page)[0]
    assert len(passages) > 3
    for one in passages:
        assert page.text[one.start : one.end].startswith("The tenant")
        assert page.text[one.start : one.end].endswith("month.")
    for one, following in pairwise(passages):
        assert 0 < one.end - following.start <= 120


def test_lines_without_blank_ones_between_are_cut_at_lines() -> None:
    text = "\n".join("a line of a printed page without an end of a sentence" for _ in range(60))
    for one in texts(Page(1, text)):
        assert one.endswith("sentence")


def test_chinese_and_japanese_passages_are_shorter() -> None:
    page = Page(1, "賃借人は毎月一日までに賃料を支払わなければならない。" * 60)
    passages = texts(page)
    assert max(len(one) for one in passages) <= LENGTH / 2 * SPARE
    assert all(one.endswith("。") for one in passages)


def test_passages_know_the_headings_above_them_over_pages() -> None:
    body = SENTENCE * 8
    first = headed((1, "Terms"), (0, body), (2, "Payment"), (0, body), (2, "Notice"), (0, body))
    passages, above = split(first)
    assert [one.heading for one in passages] == ["Terms", "Terms › Payment", "Terms › Notice"]
    assert above == carried(first)
    second = headed((0, body), (3, "Form"), (0, body), (1, "Annex"), (0, body))
    later, last = split(second, above)
    assert [one.heading for one in later] == ["Terms › Notice", "Terms › Notice › Form", "Annex"]
    assert last == ((1, "Annex"),)


def test_a_heading_is_never_left_alone_at_the_end() -> None:
    body = (SENTENCE * 14).strip()
    for one in texts(headed((0, body), (2, "Payment"), (0, body), (2, "Notice"), (0, SENTENCE))):
        assert not one.endswith(("Payment", "Notice"))


def test_short_sections_share_a_passage() -> None:
    parts = [part for number in range(4) for part in ((2, f"Question {number}"), (0, "A short answer."))]
    assert len(texts(headed(*parts))) == 1


def test_rows_stay_whole_and_the_header_is_repeated() -> None:
    page = rows(100)
    passages, _ = split(page)
    assert len(passages) > 4
    assert passages[0].header == ""
    assert "Item | Sum\nitem 0" in page.text[passages[0].start : passages[0].end]
    for one in passages[1:-1]:
        assert one.header == "Item | Sum"
        text = page.text[one.start : one.end]
        assert text.startswith("item ")
        assert text.splitlines()[-1].split(" | ")[1].isdigit()


def test_rows_of_a_table_without_its_header_bring_the_names_of_the_columns() -> None:
    text = "\n".join(f"item {number} {'x' * 50} | {number}" for number in range(30))
    page = Page(2, "Going on:\n\n" + text, tables=(Table(11, 11 + len(text), "Costs", ("Item", "Sum"), ()),))
    assert {one.header for one in split(page)[0]} == {"Item | Sum"}


def test_a_long_row_is_not_cut() -> None:
    passages = texts(rows(3, LONGEST_ROW - 100))
    for number in range(3):
        assert any(f"item {number} x" in one and f"x | {number}" in one for one in passages)


BLOCKS = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["\n", "\n\n", " ", "\t", "。", "word " * 80, "x" * 1000, SENTENCE * 9, " " * 1300, "税" * 700]
        ),
    ),
    max_size=12,
)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    text = "".join(draw(BLOCKS))
    place = st.integers(-2, len(text) + 5)
    headings = draw(st.lists(st.builds(Heading, place, place, st.integers(1, 4)), max_size=4))
    tables = draw(st.lists(st.builds(Table, place, place, st.just(""), st.just(("a", "b")), st.just(())), max_size=2))
    return Page(1, text, headings=tuple(headings), tables=tuple(tables))


@settings(max_examples=300, deadline=None)
@given(pages())
def test_passages_cover_all_that_is_written_in_order_inside_the_page(page: Page) -> None:
    passages = split(page)[0]
    covered: set[int] = set()
    before = (-1, -1)
    for one in passages:
        assert 0 <= one.start < one.end <= len(page.text)
        assert (one.start, one.end) > before
        assert one.start > before[0]
        assert one.end > before[1]
        assert page.text[one.start : one.end].strip() == page.text[one.start : one.end]
        assert one.end - one.start <= LONGEST_ROW + LENGTH
        before = (one.start, one.end)
        covered |= set(range(one.start, one.end))
    assert all(letter.isspace() for at, letter in enumerate(page.text) if at not in covered)
