"""An answer's picture as a Telegram photo, with the answer's own words as its caption."""

from __future__ import annotations

import html
import re

import structlog
from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest

from bot import pictures, telegram_refusals
from bot.telegram_cuts import units
from bot.telegram_question import Place
from handlers.answer import Card, Chart

CAPTION_UNITS = 1024
"""Most UTF-16 code units of a caption after parsing, by the Bot API manual."""

log = structlog.get_logger(__name__)


async def send(
    bot: Bot,
    place: Place,
    picture: Card | Chart,
    messages: list[str],
    buttons: InlineKeyboardMarkup | None,
    reply_to: int | None,
) -> int | None:
    """The id of the photo where the answer's words stand below it; else None, and the words are to be sent.

    ``messages`` are the answer as HTML. Raises TelegramError where the chat cannot be written to at all.
    """
    whole = captioned(messages)
    caption = messages[0] if whole else messages[0].partition("\n\n")[0]
    reply = None if reply_to is None else ReplyParameters(reply_to, allow_sending_without_reply=True)

    async def photo(parse_mode: str | None) -> Message:
        return await bot.send_photo(
            place.chat_id,
            drawn,
            caption=caption if parse_mode else plain(caption),
            parse_mode=parse_mode,
            message_thread_id=place.thread_id,
            reply_parameters=reply,
            reply_markup=buttons if whole else None,
        )

    try:
        drawn = await pictures.draw(picture)
        sent = await telegram_refusals.formatted(photo)
    except (pictures.NotDrawn, BadRequest) as why:
        log.info("no picture", why=type(why).__name__)
        return None
    return sent.message_id if whole else None


def captioned(messages: list[str]) -> bool:
    """Whether an answer fits below a picture."""
    return len(messages) == 1 and units(plain(messages[0])) <= CAPTION_UNITS


def plain(text: str) -> str:
    """The words of a message in HTML."""
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
