"""Keeps updates as they came until they are handled, so that a crash loses none; what they said is erased then."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from sqlite3 import Row

from store import acts, locks, times
from store.connections import Connection, Connections
from store.errors import StoreError

RECENT = timedelta(days=2)
"""How long the number of an update is remembered; Telegram hands in none again that is older than a day."""

SWEPT_TOGETHER = 500
LOG_PATIENCE_MS = 20
LOCK_ENDING = "-serving"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came: ``content`` is its JSON; ``begins`` counts the first attempt at once."""

    update_id: int
    lane: str
    kind: str
    content: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not done; ``attempts`` were begun. ``aside`` ones are given up but not told of yet."""

    sequence: int
    lane: str
    kind: str
    attempts: int
    aside: bool
    came_at: datetime


@dataclass(slots=True)
class Batch:
    """What one commit writes: updates that came, and sequences of those that something became of.

    ``begun`` counts an attempt, ``returned`` takes one back that was ended from outside, ``done`` erases, ``aside``
    gives up, ``told`` erases what was given up.
    """

    arrivals: list[Arrival] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    told: list[int] = field(default_factory=list)


MARKS = {
    "begun": "UPDATE inbox SET attempts = attempts + 1 WHERE sequence = :sequence",
    "returned": "UPDATE inbox SET attempts = attempts - 1 WHERE sequence = :sequence AND attempts > 0",
    "done": "UPDATE inbox SET state = 'done', content = NULL WHERE sequence = :sequence",
    "aside": "UPDATE inbox SET state = 'aside' WHERE sequence = :sequence",
    "told": "UPDATE inbox SET state = 'given up', content = NULL WHERE sequence = :sequence",
}


class Inbox:
    """The updates of one bot; only the process that holds ``claim`` may handle them."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections
        self._lock: int | None = None

    def claim(self) -> None:
        """Be the one process that handles the updates, until ``release`` or the process's end, however it ends.

        Raises StoreError when another process is it.
        """
        lock = locks.opened(self._db.path, LOCK_ENDING)
        if not locks.take(lock):
            os.close(lock)
            raise StoreError(f"Another bot runs on the store {self._db.path}; stop it first.")
        self._lock = lock

    def release(self) -> None:
        """Let another process handle the updates."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def write(self, batch: Batch) -> list[int | None]:
        """One commit for the whole batch. Returns the sequence of each arrival, None for one that is known already.

        Raises StoreError; nothing of the batch is kept then.
        """
        with self._db.writing() as db:
            sequences = _arrived(db, batch.arrivals)
            for name, asked in MARKS.items():
                if marked := getattr(batch, name):
                    db.executemany(asked, [{"sequence": each} for each in marked])
            return sequences

    def waiting(self) -> list[Waiting]:
        """All that is not done, in order of arrival."""
        asked = """SELECT sequence, lane, kind, attempts, state, came_at FROM inbox
            WHERE state IN ('waiting', 'aside') ORDER BY sequence"""
        with self._db.reading() as db:
            return [_waiting(row) for row in db.execute(asked).fetchall()]

    def content(self, sequence: int) -> str | None:
        """The JSON of an update, None when it is done."""
        with self._db.reading() as db:
            row = db.execute("SELECT content FROM inbox WHERE sequence = :s", {"s": sequence}).fetchone()
        return None if row is None or row["content"] is None else str(row["content"])

    def expire(self, seconds: Mapping[str, float]) -> int:
        """Erase what waits and can no longer be answered, by the age in seconds of its kind; how many there were."""
        asked = """UPDATE inbox SET state = 'expired', content = NULL
            WHERE state IN ('waiting', 'aside') AND kind = :kind AND came_at < :before"""
        now = datetime.now(UTC)
        with self._db.writing() as db:
            return sum(
                db.execute(asked, {"kind": kind, "before": times.stamp(now - timedelta(seconds=age))}).rowcount
                for kind, age in seconds.items()
            )

    def sweep(self) -> int:
        """Forget the numbers of updates that are long done, a batch at a time; how many there were.

        The write-ahead log, which still has what was erased, is emptied.
        """
        swept = 0
        while gone := self._swept():
            swept += gone
        with self._db.writing() as db:
            acts.sweep(db)
        self._empty_log()
        return swept

    def _empty_log(self) -> None:
        """Without waiting for readers, as all writers would wait with it; the next sweep tries again."""
        with self._db.using() as db:
            db.execute(f"PRAGMA busy_timeout = {LOG_PATIENCE_MS}")
            try:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                db.execute(f"PRAGMA busy_timeout = {round(1000 * self._db.patience)}")

    def _swept(self) -> int:
        before = times.stamp(datetime.now(UTC) - RECENT)
        asked = """DELETE FROM inbox WHERE sequence IN (
            SELECT sequence FROM inbox WHERE state NOT IN ('waiting', 'aside') AND came_at < :before
            AND sequence < coalesce((SELECT sequence FROM inbox WHERE came_at >= :before ORDER BY sequence LIMIT 1),
                9223372036854775807)
            ORDER BY sequence LIMIT :most)"""
        with self._db.writing() as db:
            return db.execute(asked, {"before": before, "most": SWEPT_TOGETHER}).rowcount

    def counts(self) -> dict[str, int]:
        """How many updates are in each state."""
        with self._db.reading() as db:
            rows = db.execute("SELECT state, count(*) AS n FROM inbox GROUP BY state").fetchall()
        return {row["state"]: row["n"] for row in rows}


def _arrived(db: Connection, arrivals: Sequence[Arrival]) -> list[int | None]:
    """Numbers may come again after a quiet week, so they are compared with those of recent updates only."""
    if not arrivals:
        return []
    now = datetime.now(UTC)
    asked = """INSERT INTO inbox (update_id, lane, kind, state, attempts, content, came_at)
        SELECT :id, :lane, :kind, 'waiting', :attempts, :content, :now
        WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE update_id = :id AND came_at >= :recent) RETURNING sequence"""
    times_ = {"now": times.stamp(now), "recent": times.stamp(now - RECENT)}
    return [_sequence(db.execute(asked, _values(each) | times_).fetchall()) for each in arrivals]


def _values(arrival: Arrival) -> dict[str, str | int]:
    return {
        "id": arrival.update_id,
        "lane": arrival.lane,
        "kind": arrival.kind,
        "attempts": int(arrival.begins),
        "content": arrival.content,
    }


def _sequence(rows: Iterable[Row]) -> int | None:
    return next((int(row["sequence"]) for row in rows), None)


def _waiting(row: Row) -> Waiting:
    came = datetime.fromisoformat(row["came_at"])
    return Waiting(row["sequence"], row["lane"], row["kind"], row["attempts"], row["state"] == "aside", came)
