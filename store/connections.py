"""Opens the file and keeps the two rules of its use: a connection a thread, and one writer at a time."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError, plainly

Connection = sqlite3.Connection
PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "temp_store = FILE")


def connect(path: Path, patience: float) -> Connection:
    """Open the file; ``patience`` is the busy timeout in seconds. Begins no transaction by itself."""
    found = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    found.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        found.execute(f"PRAGMA {pragma}")
    return found


class _Own:
    """What one thread holds; when the thread ends, its connection is closed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.in_use = threading.RLock()  # SQLite crashes when a connection is closed while it works
        weakref.finalize(self, connection.close)


class Connections:
    """All connections to one file."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self.patience = path, patience
        self._local = threading.local()
        self._all: weakref.WeakSet[_Own] = weakref.WeakSet()
        self._writer = threading.RLock()
        self._closed = False

    @contextmanager
    def using(self) -> Iterator[Connection]:
        """The thread's own connection, without a transaction. Raises StoreError when the store is closed."""
        self._check_open()
        own: _Own | None = getattr(self._local, "own", None)
        if own is None:
            with plainly(self.path):
                own = self._local.own = _Own(connect(self.path, self.patience))
            self._all.add(own)
        with own.in_use:
            self._check_open()
            with plainly(self.path):
                yield own.connection

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"The store {self.path} is closed.")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the store for several statements."""
        with self.using() as mine, _transaction(mine, "BEGIN"):
            yield mine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one write transaction: all of it is kept, or, when the block raises, none of it."""
        with self._writer, self.using() as mine, _transaction(mine, "BEGIN IMMEDIATE"):
            yield mine

    def close(self) -> None:
        """Close every thread's connection, each when the answer it works at is done."""
        self._closed = True
        for own in list(self._all):
            with own.in_use:
                own.connection.close()


@contextmanager
def _transaction(connection: Connection, begin: str) -> Iterator[None]:
    """All that happens in the block, or nothing; inside another one it is a part of that."""
    if connection.in_transaction:
        yield
        return
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
