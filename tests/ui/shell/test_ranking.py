"""Which titles answer to what was typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.ui.shell.ranking import Index, Tier, marks

TITLES = (
    "Lease of the shop",
    "New chat",
    "Müller & Sons – annual report",
    "Release notes",
    "Smith against Jones: the lease",
    "Pleasant walks",
)


def found(query: str, titles: tuple[str, ...] = TITLES, most: int = 10) -> list[str]:
    return [titles[hit.place] for hit in Index(titles).find(query, most)]


def test_beginnings_of_words_come_before_the_inside_of_words() -> None:
    assert found("lease") == ["Lease of the shop", "Smith against Jones: the lease", "Release notes"]
    assert found("leas")[3:] == ["Pleasant walks"]


def test_letters_in_their_order_are_found_last() -> None:
    titles = ("Second measure", "Some very long thing", "Smith", "A plain smth")
    assert found("smth", titles) == ["A plain smth", "Smith", "Some very long thing"]
    assert [hit.tier for hit in Index(titles).find("smth", 9)] == [Tier.WORD, Tier.NEAR, Tier.SCATTERED]


def test_scattered_letters_must_begin_with_a_word() -> None:
    assert found("lotp") == ["Lease of the shop"]
    assert found("eotp") == []


def test_among_equals_the_recent_one_comes_first() -> None:
    titles = tuple(f"Letter {number}" for number in range(30))
    assert found("letter", titles, 3) == ["Letter 0", "Letter 1", "Letter 2"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("jones smith", "Smith against Jones: the lease"),
        ("nc", "New chat"),
        ("muller", "Müller & Sons – annual report"),
        ("MÜLLER", "Müller & Sons – annual report"),
        ("sons annual", "Müller & Sons – annual report"),
        ("  new   chat ", "New chat"),
    ],
    ids=["words in any order", "initials", "no accent", "capitals", "signs between", "blanks"],
)
def test_how_it_is_typed_does_not_matter(query: str, title: str) -> None:
    assert found(query)[0] == title


def test_nothing_typed_offers_the_first_ones() -> None:
    assert found("", most=2) == list(TITLES[:2])
    assert found(" – ", most=1) == list(TITLES[:1])
    assert Index(()).find("a", 5) == ()


def test_a_title_of_several_lines_is_one_title() -> None:
    titles = ("One\nand\nmore", "  Two", "", "Three")
    assert found("more", titles) == ["One\nand\nmore"]
    assert [hit.tier for hit in Index(titles).find("two", 1)] == [Tier.TITLE]
    assert found("three", titles) == ["Three"]


@pytest.mark.parametrize(
    ("title", "query", "marked"),
    [
        ("New chat", "nc", ["N", "c"]),
        ("Smith – Lease", "lease smith", ["Smith", "Lease"]),
        ("Müller & Co", "mull", ["Müll"]),
        ("Straße 5", "strasse", ["Straße"]),
        ("Show or hide the sidebar", "sidbr", ["sid", "b", "r"]),
        ("Release the lease", "lease", ["lease"]),
        ("New chat", "", []),
        ("New chat", "xyz", []),
    ],
)
def test_found_letters_are_marked(title: str, query: str, marked: list[str]) -> None:
    ranges = marks(title, query)
    assert [title[start:end] for start, end in ranges] == marked
    if query == "lease" and len(ranges) == 1:
        assert ranges[0][0] == title.rindex("lease")


@given(some.lists(some.text(max_size=20), max_size=12), some.text(max_size=8))
def test_any_text_can_be_searched_and_marked(titles: list[str], query: str) -> None:
    hits = Index(titles).find(query, 5)
    assert len({hit.place for hit in hits}) == len(hits) <= 5
    assert [hit.tier for hit in hits] == sorted(hit.tier for hit in hits)
    for hit in hits:
        assert all(0 <= start < end <= len(titles[hit.place]) for start, end in marks(titles[hit.place], query))


@given(some.lists(some.text(some.characters(codec="ascii", categories=["L", "N"]), min_size=1), min_size=1))
def test_a_title_typed_in_full_is_found(titles: list[str]) -> None:
    hits = Index(titles).find(titles[-1], len(titles))
    assert len(titles) - 1 in {hit.place for hit in hits}


@pytest.mark.parametrize("query", ["e", "zz", "smth", "smith lease", "xqzjk", "ssssssss", "a b c d e f", "e" * 16])
def test_ten_thousand_titles_are_searched_between_two_keys(query: str) -> None:
    words = (
        "lease",
        "contract",
        "smith",
        "müller",
        "tax",
        "return",
        "invoice",
        "letter",
        "patient",
        "report",
        "annual",
    )
    count = len(words)
    index = Index(
        [
            " ".join(words[(n * step + step) % count] for step in (1, 3, 5, 7, 11, n % 7)).capitalize()
            for n in range(10_000)
        ]
    )
    while index.prepare():
        pass
    index.find(query, 40)

    def seconds() -> float:
        begun = time.thread_time()
        index.find(query, 40)
        return time.thread_time() - begun

    assert min(seconds() for _ in range(5)) < 0.008
