"""Messages that a bot sends, forwards and copies, each put where it belongs."""

from __future__ import annotations

from tests.telegram_server.errors import bad
from tests.telegram_server.inline import CONTENT
from tests.telegram_server.judge import has_quote
from tests.telegram_server.members import is_admin
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.origin import origin_of
from tests.telegram_server.texts import caption_of, markup_of, text_of
from tests.telegram_server.world import Json, World, shallow

GENERAL = 1
"""The id of a forum's general topic, which no method takes: what goes there names no topic."""


@method("sendMessage")
async def send_message(world: World, values: Json) -> Result:
    """A text message."""
    chat = world.chat(values["chat_id"])
    preview = {"link_preview_options": values["link_preview_options"]} if "link_preview_options" in values else {}
    return send(world, chat, values, text_of(values) | preview)


def send(world: World, chat: Json, values: Json, content: Json) -> Json:
    """Keep a message of the bot: in its topic, as the reply that it is, with its buttons. Raises ApiError."""
    signed: Json = {"sender_chat": chat} if chat["type"] == "channel" else {"from": world.bot}
    protected = {"has_protected_content": True} if values.get("protect_content") else {}
    markup = markup_of(values)
    reply = _reply(world, chat, values)
    thread = thread_in(world, chat, values) or _thread_of(chat, reply.get("reply_to_message"))
    implicit = _opener(world, chat, thread) if "reply_to_message" not in reply else {}
    return world.new_message(chat["id"], **signed, **content, **thread, **implicit, **reply, **markup, **protected)


def thread_in(world: World, chat: Json, values: Json) -> Json:
    """The forum topic that a call names, nothing where it names none. Raises ApiError."""
    if "message_thread_id" not in values:
        return {}
    number = values["message_thread_id"]
    topic = world.topics.get(chat["id"], {}).get(number) if chat.get("is_forum") else None
    if topic is None or number == GENERAL:
        raise bad("message thread not found")
    if topic.closed and not is_admin(world.member(chat["id"], world.bot["id"])):
        raise bad("TOPIC_CLOSED")
    return {"message_thread_id": number, "is_topic_message": True}


def _thread_of(chat: Json, replied: Json | None) -> Json:
    """The thread of a reply that names none: that of what it answers."""
    if replied is None or chat["type"] != "supergroup":
        return {}
    if replied.get("is_topic_message"):
        return {"message_thread_id": replied["message_thread_id"], "is_topic_message": True}
    return {"message_thread_id": replied.get("message_thread_id", replied["message_id"])}


def _opener(world: World, chat: Json, thread: Json) -> Json:
    """All that stands in a topic and answers nobody "replies" to the message that opened it."""
    if not thread.get("is_topic_message"):
        return {}
    opener = world.messages.get((chat["id"], thread["message_thread_id"]))
    return {} if opener is None else {"reply_to_message": shallow(opener)}


def _reply(world: World, chat: Json, values: Json) -> Json:
    """What a message answers; what is gone is an error, unless the bot says that it may be gone."""
    asked = values.get("reply_parameters")
    if asked is None:
        return {}
    if "message_id" not in asked:
        raise bad("can't parse reply parameters JSON object: message_id must be specified")
    there = world.known_chat(asked["chat_id"]) if "chat_id" in asked else chat
    elsewhere = there["id"] != chat["id"]
    replied = world.messages.get((there["id"], asked["message_id"]))
    if replied is None:
        if asked.get("allow_sending_without_reply") and not elsewhere:
            return {}
        raise bad("message to be replied not found")
    if (quote := asked.get("quote")) and not has_quote(replied.get("text") or replied.get("caption") or "", quote):
        raise bad("QUOTE_TEXT_INVALID")
    marked = {"quote": {"text": quote, "position": 0, "is_manual": True}} if quote else {}
    if elsewhere:
        place = {"chat": there, "message_id": replied["message_id"]} if there["type"] != "private" else {}
        return {"external_reply": {"origin": origin_of(replied), **place}} | marked
    return {"reply_to_message": replied} | marked


@method("forwardMessage")
async def forward_message(world: World, values: Json) -> Result:
    """A message of another chat, with where it comes from."""
    chat = world.chat(values["chat_id"])
    message = _source(world, values, "forward")
    content = {name: message[name] for name in CONTENT if name in message}
    return send(world, chat, values, content | {"forward_origin": origin_of(message)})


@method("copyMessage")
async def copy_message(world: World, values: Json) -> Result:
    """The same without saying where it comes from."""
    chat = world.chat(values["chat_id"])
    message = _source(world, values, "copy")
    content = {name: message[name] for name in CONTENT if name in message}
    if "caption" in values:
        content = {name: content[name] for name in content if not name.startswith("caption")} | caption_of(values)
    return {"message_id": send(world, chat, values, content)["message_id"]}


def _source(world: World, values: Json, verb: str) -> Json:
    chat = world.known_chat(values["from_chat_id"])
    message = world.messages.get((chat["id"], values["message_id"]))
    if message is None:
        raise bad(f"message to {verb} not found")
    if message.get("has_protected_content") or not any(name in message for name in CONTENT):
        raise bad(f"message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return message


@method("deleteMessage")
async def delete_message(world: World, values: Json) -> Result:
    """Take a message away: the bot's own, any in a private chat, any where it is an admin."""
    _delete(world, values["chat_id"], values["message_id"])
    return True


@method("deleteMessages")
async def delete_messages(world: World, values: Json) -> Result:
    """The same for up to 100; those that are not there are passed over."""
    if not 1 <= len(values["message_ids"]) <= 100:
        raise bad("too many message identifiers specified")
    for message_id in values["message_ids"]:
        if (world.chat(values["chat_id"])["id"], message_id) in world.messages:
            _delete(world, values["chat_id"], message_id)
    return True


def _delete(world: World, chat_id: int | str, message_id: int) -> None:
    chat = world.chat(chat_id)
    message = world.messages.get((chat["id"], message_id))
    if message is None:
        raise bad("message to delete not found")
    own = message.get("from", {}).get("id") == world.bot["id"] or chat["type"] == "private"
    if not own and not is_admin(world.member(chat["id"], world.bot["id"])):
        raise bad("message can't be deleted")
    del world.messages[chat["id"], message_id]
