"""Inline results as the messages that they become when a person inserts them."""

from __future__ import annotations

import secrets

from tests.telegram_server.judge import parse
from tests.telegram_server.world import Json, World

CONTENT = ("text", "entities", "document", "photo", "caption", "caption_entities")
"""The fields of a message that a forward keeps."""


def content_of(world: World, result: Json) -> Json:
    """The message that a result becomes: its own content, else a picture or a file with a caption. Raises Refused."""
    parts: Json = {"reply_markup": result["reply_markup"]} if "reply_markup" in result else {}
    if (given := result.get("input_message_content")) is not None:
        parsed = parse(given["message_text"], given.get("parse_mode"))
        return parts | {"text": parsed.text, "entities": list(parsed.entities) + list(given.get("entities", ()))}
    caption = parse(result.get("caption", ""), result.get("parse_mode"))
    if caption.text:
        parts |= {"caption": caption.text, "caption_entities": list(caption.entities)}
    name = result.get("photo_file_id") or result.get("document_file_id") or world.new_file(result["id"], b"")
    if result["type"] == "photo":
        return parts | {"photo": [{"file_id": name, "file_unique_id": name[:6], "width": 90, "height": 90}]}
    return parts | {"document": {"file_id": name, "file_unique_id": name[:6]}}


def remember(world: World, message: Json) -> str:
    """Give a message an id by which the bot can edit it in any chat."""
    inline_message_id = secrets.token_urlsafe(16)
    world.inline_messages[inline_message_id] = message
    return inline_message_id
