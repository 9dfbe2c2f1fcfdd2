"""Knows whether another process runs loads, so that none takes up what another one is at."""

from __future__ import annotations

import os
from pathlib import Path

from store import locks

LOCK_ENDING = "-loading"


class Runners:
    """The processes that run the loads of one store; a lock beside it tells of them, which ends with each process."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._lock: int | None = None

    def join(self) -> bool:
        """Be one of them until ``leave``; whether there is no other, so that open loads were left.

        Raises StoreError.
        """
        self.leave()
        self._lock = locks.opened(self._store, LOCK_ENDING)
        alone = locks.take(self._lock)
        locks.share(self._lock)  # whoever has it alone does so for an instant only
        return alone

    def leave(self) -> None:
        """Be none of them any more."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
