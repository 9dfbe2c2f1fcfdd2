"""Makes the library's objects of an update; of a plain message it does so itself, as the library tries 90 fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Chat, Message, MessageEntity, Update, User

Json = dict[str, Any]

PLAIN = frozenset({"message_id", "date", "chat", "from", "text", "entities", "message_thread_id", "is_topic_message"})
SCALARS = frozenset({"message_id", "text", "message_thread_id", "is_topic_message"})
CHAT = frozenset({"id", "type", "title", "username", "first_name", "last_name", "is_forum"})
USER = frozenset({"id", "first_name", "is_bot", "last_name", "username", "language_code", "is_premium"})
ENTITY = frozenset({"type", "offset", "length", "url"})


def parse(update: Json, bot: Bot) -> Update:
    """The update as the library has it. Raises whatever the library raises for what is no update."""
    message = update.get("message")
    if update.keys() != {"update_id", "message"} or not isinstance(message, dict) or not _is_plain(message):
        return Update.de_json(update, bot)
    made = Update(update["update_id"], message=_message(message, bot))
    made.set_bot(bot)
    return made


def _is_plain(message: Json) -> bool:
    """Whether a message has nothing but text, and where and by whom it was written."""
    chat, user, entities = message.get("chat"), message.get("from"), message.get("entities", [])
    return (
        message.keys() <= PLAIN
        and {"message_id", "date", "text"} <= message.keys()
        and isinstance(message["date"], int)
        and isinstance(chat, dict)
        and {"id", "type"} <= chat.keys() <= CHAT
        and isinstance(user, dict)
        and {"id", "first_name", "is_bot"} <= user.keys() <= USER
        and isinstance(entities, list)
        and all(isinstance(each, dict) and {"type", "offset", "length"} <= each.keys() <= ENTITY for each in entities)
    )


def _message(message: Json, bot: Bot) -> Message:
    chat, user = Chat(**message["chat"]), User(**message["from"])
    entities = [MessageEntity(**each) for each in message.get("entities", ())]
    made = Message(
        date=datetime.fromtimestamp(message["date"], UTC),
        chat=chat,
        from_user=user,
        entities=entities,
        **{name: value for name, value in message.items() if name in SCALARS},
    )
    for each in (made, chat, user, *entities):
        each.set_bot(bot)
    return made
