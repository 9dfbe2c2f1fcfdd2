"""Token buckets: nobody can take so much of the bot's time that others get none.

A person has a bucket for all chats and a smaller one for each group, and a group has one for all its people. Whoever
is refused by the own buckets takes nothing from the group's, and the group's is refilled faster than a person's in it,
so no single one empties it. Long work counts as several updates, and one person's are worked at one by one.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.telegram_rights import STAND_INS

MOST_BUCKETS = 20_000
"""Most buckets that are kept; full ones go first, then those that were not used for longest."""

MOST_PAID = 5_000
"""Most updates that are known to have taken theirs; one that failed is tried again within seconds."""

TELL_AGAIN_SECONDS = 60.0

SECONDS_AN_UPDATE = 0.25
"""Of the processor, that one update pays for; most answers take a tenth of it."""

MOST_TOGETHER = 1
"""Most updates of one person, in whatever chats, that are worked at together; the bot has two threads for all."""

LONG_SECONDS = 0.1
"""After which the next answer is begun beside one that runs; before, threads only keep the event loop waiting."""

TURN_SECONDS = 10.0
"""How long one waits behind others of the same person."""

T = TypeVar("T")

SLOWER = "That is a lot at once. Please wait a little and ask again."
ADMIN_FACTOR = 10.0
"""How much more than others an admin of the bot may ask."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` updates at once, then ``a_minute``."""

    burst: float
    a_minute: float


PERSON = Rate(burst=30, a_minute=40)
A_DAY = Rate(burst=1_500, a_minute=1)  # of a person, over all chats: more than anybody asks
IN_A_GROUP = Rate(burst=12, a_minute=12)
GROUP = Rate(burst=40, a_minute=40)
TYPING = Rate(burst=40, a_minute=120)  # inline queries: Telegram sends one for nearly each key that is hit


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


Key = tuple[str, int, int]


