"""The tables, and how a file of an older version of the program is brought up to this one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.connections import Connection
from store.errors import NotAStore, TooNew, plainly
from store.tables import access, chats, corrections, feeds, first, inbox, pasted, progress, reach, shown, sketches

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION = 0x4E455753  # "NEWS": tells our files from other people's SQLite files
MIGRATION_SET = "store"


def _all_of(statements: str) -> Callable[[Database], None]:
    def migrate(db: Database) -> None:
        for statement in statements.split(";\n"):
            if statement.strip():
                db.conn.execute(statement)

    return migrate


MIGRATIONS: dict[str, Callable[[Database], None]] = {  # in order; never altered once released
    "0001_first": _all_of(first.TABLES),
    "0002_corrections": _all_of(corrections.TABLES),
    "0003_inbox": _all_of(inbox.TABLES),
    "0004_access": _all_of(access.TABLES),
    "0005_sketches": sketches.migrate,
    "0006_feeds": _all_of(feeds.TABLES),
    "0007_chats": _all_of(chats.TABLES),
    "0008_reach": _all_of(reach.TABLES),
    "0009_progress": _all_of(progress.TABLES),
    "0010_pasted": _all_of(pasted.TABLES),
    "0011_shown": _all_of(shown.TABLES),
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
