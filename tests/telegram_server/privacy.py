"""Which messages reach a bot: in groups, with privacy mode on, only those that are meant for it."""

from __future__ import annotations

from tests.telegram_server.judge import cut
from tests.telegram_server.members import is_admin
from tests.telegram_server.world import ANONYMOUS, Json, World

SERVICE = [
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
]


def reaches(world: World, message: Json) -> bool:
    """Whether an update is made of a message that somebody sent."""
    chat, bot = message["chat"], world.bot["id"]
    member = world.member(chat["id"], bot)
    if chat["type"] == "private":
        return bool(member["status"] != "kicked")
    if member["status"] in {"left", "kicked"}:
        return False
    if chat["type"] == "channel":
        return True
    sender = message.get("from", {})
    if sender.get("is_bot") and sender["id"] != ANONYMOUS["id"]:
        return False
    if not world.privacy or is_admin(member) or any(name in message for name in SERVICE):
        return True
    return message.get("via_bot", {}).get("id") == bot or _replies_to(message, bot) or _addresses(world, message)


def _replies_to(message: Json, bot: int) -> bool:
    replied = message.get("reply_to_message", {})
    return bool(replied.get("from", {}).get("id") == bot and "forum_topic_created" not in replied)


def _addresses(world: World, message: Json) -> bool:
    """A mention, a command with the bot's name, or a bare one where no other bot wrote last."""
    text = message.get("text") or message.get("caption") or ""
    name = f"@{world.bot['username']}".lower()
    for entity in message.get("entities") or message.get("caption_entities") or ():
        words = cut(text, entity).lower()
        if entity["type"] == "mention" and words == name:
            return True
        if entity["type"] == "text_mention" and entity["user"]["id"] == world.bot["id"]:
            return True
        if entity["type"] == "bot_command" and words.endswith(name):
            return True
        if entity["type"] == "bot_command" and entity["offset"] == 0 and "@" not in words:
            return bool(world.last_bot.get(message["chat"]["id"], world.bot["id"]) == world.bot["id"])
    return False
