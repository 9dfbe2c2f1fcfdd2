"""Sends the files of an answer as documents; what Telegram does not take stays on the server, and its name is told."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import structlog
from telegram import Bot, InputFile, Message
from telegram.error import TelegramError

from bot.telegram_question import Place
from handlers.answer import Answer, File, Note
from handlers.typed import size

IN_MEMORY_BYTES = 10_000_000
"""Up to this size a file is read as a whole, so that it can be sent again after a flood wait; larger ones stream."""

BYTES_A_SECOND = 100_000
"""The slowest line that a file is sent over."""

ANSWER_SECONDS = 120.0

log = structlog.get_logger(__name__)


async def send(bot: Bot, place: Place, files: tuple[File, ...], limit: int) -> tuple[Answer, ...]:
    """Send each file of at most ``limit`` bytes and remove it; what is to be told of those that were not sent."""
    told = [await _send(bot, place, file, limit) for file in files]
    return tuple(each for each in told if each is not None)


async def _send(bot: Bot, place: Place, file: File, limit: int) -> Answer | None:
    try:
        bytes_of = (await asyncio.to_thread(file.path.stat)).st_size
    except OSError:
        return Answer(f"{file.name} is not there any more.")
    if bytes_of > limit:
        return _stays(file, f"It has {size(bytes_of)}, and Telegram takes at most {size(limit)}.")
    try:
        sent = await _document(bot, place, file, bytes_of)
    except (TelegramError, OSError) as error:
        log.warning("file not sent", kind=type(error).__name__, bytes=bytes_of)
        return _stays(file, "Telegram did not take it.")
    if sent.document is None or sent.document.file_size != bytes_of:
        return _stays(file, "It did not arrive whole.")
    await asyncio.to_thread(file.path.unlink, missing_ok=True)
    with contextlib.suppress(OSError):
        await asyncio.to_thread(file.path.parent.rmdir)  # only where nothing else is in it
    return None


async def _document(bot: Bot, place: Place, file: File, bytes_of: int) -> Message:
    """Raises TelegramError and OSError."""
    with file.path.open("rb") as content:
        given = await asyncio.to_thread(content.read) if bytes_of <= IN_MEMORY_BYTES else content
        document = InputFile(given, filename=file.name, read_file_handle=False)
        return await bot.send_document(
            place.chat_id,
            document,
            caption=file.note,
            message_thread_id=place.thread_id,
            disable_content_type_detection=True,
            write_timeout=ANSWER_SECONDS + bytes_of / BYTES_A_SECOND,
            read_timeout=ANSWER_SECONDS,
        )


def _stays(file: File, why: str) -> Answer:
    return Answer(
        f"{file.name} was not sent.", (Note(f"{why} It stays on the server, beside the store: {_named(file.path)}"),)
    )


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
