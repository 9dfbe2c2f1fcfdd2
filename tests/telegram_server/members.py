"""What users are in a chat, in the shapes of the Bot API."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

ADMIN_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
]
NOT_GRANTED = {"can_be_edited", "is_anonymous", "can_promote_members"}


def plain(user: Json, status: str) -> Json:
    """A ChatMember with the fields that its status asks for."""
    member: Json = {"status": status, "user": user}
    if status == "administrator":
        member |= {right: right not in NOT_GRANTED for right in ADMIN_RIGHTS}
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member


def is_admin(member: Json) -> bool:
    """Whether somebody runs the chat."""
    return member["status"] in {"administrator", "creator"}
