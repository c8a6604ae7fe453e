"""The library: what is taken in, what becomes of it, what is found and shown. A real store, a scripted reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.attachment_errors import AttachmentMissing
from desktop.core.document_errors import NothingToImport, SourceAltered, SourceGone, SourceMissing
from desktop.core.documents import DocumentKind
from desktop.core.errors import StoreFull, VaultLocked
from desktop.core.events import Failed
from desktop.core.library import BESIDE, Keeping, Presence, Scope, SourceState
from desktop.core.library_events import (
    CollectionsListed,
    DocumentReady,
    ImportFailed,
    IndexingProgress,
    LibrarySearched,
    PageOpened,
    PagePictured,
    SourceChanged,
    SourceRemoved,
    SourcesListed,
    Surveyed,
)
from desktop.services.importing import Importer
from desktop.services.surveying import FoundFile
from tests.library_houses import FakeEmbedder, FakeReader, Room, Script, opened_library, write


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def room(tmp_path: Path, reader: FakeReader, embedder: FakeEmbedder) -> Iterator[Room]:
    with opened_library(tmp_path / "p", reader, embedder) as room:
        yield room


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with two letters, and things that are none."""
    folder = tmp_path / "papers"
    write(folder, "lease.txt", "The lease ends in June.")
    write(folder, "letters/notice.txt", "Notice is given three months ahead.")
    write(folder, "letters/photo.xyz", "what is this")
    write(folder, ".secret/key.txt", "hidden")
    write(folder, "empty.txt", "")
    return folder


def test_an_import_says_first_what_it_would_take_and_what_it_passes_over(room: Room, papers: Path) -> None:
    room.house.library.survey([str(papers)], None, "s")
    found = room.wait(Surveyed).survey
    assert [one.name for one in found.files] == ["lease.txt", "notice.txt"]
    assert found.size == len("The lease ends in June.") + len("Notice is given three months ahead.")
    assert dict(found.passed_over) == {
        ".secret": "hidden",
        "empty.txt": "empty",
        "photo.xyz": "not a kind of file that can be read",
    }
    assert found.seconds > 0
    assert found.space > found.size


def test_an_import_says_what_the_collection_has_already(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers / "lease.txt")
    write(papers, "copy of lease.txt", "The lease ends in June.")
    room.house.library.survey([str(papers)], flat, "s")
    assert room.wait(Surveyed).survey.known == 2


def test_what_is_added_is_found_by_its_words_and_then_by_its_meaning(
    room: Room, papers: Path, embedder: FakeEmbedder
) -> None:
    flat = room.collection()
    imported = room.add(flat, papers)
    assert (imported.added, imported.known) == (2, 0)
    room.idle()
    states = {name: one.state for name, one in room.sources(flat).items()}
    assert states == {"lease.txt": SourceState.SEARCHED, "notice.txt": SourceState.SEARCHED}
    assert len(embedder.texts) == 2
    room.house.search.search("lease", Scope(), "q")
    first = room.wait(LibrarySearched)
    assert not first.complete
    assert [one.source.name for one in first.hits] == ["lease.txt"]
    assert room.wait(LibrarySearched).complete


def test_a_title_stands_before_a_passage_when_it_is_embedded(room: Room, papers: Path, embedder: FakeEmbedder) -> None:
    room.add(room.collection(), papers / "lease.txt")
    room.idle()
    assert embedder.texts == ["lease\nThe lease ends in June."]


def test_without_a_model_everything_is_found_by_words(tmp_path: Path, papers: Path) -> None:
    with opened_library(tmp_path / "p", model=None) as room:
        room.add(room.collection(), papers)
        room.idle()
        room.house.search.search("months", Scope(), "q")
        found = room.wait(LibrarySearched)
        assert found.complete
        assert [one.source.name for one in found.hits] == ["notice.txt"]


