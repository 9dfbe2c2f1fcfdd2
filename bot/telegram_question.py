"""What a Telegram message asks, as a Question: the only place that reads messages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Chat, Document, Message, MessageEntity, User

from handlers.question import Question, Role


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, and a forum topic of it."""

    chat_id: int
    thread_id: int | None = None

    @property
    def key(self) -> str:
        """The same for the store."""
        return f"telegram:{self.chat_id}" if self.thread_id is None else f"telegram:{self.chat_id}:{self.thread_id}"

    @classmethod
    def of(cls, message: Message) -> Place:
        """The place of a message; plain replies in a group have a thread too, which is no topic."""
        return cls(message.chat.id, message.message_thread_id if message.is_topic_message else None)

    @classmethod
    def parse(cls, key: str) -> Place | None:
        """The place of a key, None for a chat that is not Telegram's."""
        kind, _, rest = key.partition(":")
        numbers = rest.split(":")
        if kind != "telegram" or not all(each.lstrip("-").isdecimal() for each in numbers) or len(numbers) > 2:
            return None
        return cls(int(numbers[0]), int(numbers[1]) if len(numbers) == 2 else None)


@dataclass(frozen=True, slots=True)
class Written:
    """A message taken apart: ``command`` is None for plain words, ``to`` the bot that a command names."""

    command: str | None
    to: str | None
    words: str


def written(message: Message) -> Written:
    """The command and the words of a message's text or caption."""
    text = message.text or message.caption or ""
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, to = text[1 : entity.length].partition("@")
            return Written(name.lower(), to.lower() or None, text[entity.length :].strip())
    return Written(None, None, text.strip())


def asked_by(user: User | None, chat: Chat, place: Place, admins: Collection[int]) -> Question:
    """A question without a command yet, with the rights of whoever sent or tapped."""
    role = Role.ADMIN if user is not None and user.id in admins else Role.READER
    return Question(
        command="",
        chat=place.key,
        asker="" if user is None else str(user.id),
        role=role,
        private=chat.type == Chat.PRIVATE,
        now=datetime.now(UTC),
    )


def replied_text(message: Message, *, with_links: bool = False) -> str | None:
    """What a message replies to: the part that its writer marked, else all of the text or caption.

    ``with_links`` adds the addresses that stand behind words.
    """
    if message.quote is not None:
        return message.quote.text
    replied = replied_message(message)
    if replied is None:
        return None
    text = replied.text or replied.caption
    return "\n".join(filter(None, [text, *hidden_links(replied)])) or None if with_links else text


def replied_message(message: Message) -> Message | None:
    """The message that is replied to; what opened a topic is "replied to" by all in it, which is no reply."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    opener = message.is_topic_message and replied.message_id == message.message_thread_id
    return None if opener else replied


def hidden_links(message: Message) -> list[str]:
    """Addresses behind words of a message."""
    entities = (*message.entities, *message.caption_entities)
    return [entity.url for entity in entities if entity.type == MessageEntity.TEXT_LINK and entity.url]


def document_of(message: Message) -> Document | None:
    """The file of a message, else of the message that it replies to."""
    if message.document is not None:
        return message.document
    replied = replied_message(message)
    return None if replied is None else replied.document
