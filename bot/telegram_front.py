"""The bot in Telegram, from the first connection to a clean end."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import signal
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from telegram.error import InvalidToken
from telegram.ext import Application, ApplicationBuilder

from bot import event_loop, logs, opening, telegram_notices
from bot.feed_jobs import FeedJobs
from bot.jobs import Loader
from bot.settings import Settings
from bot.telegram_hook import Hook
from bot.telegram_inbox import Inbox
from bot.telegram_jobs import TelegramJobs
from bot.telegram_limits import Limits, Rates
from bot.telegram_poll import Poll
from bot.telegram_replies import Replies
from bot.telegram_request import AiohttpRequest
from bot.telegram_updates import KINDS, Updates
from store import Store

THREADS = 2
"""That answers are worked out in; more would only keep the event loop from its turns."""

SWITCH_SECONDS = 0.001
"""How long a thread may keep the interpreter while others want it."""

FINISH_SECONDS = 4.0
"""How long what is being answered may go on after the order to stop; the rest stays in the inbox."""

STOP_SECONDS = 9.0
"""After which the process ends whatever still runs; all that matters is on disk."""

REFUSED = "Telegram refuses the token in BOT_TOKEN; @BotFather gives out a new one."

App = Application[Any, Any, Any, Any, Any, Any]

log = structlog.get_logger(__name__)


def run(settings: Settings, rates: Rates | None = None) -> int:
    """Serve until a signal comes, and return the exit status. Raises StoreError."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch for times as times
    logs.for_service(settings)
    with Store.open(settings.store) as store:
        store.inbox.claim()
        opening.seed(store)
        with asyncio.Runner(loop_factory=event_loop.new) as runner:
            return runner.run(Front(settings, store, rates).serve())


class Front:
    """One bot over one store."""

    def __init__(self, settings: Settings, store: Store, rates: Rates | None = None) -> None:
        """``rates`` is how fast messages are sent, Telegram's own limits without any."""
        token = settings.token or ""
        self._settings = settings
        self._admins = settings.admins
        self._requests = [AiohttpRequest(token, settings.api_url) for _ in range(2)]  # polling has its own
        self._limits = Limits(rates)
        self._app = _application(token, settings.api_url, self._requests, self._limits)
        replies = Replies(self._app.bot, store)
        loader = Loader(store, model=settings.model)
        self._jobs = TelegramJobs(store, replies, loader)
        self._updates = Updates.of(self._app.bot, store, settings, replies, self._jobs)
        self._feeds = FeedJobs(store, loader.beside(), self._updates.tell_admins)
        self._backups = store.upkeep.backups
        self._tell_admins = partial(telegram_notices.tell, store, self._updates.follower)
        self._inbox = Inbox(store, self._app.bot, self._updates.handle)

    async def serve(self) -> int:
        """Answer until SIGTERM or SIGINT, and finish what is being answered; the exit status."""
        _prepare_loop()
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        serving = asyncio.create_task(self.answer())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            _deadline(STOP_SECONDS)
        serving.cancel()
        stopping.cancel()
        try:
            await serving
        except asyncio.CancelledError:
            return 0
        except InvalidToken:
            sys.stderr.write(f"error: {REFUSED}\n")
            return 2
        return 0

    async def answer(self) -> None:
        """Answer until cancelled. Raises InvalidToken, StoreError, and OSError where a webhook's address is taken."""
        async with self._connected() as app:
            notices = asyncio.create_task(self._tell_admins())
            try:
                self._updates.menus.start()
                self._jobs.start()
                self._feeds.start()
                await app.start()
                await self._inbox.start()
                log.info("started", bot=app.bot.username)
                await self._take_updates()
            finally:
                notices.cancel()
                self._backups.stop()
                await asyncio.gather(
                    self._updates.menus.stop(), self._inbox.stop(FINISH_SECONDS), self._jobs.stop(), self._feeds.stop()
                )
                if app.running:  # not where the order to stop came during the start
                    await app.stop()
                log.info("stopped")

    async def _take_updates(self) -> None:
        """Fetch updates, or let Telegram send them, until cancelled."""
        if self._settings.webhook_url is not None:
            await self._be_sent_updates(self._settings.webhook_url)
        await self._app.bot.delete_webhook()
        polling = self._requests[1]
        poll = Poll(polling, self._app.bot.base_url, KINDS, self._inbox.take, self._limits.works)
        try:
            await poll.run()
        finally:
            await poll.confirm()

    async def _be_sent_updates(self, url: str) -> None:
        """The webhook stays set at the end, so that Telegram keeps what comes until the next run."""
        secret = self._settings.webhook_secret or secrets.token_urlsafe(32)
        hook = Hook(url, self._settings.webhook_listen, secret, self._inbox.take)
        await hook.start()
        try:
            await self._app.bot.set_webhook(url, allowed_updates=KINDS, secret_token=secret)
            await asyncio.get_running_loop().create_future()
        finally:
            await hook.stop()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[App]:
        """The application, once Telegram answers. Raises InvalidToken."""
        try:
            await self._app.initialize()
            yield self._app
        finally:
            await self._app.shutdown()
            for request in self._requests:
                await request.shutdown()


def _application(token: str, api_url: str, requests: Sequence[AiohttpRequest], limits: Limits) -> App:
    """The library's application, for its bot and its beginning and end; updates reach us past its queue and handlers.

    Those would keep from the inbox whether an update was handled.
    """
    builder = ApplicationBuilder().token(token).updater(None).rate_limiter(limits)
    builder = builder.base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
    return builder.request(requests[0]).get_updates_request(requests[1]).build()


def _prepare_loop() -> None:
    """Let the event loop have its turns: few threads beside it, short slices, no long sweeps for garbage."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "answers"))
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()


def _deadline(seconds: float) -> None:
    """See to it that the process ends within so many seconds."""
    timer = threading.Timer(seconds, _end_in_time)
    timer.daemon = True
    timer.start()


def _end_in_time() -> None:
    """End the process though a thread hangs."""
    log.warning("something did not end; what it was about stays in the inbox")
    sys.stderr.flush()
    os._exit(0)
