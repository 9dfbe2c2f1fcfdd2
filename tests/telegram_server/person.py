"""A person's side: writes, replies, taps, uploads, asks inline, and sees what the bot sends."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable

from tests.telegram_server import inline
from tests.telegram_server.judge import entities_in, units_of
from tests.telegram_server.origin import origin_of
from tests.telegram_server.person_chats import Member
from tests.telegram_server.privacy import reaches
from tests.telegram_server.world import ANONYMOUS, Json, shallow

PATIENCE_SECONDS = 60.0
WIRE: Json = {"id": -1009000000001, "type": "channel", "title": "News wire", "username": "news_wire_test"}


class Person(Member):
    """A user in a chat: the private one with the bot, a group, or a channel of which the user is an admin."""

    async def writes(self, text: str, **parts: object) -> Json:
        """Send a text. ``parts`` are further fields of the message, such as ``message_thread_id``."""
        return await self._sends(**{"text": text, "entities": entities_in(text), **parts})

    async def replies(self, message: Json, text: str, quote: str | None = None, **parts: object) -> Json:
        """Reply to a message, also to one of another chat; ``quote`` is the part of it that is marked."""
        entities = entities_in(text)
        reply = _reply(message, quote) if message["chat"]["id"] == self.chat["id"] else _external(message, quote)
        return await self._sends(**{"text": text, "entities": entities, **reply, **self._thread_of(message), **parts})

    async def mentions(self, text: str, **parts: object) -> Json:
        """Send a text with the bot's @name before it, unless it has one."""
        return await self.writes(self._addressed(text), **parts)

    async def edits(self, message: Json, text: str) -> Json:
        """Change the text or the caption of a message that was sent before."""
        part = "text" if "text" in message else "caption"
        entities = "entities" if part == "text" else "caption_entities"
        message |= {part: text, entities: entities_in(text), "edit_date": int(time.time())}
        if reaches(self._world, message):
            kind = "edited_channel_post" if message["chat"]["type"] == "channel" else "edited_message"
            await self._world.new_update(**{kind: message})
        return message

    async def forwards(self, message: Json, *, hidden: bool = False, **parts: object) -> Json:
        """Forward a message or a channel's post into the chat; ``hidden`` for a sender who shows only a name."""
        content = {name: message[name] for name in inline.CONTENT if name in message}
        return await self._sends(**content, forward_origin=origin_of(message, hidden=hidden), **parts)

    async def uploads(self, name: str, content: bytes, caption: str = "", **parts: object) -> Json:
        """Send a file."""
        file_id = self._world.new_file(name, content)
        document = {"file_id": file_id, "file_unique_id": file_id[:6], "file_name": name, "file_size": len(content)}
        captioned = {"caption": caption, "caption_entities": entities_in(caption)} if caption else {}
        return await self._sends(document=document, **captioned, **parts)

    async def posts(self, text: str, **parts: object) -> Json:
        """Publish in the channel; a person of no channel publishes in a public one where the bot is not."""
        chat = self.chat if self.chat["type"] == "channel" else self._world.chats.setdefault(WIRE["id"], dict(WIRE))
        return await self._publish(
            self._world.new_message(
                chat["id"], **{"sender_chat": chat, "text": text, "entities": entities_in(text), **parts}
            )
        )

    async def anonymously(self, text: str, **parts: object) -> Json:
        """Send a text as an admin of the group who shows only the group's name."""
        hidden = {"from": ANONYMOUS, "sender_chat": self.chat}
        return await self._sends(**{"text": text, "entities": entities_in(text), **hidden, **parts})

    async def taps(self, message: Json, label: str) -> str:
        """Tap a button by its label, or forge its data with ``label="data:…"``; the id of the tap.

        The button may be below a message of a chat, one that was inserted inline, or one that is deleted.
        """
        data = label.removeprefix("data:") if label.startswith("data:") else buttons(message)[label]
        tap = secrets.token_hex(8)
        self._world.taps[tap] = None
        query = {"id": tap, "from": self.user, "chat_instance": "1", "data": data, **self._tapped(message)}
        await self._world.new_update(callback_query=query)
        return tap

    async def asks(self, text: str, **parts: object) -> Json:
        """Send a text and wait for the next message of the bot."""
        before = len(self.seen())
        await self.writes(text, **parts)
        return (await self.sees(before + 1))[-1]

    async def asks_inline(self, query: str, offset: str = "", *, chat_type: str = "sender") -> list[Json]:
        """Type ``@bot query`` in a message field and wait for the results; the whole answer is ``inline_answer``."""
        asked = await self.types_inline(query, offset, chat_type=chat_type)
        await self.waits(lambda: self._world.inline_queries[asked] is not None)
        self.inline_answer = self._world.inline_queries[asked] or {}
        results: list[Json] = self.inline_answer.get("results", [])
        return results

    async def types_inline(self, query: str, offset: str = "", *, chat_type: str = "sender") -> str:
        """Type ``@bot query`` and wait for nothing; the id of the query."""
        asked = str(secrets.randbits(60))
        self._world.inline_queries[asked] = None
        self.inline_words = query
        fields = {"id": asked, "from": self.user, "query": query, "offset": offset, "chat_type": chat_type}
        await self._world.new_update(inline_query=fields)
        return asked

    async def chooses(self, result: Json, **parts: object) -> Json:
        """Insert an inline result into the chat; the message, whose sender is the person."""
        chosen: Json = {"result_id": result["id"], "from": self.user, "query": self.inline_words}
        content = inline.content_of(self._world, result)
        made = self._made(**content, via_bot=self._world.bot, **parts)
        if "reply_markup" in made:
            chosen["inline_message_id"] = inline.remember(self._world, made)
        await self._world.new_update(chosen_inline_result=chosen)
        return await self._publish(made)

    async def guest(self, text: str, **parts: object) -> Json:
        """Ask the bot, by its @name, in a chat where it is not, and wait for its message."""
        asked = await self.calls_guest(text, **parts)
        await self.waits(lambda: self._world.guest_queries[asked] is not None)
        return self._world.guest_queries[asked] or {}

    async def calls_guest(self, text: str, **parts: object) -> str:
        """The same without waiting; the id of the query."""
        asked = secrets.token_hex(8)
        self._world.guest_queries[asked] = None
        text = self._addressed(text)
        made = self._made(**{"text": text, "entities": entities_in(text), "guest_query_id": asked, **parts})
        await self._world.new_update(guest_message=made)
        return asked

    async def sees(self, count: int) -> list[Json]:
        """All messages of the bot in the chat, once there are ``count``."""
        await self.waits(lambda: len(self.seen()) >= count)
        return self.seen()

    def seen(self) -> list[Json]:
        """All messages of the bot in the chat, as they read now; not what tells who came and went."""
        bot = self._world.bot["id"]
        return [
            message
            for (chat_id, _), message in self._world.messages.items()
            if chat_id == self.chat["id"] and message.get("from", {}).get("id") == bot
        ]

    async def waits(self, condition: Callable[[], object]) -> None:
        """Until something has happened on the server."""
        async with self._world.changed:
            await asyncio.wait_for(self._world.changed.wait_for(lambda: bool(condition())), PATIENCE_SECONDS)

    def _addressed(self, text: str) -> str:
        name = f"@{self._world.bot['username']}"
        return text if name.lower() in text.lower() else f"{name} {text}".strip()

    def _tapped(self, message: Json) -> Json:
        """What a tap says about the message with the button."""
        inserted = (key for key, each in self._world.inline_messages.items() if each is message)
        if (found := next(inserted, None)) is not None:
            return {"inline_message_id": found}
        place = (message["chat"]["id"], message["message_id"])
        gone = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
        return {"message": message if place in self._world.messages else gone}


def _reply(message: Json, quote: str | None) -> Json:
    return {"reply_to_message": shallow(message)} | ({} if quote is None else _quote(message, quote, manual=True))


def _external(message: Json, quote: str | None) -> Json:
    """A reply to a message of another chat: no text of it but the part that is marked, else all of it."""
    kept = ("document", "photo", "link_preview_options")
    about: Json = {"origin": origin_of(message)} | {name: message[name] for name in kept if name in message}
    if message["chat"]["type"] in {"supergroup", "channel"}:
        about |= {"chat": message["chat"], "message_id": message["message_id"]}
    text = quote or message.get("text") or message.get("caption") or ""
    return {"external_reply": about} | (_quote(message, text, manual=quote is not None) if text else {})


def _quote(message: Json, words: str, *, manual: bool) -> Json:
    """Raises ValueError where the message does not have the words."""
    text = message.get("text") or message.get("caption") or ""
    quote: Json = {"text": words, "position": units_of(text[: text.index(words)])}
    return {"quote": quote | ({"is_manual": True} if manual else {})}


def buttons(message: Json) -> dict[str, str]:
    """The buttons of a message: label and data."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button}