def test_only_the_newest_query_is_answered_by_meaning(room: Room, papers: Path) -> None:
    room.add(room.collection(), papers)
    room.idle()
    for token, query in (("1", "l"), ("2", "le"), ("3", "lease")):
        room.house.search.search(query, Scope(), token)
    last = room.wait(LibrarySearched, lambda one: one.complete)
    assert last.token == "3"


def test_the_same_content_is_read_once(room: Room, papers: Path, reader: FakeReader) -> None:
    write(papers, "lease again.txt", "The lease ends in June.")
    imported = room.add(room.collection(), papers)
    room.idle()
    assert (imported.added, imported.known) == (2, 1)
    assert len(reader.asked) == 2


def test_a_kept_copy_is_shown_when_the_file_is_gone(room: Room, papers: Path, reader: FakeReader) -> None:
    reader.scripts["lease.pdf"] = Script(["The lease ends in June."])
    file = write(papers, "lease.pdf", "%PDF")
    flat = room.collection()
    room.add(flat, file)
    room.idle()
    file.unlink()
    room.house.pages.open_page(room.sources(flat)["lease.pdf"].id, 1, "t")
    assert room.wait(PageOpened).shown.page.text == "The lease ends in June."
    pictured = room.wait(PagePictured)
    assert pictured.picture is not None
    assert pictured.error is None


def test_a_linked_file_that_is_gone_shows_its_text_and_says_so(room: Room, papers: Path, reader: FakeReader) -> None:
    reader.scripts["lease.pdf"] = Script(["The lease ends in June."])
    file = write(papers, "lease.pdf", "%PDF")
    flat = room.collection()
    room.add(flat, file, keeping=Keeping.LINKED)
    room.idle()
    file.unlink()
    room.house.pages.open_page(room.sources(flat)["lease.pdf"].id, 1, "t")
    shown = room.wait(PageOpened).shown
    assert (shown.page.text, shown.source.presence) == ("The lease ends in June.", Presence.GONE)
    pictured = room.wait(PagePictured)
    assert pictured.picture is None
    assert isinstance(pictured.error, SourceGone)


def test_a_linked_file_that_was_changed_is_not_drawn_as_if_it_were_the_old_one(
    room: Room, papers: Path, reader: FakeReader
) -> None:
    reader.scripts["lease.pdf"] = Script(["The lease ends in June."])
    file = write(papers, "lease.pdf", "%PDF")
    flat = room.collection()
    room.add(flat, file, keeping=Keeping.LINKED)
    room.idle()
    write(papers, "lease.pdf", "%PDF other")
    room.house.pages.open_page(room.sources(flat)["lease.pdf"].id, 1, "t")
    assert isinstance(room.wait(PagePictured).error, SourceAltered)
    assert not room.drawer.drawn


def test_a_page_that_nobody_looks_at_any_more_is_not_drawn(room: Room, papers: Path) -> None:
    room.house.pages.leave("t")
    room.house.pages.open_page(999, 1, "t")  # type: ignore[arg-type]
    assert isinstance(room.wait(Failed).error, SourceMissing)


def test_removing_a_document_deletes_its_copy_and_its_words(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers)
    room.idle()
    lease = room.sources(flat)["lease.txt"]
    room.house.library.remove(lease.id)
    assert room.wait(SourceRemoved).source == lease.id
    assert room.shelf.attachments.size(lease.digest) is None
    assert room.house.retriever.by_words("lease", Scope(), 5) == ()
    with pytest.raises(AttachmentMissing), room.shelf.attachments.open(lease.digest, "lease.txt"):
        pass


def test_removing_a_collection_leaves_the_files_of_the_person_alone(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers)
    room.idle()
    digest = room.sources(flat)["lease.txt"].digest
    room.house.library.remove_collection(flat)
    assert room.wait(CollectionsListed).collections == ()
    assert room.shelf.attachments.size(digest) is None
    assert (papers / "lease.txt").read_text() == "The lease ends in June."


def test_the_sweep_leaves_what_documents_name(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers / "lease.txt")
    room.shelf.attachments.sweep()
    with room.shelf.attachments.open(room.sources(flat)["lease.txt"].digest, "lease.txt") as kept:
        assert kept.key is not None


