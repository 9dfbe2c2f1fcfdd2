"""Knows whether another process runs loads, so that none takes up what another one is at."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from store.errors import StoreError

LOCK_ENDING = "-loading"


class Runners:
    """The processes that run the loads of one store; a lock beside it tells of them, which ends with each process."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + LOCK_ENDING)
        self._lock: int | None = None

    def join(self) -> bool:
        """Be one of them until ``leave``; whether there is no other, so that open loads were left.

        Raises StoreError.
        """
        self.leave()
        try:
            self._lock = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{self._path} cannot be opened: {(error.strerror or str(error)).lower()}.") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except OSError:
            alone = False
        fcntl.flock(self._lock, fcntl.LOCK_SH)  # others hold the whole lock for an instant only
        return alone

    def leave(self) -> None:
        """Be none of them any more."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
