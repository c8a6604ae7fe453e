"""Indexing: around what cannot be read, on from where it broke off, out of the way of a chat."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.conversations import ConversationId, MessageId, StoredMessage, TurnState
from desktop.core.document_errors import EmbedderCrashed
from desktop.core.documents import DocumentKind, Page, Trouble
from desktop.core.errors import AppError, FileDamaged, FileTooDemanding, ReaderCrashed, ReaderHung
from desktop.core.events import Failed, TurnFinished, TurnStarted, VaultChanged
from desktop.core.library import Scope, SourceState
from desktop.core.library_events import (
    DocumentReady,
    IndexingProgress,
    LibrarySearched,
    PasswordWanted,
    SourceChanged,
    SourceRemoved,
)
from desktop.core.messages import Message, Role
from tests.library_houses import FakeEmbedder, FakeReader, Room, Script, opened_library, write

ROOT = Path(__file__).resolve().parents[2]
DIES_HERE = 400
LONG = 600


def pages(count: int) -> list[str]:
    return [f"Page {number}. The rent is {number}.00 euros." for number in range(1, count + 1)]


def fails(error: AppError, times: int = 1000) -> Callable[[], None]:
    """Raise an error so many times, then no more."""
    left = [times]

    def deed() -> None:
        if left[0]:
            left[0] -= 1
            raise error

    return deed


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def room(tmp_path: Path, reader: FakeReader) -> Iterator[Room]:
    with opened_library(tmp_path / "p", reader) as room:
        yield room


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, "long.pdf", "%PDF")


def once(deed: Callable[[], None]) -> Callable[[], None]:
    """Do it the first time only."""
    left = [deed]
    return lambda: left.pop()() if left else None


def turn(number: int = 1) -> StoredMessage:
    role = Message(Role.ASSISTANT)
    return StoredMessage(MessageId(number), ConversationId(1), None, role, TurnState.PARTIAL, 0.0)


def test_a_page_that_ends_the_reader_is_tried_again_and_then_passed_over(
    room: Room, reader: FakeReader, file: Path
) -> None:
    reader.scripts["long.pdf"] = Script(pages(30), at={7: fails(ReaderCrashed(name="long.pdf"))})
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert done.state is SourceState.PARTLY
    assert done.troubles == ((Trouble.DAMAGED, (7,)),)
    assert done.pages_read == 30
    assert [first for _, first in reader.asked] == [1, 7, 8]
    assert room.house.retriever.by_words('"rent is 30.00"', Scope(), 5)


def test_a_reader_that_ends_once_costs_nothing(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(30), at={7: fails(FileTooDemanding(name="long.pdf"), times=1)})
    room.add(room.collection(), file)
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_a_page_that_takes_too_long_says_so(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(3), at={2: fails(ReaderHung(name="long.pdf"))})
    room.add(room.collection(), file)
    assert room.ended("long.pdf").troubles == ((Trouble.TOO_LONG, (2,)),)


def test_a_file_that_ends_the_reader_page_after_page_is_given_up(room: Room, reader: FakeReader, file: Path) -> None:
    crash = fails(ReaderCrashed(name="long.pdf"))
    reader.scripts["long.pdf"] = Script(pages(50), at=dict.fromkeys(range(4, 51), crash))
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert done.state is SourceState.PARTLY
    assert done.failure == "ReaderCrashed"
    assert len(reader.asked) <= 8


def test_a_file_that_nobody_can_read_says_why(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(1), at={1: fails(FileDamaged(name="long.pdf"))})
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert (done.state, done.failure) == (SourceState.UNREADABLE, "FileDamaged")
    assert done.reason == str(FileDamaged(name="long.pdf"))


def test_scans_that_nothing_can_read_say_why(room: Room, reader: FakeReader, file: Path) -> None:
    scans = [Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER) for number in (1, 2)]
    reader.scripts["long.pdf"] = Script(scans)
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert (done.state, done.failure) == (SourceState.UNREADABLE, "RecogniserMissing")
    assert done.troubles == ((Trouble.NO_RECOGNISER, (1, 2)),)


def test_an_empty_page_in_a_scan_is_no_fault(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script([Page(1, "Words."), Page(2, "", trouble=Trouble.NO_WORDS)])
    room.add(room.collection(), file)
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_how_many_pages_there_are_need_not_be_known_before(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(45), unknown=True)
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert (done.state, done.pages, done.pages_read) == (SourceState.SEARCHED, 45, 45)


def test_reading_goes_on_after_a_kill_where_it_was_broken_off(tmp_path: Path, file: Path) -> None:
    root = tmp_path / "p"
    died = subprocess.run(
        [sys.executable, __file__, str(root), str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    reader = FakeReader({"long.pdf": Script(pages(LONG))})
    with opened_library(root, reader) as room:
        done = room.ended("long.pdf")
        assert (done.state, done.pages_read) == (SourceState.SEARCHED, LONG)
        ((_, first),) = reader.asked
        assert DIES_HERE - 20 <= first <= DIES_HERE
        count, _ = room.shelf.library.passages.count(Scope())
        assert count == LONG
        room.idle()
        assert room.shelf.library.passages.embedded("key of the model") == (LONG, LONG)


def test_what_was_wrong_before_a_break_is_still_told_after_it(tmp_path: Path, file: Path) -> None:
    first = FakeReader({"long.pdf": Script([Page(1, "One.", trouble=Trouble.CUT), *pages(25)[1:]])})
    with opened_library(tmp_path / "p", first) as room:
        first.scripts["long.pdf"].at[23] = room.house.indexing.stop
        room.add(room.collection(), file)
        room.wait(SourceChanged, lambda one: one.source.pages_read > 0)
    with opened_library(tmp_path / "p", FakeReader({"long.pdf": Script(pages(25))})) as room:
        assert room.ended("long.pdf").troubles == ((Trouble.CUT, (1,)),)


def test_reading_waits_for_a_chat_and_says_so(room: Room, reader: FakeReader, file: Path) -> None:
    answer = turn()
    reader.scripts["long.pdf"] = Script(
        pages(30), at={5: once(lambda: room.announcer.publish(TurnStarted(answer.conversation, answer, answer)))}
    )
    flat = room.collection()
    room.add(flat, file)
    assert room.told(IndexingProgress, lambda one: one.waiting).name == "long.pdf"
    assert room.sources(flat)["long.pdf"].state is not SourceState.SEARCHED
    room.announcer.publish(TurnFinished(answer.conversation, answer))
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_what_lies_beside_a_question_is_read_while_it_is_answered(
    room: Room, reader: FakeReader, file: Path, tmp_path: Path
) -> None:
    answer = turn()
    reader.scripts["long.pdf"] = Script(
        pages(60), at={30: once(lambda: room.announcer.publish(TurnStarted(answer.conversation, answer, answer)))}
    )
    room.add(room.collection(), file)
    room.told(IndexingProgress, lambda one: one.waiting)
    room.house.library.add_beside(str(write(tmp_path, "urgent.txt", "It is urgent.")), "t")
    room.wait(DocumentReady)
    assert room.ended("urgent.txt").state is SourceState.SEARCHED
    room.announcer.publish(TurnFinished(answer.conversation, answer))
    assert room.ended("long.pdf").pages_read == 60


def test_a_pause_holds_the_reading_until_it_is_resumed(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(30), at={5: once(room.house.indexing.pause)})
    room.add(room.collection(), file)
    room.told(IndexingProgress, lambda one: one.paused)
    room.house.indexing.resume()
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_cancel_takes_out_what_is_not_read_and_leaves_the_rest(
    room: Room, reader: FakeReader, file: Path, tmp_path: Path
) -> None:
    flat = room.collection()
    room.add(flat, write(tmp_path, "read.txt", "This one is read."))
    room.idle()
    reader.scripts["long.pdf"] = Script(pages(100), at={50: once(room.house.indexing.pause)})
    room.add(flat, file)
    room.told(IndexingProgress, lambda one: one.paused)
    room.house.indexing.cancel()
    room.wait(SourceRemoved)
    room.house.indexing.resume()
    room.idle()
    assert list(room.sources(flat)) == ["read.txt"]


def test_a_protected_file_asks_for_its_password(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(2), password="open sesame")
    room.add(room.collection(), file)
    wanted = room.wait(PasswordWanted)
    assert not wanted.wrong
    assert wanted.source.state is SourceState.UNREADABLE
    room.house.indexing.give_password(wanted.source.id, "let me in")
    assert room.wait(PasswordWanted).wrong
    room.house.indexing.give_password(wanted.source.id, "open sesame")
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_a_password_is_forgotten_when_the_vault_is_locked(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(2), password="open sesame")
    room.add(room.collection(), file)
    source = room.wait(PasswordWanted).source.id
    room.house.indexing.give_password(source, "open sesame")
    room.idle()
    room.announcer.publish(VaultChanged(locked=True, protections=()))
    assert room.house.indexing.password(source) == ""


def test_a_document_is_read_anew_when_somebody_says_so(room: Room, reader: FakeReader, file: Path) -> None:
    reader.scripts["long.pdf"] = Script(pages(3), at={2: fails(ReaderCrashed(name="long.pdf"), times=2)})
    flat = room.collection()
    room.add(flat, file)
    assert room.ended("long.pdf").state is SourceState.PARTLY
    room.house.indexing.retry(room.sources(flat)["long.pdf"].id)
    assert room.ended("long.pdf").state is SourceState.SEARCHED


def test_what_is_wrong_with_the_embedder_is_told_once_and_words_are_found(tmp_path: Path, file: Path) -> None:
    reader = FakeReader({"long.pdf": Script(pages(3))})
    with opened_library(tmp_path / "p", reader, FakeEmbedder(fails=EmbedderCrashed())) as room:
        room.add(room.collection(), file)
        assert isinstance(room.wait(Failed).error, EmbedderCrashed)
        room.idle()
        room.add(room.collection("Other"), write(tmp_path, "b.txt", "Another one."))
        room.idle()
        assert len([one for one in room.events if isinstance(one, Failed)]) == 1
        room.house.search.search("rent", Scope(), "q")
        assert room.wait(LibrarySearched, lambda one: one.complete).hits


@pytest.mark.expected_log
def test_a_bug_in_one_file_does_not_end_the_reading_of_others(room: Room, reader: FakeReader, tmp_path: Path) -> None:
    def bug() -> None:
        raise RuntimeError

    reader.scripts["odd.pdf"] = Script(pages(2), at={1: bug})
    flat = room.collection()
    room.add(flat, write(tmp_path, "odd.pdf", "odd"))
    assert room.ended("odd.pdf").state is SourceState.UNREADABLE
    room.add(flat, write(tmp_path, "fine.txt", "All is well."))
    assert room.ended("fine.txt").state is SourceState.SEARCHED


def test_the_kind_and_language_of_a_document_are_told(room: Room, reader: FakeReader, file: Path) -> None:
    text = "Der Mietvertrag endet im Juni, und die Kaution wird nicht vor dem Auszug zurückgezahlt. " * 10
    reader.scripts["long.pdf"] = Script([text])
    room.add(room.collection(), file)
    done = room.ended("long.pdf")
    assert (done.kind, done.language) == (DocumentKind.PDF, "de")


if __name__ == "__main__":
    root, name = map(Path, sys.argv[1:])
    script = Script(pages(LONG), at={DIES_HERE: lambda: os.kill(os.getpid(), signal.SIGKILL)})
    with opened_library(root, FakeReader({"long.pdf": script})) as victim:
        victim.add(victim.collection(), name)
        victim.ended("long.pdf")
