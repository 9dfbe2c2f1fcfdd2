"""A person's place in a chat: what is there, who comes and goes, who runs it, its topics, its migration."""

from __future__ import annotations

import time
from typing import Any

from tests.telegram_server.privacy import reaches
from tests.telegram_server.world import ANONYMOUS, OWNER, Json, Topic, World, shallow


class Member:
    """A user and one chat of theirs. The bot is in it unless ``bot_inside`` says no."""

    def __init__(
        self,
        world: World,
        user_id: int,
        *,
        group: int | None = None,
        forum: bool = False,
        basic: bool = False,
        channel: int | None = None,
        started: bool = True,
        bot_inside: bool = True,
        language: str | None = None,
    ) -> None:
        """``basic`` makes a group that is no supergroup yet, ``started=False`` a user who never wrote to the bot."""
        self._world = world
        self.inline_answer: Json = {}
        self.inline_words = ""
        self.user: Json = {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}
        if language is not None:
            self.user["language_code"] = language
        world.users[user_id] = self.user
        if channel is not None:
            chat: Json = {"id": channel, "type": "channel", "title": "A channel"}
        elif group is not None:
            chat = {"id": group, "type": "group" if basic else "supergroup", "title": "A group"}
        else:
            chat = {"id": user_id, "type": "private", "first_name": self.user["first_name"]}
        self.chat: Json = world.chats.setdefault(chat["id"], chat)
        if forum:
            self.chat["is_forum"] = True
        self._joins_silently(bot_inside=bot_inside)
        if self.chat["type"] == "private" and not started:
            world.not_started.add(user_id)

    def _joins_silently(self, *, bot_inside: bool) -> None:
        shared, channel = self.chat["type"] != "private", self.chat["type"] == "channel"
        there = self._world.members.setdefault(self.chat["id"], {})
        if shared and OWNER["id"] not in there:
            self._world.set_member(self.chat["id"], OWNER, "creator")
        if self.user["id"] not in there:
            self._world.set_member(self.chat["id"], self.user, "administrator" if channel else "member")
        if bot_inside and self._world.bot["id"] not in there:
            self._world.set_member(self.chat["id"], self._world.bot, "administrator" if channel else "member")

    async def adds_bot(self) -> Json | None:
        """Add the bot to the group or channel; the service message of a group."""
        bot, chat_id = self._world.bot, self.chat["id"]
        if self._world.member(chat_id, bot["id"])["status"] not in {"left", "kicked"}:
            self._world.set_member(chat_id, bot, "left")
        channel = self.chat["type"] == "channel"
        await self._changes_bot("administrator" if channel else "member")
        return None if channel else await self._tells(new_chat_members=[bot])

    async def kicks_bot(self) -> None:
        """Remove the bot from the group or channel and keep it out."""
        if self.chat["type"] == "group":
            await self._tells(left_chat_member=self._world.bot)
        await self._changes_bot("kicked")

    async def blocks_bot(self) -> None:
        """Stop the bot from writing to the private chat."""
        await self._changes_bot("kicked")

    async def unblocks_bot(self) -> None:
        """Let it write again."""
        await self._changes_bot("member")

    async def makes_admin(self, user_id: int) -> None:
        """Let a user, or the bot, run the group."""
        await self._changes(user_id, "administrator")

    async def makes_member(self, user_id: int) -> None:
        """Take an admin's rights away again."""
        await self._changes(user_id, "member")

    async def leaves(self) -> None:
        """Leave the group."""
        await self._changes(self.user["id"], "left")
        await self._tells(left_chat_member=self.user)

    async def joins(self) -> Json:
        """Come (back) to the group; the service message."""
        await self._changes(self.user["id"], "member")
        return await self._tells(new_chat_members=[self.user])

    async def opens_topic(self, name: str) -> Json:
        """Open a forum topic; the service message, whose id is the topic's."""
        message = self._world.open_topic(self.chat["id"], name, self.user)
        return await self._publish(message)

    async def closes_topic(self, thread_id: int) -> Json:
        """Close a topic: only admins write in it then."""
        self._world.topics[self.chat["id"]][thread_id].closed = True
        return await self._tells(forum_topic_closed={}, **self._in_topic(thread_id))

    def deletes_topic(self, thread_id: int) -> None:
        """Delete a topic with all that was written in it; a bot is not told."""
        del self._world.topics[self.chat["id"]][thread_id]
        for key, message in list(self._world.messages.items()):
            if key[0] == self.chat["id"] and message.get("message_thread_id") == thread_id:
                del self._world.messages[key]

    def deletes(self, message: Json) -> None:
        """Delete a message; a bot is not told."""
        del self._world.messages[message["chat"]["id"], message["message_id"]]

    async def migrates(self, new_id: int) -> Json:
        """Turn the basic group into a supergroup with another id; the person's chat is the new one then."""
        if self.chat["type"] != "group":
            raise ValueError("Only a basic group migrates: make the person with basic=True.")
        old, world = self.chat["id"], self._world
        await self._tells(migrate_to_chat_id=new_id)
        self.chat = world.chats[new_id] = {"id": new_id, "type": "supergroup", "title": self.chat["title"]}
        world.members[new_id] = dict(world.members[old])
        world.migrated[old] = new_id
        moved = {"from": ANONYMOUS, "sender_chat": self.chat, "migrate_from_chat_id": old}
        return await self._publish(world.new_message(new_id, **moved))

    async def _changes_bot(self, status: str) -> None:
        await self._changes(self._world.bot["id"], status)

    async def _changes(self, user_id: int, status: str) -> None:
        """Change what somebody is in the chat, and tell the bot if it is itself or an admin."""
        world = self._world
        user = world.bot if user_id == world.bot["id"] else world.users[user_id]
        before, after = world.set_member(self.chat["id"], user, status)
        happened: Json = {"chat": self.chat, "from": self.user, "date": int(time.time())}
        happened |= {"old_chat_member": before, "new_chat_member": after}
        if user is world.bot:
            await world.new_update(my_chat_member=happened)
        elif world.member(self.chat["id"], world.bot["id"])["status"] == "administrator":
            await world.new_update(chat_member=happened)

    async def _tells(self, **service: Any) -> Json:
        return await self._publish(self._world.new_message(self.chat["id"], **{"from": self.user}, **service))

    async def _sends(self, **parts: Any) -> Json:
        return await self._publish(self._made(**parts))

    def _made(self, **parts: Any) -> Json:
        """A message of this person, in the topic that it names, with what all messages of a topic carry."""
        self._world.not_started.discard(self.chat["id"])
        if parts.get("is_topic_message"):
            parts = {**self._in_topic(parts["message_thread_id"]), **parts}
        return self._world.new_message(self.chat["id"], **{"from": self.user, **parts})

    async def _publish(self, message: Json) -> Json:
        """Tell the bot of a message, if it reaches it."""
        if reaches(self._world, message):
            kind = "channel_post" if message["chat"]["type"] == "channel" else "message"
            await self._world.new_update(**{kind: message})
        else:
            await self._world.notify()
        return message

    def _in_topic(self, thread_id: int) -> Json:
        """Where a message of a topic stands: it "replies" to what opened it. A topic not known was there before."""
        chat_id = self.chat["id"]
        if thread_id not in self._world.topics.setdefault(chat_id, {}):
            self._world.open_topic(chat_id, "A topic", OWNER, thread_id)
        opener = self._world.messages.get((chat_id, thread_id))
        place: Json = {"message_thread_id": thread_id, "is_topic_message": True}
        return place | ({"reply_to_message": shallow(opener)} if opener is not None else {})

    def _thread_of(self, message: Json) -> Json:
        """The thread that a reply stands in: the topic, else, in a supergroup, that of the first message."""
        if message["chat"]["id"] != self.chat["id"] or self.chat["type"] != "supergroup":
            return {}
        if message.get("is_topic_message"):
            return {"message_thread_id": message["message_thread_id"], "is_topic_message": True}
        return {"message_thread_id": message.get("message_thread_id", message["message_id"])}


__all__ = ["Member", "Topic"]
