"""Remembers what each chat is talking about, and the questions behind its buttons."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from store import stories, times
from store.connections import Connection, Connections

KEPT_FOR = timedelta(days=30)
RENEWED = timedelta(days=1)  # a payload that was kept within this time is not written again
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


def keep(store: Connections, chat: str, payload: str) -> str:
    """Keep a payload for at least 29 more days under a random key; the same one of a chat keeps its key.

    Asking for the same answer again is then a read, not a write.
    """
    values = {"chat": chat, "hash": hashlib.sha256(payload.encode()).hexdigest()}
    with store.reading() as db:
        asked = "SELECT id FROM kept WHERE chat = :chat AND payload_hash = :hash AND ends_at >= :fresh"
        found = db.execute(asked, {**values, "fresh": _after(KEPT_FOR - RENEWED)}).fetchone()
    if found is not None:
        return str(found["id"])
    made = """INSERT INTO kept (id, chat, payload, payload_hash, ends_at) VALUES (:id, :chat, :payload, :hash, :ends)
        ON CONFLICT (chat, payload_hash) DO UPDATE SET ends_at = excluded.ends_at RETURNING id"""
    more = {"id": secrets.token_urlsafe(KEY_BYTES), "payload": payload, "ends": _after(KEPT_FOR)}
    with store.writing() as db:
        db.execute("DELETE FROM kept WHERE ends_at < :now", {"now": times.now()})
        return str(db.execute(made, {**values, **more}).fetchone()["id"])


def _after(time: timedelta) -> str:
    return times.stamp(datetime.now(UTC) + time)


def kept(db: Connection, key: str) -> str | None:
    """The payload of a key, None for one that is unknown or over."""
    asked = "SELECT payload FROM kept WHERE id = :id AND ends_at >= :now"
    row = db.execute(asked, {"id": key, "now": times.now()}).fetchone()
    return str(row["payload"]) if row else None
