"""The bot in Telegram, from the first connection to a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

from bot import logs, opening
from bot.jobs import Loader
from bot.settings import Settings
from bot.telegram_jobs import TelegramJobs
from bot.telegram_messages import Messages
from bot.telegram_poll import patiently, poll
from bot.telegram_replies import Replies
from bot.telegram_request import AiohttpRequest
from bot.telegram_taps import Taps
from bot.telegram_updates import Updates
from bot.telegram_work import Follower
from handlers import COMMANDS
from handlers.question import Role
from store import Store

TOGETHER = 64
STOP_SECONDS = 5.0
REFUSED = "Telegram refuses the token in BOT_TOKEN; @BotFather gives out a new one."

App = Application[Any, Any, Any, Any, Any, Any]

log = structlog.get_logger(__name__)


def run(settings: Settings) -> int:
    """Serve until a signal comes, and return the exit status. Raises StoreError."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch for times as times
    logs.for_service(settings)
    with Store.open(settings.store) as store:
        opening.seed(store)
        return asyncio.run(Front(settings, store).serve())


class Front:
    """One bot over one store."""

    def __init__(self, settings: Settings, store: Store) -> None:
        token = settings.token or ""
        self._admins = settings.admins
        self._requests = [AiohttpRequest(token, settings.api_url) for _ in range(2)]  # polling has its own
        self._app = _application(token, settings.api_url, *self._requests)
        replies = Replies(self._app.bot, store)
        self._jobs = TelegramJobs(store, replies, Loader(store, model=settings.model))
        follower = Follower(replies, self._jobs, settings.admins)
        shared = (self._app.bot, store, replies, follower, settings.admins)
        _route(self._app, Updates(Messages(*shared), Taps(*shared)))

    async def serve(self) -> int:
        """Answer until SIGTERM or SIGINT, and finish what is being answered; the exit status."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        serving = asyncio.create_task(self.answer())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
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
        """Answer until cancelled. Raises InvalidToken."""
        async with self._connected() as app:
            await self._offer_commands()
            self._jobs.start()
            await app.start()
            log.info("started", bot=app.bot.username)
            try:
                await poll(app.bot, app.update_queue.put)
            finally:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(app.stop(), STOP_SECONDS)
                await self._jobs.stop()
                log.info("stopped")

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[App]:
        """The application, once Telegram answers. Raises InvalidToken."""
        try:
            await patiently("getMe", self._app.initialize)
            yield self._app
        finally:
            await self._app.shutdown()
            for request in self._requests:
                await request.shutdown()

    async def _offer_commands(self) -> None:
        """The menus: what readers may use for all, and everything for each admin."""
        with contextlib.suppress(TelegramError):
            await self._app.bot.set_my_commands(_menu(Role.READER))
        for admin in self._admins:
            with contextlib.suppress(TelegramError):  # an admin who has not written to the bot yet
                await self._app.bot.set_my_commands(_menu(Role.ADMIN), scope=BotCommandScopeChat(admin))


def _application(token: str, api_url: str, request: AiohttpRequest, polling: AiohttpRequest) -> App:
    builder = ApplicationBuilder().token(token).updater(None).concurrent_updates(TOGETHER)
    builder = builder.base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
    return builder.request(request).get_updates_request(polling).build()


def _route(app: App, updates: Updates) -> None:
    lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def in_order(update: Update, context: object) -> None:
        """Those of one chat one after another."""
        chat = update.effective_chat.id if update.effective_chat is not None else 0
        lane = lanes.get(chat)
        if lane is None:
            lane = lanes[chat] = asyncio.Lock()
        async with lane:
            await updates.handle(update)

    app.add_handler(TypeHandler(Update, in_order))
    app.add_error_handler(_on_error)


async def _on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """What went wrong with an update, in the log only."""
    log.error("update failed", exc_info=context.error)


def _menu(role: Role) -> list[BotCommand]:
    return [BotCommand(each.name, each.help) for each in COMMANDS.values() if each.menu and each.role <= role]
