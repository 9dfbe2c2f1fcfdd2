"""Reads of an update what the inbox must know before anybody handles it: its kind, its lane, where it came from."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

BY_USER = frozenset({"inline_query", "chosen_inline_result"})
TOLD = frozenset({"message", "channel_post", "callback_query"})
"""Kinds whose chat is told when they are given up; nobody waits for an answer to the others."""


def kind_of(update: Json) -> str:
    """The kind of an update, empty for one that has none."""
    return next((name for name in update if name != "update_id"), "")


def lane_of(update: Json) -> str:
    """What an update is in order with: its chat, else whoever caused it."""
    kind = kind_of(update)
    body = _dict(update.get(kind))
    chat = _chat(body)
    if kind not in BY_USER and chat is not None:
        return f"chat:{chat}"
    user = _dict(body.get("from")).get("id")
    return f"user:{user}" if isinstance(user, int) else f"kind:{kind:.40}"


def place_of(update: Json) -> Json | None:
    """Where to answer an update, as ``telegram_texts.send`` takes it; None where nobody waits for an answer."""
    kind = kind_of(update)
    body = _dict(update.get(kind))
    message = _dict(body.get("message")) if kind == "callback_query" else body
    chat = _chat(body)
    if kind not in TOLD or chat is None:
        return None
    place: Json = {"chat_id": chat}
    if message.get("is_topic_message") is True and isinstance(message.get("message_thread_id"), int):
        place["thread_id"] = message["message_thread_id"]
    if kind == "message" and isinstance(message.get("message_id"), int):
        place["reply_to"] = message["message_id"]
    return place


def _chat(body: Json) -> int | None:
    chat = _dict(body.get("chat")) or _dict(_dict(body.get("message")).get("chat"))
    found = chat.get("id")
    return found if isinstance(found, int) else None


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}