class Buckets:
    """The buckets of one bot; it is used on the event loop only. ``clock`` gives seconds since 1970."""

    def __init__(
        self, is_admin: Callable[[int], bool] = lambda user_id: False, clock: Callable[[], float] = time.time
    ) -> None:
        self._is_admin = is_admin
        self._clock = clock
        self._buckets: OrderedDict[Key, _Bucket] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()
        self._paid: OrderedDict[str, None] = OrderedDict()
        self._turns: WeakValueDictionary[int | None, asyncio.Semaphore] = WeakValueDictionary()
        self._gate = asyncio.Semaphore(1)

    def take(
        self, user_id: int | None, chat_id: int | None = None, sent_at: float | None = None, key: str = ""
    ) -> bool:
        """Whether an update may be worked at; to be asked each time that is tried, before anything else is done.

        An update that has taken once takes nothing more: ``key`` is the same each time that it is tried.
        ``chat_id`` is None for an inline query. ``sent_at`` is when a message was sent, in seconds since 1970: what
        waited, for the bot or behind other messages of its chat, counts for then. A number that many share (anonymous
        admins, channels) counts as nobody: then the group's bucket has a part for them together.
        """
        if key in self._paid:
            return True
        admin = user_id is not None and self._is_admin(user_id)
        now = self._clock()
        at = now if sent_at is None else min(sent_at, now)
        found = [self._filled(key, rate, at, now) for key, rate in _keys(user_id, chat_id, admin=admin)]
        if any(bucket.left < 1.0 for bucket in found):
            return False
        for bucket in found:
            bucket.left -= 1.0
        if key:
            self._paid[key] = None
            if len(self._paid) > MOST_PAID:
                self._paid.popitem(last=False)
        return True

    def charge(self, user_id: int | None, chat_id: int | None, seconds: float) -> None:
        """Count long work as several updates: ``seconds`` of the processor were spent on one. Admins pay nothing."""
        if user_id is not None and self._is_admin(user_id):
            return
        now = self._clock()
        for key, rate in _keys(user_id, chat_id, admin=False):
            if key[0] not in {"group", "day"}:
                bucket = self._filled(key, rate, now, now)
                bucket.left = max(-rate.burst, bucket.left - max(0.0, seconds / SECONDS_AN_UPDATE - 1.0))

    async def work(self, user_id: int | None, chat_id: int | None, work: Callable[[], T]) -> T | None:
        """Do something in a thread, one after another of a person's, and count what it cost.

        None where the person's other things take too long for this one to wait. Raises what ``work`` raises.
        """
        turns = self._turns_of(user_id, chat_id)
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await turns.acquire()
        except TimeoutError:
            return None
        spent: list[float] = []
        try:
            return await self._beside_none(partial(_measured, work, spent))
        finally:
            turns.release()
            self.charge(user_id, chat_id, sum(spent))

    async def _beside_none(self, work: Callable[[], T]) -> T:
        """Do something in a thread while nothing else is begun, unless it takes long."""
        await self._gate.acquire()
        opened: list[bool] = []

        def let_in() -> None:
            if not opened:
                opened.append(True)
                self._gate.release()

        soon = asyncio.get_running_loop().call_later(LONG_SECONDS, let_in)
        try:
            return await asyncio.to_thread(work)
        finally:
            soon.cancel()
            let_in()

    def _turns_of(self, user_id: int | None, chat_id: int | None) -> asyncio.Semaphore:
        person = chat_id if user_id is None or user_id in STAND_INS else user_id
        found = self._turns.get(person)
        if found is None:
            found = self._turns[person] = asyncio.Semaphore(MOST_TOGETHER)
        return found

    def may_tell(self, user_id: int | None, chat_id: int | None = None) -> bool:
        """Whether somebody who was refused is to be told so: once a minute, in a private chat only."""
        if user_id is None or chat_id != user_id:
            return False
        return not 0.0 <= self._clock() - self._told.get(user_id, float("-inf")) < TELL_AGAIN_SECONDS

    def was_told(self, user_id: int | None) -> None:
        """Keep that somebody was told."""
        if user_id is None:
            return
        self._told[user_id] = self._clock()
        self._told.move_to_end(user_id)
        if len(self._told) > MOST_BUCKETS:
            self._told.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)

    def _filled(self, key: Key, rate: Rate, at: float, now: float) -> _Bucket:
        """A bucket with what has run into it until ``at``, or until a later update that it knows of."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(rate.burst, at)
            self._drop()
        if bucket.at > now:  # the clock was set back
            bucket.at = at
        until = max(at, bucket.at)
        bucket.left = min(rate.burst, bucket.left + (until - bucket.at) * rate.a_minute / 60.0)
        bucket.at = until
        self._buckets.move_to_end(key)
        return bucket

    def _drop(self) -> None:
        """Forget buckets once there are too many: the longest unused tenth, most of which are full by then."""
        if len(self._buckets) > MOST_BUCKETS:
            for _ in range(MOST_BUCKETS // 10):
                self._buckets.popitem(last=False)


def _measured(work: Callable[[], T], spent: list[float]) -> T:
    """Do it, and tell how many seconds of the processor it took, whatever became of it."""
    began = time.thread_time()
    try:
        return work()
    finally:
        spent.append(time.thread_time() - began)


def _keys(user_id: int | None, chat_id: int | None, *, admin: bool) -> list[tuple[Key, Rate]]:
    """The buckets that one update takes from; those of an admin of the bot are the own ones alone, and larger."""
    person = 0 if user_id is None or user_id in STAND_INS else user_id
    if chat_id is None:
        return [(("typing", person, 0), _larger(TYPING) if admin else TYPING)]
    if admin:
        return [(("person", person, 0), _larger(PERSON))]
    own: list[tuple[Key, Rate]] = [(("person", person, 0), PERSON), (("day", person, 0), A_DAY)] if person else []
    if chat_id == person:
        return own
    return [*own, (("in", person, chat_id), IN_A_GROUP), (("group", 0, chat_id), GROUP)]


def _larger(rate: Rate) -> Rate:
    return Rate(rate.burst * ADMIN_FACTOR, rate.a_minute * ADMIN_FACTOR)
