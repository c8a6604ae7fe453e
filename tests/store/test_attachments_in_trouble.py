"""Attachments in a crash and on a full disk: nothing that was kept is lost, nothing half kept stays."""

import io
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.sealed_folder import SealedFolder
from tests.store.conftest import KEY
from tests.store.test_attachments import ask, content, on_disk, put

ROOT = Path(__file__).resolve().parents[2]

HOUSE = """
import io, os, resource, signal, sys
from pathlib import Path
from desktop.core.conversations import GENERAL
from desktop.core.attachments import Attachment
from desktop.core.errors import StoreFull, StoreUnwritable
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Role
from desktop.core.taking import AttachmentPart
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.sealed_folder import SealedFolder
root = Path(sys.argv[1])
database = Database(root / "s.db", bytes(range(32)))
database.migrate(root / "backups")
folder = SealedFolder(root / "files", bytes(32), bytes(32))
attachments = AttachmentStore(database, folder)
store = ConversationStore(database, freed=attachments.collect)
def keep(content):
    digest, size = attachments.put(io.BytesIO(content), "f")
    return AttachmentPart(Attachment(digest, "f", size, Facts(Kind.SOUND, Format.WAV)))
def ask(part):
    made = store.create("t", GENERAL)
    store.ask(made.id, None, Message(Role.USER, (part,)), "")
    return made.id
"""

STEPS = """
def die(object_, name):
    def instead(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
    setattr(object_, name, instead)
part = keep(b"kept before" * 20_000)
conversation = ask(part)
other = b"another" * 50_000
step = sys.argv[2]
if step == "while it is written":
    import desktop.store.attachments as module
    calls = []
    def read(source, name):
        calls.append(1)
        if len(calls) > 2: os.kill(os.getpid(), signal.SIGKILL)
        return b"x" * 200_000
    module._read = read
elif step == "before it has its place": die(folder, "place")
elif step == "before its row": die(database, "write")
elif step == "before it is named":
    keep(other); die(store, "add")
elif step == "before its row goes": die(attachments, "_delete_rows"); store.delete(conversation)
elif step == "before its file goes": die(folder, "remove"); store.delete(conversation)
ask(keep(other))
"""

LEAVES = {
    "while it is written": 1,
    "before it has its place": 1,
    "before its row": 1,
    "before it is named": 1,
    "before its row goes": 0,
    "before its file goes": 0,
}


def opened(root: Path) -> tuple[Database, AttachmentStore, ConversationStore]:
    database = Database(root / "s.db", KEY)
    database.migrate(root / "backups")
    attachments = AttachmentStore(database, SealedFolder(root / "files", bytes(32), bytes(32)))
    return database, attachments, ConversationStore(database, freed=attachments.collect)


@pytest.mark.parametrize("step", LEAVES)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_between_two_steps_leaves_what_was_kept_and_nothing_else(tmp_path: Path, step: str) -> None:
    done = subprocess.run([sys.executable, "-c", HOUSE + STEPS, str(tmp_path), step], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    database, attachments, store = opened(tmp_path)
    attachments.sweep()
    assert len(on_disk(tmp_path / "files")) == LEAVES[step]
    for summary in store.list_all():
        for stored in store.thread(summary.id).messages:
            for part in stored.message.attached:
                assert content(attachments, part) == b"kept before" * 20_000
    assert database._writer.execute("pragma foreign_key_check").fetchall() == []
    again = put(attachments, b"another" * 50_000)
    ask(store, again)
    assert content(attachments, again) == b"another" * 50_000
    database.close()


MANY = """
number = int(sys.argv[2])
while True:
    number += 1
    part = keep(str(number).encode() * 40_000)
    conversation = ask(part)
    print("asked", number, flush=True)
    if number % 3 == 0:
        store.delete(conversation)
        print("deleted", number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_at_any_moment_loses_no_file_of_a_question(tmp_path: Path) -> None:
    rng, number, asked, deleted = random.Random(7), 0, set[int](), set[int]()
    deleted_perhaps = set[int]()
    for _ in range(5):
        command = [sys.executable, "-c", HOUSE + MANY, str(tmp_path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(rng.randint(2, 14))]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.read().splitlines()
        for line in lines:
            word, told = line.split()
            (asked if word == "asked" else deleted).add(int(told))
        number = max(asked) + 1
        if max(asked) % 3 == 0:
            deleted_perhaps.add(max(asked))  # the kill came between the deletion and its being told
    database, attachments, store = opened(tmp_path)
    attachments.sweep()
    parts = [part for one in store.list_all() for part in store.thread(one.id).messages[0].message.attached]
    kept = set()
    for part in parts:
        raw = content(attachments, part)
        length = len(raw) // 40_000
        assert raw == raw[:length] * 40_000
        kept.add(int(raw[:length]))
    assert asked - deleted - deleted_perhaps <= kept
    assert not deleted & kept
    assert len(on_disk(tmp_path / "files")) == len(kept)
    assert database._writer.execute("pragma integrity_check").fetchone()[0] == "ok"
    database.close()


FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
ask(keep(b"small" * 10))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
for size in (1_990_000, 2_000_000, 2_001_000, 9_000_000):
    try:
        keep(b"x" * size)
        print("kept", end=" ")
    except StoreFull:
        print("full", end=" ")
print(len([one for one in (root / "files").rglob("*") if one.is_file()]), end=" ")
ask(keep(b"another" * 10))
print(len(store.list_all()))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no RLIMIT_FSIZE to play a full disk with")
def test_a_full_disk_is_told_and_nothing_half_kept_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", HOUSE + FULL, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["kept", "full", "full", "full", "2", "2"]
    assert "Warning" not in done.stderr


def test_what_was_made_of_a_file_is_dropped_silently_on_a_full_disk(
    attachments: AttachmentStore, tmp_path: Path
) -> None:
    digest, _ = attachments.put(io.BytesIO(b"x"), "x")
    attachments.folder.reserve = 1 << 60
    attachments.remember(digest, "frames", [b"pixels"])
    assert attachments.recall(digest, "frames") is None
    assert len(on_disk(tmp_path / "files")) == 1
