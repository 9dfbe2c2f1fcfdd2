"""Answers in chats that the bot is not in: passages to insert while somebody types, one message to a guest call."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TypeVar

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)
from telegram.error import BadRequest, Forbidden

from bot import telegram_html, telegram_refusals
from bot.telegram_buckets import SLOWER, Buckets
from bot.telegram_html import Part
from bot.telegram_links import deep_link
from bot.telegram_question import replied_text
from bot.telegram_rights import NOT_ALLOWED, Rights
from bot.wording import one_line
from handlers import inline
from handlers.answer import Answer, Note
from handlers.inline import Offer, Offers
from handlers.question import Question
from store import Store

CACHE_SECONDS = 60
CACHE_PERSONAL_SECONDS = 5
TITLE_LENGTH, DESCRIPTION_LENGTH = 60, 120
MOST_BYTES = 50_000
"""Most bytes of the results of one answer; Telegram takes no more than about 64 KiB."""

MOST_DIGITS = 5  # of an offset, which may be forged
START = "inline"  # what /start gets from the button above the results
READ_ON = "Read on"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Inline:
    """Answers inline queries and guest calls of one bot; a query that is over is closed in silence."""

    def __init__(self, bot: Bot, store: Store, rights: Rights, buckets: Buckets | None = None) -> None:
        self._bot = bot
        self._store = store
        self._rights = rights
        self._buckets = buckets

    async def on_inline(self, query: InlineQuery) -> None:
        """Offer passages for what is typed after the bot's name. Raises TelegramError and StoreError."""
        if self._buckets is not None and not self._buckets.take(query.from_user.id, key=f"inline:{query.id}"):
            return
        if not await self._rights.may_use(query.from_user, None):
            await self._answer(query, Offers(), "Only for people its admins chose")
            return
        work = partial(inline.offers, query.query, _start(query.offset), self._store)
        found = await self._worked(query.from_user.id, None, work)
        if found is None:
            return
        await self._answer(query, found, None if found.items or query.offset else _nothing(query.query))

    async def on_guest(self, message: Message) -> None:
        """Answer a call of the bot in a chat that it is not in, with one message. Raises as ``on_inline``."""
        if message.guest_query_id is None:
            return
        user, query_id = message.from_user, message.guest_query_id
        number = user.id if user else None
        if self._buckets is not None and not self._buckets.take(number, message.chat.id, key=f"guest:{query_id}"):
            return
        if await self._rights.may_use(user, message.chat, message.sender_chat):
            work = partial(inline.guest, _called(message, self._bot.username), self._store)
            answer = await self._worked(number, message.chat.id, work) or Answer(SLOWER)
        else:
            answer = Answer(NOT_ALLOWED)
        offer = Offer("guest", answer.heading, "", answer, "")
        await _unless_over(lambda mode: self._bot.answer_guest_query(query_id, self._result(offer, mode)))

    async def _worked(self, user_id: int | None, chat_id: int | None, work: Callable[[], T]) -> T | None:
        """Do something in a thread, when it is the turn of whoever asked; None where that never came."""
        if self._buckets is None:
            return await asyncio.to_thread(work)
        return await self._buckets.work(user_id, chat_id, work)

    async def _answer(self, query: InlineQuery, found: Offers, button: str | None) -> None:
        """Send the results; those of a bot for listed people only are kept for whoever asked alone."""
        personal = self._store.access.listed

        async def send(parse_mode: str | None) -> bool:
            results = _fitting([self._result(each, parse_mode) for each in found.items])
            more = found.more or len(results) < len(found.items)
            return await self._bot.answer_inline_query(
                query.id,
                results,
                cache_time=CACHE_PERSONAL_SECONDS if personal else CACHE_SECONDS,
                is_personal=personal,
                next_offset=str(_start(query.offset) + len(results)) if more else "",
                button=InlineQueryResultsButton(button, start_parameter=START) if button else None,
            )

        await _unless_over(send)

    def _result(self, offer: Offer, parse_mode: str | None) -> InlineQueryResultArticle:
        """An answer as a result to choose; as a message it reads like any other answer of the bot."""
        link, part = offer.link or offer.answer.link, _one_message(offer.answer)
        button = InlineKeyboardButton(READ_ON, url=deep_link(link, self._bot.username)) if link else None
        return InlineQueryResultArticle(
            offer.key,
            one_line(offer.title, TITLE_LENGTH) or "…",
            InputTextMessageContent(
                part.html if parse_mode else part.plain, parse_mode, link_preview_options=NO_PREVIEW
            ),
            reply_markup=InlineKeyboardMarkup([[button]]) if button else None,
            description=one_line(offer.words, DESCRIPTION_LENGTH) or None,
        )


def _fitting(results: list[InlineQueryResultArticle]) -> list[InlineQueryResultArticle]:
    """As many of the results as one answer has room for; the others come on the next page."""
    sizes = accumulate(len(result.to_json().encode()) for result in results)
    return [result for result, size in zip(results, sizes, strict=True) if size <= MOST_BYTES]


def _called(message: Message, username: str) -> Question:
    """What a guest call asks, without the bot's name: /check, or a question in plain words."""
    text = re.sub(rf"@{re.escape(username)}\b", " ", message.text or message.caption or "", flags=re.IGNORECASE)
    command, _, rest = text.strip(" ,:;–—\n").partition(" ")
    asked = Question(command="ask", words=text.strip(" ,:;–—\n"), chat="", asker="", reply=replied_text(message))
    if not command.startswith("/"):
        return asked
    return replace(asked, command="check" if command.lower() == "/check" else "ask", words=rest.strip())


def _one_message(answer: Answer) -> Part:
    """The answer where one message has room for it; else as much as fits, and where the rest is."""
    first, *more = telegram_html.parts(answer)
    if not more:
        return first
    rest = Note("There is more: ask the bot in a private chat.")
    return next(
        (
            found[0]
            for size in range(len(answer.blocks) - 1, 0, -1)
            if len(found := telegram_html.parts(Answer(answer.heading, (*answer.blocks[:size], rest)))) == 1
        ),
        first,
    )


def _start(offset: str) -> int:
    """From which passage on; a forged offset begins anew."""
    return int(offset) if offset.isascii() and offset.isdigit() and len(offset) <= MOST_DIGITS else 0


def _nothing(words: str) -> str:
    return "The loaded articles do not say" if words.strip() else "No articles are loaded yet"


async def _unless_over(call: Callable[[str | None], Awaitable[T]]) -> None:
    """Answer a query, without format if need be; in silence where it is over, or its chat is closed to the bot."""
    try:
        await telegram_refusals.formatted(call)
    except Forbidden:
        log.info("not in the chat any more")
    except BadRequest as error:
        if not telegram_refusals.is_final(error):
            raise
        log.info("query is over")
