"""Opens the file and keeps the two rules of its use: a connection a thread, and one writer at a time."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError, plainly

PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "temp_store = FILE")


class Connection(sqlite3.Connection):
    """A connection that may be held weakly, so that a thread's end ends its connection."""


def connect(path: Path, patience: float) -> Connection:
    """Open the file; ``patience`` is the busy timeout in seconds. Begins no transaction by itself."""
    found = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False, factory=Connection, cached_statements=256
    )
    found.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        found.execute(f"PRAGMA {pragma}")
    return found


class _Holder:
    """Held by one thread only; when the thread ends, the connection is closed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        weakref.finalize(self, connection.close)


class Connections:
    """All connections to one file."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self.patience = path, patience
        self._own = threading.local()
        self._all: weakref.WeakSet[Connection] = weakref.WeakSet()
        self._writer = threading.RLock()
        self._closed = False

    def mine(self) -> Connection:
        """The thread's own connection, opened when first asked for. Raises StoreError when the store is closed."""
        if self._closed:
            raise self._over()
        holder: _Holder | None = getattr(self._own, "holder", None)
        if holder is None:
            with plainly(self.path):
                holder = _Holder(connect(self.path, self.patience))
            self._own.holder = holder
            self._all.add(holder.connection)
        return holder.connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the store for several statements."""
        mine = self.mine()
        if mine.in_transaction:
            yield mine
            return
        with self._plainly(), _transaction(mine, "BEGIN"):
            yield mine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one write transaction: all of it is kept, or, when the block raises, none of it."""
        mine = self.mine()
        with self._writer:
            if mine.in_transaction:
                yield mine
                return
            with self._plainly(), _transaction(mine, "BEGIN IMMEDIATE"):
                yield mine

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            with plainly(self.path):
                yield
        except sqlite3.ProgrammingError as error:
            if self._closed:
                raise self._over() from error
            raise

    def _over(self) -> StoreError:
        return StoreError(f"The store {self.path} is closed.")

    def close(self) -> None:
        """Close every thread's connection; waits for a write that is under way."""
        with self._writer:
            self._closed = True
            for each in list(self._all):
                each.close()


@contextmanager
def _transaction(connection: Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
