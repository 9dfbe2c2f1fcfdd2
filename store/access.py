"""Keeps who is an admin of the bot and who gets answers, by number; what the settings say outranks what was set."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from store import times
from store.connections import Connection, Connections

LARGEST_ID = 2**52 - 1
"""People and chats have numbers of at most 52 bits, those of chats may be negative (Bot API manual)."""

SHARED_IDS = frozenset({777_000, 136_817_688, 1_087_968_824})
"""Numbers that stand for nobody: service messages, channels that write in groups, anonymous admins of groups."""

FRESH_SECONDS = 1.0
"""How long what another process set may stay unseen; what this one sets holds at once."""

LONGEST_NAME = 64
"""Most code points of a name that is kept beside a number."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a list: ``name`` is what they were called when they were put there, ``set_by`` is a number."""

    id: int
    name: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    read_at: float = float("-inf")
    admins: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Settings:
    admins: frozenset[int] = field(default_factory=frozenset)
    listed: bool = False


class Access:
    """Who may do what; safe to use from many threads. Reading is a look into memory, as it is done for each message."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections
        self._settings = _Settings()
        self._known = _Known()
        self._refreshing = threading.Lock()

    def begin(self, admins: Collection[int], *, listed: bool) -> None:
        """Take what the settings say: the admins that they name, and whether only listed people get answers."""
        self._settings = _Settings(frozenset(admins), listed)

    @property
    def listed(self) -> bool:
        """Whether only admins and those on the list get answers."""
        return self._settings.listed

    @property
    def from_settings(self) -> frozenset[int]:
        """The admins that the settings name, who cannot be removed in a chat."""
        return self._settings.admins

    def admins(self) -> frozenset[int]:
        """The numbers of all admins."""
        return self._settings.admins | self._now().admins

    def is_admin(self, person: int) -> bool:
        """Whether somebody is an admin of the bot."""
        return person in self._settings.admins or person in self._now().admins

    def may_ask(self, numbers: Iterable[int]) -> bool:
        """Whether any of these, a person or a chat, gets answers."""
        if not self._settings.listed:
            return True
        known = self._now()
        return any(each in self._settings.admins or each in known.admins or each in known.allowed for each in numbers)

    def added_admins(self) -> list[Named]:
        """The admins that were added in a chat, in order of adding."""
        return self._all("admins")

    def allowed(self) -> list[Named]:
        """The people and chats that were allowed, in order of allowing."""
        return self._all("allowed")

    def add_admin(self, person: int, name: str, set_by: str) -> bool:
        """Make somebody an admin; False for one who was. Raises ValueError for what is no person's number."""
        if not 0 < person <= LARGEST_ID or person in SHARED_IDS:
            raise ValueError(f"{person} is not a person's id.")
        return self._put("admins", person, name, set_by)

    def remove_admin(self, person: int) -> bool:
        """Make somebody an admin no more; False for one who was none, or whom only the settings name."""
        return self._remove("admins", person)

    def allow(self, number: int, name: str, set_by: str) -> bool:
        """Give a person or a chat answers; False for one that got them. Raises ValueError for an impossible number."""
        if not 0 < abs(number) <= LARGEST_ID or number in SHARED_IDS:
            raise ValueError(f"{number} is not an id.")
        return self._put("allowed", number, name, set_by)

    def deny(self, number: int) -> bool:
        """Take a person or a chat off the list; False for one that was not on it."""
        return self._remove("allowed", number)

    def move(self, old: int, new: int) -> None:
        """A chat got another number: what was allowed stays so."""
        with self._db.writing() as db:
            row = db.execute("SELECT name, set_by FROM allowed WHERE id = :id", {"id": old}).fetchone()
            if row is not None:
                _write(db, "allowed", new, row["name"], row["set_by"])
                db.execute("DELETE FROM allowed WHERE id = :id", {"id": old})
        self._forget()

    def told(self, what: str) -> bool:
        """Whether admins were told of something that is said once."""
        with self._db.reading() as db:
            return db.execute("SELECT 1 FROM told_once WHERE what = :what", {"what": what}).fetchone() is not None

    def set_told(self, what: str) -> None:
        """Remember that admins were told."""
        with self._db.writing() as db:
            asked = "INSERT INTO told_once (what, told_at) VALUES (:what, :now) ON CONFLICT (what) DO NOTHING"
            db.execute(asked, {"what": what, "now": times.now()})

    def _all(self, table: str) -> list[Named]:
        with self._db.reading() as db:
            rows = db.execute(f"SELECT * FROM {table} ORDER BY set_at, id").fetchall()  # noqa: S608 - a name of ours
        return [Named(row["id"], row["name"], row["set_by"], datetime.fromisoformat(row["set_at"])) for row in rows]

    def _put(self, table: str, number: int, name: str, set_by: str) -> bool:
        with self._db.writing() as db:
            new = _write(db, table, number, name, set_by)
        self._forget()
        return new

    def _remove(self, table: str, number: int) -> bool:
        if abs(number) > LARGEST_ID:
            return False
        with self._db.writing() as db:
            asked = f"DELETE FROM {table} WHERE id = :id RETURNING id"  # noqa: S608 - a name of ours
            gone = db.execute(asked, {"id": number}).fetchone() is not None
        self._forget()
        return gone

    def _now(self) -> _Known:
        known = self._known
        if time.monotonic() - known.read_at < FRESH_SECONDS:
            return known
        with self._refreshing:
            at = time.monotonic()
            with self._db.reading() as db:
                admins, allowed = _numbers(db, "admins"), _numbers(db, "allowed")
            self._known = _Known(at, admins, allowed)
            return self._known

    def _forget(self) -> None:
        with self._refreshing:
            self._known = _Known()


def _write(db: Connection, table: str, number: int, name: str, set_by: str) -> bool:
    asked = f"""INSERT INTO {table} (id, name, set_by, set_at) VALUES (:id, :name, :by, :now)
        ON CONFLICT (id) DO NOTHING RETURNING id"""  # noqa: S608 - a name of ours
    values = {
        "id": number,
        "name": name[:LONGEST_NAME].encode(errors="replace").decode(),
        "by": set_by,
        "now": times.now(),
    }
    return db.execute(asked, values).fetchone() is not None


def _numbers(db: Connection, table: str) -> frozenset[int]:
    return frozenset(row["id"] for row in db.execute(f"SELECT id FROM {table}"))  # noqa: S608 - a name of ours
