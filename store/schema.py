"""The tables, and how a file of an older version of the program is brought up to this one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.connections import Connection
from store.errors import NotAStore, TooNew, plainly

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION = 0x4E455753  # "NEWS": tells our files from other people's SQLite files
MIGRATION_SET = "store"

TABLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT UNIQUE,
    loaded_at TEXT NOT NULL
);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,
    captions TEXT NOT NULL,
    subheadings TEXT NOT NULL,
    authors TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    source TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    remarks TEXT NOT NULL,
    reading_version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    words_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    reading_hash TEXT NOT NULL,
    UNIQUE (article_id, number)
);
CREATE UNIQUE INDEX versions_newest ON versions (article_id) WHERE newest = 1;
CREATE INDEX versions_words ON versions (words_hash);
CREATE INDEX versions_text ON versions (text_hash);
CREATE TABLE quotations (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT,
    speaker_kind TEXT,
    confidence REAL NOT NULL,
    speech INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (version_id, number)
);
CREATE TABLE people (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    gender TEXT,
    PRIMARY KEY (version_id, number)
);
CREATE TABLE speakers (
    version_id INTEGER NOT NULL,
    quotation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (version_id, quotation, position),
    FOREIGN KEY (version_id, quotation) REFERENCES quotations (version_id, number) ON DELETE CASCADE,
    FOREIGN KEY (version_id, person) REFERENCES people (version_id, number) ON DELETE CASCADE
);
CREATE INDEX speakers_person ON speakers (version_id, person);
CREATE TABLE spans (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    owner INTEGER NOT NULL,
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (version_id, what, owner, number)
);
CREATE TABLE windows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    first_sentence INTEGER NOT NULL,
    last_sentence INTEGER NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX windows_version ON windows (version_id);
CREATE VIRTUAL TABLE window_words USING fts5 (
    title, outlet, words, content='windows', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    derived_revision INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stories_last ON stories (last, id);
CREATE TABLE memberships (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE
);
CREATE INDEX memberships_story ON memberships (story_id);
CREATE TABLE term_counts (
    term TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_terms (
    term TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    day TEXT,
    PRIMARY KEY (term, article_id)
) WITHOUT ROWID;
CREATE INDEX story_terms_article ON story_terms (article_id);
CREATE TABLE revisions (
    what TEXT PRIMARY KEY,
    number INTEGER NOT NULL
);
CREATE TABLE cast_members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    weight REAL NOT NULL
);
CREATE INDEX cast_members_story ON cast_members (story_id);
CREATE TABLE cast_people (
    cast_id INTEGER NOT NULL REFERENCES cast_members (id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (version_id, person),
    FOREIGN KEY (version_id, person) REFERENCES people (version_id, number) ON DELETE CASCADE
);
CREATE INDEX cast_people_cast ON cast_people (cast_id);
CREATE TABLE chats (
    chat TEXT PRIMARY KEY,
    story_id INTEGER REFERENCES stories (id) ON DELETE SET NULL
);
CREATE INDEX chats_story ON chats (story_id);
CREATE TABLE kept (
    id TEXT PRIMARY KEY,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    UNIQUE (chat, payload_hash)
);
CREATE INDEX kept_ends ON kept (ends_at);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE TABLE job_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL
);
CREATE INDEX job_items_job ON job_items (job_id);
CREATE INDEX job_items_article ON job_items (article_id);
CREATE TABLE payloads (
    item_id INTEGER NOT NULL REFERENCES job_items (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (item_id, number)
);
"""

CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    parts TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    context TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    given TEXT,
    verdict TEXT NOT NULL,
    speaker TEXT,
    speaker_kind TEXT,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    UNIQUE (version_id, field, start, stop)
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    shown TEXT,
    reader TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (version_id, field, start, stop, reader)
);
CREATE INDEX reports_open ON reports (state, reported_at);
CREATE INDEX reports_reader ON reports (reader, reported_at);
"""


def _all_of(statements: str) -> Callable[[Database], None]:
    def migrate(db: Database) -> None:
        for statement in statements.split(";\n"):
            if statement.strip():
                db.conn.execute(statement)

    return migrate


MIGRATIONS: dict[str, Callable[[Database], None]] = {  # in order; never altered once released
    "0001_first": _all_of(TABLES),
    "0002_corrections": _all_of(CORRECTIONS),
}


def prepare(connection: Connection, path: Path, patience: float) -> None:
    """Bring the file up to this version. Raises NotAStore for a file that is not ours, TooNew for a newer one."""
    with plainly(path):
        applied = _applied(connection)
        if applied is None or _pragma(connection, "application_id") not in (0, APPLICATION):
            raise NotAStore(f"{path} is not a store: it is another program's SQLite file.")
        if applied - MIGRATIONS.keys():
            raise TooNew(f"The store {path} was written by a newer version of this program; please update it.")
        _use_wal(connection, patience)
        if MIGRATIONS.keys() - applied:
            _migrate(connection)


def unused(connection: Connection) -> bool:
    """Whether nothing was ever loaded, so that the founding articles may be."""
    used = "SELECT count(*) AS n FROM sqlite_sequence WHERE name IN ('articles', 'jobs') AND seq > 0"
    return bool(connection.execute(used).fetchone()["n"] == 0)


def _applied(connection: Connection) -> set[str] | None:
    """Names of the migrations the file has; empty for an empty file, None for somebody else's tables."""
    tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return set()
    if "_sqlite_migrations" not in tables:
        return None
    asked = "SELECT name FROM _sqlite_migrations WHERE migration_set = :name"
    return {row["name"] for row in connection.execute(asked, {"name": MIGRATION_SET})} or None


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _use_wal(connection: Connection, patience: float) -> None:
    """SQLite does not wait for its busy timeout here when two processes make the same file at once."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except connection.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _migrate(connection: Connection) -> None:
    from sqlite_utils import Database, Migrations  # slow to import, and seldom needed

    pending = Migrations(MIGRATION_SET)
    for name, migration in MIGRATIONS.items():
        pending(name=name)(migration)
    connection.execute("BEGIN IMMEDIATE")
    try:
        pending.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
