"""Steps as a person sees them."""

import io
import sys

import pytest
from groundwork.console import Console, StepFailed, duration, progress


def console() -> tuple[Console, io.StringIO]:
    shown = io.StringIO()
    return Console(stream=shown), shown


def test_step_shows_its_name_and_time() -> None:
    steps, shown = console()
    assert steps.run("Say hello", [sys.executable, "-c", "print('hello')"], estimate=90).strip() == "hello"
    assert "… Say hello (about 1 min 30 s)" in shown.getvalue()
    assert "✓ Say hello" in shown.getvalue()
    steps.table()
    assert "all together" in shown.getvalue()


def test_failed_step_shows_the_end_of_its_output_and_what_to_do() -> None:
    steps, shown = console()
    code = "print('first'); print('OSError: [Errno 28] No space left on device'); raise SystemExit(3)"
    with pytest.raises(StepFailed) as failed:
        steps.run("Install the locked packages", [sys.executable, "-c", code])
    assert "No space left on device" in failed.value.told
    assert failed.value.told.endswith("The disk is full. Free about 3 GB and run the same command again.")
    assert "✗ Install the locked packages" in shown.getvalue()
    assert [row.outcome for row in steps.rows] == ["failed"]


def test_program_that_is_not_there_is_told_about() -> None:
    steps, _ = console()
    with pytest.raises(StepFailed, match="A program that it needs could not be started"):
        steps.run("Start it", ["/nonexistent/program"])


def test_progress_says_how_long_it_takes_and_how_far_it_is() -> None:
    assert progress("Build", 75, 330, (46, 193)) == "… Build  1 min 15 s of about 5 min 30 s, part 46 of 193"
    assert progress("Build", 400, 330, None) == "… Build  6 min 40 s of about 6 min 40 s"
    assert progress("Fetch", 2, 0, None) == "… Fetch  2.0 s"


def test_durations_read_as_people_say_them() -> None:
    assert [duration(0.04), duration(59.94), duration(119.6)] == ["0.0 s", "59.9 s", "2 min 00 s"]
