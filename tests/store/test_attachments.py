"""Files beside questions: kept once, sealed, for as long as a message or draft names them."""

import hashlib
import io
import logging
import os
import tracemalloc
from pathlib import Path

import pytest

from desktop.core.attachment_errors import AttachmentMissing, FileUnreadable
from desktop.core.attachments import Attachment
from desktop.core.conversations import GENERAL, NEW_CONVERSATION, ConversationId
from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.errors import Cancelled, SealedDamaged, StoreFull
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Role, TextPart
from desktop.core.ports import Attachments
from desktop.core.taking import AttachmentPart
from desktop.sealed.reader import SealedReader
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.sealed_folder import SealedFolder

CANARY = b"the canary Zygodactyl sings" * 9_000


def put(attachments: AttachmentStore, content: bytes = CANARY, name: str = "scan.png") -> AttachmentPart:
    digest, size = attachments.put(io.BytesIO(content), name)
    return AttachmentPart(Attachment(digest, name, size, Facts(Kind.PICTURE, Format.PNG, 8, 8, 1)))


def question(*attached: AttachmentPart, text: str = "What is this?") -> Message:
    return Message(Role.USER, (*attached, TextPart(text)))


def ask(talks: ConversationStore, *attached: AttachmentPart) -> ConversationId:
    conversation = talks.create("t", GENERAL).id
    talks.ask(conversation, None, question(*attached), "")
    return conversation


def content(attachments: AttachmentStore, part: AttachmentPart) -> bytes:
    with attachments.open(part.attachment.digest, part.attachment.name) as source:
        assert source.key
        return SealedReader(source.file, source.key).read()


def on_disk(root: Path) -> list[Path]:
    return [one for one in root.rglob("*") if one.is_file()]


def test_the_store_is_the_port(attachments: AttachmentStore) -> None:
    port: Attachments = attachments
    assert port.size("ab") is None


def test_a_file_comes_back_as_it_was(attachments: AttachmentStore) -> None:
    part = put(attachments)
    assert part.attachment.digest == hashlib.sha256(CANARY).hexdigest()
    assert part.attachment.size == attachments.size(part.attachment.digest) == len(CANARY)
    assert content(attachments, part) == CANARY


def test_an_empty_file_is_kept_too(attachments: AttachmentStore) -> None:
    assert content(attachments, put(attachments, b"")) == b""


def test_neither_name_nor_content_nor_hash_can_be_read_from_the_folder(
    attachments: AttachmentStore, talks: ConversationStore, tmp_path: Path
) -> None:
    part = put(attachments, name="Quetzalcoatl.png")
    attachments.remember(part.attachment.digest, "thumbnail", [CANARY])
    ask(talks, part)
    assert len(on_disk(tmp_path / "files")) == 2
    for one in tmp_path.rglob("*"):
        raw = one.name.encode() + (one.read_bytes() if one.is_file() else b"")
        for word in (b"Zygodactyl", b"Quetzalcoatl", part.attachment.digest.encode()[:16], b"thumbnail"):
            assert word not in raw


