"""The rows of the list: whatever happened, they are those of a list that is made anew."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.conversations import ConversationId, ConversationSummary, Matter, MatterId
from desktop.core.shelving import shelve
from desktop.ui.history.arrangement import Arrangement, Group, Hollow, Row

TODAY = date(2026, 3, 10)
MATTERS = (Matter(MatterId(2), "Tax", folded=True), Matter(MatterId(3), "estate"), Matter(MatterId(4), "Lease"))


def at(day: int, hour: int = 12) -> float:
    return datetime(2026, 3, day, hour).timestamp()


def conversation(number: int, updated: float, **fields: object) -> ConversationSummary:
    return ConversationSummary(ConversationId(number), f"C{number}", updated, **fields)  # type: ignore[arg-type]


def arranged(summaries: tuple[ConversationSummary, ...], matters: tuple[Matter, ...] = ()) -> Arrangement:
    made = Arrangement(TODAY)
    made.fill(shelve(summaries), matters)
    return made


def plain(rows: Arrangement) -> list[str]:
    def word(row: Row) -> str:
        match row:
            case Group():
                return row.name
            case Hollow():
                return "-"
            case Matter():
                return f"[{row.name}]"
            case _:
                return row.title

    return [word(rows.row(one)) for one in range(len(rows))]


def test_folders_stand_by_name_between_pinned_and_today() -> None:
    rows = arranged(
        (
            conversation(1, at(10)),
            conversation(2, at(4), matter=4),
            conversation(3, at(3), matter=4, pinned=True),
            conversation(4, at(2), pinned=True),
            conversation(5, at(3), matter=2),
            conversation(6, at(3)),
            conversation(7, at(5)),
            conversation(8, at(9), archived=True, matter=4),
        ),
        MATTERS,
    )
    folders = ["FOLDERS", "[estate]", "-", "[Lease]", "C3", "C2", "[Tax]"]
    assert plain(rows) == ["PINNED", "C4", *folders, "TODAY", "C1", "WEEK", "C7", "OLDER", "C6", "ARCHIVED"]
    assert list(rows) == [rows.row(one) for one in range(len(rows))]
    assert (rows.members(MatterId(2)), rows.members(Group.ARCHIVED)) == (1, 1)


def test_archive_opens_at_the_end() -> None:
    rows = arranged((conversation(1, at(1), archived=True), conversation(2, at(2), archived=True)))
    rows.open_archive(True)
    assert plain(rows) == ["ARCHIVED", "C2", "C1"]


def test_each_row_is_found_where_it_stands() -> None:
    rows = arranged(tuple(conversation(one, at(1 + one), matter=1 + one % 4) for one in range(1, 9)), MATTERS)
    for number in range(len(rows)):
        assert rows.find(rows.row(number)) == number
    assert rows.find(conversation(99, 0.0)) == -1
    assert rows.find(Hollow(MatterId(3))) == -1


def test_conversation_in_a_closed_folder_has_no_row() -> None:
    inside = conversation(1, at(1), matter=2)
    assert arranged((inside,), MATTERS).find(inside) == -1


def test_doomed_folder_gives_its_conversations_to_general_and_gets_them_back() -> None:
    rows = arranged((conversation(1, at(10), matter=4), conversation(2, at(9, 1), matter=4)), MATTERS[2:])
    before = plain(rows)
    rows.doom(MatterId(4), keep=True)
    assert plain(rows) == ["TODAY", "C1", "WEEK", "C2"]
    rows.spare(MatterId(4))
    assert plain(rows) == before


def test_doomed_folder_takes_its_conversations_along_even_when_the_list_comes_anew() -> None:
    summaries = (conversation(1, at(10), matter=4), conversation(2, at(9)))
    rows = arranged(summaries, MATTERS[2:])
    rows.doom(MatterId(4), keep=False)
    rows.fill(shelve(summaries), MATTERS[2:])
    assert plain(rows) == ["WEEK", "C2"]
    assert rows.is_hidden(ConversationId(1))
    rows.spare(MatterId(4))
    assert plain(rows) == ["FOLDERS", "[Lease]", "C1", "WEEK", "C2"]


def test_deleted_folder_is_forgotten_when_the_list_comes_without_it() -> None:
    rows = arranged((conversation(1, at(10), matter=4),), MATTERS[2:])
    rows.doom(MatterId(4), keep=True)
    rows.fill(shelve((conversation(1, at(10)),)), ())
    rows.spare(MatterId(4))
    assert plain(rows) == ["TODAY", "C1"]


def test_folders_that_the_new_list_does_not_have_are_gone() -> None:
    rows = arranged((conversation(1, at(10), matter=4),), MATTERS)
    rows.fill(shelve((conversation(1, at(10)),)), MATTERS[:1])
    assert plain(rows) == ["FOLDERS", "[Tax]", "TODAY", "C1"]
    rows.fill(shelve(()), ())
    assert plain(rows) == []


@pytest.mark.parametrize(("change", "stays"), [({"title": "x"}, True), ({"updated": at(10, 13)}, False)])
def test_change_that_moves_nothing_is_known(change: dict[str, object], stays: bool) -> None:
    first, second = conversation(1, at(10, 12)), conversation(2, at(10, 11))
    rows = arranged((first, second))
    assert rows.stays(replace(second, **change)) is stays  # type: ignore[arg-type]
    assert rows.stays(replace(first, updated=at(10, 20)))


def test_another_day_sorts_anew() -> None:
    rows = arranged((conversation(1, at(10)), conversation(2, at(4))))
    rows.regroup(date(2026, 3, 11))
    assert plain(rows) == ["WEEK", "C1", "OLDER", "C2"]


summaries = st.builds(
    conversation,
    st.integers(1, 12),
    st.floats(at(1), at(11)),
    matter=st.integers(1, 4).map(MatterId),
    pinned=st.booleans(),
    archived=st.booleans(),
)
numbers = st.integers(1, 12).map(ConversationId)
steps = st.one_of(
    st.tuples(st.just("put"), summaries),
    st.tuples(st.just("take"), numbers),
    st.tuples(st.just("hide"), numbers),
    st.tuples(st.just("unhide"), numbers),
    st.tuples(st.just("doom"), st.tuples(st.integers(2, 4).map(MatterId), st.booleans())),
    st.tuples(st.just("spare"), st.integers(2, 4).map(MatterId)),
    st.tuples(st.just("fold"), st.integers(2, 4)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(summaries, max_size=12), st.lists(steps, max_size=30))
def test_changes_one_by_one_make_the_rows_of_a_new_list(start: list[ConversationSummary], changes: list) -> None:
    rows = arranged(tuple(start), MATTERS)
    hidden: set[ConversationId] = set()
    doomed: dict[MatterId, bool] = {}
    for name, value in changes:
        match name:
            case "put":
                rows.put(value)
            case "take":
                rows.take(value)
                hidden.discard(value)
            case "hide" | "unhide":
                rows.hide([value], on=name == "hide")
                (hidden.add if name == "hide" else hidden.discard)(value)
            case "doom" if value[0] not in doomed:
                rows.doom(*value)
                doomed[value[0]] = value[1]
            case "spare":
                rows.spare(value)
                doomed.pop(value, None)
            case "fold":
                matter = rows.matters[MatterId(value)]
                rows.put_matter(replace(matter, folded=not matter.folded))
    anew = Arrangement(TODAY)
    anew.hide(hidden, on=True)
    anew.fill(shelve(rows.known.values()), rows.matters.values())
    for matter, keep in doomed.items():
        anew.doom(matter, keep)
    assert plain(rows) == plain(anew)
    assert [rows.find(one) for one in rows] == list(range(len(rows)))
