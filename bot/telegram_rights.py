"""What whoever wrote or tapped may do, judged anew each time; what cannot be found out gives no right."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, Chat, Message, User
from telegram.constants import ChatID, ChatType
from telegram.error import TelegramError

from bot.settings import Settings
from handlers.question import Role, Whom
from store import Store
from store.access import LARGEST_ID

GROUP_ADMINS_KEPT_SECONDS = 60.0
FAILURE_KEPT_SECONDS = 10.0
PATIENCE_SECONDS = 5.0
MOST_CHATS = 5_000

NOT_ALLOWED = "This bot answers only the people and chats that its admins chose. /id tells the number to give them."

STAND_INS: frozenset[int] = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL})
"""Numbers that many share: Telegram puts them where the person is not told."""

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Admins:
    until: float
    ids: frozenset[int]


class Rights:
    """The rights of one bot's users. It is used on the event loop only."""

    def __init__(self, bot: Bot, store: Store, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds."""
        self._bot = bot
        self._clock = clock
        self._access = store.access
        self._access.begin(settings.admins, listed=settings.access == "listed")
        self._group_admins: OrderedDict[int, _Admins] = OrderedDict()
        self._asking: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._refused: OrderedDict[int, float] = OrderedDict()

    def admins(self) -> frozenset[int]:
        """The numbers of the bot's admins, those of the settings and those that were added."""
        return self._access.admins()

    def is_admin(self, user_id: int | None) -> bool:
        """Whether somebody is an admin of the bot; a number that many share never is."""
        return user_id is not None and user_id not in STAND_INS and self._access.is_admin(user_id)

    async def role(
        self,
        user: User | None,
        chat: Chat | None,
        sender_chat: Chat | None = None,
        *,
        needed: Role = Role.GROUP_ADMIN,
    ) -> Role:
        """What somebody may do in a chat; ``chat`` is None for an inline query. Raises nothing.

        ``sender_chat`` is the message's: the chat itself for an anonymous admin, another one for a channel that
        writes or is forwarded there, which is a reader. With ``needed`` READER Telegram is not asked about groups.
        """
        if sender_chat is not None and (chat is None or sender_chat.id != chat.id):
            return Role.READER
        if sender_chat is None and user is not None and self.is_admin(user.id):
            return Role.ADMIN
        if chat is None or chat.type == ChatType.PRIVATE or needed is Role.READER:
            return Role.READER
        if await self._is_group_admin(user, chat, sender_chat):
            return Role.GROUP_ADMIN
        return Role.READER

    async def may_use(self, user: User | None, chat: Chat | None, sender_chat: Chat | None = None) -> bool:
        """Whether somebody gets answers at all (BOT_ACCESS): admins, and whoever or wherever is on the list."""
        numbers = [each.id for each in (user, chat, sender_chat) if each is not None]
        return self._access.may_ask(each for each in numbers if each not in STAND_INS)

    def may_refuse(self, chat: Chat) -> bool:
        """Whether somebody who may not use the bot is to be told so: once a minute in private, once in a group."""
        again = 60.0 if chat.type == ChatType.PRIVATE else float("inf")
        return self._clock() - self._refused.get(chat.id, float("-inf")) >= again

    def was_refused(self, chat: Chat) -> None:
        """Keep that it was told."""
        _remember(self._refused, chat.id, self._clock())

    def forget(self, chat_id: int) -> None:
        """Ask Telegram anew who the admins of a group are: they changed, or the chat is another one now."""
        self._group_admins.pop(chat_id, None)

    async def _is_group_admin(self, user: User | None, chat: Chat, sender_chat: Chat | None) -> bool:
        if sender_chat is not None:  # the chat itself: an anonymous admin, or a post in a channel
            return True
        if user is None or user.id in STAND_INS:
            return user is not None and user.id == ChatID.ANONYMOUS_ADMIN and chat.type in GROUPS
        return user.id in await self._admins_of(chat.id)

    async def _admins_of(self, chat_id: int) -> frozenset[int]:
        """The admins of a group, asked for once a minute at most, by one at a time; nobody where Telegram fails."""
        lock = self._asking.get(chat_id)
        if lock is None:
            lock = self._asking[chat_id] = asyncio.Lock()
        async with lock:
            known = self._group_admins.get(chat_id)
            if known is None or known.until <= self._clock():
                known = await self._ask(chat_id)
                _remember(self._group_admins, chat_id, known)
            return known.ids

    async def _ask(self, chat_id: int) -> _Admins:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                members = await self._bot.get_chat_administrators(chat_id)
        except (TelegramError, TimeoutError) as error:
            log.info("group admins unknown", kind=type(error).__name__)
            return _Admins(self._clock() + FAILURE_KEPT_SECONDS, frozenset())
        ids = frozenset(member.user.id for member in members if not member.user.is_bot)
        return _Admins(self._clock() + GROUP_ADMINS_KEPT_SECONDS, ids - STAND_INS)


def whom(message: Message | None) -> Whom | None:
    """Who wrote a message, as one to whom admins may give rights; None where there is none.

    ``person`` is false for bots, for channels and for those who write as their group.
    """
    if message is None:
        return None
    if (chat := message.sender_chat) is not None:
        return Whom(chat.id, chat.title or chat.username or "", person=False)
    user = message.from_user
    if user is None or not 0 < user.id <= LARGEST_ID:
        return None
    return Whom(user.id, user.full_name, person=not user.is_bot and user.id not in STAND_INS)


def _remember(known: OrderedDict[int, T], key: int, value: T) -> None:
    """Keep as the newest, and no more than MOST_CHATS."""
    known[key] = value
    known.move_to_end(key)
    while len(known) > MOST_CHATS:
        known.popitem(last=False)
