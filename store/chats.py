"""Remembers what each chat is talking about, how it wants its answers, and the questions behind its buttons."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from store import held, stories, times
from store.connections import Connection, Connections
from store.held import OfChat, OfPerson

KEPT_FOR = timedelta(days=30)
RENEWED = timedelta(days=1)  # a payload that was kept within this time is not written again
MOST_KEPT = 1_000  # payloads of one chat, the newest: nobody fills the disk with questions
SPARE = 50  # more before the oldest are erased, so that it is not done for each
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
        key = str(db.execute(made, {**values, **more}).fetchone()["id"])
        _keep_newest(db, chat)
        return key


def _keep_newest(db: Connection, chat: str) -> None:
    count = db.execute("SELECT count(*) AS n FROM kept WHERE chat = :chat", {"chat": chat}).fetchone()["n"]
    if count > MOST_KEPT + SPARE:
        older = """DELETE FROM kept WHERE id IN (
            SELECT id FROM kept WHERE chat = :chat ORDER BY ends_at DESC, id LIMIT -1 OFFSET :most)"""
        db.execute(older, {"chat": chat, "most": MOST_KEPT})


def _after(time: timedelta) -> str:
    return times.stamp(datetime.now(UTC) + time)


def kept(db: Connection, key: str) -> str | None:
    """The payload of a key, None for one that is unknown or over."""
    asked = "SELECT payload FROM kept WHERE id = :id AND ends_at >= :now"
    row = db.execute(asked, {"id": key, "now": times.now()}).fetchone()
    return str(row["payload"]) if row else None


class Chats:
    """What is kept of chats besides their story. A key is "telegram:-100123", or "telegram:-100123:7" for a topic."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections

    @staticmethod
    def whole(chat: str) -> str:
        """The chat that a topic is in; any other chat as it is."""
        return ":".join(chat.split(":")[:2])

    def settings(self, chat: str) -> dict[str, str]:
        """What a chat has set; a topic takes from its chat what it has not set itself."""
        with self._db.reading() as db:
            above = _settings(db, self.whole(chat))
            return {**above, **_settings(db, chat)}

    def set(self, chat: str, name: str, value: str) -> None:
        """Set one thing of a chat."""
        with self._db.writing() as db:
            _put(db, chat, {**_settings(db, chat), name: value})

    def reset(self, chat: str) -> None:
        """Take back all that a chat has set."""
        with self._db.writing() as db:
            _put(db, chat, {})

    def greeted(self, chat: str) -> bool:
        """Whether the bot has said hello in a chat."""
        asked = "SELECT 1 FROM chats WHERE chat = :chat AND greeted_at IS NOT NULL"
        with self._db.reading() as db:
            return db.execute(asked, {"chat": chat}).fetchone() is not None

    def greet(self, chat: str) -> bool:
        """Keep that the bot has said hello; False where it had before."""
        asked = """INSERT INTO chats (chat, greeted_at) VALUES (:chat, :now)
            ON CONFLICT (chat) DO UPDATE SET greeted_at = excluded.greeted_at WHERE greeted_at IS NULL
            RETURNING chat"""
        with self._db.writing() as db:
            return db.execute(asked, {"chat": chat, "now": times.now()}).fetchone() is not None

    def move(self, old: str, new: str) -> None:
        """Give a chat another key, as when a group becomes a supergroup. What the new one has chosen stays."""
        values = {"old": old, "new": new}
        moved = """INSERT INTO chats (chat, story_id, settings, greeted_at)
            SELECT :new, story_id, settings, greeted_at FROM chats WHERE chat = :old
            ON CONFLICT (chat) DO UPDATE SET story_id = coalesce(chats.story_id, excluded.story_id),
            settings = CASE WHEN chats.settings = '{}' THEN excluded.settings ELSE chats.settings END,
            greeted_at = coalesce(chats.greeted_at, excluded.greeted_at)"""
        kept = """UPDATE kept SET chat = :new WHERE chat = :old
            AND payload_hash NOT IN (SELECT payload_hash FROM kept WHERE chat = :new)"""
        with self._db.writing() as db:
            db.execute(moved, values)
            db.execute("DELETE FROM chats WHERE chat = :old", values)
            db.execute(kept, values)
            db.execute("UPDATE jobs SET chat = :new, message_id = NULL WHERE chat = :old", values)

    def of_chat(self, chat: str) -> OfChat:
        """What is kept of a chat and its topics."""
        with self._db.reading() as db:
            return held.of_chat(db, chat)

    def of_person(self, person: str) -> OfPerson:
        """What is kept with somebody's id."""
        with self._db.reading() as db:
            return held.of_person(db, person)

    def forget_chat(self, chat: str) -> None:
        """Erase the story, the settings and the buttons of a chat and its topics."""
        with self._db.writing() as db:
            held.forget_chat(db, chat)

    def forget_person(self, person: str) -> None:
        """Erase somebody's reports, and take the id from what has to stay."""
        with self._db.writing() as db:
            held.forget_person(db, person)


def _settings(db: Connection, chat: str) -> dict[str, str]:
    row = db.execute("SELECT settings FROM chats WHERE chat = :chat", {"chat": chat}).fetchone()
    found: dict[str, str] = json.loads(row["settings"]) if row else {}
    return found


def _put(db: Connection, chat: str, settings: Mapping[str, str]) -> None:
    asked = """INSERT INTO chats (chat, settings) VALUES (:chat, :settings)
        ON CONFLICT (chat) DO UPDATE SET settings = excluded.settings"""
    db.execute(asked, {"chat": chat, "settings": json.dumps(settings)})
