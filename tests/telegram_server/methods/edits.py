"""Changes to messages that a bot sent before, in a chat or inline; one that changes nothing is refused."""

from __future__ import annotations

import time

from tests.telegram_server.errors import bad
from tests.telegram_server.methods.files import media_of
from tests.telegram_server.methods.table import Result, Values, method
from tests.telegram_server.texts import caption_of, markup_of, text_of
from tests.telegram_server.world import Json, World

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities")
MEDIA = ("document", "photo", *CAPTION)


@method("editMessageText")
async def edit_message_text(world: World, values: Json) -> Result:
    """Another text, and other buttons or none."""
    message = _own(world, values)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    preview = {"link_preview_options": values["link_preview_options"]} if "link_preview_options" in values else {}
    try:
        content = text_of(values)
    except Exception as error:
        raise bad("MESSAGE_TOO_LONG") from None if "too long" in str(error) else error
    return _change(values, message, TEXT, content | preview)


@method("editMessageCaption")
async def edit_message_caption(world: World, values: Json) -> Result:
    """Another caption below a file."""
    message = _own(world, values)
    if "document" not in message and "photo" not in message:
        raise bad("there is no caption in the message to edit")
    return _change(values, message, CAPTION, caption_of(values))


@method("editMessageMedia")
async def edit_message_media(world: World, values: Json) -> Result:
    """Another file in the place of one, or of a text."""
    message = _own(world, values)
    media = Values(values["media"], getattr(values, "files", None))
    return _change(values, message, (*TEXT, *MEDIA), media_of(world, media) | caption_of(media))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(world: World, values: Json) -> Result:
    """Other buttons, or none."""
    return _change(values, _own(world, values), (), {})


def _change(values: Json, message: Json, names: tuple[str, ...], content: Json) -> Result:
    changed = content | markup_of(values)
    shown = [name for name in (*names, "reply_markup") if name != "link_preview_options"]
    before = {name: message[name] for name in shown if name in message}
    if before == {name: changed[name] for name in shown if name in changed}:
        raise bad(SAME)
    for name in (*names, "reply_markup"):
        message.pop(name, None)
    message |= changed
    if names:
        message["edit_date"] = int(time.time())
    return True if "inline_message_id" in values else message


def _own(world: World, values: Json) -> Json:
    """The message to edit. Raises ApiError where it is not there, or is not the bot's."""
    if (inline := values.get("inline_message_id")) is not None:
        if inline not in world.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        return world.inline_messages[inline]
    if "chat_id" not in values:
        raise bad("chat_id is empty")
    if "message_id" not in values:
        raise bad("message identifier is not specified")
    chat = world.chat(values["chat_id"])
    message = world.messages.get((chat["id"], values["message_id"]))
    if message is None:
        raise bad("message to edit not found")
    own = message.get("from", {}).get("id") == world.bot["id"] or chat["type"] == "channel"
    if not own or "forward_origin" in message or "forum_topic_created" in message:
        raise bad("message can't be edited")
    return message
