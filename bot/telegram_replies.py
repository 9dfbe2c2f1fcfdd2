"""Sends answers to Telegram: as one message that its buttons edit, in its topic, as plain text if need be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot import telegram_html, telegram_links, telegram_pictures, telegram_refusals, telegram_texts
from bot.buttons import Step, View
from bot.telegram_html import Part
from bot.telegram_keyboard import Below, keyboard
from bot.telegram_question import Place
from handlers.answer import Answer, Card, Chart
from handlers.question import Question
from store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer as it is sent: the messages, and the buttons below the last one."""

    messages: list[Part]
    buttons: InlineKeyboardMarkup | None


class Replies:
    """Sends and edits messages of one bot."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store

    async def send(
        self, place: Place, answer: Answer, asked: Question | View, reply_to: int | None = None, *, edits: bool = True
    ) -> int:
        """Send an answer; the id of the message that has the buttons. Raises TelegramError and StoreError.

        It is one message whose buttons turn its parts, or several where what was asked cannot be asked again.
        Without ``edits`` the buttons leave the message as it is, and what they show is another one.
        """
        edits = edits and answer.picture is None and answer.job is None
        rendered = await asyncio.to_thread(self._rendered, answer, _view(asked), edits)
        if answer.picture is not None:
            shown = await self._reached(place, partial(self._picture, answer.picture, rendered, reply_to))
            if shown is not None:
                return shown
        return await self._reached(place, lambda place: self._send_all(place, rendered, reply_to))

    async def edit(
        self, place: Place, message_id: int, answer: Answer, asked: Question | View, *, edits: bool = True
    ) -> int:
        """Put an answer in the place of a message, or send it where that is gone; the id as of ``send``. Raises as it.

        What cannot be asked again and has no room in one message follows it in others.
        """
        edits = edits and answer.job is None
        rendered = await asyncio.to_thread(self._rendered, answer, _view(asked), edits)
        first, *rest = rendered.messages
        try:
            await self._edit(place, message_id, first, None if rest else rendered.buttons)
        except ChatMigrated:
            return await self._reached(place, lambda place: self._send_all(place, rendered, None))
        except BadRequest as error:
            if not telegram_refusals.cannot_be_edited(error):
                raise
            return await self._reached(place, lambda place: self._send_all(place, rendered, None))
        if rest:
            following = replace(rendered, messages=rest)
            return await self._reached(place, lambda place: self._send_all(place, following, None))
        return message_id

    def _rendered(self, answer: Answer, view: View, edits: bool) -> Rendered:
        parts = telegram_html.parts(answer)
        link = telegram_links.beside(answer, view.now.question, self._bot.username)
        if not (edits and view.turns):
            *_, last = parts
            choices = frozenset[int]().union(*(part.choices for part in parts))
            below = Below(answer, view.at(0), replace(last, choices=choices), edits=edits, link=link)
            return Rendered(parts, keyboard(below, self._store))
        at = min(view.now.part, len(parts) - 1)
        below = Below(answer, view.at(at), parts[at], len(parts), link=link)
        return Rendered([parts[at]], keyboard(below, self._store))

    async def _reached(self, place: Place, call: Callable[[Place], Awaitable[T]]) -> T:
        """Call for a place, or for the group that it has become; where the bot may not write, that is kept."""
        try:
            return await call(place)
        except ChatMigrated as error:
            moved = Place(error.new_chat_id, place.thread_id)
            await asyncio.to_thread(self._store.chats.move, place.key, moved.key)
            return await call(moved)
        except Forbidden:
            await asyncio.to_thread(self._store.reach.lose, place.whole)
            raise

    async def _picture(
        self, picture: Card | Chart, rendered: Rendered, reply_to: int | None, place: Place
    ) -> int | None:
        texts = [part.html for part in rendered.messages]
        return await telegram_pictures.send(self._bot, place, picture, texts, rendered.buttons, reply_to)

    async def _send_all(self, place: Place, rendered: Rendered, reply_to: int | None) -> int:
        sent = 0
        for at, part in enumerate(rendered.messages, start=1):
            buttons = rendered.buttons if at == len(rendered.messages) else None
            sent = await self._send(place, part, buttons, reply_to if at == 1 else None)
        return sent

    async def _send(self, place: Place, part: Part, buttons: InlineKeyboardMarkup | None, reply_to: int | None) -> int:
        async def send(parse_mode: str | None) -> int:
            return await telegram_texts.send(
                self._bot,
                place.chat_id,
                part.html if parse_mode else part.plain,
                parse_mode=parse_mode,
                thread_id=place.thread_id,
                reply_to=reply_to,
                buttons=buttons,
            )

        return await telegram_refusals.formatted(send)

    async def _edit(self, place: Place, message_id: int, part: Part, buttons: InlineKeyboardMarkup | None) -> None:
        async def edit(parse_mode: str | None) -> None:
            text = part.html if parse_mode else part.plain
            await telegram_texts.edit(
                self._bot, place.chat_id, message_id, text, parse_mode=parse_mode, buttons=buttons
            )

        try:
            await telegram_refusals.formatted(edit)
        except BadRequest as error:
            if not telegram_refusals.is_unchanged(error):
                raise


def _view(asked: Question | View) -> View:
    return asked if isinstance(asked, View) else View(Step(asked))
