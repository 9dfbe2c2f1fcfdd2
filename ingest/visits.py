"""Visits sites as a polite guest: with a pause between requests at one host, and only where its robots.txt allows."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Protocol

from yarl import URL

from ingest import robots
from ingest.addresses import Allowed, is_public
from ingest.errors import IngestError
from ingest.fetch import FEED_KINDS, KINDS, Fetched, Response, ask, fetch
from ingest.robots import Rules

SPACING_SECONDS = 4.0
"""Between two requests at one host that nobody waits for."""


class Kept(Protocol):
    """Where the rules of hosts are kept over a restart."""

    def rules(self, host: str) -> tuple[str | None, datetime, datetime | None] | None:
        """Text, asked at, failing since."""

    def keep_rules(self, host: str, text: str | None, asked_at: datetime, failing_since: datetime | None) -> None:
        """The same to be kept."""


class Visits:
    """The visits of one process; safe to use from many threads and event loops."""

    def __init__(
        self,
        kept: Kept,
        *,
        spacing: float = SPACING_SECONDS,
        allowed: Allowed = is_public,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``spacing`` is in seconds; only tests give another ``allowed`` and ``clock``."""
        self._kept, self._spacing, self._allowed, self._clock = kept, spacing, allowed, clock
        self._free_at: dict[str, float] = {}  # by monotonic time
        self._lock = threading.Lock()

    async def feed(self, link: str, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
        """Ask for a feed, or for a page that may name one. Raises IngestError where there is no answer."""
        return await ask(link, headers=headers, before=self._turn, allowed=self._allowed)

    async def link(self, link: str) -> Fetched:
        """What a person asks for by its link, at once. Raises IngestError."""
        return await fetch(link, kinds=KINDS.keys() | FEED_KINDS, allowed=self._allowed)

    async def page(self, link: str) -> Fetched:
        """An article's page. Raises IngestError, also where robots.txt forbids it or that could not be had."""
        answer = await ask(link, kinds=KINDS.keys() | FEED_KINDS, before=self._permitted, allowed=self._allowed)
        return answer.checked()

    async def _permitted(self, url: URL) -> None:
        """Ahead of each request for a page, redirects included. Raises IngestError."""
        rules = await self._rules(url)
        if not rules.allows(str(url), self._clock()):
            raise IngestError("The site's robots.txt does not allow programs to fetch this page.")
        await self._turn(url, rules.delay())

    async def _rules(self, url: URL) -> Rules:
        host, now = str(url.origin()), self._clock()
        row = await asyncio.to_thread(self._kept.rules, host)
        known = Rules(*row) if row else None
        if known is not None and known.is_fresh(now):
            return known
        answer: Response | IngestError
        try:
            answer = await ask(robots.address(url), before=self._turn, allowed=self._allowed)
        except IngestError as error:
            answer = error
        new = robots.answered(answer, known, now)
        await asyncio.to_thread(self._kept.keep_rules, host, new.text, new.asked_at, new.failing_since)
        return new

    async def _turn(self, url: URL, pause: float = 0.0) -> None:
        """Wait until the host may be asked again, and take that turn; later callers come after it."""
        now = time.monotonic()
        with self._lock:
            if len(self._free_at) > 1_000:
                self._free_at = {host: at for host, at in self._free_at.items() if at > now}
            host = str(url.origin())
            at = max(now, self._free_at.get(host, now))
            self._free_at[host] = at + max(pause, self._spacing)
        await asyncio.sleep(at - now)
