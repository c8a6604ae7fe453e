"""The command line: what it prints, where, and with which exit code."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import app
from desktop.cli import main
from desktop.cli.host import Host
from desktop.core.errors import EngineCrashed
from desktop.core.paths import default_profile
from desktop.core.stream import ToolCallDelta
from desktop.core.tools import ToolCallPart
from desktop.services.handover import Invitation
from desktop.store.instance_lock import InstanceLock
from tests.fakes import FakeEngine
from tests.houses import open_door, opened

Run = Callable[..., int]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def run(engine: FakeEngine) -> Run:
    def run(*words: str) -> int:
        return main.run(words, app.prepare, lambda profile: app.build(profile, engine))

    return run


def test_ask_prints_the_answer_only_to_stdout(run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers("The capital ", "is Paris.")
    assert run("ask", "What is the capital of France?") == 0
    out, err = capsys.readouterr()
    assert out == "The capital is Paris.\n"
    assert "Kept as conversation 1." in err


def test_ask_as_json_names_the_conversation(run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    engine.answers("Yes.")
    assert run("ask", "Well?", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["answer"], answer["conversation"], answer["state"]) == ("Yes.", 1, "complete")


def test_ask_prints_a_call_as_a_plain_line(run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]) -> None:
    call = ToolCallDelta(ToolCallPart("get_weather", '{"city":"Paris"}'))
    engine.answers("Let me ", "see.", call).answers(call).answers(call)
    assert run("ask", "What is the weather in Paris?") == 0
    assert capsys.readouterr().out == "Let me see.\n\n[Wants to use: get_weather, city: Paris]\n"
    assert run("ask", "What is the weather in Paris?") == 0
    assert capsys.readouterr().out == "[Wants to use: get_weather, city: Paris]\n"
    assert run("ask", "What is the weather in Paris?", "--json") == 0
    assert json.loads(capsys.readouterr().out)["calls"] == [{"name": "get_weather", "arguments": {"city": "Paris"}}]


def test_what_was_asked_is_found_and_exported_by_a_later_command(
    run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.answers("A fox is red.")
    run("ask", "Tell me of foxes")
    capsys.readouterr()
    assert run("search", "fox", "--json") == 0
    hits = json.loads(capsys.readouterr().out)
    assert {hit["conversation"] for hit in hits} == {1}
    assert run("export", "1") == 0
    assert capsys.readouterr().out.startswith("# Tell me of foxes\n\n## You\n\nTell me of foxes\n\n## ")
    assert run("export", "1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["messages"][1]["text"] == "A fox is red."


def test_a_failed_answer_prints_what_came_and_says_why(
    run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.answers("Half", EngineCrashed())
    assert run("ask", "x") == 1
    out, err = capsys.readouterr()
    assert out == "Half\n"
    assert str(EngineCrashed()) in err


def test_an_unknown_model_is_exit_code_four(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "x", "--model", "no such model") == 4
    assert "no such model" in capsys.readouterr().err


def test_a_missing_conversation_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "77") == 1
    assert "There is no conversation 77." in capsys.readouterr().err


def test_a_locked_vault_without_a_terminal_is_exit_code_three(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(default_profile().root, FakeEngine()) as (house, _):
        house.vault.set_passphrase("correct horse battery")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert run("search", "x") == 3
    assert "locked" in capsys.readouterr().err


def test_the_first_command_says_where_the_key_lies(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("search", "x")
    assert str(default_profile().local_key) in capsys.readouterr().err
    run("search", "x")
    assert "key lies" not in capsys.readouterr().err


def test_a_command_beside_a_window_hands_itself_over(
    run: Run, engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    windows = FakeEngine().answers("From the window.")
    with opened(default_profile().root, windows) as (house, _):
        open_door(house)
        assert run("ask", "Who answers?") == 0
    assert capsys.readouterr().out == "From the window.\n"
    assert engine.asked == []


class Knock:
    """The lock of a second command: once it is found taken, the first command ends its work."""

    def __init__(self, lock: InstanceLock, first: Host) -> None:
        self._lock = lock
        self._first = first

    def acquire(self) -> bool:
        if self._lock.acquire():
            return True
        self._first.close()
        return False

    def release(self) -> None:
        self._lock.release()


def test_a_command_waits_for_another_one_although_a_crashed_window_left_its_door_behind(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = default_profile()
    app.prepare(profile)
    Invitation.make(profile)
    first = Host(app.prepare, lambda profile: app.build(profile, FakeEngine()))
    first.verbs()
    engine.answers("I waited.")
    second = main.run(
        ["ask", "Is someone there?"],
        lambda profile: Knock(app.prepare(profile), first),
        lambda profile: app.build(profile, engine),
    )
    assert second == 0
    out, err = capsys.readouterr()
    assert out == "I waited.\n"
    assert "Another command is at work; waiting for it to end." in err


def test_an_empty_question_is_wrong_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "  ") == 2
    assert "no question" in capsys.readouterr().err


def test_doctor_says_how_things_are_without_making_a_store(
    run: Run, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    assert run("doctor", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"Program", "Machine", "Engine", "Models", "Store"}
    assert report["Store"]["State"] == "not made yet"
    assert not default_profile().database.exists()
