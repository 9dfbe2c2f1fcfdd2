"""Runs loads: the store keeps what is to be done and how far it is, so a restart goes on and /cancel stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot import feed_entries, feed_follow, feed_poll, job_items
from bot.job_run import Kept, Run, Works, joined
from bot.wording import one_line
from handlers import feeds, reread
from handlers.question import TERMINAL
from ingest.entries import Item
from ingest.errors import IngestError
from ingest.feed_files import Remark
from ingest.feeds import kind_of
from ingest.fetch import FEED_KINDS
from ingest.visits import Visits
from ingest.worker import Loaded, Work, Worker, clean_and_read
from store import Store
from store.errors import StoreError
from store.held import PASTED
from store.model import Added, Job, JobItem, JobState, Outcome
from store.progress import Over

WATCH_SECONDS = 0.3
TOLD_SECONDS = 0.25  # between two looks at a load with many items
HEADLINE_LENGTH = 100
OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
VERBS = {Outcome.NEW: "loaded", Outcome.NEW_VERSION: "loaded as a new version", Outcome.SAME: "was already loaded"}
Told = Callable[[Job], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an item."""

    state: JobState
    message: str
    article_id: int | None = None
    kept: bool = False  # with the article, in one write


class Loader:
    """Runs the loads of one store, one article at a time, with one reading process."""

    def __init__(
        self, store: Store, worker: Worker | None = None, model: str | None = None, visits: Visits | None = None
    ) -> None:
        """``model`` names an installed spaCy model to read with instead of the one that comes along.

        ``visits`` is how pages of feeds are fetched; only tests give one.
        """
        self._store = store
        self._worker = worker or Worker(step=partial(clean_and_read, model=model))
        self._visits = visits or Visits(store.robots)
        self._stopping = threading.Event()
        self._made: list[int] = []

    def beside(self) -> Loader:
        """Another one, to run loads at the same time, with the same reading process."""
        return Loader(self._store, self._worker, visits=self._visits)

    @property
    def visits(self) -> Visits:
        """How it fetches what feeds name."""
        return self._visits

    def made(self) -> list[int]:
        """The loads that those which ran made in their turn, of the first items of feeds; each is told once."""
        made, self._made = self._made, []
        return made

    def run(self, job_id: int, told: Told) -> Job | None:
        """Do what is left of a load; ``told`` hears of each step. Returns how it ended, None for no such load.

        Blocks for as long as it takes; a load that ``close`` interrupts stays open. Raises StoreError.
        """
        return asyncio.run(self._run(job_id, told))

    def stop(self) -> None:
        """Make ``run``, in another thread, return within a second."""
        self._stopping.set()

    def close(self) -> None:
        """The same, and end the reading process."""
        self.stop()
        self._worker.close()

    async def _run(self, job_id: int, told: Told) -> Job | None:
        look = _Look(self._store, job_id, told)
        while self._store.job_state(job_id) not in (None, *OVER) and not self._stopping.is_set():
            look.now_and_then()
            item = self._store.next_item(job_id)
            if item is None:
                self._store.finish_job(job_id)
            else:
                await self._item(look, item)
        return look.now()

    async def _item(self, look: _Look, item: JobItem) -> None:
        self._store.set_item(item.id, JobState.RUNNING)
        job = look.job or look.now()
        if job is None:
            return
        work = asyncio.create_task(self._load(job, item))
        while not (await asyncio.wait({work}, timeout=WATCH_SECONDS))[0]:
            look.now_and_then()
            if self._stopping.is_set() or self._cancelled(job):
                work.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await work
                return
        ended = work.result()
        if not ended.kept and not self._cancelled(job):
            self._store.set_item(item.id, ended.state, ended.message, ended.article_id)

    def _cancelled(self, job: Job) -> bool:
        return self._store.job_state(job.id) in (None, JobState.CANCELLED)

    async def _load(self, job: Job, item: JobItem) -> Ended:
        """Load an item; whatever is wrong with it ends in one plain sentence."""
        try:
            payload = self._store.payload(item.id)
            if item.kind in {"path", "file"}:
                return await self._several(item, lambda: job_items.works_of(job, item, payload))
            if item.kind == reread.KIND:
                return await self._read_again(payload)
            if item.kind == "link":
                return await self._link(item, payload)
            if item.kind == feed_poll.KIND:
                return await self._entry(Item.of(payload), _over(item))
            if item.kind in feeds.KINDS:
                return Ended(JobState.DONE, await self._follow(job, item, payload))
            return await self._add(
                Work(kind="text", content=payload, source=PASTED.format(person=job.asked_by)), _over(item)
            )
        except (IngestError, StoreError) as error:
            return Ended(JobState.FAILED, str(error))
        except Exception as error:
            if not self._cancelled(job):  # what was to be loaded is erased then
                log.exception("An item was not loaded")
            return Ended(JobState.FAILED, f"It could not be loaded ({type(error).__name__}).")

    async def _link(self, item: JobItem, payload: bytes) -> Ended:
        """An article's page, or the items of a feed."""
        page = await self._visits.link(payload.decode())
        if feed_entries.works_of(page) is not None:
            return await self._several(item, lambda: feed_entries.works_of(page) or iter(()))
        if page.media_type in FEED_KINDS and kind_of(page.content) != "html":
            raise IngestError(f"It is no article page and no feed but {page.media_type[:60]}.")
        return await self._add(page.work(), _over(item))

    async def _follow(self, job: Job, item: JobItem, payload: bytes) -> str:
        """Feeds to be followed from now on; what came of it."""
        if item.kind == feeds.LIST:
            return await feed_follow.follow_all(payload, self._store, job.asked_by)
        chat = job.chat if job.chat == TERMINAL else feed_poll.CHAT
        told, first = await feed_follow.follow(payload.decode(), self._store, self._visits, chat, job.asked_by)
        self._made += [] if first is None else [first]
        return told

    async def _entry(self, item: Item, step: Kept) -> Ended:
        """An item of a feed, which is counted there."""
        now = datetime.now(UTC)
        try:
            ended, outcome = await self._stored(await feed_entries.read(item, self._visits, self._worker), step)
        except IngestError:
            if item.feed is not None:
                await asyncio.to_thread(self._store.feeds.not_loaded, item.feed, item.keys, now)
            raise
        if item.feed is not None and outcome is not Outcome.SAME:
            await asyncio.to_thread(self._store.feeds.loaded, item.feed, now)
        return ended

    async def _add(self, work: Work, step: Kept) -> Ended:
        if work.kind == "entry":
            return await self._entry(Item.of(work.content), step)
        return (await self._stored(await self._worker.arun(work), step))[0]

    async def _stored(self, loaded: Loaded, step: Kept) -> tuple[Ended, Outcome]:
        """Store an article and, in the same write, how far its load is."""
        headline = one_line(loaded.article.headline, HEADLINE_LENGTH)

        def told(added: Added) -> str:
            return f"{headline}: {VERBS[added.outcome]}"

        added = await asyncio.to_thread(self._store.add, *loaded, lambda added: step(added, told(added)))
        return Ended(JobState.DONE, told(added), added.article_id, kept=True), added.outcome

    async def _read_again(self, payload: bytes) -> Ended:
        """Stored versions, each of which may fail alone and then stays as it was read before."""
        again, failed = 0, []
        for version_id in map(int, payload.split()):
            row, article = self._store.version(version_id), self._store.loaded(version_id)
            if row is None or article is None or not row.newest:
                continue  # unloaded or updated meanwhile
            try:
                reading = (await self._worker.arun(Work(kind="text", content=b"", article=article))).reading
                again += await asyncio.to_thread(self._store.reread, version_id, reading)
            except IngestError as error:
                failed.append(f"{one_line(article.headline, HEADLINE_LENGTH)}: {error}")
        told = joined((f"{again} read again" if again or not failed else "", *failed[:3]))
        return Ended(JobState.FAILED if failed else JobState.DONE, told)

    async def _several(self, item: JobItem, works: Works) -> Ended:
        """All that a path or an upload holds, each of which may fail alone; a restart goes on after the last one."""
        run = Run(self._store.progress, item.id, works)
        await asyncio.to_thread(run.begin)
        async for name, work in feed_entries.opened(run.sources(), self._visits):
            try:
                if isinstance(work, IngestError):
                    raise work
                ended = await self._add(work, run.step)
                if run.is_over:
                    return ended
            except Remark as remark:
                run.remarked(str(remark))
            except IngestError as error:
                run.failed(name, str(error))
        return Ended(*run.ended())


class _Look:
    """Lets somebody look at a load now and then: of many items each look takes its time."""

    def __init__(self, store: Store, job_id: int, told: Told) -> None:
        self._store, self._job_id, self._told = store, job_id, told
        self._next = 0.0
        self.job: Job | None = None

    def now_and_then(self) -> None:
        """Look, unless it was just now."""
        if time.monotonic() >= self._next:
            self.now()

    def now(self) -> Job | None:
        """Look."""
        self.job = self._store.job(self._job_id)
        if self.job is not None:
            self._told(self.job)
        self._next = time.monotonic() + TOLD_SECONDS
        return self.job


def _over(item: JobItem) -> Kept:
    """The end of an item that is one article."""
    return lambda added, message: Over(item.id, JobState.DONE, message, added.article_id)
