"""An opened store in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
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
