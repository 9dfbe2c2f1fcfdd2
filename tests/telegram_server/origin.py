"""Where a message came from first, as a forward or a reply elsewhere tells it."""

from __future__ import annotations

import copy

from tests.telegram_server.world import Json


def origin_of(message: Json, *, hidden: bool = False) -> Json:
    """The MessageOrigin of a message; ``hidden`` for a sender who shows only a name."""
    if "forward_origin" in message:
        origin: Json = copy.deepcopy(message["forward_origin"])
        return origin
    date = message["date"]
    if message["chat"]["type"] == "channel":
        return {"type": "channel", "date": date, "chat": message["chat"], "message_id": message["message_id"]}
    if "sender_chat" in message:
        return {"type": "chat", "date": date, "sender_chat": message["sender_chat"]}
    if hidden:
        return {"type": "hidden_user", "date": date, "sender_user_name": message["from"]["first_name"]}
    return {"type": "user", "date": date, "sender_user": message["from"]}
