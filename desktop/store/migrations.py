"""The migrations, appended and never edited: functions that bring a store from one version to the next.

sqlite-utils looks for its SQLite module under the name pysqlite3 first; it is given SQLCipher there, so that both
speak of the same connections and the same errors.
"""

import sys
from collections.abc import Callable
from typing import Any

import sqlcipher3

from desktop.store.cipher import Connection

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

import sqlite_utils  # noqa: E402 - after its module was put in place

Tables = Any
"""A sqlite_utils.Database."""


def m001_conversations(db: Tables) -> None:
    """Matters, conversations as trees of messages, drafts, full-text search."""
    db["matter"].create({"id": int, "name": str, "created": float}, pk="id", not_null={"name"})
    db["matter"].insert({"id": 1, "name": "General", "created": 0.0})
    db["conversation"].create(
        {
            "id": int,
            "matter_id": int,
            "title": str,
            "leaf_id": int,
            "pinned": int,
            "archived": int,
            "created": float,
            "updated": float,
        },
        pk="id",
        foreign_keys=[("matter_id", "matter", "id")],
        not_null={"matter_id", "title", "pinned", "archived", "created", "updated"},
        defaults={"pinned": 0, "archived": 0},
    )
    db.execute("create index conversation_updated on conversation(archived, pinned, updated)")
    # AUTOINCREMENT: an id that was shown once never names another message later
    db.execute(
        """create table message(
            id integer primary key autoincrement,
            conversation_id integer not null references conversation(id) deferrable initially deferred,
            matter_id integer not null references matter(id),
            parent_id integer references message(id) deferrable initially deferred,
            role text not null,
            state text not null,
            parts text not null,
            text text not null,
            model text not null default '',
            stats text,
            failure text not null default '',
            created real not null)"""
    )
    db.execute("create index message_parent on message(parent_id)")
    db.execute("create index message_conversation on message(conversation_id, parent_id)")
    db.execute("create index message_partial on message(id) where state = 'partial'")
    db.execute(
        "create table draft(conversation_id integer primary key, matter_id integer not null, text text not null)"
    )
    db.execute(
        """create virtual table message_search using fts5(
            text, content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')"""
    )
    db.execute("insert into message_search(message_search, rank) values ('secure-delete', 1)")
    for name, when, old, new in (
        ("insert", "after insert on message when new.state <> 'partial'", False, True),
        (
            "finish",
            "after update of text, state on message when old.state = 'partial' and new.state <> 'partial'",
            0,
            1,
        ),
        ("change", "after update of text on message when old.state <> 'partial' and new.state <> 'partial'", 1, 1),
        ("delete", "after delete on message when old.state <> 'partial'", True, False),
    ):
        take_out = "insert into message_search(message_search, rowid, text) values ('delete', old.id, old.text);"
        put_in = "insert into message_search(rowid, text) values (new.id, new.text);"
        db.execute(
            f"create trigger message_search_{name} {when} begin {take_out if old else ''} {put_in if new else ''} end"
        )


def _step(migration: Callable[[Tables], None]) -> Callable[[Connection], None]:
    def apply(connection: Connection) -> None:
        migration(sqlite_utils.Database(connection))

    return apply


STEPS: tuple[Callable[[Connection], None], ...] = (_step(m001_conversations),)
