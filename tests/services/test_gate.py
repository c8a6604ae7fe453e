"""The gate that the library's lanes pass."""

import pytest

from desktop.core.conversations import MessageId
from desktop.core.errors import Cancelled
from desktop.services.gate import Gate, Hold


def test_an_open_gate_holds_nobody() -> None:
    told: list[Hold] = []
    Gate().enter(told.append)
    assert told == []


def test_who_cannot_wait_passes_a_gate_that_is_held_and_nobody_else() -> None:
    gate = Gate()
    gate.pause(paused=True)
    told: list[Hold] = []
    gate.enter(told.append, urgent=lambda: True)
    assert told == []
    gate.turn_began(MessageId(1))
    assert gate.hold == Hold(paused=True, waiting=True)

    def open_again(hold: Hold) -> None:
        told.append(hold)
        gate.pause(paused=False)
        gate.turn_ended(MessageId(1))

    gate.enter(open_again)
    assert told == [Hold(paused=True, waiting=True)]


def test_a_stopped_gate_lets_nobody_pass() -> None:
    gate = Gate()
    gate.stop()
    with pytest.raises(Cancelled):
        gate.enter(lambda _: None)


def test_a_call_ends_a_rest() -> None:
    gate = Gate()
    seen = gate.rest(0.0, 0)
    call = gate.wake()
    assert gate.rest(3600.0, seen) == call
