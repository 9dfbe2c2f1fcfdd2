"""Sends answers to Telegram: whole, in their topic, and as plain text should the format ever be refused."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot import telegram_html, telegram_pictures
from bot.telegram_keyboard import keyboard
from bot.telegram_question import Place
from bot.telegram_request import seconds_of
from handlers.answer import Answer
from handlers.question import Question
from store import Store

SHORT_WAITS_SECONDS = (0.5, 2.0)
LONGEST_WAIT_SECONDS = 60
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")


class Replies:
    """Sends and edits messages of one bot."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store

    async def send(self, place: Place, answer: Answer, asked: Question, reply_to: int | None = None) -> int:
        """Send an answer; the id of its last message, which has the buttons. Raises TelegramError and StoreError."""
        messages, buttons = await asyncio.to_thread(self._rendered, answer, asked)
        if answer.picture is not None:
            shown = await telegram_pictures.send(self._bot, place, answer.picture, messages, buttons, reply_to)
            if shown is not None:
                return shown
        return await self._send_all(place, messages, buttons, reply_to)

    async def edit(self, place: Place, message_id: int, answer: Answer, asked: Question) -> None:
        """Put an answer in the place of a message; what has no room in one follows it. Raises as ``send``."""
        (first, *rest), buttons = await asyncio.to_thread(self._rendered, answer, asked)
        await self._edit(place, message_id, first, None if rest else buttons)
        if rest:
            await self._send_all(place, rest, buttons, None)

    def _rendered(self, answer: Answer, asked: Question) -> tuple[list[str], InlineKeyboardMarkup | None]:
        return telegram_html.render(answer), keyboard(answer, asked, self._store)

    async def _send_all(
        self, place: Place, messages: list[str], buttons: InlineKeyboardMarkup | None, reply_to: int | None
    ) -> int:
        sent = 0
        for at, text in enumerate(messages):
            sent = await self._send(place, text, buttons if at == len(messages) - 1 else None, reply_to)
            reply_to = None
        return sent

    async def _send(self, place: Place, text: str, buttons: InlineKeyboardMarkup | None, reply_to: int | None) -> int:
        reply = None if reply_to is None else ReplyParameters(reply_to, allow_sending_without_reply=True)

        async def send(text: str, parse_mode: str | None) -> int:
            message = await self._bot.send_message(
                place.chat_id,
                text,
                parse_mode=parse_mode,
                link_preview_options=NO_PREVIEW,
                message_thread_id=place.thread_id,
                reply_parameters=reply,
                reply_markup=buttons,
            )
            return message.message_id

        return await _formatted(send, text)

    async def _edit(self, place: Place, message_id: int, text: str, buttons: InlineKeyboardMarkup | None) -> None:
        async def edit(text: str, parse_mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                place.chat_id,
                message_id,
                parse_mode=parse_mode,
                link_preview_options=NO_PREVIEW,
                reply_markup=buttons,
            )

        try:
            await _formatted(edit, text)
        except BadRequest as error:
            if "not modified" not in error.message:
                raise


async def _formatted(call: Callable[[str, str | None], Awaitable[T]], text: str) -> T:
    """Call with HTML, and without any format where Telegram cannot parse it."""
    try:
        return await _patiently(lambda: call(text, ParseMode.HTML))
    except BadRequest as error:
        if "parse entities" not in error.message:
            raise
        plain = html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
        return await _patiently(lambda: call(plain, None))


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Call again after the time that Telegram asks for, or a little later where the network failed."""
    for wait in SHORT_WAITS_SECONDS:
        try:
            return await call()
        except RetryAfter as error:
            await asyncio.sleep(min(seconds_of(error), LONGEST_WAIT_SECONDS))
        except BadRequest:
            raise  # the library counts it among the errors of the network
        except NetworkError:
            await asyncio.sleep(wait)
    return await call()
