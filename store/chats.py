"""Remembers what each chat is talking about, and the questions behind its buttons."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from store import stories, times
from store.connections import Connection

KEPT_FOR = timedelta(days=30)
KEY_BYTES = 12  # 16 characters, url-safe


def current_story(db: Connection, chat: str) -> int | None:
    """The story the chat chose, else the newest one."""
    row = db.execute("SELECT story_id FROM chats WHERE chat = :chat", {"chat": chat}).fetchone()
    return int(row["story_id"]) if row and row["story_id"] is not None else stories.newest(db)


def choose_story(db: Connection, chat: str, story_id: int) -> None:
    """Make a story the chat's current one. Raises ValueError for a story that is not in the store."""
    if stories.story(db, story_id) is None:
        raise ValueError(f"There is no story {story_id}.")
    asked = """INSERT INTO chats (chat, story_id) VALUES (:chat, :story)
        ON CONFLICT (chat) DO UPDATE SET story_id = excluded.story_id"""
    db.execute(asked, {"chat": chat, "story": story_id})


def keep(db: Connection, chat: str, payload: str) -> str:
    """Keep a payload for 30 days under a random key; forget those whose time is over."""
    db.execute("DELETE FROM kept WHERE ends_at < :now", {"now": times.now()})
    values = {
        "id": secrets.token_urlsafe(KEY_BYTES),
        "chat": chat,
        "payload": payload,
        "ends_at": times.stamp(datetime.now(UTC) + KEPT_FOR),
    }
    db.execute("INSERT INTO kept (id, chat, payload, ends_at) VALUES (:id, :chat, :payload, :ends_at)", values)
    return str(values["id"])


def kept(db: Connection, key: str) -> str | None:
    """The payload of a key, None for one that is unknown or over."""
    asked = "SELECT payload FROM kept WHERE id = :id AND ends_at >= :now"
    row = db.execute(asked, {"id": key, "now": times.now()}).fetchone()
    return str(row["payload"]) if row else None
