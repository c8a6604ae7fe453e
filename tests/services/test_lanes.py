"""Lanes keep order, tell what fails, and go on."""

import threading

import pytest

from desktop.core.errors import Cancelled, StoreFull
from desktop.core.events import Broke, Event, Failed
from desktop.services.lanes import Lane


def test_work_is_done_in_order_and_close_waits_for_it() -> None:
    done: list[int] = []
    lane = Lane("test", lambda _: None)
    for number in range(100):
        lane.submit(lambda n=number: done.append(n))
    assert lane.close()
    assert done == list(range(100))


def test_an_app_error_is_announced_and_a_cancel_is_silent() -> None:
    events: list[Event] = []
    lane = Lane("test", events.append)

    def full() -> None:
        raise StoreFull

    def cancelled() -> None:
        raise Cancelled

    lane.submit(full)
    lane.submit(cancelled)
    lane.close()
    assert [type(one) for one in events] == [Failed]


@pytest.mark.expected_log
def test_a_bug_is_announced_once_without_its_words_and_the_lane_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    events: list[Event] = []
    lane = Lane("desk", events.append)
    went_on = threading.Event()

    def bug() -> None:
        raise KeyError("the client's name")

    lane.submit(bug)
    lane.submit(went_on.set)
    lane.close()
    assert went_on.is_set()
    assert events == [Broke("desk", "KeyError")]
    assert "KeyError" in caplog.text
    assert "client" not in caplog.text


def test_a_closed_lane_takes_no_work() -> None:
    lane = Lane("test", lambda _: None)
    lane.close()
    lane.submit(lambda: pytest.fail("it ran"))
    assert lane.close()
