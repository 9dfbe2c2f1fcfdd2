"""What happens with a tap on a button: its question is asked by whoever tapped, with their own rights."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection

from telegram import Bot, CallbackQuery, Message
from telegram.error import TelegramError

from bot import buttons, telegram_work
from bot.telegram_question import Place, asked_by
from bot.telegram_replies import Replies
from bot.telegram_work import Follower
from store import Store


class Taps:
    """Answers taps on the buttons of one bot."""

    def __init__(self, bot: Bot, store: Store, replies: Replies, follower: Follower, admins: Collection[int]) -> None:
        self._bot = bot
        self._store = store
        self._replies = replies
        self._follower = follower
        self._admins = admins

    async def on_tap(self, query: CallbackQuery) -> None:
        """Ask what is behind the button; a stale or forged one is told so."""
        if not isinstance(query.message, Message):
            await _close(query, "This message is too old. Please ask again.")
            return
        if query.data == buttons.DISMISS:
            await _close(query, "Nothing was done.")
            await _without_buttons(query)
            return
        asker = asked_by(query.from_user, query.message.chat, Place.of(query.message), self._admins)
        try:
            tapped = await asyncio.to_thread(buttons.question_of, query.data or "", asker, self._store)
        except buttons.StaleButton as why:
            await _close(query, str(why))
            return
        async with telegram_work.logged("tap", tapped.question):
            await self._answer(query, query.message, tapped)

    async def _answer(self, query: CallbackQuery, message: Message, tapped: buttons.Tapped) -> None:
        await _close(query)
        place, question = Place.of(message), tapped.question
        async with telegram_work.typing(self._bot, place):
            answer = await telegram_work.answered(question, self._store)
        if tapped.edits:
            await self._replies.edit(place, message.message_id, answer, question)
            return
        if question.confirmed:
            await _without_buttons(query)
        sent = None
        try:
            sent = await self._replies.send(place, answer, question, None if question.private else message.message_id)
        finally:
            await self._follower.follow(answer, question, sent)


async def _close(query: CallbackQuery, text: str | None = None) -> None:
    """Stop the waiting sign on a button; the tap is answered also where that cannot be done."""
    with contextlib.suppress(TelegramError):
        await query.answer(text)


async def _without_buttons(query: CallbackQuery) -> None:
    with contextlib.suppress(TelegramError):
        await query.edit_message_reply_markup(None)
