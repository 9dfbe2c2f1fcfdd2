"""Loads as a Telegram chat sees them: one message that is edited while they run, and ends as a summary."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import structlog
from telegram.error import TelegramError

from bot import feed_poll, job_items
from bot.jobs import OVER, Loader
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from handlers.answer import Answer
from handlers.question import TERMINAL, Question
from store import Store
from store.errors import StoreError
from store.model import Job

EDIT_SECONDS = 3.0

log = structlog.get_logger(__name__)


class TelegramJobs:
    """Runs the loads of a store one after another."""

    def __init__(self, store: Store, replies: Replies, loader: Loader, edit_seconds: float = EDIT_SECONDS) -> None:
        """``edit_seconds`` is the least time between two edits of a message."""
        self._store = store
        self._replies = replies
        self._loader = loader
        self._edit_seconds = edit_seconds
        self._waiting: asyncio.Queue[int] = asyncio.Queue()
        self._messages: dict[int, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "load")  # a load would keep one of the few that answers have

    def start(self) -> None:
        """Begin, with the loads that an earlier run left open; those of a terminal only where none is at work."""
        others = {feed_poll.CHAT} if self._store.runners.join() else {feed_poll.CHAT, TERMINAL}
        for job in self._store.open_jobs():
            if job.chat not in others:
                if job.message_id is not None:
                    self._messages[job.id] = job.message_id
                self._waiting.put_nowait(job.id)
        self._task = asyncio.create_task(self._work())

    async def add(self, job_id: int, message_id: int | None) -> None:
        """Run a load that was just made; its progress takes the place of a message, or without one is a new one.

        Raises StoreError.
        """
        if message_id is not None:
            await self._shown_in(job_id, message_id)
        self._waiting.put_nowait(job_id)

    async def stop(self) -> None:
        """Leave what is not done for the next run."""
        self._loader.stop()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await asyncio.to_thread(self._loader.close)
        self._thread.shutdown(wait=False)

    async def _work(self) -> None:
        while True:
            job_id = await self._waiting.get()
            try:
                await self._run(job_id)
            except Exception as error:
                log.warning("load not told", job=job_id, kind=type(error).__name__)
            finally:
                self._messages.pop(job_id, None)

    async def _run(self, job_id: int) -> None:
        """Run one load in a thread, and show where it stands now and then."""
        steps: asyncio.Queue[Job] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def told(job: Job) -> None:
            loop.call_soon_threadsafe(steps.put_nowait, job)

        work = asyncio.ensure_future(loop.run_in_executor(self._thread, self._loader.run, job_id, told))
        show = asyncio.create_task(self._show(steps))
        try:
            job = await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait({work})
            raise
        finally:
            show.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await show
        if job is not None and job.state in OVER:
            log.info("load", job=job.id, state=job.state.value, items=len(job.items))
            await self._tell(job, await asyncio.to_thread(job_items.summary, job, self._store))

    async def _show(self, steps: asyncio.Queue[Job]) -> None:
        """The newest step, not more often than Telegram likes a message to be edited."""
        while True:
            job = await steps.get()
            while not steps.empty():
                job = steps.get_nowait()
            with contextlib.suppress(TelegramError, StoreError):
                if job.state not in OVER:
                    await self._tell(job, job_items.progress(job))
            await asyncio.sleep(self._edit_seconds)

    async def _tell(self, job: Job, answer: Answer) -> None:
        place = Place.parse(job.chat)
        if place is None or self._store.reach.lost(job.chat):
            return
        asked = Question(command="load", chat=job.chat, asker=job.asked_by, private=place.chat_id > 0)
        before = self._messages.get(job.id)
        if before is None:
            now = await self._replies.send(place, answer, asked, edits=False)
        else:
            now = await self._replies.edit(place, before, answer, asked, edits=False)
        if now != before:
            await self._shown_in(job.id, now)

    async def _shown_in(self, job_id: int, message_id: int) -> None:
        """Keep the message that shows a load, so that a restart goes on in it."""
        self._messages[job_id] = message_id
        await asyncio.to_thread(self._store.show_job, job_id, message_id)