def test_a_collection_is_renamed_and_its_documents_are_listed(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.house.library.rename(flat, "House")
    assert [one.name for one in room.wait(CollectionsListed).collections] == ["House"]
    room.add(flat, papers)
    room.house.library.open(flat)
    assert [one.name for one in room.wait(SourcesListed).sources] == ["lease.txt", "notice.txt"]


def test_nothing_to_import_is_told(room: Room, tmp_path: Path) -> None:
    flat = room.collection()
    (tmp_path / "nothing").mkdir()
    room.house.library.add([str(tmp_path / "nothing")], flat, Keeping.COPY, "t")
    assert isinstance(room.wait(ImportFailed).error, NothingToImport)


def test_a_file_that_cannot_be_opened_is_in_the_list_with_the_reason(room: Room, papers: Path) -> None:
    flat = room.collection()
    (papers / "odd.txt").symlink_to(papers / "nowhere.txt")
    (papers / "pipe.txt").symlink_to("/dev/null")
    room.house.library.survey([str(papers)], flat, "s")
    passed = dict(room.wait(Surveyed).survey.passed_over)
    assert passed["odd.txt"] == "it may not be opened"
    assert passed["pipe.txt"] == "not a kind of file that can be read"


def test_a_document_beside_a_question_is_kept_and_read_at_once(room: Room, papers: Path) -> None:
    room.house.indexing.pause()
    room.house.library.add_beside(str(papers / "lease.txt"), "t")
    source = room.wait(DocumentReady).source
    assert source.collection == BESIDE
    assert room.ended("lease.txt").state is SourceState.SEARCHED
    assert room.house.retriever.by_words("lease", Scope(), 5) == ()
    assert room.house.retriever.by_words("lease", Scope(sources=(source.id,)), 5)


def test_what_is_enclosed_is_a_document_of_its_own_and_goes_with_its_message(
    room: Room, papers: Path, reader: FakeReader
) -> None:
    reader.scripts["mail.eml"] = Script(
        ["See the lease."], DocumentKind.EML, enclosed={"lease.txt": b"It ends in May."}
    )
    flat = room.collection()
    room.add(flat, write(papers, "mail.eml", "From: x"))
    lease = room.ended("lease.txt")
    assert lease.state is SourceState.SEARCHED
    mail = room.sources(flat)["mail.eml"]
    assert lease.parent == mail.id
    room.house.library.remove(mail.id)
    room.wait(SourceRemoved)
    assert room.sources(flat) == {}
    assert room.shelf.attachments.size(lease.digest) is None


def test_a_full_disk_is_told_once_and_everything_goes_on_afterwards(
    room: Room, papers: Path, reader: FakeReader
) -> None:
    reader.scripts["lease.txt"] = Script([f"Page {one}. " + "word " * 800 for one in range(60)], DocumentKind.TEXT)
    flat = room.collection()
    room.house.indexing.pause()
    room.add(flat, papers / "lease.txt")
    with room.database.write() as db:
        pages = db.execute("pragma page_count").fetchone()[0]
        db.execute(f"pragma max_page_count = {pages + 20}")
    room.house.indexing.resume()
    assert isinstance(room.wait(Failed).error, StoreFull)
    stopped = room.sources(flat)["lease.txt"]
    assert stopped.state in (SourceState.WAITING, SourceState.READING)
    with room.database.write() as db:
        db.execute("pragma max_page_count = 1000000")
    room.house.indexing.resume()
    assert room.ended("lease.txt").pages_read == 60
    room.idle()
    assert len([one for one in room.events if isinstance(one, Failed)]) == 1


def test_nothing_is_added_to_a_locked_vault(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.house.stop()
    room.shelf.clear()
    room.house.library.add([str(papers)], flat, Keeping.COPY, "t")
    assert isinstance(room.wait(ImportFailed).error, VaultLocked)


def test_progress_counts_files_and_ends_with_nothing_to_do(room: Room, papers: Path) -> None:
    room.add(room.collection(), papers)
    room.idle()
    told = [one for one in room.events if isinstance(one, IndexingProgress)]
    assert told[-1] == IndexingProgress()
    assert max(one.files_total for one in told) >= 1


def test_a_folder_whose_import_was_broken_off_by_the_end_of_the_app_is_taken_in_later(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / "papers", f"{number:02}.txt", f"Letter {number}.")
    with opened_library(tmp_path / "p") as room:
        flat = room.collection()
        room.house.library.add([str(tmp_path / "papers")], flat, Keeping.COPY, "t")
        room.wait(SourceChanged)
    with opened_library(tmp_path / "p") as room:
        room.told(SourceChanged, lambda one: one.source.name == "39.txt")
        room.idle()
        assert len(room.sources(flat)) == 40


def test_a_folder_whose_import_the_person_ended_is_left_alone(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / "papers", f"{number:02}.txt", f"Letter {number}.")
    with opened_library(tmp_path / "p") as room:
        flat = room.collection()
        room.house.library.add([str(tmp_path / "papers")], flat, Keeping.COPY, "t")
        room.wait(SourceChanged)
        room.house.library.leave("t")
        room.house.library.survey([], flat, "s")
        room.wait(Surveyed)
        added = len(room.sources(flat))
        assert room.shelf.folders.all() == ()
        room.look()
        assert len(room.sources(flat)) == added


def test_a_file_that_went_while_it_was_taken_in_is_in_the_list_with_the_reason(room: Room, tmp_path: Path) -> None:
    flat = room.collection()
    gone = FoundFile(tmp_path / "gone.txt", 10, 0.0)
    assert Importer(room.shelf, room.announcer.publish).add(gone, flat, Keeping.COPY)
    source = room.sources(flat)["gone.txt"]
    assert (source.state, source.failure) == (SourceState.UNREADABLE, "FileUnreadable")


def test_what_came_with_a_message_is_told_to_be_gone_with_it(room: Room, papers: Path, reader: FakeReader) -> None:
    reader.scripts["mail.eml"] = Script(
        ["See the lease."], DocumentKind.EML, enclosed={"lease.txt": b"It ends in May."}
    )
    flat = room.collection()
    room.add(flat, write(papers, "mail.eml", "From: x"))
    lease = room.ended("lease.txt")
    room.house.library.remove(room.sources(flat)["mail.eml"].id)
    assert room.wait(SourceRemoved, lambda one: one.source == lease.id)


def test_a_document_that_was_taken_out_of_a_question_is_deleted(room: Room, papers: Path) -> None:
    room.house.library.add_beside(str(papers / "lease.txt"), "t")
    source = room.wait(DocumentReady).source
    room.ended("lease.txt")
    room.house.library.let_go(source.id)
    assert room.wait(SourceRemoved).source == source.id
    assert room.shelf.attachments.size(source.digest) is None


def test_a_document_that_a_crash_left_beside_no_question_is_deleted_at_the_next_start(
    tmp_path: Path, papers: Path
) -> None:
    with opened_library(tmp_path / "p") as room:
        room.house.library.add_beside(str(papers / "lease.txt"), "t")
        source = room.wait(DocumentReady).source
        room.ended("lease.txt")
    with opened_library(tmp_path / "p") as room:
        room.add(room.collection(), papers / "letters" / "notice.txt")
        room.ended("notice.txt")
        with pytest.raises(SourceMissing):
            room.shelf.library.sources.get(source.id)
        assert room.shelf.attachments.size(source.digest) is None


def test_a_copy_of_what_is_linked_already_is_not_kept(room: Room, papers: Path) -> None:
    flat = room.collection()
    room.add(flat, papers / "lease.txt", keeping=Keeping.LINKED)
    twin = write(papers, "twin.txt", "The lease ends in June.")
    assert room.add(flat, twin).known == 1
    assert room.shelf.attachments.size(room.sources(flat)["lease.txt"].digest) is None
