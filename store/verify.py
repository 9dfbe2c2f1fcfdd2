"""Re-cuts everything that is stored and says what differs."""

from __future__ import annotations

from store.connections import Connection
from store.model import Difference


def pages(db: Connection) -> list[Difference]:
    """What SQLite itself finds wrong with the file."""
    found = [row[0] for row in db.execute("PRAGMA integrity_check")]
    return [Difference("file", "ok", told) for told in found if told != "ok"]
