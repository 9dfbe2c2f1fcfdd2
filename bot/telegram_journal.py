"""Writes the inbox: what comes and what becomes of it meanwhile is one commit, so that disks do not set the pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from store.inbox import Arrival, Batch, Inbox

LAZY_SECONDS = 0.01
"""How long marks that nobody waits for may wait for company."""

AGAIN_SECONDS = 1.0

Kept = Callable[[list[int | None]], None]

log = structlog.get_logger(__name__)


class Journal:
    """The one writer of an inbox, with a thread of its own; to be used from one event loop."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._thread = ThreadPoolExecutor(1, "inbox")
        self._batch = Batch()
        self._waiting: list[tuple[asyncio.Future[None], int, Kept | None]] = []
        self._work, self._urgent = asyncio.Event(), asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what is left, and end."""
        self._stopping = True
        self._work.set()
        self._urgent.set()
        if self._task is not None:
            await self._task
        self._thread.shutdown(wait=False)

    async def keep(self, arrivals: Sequence[Arrival], kept: Kept) -> None:
        """Return when the updates are on disk; ``kept`` hears their sequences first, in the order of commits.

        Raises StoreError; nothing was kept then.
        """
        self._batch.arrivals.extend(arrivals)
        await self._committed(len(arrivals), kept)

    async def begin(self, sequence: int) -> None:
        """Return when an attempt is counted. Raises StoreError."""
        self._batch.begun.append(sequence)
        await self._committed()

    async def set_aside(self, sequence: int) -> None:
        """Return when an update is given up. Raises StoreError."""
        self._batch.aside.append(sequence)
        await self._committed()

    def done(self, sequence: int) -> None:
        """Erase an update, soon."""
        self._batch.done.append(sequence)
        self._work.set()

    def told(self, sequence: int) -> None:
        """Erase an update that was given up, soon."""
        self._batch.told.append(sequence)
        self._work.set()

    def take_back(self, sequence: int) -> None:
        """Count an attempt no more that was ended from outside, soon."""
        self._batch.returned.append(sequence)
        self._work.set()

    async def sweep(self) -> None:
        """Forget what is long done, between commits. Raises StoreError."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._inbox.sweep)

    async def _committed(self, arrivals: int = 0, kept: Kept | None = None) -> None:
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((done, arrivals, kept))
        self._work.set()
        self._urgent.set()
        await done

    async def _run(self) -> None:
        while True:
            await self._work.wait()
            if not self._urgent.is_set():
                await self._company()
            if not await self._write() and not self._stopping:
                await asyncio.sleep(AGAIN_SECONDS)
            if self._stopping and not self._waiting and self._batch == Batch():
                return

    async def _company(self) -> None:
        try:
            async with asyncio.timeout(LAZY_SECONDS):
                await self._urgent.wait()
        except TimeoutError:
            pass

    async def _write(self) -> bool:
        """One commit; what it cannot keep is told to whoever waits, and marks are written with the next one."""
        batch, waiting = self._batch, self._waiting
        self._batch, self._waiting = Batch(), []
        self._work.clear()
        self._urgent.clear()
        try:
            sequences = await asyncio.get_running_loop().run_in_executor(self._thread, self._inbox.write, batch)
        except Exception as error:
            log.error("the inbox cannot be written", kind=type(error).__name__)
            self._failed(batch, waiting, error)
            return False
        at = 0
        for done, arrivals, kept in waiting:
            if not done.done():
                done.set_result(None)  # first: the next poll is under way before these are handled
            if kept is not None:
                kept(sequences[at : at + arrivals])
            at += arrivals
        return True

    def _failed(
        self, batch: Batch, waiting: list[tuple[asyncio.Future[None], int, Kept | None]], error: Exception
    ) -> None:
        for done, _, _ in waiting:
            if not done.done():
                done.set_exception(error)
        if not self._stopping:  # what was begun and not told so begins again by itself
            self._batch.done[:0], self._batch.told[:0] = batch.done, batch.told
            self._batch.returned[:0] = batch.returned
            if self._batch != Batch():
                self._work.set()
