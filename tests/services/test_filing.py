"""What a person gets from folders, and from acting on several conversations."""

from pathlib import Path

from desktop.core.conversations import GENERAL, ConversationId, MatterId, TurnState
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    MatterChanged,
    MatterDeleted,
    SearchFinished,
    ThreadOpened,
    TurnFinished,
    TurnStarted,
)
from tests.fakes import FakeEngine
from tests.houses import Recorder, app, ask, opened


def listed(house: app.House, recorder: Recorder) -> ConversationsListed:
    house.history.list()
    return recorder.wait(ConversationsListed)


def folder(house: app.House, recorder: Recorder, name: str = "Lease") -> MatterId:
    house.history.make_folder(name)
    return recorder.wait(MatterChanged).matter.id


def test_folder_is_made_with_conversations_in_it(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        one, two = (ask(house, recorder, text).conversation for text in ("one", "two"))
        house.history.make_folder(" Lease\n2025 ", (one, two))
        made = recorder.wait(MatterChanged).matter
        after = recorder.wait(ConversationsListed)
    assert made.name == "Lease 2025"
    assert after.matters == (made,)
    assert [one.id for one in after.shelving.filed[made.id]] == [two, one]


def test_folder_is_renamed_and_stays_folded_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        matter = folder(house, recorder)
        house.history.rename_folder(matter, " ")
        house.history.rename_folder(matter, "Tax")
        assert recorder.wait(MatterChanged).matter.name == "Tax"
        house.history.fold_folder(matter, True)
        recorder.wait(MatterChanged)
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        (kept,) = listed(house, recorder).matters
    assert (kept.name, kept.folded) == ("Tax", True)


def test_one_moved_conversation_is_announced_by_itself_and_several_as_the_list(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        one, two = (ask(house, recorder, text).conversation for text in ("one", "two"))
        matter = folder(house, recorder)
        house.history.move(one, matter)
        assert recorder.wait(ConversationChanged, lambda it: it.summary.id == one).summary.matter == matter
        house.history.move((one, two), GENERAL)
        after = recorder.wait(ConversationsListed)
    assert {one.id: one.matter for one in after.conversations} == {one: GENERAL, two: GENERAL}


def test_search_is_limited_to_a_folder(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        one, _ = (ask(house, recorder, "walrus").conversation for _ in range(2))
        matter = folder(house, recorder)
        house.history.move(one, matter)
        house.history.search("walrus", matter)
        found = recorder.wait(SearchFinished)
    assert [hit.conversation for hit in found.hits] == [one]
    assert found.matter == matter


def test_new_chat_knows_its_folder(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        matter = folder(house, recorder)
        house.history.new(matter)
        shown = recorder.wait(ThreadOpened).thread.summary
    assert (shown.id, shown.matter) == (0, matter)


def test_deleted_folder_gives_its_conversations_back(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        one = ask(house, recorder, "walrus").conversation
        house.history.make_folder("Lease", (one,))
        matter = recorder.wait(MatterChanged).matter.id
        house.history.delete_folder(matter, True)
        after = recorder.wait(ConversationsListed)
        recorder.wait(MatterDeleted, lambda it: it.matter == matter)
    assert [one.id for one in after.shelving.recent] == [one]
    assert after.matters == ()


def test_deleted_folder_takes_its_conversations_along_and_stops_their_answers(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        kept = ask(house, recorder, "kept").conversation
        matter = folder(house, recorder)
        beside = Recorder(house)

        def delete() -> None:
            running = beside.wait(TurnStarted).answer.conversation
            house.history.move(running, matter)
            house.history.delete_folder(matter, False)
            beside.wait(MatterDeleted)

        engine.answers("a", delete, "b")
        finished = ask(house, recorder, "walrus")
        after = listed(house, recorder)
        assert house.shelf.conversations.search("walrus") == ()
    assert (finished.answer.state, finished.error) == (TurnState.STOPPED, None)
    assert [one.id for one in after.conversations] == [kept]


def test_several_are_deleted_and_each_is_announced(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        ids = tuple(ask(house, recorder, text).conversation for text in ("one", "two", "three"))
        house.history.delete(ids[:2])
        gone = [recorder.wait(ConversationDeleted).conversation for _ in range(2)]
        after = listed(house, recorder)
    assert gone == list(ids[:2])
    assert [one.id for one in after.conversations] == [ids[2]]


def test_list_holds_archived_conversations_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        one, two = (ask(house, recorder, text).conversation for text in ("one", "two"))
        house.history.archive(one, True)
        after = listed(house, recorder)
        house.history.archive(one, False)
        back = listed(house, recorder)
    assert [it.id for it in after.shelving.archived] == [one]
    assert [it.id for it in after.shelving.recent] == [two]
    assert back.shelving.archived == ()


def test_answer_to_a_moved_conversation_is_found_in_its_folder(tmp_path: Path) -> None:
    engine = FakeEngine().answers("first").answers("walrus")
    with opened(tmp_path / "p", engine) as (house, recorder):
        one = ask(house, recorder, "q").conversation
        house.history.make_folder("Lease", (ConversationId(one),))
        matter = recorder.wait(MatterChanged).matter.id
        house.chat.send(one, "more")
        recorder.wait(TurnFinished)
        assert [hit.conversation for hit in house.shelf.conversations.search("walrus", matter=matter)] == [one]
