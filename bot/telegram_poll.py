"""Fetches updates by long polling, through whatever the network does, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram_request import seconds_of

POLL_SECONDS = 30
LAST_SECONDS = 2.0
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 30.0
ALLOWED = [Update.MESSAGE, Update.CALLBACK_QUERY]

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def poll(bot: Bot, take: Callable[[Update], Awaitable[None]]) -> None:
    """Hand each update to ``take``; ends only when cancelled. Raises InvalidToken when the token is refused."""
    offset: int | None = None
    await patiently("deleteWebhook", bot.delete_webhook)
    try:
        while True:
            for update in await patiently("getUpdates", partial(_next, bot, offset)):
                offset = update.update_id + 1
                await take(update)
    finally:
        with contextlib.suppress(TelegramError):
            # the server forgets what was taken
            await bot.get_updates(offset, limit=1, timeout=0, read_timeout=LAST_SECONDS, connect_timeout=LAST_SECONDS)


async def _next(bot: Bot, offset: int | None) -> tuple[Update, ...]:
    try:
        return await bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED)
    except TimedOut:
        return ()


async def patiently(what: str, call: Callable[[], Awaitable[T]]) -> T:
    """Call until it works, with longer and longer waits. Raises InvalidToken."""
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except RetryAfter as error:
            wait = seconds_of(error)
        except Conflict:
            log.warning("another program polls with this token", seconds=wait)
        except NetworkError as error:
            log.warning("no answer", call=what, error=str(error), seconds=wait)
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT_SECONDS)
