"""What the server knows: users, chats, messages, files, and the updates that the bot has not confirmed."""

from __future__ import annotations

import asyncio
import copy
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server import members
from tests.telegram_server.errors import ApiError, bad, forbidden
from tests.telegram_server.floods import Floods
from tests.telegram_server.schema import check_update
from tests.telegram_server.webhook import Webhook

Json = dict[str, Any]

BOT: Json = {"id": 4242, "is_bot": True, "first_name": "News", "username": "news_test_bot"}
OWNER: Json = {"id": 500_001, "is_bot": False, "first_name": "Owner"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that a bot must ask for by name, by the manual's page of getUpdates."""

__all__ = ["ANONYMOUS", "BOT", "OWNER", "ApiError", "Json", "Topic", "World"]


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the service message that opened it."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class World:
    """All state of one server.

    ``privacy`` is the bot's privacy mode in groups, ``local`` whether a webhook may be plain HTTP, as on a Bot API
    server of one's own, ``judged`` whether requests and answers are held against the schema, ``delay`` the seconds
    that every call takes, ``retry_seconds`` the wait after the second failure of a webhook. ``next_update_id``
    begins anywhere, so that no two servers hand out the same numbers. ``faults`` is what the server itself did wrong.
    """

    bot: Json = field(default_factory=lambda: dict(BOT))
    privacy: bool = True
    local: bool = True
    judged: bool = True
    delay: float = 0.0
    retry_seconds: float = 0.1
    floods: Floods | None = None
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Json] = field(default_factory=dict)
    members: dict[int, dict[int, Json]] = field(default_factory=dict)
    migrated: dict[int, int] = field(default_factory=dict)
    not_started: set[int] = field(default_factory=set)
    last_bot: dict[int, int] = field(default_factory=dict)
    topics: dict[int, dict[int, Topic]] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    inline_messages: dict[str, Json] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    taps: dict[str, Json | None] = field(default_factory=dict)
    inline_queries: dict[str, Json | None] = field(default_factory=dict)
    guest_queries: dict[str, Json | None] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    profile: dict[str, str] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    next_update_id: int = field(default_factory=lambda: secrets.randbelow(2**29) + 1)
    polls: int = 0
    webhook: Webhook = field(default_factory=Webhook)
    refusals: list[tuple[str, ApiError]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last_ids: dict[int, int] = field(default_factory=dict)

    def new_message(self, chat_id: int, **parts: Any) -> Json:
        """Keep a message in a chat."""
        message_id = self._next_message_id(chat_id)
        message = {"message_id": message_id, "date": int(time.time()), "chat": self.chats[chat_id], **parts}
        if "reply_to_message" in message:
            message["reply_to_message"] = shallow(message["reply_to_message"])
        self.messages[chat_id, message_id] = message
        sender = message.get("from", {})
        if sender.get("is_bot") and sender != ANONYMOUS:
            self.last_bot[chat_id] = sender["id"]
        return message

    def _next_message_id(self, chat_id: int) -> int:
        """Supergroups and channels count for themselves, all other chats of an account together.

        1 is a forum's general topic.
        """
        counter = chat_id if self.chats[chat_id]["type"] in {"supergroup", "channel"} else 0
        before = 1 if self.chats[chat_id].get("is_forum") else 0
        self._last_ids[counter] = self._last_ids.get(counter, before) + 1
        return self._last_ids[counter]

    def known_chat(self, chat_id: int | str) -> Json:
        """A chat that the bot may ask about, by id or by @name. Raises ApiError."""
        if isinstance(chat_id, str):
            names = (chat for chat in self.chats.values() if f"@{chat.get('username', '')}" == chat_id)
            found = next(names, None)
            chat_id = 0 if found is None else int(found["id"])
        if chat_id in self.migrated:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated[chat_id])
        if chat_id not in self.chats:
            raise bad("chat not found")
        return self.chats[chat_id]

    def chat(self, chat_id: int | str) -> Json:
        """A chat that the bot may write to. Raises ApiError."""
        chat = self.known_chat(chat_id)
        if chat["type"] == "private" and chat["id"] in self.not_started:
            raise forbidden("bot can't initiate conversation with a user")
        status = self.member(chat["id"], self.bot["id"])["status"]
        if chat["type"] == "private" and status == "kicked":
            raise forbidden("bot was blocked by the user")
        kind = "group" if chat["type"] == "group" else chat["type"]
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if status == "left":
            raise forbidden(f"bot is not a member of the {kind} chat")
        if status == "member" and kind == "channel":
            raise bad("need administrator rights in the channel chat")
        return chat

    def member(self, chat_id: int, user_id: int) -> Json:
        """What a user is in a chat; "left" where nothing is known."""
        found = self.members.get(chat_id, {}).get(user_id)
        if found is not None:
            return found
        user = self.bot if user_id == self.bot["id"] else self.users.get(user_id, {"id": user_id})
        return members.plain(user, "left")

    def set_member(self, chat_id: int, user: Json, status: str) -> tuple[Json, Json]:
        """Change what a user is in a chat; the state before and after."""
        before = self.member(chat_id, user["id"])
        after = members.plain(user, status)
        self.members.setdefault(chat_id, {})[user["id"]] = after
        return before, after

    def open_topic(self, chat_id: int, name: str, opener: Json, thread_id: int | None = None) -> Json:
        """Make a forum topic; the service message that opens it. ``thread_id`` is for one that was there before."""
        if thread_id is not None:
            self._last_ids[chat_id] = max(self._last_ids.get(chat_id, 0), thread_id - 1)
        message = self.new_message(chat_id, **{"from": opener})
        number = thread_id or message["message_id"]
        if number != message["message_id"]:  # an id that is past already
            self.messages.pop((chat_id, message["message_id"]))
            message["message_id"] = number
            self.messages[chat_id, number] = message
        created = {"name": name, "icon_color": 0x6FB9F0}
        message |= {"message_thread_id": number, "is_topic_message": True, "forum_topic_created": created}
        self.topics.setdefault(chat_id, {})[number] = Topic(name)
        return message

    def new_file(self, name: str, content: bytes) -> str:
        """Keep a file and give it an id."""
        file_id = secrets.token_urlsafe(12)
        self.files[file_id] = (name, content)
        return file_id

    async def new_update(self, **kind: Json) -> None:
        """Hand an update to the bot, if it takes that kind."""
        (name,) = kind
        wanted = name not in NOT_BY_DEFAULT if self.allowed is None else name in self.allowed
        async with self.changed:
            if wanted:
                update = {"update_id": self.next_update_id, **copy.deepcopy(kind)}
                if self.judged:
                    check_update(update)
                self.next_update_id += 1
                self.updates.append(update)
            self.changed.notify_all()

    async def notify(self) -> None:
        """Wake whoever waits for something to happen."""
        async with self.changed:
            self.changed.notify_all()

    def refuse_next(self, method: str, error: ApiError) -> None:
        """Refuse the next call of a method, as a server does that is overloaded."""
        self.refusals.append((method, error))

    def expire(self) -> None:
        """Let time pass: what was tapped, typed inline or asked as a guest can be answered no more."""
        for queries in (self.taps, self.inline_queries, self.guest_queries):
            queries.update({key: {} for key, answer in queries.items() if answer is None})

    def confirm(self, offset: int) -> None:
        """Forget updates before ``offset``; a negative one leaves as many as it says, from the end."""
        if offset < 0:
            del self.updates[:offset]
        self.updates = [update for update in self.updates if update["update_id"] >= offset]


def shallow(message: Json) -> Json:
    """A message as it stands inside another one: without what that replied to itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
