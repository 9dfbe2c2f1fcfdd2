"""Makes the library's objects of an update; of a plain message it does so itself, as the library tries 90 fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from telegram import Bot, Chat, Message, MessageEntity, TelegramObject, Update, User
from telegram.constants import ChatType

Json = dict[str, Any]

PLAIN = frozenset({"message_id", "date", "chat", "from", "text", "entities", "message_thread_id", "is_topic_message"})
SCALARS = frozenset({"message_id", "text", "message_thread_id", "is_topic_message"})
CHAT = frozenset({"id", "type", "title", "username", "first_name", "last_name", "is_forum"})
USER = frozenset({"id", "first_name", "is_bot", "last_name", "username", "language_code", "is_premium"})
CHAT_TYPES = {each.value: each for each in ChatType}
ENTITY = frozenset({"type", "offset", "length", "url"})


def parse(update: Json, bot: Bot) -> Update:
    """The update as the library has it. Raises whatever the library raises for what is no update."""
    message = update.get("message")
    if update.keys() != {"update_id", "message"} or not isinstance(message, dict) or not _is_plain(message):
        return Update.de_json(update, bot)
    number = update["update_id"]
    return _made(_Update, bot, (number,), {"update_id": number, "message": _message(message, bot)})


def _is_plain(message: Json) -> bool:
    """Whether a message has nothing but text, and where and by whom it was written."""
    chat, user, entities = message.get("chat"), message.get("from"), message.get("entities", [])
    return (
        message.keys() <= PLAIN
        and {"message_id", "date", "text"} <= message.keys()
        and isinstance(message["date"], int)
        and isinstance(chat, dict)
        and {"id", "type"} <= chat.keys() <= CHAT
        and isinstance(chat["type"], str)
        and chat["type"] in CHAT_TYPES
        and isinstance(user, dict)
        and {"id", "first_name", "is_bot"} <= user.keys() <= USER
        and isinstance(entities, list)
        and all(isinstance(each, dict) and {"type", "offset", "length"} <= each.keys() <= ENTITY for each in entities)
    )


def _message(message: Json, bot: Bot) -> Message:
    chat, user = message["chat"], message["from"]
    kind = CHAT_TYPES[chat["type"]]
    place = _made(_Chat, bot, (chat["id"],), chat | {"type": kind})
    entities = tuple(MessageEntity(**each) for each in message.get("entities", ()))
    for each in entities:
        each.set_bot(bot)
    given = {name: value for name, value in message.items() if name in SCALARS}
    given["date"] = datetime.fromtimestamp(message["date"], UTC)
    given["chat"], given["entities"] = place, entities
    given["from_user"] = _made(_User, bot, (user["id"],), user)
    return _made(_Message, bot, (message["message_id"], place), given)


class _Sparse:
    """Makes one of the library's objects hold only what came; the rest is read of one that nothing came for."""

    __slots__ = ()
    blank: ClassVar[TelegramObject]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the field has
        return getattr(type(self).blank, name)

    def __hash__(self) -> int:
        """As of the library's own, which it is equal to."""
        return hash((type(type(self).blank), self._id_attrs))


class _Chat(_Sparse, Chat):
    __slots__ = ()
    blank = Chat(0, "")


class _User(_Sparse, User):
    __slots__ = ()
    blank = User(0, "", is_bot=False)


class _Message(_Sparse, Message):
    __slots__ = ()
    blank = Message(0, datetime.fromtimestamp(0, UTC), _Chat.blank)


class _Update(_Sparse, Update):
    __slots__ = ()
    blank = Update(0)


Made = TypeVar("Made", bound=TelegramObject)


def _made(kind: type[Made], bot: Bot, identity: tuple[object, ...], values: Json) -> Made:
    """An object with these fields; ``identity`` is what the library compares its like by."""
    made = kind.__new__(kind)
    for name, value in values.items():
        _set(made, name, value)
    _set(made, "_id_attrs", identity)
    _set(made, "_bot", bot)
    return made


_set = object.__setattr__  # the library's own looks at each field whether it may be set
