"""What the server knows: users, chats, messages, files, and the updates that the bot has not confirmed."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BOT: Json = {"id": 4242, "is_bot": True, "first_name": "News", "username": "news_test_bot"}


class ApiError(Exception):
    """A refusal as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(slots=True)
class World:
    """All state of one server."""

    bot: Json = field(default_factory=lambda: dict(BOT))
    chats: dict[int, Json] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    taps: dict[str, Json | None] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    refusals: list[tuple[str, ApiError]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _update_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1000))

    def new_message(self, chat_id: int, **parts: object) -> Json:
        """Keep a message in a chat."""
        message_id = next(self._message_ids)
        message = {"message_id": message_id, "date": int(time.time()), "chat": self.chat(chat_id), **parts}
        self.messages[chat_id, message_id] = message
        return message

    def chat(self, chat_id: int) -> Json:
        """A chat that the bot may write to. Raises ApiError."""
        if chat_id not in self.chats:
            raise ApiError(400, "Bad Request: chat not found")
        return self.chats[chat_id]

    def new_file(self, name: str, content: bytes) -> str:
        """Keep a file and give it an id."""
        file_id = secrets.token_urlsafe(12)
        self.files[file_id] = (name, content)
        return file_id

    async def new_update(self, **kind: Json) -> None:
        """Hand an update to the bot."""
        async with self.changed:
            self.updates.append({"update_id": next(self._update_ids), **kind})
            self.changed.notify_all()

    async def notify(self) -> None:
        """Wake whoever waits for something to happen."""
        async with self.changed:
            self.changed.notify_all()

    def refuse_next(self, method: str, error: ApiError) -> None:
        """Refuse the next call of a method, as a server does that is overloaded."""
        self.refusals.append((method, error))

    def confirm(self, offset: int) -> None:
        """Forget updates before ``offset``."""
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
