"""Remembers which items of a feed were met, under each of their names, so that none is loaded twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from store.connections import Connection, Connections

BATCH = 1_000  # rows in one write transaction
TRIES = 3
"""An item that could not be loaded is new again until so many tries have failed."""

REFRESHED = timedelta(days=7)
"""A key that is met again is written again only after this time."""

REMEMBERED = timedelta(days=90)
"""A key that was not met for so long is forgotten."""

Keys = Sequence[bytes]


def new_of(db: Connection, feed_id: int, items: Sequence[Keys]) -> list[bool]:
    """For each item whether none of its keys is known, or its loading failed and is to be tried again."""
    asked = "SELECT failures FROM feed_items WHERE feed_id = :feed AND key = :key"
    found = []
    for keys in items:
        rows = [db.execute(asked, {"feed": feed_id, "key": key}).fetchone() for key in keys]
        found.append(all(row is None or 0 < row["failures"] < TRIES for row in rows))
    return found


def know(db: Connection, feed_id: int, keys: Keys, now: datetime) -> None:
    """Take keys for known; what failed before keeps its count, or it would be tried for ever."""
    asked = """INSERT INTO feed_items (feed_id, key, seen_on) VALUES (:feed, :key, :today)
        ON CONFLICT (feed_id, key) DO UPDATE SET seen_on = excluded.seen_on, failures = CASE
            WHEN feed_items.failures > 0 THEN -feed_items.failures ELSE feed_items.failures END
        WHERE seen_on < :before OR failures > 0"""
    today, before = _day(now), _day(now - REFRESHED)
    db.executemany(asked, [{"feed": feed_id, "key": key, "today": today, "before": before} for key in keys])


def know_all(store: Connections, feed_id: int, items: Sequence[Keys], now: datetime) -> None:
    """The same for very many, a batch in each transaction; what was not met for long is forgotten."""
    fresh, before = "SELECT seen_on FROM feed_items WHERE feed_id = :feed AND key = :key", _day(now - REFRESHED)
    with store.reading() as db:
        seen = ((key, db.execute(fresh, {"feed": feed_id, "key": key}).fetchone()) for each in items for key in each)
        keys = [key for key, row in seen if row is None or row["seen_on"] < before]
    for batch in _batches(keys):
        with store.writing() as db:
            if db.execute("SELECT 1 FROM feeds WHERE id = :id", {"id": feed_id}).fetchone():
                know(db, feed_id, batch, now)
    old = "DELETE FROM feed_items WHERE feed_id = :feed AND seen_on < :before"
    with store.writing() as db:
        db.execute(old, {"feed": feed_id, "before": _day(now - REMEMBERED)})


def failed(db: Connection, feed_id: int, keys: Keys) -> None:
    """Count a loading that failed: a positive count makes the item new again as long as it is below TRIES."""
    asked = "UPDATE feed_items SET failures = abs(failures) + 1 WHERE feed_id = :feed AND key = :key"
    db.executemany(asked, [{"feed": feed_id, "key": key} for key in keys])


def _batches(keys: Keys) -> Iterator[Keys]:
    for at in range(0, len(keys), BATCH):
        yield keys[at : at + BATCH]


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
