"""A person's side: writes, taps, uploads, and sees what the bot sends."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Any

from tests.telegram_server.judge import entities_in
from tests.telegram_server.world import Json, World

PATIENCE_SECONDS = 60.0


class Person:
    """A user in a chat: the private one with the bot, or a group."""

    def __init__(self, world: World, user_id: int, *, group: int | None = None, forum: bool = False) -> None:
        self._world = world
        self.user: Json = {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}
        private: Json = {"id": user_id, "type": "private", "first_name": self.user["first_name"]}
        shared: Json = {"id": group, "type": "supergroup", "title": "A group"} | ({"is_forum": True} if forum else {})
        self.chat: Json = private if group is None else shared
        world.chats[self.chat["id"]] = self.chat

    async def writes(self, text: str, **parts: object) -> Json:
        """Send a text."""
        return await self._sends(**{"text": text, "entities": entities_in(text), **parts})

    async def uploads(self, name: str, content: bytes, caption: str = "", **parts: object) -> Json:
        """Send a file."""
        file_id = self._world.new_file(name, content)
        document = {"file_id": file_id, "file_unique_id": file_id[:6], "file_name": name, "file_size": len(content)}
        captioned = {"caption": caption, "caption_entities": entities_in(caption)} if caption else {}
        return await self._sends(document=document, **captioned, **parts)

    async def taps(self, message: Json, label: str) -> str:
        """Tap a button by its label, or forge its data with ``label="data:…"``; the id of the tap."""
        data = label.removeprefix("data:") if label.startswith("data:") else buttons(message)[label]
        tap = secrets.token_hex(8)
        self._world.taps[tap] = None
        query = {"id": tap, "from": self.user, "message": message, "chat_instance": "1", "data": data}
        await self._world.new_update(callback_query=query)
        return tap

    async def asks(self, text: str, **parts: object) -> Json:
        """Send a text and wait for the next message of the bot."""
        before = len(self.seen())
        await self.writes(text, **parts)
        return (await self.sees(before + 1))[-1]

    async def sees(self, count: int) -> list[Json]:
        """All messages of the bot in the chat, once there are ``count``."""
        await self.waits(lambda: len(self.seen()) >= count)
        return self.seen()

    def seen(self) -> list[Json]:
        """All messages of the bot in the chat, as they read now."""
        bot = self._world.bot["id"]
        return [
            message
            for (chat_id, _), message in self._world.messages.items()
            if chat_id == self.chat["id"] and message["from"]["id"] == bot
        ]

    async def waits(self, condition: Callable[[], object]) -> None:
        """Until something has happened on the server."""
        async with self._world.changed:
            await asyncio.wait_for(self._world.changed.wait_for(lambda: bool(condition())), PATIENCE_SECONDS)

    async def _sends(self, **parts: Any) -> Json:
        message = self._world.new_message(self.chat["id"], **{"from": self.user}, **parts)
        await self._world.new_update(message=message)
        return message


def buttons(message: Json) -> dict[str, str]:
    """The buttons of a message: label and data."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
