"""Copies the store to a file while it is read and written, and leaves out what people wrote, asked or chose.

``VACUUM INTO`` copies one unchanging view of the file; SQLite's page-by-page copy begins again with each write of
another process, and would never end in a busy store (figures: docs/decisions/0017-rights.md).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store import locks
from store.connections import Connection, connect
from store.errors import StoreError, plainly

FOLDER = "backups"
PART = ".part"
LOCK_ENDING = "-backing-up"
BUSY = "A backup is being made already; please wait for it."
SPARE = 1.1  # times the size of the store has to be free

EMPTIED = frozenset({"inbox", "acts", "kept", "jobs", "job_items", "payloads", "item_progress", "unreachable", "menus"})
"""Tables that go without their rows: updates, questions behind buttons, loads with what was pasted, and what the bot
remembers of chats and finds out again."""

CHANGED: Mapping[str, str] = {
    "reports": "UPDATE reports SET reader = 'reader ' || id",
    "chats": "DELETE FROM chats WHERE chat GLOB 'telegram:[0-9]*'",
}
"""Tables that go without what names a reader: who reported, and what private chats chose."""

WHOLE = frozenset(
    {
        "articles", "versions", "quotations", "people", "speakers", "spans", "windows", "stories", "memberships",
        "term_counts", "story_terms", "revisions", "cast_members", "cast_people", "corrections", "admins", "allowed",
        "told_once", "feeds", "feed_items", "feed_days", "robots", "paragraphs", "minima", "links", "window_words",
        "window_words_data", "window_words_idx", "window_words_docsize", "window_words_config",
        "_sqlite_migrations", "sqlite_sequence",
    }
)  # fmt: skip
"""Tables that go as they are; a table that is named nowhere here goes without its rows."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was looked through: where it is, its size in bytes, and how many articles it holds."""

    path: Path
    size: int
    articles: int


class Backups:
    """Makes the backups of one store, one at a time, whichever process asks for it."""

    def __init__(self, store: Path, patience: float) -> None:
        self._store, self._patience = store, patience
        self._busy = threading.Lock()
        self._working: Connection | None = None
        self._stopped = False

    def make(self, target: Path | None = None) -> Backup:
        """A backup in a new file, by default in the folder ``backups`` beside the store.

        Raises StoreError: one is being made, the file exists, there is no room, the program is ending.
        """
        if not self._busy.acquire(blocking=False):
            raise StoreError(BUSY)
        try:
            return self._make(target or self._store.parent / FOLDER / self._name())
        except sqlite3.Error as error:
            raise StoreError(f"The backup failed: {error}.") from error
        except OSError as error:
            raise StoreError(f"The backup cannot be written: {error.strerror or error}.") from error
        finally:
            self._busy.release()

    def stop(self) -> None:
        """Break off the backup that is being made, and make no more."""
        self._stopped = True
        if (working := self._working) is not None:
            working.interrupt()

    def _make(self, target: Path) -> Backup:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise StoreError(f"{target} exists already; a backup is a new file.")
        lock = locks.opened(self._store, LOCK_ENDING)
        try:
            if not locks.take(lock):
                raise StoreError(BUSY)
            return self._made(target)
        finally:
            os.close(lock)

    def _made(self, target: Path) -> Backup:
        part = target.with_name(target.name + PART)
        self._sweep(part)
        self._check_room(target.parent)
        try:
            self._copy(part)
            articles = self._clean(part)
            _sync(part)
            _put_in_place(part, target)
        finally:
            _remove(part)
        return Backup(target, target.stat().st_size, articles)

    def _copy(self, part: Path) -> None:
        part.touch(mode=0o600, exist_ok=False)
        with self._connected(self._store) as db:
            db.execute("VACUUM INTO :path", {"path": str(part)})

    def _clean(self, part: Path) -> int:
        """Take out what is private, and look the copy through; the number of its articles."""
        with self._connected(part) as db:
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("PRAGMA foreign_keys = OFF")  # what hangs on a row is emptied by name
            db.execute("BEGIN")
            for statement in _statements(db):
                db.execute(statement)
            db.execute("COMMIT")
            if db.execute("PRAGMA freelist_count").fetchone()[0]:
                db.execute("VACUUM")
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
            if found != ["ok"] or db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StoreError("The backup does not hold together, so it was thrown away; run `verify` on the store.")
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])

    @contextmanager
    def _connected(self, path: Path) -> Iterator[Connection]:
        """A connection of its own, which ``stop`` can interrupt."""
        with plainly(path):
            db = connect(path, self._patience)
            try:
                self._working = db
                if self._stopped:
                    raise StoreError("The program is ending; no backup was made.")
                yield db
            finally:
                self._working = None
                db.close()

    def _check_room(self, folder: Path) -> None:
        size = self._store.stat().st_size
        if shutil.disk_usage(folder).free < SPARE * size:
            raise StoreError(f"There is no room for a backup: it needs {size * SPARE / 1e6:,.0f} MB in {folder}.")

    def _sweep(self, part: Path) -> None:
        """What an earlier run left half made; nobody is at it, as backups are made one at a time."""
        for each in (part, *part.parent.glob(f"{self._store.stem}-*{PART}*")):
            _remove(each)

    def _name(self) -> str:
        """When it is made, and a number by chance: several may be made within one second."""
        return f"{self._store.stem}-{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{secrets.token_hex(4)}.db"


def _statements(db: Connection) -> Iterator[str]:
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for name in names:
        if name in CHANGED:
            yield CHANGED[name]
        elif name not in WHOLE:
            yield f'DELETE FROM "{name}"'  # noqa: S608 - a table of the store


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _put_in_place(part: Path, target: Path) -> None:
    """Give the copy its name; unlike a renaming, a link never takes the place of another file."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        part.rename(target)


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
