"""Remembers what was done for which question, so that one that is handed in again after a crash does nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from store import times
from store.connections import Connection

KEPT_FOR = timedelta(days=2)
"""How long; Telegram hands in no update again that is older than a day."""

T = TypeVar("T", bound=str | int | bool | list[int] | None)


def once(db: Connection, key: str, what: str, change: Callable[[], T]) -> T:
    """Make a change within the write transaction ``db``, or give back what it gave when the same key asked for it.

    ``key`` is that of the question, empty where nothing is ever handed in again; ``what`` names the change, as one
    question may make several. The result is kept as JSON.
    """
    if not key:
        return change()
    found = result(db, key, what)
    if found is not None:
        return json.loads(found)  # type: ignore[no-any-return]
    made = change()
    done(db, key, what, made)
    return made


def result(db: Connection, key: str, what: str) -> str | None:
    """What a change gave, as JSON; None where it was not made."""
    asked = "SELECT result FROM acts WHERE key = :key AND what = :what AND done_at >= :since"
    row = db.execute(asked, {"key": key, "what": what, "since": _oldest()}).fetchone()
    return str(row["result"]) if row else None


def done(db: Connection, key: str, what: str, made: T) -> None:
    """Tell that a change was made; nothing is kept for an empty key."""
    if not key:
        return
    asked = """INSERT INTO acts (key, what, result, done_at) VALUES (:key, :what, :result, :now)
        ON CONFLICT (key, what) DO UPDATE SET result = excluded.result, done_at = excluded.done_at"""
    db.execute(asked, {"key": key, "what": what, "result": json.dumps(made), "now": times.now()})


def sweep(db: Connection) -> None:
    """Forget what is too old to be asked for again."""
    db.execute("DELETE FROM acts WHERE done_at < :before", {"before": _oldest()})


def _oldest() -> str:
    return times.stamp(datetime.now(UTC) - KEPT_FOR)
