"""Hands updates to whoever handles them, from an inbox that loses none: those of a chat in order, chats in parallel."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot import logs, quick_json, telegram_texts
from bot.telegram_journal import Journal
from bot.telegram_parse import parse
from bot.telegram_raw import kind_of, lane_of, place_of
from store import Store
from store.inbox import Arrival, Waiting

MOST_ATTEMPTS = 3
RETRY_SECONDS = (1.0, 5.0)
EXPIRES_SECONDS = {"callback_query": 60.0, "inline_query": 15.0}
"""After which Telegram takes no answer to a tap or a query; nothing is written about it, so somewhat generous."""

ALONE_SECONDS = 2.0
"""How long others wait, after a crash, for an update that may have caused it."""

OTHERS_SECONDS = 1.0
"""How long others are handled before one that saw two crashes."""

MOST_TOGETHER = 1000
MOST_HELD = 2000
SWEEP_SECONDS = 60.0
GIVEN_UP = "That could not be answered, though it was tried three times. Please ask again, or ask in other words."

Json = dict[str, Any]
Handle = Callable[[Update], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Alone:
    """The turn of an update that runs while no other begins."""

    turn: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Item:
    """An update in its lane; ``begun`` says that its next attempt is counted already."""

    kind: str
    update: Json | None
    sequence: int = 0
    attempts: int = 0
    begun: bool = False
    aside: bool = False
    alone: Alone | None = None


@dataclass(slots=True)
class Lane:
    """What waits for one chat, in order; there is a task while there is anything."""

    items: deque[Item] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


class Inbox:
    """The updates of one bot, from their arrival until they are handled.

    ``handle`` raises where an update is to be tried again. An attempt is counted before it begins, so that an update
    that ends the process three times is given up as well.
    """

    def __init__(self, store: Store, bot: Bot, handle: Handle) -> None:
        self._store, self._bot, self._handle = store, bot, handle
        self._journal = Journal(store.inbox)
        self._lanes: dict[str, Lane] = {}
        self._attempting: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_TOGETHER)
        self._recovered = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._held = 0
        self._stopping = self._dirty = False

    async def start(self) -> None:
        """Go on with what an earlier run left. Raises StoreError."""
        self._journal.start()
        expired = await asyncio.to_thread(self._store.inbox.expire, EXPIRES_SECONDS)
        waiting = await asyncio.to_thread(self._store.inbox.waiting)
        if expired or waiting:
            log.info("an earlier run left updates", waiting=len(waiting), expired=expired)
        self._dirty = expired > 0
        once, often = self._queue(waiting)
        self._tasks = [asyncio.create_task(self._recover(once, often)), asyncio.create_task(self._sweep())]

    async def take(self, updates: Iterable[Json]) -> None:
        """Keep updates; when this returns they are on disk, and will be handled. Raises StoreError."""
        lanes, arrivals, items = [], [], []
        for update in updates:
            if not isinstance(update.get("update_id"), int):
                log.error("an update without a number was left out")
                continue
            name, kind = lane_of(update), kind_of(update)
            begins = name not in self._lanes and self._recovered.is_set()
            self._lanes.setdefault(name, Lane())
            lanes.append(name)
            arrivals.append(Arrival(update["update_id"], name, kind, quick_json.to_keep(update), begins))
            items.append(Item(kind, update, begun=begins))
        try:
            await self._journal.keep(arrivals, partial(self._kept, lanes, items))
        except BaseException:
            for name in lanes:
                self._drop_if_empty(name)
            raise

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, give what runs so many seconds, and leave the rest in the inbox."""
        self._stopping = True
        lanes = {lane.task for lane in self._lanes.values() if lane.task is not None}
        for task in (*self._tasks, *(lanes - self._attempting)):
            task.cancel()
        if self._attempting:
            _, rest = await asyncio.wait(self._attempting, timeout=seconds)
            for task in rest:
                task.cancel()
        if lanes or self._tasks:
            await asyncio.wait({*lanes, *self._tasks}, timeout=1.0)
        await self._journal.stop()

    def _kept(self, lanes: list[str], items: list[Item], sequences: list[int | None]) -> None:
        for name, item, sequence in zip(lanes, items, sequences, strict=True):
            if sequence is None:
                log.info("an update came twice")
                self._drop_if_empty(name)
                continue
            item.sequence = sequence
            self._hold(item)
            self._append(name, item)

    def _hold(self, item: Item) -> None:
        """Keep what an update says in memory while that is little; of a long queue it is read when its turn comes."""
        if self._held < MOST_HELD:
            self._held += 1
        else:
            item.update = None

    def _append(self, name: str, item: Item) -> None:
        lane = self._lanes.setdefault(name, Lane())
        lane.items.append(item)
        if lane.task is None and not self._stopping:
            lane.task = asyncio.create_task(self._work(name, lane))

    def _drop_if_empty(self, name: str) -> None:
        lane = self._lanes.get(name)
        if lane is not None and lane.task is None and not lane.items:
            del self._lanes[name]

    def _queue(self, waiting: list[Waiting]) -> tuple[list[Alone], list[Alone]]:
        """Put what is left into its lanes, before anything newer; the turns of those begun once, and more often."""
        turns: list[tuple[int, Alone]] = []
        for each in waiting:
            alone = Alone() if each.attempts else None
            if alone is not None:
                turns.append((each.attempts, alone))
            self._append(each.lane, Item(each.kind, None, each.sequence, each.attempts, aside=each.aside, alone=alone))
        turns.sort(key=itemgetter(0))
        return [alone for tried, alone in turns if tried == 1], [alone for tried, alone in turns if tried > 1]

    async def _recover(self, once: list[Alone], often: list[Alone]) -> None:
        """Let what had begun when the last run ended, and may have ended it, run alone.

        So a crash is counted against the update that caused it, not against those that ran beside it. What saw two
        ends already waits until the others had their chance, as a third one would be its last.
        """
        await self._one_by_one(once)
        if often:
            self._recovered.set()
            await asyncio.sleep(OTHERS_SECONDS)
            self._recovered.clear()
            await self._one_by_one(often)
        self._recovered.set()

    async def _one_by_one(self, turns: list[Alone]) -> None:
        for alone in turns:
            alone.turn.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ALONE_SECONDS):
                    await alone.over.wait()

    async def _work(self, name: str, lane: Lane) -> None:
        """Handle what is in a lane, one after another, until nothing is left."""
        while lane.items and not self._stopping:
            item = lane.items[0]
            await (item.alone.turn if item.alone else self._recovered).wait()
            try:
                await self._item(item)
            except Exception as error:  # it stays in the inbox for the next start; the chat goes on
                log.error("an update was left", update=item.sequence, kind=item.kind, **logs.told(error))
            lane.items.popleft()
            self._held -= item.update is not None
            if item.alone is not None:
                item.alone.over.set()
        del self._lanes[name]

    async def _item(self, item: Item) -> None:
        """Try until it is handled or given up."""
        while not item.aside and item.attempts < MOST_ATTEMPTS:
            if not item.begun:
                await _written(partial(self._journal.begin, item.sequence))
            item.begun = False
            item.attempts += 1
            async with self._room:
                if await self._attempt(item):
                    self._dirty = True
                    self._journal.done(item.sequence)
                    return
            if item.attempts < MOST_ATTEMPTS:
                await asyncio.sleep(RETRY_SECONDS[item.attempts - 1])
        await self._give_up(item)

    async def _attempt(self, item: Item) -> bool:
        """Handle an update; whether that worked. One line of the log tells of it, without what was written."""
        task = asyncio.current_task()
        assert task is not None
        self._attempting.add(task)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(update=item.sequence, kind=item.kind)
        began, outcome, error = time.monotonic(), "done", None
        try:
            update = await self._content(item)
            if update is not None:
                await self._handle(parse(update, self._bot))
        except asyncio.CancelledError:
            outcome = "interrupted"
            self._journal.take_back(item.sequence)
            raise
        except Exception as failed:
            outcome, error = "failed", failed
        finally:
            self._attempting.discard(task)
            spent = round(1000 * (time.monotonic() - began))
            tried = {"attempt": item.attempts} if item.attempts > 1 or error else {}
            log.info("update", outcome=outcome, ms=spent, **tried, **logs.told(error))
        return error is None

    async def _content(self, item: Item) -> Json | None:
        if item.update is not None:
            return item.update
        content = await asyncio.to_thread(self._store.inbox.content, item.sequence)
        return None if content is None else quick_json.read(content)

    async def _give_up(self, item: Item) -> None:
        """Set an update aside, and tell its chat once."""
        if not item.aside:
            await _written(partial(self._journal.set_aside, item.sequence))
        update = await self._content(item)
        place = None if update is None else place_of(update)
        log.error("update given up", update=item.sequence, kind=item.kind, told=place is not None)
        if place is not None:
            with contextlib.suppress(TelegramError):
                await telegram_texts.send(self._bot, text=GIVEN_UP, **place)
        self._dirty = True
        self._journal.told(item.sequence)

    async def _sweep(self) -> None:
        """Now and then, forget what is done; the files hold nothing of it after."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            if self._dirty:
                self._dirty = False
                with contextlib.suppress(Exception):  # another program has the file: next time
                    await self._journal.sweep()


async def _written(write: Callable[[], Awaitable[None]]) -> None:
    """Until the store takes it; while it is locked, or its disk is full, nothing could be handled either."""
    while True:
        try:
            return await write()
        except Exception:
            await asyncio.sleep(RETRY_SECONDS[0])
