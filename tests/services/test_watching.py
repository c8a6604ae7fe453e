"""Folders are looked at again: what is new, changed, moved, gone, back; what was removed stays away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.conversations import GENERAL, TurnState
from desktop.core.documents import DocumentKind
from desktop.core.grounding import AnswerMode, FoundPart, FoundPassage
from desktop.core.library import Keeping, Presence, Scope, SourceState
from desktop.core.library_events import SourceRemoved
from desktop.core.messages import Message, Role, TextPart
from desktop.services.reading_loop import Rhythm
from tests.library_houses import FakeReader, Room, Script, opened_library, write


@pytest.fixture(params=[Keeping.LINKED, Keeping.COPY])
def keeping(request: pytest.FixtureRequest) -> Keeping:
    kept: Keeping = request.param
    return kept


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened_library(tmp_path / "p") as room:
        yield room


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write(folder, "lease.txt", "The lease ends in June.")
    write(folder, "notice.txt", "Notice is given three months ahead.")
    return folder


def cite(room: Room, name: str, collection: int) -> None:
    """Let an answer stand on a document."""
    source = room.sources(collection)[name]  # type: ignore[arg-type]
    passage = FoundPassage(1, source.id, name, 1, 0, 10, "The lease ")
    answer = Message(Role.ASSISTANT, (FoundPart(AnswerMode.PASSAGES, (passage,)), TextPart("In June [1].")))
    store = room.shelf.conversations
    summary = store.create("Lease", GENERAL)
    store.add(summary.id, None, answer, TurnState.COMPLETE)


def test_a_new_file_in_a_folder_is_read_by_itself(room: Room, papers: Path, keeping: Keeping) -> None:
    flat = room.collection()
    room.add(flat, papers, keeping=keeping)
    write(papers, "later/new.txt", "A new letter.")
    room.look()
    room.house.indexing.wake()
    assert room.ended("new.txt").state is SourceState.SEARCHED
    assert room.sources(flat)["new.txt"].keeping is keeping


def test_a_changed_file_is_read_anew_and_the_older_text_is_not_found(
    room: Room, papers: Path, keeping: Keeping
) -> None:
    flat = room.collection()
    room.add(flat, papers, keeping=keeping)
    room.idle()
    write(papers, "lease.txt", "The lease ends in October.", age=30)
    room.look()
    room.house.indexing.wake()
    room.ended("lease.txt")
    assert not room.house.retriever.by_words("June", Scope(), 5)
    assert room.house.retriever.by_words("October", Scope(), 5)
    assert len(room.shelf.library.sources.of(flat)) == 2


def test_the_older_text_stays_when_an_answer_stands_on_it(room: Room, papers: Path, keeping: Keeping) -> None:
    flat = room.collection()
    room.add(flat, papers, keeping=keeping)
    room.idle()
    old = room.sources(flat)["lease.txt"]
    cite(room, "lease.txt", flat)
    write(papers, "lease.txt", "The lease ends in October.", age=30)
    room.look()
    kept = room.shelf.library.sources.get(old.id)
    assert kept.presence is Presence.CHANGED
    assert room.shelf.library.sources.page(old.id, 1).text == "The lease ends in June."
    assert not room.house.retriever.by_words("June", Scope(), 5)


def test_a_file_that_moved_is_not_read_again(tmp_path: Path, papers: Path, keeping: Keeping) -> None:
    reader = FakeReader()
    with opened_library(tmp_path / "p", reader) as room:
        flat = room.collection()
        room.add(flat, papers, keeping=keeping)
        room.idle()
        (papers / "old").mkdir()
        (papers / "lease.txt").rename(papers / "old" / "lease of 2020.txt")
        room.look()
        moved = room.sources(flat)["lease of 2020.txt"]
        assert moved.path == str(papers / "old" / "lease of 2020.txt")
        assert (moved.presence, moved.state) == (Presence.HERE, SourceState.SEARCHED)
        assert len(reader.asked) == 2


def test_a_file_that_is_gone_says_so_and_its_text_stays(room: Room, papers: Path, keeping: Keeping) -> None:
    flat = room.collection()
    room.add(flat, papers, keeping=keeping)
    room.idle()
    file = papers / "lease.txt"
    content = file.read_text()
    file.unlink()
    room.look()
    assert room.sources(flat)["lease.txt"].presence is Presence.GONE
    assert room.house.retriever.by_words("June", Scope(), 5)
    write(papers, "lease.txt", content)
    room.look()
    assert room.sources(flat)["lease.txt"].presence is Presence.HERE


def test_a_removed_file_does_not_come_back_by_itself(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers)
    room.idle()
    room.house.library.remove(room.sources(flat)["lease.txt"].id)
    room.wait(SourceRemoved)
    room.look()
    assert list(room.sources(flat)) == ["notice.txt"]
    room.add(flat, papers / "lease.txt")
    assert "lease.txt" in room.sources(flat)


def test_a_file_that_is_being_written_is_left_until_it_is_done(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers)
    write(papers, "draft.txt", "half a sen", age=0.5)
    room.look()
    assert "draft.txt" not in room.sources(flat)


def test_a_second_copy_is_not_hashed_at_every_look(room: Room, papers: Path) -> None:
    flat = room.collection()
    write(papers, "twice.txt", "The lease ends in June.")
    room.add(flat, papers)
    room.idle()
    room.look()
    assert len(room.sources(flat)) == 2


def test_folders_are_looked_at_when_the_vault_opens(tmp_path: Path, papers: Path) -> None:
    with opened_library(tmp_path / "p") as room:
        flat = room.collection()
        room.add(flat, papers)
        room.idle()
    write(papers, "meanwhile.txt", "Written while nobody looked.")
    with opened_library(tmp_path / "p", rhythm=Rhythm(0.0, 3600.0)) as room:
        assert room.ended("meanwhile.txt").state is SourceState.SEARCHED


def test_a_linked_file_that_changed_before_it_was_read_is_read_as_it_is_now(tmp_path: Path) -> None:
    file = write(tmp_path, "lease.txt", "The lease ends in June.")
    with opened_library(tmp_path / "p") as room:
        flat = room.collection()
        room.house.indexing.pause()
        room.add(flat, file, keeping=Keeping.LINKED)
        write(tmp_path, "lease.txt", "The lease ends in October.", age=30)
        room.house.indexing.resume()
        room.ended("lease.txt")
        room.idle()
        assert room.house.retriever.by_words("October", Scope(), 5)
        assert len(room.shelf.library.sources.of(flat)) == 1


def test_a_linked_file_that_went_before_it_was_read_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, "lease.txt", "The lease ends in June.")
    with opened_library(tmp_path / "p") as room:
        flat = room.collection()
        room.house.indexing.pause()
        room.add(flat, file, keeping=Keeping.LINKED)
        content = file.read_text()
        file.unlink()
        room.house.indexing.resume()
        assert room.ended("lease.txt").failure == "SourceGone"
        write(tmp_path, "lease.txt", content)
        room.look()
        room.house.indexing.wake()
        assert room.ended("lease.txt").state is SourceState.SEARCHED


def test_what_came_with_a_message_has_no_place_to_be_gone_from(tmp_path: Path) -> None:
    reader = FakeReader({"mail.eml": Script(["Hello."], DocumentKind.EML, enclosed={"lease.txt": b"It ends in May."})})
    write(tmp_path / "papers", "mail.eml", "From: x")
    with opened_library(tmp_path / "p", reader) as room:
        flat = room.collection()
        room.add(flat, tmp_path / "papers", keeping=Keeping.LINKED)
        room.ended("lease.txt")
        room.look()
        assert {one.presence for one in room.sources(flat).values()} == {Presence.HERE}
