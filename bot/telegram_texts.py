"""Sends and edits messages of text, of which only the id is needed after; the library would make an object of each."""

from __future__ import annotations

from typing import Any

from telegram import Bot, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.telegram_request import data_of

NO_PREVIEW = {"is_disabled": True}


async def send(
    bot: Bot,
    chat_id: int,
    text: str,
    *,
    parse_mode: str | None = None,
    thread_id: int | None = None,
    reply_to: int | None = None,
    buttons: InlineKeyboardMarkup | None = None,
) -> int:
    """Send a message, without previews of its links; its id. Raises TelegramError."""
    values: dict[str, Any] = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
    if parse_mode is not None:
        values["parse_mode"] = parse_mode
    if thread_id is not None:
        values["message_thread_id"] = thread_id
    if reply_to is not None:
        values["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    if buttons is not None:
        values["reply_markup"] = buttons.to_dict()
    sent = await _call(bot, "sendMessage", values)
    return int(sent["message_id"])


async def edit(
    bot: Bot,
    chat_id: int,
    message_id: int,
    text: str,
    *,
    parse_mode: str | None = None,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Put another text into a message, without previews of its links. Raises TelegramError."""
    values: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, "text": text}
    values["link_preview_options"] = NO_PREVIEW
    if parse_mode is not None:
        values["parse_mode"] = parse_mode
    if buttons is not None:
        values["reply_markup"] = buttons.to_dict()
    await _call(bot, "editMessageText", values)


async def _call(bot: Bot, endpoint: str, values: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The result of a call that goes the way of all others: the same limits, the same connections."""
    where, data = f"{bot.base_url}/{endpoint}", data_of(values)
    limits = bot.rate_limiter if isinstance(bot, ExtBot) else None
    if limits is None:
        return await bot.request.post(where, data)
    return await limits.process_request(bot.request.post, (where, data), {}, endpoint, values, None)