def test_a_large_file_is_taken_in_small_pieces(attachments: AttachmentStore, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(48 << 20)
    with large.open("rb") as file:
        tracemalloc.start()
        attachments.put(file, "large")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 8 << 20


def test_the_same_file_is_kept_once(attachments: AttachmentStore, talks: ConversationStore, tmp_path: Path) -> None:
    ask(talks, put(attachments, name="a.png"))
    ask(talks, put(attachments, name="b.png"))
    assert len(on_disk(tmp_path / "files")) == 1


def test_a_file_that_two_conversations_share_stays_until_both_are_gone(
    attachments: AttachmentStore, talks: ConversationStore, tmp_path: Path
) -> None:
    part = put(attachments)
    first, second = ask(talks, part), ask(talks, part)
    talks.delete(first)
    assert content(attachments, part) == CANARY
    talks.filing.delete((second,))
    assert attachments.size(part.attachment.digest) is None
    assert on_disk(tmp_path / "files") == []


def test_a_branch_that_is_not_shown_keeps_its_file(attachments: AttachmentStore, talks: ConversationStore) -> None:
    part = put(attachments)
    conversation = ask(talks, part)
    talks.ask(conversation, None, question(), "")
    attachments.collect()
    assert content(attachments, part) == CANARY


def test_a_draft_keeps_its_file_until_it_names_it_no_more(
    attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    talks.save_draft(NEW_CONVERSATION, dump_draft(Draft("look", attached=(part,))))
    talks.save_draft(NEW_CONVERSATION, dump_draft(Draft("look again", attached=(part,))))
    assert load_draft(talks.draft(NEW_CONVERSATION)).attached == (part,)
    assert attachments.size(part.attachment.digest)
    talks.save_draft(NEW_CONVERSATION, "look again")
    assert attachments.size(part.attachment.digest) is None


def test_asking_moves_a_file_from_the_draft_to_the_message(
    attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    conversation = talks.create("t", GENERAL).id
    talks.save_draft(conversation, dump_draft(Draft(attached=(part,))))
    talks.ask(conversation, None, question(part), "")
    assert talks.thread(conversation).messages[0].message.attached == (part,)
    assert content(attachments, part) == CANARY


def test_a_file_that_was_added_and_not_yet_named_is_held(
    attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    talks.delete(talks.create("another", GENERAL).id)
    assert attachments.size(part.attachment.digest)
    attachments.let_go(part.attachment.digest)
    assert attachments.size(part.attachment.digest) is None


def test_letting_go_of_a_file_that_a_message_names_keeps_it(
    attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    ask(talks, part)
    attachments.let_go(part.attachment.digest)
    assert content(attachments, part) == CANARY


def test_a_question_with_a_file_that_is_not_kept_is_refused_whole(
    attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    conversation = talks.create("t", GENERAL).id
    talks.save_draft(conversation, "my words")
    attachments.let_go(part.attachment.digest)
    with pytest.raises(AttachmentMissing, match=r"scan\.png"):
        talks.ask(conversation, None, question(part), "")
    assert talks.thread(conversation).messages == ()
    assert talks.draft(conversation) == "my words"


def test_a_question_is_found_by_the_name_of_its_file(attachments: AttachmentStore, talks: ConversationStore) -> None:
    conversation = ask(talks, put(attachments, name="Mietvertrag Seite 3.png"))
    assert [one.conversation for one in talks.search("mietv")] == [conversation]
    talks.delete(conversation)
    assert talks.search("mietv") == ()


def test_what_names_a_file_moves_with_its_folder(
    database: Database, attachments: AttachmentStore, talks: ConversationStore
) -> None:
    part = put(attachments)
    conversation = ask(talks, part)
    talks.save_draft(conversation, dump_draft(Draft(attached=(part,))))
    folder = talks.filing.make("Lease").id

    def matters() -> set[int]:
        return {row[0] for row in database.read().execute("select matter_id from attachment_use")}

    talks.filing.mark((conversation,), matter=folder)
    assert matters() == {folder}
    talks.filing.remove(folder)
    assert matters() == {GENERAL}


def test_what_was_made_of_a_file_goes_with_it(attachments: AttachmentStore, tmp_path: Path) -> None:
    digest = put(attachments).attachment.digest
    attachments.remember(digest, "frames", [b"a", b"b" * 200_000])
    assert attachments.recall(digest, "frames") == b"a" + b"b" * 200_000
    assert attachments.recall(digest, "sound") is None
    attachments.let_go(digest)
    assert attachments.recall(digest, "frames") is None
    attachments.remember(digest, "frames", [b"too late"])
    assert on_disk(tmp_path / "files") == []


def test_what_was_made_of_a_file_and_is_damaged_is_made_again(
    attachments: AttachmentStore, files: SealedFolder
) -> None:
    digest = put(attachments).attachment.digest
    attachments.remember(digest, "frames", [b"pixels"])
    path = files.path(digest, "frames")
    path.write_bytes(path.read_bytes()[:-9])
    assert attachments.recall(digest, "frames") is None


def test_a_damaged_file_is_told_and_left_as_it_is(attachments: AttachmentStore, files: SealedFolder) -> None:
    part = put(attachments)
    path = files.path(part.attachment.digest, "original")
    damaged = bytearray(path.read_bytes())
    damaged[30] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(SealedDamaged, match=r"scan\.png"):
        content(attachments, part)
    assert path.read_bytes() == damaged


def test_adding_a_file_again_brings_a_lost_one_back(
    attachments: AttachmentStore, talks: ConversationStore, files: SealedFolder
) -> None:
    part = put(attachments)
    ask(talks, part)
    files.remove(files.name(part.attachment.digest))
    with pytest.raises(AttachmentMissing):
        content(attachments, part)
    assert put(attachments) == part
    assert content(attachments, part) == CANARY


def test_a_stop_while_a_file_is_taken_in_leaves_nothing(attachments: AttachmentStore, tmp_path: Path) -> None:
    def step(done: int, total: int) -> None:
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        attachments.put(io.BytesIO(bytes(4 << 20)), "long.mp4", step)
    assert on_disk(tmp_path / "files") == []


def test_a_source_that_fails_is_told_by_its_name_and_leaves_nothing(
    attachments: AttachmentStore, tmp_path: Path
) -> None:
    class Pulled(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "the stick was pulled")

    with pytest.raises(FileUnreadable, match=r"stick\.mp4"):
        attachments.put(Pulled(b"xxx"), "stick.mp4")
    assert on_disk(tmp_path / "files") == []


def test_a_file_larger_than_the_disk_is_refused_before_it_is_begun(
    attachments: AttachmentStore, tmp_path: Path
) -> None:
    attachments.folder.reserve = 1 << 60
    read: list[int] = []
    with pytest.raises(StoreFull):
        attachments.put(io.BytesIO(CANARY), "scan.png", lambda done, _: read.append(done))
    assert read == []
    assert on_disk(tmp_path / "files") == []


def test_a_database_that_is_full_keeps_no_file_either(
    database: Database, attachments: AttachmentStore, tmp_path: Path
) -> None:
    with database.write() as db:
        db.execute(f"pragma max_page_count = {db.execute('pragma page_count').fetchone()[0]}")

    def until_full() -> None:
        for number in range(1_000):
            put(attachments, b"%d" % number)

    with pytest.raises(StoreFull):
        until_full()
    kept = database.read().execute("select count(*) from attachment").fetchone()[0]
    assert len(on_disk(tmp_path / "files")) == kept
    with database.write() as db:
        db.execute("pragma max_page_count = 1000000")
    assert content(attachments, put(attachments)) == CANARY


def test_the_next_start_removes_what_nobody_named(
    database: Database, attachments: AttachmentStore, files: SealedFolder, tmp_path: Path
) -> None:
    put(attachments)
    AttachmentStore(database, files).sweep()
    assert on_disk(tmp_path / "files") == []


def test_the_next_start_removes_strays_and_unfinished_files(
    database: Database,
    talks: ConversationStore,
    attachments: AttachmentStore,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    part = put(attachments)
    ask(talks, part)
    stray = tmp_path / "files" / ("ab" * 32)
    stray.mkdir()
    (stray / "x").write_bytes(b"x")
    (tmp_path / "files" / "0011-0.part").write_bytes(b"x")
    fresh = SealedFolder(tmp_path / "files", bytes(32), bytes(range(1, 33)))
    AttachmentStore(database, fresh).sweep()
    assert len(on_disk(tmp_path / "files")) == 1
    assert content(attachments, part) == CANARY
    assert "removed 1 unfinished and 1 stray files" in caplog.text


def test_a_sweep_leaves_alone_what_is_being_written(attachments: AttachmentStore, files: SealedFolder) -> None:
    written = files.write([b"half"])
    attachments.sweep()
    assert written.exists()


@pytest.mark.expected_log
def test_a_lost_file_is_told_in_the_log_by_its_number_only(
    attachments: AttachmentStore, talks: ConversationStore, files: SealedFolder, caplog: pytest.LogCaptureFixture
) -> None:
    part = put(attachments, name="Quetzalcoatl.png")
    ask(talks, part)
    files.remove(files.name(part.attachment.digest))
    attachments.sweep()
    assert "attachment 1 has lost its file" in caplog.text
    assert "Quetzalcoatl" not in caplog.text
    assert part.attachment.digest[:8] not in caplog.text


def test_what_was_made_long_ago_makes_room(attachments: AttachmentStore, files: SealedFolder) -> None:
    digest = put(attachments).attachment.digest
    for age, recipe in enumerate(("new", "old", "older")):
        attachments.remember(digest, recipe, [bytes(100_000)])
        os.utime(files.path(digest, recipe), (1e9 - age, 1e9 - age))
    assert attachments.recall(digest, "older")
    files.thin_out({files.path(digest, "original")}, 250_000)
    assert [files.has(digest, one) for one in ("original", "new", "old", "older")] == [True, True, False, True]


def test_who_holds_a_file_keeps_it_when_another_lets_go(attachments: AttachmentStore) -> None:
    digest, _ = attachments.put(io.BytesIO(b"shared"), "a.png")
    attachments.put(io.BytesIO(b"shared"), "b.png")
    attachments.let_go(digest)
    assert attachments.size(digest) == 6
    attachments.let_go(digest)
    assert attachments.size(digest) is None
