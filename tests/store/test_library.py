"""The library on disk: collections of a matter, files added once, pages as they were read, and what goes with what."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.core.conversations import GENERAL, NEW_CONVERSATION, MatterId
from desktop.core.coverage import SourceId
from desktop.core.document_errors import CollectionMissing, SourceMissing
from desktop.core.documents import Box, DocumentFacts, DocumentKind, Heading, Page, Run, Table, Trouble
from desktop.core.drafts import Draft, dump_draft
from desktop.core.grounding import DocumentPart
from desktop.core.library import BESIDE, Keeping, Presence, Scope, SourceState
from desktop.core.library_ports import Library
from desktop.core.messages import Message, Role, TextPart
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.library import LibraryStore
from tests.fakes import FakeClock
from tests.shelves import KEY, new, opened, read, whole

ROOT = Path(__file__).resolve().parents[2]


def test_the_store_is_what_the_services_ask_for(library: LibraryStore) -> None:
    port: Library = library
    assert port.collections.all() == ()


def test_collections_belong_to_a_matter_and_are_found_by_name(library: LibraryStore, store: ConversationStore) -> None:
    matter = store.filing.make("Miller v. Jones").id
    library.collections.make("Leases", GENERAL)
    mine = library.collections.make("Évidence", matter)
    assert [one.name for one in library.collections.all()] == ["Leases", "Évidence"]
    assert library.collections.all(matter) == (mine,)
    assert library.collections.named("  éVIDENCE ", matter) == mine
    with pytest.raises(CollectionMissing):
        library.collections.named("Leases", matter)


def test_a_name_that_is_taken_gets_a_number_in_its_matter_only(library: LibraryStore, store: ConversationStore) -> None:
    matter = store.filing.make("Miller").id
    names = [library.collections.make("Leases", one).name for one in (GENERAL, GENERAL, matter)]
    assert names == ["Leases", "Leases 2", "Leases"]
    other = library.collections.make("Other", GENERAL)
    renamed = library.collections.rename(other.id, "leases")
    assert renamed is not None
    assert renamed.name == "leases 3"
    assert library.collections.rename(other.id, "LEASES 3") is not None


def test_collections_of_a_deleted_matter_go_to_general(library: LibraryStore, store: ConversationStore) -> None:
    matter = store.filing.make("Miller").id
    library.collections.make("Leases", GENERAL)
    kept = library.collections.make("Leases", matter)
    store.filing.remove(matter)
    assert [(one.id, one.name) for one in library.collections.all(GENERAL)][1] == (kept.id, "Leases 2")


def test_a_file_is_added_once_to_a_collection(library: LibraryStore) -> None:
    first = library.collections.make("One", GENERAL).id
    second = library.collections.make("Two", GENERAL).id
    source, added = library.sources.add(first, new("a.pdf", "words"))
    again, added_again = library.sources.add(first, new("copy of a.pdf", "words"))
    elsewhere, added_elsewhere = library.sources.add(second, new("a.pdf", "words"))
    assert (added, added_again, added_elsewhere) == (True, False, True)
    assert again == source
    assert elsewhere.id != source.id


def test_a_page_comes_back_as_it_was_read(library: LibraryStore) -> None:
    table = Table(4, 9, "Costs", ("Item", "Sum"), (("Rent", 1200.5), ("Nothing", None), ("Paid", True)), 7)
    page = Page(
        3,
        "Hello wörld \U0001f600",
        "iii",
        (Run(0, 5, Box(0.1, 0.25, 0.5, 0.3), 0.4), Run(6, 11, Box(0, 0, 1, 1))),
        (Heading(0, 5, 2),),
        (table,),
        scanned=True,
        trouble=Trouble.UNSURE,
    )
    source = read(library, "a.pdf", page)
    back = library.sources.page(source.id, 3)
    assert (back.text, back.label, back.headings, back.tables) == (page.text, "iii", page.headings, (table,))
    assert (back.scanned, back.trouble) == (True, Trouble.UNSURE)
    assert [(one.start, one.end) for one in back.runs] == [(0, 5), (6, 11)]
    assert back.runs[0].box.top == pytest.approx(0.25, abs=1e-5)
    assert back.runs[0].confidence == pytest.approx(0.4, abs=0.003)
    assert back.runs[1].confidence == 1.0
    with pytest.raises(SourceMissing):
        library.sources.page(source.id, 4)


def test_reading_goes_on_where_it_was_broken_off(library: LibraryStore) -> None:
    collection = library.collections.make("Cases", GENERAL).id
    source, _ = library.sources.add(collection, new("long.pdf"))
    assert library.sources.waiting() == (source,)
    facts = DocumentFacts(DocumentKind.PDF, 3, "A long one", "An author", "2024-01-02")
    library.sources.begin(source.id, facts)
    pages = [Page(number, f"words of page {number}") for number in (1, 2, 3)]
    library.sources.put_pages(source.id, [(one, whole(one)) for one in pages[:2]])
    (under_way,) = library.sources.waiting()
    assert (under_way.state, under_way.pages, under_way.pages_read) == (SourceState.READING, 3, 2)
    library.sources.begin(source.id, facts)
    library.sources.put_pages(source.id, [(pages[2], whole(pages[2]))])
    troubles = ((Trouble.NO_WORDS, (2,)),)
    done = library.sources.finish(source.id, SourceState.PARTLY, troubles=troubles)
    assert (done.pages_read, done.passages, done.title, done.troubles) == (3, 3, "A long one", troubles)
    assert library.sources.waiting() == ()
    anew = library.sources.again(source.id)
    assert (anew.state, anew.pages_read, anew.passages, anew.troubles) == (SourceState.WAITING, 0, 0, ())
    assert library.passages.by_words("words", Scope(), 9) == ()


def test_begun_files_are_read_first_then_the_newest(library: LibraryStore, clock: FakeClock) -> None:
    collection = library.collections.make("Cases", GENERAL).id
    ids = []
    for name in ("a", "b", "c"):
        ids.append(library.sources.add(collection, new(name))[0].id)
        clock.second()
    library.sources.begin(ids[1], DocumentFacts(DocumentKind.TEXT))
    assert [one.name for one in library.sources.waiting()] == ["b", "c", "a"]


def test_a_page_that_is_read_again_replaces_the_old_one(library: LibraryStore) -> None:
    source = read(library, "a.pdf", "an old remark about herons")
    page = Page(1, "a new remark about storks")
    stored = library.sources.put_pages(source.id, [(page, whole(page))])
    assert (stored.pages_read, stored.passages) == (1, 1)
    assert library.passages.by_words("herons", Scope(), 9) == ()
    assert len(library.passages.by_words("storks", Scope(), 9)) == 1


def test_what_became_of_a_file_is_kept(library: LibraryStore) -> None:
    source = read(library, "a.pdf", "words")
    noted = library.sources.note(source.id, presence=Presence.GONE, language="de")
    assert (noted.presence, noted.language, noted.path) == (Presence.GONE, "de", "/cases/a.pdf")
    moved = library.sources.note(source.id, presence=Presence.HERE, path="/moved/b.pdf", modified=7.0)
    assert (moved.name, moved.path, moved.modified, moved.language) == ("b.pdf", "/moved/b.pdf", 7.0, "de")
    with pytest.raises(SourceMissing):
        library.sources.note(SourceId(99), language="en")


def test_what_was_sent_with_a_message_goes_with_it(library: LibraryStore) -> None:
    mail = read(library, "mail.eml", "please find attached")
    plan = read(library, "plan.pdf", "the floor plan", parent=mail.id)
    deep = read(library, "deep.pdf", "deeper still", parent=plan.id, keeping=Keeping.COPY)
    other = read(library, "other.pdf", "another one")
    assert set(library.sources.remove(mail.id)) == {mail.digest, plan.digest, deep.digest}
    assert [one.id for one in library.sources.of(other.collection)] == [other.id]
    assert library.passages.count(Scope())[0] == 1
    assert library.sources.digests() == frozenset()


def test_a_file_that_was_added_by_itself_too_stays_when_the_message_goes(library: LibraryStore) -> None:
    mail = read(library, "mail.eml", "please find attached")
    plan = read(library, "plan.pdf", "the floor plan", parent=mail.id)
    again, added = library.sources.add(mail.collection, new("plan.pdf"))
    assert (again.id, again.parent, again.path, added) == (plan.id, None, "/cases/plan.pdf", False)
    library.sources.remove(mail.id)
    assert library.sources.get(plan.id).pages_read == 1


def test_a_digest_is_freed_only_when_no_collection_has_it(library: LibraryStore) -> None:
    first = read(library, "a.pdf", "same", content="same", keeping=Keeping.COPY)
    second = library.collections.make("Two", GENERAL).id
    other, _ = library.sources.add(second, new("b.pdf", "same", keeping=Keeping.COPY))
    assert library.sources.digests() == {first.digest}
    assert library.sources.remove(first.id) == ()
    assert library.collections.remove(second) == (other.digest,)


def beside(library: LibraryStore, name: str = "Lease.pdf") -> DocumentPart:
    source = read(library, name, "the canary Zygodactyl sings", collection=BESIDE)
    return DocumentPart(source.id, name, pages=1)


def there(library: LibraryStore) -> list[str]:
    return [one.name for one in library.sources.of(BESIDE)]


def test_a_document_beside_a_chat_stays_while_a_message_names_it(
    library: LibraryStore, store: ConversationStore
) -> None:
    part = beside(library)
    conversation = store.create("t", GENERAL).id
    store.ask(conversation, None, Message(Role.USER, (part, TextPart("What is it?"))), "")
    library.collect()
    assert there(library) == ["Lease.pdf"]
    store.delete(conversation)
    library.collect()
    assert there(library) == []
    assert library.collections.all() == ()


def test_a_document_beside_a_draft_stays_while_the_draft_names_it(
    database: Database, library: LibraryStore, store: ConversationStore
) -> None:
    part = beside(library)
    library.collect()
    assert there(library) == ["Lease.pdf"]
    store.save_draft(NEW_CONVERSATION, dump_draft(Draft("And this?", documents=(part,))))
    library.collect()  # as the app does whenever a draft was stored
    LibraryStore(database).collect()  # as after a restart: nobody holds it
    assert there(library) == ["Lease.pdf"]
    store.save_draft(NEW_CONVERSATION, dump_draft(Draft("And this?")))
    library.collect()
    assert there(library) == []


def test_a_document_that_was_taken_out_of_the_question_is_gone(library: LibraryStore) -> None:
    part = beside(library)
    library.sources.hold(part.source)
    assert library.sources.let_go(part.source) == ()
    assert there(library) == ["Lease.pdf"]
    assert len(library.sources.let_go(part.source)) == 1
    assert there(library) == []


def test_a_crash_leaves_no_document_that_nothing_names(database: Database, library: LibraryStore) -> None:
    beside(library)
    LibraryStore(database).collect()
    assert there(library) == []


def test_a_document_beside_a_chat_is_found_only_when_it_is_named(library: LibraryStore) -> None:
    part = beside(library)
    read(library, "other.pdf", "a zygodactyl in the library")
    assert len(library.passages.by_words("zygodactyl", Scope(), 9)) == 1
    named = Scope(matter=MatterId(1), sources=(part.source,))
    (found,) = library.passages.by_words("zygodactyl", named, 9)
    assert library.passages.get([found[0]])[0].source == part.source


def test_a_kept_copy_stays_in_the_files_while_a_source_names_it(
    library: LibraryStore, attachments: AttachmentStore, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"content")
    with path.open("rb") as file:
        digest, _ = attachments.put(file, "a.txt")
    source = read(library, "a.txt", "content", keeping=Keeping.COPY, digest=digest)
    attachments.let_go(digest)
    assert attachments.size(digest) == 7
    assert library.sources.remove(source.id) == (digest,)
    attachments.collect()
    assert attachments.size(digest) is None


@pytest.mark.parametrize("files", [1, 60], ids=["one by one", "many at once"])
def test_words_of_a_deleted_file_are_gone_even_from_the_decrypted_file(tmp_path: Path, files: int) -> None:
    database, library = opened(tmp_path)
    table = Table(0, 4, "", ("Quetzalcoatl",), (("Xylocarp",),))
    collection = library.collections.make("Cases", GENERAL).id
    for number in range(files):
        text = f"the canary Zygodactyl sings {number}. " * 60
        page = Page(1, text, "Ouroboros", headings=(Heading(0, 20, 1),), tables=(table,))
        read(library, f"Wyvern {number}.pdf", page, collection=collection, content=str(number))
    for number in range(3):
        read(library, f"kept {number}.pdf", "words that stay " * 300, content=f"kept {number}")
    assert library.passages.by_words("zygodactyl", Scope(), 500)
    for source in library.sources.of(collection):
        if source.name.startswith("Wyvern"):
            library.sources.remove(source.id)
    assert library.passages.by_words("zygodactyl", Scope(), 9) == ()
    assert len(library.passages.by_words("stay", Scope(), 99)) == library.passages.count(Scope())[0] > 0
    database.close()
    plain = tmp_path / "plain.db"
    database = Database(tmp_path / "store.db", KEY)
    writer = database._writer
    assert writer.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert writer.execute("pragma foreign_key_check").fetchall() == []
    writer.execute("attach database ? as plain key ''", (str(plain),))
    writer.execute("select sqlcipher_export('plain')")
    writer.execute("detach database plain")
    database.close()
    raw = plain.read_bytes().lower()
    assert b"sqlite format" in raw
    for word in (b"zygodactyl", b"quetzalcoatl", b"ouroboros", b"wyvern"):
        assert word not in raw


def test_many_deleted_at_once_leave_no_words_either(tmp_path: Path) -> None:
    database, library = opened(tmp_path)
    collection = library.collections.make("Cases", GENERAL).id
    text = "the canary Zygodactyl sings of ten thousand things. " * 40
    for number in range(60):
        read(library, f"{number}.pdf", text, collection=collection)
    kept = library.collections.make("Kept", GENERAL).id
    read(library, "kept.pdf", "words that stay", collection=kept)
    library.collections.remove(collection)
    with database.snapshot() as db:
        blocks = b"".join(block for (block,) in db.execute("select block from passage_search_data"))
        assert b"zygodactyl" not in blocks
        assert b"stay" in blocks
        secure = db.execute("select v from passage_search_config where k = 'secure-delete'").fetchone()[0]
    database.close()
    assert secure == 1


WRITER = """
import sys
from pathlib import Path
from desktop.core.documents import DocumentFacts, DocumentKind, Page
from desktop.core.library import Split
from tests.shelves import opened, new
database, library = opened(Path(sys.argv[1]))
source, _ = library.sources.add(library.collections.make("c", 1).id, new("long.pdf"))
library.sources.begin(source.id, DocumentFacts(DocumentKind.PDF, 10_000))
number = 0
while True:
    number += 1
    page = Page(number, f"word{number} stands here")
    library.sources.put_pages(source.id, [(page, [Split(0, 6), Split(6, len(page.text))])])
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_leaves_whole_pages_and_all_that_were_acknowledged(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        for _ in range(25):
            acknowledged = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged
    database, library = opened(tmp_path)
    (source,) = library.sources.waiting()
    assert source.pages_read >= acknowledged
    assert source.passages == 2 * source.pages_read
    for number in range(1, source.pages_read + 1):
        assert library.sources.page(source.id, number).text == f"word{number} stands here"
    assert library.passages.by_words(f"word{source.pages_read}", Scope(), 9)
    assert library.passages.count(Scope())[0] == source.passages
    database.close()


def test_what_was_sent_with_two_messages_stays_until_the_second_goes(library: LibraryStore) -> None:
    first, second = read(library, "first.eml", "see the plan"), read(library, "second.eml", "the plan once more")
    plan = read(library, "plan.pdf", "the floor plan", parent=first.id)
    deep = read(library, "deep.pdf", "deeper still", parent=plan.id)
    again, fresh = library.sources.add(first.collection, new("plan.pdf", parent=second.id))
    assert (again.id, fresh) == (plan.id, False)
    assert plan.id in {one.id for one in library.sources.within(Scope(sources=(second.id,)))}

    library.sources.remove(first.id)

    assert library.sources.get(plan.id).parent == second.id
    assert library.sources.get(deep.id).parent == plan.id
    assert library.passages.by_words("floor plan", Scope(), 9)
    library.sources.remove(second.id)
    assert library.sources.of(first.collection) == ()
    assert library.passages.by_words("floor plan", Scope(), 9) == ()


def test_what_is_just_being_dropped_on_a_chat_is_not_collected(library: LibraryStore) -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(library.collect).result()
        with library.together():
            dropped, _ = library.sources.add(BESIDE, new("lease.pdf"))
            other.submit(library.collect).result()
    library.collect()

    assert library.sources.get(dropped.id) == dropped


def test_a_file_dropped_on_a_chat_stays_with_the_message_it_was_also_sent_with(library: LibraryStore) -> None:
    plan, _ = library.sources.add(BESIDE, new("plan.pdf"))
    mail, _ = library.sources.add(BESIDE, new("mail.eml"))
    library.sources.add(BESIDE, new("plan.pdf", parent=mail.id))

    library.sources.let_go(plan.id)

    assert library.sources.get(plan.id)
    library.sources.let_go(mail.id)
    library.collect()
    assert library.sources.of(BESIDE) == ()
