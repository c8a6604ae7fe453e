"""The tables of the library as migrations 5 to 7 make them.

Never edited: what changes is changed by a later migration.
"""

LIBRARY = (
    """create table collection(
        id integer primary key autoincrement,
        matter_id integer not null references matter(id),
        name text not null,
        created real not null)""",
    "create index collection_matter on collection(matter_id)",
    """create table source(
        id integer primary key autoincrement,
        collection_id integer not null references collection(id) on delete cascade,
        parent_id integer references source(id) on delete cascade,
        name text not null,
        path text not null,
        keeping text not null,
        digest text not null,
        size integer not null,
        modified real not null,
        added real not null,
        state text not null default 'waiting',
        kind text,
        title text not null default '',
        author text not null default '',
        date text not null default '',
        language text not null default '',
        pages integer not null default 0,
        pages_read integer not null default 0,
        passages integer not null default 0,
        troubles text not null default '[]',
        failure text not null default '',
        reason text not null default '',
        presence text not null default 'here')""",
    "create unique index source_content on source(collection_id, digest)",
    "create index source_digest on source(digest)",
    "create index source_parent on source(parent_id) where parent_id is not null",
    "create index source_unread on source(id) where state in ('waiting', 'reading')",
    """create table source_use(
        id integer primary key,
        source_id integer not null references source(id) on delete cascade,
        matter_id integer not null references matter(id),
        message_id integer references message(id) on delete cascade,
        draft_id integer references draft(conversation_id) on delete cascade,
        check ((message_id is null) <> (draft_id is null)))""",
    "create unique index source_use_message on source_use(message_id, source_id)",
    "create unique index source_use_draft on source_use(draft_id, source_id)",
    "create index source_use_source on source_use(source_id)",
    "create index source_use_matter on source_use(matter_id)",
    """create table page(
        id integer primary key,
        source_id integer not null references source(id) on delete cascade,
        number integer not null,
        label text not null,
        text blob not null,
        layout blob not null,
        scanned integer not null,
        trouble text)""",
    "create unique index page_place on page(source_id, number)",
    """create table page_table(
        id integer primary key,
        page_id integer not null references page(id) on delete cascade,
        start_at integer not null,
        end_at integer not null,
        name text not null,
        columns text not null,
        first_row integer not null,
        rows blob not null)""",
    "create index page_table_page on page_table(page_id)",
    """create table passage(
        id integer primary key autoincrement,
        source_id integer not null references source(id) on delete cascade,
        page_id integer not null references page(id) on delete cascade,
        page integer not null,
        start_at integer not null,
        end_at integer not null,
        heading text not null,
        header text not null)""",
    "create index passage_place on passage(source_id, page, start_at)",
    "create index passage_page on passage(page_id)",
    """create virtual table passage_search using fts5(
        head, body, content = '', tokenize = "unicode61 remove_diacritics 2 tokenchars '§'")""",
    """create table embedding_model(
        id integer primary key,
        key text not null unique,
        dimensions integer not null,
        turn integer not null default 0)""",
    """create table vector(
        model_id integer not null references embedding_model(id) on delete cascade,
        source_id integer not null references source(id) on delete cascade,
        passage_id integer not null references passage(id) on delete cascade,
        row blob not null,
        primary key (model_id, source_id, passage_id)) without rowid""",
    "create index vector_passage on vector(passage_id)",
    "create index vector_source on vector(source_id)",
    """create table embedded(
        model_id integer not null references embedding_model(id) on delete cascade,
        source_id integer not null references source(id) on delete cascade,
        count integer not null,
        primary key (model_id, source_id)) without rowid""",
    "create index embedded_source on embedded(source_id)",
    """create trigger embedded_more after insert on vector begin
        insert into embedded(model_id, source_id, count) values (new.model_id, new.source_id, 1)
        on conflict(model_id, source_id) do update set count = count + 1; end""",
    """create trigger embedded_less after delete on vector begin
        update embedded set count = count - 1 where model_id = old.model_id and source_id = old.source_id; end""",
)

FOLDERS = (
    """create table followed_folder(
        collection_id integer not null references collection(id) on delete cascade,
        path text not null,
        keeping text not null,
        primary key (collection_id, path)) without rowid""",
    """create table left_out(
        collection_id integer not null references collection(id) on delete cascade,
        path text not null,
        primary key (collection_id, path)) without rowid""",
)

ENCLOSED = (
    """create table enclosed_in(
        source_id integer not null references source(id) on delete cascade,
        parent_id integer not null references source(id) on delete cascade,
        primary key (source_id, parent_id)) without rowid""",
    "create index enclosed_in_parent on enclosed_in(parent_id)",
    "insert into enclosed_in(source_id, parent_id) select id, parent_id from source where parent_id is not null",
)
