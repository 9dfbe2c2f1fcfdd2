"""Counts and erases what is kept of a chat and of a person, so that /privacy is true and /forget is whole."""

# ruff: noqa: S608 - statements are put together from words of this file only

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Row

from store.connections import Connection
from store.tables.pasted import WAS_PASTED

OVER = "state NOT IN ('waiting', 'running')"
DECIDED = (("corrections", "set_by"), ("admins", "set_by"), ("allowed", "set_by"), ("feeds", "added_by"))
LISTED = "(SELECT id FROM admins UNION SELECT id FROM allowed) AS listed WHERE CAST(id AS TEXT) = :person"
PASTED = "pasted by {person}"  # the source of an article that somebody pasted


@dataclass(frozen=True, slots=True)
class OfChat:
    """What is kept of a chat with its topics: whether it chose a story, its settings, its buttons."""

    story: bool = False
    settings: int = 0
    buttons: int = 0

    def __bool__(self) -> bool:
        return bool(self.story or self.settings or self.buttons)


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What is kept with somebody's id: reports, and of admins loads and decisions (on quotations, rights, feeds).

    ``listed`` says that the id is that of an admin or of somebody who is allowed to ask; only admins change that.
    """

    reports: int = 0
    loads: int = 0
    decisions: int = 0
    listed: bool = False

    def __bool__(self) -> bool:
        return bool(self.reports or self.loads or self.decisions)


def of_chat(db: Connection, chat: str) -> OfChat:
    """What is kept of a chat and its topics."""
    asked = f"""SELECT count(story_id) AS stories, coalesce(sum(settings <> '{{}}'), 0) AS settings
        FROM chats WHERE {_IN}"""
    found = _one(db, asked, chat=chat)
    return OfChat(found["stories"] > 0, found["settings"], _count(db, f"kept WHERE {_IN}", chat=chat))


def of_person(db: Connection, person: str) -> OfPerson:
    """What is kept with somebody's id."""
    return OfPerson(
        reports=_count(db, "reports WHERE reader = :person", person=person),
        loads=_count(db, "jobs WHERE asked_by = :person", person=person),
        decisions=sum(_count(db, f"{table} WHERE {column} = :person", person=person) for table, column in DECIDED),
        listed=_count(db, LISTED, person=person) > 0,
    )


def forget_chat(db: Connection, chat: str) -> None:
    """Erase the story, the settings and the buttons of a chat and its topics; that the bot has said hello stays."""
    db.execute(f"UPDATE chats SET story_id = NULL, settings = '{{}}' WHERE {_IN}", {"chat": chat})
    db.execute(f"DELETE FROM chats WHERE greeted_at IS NULL AND {_IN}", {"chat": chat})
    db.execute(f"DELETE FROM kept WHERE {_IN}", {"chat": chat})


def forget_person(db: Connection, person: str) -> None:
    """Erase somebody's reports, and take the id from what has to stay: articles, decisions, loads that are over."""
    values = {"person": person, "pasted": PASTED.format(person=person)}
    db.execute("DELETE FROM reports WHERE reader = :person", values)
    for table, column in DECIDED:
        db.execute(f"UPDATE {table} SET {column} = '' WHERE {column} = :person", values)
    db.execute(
        f"UPDATE jobs SET asked_by = '', chat = '', message_id = NULL WHERE asked_by = :person AND {OVER}", values
    )
    db.execute(f"UPDATE versions SET source = 'pasted' WHERE source = :pasted AND {WAS_PASTED}", values)


_IN = "(chat = :chat OR chat > :chat || ':' AND chat < :chat || ';')"  # ";" comes after ":", so these are its topics


def _count(db: Connection, where: str, **values: str) -> int:
    return int(_one(db, f"SELECT count(*) AS n FROM {where}", **values)["n"])


def _one(db: Connection, asked: str, **values: str) -> Row:
    row: Row = db.execute(asked, values).fetchone()
    return row
