"""Keeps the feeds that are followed and how each of them is, so that a restart repeats nothing and forgets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from store import feed_items, jobs, times
from store.connections import Connection, Connections
from store.feed_rows import HEALTH_DAYS, FeedState, Followed, Polled, followed

JOBS_KEPT = timedelta(days=7)
"""Loads of feeds are forgotten after this time, or there would be thousands of them."""

ASKED_BY = "feeds"
"""Who asks for the articles of feeds."""

Items = Sequence[tuple[str, str, bytes]]
Keys = Sequence[bytes]

_COLUMNS = """
    SELECT feeds.*,
        (SELECT coalesce(sum(loaded), 0) FROM feed_days WHERE feed_id = feeds.id AND day > :week) AS loaded,
        (SELECT coalesce(sum(failed), 0) FROM feed_days WHERE feed_id = feeds.id AND day > :week) AS not_loaded
    FROM feeds
"""


class Feeds:
    """The feeds of one store; safe to use from many threads."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections

    def follow(
        self, url: str, *, title: str = "", site: str | None = None, by: str, now: datetime, due: datetime | None = None
    ) -> tuple[Followed, bool]:
        """Follow a feed, polled first when it is ``due`` (now); whether it is new. One that was stopped goes on."""
        values = {"url": url, "title": title, "site": site, "by": by, "now": times.stamp(now)}
        made = """INSERT INTO feeds (url, title, site, state, added_by, added_at, next_at)
            VALUES (:url, :title, :site, 'followed', :by, :now, :due)"""
        again = """UPDATE feeds SET state = 'followed', next_at = :now, failures = 0, renamed = 0
            WHERE url = :url AND state <> 'followed'"""
        with self._db.writing() as db:
            new = db.execute("SELECT id FROM feeds WHERE url = :url", values).fetchone() is None
            db.execute(made if new else again, {**values, "due": times.stamp(due or now)})
            return _one(db, now, "url = :url", url=url), new

    def every(self, now: datetime) -> list[Followed]:
        """All feeds, those that fail first, then by name."""
        with self._db.reading() as db:
            rows = [followed(row, now) for row in db.execute(_COLUMNS, _week(now)).fetchall()]
        return sorted(rows, key=lambda each: (not each.error, each.name.casefold(), each.id))

    def one(self, feed_id: int, now: datetime) -> Followed | None:
        """One feed."""
        with self._db.reading() as db:
            row = db.execute(f"{_COLUMNS} WHERE id = :id", {"id": feed_id, **_week(now)}).fetchone()
        return followed(row, now) if row else None

    def at(self, url: str, now: datetime) -> Followed | None:
        """The feed of an address."""
        with self._db.reading() as db:
            row = db.execute(f"{_COLUMNS} WHERE url = :url", {"url": url, **_week(now)}).fetchone()
        return followed(row, now) if row else None

    def drop(self, feed_id: int) -> bool:
        """Follow a feed no longer; its articles stay. Whether it was there."""
        with self._db.writing() as db:
            return db.execute("DELETE FROM feeds WHERE id = :id RETURNING id", {"id": feed_id}).fetchone() is not None

    def pause(self, feed_id: int) -> None:
        """Poll a feed no more until it is resumed."""
        with self._db.writing() as db:
            asked = "UPDATE feeds SET state = 'paused' WHERE id = :id AND state = 'followed'"
            db.execute(asked, {"id": feed_id})

    def resume(self, feed_id: int, now: datetime) -> None:
        """Poll a feed again, beginning now; also one that is followed already."""
        asked = """UPDATE feeds SET state = 'followed', next_at = :now, renamed = 0, failures = 0, error = '',
            failing_since = NULL WHERE id = :id"""
        with self._db.writing() as db:
            db.execute(asked, {"id": feed_id, "now": times.stamp(now)})

    def claim(self, now: datetime, lease: timedelta) -> Followed | None:
        """The feed that has been due for longest, which nobody else gets within the ``lease``; None for none."""
        due = """SELECT id FROM feeds WHERE state = 'followed' AND next_at <= :now ORDER BY next_at, id LIMIT 1"""
        values = {"now": times.stamp(now), "until": times.stamp(now + lease)}
        with self._db.reading() as db:
            if db.execute(due, values).fetchone() is None:
                return None
        taken = "UPDATE feeds SET next_at = :until WHERE id = :id"
        with self._db.writing() as db:
            row = db.execute(due, values).fetchone()
            if row is None:
                return None
            db.execute(taken, {**values, "id": row["id"]})
            return _one(db, now, "id = :id", id=row["id"])

    def next_due(self) -> datetime | None:
        """When the next poll is due, None where nothing is followed."""
        with self._db.reading() as db:
            row = db.execute("SELECT min(next_at) AS next FROM feeds WHERE state = 'followed'").fetchone()
        return datetime.fromisoformat(row["next"]) if row["next"] else None

    def new_of(self, feed_id: int, items: Sequence[Keys]) -> list[bool]:
        """For each item whether it is new: none of its keys is known, or loading it failed and is to be tried again."""
        with self._db.reading() as db:
            return feed_items.new_of(db, feed_id, items)

    def pass_over(self, feed_id: int, items: Sequence[Keys], now: datetime) -> None:
        """Take items for known without loading them; those that are known are known for longer."""
        feed_items.know_all(self._db, feed_id, items, now)

    def succeeded(
        self,
        feed_id: int,
        found: Polled,
        *,
        now: datetime,
        next_at: datetime,
        chat: str = "",
        load: Items = (),
        keys: Sequence[Keys] = (),
    ) -> int | None:
        """Keep a poll that worked, and with it, in one transaction, the load of its new items; the id of that.

        ``keys`` are those of the items to ``load``. Nothing is kept of a feed that was dropped meanwhile.
        """
        job_id = jobs.make(self._db, chat, ASKED_BY, load) if load else None
        values = {
            "id": feed_id,
            "url": found.url,
            "title": found.title,
            "site": found.site,
            "etag": found.etag,
            "modified": found.last_modified,
            "hash": found.body_hash,
            "pace": found.pace,
            "renamed": found.renamed,
            "now": times.stamp(now),
            "next": times.stamp(next_at),
        }
        asked = """UPDATE feeds SET title = coalesce(:title, title), site = coalesce(:site, site), etag = :etag,
            last_modified = :modified, body_hash = :hash, pace = :pace, renamed = :renamed,
            succeeded_at = :now, polled_at = :now, failing_since = NULL, failures = 0, error = '', next_at = :next
            WHERE id = :id RETURNING id"""
        moved = "UPDATE OR IGNORE feeds SET url = :url WHERE id = :id AND :url IS NOT NULL"
        with self._db.writing() as db:
            if db.execute(asked, values).fetchone() is None:
                return None
            db.execute(moved, {"id": feed_id, "url": found.url})
            feed_items.know(db, feed_id, [key for each in keys for key in each], now)
            _forget_old(db, now)
            if job_id is not None:
                jobs.release(db, job_id)
        return job_id

    def unchanged(self, feed_id: int, *, now: datetime, next_at: datetime) -> None:
        """Keep that a poll found nothing new."""
        asked = """UPDATE feeds SET succeeded_at = :now, polled_at = :now, failing_since = NULL, failures = 0,
            renamed = 0, error = '', next_at = :next WHERE id = :id"""
        with self._db.writing() as db:
            db.execute(asked, {"id": feed_id, "now": times.stamp(now), "next": times.stamp(next_at)})

    def failed(self, feed_id: int, error: str, *, now: datetime, next_at: datetime, tell: str = "") -> None:
        """Keep that a poll failed; ``tell`` is what admins are to be told of it."""
        asked = """UPDATE feeds SET polled_at = :now, failing_since = coalesce(failing_since, :now), error = :error,
            failures = failures + 1, next_at = :next, untold = CASE WHEN :tell = '' THEN untold ELSE :tell END
            WHERE id = :id"""
        values = {"id": feed_id, "error": error, "now": times.stamp(now), "next": times.stamp(next_at), "tell": tell}
        with self._db.writing() as db:
            db.execute(asked, values)

    def stop(self, feed_id: int, state: FeedState, why: str, *, now: datetime) -> None:
        """Poll a feed no more, for a reason that admins are told once."""
        asked = """UPDATE feeds SET state = :state, error = :why, polled_at = :now, untold = :why,
            failing_since = coalesce(failing_since, :now) WHERE id = :id AND state = 'followed'"""
        with self._db.writing() as db:
            db.execute(asked, {"id": feed_id, "state": state.value, "why": why, "now": times.stamp(now)})

    def untold(self, now: datetime) -> list[Followed]:
        """Feeds of which admins are to be told something."""
        with self._db.reading() as db:
            return [followed(row, now) for row in db.execute(f"{_COLUMNS} WHERE untold <> ''", _week(now)).fetchall()]

    def told(self, feed_id: int, what: str) -> None:
        """Keep that admins were told ``what`` was untold; what came up meanwhile is still to be told."""
        with self._db.writing() as db:
            asked = "UPDATE feeds SET untold = '' WHERE id = :id AND untold = :what"
            db.execute(asked, {"id": feed_id, "what": what})

    def loaded(self, feed_id: int, now: datetime) -> None:
        """Count an article that a feed brought."""
        with self._db.writing() as db:
            _count(db, feed_id, "loaded", now)

    def not_loaded(self, feed_id: int, keys: Keys, now: datetime) -> None:
        """Count an item that could not be loaded; it is new again at the next poll, which gets the whole feed."""
        with self._db.writing() as db:
            feed_items.failed(db, feed_id, keys)
            whole = "UPDATE feeds SET etag = NULL, last_modified = NULL, body_hash = NULL WHERE id = :id"
            db.execute(whole, {"id": feed_id})
            _count(db, feed_id, "failed", now)


