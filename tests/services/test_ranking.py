"""One order of what was found by words and by meaning."""

from desktop.core.coverage import PassageId, SourceId
from desktop.core.library import Passage
from desktop.core.words import asked
from desktop.services import ranking
from desktop.services.ranking import GENERAL, LITERAL, Found, chosen, fuse, weights


def found(*ids: int) -> Found:
    return [(PassageId(id_), 1.0) for id_ in ids]


def passage(id_: int, source: int = 1, page: int = 1, start: int = 0, end: int = 0, text: str = "") -> Passage:
    text = text or f"words {id_}"
    return Passage(PassageId(id_), SourceId(source), page, start, end or start + len(text), text)


def order(*passages: Passage, limit: int = 10) -> list[int]:
    """The ids of what is chosen when the passages were found in this order."""
    scores = {one.id: 1.0 - number / 100 for number, one in enumerate(passages)}
    return [one.id for one, _ in chosen(passages, scores, limit)]


def test_names_and_numbers_lean_to_words_and_the_rest_to_meaning() -> None:
    words, meaning = found(1, 2), found(3, 4)
    assert next(iter(fuse(words, meaning, weights(asked("What does § 12 say?"))))) == 1
    assert next(iter(fuse(words, meaning, weights(asked("how long may I wait"))))) == 3
    assert (weights(asked("who is Miller")), weights(asked("who is it"))) == (LITERAL, GENERAL)


def test_what_both_find_comes_first() -> None:
    assert next(iter(fuse(found(1, 2, 3), found(4, 5, 2), GENERAL))) == 2


def test_one_list_alone_keeps_its_order_and_scale() -> None:
    scores = fuse(found(3, 1, 2), (), GENERAL)
    assert list(scores) == [3, 1, 2]
    assert scores[PassageId(3)] == 1.0
    assert fuse((), (), GENERAL) == {}


def test_what_says_the_same_is_shown_once() -> None:
    twice = passage(1, 1, text="The same  words."), passage(2, 2, text="the same words.")
    assert order(*twice, passage(3, 3)) == [1, 3]


def test_neighbours_on_a_page_are_one() -> None:
    before, behind = passage(1, start=0, text="a" * 800), passage(2, start=700, text="b" * 800)
    far = passage(3, start=5_000)
    scores = {PassageId(1): 0.5, PassageId(2): 0.9, PassageId(3): 0.7}
    (first, score), second = chosen([before, behind, far], scores, 9)
    assert (first.id, first.start, first.end, score) == (2, 0, 1500, 0.9)
    assert second[0].id == 3


def test_neighbours_do_not_grow_without_end() -> None:
    many = [passage(number, start=number * 800, text=str(number) * 800) for number in range(1, 9)]
    whole = chosen(many, {one.id: 0.5 for one in many}, 9)
    assert all(one.end - one.start <= ranking.LONGEST for one, _ in whole)
    assert len(whole) == 4


def test_one_long_document_does_not_hide_the_others() -> None:
    many = [passage(number, 1, page=number) for number in range(1, 8)]
    other = passage(99, 2)
    assert order(*many, other)[3] == 99
    assert order(*many, other, limit=2) == [1, 2]


def test_a_single_document_gives_all_that_is_asked_for() -> None:
    assert len(order(*(passage(number, 1, page=number) for number in range(30)), limit=20)) == 20
