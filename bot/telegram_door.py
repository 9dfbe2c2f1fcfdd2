"""Lets in whoever may ask, and says what they may do; judged anew for each message and each tap."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from telegram import Chat, Message, User
from telegram.constants import ChatType

from bot import telegram_work
from bot.buttons import View
from bot.telegram_buckets import SLOWER, Buckets
from bot.telegram_rights import NOT_ALLOWED, Rights
from handlers import COMMANDS
from handlers.answer import Answer
from handlers.question import Role
from store import Store

LONG_THREADS = 2
"""One for what is worked at, one to tell whoever asks for the same meanwhile that it is."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent something where: ``as_chat`` is the chat in whose name, as of an anonymous admin or a channel.

    ``at`` is when, in seconds since 1970, where Telegram says so; ``key`` is the same when it is tried again.
    """

    user: User | None
    chat: Chat
    as_chat: Chat | None = None
    at: float | None = None
    key: str = ""

    @classmethod
    def of(cls, message: Message) -> Sender:
        """Who sent a message."""
        key = f"message:{message.chat.id}:{message.message_id}"
        return cls(message.from_user, message.chat, message.sender_chat, message.date.timestamp(), key)

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def number(self) -> int | None:
        """Whose bucket it takes from."""
        return None if self.user is None else self.user.id


def _nothing() -> None:
    """What there is to do after nothing was told."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody is not let in; ``told`` is what to say to them, None for silence.

    ``was_told`` is to be called once that was sent: until then it may be tried again.
    """

    told: str | None = None
    was_told: Callable[[], None] = _nothing


class Door:
    """The door of one bot."""

    def __init__(self, rights: Rights, buckets: Buckets) -> None:
        self._rights = rights
        self._buckets = buckets
        self._long = ThreadPoolExecutor(LONG_THREADS, "long work")

    async def asks(self, sender: Sender, command: str) -> Role | Refused:
        """What the sender of a message may do, or how they are turned away; a group is left in peace then."""
        if not self._buckets.take(sender.number, sender.chat.id, sender.at, sender.key):
            return self._slowed(sender)
        if not await self._is_let_in(sender, command):
            return self.refused(sender.chat)
        return await self._role(sender, command)

    async def taps(self, sender: Sender, command: str) -> Role | Refused:
        """The same for a tap, where a line can be said to whoever tapped alone."""
        if not self._buckets.take(sender.number, sender.chat.id, key=sender.key):
            return Refused(SLOWER)
        if not await self._is_let_in(sender, command):
            return Refused(NOT_ALLOWED)
        return await self._role(sender, command)

    async def answered(self, sender: Sender, view: View, store: Store) -> tuple[View, Answer]:
        """The answer to what a view asks, worked out when it is the sender's turn. Raises StoreError.

        Long work has a thread of its own, so that it keeps none of those that answers have.
        """
        work = partial(telegram_work.answered, view, store)
        command = COMMANDS.get(view.now.question.command)
        if command is not None and command.long:
            return await asyncio.get_running_loop().run_in_executor(self._long, work)
        found = await self._buckets.work(sender.number, sender.chat.id, work)
        return (view, Answer(SLOWER)) if found is None else found

    def refused(self, chat: Chat) -> Refused:
        """How somebody who may not use the bot is turned away: once a minute in private, once in a group."""
        if not self._rights.may_refuse(chat):
            return Refused()
        return Refused(NOT_ALLOWED, partial(self._rights.was_refused, chat))

    def _slowed(self, sender: Sender) -> Refused:
        if not self._buckets.may_tell(sender.number, sender.chat.id):
            return Refused()
        return Refused(SLOWER, partial(self._buckets.was_told, sender.number))

    async def lets_in(self, sender: Sender) -> bool:
        """Whether somebody gets answers at all."""
        return await self._rights.may_use(sender.user, sender.chat, sender.as_chat)

    async def _is_let_in(self, sender: Sender, command: str) -> bool:
        known = COMMANDS.get(command)
        return (known is not None and known.always) or await self.lets_in(sender)

    async def _role(self, sender: Sender, command: str) -> Role:
        known = COMMANDS.get(command)
        needed = Role.READER if known is None else known.role_for(private=sender.private)
        return await self._rights.role(sender.user, sender.chat, sender.as_chat, needed=needed)
