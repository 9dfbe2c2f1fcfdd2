"""What can go wrong with the file itself, each as one plain sentence for whoever started the program."""

# ruff: noqa: N818 - the names say what is the matter

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLEAN_MASK = 0xFF  # SQLite's extended result codes carry the primary code in the low byte


class StoreError(Exception):
    """The store cannot be used; the message is one plain sentence."""


class TooNew(StoreError):
    """The file was written by a newer version of the program."""


class Locked(StoreError):
    """Another process held the file for longer than the busy timeout."""


class ReadOnly(StoreError):
    """The file or its folder cannot be written."""


class NotAStore(StoreError):
    """The path is no file, no SQLite file, or somebody else's SQLite file."""


class Damaged(StoreError):
    """The file is a store, but its pages are broken or cut off."""


SENTENCES: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (Locked, "The store {path} is locked by another program; try again when it is done."),
    sqlite3.SQLITE_LOCKED: (Locked, "The store {path} is locked by another program; try again when it is done."),
    sqlite3.SQLITE_READONLY: (ReadOnly, "The store {path} is read-only; give write access to the file and its folder."),
    sqlite3.SQLITE_PERM: (
        ReadOnly,
        "The store {path} may not be opened; give write access to the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, "The store {path} cannot be opened; its folder must exist and be writable."),
    sqlite3.SQLITE_NOTADB: (NotAStore, "{path} is not a store: it is no SQLite file."),
    sqlite3.SQLITE_CORRUPT: (Damaged, "The store {path} is damaged; put back a backup of it."),
    sqlite3.SQLITE_FULL: (StoreError, "The disk that holds the store {path} is full."),
    sqlite3.SQLITE_IOERR: (StoreError, "The disk that holds the store {path} could not be read or written."),
}


def explained(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The plain sentence for an error of the file; None where the program, not the file, is at fault."""
    code = getattr(error, "sqlite_errorcode", None)
    found = SENTENCES.get(code & CLEAN_MASK) if code is not None else None
    return found[0](found[1].format(path=path)) if found else None


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Raise errors of the file as a StoreError; let all others through."""
    try:
        yield
    except sqlite3.Error as error:
        plain = explained(error, path)
        if plain is None:
            raise
        raise plain from error
