"""A site with a feed and its articles, a bot's part that follows it, and a clock that tests turn."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import ingest
from analysis.model import Reading
from bot.feed_poll import Poller
from ingest.visits import Visits
from ingest.worker import Loaded, Work
from store import Store
from store.feed_rows import Followed
from tests.ingest.sites import WebSite, only_home

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SENTENCES = "The {0} bridge of the town was closed on Monday after a crack was found in it.\n\nTraffic of {0} waits."


def quick(work: Work) -> Loaded:
    """Clean like the real thing but read nothing, which needs no parser."""
    return Loaded(ingest.clean_work(work), Reading())


def rss(*items: str, title: str = "Norrvik Courier") -> str:
    """A feed."""
    return f'<rss version="2.0"><channel><title>{title}</title><link>/</link>{"".join(items)}</channel></rss>'


def item(name: str, **fields: str) -> str:
    """One item, with a link to a page of its own."""
    given = {"title": f"Bridge {name}", "link": f"/story/{name}", "guid": f"id-{name}"} | fields
    return "<item>" + "".join(f"<{key}>{value}</{key}>" for key, value in given.items() if value) + "</item>"


def page(name: str) -> str:
    """The page of an article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in SENTENCES.format(name).split("\n\n") * 2)
    return f"<html><head><title>Bridge {name}</title></head><body><h1>Bridge {name}</h1>{paragraphs}</body></html>"


def gives_feed(site: WebSite, names: Sequence[str], **headers: str) -> None:
    """Let a site have a feed of articles, and their pages."""
    site.now_gives("/feed", rss(*map(item, names)), Content_Type="application/rss+xml", **headers)  # type: ignore[arg-type]
    for name in names:
        site.now_gives(f"/story/{name}", page(name))


@dataclass
class Reader:
    """Who polls one feed of a site."""

    store: Store
    site: WebSite
    chat: str = "terminal"
    now: datetime = NOW
    made: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visits = Visits(self.store.robots, spacing=0, allowed=only_home, clock=lambda: self.now)
        chance = random.Random(1)
        self.poller = Poller(self.store, self.visits, self.chat, clock=lambda: self.now, chance=chance)

    def follows(self, path: str = "/feed") -> Followed:
        """Follow a feed of the site."""
        return self.store.feeds.follow(self.site.link(path), by="7", now=self.now)[0]

    async def polls(self) -> list[str]:
        """Poll what is due; the titles of the items that were made a load."""
        found: list[str] = []
        while (feed := await self.poller.next_due()) is not None:
            job_id = await self.poller.poll(feed)
            self.made.append(job_id)
            job = self.store.job(job_id) if job_id is not None else None
            found += [each.label for each in job.items] if job else []
        return found

    async def polls_after(self, **time: float) -> list[str]:
        """The same after some time."""
        self.now += timedelta(**time)
        return await self.polls()

    def feed(self, number: int = 1) -> Followed:
        """A feed as it is now."""
        found = self.store.feeds.one(number, self.now)
        assert found
        return found


async def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to hold."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds
        await asyncio.sleep(0.05)
