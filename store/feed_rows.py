"""Says how a followed feed is: what its row holds, and how many articles a day it brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from sqlite3 import Row

HEALTH_DAYS = 7
"""Articles a day are counted over so many days, or since the feed is followed."""


class FeedState(StrEnum):
    """What is done about a feed."""

    FOLLOWED = "followed"
    PAUSED = "paused"  # by an admin
    GONE = "gone"  # the site says so (410)


@dataclass(frozen=True, slots=True)
class Followed:
    """One feed as the store has it.

    ``etag`` and ``last_modified`` are as the site sent them, ``pace`` the seconds between polls that it asks for.
    ``failures`` are polls in a row that failed, ``renamed`` those in which items known before had new names. ``a_day``
    are articles loaded a day, ``not_loaded`` the items of the last week that could not be.
    """

    id: int
    url: str
    title: str
    site: str | None
    state: FeedState
    added_at: datetime
    etag: str | None
    last_modified: str | None
    body_hash: bytes | None
    pace: float | None
    polled_at: datetime | None
    succeeded_at: datetime | None
    failing_since: datetime | None
    failures: int
    renamed: int
    error: str
    next_at: datetime
    untold: str
    a_day: float
    not_loaded: int

    @property
    def name(self) -> str:
        """Its title, or its address where it has none."""
        return self.title or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll that succeeded found out; where ``url``, ``title`` or ``site`` is None, it stays as it is."""

    url: str | None = None
    title: str | None = None
    site: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    pace: float | None = None
    renamed: int = 0


def followed(row: Row, now: datetime) -> Followed:
    """A feed from its row with the counts of its last week; ``now`` says since when it is followed."""
    added = datetime.fromisoformat(row["added_at"])
    week = now.astimezone(UTC).replace(hour=0, minute=0) - timedelta(days=HEALTH_DAYS - 1)
    days = max((now - max(added, week)) / timedelta(days=1), 1.0)
    return Followed(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        site=row["site"],
        state=FeedState(row["state"]),
        added_at=added,
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        pace=row["pace"],
        polled_at=_moment(row, "polled_at"),
        succeeded_at=_moment(row, "succeeded_at"),
        failing_since=_moment(row, "failing_since"),
        failures=row["failures"],
        renamed=row["renamed"],
        error=row["error"],
        next_at=datetime.fromisoformat(row["next_at"]),
        untold=row["untold"],
        a_day=row["loaded"] / days,
        not_loaded=row["not_loaded"],
    )


def _moment(row: Row, name: str) -> datetime | None:
    return datetime.fromisoformat(row[name]) if row[name] else None
