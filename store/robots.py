"""Keeps what the robots.txt files of hosts said, so that a restart asks none of them again too early."""

from __future__ import annotations

from datetime import datetime, timedelta

from store import times
from store.connections import Connections

KEPT = timedelta(days=31)
"""What was asked longer ago is forgotten."""


class Robots:
    """The rules of hosts in one store; safe to use from many threads. ``ingest.robots`` tells what they mean."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections

    def rules(self, host: str) -> tuple[str | None, datetime, datetime | None] | None:
        """What a host said, when it was asked, and since when it cannot be; None for a host that is not known."""
        with self._db.reading() as db:
            row = db.execute("SELECT * FROM robots WHERE host = :host", {"host": host}).fetchone()
        if row is None:
            return None
        since = row["failing_since"]
        return row["text"], datetime.fromisoformat(row["asked_at"]), datetime.fromisoformat(since) if since else None

    def keep_rules(self, host: str, text: str | None, asked_at: datetime, failing_since: datetime | None) -> None:
        """Keep the same."""
        since = times.stamp(failing_since) if failing_since else None
        values = {"host": host, "text": text, "asked": times.stamp(asked_at), "since": since}
        kept = """INSERT INTO robots (host, text, asked_at, failing_since) VALUES (:host, :text, :asked, :since)
            ON CONFLICT (host) DO UPDATE SET text = excluded.text, asked_at = excluded.asked_at,
            failing_since = excluded.failing_since"""
        with self._db.writing() as db:
            db.execute(kept, values)
            db.execute("DELETE FROM robots WHERE asked_at < :before", {"before": times.stamp(asked_at - KEPT)})
