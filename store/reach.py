"""Remembers which chats the bot cannot write to any more, and which menus Telegram was given."""

from __future__ import annotations

import threading

from store import times
from store.connections import Connections


class Reach:
    """Safe to use from many threads. ``lost`` is a look into memory that waits for nobody, as each message asks it."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections
        self._changing, self._beginning = threading.Lock(), threading.Lock()
        self._lost: set[str] | None = None

    def lose(self, chat: str) -> None:
        """The bot was blocked or thrown out, or was never let in: nothing is to be sent there of its own accord."""
        with self._changing:
            with self._db.writing() as db:
                asked = "INSERT INTO unreachable (chat, since) VALUES (:chat, :now) ON CONFLICT (chat) DO NOTHING"
                db.execute(asked, {"chat": chat, "now": times.now()})
            self._known().add(chat)

    def regain(self, chat: str) -> bool:
        """The bot may write there again; False where it always could."""
        with self._changing:
            if chat not in self._known():
                return False
            with self._db.writing() as db:
                db.execute("DELETE FROM unreachable WHERE chat = :chat", {"chat": chat})
            self._known().discard(chat)
            return True

    def lost(self, chat: str) -> bool:
        """Whether the bot cannot write to a chat; ``chat`` may be the key of a topic."""
        return ":".join(chat.split(":")[:2]) in self._known()

    def menus(self) -> dict[str, str]:
        """What each menu that Telegram was given was made from, by scope."""
        with self._db.reading() as db:
            return {row["scope"]: row["fingerprint"] for row in db.execute("SELECT scope, fingerprint FROM menus")}

    def set_menu(self, scope: str, fingerprint: str) -> None:
        """Telegram was given a menu."""
        asked = """INSERT INTO menus (scope, fingerprint) VALUES (:scope, :made_from)
            ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint"""
        with self._db.writing() as db:
            db.execute(asked, {"scope": scope, "made_from": fingerprint})

    def drop_menu(self, scope: str) -> None:
        """A menu was taken back."""
        with self._db.writing() as db:
            db.execute("DELETE FROM menus WHERE scope = :scope", {"scope": scope})

    def _known(self) -> set[str]:
        """The one set; whoever changes the store changes it after, so that it is right whichever was read first."""
        if self._lost is None:
            with self._db.reading() as db:
                found = {str(row["chat"]) for row in db.execute("SELECT chat FROM unreachable")}
            with self._beginning:
                self._lost = found if self._lost is None else self._lost
        return self._lost
