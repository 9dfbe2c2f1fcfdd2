"""Runs loads: the store keeps what is to be done and how far it is, so a restart goes on and /cancel stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot import feed_entries, feed_follow, feed_poll, job_items
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
from store.model import Job, JobItem, JobState, Outcome

WATCH_SECONDS = 0.3
HEADLINE_LENGTH = 100
MOST_TOLD = 3
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
        self._visits = visits or Visits(store.feeds)
        self._stopping = threading.Event()

    def beside(self) -> Loader:
        """Another one, to run loads at the same time, with the same reading process."""
        return Loader(self._store, self._worker, visits=self._visits)

    @property
    def visits(self) -> Visits:
        """How it fetches what feeds name."""
        return self._visits

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
        while (job := self._store.job(job_id)) is not None and job.state not in OVER and not self._stopping.is_set():
            told(job)
            item = next((each for each in job.items if each.state not in OVER), None)
            if item is None:
                self._store.finish_job(job_id)
            else:
                await self._item(job, item)
        if job is not None:
            told(job)
        return job

    async def _item(self, job: Job, item: JobItem) -> None:
        self._store.set_item(item.id, JobState.RUNNING)
        work = asyncio.create_task(self._load(job, item))
        while not (await asyncio.wait({work}, timeout=WATCH_SECONDS))[0]:
            if self._stopping.is_set() or self._cancelled(job):
                work.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await work
                return
        if not self._cancelled(job):
            ended = work.result()
            self._store.set_item(item.id, ended.state, ended.message, ended.article_id)

    def _cancelled(self, job: Job) -> bool:
        now = self._store.job(job.id)
        return now is None or now.state is JobState.CANCELLED

    async def _load(self, job: Job, item: JobItem) -> Ended:
        """Load an item; whatever is wrong with it ends in one plain sentence."""
        try:
            payload = self._store.payload(item.id)
            if item.kind in {"path", "file"}:
                return await self._several(job_items.works_of(job, item, payload))
            if item.kind == reread.KIND:
                return await self._read_again(payload)
            if item.kind == "link":
                return await self._link(payload)
            if item.kind == feed_poll.KIND:
                return await self._entry(Item.of(payload))
            if item.kind in feeds.KINDS:
                return Ended(JobState.DONE, await self._follow(job, item, payload))
            return await self._add(Work(kind="text", content=payload, source=f"pasted by {job.asked_by}"))
        except (IngestError, StoreError) as error:
            return Ended(JobState.FAILED, str(error))
        except Exception as error:
            log.exception("An item was not loaded")
            return Ended(JobState.FAILED, f"It could not be loaded ({type(error).__name__}).")

    async def _link(self, payload: bytes) -> Ended:
        """An article's page, or the items of a feed."""
        page = await self._visits.link(payload.decode())
        works = feed_entries.works_of(page)
        if works is not None:
            return await self._several(works)
        if page.media_type in FEED_KINDS and kind_of(page.content) != "html":
            raise IngestError(f"It is no article page and no feed but {page.media_type[:60]}.")
        return await self._add(page.work())

    async def _follow(self, job: Job, item: JobItem, payload: bytes) -> str:
        """Feeds to be followed from now on; what came of it."""
        if item.kind == feeds.LIST:
            return await feed_follow.follow_all(payload, self._store, job.asked_by)
        chat = job.chat if job.chat == TERMINAL else feed_poll.CHAT
        return await feed_follow.follow(payload.decode(), self._store, self._visits, chat, job.asked_by)

    async def _entry(self, item: Item) -> Ended:
        """An item of a feed, which is counted there."""
        now = datetime.now(UTC)
        try:
            ended, outcome = await self._stored(await feed_entries.read(item, self._visits, self._worker))
        except IngestError:
            if item.feed is not None:
                await asyncio.to_thread(self._store.feeds.not_loaded, item.feed, item.keys, now)
            raise
        if item.feed is not None and outcome is not Outcome.SAME:
            await asyncio.to_thread(self._store.feeds.loaded, item.feed, now)
        return ended

    async def _add(self, work: Work) -> Ended:
        if work.kind == "entry":
            return await self._entry(Item.of(work.content))
        return (await self._stored(await self._worker.arun(work)))[0]

    async def _stored(self, loaded: Loaded) -> tuple[Ended, Outcome]:
        added = await asyncio.to_thread(self._store.add, *loaded)
        message = f"{one_line(loaded.article.headline, HEADLINE_LENGTH)}: {VERBS[added.outcome]}"
        return Ended(JobState.DONE, message, added.article_id), added.outcome

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
        told = "; ".join([f"{again} read again" if again or not failed else "", *failed[:3]]).removeprefix("; ")
        return Ended(JobState.FAILED if failed else JobState.DONE, told)

    async def _several(self, works: Iterator[tuple[str, Work | IngestError]]) -> Ended:
        """All that a path or an upload holds, each of which may fail alone; memory stays constant."""
        last, errors = None, list[tuple[str, IngestError]]()
        done, bad, remarks = 0, 0, list[str]()
        stories = set[int | None]()
        async for name, work in feed_entries.opened(works, self._visits):
            try:
                if isinstance(work, IngestError):
                    raise work
                last = await self._add(work)
                stories.add(self._store.story_of(last.article_id) if last.article_id is not None else None)
                done += 1
            except Remark as remark:
                remarks.append(str(remark))
            except IngestError as error:
                bad += 1
                errors += [(name, error)] if bad <= MOST_TOLD else []
        told = "; ".join(f"{name}: {error}" if name else str(error) for name, error in errors)
        told += f"; and {bad - MOST_TOLD} more" if bad > MOST_TOLD else ""
        if last is None:
            return Ended(JobState.FAILED, str(errors[0][1]) if bad == 1 else told or "There is no article in it.")
        if done + bad == 1 and not remarks:
            return last
        counted = f"{done} of {done + bad} articles are loaded"
        article = last.article_id if len(stories) == 1 else None  # an item leads to a story only where it is one
        return Ended(JobState.DONE, "; ".join(filter(None, (counted, told, *remarks))), article)
