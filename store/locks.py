"""Locks that processes hold on a store: each is a file beside it, and ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from store.errors import StoreError


def opened(store: Path, ending: str) -> int:
    """The file of a lock, which belongs to nobody yet; closing it gives the lock back. Raises StoreError."""
    path = store.with_name(store.name + ending)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {(error.strerror or str(error)).lower()}.") from error


def take(lock: int) -> bool:
    """Have a lock alone; False where somebody has it, or a part of it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def share(lock: int) -> None:
    """Have a part of a lock; waits for whoever has it alone."""
    fcntl.flock(lock, fcntl.LOCK_SH)
