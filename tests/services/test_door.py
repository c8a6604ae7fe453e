"""A second start raises the first; a command line beside an open window hands its work over."""

import socket
from pathlib import Path

import pytest

from desktop.core.conversations import NEW_CONVERSATION
from desktop.core.errors import ConversationMissing, ProfileBusy
from desktop.core.events import Raised, ThreadOpened, TurnDelta, TurnFinished
from desktop.core.paths import Profile
from desktop.services.handover import Invitation
from desktop.services.remote import RemoteVerbs
from tests.fakes import FakeEngine
from tests.houses import ask, open_door, opened


def test_a_second_start_raises_the_first(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        open_door(house)
        RemoteVerbs(house.profile).raise_window()
        assert recorder.wait(Raised)


def test_asking_through_the_door_streams_and_stores(tmp_path: Path) -> None:
    engine = FakeEngine().answers("One ", "two")
    with opened(tmp_path / "p", engine) as (house, _):
        open_door(house)
        events = list(RemoteVerbs(house.profile).ask("count"))
        found = RemoteVerbs(house.profile).search("two")
    assert "".join(one.delta.text for one in events if isinstance(one, TurnDelta)) == "One two"
    assert isinstance(events[-1], TurnFinished)
    assert [one.conversation for one in found] == [events[-1].conversation]


def test_a_window_stays_where_it_is_while_a_command_asks(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        house.shelf.conversations.save_draft(NEW_CONVERSATION, "half a thought")
        open_door(house)
        list(RemoteVerbs(house.profile).ask("from the command line"))
        assert not [one for one in recorder.events if isinstance(one, ThreadOpened)]
        assert house.shelf.conversations.draft(NEW_CONVERSATION) == "half a thought"


def test_a_conversation_is_read_through_the_door_and_a_missing_one_is_told(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        open_door(house)
        finished = ask(house, recorder, "hello")
        remote = RemoteVerbs(house.profile)
        assert remote.thread(finished.conversation).messages[0].message.text == "hello"
        with pytest.raises(ConversationMissing):
            remote.thread(999)


def test_stop_through_the_door_keeps_what_came(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, _):
        open_door(house)
        remote = RemoteVerbs(house.profile)

        def stop_and_see_it_arrive() -> None:
            remote.stop()
            assert engine.stopped.wait(10)

        engine.answers("Half ", stop_and_see_it_arrive, "whole")
        events = list(remote.ask("go"))
    last = events[-1]
    assert isinstance(last, TurnFinished)
    assert last.answer.message.text == "Half "


def test_the_secret_is_readable_by_its_user_only(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, _):
        open_door(house)
        assert house.profile.door.stat().st_mode & 0o077 == 0
    assert not house.profile.door.exists()


def test_a_long_profile_path_still_gets_a_door(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 90) / ("y" * 90)
    with opened(deep, FakeEngine()) as (house, recorder):
        open_door(house)
        RemoteVerbs(house.profile).raise_window()
        assert recorder.wait(Raised)


def test_without_a_running_instance_the_door_is_closed(tmp_path: Path) -> None:
    with pytest.raises(ProfileBusy):
        RemoteVerbs(Profile(tmp_path)).raise_window()


def test_a_guest_who_says_nothing_keeps_nobody_waiting(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        open_door(house)
        with socket.socket(socket.AF_UNIX) as silent:
            silent.connect(Invitation.read(house.profile).address)
            RemoteVerbs(house.profile).raise_window()
            assert recorder.wait(Raised)


def test_search_through_the_door_does_not_wait_for_an_answer(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, _):
        open_door(house)
        found: list[int] = []

        def search_meanwhile() -> None:
            found.extend(one.conversation for one in RemoteVerbs(house.profile).search("sundial"))

        engine.answers("A ", search_meanwhile, "shadow")
        events = list(RemoteVerbs(house.profile).ask("sundial"))
    assert found == [events[-1].conversation]


def test_each_guest_stops_only_its_own_question(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, _):
        open_door(house)
        other = RemoteVerbs(house.profile)
        engine.answers("All ", other.stop, "of it")
        events = list(RemoteVerbs(house.profile).ask("go"))
    last = events[-1]
    assert isinstance(last, TurnFinished)
    assert last.answer.message.text == "All of it"
