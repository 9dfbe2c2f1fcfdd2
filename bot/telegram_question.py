"""What a Telegram message asks, as a Question: the only place that reads messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telegram import Document, InlineKeyboardMarkup, Message, MessageEntity, TextQuote, User
from telegram.constants import ChatType

from bot import buttons
from handlers import COMMANDS

OF_LINKS = frozenset({"load", "unload"})
"""Commands for which the links behind words count, too."""

OF_A_MESSAGE = frozenset({"quotes", "who", "check", "context", "card", "ask"})
"""Commands that are about the replied-to message where they have no words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, and a forum topic of it."""

    chat_id: int
    thread_id: int | None = None

    @property
    def key(self) -> str:
        """The same for the store."""
        return self.whole if self.thread_id is None else f"{self.whole}:{self.thread_id}"

    @property
    def whole(self) -> str:
        """The key of the chat, whatever the topic."""
        return f"telegram:{self.chat_id}"

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
class Asked:
    """What a message asks.

    ``reply`` is the text that it is about, ``story`` the story of the bot's own message that it replies to. ``blind``
    says that it replies to something of which Telegram shows the bot no text.
    """

    command: str
    words: str = ""
    reply: str | None = None
    story: int | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A message taken apart: ``command`` is None for plain words, ``to`` the bot that a command names."""

    command: str | None
    to: str | None
    words: str


def asked(message: Message, me: User) -> Asked | None:
    """What a message asks of the bot, None where it is to be silent.

    In private: everything that has words, or a file. In groups: known commands, words that mention the bot, and
    replies to it. In channels: commands that name it.
    """
    if message.via_bot is not None or message.is_automatic_forward or _is_from_a_bot(message):
        return None
    found = written(message)
    if found.command is None:
        called = _called(message, me) if message.chat.type != ChatType.CHANNEL else None
        if called is None and message.chat.type != ChatType.PRIVATE:
            return None
        found = called or found
    if found.to is not None and found.to != (me.username or "").lower():
        return None
    if found.command is None:
        return _plain(found.words, message, me)
    if message.chat.type != ChatType.PRIVATE and found.command not in COMMANDS:
        return None
    if message.chat.type == ChatType.CHANNEL and found.to is None:
        return None
    return _command(found.command, found.words, message)


def _is_from_a_bot(message: Message) -> bool:
    """Two bots that answer each other would never end; what stands for an anonymous admin or a channel is none."""
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def written(message: Message) -> Written:
    """The command and the words of a message's text or caption."""
    text = message.text or message.caption or ""
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return _split(text, entity.length)
    return Written(None, None, text.strip())


def _split(text: str, length: int) -> Written:
    name, _, to = text[1:length].partition("@")
    return Written(name.lower(), to.lower() or None, text[length:].strip())


def _called(message: Message, me: User) -> Written | None:
    """The words of a message that mentions the bot, without the mention, or in a group replies to it."""
    mentions = [entity for entity in message.entities or message.caption_entities if _is_mention(entity, message, me)]
    replied = replied_message(message)
    to_me = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    if not mentions and (not to_me or message.chat.type == ChatType.PRIVATE):
        return None
    words = _without(message.text or message.caption or "", mentions)
    if words.startswith("/") and mentions:  # "@bot /quotes Kelly"
        return _split(words, len(words.split(maxsplit=1)[0]))
    return Written(None, None, words)


def _is_mention(entity: MessageEntity, message: Message, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    text = message.parse_entity(entity) if message.text else message.parse_caption_entity(entity)
    return entity.type == MessageEntity.MENTION and text.lower() == f"@{me.username or ''}".lower()


def _without(text: str, entities: Iterable[MessageEntity]) -> str:
    """The words without some stretches, whose places are UTF-16 units, and without the signs around these."""
    wide = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        wide = wide[: 2 * entity.offset] + b" \0" + wide[2 * (entity.offset + entity.length) :]
    return " ".join(wide.decode("utf-16-le", "surrogatepass").split()).strip(",:;–— ")


def _plain(words: str, message: Message, me: User) -> Asked | None:
    """Plain words are a question, a file in private is to be loaded, and only a mention is a greeting."""
    if message.chat.type == ChatType.PRIVATE and message.document is not None:
        return Asked("load")
    replied = replied_message(message)
    mine = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    story = _story_of(replied.reply_markup) if mine and replied is not None else None
    about = _shown_in(replied, message.quote) if mine and replied is not None else replied_text(message)
    if not words and (about is None or mine):
        if message.chat.type == ChatType.PRIVATE or mine:
            return None
        return Asked("ask", blind=True) if _replies(message) else Asked("start")
    return Asked("ask", words, about, story)


def _shown_in(mine: Message, marked: TextQuote | None) -> str | None:
    """What a message of the bot's own quotes: the part that was marked, else the printed words, not the bot's own."""
    if marked is not None and marked.is_manual:
        return marked.text
    quotes = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)
    shown = mine.parse_entities([*quotes]) if mine.text else mine.parse_caption_entities([*quotes])
    return "\n".join(shown.values()) or None


def _command(name: str, words: str, message: Message) -> Asked:
    if name in OF_LINKS:
        given = " ".join([words, *hidden_links(message)]).strip()
        return Asked(name, given, replied_text(message, with_links=True))
    about = replied_text(message)
    blind = about is None and not words and name in OF_A_MESSAGE and _replies(message)
    return Asked(name, words, about, blind=blind)


def _replies(message: Message) -> bool:
    elsewhere = message.external_reply is not None or message.reply_to_story is not None
    return elsewhere or replied_message(message) is not None


def _story_of(markup: InlineKeyboardMarkup | None) -> int | None:
    """The story that the buttons of a message are about, so that a reply to it is about the same."""
    data = [button.callback_data for row in (markup.inline_keyboard if markup else ()) for button in row]
    return next((story for each in data if isinstance(each, str) and (story := buttons.story_in(each))), None)


def replied_text(message: Message, *, with_links: bool = False) -> str | None:
    """What a message replies to: the part that its writer marked, else all of the text or caption.

    Of a message in another chat Telegram shows the marked part only. ``with_links`` adds the addresses that stand
    behind words, and the one that is previewed.
    """
    if message.quote is not None and not with_links:
        return message.quote.text
    replied = replied_message(message)
    if not with_links:
        return None if replied is None else (replied.text or replied.caption)
    quote = message.quote.text if message.quote is not None else None
    whole = None if replied is None or quote is not None else (replied.text or replied.caption)
    links = hidden_links(replied) if replied is not None and quote is None else []
    return "\n".join(filter(None, [quote, whole, *links, _previewed(message)])) or None


def _previewed(message: Message) -> str | None:
    """The link that a message in another chat shows a preview of."""
    preview = message.external_reply.link_preview_options if message.external_reply is not None else None
    url = preview.url if preview is not None else None
    return url if isinstance(url, str) else None


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
    """The file of a message, else of the message that it replies to, in whatever chat that is."""
    if message.document is not None:
        return message.document
    replied = replied_message(message)
    if replied is not None:
        return replied.document
    return message.external_reply.document if message.external_reply is not None else None
