"""The migrations, appended and never edited: functions that bring a store from one version to the next.

sqlite-utils looks for its SQLite module under the name pysqlite3 first; it is given SQLCipher there, so that both
speak of the same connections and the same errors.
"""

import sys
from collections.abc import Callable
from typing import Any

import sqlcipher3

from desktop.store.cipher import Connection
from desktop.store.library_schema import ENCLOSED, FOLDERS, LIBRARY

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

import sqlite_utils  # noqa: E402 - after its module was put in place

Tables = Any
"""A sqlite_utils.Database."""


def m001_conversations(db: Tables) -> None:
    """Matters, conversations as trees of messages, drafts, full-text search."""
    db["matter"].create(
        {"id": int, "name": str, "folded": int, "created": float},
        pk="id",
        not_null={"name", "folded", "created"},
        defaults={"folded": 0},
    )
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
    db.execute("create index conversation_matter on conversation(matter_id)")
    db.execute("create index message_matter on message(matter_id)")
    db.execute("create index message_parent on message(parent_id)")
    db.execute("create index message_conversation on message(conversation_id, parent_id)")
    db.execute("create index message_partial on message(id) where state = 'partial'")
    db.execute(
        "create table draft(conversation_id integer primary key, matter_id integer not null, text text not null)"
    )
    finished = "after update of text, state on message when old.state = 'partial' and new.state <> 'partial'"
    changed = "after update of text on message when old.state <> 'partial' and new.state <> 'partial'"
    _full_text(
        db,
        "message",
        "text",
        insert=("after insert on message when new.state <> 'partial'", finished),
        change=(changed,),
        delete=("after delete on message when old.state <> 'partial'",),
    )
    _full_text(
        db,
        "conversation",
        "title",
        insert=("after insert on conversation",),
        change=("after update of title on conversation",),
        delete=("after delete on conversation",),
    )


def m002_who_gave_the_title(db: Tables) -> None:
    """Remember whose a title is; those that are there already may be the person's, so they count as that."""
    db.execute("alter table conversation add column title_by text not null default 'person'")


def m003_attachments(db: Tables) -> None:
    """Remember which files are kept, and which messages and drafts name them."""
    db.execute(
        """create table attachment(
            id integer primary key autoincrement,
            digest text not null unique,
            size integer not null,
            created real not null)"""
    )
    db.execute(
        """create table attachment_use(
            id integer primary key,
            attachment_id integer not null references attachment(id),
            matter_id integer not null references matter(id),
            message_id integer references message(id) on delete cascade,
            draft_id integer references draft(conversation_id) on delete cascade,
            check ((message_id is null) <> (draft_id is null)))"""
    )
    db.execute("create unique index attachment_use_message on attachment_use(message_id, attachment_id)")
    db.execute("create unique index attachment_use_draft on attachment_use(draft_id, attachment_id)")
    db.execute("create index attachment_use_attachment on attachment_use(attachment_id)")
    db.execute("create index attachment_use_matter on attachment_use(matter_id)")
    for table, key, use in (("message", "id", "message_id"), ("draft", "conversation_id", "draft_id")):
        db.execute(
            f"""create trigger attachment_use_follows_{table} after update of matter_id on {table} begin
            update attachment_use set matter_id = new.matter_id where {use} = new.{key}; end"""
        )


def m004_spoken_words(db: Tables) -> None:
    """Keep what is said in sounds and videos for the search; it goes with the file, and the file with its messages."""
    db.execute(
        """create table spoken(
            id integer primary key references attachment(id) on delete cascade,
            text text not null)"""
    )
    _full_text(
        db,
        "spoken",
        "text",
        insert=("after insert on spoken",),
        change=("after update of text on spoken",),
        delete=("after delete on spoken",),
    )


def m005_library(db: Tables) -> None:
    """Collections, sources, their pages and tables, passages, vectors; which messages and drafts name a source.

    A source belongs to the matter of its collection, and all that was read of it to the source. The full-text index
    holds no text of its own: what goes in and out is made from the pages, see `store.library_words`.
    """
    for sql in LIBRARY:
        db.execute(sql)
    db.execute("insert into passage_search(passage_search, rank) values ('secure-delete', 1)")
    db.execute("insert into collection(id, matter_id, name, created) values (0, 1, '', 0)")
    for table, key, use in (("message", "id", "message_id"), ("draft", "conversation_id", "draft_id")):
        db.execute(
            f"""create trigger source_use_follows_{table} after update of matter_id on {table} begin
            update source_use set matter_id = new.matter_id where {use} = new.{key}; end"""
        )


def m006_followed_folders(db: Tables) -> None:
    """Remember which folders a collection follows, and which files in them the person removed."""
    for sql in FOLDERS:
        db.execute(sql)


def m007_sent_with_several(db: Tables) -> None:
    """Remember every message that a file was sent with: it stays for as long as one of them does."""
    for sql in ENCLOSED:
        db.execute(sql)


def _full_text(
    db: Tables, table: str, column: str, *, insert: tuple[str, ...], change: tuple[str, ...], delete: tuple[str, ...]
) -> None:
    """Index a column: FTS5 over the table's own text, deletions overwritten, kept in step by triggers."""
    index = f"{table}_search"
    db.execute(
        f"""create virtual table {index} using fts5(
            {column}, content = '{table}', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')"""
    )
    db.execute(f"insert into {index}({index}, rank) values ('secure-delete', 1)")
    out = f"insert into {index}({index}, rowid, {column}) values ('delete', old.id, old.{column});"
    put = f"insert into {index}(rowid, {column}) values (new.id, new.{column});"
    steps = [(put, when) for when in insert] + [(out + put, when) for when in change] + [(out, when) for when in delete]
    for number, (body, when) in enumerate(steps):
        db.execute(f"create trigger {index}_{number} {when} begin {body} end")


def _step(migration: Callable[[Tables], None]) -> Callable[[Connection], None]:
    def apply(connection: Connection) -> None:
        migration(sqlite_utils.Database(connection))

    return apply


STEPS: tuple[Callable[[Connection], None], ...] = (
    _step(m001_conversations),
    _step(m002_who_gave_the_title),
    _step(m003_attachments),
    _step(m004_spoken_words),
    _step(m005_library),
    _step(m006_followed_folders),
    _step(m007_sent_with_several),
)
