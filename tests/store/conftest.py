"""An opened store in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.library import LibraryStore
from desktop.store.sealed_folder import SealedFolder
from tests.fakes import FakeClock

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "store.db", KEY)
    database.migrate(tmp_path / "backups")
    yield database
    database.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(database: Database, clock: FakeClock) -> ConversationStore:
    return ConversationStore(database, clock)


@pytest.fixture
def files(tmp_path: Path) -> SealedFolder:
    return SealedFolder(tmp_path / "files", bytes(32), bytes(range(1, 33)))


@pytest.fixture
def attachments(database: Database, files: SealedFolder, clock: FakeClock) -> AttachmentStore:
    return AttachmentStore(database, files, clock)


@pytest.fixture
def talks(database: Database, attachments: AttachmentStore, clock: FakeClock) -> ConversationStore:
    """Conversations that tell the attachments when nothing may name them any more."""
    return ConversationStore(database, clock, attachments.collect)


@pytest.fixture
def library(database: Database, clock: FakeClock) -> LibraryStore:
    return LibraryStore(database, clock)
