"""What the file promises: encrypted, whole, refused when newer, safe in a crash and on a full disk."""

import hashlib
import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.core.conversations import GENERAL
from desktop.core.errors import StoreDamaged, StoreNewer, StoreUnwritable
from desktop.core.messages import Message, Role
from desktop.store import cipher, schema
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from tests.store.conftest import KEY

ROOT = Path(__file__).resolve().parents[2]


def fill(path: Path, text: str = "the canary Zygodactyl sings", count: int = 1) -> int:
    database = Database(path, KEY)
    database.migrate(path.parent / "backups")
    store = ConversationStore(database)
    made = store.create("A title with Quetzalcoatl", GENERAL)
    for _ in range(count):
        store.add(made.id, None, Message.of(Role.USER, text))
    database.close()
    return made.id


def test_no_word_is_readable_in_the_files(tmp_path: Path) -> None:
    fill(tmp_path / "s.db")
    for file in tmp_path.rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        assert b"Zygodactyl" not in raw
        assert b"Quetzalcoatl" not in raw
        assert b"SQLite format" not in raw


def test_deleted_words_are_gone_even_from_the_decrypted_file(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    conversation = fill(path, count=20)
    database = Database(path, KEY)
    store = ConversationStore(database)
    assert store.search("zygodactyl")
    store.delete(conversation)  # type: ignore[arg-type]
    database.close()
    plain = tmp_path / "plain.db"
    database = Database(path, KEY)
    writer = database._writer
    writer.execute("attach database ? as plain key ''", (str(plain),))
    writer.execute("select sqlcipher_export('plain')")
    writer.execute("detach database plain")
    database.close()
    raw = plain.read_bytes()
    assert b"SQLite format" in raw
    assert b"zygodactyl" not in raw.lower()
    assert b"quetzalcoatl" not in raw.lower()


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    fill(path)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(StoreDamaged):
        Database(path, bytes(32))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_newer_store_is_refused_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    fill(path)
    database = Database(path, KEY)
    with database.write() as db:
        db.execute(f"pragma user_version = {schema.VERSION + 1}")
    database.close()
    before = path.read_bytes()
    database = Database(path, KEY)
    with pytest.raises(StoreNewer):
        database.migrate(tmp_path / "backups")
    database.close()
    assert path.read_bytes() == before


def test_a_copy_is_made_and_verified_before_a_migration(tmp_path: Path, database: Database) -> None:
    with database.write() as db:
        db.execute("insert into draft values (0, 1, 'kept')")
    schema.back_up(database._writer, KEY, tmp_path / "b" / "copy.db")
    copy = Database(tmp_path / "b" / "copy.db", KEY)
    assert copy.read().execute("select text from draft").fetchone()[0] == "kept"
    copy.close()
    assert [one.name for one in (tmp_path / "b").iterdir()] == ["copy.db"]


def test_damage_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    conversation = fill(path, "x " * 200, count=300)
    good = path.read_bytes()
    rng = random.Random(1)
    noticed = 0
    for _ in range(12):
        damaged = bytearray(good)
        at = rng.randrange(4096, len(good))
        damaged[at] ^= 1
        path.write_bytes(damaged)
        try:
            database = Database(path, KEY)
            found = database._writer.execute("pragma cipher_integrity_check").fetchall()
            database.close()
            noticed += bool(found)
        except StoreDamaged:
            noticed += 1
    assert noticed == 12
    assert conversation


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnwritable):
        Database(tmp_path / "missing" / "s.db", KEY)


WRITER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from desktop.core.messages import Message, Role
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
database = Database(Path(sys.argv[1]), bytes(range(32)))
database.migrate(Path(sys.argv[1]).parent / "backups")
store = ConversationStore(database)
made = store.create("t", 1)
number = int(sys.argv[2])
while True:
    number += 1
    store.add(made.id, None, Message.of(Role.USER, f"message {number}"))
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, rng, acknowledged = tmp_path / "s.db", random.Random(3), 0
    for _ in range(6):
        command = [sys.executable, "-c", WRITER, str(path), str(acknowledged)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            for _ in range(rng.randint(3, 40)):
                acknowledged = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
            acknowledged = int(rest[-1]) if rest else acknowledged
    database = Database(path, KEY)
    kept = {row[0] for row in database.read().execute("select text from message")}
    assert database._writer.execute("pragma integrity_check").fetchone()[0] == "ok"
    database.close()
    assert {f"message {number}" for number in range(1, acknowledged + 1)} <= kept


FULL = """
import resource, signal, sys
from pathlib import Path
from desktop.core.errors import StoreFull, StoreUnwritable
from desktop.core.messages import Message, Role
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = Database(Path(sys.argv[1]), bytes(range(32)))
database.migrate(Path(sys.argv[1]).parent / "backups")
store = ConversationStore(database)
made = store.create("t", 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
saved = 0
try:
    while True:
        store.add(made.id, None, Message.of(Role.USER, "x " * 2000))
        saved += 1
except (StoreFull, StoreUnwritable) as error:
    print(saved, len(store.thread(made.id).messages), type(error).__name__, len(store.search("x", 1000)))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no RLIMIT_FSIZE to play a full disk with")
def test_a_full_disk_is_told_and_what_was_saved_stays_readable(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "s.db")]
    out = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    saved, shown, _, found = int(out[0]), int(out[1]), out[2], int(out[3])
    assert saved > 0
    assert shown == 1
    assert found == saved


def test_an_error_inside_a_transaction_takes_all_of_it_back(database: Database) -> None:
    def half() -> None:
        with database.write() as db:
            db.execute("insert into draft values (0, 1, 'x')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert database.read().execute("select count(*) from draft").fetchone()[0] == 0


def test_a_thread_that_comes_after_the_lock_reads_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "s.db")
    database = Database(tmp_path / "s.db", KEY)
    database.close()
    with ThreadPoolExecutor(1) as late, pytest.raises(cipher.Error, match="closed"):
        late.submit(lambda: ConversationStore(database).search("canary")).result()
