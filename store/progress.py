"""Keeps how far an item of a load is, in the same write as its article: after a sudden end nothing is done twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from sqlite3 import Row

from store.connections import Connection, Connections
from store.model import Added, JobState

ONE_CHUNK = 1  # of a payload is erased with the end of its item; more take longer than a write may


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an item with many sources is.

    ``reached`` counts the sources that are over, ``place`` names the last of them, ``total`` is 0 where it is not
    known. ``first`` are the first failures with their reasons, ``reasons`` how often there was each; ``stories`` are
    the stories that articles came into, three at most, ``message`` and ``article_id`` are of the last article.
    """

    reached: int = 0
    place: str = ""
    total: int = 0
    loaded: int = 0
    failed: int = 0
    first: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = ()
    stories: tuple[int, ...] = ()
    message: str = ""
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """An item is as far as the tally says."""

    item_id: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Over:
    """An item is over."""

    item_id: int
    state: JobState
    message: str
    article_id: int | None


Step = Callable[[Added], Reached | Over]
TOLD = ("first", "reasons", "remarks", "stories", "message", "article_id")


class Progress:
    """How far the items of loads are."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections

    def of(self, item_id: int) -> Tally:
        """The tally of an item, an empty one for an item that was not begun."""
        with self._db.reading() as db:
            row = db.execute("SELECT * FROM item_progress WHERE item_id = :id", {"id": item_id}).fetchone()
        return _tally(row) if row else Tally()

    def put(self, item_id: int, tally: Tally) -> None:
        """Keep a tally, where no article is stored with it."""
        with self._db.writing() as db:
            record(db, Reached(item_id, tally))


def _tally(row: Row) -> Tally:
    told = json.loads(row["told"])
    return Tally(
        row["reached"],
        row["place"],
        row["total"],
        row["loaded"],
        row["failed"],
        first=tuple((name, reason) for name, reason in told["first"]),
        reasons=tuple((reason, count) for reason, count in told["reasons"]),
        remarks=tuple(told["remarks"]),
        stories=tuple(told["stories"]),
        message=told["message"],
        article_id=told["article_id"],
    )


def record(db: Connection, step: Reached | Over) -> None:
    """Keep what became of an item. One that was unloaded or cancelled meanwhile stays as it is."""
    if isinstance(step, Over):
        _end(db, step)
        return
    told = asdict(step.tally)
    values = {**told, "item": step.item_id, "told": json.dumps({name: told[name] for name in TOLD})}
    kept = """INSERT INTO item_progress (item_id, reached, place, total, loaded, failed, told)
        SELECT id, :reached, :place, :total, :loaded, :failed, :told FROM job_items WHERE id = :item
        ON CONFLICT (item_id) DO UPDATE SET reached = excluded.reached, place = excluded.place,
            total = excluded.total, loaded = excluded.loaded, failed = excluded.failed, told = excluded.told"""
    db.execute(kept, {name: value for name, value in values.items() if name not in TOLD or name == "told"})


def _end(db: Connection, step: Over) -> None:
    ended = """UPDATE job_items SET state = :state, message = :message, article_id = :article
        WHERE id = :id AND state IN ('waiting', 'running') RETURNING id"""
    values = {"id": step.item_id, "state": step.state, "message": step.message, "article": step.article_id}
    if db.execute(ended, values).fetchone() is None:
        return
    chunks = db.execute("SELECT count(*) AS n FROM payloads WHERE item_id = :id", values).fetchone()["n"]
    if chunks <= ONE_CHUNK:
        db.execute("DELETE FROM payloads WHERE item_id = :id", values)
