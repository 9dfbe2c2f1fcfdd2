"""Begins to follow feeds: by an address, which may be that of a page that names its feeds, or by a list of feeds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.feed_poll import LEASE, Poller
from bot.wording import one_line
from handlers import feeds as listing
from handlers.typed import count
from ingest import discovery, feeds, opml
from ingest.errors import IngestError
from ingest.feeds import Feed
from ingest.fetch import Response
from ingest.visits import Visits
from store import Store
from store.feed_rows import FeedState

SPREAD = timedelta(seconds=20)
"""Between the first polls of two feeds of a list."""

NO_FEED = "The page names no feed, and there is none at the customary addresses. Is there a link to one on the site?"
NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    feed: Feed
    response: Response


async def follow(link: str, store: Store, visits: Visits, chat: str, by: str) -> tuple[str, int | None]:
    """Follow the feed at a link, or that of the page there; what came of it, and the load of its first items.

    Raises IngestError and StoreError.
    """
    found = await _find(link, visits)
    now = datetime.now(UTC)
    title, site = one_line(found.feed.title, NAME_LENGTH), found.feed.site
    before = await asyncio.to_thread(store.feeds.at, found.url, now)
    feed, new = await asyncio.to_thread(
        store.feeds.follow, found.url, title=title, site=site, by=by, now=now, due=now + LEASE
    )
    if not new:
        stopped = before is not None and before.state is not FeedState.FOLLOWED
        return f"{one_line(feed.name, NAME_LENGTH)}: is followed {'again' if stopped else 'already'}", None
    job_id = await Poller(store, visits, chat).take(feed, found.response)
    job = store.job(job_id) if job_id is not None else None
    first = f"; its newest {count(len(job.items), 'item')} will be loaded" if job else "; it has no items yet"
    return f"{one_line(feed.name, NAME_LENGTH)}: is followed now{first}", job_id


async def follow_all(content: bytes, store: Store, by: str) -> str:
    """Follow the feeds of a list, polled one after the other; what came of it. Raises IngestError and StoreError."""
    listed = opml.read(content)
    now, new, left_out = datetime.now(UTC), 0, 0
    followed = {each.url for each in await asyncio.to_thread(store.feeds.every, now)}
    for each in listed:
        if each.url not in followed and len(followed) + new >= listing.MOST:
            left_out += 1
            continue
        title, due = one_line(each.title, NAME_LENGTH), now + new * SPREAD
        add = partial(store.feeds.follow, each.url, title=title, site=each.site, by=by, now=now, due=due)
        new += (await asyncio.to_thread(add))[1]
    known = len(listed) - new - left_out
    told = [f"{count(new, 'feed')} of the list {'is' if new == 1 else 'are'} followed now"]
    told += [f"{known:,} {'was' if known == 1 else 'were'} followed already"] if known else []
    limit = f"as at most {listing.MOST:,} feeds are followed"
    told += [f"{left_out:,} {'was' if left_out == 1 else 'were'} left out, {limit}"] if left_out else []
    return "; ".join(told)


async def _find(link: str, visits: Visits) -> _Found:
    """The feed at a link, else the first one that the page there names, else one at a customary address."""
    response = await visits.feed(link)
    page = response.checked()
    if feeds.kind_of(page.content) == "opml":
        raise IngestError("It is a list of feeds; save it, and send it with /feeds import.")
    if feeds.kind_of(page.content) in ("feed", "json"):
        return await _read(link, response)
    named = discovery.links_in(page.content, page.url, page.charset)
    if not named and page.media_type not in ("text/html", "application/xhtml+xml"):
        raise IngestError(feeds.NOT_A_FEED)
    why: IngestError | None = None
    for each in named or discovery.customary(page.url):
        try:
            return await _read(each, await visits.feed(each))
        except IngestError as error:
            why = error
    if named:
        raise IngestError(f"The page names a feed, {one_line(named[0], NAME_LENGTH)}, which cannot be read: {why}")
    raise IngestError(NO_FEED)


async def _read(link: str, response: Response) -> _Found:
    page = response.checked()
    feed = await asyncio.to_thread(
        feeds.read, page.content, url=page.url, media_type=page.media_type, charset=page.charset
    )
    return _Found(response.moved or link, feed, response)