def _one(db: Connection, now: datetime, where: str, **values: object) -> Followed:
    return followed(db.execute(f"{_COLUMNS} WHERE {where}", {**values, **_week(now)}).fetchone(), now)


def _week(now: datetime) -> dict[str, str]:
    return {"week": _day(now - timedelta(days=HEALTH_DAYS))}


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()


def _count(db: Connection, feed_id: int, what: str, now: datetime) -> None:
    asked = f"""INSERT INTO feed_days (feed_id, day, {what}) SELECT id, :day, 1 FROM feeds WHERE id = :id
        ON CONFLICT (feed_id, day) DO UPDATE SET {what} = feed_days.{what} + 1"""  # noqa: S608 - one of two columns
    db.execute(asked, {"id": feed_id, "day": _day(now)})


def _forget_old(db: Connection, now: datetime) -> None:
    """Ended loads of feeds, and counts that nobody is shown any more."""
    before = {"before": times.stamp(now - JOBS_KEPT), "by": ASKED_BY, "day": _day(now - timedelta(days=60))}
    db.execute(
        "DELETE FROM jobs WHERE asked_by = :by AND state IN ('done', 'failed', 'cancelled') AND made_at < :before",
        before,
    )
    db.execute("DELETE FROM feed_days WHERE day < :day", before)
