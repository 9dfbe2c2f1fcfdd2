"""The methods of the Bot API that the bot uses; each takes only the parameters that the manual names for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.telegram_server.judge import Refused, parse
from tests.telegram_server.world import ApiError, Json, World

MOST_UNITS = 4096
MOST_CALLBACK_BYTES = 64
LARGEST_DOWNLOAD = 20_000_000

Result = Json | list[Json] | bool


@dataclass(frozen=True, slots=True)
class Method:
    """What is done, and the parameters that are known; those in ``needed`` must be there."""

    call: Callable[[World, Json], Awaitable[Result]]
    needed: frozenset[str]
    known: frozenset[str]


METHODS: dict[str, Method] = {}


def method(needed: str = "", known: str = "") -> Callable[[Callable[[World, Json], Awaitable[Result]]], object]:
    """Offer a function under its own name."""

    def offer(call: Callable[[World, Json], Awaitable[Result]]) -> object:
        must = frozenset(needed.split())
        METHODS[call.__name__.lower()] = Method(call, must, must | frozenset(known.split()))
        return call

    return offer


async def call(world: World, name: str, values: Json) -> Result:
    """Call a method by name. Raises ApiError."""
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found")
    if unknown := values.keys() - found.known:
        raise ApiError(400, f"Bad Request: unknown parameters {sorted(unknown)}")
    if missing := found.needed - values.keys():
        raise ApiError(400, f"Bad Request: {min(missing)} is missing")
    world.calls.append((name, values))
    try:
        for refusal in world.refusals:
            if refusal[0] == name:
                world.refusals.remove(refusal)
                raise refusal[1]
        return await found.call(world, values)
    finally:
        await world.notify()


@method()
async def getMe(world: World, values: Json) -> Result:  # noqa: N802
    """The bot itself."""
    return world.bot | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


@method(known="offset limit timeout allowed_updates")
async def getUpdates(world: World, values: Json) -> Result:  # noqa: N802
    """Long polling: waits until there is something, forgets what is confirmed."""
    world.confirm(values.get("offset", 0))

    def ready() -> list[Json]:
        wanted = {*values.get("allowed_updates", ()), "update_id"}
        fitting = [each for each in world.updates if len(wanted) == 1 or each.keys() <= wanted]
        return fitting[: values.get("limit", 100)]

    async with world.changed:
        if found := ready():
            return found
        try:
            await asyncio.wait_for(world.changed.wait_for(lambda: bool(ready())), values.get("timeout", 0))
        except TimeoutError:
            return []
    return ready()


@method(known="drop_pending_updates")
async def deleteWebhook(world: World, values: Json) -> Result:  # noqa: N802
    """No webhook is ever set."""
    return True


@method("commands", "scope language_code")
async def setMyCommands(world: World, values: Json) -> Result:  # noqa: N802
    """The menus, by scope."""
    scope = values.get("scope", {"type": "default"})
    if "chat_id" in scope:
        world.chat(int(scope["chat_id"]))
    for each in values["commands"]:
        if not (1 <= len(each["command"]) <= 32 and 1 <= len(each["description"]) <= 256):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    world.commands[f"{scope['type']}:{scope.get('chat_id', '')}"] = values["commands"]
    return True


@method("chat_id action", "message_thread_id")
async def sendChatAction(world: World, values: Json) -> Result:  # noqa: N802
    """The typing sign."""
    _thread(world.chat(int(values["chat_id"])), values)
    return True


_SENT = "parse_mode link_preview_options message_thread_id reply_parameters reply_markup disable_notification"


@method("chat_id text", f"{_SENT} entities protect_content")
async def sendMessage(world: World, values: Json) -> Result:  # noqa: N802
    """A text message, judged as Telegram does."""
    chat = world.chat(int(values["chat_id"]))
    parts: Json = {"from": world.bot, **_text(values), **_thread(chat, values), **_markup(values)}
    if reply := values.get("reply_parameters"):
        replied = world.messages.get((chat["id"], reply["message_id"]))
        if replied is None and not reply.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
        parts |= {"reply_to_message": replied} if replied else {}
    return world.new_message(chat["id"], **parts)


@method("text", "chat_id message_id inline_message_id parse_mode entities link_preview_options reply_markup")
async def editMessageText(world: World, values: Json) -> Result:  # noqa: N802
    """Another text for a message of the bot; an edit that changes nothing is refused."""
    message = _own(world, values)
    changed = {**_text(values), **_markup(values)}
    shown = ("text", "entities", "reply_markup")
    if changed == {name: message[name] for name in shown if name in message}:
        raise ApiError(400, "Bad Request: message is not modified")
    for name in shown:
        message.pop(name, None)
    message |= changed
    return message


@method("", "chat_id message_id inline_message_id reply_markup")
async def editMessageReplyMarkup(world: World, values: Json) -> Result:  # noqa: N802
    """Other buttons, or none."""
    message = _own(world, values)
    message.pop("reply_markup", None)
    message |= _markup(values)
    return message


@method("callback_query_id", "text show_alert url cache_time")
async def answerCallbackQuery(world: World, values: Json) -> Result:  # noqa: N802
    """Closes a tap, once."""
    tap = values["callback_query_id"]
    if world.taps.get(tap, {}) is not None:
        raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if len(values.get("text", "")) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    world.taps[tap] = values
    return True


@method("file_id")
async def getFile(world: World, values: Json) -> Result:  # noqa: N802
    """Where a file can be fetched from."""
    file_id = values["file_id"]
    if file_id not in world.files:
        raise ApiError(400, "Bad Request: invalid file_id")
    content = world.files[file_id][1]
    if len(content) > LARGEST_DOWNLOAD:
        raise ApiError(400, "Bad Request: file is too big")
    path = f"documents/{file_id}"
    return {"file_id": file_id, "file_unique_id": file_id[:6], "file_size": len(content), "file_path": path}


@method("chat_id document", f"{_SENT} caption")
async def sendDocument(world: World, values: Json) -> Result:  # noqa: N802
    """A file; its caption is judged like a text."""
    chat = world.chat(int(values["chat_id"]))
    name, content = values["document"]
    document = {"file_id": world.new_file(name, content), "file_unique_id": "x", "file_name": name}
    return world.new_message(chat["id"], document=document, **{"from": world.bot}, **_thread(chat, values))


def _text(values: Json) -> Json:
    try:
        parsed = parse(values["text"], values.get("parse_mode"))
    except Refused as why:
        raise ApiError(400, str(why)) from None
    if not parsed.text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if parsed.units > MOST_UNITS:
        raise ApiError(400, "Bad Request: message is too long")
    return {"text": parsed.text} | ({"entities": list(parsed.entities)} if parsed.entities else {})


def _thread(chat: Json, values: Json) -> Json:
    if "message_thread_id" not in values:
        return {}
    if not chat.get("is_forum"):
        raise ApiError(400, "Bad Request: message thread not found")
    return {"message_thread_id": int(values["message_thread_id"]), "is_topic_message": True}


def _markup(values: Json) -> Json:
    markup = values.get("reply_markup")
    if markup is None:
        return {}
    for row in markup["inline_keyboard"]:
        for button in row:
            data = button.get("callback_data", "")
            if not button["text"].strip() or button.keys() - {"text", "callback_data", "url"}:
                raise ApiError(400, "Bad Request: can't parse inline keyboard button")
            if "url" not in button and not 1 <= len(data.encode()) <= MOST_CALLBACK_BYTES:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": markup}


def _own(world: World, values: Json) -> Json:
    message = world.messages.get((int(values["chat_id"]), int(values["message_id"])))
    if message is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise ApiError(400, "Bad Request: message can't be edited")
    return message
