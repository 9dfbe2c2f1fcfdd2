"""Follows feeds beside everything else that the bot does: polls what is due, runs their loads, tells admins."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.feed_poll import CHAT, Poller, utc_now
from bot.jobs import Loader
from handlers.answer import Answer, Next, Note
from handlers.question import Question
from store import Store
from store.feed_rows import FeedState, Followed
from store.model import Job

TICK_SECONDS = 5.0
POLLS_AT_ONCE = 4
LOADS_AT_ONCE = 3
"""Loads of several feeds go on together, as each waits most of the time for its site's next turn."""

log = logging.getLogger(__name__)

Tell = Callable[[Answer], Awaitable[None]]


class FeedJobs:
    """What a bot that runs for long does about feeds."""

    def __init__(self, store: Store, loader: Loader, tell: Tell, *, tick: float | None = None) -> None:
        """``loader`` is for the loads of feeds alone, ``tell`` sends an answer to the admins; ``tick`` in seconds."""
        self._store, self._loader, self._tell, self._tick = store, loader, tell, tick or TICK_SECONDS
        self._threads = ThreadPoolExecutor(LOADS_AT_ONCE, "feeds")
        self._readers = ThreadPoolExecutor(POLLS_AT_ONCE, "polls")  # a large feed would keep one that answers have
        self._poller = Poller(store, loader.visits, CHAT, threads=self._readers)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._polls: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with the loads that an earlier run left open."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End within seconds; what is not done is done by the next run."""
        self._loader.stop()
        tasks = [task for task in (self._task, *self._polls) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        for each in (self._threads, self._readers):
            each.shutdown(wait=False)

    async def _work(self) -> None:
        while True:
            try:
                await self._poll_due()
                await self._run_loads()
                await self._tell_admins()
            except Exception:
                log.exception("Feeds were not seen to")
            await asyncio.sleep(self._tick)

    async def _poll_due(self) -> None:
        while len(self._polls) < POLLS_AT_ONCE:
            feed = await self._poller.next_due()
            if feed is None:
                return
            task = asyncio.create_task(self._poll(feed))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)

    async def _poll(self, feed: Followed) -> None:
        try:
            await self._poller.poll(feed)
        except Exception:
            log.exception("A feed was not polled")

    async def _run_loads(self) -> None:
        if len(self._running) >= LOADS_AT_ONCE:
            return
        for job in await asyncio.to_thread(self._store.open_jobs):
            if job.chat == CHAT and job.id not in self._running and len(self._running) < LOADS_AT_ONCE:
                self._running[job.id] = asyncio.create_task(self._run(job.id))

    async def _run(self, job_id: int) -> None:
        try:
            loop = asyncio.get_running_loop()
            job: Job | None = await loop.run_in_executor(
                self._threads, partial(self._loader.run, job_id, lambda step: None)
            )
            log.info("load of a feed %s: %s", job_id, job.state.value if job else "gone")
        except Exception:
            log.exception("A load of a feed was not run")
        finally:
            self._running.pop(job_id, None)

    async def _tell_admins(self) -> None:
        for feed in await asyncio.to_thread(self._store.feeds.untold, utc_now()):
            await self._tell(told_of(feed))
            await asyncio.to_thread(self._store.feeds.told, feed.id, feed.untold)


def told_of(feed: Followed) -> Answer:
    """What admins are told of a feed that needs them."""
    heading = "A feed has ended" if feed.state is FeedState.GONE else "A feed does not work"
    ways = (
        Next("This feed", Question(command="feeds", words=str(feed.id))),
        Next("All feeds", Question(command="feeds")),
    )
    return Answer(heading, (Note(f"{feed.name}: {feed.untold}"),), ways)


async def poll_once(store: Store, loader: Loader, chat: str) -> list[tuple[Followed, int | None]]:
    """Poll all that is due, several feeds at a time; each with the load that it made. Raises StoreError."""
    poller, done = Poller(store, loader.visits, chat), list[tuple[Followed, int | None]]()

    async def go_on() -> None:
        while (feed := await poller.next_due()) is not None:
            job_id = await poller.poll(feed)
            after = await asyncio.to_thread(store.feeds.one, feed.id, utc_now())
            if after is not None:
                done.append((after, job_id))

    await asyncio.gather(*(go_on() for _ in range(POLLS_AT_ONCE)))
    return done
