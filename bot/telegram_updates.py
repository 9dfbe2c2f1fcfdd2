"""The one entry for whatever Telegram sends: each kind of update goes to the part that deals with it."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden

from bot import telegram_joins, telegram_refusals
from bot.settings import Settings
from bot.telegram_buckets import Buckets
from bot.telegram_door import Door
from bot.telegram_inline import Inline
from bot.telegram_jobs import TelegramJobs
from bot.telegram_joins import Joins
from bot.telegram_menus import Menus
from bot.telegram_messages import Messages
from bot.telegram_replies import Replies
from bot.telegram_rights import Rights
from bot.telegram_taps import Taps
from bot.telegram_work import Follower
from handlers.answer import Answer
from handlers.question import Question
from store import Store

KINDS = (
    Update.MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of updates that Telegram is asked for; edited messages are none of them, see ``Updates``."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Updates:
    """Deals with the updates of one bot; those of one chat are to be handed in one after another.

    An edited message is not answered: what was answered stands below it, and a second answer would be noise.
    """

    bot: Bot
    messages: Messages
    taps: Taps
    inline: Inline
    joins: Joins
    menus: Menus
    follower: Follower

    @classmethod
    def of(cls, bot: Bot, store: Store, settings: Settings, replies: Replies, jobs: TelegramJobs) -> Updates:
        """All that deals with the updates of a bot."""
        rights = Rights(bot, store, settings)
        buckets = Buckets(rights.is_admin)
        door = Door(rights, buckets)
        menus = Menus(bot, store)
        follower = Follower(bot, store, replies, jobs, settings.upload_bytes)
        return cls(
            bot,
            Messages(bot, store, replies, follower, door, menus),
            Taps(bot, store, replies, follower, door),
            Inline(bot, store, rights, buckets),
            Joins(store, replies, rights, door),
            menus,
            follower,
        )

    async def tell_admins(self, answer: Answer) -> None:
        """Send each admin something that nobody asked for."""
        await self.follower.tell_admins(answer, Question(command="feeds"))

    async def handle(self, update: Update) -> None:
        """Deal with one update; raises when that failed and is to be tried again.

        What can never work is no failure: a chat that the bot may not write to any more, an expired tap.
        """
        try:
            await self._handle(update)
        except Forbidden:
            log.info("not in the chat any more")
        except BadRequest as error:
            if not telegram_refusals.is_final(error):
                raise
            log.info("refused for good", why=error.message)

    async def _handle(self, update: Update) -> None:
        message = update.message or update.channel_post
        if message is not None and telegram_joins.is_migration(message):
            await self.joins.on_migration(message)
        elif message is not None:
            await self.messages.on_message(message)
        elif update.callback_query is not None:
            await self.taps.on_tap(update.callback_query)
        elif update.inline_query is not None:
            await self.inline.on_inline(update.inline_query)
        elif update.guest_message is not None:
            await self.inline.on_guest(update.guest_message)
        elif update.my_chat_member is not None:
            await self.joins.on_member(update.my_chat_member, self.bot.username)
