"""What a bot asks about chats and their members, and how it leaves."""

from __future__ import annotations

import time

from tests.telegram_server.errors import bad, forbidden
from tests.telegram_server.members import is_admin
from tests.telegram_server.methods.sending import thread_in
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.world import Json, World

ACTIONS = frozenset(
    [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ]
)  # fmt: skip


@method("getChat")
async def get_chat(world: World, values: Json) -> Result:
    """All about a chat."""
    chat = world.known_chat(values["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    taken = dict.fromkeys(gifts, False)
    return chat | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": taken}


@method("getChatMember")
async def get_chat_member(world: World, values: Json) -> Result:
    """What a user is in a chat."""
    chat, user_id = _readable(world, values["chat_id"]), values["user_id"]
    if user_id not in world.members.get(chat["id"], {}) and user_id not in world.users:
        raise bad("PARTICIPANT_ID_INVALID" if chat["type"] in {"supergroup", "channel"} else "user not found")
    return world.member(chat["id"], user_id)


@method("getChatAdministrators")
async def get_chat_administrators(world: World, values: Json) -> Result:
    """Who runs a group: people, and the bot itself, but no other bots."""
    chat = _readable(world, values["chat_id"])
    if chat["type"] == "private":
        raise bad("there are no administrators in the private chat")
    return [
        member
        for member in world.members[chat["id"]].values()
        if is_admin(member) and (not member["user"]["is_bot"] or member["user"]["id"] == world.bot["id"])
    ]


@method("getChatMemberCount")
async def get_chat_member_count(world: World, values: Json) -> Result:
    """How many there are."""
    chat = _readable(world, values["chat_id"])
    inside = (each for each in world.members.get(chat["id"], {}).values() if each["status"] not in {"left", "kicked"})
    return sum(1 for _ in inside)  # type: ignore[return-value]


@method("leaveChat")
async def leave_chat(world: World, values: Json) -> Result:
    """Go, and be told of it."""
    chat = _readable(world, values["chat_id"])
    if chat["type"] == "private":
        raise bad("chat member status can't be changed in private chats")
    before, after = world.set_member(chat["id"], world.bot, "left")
    happened = {"chat": chat, "from": world.bot, "date": int(time.time())}
    await world.new_update(my_chat_member=happened | {"old_chat_member": before, "new_chat_member": after})
    return True


@method("sendChatAction")
async def send_chat_action(world: World, values: Json) -> Result:
    """The typing sign."""
    thread_in(world, world.chat(values["chat_id"]), values)
    if values["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _readable(world: World, chat_id: int | str) -> Json:
    """A chat whose members the bot may see."""
    chat = world.known_chat(chat_id)
    status = world.member(chat["id"], world.bot["id"])["status"]
    if chat["type"] != "private" and status in {"left", "kicked"}:
        done = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {done} the {chat['type']} chat")
    return chat
