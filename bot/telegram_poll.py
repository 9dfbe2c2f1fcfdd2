"""Fetches updates by long polling, through whatever the network does, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.telegram_request import data_of, seconds_of

POLL_SECONDS = 30
SILENT_SECONDS = 15.0
"""After so many seconds beyond its time a poll is dead: 45 in all, where a connection is open at one end only."""

LAST_SECONDS = 2.0
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 30.0

Json = dict[str, Any]

log = structlog.get_logger(__name__)


class Poll:
    """Asks for updates, one request at a time.

    ``take`` is handed each batch and confirms it by returning: it must have been kept by then. ``works`` is called
    whenever Telegram answers. ``url`` is the address of the bot, with its token.
    """

    def __init__(
        self,
        request: BaseRequest,
        url: str,
        kinds: Sequence[str],
        take: Callable[[list[Json]], Awaitable[None]],
        works: Callable[[], None],
        seconds: float = POLL_SECONDS,
        silent: float = SILENT_SECONDS,
    ) -> None:
        self._request, self._url, self._kinds = request, url, list(kinds)
        self._take, self._works = take, works
        self._seconds, self._silent = seconds, silent
        self._offset: int | None = None

    async def run(self) -> None:
        """Fetch until cancelled. Raises InvalidToken when the token is refused."""
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await self._next()
                wait = FIRST_WAIT_SECONDS
                continue
            except InvalidToken:
                raise
            except (TimedOut, TimeoutError):
                log.warning("a poll was not answered; the next one begins")
                continue
            except RetryAfter as error:
                wait = seconds_of(error)
            except Conflict as error:
                log.warning(_conflict(error), seconds=wait)
            except NetworkError as error:
                log.warning("no answer", call="getUpdates", error=str(error), seconds=wait)
            except Exception as error:  # the store is locked, or its disk is full: what came stays with Telegram
                log.error("updates were not kept; they will be fetched again", kind=type(error).__name__, seconds=wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)

    async def confirm(self) -> None:
        """Tell Telegram what was taken, so that it is not handed in again."""
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await self._ask(offset=self._offset, limit=1, timeout=0)

    async def _next(self) -> None:
        """One batch. The offset is sent once: after a quiet week numbers may begin below it, and would be lost."""
        found = await self._ask(offset=self._offset, timeout=round(self._seconds), allowed_updates=self._kinds)
        self._works()
        self._offset = None
        if found:
            await self._take(found)
            self._offset = max(each["update_id"] for each in found) + 1

    async def _ask(self, **values: object) -> list[Json]:
        given = data_of({name: value for name, value in values.items() if value is not None})
        reading = float(str(values["timeout"])) + self._silent
        async with asyncio.timeout(reading + self._silent):
            found = await self._request.post(f"{self._url}/getUpdates", given, read_timeout=reading)
        return found if isinstance(found, list) else []


def _conflict(error: Conflict) -> str:
    """Telegram answers alike where another program polls, and where a webhook is set."""
    if "webhook" in error.message.lower():
        return "a webhook is set for this token, by another program; polling goes on when it is gone"
    return "another program polls with this token; stop one of the two"
