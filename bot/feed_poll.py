"""One poll of one feed: asks only for what is new, and makes a load of it in the same step that remembers it."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from bot.wording import one_line
from ingest import entries, feed_pace, feeds
from ingest.entries import Item
from ingest.errors import IngestError
from ingest.feeds import Feed
from ingest.fetch import FEED_ACCEPT, Response
from ingest.visits import Visits
from store import Store
from store.feed_rows import FeedState, Followed, Polled

KIND = "entry"
"""The kind of the items of its loads."""

CHAT = "feeds"
"""The chat of loads that nobody waits for; those of a terminal belong to that."""

MOST_FIRST, MOST_LATER = 10, 100
"""Most items that a first poll loads, and any later one; older ones are passed over."""

LEASE = timedelta(minutes=10)
"""For so long no other process polls a feed that is being polled."""

TOLD_AFTER = timedelta(days=3)
"""Admins are told of a feed that has failed for so long."""

RENAMED_WITHIN = timedelta(days=2)
RENAMED_LEAST = 5
LABEL_LENGTH = 120
LONGEST_HEADER = 1_000
GONE = "The site says that this feed is gone for good (410). It is polled no more."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The items of a feed that was read: ``new`` ones to load, all others to pass over."""

    feed: Feed
    new: Sequence[Item]
    old: Sequence[Item]
    renamed: bool


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Poller:
    """Polls the feeds of one store; the loads that it makes belong to ``chat``."""

    def __init__(
        self,
        store: Store,
        visits: Visits,
        chat: str,
        *,
        threads: Executor | None = None,
        clock: Callable[[], datetime] = utc_now,
        chance: random.Random | None = None,
    ) -> None:
        """``threads`` read feeds, which takes seconds for the largest: the event loop's own without any.

        Only tests give another ``clock`` and ``chance``.
        """
        self._store, self._visits, self._chat, self._clock = store, visits, chat, clock
        self._threads = threads
        self._chance = chance or random.Random()  # noqa: S311 - nothing secret

    async def next_due(self) -> Followed | None:
        """A feed that is due, for this process alone; None where none is."""
        return await self._beside(self._store.feeds.claim, self._clock(), LEASE)

    async def poll(self, feed: Followed) -> int | None:
        """Ask a feed for what is new, and keep what came of it; the load that was made. Raises StoreError."""
        headers = {"Accept": FEED_ACCEPT}
        headers |= {"If-None-Match": feed.etag} if feed.etag else {}
        headers |= {"If-Modified-Since": feed.last_modified} if feed.last_modified else {}
        try:
            response = await self._visits.feed(feed.url, headers)
        except IngestError as error:
            await self._failed(feed, str(error))
            return None
        return await self.take(feed, response)

    async def take(self, feed: Followed, response: Response) -> int | None:
        """Keep what a feed answered; the load of its new items. Raises StoreError."""
        now, headers = self._clock(), response.headers
        if response.status == HTTPStatus.GONE:
            await self._beside(self._store.feeds.stop, feed.id, FeedState.GONE, GONE, now=now)
            return None
        if response.status == HTTPStatus.NOT_MODIFIED:
            next_at = feed_pace.after_success(now, feed_pace.pace(feed.pace, headers), self._chance)
            await self._beside(self._store.feeds.unchanged, feed.id, now=now, next_at=next_at)
            return None
        try:
            return await self._changed(feed, response)
        except IngestError as error:
            await self._failed(feed, str(error), response)
            return None

    async def _changed(self, feed: Followed, response: Response) -> int | None:
        page, now = response.checked(), self._clock()
        if await self._is_elsewhere(feed, response):
            return None
        digest = hashlib.sha256(page.content).digest()
        same = digest == feed.body_hash
        found = None if same else await self._beside(self._sorted, feed, response)
        stated = feed.pace if found is None else found.feed.pace
        polled = Polled(
            url=response.moved,
            title=one_line(found.feed.title, LABEL_LENGTH) or None if found else None,
            site=found.feed.site if found else None,
            etag=_kept(response.headers.get("etag")),
            last_modified=_kept(response.headers.get("last-modified")),
            body_hash=digest,
            pace=stated,
            renamed=feed.renamed + 1 if found and found.renamed else 0,
        )
        next_at = feed_pace.after_success(now, feed_pace.pace(stated, response.headers), self._chance)
        return await self._beside(self._keep, feed, polled, found, next_at)

    async def _beside(self, call: Callable[..., T], *given: object, **more: object) -> T:
        """Call something beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(call, *given, **more))

    def _sorted(self, feed: Followed, response: Response) -> _Sorted:
        """The feed read, and its items told apart. Raises IngestError."""
        page = response.page
        read = feeds.read(page.content, url=page.url, media_type=page.media_type, charset=page.charset)
        items = entries.items_of(read, page.url, feed.id)
        known = self._store.feeds
        new = known.new_of(feed.id, [item.keys for item in items])
        recent = feed.succeeded_at is not None and self._clock() - feed.succeeded_at < RENAMED_WITHIN
        renamed = recent and all(new) and len(items) >= RENAMED_LEAST
        if renamed:  # where old items come under new names, only new titles are new
            new = [not names or fresh for names, fresh in self._by_names(feed, items)]
            renamed = not all(new)
        most = MOST_LATER if feed.succeeded_at else MOST_FIRST
        wanted = [item for item, is_new in zip(items, new, strict=True) if is_new][:most]
        chosen = set(map(id, wanted))
        return _Sorted(read, wanted, [item for item in items if id(item) not in chosen], renamed)

    def _by_names(self, feed: Followed, items: Sequence[Item]) -> list[tuple[tuple[bytes, ...], bool]]:
        names = [entries.names_of(item) for item in items]
        return list(zip(names, self._store.feeds.new_of(feed.id, names), strict=True))

    def _keep(self, feed: Followed, polled: Polled, found: _Sorted | None, next_at: datetime) -> int | None:
        """First what is passed over, then, in one transaction, all that belongs together."""
        now = self._clock()
        if found is None:
            return self._store.feeds.succeeded(feed.id, polled, now=now, next_at=next_at)
        self._store.feeds.pass_over(feed.id, [(*each.keys, *entries.names_of(each)) for each in found.old], now)
        return self._store.feeds.succeeded(
            feed.id,
            polled,
            now=now,
            next_at=next_at,
            chat=self._chat,
            load=[(KIND, _label(item), item.work().content) for item in reversed(found.new)],
            keys=[(*item.keys, *entries.names_of(item)) for item in reversed(found.new)],
        )

    async def _is_elsewhere(self, feed: Followed, response: Response) -> bool:
        """Whether a feed has moved to an address that is followed already; it is then polled no more."""
        moved = response.moved
        other = await self._beside(self._store.feeds.at, moved, self._clock()) if moved else None
        if other is None or other.id == feed.id:
            return False
        why = f"It has moved to {moved}, which is followed already. It is polled no more."
        await self._beside(self._store.feeds.stop, feed.id, FeedState.GONE, why, now=self._clock())
        return True

    async def _failed(self, feed: Followed, why: str, response: Response | None = None) -> None:
        now, headers = self._clock(), response.headers if response else {}
        usual = feed_pace.pace(feed.pace, {})
        next_at = feed_pace.after_failure(now, usual, feed.failures, headers, self._chance)
        since, before = feed.failing_since or now, feed.polled_at or now
        tell = f"It has failed for {TOLD_AFTER.days} days: {why}" if before - since < TOLD_AFTER <= now - since else ""
        await self._beside(self._store.feeds.failed, feed.id, why, now=now, next_at=next_at, tell=tell)


def _kept(value: str | None) -> str | None:
    """What a server sent, to be sent back verbatim; nothing where it cannot be sent."""
    if not value or len(value) > LONGEST_HEADER or not value.isprintable():
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        return None
    return value


def _label(item: Item) -> str:
    return one_line(item.entry.title or item.entry.link or "item", LABEL_LENGTH)
