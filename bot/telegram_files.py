"""Fetches the file that a message hands in, for those only who may load."""

from __future__ import annotations

from telegram import Message
from telegram.error import BadRequest

from bot.telegram_question import document_of
from handlers import COMMANDS
from handlers.question import Attachment, Question, Role
from store.limits import LARGEST_FILE_BYTES


class FileError(Exception):
    """A file could not be fetched; the message is one plain sentence."""


async def attachments(message: Message, question: Question) -> tuple[Attachment, ...]:
    """The file of a command that takes one, nothing where none is handed in or by no admin. Raises FileError."""
    command = COMMANDS.get(question.command)
    wanted = command is not None and command.files and question.role >= Role.ADMIN
    document = document_of(message) if wanted else None
    if document is None:
        return ()
    if (document.file_size or 0) > LARGEST_FILE_BYTES:
        raise FileError(f"It is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
    try:
        content = await (await document.get_file()).download_as_bytearray()
    except BadRequest as error:
        raise FileError(f"Telegram says: {error.message}.") from None
    return (Attachment(document.file_name or "file", bytes(content), document.mime_type),)
