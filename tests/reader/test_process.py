"""A reader that crashes, hangs, is killed, lies or takes too much costs one file."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from desktop.core.errors import Cancelled, FileDamaged, FileNotRecognised, FileTooDemanding, ReaderCrashed, ReaderHung
from desktop.core.media import Facts, FramesWish, PictureWish, Progress, Source
from desktop.reader import session
from desktop.reader.client import LocalMediaReader
from tests.reader import scripted_worker
from tests.reader.conftest import SHORT

Make = Callable[..., Source]


def works(reader: LocalMediaReader, source: Make) -> int:
    """Read a good file; return the number of the process that did."""
    facts = reader.describe(source(b"12345", "good"))
    assert facts.width == 5
    return facts.height


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("crash", ReaderCrashed),
        ("hang", ReaderHung),
        ("chatter", ReaderHung),
        ("poison", ReaderCrashed),
        ("half", ReaderHung),
        ("much", ReaderCrashed),
        ("misfit", ReaderCrashed),
        ("other", ReaderCrashed),
        ("nothing", ReaderCrashed),
        ("greedy", FileTooDemanding),
        ("damaged", FileDamaged),
        ("demanding", FileTooDemanding),
    ],
)
def test_failure_is_told_plainly_and_the_next_file_has_a_process_of_its_own(
    scripted: LocalMediaReader, source: Make, name: str, error: type[Exception]
) -> None:
    before = works(scripted, source)
    with pytest.raises(error, match=name):
        scripted.describe(source(b"x", name))
    assert not psutil.pid_exists(before)
    assert works(scripted, source) != before


@pytest.mark.expected_log
def test_bug_in_the_process_is_logged_without_its_text(
    scripted: LocalMediaReader, source: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ReaderCrashed):
        scripted.describe(source(b"x", "bug"))
    assert "ValueError in somewhere.py:1" in caplog.text


def test_good_files_share_a_process(scripted: LocalMediaReader, source: Make) -> None:
    assert works(scripted, source) == works(scripted, source) == scripted.pid


def test_process_is_replaced_after_a_hundred_files(scripted: LocalMediaReader, source: Make) -> None:
    one = source(b"12345", "good")
    numbers = [scripted.describe(one).height for _ in range(session.TASKS + 1)]
    assert len(set(numbers[:-1])) == 1
    assert numbers[-1] != numbers[0]


def test_process_is_replaced_when_it_has_worked_long_enough(source: Make) -> None:
    reader = LocalMediaReader(scripted_worker.run, replace(SHORT, life=0.0))
    assert works(reader, source) != works(reader, source)
    reader.close()


def test_killed_reader_is_a_crash(scripted: LocalMediaReader, source: Make) -> None:
    reading = scripted.frames(source(b"x", "stoppable"), FramesWish())
    assert next(reading) == Progress(1, 2)
    assert scripted.pid is not None
    os.kill(scripted.pid, signal.SIGTERM)
    with pytest.raises(ReaderCrashed):
        next(reading)
    works(scripted, source)


def test_reader_killed_between_files_is_not_noticed(scripted: LocalMediaReader, source: Make) -> None:
    first = works(scripted, source)
    psutil.Process(first).kill()
    assert works(scripted, source) != first


def test_cancel_from_another_thread_ends_in_silence(scripted: LocalMediaReader, source: Make) -> None:
    reading = scripted.frames(source(b"x", "stoppable"), FramesWish())
    next(reading)
    other = threading.Thread(target=scripted.cancel)
    other.start()
    with pytest.raises(Cancelled):
        list(reading)
    other.join()
    before = scripted.pid
    assert works(scripted, source) == before


@pytest.mark.parametrize("name", ["hang", "half", "chatter"])
def test_cancel_of_a_reader_that_does_not_listen_ends_it(scripted: LocalMediaReader, source: Make, name: str) -> None:
    reading = scripted.frames(source(b"x", name), FramesWish())
    scripted.cancel()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(reading)
    assert time.monotonic() - began < 2.0
    works(scripted, source)


def test_cancel_before_the_first_result_counts(scripted: LocalMediaReader, source: Make) -> None:
    reading = scripted.frames(source(b"x", "stoppable"), FramesWish())
    scripted.cancel()
    with pytest.raises(Cancelled):
        list(reading)


def test_file_left_early_is_not_read_on(scripted: LocalMediaReader, source: Make) -> None:
    reading = scripted.frames(source(b"x", "stoppable"), FramesWish())
    next(reading)
    works(scripted, source)
    assert list(reading) == []


def test_close_leaves_no_process(source: Make) -> None:
    reader = LocalMediaReader(scripted_worker.run, SHORT)
    number = works(reader, source)
    reader.close()
    assert reader.pid is None
    assert not psutil.pid_exists(number)


def test_child_starts_without_qt_and_parsers(scripted: LocalMediaReader, source: Make) -> None:
    with pytest.raises(FileDamaged, match="none"):
        scripted.describe(source(b"x", "modules"))


def test_only_plain_files_opened_for_reading_are_handed_over(scripted: LocalMediaReader, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(write)
    with os.fdopen(read, "rb") as pipe, pytest.raises(FileNotRecognised):
        scripted.describe(Source(pipe, "pipe"))
    with (tmp_path / "a").open("w+b") as file, pytest.raises(ValueError, match="reading only"):
        scripted.picture(Source(file, "a"), PictureWish())
    assert scripted.pid is None


def test_facts_type_is_what_comes_back(scripted: LocalMediaReader, source: Make) -> None:
    assert isinstance(scripted.describe(source(b"1", "good")), Facts)
