"""history_search: 100,000 messages through the store against the same query on bare FTS5."""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

MESSAGES = 100_000
ROUNDS = 60


def words(seed: int, count: int = 20_000) -> list[str]:
    """Make a vocabulary whose use follows Zipf's law."""
    rng = random.Random(seed)
    return ["".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(3, 9))) for _ in range(count)]


def measure() -> dict[str, object]:
    """Fill both stores with the same texts, then time the same queries in turn."""
    from desktop.core.messages import Message, Role
    from desktop.store.conversations import ConversationStore
    from desktop.store.database import Database

    rng = random.Random(7)
    vocabulary = words(7)
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    with tempfile.TemporaryDirectory() as folder:
        key = bytes(32)
        database = Database(Path(folder) / "store.db", key)
        database.migrate(Path(folder) / "backups")
        store = ConversationStore(database)
        bare = Database(Path(folder) / "bare.db", key)
        with bare.write() as db:
            db.execute("create virtual table f using fts5(text, tokenize='unicode61 remove_diacritics 2')")
        texts = [" ".join(rng.choices(vocabulary, weights, k=60)) for _ in range(MESSAGES)]
        with bare.write() as db:
            db.executemany("insert into f(text) values (?)", ((one,) for one in texts))
        with database.write():
            parent = None
            for number, text in enumerate(texts):
                if number % 50 == 0:
                    conversation = store.create(f"Conversation {number}", 1).id  # type: ignore[arg-type]
                    parent = None
                role = Role.USER if number % 2 == 0 else Role.ASSISTANT
                parent = store.add(conversation, parent, Message.of(role, text)).id

        def bare_search(query: str) -> None:
            terms = query.split()
            match = " ".join(f'"{one}"' for one in terms[:-1]) + f' "{terms[-1]}"*'
            sql = "select rowid, snippet(f, 0, '', '', '…', 16) from f where f match ? order by rank limit 50"
            bare.read().execute(sql, (match,)).fetchall()

        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(ROUNDS):
            query = " ".join(rng.choices(vocabulary, weights, k=rng.randint(1, 3)))
            theirs.append(timed(bare_search, query))
            ours.append(timed(store.search, query))
            theirs.append(timed(bare_search, query))
            ours.append(timed(store.search, query))
        bare.close()
        database.close()
    mine, yardstick = statistics.median(ours), statistics.median(theirs)
    return {
        "benchmark": "history_search",
        "messages": MESSAGES,
        "ms": round(mine * 1e3, 2),
        "bare_ms": round(yardstick * 1e3, 2),
        "ratio": round(sum(ours) / sum(theirs), 2),
        "ratio_of_medians": round(mine / yardstick, 2),
        "bound": 1.5,
        "python": sys.version.split()[0],
    }


def timed(search: Callable[[str], object], query: str) -> float:
    """Return seconds."""
    start = time.perf_counter()
    search(query)
    return time.perf_counter() - start
