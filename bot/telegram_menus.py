"""The menus of commands that Telegram shows: by kind of chat and by language, sent only when they have changed."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from collections.abc import Callable, Coroutine, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from handlers import COMMANDS
from handlers.question import Role
from store import Store
from store.errors import StoreError

WORDS = Path(__file__).with_name("menu_words.toml")
"""What the commands do in other languages than English: a table a language, named by its two letters."""

ENGLISH = ""
"""The language that Telegram falls back to."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Menus:
    """The menus of one bot. Readers get what they may use; admins of the bot get everything in their own chat."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store
        self._fitted: dict[int, Role] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._store_calls: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Begin to offer the menus, beside all else."""
        self._begin(self.offer())

    async def stop(self) -> None:
        """Leave what is not done for the next start; the store may be closed then."""
        for task in self._tasks:
            task.cancel()
        while self._store_calls:
            await asyncio.wait(self._store_calls)

    async def offer(self) -> None:
        """Give Telegram each menu that is not as it was given before; what fails is given the next time."""
        shared = (
            (BotCommandScopeAllPrivateChats(), Role.READER, True),
            (BotCommandScopeAllGroupChats(), Role.READER, False),
            (BotCommandScopeAllChatAdministrators(), Role.GROUP_ADMIN, False),
        )
        for scope, role, private in shared:
            await self._give(scope, scope.type, role, private=private)
        admins = self._store.access.admins()
        for admin in sorted(admins):
            await self._give_admin(admin)
        given = {key.split(":")[1] for key in await self._in_store(self._store.reach.menus) if key.startswith("chat:")}
        for former in sorted(int(each) for each in given if int(each) not in admins):
            await self._take_back(former)

    def fit(self, chat_id: int, role: Role) -> None:
        """Let the menu of a private chat be that of its person, in case that changed; it takes no time here."""
        if self._fitted.get(chat_id, Role.READER) != role:
            self._fitted[chat_id] = role
            self._begin(self._give_admin(chat_id) if role is Role.ADMIN else self._take_back(chat_id))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_told(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_store(self, call: Callable[..., T], *values: str) -> T:
        """Call the store in a thread, which ``stop`` waits for."""
        work = asyncio.create_task(asyncio.to_thread(call, *values))
        self._store_calls.add(work)
        work.add_done_callback(self._store_calls.discard)
        return await asyncio.shield(work)

    async def _give_admin(self, chat_id: int) -> None:
        await self._give(BotCommandScopeChat(chat_id), f"chat:{chat_id}", Role.ADMIN, private=True)
        self._fitted[chat_id] = Role.ADMIN

    async def _give(self, scope: BotCommandScope, name: str, role: Role, *, private: bool) -> None:
        given = await self._in_store(self._store.reach.menus)
        for language in (ENGLISH, *words()):
            menu = commands(role, language, private=private)
            made_from, key = _fingerprint(menu), f"{name}:{language}"
            if given.get(key) == made_from:
                continue
            try:
                await self._bot.set_my_commands(menu, scope=scope, language_code=language or None)
            except TelegramError as error:  # such as an admin who has not written to the bot yet
                log.info("menu not given", scope=scope.type, kind=type(error).__name__)
                return
            await self._in_store(self._store.reach.set_menu, key, made_from)

    async def _take_back(self, chat_id: int) -> None:
        """The menu of somebody who is no admin any more."""
        for key in await self._in_store(self._store.reach.menus):
            name, _, language = key.rpartition(":")
            if name == f"chat:{chat_id}":
                try:
                    await self._bot.delete_my_commands(BotCommandScopeChat(chat_id), language or None)
                except TelegramError as error:
                    log.info("menu not taken back", kind=type(error).__name__)
                    return
                await self._in_store(self._store.reach.drop_menu, key)


async def _told(work: Coroutine[Any, Any, None]) -> None:
    """Do some work beside all else; that it failed is told in the log."""
    try:
        await work
    except StoreError as error:
        log.warning("menu not kept", kind=type(error).__name__)


def commands(role: Role, language: str = ENGLISH, *, private: bool = True) -> list[BotCommand]:
    """The menu of a role; what is not said in a language stands there in English."""
    said = words().get(language, {})
    return [
        BotCommand(each.name, said.get(each.name, each.help))
        for each in COMMANDS.values()
        if each.menu and each.role_for(private=private) <= role
    ]


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What the commands do, by language and command."""
    found: dict[str, dict[str, str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return found


def _fingerprint(menu: list[BotCommand]) -> str:
    lines = "\n".join(f"{each.command} {each.description}" for each in menu)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
