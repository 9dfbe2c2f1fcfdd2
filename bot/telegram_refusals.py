"""What follows from a refusal of Telegram's: which are final, and what is sent again without its format."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.constants import ParseMode
from telegram.error import BadRequest

T = TypeVar("T")

_FINAL = (
    "chat not found",
    "user not found",
    "chat_write_forbidden",
    "chat_restricted",
    "have no rights to send",
    "not enough rights",
    "need administrator rights",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "thread not found",
    "peer_id_invalid",
    "query is too old",
    "query id is invalid",
    "message_id_invalid",
)
"""Parts of what Telegram says, in small letters."""

_EDIT_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message not found",
    "no text in the message to edit",
)


def is_final(error: BadRequest) -> bool:
    """Whether a call was refused because of the chat, its topic or the time, not of what was sent.

    Trying again cannot help then, and nothing of ours is wrong.
    """
    return any(each in error.message.lower() for each in _FINAL)


def is_unchanged(error: BadRequest) -> bool:
    """Whether an edit was refused because the message reads so already."""
    return "not modified" in error.message.lower()


def cannot_be_edited(error: BadRequest) -> bool:
    """Whether an edit was refused because the message was deleted, or may not be edited any more."""
    return any(each in error.message.lower() for each in _EDIT_GONE)


async def formatted(call: Callable[[str | None], Awaitable[T]]) -> T:
    """Call for a text in HTML, and for one without any format where Telegram cannot parse it. Raises what it raises."""
    try:
        return await call(ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        return await call(None)
