"""What happens when the bot is let into a chat or out of it, and when a group becomes another one."""

from __future__ import annotations

import asyncio

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.constants import ChatType

from bot.telegram_door import Door, Sender
from bot.telegram_question import Place
from bot.telegram_replies import Replies
from bot.telegram_rights import Rights
from handlers.answer import Answer, Note
from handlers.question import Question
from store import Store

OUT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


class Joins:
    """Keeps track of the chats of one bot."""

    def __init__(self, store: Store, replies: Replies, rights: Rights, door: Door) -> None:
        self._store = store
        self._replies = replies
        self._rights = rights
        self._door = door

    async def on_member(self, update: ChatMemberUpdated, username: str) -> None:
        """The bot was let in, which it says hello to once in a group, or thrown out or blocked: it writes no more."""
        place = Place(update.chat.id)
        self._rights.forget(update.chat.id)
        if _is_out(update.new_chat_member):
            await asyncio.to_thread(self._store.reach.lose, place.key)
            return
        await asyncio.to_thread(self._store.reach.regain, place.key)
        joined = _is_out(update.old_chat_member)
        if joined and update.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
            await self._greet(place, update, username)

    async def on_migration(self, message: Message) -> None:
        """A group became a supergroup: all that it had chosen goes along. Both groups tell so; twice does no harm."""
        old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
        before, after = Place(old or message.chat.id), Place(new or message.chat.id)
        await asyncio.to_thread(self._store.chats.move, before.key, after.key)
        await asyncio.to_thread(self._store.access.move, before.chat_id, after.chat_id)
        self._rights.forget(before.chat_id)

    async def _greet(self, place: Place, update: ChatMemberUpdated, username: str) -> None:
        """Kept as done only when it was sent: after a crash it may be said twice, but is never left out."""
        if await asyncio.to_thread(self._store.chats.greeted, place.key):
            return
        if await self._door.lets_in(Sender(update.from_user, update.chat)):
            await self._say(place, greeting(username))
        elif (refused := self._door.refused(update.chat)).told is not None:
            await self._say(place, Answer(refused.told))
            refused.was_told()
        await asyncio.to_thread(self._store.chats.greet, place.key)

    async def _say(self, place: Place, answer: Answer) -> None:
        await self._replies.send(place, answer, Question(command="", chat=place.key, private=False))


def greeting(username: str) -> Answer:
    """Three lines: what the bot does, how to use it, and how to reach it for certain."""
    return Answer(
        "I answer questions about news stories with what outlets printed, word for word.",
        (
            Note(
                "/summary, /who and /quotes tell of this chat's story; reply to a message with /quotes to look it up.\n"
                f"/quotes@{username} always reaches me, and I am silent otherwise."
            ),
        ),
    )


def is_migration(message: Message) -> bool:
    """Whether a message tells that a group became a supergroup."""
    return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


def _is_out(member: ChatMember) -> bool:
    """Whether somebody is not in a chat; a restriction may outlast the membership."""
    return member.status in OUT or (isinstance(member, ChatMemberRestricted) and not member.is_member)
