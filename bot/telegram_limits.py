"""Sends no faster than Telegram takes it, each chat in a lane of its own: one chat's wait never holds up another."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram_request import seconds_of

FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 30.0
MOST_TRIES = 6
USEFUL_SECONDS = 10.0
IDLE_SECONDS = 120.0

ANSWERS = frozenset({"answerCallbackQuery", "answerInlineQuery", "answerGuestQuery"})
"""What Telegram does not count as messages, and does not take after a few seconds."""

FLEETING = frozenset({"sendChatAction"})
"""What is useless a second later."""

COUNTED = ("send", "edit", "forward", "copy")

Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Result]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rates:
    """Telegram's limits as its FAQ for bots names them; windows are a little longer, as requests may bunch underway."""

    a_chat_second: float = 1.0
    chat_burst: int = 3
    a_group_minute: int = 20
    minute_seconds: float = 61.0
    a_second: int = 30
    second_seconds: float = 1.05


class Window:
    """At most so many starts in any stretch of so many seconds, first come, first served."""

    __slots__ = ("_seconds", "_starts")

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._starts: deque[float] = deque(maxlen=most)

    def next(self, now: float) -> float:
        """When the next one may start, which it is then taken to do; in seconds of the same clock as ``now``."""
        starts = self._starts
        at = max(now, starts[0] + self._seconds) if len(starts) == starts.maxlen else now
        starts.append(at)
        return at


@dataclass(slots=True)
class Lane:
    """What one chat was sent: ``paid`` is until when its messages use up the rate, ``closed`` until when it is shut."""

    minute: Window | None
    paid: float = 0.0
    closed: float = 0.0
    users: int = 0
    used: float = field(default_factory=time.monotonic)

    def next(self, now: float, rates: Rates) -> float:
        """When the next message may go, which it is then taken to do."""
        every = 1 / rates.a_chat_second
        at = max(now, self.paid - (rates.chat_burst - 1) * every)
        if self.minute is not None:
            at = self.minute.next(at)
        self.paid = max(self.paid, at) + every
        return at


class Limits(BaseRateLimiter[None]):
    """The one place that waits: for the rates, for ``retry_after``, and for a network that is lost.

    Nothing but what can never work leaves it, and a failure that stays while other calls get through. Answers to taps
    and queries are given up when Telegram would not take them any more.
    """

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._all = Window(self._rates.a_second, self._rates.second_seconds)
        self._lanes: dict[int | str, Lane] = {}
        self._successes = 0
        self._swept = time.monotonic()

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    async def process_request(
        self,
        callback: Call,
        args: Any,  # noqa: ANN401 - the library's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Result:
        """One call when it may go, and again until it worked or cannot. Raises TelegramError."""
        lane = self._lane(data.get("chat_id"))
        lane.users += 1
        try:
            return await self._patiently(lambda: callback(*args, **kwargs), endpoint, lane)
        finally:
            lane.users -= 1
            lane.used = time.monotonic()

    async def _patiently(self, call: Callable[[], Coroutine[Any, Any, Result]], endpoint: str, lane: Lane) -> Result:
        until = time.monotonic() + USEFUL_SECONDS if endpoint in ANSWERS else float("inf")
        tries, wait, seen = 0, FIRST_WAIT_SECONDS, self._successes
        while True:
            await self._turn(endpoint, lane)
            try:
                result = await call()
            except (BadRequest, InvalidToken, Conflict):
                self.works()
                raise
            except RetryAfter as error:
                self._close(lane, error, endpoint)
                if endpoint in FLEETING or lane.closed > until:
                    raise
            except NetworkError as error:
                tries += self._successes > seen  # while others get through, it is this call's own fault
                if endpoint in FLEETING or tries >= MOST_TRIES or time.monotonic() + wait > until:
                    raise
                log.warning("no answer", call=endpoint, error=str(error), seconds=wait)
                seen = self._successes
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT_SECONDS)
            else:
                self.works()
                return result

    def works(self) -> None:
        """Tell that Telegram answers, so that a call that goes on failing is known to be at fault itself."""
        self._successes += 1

    async def _turn(self, endpoint: str, lane: Lane) -> None:
        """Wait until a call may go."""
        await self._open(endpoint, lane)
        if endpoint.startswith(COUNTED) and endpoint not in FLEETING:
            await _until(lane.next(time.monotonic(), self._rates))
            await _until(self._all.next(time.monotonic()))
            await self._open(endpoint, lane)

    async def _open(self, endpoint: str, lane: Lane) -> None:
        while lane.closed > (now := time.monotonic()):
            if endpoint in FLEETING:
                raise RetryAfter(round(lane.closed - now) + 1)
            await asyncio.sleep(lane.closed - now)

    def _close(self, lane: Lane, error: RetryAfter, endpoint: str) -> None:
        seconds = seconds_of(error)
        lane.closed = max(lane.closed, time.monotonic() + seconds)
        log.info("told to wait", call=endpoint, seconds=seconds)

    def _lane(self, chat: object) -> Lane:
        """The lane of a chat; calls that concern no chat get one of their own."""
        if not isinstance(chat, int | str):
            return Lane(None)
        found = self._lanes.get(chat)
        if found is None:
            self._sweep()
            group = not str(chat).isdecimal()
            minute = Window(self._rates.a_group_minute, self._rates.minute_seconds) if group else None
            found = self._lanes[chat] = Lane(minute)
        return found

    def _sweep(self) -> None:
        """Forget chats that nothing was sent to for a while."""
        now = time.monotonic()
        if now - self._swept < IDLE_SECONDS:
            return
        self._swept = now
        self._lanes = {
            chat: lane
            for chat, lane in self._lanes.items()
            if lane.users or max(lane.used + IDLE_SECONDS, lane.closed, lane.paid) > now
        }


async def _until(moment: float) -> None:
    """Sleep until a moment of the monotonic clock, which is the loop's; whoever's moment comes first wakes first."""
    if moment <= time.monotonic():
        return
    loop = asyncio.get_running_loop()
    woken: asyncio.Future[None] = loop.create_future()
    timer = loop.call_at(moment, _wake, woken)
    try:
        await woken
    finally:
        timer.cancel()


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
